//! Plain text and Markdown: one file with both languages, or one file for each.

use std::io::Read;
use std::path::Path;
use std::sync::Arc;

use super::columns::Header;
use super::error::InputError;
use super::markdown::{self, Content};
use super::sides::{self, View};
use super::{Format, Options, Reader, decode, lines, pairing};
use crate::document::{Document, Layout};
use crate::text::display_path;
use crate::text::script::ScriptCount;
use crate::text::{Side, Source};

/// Reads one file in which the languages alternate. A Markdown file may hold tables of pairs, which are documents of
/// their own.
pub fn one(
    name: &Arc<str>,
    mut file: Box<dyn Read + Send>,
    format: Format,
    explicit: bool,
    options: &Options,
) -> Result<Vec<Document>, InputError> {
    let source = load(name, &mut *file, options)?;
    let content = content(source.text(), format, true);
    let view = View {
        text: source.text(),
        masks: &content.masks,
        source: 0,
    };
    let mut documents = Vec::new();
    for table in &content.tables {
        let mut document = Document::new(Arc::clone(name), Layout::Records);
        document.first_record = documents.iter().map(|d: &Document| d.records.len()).sum();
        sides::table(view, table, &mut document);
        if !document.records.is_empty() {
            documents.push(document);
        }
    }
    let mut prose = Document::new(Arc::clone(name), Layout::Interleaved);
    sides::alternating(view, content.raws, &mut prose);
    let counts = (prose.zh.len(), prose.en.len());
    let lonely = lonely(counts);
    if documents.is_empty() {
        match lonely {
            _ if counts == (0, 0) => return Err(InputError::Empty { path: Arc::clone(name) }),
            Some(side) if !explicit => {
                let path = Arc::clone(name);
                return Err(InputError::OneLanguage { path, side });
            }
            _ => documents.push(prose),
        }
    } else if lonely.is_none() {
        documents.push(prose);
    }
    let source = Arc::new(source);
    for document in &mut documents {
        document.sources.push(Arc::clone(&source));
    }
    Ok(documents)
}

/// The language of a file with hardly any blocks in the other one: an English page that quotes Chinese is no
/// translation.
const fn lonely((zh, en): (usize, usize)) -> Option<Side> {
    if zh * 10 < en || (zh == 0 && en == 0) {
        Some(Side::En)
    } else if en * 10 < zh {
        Some(Side::Zh)
    } else {
        None
    }
}

/// The one language that a text file is in; `None` where it holds both, or cannot be read.
pub fn language(path: &Path, options: &Options) -> Option<Side> {
    let format = Format::of(path).unwrap_or(Format::Text);
    if !format.comes_in_pairs() {
        return None;
    }
    let mut file = std::fs::File::open(path).ok()?;
    let source = load(&display_path(path), &mut file, options).ok()?;
    let content = content(source.text(), format, false);
    let view = View {
        text: source.text(),
        masks: &content.masks,
        source: 0,
    };
    let mut prose = Document::new("", Layout::Interleaved);
    sides::alternating(view, content.raws, &mut prose);
    lonely((prose.zh.len(), prose.en.len()))
}

/// A file of a pair: its name, its text, what is in it, and how much of either script.
type Part = (Arc<str>, Source, Content, ScriptCount);

/// Reads a pair of files, in either order. One of them may be empty.
pub fn two(paths: [&Path; 2], options: &Options) -> Result<Reader, InputError> {
    let mut files: Vec<Part> = Vec::with_capacity(2);
    for path in paths {
        let name = display_path(path);
        let mut file = std::fs::File::open(path).map_err(|e| InputError::io(&name, e))?;
        let source = match load(&name, &mut file, options) {
            // A translation that is not there is the greatest omission of all.
            Err(InputError::Empty { path }) if files.iter().all(|(_, source, ..): &Part| !source.text().is_empty()) => {
                Source::new(path, "")
            }
            source => source?,
        };
        let content = content(source.text(), Format::of(path).unwrap_or(Format::Text), false);
        let view = View {
            text: source.text(),
            masks: &content.masks,
            source: 0,
        };
        let script = sides::count(view, &content.raws);
        files.push((name, source, content, script));
    }
    let (Some(mut en), Some(mut zh)) = (files.pop(), files.pop()) else {
        return Err(InputError::NothingFound {
            path: display_path(paths[0]),
            known: Format::known(),
        });
    };
    let (first, second) = (zh.3.side(), en.3.side());
    // Where the names say which is which, a file in the wrong language is an untranslated one, for the rules to report.
    let named = pairing::named_side(paths[0]).is_some() || pairing::named_side(paths[1]).is_some();
    if let Some(side) = first.filter(|_| first == second && !named) {
        return Err(InputError::SameLanguage {
            first: zh.0,
            second: en.0,
            side,
        });
    }
    let swapped = chineseness(en.3) > chineseness(zh.3) || first == Some(Side::En) && second.is_none();
    if first != second && swapped {
        std::mem::swap(&mut zh, &mut en);
    }
    let mut document = Document::new(format!("{} + {}", zh.0, en.0), Layout::Parallel);
    for (index, side, (_, source, content, _)) in [(0, Side::Zh, zh), (1, Side::En, en)] {
        let view = View {
            text: source.text(),
            masks: &content.masks,
            source: index,
        };
        sides::one_language(view, content.raws, side, &mut document);
        document.sources.push(Arc::new(source));
    }
    Ok(Reader(Box::new(std::iter::once(Ok(document)))))
}

/// Share of Han characters, a Han character weighing as much as five Latin letters.
fn chineseness(count: ScriptCount) -> f64 {
    (count.han * 5) as f64 / (count.han * 5 + count.latin).max(1) as f64
}

fn load(name: &Arc<str>, file: &mut dyn Read, options: &Options) -> Result<Source, InputError> {
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes).map_err(|e| InputError::io(name, e))?;
    let decoded = decode::decode(name, bytes, options.encoding)?;
    if decoded.text.trim().is_empty() {
        return Err(InputError::Empty { path: Arc::clone(name) });
    }
    Ok(Source::new(Arc::clone(name), decoded.text).encoded_as(decoded.encoding.name(), decoded.bom))
}

fn content(text: &str, format: Format, bilingual: bool) -> Content {
    match format {
        Format::Markdown => markdown::content(text, bilingual),
        _ => Content {
            raws: lines::stretches(text),
            masks: Vec::new(),
            tables: Vec::new(),
        },
    }
}

/// The format of a text without a name, by the bytes that it begins with.
pub fn sniff(head: &[u8]) -> Format {
    let text = String::from_utf8_lossy(head);
    let line = text
        .trim_start_matches('\u{feff}')
        .trim_start()
        .lines()
        .next()
        .unwrap_or("");
    let names = |separator: char| Header::read(line.split(separator).map(|f| f.trim_matches('"'))).is_ok();
    if line.starts_with('{') {
        Format::Jsonl
    } else if line.contains('\t') && names('\t') {
        Format::Tsv
    } else if names(',') || names(';') {
        Format::Csv
    } else {
        Format::Text
    }
}
