//! Aligns the blocks of a document.

use std::ops::Range;

use super::{Aligner, Bead, Grain, Members, Options, Pair, Unit};
use crate::document::{Block, BlockKind, Document, Layout};
use crate::text::Side;

/// Things that the caller recognized in blocks, such as concepts of a glossary.
pub trait Anchors {
    /// The ids of the things in block `block` of side `side`. The same id means the same thing on the other side.
    fn ids(&self, side: Side, block: usize) -> Vec<u32>;
}

/// No anchors.
impl Anchors for () {
    fn ids(&self, _: Side, _: usize) -> Vec<u32> {
        Vec::new()
    }
}

impl Aligner {
    /// The pairs of a document: those of the file ([`Layout::Records`]), or those found by alignment. Every block is in
    /// exactly one pair. Each layout block ([`BlockKind::Structure`]) is a pair of its own.
    pub fn align_document(&self, document: &Document, anchors: &dyn Anchors) -> Vec<Pair> {
        if document.layout == Layout::Records {
            return document
                .records
                .iter()
                .map(|r| Pair {
                    id: r.id.clone(),
                    zh: r.zh.clone(),
                    en: r.en.clone(),
                    confidence: 1.0,
                    members: Members::default(),
                    crossing: false,
                })
                .collect();
        }
        let zh = Prose::new(document, Side::Zh, anchors);
        let en = Prose::new(document, Side::En, anchors);
        let options = Options {
            grain: Grain::Paragraph,
            interleaved: document.layout == Layout::Interleaved,
        };
        let beads = self.align_units(&zh.units(document), &en.units(document), &options);
        pairs(beads, &zh, &en)
    }
}

/// The blocks of one side that are aligned.
struct Prose<'a> {
    blocks: &'a [Block],
    /// Their block numbers.
    numbers: Vec<usize>,
    anchors: Vec<Vec<u32>>,
}

impl<'a> Prose<'a> {
    fn new(document: &'a Document, side: Side, anchors: &dyn Anchors) -> Self {
        let blocks = document.blocks(side);
        let numbers: Vec<usize> = (0..blocks.len())
            .filter(|&i| blocks[i].kind != BlockKind::Structure)
            .collect();
        let anchors = numbers.iter().map(|&i| anchors.ids(side, i)).collect();
        Self {
            blocks,
            numbers,
            anchors,
        }
    }

    /// The units, for a document of this layout.
    fn units(&self, document: &Document) -> Vec<Unit<'_>> {
        let positions = Positions::new(document);
        // In a file with both languages, a marker in either language divides both.
        let interleaved = document.layout == Layout::Interleaved;
        let mut markers: Vec<usize> = [&document.zh, &document.en]
            .into_iter()
            .filter(|blocks| interleaved || std::ptr::eq(blocks.as_slice(), self.blocks))
            .flatten()
            .filter(|block| block.kind == BlockKind::Structure)
            .map(|block| positions.of(block))
            .collect();
        markers.sort_unstable();
        self.numbers
            .iter()
            .zip(&self.anchors)
            .map(|(&i, anchors)| {
                let position = positions.of(&self.blocks[i]);
                Unit {
                    text: &self.blocks[i].text,
                    anchors,
                    position,
                    section: markers.partition_point(|&m| m < position),
                }
            })
            .collect()
    }

    /// The block numbers of some units. There is no layout block between them, because a bead stays in its section.
    fn blocks_of(&self, units: &Range<usize>) -> Option<Range<usize>> {
        let first = *self.numbers.get(units.start)?;
        (!units.is_empty()).then(|| first..self.numbers[units.end - 1] + 1)
    }
}

/// Positions of blocks in all sources of a document, one source after the other.
struct Positions {
    starts: Vec<usize>,
}

impl Positions {
    fn new(document: &Document) -> Self {
        let starts = document.sources.iter().scan(0, |at, source| {
            let start = *at;
            *at += source.text().len() + 1;
            Some(start)
        });
        Self {
            starts: starts.collect(),
        }
    }

    fn of(&self, block: &Block) -> usize {
        let start = self.starts.get(block.origin.source);
        start.copied().unwrap_or(0) + block.origin.span.start
    }
}

/// Turns beads of units into pairs of blocks, and adds the layout blocks in between.
fn pairs(beads: Vec<Bead>, zh: &Prose<'_>, en: &Prose<'_>) -> Vec<Pair> {
    let mut out: Vec<Pair> = Vec::new();
    let mut next = [0, 0];
    let structure = |out: &mut Vec<Pair>, next: &mut [usize; 2], side: usize, upto: usize| {
        let blocks = [zh.blocks, en.blocks][side];
        for (i, block) in blocks.iter().enumerate().take(upto).skip(next[side]) {
            if block.kind == BlockKind::Structure {
                let (zh, en) = if side == 0 {
                    (i..i + 1, next[1]..next[1])
                } else {
                    (next[0]..next[0], i..i + 1)
                };
                out.push(Pair {
                    id: None,
                    zh,
                    en,
                    confidence: 1.0,
                    members: Members::default(),
                    crossing: false,
                });
            }
        }
        next[side] = next[side].max(upto);
    };
    for bead in beads {
        let z = zh.blocks_of(&bead.units.zh);
        let e = en.blocks_of(&bead.units.en);
        if let Some(z) = &z {
            structure(&mut out, &mut next, 0, z.start);
        }
        if let Some(e) = e.as_ref().filter(|_| !bead.crossing) {
            structure(&mut out, &mut next, 1, e.start);
        }
        let z = z.unwrap_or(next[0]..next[0]);
        let e = e.unwrap_or(next[1]..next[1]);
        next[0] = next[0].max(z.end);
        if !bead.crossing {
            next[1] = next[1].max(e.end);
        }
        out.push(Pair {
            id: None,
            zh: z,
            en: e,
            confidence: bead.confidence,
            members: bead.members,
            crossing: bead.crossing,
        });
    }
    structure(&mut out, &mut next, 0, zh.blocks.len());
    structure(&mut out, &mut next, 1, en.blocks.len());
    out
}
