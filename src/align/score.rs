//! The score of a bead.
//!
//! Naive Bayes: for every word the logarithm of the likelihood of its support in a true bead over that in random text of the
//! same length (taken from the document itself), plus terms for length, punctuation and place. `train/` estimates the
//! weights.

use rustc_hash::FxHashMap;

use super::evidence::{Evidence, SideEvidence};
use super::kinds::KindGains;
use super::marks::{CLOSING_MARKS, MARKS, OPENING_MARKS};
use super::weights::{BEADS, LEVELS, WIDEST, Weights};
use crate::text::{Side, Sides};

/// Number of length steps of the tables, and steps per mean unit.
const STEPS: usize = 32;
const STEPS_PER_UNIT: f32 = 5.0;

/// Score of a word by its profile, the length of the other side of the bead, and the level of support.
struct Tables {
    profile: Vec<u32>,
    score: Vec<f32>,
    /// Number of steps; no bead is longer than the whole other side.
    steps: usize,
}

impl Tables {
    /// Tables for the words of `side`, with `other` units on the other side.
    fn new(side: &SideEvidence, other: usize, alpha: &super::weights::Alpha) -> Self {
        let mut profiles: FxHashMap<[u32; 3], u32> = FxHashMap::default();
        let mut order = Vec::new();
        let profile = side
            .supporters
            .iter()
            .map(|&counts| {
                *profiles.entry(counts).or_insert_with(|| {
                    order.push(counts);
                    order.len() as u32 - 1
                })
            })
            .collect();
        let steps = STEPS.min((other as f32 * STEPS_PER_UNIT) as usize + 2);
        let mut chances: FxHashMap<u32, Vec<Chance>> = FxHashMap::default();
        for &count in order.iter().flatten() {
            chances
                .entry(count)
                .or_insert_with(|| Chance::by_step(count, other, steps));
        }
        let mut score = Vec::with_capacity(order.len() * steps * LEVELS);
        for counts in order {
            let [_, one, two, three] = alpha[rarity(counts[0], other)];
            let at_least = [one + two + three, two + three, three];
            let chances = counts.map(|count| &chances[&count]);
            for step in 0..steps {
                let chance = chances.map(|by_step| by_step[step]);
                let random = chance.map(|c| c.random);
                let mut true_one = [0.0; 3];
                for l in 0..3 {
                    let missing = 1.0 - at_least[l];
                    true_one[l] = 1.0 - missing * chance[l].unsupported_by_rest;
                }
                for (alpha, chance) in level_shares(true_one).into_iter().zip(level_shares(random)) {
                    score.push((alpha.max(1e-4) / chance.max(1e-4)).ln().clamp(-2.5, 6.0));
                }
            }
        }
        Self { profile, score, steps }
    }

    fn score(&self, t: u32, step: usize, level: u8) -> f32 {
        let step = step.min(self.steps - 1);
        self.score[(self.profile[t as usize] as usize * self.steps + step) * LEVELS + usize::from(level)]
    }
}

/// What chance does for a word that some units support, with text of some length on the other side.
#[derive(Debug, Clone, Copy)]
struct Chance {
    /// The chance that random text of this length supports the word.
    random: f32,
    /// The chance that a true counterpart of this length does not support it by what it has beyond one unit.
    unsupported_by_rest: f32,
}

impl Chance {
    /// The chances for each length step.
    fn by_step(supporters: u32, other: usize, steps: usize) -> Vec<Self> {
        let unsupported = (-chance_share(supporters, other)).ln_1p();
        let chance = |step: usize| {
            let units = (step as f32 + 0.5) / STEPS_PER_UNIT;
            Self {
                random: 1.0 - (units * unsupported).exp(),
                unsupported_by_rest: ((units - 1.0).max(0.0) * unsupported).exp(),
            }
        };
        (0..steps).map(chance).collect()
    }
}

