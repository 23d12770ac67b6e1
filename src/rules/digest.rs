//! What makes two texts the same text, as one number: capitals, white space, quotation marks and the punctuation at the
//! end do not count.

use memchr::memrchr;
use xxhash_rust::xxh3::xxh3_64;

use crate::text::Side;
use crate::text::bytes::ByteSet;
use crate::text::normalize::halfwidth;
use crate::text::script::{is_han, leads_han};

/// Fewest Han characters of a text that is compared.
const MIN_HAN: usize = 4;
/// Fewest English words of a text that is compared.
const MIN_WORDS: usize = 3;

/// The signs of ASCII that are compared as they are, but for their case.
static COPIED: [bool; 256] = {
    let mut table = [false; 256];
    let mut b: u8 = 0;
    while b < 128 {
        table[b as usize] = !matches!(b, b'"' | b' ' | b'\t'..=b'\r');
        b += 1;
    }
    table
};

/// What any other character is compared as.
fn folded(c: char) -> char {
    match halfwidth(c) {
        '"' | '“' | '”' | '‘' | '’' | '「' | '」' => '\'',
        '–' | '—' | '‐' | '\u{2011}' => '-',
        c if c.is_whitespace() => ' ',
        c => c.to_lowercase().next().unwrap_or(c),
    }
}

/// What keeps the signs of an English text from being its letters in lower case.
const IRREGULAR: ByteSet = ByteSet::list(b"\"\t\n\x0b\x0c\r");

/// The digest of a text with these bytes; `None` for one too short to be compared.
pub fn of(text: &str, side: Side, bytes: ByteSet) -> Option<u64> {
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

/// Whether two blanks stand side by side. Without a way out of the loop, so that it runs on many bytes at a time.
fn has_wide_gap(text: &[u8]) -> bool {
    let behind = text.get(1..).unwrap_or_default();
    let both = |(&a, &b): (&u8, &u8)| u8::from(a == b' ') & u8::from(b == b' ');
    text.iter().zip(behind).fold(0, |any, pair| any | both(pair)) > 0
}

fn hash(signs: &[u8]) -> u64 {
    xxh3_64(without_end(without_acronym(without_end(without_beginning(signs)))))
}

/// The signs that count, as they are written down.
struct Signs {
    out: Vec<u8>,
    /// Whether words are written apart.
    spaced: bool,
    /// Whether white space was passed since the last sign, or there was none.
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
                // Without a digit or a sign of ASCII at its beginning, it begins with a letter.
                let first = bytes[start];
                self.put(&bytes[start..at], !first.is_ascii() || first.is_ascii_alphabetic());
                continue;
            }
            let c = text[at..].chars().next().unwrap_or_default();
            at += c.len_utf8();
            match folded(c) {
                ' ' => self.gap = true,
                c => {
                    self.han += usize::from(is_han(c));
                    let is_letter = self.spaced && c.is_alphabetic();
                    self.put(c.encode_utf8(&mut [0; 4]).as_bytes(), is_letter);
                }
            }
        }
    }

    /// Writes a run of signs; `letter` tells whether the first is one.
    fn put(&mut self, run: &[u8], letter: bool) {
        if self.spaced && self.gap {
            self.words += usize::from(letter);
            self.out.push(b' ');
        }
        self.gap = false;
        self.out.extend_from_slice(run);
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

    fn english(text: &str) -> Option<u64> {
        of(text, Side::En, ByteSet::of(text))
    }

    fn chinese(text: &str) -> Option<u64> {
        of(text, Side::Zh, ByteSet::of(text))
    }

    #[test]
    fn regular_texts_are_read_as_the_others_are() {
        for text in [
            " A plan for 2030: open science. ",
            "The New Facility (FAST)",
            "A1 b2 - c3!",
            "one 2 3 four",
        ] {
            // A blank that is doubled counts once, and makes the text an irregular one.
            let irregular = text.replace(' ', "  ");
            assert_eq!(english(text), english(&irregular), "{text}");
        }
    }

    #[test]
    fn what_does_not_count_does_not_change_it() {
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
