//! Finds the English names of a concept in a text. Words are compared by a folded form: case, dots, diacritics, plural and
//! British endings make no difference, articles are ignored, and short acronyms keep their case. The sign of a currency has
//! no words and is found as it is.

use std::borrow::Cow;
use std::cell::OnceCell;

use crate::language::en::token::{Token, fold, read_tokens, tokens};
use crate::language::quantity::is_number_word;
use crate::text::Span;

use super::{Concept, Status};

/// Words that are ignored in names.
const ARTICLES: [&str; 3] = ["the", "a", "an"];

/// An English name, prepared for comparison with the words of a text.
#[derive(Debug, Clone)]
pub struct EnglishName {
    /// Number among the concept's English names; `None` for the acronym.
    pub index: Option<usize>,
    /// Whether it may be used.
    pub status: Status,
    /// The keys of the words, without articles.
    pub keys: Vec<u64>,
    /// The words as written, without articles.
    pub words: Vec<String>,
    /// Whether capitals must match.
    pub exact_case: bool,
    has_comma: bool,
    /// The name as written if it ends in the sign of a currency (€, US$). It has no keys then.
    sign: Option<String>,
}

/// Signs of currencies that English texts have, mostly before the figure.
const CURRENCY_SIGNS: [char; 9] = ['$', '£', '€', '¥', '₩', '₹', '₽', '฿', '₫'];

/// Bodies whose acronyms stand in longer names for the names: UN Framework Convention on Climate Change.
const SHORTENED: [(&str, &str); 14] = [
    (
        "Central Committee of the Communist Party of China",
        "CPC Central Committee",
    ),
    ("United Nations", "UN"),
    ("European Union", "EU"),
    ("Communist Party of China", "CPC"),
    ("National People's Congress", "NPC"),
    ("Chinese People's Political Consultative Conference", "CPPCC"),
    ("Chinese Academy of Sciences", "CAS"),
    ("Chinese Academy of Engineering", "CAE"),
    ("Shanghai Cooperation Organization", "SCO"),
    ("World Trade Organization", "WTO"),
    ("World Health Organization", "WHO"),
    ("Global Development Initiative", "GDI"),
    ("Global Security Initiative", "GSI"),
    ("Global Civilization Initiative", "GCI"),
];

/// The name with the acronym of a body for the body in it; of a national body, without the country; of an institute, without
/// its academy; of an office under the State Council, with that first.
fn shorten(name: &str) -> Option<String> {
    if let Some(short) = name.strip_suffix(" of China").filter(|_| name.starts_with("National ")) {
        return Some(short.to_owned());
    }
    if let Some(institute) = name.strip_suffix(", Chinese Academy of Sciences") {
        return Some(institute.to_owned());
    }
    if let Some(office) = name
        .strip_suffix(" of the State Council")
        .filter(|office| office.contains(' '))
    {
        return Some(format!("State Council {office}"));
    }
    let (full, acronym) = SHORTENED
        .iter()
        .find(|(full, _)| name.contains(full) && name != *full)?;
    Some(name.replacen(full, acronym, 1))
}

/// The English names of a concept, also with acronyms in them, and its own acronym.
pub fn compile_names(concept: &Concept) -> Vec<EnglishName> {
    let shortened = names(concept).filter_map(|(index, status, text)| Some((index, status, shorten(text)?)));
    let full = names(concept).map(|(index, status, text)| (index, status, Cow::Borrowed(text)));
    full.chain(shortened.map(|(index, status, text)| (index, status, Cow::Owned(text))))
        .map(|(index, status, text)| {
            let text = &*text;
            let sign = text.ends_with(CURRENCY_SIGNS).then(|| text.to_owned());
            let tokens = if sign.is_some() {
                Vec::new()
            } else {
                tokens_without_articles(text)
            };
            let words: Vec<String> = tokens.iter().map(|t| t.span.of(text).to_owned()).collect();
            EnglishName {
                index,
                status,
                keys: tokens.iter().map(|t| t.key).collect(),
                exact_case: concept.case_sensitive || words.len() == 1 && is_risky_acronym(&words[0]),
                words,
                has_comma: text.contains(','),
                sign,
            }
        })
        .filter(|n| !n.keys.is_empty() || n.sign.is_some())
        .collect()
}

