//! The bilingual lexicon: sorted tables in one block of bytes, read in place, so that loading costs nothing.
//!
//! `glossary/lexicon/README.md` describes the sections; `glossary/lexicon/build.py` writes them.

use std::borrow::Cow;
use std::hash::BuildHasher;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::text::table::{Section, Strings, TableError, sections};

/// The longest Chinese word that is looked up, in characters.
const MAX_WORD: usize = 6;

/// Chinese words with the stems of their English translations, each with a weight.
#[derive(Clone)]
pub struct Lexicon {
    bytes: Cow<'static, [u8]>,
    words: Strings,
    stems: Strings,
    /// The number of the first link of each word, and of all links.
    firsts: Section,
    /// For each link, its stem and its weight.
    links: Section,
    /// Pairs of a traditional and a simplified character.
    folds: Section,
    /// Made on first use: many texts never need it.
    beginnings: OnceLock<Beginnings>,
    /// The stems by their hashes, made on first use. Of two stems with one hash the table has the first.
    stem_numbers: OnceLock<FxHashMap<u64, u32>>,
}

/// The ranges of the words that begin alike.
#[derive(Clone)]
struct Beginnings {
    /// For each character of [`TABLED`].
    first: Vec<First>,
    /// The range of the words that begin with two characters.
    two: FxHashMap<(char, char), (u32, u32)>,
}

/// A character that may begin a word.
#[derive(Clone, Copy)]
struct First {
    /// The character in simplified form.
    folded: char,
    /// The words that begin with it.
    words: (u32, u32),
}

/// The characters that have an entry in [`Beginnings::first`]; others are searched for in the sections.
const TABLED: Range<u32> = 0x4e00..0xa000;

/// Why a file is not a lexicon.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum LexiconError {
    /// The file is not a lexicon, or one of another version.
    #[error("not a bilint lexicon (build one with glossary/lexicon/build.py)")]
    Kind,
    /// The tables contradict themselves or go past the end of the file.
    #[error("the lexicon is damaged: {0}")]
    Damaged(&'static str),
}

/// A translation of a Chinese word: the number of an English stem, and how likely it is, 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Link {
    pub stem: u32,
    pub weight: f32,
}

