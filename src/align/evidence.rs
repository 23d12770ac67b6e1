//! What the units of both sides have in common: which words of the other side each unit supports, and how strongly.
//!
//! A word of one side is an *event* of its unit. A unit of the other side supports it at a level from 0 (not at all) to
//! 3 (a sure translation, or the same number or Latin word).

mod translations;

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::lexicon::Lexicon;
use super::marks::{chinese_weight, clause_ends, ends, english_weight, marks};
use super::meaning::Meanings;
use super::sounds::Sounds;
use super::tokens::{self, Token};
use super::weights::LEVEL_WORTH;
use super::{Unit, UnitKind};
use crate::text::normalize::collapse_whitespace;
use crate::text::{Side, Sides};
pub(super) use translations::Strongest;
pub(super) use translations::Translations;

/// What the scores need to know of a unit.
#[derive(Debug, Clone, Default)]
pub(super) struct Facts {
    /// The distinct words, as numbers of types, in order of first appearance.
    pub types: Vec<u32>,
    /// All words as numbers of types, in the order of the text.
    pub words: Vec<u32>,
    /// Length in English letters; Chinese characters are converted to letters.
    pub length: f32,
    /// Punctuation marks, one bit each.
    pub marks: u8,
    /// Number of sentences or clauses that end in it, judged by punctuation.
    pub ends: u16,
    /// The section of the text.
    pub section: usize,
    /// What it is in the text.
    pub kind: UnitKind,
    /// Equal for units with the same text up to white space.
    pub hash: u64,
}

/// The end of a clause of a unit.
#[derive(Debug, Clone, Copy)]
pub(super) struct ClauseEnd {
    /// Number of words of the unit up to this end.
    pub words: usize,
    /// Share of its length up to this end.
    pub share: f32,
}

/// The words of one side and their support on the other.
#[derive(Debug, Clone, Default)]
pub(super) struct SideEvidence {
    pub units: Vec<Facts>,
    /// For each unit the types of the *other* side that it supports, in order of type, with levels 1 to 3.
    pub support: Vec<Vec<(u32, u8)>>,
    /// For each unit the ends of its clauses; empty if clauses are not read.
    pub clauses: Vec<Vec<ClauseEnd>>,
    /// For each type of this side whether the other side could support it at all.
    pub comparable: Vec<bool>,
    /// For each type of this side whether it is a word of content: no function word and no single character.
    pub content: Vec<bool>,
    /// For each type of this side whether it is written the same on the other side: a number, a Latin word.
    pub exact: Vec<bool>,
    /// For each type of this side the number of its word or stem in the lexicon.
    pub entries: Vec<Option<u32>>,
    /// For each type of this side how many units of the other side support it at least at level 1, 2 and 3.
    pub supporters: Vec<[u32; 3]>,
    /// Mean length of a unit.
    pub mean_length: f32,
    /// Total length of the units before unit `i`.
    pub length_before: Vec<f32>,
}

impl SideEvidence {
    fn measure_lengths(&mut self) {
        let mut total = 0.0;
        self.length_before = std::iter::once(0.0)
            .chain(self.units.iter().map(|u| {
                total += u.length;
                total
            }))
            .collect();
        self.mean_length = (total / self.units.len().max(1) as f32).max(1.0);
    }

    /// Whether the type shows that a text is translated: a word of content that the other side could support.
    pub fn is_content(&self, t: u32) -> bool {
        self.comparable[t as usize] && self.content[t as usize]
    }

    /// For each type of this side the number of units that have it.
    fn units_with(&self) -> Vec<u32> {
        let mut units = vec![0; self.comparable.len()];
        for &t in self.units.iter().flat_map(|u| &u.types) {
            units[t as usize] += 1;
        }
        units
    }

    /// The distinct words of content of a unit.
    pub fn content_types(&self, unit: usize) -> impl Iterator<Item = u32> {
        self.units[unit].types.iter().copied().filter(|&t| self.is_content(t))
    }

    /// Number of sentences or clauses that end in these units.
    pub fn sentence_ends(&self, units: &Range<usize>) -> usize {
        self.units[units.clone()].iter().map(|u| usize::from(u.ends)).sum()
    }

    /// Length of the units `from..to`, in English letters.
    pub fn length(&self, from: usize, to: usize) -> f32 {
        self.length_before[to] - self.length_before[from]
    }
}

/// A side and the other: units of `own` are compared with units of `other`.
#[derive(Clone, Copy)]
pub(super) struct Facing<'a> {
    pub own: &'a SideEvidence,
    pub other: &'a SideEvidence,
}

