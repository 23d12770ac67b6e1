//! Units at the edge of a bead that the bead could do without, and units alone that a neighbouring bead could take in.
//!
//! Dynamic programming sees that a heading shares words with the paragraph behind it, but not where in the paragraph's
//! translation they stand. Here the place counts: what is translated first has its words in the first part of the
//! translation, and these words are not all explained by what follows.

use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use super::evidence::{Evidence, SideEvidence};
use super::lattice::Step;
use super::score::{Groups, Scorer};
use super::standing::WORTH;
use super::weights::{BEADS, Weights};
use crate::text::Side;

/// The logistic model of a unit that belongs to a bead: weights of what the bead scores with it over what it scores
/// without it and the unit alone; of the document's proportion of beads of several units to units alone; of the share
/// of its words that stand where they should, and of the share of the words there that it alone explains, both over what
/// is usual in the document; of the number of its words that are not there, of the words there that it alone explains,
/// and of those that nothing explains; of the numbers and Latin words that the other side has nowhere; of the words
/// that the rest has as well, with and without a counterpart for each; and of how much better the ends of sentences agree
/// with it. Estimated on news and manuals with paragraphs joined, dropped and garbled
/// at random; it serves either genre as well when estimated on the other.
mod weight {
    pub const BIAS: f32 = -3.13;
    pub const MARGIN: f32 = 0.23;
    pub const PROPORTION: f32 = 1.1;
    pub const IN_PLACE: f32 = 3.28;
    pub const EXPLAINS: f32 = 2.4;
    pub const ABSENT: f32 = -0.2;
    pub const EXPLAINED: f32 = 0.94;
    pub const UNEXPLAINED: f32 = 0.39;
    pub const LOST: f32 = -0.65;
    pub const SPARE: f32 = 0.61;
    pub const TAKEN: f32 = -0.64;
    pub const ENDS: f32 = 1.3;
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
/// More numbers and Latin words lost, words shared with the rest, or ends of sentences in agreement, do not count.
const MOST_LOST: f32 = 3.0;
const MOST_SHARED: f32 = 4.0;
const MOST_ENDS: f32 = 2.0;
/// By how much of its length the place of a unit is taken to be longer on either side, and by how many words more.
const SLACK: f32 = 0.25;
const SLACK_WORDS: f32 = 2.0;
/// What words have in common with their counterparts before the document is known, and how many words it outweighs.
const USUAL: f32 = 0.5;
const USUAL_INERTIA: f32 = 20.0;

/// Lets go of units that do not belong to their bead and takes in those that do.
pub(super) fn settle(path: Vec<Step>, evidence: &Evidence, weights: &Weights, groups: Option<&Groups>) -> Vec<Step> {
    let mut judge = Judge::new(&path, evidence, weights, groups);
    let mut out: Vec<Step> = Vec::with_capacity(path.len());
    let mut steps = path.into_iter().peekable();
    while let Some(mut step) = steps.next() {
        if step.crossing {
            out.push(step);
            continue;
        }
        if step.is_pair() {
            let (before, after) = judge.release(&mut step);
            out.extend(before);
            out.push(step);
            out.extend(after);
            continue;
        }
        let side = if step.en.is_empty() { Side::Zh } else { Side::En };
        let unit = of(&step, side).start;
        // What stands crosswise may stand between the unit and the bead next to it.
        let adjoins = |bead: &&Step| of(bead, side).end == unit || of(bead, side).start == unit + 1;
        let left = out.last().filter(|s| s.is_pair() && !s.crossing).filter(adjoins);
        let right = steps.peek().filter(|s| s.is_pair() && !s.crossing).filter(adjoins);
        let [left, right] = [left, right].map(|bead| bead.map(|bead| with(bead, &step)));
        let worth = |judge: &mut Judge<'_>, bead: &Option<Step>| match bead {
            Some(bead) => judge.belongs(bead, side, unit),
            None => f32::NEG_INFINITY,
        };
        let to_left = worth(&mut judge, &left);
        let to_right = worth(&mut judge, &right);
        match (&left, &right) {
            (Some(left), _) if to_left > TAKE_IN && to_left >= to_right => {
                out.pop();
                out.push(left.clone());
            }
            (_, Some(right)) if to_right > TAKE_IN => {
                if let Some(next) = steps.peek_mut() {
                    *next = right.clone();
                }
            }
            _ => {
                // Of two units for one, is the right one alone?
                if let (Some(left), Some(before)) = (&left, out.last_mut())
                    && judge.exchange(left, side, to_left, before, &mut step)
                {
                    let bead = out.pop();
                    out.push(step);
                    out.extend(bead);
                } else if let (Some(right), Some(next)) = (&right, steps.peek_mut())
                    && judge.exchange(right, side, to_right, next, &mut step)
                {
                    let bead = std::mem::replace(next, step);
                    out.push(bead);
                } else {
                    out.push(step);
                }
            }
        }
    }
    for step in out.iter_mut().filter(|s| s.is_pair() && !s.crossing) {
        judge.rate(step);
    }
    out
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
    evidence: &'a Evidence,
    weights: &'a Weights,
    scorer: Scorer<'a>,
    /// The share of the words of a unit that its counterpart supports, Chinese and English.
    usual: [f32; 2],
    /// Beads of several units to units alone, as a logarithm.
    proportion: f32,
    /// How far the beads of several units have as many ends of sentences on both sides, 0 to 1: lines joined by a
    /// machine or an editor keep theirs, a translator makes one sentence of two.
    mechanical: f32,
}

