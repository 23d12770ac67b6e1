//! What makes two texts the same text, as one number: capitals, white space, quotation marks and the punctuation at the
//! end do not count.

use xxhash_rust::xxh3::xxh3_64;

use crate::text::Side;
use crate::text::normalize::halfwidth;
use crate::text::script::{HAN_LEADS, is_han};

/// Fewest Han characters of a text that is compared.
const MIN_HAN: usize = 4;
/// Fewest English words of a text that is compared.
const MIN_WORDS: usize = 3;

/// How a byte of a text is read.
#[derive(Clone, Copy, PartialEq)]
enum Reading {
    /// Part of a run that is copied: a sign of ASCII, in whichever case.
    Copied,
    /// The first of the three bytes of a Han character: copied, too.
    Han,
    /// The quotation mark of ASCII.
    Quote,
    /// White space of ASCII.
    Space,
    /// Part of a character that is looked at by itself.
    Other,
}

static READING: [Reading; 256] = {
    let mut table = [Reading::Other; 256];
    let mut b = 0;
    while b < 256 {
        table[b] = match b as u8 {
            b'"' => Reading::Quote,
            b' ' | b'\t'..=b'\r' => Reading::Space,
            0..=127 => Reading::Copied,
            b if *HAN_LEADS.start() <= b && b <= *HAN_LEADS.end() => Reading::Han,
            _ => Reading::Other,
        };
        b += 1;
    }
    table
};

fn copied(b: Option<&u8>) -> bool {
    b.is_some_and(|&b| READING[usize::from(b)] == Reading::Copied)
}

/// What a character beyond ASCII is compared as.
fn folded(c: char) -> char {
    if is_han(c) {
        return c;
    }
    match halfwidth(c) {
        '"' | '“' | '”' | '‘' | '’' | '「' | '」' => '\'',
        '–' | '—' | '‐' | '\u{2011}' => '-',
        c if c.is_whitespace() => ' ',
        c => c.to_lowercase().next().unwrap_or(c),
    }
}

/// The digest of a text; `None` for one too short to be compared.
pub fn of(text: &str, side: Side) -> Option<u64> {
    let mut signs = Signs {
        out: String::with_capacity(text.len() + text.len() / 4),
        spaced: side == Side::En,
        gap: true,
        words: 0,
    };
    let bytes = text.as_bytes();
    let (mut han, mut at) = (0, 0);
    while let Some(&b) = bytes.get(at) {
        let start = at;
        let reading = READING[usize::from(b)];
        match reading {
            Reading::Copied | Reading::Han => {
                while let Some(&b) = bytes.get(at) {
                    match READING[usize::from(b)] {
                        Reading::Copied => at += 1,
                        // One space between two words of English is written down as it is.
                        Reading::Space if signs.spaced && b == b' ' && copied(bytes.get(at + 1)) => {
                            signs.words += usize::from(bytes[at + 1].is_ascii_alphabetic());
                            at += 2;
                        }
                        Reading::Han => {
                            han += 1;
                            at += 3;
                        }
                        _ => break,
                    }
                }
                signs.put(&text[start..at], reading == Reading::Han || b.is_ascii_alphabetic());
            }
            Reading::Quote => {
                at += 1;
                signs.put("'", false);
            }
            Reading::Space => {
                at += 1;
                signs.gap = true;
            }
            Reading::Other => {
                let c = text[at..].chars().next().unwrap_or_default();
                at += c.len_utf8();
                match folded(c) {
                    ' ' => signs.gap = true,
                    c => {
                        han += usize::from(is_han(c));
                        signs.put(c.encode_utf8(&mut [0; 4]), c.is_alphabetic());
                    }
                }
            }
        }
    }
    let long = match side {
        Side::Zh => han >= MIN_HAN,
        Side::En => signs.words >= MIN_WORDS,
    };
    signs.out.make_ascii_lowercase();
    let ends = |c: char| {
        matches!(
            c,
            '.' | '。' | '!' | '?' | ':' | ';' | ',' | '、' | '\'' | '…' | ' ' | '-' | '．'
        )
    };
    long.then(|| {
        xxh3_64(
            without_acronym(signs.out.trim_matches(ends))
                .trim_end_matches(ends)
                .as_bytes(),
        )
    })
}

/// The signs that count, as they are written down.
struct Signs {
    out: String,
    /// Whether words are written apart.
    spaced: bool,
    /// Whether white space was passed since the last sign, or there was none.
    gap: bool,
    words: usize,
}

impl Signs {
    /// Writes a run of signs; `letter` tells whether the first is one.
    fn put(&mut self, run: &str, letter: bool) {
        if self.spaced && self.gap {
            self.words += usize::from(letter);
            self.out.push(' ');
        }
        self.gap = false;
        self.out.push_str(run);
    }
}

/// A name with its acronym in brackets behind it is the name: whether it carries one is a matter of place.
fn without_acronym(text: &str) -> &str {
    let inner = text.strip_suffix(')').and_then(|t| t.rsplit_once('('));
    match inner {
        Some((name, acronym)) if !name.trim().is_empty() && acronym.len() <= 12 && !acronym.contains(' ') => name,
        _ => text,
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
