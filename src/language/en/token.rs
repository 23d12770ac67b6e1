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
    while let Some(start) = next_word_start(text, at) {
        let (end, key) = plain_word(text, start).unwrap_or_else(|| {
            let end = whole_word_end(text, start);
            (end, key(&text[start..end]))
        });
        out.push(Token {
            span: Span::new(start, end),
            key,
            capital: begins_with_capital(text, start),
        });
        at = skip_possessive(text, end);
    }
    out
}

#[inline]
fn begins_with_capital(text: &str, start: usize) -> bool {
    match text.as_bytes()[start] {
        b if b.is_ascii() => b.is_ascii_uppercase(),
        _ => text[start..].starts_with(char::is_uppercase),
    }
}

/// The end and the key of the word that begins at `start`, folded while it is read; `None` for one that is not just a few
/// ASCII letters and digits.
fn plain_word(text: &str, start: usize) -> Option<(usize, u64)> {
    let bytes = text.as_bytes();
    let mut buffer = [0; STACK];
    let mut length = 0;
    for (small, &b) in buffer.iter_mut().zip(&bytes[start..]) {
        *small = LETTERS[usize::from(b)];
        if *small == 0 {
            break;
        }
        length += 1;
    }
    let end = start + length;
    let goes_on = match bytes.get(end) {
        Some(b'.') => length == 1,
        Some(next) => length == STACK || !next.is_ascii(),
        None => false,
    };
    (!goes_on).then(|| (end, hash(fold_letters(&mut buffer, length))))
}

/// The places of the words of `text`, in order.
pub fn word_spans(text: &str) -> impl Iterator<Item = Span> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = next_word_start(text, at)?;
        let end = whole_word_end(text, start);
        at = skip_possessive(text, end);
        Some(Span::new(start, end))
    })
}

fn is_word_char(c: char) -> bool {
    c.is_alphanumeric() && !crate::text::script::is_han(c) || is_combining_mark(c)
}

#[inline]
fn next_word_start(text: &str, at: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = at;
    while bytes.get(at)?.is_ascii() {
        if LETTERS[usize::from(bytes[at])] > 0 {
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
    while bytes.get(start).is_some_and(|&b| LETTERS[usize::from(b)] > 0) {
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

/// The end of the word that begins at `start`.
fn whole_word_end(text: &str, start: usize) -> usize {
    let end = word_end(text, start);
    dotted_capitals(text, start, end).unwrap_or(end)
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
#[inline]
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

/// ASCII letters in lower case, and digits; nought for every other byte.
static LETTERS: [u8; 256] = {
    let mut table = [0; 256];
    let mut b = 0;
    while b < 128 {
        if (b as u8).is_ascii_alphanumeric() {
            table[b] = (b as u8).to_ascii_lowercase();
        }
        b += 1;
    }
    table
};

/// Writes the folded form of an ASCII word into `buffer`, which is at least as long as the word, and returns its length:
/// no step of folding makes a word longer.
fn fold_ascii(word: &str, buffer: &mut [u8]) -> usize {
    let mut length = 0;
    for b in word.bytes() {
        buffer[length] = b.to_ascii_lowercase();
        length += usize::from(b != b'.');
    }
    fold_letters(buffer, length).len()
}

/// Folds the word that the first `length` letters of the buffer are, small ASCII letters.
#[inline]
fn fold_letters(buffer: &mut [u8], length: usize) -> &[u8] {
    let length = singular(buffer, length);
    let length = american(buffer, length);
    &buffer[..length]
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
    fn words_have_the_keys_of_their_folded_forms() {
        let long = "Antidisestablishmentarianism".repeat(2);
        let text = format!(
            "The U.S. Côtes, Élan and facilities of A.B {long} naïve {}",
            &long[..STACK]
        );
        for token in tokens(&text) {
            let word = token.span.of(&text);
            assert_eq!(token.key, hash(fold(word).as_bytes()), "{word}");
            assert_eq!(token.key, key(word), "{word}");
        }
        assert_eq!(words(&text)[8..], [&long[..], "naïve", &long[..STACK]]);
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
