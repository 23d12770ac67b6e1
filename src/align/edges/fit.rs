//! How well a unit of a bead fits the part of the other side where its translation should be.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::align::evidence::{Evidence, Facing, SideEvidence};
use crate::align::lattice::Step;
use crate::align::weights::LEVEL_WORTH;
use crate::text::{Side, Sides};

/// Upper limits of lost numbers and Latin words, of words shared with the rest, of the gains in sentence ends and length.
const MOST_LOST: f32 = 3.0;
const MOST_SHARED: f32 = 4.0;
const MOST_ENDS: f32 = 2.0;
const MOST_LENGTH: f32 = 6.0;
/// Letters by which lengths may differ freely.
const FREE_LETTERS: f32 = 5.0;
/// The place of a unit is extended at either end by this share of its length and by this many words.
const SLACK: f32 = 0.25;
const SLACK_WORDS: f32 = 2.0;
/// Share of words that their counterparts support before the document is known, and its weight in words.
const USUAL: f32 = 0.5;
const USUAL_INERTIA: f32 = 20.0;
/// Difference between two lengths before the document is known, and its weight in beads.
const USUAL_DIFFERENCE: f32 = 0.2;
const LENGTH_INERTIA: f32 = 10.0;

/// How well a unit fits the place of its translation. Shares and differences are relative to what is usual in the document.
#[derive(Default)]
pub(super) struct Fit {
    /// Share of its words that have a translation in that place.
    pub in_place: f32,
    /// Share of the words in that place that only this unit explains.
    pub explains: f32,
    /// Number of its words without translation in that place.
    pub absent: f32,
    /// Number of words in that place that only this unit explains, and number of those that nothing explains.
    pub explained: f32,
    pub unexplained: f32,
    /// Number of its words that other units of the bead have as well: those with enough translations for all, and the others.
    pub spare: f32,
    pub taken: f32,
    /// Number of its numbers and Latin words that the other side of the bead lacks.
    pub lost: f32,
    /// By how much the lengths of both sides agree better with the unit than without: a logarithm of ratios.
    pub length: f32,
    /// By how much the numbers of sentence ends agree better with the unit than without.
    pub sentence_ends: f32,
}

/// Measures the fit of units against what is usual in the document.
pub(super) struct FitModel<'a> {
    evidence: &'a Evidence,
    /// Share of the words of a unit that its counterpart supports.
    usual: Sides<f32>,
    /// Difference between the lengths of two units that translate each other.
    difference: f32,
}

impl<'a> FitModel<'a> {
    pub fn new(path: &[Step], evidence: &'a Evidence) -> Self {
        let one_to_one = || path.iter().filter(|s| s.units.zh.len() == 1 && s.units.en.len() == 1);
        let usual = |side: Side| {
            let facing = evidence.facing(side);
            let (mut words, mut supported) = (USUAL_INERTIA, USUAL_INERTIA * USUAL);
            for step in one_to_one() {
                for t in facing.own.content_types(step.units[side].start) {
                    words += 1.0;
                    supported += facing.support(t, step.units[side.other()].clone());
                }
            }
            supported / words
        };
        let (count, sum) = one_to_one().fold(
            (LENGTH_INERTIA, LENGTH_INERTIA * USUAL_DIFFERENCE),
            |(count, sum), step| {
                let [zh, en] =
                    [Side::Zh, Side::En].map(|side| evidence.sides[side].units[step.units[side].start].length);
                (count + 1.0, sum + length_difference(zh, en))
            },
        );
        Self {
            evidence,
            usual: Sides::from_fn(usual),
            difference: sum / count,
        }
    }

    /// Measures how well unit `unit` of `side` fits its place in a bead.
    pub fn measure(&self, bead: &Sides<Range<usize>>, side: Side, unit: usize) -> Fit {
        let member = Member::new(self.evidence, bead, side, unit);
        let mut fit = Fit::default();
        let links = self.links(&member);
        self.compare_with_place(&member, &links, &mut fit);
        member.compare_with_rest(&links, &mut fit);
        fit.lost = member.count_lost(&links).min(MOST_LOST);
        fit.length = (member.length_gain() / self.difference).clamp(-MOST_LENGTH, MOST_LENGTH);
        fit.sentence_ends = member.sentence_end_gain().clamp(-MOST_ENDS, MOST_ENDS);
        fit
    }

