//! Text without a counterpart, for the rules about omitted and added paragraphs. What is missing in a row is one fault.

use std::collections::HashSet;
use std::ops::Range;

use super::blocks::alignment_confidence;
use super::{DocumentContext, Meta, PairContext, Report, quote};
use crate::document::BlockKind;
use crate::finding::{Confidence, Severity};
use crate::text::{Side, Span};

/// Shorter blocks, in letters, are never reported: a translator does not omit them by mistake.
const SHORTEST: usize = 2;
/// So many units in a row are one fault.
const LEAST_RUN: usize = 3;

/// A block without a counterpart on the other side, or the cells of a table row.
struct Unpaired<'a> {
    pair: PairContext<'a>,
    /// Its blocks on its side of the document.
    blocks: Range<usize>,
    /// The first block: bytes of the side's text.
    span: Span,
    kind: BlockKind,
    /// Its beginning in quotation marks.
    quote: String,
}

/// What is reported as one fault: a unit without a counterpart, or several in a row.
pub struct Run<'a>(Vec<Unpaired<'a>>);

/// What a text without a counterpart is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Source without a translation.
    Omitted,
    /// Translation without a source.
    Added,
}

/// The text of `side` in a pair of records that has nothing on the other side.
pub fn find_in_record<'a>(pair: &PairContext<'a>, side: Side) -> impl Iterator<Item = Run<'a>> {
    find_unpaired(*pair, side).into_iter().map(|unit| Run(vec![unit]))
}

/// The text of `side` in a document that has nothing on the other side. Nothing is said of the blocks in `except`, unless they
/// are among others.
pub fn find_runs<'a>(ctx: &'a DocumentContext<'_>, side: Side, except: &HashSet<usize>) -> Vec<Run<'a>> {
    let mut units: Vec<Unpaired<'a>> = ctx.iter().flat_map(|pair| find_unpaired(pair, side)).collect();
    if units.is_empty() {
        return Vec::new();
    }
    units.sort_by_key(|unit| unit.blocks.start);
    let mut is_paired = vec![false; ctx.document.blocks(side).len()];
    for pair in ctx.iter().filter(PairContext::is_paired) {
        is_paired[pair.range(side)].fill(true);
    }
    let mut runs: Vec<Run<'a>> = Vec::new();
    for unit in units {
        let goes_on = |run: &&mut Run<'a>| {
            let end = run.0[run.0.len() - 1].blocks.end;
            !is_paired[end..unit.blocks.start].contains(&true) && run.may_hold(unit.kind)
        };
        match runs.last_mut().filter(goes_on) {
            Some(run) => run.0.push(unit),
            None => runs.push(Run(vec![unit])),
        }
    }
    let is_excepted = |unit: &Unpaired<'_>| except.contains(&unit.blocks.start);
    let split = runs.into_iter().flat_map(Run::split_if_short);
    split.filter(|run| !run.0.iter().all(is_excepted)).collect()
}

