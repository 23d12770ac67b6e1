//! Blocks that stand alone or twice: what the rules about omitted, added and repeated paragraphs share.

use std::collections::HashMap;

use xxhash_rust::xxh3::xxh3_64;

use super::{DocumentContext, PairContext};
use crate::document::BlockKind;
use crate::text::normalize::collapse_whitespace;
use crate::text::{Side, Span};

/// Fewer letters than this are no text that a translator could leave out or repeat by mistake.
const SHORTEST: usize = 2;

/// Fewer letters than this may well stand twice on purpose: “Yes.”, “Source: NBS”.
const SHORTEST_REPEAT: usize = 12;

/// The blocks of `side` in a pair that has nothing on the other side: their spans in the side's text, and their kinds.
pub fn alone(ctx: &PairContext<'_>, side: Side) -> Vec<(Span, BlockKind)> {
    let has_other = !ctx.text(side.other()).trim_start().is_empty();
    if has_other || ctx.is_structure() {
        return Vec::new();
    }
    let mut start = 0;
    ctx.blocks(side)
        .iter()
        .filter_map(|block| {
            let span = Span::new(start, start + block.text.len());
            start = span.end + 1;
            let counts = block.kind != BlockKind::Structure && letters(&block.text) >= SHORTEST;
            counts.then_some((span, block.kind))
        })
        .collect()
}

/// A block that says once more what a block before it said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Repeat {
    /// The pair that holds the later block.
    pub pair: usize,
    /// Its number on its side of the document.
    pub block: usize,
    /// Where it stands in the side's text of the pair.
    pub span: Span,
    /// The number of the earlier block.
    pub first: usize,
}

/// The blocks of `side` that repeat an earlier one although the other side has the text only once: of the two copies at
/// least one has no counterpart of its own.
pub fn repeats(ctx: &DocumentContext<'_>, side: Side) -> Vec<Repeat> {
    // Hash of the text → block, pair, and whether the pair gives the block a counterpart of its own.
    let mut seen: HashMap<u64, (usize, bool)> = HashMap::new();
    let mut out = Vec::new();
    for pair in ctx.iter().filter(|p| !p.is_structure()) {
        let blocks = pair.blocks(side);
        let counterparts = pair.blocks(side.other()).len();
        let mut start = 0;
        for (i, block) in blocks.iter().enumerate() {
            let span = Span::new(start, start + block.text.len());
            start = span.end + 1;
            if letters(&block.text) < SHORTEST_REPEAT {
                continue;
            }
            let range = if side == Side::Zh {
                &pair.pair().zh
            } else {
                &pair.pair().en
            };
            let number = range.start + i;
            let own = counterparts >= blocks.len();
            let hash = xxh3_64(collapse_whitespace(&block.text).to_lowercase().as_bytes());
            match seen.get(&hash) {
                Some(&(first, first_own)) if !(own && first_own) => {
                    out.push(Repeat {
                        pair: pair.index,
                        block: number,
                        span,
                        first,
                    });
                }
                Some(_) => {}
                None => {
                    seen.insert(hash, (number, own));
                }
            }
        }
    }
    out
}

fn letters(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphabetic()).count()
}
