//! SubRip (`.srt`) and WebVTT (W3C 2019), subtitles: cues in both languages, or two files whose cues are joined by their times.

use std::ops::Range;
use std::sync::Arc;

use super::content::{Content, ProseReader, Raw};
use super::cues::{Cue, Time, cues, joined, shift};
use super::mapped::Mapped;
use super::one_language::only_language;
use super::sides::View;
use super::{Comments, Edit, File, Format, InputError, Reader, whole, xml};
use crate::document::{BlockKind, Document, Layout, Origin, Record};
use crate::text::script::side_of;
use crate::text::{Dialect, Side, Sides, Span};

/// SubRip.
#[derive(Debug)]
pub struct Srt;

/// WebVTT.
#[derive(Debug)]
pub struct Vtt;

impl Format for Srt {
    fn name(&self) -> &'static str {
        "SRT"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["srt"]
    }

    fn comments(&self) -> Option<Comments> {
        None
    }

    fn prose(&self) -> Option<ProseReader> {
        Some(ProseReader::Text(|text, _| content(text, Syntax::Srt)))
    }

    fn read(&'static self, file: File) -> Reader {
        Reader::all(read(self.name(), Syntax::Srt, file).map(|document| vec![document]))
    }

    /// Leaves out what would become markup or end the cue, and what would take tags away.
    fn escape(&self, text: &str, _dialect: &Dialect, edits: Vec<Edit>) -> Vec<Edit> {
        let is_plain = |edit: &Edit| !edit.text.contains(['<', '{', '\n', '\r']) && !edit.text.contains("-->");
        edits
            .into_iter()
            .filter(|edit| is_plain(edit) && !edit.span.of(text).contains(['<', '{']))
            .collect()
    }
}

impl Format for Vtt {
    fn name(&self) -> &'static str {
        "WebVTT"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["vtt"]
    }

    fn matches_first_line(&self, line: &str) -> bool {
        line.starts_with("WEBVTT")
    }

    fn comments(&self) -> Option<Comments> {
        None
    }

    fn prose(&self) -> Option<ProseReader> {
        Some(ProseReader::Text(|text, _| content(text, Syntax::Vtt)))
    }

    fn read(&'static self, file: File) -> Reader {
        Reader::all(read(self.name(), Syntax::Vtt, file).map(|document| vec![document]))
    }

    fn escape(&self, text: &str, _dialect: &Dialect, edits: Vec<Edit>) -> Vec<Edit> {
        let is_one_line = |edit: &Edit| !edit.text.contains(['\n', '\r']);
        let edits = edits.into_iter().filter(is_one_line).collect();
        xml::escape(text, edits)
    }
}

/// The cues of a file in one language, a paragraph each.
fn content(text: &str, syntax: Syntax) -> Content {
    let (shown, origin) = shown(text, syntax);
    let mut content = Content::default();
    for cue in cues(&shown) {
        content.times.push(cue.time);
        content.raws.push(Raw {
            kind: BlockKind::Paragraph,
            lines: cue.lines,
            group: content.raws.len(),
        });
    }
    content.text = Some((shown, origin));
    content
}

/// Which of the two syntaxes a file has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Syntax {
    Srt,
    Vtt,
}

/// The text of a file without the tags that say how it is shown, and where it came from. In WebVTT the references are resolved.
fn shown(text: &str, syntax: Syntax) -> (String, Origin) {
    let mut shown = Mapped::default();
    let (mut from, mut at) = (0, 0);
    while let Some(next) = text[at..].find(['<', '{', '&']).map(|i| at + i) {
        let rest = &text[next..];
        let found = match rest.as_bytes()[0] {
            b'&' if syntax == Syntax::Vtt => reference(rest),
            b'<' => tag(rest).map(|len| (len, "")),
            b'{' if rest.starts_with("{\\") => end_of(rest, b'}').map(|end| (end + 1, "")),
            _ => None,
        };
        at = next + 1;
        if let Some((len, meaning)) = found {
            shown.push(&text[from..next], from..next);
            shown.push(meaning, next..next + len);
            (from, at) = (next + len, next + len);
        }
    }
    shown.push(&text[from..], from..text.len());
    shown.into_parts(Span::new(0, text.len()))
}

