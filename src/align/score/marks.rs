//! What the punctuation of a bead adds to its score.

use crate::align::evidence::SideEvidence;
use crate::align::marks::{CLOSING_MARKS, MARKS, OPENING_MARKS};
use crate::align::weights::{WIDEST, Weights};

/// For each mark its score, by whether the Chinese has it and whether the English has it.
type Gains = [[f32; 2]; 2];

/// The scores of marks, by number of English units.
pub(super) struct MarkGains {
    /// The score of a bead without any mark.
    none: [f32; WIDEST + 1],
    /// What a mark adds to it.
    more: [[Gains; MARKS]; WIDEST + 1],
}

impl MarkGains {
    pub fn new(en: &SideEvidence, weights: &Weights) -> Self {
        let mut this = Self {
            none: [0.0; WIDEST + 1],
            more: [[Gains::default(); MARKS]; WIDEST + 1],
        };
        for (k, rates) in weights.mark_rates.iter().enumerate() {
            let have = en.units.iter().filter(|u| u.marks >> k & 1 == 1).count();
            let share = (have as f32 + 0.5) / (en.units.len() as f32 + 1.0);
            let at_ends = OPENING_MARKS.contains(&k) || CLOSING_MARKS.contains(&k);
            for units in 1..=WIDEST.min(en.units.len()) {
                let chance = if at_ends {
                    share
                } else {
                    1.0 - (1.0 - share).powf(units as f32)
                };
                let gains = gains(*rates, chance);
                this.none[units] += gains[0][0];
                this.more[units][k] = gains.map(|gains_of_zh| gains_of_zh.map(|gain| gain - gains[0][0]));
            }
        }
        this
    }

    /// The score of these marks, with this number of English units.
    pub fn score(&self, zh: u8, en: u8, units: usize) -> f32 {
        let mut score = self.none[units];
        let mut left = zh | en;
        while left != 0 {
            let k = left.trailing_zeros() as usize;
            score += self.more[units][k][usize::from(zh >> k & 1)][usize::from(en >> k & 1)];
            left &= left - 1;
        }
        score
    }
}

/// The logarithm of how likely English has a mark or lacks it in a true bead over how likely it does by chance. `rates`: see
/// [`Weights::mark_rates`].
fn gains([without, with, usual]: [f32; 3], chance: f32) -> Gains {
    [(without * chance / usual).min(0.5), with].map(|rate| {
        let gain = |true_bead: f32, random: f32| (true_bead.max(0.01) / random.max(0.01)).ln();
        [gain(1.0 - rate, 1.0 - chance), gain(rate, chance)]
    })
}
