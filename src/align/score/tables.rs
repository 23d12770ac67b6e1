//! What each word adds to the score of a bead.

use rustc_hash::FxHashMap;

use crate::align::evidence::SideEvidence;
use crate::align::weights::{Alpha, LEVELS, WIDEST};

/// Number of length steps of the tables, and steps per mean unit.
const STEPS: usize = 32;
const STEPS_PER_UNIT: f32 = 5.0;

/// Scores of the words of one side by profile, length of the other side of the bead, and level of support.
///
/// Most words of a bead are not supported. What they score together is added up once for each place ([`Self::absent`]); what
/// support adds ([`Self::gains`]) is looked up for the few words that have it.
pub(super) struct Tables {
    /// Where the entries of each type begin.
    first: Vec<u32>,
    absent: Vec<f32>,
    gain: Vec<[f32; LEVELS]>,
    /// Number of steps; no bead is longer than the whole other side.
    pub steps: usize,
    /// Mean length of a unit of the other side.
    mean_length: f32,
}

impl Tables {
    /// Tables for the words of `own`, which units of `other` support.
    pub fn new(own: &SideEvidence, other: &SideEvidence, alpha: &Alpha) -> Self {
        let units = other.units.len();
        let steps = STEPS.min((units as f32 * STEPS_PER_UNIT) as usize + 2);
        let mut profiles: FxHashMap<[u32; 3], u32> = FxHashMap::default();
        let mut order = Vec::new();
        let first = own
            .supporters
            .iter()
            .map(|&counts| {
                *profiles.entry(counts).or_insert_with(|| {
                    order.push(counts);
                    ((order.len() - 1) * steps) as u32
                })
            })
            .collect();
        // Parts of units may have any length.
        let is_used = if other.clauses.is_empty() {
            used_steps(other, steps)
        } else {
            vec![true; steps]
        };
        let mut chances: FxHashMap<u32, Vec<Chance>> = FxHashMap::default();
        for &count in order.iter().flatten() {
            chances
                .entry(count)
                .or_insert_with(|| Chance::by_step(count, units, steps));
        }
        let mut absent = Vec::with_capacity(order.len() * steps);
        let mut gain = Vec::with_capacity(order.len() * steps);
        for counts in order {
            let [_, one, two, three] = alpha[rarity(counts[0], units)];
            let at_least = [one + two + three, two + three, three];
            let chances = counts.map(|count| &chances[&count]);
            for (step, is_used) in is_used.iter().enumerate() {
                if !is_used {
                    absent.push(0.0);
                    gain.push([0.0; LEVELS]);
                    continue;
                }
                let chance = chances.map(|by_step| by_step[step]);
                let random = level_shares(chance.map(|c| c.random));
                let mut true_one = [0.0; 3];
                for l in 0..3 {
                    let missing = 1.0 - at_least[l];
                    true_one[l] = 1.0 - missing * chance[l].unsupported_by_rest;
                }
                let shares = level_shares(true_one);
                let score = |l: usize| (shares[l].max(1e-4) / random[l].max(1e-4)).ln().clamp(-2.5, 6.0);
                let without = score(0);
                absent.push(without);
                gain.push([0.0, score(1) - without, score(2) - without, score(3) - without]);
            }
        }
        Self {
            first,
            absent,
            gain,
            steps,
            mean_length: other.mean_length,
        }
    }

    /// The length step of units of the other side that are `length` long.
    pub fn step(&self, length: f32) -> usize {
        length_step(length, self.mean_length, self.steps)
    }

    /// The score of a word without support, by step.
    pub fn absent(&self, t: u32) -> &[f32] {
        let first = self.first[t as usize] as usize;
        &self.absent[first..first + self.steps]
    }

    /// Where the scores of a word begin.
    pub fn first(&self, t: u32) -> u32 {
        self.first[t as usize]
    }

    /// What support adds at one step, by where the scores of a word begin ([`Self::first`]) and level.
    pub fn gains_at(&self, step: usize) -> &[[f32; LEVELS]] {
        self.gain.get(step..).unwrap_or_default()
    }

    /// What support adds to [`Self::absent`], by step and level.
    pub fn gains(&self, t: u32) -> &[[f32; LEVELS]] {
        let first = self.first[t as usize] as usize;
        &self.gain[first..first + self.steps]
    }
}

fn length_step(length: f32, mean: f32, steps: usize) -> usize {
    (((length / mean).max(0.3) * STEPS_PER_UNIT) as usize).min(steps - 1)
}

/// Which steps beads have. In a pair of a few sentences most have none, and the logarithms of their entries would take a tenth of
/// the time to align it.
fn used_steps(side: &SideEvidence, steps: usize) -> Vec<bool> {
    let mut used = vec![false; steps];
    for from in 0..side.units.len() {
        for to in from + 1..=side.units.len().min(from + WIDEST) {
            let step = length_step(side.length(from, to), side.mean_length, steps);
            used[step] = true;
            if step + 1 == steps {
                break;
            }
        }
    }
    used
}

/// What chance does for a word that some units support, with text of some length on the other side.
#[derive(Debug, Clone, Copy)]
struct Chance {
    /// The chance that random text of this length supports the word.
    random: f32,
    /// The chance that a true counterpart of this length does not support it by what it has beyond one unit.
    unsupported_by_rest: f32,
}

impl Chance {
    /// The chances for each length step.
    fn by_step(supporters: u32, other: usize, steps: usize) -> Vec<Self> {
        let unsupported = (-chance_share(supporters, other)).ln_1p();
        let chance = |step: usize| {
            let units = (step as f32 + 0.5) / STEPS_PER_UNIT;
            Self {
                random: 1.0 - (units * unsupported).exp(),
                unsupported_by_rest: ((units - 1.0).max(0.0) * unsupported).exp(),
            }
        };
        (0..steps).map(chance).collect()
    }
}

/// The rarity class of a word: how often it is supported by chance. A word without support is rare in any document.
pub(in crate::align) fn rarity(supporters: u32, units: usize) -> usize {
    match chance_share(supporters, units) {
        _ if supporters == 0 => 0,
        s if s < 0.012 => 0,
        s if s < 0.05 => 1,
        s if s < 0.2 => 2,
        _ => 3,
    }
}

/// The share of `units` units that support a word by chance, if `supporters` units support it. One of these is probably its
/// true counterpart, which matters in a short document.
fn chance_share(supporters: u32, units: usize) -> f32 {
    ((supporters as f32 - 0.6).max(0.2) / (units as f32 + 1.0)).min(0.95)
}

/// The probability of each level, from the probabilities of at least level 1, 2 and 3.
fn level_shares([one, two, three]: [f32; 3]) -> [f32; LEVELS] {
    [1.0 - one, one - two, two - three, three]
}
