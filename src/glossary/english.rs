//! The English names of a concept, compiled for comparison with the words of a text.

use std::cell::OnceCell;

use crate::language::en::token::{Token, fold, tokens};
use crate::text::Span;

use super::{Concept, Status};

/// Words inside a name that do not count: a name with an article more or less is the same name.
const SKIPPED: [&str; 3] = ["the", "a", "an"];

/// An English name, ready to be looked for.
#[derive(Debug, Clone)]
pub struct EnglishName {
    /// Number among the concept's English names; `None` for the acronym.
    pub index: Option<usize>,
    /// Whether it may be used.
    pub status: Status,
    /// The words' keys, articles left out.
    pub keys: Vec<u64>,
    /// The words as written, articles left out.
    pub words: Vec<String>,
    /// Whether capitals must agree.
    pub exact_case: bool,
    has_comma: bool,
}

/// The English names of a concept, acronym included.
pub fn compile(concept: &Concept) -> Vec<EnglishName> {
    names(concept)
        .map(|(index, status, text)| {
            let tokens = counted(text);
            let words: Vec<String> = tokens.iter().map(|t| t.span.of(text).to_owned()).collect();
            EnglishName {
                index,
                status,
                keys: tokens.iter().map(|t| t.key).collect(),
                exact_case: concept.case_sensitive || words.len() == 1 && is_risky_acronym(&words[0]),
                words,
                has_comma: text.contains(','),
            }
        })
        .filter(|n| !n.keys.is_empty())
        .collect()
}

/// The keys of the words of every English name of a concept, articles left out, acronym included.
pub fn keys(concept: &Concept) -> impl Iterator<Item = Vec<u64>> {
    names(concept)
        .map(|(.., text)| counted(text).iter().map(|t| t.key).collect::<Vec<_>>())
        .filter(|keys| !keys.is_empty())
}

fn names(concept: &Concept) -> impl Iterator<Item = (Option<usize>, Status, &str)> {
    let names = concept
        .en
        .iter()
        .enumerate()
        .map(|(i, n)| (Some(i), n.status, &*n.text));
    let acronym = concept.acronym.iter().map(|a| (None, Status::Admitted, &**a));
    names.chain(acronym)
}

/// The words that count in a name.
fn counted(name: &str) -> Vec<Token> {
    let mut tokens = tokens(name);
    tokens.retain(|t| !is_skipped(t.span.of(name)));
    tokens
}

fn is_skipped(word: &str) -> bool {
    SKIPPED.iter().any(|s| word.eq_ignore_ascii_case(s))
}

/// Capitals that would be another word in lower case: US, WHO, EAST, FAST. Longer ones ("COVID") are safe to fold.
fn is_risky_acronym(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    letters <= 4 && letters > 0 && word.chars().all(|c| !c.is_lowercase())
}

/// The words of an English text, to be kept beside it.
#[derive(Debug, Default)]
pub struct WordList {
    tokens: Vec<Token>,
    some: SomeKeys,
    folded: OnceCell<Folded>,
}

/// The folded forms of the words, one behind the other, and where each ends.
#[derive(Debug, Default)]
struct Folded {
    text: String,
    ends: Vec<usize>,
}

impl WordList {
    /// Takes a text apart.
    pub fn new(text: &str) -> Self {
        let tokens = tokens(text);
        Self {
            some: SomeKeys::of(&tokens),
            tokens,
            folded: OnceCell::new(),
        }
    }

    /// The words with the text that they were taken from.
    pub fn of<'a>(&'a self, text: &'a str) -> Words<'a> {
        Words {
            text,
            tokens: &self.tokens,
            some: self.some,
            folded: &self.folded,
        }
    }
}

/// One bit for all keys that are the same modulo 256: most names that are looked for stand nowhere in the text.
#[derive(Debug, Clone, Copy, Default)]
struct SomeKeys([u64; 4]);

impl SomeKeys {
    fn of(tokens: &[Token]) -> Self {
        let mut bits = [0; 4];
        for token in tokens {
            bits[(token.key >> 6 & 3) as usize] |= 1 << (token.key & 63);
        }
        Self(bits)
    }

    const fn may_have(self, key: u64) -> bool {
        self.0[(key >> 6 & 3) as usize] >> (key & 63) & 1 == 1
    }
}

/// The words of an English text with the text, for looking names up.
#[derive(Debug, Clone, Copy)]
pub struct Words<'a> {
    /// The text.
    pub text: &'a str,
    /// Its words.
    pub tokens: &'a [Token],
    some: SomeKeys,
    folded: &'a OnceCell<Folded>,
}

