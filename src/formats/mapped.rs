//! Texts that are put together from stretches of a source: through escapes, around markup.

use std::ops::Range;

use super::marks;
use crate::document::{Block, BlockKind, Origin, Piece};
use crate::text::{Side, Span};

/// A text, and where each part of it came from.
#[derive(Debug, Default)]
pub struct Mapped {
    text: String,
    pieces: Vec<Piece>,
    /// Spans of the text that are not prose, in order.
    masked: Vec<Span>,
}

impl Mapped {
    /// Appends what the source bytes `from` mean: the same text, or another one for an escape.
    pub fn push(&mut self, part: &str, from: Range<usize>) {
        if part.is_empty() {
            return;
        }
        let is_copy = part.len() == from.len();
        match self.pieces.last_mut() {
            Some(last) if is_copy && last.len == last.source_len && last.source + last.len == from.start => {
                last.len += part.len();
                last.source_len += part.len();
            }
            _ => self.pieces.push(Piece {
                text: self.text.len(),
                source: from.start,
                len: part.len(),
                source_len: from.len(),
            }),
        }
        self.text.push_str(part);
    }

    /// Appends code, which is not prose.
    pub fn push_masked(&mut self, part: &str, from: Range<usize>) {
        let start = self.text.len();
        self.push(part, from);
        self.masked.push(Span::new(start, self.text.len()));
    }

    /// The text so far.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether the text has nothing but white space and what is not prose.
    pub fn is_blank(&self) -> bool {
        let mut at = 0;
        let is_blank = |text: &str| text.trim_start().is_empty();
        let before_masks = self.masked.iter().all(|mask| {
            let before = &self.text[at..mask.start];
            at = mask.end;
            is_blank(before)
        });
        before_masks && is_blank(&self.text[at..])
    }

    /// The spans of the text that are not prose, in order.
    pub fn masked(&self) -> &[Span] {
        &self.masked
    }

    /// The byte of the text that comes from byte `at` of the source; `None` within an escape, and where nothing comes from.
    pub fn offset_of(&self, at: usize) -> Option<usize> {
        let is_here = |p: &&Piece| (p.source..=p.source + p.source_len).contains(&at);
        let piece = self.pieces.iter().find(is_here)?;
        match at - piece.source {
            0 => Some(piece.text),
            inside if inside == piece.source_len => Some(piece.text + piece.len),
            inside => (piece.len == piece.source_len).then_some(piece.text + inside),
        }
    }

    /// The text and its origin, which covers the bytes `span` of the source.
    pub fn into_parts(self, span: Span) -> (String, Origin) {
        let pieces = self.pieces.into();
        (
            self.text,
            Origin {
                source: 0,
                span,
                pieces,
            },
        )
    }

    /// A block of the whole text, with the white space around it; `None` if there is nothing else.
    pub fn into_whole_block(self, side: Side, kind: BlockKind, span: Span) -> Option<Block> {
        if self.text.trim_start().is_empty() {
            return None;
        }
        let all = Span::new(0, self.text.len());
        Some(self.cut_block(side, kind, span, all))
    }

    /// A block of the text without the white space around it; `None` if nothing is left. It covers the bytes `span` of the
    /// source.
    pub fn into_block(self, side: Side, kind: BlockKind, span: Span) -> Option<Block> {
        let start = self.text.len() - self.text.trim_start().len();
        let end = self.text.trim_end().len();
        if start >= end {
            return None;
        }
        Some(self.cut_block(side, kind, span, Span::new(start, end)))
    }

    fn cut_block(self, side: Side, kind: BlockKind, span: Span, inside: Span) -> Block {
        let Span { start, .. } = inside;
        let text = inside.of(&self.text).to_owned();
        let pieces = self.pieces.into_iter().filter_map(|p| p.cut(inside));
        let pieces = pieces.collect::<Vec<_>>().into();
        let own = self.masked.into_iter().filter(|mask| inside.overlaps(*mask));
        let own = own.map(|mask| Span::new(mask.start.max(start) - start, mask.end.min(inside.end) - start));
        Block {
            side,
            kind,
            masked: Span::merged(marks::not_prose(&text).into_iter().chain(own).collect()),
            text,
            origin: Origin {
                source: 0,
                span,
                pieces,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_around_a_block_is_cut_and_copies_are_joined() {
        let source = "  a &lt; b<x/>c  ";
        let mut mapped = Mapped::default();
        mapped.push("  a ", 0..4);
        mapped.push("<", 4..8);
        mapped.push(" b", 8..10);
        mapped.push_masked("<x/>", 10..14);
        mapped.push("c", 14..15);
        mapped.push("  ", 15..17);
        let block = mapped
            .into_block(Side::En, BlockKind::Segment, Span::new(0, source.len()))
            .unwrap();
        assert_eq!(block.text, "a < b<x/>c");
        assert_eq!(block.masked, [Span::new(5, 9)]);
        let at = |from: usize, to: usize| block.origin.to_source(Span::new(from, to)).of(source);
        assert_eq!((at(0, 1), at(2, 3), at(4, 10)), ("a", "&lt;", "b<x/>c"));
        assert_eq!(block.origin.pieces.len(), 3);
    }

    #[test]
    fn white_space_alone_is_no_block() {
        let mut mapped = Mapped::default();
        mapped.push(" \n", 0..2);
        assert!(
            mapped
                .into_block(Side::Zh, BlockKind::Segment, Span::default())
                .is_none()
        );
    }
}
