//! The lines that a pair takes up in its files, so that `filter/since` can tell whether a change touches a finding.

use std::sync::Arc;

use super::PairContext;
use crate::document::{Block, Document, Layout};
use crate::finding::Stretch;
use crate::text::{Side, Source};

/// The lines of both sides of a pair: of every block, and of the gap where a side has none.
pub fn of_pair(ctx: &PairContext<'_>) -> Vec<Stretch> {
    let document = ctx.doc.document;
    // Most pairs have one block a side, and findings are kept till the end of the run.
    let mut out = Vec::with_capacity(2);
    for side in [Side::Zh, Side::En] {
        let blocks = ctx.blocks(side);
        out.extend(blocks.iter().map(|b| block(document, b)));
        if blocks.is_empty() && document.layout != Layout::Records {
            out.extend(gap(ctx, side));
        }
    }
    out
}

/// The lines of one block.
pub fn block(document: &Document, block: &Block) -> Stretch {
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

/// Where the missing side of a pair would stand: between the blocks of that side around it.
fn gap(ctx: &PairContext<'_>, side: Side) -> Option<Stretch> {
    let document = ctx.doc.document;
    let pair = ctx.pair();
    let (at, other) = match side {
        Side::Zh => (pair.zh.start, &document.en),
        Side::En => (pair.en.start, &document.zh),
    };
    let blocks = document.blocks(side);
    let at = at.min(blocks.len());
    let (before, after) = (at.checked_sub(1).map(|i| &blocks[i]), blocks.get(at));
    let source = if let Some(b) = before.or(after) {
        b.origin.source
    } else {
        // A side without a text: the file that the other side is not in, or the one that both are in.
        let taken = other.first().map(|b| b.origin.source)?;
        (0..document.sources.len()).find(|&s| s != taken).unwrap_or(taken)
    };
    let of = |b: Option<&Block>| {
        let b = b.filter(|b| b.origin.source == source)?;
        Some(lines(&document.sources[source], b))
    };
    Some(Stretch {
        file: Arc::clone(document.sources[source].path()),
        lines: None,
        between: (
            of(before).map_or(0, |(_, last)| last),
            of(after).map_or(usize::MAX, |(first, _)| first),
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
    use crate::rules::testing::check;
    use crate::rules::{paragraph_omitted::ParagraphOmitted, untranslated::Untranslated};

    #[test]
    fn a_pair_takes_up_its_lines_on_both_sides() {
        let found = check(
            &Untranslated,
            &["欢迎参加。", "欢迎。"],
            &["You are 欢迎 here.", "Hello."],
        );
        let about: Vec<_> = found[0].about.iter().map(|s| (s.lines, s.between.0)).collect();
        assert_eq!(about.len(), 2, "{about:?}");
        assert!(
            about
                .iter()
                .all(|(lines, before)| *lines == Some((1, 1)) && *before == 0),
            "{about:?}"
        );
    }

    #[test]
    fn where_a_side_is_missing_the_gap_counts() {
        let zh = [
            "开放科学。",
            "科学没有国界，创新没有止境。",
            "欢迎各国科研人员参与合作。",
        ];
        let found = check(
            &ParagraphOmitted,
            &zh,
            &[
                "Open science.",
                "",
                "We welcome researchers from all countries to cooperate.",
            ],
        );
        let gaps: Vec<_> = found[0]
            .about
            .iter()
            .filter(|s| s.lines.is_none())
            .map(|s| s.between)
            .collect();
        assert_eq!(gaps, [(1, 3)]);
    }
}
