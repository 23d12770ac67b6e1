//! The blocks of one bilingual text, in order, and where each came from.

use std::collections::BTreeMap;
use std::ops::{Deref, Range};
use std::sync::Arc;

use crate::text::{Direction, Side, Sides, Source, Span};

/// What a block is in its document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BlockKind {
    /// A heading; 1 is the highest level, 0 a heading of unknown level.
    Heading(u8),
    /// Running text.
    Paragraph,
    /// An item of a list.
    ListItem,
    /// A cell of a table.
    TableCell(Cell),
    /// A segment of a record file, whose place in the text is unknown.
    Segment,
    /// A section marker such as `【序】（68字）` or a production note: part of the layout, nothing to translate.
    Structure,
}

/// The place of a cell in the tables of its file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Cell {
    /// Number of its row, counted over all tables of the file.
    pub row: u32,
    /// Number of its column.
    pub column: u16,
    /// How many columns the row has.
    pub columns: u16,
}

impl BlockKind {
    /// The row that the block is a cell of.
    pub const fn row(self) -> Option<u32> {
        match self {
            Self::TableCell(cell) => Some(cell.row),
            _ => None,
        }
    }
}

/// A run of block text that is copied from the source, or one escape.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    /// First byte in the block's text.
    pub text: usize,
    /// First byte in the source.
    pub source: usize,
    /// Bytes in the block's text.
    pub len: usize,
    /// Bytes in the source; differs from `len` for an escape.
    pub source_len: usize,
}

/// Where a block's text came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// Index into [`Document::sources`].
    pub source: usize,
    /// The bytes of the source that the block covers, including quotes, escapes and markers.
    pub span: Span,
    /// How block text maps to source bytes: one verbatim piece in most files, more where there are escapes or joined
    /// lines. In order, without gaps in the block's text.
    pub pieces: Pieces,
}

/// The pieces of a block's text. There is nearly always one, which needs no allocation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pieces {
    /// One.
    One([Piece; 1]),
    /// Any other number.
    Many(Vec<Piece>),
}

impl Deref for Pieces {
    type Target = [Piece];

    fn deref(&self) -> &[Piece] {
        match self {
            Self::One(piece) => piece,
            Self::Many(pieces) => pieces,
        }
    }
}

impl From<Vec<Piece>> for Pieces {
    fn from(pieces: Vec<Piece>) -> Self {
        match pieces[..] {
            [piece] => Self::One([piece]),
            _ => Self::Many(pieces),
        }
    }
}

impl Origin {
    /// Text that is copied from the source, from byte `start` on.
    pub fn verbatim(source: usize, start: usize, len: usize) -> Self {
        Self {
            source,
            span: Span::new(start, start + len),
            pieces: Pieces::One([Piece {
                text: 0,
                source: start,
                len,
                source_len: len,
            }]),
        }
    }

    /// The source bytes that the block bytes `span` came from.
    pub fn to_source(&self, span: Span) -> Span {
        let start = self.start_of(span.start);
        let end = if span.is_empty() { start } else { self.end_of(span.end) };
        Span::new(start, end.max(start))
    }

    /// The byte of the block's text that came from byte `offset` of the source; `None` outside the block, whose end is inside. A
    /// byte between two pieces, such as the indentation of a line, belongs to the end of the first one.
    pub fn to_text(&self, offset: usize) -> Option<usize> {
        if offset < self.span.start || offset > self.span.end {
            return None;
        }
        let piece = self.pieces.iter().rev().find(|p| p.source <= offset);
        Some(piece.map_or(0, |p| match offset - p.source {
            within if p.len == p.source_len => p.text + within.min(p.len),
            within if within < p.source_len => p.text,
            _ => p.text + p.len,
        }))
    }

