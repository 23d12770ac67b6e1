//! An index of texts that names are looked up in: which records cannot contain a name, without reading them.
//!
//! Each unit, a record or a text that is aligned as a whole, has a Bloom filter (Bloom 1970) with one hash function and eight
//! bits for each key. The keys are pairs of adjacent Chinese characters and English words, both as names are compared.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, BufRead, BufReader, ErrorKind};
use std::path::Path;

use rustc_hash::FxHashSet;
use xxhash_rust::xxh3::Xxh3;

use crate::file;
use crate::glossary::scan::adjacent_characters;
use crate::glossary::{Concept, Glossary};
use crate::input::{Input, Options};
use crate::language::en::token::tokens;

/// More names than this are searched faster in the texts.
const MOST_NAMES: usize = 500;

/// Bits for each key of a unit: one unit in nine seems to have a key that it lacks, one in 700 three of them.
const BITS_PER_KEY: usize = 8;

/// The filters of the units of texts, by the contents of their files.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct TextIndex {
    /// For each input the filters of its units in order, each behind its number of words.
    inputs: BTreeMap<u128, Vec<u64>>,
    is_changed: bool,
}

impl TextIndex {
    /// An index as [`Self::to_bytes`] gives it. What is no such index is an empty one.
    pub fn from_bytes(bytes: &[u8]) -> Self {
        Self::parse(bytes).unwrap_or_default()
    }

    fn parse(bytes: &[u8]) -> Option<Self> {
        let (words, []) = bytes.as_chunks::<8>() else {
            return None;
        };
        let mut words = words.iter().map(|word| u64::from_le_bytes(*word));
        let mut inputs = BTreeMap::new();
        while let Some(high) = words.next() {
            let key = u128::from(high) << 64 | u128::from(words.next()?);
            let count = usize::try_from(words.next()?).ok()?;
            let filters: Vec<u64> = words.by_ref().take(count).collect();
            inputs.insert(key, Some(filters).filter(|filters| filters.len() == count)?);
        }
        Some(Self {
            inputs,
            is_changed: false,
        })
    }

    /// The index as bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let words = self.inputs.iter().flat_map(|(&key, filters)| {
            let head = [(key >> 64) as u64, key as u64, filters.len() as u64];
            head.into_iter().chain(filters.iter().copied())
        });
        words.flat_map(u64::to_le_bytes).collect()
    }

    /// Whether it differs from what it was made from.
    pub const fn is_changed(&self) -> bool {
        self.is_changed
    }

    /// Whether it has an input.
    pub(super) fn contains(&self, input: u128) -> bool {
        self.inputs.contains_key(&input)
    }

    /// Which units of an input may contain one of the names; `None` if that must be read.
    pub(super) fn search(&self, input: u128, names: &NameKeys) -> Option<Vec<bool>> {
        let names = names.0.as_ref()?;
        let mut rest = &self.inputs.get(&input)?[..];
        let mut units = Vec::new();
        while let Some((&count, filters)) = rest.split_first() {
            let (filter, next) = filters.split_at_checked(count as usize)?;
            let may_have = |key: &u32| place(*key, filter).is_some_and(|(word, bit)| filter[word] & bit != 0);
            units.push(names.iter().any(|keys| keys.iter().all(may_have)));
            rest = next;
        }
        Some(units)
    }

    /// Adds the filters of the units of an input.
    pub(super) fn insert(&mut self, input: u128, filters: Vec<u64>) {
        self.inputs.insert(input, filters);
        self.is_changed = true;
    }

    /// Forgets all other inputs.
    pub(super) fn retain(&mut self, inputs: &BTreeSet<u128>) {
        let before = self.inputs.len();
        self.inputs.retain(|input, _| inputs.contains(input));
        self.is_changed |= self.inputs.len() < before;
    }
}

/// The filter of a unit with these texts, behind its number of words.
pub(super) fn filter(zh: &str, en: &str) -> Vec<u64> {
    let chinese = adjacent_characters(zh).map(key_of_characters);
    let english = tokens(en).into_iter().map(|token| shorten(token.key));
    let keys: FxHashSet<u32> = chinese.chain(english).collect();
    let mut filter = vec![0; (keys.len() * BITS_PER_KEY).div_ceil(64)];
    for key in keys {
        if let Some((word, bit)) = place(key, &filter) {
            filter[word] |= bit;
        }
    }
    filter.insert(0, filter.len() as u64);
    filter
}

/// The bit of a key: the number of its word, and the bit in that. An empty filter has none.
fn place(key: u32, filter: &[u64]) -> Option<(usize, u64)> {
    let bits = filter.len() as u64 * 64;
    let bit = (u64::from(key) * bits) >> 32;
    (bits > 0).then(|| ((bit / 64) as usize, 1 << (bit % 64)))
}

