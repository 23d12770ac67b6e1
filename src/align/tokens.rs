//! What the aligner sees in a text: stems, Latin tokens and numbers in English; Han characters, Latin tokens and
//! numbers in Chinese.

use std::rc::Rc;

use super::lexicon::Lexicon;
use crate::language::en::lexeme::{LexemeKind, Lexemes};
use crate::language::en::stem::stem;
use crate::language::quantity::{self, Figure, Rational};
use crate::text::normalize::halfwidth;
use crate::text::script::is_han;
use crate::text::{Side, Span};

/// A token of either side that is compared as it is, or through the lexicon.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Token {
    /// The stem of an English word, or of a Latin word in a Chinese text.
    Stem(Rc<str>),
    /// A quantity.
    Number(NumberKey),
    /// A month by name or as `11月`.
    Month(u8),
    /// Something that the caller recognised on both sides: a glossary concept.
    Anchor(u32),
    /// A name that the English spells by its sound.
    Sound(Rc<str>),
    /// A Chinese word, by its number in the lexicon.
    Word(u32),
    /// A Han character that the lexicon does not have.
    Character(char),
}

impl Token {
    /// What it is written as, where it is a Chinese word or character.
    pub fn han(&self, lexicon: Option<&Lexicon>) -> Option<Box<str>> {
        match self {
            Self::Word(word) => lexicon.map(|lexicon| lexicon.word_text(*word).into()),
            Self::Character(c) => Some(c.to_string().into()),
            _ => None,
        }
    }
}

/// A value that numbers are compared by, in thousandths: 3.5 and 三点五 agree.
pub(super) type NumberKey = u64;

/// The key of a value; `None` for negative values and for values beyond any sensible quantity.
fn number_key(value: Rational) -> Option<NumberKey> {
    let thousandths = value.checked_mul(Rational::integer(1000))?.round_to_i64()?;
    u64::try_from(thousandths)
        .ok()
        .filter(|&key| key < 1_000_000_000_000_000_000)
}

/// The figures of a text that count as numbers. 一, “one” and “first” are words: articles and adverbs more often than
/// quantities.
fn numbers(text: &str, side: Side) -> impl Iterator<Item = Figure> {
    let figures = quantity::figures(text, side).into_iter();
    figures.filter(|figure| figure.digits || figure.value > Rational::ONE)
}

/// The tokens of an English text, in order, with repetitions.
pub(super) fn english(text: &str, out: &mut Vec<Token>) {
    let mut at = 0;
    for number in numbers(text, Side::En) {
        words(&text[at..number.span.start], |_, word| out.push(word));
        out.extend(number_key(number.value).map(Token::Number));
        at = number.span.end;
    }
    words(&text[at..], |_, word| out.push(word));
}

const fn is_apostrophe(kind: LexemeKind) -> bool {
    matches!(kind, LexemeKind::Sign('\'' | '’' | '‘' | '＇'))
}

/// Calls `found` with the words of Latin letters in `text`, and the bytes before them. Letters with apostrophes between
/// them are one word.
pub(super) fn words(text: &str, mut found: impl FnMut(usize, Token)) {
    let mut lexemes = Lexemes::new(text);
    let mut lower = String::new();
    while let Some(lexeme) = lexemes.next() {
        if lexeme.kind != LexemeKind::Letters {
            continue;
        }
        let mut head = lexeme.span;
        lower_case(head.of(text), &mut lower);
        let mut tail = "";
        while let Some(after) = apostrophe_and_letters(&lexemes) {
            lexemes.skip_to(after.end);
            if tail.is_empty() {
                tail = after.of(text);
            }
        }
        head.end = lexemes.position();
        push_word(&lower, tail, |word| found(head.start, word));
    }
}

/// The letters behind the last lexeme, after an apostrophe.
fn apostrophe_and_letters(lexemes: &Lexemes<'_>) -> Option<Span> {
    let mut ahead = lexemes.clone();
    ahead.next_touching(is_apostrophe)?;
    let letters = ahead.next_touching(|kind| kind == LexemeKind::Letters)?;
    Some(letters.span)
}

