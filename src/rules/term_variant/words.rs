//! Which words of a pair render one another, as far as the lexicon knows, and what is left over.

use std::collections::HashMap;
use std::sync::OnceLock;

use rust_stemmers::{Algorithm, Stemmer};

use crate::align::Lexicon;
use crate::language::en::related::same_root;
use crate::language::en::token::word_spans;
use crate::language::zh::segment;
use crate::text::Span;

/// Shortest and longest Chinese word that is followed, in characters.
const WORD: std::ops::RangeInclusive<usize> = 2..=4;
/// Shortest English stem that is compared, in letters: shorter ones have too many meanings.
const MIN_STEM: usize = 4;
/// Most translations in the lexicon of a Chinese word that is followed.
const MAX_LINKS: usize = 3;
/// Least weight of the usual translation in the lexicon.
const MAIN: f32 = 0.5;
/// Least weight at which an English word counts as the translation of a Chinese one.
const MEANING: f32 = 0.3;
/// The same for explaining an English word by a part of a Chinese one.
const TRACE: f32 = 0.2;
/// Most Chinese words that a word of narrow meaning translates.
const MAX_MEANINGS: usize = 4;
/// How far apart, as a share of the length, the two words may stand in their texts.
const MAX_SHIFT: f32 = 0.25;
/// Endings of English adjectives, adverbs and verb forms, which render the words around a term rather than the term.
const NOT_NOUNS: [&str; 11] = [
    "able", "ible", "ed", "ing", "ous", "al", "ive", "ly", "ic", "ful", "less",
];

/// An English word of a pair.
pub(super) struct Word {
    pub span: Span,
    /// Snowball stem of the word in lower case.
    pub stem: Box<str>,
    /// The number of the stem in the lexicon, which the stem may lack.
    pub id: Option<u32>,
}

/// A Chinese word of a pair that the lexicon has.
#[derive(Clone, Copy)]
pub(super) struct Hit {
    pub word: u32,
    pub span: Span,
}

/// Reads words; keeps what it has stemmed.
pub(super) struct Reader {
    stemmer: Stemmer,
    known: HashMap<Box<str>, Box<str>>,
    lexicon: &'static Lexicon,
}

impl Reader {
    pub fn new() -> Self {
        Self {
            stemmer: Stemmer::create(Algorithm::English),
            known: HashMap::new(),
            lexicon: Lexicon::embedded(),
        }
    }

    /// The words of an English text.
    pub fn english(&mut self, text: &str) -> Vec<Word> {
        word_spans(text)
            .map(|span| {
                let lower = span.of(text).to_lowercase();
                let stem = if let Some(stem) = self.known.get(lower.as_str()) {
                    stem.clone()
                } else {
                    let stem: Box<str> = self.stemmer.stem(&lower).into();
                    self.known.insert(lower.into(), stem.clone());
                    stem
                };
                let id = self.lexicon.stem(&stem);
                Word { span, stem, id }
            })
            .collect()
    }

    /// The words of a Chinese text, the longest at each place (forward maximum matching), left to right.
    pub fn chinese(&self, text: &str) -> Vec<Hit> {
        let mut hits = Vec::new();
        let mut at = 0;
        while let Some(c) = text[at..].chars().next() {
            let mut step = c.len_utf8();
            let mut longest = None;
            self.lexicon
                .prefixes(&text[at..], |end, word| longest = Some((end, word)));
            if let Some((end, word)) = longest {
                let span = Span::new(at, at + end);
                hits.push(Hit { word, span });
                step = end;
            }
            at += step;
        }
        hits
    }

    /// The stems that translate a Chinese word worth following: few, one of them the main one. Empty for other words.
    pub fn translations(&self, word: u32) -> Vec<(u32, f32)> {
        let length = self.lexicon.word_text(word).chars().count();
        let links: Vec<_> = self.lexicon.links(word).map(|l| (l.stem, l.weight)).collect();
        let main = links
            .iter()
            .any(|&(s, w)| w >= MAIN && self.lexicon.stem_text(s).len() >= MIN_STEM);
        if WORD.contains(&length) && links.len() <= MAX_LINKS && main {
            links
        } else {
            Vec::new()
        }
    }

    /// Whether a translation can be the usual one.
    pub fn is_main(&self, (stem, weight): (u32, f32)) -> bool {
        weight >= MAIN && self.lexicon.stem_text(stem).len() >= MIN_STEM
    }