    /// Compares the words of the unit with those in its place, and both with what the rest of the bead explains.
    fn compare_with_place(&self, member: &Member<'_>, links: &Links, fit: &mut Fit) {
        let (usual_own, usual_other) = self.usual.into_pair(member.side);
        let own = member.content.len() as f32;
        let supported: f32 = member.content.iter().map(|&t| worth(&links.of_unit, t)).sum();
        fit.in_place = (supported + usual_own) / (own + 1.0) / usual_own;
        fit.absent = (own - supported) / (1.0 + own * (1.0 - usual_own));

        let mut total = 0.0;
        let place = member.other_words.iter().filter(|(_, uses)| uses.is_in_place);
        for (&t, _) in place.filter(|(t, _)| member.facing.other.is_content(**t)) {
            let (by_unit, by_rest) = (worth(&links.by_unit, t), worth(&links.by_rest, t));
            match (by_unit > 0.0, by_rest > 0.0) {
                (true, false) => {
                    fit.explained += by_unit;
                    total += by_unit;
                }
                (false, true) => total += by_rest,
                (true, true) => total += 1.0,
                (false, false) => {
                    fit.unexplained += 1.0;
                    total += 1.0;
                }
            }
        }
        fit.explains = (fit.explained + 0.5 * usual_other) / (total + 1.0) / usual_other;
    }

    /// The links between the words of both sides of a bead. Each link is looked at once for all that is asked of it: aligning
    /// documents whose beads have several units takes 3 to 7 % fewer instructions.
    fn links(&self, member: &Member<'_>) -> Links {
        let mut found = Links::default();
        let mut add = |own: u32, part: Part, other: u32, uses: Uses, level: u8| {
            if part != Part::Rest {
                *found.translations.entry(own).or_default() += uses.times;
            }
            if uses.is_in_place && part != Part::Rest {
                raise(&mut found.of_unit, own, level);
                raise(&mut found.by_unit, other, level);
            }
            if uses.is_in_place && part != Part::Unit {
                raise(&mut found.by_rest, other, level);
            }
        };
        let links = |en: u32| self.evidence.links[en as usize].iter().copied();
        match member.side {
            Side::Zh => {
                for (&en, &uses) in &member.other_words {
                    for (zh, level) in links(en) {
                        if let Some(&part) = member.types.get(&zh) {
                            add(zh, part, en, uses, level);
                        }
                    }
                }
            }
            Side::En => {
                for (&en, &part) in &member.types {
                    for (zh, level) in links(en) {
                        if let Some(&uses) = member.other_words.get(&zh) {
                            add(en, part, zh, uses, level);
                        }
                    }
                }
            }
        }
        found
    }
}

/// What the links between the words of two sides say, by type: the levels of the strongest ones, and how many there are.
#[derive(Default)]
struct Links {
    /// Of the words of the unit, with words in its place.
    of_unit: FxHashMap<u32, u8>,
    /// Of the words in its place, with words of the unit and of the rest of its side.
    by_unit: FxHashMap<u32, u8>,
    by_rest: FxHashMap<u32, u8>,
    /// How many words of the other side of the bead may translate each word of the unit.
    translations: FxHashMap<u32, usize>,
}

/// Raises the level of a word to at least `level`.
fn raise(levels: &mut FxHashMap<u32, u8>, word: u32, level: u8) {
    let known = levels.entry(word).or_insert(level);
    *known = level.max(*known);
}

/// What the strongest link of a word is worth.
fn worth(levels: &FxHashMap<u32, u8>, word: u32) -> f32 {
    levels.get(&word).map_or(0.0, |&level| LEVEL_WORTH[usize::from(level)])
}

/// A unit of a bead, with what is known of the bead around it.
struct Member<'a> {
    facing: Facing<'a>,
    side: Side,
    unit: usize,
    /// The units of the bead on the side of the unit, and on the other side.
    units: &'a Range<usize>,
    other_units: &'a Range<usize>,
    /// The distinct words of its side of the bead.
    types: FxHashMap<u32, Part>,
    /// Words of content of the unit.
    content: Vec<u32>,
    /// The distinct words of the other side of the bead.
    other_words: FxHashMap<u32, Uses>,
}

/// The uses of a word on the other side of a bead.
#[derive(Clone, Copy, Default)]
struct Uses {
    times: usize,
    /// Whether one is in the place where the translation of the unit should be.
    is_in_place: bool,
}

/// Where one side of a bead has a word: in the unit, in other units, or in both.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Unit,
    Rest,
    Both,
}

impl<'a> Member<'a> {
    fn new(evidence: &'a Evidence, bead: &'a Sides<Range<usize>>, side: Side, unit: usize) -> Self {
        let facing = evidence.facing(side);
        let (units, other_units) = bead.as_ref().into_pair(side);
        let of_unit = facing.own.units[unit].types.iter();
        let mut types: FxHashMap<u32, Part> = of_unit.map(|&t| (t, Part::Unit)).collect();
        for rest in units.clone().filter(|&u| u != unit) {
            for &t in &facing.own.units[rest].types {
                let part = types.entry(t).or_insert(Part::Rest);
                if *part == Part::Unit {
                    *part = Part::Both;
                }
            }
        }
        let content = facing.own.units[unit].types.iter().copied();
        let mut member = Self {
            content: content.filter(|&t| facing.own.is_content(t)).collect(),
            types,
            other_words: FxHashMap::default(),
            facing,
            side,
            unit,
            units,
            other_units,
        };
        let place = member.place();
        for (at, word) in member.read_other_side().enumerate() {
            let uses = member.other_words.entry(word).or_default();
            uses.times += 1;
            uses.is_in_place |= place.contains(&at);
        }
        member
    }

