//! How many units the beads have that are scored.

use super::window::{ByUnits, Window};
use crate::align::weights::{BEADS, WIDEST};
use crate::text::Sides;

/// Longer than the other side by this factor and these letters, a side is no translation of it.
const LONGEST_RATIO: f32 = 4.0;
const SPARE_LENGTH: f32 = 60.0;
/// So many units are scored whatever their length: a text without translation is first joined with its neighbour, and then released
/// by [`crate::align::edges`].
const FEW: usize = 3;

/// For each number of units of one side the most units of the other side in one bead with them.
#[derive(Clone, Copy)]
pub(super) struct Most {
    pub en: ByUnits<usize>,
    pub zh: ByUnits<usize>,
}

impl Most {
    /// For the first `kinds` of [`BEADS`].
    pub fn new(kinds: usize) -> Self {
        let (mut en, mut zh) = ([0; WIDEST + 1], [0; WIDEST + 1]);
        for &(a, b) in &BEADS[..kinds] {
            let (a, b) = (usize::from(a), usize::from(b));
            en[a] = en[a].max(b);
            zh[b] = zh[b].max(a);
        }
        Self { en, zh }
    }

    /// For a bead of so many Chinese and English units.
    pub fn of_bead(zh: usize, en: usize) -> Self {
        let mut this = Self {
            en: [0; WIDEST + 1],
            zh: [0; WIDEST + 1],
        };
        this.en[zh] = en;
        this.zh[1..=en].fill(zh);
        this
    }

    /// How many units of a row and of a column are at most in a bead whose sides could be translations by their length.
    ///
    /// Most kinds of beads join one unit with many, and are out of the question for most units: without this limit, aligning a
    /// document of 97 paragraphs takes 9 % more instructions (callgrind).
    pub fn reach(&self, row: &Window, column: &Window) -> Sides<usize> {
        let fits = |length: f32, other: f32| length <= LONGEST_RATIO * other + SPARE_LENGTH;
        let zh = (1..=row.reach).take_while(|&a| fits(row.length[a], column.length[self.en[a].min(column.reach)]));
        let en = (1..=column.reach).take_while(|&b| fits(column.length[b], row.length[self.zh[b].min(row.reach)]));
        Sides::new(zh.count().max(FEW), en.count().max(FEW))
    }

    /// Most units of each side.
    pub fn widest(&self) -> Sides<usize> {
        let widest = |most: &ByUnits<usize>| most.iter().copied().max().unwrap_or(0);
        Sides::new(widest(&self.zh), widest(&self.en))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_more_units_of_one_side_the_fewer_of_the_other() {
        for kinds in [1, 3, BEADS.len()] {
            let most = Most::new(kinds);
            assert!(most.en[1..].is_sorted_by(|a, b| a >= b), "{:?}", most.en);
            assert!(most.zh[1..].is_sorted_by(|a, b| a >= b), "{:?}", most.zh);
        }
    }
}
