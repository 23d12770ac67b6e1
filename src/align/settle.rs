//! Units at the edge of a bead that the bead could do without, and units alone that a neighbouring bead could take in.
//!
//! Dynamic programming sees that a heading shares words with the paragraph behind it, but not where in the paragraph's
//! translation they stand. Here the place counts: what is translated first has its words in the first part of the
//! translation, and these words are not all explained by what follows.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

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
/// and of those that nothing explains; of the numbers and Latin words that the other side has nowhere; and of how much
/// better the ends of sentences agree with it. Estimated on news and manuals with paragraphs joined, dropped and garbled
/// at random; it serves either genre as well when estimated on the other.
mod weight {
    pub const BIAS: f32 = -3.39;
    pub const MARGIN: f32 = 0.23;
    pub const PROPORTION: f32 = 1.06;
    pub const IN_PLACE: f32 = 3.99;
    pub const EXPLAINS: f32 = 1.57;
    pub const ABSENT: f32 = -0.18;
    pub const EXPLAINED: f32 = 1.05;
    pub const UNEXPLAINED: f32 = 0.39;
    pub const LOST: f32 = -0.67;
    pub const ENDS: f32 = 1.2;
}

/// The margin beyond which more does not count.
const MOST_MARGIN: f32 = 20.0;
/// What must speak for a unit to be let go of, and to be taken in.
const LET_GO: f32 = 0.7;
const TAKE_IN: f32 = 0.2;
/// How many beads the usual proportions outweigh.
const PROPORTION_INERTIA: f32 = 4.0;
/// More numbers and Latin words lost, or ends of sentences in agreement, do not count.
const MOST_LOST: f32 = 3.0;
const MOST_ENDS: f32 = 2.0;
/// How much longer than its share of the text the place of a unit is taken to be, and by how many words more.
const SLACK: f32 = 1.25;
const SLACK_WORDS: usize = 2;
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
        let left = out.last().filter(|s| s.is_pair() && !s.crossing);
        let right = steps.peek().filter(|s| s.is_pair() && !s.crossing);
        let [left, right] = [left, right].map(|bead| bead.map(|bead| with(bead, &step)));
        let worth = |judge: &mut Judge<'_>, bead: &Option<Step>, edge| match bead {
            Some(bead) => judge.belongs(bead, side, edge),
            None => f32::NEG_INFINITY,
        };
        let to_left = worth(&mut judge, &left, Edge::Last);
        let to_right = worth(&mut judge, &right, Edge::First);
        match (left, right) {
            (Some(left), _) if to_left > TAKE_IN && to_left >= to_right => {
                out.pop();
                out.push(left);
            }
            (_, Some(right)) if to_right > TAKE_IN => {
                if let Some(next) = steps.peek_mut() {
                    *next = right;
                }
            }
            _ => out.push(step),
        }
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

/// Which unit of a bead's side.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Edge {
    First,
    Last,
}

impl Edge {
    /// The unit at this edge, and the others.
    fn split(self, units: &Range<usize>) -> (usize, Range<usize>) {
        match self {
            Self::First => (units.start, units.start + 1..units.end),
            Self::Last => (units.end - 1, units.start..units.end - 1),
        }
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
        let mechanical = ((equal / joined - 0.25) / 0.35).clamp(0.0, 1.0);
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
            let mut worst: Option<(f32, Side, Edge)> = None;
            for side in [Side::Zh, Side::En] {
                let units = if side == Side::Zh { &bead.zh } else { &bead.en };
                if units.len() < 2 {
                    continue;
                }
                for edge in [Edge::First, Edge::Last] {
                    let belongs = self.belongs(bead, side, edge);
                    if belongs < worst.map_or(-LET_GO, |(w, ..)| w) {
                        worst = Some((belongs, side, edge));
                    }
                }
            }
            let Some((_, side, edge)) = worst else { break };
            let units = if side == Side::Zh { &mut bead.zh } else { &mut bead.en };
            let (unit, rest) = edge.split(units);
            *units = rest;
            let place = |range: &Range<usize>| if edge == Edge::First { range.start } else { range.end };
            let alone = match side {
                Side::Zh => (unit..unit + 1, place(&bead.en)..place(&bead.en)),
                Side::En => (place(&bead.zh)..place(&bead.zh), unit..unit + 1),
            };
            let step = Step {
                zh: alone.0,
                en: alone.1,
                ..bead.clone()
            };
            match edge {
                Edge::First => before.push(step),
                Edge::Last => after.insert(0, step),
            }
        }
        (before, after)
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

