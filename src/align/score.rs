//! What it is worth to put units side by side.
//!
//! A bead scores as naive Bayes would have it: for every word the logarithm of how likely its support is in a true bead
//! over how likely it is in random text of that length (taken from the document itself); to which length and
//! punctuation are added. See `docs/architecture.md` for where the weights come from.

use rustc_hash::FxHashMap;

use super::evidence::{Evidence, SideEvidence};
use super::marks::{CLOSING_MARKS, MARKS, OPENING_MARKS};
use super::weights::{BEADS, LEVELS, WIDEST, Weights};

/// Steps of bead length (in mean units) for which the tables are made, and steps for one unit.
const STEPS: usize = 32;
const STEPS_PER_UNIT: f32 = 5.0;

/// Score of a word at a level of support, by profile of the word, length of the bead on the other side, level.
struct Tables {
    profile: Vec<u32>,
    score: Vec<f32>,
    /// Number of steps: no bead is longer than the whole other side.
    steps: usize,
}

impl Tables {
    /// `side`: the words' own side; `other`: number of units on the other.
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
        let mut score = Vec::with_capacity(order.len() * steps * LEVELS);
        for counts in order {
            let unsupported = counts.map(|c| (-share(c, other)).ln_1p());
            let [_, one, two, three] = alpha[rarity(counts[0], other)];
            let at_least = [one + two + three, two + three, three];
            for step in 0..steps {
                let units = (step as f32 + 0.5) / STEPS_PER_UNIT;
                // Chance that random text of this length supports the word at this level or higher; and that the true
                // counterpart does, of which what is longer than a unit supports it by chance as well.
                let random = unsupported.map(|log| 1.0 - (units * log).exp());
                let longer = (units - 1.0).max(0.0);
                let mut true_one = [0.0; 3];
                for l in 0..3 {
                    let missing = 1.0 - at_least[l];
                    true_one[l] = 1.0 - missing * (longer * unsupported[l]).exp();
                }
                for (alpha, chance) in levels(true_one).into_iter().zip(levels(random)) {
                    score.push((alpha.max(1e-4) / chance.max(1e-4)).ln().clamp(-2.5, 6.0));
                }
            }
        }
        Self { profile, score, steps }
    }

    fn at(&self, t: u32, step: usize, level: u8) -> f32 {
        let step = step.min(self.steps - 1);
        self.score[(self.profile[t as usize] as usize * self.steps + step) * LEVELS + usize::from(level)]
    }
}

/// The rarity class of a word: how often chance supports it. A word that nothing supports is rare in a document of any
/// length.
pub(super) fn rarity(supporters: u32, units: usize) -> usize {
    match share(supporters, units) {
        _ if supporters == 0 => 0,
        s if s < 0.012 => 0,
        s if s < 0.05 => 1,
        s if s < 0.2 => 2,
        _ => 3,
    }
}

/// The share of `units` other units that support a word by chance, where `supporters` do in all: one of these should be
/// the word's true counterpart, which is no chance. In a short document that makes the difference.
fn share(supporters: u32, units: usize) -> f32 {
    ((supporters as f32 - 0.6).max(0.2) / (units as f32 + 1.0)).min(0.95)
}

/// The probability of each level from those of each level or a higher one.
fn levels([one, two, three]: [f32; 3]) -> [f32; LEVELS] {
    [1.0 - one, one - two, two - three, three]
}

fn step(length: f32, mean: f32) -> usize {
    (((length / mean).max(0.3) * STEPS_PER_UNIT) as usize).min(STEPS - 1)
}

/// Where the units of an interleaved file stand: the number of the group of lines that each belongs to.
#[derive(Debug, Clone)]
pub(super) struct Groups {
    pub zh: Vec<u32>,
    pub en: Vec<u32>,
}

/// Scores beads row by row: first [`Scorer::row`], then [`Scorer::cell`] for each column.
pub(super) struct Scorer<'a> {
    evidence: &'a Evidence,
    weights: &'a Weights,
    groups: Option<&'a Groups>,
    kinds: usize,
    zh_tables: Tables,
    en_tables: Tables,
    /// For each mark and number of English units: gain where Chinese lacks it or has it, English lacks it or has it.
    mark_gain: Vec<[[[f32; 2]; 2]; WIDEST + 1]>,
    /// For each Chinese type the English units that support it, with levels.
    supported_in: Vec<Vec<(u32, u8)>>,
    /// For each number of units of one side the most units of the other that some kind of bead joins with it.
    most_en: [usize; WIDEST + 1],
    most_zh: [usize; WIDEST + 1],
    row: Row,
    cell: Cell,
}

