//! Units at the edge of a bead that the bead could do without, and units alone that a neighbouring bead could take in.
//!
//! Dynamic programming sees that a heading shares words with the paragraph behind it, but not where in the paragraph's
//! translation they stand. Here the place counts: what is translated first has its words in the first part of the
//! translation, and these words are not all explained by what follows.

mod fit;

use std::collections::VecDeque;
use std::ops::Range;

use super::evidence::{Evidence, SideEvidence};
use super::lattice::Step;
use super::score::{Groups, Scorer};
use super::weights::{BEADS, Weights};
use crate::text::Side;
use fit::Fits;

/// The logistic model of a unit that belongs to a bead: weights of what the bead scores with it over what it scores
/// without it and the unit alone; of the document's proportion of beads of several units to units alone; of the share
/// of its words that stand where they should, of those that do not, and of the share of the words there that it alone
/// explains, all over what is usual in the document; of the number of words there that it alone explains, and of those
/// that nothing explains; of the numbers and Latin words that the other side has nowhere; of the words that the rest
/// has as well, with and without a counterpart for each; and of how much better the lengths, over what is usual, and
/// the ends of sentences agree with it. Estimated on news and manuals with paragraphs joined, dropped and garbled at
/// random, and on two of their paragraphs against one; it serves either genre nearly as well when estimated on the other.
mod weight {
    pub const BIAS: f32 = -2.788;
    pub const MARGIN: f32 = 0.199;
    pub const PROPORTION: f32 = 0.902;
    pub const IN_PLACE: f32 = 2.535;
    pub const EXPLAINS: f32 = 5.241;
    pub const ABSENT: f32 = -0.566;
    pub const EXPLAINED: f32 = 0.284;
    pub const UNEXPLAINED: f32 = 0.282;
    pub const LOST: f32 = -0.573;
    pub const SPARE: f32 = 0.602;
    pub const TAKEN: f32 = -0.579;
    pub const LENGTH: f32 = 0.452;
    pub const ENDS: f32 = 1.462;
}

/// The margin of a unit that has others of its bead on both sides: without it there would be no bead.
const INNER_MARGIN: f32 = 10.0;
/// The margin beyond which more does not count.
const MOST_MARGIN: f32 = 20.0;
/// What must speak for a unit to be let go of, and to be taken in.
const LET_GO: f32 = 0.6;
const TAKE_IN: f32 = 0.2;
/// How much more a unit alone must belong to a bead than the unit that is there.
const EXCHANGE: f32 = 1.0;
/// The share of beads of several units with as many ends of sentences on either side, from which on these count, and from
/// which on they count fully.
const LEAST_EQUAL: f32 = 0.25;
const MOST_EQUAL: f32 = 0.6;
/// How many beads the usual proportions outweigh.
const PROPORTION_INERTIA: f32 = 4.0;

/// Lets go of units that do not belong to their bead and takes in those that do.
pub(super) fn settle(path: Vec<Step>, evidence: &Evidence, weights: &Weights, groups: Option<&Groups>) -> Vec<Step> {
    let mut judge = Judge::new(&path, evidence, weights, groups);
    let mut out: Vec<Step> = Vec::with_capacity(path.len());
    let mut steps = VecDeque::from(path);
    while let Some(mut step) = steps.pop_front() {
        if step.crossing {
            out.push(step);
        } else if step.is_pair() {
            let (before, after) = judge.release(&mut step);
            // What one bead lets go of may be of the bead next to it.
            for unit in before {
                let taken = joined(out.last(), &unit).filter(|bead| judge.holds(bead, &unit) > TAKE_IN);
                match (taken, out.last_mut()) {
                    (Some(bead), Some(last)) => *last = bead,
                    _ => out.push(unit),
                }
            }
            out.push(step);
            for unit in after.into_iter().rev() {
                steps.push_front(unit);
            }
        } else {
            judge.place(step, &mut out, &mut steps);
        }
    }
    for step in out.iter_mut().filter(|s| s.is_pair() && !s.crossing) {
        judge.rate(step);
    }
    out
}

/// The side of a unit alone.
fn side_of(unit: &Step) -> Side {
    if unit.en.is_empty() { Side::Zh } else { Side::En }
}

/// A bead in order with the unit alone that stands before or after it. What stands crosswise may stand between the two.
fn joined(bead: Option<&Step>, unit: &Step) -> Option<Step> {
    let bead = bead.filter(|s| s.is_pair() && !s.crossing)?;
    let (units, unit_alone) = (of(bead, side_of(unit)), of(unit, side_of(unit)).start);
    (units.end == unit_alone || units.start == unit_alone + 1).then(|| with(bead, unit))
}