/// Tags of SubRip and WebVTT. Others are text of the page that a cue quotes.
const TAGS: [&str; 10] = ["b", "c", "font", "i", "lang", "rt", "ruby", "s", "u", "v"];

/// The bytes of the tag that a text begins with: one of [`TAGS`], or a time of karaoke.
fn tag(text: &str) -> Option<usize> {
    let len = end_of(text, b'>')?;
    let inside = text[1..len].trim_start_matches('/');
    let name = &inside[..inside.find([' ', '.', '\t']).unwrap_or(inside.len())];
    let is_time = || !inside.is_empty() && inside.bytes().all(|b| b.is_ascii_digit() || b":.".contains(&b));
    (TAGS.iter().any(|tag| name.eq_ignore_ascii_case(tag)) || is_time()).then_some(len + 1)
}

/// The byte of the mark that closes the tag which a text begins with. A tag is on one line and not longer than any in use, so that a
/// text full of open ones stays linear.
fn end_of(text: &str, close: u8) -> Option<usize> {
    let mut near = text.bytes().take(256);
    let end = near.position(|b| b == close || b == b'\n')?;
    (text.as_bytes()[end] == close).then_some(end)
}

/// The bytes of the reference of WebVTT that a text begins with, and what it means.
fn reference(text: &str) -> Option<(usize, &'static str)> {
    let references = [
        ("&amp;", "&"),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&nbsp;", "\u{a0}"),
        ("&lrm;", "\u{200e}"),
        ("&rlm;", "\u{200f}"),
    ];
    let found = references.into_iter().find(|(name, _)| text.starts_with(name));
    found.map(|(name, meaning)| (name.len(), meaning))
}

/// Reads a file with cues in both languages: two lines of a cue, or two cues at the same time.
fn read(format: &'static str, syntax: Syntax, file: File) -> Result<Document, InputError> {
    let (path, explicit) = (Arc::clone(&file.name), file.explicit);
    let source = whole::read(format, file)?;
    let (text, origin) = shown(source.text(), syntax);
    let cues = cues(&text);
    let leading = leading_side(&text, &cues);
    let content = Content {
        text: Some((text, origin)),
        ..Content::default()
    };
    let view = View::of(&source, &content, 0);
    let mut document = Document::new(Arc::clone(&path), Layout::Records);
    let mut rows = Vec::new();
    let mut at = 0;
    while at < cues.len() {
        let same = cues[at..].iter().take_while(|cue| cue.time == cues[at].time).count();
        let cue = &cues[at..at + same];
        rows.push(row(view, cue, leading, &mut document));
        at += same;
    }
    if document.zh.is_empty() && document.en.is_empty() {
        return Err(InputError::Empty { path });
    }
    let both = rows
        .iter()
        .filter(|row| !row.blocks.zh.is_empty() && !row.blocks.en.is_empty())
        .count();
    if let Some(side) = only_language(&document, both * 2 >= rows.len()) {
        return Err(InputError::OneLanguage { path, side, explicit });
    }
    document.records = by_sentence(rows, &document);
    document.sources.push(Arc::new(source));
    Ok(document)
}

/// What both languages show at one time.
#[derive(Debug)]
struct Row {
    /// The id of the cue.
    id: Option<Arc<str>>,
    /// Its blocks.
    blocks: Sides<Range<usize>>,
}

/// The language that comes first in most cues that have both.
fn leading_side(text: &str, cues: &[Cue]) -> Side {
    let mut zh_first = 0_usize;
    let mut en_first = 0_usize;
    for cue in cues {
        let mut sides = cue.lines.iter().filter_map(|line| side_of(line.of(text)));
        let first = sides.next();
        match (first, sides.find(|&side| Some(side) != first)) {
            (Some(Side::Zh), Some(_)) => zh_first += 1,
            (Some(Side::En), Some(_)) => en_first += 1,
            _ => {}
        }
    }
    if en_first > zh_first { Side::En } else { Side::Zh }
}

