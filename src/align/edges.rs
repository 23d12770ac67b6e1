//! Second look at the edges of beads: units that do not belong to their bead, and unpaired units that a neighbouring
//! bead should include.
//!
//! The lattice sees that a heading shares words with the paragraph after it, but not where in the translation these
//! words are. Position matters here: the translation of the first unit is at the start of the other side, and the rest
//! of the bead does not explain the words there.

mod fit;
mod free;

use std::collections::VecDeque;
use std::ops::Range;

use super::edge_weights as weight;
use super::lattice::{Found, Step};
use super::score::{Groups, Scorer, Worth};
use super::straddles::join_straddled;
use super::weights::{BEADS, Weights, kind_of};
use crate::text::{Side, Sides};
use fit::FitModel;
pub(super) use free::FreeModel;

/// The margin of a unit inside a bead. Without it, the bead would not be contiguous.
const INNER_MARGIN: f32 = 10.0;
/// Larger margins are cut to this.
const MOST_MARGIN: f32 = 20.0;
/// Log odds against a unit above which it is detached, and for a unit above which it is added: usually, and where the
/// translation is free.
const DETACH: [f32; 2] = [0.6, 0.3];
const ADD: [f32; 2] = [0.2, 0.0];
/// Log odds by which an unpaired unit must beat the unit that a bead has, to replace it.
const REPLACE: f32 = 1.0;
/// Sentence ends count when at least the first share of the beads with several units has equally many on both sides, and
/// count in full from the second share on.
const LEAST_EQUAL: f32 = 0.25;
const MOST_EQUAL: f32 = 0.6;
/// Weight, in beads, of the usual proportions against those of the document.
const PROPORTION_INERTIA: f32 = 4.0;

/// Detaches units that do not belong to their bead, adds unpaired units to a neighbouring bead that they belong to, and joins
/// beads between which a clause has changed over. With `rated`, rates how surely each unit belongs to its bead.
pub(super) fn reassign_edges(found: Found, worth: &Worth<'_>, groups: Option<&Groups>, rated: bool) -> Vec<Step> {
    let Found { path, unpaired } = found;
    let mut model = EdgeModel::new(&path, unpaired.as_ref(), worth, groups);
    let mut done: Vec<Step> = Vec::with_capacity(path.len());
    let mut pending = VecDeque::from(path);
    while let Some(mut step) = pending.pop_front() {
        if step.crossing {
            done.push(step);
        } else if step.is_pair() {
            let (before, after) = model.detach_edges(&mut step);
            // The previous bead may need the units detached at the start.
            for unit in before {
                let joined = join_adjacent(done.last(), &unit).filter(|bead| model.unit_odds(bead, &unit) > model.add);
                match (joined, done.last_mut()) {
                    (Some(bead), Some(last)) => *last = bead,
                    _ => done.push(unit),
                }
            }
            done.push(step);
            for unit in after.into_iter().rev() {
                pending.push_front(unit);
            }
        } else {
            model.assign_unpaired(step, &mut done, &mut pending);
        }
    }
    if groups.is_none() {
        done = join_straddled(done, worth);
    }
    if rated {
        for step in done.iter_mut().filter(|s| s.is_pair() && !s.crossing) {
            model.rate_members(step);
        }
    }
    done
}

/// The side of an unpaired unit.
fn side_of(unit: &Step) -> Side {
    if unit.units.en.is_empty() { Side::Zh } else { Side::En }
}

/// `bead` with the unpaired unit directly before or after it, or `None` if they are not adjacent. In the path, steps out
/// of order may be between the two.
fn join_adjacent(bead: Option<&Step>, unit: &Step) -> Option<Step> {
    let bead = bead.filter(|s| s.is_pair() && !s.crossing)?;
    let side = side_of(unit);
    let (units, number) = (&bead.units[side], unit.units[side].start);
    if units.end != number && units.start != number + 1 {
        return None;
    }
    let mut joined = bead.clone();
    joined.units[side] = units.start.min(number)..units.end.max(number + 1);
    Some(joined)
}

/// `units` without the edge unit `unit`.
fn without_edge(units: &Range<usize>, unit: usize) -> Range<usize> {
    if unit == units.start {
        unit + 1..units.end
    } else {
        units.start..units.end - 1
    }
}

/// The unpaired unit `unit` of `side`, before or after the units `other` of the other side.
fn unpaired(side: Side, unit: usize, is_before: bool, other: &Range<usize>) -> Sides<Range<usize>> {
    let place = if is_before { other.start } else { other.end };
    Sides::with(side, unit..unit + 1, place..place)
}

/// An edge unit of a bead, and the log odds that it belongs there.
struct Edge {
    side: Side,
    unit: usize,
    odds: f32,
}

/// A bead next to an unpaired unit, with that unit added, and the log odds that the unit belongs there.
struct Neighbour {
    joined: Option<Step>,
    odds: f32,
}