    /// What speaks for the unit at this edge of a bead belonging to it, as a logarithm of odds. The bead has more than
    /// one unit on that side.
    fn belongs(&mut self, bead: &Step, side: Side, edge: Edge) -> f32 {
        let units = if side == Side::Zh { &bead.zh } else { &bead.en };
        let (unit, rest) = edge.split(units);
        let whole = self.score(&bead.zh, &bead.en);
        if whole == f32::NEG_INFINITY {
            return whole;
        }
        let without = match side {
            Side::Zh => self.score(&rest, &bead.en),
            Side::En => self.score(&bead.zh, &rest),
        };
        let margin = (whole - without + self.weights.null_open).clamp(-MOST_MARGIN, MOST_MARGIN);
        let other = if side == Side::Zh { &bead.en } else { &bead.zh };
        let place = self.place(side, edge, unit, &rest, other);
        weight::BIAS
            + weight::MARGIN * margin
            + weight::PROPORTION * self.proportion
            + weight::IN_PLACE * place.in_place
            + weight::EXPLAINS * place.explains
            + weight::ABSENT * place.absent
            + weight::EXPLAINED * place.explained
            + weight::UNEXPLAINED * place.unexplained
            + weight::LOST * place.lost
            + weight::ENDS * self.mechanical * place.ends
    }

    /// How `unit` stands to that part of `other` where its translation should be, if it and `rest` are translated there.
    fn place(&self, side: Side, edge: Edge, unit: usize, rest: &Range<usize>, other: &Range<usize>) -> Place {
        let facing = self.evidence.facing(side);
        let share = facing.own.length(unit, unit + 1)
            / (facing.own.length(unit, unit + 1) + facing.own.length(rest.start, rest.end)).max(1.0);
        let words: Vec<u32> = (facing.other.units[other.clone()].iter())
            .flat_map(|u| u.words.iter().copied())
            .collect();
        let reach = ((words.len() as f32 * share * SLACK) as usize + SLACK_WORDS).min(words.len());
        let there: HashSet<u32> = match edge {
            Edge::First => words[..reach].iter().copied().collect(),
            Edge::Last => words[words.len() - reach..].iter().copied().collect(),
        };
        let of_unit: HashSet<u32> = facing.own.units[unit].types.iter().copied().collect();
        let of_rest: HashSet<u32> = facing.own.units[rest.clone()]
            .iter()
            .flat_map(|u| u.types.iter().copied())
            .collect();
        let unit_links = self.links(side, &of_unit, &there);
        let rest_links = self.links(side, &of_rest, &there);
        let worth = |links: &HashMap<u32, u8>, t: u32| links.get(&t).map_or(0.0, |&l| WORTH[usize::from(l)]);

        let counted = |side: &SideEvidence, of: &HashSet<u32>| -> Vec<u32> {
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
        let [zh, en] = self.usual;
        let (usual_own, usual_other) = if side == Side::Zh { (zh, en) } else { (en, zh) };
        let anywhere = self.links(side, &of_unit, &words.iter().copied().collect()).0;
        let is_lost = |t: &u32| facing.own.exact[*t as usize] && !anywhere.contains_key(t);
        let lost = own.iter().filter(|t| is_lost(t)).count() as f32;
        let of_other = ends(facing.other, other);
        let without = ends(facing.own, rest) - of_other;
        let with = without + ends(facing.own, &(unit..unit + 1));
        Place {
            in_place: (supported + usual_own) / (own.len() as f32 + 1.0) / usual_own,
            explains: (explained + 0.5 * usual_other) / (total + 1.0) / usual_other,
            absent: own.len() as f32 - supported,
            explained,
            unexplained,
            lost: lost.min(MOST_LOST),
            ends: (without.abs() - with.abs()).clamp(-MOST_ENDS, MOST_ENDS),
        }
    }

    /// The strongest links between words of a side and words of the other: for each word of either.
    fn links(&self, side: Side, own: &HashSet<u32>, other: &HashSet<u32>) -> (HashMap<u32, u8>, HashMap<u32, u8>) {
        let (zh, en) = if side == Side::Zh { (own, other) } else { (other, own) };
        let (mut of_zh, mut of_en) = (HashMap::new(), HashMap::new());
        for &x in en {
            for &(t, level) in &self.evidence.links[x as usize] {
                if zh.contains(&t) {
                    let raise = |of: &mut HashMap<u32, u8>, word| {
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
struct Place {
    /// The share of its words that stand there, over what is usual in the document.
    in_place: f32,
    /// The share of the words there that it alone explains, over what is usual.
    explains: f32,
    /// How many of its words are not there; how many words there it alone explains; how many nothing explains.
    absent: f32,
    explained: f32,
    unexplained: f32,
    /// How many of its numbers and Latin words stand nowhere on the other side.
    lost: f32,
    /// By how much the numbers of ends of sentences agree better with it.
    ends: f32,
}

/// How many sentences end in these units.
fn ends(side: &SideEvidence, units: &Range<usize>) -> f32 {
    side.units[units.clone()].iter().map(|u| f32::from(u.ends)).sum()
}