/// What is known of the Chinese units from `start` on.
#[derive(Default)]
struct Row {
    start: usize,
    columns: usize,
    /// Two bits for each number of Chinese units: the level at which they support an English type.
    levels: Vec<u32>,
    touched: Vec<u32>,
    /// The distinct Chinese types, and how many of them the first 0, 1, 2 … units have.
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
    pub fn new(evidence: &'a Evidence, weights: &'a Weights, groups: Option<&'a Groups>, kinds: usize) -> Self {
        let (zh, en) = (&evidence.zh, &evidence.en);
        let mut supported_in = vec![Vec::new(); zh.comparable.len()];
        for (j, support) in en.support.iter().enumerate() {
            for &(t, l) in support {
                supported_in[t as usize].push((j as u32, l));
            }
        }
        let (mut most_en, mut most_zh) = ([0; WIDEST + 1], [0; WIDEST + 1]);
        for &(a, b) in &BEADS[..kinds] {
            let (a, b) = (usize::from(a), usize::from(b));
            most_en[a] = most_en[a].max(b);
            most_zh[b] = most_zh[b].max(a);
        }
        Self {
            evidence,
            weights,
            groups,
            kinds,
            zh_tables: Tables::new(zh, en.units.len(), &weights.zh_alpha),
            en_tables: Tables::new(en, zh.units.len(), &weights.en_alpha),
            mark_gain: mark_gains(evidence, weights),
            supported_in,
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

    /// What is scored.
    pub fn evidence(&self) -> &'a Evidence {
        self.evidence
    }

    /// Turns to the beads that begin with the Chinese unit `start` and an English unit of `columns`.
    pub fn row(&mut self, start: usize, columns: std::ops::Range<usize>) {
        let (zh, en) = (&self.evidence.zh, &self.evidence.en);
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
                // With this unit and however many more, the level is at least this one.
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
            let list = &self.supported_in[t as usize];
            let from = list.partition_point(|&(j, _)| (j as usize) < columns.start);
            for &(j, l) in list[from..].iter().take_while(|&&(j, _)| (j as usize) < end) {
                row.support[(j as usize - columns.start) * row.types.len() + slot] = l;
            }
        }
    }

    /// Scores of the beads that begin at the row's Chinese unit and the English unit `column`, by kind;
    /// `NEG_INFINITY` for beads that go past the end of a section.
    pub fn cell(&mut self, column: usize, scores: &mut [f32]) {
        self.words(column);
        let (zh, en) = (&self.evidence.zh, &self.evidence.en);
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
                let weights = self.weights;
                weights.pairing
                    + weights.en_words * self.cell.en_words[a][b]
                    + weights.zh_words * self.cell.zh_words[a][b]
                    + self.shape(start, a, column, b)
            };
        }
    }

    /// The words' part of the scores of a cell.
    fn words(&mut self, column: usize) {
        let (zh, en) = (&self.evidence.zh, &self.evidence.en);
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
            let step = step(zh.length(row.start, row.start + a), zh.mean_length);
            let mut sum = 0.0;
            let mut from = 0;
            for b in 1..=most {
                for &x in &cell.types[from..cell.types_of[b]] {
                    let level = (row.levels[x as usize] >> (2 * (a - 1)) & 3) as u8;
                    sum += self.en_tables.at(x, step, level);
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
            let step = step(en.length(column, column + b), en.mean_length);
            let mut sum = 0.0;
            let mut from = 0;
            for a in 1..=self.most_zh[b].min(zh.units.len() - row.start) {
                for slot in from..row.types_of[a] {
                    sum += self.zh_tables.at(row.types[slot], step, cell.current[slot]);
                }
                from = row.types_of[a];
                cell.zh_words[a][b] = sum;
            }
        }
    }

    /// Length, punctuation, repetition and place of a bead.
    fn shape(&self, start: usize, a: usize, column: usize, b: usize) -> f32 {
        let (zh, en, weights) = (&self.evidence.zh, &self.evidence.en, self.weights);
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
        for (k, gains) in self.mark_gain.iter().enumerate() {
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
        if let Some(groups) = self.groups {
            let first = groups.zh[start].min(groups.en[column]);
            let last = groups.zh[start + a - 1].max(groups.en[column + b - 1]);
            score += match last - first {
                0 => weights.neighbours,
                n => -(weights.apart * n as f32).min(weights.apart_cap),
            };
        }
        score
    }
}

fn mark_gains(evidence: &Evidence, weights: &Weights) -> Vec<[[[f32; 2]; 2]; WIDEST + 1]> {
    let units = &evidence.en.units;
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