impl Run<'_> {
    /// Whether it consists of items of a list.
    pub fn is_list(&self) -> bool {
        self.0[0].kind == BlockKind::ListItem
    }

    /// Whether a unit of this kind belongs to the same fault. A list or a table ends with its last item or row.
    fn may_hold(&self, kind: BlockKind) -> bool {
        match self.0[0].kind {
            BlockKind::ListItem => kind == BlockKind::ListItem,
            BlockKind::TableCell(_) => kind.row().is_some(),
            _ => true,
        }
    }

    /// Whether it is a heading and what is below it.
    fn is_section(&self) -> bool {
        let level = |unit: &Unpaired<'_>| match unit.kind {
            BlockKind::Heading(level) => Some(level),
            _ => None,
        };
        let below = |own: u8| self.0[1..].iter().filter_map(level).all(|next| next > own);
        self.0.len() > 1 && level(&self.0[0]).is_some_and(below)
    }

    fn split_if_short(self) -> Vec<Self> {
        if self.0.len() < LEAST_RUN {
            self.0.into_iter().map(|unit| Self(vec![unit])).collect()
        } else {
            vec![self]
        }
    }

    /// Reports it at its first unit.
    pub fn report(&self, meta: &'static Meta, side: Side, fault: Fault, report: &mut Report) {
        let first = &self.0[0];
        let (what, count) = (describe(&first.pair, side, first.kind), self.0.len());
        let subject = match count {
            1 => format!("{what} has"),
            _ if self.is_section() => format!("section of {count} paragraphs has"),
            _ => format!("{count} {what}s in a row have"),
        };
        let lacks = match fault {
            Fault::Omitted => format!("no {} translation", side.other().name()),
            Fault::Added => format!("no {} source", side.other().name()),
        };
        // Where any of them is surely alone, the others are, too.
        let confidence = self.0.iter().map(|unit| alignment_confidence(&unit.pair)).max();
        let confidence = confidence.unwrap_or(Confidence::Low);
        let severity = match (meta.severity, confidence) {
            (Severity::Error, Confidence::Low) => Severity::Warning,
            (_, Confidence::Low) => Severity::Note,
            (severity, _) => severity,
        };
        let remedy = match (fault, count > 1) {
            (Fault::Omitted, false) => "translate it, or move its translation next to it",
            (Fault::Omitted, true) => "translate them, or move their translation next to them",
            (Fault::Added, false) => "remove it, or restore its source",
            (Fault::Added, true) => "remove them, or restore their source",
        };
        let mut finding = report
            .finding(
                meta,
                &first.pair,
                side,
                first.span,
                format!("{subject} {lacks}: {}", first.quote),
            )
            .confidence(confidence)
            .severity(severity)
            .help(remedy);
        for unit in &self.0[1..] {
            finding = finding.with(&unit.pair);
        }
        finding.emit();
    }
}

/// The units of `side` in a pair that has nothing on the other side.
fn find_unpaired(pair: PairContext<'_>, side: Side) -> Vec<Unpaired<'_>> {
    let has_other = !pair.text(side.other()).trim_start().is_empty();
    if has_other || pair.is_structure() {
        return Vec::new();
    }
    let (mut start, mut block) = (0, pair.range(side).start);
    let mut out = Vec::new();
    for same_row in pair
        .blocks(side)
        .chunk_by(|a, b| a.kind.row().is_some() && a.kind.row() == b.kind.row())
    {
        let first = &same_row[0];
        let span = Span::new(start, start + first.text.len());
        let blocks = block..block + same_row.len();
        start += same_row.iter().map(|b| b.text.len() + 1).sum::<usize>();
        block = blocks.end;
        let letters: usize = same_row.iter().map(|b| letters(&b.text)).sum();
        let is_name = same_row.iter().all(|b| is_identifier(&b.text));
        if first.kind != BlockKind::Structure && letters >= SHORTEST && !is_name {
            let cells: Vec<&str> = same_row.iter().map(|b| b.text.as_str()).collect();
            out.push(Unpaired {
                pair,
                blocks,
                span,
                kind: first.kind,
                quote: quote::beginning(&cells.join(" | ")),
            });
        }
    }
    out
}

/// What messages call a block of a pair. A cell is called a row, unless another cell of the row has a
/// counterpart.
fn describe(ctx: &PairContext<'_>, side: Side, kind: BlockKind) -> &'static str {
    let Some(row) = kind.row() else {
        return if kind == BlockKind::ListItem {
            "list item"
        } else {
            "paragraph"
        };
    };
    let range = ctx.range(side);
    let blocks = ctx.doc.document.blocks(side);
    let is_of_row = |i: Option<usize>| i.and_then(|i| blocks.get(i)).is_some_and(|b| b.kind.row() == Some(row));
    if is_of_row(range.start.checked_sub(1)) || is_of_row(Some(range.end)) {
        "table cell"
    } else {
        "table row"
    }
}

/// Whether the text is one name of a program or a file, the same in any language: `apps/v1`, `max_tasks`.
fn is_identifier(text: &str) -> bool {
    let text = text.trim();
    text.is_ascii() && !text.contains(' ') && text.trim_end_matches('.').contains(['.', '/', '_'])
}

fn letters(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphabetic()).count()
}
