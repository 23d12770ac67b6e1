//! Assigns a language to paragraphs and joins their lines to blocks.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::annotations::{find_notes, is_gloss};
use super::content::{Content, Raw, Table};
use super::divide::{self, divide};
use super::marks;
use super::one_language::is_prose;
use crate::document::{Block, BlockKind, Document, Origin, Piece};
use crate::text::language_name::side_of_tag;
use crate::text::script::{ScriptCount, is_cjk_punctuation, is_fullwidth_punctuation, is_han};
use crate::text::{Side, Source, Span};

/// A file that is being read: its text, and the spans in it that are not prose (link targets, code), in order.
#[derive(Clone, Copy)]
pub struct View<'a> {
    /// The decoded text.
    pub text: &'a str,
    /// Spans of `text`.
    pub masks: &'a [Span],
    /// Index of the source in the document.
    pub source: usize,
    /// Where the text came from, where it is not that of the source.
    pub origin: Option<&'a Origin>,
}

/// Adds the paragraphs of a file that is in one language.
pub fn one_language(file: View<'_>, raws: Vec<Raw>, side: Side, document: &mut Document) {
    for raw in raws {
        for (kind, lines) in split_structure(file.text, raw.kind, &raw.lines) {
            document.blocks_mut(side).push(file.block(side, kind, &lines));
        }
    }
}

/// How the languages share a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sharing {
    /// Whether they alternate.
    pub alternates: bool,
    /// The number of lines that hold both.
    pub divided: usize,
}

/// Adds the paragraphs of a file in both languages.
pub fn alternating(file: View<'_>, raws: Vec<Raw>, document: &mut Document) -> Sharing {
    let lines = raws.iter().flat_map(|raw| {
        let kind = raw.kind;
        raw.lines.iter().map(move |&span| divide::Line { kind, span })
    });
    let lines: Vec<divide::Line> = lines.collect();
    let divided = divide(file.text, file.masks, &lines);
    let are_cells_shared = divide::is_divided_throughout(file.text, &lines, &divided);
    let mut runs = Vec::with_capacity(raws.len());
    for raw in raws {
        if !are_cells_shared || !file.is_shared_cell(&raw) {
            file.split(&raw, &divided, &mut runs);
        }
    }
    mark_layout(file.text, &mut runs);
    let alternates = assign_sides(file.text, &mut runs);
    if alternates {
        mark_glosses(file.text, &mut runs);
    }
    for run in runs {
        if let Some(side) = run.side {
            document.blocks_mut(side).push(file.block(side, run.kind, &run.lines));
        }
    }
    Sharing {
        alternates,
        divided: divided.len(),
    }
}

/// Counts the letters of either script in the prose of a file.
pub fn count(file: View<'_>, raws: &[Raw]) -> ScriptCount {
    let mut sum = ScriptCount::default();
    for line in raws.iter().flat_map(|r| &r.lines) {
        sum += file.script(*line);
    }
    sum
}

/// Splits off structure lines; the other lines of a paragraph stay together.
fn split_structure(text: &str, kind: BlockKind, lines: &[Span]) -> Vec<(BlockKind, Vec<Span>)> {
    let mut out: Vec<(BlockKind, Vec<Span>)> = Vec::new();
    for &line in lines {
        if marks::is_ornament(line.of(text)) {
            continue;
        }
        let structure = marks::is_structure(line.of(text));
        match out.last_mut() {
            Some((last, lines)) if !structure && *last != BlockKind::Structure => lines.push(line),
            _ => out.push((if structure { BlockKind::Structure } else { kind }, vec![line])),
        }
    }
    out
}

/// Lines of one language that will be one block.
#[derive(Debug)]
struct Run {
    kind: BlockKind,
    lines: Vec<Span>,
    /// `None` while it is undecided: a date or a number follows its context.
    side: Option<Side>,
    group: usize,
}

impl<'a> View<'a> {
    /// The view of the source with this index, which was read as `content`.
    pub fn of(source: &'a Source, content: &'a Content, index: usize) -> Self {
        Self {
            text: content.text(source),
            masks: &content.masks,
            source: index,
            origin: content.text.as_ref().map(|(_, origin)| origin),
        }
    }

    /// The letters of a span, without what is not prose.
    fn script(&self, span: Span) -> ScriptCount {
        let mut sum = ScriptCount::default();
        let mut add = |text: &str| sum += ScriptCount::of(text);
        let mut at = span.start;
        for mask in self.masks_in(span) {
            add(&self.text[at..mask.start.clamp(at, span.end)]);
            at = mask.end.clamp(at, span.end);
        }
        let rest = &self.text[at..span.end];
        let mut at = 0;
        for mask in marks::not_prose(rest) {
            add(&rest[at..mask.start]);
            at = mask.end;
        }
        add(&rest[at..]);
        sum
    }

