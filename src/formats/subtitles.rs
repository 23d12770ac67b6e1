//! SubRip (`.srt`) and WebVTT (W3C 2019), subtitles: cues in both languages, or two files whose cues are joined by their times.

use std::ops::Range;
use std::sync::Arc;

use super::content::{Content, ProseReader, Raw};
use super::cues::{Cue, Time, cues, joined, shift};
use super::one_language::only_language;
use super::sides::View;
use super::{Comments, Edit, File, Format, InputError, Reader, whole};
use crate::document::{BlockKind, Document, Layout, Record};
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
        Some(ProseReader::Text(|text, _| content(text)))
    }

    fn read(&'static self, file: File) -> Reader {
        Reader::all(read(self.name(), file).map(|document| vec![document]))
    }

    /// Leaves out what would become markup, or end the cue.
    fn escape(&self, _text: &str, _dialect: &Dialect, edits: Vec<Edit>) -> Vec<Edit> {
        let is_plain = |edit: &Edit| !edit.text.contains(['<', '{', '\n', '\r']) && !edit.text.contains("-->");
        edits.into_iter().filter(is_plain).collect()
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
        Srt.prose()
    }

    fn read(&'static self, file: File) -> Reader {
        Reader::all(read(self.name(), file).map(|document| vec![document]))
    }

    fn escape(&self, _text: &str, _dialect: &Dialect, edits: Vec<Edit>) -> Vec<Edit> {
        let is_one_line = |edit: &Edit| !edit.text.contains(['\n', '\r']);
        let edits = edits.into_iter().filter(is_one_line);
        edits
            .map(|edit| Edit {
                text: super::xml::escaped(&edit.text),
                ..edit
            })
            .collect()
    }
}

/// The cues of a file in one language, a paragraph each.
fn content(text: &str) -> Content {
    let mut content = Content::default();
    for cue in cues(text) {
        content
            .masks
            .extend(cue.lines.iter().flat_map(|&line| masks(text, line)));
        content.times.push(cue.time);
        content.raws.push(Raw {
            kind: BlockKind::Paragraph,
            lines: cue.lines,
            group: content.raws.len(),
        });
    }
    content
}

/// What is not prose in a line, beside tags and braces: the times of karaoke, and references of WebVTT.
fn masks(text: &str, line: Span) -> Vec<Span> {
    let inside = line.of(text);
    let mut masks = Vec::new();
    let mut add = |open: &str, close: char, is: fn(char) -> bool| {
        for (at, _) in inside.match_indices(open) {
            let name = &inside[at + 1..];
            let len = name.find(|c| !is(c)).unwrap_or(name.len());
            if len > 0 && name[len..].starts_with(close) {
                masks.push(Span::new(line.start + at, line.start + at + len + 2));
            }
        }
    };
    add("<", '>', |c| c.is_ascii_digit() || matches!(c, ':' | '.'));
    add("&", ';', |c| c.is_ascii_alphanumeric() || c == '#');
    masks.sort_unstable();
    masks
}

/// Reads a file with cues in both languages: two lines of a cue, or two cues at the same time.
fn read(format: &'static str, file: File) -> Result<Document, InputError> {
    let (path, explicit) = (Arc::clone(&file.name), file.explicit);
    let source = whole::read(format, file)?;
    let text = source.text();
    let cues = cues(text);
    let lines = cues.iter().flat_map(|cue| &cue.lines);
    let content = Content {
        masks: lines.flat_map(|&line| masks(text, line)).collect(),
        ..Content::default()
    };
    let view = View::of(&source, &content, 0);
    let mut document = Document::new(Arc::clone(&path), Layout::Records);
    let leading = leading_side(text, &cues);
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
