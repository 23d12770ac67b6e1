//! The bilingual glossary: concepts with their Chinese and English names, and finding those names in text.

mod concept;
pub mod english;
pub mod load;
pub mod near;
pub mod scan;
pub mod terms;

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

pub use concept::{Concept, Kind, Name, Place, Status};
pub use load::{GlossaryError, Loaded, load_files, shipped};

use crate::language::en::token;
use english::EnglishName;
use scan::Scanner;

/// A glossary, ready to be looked up in. What a look-up needs is prepared when the first one asks.
#[derive(Debug, Default)]
pub struct Glossary {
    concepts: Vec<Concept>,
    scanner: OnceLock<Scanner>,
    english: Vec<OnceLock<Vec<EnglishName>>>,
    by_first_word: OnceLock<HashMap<u64, Vec<usize>>>,
    official: OnceLock<HashSet<u32>>,
}

impl Glossary {
    /// A glossary of these concepts.
    pub fn new(concepts: Vec<Concept>) -> Self {
        let english = concepts.iter().map(|_| OnceLock::new()).collect();
        Self {
            concepts,
            scanner: OnceLock::new(),
            english,
            by_first_word: OnceLock::new(),
            official: OnceLock::new(),
        }
    }

    /// The concepts, in the order of the files they came from. A concept's number is its place here.
    pub fn concepts(&self) -> &[Concept] {
        &self.concepts
    }

    /// The index of all Chinese names.
    pub fn scanner(&self) -> &Scanner {
        self.scanner.get_or_init(|| {
            Scanner::new(self.concepts.iter().enumerate().flat_map(|(c, concept)| {
                concept
                    .zh
                    .iter()
                    .enumerate()
                    .map(move |(n, name)| (c, n, name.text.as_str()))
            }))
        })
    }

    /// The English names of a concept, acronym included, ready for comparison.
    pub fn english(&self, concept: usize) -> &[EnglishName] {
        self.english[concept].get_or_init(|| english::compile(&self.concepts[concept]))
    }

    /// The concepts of which some English name begins with one of these words (given by their keys), in the order of the
    /// words. Prepared at the first call, which looks at every name.
    pub fn concepts_with_english_key(&self, keys: impl Iterator<Item = u64>) -> impl Iterator<Item = usize> {
        let index = self.by_first_word.get_or_init(|| {
            let mut index: HashMap<u64, Vec<usize>> = HashMap::new();
            for c in 0..self.concepts.len() {
                for name in self.english(c) {
                    let at = index.entry(name.keys[0]).or_default();
                    if at.last() != Some(&c) {
                        at.push(c);
                    }
                }
            }
            index
        });
        keys.filter_map(|k| index.get(&k)).flatten().copied()
    }

    /// Whether `text` may hold an English name of three words or more: a quick test that is never wrong about "no".
    /// It compares the first letters of every two words, the first of them a capital one.
    pub fn may_hold_official_name(&self, text: &str) -> bool {
        let official = self.official.get_or_init(|| {
            let names = (0..self.concepts.len()).flat_map(|c| self.english(c));
            names
                .filter(|n| n.words.len() >= 3)
                .map(|n| beginnings(&n.words[0], &n.words[1]))
                .collect()
        });
        if official.is_empty() {
            return false;
        }
        let mut words = token::word_spans(text).map(|s| s.of(text));
        let Some(mut before) = words.next() else { return false };
        for word in words {
            if before.starts_with(|c: char| !c.is_lowercase()) && official.contains(&beginnings(before, word)) {
                return true;
            }
            if !["the", "a", "an"].contains(&word) {
                before = word;
            }
        }
        false
    }
}

/// The first two letters of the folded forms of two words, as one number. Folding changes only the ends of words, and
/// more than that only beyond ASCII.
fn beginnings(first: &str, second: &str) -> u32 {
    let two = |word: &str| {
        let folded = if word.is_ascii() {
            Cow::Borrowed(word)
        } else {
            token::fold(word)
        };
        let mut letters = folded.bytes().filter(|&b| b != b'.').map(|b| b.to_ascii_lowercase());
        u32::from(letters.next().unwrap_or(0)) << 8 | u32::from(letters.next().unwrap_or(0))
    };
    two(first) << 16 | two(second)
}