impl<'a> Words<'a> {
    /// The folded forms of the words, in order.
    pub fn folded(&self) -> Vec<&'a str> {
        let folded = self.folded.get_or_init(|| {
            let mut all = Folded::default();
            for token in self.tokens {
                all.text.push_str(&fold(token.span.of(self.text)));
                all.ends.push(all.text.len());
            }
            all
        });
        let mut from = 0;
        let word = |&to: &usize| &folded.text[std::mem::replace(&mut from, to)..to];
        folded.ends.iter().map(word).collect()
    }

    /// The places where `name` stands, as byte spans.
    pub fn find(&self, name: &EnglishName) -> Vec<Span> {
        if !name.keys.iter().all(|&key| self.some.may_have(key)) {
            return Vec::new();
        }
        (0..self.tokens.len())
            .filter_map(|at| self.match_at(name, at))
            .collect()
    }

    fn match_at(&self, name: &EnglishName, at: usize) -> Option<Span> {
        if self.tokens[at].key != name.keys[0] {
            return None;
        }
        let mut last = at;
        for (i, &want) in name.keys.iter().enumerate() {
            let mut next = if i == 0 { at } else { last + 1 };
            if i > 0
                && self
                    .tokens
                    .get(next)
                    .is_some_and(|t| t.key != want && self.is_article(t))
            {
                next += 1;
            }
            let token = self.tokens.get(next)?;
            if token.key != want
                || name.exact_case && !same_case(token.span.of(self.text), &name.words[i])
                || i > 0 && !self.joined(last, next, name.has_comma)
            {
                return None;
            }
            last = next;
        }
        Some(Span::new(self.tokens[at].span.start, self.tokens[last].span.end))
    }

    pub(super) fn is_article(&self, token: &Token) -> bool {
        is_skipped(token.span.of(self.text))
    }

    /// Whether only what may stand inside a name stands between two words: space, hyphens, quotes, markup, a line wrap,
    /// and commas where the name has one.
    fn joined(&self, before: usize, after: usize, comma: bool) -> bool {
        let gap = &self.text[self.tokens[before].span.end..self.tokens[after].span.start];
        gap.chars().all(|c| {
            c.is_whitespace()
                || matches!(
                    c,
                    '-' | '‐'
                        | '‑'
                        | '–'
                        | '/'
                        | '&'
                        | '*'
                        | '_'
                        | '`'
                        | '"'
                        | '\''
                        | '“'
                        | '”'
                        | '‘'
                        | '’'
                        | 's'
                        | 'S'
                )
                || comma && c == ','
                || c == '.' && self.tokens[before].span.len() <= 3
                // An article skipped between the two words is part of the gap.
                || after > before + 1 && c.is_ascii_alphabetic()
        })
    }
}

/// Whether capitals agree where it matters: an acronym in capitals is not the word in lower case.
fn same_case(found: &str, wanted: &str) -> bool {
    let letters = |s: &str| s.chars().filter(|c| c.is_alphabetic()).collect::<String>();
    let (found, wanted) = (letters(found), letters(wanted));
    found == wanted || found.strip_suffix('s').is_some_and(|f| f == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::glossary::{Kind, Name};

    fn found(name: &str, text: &str) -> Vec<String> {
        let mut c = Concept::new("c", Kind::Institution);
        c.en = vec![Name::new(name, Status::Preferred)];
        let compiled = compile(&c);
        WordList::new(text)
            .of(text)
            .find(&compiled[0])
            .into_iter()
            .map(|s| s.of(text).to_owned())
            .collect()
    }

    #[test]
    fn accepts_the_spellings_of_one_name() {
        let name = "Large High Altitude Air Shower Observatory";
        for text in [
            "the large High-Altitude Air Shower Observatories",
            "Large High Altitude\nAir Shower Observatory's data",
            "**Large** High Altitude Air *Shower* Observatory",
        ] {
            assert_eq!(found(name, text).len(), 1, "{text}");
        }
        assert!(found(name, "Large High Altitude Cosmic Ray Observatory").is_empty());
        assert_eq!(
            found("World Health Organization", "the World Health Organisation").len(),
            1
        );
        assert_eq!(
            found("Bank of the People", "Bank of People, a bank of the people").len(),
            2
        );
    }

    #[test]
    fn short_acronyms_keep_their_case() {
        assert_eq!(found("US", "us, US and the U.S. and U.S.A."), ["US", "U.S"]);
        assert_eq!(found("FAST", "fast FAST"), ["FAST"]);
        assert_eq!(found("NGO", "NGOs"), ["NGOs"]);
    }

    #[test]
    fn a_name_does_not_run_over_a_stop() {
        assert!(found("South Africa", "in the South. Africa is").is_empty());
    }
}