impl Lexicon {
    /// The lexicon in the binary, derived from CC-CEDICT.
    ///
    /// # Panics
    /// Never: a test reads the embedded file.
    pub fn embedded() -> &'static Arc<Self> {
        static LEXICON: OnceLock<Arc<Lexicon>> = OnceLock::new();
        LEXICON.get_or_init(|| {
            let bytes = Cow::Borrowed(include_bytes!("../../glossary/lexicon/cedict.lex").as_slice());
            Arc::new(Self::read(bytes).expect("internal error: the embedded lexicon is damaged"))
        })
    }

    /// A lexicon from the bytes of a file that `glossary/lexicon/build.py` wrote.
    pub fn from_bytes(bytes: Vec<u8>) -> Result<Self, LexiconError> {
        let lexicon = Self::read(Cow::Owned(bytes))?;
        lexicon.verify()?;
        Ok(lexicon)
    }

    fn read(bytes: Cow<'static, [u8]>) -> Result<Self, LexiconError> {
        let sections = sections(&bytes, b"LEX1").map_err(|error| match error {
            TableError::Kind => LexiconError::Kind,
            TableError::Length => LexiconError::Damaged("its length is not what the header says"),
        })?;
        let [word_offsets, word_text, stem_offsets, stem_text, firsts, links, folds] = sections;
        let words = Strings::new(word_offsets, word_text);
        if firsts.count() != words.count + 1 {
            return Err(LexiconError::Damaged("the tables do not have the same number of words"));
        }
        Ok(Self {
            bytes,
            words,
            stems: Strings::new(stem_offsets, stem_text),
            firsts,
            links,
            folds,
            beginnings: OnceLock::new(),
            stem_numbers: OnceLock::new(),
        })
    }

    /// Checks that every table is in order, which look-ups require.
    fn verify(&self) -> Result<(), LexiconError> {
        for (strings, what) in [(self.words, "words out of order"), (self.stems, "stems out of order")] {
            let mut last: &[u8] = b"";
            for i in 0..strings.count {
                let s = strings.get(&self.bytes, i);
                if std::str::from_utf8(s).is_err() || (i > 0 && s <= last) || s.is_empty() {
                    return Err(LexiconError::Damaged(what));
                }
                last = s;
            }
        }
        let mut last = 0;
        for word in 0..self.words.count {
            let links = self.link_range(word as u32);
            if links.start != last || links.end < links.start {
                return Err(LexiconError::Damaged("links out of order"));
            }
            last = links.end;
            if self.links(word as u32).any(|l| l.stem as usize >= self.stems.count) {
                return Err(LexiconError::Damaged("a link leads nowhere"));
            }
        }
        if last != self.links.count() {
            return Err(LexiconError::Damaged("links out of order"));
        }
        Ok(())
    }

    /// How many Chinese words it has.
    pub fn words(&self) -> usize {
        self.words.count
    }

    /// The number of an English stem.
    pub(crate) fn stem(&self, stem: &str) -> Option<u32> {
        let numbers = self.stem_numbers.get_or_init(|| {
            let mut numbers = FxHashMap::with_capacity_and_hasher(self.stems.count, FxBuildHasher);
            for i in 0..self.stems.count {
                numbers.entry(hash(self.stems.get(&self.bytes, i))).or_insert(i as u32);
            }
            numbers
        });
        let number = *numbers.get(&hash(stem.as_bytes()))?;
        if self.stems.get(&self.bytes, number as usize) == stem.as_bytes() {
            return Some(number);
        }
        let number = self.stems.find(&self.bytes, stem.as_bytes(), 0..self.stems.count);
        number.map(|number| number as u32)
    }

    /// Calls `found(bytes, word)` for every word that `text` begins with, shortest first. `text` must be folded (see
    /// [`Self::fold`]).
    pub(crate) fn prefixes(&self, text: &str, mut found: impl FnMut(usize, u32)) {
        let mut within = 0..self.words.count;
        let mut before = '\0';
        for (n, (at, c)) in text.char_indices().enumerate() {
            if n == MAX_WORD {
                break;
            }
            let end = at + c.len_utf8();
            let prefix = &text.as_bytes()[..end];
            let known = match n {
                0 => self.first(c).map(|first| first.words),
                1 => self.beginnings().two.get(&(before, c)).copied().or(Some((0, 0))),
                _ => None,
            };
            before = c;
            within = known.map_or_else(
                || self.words.beginning_with(&self.bytes, prefix, within.clone()),
                |(start, stop)| start as usize..stop as usize,
            );
            if within.is_empty() {
                break;
            }
            if self.words.get(&self.bytes, within.start) == prefix {
                found(end, within.start as u32);
            }
        }
    }

    fn first(&self, c: char) -> Option<First> {
        let at = (c as u32).checked_sub(TABLED.start)? as usize;
        self.beginnings().first.get(at).copied()
    }

    fn beginnings(&self) -> &Beginnings {
        self.beginnings.get_or_init(|| self.list_beginnings())
    }

    /// Reads the sorted words once. The time counts: it is a part of the start on a text of one page.
    fn list_beginnings(&self) -> Beginnings {
        let mut two = FxHashMap::with_capacity_and_hasher(self.words.count / 2, FxBuildHasher);
        let mut firsts: Vec<First> = TABLED
            .filter_map(char::from_u32)
            .map(|c| First {
                folded: c,
                words: (0, 0),
            })
            .collect();
        let at = |c: char| (c as u32).checked_sub(TABLED.start).map(|at| at as usize);
        let mut note = |beginning: &[u8], words: (u32, u32)| {
            let mut chars = std::str::from_utf8(beginning).unwrap_or_default().chars();
            let Some(c) = chars.next() else { return };
            if let Some(second) = chars.next() {
                two.insert((c, second), words);
            }
            if let Some(first) = at(c).and_then(|at| firsts.get_mut(at)) {
                if first.words.1 == 0 {
                    first.words.0 = words.0;
                }
                first.words.1 = words.1;
            }
        };
        let (mut beginning, mut start) = (&b""[..], 0);
        for (word, text) in self.words.all(&self.bytes).enumerate() {
            let begins = two_characters(text);
            if begins != beginning {
                note(beginning, (start, word as u32));
                (beginning, start) = (begins, word as u32);
            }
        }
        note(beginning, (start, self.words.count as u32));
        for i in 0..self.folds.count() / 2 {
            let [from, to] = [0, 1].map(|k| self.folds.number(&self.bytes, 2 * i + k).unwrap_or(0) as u32);
            if let (Some(from), Some(to)) = (char::from_u32(from).and_then(at), char::from_u32(to))
                && let Some(first) = firsts.get_mut(from)
            {
                first.folded = to;
            }
        }
        Beginnings { first: firsts, two }
    }

    fn link_range(&self, word: u32) -> Range<usize> {
        let first = |word: usize| self.firsts.number(&self.bytes, word).unwrap_or(0);
        first(word as usize)..first(word as usize + 1)
    }

    /// The translations of a word.
    pub(crate) fn links(&self, word: u32) -> impl Iterator<Item = Link> {
        self.links_within(self.link_range(word))
    }

    fn links_within(&self, range: Range<usize>) -> impl Iterator<Item = Link> {
        let table = self
            .bytes
            .get(self.links.start + 4 * range.start..self.links.start + 4 * range.end);
        table.unwrap_or_default().chunks_exact(4).map(|four| {
            let packed = u32::from_le_bytes([four[0], four[1], four[2], four[3]]);
            Link {
                stem: packed >> 8,
                weight: (packed & 0xff) as f32 / 255.0,
            }
        })
    }

    /// The text of a Chinese word.
    pub(crate) fn word_text(&self, word: u32) -> &str {
        std::str::from_utf8(self.words.get(&self.bytes, word as usize)).unwrap_or_default()
    }

    /// The text of an English stem.
    pub(crate) fn stem_text(&self, stem: u32) -> &str {
        std::str::from_utf8(self.stems.get(&self.bytes, stem as usize)).unwrap_or_default()
    }

    /// A traditional character as the lexicon writes it, in simplified form; any other as it is.
    pub(crate) fn fold(&self, c: char) -> char {
        if let Some(first) = self.first(c) {
            return first.folded;
        }
        let character = |i: usize| self.folds.number(&self.bytes, i).unwrap_or(0);
        let pairs = self.folds.count() / 2;
        let (mut from, mut to) = (0, pairs);
        while from < to {
            let middle = usize::midpoint(from, to);
            if character(2 * middle) < c as usize {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        if from == pairs || character(2 * from) != c as usize {
            return c;
        }
        char::from_u32(character(2 * from + 1) as u32).unwrap_or(c)
    }
}

impl std::fmt::Debug for Lexicon {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Lexicon")
            .field("words", &self.words.count)
            .field("stems", &self.stems.count)
            .finish_non_exhaustive()
    }
}

