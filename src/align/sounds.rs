//! Names that English spells by their sound, in Hanyu Pinyin: 刘 and “Liu”, 板儿 and “Ban-er”. No dictionary has them,
//! and few words of a story show as surely which sentence translates which.

use std::rc::Rc;

use rustc_hash::FxHashSet;

use crate::language::en::capitalized;
use crate::language::zh::pinyin;
use crate::text::script::is_han;

/// English words that are spelt like a surname.
#[rustfmt::skip]
const ENGLISH: [&str; 40] = [
    "an", "ban", "bin", "can", "die", "ding", "dong", "fan", "fang", "fen", "gang", "gong", "ha", "hang", "he", "hen",
    "lie", "long", "man", "men", "nan", "pan", "pang", "pie", "pin", "ping", "ran", "rang", "sang", "se", "she", "song",
    "sun", "tan", "tang", "tie", "wan", "ye", "you", "yuan",
];

/// Syllables of the longest name.
const MOST_SYLLABLES: usize = 3;
/// The names of the English that may be Chinese ones, to be looked for in the Chinese.
#[derive(Default)]
pub(super) struct Sounds {
    names: FxHashSet<Rc<str>>,
    /// The beginnings of the names, by whole syllables.
    beginnings: FxHashSet<Box<str>>,
}

impl Sounds {
    /// Calls `found` with every capitalised word of an English text that may be such a name, folded as
    /// [`pinyin::fold`] does: two or three syllables, or one that is a surname and no English word.
    pub fn english(&mut self, text: &str, mut found: impl FnMut(Rc<str>)) {
        for word in capitalized(text) {
            if let Some(name) = self.english_word(word.of(text)) {
                found(name);
            }
        }
    }

    /// A capitalised word of an English text, folded, if it may be such a name.
    pub fn english_word(&mut self, word: &str) -> Option<Rc<str>> {
        if word.len() > pinyin::LONGEST_NAME {
            return None;
        }
        let folded = pinyin::fold(word);
        let ends = pinyin::syllable_ends(&folded);
        let single = ends.len() == 1;
        if ends.is_empty() || single && (!pinyin::is_surname(folded.as_bytes()) || ENGLISH.contains(&&*folded)) {
            return None;
        }
        self.beginnings
            .extend(ends.iter().map(|&end| Box::from(&folded[..end])));
        let name: Rc<str> = folded.into();
        self.names.insert(Rc::clone(&name));
        Some(name)
    }

    /// Calls `found` with the bytes before every name of [`Self::english`] that a Chinese text has, and the name.
    pub fn chinese(&self, text: &str, mut found: impl FnMut(usize, Rc<str>)) {
        if self.names.is_empty() {
            return;
        }
        for (at, first) in text.char_indices() {
            // The readings so far that may still become a name.
            let mut heads = vec![];
            for (n, c) in text[at..]
                .chars()
                .take(MOST_SYLLABLES)
                .take_while(|&c| is_han(c))
                .enumerate()
            {
                let readings = pinyin::readings(c);
                let may_go_on = |whole: &String| self.beginnings.contains(whole.as_str());
                heads = if n == 0 {
                    readings.iter().filter(|r| may_go_on(r)).cloned().collect()
                } else {
                    let longer = |head: &String| readings.iter().map(|r| format!("{head}{r}")).collect::<Vec<_>>();
                    heads.iter().flat_map(longer).filter(may_go_on).collect()
                };
                if heads.is_empty() {
                    break;
                }
                for head in &heads {
                    let Some(name) = self.names.get(head.as_str()) else {
                        continue;
                    };
                    let fits = |s: &pinyin::Surname| s.spellings.iter().any(|spelling| spelling == head);
                    if n > 0 || pinyin::surname_of(first).is_some_and(fits) {
                        found(at, Rc::clone(name));
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn both(en: &str, zh: &str) -> (Vec<String>, Vec<String>) {
        let mut sounds = Sounds::default();
        let (mut spelt, mut heard) = (Vec::new(), Vec::new());
        sounds.english(en, |name| spelt.push(name.to_string()));
        sounds.chinese(zh, |_, name| heard.push(name.to_string()));
        (spelt, heard)
    }

    #[test]
    fn names_are_found_at_their_places() {
        let (spelt, heard) = both(
            "Zhou Rui's wife met Grannie Liu and Ban-er in Xi’an.",
            "周瑞家的遇见刘老老和板儿，在西安。",
        );
        assert_eq!(spelt, ["zhou", "rui", "liu", "baner", "xian"]);
        assert_eq!(heard, ["zhou", "liu", "baner", "xian"]);
    }

    #[test]
    fn english_words_are_no_names_for_a_syllable() {
        let (spelt, heard) = both(
            "He sang a Song. She can go Long. Sun said: the Women",
            "和送常时松他们高",
        );
        assert_eq!(spelt, ["women"]);
        assert_eq!(heard, [""; 0]);
    }
}
