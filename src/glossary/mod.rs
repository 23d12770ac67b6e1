//! The bilingual glossary: concepts with their Chinese and English names, and finding those names in a text.

mod builtin;
mod concept;
pub mod doubt;
pub mod editing;
pub mod english;
pub mod exchange;
pub mod layout;
pub mod load;
pub mod merging;
pub mod mining;
pub mod name_index;
pub mod near;
pub mod scan;
pub mod search;
pub mod terms;
pub mod toml_file;

use std::sync::OnceLock;

use rustc_hash::{FxHashMap, FxHashSet};

pub use builtin::{builtin, builtin_date, builtin_place, builtin_version};
pub use concept::{Change, Concept, Example, Grade, Kind, Layer, Name, Place, Role, Status, Text};
pub use load::{GlossaryError, Loaded, load_files};
pub use toml_file::{TomlFile, TomlFileError};

use english::{EnglishName, Words};
use scan::Scanner;

/// A glossary with its indexes, each of which is built at first use.
#[derive(Debug, Default)]
pub struct Glossary {
    concepts: Vec<Concept>,
    scanner: OnceLock<Scanner>,
    english: Vec<OnceLock<Vec<EnglishName>>>,
    by_first_word: OnceLock<FxHashMap<u64, Vec<usize>>>,
    official: OnceLock<FxHashMap<(u64, u64), Vec<usize>>>,
}

impl Glossary {
    /// A glossary of `concepts`.
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

    /// The concepts, in the order of their files. A concept's number is its index here.
    pub fn concepts(&self) -> &[Concept] {
        &self.concepts
    }

    /// The concepts, without the indexes.
    pub fn into_concepts(self) -> Vec<Concept> {
        self.concepts
    }

    /// The index of all Chinese names.
    pub fn scanner(&self) -> &Scanner {
        self.scanner.get_or_init(|| {
            Scanner::new(
                self.concepts
                    .iter()
                    .enumerate()
                    .flat_map(|(c, concept)| concept.zh.iter().enumerate().map(move |(n, name)| (c, n, &*name.text))),
            )
        })
    }

    /// The English names of a concept, acronym included, ready for comparison.
    pub fn english(&self, concept: usize) -> &[EnglishName] {
        self.english[concept].get_or_init(|| english::compile_names(&self.concepts[concept]))
    }

    /// The concepts with an English name that begins with one of these words, in the order of the words, each once. A word is
    /// given by its key ([`crate::language::en::token::Token::key`]).
    pub fn concepts_with_english_key(&self, keys: impl Iterator<Item = u64>) -> impl Iterator<Item = usize> {
        let index = self.by_first_word.get_or_init(|| {
            let mut index: FxHashMap<u64, Vec<usize>> = FxHashMap::default();
            for (c, concept) in self.concepts.iter().enumerate() {
                for keys in english::word_keys(concept) {
                    add_once(index.entry(keys[0]).or_default(), c);
                }
            }
            index
        });
        let (mut keys_seen, mut seen) = (FxHashSet::default(), FxHashSet::default());
        let new_keys = keys.filter(move |&k| keys_seen.insert(k));
        let concepts = new_keys.filter_map(|k| index.get(&k)).flatten().copied();
        concepts.filter(move |&c| seen.insert(c))
    }

    /// The concepts with a name that nobody writes by accident ([`Kind::is_official`]), of which the first two words are in
    /// the text, in the order of the words, each once. Only names of three or more words count. A name begins with a capital.
    pub fn concepts_with_official_beginning(&self, words: &Words<'_>) -> Vec<usize> {
        let official = self.official.get_or_init(|| {
            let mut index: FxHashMap<(u64, u64), Vec<usize>> = FxHashMap::default();
            for (c, concept) in self.concepts.iter().enumerate().filter(|(_, c)| c.kind.is_official()) {
                for beginning in english::first_two_keys(concept) {
                    add_once(index.entry(beginning).or_default(), c);
                }
            }
            index
        });
        let mut concepts = Vec::new();
        if official.is_empty() {
            return concepts;
        }
        for (at, two) in words.tokens.windows(2).enumerate().filter(|(_, two)| two[0].capital) {
            // Articles inside a name are ignored.
            let second = if words.is_article(&two[1]) {
                words.tokens.get(at + 2)
            } else {
                two.get(1)
            };
            let beginning = second.and_then(|second| official.get(&(two[0].key, second.key)));
            for &c in beginning.into_iter().flatten() {
                if !concepts.contains(&c) {
                    concepts.push(c);
                }
            }
        }
        concepts
    }
}

/// Adds a concept to a list that is filled in ascending order, unless it is there.
fn add_once(concepts: &mut Vec<usize>, concept: usize) {
    if concepts.last() != Some(&concept) {
        concepts.push(concept);
    }
}