impl<'a> Judge<'a> {
    fn new(path: &[Step], evidence: &'a Evidence, weights: &'a Weights, groups: Option<&'a Groups>) -> Self {
        let usual = |side: Side| {
            let facing = evidence.facing(side);
            let (mut words, mut supported) = (USUAL_INERTIA, USUAL_INERTIA * USUAL);
            for step in path.iter().filter(|s| s.zh.len() == 1 && s.en.len() == 1) {
                let (unit, by) = match side {
                    Side::Zh => (step.zh.start, step.en.start),
                    Side::En => (step.en.start, step.zh.start),
                };
                let support = &facing.other.support[by];
                for t in facing.own.units[unit].types.iter().filter(|&&t| facing.own.counts(t)) {
                    words += 1.0;
                    if let Ok(at) = support.binary_search_by_key(t, |&(t, _)| t) {
                        supported += WORTH[usize::from(support[at].1)];
                    }
                }
            }
            supported / words
        };
        let joined = || path.iter().filter(|s| s.zh.len() + s.en.len() > 2 && s.is_pair());
        let alone = path.iter().filter(|s| !s.is_pair()).count();
        let equal = joined().filter(|s| ends(&evidence.zh, &s.zh) == ends(&evidence.en, &s.en));
        let equal = equal.count() as f32 + PROPORTION_INERTIA / 2.0;
        let [joined, alone] = [joined().count(), alone].map(|n| n as f32 + PROPORTION_INERTIA);
        let mechanical = ((equal / joined - LEAST_EQUAL) / (MOST_EQUAL - LEAST_EQUAL)).clamp(0.0, 1.0);
        Self {
            proportion: (joined / alone).ln(),
            mechanical,
            evidence,
            weights,
            scorer: Scorer::new(evidence, weights, groups, BEADS.len()),
            usual: [usual(Side::Zh), usual(Side::En)],
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
            (whole - without + self.weights.null_open).clamp(-MOST_MARGIN, MOST_MARGIN)
        } else {
            INNER_MARGIN
        };
        let fit = self.fit(bead, side, unit);
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
            + weight::ENDS * self.mechanical * fit.ends
    }

