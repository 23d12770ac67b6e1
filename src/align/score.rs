//! The score of a bead.
//!
//! Naive Bayes: for every word the logarithm of the likelihood of its support in a true bead over that in random text of the
//! same length (taken from the document itself), plus terms for length, punctuation and place. `train/` estimates the
//! weights.

mod groups;
mod likeness;
mod marks;
mod most;
mod parts;
mod tables;
mod window;

use std::ops::Range;

use super::evidence::{Evidence, SideEvidence};
use super::kinds::KindGains;
use super::weights::{BEADS, WIDEST, Weights};
use crate::text::Sides;
pub(super) use groups::Groups;
use likeness::Likeness;
use marks::MarkGains;
use most::Most;
pub(super) use parts::{Part, PartScorer};
use tables::Tables;
pub(super) use tables::rarity;
use window::{ByUnits, Scored, Seen, Window};

/// What the words, marks and kinds of a document are worth. All scorers of the same evidence and weights share it.
pub(super) struct Worth<'a> {
    pub evidence: &'a Evidence,
    pub weights: &'a Weights,
    words: Sides<Tables>,
    marks: MarkGains,
    /// The score of kinds, where they say something.
    kind_gains: Option<KindGains>,
    /// What the meanings of units say, in a free translation.
    likeness: Option<Likeness>,
    supporters: Supporters,
    uses: Uses,
}

impl<'a> Worth<'a> {
    pub fn new(evidence: &'a Evidence, weights: &'a Weights) -> Self {
        let (zh, en) = (&evidence.sides.zh, &evidence.sides.en);
        Self {
            evidence,
            weights,
            words: Sides::new(
                Tables::new(zh, en, &weights.zh_alpha),
                Tables::new(en, zh, &weights.en_alpha),
            ),
            marks: MarkGains::new(en, weights),
            kind_gains: KindGains::new(evidence),
            likeness: (evidence.meanings)
                .filter(|_| weights.freedom > 0.0)
                .map(|meanings| Likeness::new(evidence, meanings, weights.freedom)),
            supporters: Supporters::new(&en.support, zh.comparable.len()),
            uses: Uses::new(en),
        }
    }

    fn zh(&self) -> Scored<'_> {
        Scored {
            side: &self.evidence.sides.zh,
            words: &self.words.zh,
            other_words: &self.words.en,
        }
    }

    fn en(&self) -> Scored<'_> {
        Scored {
            side: &self.evidence.sides.en,
            words: &self.words.en,
            other_words: &self.words.zh,
        }
    }
}

/// For each Chinese word the English units that support it, in order, with levels.
struct Supporters {
    /// The number of the first entry of each word, and of all entries.
    firsts: Vec<u32>,
    units: Vec<(u32, u8)>,
}

impl Supporters {
    fn new(support: &[Vec<(u32, u8)>], types: usize) -> Self {
        let mut firsts = vec![0_u32; types + 1];
        for &(t, _) in support.iter().flatten() {
            firsts[t as usize + 1] += 1;
        }
        for t in 0..types {
            firsts[t + 1] += firsts[t];
        }
        let mut next = firsts.clone();
        let mut units = vec![(0, 0); firsts[types] as usize];
        for (unit, support) in support.iter().enumerate() {
            for &(t, level) in support {
                units[next[t as usize] as usize] = (unit as u32, level);
                next[t as usize] += 1;
            }
        }
        Self { firsts, units }
    }

    /// The supporters of a word among these units.
    fn within(&self, t: u32, units: &Range<usize>) -> impl Iterator<Item = (usize, u8)> {
        let all = &self.units[self.firsts[t as usize] as usize..self.firsts[t as usize + 1] as usize];
        let from = all.partition_point(|&(unit, _)| (unit as usize) < units.start);
        let end = units.end;
        let within = all[from..].iter().map(|&(unit, level)| (unit as usize, level));
        within.take_while(move |&(unit, _)| unit < end)
    }
}

/// The words of each English unit that the Chinese could support, each with the distance to the next unit that has it, at
/// most [`WIDEST`].
struct Uses {
    /// The number of the first entry of each unit, and of all entries.
    firsts: Vec<usize>,
    words: Vec<(u32, u8)>,
}

