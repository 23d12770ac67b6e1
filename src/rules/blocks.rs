//! Blocks without a counterpart and repeated blocks, for the rules about omitted, added and repeated paragraphs.

use std::collections::HashMap;

use xxhash_rust::xxh3::xxh3_64;

use super::{DocumentContext, Meta, PairContext, Report, quote};
use crate::document::{Block, BlockKind};
use crate::finding::Confidence;
use crate::text::normalize::collapse_whitespace;
use crate::text::script::is_han;
use crate::text::{Side, Span};

/// Shorter blocks, in letters, are never reported: a translator does not omit them by mistake.
const SHORTEST: usize = 2;

/// Shorter blocks, in letters (a Han character counts as three), may be repeated on purpose.
const SHORTEST_REPEAT: usize = 20;

/// What messages call an item of a list.
pub const LIST_ITEM: &str = "list item";

/// Text without a counterpart on the other side: a block, or the cells of a table row.
#[derive(Debug, Clone)]
pub struct Unpaired {
    /// The block, or the first cell of the row: bytes of the side's text.
    pub span: Span,
    /// What messages call it.
    pub what: &'static str,
    /// Its beginning in quotation marks.
    pub quote: String,
}

/// The text of `side` in a pair that has nothing on the other side.
pub fn unpaired(ctx: &PairContext<'_>, side: Side) -> Vec<Unpaired> {
    let has_other = !ctx.text(side.other()).trim_start().is_empty();
    if has_other || ctx.is_structure() {
        return Vec::new();
    }
    let mut start = 0;
    let mut out = Vec::new();
    for same_row in ctx
        .blocks(side)
        .chunk_by(|a, b| a.kind.row().is_some() && a.kind.row() == b.kind.row())
    {
        let first = &same_row[0];
        let span = Span::new(start, start + first.text.len());
        start += same_row.iter().map(|b| b.text.len() + 1).sum::<usize>();
        let letters: usize = same_row.iter().map(|b| letters(&b.text)).sum();
        if first.kind != BlockKind::Structure && letters >= SHORTEST {
            let cells: Vec<&str> = same_row.iter().map(|b| b.text.as_str()).collect();
            out.push(Unpaired {
                span,
                what: describe(ctx, side, first.kind),
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
            LIST_ITEM
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

/// A block with the same text as an earlier one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Repeat {
    /// The pair that holds the later block.
    pub pair: usize,
    /// Its number on its side of the document.
    pub block: usize,
    /// Its bytes in the side's text of the pair.
    pub span: Span,
    /// The number of the earlier block.
    pub first: usize,
}

/// The blocks of `side` that repeat an earlier one more often than the other side repeats its counterpart, where at least
/// one of the two copies has no counterpart of its own. Cells and short blocks repeat by nature.
pub fn repeats(ctx: &DocumentContext<'_>, side: Side) -> Vec<Repeat> {
    let mut counts: HashMap<u64, usize> = HashMap::new();
    for block in ctx.document.blocks(side.other()) {
        *counts.entry(digest(block)).or_default() += 1;
    }
    let mut seen: HashMap<u64, Copies> = HashMap::new();
    let mut out = Vec::new();
    for pair in ctx.iter().filter(|p| !p.is_structure()) {
        let blocks = pair.blocks(side);
        let counterparts = pair.blocks(side.other());
        let own = counterparts.len() >= blocks.len();
        let in_source = counterparts.iter().map(|b| counts[&digest(b)]).max().unwrap_or(0);
        let mut start = 0;
        for (i, block) in blocks.iter().enumerate() {
            let span = Span::new(start, start + block.text.len());
            start = span.end + 1;
            if block.kind.row().is_some() || is_short(&block.text) {
                continue;
            }
            let number = pair.range(side).start + i;
            let copies = seen.entry(digest(block)).or_insert(Copies {
                first: number,
                own: true,
                count: 0,
                in_source: 0,
            });
            copies.count += 1;
            copies.own &= own;
            copies.in_source = copies.in_source.max(in_source);
            if copies.count > copies.in_source.max(1) && !copies.own {
                out.push(Repeat {
                    pair: pair.index,
                    block: number,
                    span,
                    first: copies.first,
                });
            }
        }
    }
    out
}

/// The short blocks of `side` whose text another one of their kind has, too: “Fellow deputies,”. Rows are not compared.
pub fn short_repeats(ctx: &DocumentContext<'_>, side: Side) -> Vec<usize> {
    let mut alike: HashMap<(BlockKind, u64), Vec<usize>> = HashMap::new();
    for (i, block) in ctx.document.blocks(side).iter().enumerate() {
        if block.kind.row().is_none() && is_short(&block.text) {
            alike.entry((block.kind, digest(block))).or_default().push(i);
        }
    }
    alike.into_values().filter(|same| same.len() > 1).flatten().collect()
}

/// The copies of a block up to some place.
struct Copies {
    /// The number of the first one.
    first: usize,
    /// Whether each has a counterpart of its own.
    own: bool,
    count: usize,
    /// How often the other side has the counterpart of one of them.
    in_source: usize,
}

/// Hash of a block's text, without white space and case.
fn digest(block: &Block) -> u64 {
    xxh3_64(collapse_whitespace(&block.text).to_lowercase().as_bytes())
}

/// Whether a block may be repeated on purpose: “Source: NBS”, or an address such as “Distinguished guests,”.
fn is_short(text: &str) -> bool {
    let weight = |c: char| if is_han(c) { 3 } else { usize::from(c.is_alphabetic()) };
    text.chars().map(weight).sum::<usize>() < SHORTEST_REPEAT || text.trim_end().ends_with([',', '，', ':', '：'])
}

/// Reports text of the source without a translation.
pub fn report_unpaired(
    ctx: &PairContext<'_>,
    meta: &'static Meta,
    source: Side,
    unpaired: &Unpaired,
    report: &mut Report,
) {
    let target = source.other().name();
    let Unpaired { span, what, quote } = unpaired;
    report
        .finding(
            meta,
            ctx,
            source,
            *span,
            format!("{what} has no {target} translation: {quote}"),
        )
        .confidence(alignment_confidence(ctx))
        .help("translate it, or move its translation next to it")
        .emit();
}

/// The aligner's confidence in the pair, in three steps.
pub fn alignment_confidence(ctx: &PairContext<'_>) -> Confidence {
    match ctx.pair().confidence {
        c if c >= 0.8 => Confidence::High,
        c if c >= 0.5 => Confidence::Medium,
        _ => Confidence::Low,
    }
}

fn letters(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphabetic()).count()
}
