//! What the aligner sees in a text: stems, Latin tokens and numbers in English; Han characters, Latin tokens and
//! numbers in Chinese.

use std::rc::Rc;

use super::lexicon::Lexicon;
use super::numeral::{self, Key};
use crate::language::en::stem::stem;
use crate::text::normalize::halfwidth;
use crate::text::script::is_han;

/// A token of either side that is compared as it is, or through the lexicon.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Token {
    /// The stem of an English word, or of a Latin word in a Chinese text.
    Stem(Rc<str>),
    /// A quantity.
    Number(Key),
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

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | '＇')
}

fn is_word_char(c: char) -> bool {
    c.is_alphabetic() && !is_han(c)
}

/// The tokens of an English text, in order, with repetitions.
pub(super) fn english(text: &str, out: &mut Vec<Token>) {
    let mut rest = text;
    let mut lower = String::new();
    // A number in the making: `twenty` waits for `three`, `3.5` for `million`.
    let mut number: Option<(f64, bool)> = None;
    let flush = |number: &mut Option<(f64, bool)>, out: &mut Vec<Token>| {
        if let Some(key) = number.take().and_then(|(v, _)| numeral::key(v)) {
            out.push(Token::Number(key));
        }
    };
    while let Some(c) = rest.chars().next() {
        if halfwidth(c).is_ascii_digit() {
            flush(&mut number, out);
            if let Some(n) = numeral::digits(rest) {
                number = Some((n.value, false));
                rest = &rest[n.len..];
                continue;
            }
        } else if is_word_char(c) {
            let end = word_end(rest);
            lower_case(&rest[..end], &mut lower);
            rest = &rest[end..];
            if let Some(scale) = numeral::scale_word(&lower) {
                if let Some((v, _)) = number {
                    number = Some((v * scale, false));
                    continue;
                }
            } else if let Some(value) = numeral::word(&lower) {
                number = match number {
                    // twenty-three
                    Some((tens, true)) if value < 10.0 => Some((tens + value, false)),
                    _ => {
                        flush(&mut number, out);
                        Some((value, value >= 20.0))
                    }
                };
                continue;
            }
            flush(&mut number, out);
            push_word(&lower, out);
            continue;
        } else if !(c.is_whitespace() || c == '-') {
            flush(&mut number, out);
        }
        rest = &rest[c.len_utf8()..];
    }
    flush(&mut number, out);
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

/// Bytes of the word at the start of `text`: letters with apostrophes between them.
fn word_end(text: &str) -> usize {
    let mut end = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let inner = is_apostrophe(c) && chars.peek().is_some_and(|&(_, n)| is_word_char(n));
        if !(is_word_char(c) || inner) {
            break;
        }
        end = at + c.len_utf8();
    }
    end
}

/// A word in lower case becomes its stem; `'s` falls away, `n't` becomes `not`.
fn push_word(lower: &str, out: &mut Vec<Token>) {
    let (base, negated) = match lower.find(is_apostrophe) {
        None => (lower, false),
        Some(at) => {
            let tail = lower[at..].trim_start_matches(is_apostrophe);
            match (&lower[..at], tail) {
                ("can", "t") => ("can", true),
                (head, "t") => (head.strip_suffix('n').unwrap_or(head), true),
                (head, _) => (head, false),
            }
        }
    };
    if let Some(month) = numeral::month(base) {
        out.push(Token::Month(month));
    } else if !base.is_empty() {
        out.push(Token::Stem(stem(base)));
    }
    if negated {
        out.push(Token::Stem("not".into()));
    }
}

/// The tokens of a Chinese text that need no dictionary, with the bytes before them: Latin words as stems, numbers,
/// months. Han characters are read by [`han_runs`].
pub(super) fn chinese(text: &str, out: &mut Vec<(usize, Token)>) {
    let mut rest = text;
    let mut lower = String::new();
    let mut words = Vec::new();
    while let Some(c) = rest.chars().next() {
        let at = text.len() - rest.len();
        let numeral = if halfwidth(c).is_ascii_digit() {
            numeral::digits(rest).map(|n| match numeral::han_scale(&rest[n.len..]) {
                Some((scale, len)) => numeral::Numeral {
                    value: n.value * scale,
                    len: n.len + len,
                },
                None => n,
            })
        } else if numeral::is_han_numeral(c) {
            let n = numeral::han(rest);
            if n.is_none() {
                let skip = rest.find(|c| !numeral::is_han_numeral(c)).unwrap_or(rest.len());
                rest = &rest[skip..];
                continue;
            }
            n
        } else {
            None
        };
        if let Some(n) = numeral {
            rest = &rest[n.len..];
            let month = rest.starts_with('月') && (1.0..=12.0).contains(&n.value) && n.value.fract() == 0.0;
            if month && !matches!(n.value as u8, 3 | 5) {
                out.push((at, Token::Month(n.value as u8)));
            } else if c != '一' || n.value > 1.0 {
                out.extend(numeral::key(n.value).map(|key| (at, Token::Number(key))));
            }
            continue;
        }
        if is_word_char(c) {
            let end = word_end(rest);
            lower_case(&rest[..end], &mut lower);
            push_word(&lower, &mut words);
            out.extend(words.drain(..).map(|word| (at, word)));
            rest = &rest[end..];
            continue;
        }
        rest = &rest[c.len_utf8()..];
    }
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
