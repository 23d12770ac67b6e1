//! The confidence of the steps of a path: the share of the weight of all paths that include them (forward–backward
//! algorithm).
//!
//! The weight of a path is the exponential of its score. The weights of a row are scaled so that the largest is 1 (Rabiner 1989),
//! which needs one logarithm a row instead of several a cell; and the score of the best path up to the row is taken from each
//! score, so that no exponential is too large for a number.

use super::{ADD, BEADS, EN_ALONE, Kind, Lattice, OMIT, PAIRED, STATES, SWAP, TURN, WIDEST, ZH_ALONE, size};

/// Naive Bayes scores are divided by this to get log probabilities, because the words of a bead are not independent.
const TEMPERATURE: f32 = 2.0;
/// Larger log probabilities are cut to this.
const MOST: f32 = 80.0;

use crate::text::Sides;

type States = [f64; STATES];

/// The posterior probability of each step of the best path; and, with `units`, of each unit that it is unpaired.
pub(super) fn rate_path(
    lattice: Lattice<'_, '_, '_>,
    path: &[(usize, usize, Kind)],
    units: bool,
) -> (Vec<f32>, Option<Sides<Vec<f32>>>) {
    let chart = Chart::new(lattice, path);
    let forward = chart.forward();
    let backward = chart.backward();
    let total = backward.states[0][PAIRED].ln() + backward.scales[0];
    let rate = |&(i, j, kind): &(usize, usize, Kind)| {
        let (a, b) = size(kind);
        let here = forward.states[chart.lattice.band.index(i, j)];
        let there = backward.states[chart.lattice.band.index(i + a, j + b)];
        let scale = (forward.scales[i] + backward.scales[i + a] - total).exp();
        let share = match kind {
            ADD => dot(&here, &chart.unpaired(ADD, i, j)) * there[EN_ALONE],
            OMIT => dot(&here, &chart.unpaired(OMIT, i, j)) * there[ZH_ALONE],
            SWAP | TURN => sum(&here) * chart.turned(kind, i, j) * there[PAIRED],
            _ => sum(&here) * f64::from(chart.paired(i, j)[usize::from(kind)]) * there[PAIRED],
        };
        (share * scale).clamp(0.0, 1.0) as f32
    };
    let rates = path.iter().map(rate).collect();
    (rates, units.then(|| chart.rate_unpaired(&forward, &backward, total)))
}

fn sum(states: &States) -> f64 {
    states.iter().sum()
}

fn dot(a: &States, b: &States) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// The weights of all steps.
struct Chart<'w, 's, 'e> {
    /// Its scores are replaced by the weights.
    lattice: Lattice<'w, 's, 'e>,
    /// The score of the best path up to each row.
    reference: Vec<f32>,
    /// The weights of unpaired units by kind ([`ADD`], [`OMIT`]), whether the unit repeats an earlier one, and the state
    /// before.
    unpaired: [[States; 2]; 2],
    swap: f64,
}

/// The weights of all paths to, or from, each state of each cell; each row divided by the exponential of its scale.
struct Sums {
    states: Vec<States>,
    scales: Vec<f64>,
}

impl Sums {
    fn new(cells: usize, rows: usize) -> Self {
        Self {
            states: vec![[0.0; STATES]; cells],
            scales: vec![0.0; rows],
        }
    }

    /// What the weights of rows at these distances are multiplied by in row `i`.
    fn factors(&self, i: usize, row_at: impl Fn(usize) -> Option<usize>) -> [f64; WIDEST + 1] {
        let mut factors = [0.0; WIDEST + 1];
        for (distance, factor) in factors.iter_mut().enumerate() {
            if let Some(row) = row_at(distance).filter(|&row| row < self.scales.len()) {
                *factor = (self.scales[row] - self.scales[i]).exp();
            }
        }
        factors
    }

    /// Divides the weights of a row by the largest.
    fn scale(&mut self, row: usize, cells: std::ops::Range<usize>) {
        let largest = self.states[cells.clone()].iter().flatten().copied().fold(0.0, f64::max);
        if largest > 0.0 {
            self.scales[row] += largest.ln();
            for weight in self.states[cells].iter_mut().flatten() {
                *weight /= largest;
            }
        }
    }
}

impl<'w, 's, 'e> Chart<'w, 's, 'e> {
    fn new(mut lattice: Lattice<'w, 's, 'e>, path: &[(usize, usize, Kind)]) -> Self {
        let reference = reference(&lattice, path);
        for (i, row) in lattice.scores.rows.iter_mut().enumerate() {
            for cell in row.chunks_exact_mut(lattice.kinds) {
                for (score, (a, _)) in cell.iter_mut().zip(BEADS) {
                    let end = (i + usize::from(a)).min(reference.len() - 1);
                    let above = *score - (reference[end] - reference[i]);
                    *score = (above / TEMPERATURE).min(MOST).exp();
                }
            }
        }
        let unpaired = [EN_ALONE, ZH_ALONE].map(|alone| {
            [false, true].map(|repeated| {
                std::array::from_fn(|state| f64::from(-lattice.null_cost(state, alone, repeated) / TEMPERATURE).exp())
            })
        });
        let swap = f64::from(-lattice.weights.swap / TEMPERATURE).exp();
        Self {
            lattice,
            reference,
            unpaired,
            swap,
        }
    }

