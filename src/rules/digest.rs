//! A digest by which equal texts are found. Case, white space, quotation marks and the punctuation at the end do not
//! count.

use memchr::memrchr;
use xxhash_rust::xxh3::xxh3_64;

use crate::text::Side;
use crate::text::bytes::ByteSet;
use crate::text::normalize::halfwidth;
use crate::text::script::{is_han, leads_han};

/// Texts with fewer Han characters are not compared.
const MIN_HAN: usize = 4;
/// Texts with fewer English words are not compared.
const MIN_WORDS: usize = 3;

/// ASCII characters that are compared as they are, apart from case.
static COPIED: [bool; 256] = {
    let mut table = [false; 256];
    let mut b: u8 = 0;
    while b < 128 {
        table[b as usize] = !matches!(b, b'"' | b' ' | b'\t'..=b'\r');
        b += 1;
    }
    table
};

/// The form in which any other character is compared.
fn folded(c: char) -> char {
    match halfwidth(c) {
        '"' | '“' | '”' | '‘' | '’' | '「' | '」' => '\'',
        '–' | '—' | '‐' | '\u{2011}' => '-',
        c if c.is_whitespace() => ' ',
        c => c.to_lowercase().next().unwrap_or(c),
    }
}

/// Without these, the form of an ASCII text is the text in lower case.
const IRREGULAR: ByteSet = ByteSet::list(b"\"\t\n\x0b\x0c\r");

/// The digest of a text; `None` if it is too short to be compared. `bytes` are those of the text.
pub fn text_digest(text: &str, side: Side, bytes: ByteSet) -> Option<u64> {
    let spaced = side == Side::En;
    if spaced && text.is_ascii() && !bytes.has_any(IRREGULAR) && !has_wide_gap(text.as_bytes()) {
        let first = text.as_bytes().first().filter(|b| b.is_ascii_alphabetic());
        let others = text.as_bytes().windows(2);
        let others = others.filter(|w| w[0] == b' ' && w[1].is_ascii_alphabetic());
        let words = usize::from(first.is_some()) + others.take(MIN_WORDS).count();
        return (words >= MIN_WORDS).then(|| hash(text.to_ascii_lowercase().as_bytes()));
    }
    let mut signs = Signs {
        out: Vec::with_capacity(text.len() + 4),
        spaced,
        gap: true,
        han: 0,
        words: 0,
    };
    signs.read(text);
    let long = if spaced {
        signs.words >= MIN_WORDS
    } else {
        signs.han >= MIN_HAN
    };
    signs.out.make_ascii_lowercase();
    long.then(|| hash(&signs.out))
}

/// Whether the text has two spaces in a row. No early return, so that the loop is vectorized.
fn has_wide_gap(text: &[u8]) -> bool {
    let next = text.get(1..).unwrap_or_default();
    let both = |(&a, &b): (&u8, &u8)| u8::from(a == b' ') & u8::from(b == b' ');
    text.iter().zip(next).fold(0, |any, pair| any | both(pair)) > 0
}

fn hash(signs: &[u8]) -> u64 {
    xxh3_64(without_end(without_acronym(without_end(without_beginning(signs)))))
}

/// Collects the characters that count.
struct Signs {
    out: Vec<u8>,
    /// Whether spaces separate words.
    spaced: bool,
    /// Whether there was white space since the last character, or no character yet.
    gap: bool,
    han: usize,
    words: usize,
}

impl Signs {
    fn read(&mut self, text: &str) {
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            let start = at;
            while let Some(&b) = bytes.get(at) {
                if COPIED[usize::from(b)] {
                    at += 1;
                } else if leads_han(bytes, at) {
                    self.han += 1;
                    at += 3;
                } else {
                    break;
                }
            }
            if at > start {
                // It begins with a letter unless it begins with a digit or another ASCII character.
                let first = bytes[start];
                self.append(&bytes[start..at], !first.is_ascii() || first.is_ascii_alphabetic());
                continue;
            }
            let c = text[at..].chars().next().unwrap_or_default();
            at += c.len_utf8();
            match folded(c) {
                ' ' => self.gap = true,
                c => {
                    self.han += usize::from(is_han(c));
                    let is_letter = self.spaced && c.is_alphabetic();
                    self.append(c.encode_utf8(&mut [0; 4]).as_bytes(), is_letter);
                }
            }
        }
    }

    /// Appends a run of characters. `letter`: whether the first is a letter.
    fn append(&mut self, run: &[u8], letter: bool) {
        if self.spaced && self.gap {
            self.words += usize::from(letter);
            self.out.push(b' ');
        }
        self.gap = false;
        self.out.extend_from_slice(run);
    }
}

/// `text` without the punctuation at its beginning.
fn without_beginning(mut text: &[u8]) -> &[u8] {
    loop {
        text = match text {
            [b'.' | b'!' | b'?' | b':' | b';' | b',' | b'\'' | b' ' | b'-', rest @ ..]
            // 、 and 。, …
            | [0xe3, 0x80, 0x81 | 0x82, rest @ ..]
            | [0xe2, 0x80, 0xa6, rest @ ..] => rest,
            _ => return text,
        }
    }
}

/// `text` without the punctuation at its end.
fn without_end(mut text: &[u8]) -> &[u8] {
    loop {
        text = match text {
            [rest @ .., b'.' | b'!' | b'?' | b':' | b';' | b',' | b'\'' | b' ' | b'-']
            | [rest @ .., 0xe3, 0x80, 0x81 | 0x82]
            | [rest @ .., 0xe2, 0x80, 0xa6] => rest,
            _ => return text,
        }
    }
}

/// `text` without an acronym in brackets at its end: a name with and without its acronym is the same.
fn without_acronym(text: &[u8]) -> &[u8] {
    let Some(inner) = text.strip_suffix(b")") else {
        return text;
    };
    let Some(open) = memrchr(b'(', inner) else { return text };
    let (name, acronym) = (&inner[..open], &inner[open + 1..]);
    let is_acronym = acronym.len() <= 12 && !acronym.contains(&b' ');
    if is_acronym && name.iter().any(|&b| b != b' ') {
        name
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn english(text: &str) -> Option<u64> {
        text_digest(text, Side::En, ByteSet::of(text))
    }

    fn chinese(text: &str) -> Option<u64> {
        text_digest(text, Side::Zh, ByteSet::of(text))
    }

    #[test]
    fn the_short_way_for_ascii_gives_the_same_digest() {
        for text in [
            " A plan for 2030: open science. ",
            "The New Facility (FAST)",
            "A1 b2 - c3!",
            "one 2 3 four",
        ] {
            // Double spaces count once, and keep the text from the short way.
            let irregular = text.replace(' ', "  ");
            assert_eq!(english(text), english(&irregular), "{text}");
        }
    }

    #[test]
    fn case_spaces_quotation_marks_and_acronyms_do_not_count() {
        for (a, b) in [
            ("The Open  Science “Plan”.", "the open science \"plan\""),
            ("The New Facility (FAST)", "the new facility"),
            ("ＡＢＣ open science", "abc open science"),
        ] {
            assert!(english(a).is_some());
            assert_eq!(english(a), english(b), "{a} | {b}");
        }
        assert_eq!(chinese("开放 科学。"), chinese("开放科学"));
        assert_ne!(chinese("开放科学"), chinese("开放课堂"));
        assert_eq!(chinese("合计"), None);
        assert_eq!(english("N/A"), None);
    }
}