/// The rarity class of a word: how often it is supported by chance. A word without support is rare in any document.
pub(super) fn rarity(supporters: u32, units: usize) -> usize {
    match chance_share(supporters, units) {
        _ if supporters == 0 => 0,
        s if s < 0.012 => 0,
        s if s < 0.05 => 1,
        s if s < 0.2 => 2,
        _ => 3,
    }
}

/// The share of `units` units that support a word by chance, if `supporters` units support it. One of these is probably its
/// true counterpart, which matters in a short document.
fn chance_share(supporters: u32, units: usize) -> f32 {
    ((supporters as f32 - 0.6).max(0.2) / (units as f32 + 1.0)).min(0.95)
}

/// The probability of each level, from the probabilities of at least level 1, 2 and 3.
fn level_shares([one, two, three]: [f32; 3]) -> [f32; LEVELS] {
    [1.0 - one, one - two, two - three, three]
}

/// The length step of the tables for this length, in units of this mean length.
fn length_step(length: f32, mean: f32) -> usize {
    (((length / mean).max(0.3) * STEPS_PER_UNIT) as usize).min(STEPS - 1)
}

/// The groups of lines of an interleaved file: a run of lines in one language with the run in the other that follows it.
pub(super) struct Groups {
    /// For each unit the number of its group.
    pub number: Sides<Vec<u32>>,
    /// How many units of each side a group has.
    pub sizes: Vec<Sides<usize>>,
    /// The language that comes first in each group.
    pub leading: Side,
    /// Whether hardly any group is without one of the languages: then the place decides.
    pub regular: bool,
}

impl Groups {
    /// How many groups lie between a Chinese and an English unit.
    pub fn distance(&self, zh: usize, en: usize) -> u32 {
        self.number.zh[zh].abs_diff(self.number.en[en])
    }

    /// What the place of a bead adds to its score.
    fn score(&self, weights: &Weights, zh: std::ops::Range<usize>, en: std::ops::Range<usize>) -> f32 {
        let first = self.number.zh[zh.start].min(self.number.en[en.start]);
        let last = self.number.zh[zh.end - 1].max(self.number.en[en.end - 1]);
        match last - first {
            0 => {
                let bead = Sides::new(zh.len(), en.len());
                // Several paragraphs after one are its translation.
                let whole = bead == self.sizes[first as usize];
                let split = whole && bead[self.leading] == 1 && bead[self.leading.other()] > 1;
                weights.neighbours
                    + if split && self.regular {
                        weights.split_group
                    } else {
                        0.0
                    }
            }
            n => -(weights.apart * n as f32).min(weights.apart_cap),
        }
    }
}

/// What the words, marks and kinds of a document are worth. All scorers of the same evidence and weights share it. With this,
/// and each chance computed once, aligning the sentences of a pair takes 519 million instructions for 10,000 records instead of 772.
pub(super) struct Worth<'a> {
    pub evidence: &'a Evidence,
    pub weights: &'a Weights,
    words: Sides<Tables>,
    /// The score of each mark, by number of English units, presence in Chinese, presence in English.
    mark_gain: Vec<[[[f32; 2]; 2]; WIDEST + 1]>,
    /// The score of kinds, where they say something.
    kind_gains: Option<KindGains>,
    /// For each Chinese type the English units that support it, with levels.
    supported_in: Vec<Vec<(u32, u8)>>,
}

impl<'a> Worth<'a> {
    pub fn new(evidence: &'a Evidence, weights: &'a Weights) -> Self {
        let (zh, en) = (&evidence.sides.zh, &evidence.sides.en);
        let mut supported_in = vec![Vec::new(); zh.comparable.len()];
        for (j, support) in en.support.iter().enumerate() {
            for &(t, l) in support {
                supported_in[t as usize].push((j as u32, l));
            }
        }
        Self {
            evidence,
            weights,
            words: Sides::new(
                Tables::new(zh, en.units.len(), &weights.zh_alpha),
                Tables::new(en, zh.units.len(), &weights.en_alpha),
            ),
            mark_gain: mark_gains(evidence, weights),
            kind_gains: KindGains::new(evidence),
            supported_in,
        }
    }
}

