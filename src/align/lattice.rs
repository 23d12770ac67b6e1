//! The search for the best sequence of beads inside a band, by dynamic programming, and how sure each bead is.
//!
//! Three states: after a bead, in a run of Chinese units without counterpart, in a run of English ones; so a run of
//! omissions is paid for by opening and extending (Gotoh 1982), the same for both sides.

use std::collections::VecDeque;
use std::ops::Range;

use rustc_hash::FxHashSet;

use super::Members;
use super::evidence::SideEvidence;
use super::score::Scorer;
use super::weights::{BEADS, WIDEST, Weights};

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

    fn has(&self, i: usize, j: usize) -> bool {
        self.rows.get(i).is_some_and(|row| row.contains(&j))
    }

    /// The number of a cell inside the band.
    fn at(&self, i: usize, j: usize) -> usize {
        self.before[i] + j - self.rows[i].start
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
    /// How sure each unit is, where that was asked for.
    pub members: Members,
}

impl Step {
    pub fn is_pair(&self) -> bool {
        !self.zh.is_empty() && !self.en.is_empty()
    }
}

/// How a path goes on from a cell: the number of a kind of bead, or one of these.
type Kind = u8;
/// Two units whose translations have changed places.
const SWAP: Kind = 31;
/// Three units of which the first and the last have changed places.
const TURN: Kind = 30;
/// A Chinese unit without counterpart.
const OMIT: Kind = 29;
/// An English unit without counterpart.
const ADD: Kind = 28;
// A kind and a state share a byte.
const _: () = assert!(BEADS.len() <= ADD as usize);

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

/// How many rows ahead a step looks at scores: [`TURN`] takes three units.
const AHEAD: usize = 3;
/// How many rows ahead a step leads at most, and one.
const REACH: usize = WIDEST + 1;

/// The search for the best path inside a band.
pub(super) struct Lattice<'w, 's, 'e> {
    band: Band,
    weights: &'w Weights,
    kinds: usize,
    scorer: &'s mut Scorer<'e>,
    /// For each unit whether the same text stands before it on its side.
    zh_repeated: Vec<bool>,
    en_repeated: Vec<bool>,
    scores: Scores,
}

/// By cell and kind: what the bead that begins there is worth, its cost taken off. For some rows in a row: where nothing
/// but the best path is asked for, only those that a step looks at, so that a wide band costs little.
#[derive(Default)]
struct Scores {
    first: usize,
    rows: VecDeque<Vec<f32>>,
}

