//! Aligns the blocks of a document.

use std::ops::Range;

use super::{Aligner, Bead, Grain, Members, Options, Pair, Unit, UnitKind};
use crate::document::{Block, BlockKind, Cell, Document, Layout};
use crate::text::{Side, Sides};

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
        let pins: Vec<Sides<usize>> = document
            .pinned()
            .into_iter()
            .filter_map(|pin| Some(Sides::new(zh.unit_of(pin.zh)?, en.unit_of(pin.en)?)))
            .collect();
        let beads = self.align_between(&zh.units(document), &en.units(document), &pins, options);
        pairs(beads, &zh, &en)
    }

    /// Aligns the units before, between and behind pinned pairs. `pins` are units, in order on both sides.
    fn align_between(&self, zh: &[Unit<'_>], en: &[Unit<'_>], pins: &[Sides<usize>], options: Options) -> Vec<Bead> {
        let mut beads = Vec::new();
        let mut next = Sides::new(0, 0);
        for end in pins.iter().copied().chain([Sides::new(zh.len(), en.len())]) {
            if end.zh < next.zh || end.en < next.en {
                // Two cells of a row, which is one unit.
                continue;
            }
            let between = self.align_units(&zh[next.zh..end.zh], &en[next.en..end.en], &options);
            beads.extend(between.into_iter().map(|bead| Bead {
                units: Sides::new(
                    bead.units.zh.start + next.zh..bead.units.zh.end + next.zh,
                    bead.units.en.start + next.en..bead.units.en.end + next.en,
                ),
                ..bead
            }));
            if end.zh < zh.len() && end.en < en.len() {
                beads.push(Bead {
                    units: end.map(|unit| unit..unit + 1),
                    confidence: 1.0,
                    members: Members::default(),
                    crossing: false,
                });
            }
            next = end.map(|unit| unit + 1);
        }
        beads
    }
}

/// The blocks of one side that are aligned. The cells of a table row are one unit.
struct Prose<'a> {
    blocks: &'a [Block],
    units: Vec<Candidate>,
}

/// What will be a unit.
struct Candidate {
    blocks: Range<usize>,
    /// The text of its blocks, where it has several.
    joined: Option<String>,
    anchors: Vec<u32>,
}

impl<'a> Prose<'a> {
    fn new(document: &'a Document, side: Side, anchors: &dyn Anchors) -> Self {
        let blocks = document.blocks(side);
        let mut units = Vec::with_capacity(blocks.len());
        let mut first = 0;
        for same_row in blocks.chunk_by(|a, b| row(a).is_some() && row(a) == row(b)) {
            let range = first..first + same_row.len();
            first = range.end;
            if same_row[0].kind != BlockKind::Structure {
                let text = |b: &'a Block| b.text.as_str();
                units.push(Candidate {
                    joined: (same_row.len() > 1).then(|| same_row.iter().map(text).collect::<Vec<_>>().join("\n")),
                    anchors: range.clone().flat_map(|i| anchors.ids(side, i)).collect(),
                    blocks: range,
                });
            }
        }
        Self { blocks, units }
    }

    /// The units, for a document of this layout. A row is a section of its own, so that it is never joined with another.
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
        let mut rows = 0;
        let mut previous = None;
        self.units
            .iter()
            .map(|unit| {
                let first = &self.blocks[unit.blocks.start];
                let position = positions.of(first);
                rows += usize::from(row(first).is_some() || previous != row(first));
                previous = row(first);
                Unit {
                    text: unit.joined.as_deref().unwrap_or(&first.text),
                    anchors: &unit.anchors,
                    position,
                    section: markers.partition_point(|&m| m < position) + rows,
                    kind: match first.kind {
                        BlockKind::Heading(_) => UnitKind::Heading,
                        BlockKind::TableCell(_) => UnitKind::Row,
                        _ => UnitKind::Text,
                    },
                }
            })
            .collect()
    }

    /// The unit that a block is in; none for a layout block.
    fn unit_of(&self, block: usize) -> Option<usize> {
        let i = self.units.partition_point(|unit| unit.blocks.end <= block);
        self.units.get(i).filter(|unit| unit.blocks.contains(&block)).map(|_| i)
    }

    /// The block numbers of some units. There is no layout block between them, because a bead stays in its section.
    fn blocks_of(&self, units: &Range<usize>) -> Option<Range<usize>> {
        let first = self.units.get(units.start)?.blocks.start;
        (!units.is_empty()).then(|| first..self.units[units.end - 1].blocks.end)
    }
}

/// The source and the row of a cell.
fn row(block: &Block) -> Option<(usize, u32)> {
    Some((block.origin.source, block.kind.row()?))
}

/// The cells of two rows with equally many columns, column by column: the blocks of each, of which one side may have none.
fn cells(zh: &[Block], en: &[Block], ranges: Sides<&Range<usize>>) -> Option<Vec<(Range<usize>, Range<usize>)>> {
    let place = |block: &Block| match block.kind {
        BlockKind::TableCell(cell) => Some(cell),
        _ => None,
    };
    let of = |blocks: &[Block], range: &Range<usize>| -> Option<Vec<Cell>> {
        blocks[range.clone()].iter().map(place).collect()
    };
    let (z, e) = (of(zh, ranges.zh)?, of(en, ranges.en)?);
    let same = |cells: &[Cell], first: &Cell| {
        cells
            .iter()
            .all(|c| c.row == cells[0].row && c.columns == first.columns)
    };
    let first = z.first()?;
    if e.is_empty() || !same(&z, first) || !same(&e, first) {
        return None;
    }
    let column = |cells: &[Cell], start: usize, column: u16| {
        let at = start + cells.partition_point(|c| c.column < column);
        let present = cells.iter().any(|c| c.column == column);
        at..at + usize::from(present)
    };
    let pairs = (0..first.columns).map(|c| (column(&z, ranges.zh.start, c), column(&e, ranges.en.start, c)));
    Some(pairs.filter(|(z, e)| !z.is_empty() || !e.is_empty()).collect())
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
        if let Some(cells) = cells(zh.blocks, en.blocks, Sides::new(&z, &e)) {
            out.extend(cells.into_iter().map(|(zh, en)| Pair {
                id: None,
                zh,
                en,
                confidence: bead.confidence,
                members: Members::default(),
                crossing: bead.crossing,
            }));
            continue;
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
