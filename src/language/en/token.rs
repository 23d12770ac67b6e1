//! English words with their places, and the folded form under which two spellings of one word are the same.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use xxhash_rust::xxh3::xxh3_64;

use crate::text::Span;

/// A word of an English text: a run of letters and digits. Dotted capitals ("U.S.", "E.U.") are one word; hyphens,
/// slashes and apostrophes divide; a possessive ending belongs to no word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// Bytes in the text, without a possessive ending.
    pub span: Span,
    /// Hash of the folded form; equal for spellings of the same word.
    pub key: u64,
    /// Whether the first letter is a capital.
    pub capital: bool,
}

/// The words of `text`, in order.
pub fn tokens(text: &str) -> Vec<Token> {
    let mut out = Vec::with_capacity(text.len() / 6);
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let Some(start) = next_word_start(text, at) else { break };
        let end = word_end(text, start);
        let end = dotted_capitals(text, start, end).unwrap_or(end);
        let word = &text[start..end];
        out.push(Token {
            span: Span::new(start, end),
            key: key(word),
            capital: word.chars().next().is_some_and(char::is_uppercase),
        });
        at = skip_possessive(text, end);
    }
    out
}

fn is_word_char(c: char) -> bool {
    c.is_alphanumeric() && !crate::text::script::is_han(c) || is_combining_mark(c)
}

fn next_word_start(text: &str, at: usize) -> Option<usize> {
    text[at..]
        .char_indices()
        .find(|&(_, c)| is_word_char(c))
        .map(|(i, _)| at + i)
}

fn word_end(text: &str, start: usize) -> usize {
    text[start..]
        .char_indices()
        .find(|&(_, c)| !is_word_char(c))
        .map_or(text.len(), |(i, _)| start + i)
}

/// The end of "U.S." or "U.S" where `start..end` is its first letter.
fn dotted_capitals(text: &str, start: usize, end: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    if end - start != 1 || !bytes[start].is_ascii_uppercase() {
        return None;
    }
    let mut last = end;
    while last + 1 < bytes.len()
        && bytes[last] == b'.'
        && bytes[last + 1].is_ascii_uppercase()
        && bytes.get(last + 2).is_none_or(|b| !b.is_ascii_alphanumeric())
    {
        last += 2;
    }
    (last > end).then_some(last)
}

/// Past `'s` or `’s`.
fn skip_possessive(text: &str, end: usize) -> usize {
    for mark in ["'", "’"] {
        if let Some(rest) = text[end..].strip_prefix(mark)
            && let Some(tail) = rest.strip_prefix(['s', 'S'])
            && !tail.starts_with(is_word_char)
        {
            return end + mark.len() + 1;
        }
    }
    end
}

/// The hash of the folded form of a word.
pub fn key(word: &str) -> u64 {
    xxh3_64(fold(word).as_bytes())
}

/// The folded form of a word: lower case, dots and diacritics gone, British spelling made American (-ise/-ize, -re/-er,
/// -our/-or, -ence/-ense), plural made singular. The result is a key, not always a word.
pub fn fold(word: &str) -> Cow<'_, str> {
    let mut w: String = if word.is_ascii() {
        let plain = word.bytes().all(|b| b.is_ascii_lowercase());
        if plain && !ends_to_fold(word) {
            return Cow::Borrowed(word);
        }
        word.bytes()
            .filter(|&b| b != b'.')
            .map(|b| b.to_ascii_lowercase() as char)
            .collect()
    } else {
        word.nfkd()
            .filter(|&c| !is_combining_mark(c) && c != '.')
            .flat_map(char::to_lowercase)
            .collect()
    };
    singular(&mut w);
    american(&mut w);
    Cow::Owned(w)
}

fn ends_to_fold(word: &str) -> bool {
    [
        "s", "re", "ise", "ised", "ising", "isation", "our", "ence", "yse", "amme", "ogue",
    ]
    .iter()
    .any(|e| word.ends_with(e))
        || word.contains("our")
        || word.contains("isation")
}

fn singular(w: &mut String) {
    if w.len() < 4 || !w.ends_with('s') || w.ends_with("ss") || w.ends_with("us") || w.ends_with("is") {
        return;
    }
    if w.len() > 4 && w.ends_with("ies") {
        w.truncate(w.len() - 3);
        w.push('y');
    } else if ["ches", "shes", "xes", "sses", "zes"].iter().any(|e| w.ends_with(e)) {
        w.truncate(w.len() - 2);
    } else {
        w.truncate(w.len() - 1);
    }
}

fn american(w: &mut String) {
    const ENDINGS: [(&str, &str); 12] = [
        ("isation", "ization"),
        ("isational", "izational"),
        ("ised", "ized"),
        ("ising", "izing"),
        ("ise", "ize"),
        ("yse", "yze"),
        ("tre", "ter"),
        ("bre", "ber"),
        ("fence", "fense"),
        ("our", "or"),
        ("ogue", "og"),
        ("gramme", "gram"),
    ];
    for (british, american) in ENDINGS {
        if w.len() > british.len() + 1 && w.ends_with(british) {
            w.truncate(w.len() - british.len());
            w.push_str(american);
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        tokens(text).into_iter().map(|t| t.span.of(text)).collect()
    }

    #[test]
    fn hyphens_divide_and_possessives_fall_away() {
        assert_eq!(
            words("China’s High-Altitude U.S. FAST's boss' A. B"),
            ["China", "High", "Altitude", "U.S", "FAST", "boss", "A", "B"]
        );
        assert_eq!(words("奋斗者Fendouzhe号"), ["Fendouzhe"]);
    }

    #[test]
    fn spellings_of_one_word_fold_together() {
        for (a, b) in [
            ("Organisation", "organizations"),
            ("Centre", "center"),
            ("Defence", "Defense"),
            ("U.S", "US"),
            ("Côte", "cote"),
            ("Facilities", "facility"),
            ("Labour", "labor"),
            ("Programme", "programs"),
        ] {
            assert_eq!(fold(a), fold(b), "{a} {b}");
        }
        assert_ne!(fold("Laos"), fold("Lao's People"));
        assert_eq!(fold("virus"), "virus");
    }
}
