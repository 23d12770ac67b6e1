//! The groups of an interleaved file, as evidence.

use std::ops::Range;

use crate::align::weights::Weights;
use crate::text::{Side, Sides};

/// The groups of lines of an interleaved file: a run of lines in one language with the run in the other that follows it.
pub(in crate::align) struct Groups {
    /// For each unit the number of its group.
    pub number: Sides<Vec<u32>>,
    /// How many units of each side a group has.
    pub sizes: Vec<Sides<usize>>,
    /// The language that comes first in each group.
    pub leading: Side,
    /// Whether hardly any group is without one of the languages: then the place decides.
    pub regular: bool,
}

impl Groups {
    /// How many groups lie between a Chinese and an English unit.
    pub fn distance(&self, zh: usize, en: usize) -> u32 {
        self.number.zh[zh].abs_diff(self.number.en[en])
    }

    /// What the place of a bead adds to its score.
    pub(super) fn score(&self, weights: &Weights, zh: Range<usize>, en: Range<usize>) -> f32 {
        let first = self.number.zh[zh.start].min(self.number.en[en.start]);
        let last = self.number.zh[zh.end - 1].max(self.number.en[en.end - 1]);
        match last - first {
            0 => {
                let bead = Sides::new(zh.len(), en.len());
                // Several paragraphs after one are its translation.
                let whole = bead == self.sizes[first as usize];
                let split = whole && bead[self.leading] == 1 && bead[self.leading.other()] > 1;
                weights.neighbours
                    + if split && self.regular {
                        weights.split_group
                    } else {
                        0.0
                    }
            }
            n => -(weights.apart * n as f32).min(weights.apart_cap),
        }
    }
}
