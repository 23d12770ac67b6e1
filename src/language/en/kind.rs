//! What kinds of things English nouns name, by WordNet: a table that is read in place.
//!
//! The layout is described in `glossary/nouns/README.md`; `build.py` there writes it.

use std::ops::Range;

use crate::text::table::{Strings, number};

static BYTES: &[u8] = include_bytes!("../../../glossary/nouns/wordnet.nouns");

/// The first bytes of the table: a name and the version of the layout.
const MAGIC: &[u8; 8] = b"bilintN1";

/// What a sense counts for each that is commoner: words are mostly meant in their commonest sense.
const RARER: f32 = 0.8;

#[derive(Clone, Copy)]
struct Nouns {
    stems: Strings,
    /// Byte offsets of the tables.
    first_senses: usize,
    senses: usize,
    first_parents: usize,
    parents: usize,
    counts: usize,
    /// The number of all noun synsets of WordNet but for those of names.
    all: usize,
}

/// A thing that a noun names.
#[derive(Clone, Copy)]
struct Sense {
    synset: usize,
    /// 0 for the commonest sense of a word.
    rank: u8,
}

impl Nouns {
    /// The table in the binary, which a test reads through.
    fn embedded() -> Self {
        let header = |i: usize| number(BYTES, MAGIC.len() + 4 * i).unwrap_or(0);
        let (stems, senses, synsets, parents) = (header(0), header(1), header(2), header(3));
        let offsets = MAGIC.len() + 4 * 5;
        let first_senses = offsets + 4 * (stems + 1);
        let sense_table = first_senses + 4 * (stems + 1);
        let first_parents = sense_table + 4 * senses;
        let parent_table = first_parents + 4 * (synsets + 1);
        let counts = parent_table + 4 * parents;
        Self {
            stems: Strings {
                count: stems,
                offsets,
                text: counts + 4 * synsets,
            },
            first_senses,
            senses: sense_table,
            first_parents,
            parents: parent_table,
            counts,
            all: header(4),
        }
    }

    fn row(table: usize, i: usize) -> Range<usize> {
        let at = |i: usize| number(BYTES, table + 4 * i).unwrap_or(0);
        at(i)..at(i + 1)
    }

    fn senses(self, stem: &str) -> Vec<Sense> {
        let stem = self.stems.find(BYTES, stem.as_bytes(), 0..self.stems.count);
        let row = stem.map_or(0..0, |stem| Self::row(self.first_senses, stem));
        let packed = row.filter_map(|i| number(BYTES, self.senses + 4 * i));
        let sense = |packed: usize| Sense {
            synset: packed >> 8,
            rank: packed as u8,
        };
        packed.map(sense).collect()
    }

    /// A synset and all those that it is a kind of, ascending.
    fn ancestry(self, synset: usize) -> Vec<usize> {
        let (mut all, mut next) = (vec![synset], 0);
        while let Some(&synset) = all.get(next) {
            next += 1;
            for parent in Self::row(self.first_parents, synset).filter_map(|i| number(BYTES, self.parents + 4 * i)) {
                if !all.contains(&parent) {
                    all.push(parent);
                }
            }
        }
        all.sort_unstable();
        all
    }

    /// How much a synset says, 0 for the one that all are kinds of, 1 for one that has no kinds: the intrinsic
    /// information content of Seco, Veale and Hayes (2004).
    fn information(self, synset: usize) -> f32 {
        let kinds = number(BYTES, self.counts + 4 * synset).unwrap_or(self.all);
        1.0 - (kinds as f32).ln() / (self.all as f32).ln()
    }

    /// Lin's (1998) similarity of two synsets.
    fn similarity(self, a: usize, b: usize) -> f32 {
        let both = self.information(a) + self.information(b);
        let (above_a, above_b) = (self.ancestry(a), self.ancestry(b));
        let shared = above_a.into_iter().filter(|s| above_b.binary_search(s).is_ok());
        let shared = shared.map(|s| self.information(s)).fold(0.0, f32::max);
        if both > 0.0 { 2.0 * shared / both } else { 0.0 }
    }
}

/// Whether WordNet has the stem as that of a noun, names of people and places aside.
pub fn is_noun(stem: &str) -> bool {
    let stems = Nouns::embedded().stems;
    stems.find(BYTES, stem.as_bytes(), 0..stems.count).is_some()
}

/// How alike the things are that two stems name, 0 to 1: the greatest similarity (Lin 1998) that two of their senses have,
/// where rarer senses count less; 0 for stems that WordNet does not have as nouns.
pub fn similarity(a: &str, b: &str) -> f32 {
    let nouns = Nouns::embedded();
    let (a, b) = (nouns.senses(a), nouns.senses(b));
    let pairs = a.iter().flat_map(|a| b.iter().map(move |b| (a, b)));
    let weighed =
        pairs.map(|(a, b)| nouns.similarity(a.synset, b.synset) * RARER.powi(i32::from(a.rank) + i32::from(b.rank)));
    weighed.fold(0.0, f32::max)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn things_of_a_kind_are_alike() {
        assert!(similarity("virus", "bacterium") > 0.7);
        assert!(similarity("pneumonia", "bronchiti") > 0.7);
        assert!(similarity("shield", "mask") > 0.4);
        assert!(similarity("president", "countri") < 0.2);
        assert!((similarity("virus", "virus") - 1.0).abs() < 1e-5);
        assert!(similarity("virus", "xyzzy") < 1e-5);
        assert!(is_noun("virus") && !is_noun("highest") && !is_noun("tokyo"));
    }

    #[test]
    fn the_table_is_sound() {
        let nouns = Nouns::embedded();
        assert!(BYTES.starts_with(MAGIC));
        let synsets = number(BYTES, MAGIC.len() + 8).unwrap();
        let stem = |i: usize| nouns.stems.get(BYTES, i);
        assert!((1..nouns.stems.count).all(|i| stem(i - 1) < stem(i)));
        for i in 0..nouns.stems.count {
            let senses = nouns.senses(std::str::from_utf8(stem(i)).unwrap());
            assert!(!senses.is_empty() && senses.iter().all(|s| s.synset < synsets));
        }
        for synset in 0..synsets {
            let said = nouns.information(synset);
            // What a thing is a kind of says less than it does.
            assert!(
                nouns
                    .ancestry(synset)
                    .iter()
                    .all(|&a| a < synsets && nouns.information(a) <= said)
            );
        }
        let text = nouns.stems.text + number(BYTES, nouns.stems.offsets + 4 * nouns.stems.count).unwrap();
        assert_eq!(text, BYTES.len());
    }
}