/// A logistic model of whether a unit belongs to a bead. Its weights are in [`super::edge_weights`].
pub(super) struct EdgeModel<'a> {
    weights: &'a Weights,
    scorer: Scorer<'a>,
    fits: FitModel<'a>,
    /// Where the translation is free, the model that takes the posterior probabilities into account.
    free: Option<FreeModel<'a>>,
    /// [`DETACH`] and [`ADD`] for this translation.
    detach: f32,
    add: f32,
    /// Logarithm of the ratio of beads with several units to unpaired units.
    proportion: f32,
    /// From 0 to 1, how far beads with several units have as many sentence ends on both sides. Lines joined by a program
    /// keep their sentence ends; a translator makes one sentence of two.
    mechanical: f32,
}

impl<'a> EdgeModel<'a> {
    /// A model for a path. `unpaired` is what all paths say ([`Found::unpaired`]).
    pub(super) fn new(
        path: &[Step],
        unpaired: Option<&'a Sides<Vec<f32>>>,
        worth: &'a Worth<'a>,
        groups: Option<&'a Groups>,
    ) -> Self {
        let evidence = worth.evidence;
        let free = unpaired.map(|unpaired| FreeModel::new(path, unpaired, worth.weights.freedom));
        let threshold = |[usual, at_freest]: [f32; 2]| free.as_ref().map_or(usual, |free| free.blend(usual, at_freest));
        let joined = || {
            path.iter()
                .filter(|s| s.units.zh.len() + s.units.en.len() > 2 && s.is_pair())
        };
        let alone = path.iter().filter(|s| !s.is_pair()).count();
        let equal = joined().filter(|s| {
            let ends = Sides::from_fn(|side| evidence.sides[side].sentence_ends(&s.units[side]));
            ends.zh == ends.en
        });
        let equal = equal.count() as f32 + PROPORTION_INERTIA / 2.0;
        let [joined, alone] = [joined().count(), alone].map(|n| n as f32 + PROPORTION_INERTIA);
        let mechanical = ((equal / joined - LEAST_EQUAL) / (MOST_EQUAL - LEAST_EQUAL)).clamp(0.0, 1.0);
        Self {
            proportion: (joined / alone).ln(),
            mechanical,
            weights: worth.weights,
            scorer: Scorer::new(worth, groups, BEADS.len()),
            fits: FitModel::new(path, evidence),
            detach: threshold(DETACH),
            add: threshold(ADD),
            free,
        }
    }

    /// Log odds that an unpaired unit belongs to a bead that includes it.
    fn unit_odds(&mut self, joined: &Step, unit: &Step) -> f32 {
        let side = side_of(unit);
        self.membership_odds(joined, side, unit.units[side].start)
    }

    /// The bead next to `unit` as a place for it.
    fn neighbour(&mut self, bead: Option<&Step>, unit: &Step) -> Neighbour {
        let joined = join_adjacent(bead, unit);
        let odds = joined
            .as_ref()
            .map_or(f32::NEG_INFINITY, |bead| self.unit_odds(bead, unit));
        Neighbour { joined, odds }
    }

    /// Adds an unpaired unit to the bead before or after it, or puts it in the place of the one unit of its side there, or
    /// leaves it unpaired.
    fn assign_unpaired(&mut self, unit: Step, done: &mut Vec<Step>, pending: &mut VecDeque<Step>) {
        let before = self.neighbour(done.last(), &unit);
        let after = self.neighbour(pending.front(), &unit);
        if before.odds > self.add && before.odds >= after.odds {
            replace_last(done, before.joined);
        } else if after.odds > self.add {
            replace_first(pending, after.joined);
            // The bead after may now be adjacent to another unpaired unit.
            if let Some(unit) = done.pop_if(|s| !s.is_pair()) {
                pending.push_front(unit);
            }
        } else if let Some([bead, rival]) = self.replace_only_unit(&before, done.last(), &unit) {
            replace_last(done, Some(rival));
            done.push(bead);
        } else if let Some([bead, rival]) = self.replace_only_unit(&after, pending.front(), &unit) {
            replace_first(pending, Some(rival));
            done.push(bead);
        } else {
            done.push(unit);
        }
    }

    /// If `unit` belongs to `bead` much more than the only unit of its side there, given both: the bead with `unit`
    /// instead, and the other unit unpaired.
    fn replace_only_unit(&mut self, both: &Neighbour, bead: Option<&Step>, unit: &Step) -> Option<[Step; 2]> {
        let (joined, bead, side) = (both.joined.as_ref()?, bead?, side_of(unit));
        // If no kind of bead holds both units, they do not compete.
        if bead.units[side].len() != 1 || both.odds == f32::NEG_INFINITY {
            return None;
        }
        let rival = bead.units[side].start;
        if both.odds - self.membership_odds(joined, side, rival) < REPLACE {
            return None;
        }
        let other = &bead.units[side.other()];
        let is_before = rival < unit.units[side].start;
        let mut replaced = bead.clone();
        replaced.units[side] = unit.units[side].clone();
        let rival = Step {
            units: unpaired(side, rival, is_before, other),
            ..unit.clone()
        };
        Some([replaced, rival])
    }