    /// How a unit of a bead stands to that part of the other side where its translation should be.
    fn fit(&self, bead: &Step, side: Side, unit: usize) -> Fit {
        let facing = self.evidence.facing(side);
        let (units, other) = (of(bead, side), of(bead, side.other()));
        let rest = || units.clone().filter(|&u| u != unit);
        let words: Vec<u32> = (facing.other.units[other.clone()].iter())
            .flat_map(|u| u.words.iter().copied())
            .collect();
        let there = {
            let words_a_letter = words.len() as f32 / facing.own.length(units.start, units.end).max(1.0);
            let before = facing.own.length(units.start, unit) * words_a_letter;
            let own = facing.own.length(unit, unit + 1) * words_a_letter;
            let slack = own * SLACK + SLACK_WORDS;
            let from = (before - slack).max(0.0) as usize;
            let to = ((before + own + slack) as usize).min(words.len());
            words
                .get(from..to)
                .unwrap_or_default()
                .iter()
                .copied()
                .collect::<FxHashSet<u32>>()
        };
        let of_unit: FxHashSet<u32> = facing.own.units[unit].types.iter().copied().collect();
        let of_rest: FxHashSet<u32> = rest().flat_map(|u| facing.own.units[u].types.iter().copied()).collect();
        let unit_links = self.links(side, &of_unit, &there);
        let rest_links = self.links(side, &of_rest, &there);
        let worth = |links: &FxHashMap<u32, u8>, t: u32| links.get(&t).map_or(0.0, |&l| WORTH[usize::from(l)]);

        let counted = |side: &SideEvidence, of: &FxHashSet<u32>| -> Vec<u32> {
            of.iter().copied().filter(|&t| side.counts(t)).collect()
        };
        let own = counted(facing.own, &of_unit);
        let supported: f32 = own.iter().map(|&t| worth(&unit_links.0, t)).sum();
        let (mut explained, mut unexplained) = (0.0, 0.0);
        let theirs = counted(facing.other, &there);
        let mut total = 0.0;
        for &t in &theirs {
            let (by_unit, by_rest) = (worth(&unit_links.1, t), worth(&rest_links.1, t));
            match (by_unit > 0.0, by_rest > 0.0) {
                (true, false) => {
                    explained += by_unit;
                    total += by_unit;
                }
                (false, true) => total += by_rest,
                (true, true) => total += 1.0,
                (false, false) => {
                    unexplained += 1.0;
                    total += 1.0;
                }
            }
        }
        // Words that the rest has as well: is there one for each of them on the other side?
        let (mut spare, mut taken) = (0.0_f32, 0.0_f32);
        for &t in own.iter().filter(|t| of_rest.contains(t)) {
            let elsewhere = rest()
                .map(|u| count(&facing.own.units[u].words, |w| w == t))
                .sum::<usize>();
            let theirs = count(&words, |x| self.linked(side, t, x));
            if theirs > elsewhere {
                spare += 1.0;
            } else {
                taken += 1.0;
            }
        }
        let [zh, en] = self.usual;
        let (usual_own, usual_other) = if side == Side::Zh { (zh, en) } else { (en, zh) };
        let anywhere = self.links(side, &of_unit, &words.iter().copied().collect()).0;
        let is_lost = |t: &u32| facing.own.exact[*t as usize] && !anywhere.contains_key(t);
        let lost = own.iter().filter(|t| is_lost(t)).count() as f32;
        let (all, theirs) = (ends(facing.own, units), ends(facing.other, other));
        let without = all - ends(facing.own, &(unit..unit + 1));
        let agreement = without.abs_diff(theirs) as f32 - all.abs_diff(theirs) as f32;
        Fit {
            there: (supported + usual_own) / (own.len() as f32 + 1.0) / usual_own,
            explains: (explained + 0.5 * usual_other) / (total + 1.0) / usual_other,
            absent: own.len() as f32 - supported,
            explained,
            unexplained,
            lost: lost.min(MOST_LOST),
            spare: spare.min(MOST_SHARED),
            taken: taken.min(MOST_SHARED),
            ends: agreement.clamp(-MOST_ENDS, MOST_ENDS),
        }
    }

    /// Whether word `own` of a side may translate word `other`.
    fn linked(&self, side: Side, own: u32, other: u32) -> bool {
        let (zh, en) = if side == Side::Zh { (own, other) } else { (other, own) };
        self.evidence.links[en as usize].iter().any(|&(t, _)| t == zh)
    }

    /// The strongest links between words of a side and words of the other: for each word of either.
    fn links(
        &self,
        side: Side,
        own: &FxHashSet<u32>,
        other: &FxHashSet<u32>,
    ) -> (FxHashMap<u32, u8>, FxHashMap<u32, u8>) {
        let (zh, en) = if side == Side::Zh { (own, other) } else { (other, own) };
        let (mut of_zh, mut of_en) = (FxHashMap::default(), FxHashMap::default());
        for &x in en {
            for &(t, level) in &self.evidence.links[x as usize] {
                if zh.contains(&t) {
                    let raise = |of: &mut FxHashMap<u32, u8>, word| {
                        let known = of.entry(word).or_insert(level);
                        *known = level.max(*known);
                    };
                    raise(&mut of_zh, t);
                    raise(&mut of_en, x);
                }
            }
        }
        if side == Side::Zh {
            (of_zh, of_en)
        } else {
            (of_en, of_zh)
        }
    }
}

/// How a unit stands to the place of its translation.
struct Fit {
    /// The share of its words that stand there, over what is usual in the document.
    there: f32,
    /// The share of the words there that it alone explains, over what is usual.
    explains: f32,
    /// How many of its words are not there; how many words there it alone explains; how many nothing explains.
    absent: f32,
    explained: f32,
    unexplained: f32,
    /// How many of its words the rest has as well, with a counterpart left for each, and without.
    spare: f32,
    taken: f32,
    /// How many of its numbers and Latin words stand nowhere on the other side.
    lost: f32,
    /// By how much the numbers of ends of sentences agree better with it.
    ends: f32,
}

fn count(words: &[u32], is: impl Fn(u32) -> bool) -> usize {
    words.iter().filter(|&&w| is(w)).count()
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
