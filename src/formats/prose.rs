//! Files of prose: one file with both languages, or one file for each.

use std::sync::Arc;

use super::content::{Content, ProseReader};
use super::cues::Time;
use super::one_language::{is_japanese, is_japanese_text, only_language};
use super::sides::{self, View};
use super::subtitles::by_times;
use super::{File, Format, InputError, Reader, commented, comments, whole};
use crate::document::{Document, Layout};
use crate::text::script::ScriptCount;
use crate::text::{Side, Source};

/// Reads one file in which the languages alternate. Its tables of pairs become documents of their own.
pub(super) fn read(format: &dyn Format, reader: ProseReader, file: File) -> Reader {
    match documents(format, reader, file) {
        Ok((documents, note)) => Reader::new(note.map(Err).into_iter().chain(documents.into_iter().map(Ok))),
        Err(e) => Reader::all(Err(e)),
    }
}

/// The documents of a file, and what to say about how it was read.
fn documents(
    format: &dyn Format,
    reader: ProseReader,
    file: File,
) -> Result<(Vec<Document>, Option<InputError>), InputError> {
    let (name, explicit) = (Arc::clone(&file.name), file.explicit);
    let (source, mut content) = reader.read(format.name(), file, true)?;
    let raws = std::mem::take(&mut content.raws);
    let view = View::of(&source, &content, 0);
    let mut documents = Vec::new();
    for table in &content.tables {
        let mut document = Document::new(Arc::clone(&name), Layout::Records);
        document.first_record = documents.iter().map(|d: &Document| d.records.len()).sum();
        sides::table(view, table, &mut document);
        if !document.records.is_empty() {
            documents.push(document);
        }
    }
    let mut prose = Document::new(Arc::clone(&name), Layout::Interleaved);
    let sharing = if content.english.is_empty() {
        sides::alternating(view, raws, &mut prose)
    } else {
        commented::read(view, raws, &content.english, &mut prose)
    };
    let only = only_language(&prose, sharing.alternates);
    let mut note = None;
    if documents.is_empty() {
        if prose.zh.is_empty() && prose.en.is_empty() {
            return Err(InputError::Empty { path: name });
        }
        if is_japanese(&prose) {
            return Err(InputError::Japanese { path: name, explicit });
        }
        if let Some(side) = only {
            return Err(InputError::OneLanguage {
                path: name,
                side,
                explicit,
            });
        }
    }
    if only.is_none() {
        documents.push(prose);
        // A single heading in two languages needs no word.
        note = (sharing.divided > 1).then_some(InputError::Divided {
            path: name,
            lines: sharing.divided,
        });
    }
    let source = Arc::new(source);
    for document in &mut documents {
        document.sources.push(Arc::clone(&source));
        document.pins = comments::pins(document);
    }
    Ok((documents, note))
}

/// The one language that a file is in; `None` where it holds both or neither, or cannot be read.
pub fn language(format: &dyn Format, file: File) -> Option<Side> {
    let (source, mut content) = format.prose()?.read(format.name(), file, false).ok()?;
    let raws = std::mem::take(&mut content.raws);
    let view = View::of(&source, &content, 0);
    let mut prose = Document::new("", Layout::Interleaved);
    let sharing = sides::alternating(view, raws, &mut prose);
    only_language(&prose, sharing.alternates).filter(|_| !is_japanese(&prose))
}

/// Reads a file as a text in the language of `side`, without its translation. A file without text has no blocks.
///
/// # Errors
/// A file that cannot be read or decoded.
pub fn read_side(format: &dyn Format, file: File, side: Side) -> Result<Document, InputError> {
    let mut document = Document::new(Arc::clone(&file.name), Layout::Parallel);
    let read = match format.prose() {
        Some(reader) => reader.read(format.name(), file, false),
        None => whole::read(format.name(), file).map(|source| (source, Content::default())),
    };
    let (source, mut content) = match read {
        Err(InputError::Empty { .. }) => return Ok(document),
        read => read?,
    };
    let keys: Vec<&str> = content.fields.iter().map(|(key, _)| *key).collect();
    content.keep_fields(&keys);
    let raws = std::mem::take(&mut content.raws);
    sides::one_language(View::of(&source, &content, 0), raws, side, &mut document);
    document.sources.push(Arc::new(source));
    Ok(document)
}

