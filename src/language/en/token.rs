//! English words with their places, and the folded form under which two spellings of one word are the same.

use std::borrow::Cow;
use std::hash::Hasher;

use rustc_hash::FxHasher;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::lexeme::{LexemeKind, Lexemes};
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
    out.extend(read_tokens(text));
    out
}

/// The words of `text`, in order, each read when it is asked for.
#[inline]
pub fn read_tokens(text: &str) -> impl Iterator<Item = Token> {
    word_spans(text).map(|span| Token {
        span,
        key: key(span.of(text)),
        capital: begins_with_capital(text, span.start),
    })
}

#[inline]
fn begins_with_capital(text: &str, start: usize) -> bool {
    match text.as_bytes()[start] {
        b if b.is_ascii() => b.is_ascii_uppercase(),
        _ => text[start..].starts_with(char::is_uppercase),
    }
}

/// The places of the words of `text`, in order.
#[inline]
fn word_spans(text: &str) -> impl Iterator<Item = Span> + '_ {
    let mut lexemes = Lexemes::new(text);
    std::iter::from_fn(move || {
        let mut span = lexemes.find(|lexeme| lexeme.kind.is_word())?.span;
        while let Some(next) = lexemes.next_touching(LexemeKind::is_word) {
            span.end = next.span.end;
        }
        span.end = dotted_capitals(text, span).unwrap_or(span.end);
        lexemes.skip_to(skip_possessive(text, span.end));
        Some(span)
    })
}

/// The end of "U.S." or "U.S" where `first` is its first letter.
#[inline]
fn dotted_capitals(text: &str, first: Span) -> Option<usize> {
    let bytes = text.as_bytes();
    if first.len() != 1 || !bytes[first.start].is_ascii_uppercase() {
        return None;
    }
    let mut last = first.end;
    while last + 1 < bytes.len()
        && bytes[last] == b'.'
        && bytes[last + 1].is_ascii_uppercase()
        && bytes.get(last + 2).is_none_or(|b| !b.is_ascii_alphanumeric())
    {
        last += 2;
    }
    (last > first.end).then_some(last)
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
        {
            let after = end + mark.len() + 1;
            let goes_on = !tail.is_empty() && Lexemes::new(tail).next_touching(LexemeKind::is_word).is_some();
            return if goes_on { end } else { after };
        }
    }
    end
}

/// Words longer than this are folded on the heap; no English word in use is.
const STACK: usize = 48;

/// The hash of the folded form of a word. Good for one run only.
pub fn key(word: &str) -> u64 {
    let mut buffer = [0; STACK];
    let plain = word.len() <= STACK && fold_plain(word, &mut buffer);
    if plain {
        hash(fold_letters(&mut buffer, word.len()))
    } else {
        hash(fold(word).as_bytes())
    }
}

/// Writes a word into `buffer` in lower case; stops with `false` at what is no ASCII letter or digit.
#[inline]
fn fold_plain(word: &str, buffer: &mut [u8; STACK]) -> bool {
    buffer.iter_mut().zip(word.as_bytes()).all(|(small, &b)| {
        *small = LETTERS[usize::from(b)];
        *small != 0
    })
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

/// ASCII letters in lower case, and digits; zero for every other byte.
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