    /// The first of `words` that is a form of the stem numbered `stem`.
    pub fn rendering<'w>(&self, stem: u32, words: &'w [Word]) -> Option<&'w Word> {
        let text = self.lexicon.stem_text(stem);
        words
            .iter()
            .find(|w| w.id == Some(stem))
            .or_else(|| words.iter().find(|w| renders(text, &w.stem)))
    }

    /// The only English word of the pair that can stand for `hit` in place of its usual translation: a noun of narrow
    /// meaning at about the same place, which `once` holds to be nowhere else, and which no other Chinese word explains.
    pub fn odd(&self, zh: &str, en: &str, hit: Hit, words: &[Word], once: impl Fn(u32) -> bool) -> Option<Span> {
        let term = hit.span.of(zh);
        if !segment::words(zh).contains(&hit.span) || !segment::is_nominal(term) {
            return None;
        }
        let rest = zh.replace(term, " ");
        let mut explained = Vec::new();
        for (at, _) in rest.char_indices() {
            self.lexicon.prefixes(&rest[at..], |_, word| {
                explained.extend(self.lexicon.links(word).map(|l| self.lexicon.stem_text(l.stem)));
            });
        }
        explained.sort_unstable();
        explained.dedup();
        let middle = |span: Span, text: &str| (span.start + span.end) as f32 / (2 * text.len()) as f32;
        let place = middle(hit.span, zh);
        let mut found = None;
        for (i, word) in words.iter().enumerate() {
            let form = word.span.of(en);
            let Some(id) = word.id.filter(|&id| word.stem.len() >= MIN_STEM && once(id)) else {
                continue;
            };
            let name = i > 0 && form.starts_with(char::is_uppercase);
            if name
                || NOT_NOUNS.iter().any(|e| form.ends_with(e))
                || (middle(word.span, en) - place).abs() > MAX_SHIFT
                || explained
                    .iter()
                    .any(|e| e.len() >= MIN_STEM && (renders(e, &word.stem) || renders(&word.stem, e)))
                || !self.is_narrow_noun(id, &rest)
            {
                continue;
            }
            if found.replace(word.span).is_some() {
                return None;
            }
        }
        found
    }

    /// Whether the stem translates few Chinese words, all of them nouns, and none that shares a character with `rest`.
    fn is_narrow_noun(&self, stem: u32, rest: &str) -> bool {
        let reverse = reverse();
        let from = reverse.partition_point(|&(s, ..)| s < stem);
        let meanings: Vec<_> = reverse[from..].iter().take_while(|&&(s, ..)| s == stem).collect();
        let traces = meanings.iter().map(|&&(_, word, _)| self.lexicon.word_text(word));
        if traces.flat_map(str::chars).any(|c| rest.contains(c)) {
            return false;
        }
        let main: Vec<_> = meanings.iter().filter(|&&&(.., w)| w >= MEANING).collect();
        (1..=MAX_MEANINGS).contains(&main.len())
            && main.iter().any(|&&&(.., w)| w >= MAIN)
            && main.iter().all(|&&&(_, word, _)| {
                let word = self.lexicon.word_text(word);
                word.chars().nth(1).is_some() && segment::is_nominal(word)
            })
    }
}

/// Stem, word, weight: the links of the lexicon by stem, without the faint ones.
fn reverse() -> &'static [(u32, u32, f32)] {
    static REVERSE: OnceLock<Vec<(u32, u32, f32)>> = OnceLock::new();
    REVERSE.get_or_init(|| {
        let lexicon = Lexicon::embedded();
        let mut links: Vec<_> = (0..lexicon.words() as u32)
            .flat_map(|word| lexicon.links(word).map(move |l| (l.stem, word, l.weight)))
            .filter(|&(.., weight)| weight >= TRACE)
            .collect();
        links.sort_unstable_by_key(|&(stem, word, _)| (stem, word));
        links
    })
}

/// Whether `word` is a form of `stem`, or a compound with it: virus in coronavirus and antiviral.
fn renders(stem: &str, word: &str) -> bool {
    let head = stem.get(..stem.len().min(6)).unwrap_or(stem);
    stem == word
        || stem.len() >= MIN_STEM && word.contains(head)
        || stem.get(..3).is_some_and(|h| word.starts_with(h)) && same_root(stem, word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_word_is_read() {
        let reader = Reader::new();
        let text = "新的疫苗和糖尿病";
        let words: Vec<&str> = reader.chinese(text).iter().map(|h| h.span.of(text)).collect();
        assert!(words.contains(&"疫苗") && words.contains(&"糖尿病"), "{words:?}");
    }

    #[test]
    fn forms_and_compounds_render_a_stem() {
        assert!(renders("virus", "coronavirus"));
        assert!(renders("infect", "infecti"));
        assert!(!renders("infect", "contamin"));
    }
}