impl Facing<'_> {
    /// The worth of the best support of a word of `own` by these units of `other`.
    pub fn support(&self, t: u32, by: Range<usize>) -> f32 {
        let level = |support: &Vec<(u32, u8)>| {
            let at = support.binary_search_by_key(&t, |&(t, _)| t).ok()?;
            Some(support[at].1)
        };
        let best = self.other.support[by].iter().filter_map(level).max();
        best.map_or(0.0, |level| LEVEL_WORTH[usize::from(level)])
    }
}

/// Both sides and the links between their words.
#[derive(Debug, Clone, Default)]
pub(super) struct Evidence {
    pub sides: Sides<SideEvidence>,
    /// The directions of the words of the lexicon, if it has them.
    pub meanings: Option<Meanings>,
    /// For each English type the Chinese types that it may translate, with levels.
    pub links: Vec<Vec<(u32, u8)>>,
    /// The Chinese words, by type, for those types that are words of Han characters.
    pub han_types: Vec<Option<Box<str>>>,
}

/// Letters of English for a character of Chinese in running text, and the weight of this expectation in characters.
const USUAL_RATIO: f32 = 3.9;
const RATIO_INERTIA: f32 = 60.0;

/// A Latin word is an English function word if more than this many times as many English units have it as Chinese ones.
const MOST_MORE: u32 = 2;

/// Whether a stem is a word of content: no function word, and more than three letters long.
pub(super) fn is_content_stem(stem: &str) -> bool {
    stem.len() > 3 && !is_function_word(stem)
}

/// Stems of English function words with more than three letters.
fn is_function_word(stem: &str) -> bool {
    matches!(
        stem,
        "that"
            | "this"
            | "with"
            | "from"
            | "have"
            | "been"
            | "were"
            | "which"
            | "their"
            | "will"
            | "would"
            | "also"
            | "more"
            | "than"
            | "into"
            | "such"
            | "these"
            | "they"
            | "there"
            | "when"
            | "where"
            | "could"
            | "should"
            | "them"
            | "then"
            | "what"
            | "some"
            | "those"
            | "your"
            | "about"
            | "while"
            | "both"
            | "each"
            | "other"
    )
}