    fn masks_in(&self, span: Span) -> impl Iterator<Item = Span> {
        let first = self.masks.partition_point(|m| m.end <= span.start);
        self.masks[first..]
            .iter()
            .copied()
            .take_while(move |m| m.start < span.end)
    }

    /// Whether a cell of a table holds no Chinese and no English sentence: a name, a figure or an address.
    fn is_shared_cell(&self, raw: &Raw) -> bool {
        if raw.kind.row().is_none() || raw.lines.iter().any(|line| line.of(self.text).chars().any(is_han)) {
            return false;
        }
        let block = self.block(Side::En, raw.kind, &raw.lines);
        // Neither `to_ibuffer_number` nor “64 B in total” is a sentence, though they have words that sentences have.
        let has_words = block.text.split_whitespace().nth(2).is_some();
        !has_words || !block.text.starts_with(char::is_alphabetic) || !is_prose(&block)
    }

    fn split(&self, raw: &Raw, divided: &FxHashMap<usize, [Span; 2]>, runs: &mut Vec<Run>) {
        for (kind, lines) in split_structure(self.text, raw.kind, &raw.lines) {
            let parts = lines.into_iter().flat_map(|line| match divided.get(&line.start) {
                Some(halves) => halves.to_vec(),
                None => vec![line],
            });
            let mut open: Option<Run> = None;
            for line in parts {
                let side = self.script(line).side();
                match &mut open {
                    Some(run) if run.side.is_none() || side.is_none() || run.side == side => {
                        run.side = run.side.or(side);
                        run.lines.push(line);
                    }
                    _ => {
                        runs.extend(open.replace(Run {
                            kind,
                            lines: vec![line],
                            side,
                            group: raw.group,
                        }));
                    }
                }
            }
            runs.extend(open);
        }
    }

    /// A block of these lines.
    pub fn block(&self, side: Side, kind: BlockKind, lines: &[Span]) -> Block {
        let (text, origin) = self.join(lines);
        let mut masked = marks::not_prose(&text);
        for piece in origin.pieces.iter() {
            let source = Span::new(piece.source, piece.source + piece.source_len);
            for mask in self.masks_in(source) {
                let from = mask.start.max(source.start) - source.start;
                let to = mask.end.min(source.end) - source.start;
                if piece.len == piece.source_len {
                    masked.push(Span::new(piece.text + from, piece.text + to));
                }
            }
        }
        Block {
            side,
            kind,
            text,
            masked: Span::merged(masked),
            origin: match self.origin {
                Some(there) => origin.through(there),
                None => origin,
            },
        }
    }

    /// The text of one or more lines. A wrapped Latin line is joined with a space, which replaces the line end; a
    /// Chinese one with nothing.
    fn join(&self, lines: &[Span]) -> (String, Origin) {
        let mut text = String::with_capacity(lines.iter().map(|l| l.len() + 1).sum());
        let mut pieces: Vec<Piece> = Vec::with_capacity(1);
        for &line in lines {
            if let Some(last) = pieces.last().copied() {
                let end = last.source + last.source_len;
                if needs_space(&text, line.of(self.text)) {
                    pieces.push(Piece {
                        text: text.len(),
                        source: end,
                        len: 1,
                        source_len: line.start - end,
                    });
                    text.push(' ');
                }
            }
            pieces.push(Piece {
                text: text.len(),
                source: line.start,
                len: line.len(),
                source_len: line.len(),
            });
            text.push_str(line.of(self.text));
        }
        let span = match (lines.first(), lines.last()) {
            (Some(a), Some(b)) => Span::new(a.start, b.end),
            _ => Span::default(),
        };
        let (source, pieces) = (self.source, pieces.into());
        (text, Origin { source, span, pieces })
    }
}

/// Whether a line end between two lines becomes a space.
fn needs_space(above: &str, below: &str) -> bool {
    let chinese = |c: char| is_han(c) || is_fullwidth_punctuation(c) || (is_cjk_punctuation(c) && !c.is_ascii());
    let (Some(last), Some(first)) = (above.chars().next_back(), below.chars().next()) else {
        return false;
    };
    let hyphen = last == '-' && above[..above.len() - 1].ends_with(char::is_alphabetic);
    // Quotes and dashes belong to both languages: the character beyond them decides.
    let beyond = |c: char, next: Option<char>| match c {
        '“' | '”' | '‘' | '’' | '—' | '…' | '·' => next.is_some_and(chinese),
        c => chinese(c),
    };
    !hyphen && !beyond(last, above.chars().rev().nth(1)) && !beyond(first, below.chars().nth(1))
}