fn key_of_characters((first, second): (char, char)) -> u32 {
    shorten(u64::from(u32::from(first)) << 32 | u64::from(u32::from(second)))
}

/// The upper half of a key's product with 2^64 divided by the golden ratio, which spreads keys evenly (Knuth 1973, 6.4).
const fn shorten(key: u64) -> u32 {
    (key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as u32
}

/// The keys of each name. `None` if the index is no help: for too many names, or one that has no keys.
#[derive(Debug)]
pub(super) struct NameKeys(Option<Vec<Vec<u32>>>);

impl NameKeys {
    /// The keys of all names of the concepts.
    pub(super) fn new(glossary: &Glossary) -> Self {
        let chinese = |c: &Concept| -> Vec<Vec<u32>> {
            let keys = |text: &str| adjacent_characters(text).map(key_of_characters).collect();
            c.zh.iter().map(|name| keys(&name.text)).collect()
        };
        let english = |number: usize| -> Vec<Vec<u32>> {
            let names = glossary.english(number).iter();
            names
                .map(|name| name.keys.iter().copied().map(shorten).collect())
                .collect()
        };
        let mut names = Vec::new();
        for (number, concept) in glossary.concepts().iter().enumerate() {
            names.extend(chinese(concept));
            names.extend(english(number));
        }
        let is_useful = names.len() <= MOST_NAMES && names.iter().all(|keys| !keys.is_empty());
        Self(is_useful.then_some(names))
    }
}

/// The key of an input: a hash of the names and bytes of its files, and of how they are read. `None` for standard input, pipes,
/// and files that cannot be read.
pub(super) fn key_of_input(input: &Input, options: &Options) -> Option<u128> {
    let mut hasher = Xxh3::new();
    hasher.update(options.encoding.map_or("", |encoding| encoding.name()).as_bytes());
    hasher.update(&[input.explicit.into()]);
    let mut files = 0_u8;
    for path in input.paths() {
        hasher.update(path.as_os_str().as_encoded_bytes());
        hasher.update(&hash_file(path).ok()?.to_le_bytes());
        files += 1;
    }
    (files > 0).then(|| hasher.digest128())
}

fn hash_file(path: &Path) -> io::Result<u128> {
    // A pipe can be read only once.
    if !fs::metadata(path)?.is_file() {
        return Err(ErrorKind::Unsupported.into());
    }
    let mut reader = BufReader::with_capacity(1 << 16, file::open(path)?);
    let mut hasher = Xxh3::new();
    loop {
        let bytes = reader.fill_buf()?;
        if bytes.is_empty() {
            return Ok(hasher.digest128());
        }
        hasher.update(bytes);
        let read = bytes.len();
        reader.consume(read);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::glossary::{Kind, Name, Status};

    fn names(zh: &str, en: &str) -> NameKeys {
        let mut concept = Concept::new("c", Kind::Institution);
        concept.zh = vec![Name::new(zh, Status::Preferred)];
        concept.en = vec![Name::new(en, Status::Preferred)];
        NameKeys::new(&Glossary::new(vec![concept]))
    }

    fn indexed() -> TextIndex {
        let mut index = TextIndex::default();
        let units = [
            filter("在「國務院」会上", "at a meeting"),
            filter("", ""),
            filter("他来了。", "The Councils of the State’s met."),
        ];
        index.insert(1 << 70 | 3, units.concat());
        index
    }

    #[test]
    fn a_unit_that_has_the_parts_of_a_name_is_found() {
        let index = indexed();
        let found = |zh, en| index.search(1 << 70 | 3, &names(zh, en));
        assert_eq!(found("国务院", "Nowhere Else"), Some(vec![true, false, false]));
        assert_eq!(found("无此名", "Council of State"), Some(vec![false, false, true]));
        assert_eq!(found("院", "Nowhere Else"), None, "one character");
        assert_eq!(index.search(3, &names("国务院", "State Council")), None);
    }

    #[test]
    fn an_index_comes_back_from_its_bytes() {
        let index = indexed();
        let bytes = index.to_bytes();
        let read = TextIndex::from_bytes(&bytes);
        assert_eq!(read.inputs, index.inputs);
        assert!(!read.is_changed() && index.is_changed());
        for damaged in [&bytes[..bytes.len() - 8], &bytes[1..], &[1; 24]] {
            assert_eq!(TextIndex::from_bytes(damaged), TextIndex::default());
        }
    }

    #[test]
    fn texts_that_are_gone_are_forgotten() {
        let mut index = indexed();
        index.is_changed = false;
        index.retain(&BTreeSet::from([1 << 70 | 3]));
        assert!(!index.is_changed());
        index.retain(&BTreeSet::new());
        assert!(index.is_changed() && index.inputs.is_empty());
    }
}