/// A bead with a unit more, which stands before or after it.
fn with(bead: &Step, unit: &Step) -> Step {
    let join = |a: &Range<usize>, b: &Range<usize>| match (a.is_empty(), b.is_empty()) {
        (_, true) => a.clone(),
        (true, _) => b.clone(),
        _ => a.start.min(b.start)..a.end.max(b.end),
    };
    Step {
        zh: join(&bead.zh, &unit.zh),
        en: join(&bead.en, &unit.en),
        ..bead.clone()
    }
}

/// The units of a side of a bead.
fn of(bead: &Step, side: Side) -> &Range<usize> {
    match side {
        Side::Zh => &bead.zh,
        Side::En => &bead.en,
    }
}

/// The units `units` without the first or the last.
fn less(units: &Range<usize>, unit: usize) -> Range<usize> {
    if unit == units.start {
        unit + 1..units.end
    } else {
        units.start..units.end - 1
    }
}

struct Judge<'a> {
    weights: &'a Weights,
    scorer: Scorer<'a>,
    fits: Fits<'a>,
    /// Beads of several units to units alone, as a logarithm.
    proportion: f32,
    /// How far the beads of several units have as many ends of sentences on both sides, 0 to 1: lines joined by a
    /// machine or an editor keep theirs, a translator makes one sentence of two.
    mechanical: f32,
}

impl<'a> Judge<'a> {
    fn new(path: &[Step], evidence: &'a Evidence, weights: &'a Weights, groups: Option<&'a Groups>) -> Self {
        let joined = || path.iter().filter(|s| s.zh.len() + s.en.len() > 2 && s.is_pair());
        let alone = path.iter().filter(|s| !s.is_pair()).count();
        let equal = joined().filter(|s| ends(&evidence.zh, &s.zh) == ends(&evidence.en, &s.en));
        let equal = equal.count() as f32 + PROPORTION_INERTIA / 2.0;
        let [joined, alone] = [joined().count(), alone].map(|n| n as f32 + PROPORTION_INERTIA);
        let mechanical = ((equal / joined - LEAST_EQUAL) / (MOST_EQUAL - LEAST_EQUAL)).clamp(0.0, 1.0);
        Self {
            proportion: (joined / alone).ln(),
            mechanical,
            weights,
            scorer: Scorer::new(evidence, weights, groups, BEADS.len()),
            fits: Fits::new(path, evidence),
        }
    }

    /// What speaks for a unit that `unit` has alone belonging to a bead that has been joined with it.
    fn holds(&mut self, bead: &Step, unit: &Step) -> f32 {
        let side = side_of(unit);
        self.belongs(bead, side, of(unit, side).start)
    }

    /// Puts a unit alone into the bead before or after it, into the place of the one unit there, or between them.
    fn place(&mut self, mut unit: Step, out: &mut Vec<Step>, steps: &mut VecDeque<Step>) {
        let (left, right) = (joined(out.last(), &unit), joined(steps.front(), &unit));
        let worth = |judge: &mut Self, bead: &Option<Step>| match bead {
            Some(bead) => judge.holds(bead, &unit),
            None => f32::NEG_INFINITY,
        };
        let (to_left, to_right) = (worth(self, &left), worth(self, &right));
        let side = side_of(&unit);
        if let (Some(left), Some(before)) = (&left, out.last_mut())
            && to_left > TAKE_IN
            && to_left >= to_right
        {
            *before = left.clone();
        } else if let (Some(right), Some(next)) = (&right, steps.front_mut())
            && to_right > TAKE_IN
        {
            *next = right.clone();
            // Now another unit may stand next to that bead.
            if let Some(unit) = out.pop_if(|s| !s.is_pair()) {
                steps.push_front(unit);
            }
        // Of two units for one, is the right one alone?
        } else if let (Some(left), Some(before)) = (&left, out.last_mut())
            && self.exchange(left, side, to_left, before, &mut unit)
        {
            let bead = std::mem::replace(before, unit);
            out.push(bead);
        } else if let (Some(right), Some(next)) = (&right, steps.front_mut())
            && self.exchange(right, side, to_right, next, &mut unit)
        {
            out.push(std::mem::replace(next, unit));
        } else {
            out.push(unit);
        }
    }