    /// Detaches the units at the edges of a bead that do not belong to it, the least likely first. Returns those before
    /// the bead and those after it.
    fn detach_edges(&mut self, bead: &mut Step) -> (Vec<Step>, Vec<Step>) {
        let (mut before, mut after) = (Vec::new(), Vec::new());
        while let Some(Edge { side, unit, odds }) = self.least_likely_edge(bead) {
            let is_before = unit == bead.units[side].start;
            bead.units[side] = without_edge(&bead.units[side], unit);
            let detached = Step {
                units: unpaired(side, unit, is_before, &bead.units[side.other()]),
                confidence: probability(-odds),
                ..bead.clone()
            };
            if is_before {
                before.push(detached);
            } else {
                after.insert(0, detached);
            }
        }
        (before, after)
    }

    /// The edge unit that belongs to the bead least, if any is to be detached.
    fn least_likely_edge(&mut self, bead: &Step) -> Option<Edge> {
        let mut least: Option<Edge> = None;
        for side in [Side::Zh, Side::En] {
            let units = &bead.units[side];
            if units.len() < 2 {
                continue;
            }
            for unit in [units.start, units.end - 1] {
                let odds = self.membership_odds(bead, side, unit);
                if odds < least.as_ref().map_or(-self.detach, |edge| edge.odds) {
                    least = Some(Edge { side, unit, odds });
                }
            }
        }
        least
    }

    /// Rates how surely each unit belongs to the bead. The bead is no surer than its least sure unit.
    fn rate_members(&mut self, bead: &mut Step) {
        for side in [Side::Zh, Side::En] {
            let units = bead.units[side].clone();
            if units.len() < 2 {
                continue;
            }
            let rated: Vec<f32> = units
                .map(|unit| probability(self.membership_odds(bead, side, unit)))
                .collect();
            bead.confidence = rated.iter().copied().fold(bead.confidence, f32::min);
            bead.members[side] = rated;
        }
    }

    /// The score of a bead less its cost; `NEG_INFINITY` if there is no bead of that kind.
    fn bead_score(&mut self, units: &Sides<Range<usize>>) -> f32 {
        let Some(kind) = kind_of(units) else {
            return f32::NEG_INFINITY;
        };
        self.scorer.score_units(units) - self.weights.bead_costs[kind]
    }

    /// Log odds that a unit belongs to a bead, which has more than one unit on that side.
    fn membership_odds(&mut self, bead: &Step, side: Side, unit: usize) -> f32 {
        let Some(features) = self.features(bead, side, unit) else {
            return f32::NEG_INFINITY;
        };
        let odds = usual_odds(&features);
        match &self.free {
            Some(free) => free.odds(odds, side, unit),
            None => odds,
        }
    }

    /// The features of the model of a free translation for a unit with these usual log odds; `None` if it is not free.
    pub(super) fn free_features(&self, odds: f32, side: Side, unit: usize) -> Option<[f32; weight::FREE_FEATURES]> {
        Some(self.free.as_ref()?.features(odds, side, unit))
    }

    /// The features of a unit of a bead, in the order of [`weight::WEIGHTS`]; `None` if there is no bead of that kind.
    pub(super) fn features(&mut self, bead: &Step, side: Side, unit: usize) -> Option<[f32; weight::FEATURES]> {
        let whole = self.bead_score(&bead.units);
        if whole == f32::NEG_INFINITY {
            return None;
        }
        let units = &bead.units[side];
        let margin = if unit == units.start || unit == units.end - 1 {
            let mut rest = bead.units.clone();
            rest[side] = without_edge(units, unit);
            (whole - self.bead_score(&rest) + self.weights.null_extend).clamp(-MOST_MARGIN, MOST_MARGIN)
        } else {
            INNER_MARGIN
        };
        let fit = self.fits.measure(&bead.units, side, unit);
        Some([
            margin,
            self.proportion,
            fit.in_place,
            fit.explains,
            fit.absent,
            fit.explained,
            fit.unexplained,
            fit.lost,
            fit.spare,
            fit.taken,
            fit.length,
            self.mechanical * fit.sentence_ends,
        ])
    }
}

/// The log odds for these features of a unit.
pub(super) fn usual_odds(features: &[f32; weight::FEATURES]) -> f32 {
    weighted(weight::BIAS, &weight::WEIGHTS, features)
}

/// The log odds of a logistic model.
fn weighted<const N: usize>(bias: f32, weights: &[f32; N], features: &[f32; N]) -> f32 {
    let products = weights.iter().zip(features).map(|(weight, feature)| weight * feature);
    products.fold(bias, |sum, product| sum + product)
}

/// The probability for these log odds.
fn probability(odds: f32) -> f32 {
    1.0 / (1.0 + (-odds).exp())
}

/// Replaces the last step, if `bead` is one.
fn replace_last(done: &mut [Step], bead: Option<Step>) {
    if let (Some(bead), Some(last)) = (bead, done.last_mut()) {
        *last = bead;
    }
}

/// Replaces the next step, if `bead` is one.
fn replace_first(pending: &mut VecDeque<Step>, bead: Option<Step>) {
    if let (Some(bead), Some(first)) = (bead, pending.front_mut()) {
        *first = bead;
    }
}

#[cfg(test)]
mod tests;
