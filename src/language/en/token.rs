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
    let mut at = 0;
    while let Some((span, next)) = next_word(text, at) {
        let word = span.of(text);
        out.push(Token {
            span,
            key: key(word),
            capital: word.starts_with(char::is_uppercase),
        });
        at = next;
    }
    out
}

/// The places of the words of `text`, in order.
pub fn word_spans(text: &str) -> impl Iterator<Item = Span> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        let (span, next) = next_word(text, at)?;
        at = next;
        Some(span)
    })
}

/// The next word from byte `at` on, and where to look for the one after it.
fn next_word(text: &str, at: usize) -> Option<(Span, usize)> {
    let start = next_word_start(text, at)?;
    let end = word_end(text, start);
    let end = dotted_capitals(text, start, end).unwrap_or(end);
    Some((Span::new(start, end), skip_possessive(text, end)))
}

fn is_word_char(c: char) -> bool {
    c.is_alphanumeric() && !crate::text::script::is_han(c) || is_combining_mark(c)
}

/// What a byte of a text is to words.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Byte {
    /// An ASCII letter or digit.
    Word,
    /// Any other ASCII character.
    Between,
    /// A part of a character that only decoding tells.
    BeyondAscii,
}

static BYTES: [Byte; 256] = {
    let mut table = [Byte::BeyondAscii; 256];
    let mut b = 0;
    while b < 128 {
        table[b] = if (b as u8).is_ascii_alphanumeric() {
            Byte::Word
        } else {
            Byte::Between
        };
        b += 1;
    }
    table
};

fn next_word_start(text: &str, at: usize) -> Option<usize> {
    let mut at = at;
    for &b in text.as_bytes().get(at..)? {
        match BYTES[usize::from(b)] {
            Byte::Word => return Some(at),
            Byte::Between => at += 1,
            Byte::BeyondAscii => break,
        }
    }
    text[at..]
        .char_indices()
        .find(|&(_, c)| is_word_char(c))
        .map(|(i, _)| at + i)
}

fn word_end(text: &str, start: usize) -> usize {
    let mut end = start;
    for &b in &text.as_bytes()[start..] {
        match BYTES[usize::from(b)] {
            Byte::Word => end += 1,
            Byte::Between => return end,
            Byte::BeyondAscii => break,
        }
    }
    text[end..]
        .char_indices()
        .find(|&(_, c)| !is_word_char(c))
        .map_or(text.len(), |(i, _)| end + i)
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
    let mut buffer = [0; STACK];
    match fold_ascii(word.as_bytes(), &mut buffer) {
        Some(folded) => hash(folded),
        None => hash(fold(word).as_bytes()),
    }
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
    match fold_ascii(bare.as_bytes(), &mut buffer) {
        Some(folded) if folded == word.as_bytes() => Cow::Borrowed(word),
        Some(folded) => Cow::Owned(folded.iter().copied().map(char::from).collect()),
        None => bare,
    }
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

/// The folded form of an ASCII word, in `buffer`: no step of folding makes a word longer. `None` where the word is not
/// ASCII or does not fit.
fn fold_ascii<'b>(word: &[u8], buffer: &'b mut [u8]) -> Option<&'b [u8]> {
    let folded = buffer.get_mut(..word.len())?;
    let (mut all, mut dotted) = (0, false);
    for (small, &b) in folded.iter_mut().zip(word) {
        *small = LOWER[usize::from(b)];
        all |= b;
        dotted |= b == b'.';
    }
    if !all.is_ascii() {
        return None;
    }
    let mut length = word.len();
    if dotted {
        length = 0;
        for at in 0..folded.len() {
            folded[length] = folded[at];
            length += usize::from(folded[at] != b'.');
        }
    }
    let length = singular(folded, length);
    let length = american(folded, length);
    Some(&folded[..length])
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
    if len < 5 {
        return len;
    }
    // Most words end otherwise.
    let endings: &[(&[u8], &[u8])] = match [w[len - 2], w[len - 1]] {
        [b'o', b'n'] => &[(b"isation", b"ization")],
        [b'a', b'l'] => &[(b"isational", b"izational")],
        [b'e', b'd'] => &[(b"ised", b"ized")],
        [b'n', b'g'] => &[(b"ising", b"izing")],
        [b's', b'e'] => &[(b"ise", b"ize"), (b"yse", b"yze")],
        [b'r', b'e'] => &[(b"tre", b"ter"), (b"bre", b"ber")],
        [b'c', b'e'] => &[(b"fence", b"fense")],
        [b'u', b'r'] => &[(b"our", b"or")],
        [b'u', b'e'] => &[(b"ogue", b"og")],
        [b'm', b'e'] => &[(b"gramme", b"gram")],
        _ => return len,
    };
    for (british, american) in endings {
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
            ("analyse", "analyze"),
            ("fibre", "fiber"),
            ("realised", "realized"),
            ("realising", "realizing"),
            ("organisational", "organizational"),
            ("catalogue", "catalog"),
        ] {
            assert_eq!(fold(a), fold(b), "{a} {b}");
            assert_eq!(key(a), key(b), "{a} {b}");
        }
        assert_ne!(fold("Laos"), fold("Lao's People"));
        assert_eq!(fold("virus"), "virus");
    }
}