    /// The origin of the same text, where this one leads to a text that itself has the origin `there`.
    #[must_use]
    pub fn through(&self, there: &Self) -> Self {
        let mut pieces = Vec::with_capacity(self.pieces.len());
        for piece in self.pieces.iter() {
            let from = Span::new(piece.source, piece.source + piece.source_len);
            if piece.len != piece.source_len {
                let at = there.to_source(from);
                pieces.push(Piece {
                    source: at.start,
                    source_len: at.len(),
                    ..*piece
                });
                continue;
            }
            let first = there.pieces.partition_point(|p| p.text + p.len <= from.start);
            let inside = there.pieces[first..].iter().take_while(|p| p.text < from.end);
            pieces.extend(inside.filter_map(|p| p.cut(from)).map(|p| Piece {
                text: piece.text + p.text,
                ..p
            }));
        }
        Self {
            source: self.source,
            span: there.to_source(self.span),
            pieces: pieces.into(),
        }
    }

    fn start_of(&self, offset: usize) -> usize {
        // The piece that begins at or before the offset; at a seam, the later one.
        match self.pieces.partition_point(|p| p.text <= offset).checked_sub(1) {
            Some(i) => self.pieces[i].at(offset),
            None => self.span.start,
        }
    }

    fn end_of(&self, offset: usize) -> usize {
        // The piece that holds the last byte; at a seam, the earlier one.
        match self.pieces.partition_point(|p| p.text < offset).checked_sub(1) {
            Some(i) => self.pieces[i].at(offset),
            None => self.span.start,
        }
    }
}

impl Piece {
    /// The part of the piece within `inside`, a span of the block's text, for a text that begins there; `None` if there is
    /// none.
    #[must_use]
    pub fn cut(self, inside: Span) -> Option<Self> {
        let start = self.text.max(inside.start);
        let end = (self.text + self.len).min(inside.end);
        if start >= end {
            return None;
        }
        let (source, until) = (self.at(start), self.at(end));
        Some(Self {
            text: start - inside.start,
            source,
            len: end - start,
            source_len: until - source,
        })
    }

    fn at(&self, offset: usize) -> usize {
        let within = offset - self.text;
        if self.len == self.source_len {
            self.source + within.min(self.len)
        } else if within >= self.len {
            self.source + self.source_len
        } else {
            self.source
        }
    }
}

/// One heading, paragraph, list item, table cell or segment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Its language.
    pub side: Side,
    /// What it is.
    pub kind: BlockKind,
    /// Its text, escapes resolved, without list or heading marker. Inline markup is left in.
    pub text: String,
    /// Byte spans of `text` that are not prose: inline code, link targets, placeholders, tags. In order, disjoint.
    pub masked: Vec<Span>,
    /// Where it came from.
    pub origin: Origin,
}

/// How the two sides of a document relate to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Layout {
    /// Pairs as the file gives them; nothing to align.
    Records,
    /// One file in which Chinese and English blocks alternate: to be aligned, with neighbours preferred.
    Interleaved,
    /// Two sequences of blocks: to be aligned.
    Parallel,
}

/// A pair that the file itself gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// The record's id.
    pub id: Option<Arc<str>>,
    /// Its Chinese blocks.
    pub zh: Range<usize>,
    /// Its English blocks.
    pub en: Range<usize>,
}

/// What pins a pair.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PinnedBy {
    /// Comments in the text, `<!-- bilint: pair 12 -->` in both languages, by their name, `12`.
    Comments(Arc<str>),
    /// The configuration, by how the paragraphs begin.
    Configuration(Sides<Arc<str>>),
}

/// Blocks that are pinned as a pair.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pin {
    /// What pins them.
    pub by: PinnedBy,
    /// The numbers of the blocks: one on each side, unless the pin no longer fits.
    pub blocks: Sides<Vec<usize>>,
}

impl Pin {
    /// The pair that it pins, if there is one block on each side.
    pub fn pair(&self) -> Option<Sides<usize>> {
        match (self.blocks.zh.as_slice(), self.blocks.en.as_slice()) {
            (&[zh], &[en]) => Some(Sides::new(zh, en)),
            _ => None,
        }
    }
}

