//! Finds the best sequence of beads inside a band by dynamic programming, and the confidence of each bead.
//!
//! Three states: after a bead, in a run of unpaired Chinese units, in a run of unpaired English units. So the cost of a run
//! of unpaired units is affine: one cost to open it, one to extend it (Gotoh 1982), the same for both sides.

mod posterior;

use std::collections::VecDeque;
use std::ops::Range;

use rustc_hash::FxHashSet;

use super::evidence::SideEvidence;
use super::score::Scorer;
use super::weights::{BEADS, WIDEST, Weights};
use super::{Bead, Members};
use crate::text::Sides;

/// The English positions to search for each Chinese position `0..=n`. Neither end of the ranges ever decreases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Band {
    rows: Vec<Range<usize>>,
    /// Number of cells before each row.
    before: Vec<usize>,
}

impl Band {
    /// A band from the requested columns of each row for `en` English units, widened so that it contains both corners and
    /// every row overlaps the next.
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

    /// The whole table.
    pub fn full(zh: usize, en: usize) -> Self {
        Self::new(vec![0..en + 1; zh + 1], en)
    }

    fn cells(&self) -> usize {
        self.before
            .last()
            .map_or(0, |b| b + self.rows[self.rows.len() - 1].len())
    }

    /// Whether a cell is inside the band.
    pub fn contains(&self, i: usize, j: usize) -> bool {
        self.rows.get(i).is_some_and(|row| row.contains(&j))
    }

    /// The number of a cell inside the band.
    fn index(&self, i: usize, j: usize) -> usize {
        self.before[i] + j - self.rows[i].start
    }
}

/// One step of a path. At most one side has no units.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Step {
    pub units: Sides<Range<usize>>,
    /// Posterior probability; 1 if not rated.
    pub confidence: f32,
    /// Whether the step is out of order.
    pub crossing: bool,
    /// Confidence of each unit; empty if not rated.
    pub members: Members,
}

impl Step {
    pub fn is_pair(&self) -> bool {
        !self.units.zh.is_empty() && !self.units.en.is_empty()
    }
}

/// What a search found.
pub(super) struct Found {
    /// The best path.
    pub path: Vec<Step>,
    /// For each unit of a free translation the posterior probability that it is unpaired, if the path was rated.
    pub unpaired: Option<Sides<Vec<f32>>>,
}

/// One bead for each unit of a text whose other side is empty.
pub(super) fn unpaired_beads(zh: usize, en: usize) -> Vec<Bead> {
    let bead = |zh, en| Bead {
        units: Sides::new(zh, en),
        confidence: 1.0,
        crossing: false,
        members: Members::default(),
    };
    (0..zh)
        .map(|i| bead(i..i + 1, 0..0))
        .chain((0..en).map(|j| bead(zh..zh, j..j + 1)))
        .collect()
}

/// The next step of a path from a cell: the index of a kind of bead, or one of these.
type Kind = u8;
/// Two units whose translations have changed places.
const SWAP: Kind = 31;
/// Three units of which the first and the last have changed places.
const TURN: Kind = 30;
/// An unpaired Chinese unit.
const OMIT: Kind = 29;
/// An unpaired English unit.
const ADD: Kind = 28;
// A kind and a state share a byte.
const _: () = assert!(BEADS.len() <= ADD as usize);

/// Number of Chinese and English units of a kind.
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

/// Number of rows whose scores a step needs: [`TURN`] has three units.
const AHEAD: usize = 3;
/// One more than the number of rows that a step advances at most.
const REACH: usize = WIDEST + 1;

/// The search for the best path inside a band.
pub(super) struct Lattice<'w, 's, 'e> {
    band: Band,
    weights: &'w Weights,
    kinds: usize,
    scorer: &'s mut Scorer<'e>,
    /// For each unit whether an earlier unit of its side has the same text.
    repeated: Sides<Vec<bool>>,
    scores: Scores,
}

