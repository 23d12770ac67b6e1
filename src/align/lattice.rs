//! The search for the best sequence of beads inside a band, by dynamic programming, and how sure each bead is.
//!
//! Three states: after a bead, in a run of Chinese units without counterpart, in a run of English ones; so a run of
//! omissions is paid for by opening and extending (Gotoh 1982), the same for both sides.

use rustc_hash::FxHashSet;
use std::ops::Range;

use super::evidence::SideEvidence;
use super::score::Scorer;
use super::weights::{BEADS, Weights};

/// Which English positions are looked at for each Chinese position `0..=n`. Both ends of the ranges never fall.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Band {
    rows: Vec<Range<usize>>,
    /// Number of cells before each row.
    before: Vec<usize>,
}

impl Band {
    /// A band from the wished columns (inclusive start, exclusive end) of each row for `en` English units: widened so
    /// that it joins both corners and every row overlaps the next.
    pub fn new(mut rows: Vec<Range<usize>>, en: usize) -> Self {
        let last = rows.len() - 1;
        rows[0].start = 0;
        rows[last].end = en + 1;
        let mut low = 0;
        for row in &mut rows {
            row.end = row.end.clamp(1, en + 1);
            row.start = row.start.clamp(low, en);
            low = row.start;
        }
        let mut high = en + 1;
        let mut next_start = en;
        for row in rows.iter_mut().rev() {
            row.end = row.end.max(next_start + 1).min(high);
            row.start = row.start.min(row.end - 1);
            next_start = row.start;
            high = row.end;
        }
        let mut cells = 0;
        let before = rows
            .iter()
            .map(|r| {
                cells += r.len();
                cells - r.len()
            })
            .collect();
        Self { rows, before }
    }

    /// Everything.
    #[cfg(test)]
    pub fn full(zh: usize, en: usize) -> Self {
        Self::new(vec![0..en + 1; zh + 1], en)
    }

    fn cells(&self) -> usize {
        self.before
            .last()
            .map_or(0, |b| b + self.rows[self.rows.len() - 1].len())
    }

    fn cell(&self, i: usize, j: usize) -> Option<usize> {
        let row = self.rows.get(i)?;
        row.contains(&j).then(|| self.before[i] + j - row.start)
    }
}

/// One step of a path: units `zh` with units `en`, one of them possibly empty.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Step {
    pub zh: Range<usize>,
    pub en: Range<usize>,
    /// Posterior probability, 1 where it was not asked for.
    pub confidence: f32,
    /// Whether the step is out of order.
    pub crossing: bool,
}

impl Step {
    pub fn is_pair(&self) -> bool {
        !self.zh.is_empty() && !self.en.is_empty()
    }
}

/// How a path goes on from a cell: the number of a kind of bead, or one of these.
type Kind = u8;
/// Two units whose translations have changed places.
const SWAP: Kind = 255;
/// Three units of which the first and the last have changed places.
const TURN: Kind = 252;
/// A Chinese unit without counterpart.
const OMIT: Kind = 254;
/// An English unit without counterpart.
const ADD: Kind = 253;

/// Units that a kind takes on either side.
fn size(kind: Kind) -> (usize, usize) {
    match kind {
        SWAP => (2, 2),
        TURN => (3, 3),
        OMIT => (1, 0),
        ADD => (0, 1),
        kind => {
            let (a, b) = BEADS[usize::from(kind)];
            (usize::from(a), usize::from(b))
        }
    }
}

const STATES: usize = 3;
const PAIRED: usize = 0;
const ZH_ALONE: usize = 1;
const EN_ALONE: usize = 2;
const NEVER: f32 = f32::NEG_INFINITY;

/// What the naive Bayes scores are divided by before they are read as probabilities: words of a bead are no
/// independent witnesses.
const TEMPERATURE: f32 = 2.0;

/// Scores of all beads inside a band.
pub(super) struct Lattice<'w> {
    band: Band,
    weights: &'w Weights,
    kinds: usize,
    /// For each unit whether the same text stands before it on its side.
    zh_repeated: Vec<bool>,
    en_repeated: Vec<bool>,
    /// By cell and kind: what the bead that begins there is worth, its cost taken off.
    scores: Vec<f32>,
}