/// Writes a word in lower case and half width.
fn lower_case(word: &str, lower: &mut String) {
    lower.clear();
    if word.is_ascii() {
        lower.push_str(word);
        lower.make_ascii_lowercase();
    } else {
        lower.extend(word.chars().map(halfwidth).flat_map(char::to_lowercase));
    }
}

/// A word in lower case becomes its stem or its month. What is behind its apostrophe falls away, but that `n't` becomes
/// `not`.
fn push_word(lower: &str, tail: &str, mut found: impl FnMut(Token)) {
    let negated = tail.eq_ignore_ascii_case("t");
    let base = match lower.strip_suffix('n') {
        Some(verb) if negated && lower != "can" => verb,
        _ => lower,
    };
    if let Some(month) = month(base) {
        found(Token::Month(month));
    } else if !base.is_empty() {
        found(Token::Stem(stem(base)));
    }
    if negated {
        found(Token::Stem("not".into()));
    }
}

/// The months whose English names are other words as well: March and May.
const AMBIGUOUS_MONTHS: [u8; 2] = [3, 5];

/// The month of an English month name in lower case, if it is never another word.
fn month(lower: &str) -> Option<u8> {
    (1..=12)
        .find(|&month| quantity::month_name(month).eq_ignore_ascii_case(lower))
        .filter(|month| !AMBIGUOUS_MONTHS.contains(month))
}

/// The tokens of a Chinese text that need no dictionary, with the bytes before them: Latin words as stems, numbers,
/// months. Han characters are read by [`han_runs`].
pub(super) fn chinese(text: &str, out: &mut Vec<(usize, Token)>) {
    let mut at = 0;
    for number in numbers(text, Side::Zh) {
        words(&text[at..number.span.start], |start, word| out.push((at + start, word)));
        let month = number
            .value
            .to_i64()
            .filter(|n| (1..=12).contains(n) && text[number.span.end..].starts_with('月'));
        let token = match month {
            Some(month) if !AMBIGUOUS_MONTHS.contains(&(month as u8)) => Some(Token::Month(month as u8)),
            _ => number_key(number.value).map(Token::Number),
        };
        out.extend(token.map(|token| (number.span.start, token)));
        at = number.span.end;
    }
    words(&text[at..], |start, word| out.push((at + start, word)));
}

/// The runs of Han characters of a text, with the bytes before them.
pub(super) fn han_runs(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split_inclusive(|c| !is_han(c)).filter_map(move |piece| {
        let start = at;
        at += piece.len();
        let run = piece.trim_end_matches(|c| !is_han(c));
        (!run.is_empty()).then_some((start, run))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn en(text: &str) -> Vec<Token> {
        let mut out = Vec::new();
        english(text, &mut out);
        out
    }

    fn zh(text: &str) -> Vec<Token> {
        let mut out = Vec::new();
        chinese(text, &mut out);
        out.into_iter().map(|(_, token)| token).collect()
    }

    fn stemmed(s: &str) -> Token {
        Token::Stem(s.into())
    }

    #[test]
    fn english_reads_stems_negation_and_possessives() {
        assert_eq!(
            en("China’s plans don't"),
            [stemmed("china"), stemmed("plan"), stemmed("do"), stemmed("not")]
        );
        assert_eq!(en("can't"), [stemmed("can"), stemmed("not")]);
    }

    #[test]
    fn numbers_of_both_sides_meet() {
        assert_eq!(en("3.5 million"), zh("350万"));
        assert_eq!(en("twenty-three"), zh("二十三"));
        assert_eq!(
            en("In November 2024")[1..],
            zh("2024年11月").into_iter().rev().collect::<Vec<_>>()
        );
        assert_eq!(en("two, three").len(), 2);
    }

    #[test]
    fn chinese_reads_latin_words_as_stems() {
        assert_eq!(zh("（LHAASO）"), [stemmed("lhaaso")]);
        assert_eq!(
            han_runs("在Python中，使用").collect::<Vec<_>>(),
            [(0, "在"), (9, "中"), (15, "使用")]
        );
    }
}