/// Scores less costs of the beads that start at each cell, by kind. A search for the best path alone keeps only the rows
/// that a step needs, so that a wide band takes little memory.
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
            repeated: scorer.evidence().sides.as_ref().map(repeated),
            scorer,
            scores: Scores::default(),
        }
    }

    /// Scores the rows up to and including `row`, or up to the last Chinese unit.
    fn score_up_to(&mut self, row: usize) {
        let last = (self.band.rows.len() - 1).min(row + 1);
        for i in self.scores.first + self.scores.rows.len()..last {
            let columns = self.band.rows[i].clone();
            let mut scores = vec![NEVER; columns.len() * self.kinds];
            self.scorer.start_row(i, columns.clone());
            for (j, cell) in columns.zip(scores.chunks_exact_mut(self.kinds)) {
                self.scorer.score_cell(j, cell);
                for (score, cost) in cell.iter_mut().zip(&self.weights.bead_costs) {
                    *score -= cost;
                }
            }
            self.scores.rows.push_back(scores);
        }
    }

    /// The scores of the beads that start at a cell, by kind.
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

    /// Cost of an unpaired unit in the state `to` after the state `from`. Of two copies, the later one costs less.
    fn null_cost(&self, from: usize, to: usize, repeated: bool) -> f32 {
        let cost = match from {
            PAIRED => self.weights.null_open,
            from if from == to => self.weights.null_extend,
            _ => self.weights.null_open + self.weights.replace,
        };
        if repeated { cost - self.weights.copy_gain } else { cost }
    }

    /// The score of a one-to-one bead, less its cost.
    fn one_to_one(&self, i: usize, j: usize) -> f32 {
        self.scores(i, j).first().copied().unwrap_or(NEVER)
    }

    /// The best path. With `rated`, each step has its posterior probability.
    pub fn best_path(mut self, rated: bool) -> Found {
        let rows = self.band.rows.len();
        // The step to each state of each cell: its kind, and in the two lowest bits the state before.
        let mut from = vec![[0_u8; STATES]; self.band.cells()];
        // The best score of each state, for the rows that steps may reach.
        let mut best: VecDeque<Vec<[f32; STATES]>> = VecDeque::new();
        let mut empty = Vec::new();
        for i in 0..rows {
            self.score_up_to(i + AHEAD - 1);
            while best.len() < REACH && i + best.len() < rows {
                let mut row = std::mem::take(&mut empty);
                row.resize(self.band.rows[i + best.len()].len(), [NEVER; STATES]);
                best.push_back(row);
            }
            if i == 0 {
                best[0][0] = [0.0, NEVER, NEVER];
            }
            for j in self.band.rows[i].clone() {
                self.search_from(i, j, &mut best, &mut from);
            }
            if i + 1 < rows {
                empty = best.pop_front().unwrap_or_default();
                empty.clear();
            }
            if !rated {
                self.scores.rows.pop_front();
                self.scores.first += 1;
            }
        }
        let (mut i, mut j) = (rows - 1, self.band.rows[rows - 1].end - 1);
        let end = best[0][j - self.band.rows[rows - 1].start];
        let mut state = best_state(&end).0;
        let mut path = Vec::new();
        while i > 0 || j > 0 {
            let taken = from[self.band.index(i, j)][state];
            let kind = taken >> 2;
            let (a, b) = size(kind);
            (i, j) = (i - a, j - b);
            path.push((i, j, kind));
            state = usize::from(taken & 3);
        }
        path.reverse();
        let (confidence, unpaired) = if rated {
            let is_free = self.weights.freedom > 0.0;
            posterior::rate_path(self, &path, is_free)
        } else {
            (vec![1.0; path.len()], None)
        };
        let mut steps = Vec::with_capacity(path.len());
        for ((i, j, kind), confidence) in path.into_iter().zip(confidence) {
            let (a, b) = size(kind);
            let mut push = |zh: Range<usize>, en: Range<usize>, crossing| {
                steps.push(Step {
                    units: Sides::new(zh, en),
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
        Found { path: steps, unpaired }
    }

    /// Extends the best paths to a cell by every step from it.
    fn search_from(&self, i: usize, j: usize, best: &mut VecDeque<Vec<[f32; STATES]>>, from: &mut [[u8; STATES]]) {
        let here = best[0][j - self.band.rows[i].start];
        let mut step = |kind: Kind, (state, total): (usize, f32), to: usize| {
            let (a, b) = size(kind);
            if !self.band.contains(i + a, j + b) {
                return;
            }
            let next = &mut best[a][j + b - self.band.rows[i + a].start][to];
            if total > *next {
                *next = total;
                from[self.band.index(i + a, j + b)][to] = kind << 2 | state as u8;
            }
        };
        for (kind, alone) in [(ADD, EN_ALONE), (OMIT, ZH_ALONE)] {
            let repeated = self.is_repeated(kind, i, j);
            let mut totals = here;
            for (state, total) in totals.iter_mut().enumerate() {
                *total -= self.null_cost(state, alone, repeated);
            }
            step(kind, best_state(&totals), alone);
        }
        let (state, best_here) = best_state(&here);
        for (kind, &worth) in self.scores(i, j).iter().enumerate() {
            step(kind as Kind, (state, best_here + worth), PAIRED);
        }
        for kind in [SWAP, TURN] {
            let (size, _) = size(kind);
            let turned: f32 = (0..size).map(|k| self.one_to_one(i + k, j + size - 1 - k)).sum();
            step(kind, (state, best_here + turned - self.weights.swap), PAIRED);
        }
    }

    /// Whether the unit that a step leaves unpaired repeats an earlier one.
    fn is_repeated(&self, kind: Kind, i: usize, j: usize) -> bool {
        let (units, unit) = if kind == ADD {
            (&self.repeated.en, j)
        } else {
            (&self.repeated.zh, i)
        };
        units.get(unit).copied().unwrap_or(false)
    }
}

/// The first state with the highest total, and that total.
fn best_state(totals: &[f32; STATES]) -> (usize, f32) {
    let best = (0..STATES).fold(0, |s, t| if totals[t] > totals[s] { t } else { s });
    (best, totals[best])
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
}