impl<'w, 's, 'e> Lattice<'w, 's, 'e> {
    /// A search among the first `kinds` kinds of beads.
    pub fn new(band: Band, weights: &'w Weights, kinds: usize, scorer: &'s mut Scorer<'e>) -> Self {
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
            scorer,
            scores: Scores::default(),
        }
    }

    /// Scores the rows up to `row`, as far as there are Chinese units.
    fn score_up_to(&mut self, row: usize) {
        let last = (self.band.rows.len() - 1).min(row + 1);
        for i in self.scores.first + self.scores.rows.len()..last {
            let columns = self.band.rows[i].clone();
            let mut scores = vec![NEVER; columns.len() * self.kinds];
            self.scorer.row(i, columns.clone());
            for (j, cell) in columns.zip(scores.chunks_exact_mut(self.kinds)) {
                self.scorer.cell(j, cell);
                for (score, cost) in cell.iter_mut().zip(&self.weights.bead_costs) {
                    *score -= cost;
                }
            }
            self.scores.rows.push_back(scores);
        }
    }

    /// The scores of the beads that begin at a cell, by kind.
    fn scores(&self, i: usize, j: usize) -> &[f32] {
        let Some(row) = self.band.rows.get(i).filter(|row| row.contains(&j)) else {
            return &[];
        };
        let at = (j - row.start) * self.kinds;
        match i.checked_sub(self.scores.first).and_then(|i| self.scores.rows.get(i)) {
            Some(scores) => &scores[at..at + self.kinds],
            None => &[],
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
        self.scores(i, j).first().copied().unwrap_or(NEVER)
    }

    /// Calls `step(kind, state, worth, next, next state)` for every step that leads from a cell; `next` is the cell that
    /// it leads to.
    fn each_step(&self, i: usize, j: usize, mut step: impl FnMut(Kind, usize, f32, (usize, usize), usize)) {
        for (kind, alone) in [(ADD, EN_ALONE), (OMIT, ZH_ALONE)] {
            let (a, b) = size(kind);
            if self.band.has(i + a, j + b) {
                let repeated = if kind == ADD {
                    self.en_repeated[j]
                } else {
                    self.zh_repeated[i]
                };
                for state in 0..STATES {
                    let cost = self.null_cost(state, alone, repeated);
                    step(kind, state, -cost, (i + a, j + b), alone);
                }
            }
        }
        for (kind, &worth) in self.scores(i, j).iter().enumerate() {
            let (a, b) = size(kind as Kind);
            if worth > NEVER && self.band.has(i + a, j + b) {
                for state in 0..STATES {
                    step(kind as Kind, state, worth, (i + a, j + b), PAIRED);
                }
            }
        }
        for kind in [SWAP, TURN] {
            let (size, _) = size(kind);
            if self.band.has(i + size, j + size) {
                let turned: f32 = (0..size).map(|k| self.one_to_one(i + k, j + size - 1 - k)).sum();
                let worth = turned - self.weights.swap;
                if worth > NEVER {
                    for state in 0..STATES {
                        step(kind, state, worth, (i + size, j + size), PAIRED);
                    }
                }
            }
        }
    }

    /// The best path; with `rated`, each step with its posterior probability.
    pub fn best(mut self, rated: bool) -> Vec<Step> {
        let rows = self.band.rows.len();
        // How each state of each cell was reached: kind of step, and in the two lowest bits the state before.
        let mut from = vec![[0_u8; STATES]; self.band.cells()];
        // The best worth of each state, for the rows that steps lead to.
        let mut best: VecDeque<Vec<[f32; STATES]>> = VecDeque::new();
        for i in 0..rows {
            self.score_up_to(i + AHEAD - 1);
            while best.len() < REACH && i + best.len() < rows {
                best.push_back(vec![[NEVER; STATES]; self.band.rows[i + best.len()].len()]);
            }
            if i == 0 {
                best[0][0] = [0.0, NEVER, NEVER];
            }
            let columns = self.band.rows[i].clone();
            for j in columns.clone() {
                let here = best[0][j - columns.start];
                self.each_step(i, j, |kind, state, worth, (x, y), to| {
                    let total = here[state] + worth;
                    let next = &mut best[x - i][y - self.band.rows[x].start][to];
                    if total > *next {
                        *next = total;
                        from[self.band.at(x, y)][to] = kind << 2 | state as u8;
                    }
                });
            }
            if i + 1 < rows {
                best.pop_front();
            }
            if !rated {
                self.scores.rows.pop_front();
                self.scores.first += 1;
            }
        }
        let mut path = Vec::new();
        let (mut i, mut j) = (rows - 1, self.band.rows[rows - 1].end - 1);
        let end = best[0][j - self.band.rows[rows - 1].start];
        let mut state = (0..STATES).fold(0, |s, t| if end[t] > end[s] { t } else { s });
        while i > 0 || j > 0 {
            let taken = from[self.band.at(i, j)][state];
            let kind = taken >> 2;
            let (a, b) = size(kind);
            (i, j) = (i - a, j - b);
            path.push((i, j, kind));
            state = usize::from(taken & 3);
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
                    members: Members::default(),
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
                let here = forward[self.band.at(i, j)];
                self.each_step(i, j, |_, state, worth, (x, y), to| {
                    let next = &mut forward[self.band.at(x, y)][to];
                    *next = log_add(*next, here[state] + worth / TEMPERATURE);
                });
            }
        }
        for (i, row) in self.band.rows.iter().enumerate().rev() {
            for j in row.clone().rev() {
                let at = self.band.at(i, j);
                let mut here = backward[at];
                self.each_step(i, j, |_, state, worth, (x, y), to| {
                    here[state] = log_add(here[state], backward[self.band.at(x, y)][to] + worth / TEMPERATURE);
                });
                backward[at] = here;
            }
        }
        let total = backward[0][PAIRED];
        path.iter()
            .map(|&(i, j, taken)| {
                let here = forward[self.band.at(i, j)];
                let mut sum = NEVER;
                self.each_step(i, j, |kind, state, worth, (x, y), to| {
                    if kind == taken {
                        let there = backward[self.band.at(x, y)][to];
                        sum = log_add(sum, here[state] + worth / TEMPERATURE + there);
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