/// Adds the blocks of cues that are shown at the same time. A line without letters is in the language of the one before it, and a
/// line that is repeated is its own translation.
fn row(view: View<'_>, cues: &[Cue], leading: Side, document: &mut Document) -> Row {
    let lines: Vec<Span> = cues.iter().flat_map(|cue| cue.lines.iter().copied()).collect();
    let mut sides: Vec<Option<Side>> = lines.iter().map(|line| side_of(line.of(view.text))).collect();
    let (half, again) = lines.split_at(lines.len() / 2);
    if half
        .iter()
        .map(|line| line.of(view.text))
        .eq(again.iter().map(|line| line.of(view.text)))
    {
        let (half, again) = sides.split_at_mut(lines.len() / 2);
        half.fill(Some(leading));
        again.fill(Some(leading.other()));
    }
    let first = sides.iter().copied().flatten().next();
    let mut by_side: Sides<Vec<Span>> = Sides::default();
    let mut side = first;
    for (line, own) in lines.into_iter().zip(sides) {
        side = own.or(side);
        if let Some(side) = side {
            by_side[side].push(line);
        }
    }
    let mut add = |side: Side| {
        let blocks = document.blocks_mut(side);
        let from = blocks.len();
        if !by_side[side].is_empty() {
            blocks.push(view.block(side, BlockKind::Segment, &by_side[side]));
        }
        from..blocks.len()
    };
    Row {
        id: cues.first().and_then(|cue| Some(Arc::from(cue.id?.of(view.text)))),
        blocks: Sides::new(add(Side::Zh), add(Side::En)),
    }
}

/// At most so many cues make a record.
const MOST_CUES: usize = 8;

/// The records of a document: rows through which an English sentence runs are one, since its Chinese may be divided
/// elsewhere.
fn by_sentence(rows: Vec<Row>, document: &Document) -> Vec<Record> {
    let english = |row: &Row| document.en.get(row.blocks.en.clone()).unwrap_or_default().first();
    let mut records: Vec<Record> = Vec::with_capacity(rows.len());
    let mut count = 0;
    let mut before: Option<Row> = None;
    for row in rows {
        let goes_on = before
            .as_ref()
            .and_then(english)
            .zip(english(&row))
            .is_some_and(|(before, next)| {
                let ends = before.text.trim_end().trim_end_matches(['"', '”', ')']);
                let begins = next.text.trim_start();
                !ends.ends_with(['.', '!', '?', '…']) && begins.starts_with(|c: char| c.is_ascii_lowercase())
            });
        match records.last_mut() {
            Some(last) if goes_on && count < MOST_CUES => {
                last.zh.end = row.blocks.zh.end.max(last.zh.end);
                last.en.end = row.blocks.en.end.max(last.en.end);
                count += 1;
            }
            _ => {
                records.push(Record {
                    id: row.id.clone(),
                    zh: row.blocks.zh.clone(),
                    en: row.blocks.en.clone(),
                });
                count = 1;
            }
        }
        before = Some(row);
    }
    records
}

/// The records of two files whose blocks are in `document`, by the times of their cues, and by how many milliseconds those of the
/// English file come later. `None` where the times do not agree.
pub fn by_times(zh: &[Time], en: &[Time], document: &Document) -> Option<(Vec<Record>, i64)> {
    let (rows, by) = if let Some(rows) = joined(zh, en) {
        (rows, 0)
    } else {
        let by = shift(zh, en)?;
        let moved: Vec<Time> = en.iter().map(|time| time.shifted(-by)).collect();
        (joined(zh, &moved)?, by)
    };
    let rows = rows.into_iter().map(|blocks| Row { id: None, blocks }).collect();
    Some((by_sentence(rows, document), by))
}
