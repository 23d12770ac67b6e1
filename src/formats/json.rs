//! Strings in JSON and their places in the text. serde_json reads everything else.

use memchr::memchr;
use serde_json::value::RawValue;

use crate::document::Piece;

/// What is wrong with a line, and at which byte of the text.
#[derive(Debug, PartialEq, Eq)]
pub struct Fault {
    /// Byte offset.
    pub at: usize,
    /// What is wrong there.
    pub message: String,
}

type Result<T> = std::result::Result<T, Fault>;

/// A fault at byte `at`.
pub fn fault<T>(at: usize, message: impl Into<String>) -> Result<T> {
    Err(Fault {
        at,
        message: message.into(),
    })
}

/// A string as it is written: the bytes between the quotation marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quoted {
    /// First byte after the opening quotation mark.
    pub start: usize,
    /// The closing quotation mark.
    pub end: usize,
    /// Whether there are escapes in it.
    pub escaped: bool,
}

impl Quoted {
    /// The string that `raw`, a part of `text`, is; `None` for other values.
    pub fn new(text: &str, raw: &RawValue) -> Option<Self> {
        let inside = raw.get().strip_prefix('"')?.strip_suffix('"')?;
        let start = offset(text, raw) + 1;
        Some(Self {
            start,
            end: start + inside.len(),
            escaped: memchr(b'\\', inside.as_bytes()).is_some(),
        })
    }
}

/// The byte at which `raw`, a part of `text`, starts.
pub fn offset(text: &str, raw: &RawValue) -> usize {
    raw.get().as_ptr().addr() - text.as_ptr().addr()
}

/// The text of a string with escapes, and which bytes of `source` each stretch came from.
pub fn unescape(source: &str, quoted: Quoted) -> Result<(String, Vec<Piece>)> {
    let bytes = &source.as_bytes()[..quoted.end];
    let mut text = String::with_capacity(quoted.end - quoted.start);
    let mut pieces = Vec::new();
    let mut at = quoted.start;
    let mut from = at;
    let verbatim = |text: &mut String, pieces: &mut Vec<Piece>, from: usize, to: usize| {
        if from < to {
            let len = to - from;
            pieces.push(Piece {
                text: text.len(),
                source: from,
                len,
                source_len: len,
            });
            text.push_str(&source[from..to]);
        }
    };
    while at < quoted.end {
        if bytes[at] != b'\\' {
            at += 1;
            continue;
        }
        verbatim(&mut text, &mut pieces, from, at);
        let (c, source_len) = escape(bytes, at)?;
        pieces.push(Piece {
            text: text.len(),
            source: at,
            len: c.len_utf8(),
            source_len,
        });
        text.push(c);
        at += source_len;
        from = at;
    }
    verbatim(&mut text, &mut pieces, from, quoted.end);
    Ok((text, pieces))
}

/// The character that the escape at `at` means, and the bytes of the escape.
fn escape(bytes: &[u8], at: usize) -> Result<(char, usize)> {
    let c = match bytes.get(at + 1) {
        Some(b'"') => '"',
        Some(b'\\') => '\\',
        Some(b'/') => '/',
        Some(b'b') => '\u{8}',
        Some(b'f') => '\u{c}',
        Some(b'n') => '\n',
        Some(b'r') => '\r',
        Some(b't') => '\t',
        Some(b'u') => {
            let Some(high) = hex(bytes, at + 2) else {
                return fault(at, "broken JSON: `\\u` wants four hexadecimal digits");
            };
            if let Some(c) = char::from_u32(high) {
                return Ok((c, 6));
            }
            // A code point beyond the BMP is written as two escapes (RFC 8259, section 7).
            let low = (bytes.get(at + 6..at + 8) == Some(b"\\u"))
                .then(|| hex(bytes, at + 8))
                .flatten()
                .filter(|low| high < 0xdc00 && (0xdc00..0xe000).contains(low));
            return match low.and_then(|low| char::from_u32(0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00))) {
                Some(c) => Ok((c, 12)),
                None => fault(at, "broken JSON: half of a surrogate pair"),
            };
        }
        _ => return fault(at, "broken JSON: unknown escape"),
    };
    Ok((c, 2))
}

fn hex(bytes: &[u8], at: usize) -> Option<u32> {
    let digits = std::str::from_utf8(bytes.get(at..at + 4)?).ok()?;
    digits
        .bytes()
        .all(|b| b.is_ascii_hexdigit())
        .then(|| u32::from_str_radix(digits, 16).ok())
        .flatten()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> Result<(String, Vec<Piece>)> {
        let raw: &RawValue = serde_json::from_str(text).unwrap();
        unescape(text, Quoted::new(text, raw).unwrap())
    }

    #[test]
    fn escapes_are_resolved_and_mapped() {
        let source = r#""稳态\n\u4e2d\ud842\udfb7\"x""#;
        let (text, pieces) = read(source).unwrap();
        assert_eq!(text, "稳态\n中𠮷\"x");
        let of = |i: usize| &source[pieces[i].source..pieces[i].source + pieces[i].source_len];
        assert_eq!(
            (0..pieces.len()).map(of).collect::<Vec<_>>(),
            ["稳态", r"\n", r"\u4e2d", r"\ud842\udfb7", r#"\""#, "x"]
        );
    }

    #[test]
    fn half_of_a_surrogate_pair_is_a_fault_with_its_place() {
        assert_eq!(read(r#""a\ud800""#).unwrap_err().at, 2);
    }

    proptest! {
        #[test]
        fn agrees_with_serde_json_on_any_string(s in any::<String>()) {
            let source = serde_json::to_string(&s).unwrap();
            let (text, pieces) = read(&source).unwrap();
            prop_assert_eq!(&text, &s);
            let mut at = 0;
            for p in &pieces {
                prop_assert_eq!(p.text, at);
                at += p.len;
                prop_assert!(source.is_char_boundary(p.source) && source.is_char_boundary(p.source + p.source_len));
            }
            prop_assert_eq!(at, text.len());
        }
    }
}
