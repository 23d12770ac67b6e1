//! English words with their places, and the folded form under which two spellings of one word are the same.

use std::borrow::Cow;
use std::hash::Hasher;

use rustc_hash::FxHasher;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

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
    // English words and the blanks between them take some six letters each.
    let mut out = Vec::with_capacity(text.len() / 6 + 4);
    out.extend(word_spans(text).map(|span| {
        let word = span.of(text);
        Token {
            span,
            key: key(word),
            capital: word.chars().next().is_some_and(char::is_uppercase),
        }
    }));
    out
}

/// The places of the words of `text`, in order.
pub fn word_spans(text: &str) -> impl Iterator<Item = Span> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = next_word_start(text, at)?;
        let end = word_end(text, start);
        let end = dotted_capitals(text, start, end).unwrap_or(end);
        at = skip_possessive(text, end);
        Some(Span::new(start, end))
    })
}

fn is_word_char(c: char) -> bool {
    c.is_alphanumeric() && !crate::text::script::is_han(c) || is_combining_mark(c)
}

fn next_word_start(text: &str, at: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = at;
    while bytes.get(at)?.is_ascii() {
        if ALPHANUMERIC[usize::from(bytes[at])] {
            return Some(at);
        }
        at += 1;
    }
    text[at..]
        .char_indices()
        .find(|&(_, c)| is_word_char(c))
        .map(|(i, _)| at + i)
}

fn word_end(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let mut start = start;
    while bytes.get(start).is_some_and(|&b| ALPHANUMERIC[usize::from(b)]) {
        start += 1;
    }
    if bytes.get(start).is_none_or(u8::is_ascii) {
        return start;
    }
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
    if !matches!(text.as_bytes().get(end), Some(b'\'' | 0xe2)) {
        return end;
    }
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

/// Words longer than this are folded on the heap; no English word in use is.
const STACK: usize = 48;

/// The hash of the folded form of a word. Good for one run only.
pub fn key(word: &str) -> u64 {
    if word.len() > STACK || !word.is_ascii() {
        return hash(fold(word).as_bytes());
    }
    let mut buffer = [0; STACK];
    let length = fold_ascii(word, &mut buffer);
    hash(&buffer[..length])
}

fn hash(folded: &[u8]) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(folded);
    hasher.finish()
}

/// The folded form of a word: lower case, dots and diacritics gone, British spelling made American (-ise/-ize, -re/-er,
/// -our/-or, -ence/-ense), plural made singular. The result is a key, not always a word.
pub fn fold(word: &str) -> Cow<'_, str> {
    let bare: Cow<'_, str> = if word.is_ascii() {
        Cow::Borrowed(word)
    } else {
        word.nfkd()
            .filter(|&c| !is_combining_mark(c))
            .flat_map(char::to_lowercase)
            .collect()
    };
    let mut buffer = vec![0; bare.len()];
    if bare.is_ascii() {
        let length = fold_ascii(&bare, &mut buffer);
        if &buffer[..length] == word.as_bytes() {
            return Cow::Borrowed(word);
        }
        buffer.truncate(length);
        return Cow::Owned(buffer.into_iter().map(char::from).collect());
    }
    bare
}

/// The lower case of every byte.
static LOWER: [u8; 256] = {
    let mut table = [0; 256];
    let mut b = 0;
    while b < 256 {
        table[b] = (b as u8).to_ascii_lowercase();
        b += 1;
    }
    table
};

/// Which bytes are ASCII letters or digits.
static ALPHANUMERIC: [bool; 256] = {
    let mut table = [false; 256];
    let mut b = 0;
    while b < 256 {
        table[b] = (b as u8).is_ascii_alphanumeric();
        b += 1;
    }
    table
};

/// Writes the folded form of an ASCII word into `buffer`, which is at least as long as the word, and returns its length:
/// no step of folding makes a word longer.
fn fold_ascii(word: &str, buffer: &mut [u8]) -> usize {
    let mut length = 0;
    for b in word.bytes() {
        buffer[length] = LOWER[usize::from(b)];
        length += usize::from(b != b'.');
    }
    let length = singular(buffer, length);
    american(buffer, length)
}

fn singular(w: &mut [u8], len: usize) -> usize {
    let ends = |e: &[u8]| w[..len].ends_with(e);
    if len < 4 || !ends(b"s") || ends(b"ss") || ends(b"us") || ends(b"is") {
        return len;
    }
    if len > 4 && ends(b"ies") {
        w[len - 3] = b'y';
        len - 2
    } else if [&b"ches"[..], b"shes", b"xes", b"sses", b"zes"].iter().any(|e| ends(e)) {
        len - 2
    } else {
        len - 1
    }
}

fn american(w: &mut [u8], len: usize) -> usize {
    const ENDINGS: [(&[u8], &[u8]); 12] = [
        (b"isation", b"ization"),
        (b"isational", b"izational"),
        (b"ised", b"ized"),
        (b"ising", b"izing"),
        (b"ise", b"ize"),
        (b"yse", b"yze"),
        (b"tre", b"ter"),
        (b"bre", b"ber"),
        (b"fence", b"fense"),
        (b"our", b"or"),
        (b"ogue", b"og"),
        (b"gramme", b"gram"),
    ];
    // The last two letters of the endings; most words end otherwise, or are too short.
    let may_end = |w: &[u8]| {
        matches!(
            w,
            b"on" | b"al" | b"ed" | b"ng" | b"se" | b"re" | b"ce" | b"ur" | b"ue" | b"me"
        )
    };
    if len < 5 || !may_end(&w[len - 2..len]) {
        return len;
    }
    for (british, american) in ENDINGS {
        if len > british.len() + 1 && w[..len].ends_with(british) {
            let start = len - british.len();
            w[start..start + american.len()].copy_from_slice(american);
            return start + american.len();
        }
    }
    len
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