impl Uses {
    fn new(en: &SideEvidence) -> Self {
        let mut firsts = vec![0];
        let mut words = Vec::new();
        // For each type the unit that had it last and its entry there.
        let mut last: Vec<Option<(usize, usize)>> = vec![None; en.comparable.len()];
        for (unit, facts) in en.units.iter().enumerate() {
            for &t in facts.types.iter().filter(|&&t| en.comparable[t as usize]) {
                if let Some((before, entry)) = last[t as usize].replace((unit, words.len())) {
                    let entry: &mut (u32, u8) = &mut words[entry];
                    entry.1 = (unit - before).min(WIDEST) as u8;
                }
                words.push((t, WIDEST as u8));
            }
            firsts.push(words.len());
        }
        Self { firsts, words }
    }

    fn of_unit(&self, unit: usize) -> &[(u32, u8)] {
        &self.words[self.firsts[unit]..self.firsts[unit + 1]]
    }
}

/// For each number of units that many pairs of bits, each 01.
const REPEATED: ByUnits<u32> = {
    let mut repeated = [0; WIDEST + 1];
    let mut n = 1;
    while n <= WIDEST {
        repeated[n] = repeated[n - 1] << 2 | 1;
        n += 1;
    }
    repeated
};

/// The higher one of each pair of bits.
const fn highest(a: u32, b: u32) -> u32 {
    const HIGH: u32 = 0xaaaa_aaaa;
    // In pairs whose high bits differ, only the number with the high bit counts.
    let differ = (a ^ b) & HIGH;
    let ignored_in_a = differ & b;
    let ignored_in_b = differ & a;
    (a & !(ignored_in_a >> 1)) | (b & !(ignored_in_b >> 1))
}

/// Scores beads row by row: first [`Scorer::start_row`], then [`Scorer::score_cell`] for each column.
///
/// The scores of all words without support are added up once for each row and each column; a cell adds what support is
/// worth.
pub(super) struct Scorer<'a> {
    worth: &'a Worth<'a>,
    groups: Option<&'a Groups>,
    kinds: usize,
    most: Most,
    row: Row,
    /// The windows of the English units searched last, each at the remainder of its number by their number.
    columns: Vec<Window>,
    words: Words,
    seen: Sides<Seen>,
}

/// The Chinese units from some unit on, and what they have in common with English units.
#[derive(Default)]
struct Row {
    window: Window,
    /// For each English type the levels at which the first 1, 2 … Chinese units support it, two bits each.
    levels: Vec<u32>,
    supported: Vec<u32>,
    /// For each Chinese word where its scores begin.
    firsts: Vec<u32>,
    /// The English units that are compared.
    units: Range<usize>,
    /// What support adds to the scores of the English words of the beads of each column, by kind.
    en_gains: Vec<f32>,
    /// The first of the [`Hit`]s of each of these units, by number from 1. They are in the order of the Chinese words.
    first_hits: Vec<u32>,
    hits: Vec<Hit>,
}

/// An English unit supports a Chinese word of the row.
struct Hit {
    /// The number of the word among the types of the window, and the number of Chinese units that have it.
    slot: u32,
    in_units: u32,
    level: u8,
    /// The next hit of the same unit, from 1; 0 if there is none.
    next: u32,
}

/// What support adds to the scores of the Chinese words of the beads of a cell, by number of Chinese and of English units.
#[derive(Default)]
struct Words {
    gains: ByUnits<ByUnits<f32>>,
    /// The level of support of each Chinese word.
    levels: Vec<u8>,
    /// The words with support, by the number of Chinese units that have them.
    supported: ByUnits<Vec<u32>>,
}

impl<'a> Scorer<'a> {
    /// A scorer for the first `kinds` of [`BEADS`].
    pub fn new(worth: &'a Worth<'a>, groups: Option<&'a Groups>, kinds: usize) -> Self {
        let (zh, en) = (&worth.evidence.sides.zh, &worth.evidence.sides.en);
        Self {
            worth,
            groups,
            kinds,
            most: Most::new(kinds),
            row: Row {
                levels: vec![0; en.comparable.len()],
                ..Row::default()
            },
            columns: Vec::new(),
            words: Words::default(),
            seen: Sides::new(Seen::new(zh.comparable.len()), Seen::new(en.comparable.len())),
        }
    }

