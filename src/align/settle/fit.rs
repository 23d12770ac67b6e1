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
const MOST_LENGTH: f32 = 6.0;
/// Letters by which lengths may differ freely.
const FREE_LETTERS: f32 = 5.0;
/// By how much of its length the place of a unit is taken to be longer on either side, and by how many words more.
const SLACK: f32 = 0.25;
const SLACK_WORDS: f32 = 2.0;
/// What words have in common with their counterparts before the document is known, and how many words it outweighs.
const USUAL: f32 = 0.5;
const USUAL_INERTIA: f32 = 20.0;
/// How far lengths are apart before the document is known, and how many beads that outweighs.
const USUALLY_APART: f32 = 0.2;
const LENGTH_INERTIA: f32 = 10.0;

/// How a unit stands to the place of its translation.
pub(super) struct Fit {
    /// The share of its words that stand there, over what is usual in the document.
    pub there: f32,
    /// The share of the words there that it alone explains, over what is usual.
    pub explains: f32,
    /// How many of its words are not there, over what is usual.
    pub absent: f32,
    /// How many words there it alone explains; how many nothing explains.
    pub explained: f32,
    pub unexplained: f32,
    /// How many of its words the rest has as well, with a counterpart left for each, and without.
    pub spare: f32,
    pub taken: f32,
    /// How many of its numbers and Latin words stand nowhere on the other side.
    pub lost: f32,
    /// By how much the lengths agree better with it: the logarithm of their proportion, over what is usual.
    pub length: f32,
    /// By how much the numbers of ends of sentences agree better with it.
    pub ends: f32,
}

/// Finds out how units stand, beside what is usual in the document.
pub(super) struct Fits<'a> {
    evidence: &'a Evidence,
    /// The share of the words of a unit that its counterpart supports, Chinese and English.
    usual: [f32; 2],
    /// How far the lengths of two units that translate each other are apart.
    apart: f32,
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
                for &t in facing.own.units[unit].types.iter().filter(|&&t| facing.own.counts(t)) {
                    words += 1.0;
                    supported += facing.support(t, by..by + 1);
                }
            }
            supported / words
        };
        let ones = path.iter().filter(|s| s.zh.len() == 1 && s.en.len() == 1);
        let lengths = ones.map(|s| {
            (
                evidence.zh.units[s.zh.start].length,
                evidence.en.units[s.en.start].length,
            )
        });
        let (count, sum) = lengths.fold(
            (LENGTH_INERTIA, LENGTH_INERTIA * USUALLY_APART),
            |(count, sum), (zh, en)| (count + 1.0, sum + apart(zh, en)),
        );
        Self {
            evidence,
            usual: [usual(Side::Zh), usual(Side::En)],
            apart: sum / count,
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
        let [own_length, bead_length] = [unit..unit + 1, units.clone()].map(|u| facing.own.length(u.start, u.end));
        let other_length = facing.other.length(other.start, other.end);
        let apart = |length: f32| apart(length, other_length);
        let length = (apart(bead_length - own_length) - apart(bead_length)) / self.apart;
        Fit {
            length: length.clamp(-MOST_LENGTH, MOST_LENGTH),
            there: (supported + usual_own) / (own.len() as f32 + 1.0) / usual_own,
            explains: (explained + 0.5 * usual_other) / (total + 1.0) / usual_other,
            absent: (own.len() as f32 - supported) / (1.0 + own.len() as f32 * (1.0 - usual_own)),
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

/// How far two lengths are apart, as a logarithm of their proportion.
fn apart(a: f32, b: f32) -> f32 {
    ((a + FREE_LETTERS) / (b + FREE_LETTERS)).ln().abs()
}

fn count(words: &[u32], is: impl Fn(u32) -> bool) -> usize {
    words.iter().filter(|&&w| is(w)).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::align::lexicon::Lexicon;
    use crate::align::{Members, Unit};

    /// How the last Chinese line stands in a bead with the one before it and the last English line, after other lines
    /// that are paired one by one.
    fn last(before: &[[&str; 2]]) -> Fit {
        let zh = ["所有数据将向全球科学家免费开放。", "申请截止到六月。"];
        let en = "All data will be open to scientists around the world free of charge.";
        let side = |k: usize| before.iter().map(move |pair| Unit::new(pair[k]));
        let zh: Vec<Unit<'_>> = side(0).chain(zh.map(Unit::new)).collect();
        let en: Vec<Unit<'_>> = side(1).chain([Unit::new(en)]).collect();
        let evidence = Evidence::new(&zh, &en, Some(Lexicon::embedded()));
        let step = |k, members| Step {
            zh: k..k + members,
            en: k..k + 1,
            confidence: 1.0,
            crossing: false,
            members: Members::default(),
        };
        let n = before.len();
        let path: Vec<Step> = (0..n).map(|k| step(k, 1)).collect();
        Fits::new(&path, &evidence).of(&step(n, 2), Side::Zh, n + 1)
    }

    const FAITHFUL: [&str; 2] = [
        "研究团队在青海建成了新的观测站。",
        "The research team has built a new observatory in Qinghai.",
    ];

    #[test]
    fn missing_words_say_little_where_the_translation_is_free() {
        let free = [
            FAITHFUL[0],
            "So at last their eye upon the sky stood there, up in the hills.",
        ];
        let (faithful, free) = (last(&[FAITHFUL; 20]), last(&[free; 20]));
        assert!(
            free.absent < 0.8 * faithful.absent,
            "{} {}",
            free.absent,
            faithful.absent
        );
    }

    #[test]
    fn lengths_say_little_where_they_vary() {
        let long = [
            FAITHFUL[0],
            "In Qinghai, as the world was told that day, the research team has at last built a new observatory.",
        ];
        let short = [FAITHFUL[0], "The team has built it."];
        let (even, varied) = (last(&[FAITHFUL; 20]), last(&[long, short].repeat(10)));
        assert!(
            even.length < 0.0 && varied.length > 0.6 * even.length,
            "{} {}",
            varied.length,
            even.length
        );
    }
}
