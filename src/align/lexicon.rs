//! The bilingual lexicon: sorted tables in one block of bytes, read in place, so that loading costs nothing.
//!
//! `glossary/lexicon/README.md` describes the sections; `glossary/lexicon/build.py` writes them.

use std::borrow::Cow;
use std::hash::BuildHasher;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use rustc_hash::{FxBuildHasher, FxHashMap};

use super::meaning::Meanings;
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
    /// For each character of [`TABLED`] and the one after it, the number of the first beginning with it; then for each its
    /// simplified form.
    characters: Section,
    /// The second character of each beginning, 0 where the word has only one. A beginning is the first two characters of
    /// words; they are in the order of the words.
    seconds: Section,
    /// The number of the first word with each beginning, and of all words.
    starts: Section,
    /// Pairs of a traditional and a simplified character that are not in [`TABLED`].
    folds: Section,
    /// The directions of its words, which only the lexicon in the binary has.
    meanings: Option<Meanings>,
    /// The stems by their hashes, made on first use. Of two stems with one hash the table has the first.
    stem_numbers: OnceLock<FxHashMap<u64, u32>>,
}

/// The characters that have an entry in [`Lexicon::characters`]; others are searched for in the sections.
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
            Arc::new(Self {
                meanings: Some(Meanings::embedded()),
                ..Self::read(bytes).expect("internal error: the embedded lexicon is damaged")
            })
        })
    }

    /// A lexicon from the bytes of a file that `glossary/lexicon/build.py` wrote.
    pub fn from_bytes(bytes: Vec<u8>) -> Result<Self, LexiconError> {
        let lexicon = Self::read(Cow::Owned(bytes))?;
        lexicon.verify()?;
        Ok(lexicon)
    }

    fn read(bytes: Cow<'static, [u8]>) -> Result<Self, LexiconError> {
        let sections = sections(&bytes, b"LEX2").map_err(|error| match error {
            TableError::Kind => LexiconError::Kind,
            TableError::Length => LexiconError::Damaged("its length is not what the header says"),
        })?;
        let [
            word_offsets,
            word_text,
            stem_offsets,
            stem_text,
            firsts,
            links,
            characters,
            seconds,
            starts,
            folds,
        ] = sections;
        let words = Strings::new(word_offsets, word_text);
        if firsts.count() != words.count + 1 {
            return Err(LexiconError::Damaged("the tables do not have the same number of words"));
        }
        if characters.count() != 2 * TABLED.len() + 1 || starts.count() != seconds.count() + 1 {
            return Err(LexiconError::Damaged(
                "the tables do not have the same number of beginnings",
            ));
        }
        Ok(Self {
            bytes,
            words,
            stems: Strings::new(stem_offsets, stem_text),
            firsts,
            links,
            characters,
            seconds,
            starts,
            folds,
            meanings: None,
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
        self.verify_beginnings()
    }

    /// Checks that the beginnings are those of the words.
    fn verify_beginnings(&self) -> Result<(), LexiconError> {
        let mut beginnings = 0;
        let mut last = (None, None);
        for i in 0..self.words.count {
            let mut chars = self.word_text(i as u32).chars();
            let beginning = (chars.next(), chars.next());
            if beginning == last {
                continue;
            }
            let second = beginning.1.map_or(0, |c| c as usize);
            let is_of_character = beginning
                .0
                .and_then(|c| self.beginnings(c))
                .is_none_or(|of| of.contains(&beginnings));
            let is_listed = self.seconds.number(&self.bytes, beginnings) == Some(second);
            if !is_listed || !is_of_character || self.starts.number(&self.bytes, beginnings) != Some(i) {
                return Err(LexiconError::Damaged("beginnings out of order"));
            }
            beginnings += 1;
            last = beginning;
        }
        let is_end = self.starts.number(&self.bytes, beginnings) == Some(self.words.count);
        if is_end && beginnings == self.seconds.count() {
            Ok(())
        } else {
            Err(LexiconError::Damaged("beginnings out of order"))
        }
    }

    /// How many Chinese words it has.
    pub fn words(&self) -> usize {
        self.words.count
    }

    /// The directions of its words, if it has them.
    pub(super) fn meanings(&self) -> Option<Meanings> {
        self.meanings
    }

    /// Whether an English stem translates any of the words.
    pub fn has_english(&self, stem: &str) -> bool {
        self.stem(stem).is_some()
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
        let mut beginnings = None;
        for (n, (at, c)) in text.char_indices().enumerate() {
            if n == MAX_WORD {
                break;
            }
            let end = at + c.len_utf8();
            let prefix = &text.as_bytes()[..end];
            let known = match (n, &beginnings) {
                (0, _) => {
                    beginnings = self.beginnings(c);
                    beginnings.as_ref().map(|found| self.words_of(found.clone()))
                }
                (1, Some(of_character)) => Some(self.words_of(self.with_second(c, of_character.clone()))),
                _ => None,
            };
            within = known.unwrap_or_else(|| self.words.beginning_with(&self.bytes, prefix, within.clone()));
            if within.is_empty() {
                break;
            }
            if self.words.get(&self.bytes, within.start) == prefix {
                found(end, within.start as u32);
            }
        }
    }

    /// The numbers of the beginnings with this first character; `None` where the table does not have the character.
    fn beginnings(&self, c: char) -> Option<Range<usize>> {
        let at = tabled(c)?;
        let number = |at| self.characters.number(&self.bytes, at);
        Some(number(at)?..number(at + 1)?)
    }

    /// The beginning with this second character, of those with one first character; an empty range where there is none.
    fn with_second(&self, c: char, within: Range<usize>) -> Range<usize> {
        let seconds = self.seconds.numbers(&self.bytes, within.clone());
        match seconds.binary_search_by_key(&(c as u32), |&second| u32::from_le_bytes(second)) {
            Ok(i) => within.start + i..within.start + i + 1,
            Err(_) => within.start..within.start,
        }
    }

    /// The words with these beginnings.
    fn words_of(&self, beginnings: Range<usize>) -> Range<usize> {
        let first = |beginning| self.starts.number(&self.bytes, beginning).unwrap_or(0);
        first(beginnings.start)..first(beginnings.end)
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
        self.links.numbers(&self.bytes, range).iter().map(|&four| {
            let packed = u32::from_le_bytes(four);
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
        if let Some(at) = tabled(c) {
            let folded = self.characters.number(&self.bytes, TABLED.len() + 1 + at);
            return folded.and_then(|code| char::from_u32(code as u32)).unwrap_or(c);
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

/// The place of a character in [`TABLED`].
fn tabled(c: char) -> Option<usize> {
    TABLED.contains(&(c as u32)).then(|| (c as u32 - TABLED.start) as usize)
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