impl<'w> Lattice<'w> {
    /// Scores every bead of the first `kinds` kinds that stays inside the band.
    pub fn new(band: Band, weights: &'w Weights, kinds: usize, scorer: &mut Scorer<'_>) -> Self {
        let mut scores = vec![NEVER; band.cells() * kinds];
        for i in 0..band.rows.len() - 1 {
            let row = band.rows[i].clone();
            scorer.row(i, row.clone());
            for j in row {
                let at = (band.before[i] + j - band.rows[i].start) * kinds;
                let cell = &mut scores[at..at + kinds];
                scorer.cell(j, cell);
                for (score, cost) in cell.iter_mut().zip(&weights.bead_costs) {
                    *score -= cost;
                }
            }
        }
        let repeated = |side: &SideEvidence| {
            let mut seen = FxHashSet::default();
            side.units.iter().map(|u| !seen.insert(u.hash)).collect()
        };
        Self {
            band,
            weights,
            kinds,
            zh_repeated: repeated(&scorer.evidence().zh),
            en_repeated: repeated(&scorer.evidence().en),
            scores,
        }
    }

    /// Cost of a unit without counterpart in the state `to` after the state `from`. Of two copies the later one is left
    /// over.
    fn null_cost(&self, from: usize, to: usize, repeated: bool) -> f32 {
        let cost = match from {
            PAIRED => self.weights.null_open,
            from if from == to => self.weights.null_extend,
            _ => self.weights.null_open + self.weights.replace,
        };
        if repeated { cost - self.weights.copy_gain } else { cost }
    }

    /// What it is worth to pair one unit with one, cost taken off.
    fn one_to_one(&self, i: usize, j: usize) -> f32 {
        let last = self.band.rows.len() - 1;
        match self.band.cell(i, j) {
            Some(at) if i < last => self.scores[at * self.kinds],
            _ => NEVER,
        }
    }

    /// Calls `step(kind, state, worth, next cell, next state)` for every step that leads from a cell.
    fn each_step(&self, i: usize, j: usize, at: usize, mut step: impl FnMut(Kind, usize, f32, usize, usize)) {
        for (kind, alone) in [(ADD, EN_ALONE), (OMIT, ZH_ALONE)] {
            let (a, b) = size(kind);
            if let Some(next) = self.band.cell(i + a, j + b) {
                let repeated = if kind == ADD {
                    self.en_repeated[j]
                } else {
                    self.zh_repeated[i]
                };
                for state in 0..STATES {
                    step(kind, state, -self.null_cost(state, alone, repeated), next, alone);
                }
            }
        }
        for kind in 0..self.kinds {
            let worth = self.scores[at * self.kinds + kind];
            let (a, b) = size(kind as Kind);
            if worth > NEVER
                && let Some(next) = self.band.cell(i + a, j + b)
            {
                for state in 0..STATES {
                    step(kind as Kind, state, worth, next, PAIRED);
                }
            }
        }
        for kind in [SWAP, TURN] {
            let (size, _) = size(kind);
            if let Some(next) = self.band.cell(i + size, j + size) {
                let turned: f32 = (0..size).map(|k| self.one_to_one(i + k, j + size - 1 - k)).sum();
                let worth = turned - self.weights.swap;
                if worth > NEVER {
                    for state in 0..STATES {
                        step(kind, state, worth, next, PAIRED);
                    }
                }
            }
        }
    }