/// The blocks of one bilingual text, in order, from one file or two, or from one part of a streamed file.
#[derive(Debug, Clone)]
pub struct Document {
    /// The name that messages use: the path, or both paths.
    pub name: Arc<str>,
    /// The id of a document record.
    pub id: Option<Arc<str>>,
    /// How the sides relate to each other.
    pub layout: Layout,
    /// The sources that the blocks came from.
    pub sources: Vec<Arc<Source>>,
    /// The Chinese blocks, in order.
    pub zh: Vec<Block>,
    /// The English blocks, in order.
    pub en: Vec<Block>,
    /// The pairs, where the layout is [`Layout::Records`].
    pub records: Vec<Record>,
    /// The most characters that the translation of a record may have, by the record's number, where the file says it.
    pub limits: BTreeMap<usize, usize>,
    /// The pairs that comments in the text or the configuration pin.
    pub pins: Vec<Pin>,
    /// Number of the first record in its file (0-based); not zero only for later parts of a streamed file.
    pub first_record: usize,
    /// The direction, where the file says so.
    pub direction: Option<Direction>,
    /// Whether it is a record of whole paragraphs, so that the numbers of its blocks mean something to the reader.
    pub is_record: bool,
}

impl Document {
    /// An empty document.
    pub fn new(name: impl Into<Arc<str>>, layout: Layout) -> Self {
        Self {
            name: name.into(),
            id: None,
            layout,
            sources: Vec::new(),
            zh: Vec::new(),
            en: Vec::new(),
            records: Vec::new(),
            limits: BTreeMap::new(),
            pins: Vec::new(),
            first_record: 0,
            direction: None,
            is_record: false,
        }
    }

    /// Adds a record of these blocks; a blank side has none.
    pub fn push_record(&mut self, id: Option<Arc<str>>, zh: Option<Block>, en: Option<Block>) {
        let (z, e) = (self.zh.len(), self.en.len());
        self.zh.extend(zh);
        self.en.extend(en);
        self.records.push(Record {
            id,
            zh: z..self.zh.len(),
            en: e..self.en.len(),
        });
    }

    /// The pinned pairs that are in the same order on both sides. Of two that cross, the later one is left out.
    pub fn pinned(&self) -> Vec<Sides<usize>> {
        let mut pairs: Vec<Sides<usize>> = self.pins.iter().filter_map(Pin::pair).collect();
        pairs.sort_unstable_by_key(|pair| (pair.zh, pair.en));
        let mut next = Sides::new(0, 0);
        pairs.retain(|pair| {
            let in_order = pair.zh >= next.zh && pair.en >= next.en;
            if in_order {
                next = Sides::new(pair.zh + 1, pair.en + 1);
            }
            in_order
        });
        pairs
    }

    /// The blocks of one side.
    pub fn blocks(&self, side: Side) -> &[Block] {
        match side {
            Side::Zh => &self.zh,
            Side::En => &self.en,
        }
    }

    /// The blocks of one side, to add to.
    pub fn blocks_mut(&mut self, side: Side) -> &mut Vec<Block> {
        match side {
            Side::Zh => &mut self.zh,
            Side::En => &mut self.en,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn origin_maps_escapes_and_seams() {
        // source: ab\nc"d  where `\n` is an escape of two bytes for one
        let o = Origin {
            source: 0,
            span: Span::new(0, 6),
            pieces: Pieces::Many(vec![
                Piece {
                    text: 0,
                    source: 0,
                    len: 2,
                    source_len: 2,
                },
                Piece {
                    text: 2,
                    source: 2,
                    len: 1,
                    source_len: 2,
                },
                Piece {
                    text: 3,
                    source: 4,
                    len: 2,
                    source_len: 2,
                },
            ]),
        };
        assert_eq!(o.to_source(Span::new(0, 2)), Span::new(0, 2));
        assert_eq!(o.to_source(Span::new(2, 3)), Span::new(2, 4));
        assert_eq!(o.to_source(Span::new(3, 5)), Span::new(4, 6));
        assert_eq!(o.to_source(Span::new(3, 3)), Span::new(4, 4));
        let back = [0, 1, 2, 3, 4, 6, 7].map(|offset| o.to_text(offset));
        assert_eq!(back, [Some(0), Some(1), Some(2), Some(2), Some(3), Some(5), None]);
    }
}