/// The keys of the words of each English name of a concept, without articles, and of its acronym.
pub fn word_keys(concept: &Concept) -> impl Iterator<Item = Vec<u64>> {
    names(concept)
        .filter(|(.., text)| !text.ends_with(CURRENCY_SIGNS))
        .map(|(.., text)| tokens_without_articles(text).iter().map(|t| t.key).collect::<Vec<_>>())
        .filter(|keys| !keys.is_empty())
}

/// The keys of the first two words of each English name of three or more words, without articles.
pub fn first_two_keys(concept: &Concept) -> impl Iterator<Item = (u64, u64)> {
    names(concept).filter_map(|(.., text)| {
        let mut words = read_tokens(text).filter(|t| !is_article(t.span.of(text)));
        let two = (words.next()?.key, words.next()?.key);
        words.next().map(|_| two)
    })
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

fn tokens_without_articles(name: &str) -> Vec<Token> {
    let mut tokens = tokens(name);
    tokens.retain(|t| !is_article(t.span.of(name)));
    tokens
}

fn is_article(word: &str) -> bool {
    ARTICLES.iter().any(|s| word.eq_ignore_ascii_case(s))
}

/// Acronyms that are another word in lower case: US, WHO, EAST, FAST. Longer ones (COVID) are safe to fold.
fn is_risky_acronym(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    letters <= 4 && letters > 0 && word.chars().all(|c| !c.is_lowercase())
}

/// The words of an English text, without the text.
#[derive(Debug, Default)]
pub struct WordList {
    tokens: Vec<Token>,
    some: SomeKeys,
    by_key: OnceCell<Vec<(u64, u32)>>,
    folded: OnceCell<Folded>,
}

/// More words than this are searched by an index. A few are searched faster one by one.
const INDEXED: usize = 32;

/// The folded forms of the words, concatenated, and the end of each in bytes.
#[derive(Debug, Default)]
struct Folded {
    text: String,
    ends: Vec<usize>,
}

impl WordList {
    /// The words of `text`.
    pub fn new(text: &str) -> Self {
        let tokens = tokens(text);
        Self {
            some: SomeKeys::new(&tokens),
            tokens,
            by_key: OnceCell::new(),
            folded: OnceCell::new(),
        }
    }

    /// The words together with `text`, which must be the text they were read from.
    pub fn of<'a>(&'a self, text: &'a str) -> Words<'a> {
        Words {
            text,
            tokens: &self.tokens,
            some: self.some,
            by_key: &self.by_key,
            folded: &self.folded,
        }
    }
}

/// The set of the keys modulo 256. Most names are nowhere in the text, and this rules them out without a search: without it,
/// checking takes 1.5 % more instructions (callgrind, 2,098 pairs).
#[derive(Debug, Clone, Copy, Default)]
struct SomeKeys([u64; 4]);

impl SomeKeys {
    fn new(tokens: &[Token]) -> Self {
        let mut bits = [0; 4];
        for token in tokens {
            bits[(token.key >> 6 & 3) as usize] |= 1 << (token.key & 63);
        }
        Self(bits)
    }

    const fn may_contain(self, key: u64) -> bool {
        self.0[(key >> 6 & 3) as usize] >> (key & 63) & 1 == 1
    }
}

/// The words of an English text together with the text.
#[derive(Debug, Clone, Copy)]
pub struct Words<'a> {
    /// The text.
    pub text: &'a str,
    /// Its words.
    pub tokens: &'a [Token],
    some: SomeKeys,
    /// The key and the number of each word, in order, made on first use.
    by_key: &'a OnceCell<Vec<(u64, u32)>>,
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

    /// The byte spans in which `name` appears.
    pub fn find(&self, name: &EnglishName) -> Vec<Span> {
        if let Some(sign) = &name.sign {
            return self
                .text
                .match_indices(sign)
                .map(|(at, _)| Span::new(at, at + sign.len()))
                .collect();
        }
        if !name.keys.iter().all(|&key| self.some.may_contain(key)) {
            return Vec::new();
        }
        let match_at = |at| self.match_at(name, at);
        if self.tokens.len() <= INDEXED {
            return (0..self.tokens.len()).filter_map(match_at).collect();
        }
        let by_key = self.by_key.get_or_init(|| {
            let mut by_key: Vec<(u64, u32)> = self.tokens.iter().map(|token| token.key).zip(0..).collect();
            by_key.sort_unstable();
            by_key
        });
        let first = name.keys[0];
        let places = &by_key[by_key.partition_point(|&(key, _)| key < first)..];
        let places = places.iter().take_while(|&&(key, _)| key == first);
        places.filter_map(|&(_, at)| match_at(at as usize)).collect()
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
                // Standing Committee of the Seventh National People's Congress.
                if self
                    .tokens
                    .get(next)
                    .is_some_and(|t| t.key != want && self.is_session(t))
                {
                    next += 1;
                }
            }
            let token = self.tokens.get(next)?;
            if token.key != want
                || name.exact_case && !same_case(token.span.of(self.text), &name.words[i])
                || i > 0 && !self.are_adjacent(last, next, name.has_comma)
            {
                return None;
            }
            last = next;
        }
        let end = self.tokens[last].span.end;
        // “won't” is no won.
        let rest = &self.text[end..];
        let is_contracted = ["'t", "’t"].iter().any(|mark| rest.starts_with(mark));
        (!is_contracted).then(|| Span::new(self.tokens[at].span.start, end))
    }

    pub(super) fn is_article(&self, token: &Token) -> bool {
        is_article(token.span.of(self.text))
    }

    /// Whether a word is the number of a congress or a committee: Seventh, 14th.
    fn is_session(&self, token: &Token) -> bool {
        let word = token.span.of(self.text);
        let is_figure = word.starts_with(|c: char| c.is_ascii_digit());
        (is_figure || is_number_word(word)) && ["st", "nd", "rd", "th"].iter().any(|end| word.ends_with(end))
    }

    /// Whether two words are separated only by what may appear inside a name: white space, hyphens, quotation marks, markup,
    /// and commas if the name has one.
    fn are_adjacent(&self, before: usize, after: usize, comma: bool) -> bool {
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
                // An article or a number skipped between the two words is part of the gap.
                || after > before + 1 && c.is_ascii_alphanumeric()
        })
    }
}