/// Scores beads row by row: first [`Scorer::start_row`], then [`Scorer::score_cell`] for each column.
pub(super) struct Scorer<'a> {
    worth: &'a Worth<'a>,
    groups: Option<&'a Groups>,
    kinds: usize,
    /// For each number of units of one side the most units of the other side in one bead with them.
    most_en: [usize; WIDEST + 1],
    most_zh: [usize; WIDEST + 1],
    row: Row,
    cell: Cell,
}

/// The Chinese units from `start` on.
#[derive(Default)]
struct Row {
    start: usize,
    columns: usize,
    /// For each English type the levels at which the first 1, 2 … Chinese units support it, two bits each.
    levels: Vec<u32>,
    touched: Vec<u32>,
    /// The distinct Chinese types, and how many of them are in the first 0, 1, 2 … units.
    types: Vec<u32>,
    types_of: [usize; WIDEST + 1],
    slot: Vec<u32>,
    /// Levels of the types' supports by the English units from column `columns` on.
    support: Vec<u8>,
    first_column: usize,
}

#[derive(Default)]
struct Cell {
    stamp: u32,
    seen: Vec<u32>,
    types: Vec<u32>,
    types_of: [usize; WIDEST + 1],
    current: Vec<u8>,
    en_words: [[f32; WIDEST + 1]; WIDEST + 1],
    zh_words: [[f32; WIDEST + 1]; WIDEST + 1],
}

const NO_SLOT: u32 = u32::MAX;

impl<'a> Scorer<'a> {
    /// A scorer for the first `kinds` of [`BEADS`].
    pub fn new(worth: &'a Worth<'a>, groups: Option<&'a Groups>, kinds: usize) -> Self {
        let (zh, en) = (&worth.evidence.sides.zh, &worth.evidence.sides.en);
        let (mut most_en, mut most_zh) = ([0; WIDEST + 1], [0; WIDEST + 1]);
        for &(a, b) in &BEADS[..kinds] {
            let (a, b) = (usize::from(a), usize::from(b));
            most_en[a] = most_en[a].max(b);
            most_zh[b] = most_zh[b].max(a);
        }
        Self {
            worth,
            groups,
            kinds,
            most_en,
            most_zh,
            row: Row {
                levels: vec![0; en.comparable.len()],
                slot: vec![NO_SLOT; zh.comparable.len()],
                ..Row::default()
            },
            cell: Cell {
                seen: vec![0; en.comparable.len()],
                ..Cell::default()
            },
        }
    }