/// The first two characters of a text in UTF-8, or the one that it has.
fn two_characters(text: &[u8]) -> &[u8] {
    // Nearly all characters of Chinese words take three bytes.
    if let [0xe0..=0xef, _, _, 0xe0..=0xef, ..] = text {
        return text.get(..6).unwrap_or(text);
    }
    let is_first = |b: &u8| *b & 0xc0 != 0x80;
    let third = text.iter().enumerate().filter(|(_, b)| is_first(b)).nth(2);
    &text[..third.map_or(text.len(), |(at, _)| at)]
}

fn hash(string: &[u8]) -> u64 {
    FxBuildHasher.hash_one(string)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn embedded_tables_are_in_order() {
        let lexicon = Lexicon::embedded();
        assert_eq!(lexicon.verify(), Ok(()));
        assert!(lexicon.words() > 15_000);
    }

    #[test]
    fn prefixes_find_every_word_at_a_place() {
        let lexicon = Lexicon::embedded();
        let mut found = Vec::new();
        lexicon.prefixes("中国人民", |end, word| {
            let stems: Vec<_> = lexicon.links(word).map(|l| l.stem).collect();
            found.push((end / 3, stems.contains(&lexicon.stem("china").unwrap())));
        });
        assert!(found.contains(&(2, true)), "{found:?}");
        assert!(found.len() >= 2, "{found:?}");
    }

    #[test]
    fn fold_turns_traditional_into_simplified() {
        let lexicon = Lexicon::embedded();
        let folded: String = "開放科學".chars().map(|c| lexicon.fold(c)).collect();
        assert_eq!(folded, "开放科学");
    }

    #[test]
    fn damaged_files_are_refused() {
        assert_eq!(Lexicon::from_bytes(b"hello".to_vec()).unwrap_err(), LexiconError::Kind);
        let good = include_bytes!("../../glossary/lexicon/cedict.lex");
        assert!(Lexicon::from_bytes(good[..good.len() - 1].to_vec()).is_err());
        let mut swapped = good.to_vec();
        swapped.swap(48, 52);
        assert!(Lexicon::from_bytes(swapped).is_err());
    }
}
