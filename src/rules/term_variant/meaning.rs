//! What English words mean: the lexicon read the other way round.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use crate::align::{Lexicon, Reversed};

/// Least weight of a meaning of an English word.
const MEANS: f32 = 0.2;

/// The Chinese words that a stem translates, with weights.
pub(super) fn meanings(stem: &str) -> impl Iterator<Item = (&'static str, f32)> + use<> {
    static REVERSED: OnceLock<Reversed> = OnceLock::new();
    let lexicon = Lexicon::embedded();
    let reversed = REVERSED.get_or_init(|| lexicon.reversed(MEANS));
    let words = lexicon.stem(stem).map_or(&[][..], |stem| reversed.words(stem));
    words.iter().map(|&(word, weight)| (lexicon.word_text(word), weight))
}

/// Whether the lexicon has a stem.
pub(super) fn is_known(stem: &str) -> bool {
    Lexicon::embedded().stem(stem).is_some()
}

/// Whether two stems translate the same Chinese word of more than one character.
pub(super) fn are_synonyms(a: &str, b: &str) -> bool {
    let long = |m: &(&'static str, f32)| m.0.chars().nth(1).is_some();
    meanings(a)
        .filter(long)
        .any(|(word, _)| meanings(b).any(|(other, _)| word == other))
}

/// How alike two stems are in meaning, 0 to 1: the cosine of the characters of the Chinese words that they translate, with
/// the weights of Spärck Jones (1972). 支气管炎 and 肺炎 share 炎: bronchitis and pneumonia are kin.
pub(super) fn kinship(a: &str, b: &str) -> f32 {
    let (a, b) = (characters(a), characters(b));
    let norm = |v: &BTreeMap<char, f32>| v.values().map(|x| x * x).sum::<f32>();
    let dot: f32 = a.iter().filter_map(|(c, x)| b.get(c).map(|y| x * y)).sum();
    let norms = norm(&a) * norm(&b);
    if norms > 0.0 { dot / norms.sqrt() } else { 0.0 }
}

/// The characters of what a stem translates, with weights.
fn characters(stem: &str) -> BTreeMap<char, f32> {
    let mut characters = BTreeMap::new();
    for (word, weight) in meanings(stem) {
        let share = weight / word.chars().count() as f32;
        for c in distinct(word) {
            *characters.entry(c).or_default() += share;
        }
    }
    let words = Lexicon::embedded().words() as f32;
    for (c, weight) in &mut characters {
        *weight *= (words / words_with(*c) as f32).ln();
    }
    characters
}

/// The characters of a word, each once.
fn distinct(word: &str) -> impl Iterator<Item = char> {
    word.char_indices()
        .filter(|&(at, c)| !word[..at].contains(c))
        .map(|(_, c)| c)
}

/// In how many words of the lexicon a character stands.
fn words_with(c: char) -> u32 {
    static CHARACTERS: OnceLock<FxHashMap<char, u32>> = OnceLock::new();
    let characters = CHARACTERS.get_or_init(|| {
        let mut characters: FxHashMap<char, u32> = FxHashMap::default();
        for word in 0..Lexicon::embedded().words() as u32 {
            for c in distinct(Lexicon::embedded().word_text(word)) {
                *characters.entry(c).or_default() += 1;
            }
        }
        characters
    });
    characters.get(&c).copied().unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_for_things_of_a_kind_are_kin() {
        assert!(kinship("bronchiti", "pneumonia") > 0.1);
        assert!(kinship("geographi", "declar") < 0.02);
        assert!((kinship("virus", "virus") - 1.0).abs() < 1e-5);
    }
}
