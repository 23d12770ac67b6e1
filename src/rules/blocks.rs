//! Repeated blocks, and how sure the aligner is of a pair, for the rules about paragraphs.

use std::collections::HashMap;

use xxhash_rust::xxh3::xxh3_64;

use super::{DocumentContext, PairContext};
use crate::document::{Block, BlockKind};
use crate::finding::Confidence;
use crate::text::normalize::collapse_whitespace;
use crate::text::script::is_han;
use crate::text::{Side, Span};

/// Shorter blocks, in letters (a Han character counts as three), may be repeated on purpose.
const SHORTEST_REPEAT: usize = 20;

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
            if block.kind.row().is_some() || is_short(block) {
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
        if block.kind.row().is_none() && is_short(block) {
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

/// Whether a block may be repeated on purpose: “Source: NBS”, or an address such as “Distinguished guests,”. Tags, code and
/// addresses do not count.
fn is_short(block: &Block) -> bool {
    let weight = |text: &str| -> usize {
        let weight = |c: char| if is_han(c) { 3 } else { usize::from(c.is_alphabetic()) };
        text.chars().map(weight).sum()
    };
    let masked: usize = block.masked.iter().map(|mask| weight(mask.of(&block.text))).sum();
    weight(&block.text) - masked < SHORTEST_REPEAT || block.text.trim_end().ends_with([',', '，', ':', '：'])
}

/// The aligner's confidence in the pair, in three steps.
pub fn alignment_confidence(ctx: &PairContext<'_>) -> Confidence {
    match ctx.pair().confidence {
        c if c >= 0.8 => Confidence::High,
        c if c >= 0.5 => Confidence::Medium,
        _ => Confidence::Low,
    }
}