/// A file of a pair: its text, what it consists of, and how much of either script it has.
struct Half {
    source: Source,
    content: Content,
    script: ScriptCount,
}

/// Reads two files that translate each other, in either order. One of them may be empty.
///
/// Set `named` if a file name contains a language. Then a file in the wrong language is untranslated text, for the rules
/// to report.
///
/// Returns the document, and what to say about how it was read.
///
/// # Errors
/// A file that cannot be read; two files in the same language.
pub fn read_pair(
    files: [(&'static dyn Format, File); 2],
    named: bool,
) -> Result<(Document, Option<InputError>), InputError> {
    let [first, second] = files;
    let mut zh = half(first, true)?;
    let mut en = half(second, !zh.source.text().is_empty())?;
    let (first, second) = (zh.script.side(), en.script.side());
    if let Some(side) = first.filter(|_| first == second && !named) {
        return Err(InputError::SameLanguage {
            first: Arc::clone(zh.source.path()),
            second: Arc::clone(en.source.path()),
            side,
        });
    }
    let swapped = share_of_han(en.script) > share_of_han(zh.script) || first == Some(Side::En) && second.is_none();
    if first != second && swapped {
        std::mem::swap(&mut zh, &mut en);
    }
    let shared: Vec<&str> = zh.content.fields.iter().map(|(key, _)| *key).collect();
    let shared: Vec<&str> = en
        .content
        .fields
        .iter()
        .map(|(key, _)| *key)
        .filter(|key| shared.contains(key))
        .collect();
    for half in [&mut zh, &mut en] {
        half.content.keep_fields(&shared);
    }
    let name = format!("{} + {}", zh.source.path(), en.source.path());
    let mut document = Document::new(name, Layout::Parallel);
    let times = [&mut zh, &mut en].map(|half| std::mem::take(&mut half.content.times));
    let are_cues = times.iter().all(|times| !times.is_empty());
    for (index, side, mut half) in [(0, Side::Zh, zh), (1, Side::En, en)] {
        let raws = std::mem::take(&mut half.content.raws);
        let view = View::of(&half.source, &half.content, index);
        if are_cues {
            let blocks = raws.iter().map(|raw| view.block(side, raw.kind, &raw.lines));
            document.blocks_mut(side).extend(blocks);
        } else {
            sides::one_language(view, raws, side, &mut document);
        }
        document.sources.push(Arc::new(half.source));
    }
    document.pins = comments::pins(&document);
    let note = if are_cues {
        join_cues(&mut document, &times)
    } else {
        None
    };
    Ok((document, note))
}

/// Joins the cues of two files by their times, where these agree. Returns what to say about it.
fn join_cues(document: &mut Document, [zh, en]: &[Vec<Time>; 2]) -> Option<InputError> {
    let [other, path] = [0, 1].map(|i| Arc::clone(document.sources[i].path()));
    let Some((records, shift)) = by_times(zh, en, document) else {
        return Some(InputError::OtherTimes { path, other });
    };
    document.layout = Layout::Records;
    document.records = records;
    (shift != 0).then_some(InputError::Shifted {
        path,
        other,
        milliseconds: shift,
    })
}

fn half((format, file): (&dyn Format, File), may_be_empty: bool) -> Result<Half, InputError> {
    let half = match format.prose() {
        Some(reader) => reader.read(format.name(), file, false),
        None => whole::read(format.name(), file).map(|source| (source, Content::default())),
    };
    let (source, content) = match half {
        // A translation without a word is the greatest omission of all.
        Err(InputError::Empty { path }) if may_be_empty => (Source::new(path, ""), Content::default()),
        half => half?,
    };
    let view = View::of(&source, &content, 0);
    let script = sides::count(view, &content.raws);
    let lines = content.raws.iter().flat_map(|raw| &raw.lines);
    if is_japanese_text(lines.map(|line| line.of(view.text))) {
        return Err(InputError::Japanese {
            path: Arc::clone(source.path()),
            explicit: true,
        });
    }
    Ok(Half {
        source,
        content,
        script,
    })
}

/// Share of Han characters, a Han character weighing as much as five Latin letters.
fn share_of_han(count: ScriptCount) -> f64 {
    (count.han * 5) as f64 / (count.han * 5 + count.latin).max(1) as f64
}
