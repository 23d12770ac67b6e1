//! Which words of two texts may translate each other, and where they are.

use std::cmp::Reverse;

use rustc_hash::FxHashMap;

use super::Aligner;
use super::evidence::{Translations, is_content_stem};
use super::sounds::Sounds;
use super::tokens::{self, Token};
use super::weights::LEVEL_WORTH;
use crate::language::en::capitalized;
use crate::language::en::irregular::verb_of;
use crate::text::Span;

/// A Chinese word and an English one that may translate it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WordLink {
    /// The Chinese word.
    pub zh: Span,
    /// The English word.
    pub en: Span,
    /// How sure the lexicon is: 1, or 0.5 for a doubtful translation.
    pub worth: f32,
}

/// A word that is in more places of the English says little about any of them.
const MOST_PLACES: usize = 16;

/// The English words of a text, by what they are compared as.
#[derive(Default)]
struct Places {
    types: FxHashMap<Token, u32>,
    of_type: Vec<Vec<Span>>,
}

impl Places {
    fn add(&mut self, token: Token, place: Span) {
        let next = self.of_type.len() as u32;
        let t = *self.types.entry(token).or_insert(next);
        if t == next {
            self.of_type.push(Vec::new());
        }
        self.of_type[t as usize].push(place);
    }

    fn get(&self, token: &Token) -> &[Span] {
        self.types.get(token).map_or(&[], |&t| &self.of_type[t as usize])
    }
}

impl Aligner {
    /// The words of content of a Chinese and an English text that may translate each other, in the order of the Chinese: by the
    /// lexicon, by the sound of a name, or written the same. A word is linked to each place of its translation, unless there are
    /// many. Figures have no links.
    pub fn link_words(&self, zh: &str, en: &str) -> Vec<WordLink> {
        let lexicon = self.lexicon.as_deref();
        let mut sounds = Sounds::default();
        let places = read_english(en, &mut sounds);
        let mut translations = Translations::new(&places.types, lexicon);
        let mut words = Vec::new();
        for (start, run) in tokens::han_runs(zh) {
            let first = words.len();
            translations.segment(run, |at, _, hits| {
                words.push((Span::new(start + at, start + run.len()), hits));
            });
            for i in first + 1..words.len() {
                words[i - 1].0.end = words[i].0.start;
            }
        }
        let mut out = Vec::new();
        let mut link = |zh: Span, places: &[Span], level: usize| {
            let worth = LEVEL_WORTH[level];
            if places.len() <= MOST_PLACES {
                out.extend(places.iter().map(|&en| WordLink { zh, en, worth }));
            }
        };
        for (place, hits) in words {
            for (t, level) in translations.links_of_word(hits) {
                link(place, &places.of_type[t as usize], usize::from(level));
            }
        }
        tokens::words(zh, |at, word| link(word_at(zh, at), places.get(&word), 3));
        sounds.chinese(zh, |at, name| {
            let place = Span::new(at, at + zh[at..].chars().next().map_or(0, char::len_utf8));
            link(place, places.get(&Token::Sound(name)), 3);
        });
        // A name that the lexicon has and that sounds like its translation counts once.
        out.sort_by_key(|link| (link.zh.start, link.en.start, Reverse(link.zh.end)));
        out.dedup_by_key(|link| (link.zh.start, link.en.start));
        out
    }

    /// Of the first Chinese words that have a likely translation, how many there are, and how many are translated somewhere in the
    /// English, which is in lower case. Stops at `most` words, or when `enough` of them are. Words of one character, which have
    /// many meanings, do not count. Without a lexicon there are none.
    pub fn count_shared_words(&self, zh: &str, en: &str, most: usize, enough: usize) -> (usize, usize) {
        const LIKELY: f32 = 0.25;
        let (mut words, mut shared) = (0, 0);
        let Some(lexicon) = self.lexicon.as_deref() else {
            return (words, shared);
        };
        for (_, run) in tokens::han_runs(zh) {
            let run: String = run.chars().map(|c| lexicon.fold(c)).collect();
            let mut rest = run.as_str();
            while let Some(c) = rest.chars().next() {
                let mut longest = (c.len_utf8(), None);
                lexicon.prefixes(rest, |end, word| longest = (end, Some(word)));
                rest = &rest[longest.0..];
                let Some(word) = longest.1.filter(|_| longest.0 > c.len_utf8()) else {
                    continue;
                };
                let likely = lexicon.links(word).filter(|link| link.weight >= LIKELY);
                let mut stems = likely
                    .map(|link| lexicon.stem_text(link.stem))
                    .filter(|stem| is_content_stem(stem))
                    .peekable();
                words += usize::from(stems.peek().is_some());
                shared += usize::from(stems.any(|stem| has_stem(en, stem)));
                if shared == enough || words == most {
                    return (words, shared);
                }
            }
        }
        (words, shared)
    }
}

/// Whether a word of a text begins with a stem.
fn has_stem(text: &str, stem: &str) -> bool {
    let (text, stem) = (text.as_bytes(), stem.as_bytes());
    let begins_word = |at: usize| {
        at.checked_sub(1)
            .is_none_or(|before| !text[before].is_ascii_alphabetic())
    };
    // A searcher for so few bytes takes longer to build than to run.
    memchr::memchr_iter(stem[0], text).any(|at| begins_word(at) && text[at..].starts_with(stem))
}

fn read_english(en: &str, sounds: &mut Sounds) -> Places {
    let mut places = Places::default();
    tokens::words(en, |at, word| match &word {
        Token::Stem(stem) if !is_content_stem(stem) && !is_short_noun(stem) => {}
        Token::Stem(stem) => {
            if let Some(verb) = verb_of(stem) {
                places.add(Token::Stem(verb), word_at(en, at));
            }
            places.add(word, word_at(en, at));
        }
        _ => places.add(word, word_at(en, at)),
    });
    for place in capitalized(en) {
        if let Some(name) = sounds.english_word(place.of(en)) {
            places.add(Token::Sound(name), place);
        }
    }
    places
}

/// Whether a stem of three letters is no function word, as most are that a translation of two characters has: “men”, “sex”.
fn is_short_noun(stem: &str) -> bool {
    #[rustfmt::skip]
    const FUNCTION_WORDS: [&str; 37] = [
        "the", "and", "for", "not", "are", "was", "has", "had", "his", "her", "its", "him", "she", "you", "our", "who", "whi", "how", "mai",
        "can", "all", "ani", "one", "two", "new", "out", "off", "per", "via", "but", "nor", "yet", "get", "got", "let", "too", "now",
    ];
    stem.len() == 3 && !FUNCTION_WORDS.contains(&stem)
}

/// The word that begins at byte `at`.
fn word_at(text: &str, at: usize) -> Span {
    let len = text[at..].find(|c: char| !c.is_alphanumeric());
    Span::new(at, len.map_or(text.len(), |len| at + len))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_linked_at_their_places() {
        let (zh, en) = (
            "王浩介绍了LHAASO的科学目标和建设过程。",
            "Wang Hao presented the scientific goals of LHAASO and how it was built.",
        );
        let links = Aligner::default().link_words(zh, en);
        let found = |z: &str, e: &str| links.iter().any(|l| l.zh.of(zh).starts_with(z) && l.en.of(en) == e);
        assert!(found("王", "Wang"), "{links:?}");
        assert!(found("科学", "scientific"), "{links:?}");
        assert!(found("LHAASO", "LHAASO"), "{links:?}");
        assert!(!found("的", "the"), "{links:?}");
    }
}
