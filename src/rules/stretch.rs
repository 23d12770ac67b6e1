//! The lines of a pair in its files, by which `filter/since` decides whether a change touches a finding.

use std::sync::Arc;

use super::PairContext;
use crate::document::{Block, Document, Layout};
use crate::finding::Stretch;
use crate::text::{Side, Source};

/// The lines of both sides of a pair: of every block, and of the gap where a side has none.
pub fn pair_stretches(ctx: &PairContext<'_>) -> Vec<Stretch> {
    let document = ctx.doc.document;
    // Most pairs have one block a side, and findings are kept till the end of the run.
    let mut out = Vec::with_capacity(2);
    for side in [Side::Zh, Side::En] {
        let blocks = ctx.blocks(side);
        out.extend(blocks.iter().map(|b| block_stretch(document, b)));
        if blocks.is_empty() && document.layout != Layout::Records {
            out.extend(gap(ctx, side));
        }
    }
    out
}

/// The lines of one block.
pub fn block_stretch(document: &Document, block: &Block) -> Stretch {
    let source = &document.sources[block.origin.source];
    let (first, last) = lines(source, block);
    if document.layout == Layout::Records {
        return Stretch::lines(Arc::clone(source.path()), first, last);
    }
    let key = |b: &Block| (b.origin.source, b.origin.span.start);
    let here = key(block);
    let is_near = |b: &&Block| b.origin.source == block.origin.source;
    let sides = [&document.zh, &document.en];
    let before = sides.iter().filter_map(|s| {
        let near = s[..s.partition_point(|b| key(b) < here)].last().filter(is_near)?;
        Some(lines(source, near).1)
    });
    let after = sides.iter().filter_map(|s| {
        let near = s[s.partition_point(|b| key(b) <= here)..].first().filter(is_near)?;
        Some(lines(source, near).0)
    });
    Stretch {
        file: Arc::clone(source.path()),
        lines: Some((first, last)),
        between: (before.max().unwrap_or(0), after.min().unwrap_or(usize::MAX)),
    }
}

/// The place of the missing side of a pair: between the blocks of that side before and after it.
fn gap(ctx: &PairContext<'_>, side: Side) -> Option<Stretch> {
    let document = ctx.doc.document;
    let blocks = document.blocks(side);
    let at = ctx.range(side).start.min(blocks.len());
    let (before, after) = (at.checked_sub(1).map(|i| &blocks[i]), blocks.get(at));
    let source = if let Some(b) = before.or(after) {
        b.origin.source
    } else {
        // A side without a text: the file that the other side is not in, or the one that both are in.
        let taken = document.blocks(side.other()).first().map(|b| b.origin.source)?;
        (0..document.sources.len()).find(|&s| s != taken).unwrap_or(taken)
    };
    let lines_of = |b: Option<&Block>| {
        let b = b.filter(|b| b.origin.source == source)?;
        Some(lines(&document.sources[source], b))
    };
    Some(Stretch {
        file: Arc::clone(document.sources[source].path()),
        lines: None,
        between: (
            lines_of(before).map_or(0, |(_, last)| last),
            lines_of(after).map_or(usize::MAX, |(first, _)| first),
        ),
    })
}

/// First and last line of a block, 1-based.
fn lines(source: &Source, block: &Block) -> (usize, usize) {
    let span = block.origin.span;
    let last = span.end.saturating_sub(1).max(span.start);
    (source.line(span.start), source.line(last))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::look_at;

    #[test]
    fn a_pair_takes_up_its_lines_on_both_sides() {
        let about = look_at(
            &["欢迎参加。", "欢迎。"],
            &["You are welcome.", "Hello."],
            |ctx| pair_stretches(&ctx.pair(0).expect("two pairs")),
        );
        assert_eq!(about.len(), 2, "{about:?}");
        assert!(
            about.iter().all(|s| s.lines == Some((1, 1)) && s.between.0 == 0),
            "{about:?}"
        );
    }

    #[test]
    fn the_gap_counts_where_a_side_is_missing() {
        let zh = ["开放科学。", "科学没有国界。", "欢迎各国科研人员参与合作。"];
        let en = ["Open science.", "", "We welcome researchers from all countries."];
        let about = look_at(&zh, &en, |ctx| pair_stretches(&ctx.pair(1).expect("three pairs")));
        let gaps: Vec<_> = about.iter().filter(|s| s.lines.is_none()).map(|s| s.between).collect();
        assert_eq!(gaps, [(1, 3)]);
    }
}
