//! The first place of each text.
//!
//! The tables hold the number of a pair only and find its digests in `pairs`. For a million pairs they take 21 MB (2²¹
//! slots of 5 bytes, twice), where two `FxHashMap<u64, u32>` would take 71 MB (slots of 17 bytes). A run over a million
//! pairs, no two alike, on one thread, peaks at 141 MB with them (`/usr/bin/time -v`).

use hashbrown::HashTable;
use rustc_hash::FxHashMap;

/// Lines of a file, 1-based.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Place {
    /// The number of the file.
    pub file: u32,
    pub first: u32,
    pub last: u32,
}

/// A source and a target text whose first place is the same pair, or one of whose first places it is.
struct First {
    /// The digests of source and target.
    texts: [u64; 2],
    /// Where both are, if that is one line: as it is in nearly all records.
    file: u32,
    line: u32,
}

/// The pairs in which a source or a target text appears first, in order.
#[derive(Default)]
pub(super) struct Firsts {
    pairs: Vec<First>,
    /// The places of source and target of the pairs that are not on one line of one file.
    places: FxHashMap<u32, [Place; 2]>,
    /// The numbers of pairs by the digest of the source, and of the target.
    tables: [HashTable<u32>; 2],
}

impl Firsts {
    /// Adds a pair if its source or target is new; returns the numbers of the pairs in which the source and the target
    /// appear first, which may be this one.
    pub fn add(&mut self, texts: [u64; 2], places: [Place; 2]) -> [u32; 2] {
        let found = [0, 1].map(|side| {
            let is_equal = |&pair: &u32| self.pairs[pair as usize].texts[side] == texts[side];
            self.tables[side].find(texts[side], is_equal).copied()
        });
        if let [Some(by_source), Some(by_target)] = found {
            return [by_source, by_target];
        }
        let new = self.pairs.len() as u32;
        let [Place { file, first, last }, target] = places;
        if first != last || places[0] != target {
            self.places.insert(new, places);
        }
        let line = first;
        self.pairs.push(First { texts, file, line });
        for side in [0, 1] {
            if found[side].is_none() {
                let digest = |&pair: &u32| self.pairs[pair as usize].texts[side];
                self.tables[side].insert_unique(texts[side], new, digest);
            }
        }
        found.map(|known| known.unwrap_or(new))
    }

    /// The digests of a pair's source and target.
    pub fn texts(&self, pair: u32) -> [u64; 2] {
        self.pairs[pair as usize].texts
    }

    /// The places of a pair's source and target.
    pub fn places(&self, pair: u32) -> [Place; 2] {
        self.places.get(&pair).copied().unwrap_or_else(|| {
            let First { file, line, .. } = self.pairs[pair as usize];
            let (first, last) = (line, line);
            [Place { file, first, last }; 2]
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// Few texts in many pairs, most of them on several lines or in two files.
        #[test]
        fn agrees_with_a_search_from_the_start(
            pairs in prop::collection::vec((0..6u64, 0..6u64, 0..3u32, 0..3u32, 0..2u32), 1..60),
        ) {
            let spread = |n: u64| n.wrapping_mul(0x9e37_79b9_7f4a_7c15);
            let mut firsts = Firsts::default();
            let mut seen: Vec<([u64; 2], [Place; 2])> = Vec::new();
            for (source, target, file, first, more) in pairs {
                let texts = [spread(source), spread(target)];
                let place = Place { file, first, last: first + more };
                let places = [place, Place { file: file / 2, ..place }];
                let found = firsts.add(texts, places);
                seen.push((texts, places));
                for side in 0..2 {
                    let naive = seen.iter().find(|s| s.0[side] == texts[side]).unwrap();
                    prop_assert_eq!(firsts.texts(found[side]), naive.0);
                    prop_assert_eq!(firsts.places(found[side]), naive.1);
                }
            }
        }
    }
}