    /// Takes units that do not belong to a bead off its edges; returns them as steps, those before and those after it.
    fn release(&mut self, bead: &mut Step) -> (Vec<Step>, Vec<Step>) {
        let (mut before, mut after) = (Vec::new(), Vec::new());
        loop {
            let mut worst: Option<(f32, Side, usize)> = None;
            for side in [Side::Zh, Side::En] {
                let units = of(bead, side).clone();
                if units.len() < 2 {
                    continue;
                }
                for unit in [units.start, units.end - 1] {
                    let belongs = self.belongs(bead, side, unit);
                    if belongs < worst.map_or(-LET_GO, |(least, ..)| least) {
                        worst = Some((belongs, side, unit));
                    }
                }
            }
            let Some((belongs, side, unit)) = worst else { break };
            let is_first = unit == of(bead, side).start;
            let place = |units: &Range<usize>| if is_first { units.start } else { units.end };
            let (zh, en) = match side {
                Side::Zh => (unit..unit + 1, place(&bead.en)..place(&bead.en)),
                Side::En => (place(&bead.zh)..place(&bead.zh), unit..unit + 1),
            };
            match side {
                Side::Zh => bead.zh = less(&bead.zh, unit),
                Side::En => bead.en = less(&bead.en, unit),
            }
            let alone = Step {
                zh,
                en,
                confidence: probability(-belongs),
                ..bead.clone()
            };
            if is_first {
                before.push(alone);
            } else {
                after.insert(0, alone);
            }
        }
        (before, after)
    }

    /// Puts the unit of `alone` in the place of the one unit of `side` in `bead` if that belongs less than it does (`belongs`)
    /// to both together, which `both` is.
    fn exchange(&mut self, both: &Step, side: Side, belongs: f32, bead: &mut Step, alone: &mut Step) -> bool {
        // Units that no bead can join do not compete.
        if of(bead, side).len() != 1 || belongs == f32::NEG_INFINITY {
            return false;
        }
        let rival = of(bead, side).start;
        if belongs - self.belongs(both, side, rival) < EXCHANGE {
            return false;
        }
        match side {
            Side::Zh => std::mem::swap(&mut bead.zh, &mut alone.zh),
            Side::En => std::mem::swap(&mut bead.en, &mut alone.en),
        }
        // The place of the one alone is now on the other side of the bead.
        let (first, other) = (of(alone, side).start < of(bead, side).start, of(bead, side.other()));
        let place = if first { other.start } else { other.end };
        match side {
            Side::Zh => alone.en = place..place,
            Side::En => alone.zh = place..place,
        }
        true
    }

    /// Says how sure each unit of a bead is, and holds the bead to the least sure.
    fn rate(&mut self, bead: &mut Step) {
        for side in [Side::Zh, Side::En] {
            let units = of(bead, side).clone();
            if units.len() < 2 {
                continue;
            }
            let rated: Vec<f32> = units.map(|unit| probability(self.belongs(bead, side, unit))).collect();
            bead.confidence = rated.iter().copied().fold(bead.confidence, f32::min);
            match side {
                Side::Zh => bead.members.zh = rated,
                Side::En => bead.members.en = rated,
            }
        }
    }

    /// What a bead is worth, cost taken off.
    fn score(&mut self, zh: &Range<usize>, en: &Range<usize>) -> f32 {
        let size = (zh.len(), en.len());
        let kind = BEADS
            .iter()
            .position(|&(a, b)| (usize::from(a), usize::from(b)) == size);
        let Some(kind) = kind else {
            return f32::NEG_INFINITY;
        };
        let mut scores = [0.0; BEADS.len()];
        self.scorer.row(zh.start, en.start..en.start + 1);
        self.scorer.cell(en.start, &mut scores);
        scores[kind] - self.weights.bead_costs[kind]
    }

    /// What speaks for a unit of a bead belonging to it, as a logarithm of odds. The bead has more than one unit on that
    /// side.
    fn belongs(&mut self, bead: &Step, side: Side, unit: usize) -> f32 {
        let whole = self.score(&bead.zh, &bead.en);
        if whole == f32::NEG_INFINITY {
            return whole;
        }
        let units = of(bead, side);
        let margin = if unit == units.start || unit == units.end - 1 {
            let without = match side {
                Side::Zh => self.score(&less(units, unit), &bead.en),
                Side::En => self.score(&bead.zh, &less(units, unit)),
            };
            (whole - without + self.weights.null_extend).clamp(-MOST_MARGIN, MOST_MARGIN)
        } else {
            INNER_MARGIN
        };
        let fit = self.fits.of(bead, side, unit);
        weight::BIAS
            + weight::MARGIN * margin
            + weight::PROPORTION * self.proportion
            + weight::IN_PLACE * fit.there
            + weight::EXPLAINS * fit.explains
            + weight::ABSENT * fit.absent
            + weight::EXPLAINED * fit.explained
            + weight::UNEXPLAINED * fit.unexplained
            + weight::LOST * fit.lost
            + weight::SPARE * fit.spare
            + weight::TAKEN * fit.taken
            + weight::LENGTH * fit.length
            + weight::ENDS * self.mechanical * fit.ends
    }
}

/// How many sentences end in these units.
fn ends(side: &SideEvidence, units: &Range<usize>) -> usize {
    side.units[units.clone()].iter().map(|u| usize::from(u.ends)).sum()
}

/// The probability that a logarithm of odds stands for.
fn probability(odds: f32) -> f32 {
    1.0 / (1.0 + (-odds).exp())
}

#[cfg(test)]
mod tests;