    /// The evidence that is scored.
    pub fn evidence(&self) -> &'a Evidence {
        self.worth.evidence
    }

    /// Prepares for the beads that start with the Chinese unit `start` and an English unit of `columns`.
    pub fn start_row(&mut self, start: usize, columns: Range<usize>) {
        if columns.len() > self.columns.len() {
            self.columns.clear();
            self.columns
                .resize_with(columns.len().next_power_of_two(), Window::default);
        }
        let reach = self.most.reach_of_row(&self.worth.evidence.sides, start, &columns);
        let units = columns.start..columns.end + reach.en - 1;
        self.compare_row(start, reach.zh, units);
        let mut en_gains = std::mem::take(&mut self.row.en_gains);
        en_gains.clear();
        en_gains.resize(columns.len() * self.kinds, 0.0);
        let kinds = &BEADS[..self.kinds];
        self.add_english(self.most, |column, gains| {
            if column < columns.end {
                let first = (column - columns.start) * kinds.len();
                for (sum, &(a, b)) in en_gains[first..].iter_mut().zip(kinds) {
                    *sum = gains[usize::from(a)][usize::from(b)];
                }
            }
        });
        self.row.en_gains = en_gains;
    }

    /// Compares at most `most` Chinese units from `start` on with the English units `units`.
    fn compare_row(&mut self, start: usize, most: usize, units: Range<usize>) {
        let worth = self.worth;
        let (zh, en) = (&worth.evidence.sides.zh, &worth.evidence.sides.en);
        let row = &mut self.row;
        row.units = units.start..units.end.min(en.units.len());
        row.window.fill(worth.zh(), start, most, &mut self.seen.zh);
        row.firsts.clear();
        row.firsts
            .extend(row.window.types.iter().map(|&t| worth.words.zh.first(t)));
        for t in row.supported.drain(..) {
            row.levels[t as usize] = 0;
        }
        let reach = row.window.reach;
        for (i, support) in zh.support[start..start + reach].iter().enumerate() {
            // With this unit and any number of further units, the level is at least this one.
            let further = REPEATED[reach] & !((1 << (2 * i)) - 1);
            for &(x, level) in support {
                let levels = &mut row.levels[x as usize];
                if *levels == 0 {
                    row.supported.push(x);
                }
                *levels = highest(*levels, u32::from(level) * further);
            }
        }
        row.first_hits.clear();
        row.first_hits.resize(row.units.len(), 0);
        row.hits.clear();
        let mut in_units = reach;
        for (slot, &t) in row.window.types.iter().enumerate().rev() {
            while slot < row.window.types_of[in_units - 1] {
                in_units -= 1;
            }
            for (unit, level) in worth.supporters.within(t, &row.units) {
                let first = &mut row.first_hits[unit - row.units.start];
                row.hits.push(Hit {
                    slot: slot as u32,
                    in_units: in_units as u32,
                    level,
                    next: *first,
                });
                *first = row.hits.len() as u32;
            }
        }
    }

    /// Adds up what support adds to the scores of the English words of the beads that start with the row's Chinese unit, by
    /// number of Chinese and of English units. Calls `found` with each column and its sums, from the last column to the first.
    ///
    /// The words of the units from `column` on are those of the units from the next column on, and those of `column` that
    /// are not among them.
    fn add_english(&self, most: Most, mut found: impl FnMut(usize, &ByUnits<ByUnits<f32>>)) {
        let (row, words) = (&self.row, &self.worth.words.en);
        let reach = row.window.reach;
        let mut sums: ByUnits<ByUnits<f32>> = Default::default();
        for column in row.units.clone().rev() {
            // By number of Chinese units and distance to the next unit that has the word.
            let mut own: ByUnits<ByUnits<f32>> = Default::default();
            for &(x, distance) in self.worth.uses.of_unit(column) {
                let mut levels = row.levels[x as usize];
                if levels != 0 {
                    let gains = words.gains(x);
                    for (own, &step) in own[1..=reach].iter_mut().zip(&row.window.step[1..]) {
                        own[usize::from(distance)] += gains[step][(levels & 3) as usize];
                        levels >>= 2;
                    }
                }
            }
            for a in 1..=reach {
                let mut rest: f32 = own[a][most.en[a] + 1..].iter().sum();
                for b in (1..=most.en[a]).rev() {
                    rest += own[a][b];
                    sums[a][b] = sums[a][b - 1] + rest;
                }
            }
            found(column, &sums);
        }
    }

    /// Scores of the beads that start at the row's Chinese unit and the English unit `column`, by kind;
    /// `NEG_INFINITY` for beads that cross the end of a section.
    pub fn score_cell(&mut self, column: usize, scores: &mut [f32]) {
        let at = column & (self.columns.len() - 1);
        let mut window = std::mem::take(&mut self.columns[at]);
        if window.reach == 0 || window.start != column {
            window.fill(self.worth.en(), column, self.most.widest().en, &mut self.seen.en);
        }
        let reach = self.most.reach(&self.row.window, &window);
        self.add_chinese(&window, self.most, &reach);
        let first = (column - self.row.units.start) * self.kinds;
        for (kind, score) in scores[..self.kinds].iter_mut().enumerate() {
            let (a, b) = (usize::from(BEADS[kind].0), usize::from(BEADS[kind].1));
            *score = if a <= reach.zh && b <= reach.en {
                self.score_bead(&window, a, b, self.row.en_gains[first + kind])
            } else {
                f32::NEG_INFINITY
            };
        }
        self.columns[at] = window;
    }

    /// The score of one bead; `NEG_INFINITY` if it crosses the end of a section.
    pub fn score_units(&mut self, units: &Sides<Range<usize>>) -> f32 {
        let (a, b) = (units.zh.len(), units.en.len());
        let most = Most::of_bead(a, b);
        self.compare_row(units.zh.start, a, units.en.clone());
        let mut en_gain = 0.0;
        self.add_english(most, |_, sums| en_gain = sums[a][b]);
        let mut window = Window::default();
        window.fill(self.worth.en(), units.en.start, b, &mut self.seen.en);
        self.add_chinese(&window, most, &Sides::new(a, b));
        self.score_bead(&window, a, b, en_gain)
    }

    /// Adds up what support adds to the scores of the Chinese words of the beads with at most so many units.
    fn add_chinese(&mut self, column: &Window, most: Most, reach: &Sides<usize>) {
        let (row, words) = (&self.row, &mut self.words);
        let first = column.start - row.units.start;
        words.levels.clear();
        words.levels.resize(row.window.types.len(), 0);
        words.supported.iter_mut().for_each(Vec::clear);
        for b in 1..=reach.en.min(column.reach) {
            let highest = most.zh[b].min(reach.zh).min(row.window.reach);
            let mut next = row.first_hits[first + b - 1];
            while let Some(hit) = (next as usize).checked_sub(1).map(|at| &row.hits[at]) {
                // No later number of English units has more Chinese ones.
                if hit.in_units as usize > highest {
                    break;
                }
                let level = &mut words.levels[hit.slot as usize];
                if *level == 0 {
                    words.supported[hit.in_units as usize].push(hit.slot);
                }
                *level = hit.level.max(*level);
                next = hit.next;
            }
            let gains = self.worth.words.zh.gains_at(column.step[b]);
            let mut gain = 0.0;
            for a in 1..=highest {
                for &slot in &words.supported[a] {
                    let slot = slot as usize;
                    gain += gains[row.firsts[slot] as usize][usize::from(words.levels[slot])];
                }
                words.gains[a][b] = gain;
            }
        }
    }

    /// The score of the bead of the first `a` units of the row and the first `b` units of the column, to whose English words
    /// support adds `en_gain`.
    fn score_bead(&self, column: &Window, a: usize, b: usize, en_gain: f32) -> f32 {
        let (row, weights) = (&self.row.window, self.worth.weights);
        if a > row.reach || b > column.reach {
            return f32::NEG_INFINITY;
        }
        let mut score = weights.pairing
            + weights.en_words * (column.absent(b, row.step[a]) + en_gain)
            + weights.zh_words * (row.absent(a, column.step[b]) + self.words.gains[a][b])
            + weights.marks * self.worth.marks.score(row.marks[a], column.marks[b], b)
            - weights.length_loss(row.length[a], column.length[b]);
        if row.repeats[a] != column.repeats[b] {
            score -= weights.repetition;
        }
        let (zh, en) = (row.start..row.start + a, column.start..column.start + b);
        if let Some(gains) = &self.worth.kind_gains {
            let sides = &self.worth.evidence.sides;
            score += gains.score(&sides.zh.units[zh.clone()], &sides.en.units[en.clone()]);
        }
        if let Some(likeness) = &self.worth.likeness {
            score += likeness.score(&zh, &en);
        }
        if let Some(groups) = self.groups {
            score += groups.score(weights, zh, en);
        }
        score
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_highest_of_each_pair_of_bits_is_kept() {
        for a in 0..4 {
            for b in 0..4 {
                assert_eq!(highest(a << 4 | b, b << 4 | a), a.max(b) * 0b01_00_01);
            }
        }
    }
}
