//! How a unit of a bead stands to that part of the other side where its translation should be.

use rustc_hash::{FxHashMap, FxHashSet};

use super::{ends, of};
use crate::align::evidence::{Evidence, SideEvidence};
use crate::align::lattice::Step;
use crate::align::standing::WORTH;
use crate::text::Side;

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

/// How a unit stands to the place of its translation.
pub(super) struct Fit {
    /// The share of its words that stand there, over what is usual in the document.
    pub there: f32,
    /// The share of the words there that it alone explains, over what is usual.
    pub explains: f32,
    /// How many of its words are not there; how many words there it alone explains; how many nothing explains.
    pub absent: f32,
    pub explained: f32,
    pub unexplained: f32,
    /// How many of its words the rest has as well, with a counterpart left for each, and without.
    pub spare: f32,
    pub taken: f32,
    /// How many of its numbers and Latin words stand nowhere on the other side.
    pub lost: f32,
    /// By how much the numbers of ends of sentences agree better with it.
    pub ends: f32,
}

/// Finds out how units stand, beside what is usual in the document.
pub(super) struct Fits<'a> {
    evidence: &'a Evidence,
    /// The share of the words of a unit that its counterpart supports, Chinese and English.
    usual: [f32; 2],
}

impl<'a> Fits<'a> {
    pub fn new(path: &[Step], evidence: &'a Evidence) -> Self {
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
        Self {
            evidence,
            usual: [usual(Side::Zh), usual(Side::En)],
        }
    }

    /// How a unit of a bead stands to that part of the other side where its translation should be.
    pub fn of(&self, bead: &Step, side: Side, unit: usize) -> Fit {
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

fn count(words: &[u32], is: impl Fn(u32) -> bool) -> usize {
    words.iter().filter(|&&w| is(w)).count()
}
