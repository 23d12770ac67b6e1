//! What makes two texts the same text, as one number: capitals, white space, quotation marks and the punctuation at the
//! end do not count.

use memchr::memrchr;
use xxhash_rust::xxh3::xxh3_64;

use crate::text::Side;
use crate::text::normalize::halfwidth;
use crate::text::script::{is_han, leads_han};

/// Fewest Han characters of a text that is compared.
const MIN_HAN: usize = 4;
/// Fewest English words of a text that is compared.
const MIN_WORDS: usize = 3;

/// What a sign of ASCII is compared as; nought for white space and the bytes of other characters.
static FOLDED: [u8; 256] = {
    let mut table = [0; 256];
    let mut b: u8 = 1;
    while b < 128 {
        table[b as usize] = match b {
            b'"' => b'\'',
            b' ' | b'\t'..=b'\r' => 0,
            b => b.to_ascii_lowercase(),
        };
        b += 1;
    }
    table
};

/// What a character beyond ASCII, or a blank, is compared as.
fn folded(c: char) -> char {
    match halfwidth(c) {
        '"' | '“' | '”' | '‘' | '’' | '「' | '」' => '\'',
        '–' | '—' | '‐' | '\u{2011}' => '-',
        c if c.is_whitespace() => ' ',
        c => c.to_lowercase().next().unwrap_or(c),
    }
}

/// The digest of a text; `None` for one too short to be compared.
pub fn of(text: &str, side: Side) -> Option<u64> {
    let bytes = text.as_bytes();
    let mut signs = Signs {
        out: Vec::with_capacity(text.len() + 4),
        spaced: side == Side::En,
        gap: true,
        words: 0,
    };
    let (mut han, mut at) = (0, 0);
    while let Some(&b) = bytes.get(at) {
        let sign = FOLDED[usize::from(b)];
        if sign != 0 {
            signs.begin(|| sign.is_ascii_alphabetic());
            signs.out.push(sign);
            at += 1;
        } else if leads_han(bytes, at) {
            signs.begin(|| true);
            signs.out.extend_from_slice(&bytes[at..at + 3]);
            han += 1;
            at += 3;
        } else {
            let c = text[at..].chars().next().unwrap_or_default();
            at += c.len_utf8();
            match folded(c) {
                ' ' => signs.gap = true,
                c => {
                    han += usize::from(is_han(c));
                    signs.begin(|| c.is_alphabetic());
                    signs.out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
                }
            }
        }
    }
    let long = match side {
        Side::Zh => han >= MIN_HAN,
        Side::En => signs.words >= MIN_WORDS,
    };
    long.then(|| xxh3_64(without_end(without_acronym(without_end(without_beginning(&signs.out))))))
}

/// The signs that count, as they are written down.
struct Signs {
    out: Vec<u8>,
    /// Whether words are written apart.
    spaced: bool,
    /// Whether white space was passed since the last sign, or there was none.
    gap: bool,
    words: usize,
}

impl Signs {
    /// Gets ready for the next sign; `is_letter` is asked where that may begin a word.
    #[inline]
    fn begin(&mut self, is_letter: impl FnOnce() -> bool) {
        if self.gap {
            self.gap = false;
            if self.spaced {
                self.words += usize::from(is_letter());
                self.out.push(b' ');
            }
        }
    }
}

/// `text` without the signs at its beginning that do not count at the ends of a text.
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

/// The same at its end.
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

/// A name with its acronym in brackets behind it is the name: whether it carries one is a matter of place.
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

    #[test]
    fn what_does_not_count_does_not_change_it() {
        for (a, b) in [
            ("The Open  Science “Plan”.", "the open science \"plan\""),
            ("The New Facility (FAST)", "the new facility"),
            ("ＡＢＣ open science", "abc open science"),
        ] {
            assert!(of(a, Side::En).is_some());
            assert_eq!(of(a, Side::En), of(b, Side::En), "{a} | {b}");
        }
        assert_eq!(of("开放 科学。", Side::Zh), of("开放科学", Side::Zh));
        assert_ne!(of("开放科学", Side::Zh), of("开放课堂", Side::Zh));
        assert_eq!(of("合计", Side::Zh), None);
        assert_eq!(of("N/A", Side::En), None);
    }
}