/// Whether the capitals match: the acronym US is not the word “us”, but NGOs is NGO.
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
        let (compiled, words) = (compile_names(&c), WordList::new(text));
        let places = compiled.iter().flat_map(|name| words.of(text).find(name));
        places.map(|s| s.of(text).to_owned()).collect()
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
    fn a_name_is_found_in_a_long_text_as_in_a_short_one() {
        let text = "The Bank of the People said so. ".repeat(INDEXED);
        assert_eq!(found("Bank of the People", &text).len(), INDEXED);
    }

    #[test]
    fn short_acronyms_keep_their_case() {
        assert_eq!(found("US", "us, US and the U.S. and U.S.A."), ["US", "U.S"]);
        assert_eq!(found("FAST", "fast FAST"), ["FAST"]);
        assert_eq!(found("NGO", "NGOs"), ["NGOs"]);
    }

    #[test]
    fn the_sign_of_a_currency_is_a_name() {
        assert_eq!(found("US$", "US$5, US 5$"), ["US$"]);
        assert_eq!(found("€", "It costs €5 or 5€."), ["€", "€"]);
    }

    #[test]
    fn a_body_in_a_name_may_be_its_acronym() {
        let name = "United Nations Framework Convention on Climate Change";
        assert_eq!(found(name, "the UN Framework Convention on Climate Change").len(), 1);
        assert!(found("United Nations", "the UN").is_empty());
    }

    #[test]
    fn a_name_holds_the_number_of_a_session() {
        let name = "Standing Committee of the National People's Congress";
        for text in [
            "the Standing Committee of the Seventh National People’s Congress",
            "the Standing Committee of the 14th National People's Congress",
        ] {
            assert_eq!(found(name, text).len(), 1, "{text}");
        }
        assert!(found(name, "the Standing Committee of the Hebei National People's Congress").is_empty());
    }

    #[test]
    fn a_contraction_is_another_word() {
        assert!(found("won", "It won't work, and won’t stop.").is_empty());
        assert_eq!(found("won", "It costs 5 won.").len(), 1);
    }

    #[test]
    fn a_name_does_not_cross_a_full_stop() {
        assert!(found("South Africa", "in the South. Africa is").is_empty());
    }
}