    /// The weights of the beads that start at a cell, by kind.
    fn paired(&self, i: usize, j: usize) -> &[f32] {
        self.lattice.scores(i, j)
    }

    /// The weights of the step `kind`, [`ADD`] or [`OMIT`], from a cell, by state.
    fn unpaired(&self, kind: Kind, i: usize, j: usize) -> States {
        let repeated = usize::from(self.lattice.is_repeated(kind, i, j));
        if kind == ADD {
            return self.unpaired[0][repeated];
        }
        let above = f64::from((self.reference[i] - self.reference[i + 1]) / TEMPERATURE).exp();
        self.unpaired[1][repeated].map(|weight| weight * above)
    }

    /// The weight of the step `kind`, [`SWAP`] or [`TURN`], from a cell.
    fn turned(&self, kind: Kind, i: usize, j: usize) -> f64 {
        let (size, _) = size(kind);
        let one_to_one = |i, j| f64::from(self.paired(i, j).first().copied().unwrap_or(0.0));
        let turned: f64 = (0..size).map(|k| one_to_one(i + k, j + size - 1 - k)).product();
        turned * self.swap
    }

    /// The weights of all paths to each cell.
    fn forward(&self) -> Sums {
        let band = &self.lattice.band;
        let mut sums = Sums::new(band.cells(), band.rows.len());
        sums.states[0][PAIRED] = 1.0;
        for (i, row) in band.rows.iter().enumerate() {
            sums.scales[i] = i.checked_sub(1).map_or(0.0, |before| sums.scales[before]);
            let factors = sums.factors(i, |distance| i.checked_sub(distance));
            for j in row.clone() {
                let from = |a: usize, b: usize| {
                    let (x, y) = (i.checked_sub(a)?, j.checked_sub(b)?);
                    band.contains(x, y).then_some((x, y))
                };
                let mut here = sums.states[band.index(i, j)];
                if let Some((x, y)) = from(0, 1) {
                    here[EN_ALONE] += dot(&sums.states[band.index(x, y)], &self.unpaired(ADD, x, y));
                }
                if let Some((x, y)) = from(1, 0) {
                    let weight = dot(&sums.states[band.index(x, y)], &self.unpaired(OMIT, x, y));
                    here[ZH_ALONE] += weight * factors[1];
                }
                for (kind, &(a, b)) in BEADS[..self.lattice.kinds].iter().enumerate() {
                    let (a, b) = (usize::from(a), usize::from(b));
                    if let Some((x, y)) = from(a, b) {
                        let weight = f64::from(self.paired(x, y)[kind]);
                        here[PAIRED] += sum(&sums.states[band.index(x, y)]) * weight * factors[a];
                    }
                }
                for kind in [SWAP, TURN] {
                    let (size, _) = size(kind);
                    if let Some((x, y)) = from(size, size) {
                        let weight = self.turned(kind, x, y);
                        here[PAIRED] += sum(&sums.states[band.index(x, y)]) * weight * factors[size];
                    }
                }
                sums.states[band.index(i, j)] = here;
            }
            sums.scale(i, band.before[i]..band.before[i] + row.len());
        }
        sums
    }

    /// The posterior probability of each unit that it is unpaired.
    fn rate_unpaired(&self, forward: &Sums, backward: &Sums, total: f64) -> Sides<Vec<f32>> {
        let band = &self.lattice.band;
        let last = band.rows.len() - 1;
        let mut rates = Sides::new(vec![0.0_f64; last], vec![0.0_f64; band.rows[last].end - 1]);
        for (i, row) in band.rows.iter().enumerate() {
            let scale = |to: usize| (forward.scales[i] + backward.scales[to] - total).exp();
            for j in row.clone() {
                let here = forward.states[band.index(i, j)];
                if band.contains(i, j + 1) {
                    let there = backward.states[band.index(i, j + 1)][EN_ALONE];
                    rates.en[j] += dot(&here, &self.unpaired(ADD, i, j)) * there * scale(i);
                }
                if band.contains(i + 1, j) {
                    let there = backward.states[band.index(i + 1, j)][ZH_ALONE];
                    rates.zh[i] += dot(&here, &self.unpaired(OMIT, i, j)) * there * scale(i + 1);
                }
            }
        }
        rates.map(|side| side.into_iter().map(|rate| rate.clamp(0.0, 1.0) as f32).collect())
    }

