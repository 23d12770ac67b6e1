//! Stems of English words.

use std::cell::RefCell;
use std::rc::Rc;

use rust_stemmers::{Algorithm, Stemmer};
use rustc_hash::FxHashMap;

/// How many word forms are remembered before all are forgotten: more than a long book has.
const REMEMBERED: usize = 1 << 16;

struct Stems {
    stemmer: Stemmer,
    known: FxHashMap<Box<str>, Rc<str>>,
}

thread_local! {
    static STEMS: RefCell<Stems> = RefCell::new(Stems {
        stemmer: Stemmer::create(Algorithm::English),
        known: FxHashMap::default(),
    });
}

/// The stem of a word in lower case (Snowball's English stemmer, Porter 2). A word with letters beyond ASCII is its own
/// stem. Each thread stems a word form once.
pub fn stem(word: &str) -> Rc<str> {
    STEMS.with_borrow_mut(|stems| {
        if let Some(stem) = stems.known.get(word) {
            return Rc::clone(stem);
        }
        let stem: Rc<str> = if word.is_ascii() {
            stems.stemmer.stem(word).into()
        } else {
            word.into()
        };
        if stems.known.len() == REMEMBERED {
            stems.known.clear();
        }
        stems.known.insert(word.into(), Rc::clone(&stem));
        stem
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_word_have_one_stem() {
        assert_eq!(stem("facilities"), stem("facility"));
        assert_eq!(stem("facilities"), stem("facility"), "remembered");
        assert_ne!(stem("facility"), stem("faculty"));
        assert_eq!(&*stem("3d"), "3d");
        assert_eq!(&*stem("cafés"), "cafés");
    }
}
