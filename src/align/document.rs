//! From the blocks of a document to its pairs.

use super::{Aligner, Bead, Grain, Options, Pair, Unit};
use crate::input::{Block, BlockKind, Document, Layout};
use crate::text::Side;

/// What a caller knows to be the same on both sides: an id for each thing recognised in a block.
pub trait Anchors {
    /// The ids of what block `block` of side `side` names; the same id means the same thing on the other side.
    fn ids(&self, side: Side, block: usize) -> Vec<u32>;
}

/// Nothing is known.
impl Anchors for () {
    fn ids(&self, _: Side, _: usize) -> Vec<u32> {
        Vec::new()
    }
}

impl Aligner {
    /// The pairs of a document: as the file gives them ([`Layout::Records`]), or found. Every block is in exactly one
    /// pair. Blocks of layout ([`BlockKind::Structure`]) are pairs by themselves.
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
        pairs(&beads, &zh, &en)
    }
}

/// The blocks of one side that take part.
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

    fn units(&self, document: &Document) -> Vec<Unit<'_>> {
        // Sources stand one after the other.
        let starts: Vec<usize> = document
            .sources
            .iter()
            .scan(0, |at, source| {
                let start = *at;
                *at += source.text().len() + 1;
                Some(start)
            })
            .collect();
        self.numbers
            .iter()
            .zip(&self.anchors)
            .map(|(&i, anchors)| {
                let origin = &self.blocks[i].origin;
                Unit {
                    text: &self.blocks[i].text,
                    anchors,
                    position: starts.get(origin.source).copied().unwrap_or(0) + origin.span.start,
                }
            })
            .collect()
    }

    /// The runs of block numbers that the units `from..to` stand for: more than one where layout comes between.
    fn runs(&self, units: &std::ops::Range<usize>) -> Vec<std::ops::Range<usize>> {
        self.numbers[units.clone()]
            .chunk_by(|a, b| a + 1 == *b)
            .map(|run| run[0]..run[run.len() - 1] + 1)
            .collect()
    }
}

/// Beads of units as pairs of blocks, with the layout in between.
fn pairs(beads: &[Bead], zh: &Prose<'_>, en: &Prose<'_>) -> Vec<Pair> {
    let mut out: Vec<Pair> = Vec::new();
    let mut next = [0, 0];
    let pair = |zh, en, confidence, crossing| Pair {
        id: None,
        zh,
        en,
        confidence,
        crossing,
    };
    let structure = |out: &mut Vec<Pair>, next: &mut [usize; 2], side: usize, upto: usize| {
        let blocks = [zh.blocks, en.blocks][side];
        for (i, block) in blocks.iter().enumerate().take(upto).skip(next[side]) {
            if block.kind == BlockKind::Structure {
                out.push(if side == 0 {
                    pair(i..i + 1, next[1]..next[1], 1.0, false)
                } else {
                    pair(next[0]..next[0], i..i + 1, 1.0, false)
                });
            }
        }
        next[side] = next[side].max(upto);
    };
    for bead in beads {
        let zh_runs = zh.runs(&bead.zh);
        let en_runs = en.runs(&bead.en);
        if let Some(run) = zh_runs.first() {
            structure(&mut out, &mut next, 0, run.start);
        }
        if let Some(run) = en_runs.first().filter(|_| !bead.crossing) {
            structure(&mut out, &mut next, 1, run.start);
        }
        // A bead over a section marker falls apart into the blocks before and after it.
        for k in 0..zh_runs.len().max(en_runs.len()) {
            let here = |runs: &[std::ops::Range<usize>], next: usize| runs.get(k).cloned().unwrap_or(next..next);
            let (z, e) = (here(&zh_runs, next[0]), here(&en_runs, next[1]));
            structure(&mut out, &mut next, 0, z.start);
            if !bead.crossing {
                structure(&mut out, &mut next, 1, e.start);
            }
            next[0] = next[0].max(z.end);
            if !bead.crossing {
                next[1] = next[1].max(e.end);
            }
            out.push(pair(z, e, bead.confidence, bead.crossing));
        }
    }
    structure(&mut out, &mut next, 0, zh.blocks.len());
    structure(&mut out, &mut next, 1, en.blocks.len());
    out
}
