//! Whether an English text has a translation of a Chinese word, according to the lexicon.

use std::collections::HashSet;

use super::tokens::{self, Token};
use super::{Aligner, Lexicon};
use crate::language::en::related::same_root;

/// Whether an English text has a translation of a Chinese word.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Rendering {
    /// The lexicon does not have the word.
    Unknown,
    /// The text has a translation of the word, or of a part of it.
    Present,
    /// The text has no translation of the word.
    Absent {
        /// How sure the lexicon is of the translations, 0 to 1: the share of the most common one among the definitions.
        certainty: f32,
    },
}

/// The stems of the words of an English text.
pub struct Stems(HashSet<Box<str>>);

impl Aligner {
    /// The stems of a text, to look words up in with [`Self::renderings`].
    pub fn stems(&self, en: &str) -> Stems {
        let mut found = Vec::new();
        if self.lexicon.is_some() {
            tokens::english(en, &mut found);
        }
        let stems = found.into_iter().filter_map(|token| match token {
            Token::Stem(stem) => Some(Box::from(&*stem)),
            _ => None,
        });
        Stems(stems.collect())
    }

    /// Looks up whether an English text has a translation of each of these Chinese words. Without a lexicon, all are unknown.
    pub fn renderings(&self, words: &[&str], en: &Stems) -> Vec<Rendering> {
        let Some(lexicon) = self.lexicon.as_deref() else {
            return vec![Rendering::Unknown; words.len()];
        };
        words.iter().map(|word| look_up(lexicon, word, &en.0)).collect()
    }
}

fn look_up(lexicon: &Lexicon, word: &str, there: &HashSet<Box<str>>) -> Rendering {
    let word: String = word.chars().map(|c| lexicon.fold(c)).collect();
    let (mut present, mut certainty) = (false, None::<f32>);
    for (at, _) in word.char_indices() {
        lexicon.prefixes(&word[at..], |len, entry| {
            let is_whole = len == word.len();
            for link in lexicon.links(entry) {
                let stem = lexicon.stem_text(link.stem);
                // 危险 is "dangerous" in the lexicon and "danger" in the text.
                present = present
                    || there.contains(stem)
                    || is_whole && stem.len() > 3 && there.iter().any(|w| w.len() > 3 && same_root(w, stem));
                if is_whole {
                    certainty = Some(certainty.unwrap_or(0.0).max(link.weight));
                }
            }
        });
    }
    match certainty {
        _ if present => Rendering::Present,
        Some(certainty) => Rendering::Absent { certainty },
        None => Rendering::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_present_by_itself_or_by_its_parts() {
        let en = "Platforms for cooperation among scientists.";
        let aligner = Aligner::default();
        let found = aligner.renderings(&["合作", "科学家", "桥梁", "不可知之词"], &aligner.stems(en));
        assert_eq!(found[..2], [Rendering::Present; 2]);
        assert!(
            matches!(found[2], Rendering::Absent { certainty } if certainty > 0.3),
            "{found:?}"
        );
        assert_eq!(found[3], Rendering::Unknown);
        let aligner = Aligner::new(None);
        assert_eq!(aligner.renderings(&["桥梁"], &aligner.stems(en)), [Rendering::Unknown]);
    }
}