    /// All words of the other side of the bead, in order.
    fn read_other_side(&self) -> impl Iterator<Item = u32> + use<'a> {
        let units = &self.facing.other.units[self.other_units.clone()];
        units.iter().flat_map(|u| u.words.iter().copied())
    }

    /// The other units of the bead on the same side.
    fn rest(&self) -> impl Iterator<Item = usize> {
        let unit = self.unit;
        self.units.clone().filter(move |&u| u != unit)
    }

    /// Which words of the other side, counted in order, are in the place where the translation of the unit should be.
    fn place(&self) -> Range<usize> {
        let own = self.facing.own;
        let words = self.read_other_side().count();
        let words_per_letter = words as f32 / own.length(self.units.start, self.units.end).max(1.0);
        let before = own.length(self.units.start, self.unit) * words_per_letter;
        let length = own.length(self.unit, self.unit + 1) * words_per_letter;
        let slack = length * SLACK + SLACK_WORDS;
        (before - slack).max(0.0) as usize..((before + length + slack) as usize).min(words)
    }

    /// Counts the words that the rest of the bead has as well: does the other side have a translation for each?
    fn compare_with_rest(&self, links: &Links, fit: &mut Fit) {
        for &t in self.content.iter().filter(|t| self.types[t] == Part::Both) {
            let elsewhere: usize = self
                .rest()
                .map(|u| count(&self.facing.own.units[u].words, |w| w == t))
                .sum();
            if links.translations.get(&t).is_some_and(|&count| count > elsewhere) {
                fit.spare += 1.0;
            } else {
                fit.taken += 1.0;
            }
        }
        fit.spare = fit.spare.min(MOST_SHARED);
        fit.taken = fit.taken.min(MOST_SHARED);
    }

    /// Counts the numbers and Latin words of the unit that the other side of the bead lacks.
    fn count_lost(&self, links: &Links) -> f32 {
        let is_lost = |t: &u32| self.facing.own.exact[*t as usize] && !links.translations.contains_key(t);
        self.content.iter().filter(|t| is_lost(t)).count() as f32
    }

    /// By how much the lengths of both sides agree better with the unit than without it.
    fn length_gain(&self) -> f32 {
        let length = |side: &SideEvidence, units: &Range<usize>| side.length(units.start, units.end);
        let own = length(self.facing.own, &(self.unit..self.unit + 1));
        let bead = length(self.facing.own, self.units);
        let other = length(self.facing.other, self.other_units);
        length_difference(bead - own, other) - length_difference(bead, other)
    }

    /// By how much the numbers of sentence ends agree better with the unit than without it.
    fn sentence_end_gain(&self) -> f32 {
        let all = self.facing.own.sentence_ends(self.units);
        let other = self.facing.other.sentence_ends(self.other_units);
        let without = all - self.facing.own.sentence_ends(&(self.unit..self.unit + 1));
        without.abs_diff(other) as f32 - all.abs_diff(other) as f32
    }
}

/// Difference between two lengths: the absolute logarithm of their ratio.
fn length_difference(a: f32, b: f32) -> f32 {
    ((a + FREE_LETTERS) / (b + FREE_LETTERS)).ln().abs()
}

/// Number of words for which `is` holds.
fn count(words: &[u32], is: impl Fn(u32) -> bool) -> usize {
    words.iter().filter(|&&w| is(w)).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::align::lexicon::Lexicon;
    use crate::align::{Members, Unit};

    /// The fit of the last Chinese line in a bead with the line before it and the last English line, after other lines
    /// that are paired one by one.
    fn last(before: &[[&str; 2]]) -> Fit {
        let zh = ["所有数据将向全球科学家免费开放。", "申请截止到六月。"];
        let en = "All data will be open to scientists around the world free of charge.";
        let side = |k: usize| before.iter().map(move |pair| Unit::new(pair[k]));
        let zh: Vec<Unit<'_>> = side(0).chain(zh.map(Unit::new)).collect();
        let en: Vec<Unit<'_>> = side(1).chain([Unit::new(en)]).collect();
        let evidence = Evidence::new(&zh, &en, Some(Lexicon::embedded()));
        let step = |k, members| Step {
            units: Sides::new(k..k + members, k..k + 1),
            confidence: 1.0,
            crossing: false,
            members: Members::default(),
        };
        let n = before.len();
        let path: Vec<Step> = (0..n).map(|k| step(k, 1)).collect();
        FitModel::new(&path, &evidence).measure(&step(n, 2).units, Side::Zh, n + 1)
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