    /// The evidence that is scored.
    pub fn evidence(&self) -> &'a Evidence {
        self.worth.evidence
    }

    /// Prepares for the beads that start with the Chinese unit `start` and an English unit of `columns`.
    pub fn start_row(&mut self, start: usize, columns: std::ops::Range<usize>) {
        let (zh, en) = (&self.worth.evidence.sides.zh, &self.worth.evidence.sides.en);
        let row = &mut self.row;
        for t in row.touched.drain(..) {
            row.levels[t as usize] = 0;
        }
        for t in row.types.drain(..) {
            row.slot[t as usize] = NO_SLOT;
        }
        row.start = start;
        let widest = self.most_en.iter().rposition(|&b| b > 0).unwrap_or(0);
        let reach = widest.min(zh.units.len() - start);
        for a in 1..=reach {
            for &(x, level) in &zh.support[start + a - 1] {
                let levels = &mut row.levels[x as usize];
                if *levels == 0 {
                    row.touched.push(x);
                }
                // With this unit and any number of further units, the level is at least this one.
                for more in a..=reach {
                    let at = 2 * (more - 1);
                    if (*levels >> at & 3) < u32::from(level) {
                        *levels = *levels & !(3 << at) | u32::from(level) << at;
                    }
                }
            }
            for &t in &zh.units[start + a - 1].types {
                if zh.comparable[t as usize] && row.slot[t as usize] == NO_SLOT {
                    row.slot[t as usize] = row.types.len() as u32;
                    row.types.push(t);
                }
            }
            row.types_of[a] = row.types.len();
        }
        for a in reach + 1..=WIDEST {
            row.types_of[a] = row.types.len();
        }
        let end = (columns.end + WIDEST).min(en.units.len());
        row.first_column = columns.start;
        row.columns = end.saturating_sub(columns.start);
        row.support.clear();
        row.support.resize(row.columns * row.types.len(), 0);
        for (slot, &t) in row.types.iter().enumerate() {
            let list = &self.worth.supported_in[t as usize];
            let from = list.partition_point(|&(j, _)| (j as usize) < columns.start);
            for &(j, l) in list[from..].iter().take_while(|&&(j, _)| (j as usize) < end) {
                row.support[(j as usize - columns.start) * row.types.len() + slot] = l;
            }
        }
    }

    /// Scores of the beads that start at the row's Chinese unit and the English unit `column`, by kind;
    /// `NEG_INFINITY` for beads that cross the end of a section.
    pub fn score_cell(&mut self, column: usize, scores: &mut [f32]) {
        self.score_words(column);
        let (zh, en) = (&self.worth.evidence.sides.zh, &self.worth.evidence.sides.en);
        let start = self.row.start;
        for (score, &(a, b)) in scores.iter_mut().zip(&BEADS[..self.kinds]) {
            let (a, b) = (usize::from(a), usize::from(b));
            let spans = |side: &SideEvidence, from: usize, len: usize| {
                side.units[from].section != side.units[from + len - 1].section
            };
            let outside = start + a > zh.units.len() || column + b > en.units.len();
            *score = if outside || spans(zh, start, a) || spans(en, column, b) {
                f32::NEG_INFINITY
            } else {
                let weights = self.worth.weights;
                weights.pairing
                    + weights.en_words * self.cell.en_words[a][b]
                    + weights.zh_words * self.cell.zh_words[a][b]
                    + self.score_shape(start, a, column, b)
            };
        }
    }

    /// The scores of the words of a cell, by kind.
    fn score_words(&mut self, column: usize) {
        let (zh, en) = (&self.worth.evidence.sides.zh, &self.worth.evidence.sides.en);
        let (row, cell) = (&self.row, &mut self.cell);
        cell.stamp += 1;
        cell.types.clear();
        let widest = self.most_zh.iter().rposition(|&a| a > 0).unwrap_or(0);
        let reach = widest.min(en.units.len() - column);
        for b in 1..=reach {
            for &x in &en.units[column + b - 1].types {
                if en.comparable[x as usize] && cell.seen[x as usize] != cell.stamp {
                    cell.seen[x as usize] = cell.stamp;
                    cell.types.push(x);
                }
            }
            cell.types_of[b] = cell.types.len();
        }
        // English words, supported by the first a Chinese units.
        for a in 1..=WIDEST.min(zh.units.len() - row.start) {
            let most = self.most_en[a].min(reach);
            if most == 0 {
                continue;
            }
            let step = length_step(zh.length(row.start, row.start + a), zh.mean_length);
            let mut sum = 0.0;
            let mut from = 0;
            for b in 1..=most {
                for &x in &cell.types[from..cell.types_of[b]] {
                    let level = (row.levels[x as usize] >> (2 * (a - 1)) & 3) as u8;
                    sum += self.worth.words.en.score(x, step, level);
                }
                from = cell.types_of[b];
                cell.en_words[a][b] = sum;
            }
        }
        // Chinese words, supported by the first b English units.
        cell.current.clear();
        cell.current.resize(row.types.len(), 0);
        for b in 1..=reach {
            let at = (column + b - 1 - row.first_column) * row.types.len();
            for (level, &more) in cell.current.iter_mut().zip(&row.support[at..]) {
                *level = (*level).max(more);
            }
            let step = length_step(en.length(column, column + b), en.mean_length);
            let mut sum = 0.0;
            let mut from = 0;
            for a in 1..=self.most_zh[b].min(zh.units.len() - row.start) {
                for slot in from..row.types_of[a] {
                    sum += self.worth.words.zh.score(row.types[slot], step, cell.current[slot]);
                }
                from = row.types_of[a];
                cell.zh_words[a][b] = sum;
            }
        }
    }

    /// The score of length, punctuation, repetition, kinds and place of a bead.
    fn score_shape(&self, start: usize, a: usize, column: usize, b: usize) -> f32 {
        let (zh, en, weights) = (
            &self.worth.evidence.sides.zh,
            &self.worth.evidence.sides.en,
            self.worth.weights,
        );
        let (expected, length) = (zh.length(start, start + a), en.length(column, column + b));
        let mean = f32::midpoint(length, expected).max(1.0);
        let variance = weights.variance * mean + (weights.spread * mean).powi(2);
        let deviation = (length - expected).powi(2) / variance;
        let mut score = -weights.length * (deviation / 2.0).min(weights.length_cap);

        let any = |side: &SideEvidence, from: usize, len: usize| {
            side.units[from..from + len].iter().fold(0, |m, u| m | u.marks)
        };
        let opening: u8 = OPENING_MARKS.iter().map(|k| 1 << k).sum();
        let closing: u8 = CLOSING_MARKS.iter().map(|k| 1 << k).sum();
        let marks = |side: &SideEvidence, from: usize, len: usize| {
            any(side, from, len) & !(opening | closing)
                | side.units[from].marks & opening
                | side.units[from + len - 1].marks & closing
        };
        let (x, y) = (marks(zh, start, a), marks(en, column, b));
        let mut gain = 0.0;
        for (k, gains) in self.worth.mark_gain.iter().enumerate() {
            gain += gains[b][usize::from(x >> k & 1)][usize::from(y >> k & 1)];
        }
        score += weights.marks * gain;

        let repeats = |side: &SideEvidence, from: usize, len: usize| {
            side.units[from..from + len]
                .windows(2)
                .any(|w| w[0].hash == w[1].hash && w[0].length > 8.0)
        };
        if repeats(zh, start, a) != repeats(en, column, b) {
            score -= weights.repetition;
        }
        if let Some(gains) = &self.worth.kind_gains {
            score += gains.score(&zh.units[start..start + a], &en.units[column..column + b]);
        }
        if let Some(groups) = self.groups {
            score += groups.score(weights, start..start + a, column..column + b);
        }
        score
    }
}