/// Makes layout of the headings that name the language of a section, `zh-CN`, and of the notes after pairs.
fn mark_layout(text: &str, runs: &mut [Run]) {
    for run in runs.iter_mut().filter(|run| matches!(run.kind, BlockKind::Heading(_))) {
        if let [line] = run.lines[..]
            && side_of_tag(line.of(text).trim()).is_some()
        {
            run.kind = BlockKind::Structure;
        }
    }
    let prose: Vec<usize> = (0..runs.len())
        .filter(|&i| runs[i].kind != BlockKind::Structure)
        .collect();
    let paragraph = |&i: &usize| {
        let run = &runs[i];
        (run.lines.first().map_or("", |line| line.of(text)), run.side)
    };
    let paragraphs: Vec<(&str, Option<Side>)> = prose.iter().map(paragraph).collect();
    for note in find_notes(&paragraphs) {
        runs[prose[note]].kind = BlockKind::Structure;
    }
}

/// Makes layout of the paragraphs that explain a word of the text around them.
fn mark_glosses(text: &str, runs: &mut [Run]) {
    for run in runs.iter_mut().filter(|run| run.kind == BlockKind::Paragraph) {
        if let [line] = run.lines[..]
            && is_gloss(line.of(text))
        {
            run.kind = BlockKind::Structure;
        }
    }
}

/// Assigns a side to runs without letters, and to copies left untranslated. Returns whether the sides alternate.
fn assign_sides(text: &str, runs: &mut [Run]) -> bool {
    let prose: Vec<&Run> = runs
        .iter()
        .filter(|r| r.kind != BlockKind::Structure && r.side.is_some())
        .collect();
    let copy = |i: usize| i > 0 && same_text(text, prose[i - 1], prose[i]);
    let known: Vec<Side> = (0..prose.len())
        .filter(|&i| !copy(i))
        .filter_map(|i| prose[i].side)
        .collect();
    let Some(&leading) = known.first() else {
        // Nothing but numbers.
        return false;
    };
    let switches = known.windows(2).filter(|w| w[0] != w[1]).count();
    let alternates = switches * 5 >= (known.len() - 1) * 3 && switches > 0;
    if alternates {
        assign_copies(text, runs, leading);
    }
    // The next run whose side is known, from each run on.
    let mut after: Vec<Option<(Side, usize)>> = vec![None; runs.len()];
    for i in (0..runs.len().saturating_sub(1)).rev() {
        let next = &runs[i + 1];
        after[i] = match next.side {
            Some(side) if next.kind != BlockKind::Structure => Some((side, next.group)),
            _ => after[i + 1],
        };
    }
    let mut before = None;
    for (run, after) in runs.iter_mut().zip(after) {
        if run.side.is_none() {
            run.side = match (before, after) {
                // Between two of the same language, where the languages alternate, it is the translation of the one before.
                (Some(b), Some((a, _))) if a == b => Some(if alternates { b.other() } else { b }),
                (Some(_), Some((a, group))) if group == run.group => Some(a),
                (Some(b), _) => Some(b),
                (None, a) => a.map(|(a, _)| a),
            };
        }
        if run.kind != BlockKind::Structure {
            before = run.side;
        }
    }
    alternates
}

fn same_text(text: &str, a: &Run, b: &Run) -> bool {
    let same = |(x, y): (&Span, &Span)| x.of(text).trim() == y.of(text).trim();
    a.side == b.side && a.lines.len() == b.lines.len() && a.lines.iter().zip(&b.lines).all(same)
}

/// A line that is repeated unchanged is its own translation: `OPEC` under `OPEC`, or Chinese left in Chinese.
fn assign_copies(text: &str, runs: &mut [Run], leading: Side) {
    let mut i = 1;
    while i < runs.len() {
        let (a, b) = (&runs[i - 1], &runs[i]);
        if a.side.is_some() && a.kind != BlockKind::Structure && same_text(text, a, b) {
            runs[i - 1].side = Some(leading);
            runs[i].side = Some(leading.other());
            i += 1;
        }
        i += 1;
    }
}

/// Adds the rows of a table as records.
pub fn table(file: View<'_>, table: &Table, document: &mut Document) {
    for row in &table.rows {
        let cell = |column: usize, side: Side| {
            let cell = row.get(column).filter(|cell| !cell.lines.is_empty())?;
            Some(file.block(side, cell.kind, &cell.lines))
        };
        let (zh, en) = (cell(table.header.zh, Side::Zh), cell(table.header.en, Side::En));
        if zh.is_none() && en.is_none() {
            continue;
        }
        let id = table
            .header
            .id
            .and_then(|column| row.get(column)?.lines.first())
            .map(|l| Arc::from(l.of(file.text)));
        document.push_record(id, zh, en);
    }
}