impl Evidence {
    /// `side` and the other side.
    pub fn facing(&self, side: Side) -> Facing<'_> {
        let (own, other) = self.sides.as_ref().into_pair(side);
        Facing { own, other }
    }

    pub fn new(zh: &[Unit<'_>], en: &[Unit<'_>], lexicon: Option<&Lexicon>) -> Self {
        Self::read(zh, en, lexicon, false)
    }

    /// The same, with the clauses of the units.
    pub fn with_clauses(zh: &[Unit<'_>], en: &[Unit<'_>], lexicon: Option<&Lexicon>) -> Self {
        Self::read(zh, en, lexicon, true)
    }

    fn read(zh: &[Unit<'_>], en: &[Unit<'_>], lexicon: Option<&Lexicon>, clauses: bool) -> Self {
        let mut this = Self {
            meanings: lexicon.and_then(Lexicon::meanings),
            ..Self::default()
        };
        let mut sounds = Sounds::default();
        let en_types = this.read_english(en, &mut sounds, clauses);
        let zh_types = this.read_chinese(zh, &sounds, &en_types, lexicon, clauses);
        this.support_zh_words();
        this.support_identical(&zh_types, &en_types);
        this.set_zh_lengths(zh);
        this.sides.zh.measure_lengths();
        this.sides.en.measure_lengths();
        this.count_supporters();
        this
    }

    /// Sets the lengths of the Chinese units: Latin letters and digits count as they are, Han characters as the average
    /// number of letters that they have in this text.
    fn set_zh_lengths(&mut self, zh: &[Unit<'_>]) {
        let written: Vec<(f32, f32)> = zh.iter().map(|u| chinese_weight(u.text.trim())).collect();
        let (han, copied) = written
            .iter()
            .fold((0.0, 0.0), |(han, copied), (h, c)| (han + h, copied + c));
        let en: f32 = self.sides.en.units.iter().map(|u| u.length).sum();
        let ratio = ((en - copied).max(0.0) + RATIO_INERTIA * USUAL_RATIO) / (han + RATIO_INERTIA);
        let ratio = ratio.clamp(USUAL_RATIO / 2.0, USUAL_RATIO * 2.0);
        for (unit, (han, copied)) in self.sides.zh.units.iter_mut().zip(written) {
            unit.length = han * ratio + copied;
        }
    }

    fn read_english(&mut self, units: &[Unit<'_>], sounds: &mut Sounds, clauses: bool) -> Types {
        let mut types = Types::default();
        let mut found = Vec::new();
        let mut read = |text: &str, found: &mut Vec<Token>| {
            tokens::english(text, found);
            sounds.english(text, |name| found.push(Token::Sound(name)));
        };
        for unit in units {
            found.clear();
            let length = english_weight(unit.text.trim());
            if clauses {
                let (mut start, mut before) = (0, 0.0);
                let clause = |end| {
                    let text = &unit.text[std::mem::replace(&mut start, end)..end];
                    read(text, &mut found);
                    before += english_weight(text.trim());
                    (found.len(), before)
                };
                self.sides
                    .en
                    .clauses
                    .push(shares_of_clauses(clause_ends(unit.text).map(clause)));
            } else {
                read(unit.text, &mut found);
            }
            found.extend(unit.anchors.iter().map(|&id| Token::Anchor(id)));
            self.sides.en.units.push(types.read_unit(unit, &mut found, length));
        }
        self.links = vec![Vec::new(); types.number.len()];
        self.sides.en.comparable = vec![false; types.number.len()];
        self.sides.en.content = vec![true; types.number.len()];
        self.sides.en.exact = vec![false; types.number.len()];
        self.sides.en.entries = vec![None; types.number.len()];
        for (token, &t) in &types.number {
            self.sides.en.comparable[t as usize] = !matches!(token, Token::Stem(_));
            // “Change” and “Machine” look like names in pinyin, so a missing name in pinyin is no evidence.
            self.sides.en.exact[t as usize] = !matches!(token, Token::Stem(_) | Token::Sound(_));
            if let Token::Stem(stem) = token {
                self.sides.en.content[t as usize] = is_content_stem(stem);
            }
        }
        types
    }

    /// Reads the Chinese units and looks their words up in the lexicon: which English types each unit supports, and which
    /// English types may translate each word.
    fn read_chinese(
        &mut self,
        units: &[Unit<'_>],
        sounds: &Sounds,
        en_types: &Types,
        lexicon: Option<&Lexicon>,
        clauses: bool,
    ) -> Types {
        let mut types = Types::default();
        let mut translations = Translations::new(&en_types.number, lexicon);
        for (stem, t) in translations.known_stems() {
            self.sides.en.comparable[t as usize] = true;
            self.sides.en.entries[t as usize] = Some(stem);
        }
        let (mut placed, mut plain, mut found) = (Vec::new(), Vec::new(), Vec::new());
        for unit in units {
            tokens::chinese(unit.text, &mut plain);
            sounds.chinese(unit.text, |at, name| plain.push((at, Token::Sound(name))));
            placed.extend(plain.drain(..).map(|(at, token)| (at, token, 0..0)));
            for (start, run) in tokens::han_runs(unit.text) {
                translations.segment(run, |at, word, hits| placed.push((start + at, word, hits)));
            }
            placed.sort_by_key(|&(at, ..)| at);
            if clauses {
                let (mut start, mut before) = (0, 0.0);
                let clause = |end| {
                    let (han, copied) = chinese_weight(&unit.text[std::mem::replace(&mut start, end)..end]);
                    before += han * USUAL_RATIO + copied;
                    (placed.partition_point(|&(at, ..)| at < end), before)
                };
                self.sides
                    .zh
                    .clauses
                    .push(shares_of_clauses(clause_ends(unit.text).map(clause)));
            }
            found.extend(placed.iter().map(|(_, token, _)| token.clone()));
            found.extend(unit.anchors.iter().map(|&id| Token::Anchor(id)));
            let facts = types.read_unit(unit, &mut found, 0.0);
            self.han_types.resize(types.number.len(), None);
            self.sides.zh.comparable.resize(types.number.len(), false);
            self.sides.zh.entries.resize(types.number.len(), None);
            for (&t, (_, token, hits)) in facts.words.iter().zip(placed.drain(..)) {
                if self.han_types[t as usize].is_some() {
                    continue;
                }
                let Some(text) = token.han(lexicon) else { continue };
                self.sides.zh.comparable[t as usize] = !hits.is_empty();
                for (x, level) in translations.links_of_word(hits) {
                    self.links[x as usize].push((t, level));
                }
                self.han_types[t as usize] = Some(text);
                if let Token::Word(word) = token {
                    self.sides.zh.entries[t as usize] = Some(word);
                }
            }
            self.sides.zh.units.push(facts);
            self.sides.zh.support.push(translations.supports_of_unit());
        }
        self.sides.zh.content = vec![true; types.number.len()];
        self.sides.zh.exact = vec![true; types.number.len()];
        for (t, word) in self.han_types.iter().enumerate() {
            match word {
                Some(word) => {
                    self.sides.zh.exact[t] = false;
                    self.sides.zh.content[t] = word.chars().nth(1).is_some();
                }
                None => self.sides.zh.comparable[t] = true,
            }
        }
        types
    }

    /// Adds the supports of Chinese words by English units that may translate them.
    fn support_zh_words(&mut self) {
        let mut strongest = Strongest::new(self.han_types.len());
        for unit in &self.sides.en.units {
            for &x in &unit.types {
                for &(t, l) in &self.links[x as usize] {
                    strongest.raise(t, l);
                }
            }
            self.sides.en.support.push(strongest.drain_sorted());
        }
    }

    /// Adds the supports of tokens that are the same on both sides: Latin words, numbers, months, anchors.
    fn support_identical(&mut self, zh_types: &Types, en_types: &Types) {
        let mut zh_of_en = FxHashMap::default();
        let mut en_of_zh = FxHashMap::default();
        let [zh_units, en_units] = [&self.sides.zh, &self.sides.en].map(SideEvidence::units_with);
        for (token, &z) in &zh_types.number {
            if let Some(&e) = en_types.number.get(token) {
                let level = match token {
                    // Small numbers are common, and words for them have other meanings as well.
                    Token::Number(key) if *key <= 10_000 => 2,
                    _ => 3,
                };
                self.sides.en.exact[e as usize] = true;
                // A short word such as `str` is no function word if the Chinese has it nearly as often.
                if en_units[e as usize] <= MOST_MORE * zh_units[z as usize] {
                    self.sides.en.content[e as usize] = true;
                }
                self.links[e as usize].push((z, level));
                zh_of_en.insert(e, (z, level));
                en_of_zh.insert(z, (e, level));
                self.sides.en.comparable[e as usize] = true;
                self.sides.zh.comparable[z as usize] = true;
            }
        }
        for (side, map) in [(&mut self.sides.zh, &en_of_zh), (&mut self.sides.en, &zh_of_en)] {
            for (unit, support) in side.units.iter().zip(&mut side.support) {
                let same = unit.types.iter().filter_map(|t| map.get(t).copied());
                merge_supports(support, same);
            }
        }
    }

    /// Counts the supporters of each type. Call this when supports have changed.
    pub fn count_supporters(&mut self) {
        let count = |types: usize, support: &[Vec<(u32, u8)>]| {
            let mut counts = vec![[0; 3]; types];
            for &(t, l) in support.iter().flatten() {
                for c in &mut counts[t as usize][..usize::from(l)] {
                    *c += 1;
                }
            }
            counts
        };
        self.sides.en.supporters = count(self.sides.en.comparable.len(), &self.sides.zh.support);
        self.sides.zh.supporters = count(self.sides.zh.comparable.len(), &self.sides.en.support);
    }
}

/// The ends of clauses, from the number of words and the length up to each.
fn shares_of_clauses(clauses: impl Iterator<Item = (usize, f32)>) -> Vec<ClauseEnd> {
    let clauses: Vec<(usize, f32)> = clauses.collect();
    let total = clauses.last().map_or(0.0, |&(_, length)| length).max(1.0);
    let end = |(words, length)| ClauseEnd {
        words,
        share: length / total,
    };
    clauses.into_iter().map(end).collect()
}

/// Numbers of the tokens of one side.
#[derive(Default)]
struct Types {
    number: FxHashMap<Token, u32>,
    /// For each type the number of the last unit that had it, from 1.
    last: Vec<u32>,
    units: u32,
}

impl Types {
    fn read_unit(&mut self, unit: &Unit<'_>, tokens: &mut Vec<Token>, length: f32) -> Facts {
        self.units += 1;
        self.number.reserve(tokens.len());
        let mut types: Vec<u32> = Vec::with_capacity(tokens.len());
        let mut words: Vec<u32> = Vec::with_capacity(tokens.len());
        for token in tokens.drain(..) {
            let next = self.number.len() as u32;
            let t = *self.number.entry(token).or_insert(next);
            if t == next {
                self.last.push(0);
            }
            words.push(t);
            if std::mem::replace(&mut self.last[t as usize], self.units) != self.units {
                types.push(t);
            }
        }
        Facts {
            types,
            words,
            length,
            marks: marks(unit.text),
            ends: ends(unit.text),
            section: unit.section,
            kind: unit.kind,
            hash: xxhash_rust::xxh3::xxh3_64(collapse_whitespace(unit.text).as_bytes()),
        }
    }
}

/// Adds supports to a sorted list. Each type keeps its highest level.
pub(super) fn merge_supports(support: &mut Vec<(u32, u8)>, more: impl IntoIterator<Item = (u32, u8)>) {
    let before = support.len();
    let more = more.into_iter();
    // Twice the room, which a list takes to grow, would be a sixth of the memory for a book.
    support.reserve_exact(more.size_hint().0);
    support.extend(more);
    if support.len() > before {
        support.sort_unstable_by_key(|&(t, l)| (t, std::cmp::Reverse(l)));
        support.dedup_by_key(|&mut (t, _)| t);
    }
}

#[cfg(test)]
mod tests;