/// The tables of [`Worth::mark_gain`].
fn mark_gains(evidence: &Evidence, weights: &Weights) -> Vec<[[[f32; 2]; 2]; WIDEST + 1]> {
    let units = &evidence.sides.en.units;
    (0..MARKS)
        .map(|k| {
            let have = units.iter().filter(|u| u.marks >> k & 1 == 1).count();
            let share = (have as f32 + 0.5) / (units.len() as f32 + 1.0);
            let [without, with, usual] = weights.mark_rates[k];
            let at_ends = OPENING_MARKS.contains(&k) || CLOSING_MARKS.contains(&k);
            let mut gains = [[[0.0; 2]; 2]; WIDEST + 1];
            for (b, gain) in gains.iter_mut().enumerate().skip(1) {
                let chance = if at_ends {
                    share
                } else {
                    1.0 - (1.0 - share).powf(b as f32)
                };
                let rates = [(without * chance / usual).min(0.5), with];
                for (rate, gain) in rates.iter().zip(gain.iter_mut()) {
                    for (y, gain) in gain.iter_mut().enumerate() {
                        let (true_bead, random) = if y == 1 {
                            (*rate, chance)
                        } else {
                            (1.0 - rate, 1.0 - chance)
                        };
                        *gain = (true_bead.max(0.01) / random.max(0.01)).ln();
                    }
                }
            }
            gains
        })
        .collect()
}
