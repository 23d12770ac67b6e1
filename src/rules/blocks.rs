//! Blocks without a counterpart and repeated blocks, for the rules about omitted, added and repeated paragraphs.

use std::collections::HashMap;

use xxhash_rust::xxh3::xxh3_64;

use super::{DocumentContext, Meta, PairContext, Report, quote};
use crate::document::BlockKind;
use crate::finding::Confidence;
use crate::text::normalize::collapse_whitespace;
use crate::text::{Side, Span};

/// Shorter blocks, in letters, are never reported: a translator does not omit them by mistake.
const SHORTEST: usize = 2;

/// Shorter blocks, in letters, may be repeated on purpose: “Yes.”, “Source: NBS”.
const SHORTEST_REPEAT: usize = 12;

/// The blocks of `side` in a pair that has nothing on the other side: their spans in the side's text, and their kinds.
pub fn unpaired(ctx: &PairContext<'_>, side: Side) -> Vec<(Span, BlockKind)> {
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

/// The blocks of `side` that repeat an earlier one, where at least one of the two copies has no counterpart of its own:
/// the other side has the text only once.
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
            let number = pair.range(side).start + i;
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

/// Reports a block of the source without a translation.
pub fn report_unpaired(
    ctx: &PairContext<'_>,
    meta: &'static Meta,
    what: &str,
    source: Side,
    span: Span,
    report: &mut Report,
) {
    let target = source.other().name();
    report
        .finding(
            meta,
            ctx,
            source,
            span,
            format!(
                "{what} has no {target} translation: {}",
                quote::beginning(span.of(ctx.text(source)))
            ),
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
