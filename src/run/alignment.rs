//! The alignment of a document as data. Outputs render it.

use std::ops::Range;

use serde::Serialize;

use crate::align::Members;
use crate::document::BlockKind;

/// Beads with a confidence below this deserve a look.
pub const DOUBTFUL: f32 = 0.5;

/// Some units of one side of a bead.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Units {
    /// Their numbers on that side of the text, from 0.
    pub numbers: Range<usize>,
    /// Their texts.
    pub texts: Vec<String>,
    /// The kind of each; empty for sentences and lines.
    pub kinds: Vec<BlockKind>,
}

impl Units {
    /// The texts, joined by `with`.
    pub fn joined(&self, with: &str) -> String {
        self.texts.join(with)
    }
}

/// A bead with its texts.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Row {
    /// The Chinese units.
    pub zh: Units,
    /// The English units.
    pub en: Units,
    /// How sure the aligner is, 0 to 1.
    pub confidence: f32,
    /// How sure it is of each unit; empty for a side with one unit or none.
    pub members: Members,
    /// Whether the bead is out of order.
    pub crossing: bool,
    /// Whether it is layout, not text.
    pub structure: bool,
}

impl Row {
    /// Whether both sides have units.
    pub fn is_pair(&self) -> bool {
        !self.zh.numbers.is_empty() && !self.en.numbers.is_empty()
    }
}

/// The alignment of one document.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Alignment {
    /// The document's name.
    pub name: String,
    /// Its beads, in order.
    pub rows: Vec<Row>,
}

/// The counts of an alignment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct AlignmentStatistics {
    /// Chinese units, layout not counted.
    pub zh_units: usize,
    /// English units, layout not counted.
    pub en_units: usize,
    /// Beads of one Chinese and one English unit.
    pub one_to_one: usize,
    /// Beads of more units than that.
    pub joined: usize,
    /// Chinese units without English.
    pub zh_alone: usize,
    /// English units without Chinese.
    pub en_alone: usize,
    /// Beads out of order.
    pub crossing: usize,
    /// Beads with a confidence below [`DOUBTFUL`].
    pub doubtful: usize,
}

impl Alignment {
    /// Counts the beads by shape; layout is not counted.
    pub fn statistics(&self) -> AlignmentStatistics {
        let mut n = AlignmentStatistics::default();
        for row in self.rows.iter().filter(|r| !r.structure) {
            let (zh, en) = (row.zh.numbers.len(), row.en.numbers.len());
            n.zh_units += zh;
            n.en_units += en;
            match (zh, en) {
                (_, 0) => n.zh_alone += zh,
                (0, _) => n.en_alone += en,
                (1, 1) => n.one_to_one += 1,
                _ => n.joined += 1,
            }
            n.crossing += usize::from(row.crossing);
            n.doubtful += usize::from(row.confidence < DOUBTFUL);
        }
        n
    }
}