    /// The best path; with `rated`, each step with its posterior probability.
    pub fn best(&self, rated: bool) -> Vec<Step> {
        let cells = self.band.cells();
        let mut best = vec![[NEVER; STATES]; cells];
        // How each state was reached: kind of step and state before.
        let mut from = vec![[(OMIT, 0_u8); STATES]; cells];
        best[0] = [0.0, NEVER, NEVER];
        for (i, row) in self.band.rows.iter().enumerate() {
            for j in row.clone() {
                let at = self.band.before[i] + j - row.start;
                let here = best[at];
                self.each_step(i, j, at, |kind, state, worth, next, to| {
                    let total = here[state] + worth;
                    if total > best[next][to] {
                        best[next][to] = total;
                        from[next][to] = (kind, state as u8);
                    }
                });
            }
        }
        let mut path = Vec::new();
        let (mut i, mut j) = (
            self.band.rows.len() - 1,
            self.band.rows[self.band.rows.len() - 1].end - 1,
        );
        let end = best[cells - 1];
        let mut state = (0..STATES).fold(0, |s, t| if end[t] > end[s] { t } else { s });
        while i > 0 || j > 0 {
            let at = self.band.cell(i, j).expect("internal error: the path left its band");
            let (kind, before) = from[at][state];
            let (a, b) = size(kind);
            (i, j) = (i - a, j - b);
            path.push((i, j, kind));
            state = usize::from(before);
        }
        path.reverse();
        let confidence = if rated { self.rate(&path) } else { vec![1.0; path.len()] };
        let mut steps = Vec::with_capacity(path.len());
        for ((i, j, kind), confidence) in path.into_iter().zip(confidence) {
            let (a, b) = size(kind);
            let mut push = |zh: Range<usize>, en: Range<usize>, crossing| {
                steps.push(Step {
                    zh,
                    en,
                    confidence,
                    crossing,
                });
            };
            if matches!(kind, SWAP | TURN) {
                for k in 0..a {
                    push(i + k..i + k + 1, j + b - 1 - k..j + b - k, k != a / 2);
                }
            } else {
                push(i..i + a, j..j + b, false);
            }
        }
        steps
    }

    /// The posterior probability of every step of a path: the weight of all paths through it over the weight of all
    /// paths (forward–backward).
    fn rate(&self, path: &[(usize, usize, Kind)]) -> Vec<f32> {
        let cells = self.band.cells();
        let mut forward = vec![[NEVER; STATES]; cells];
        let mut backward = vec![[NEVER; STATES]; cells];
        forward[0] = [0.0, NEVER, NEVER];
        backward[cells - 1] = [0.0; STATES];
        for (i, row) in self.band.rows.iter().enumerate() {
            for j in row.clone() {
                let at = self.band.before[i] + j - row.start;
                let here = forward[at];
                self.each_step(i, j, at, |_, state, worth, next, to| {
                    forward[next][to] = log_add(forward[next][to], here[state] + worth / TEMPERATURE);
                });
            }
        }
        for (i, row) in self.band.rows.iter().enumerate().rev() {
            for j in row.clone().rev() {
                let at = self.band.before[i] + j - row.start;
                let mut here = backward[at];
                self.each_step(i, j, at, |_, state, worth, next, to| {
                    here[state] = log_add(here[state], backward[next][to] + worth / TEMPERATURE);
                });
                backward[at] = here;
            }
        }
        let total = backward[0][PAIRED];
        path.iter()
            .map(|&(i, j, taken)| {
                let at = self.band.before[i] + j - self.band.rows[i].start;
                let mut sum = NEVER;
                self.each_step(i, j, at, |kind, state, worth, next, to| {
                    if kind == taken {
                        sum = log_add(sum, forward[at][state] + worth / TEMPERATURE + backward[next][to]);
                    }
                });
                (sum - total).exp().clamp(0.0, 1.0)
            })
            .collect()
    }
}

fn log_add(a: f32, b: f32) -> f32 {
    let (low, high) = if a < b { (a, b) } else { (b, a) };
    // Past this distance a single-precision sum no longer changes.
    if low == NEVER || high - low > 16.0 {
        high
    } else {
        high + (low - high).exp().ln_1p()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_band_joins_both_corners() {
        let band = Band::new(vec![3..4, 0..1, 9..10, 2..3], 9);
        for i in 0..band.rows.len() - 1 {
            assert!(band.rows[i].end > band.rows[i + 1].start, "{band:?}");
            assert!(
                band.rows[i].start <= band.rows[i + 1].start && band.rows[i].end <= band.rows[i + 1].end,
                "{band:?}"
            );
        }
        assert_eq!((band.rows[0].start, band.rows[3].end), (0, 10));
        assert_eq!(Band::full(2, 3).cells(), 12);
    }

    #[test]
    fn log_add_adds() {
        assert!((log_add(0.0, 0.0) - 2.0_f32.ln()).abs() < 1e-6);
        assert!((log_add(NEVER, 1.0) - 1.0).abs() < f32::EPSILON);
    }
}