    /// The weights of all paths from each cell.
    fn backward(&self) -> Sums {
        let band = &self.lattice.band;
        let (cells, rows) = (band.cells(), band.rows.len());
        let mut sums = Sums::new(cells, rows);
        sums.states[cells - 1] = [1.0; STATES];
        for (i, row) in band.rows.iter().enumerate().rev() {
            sums.scales[i] = sums.scales.get(i + 1).copied().unwrap_or(0.0);
            let factors = sums.factors(i, |distance| Some(i + distance));
            for j in row.clone().rev() {
                let to = |a: usize, b: usize| {
                    let inside = band.contains(i + a, j + b);
                    inside.then(|| sums.states[band.index(i + a, j + b)])
                };
                let mut paired = 0.0;
                for (&weight, &(a, b)) in self.paired(i, j).iter().zip(&BEADS) {
                    let (a, b) = (usize::from(a), usize::from(b));
                    if let Some(there) = to(a, b) {
                        paired += there[PAIRED] * f64::from(weight) * factors[a];
                    }
                }
                for kind in [SWAP, TURN] {
                    let (size, _) = size(kind);
                    if let Some(there) = to(size, size) {
                        paired += there[PAIRED] * self.turned(kind, i, j) * factors[size];
                    }
                }
                let mut here = sums.states[band.index(i, j)].map(|weight| weight + paired);
                for (kind, alone, there) in [(ADD, EN_ALONE, to(0, 1)), (OMIT, ZH_ALONE, to(1, 0))] {
                    let Some(there) = there else { continue };
                    let (a, _) = size(kind);
                    for (here, weight) in here.iter_mut().zip(self.unpaired(kind, i, j)) {
                        *here += there[alone] * weight * factors[a];
                    }
                }
                sums.states[band.index(i, j)] = here;
            }
            sums.scale(i, band.before[i]..band.before[i] + row.len());
        }
        sums
    }
}

/// The score of the best path up to each row.
fn reference(lattice: &Lattice<'_, '_, '_>, path: &[(usize, usize, Kind)]) -> Vec<f32> {
    let mut reference = vec![0.0; lattice.band.rows.len()];
    let (mut total, mut state) = (0.0, PAIRED);
    for &(i, j, kind) in path {
        let (a, _) = size(kind);
        let alone = if kind == ADD { EN_ALONE } else { ZH_ALONE };
        (total, state) = match kind {
            ADD | OMIT => {
                let cost = lattice.null_cost(state, alone, lattice.is_repeated(kind, i, j));
                (total - cost, alone)
            }
            SWAP | TURN => {
                let turned: f32 = (0..a).map(|k| lattice.one_to_one(i + k, j + a - 1 - k)).sum();
                (total + turned - lattice.weights.swap, PAIRED)
            }
            kind => (total + lattice.scores(i, j)[usize::from(kind)], PAIRED),
        };
        reference[i + 1..=i + a].fill(total);
    }
    reference
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::align::evidence::Evidence;
    use crate::align::lattice::Band;
    use crate::align::score::{Scorer, Worth};
    use crate::align::weights::Weights;
    use crate::align::{Grain, Unit};

    #[test]
    fn a_bead_is_rated_against_two_unpaired_units_in_either_order() {
        let evidence = Evidence::new(&[Unit::new("第7项")], &[Unit::new("No such thing at all.")], None);
        let weights = Weights {
            null_open: 0.5,
            replace: 0.5,
            ..Weights::new(Grain::Paragraph)
        };
        let worth = Worth::new(&evidence, &weights);
        let mut scorer = Scorer::new(&worth, None, 1);
        let mut score = [0.0];
        scorer.start_row(0, 0..1);
        scorer.score_cell(0, &mut score);
        let apart = -(2.0 * weights.null_open + weights.replace);
        let [together, apart] = [score[0], apart].map(|score| (score / TEMPERATURE).exp());
        let path = Lattice::new(Band::full(1, 1), &weights, 1, &mut scorer)
            .best_path(true)
            .path;
        let expected = together / (together + 2.0 * apart);
        assert!(path.len() == 1 && expected < 0.999, "{path:?} {expected}");
        assert!((path[0].confidence - expected).abs() < 1e-4, "{path:?} {expected}");
    }

    #[test]
    fn all_paths_weigh_the_same_from_both_ends() {
        let zh = ["第7项", "开放", "第9项", "第7项"].map(Unit::new);
        let en = ["Item 7.", "Item 9", "It is open.", "Item 7.", "More of it?"].map(Unit::new);
        let evidence = Evidence::new(&zh, &en, None);
        let weights = Weights::new(Grain::Sentence);
        let worth = Worth::new(&evidence, &weights);
        let mut scorer = Scorer::new(&worth, None, BEADS.len());
        let mut lattice = Lattice::new(Band::full(4, 5), &weights, BEADS.len(), &mut scorer);
        lattice.score_up_to(4);
        let path: Vec<_> = (0..4).map(|i| (i, i, 0)).chain([(4, 4, ADD)]).collect();
        let chart = Chart::new(lattice, &path);
        let (forward, backward) = (chart.forward(), chart.backward());
        let to_end = sum(forward.states.last().unwrap()).ln() + forward.scales[4];
        let from_start = backward.states[0][PAIRED].ln() + backward.scales[0];
        assert!((to_end - from_start).abs() < 1e-6, "{to_end} {from_start}");
    }
}
