//! A reader for one JSON object a line that says where in the line each string stands.

use std::ops::Range;

use memchr::memchr2;

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

/// A string as it stands: the bytes between the quotes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quoted {
    /// First byte after the opening quote.
    pub start: usize,
    /// The closing quote.
    pub end: usize,
    /// Whether there are escapes in it.
    pub escaped: bool,
}

/// Walks over the JSON text `text[..end]`.
pub struct Scanner<'a> {
    text: &'a str,
    at: usize,
    end: usize,
}

/// Nesting beyond this is refused, so that no input can exhaust the stack.
const DEPTH: usize = 128;

impl<'a> Scanner<'a> {
    /// A scanner over `text[start..end]`.
    pub const fn new(text: &'a str, start: usize, end: usize) -> Self {
        Self { text, at: start, end }
    }

    /// Where the scanner stands.
    pub const fn at(&self) -> usize {
        self.at
    }

    /// A fault at `at`.
    pub fn fault<T>(at: usize, message: impl Into<String>) -> Result<T> {
        Err(Fault {
            at,
            message: message.into(),
        })
    }

    /// The next byte that is not white space.
    pub fn peek(&mut self) -> Option<u8> {
        let bytes = self.text.as_bytes();
        while self.at < self.end {
            match bytes[self.at] {
                b' ' | b'\t' | b'\r' | b'\n' => self.at += 1,
                b => return Some(b),
            }
        }
        None
    }

    /// Takes `byte` if it comes next.
    pub fn take(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    /// Takes `byte`, which must come next.
    pub fn expect(&mut self, byte: u8) -> Result<()> {
        if self.take(byte) {
            Ok(())
        } else {
            Self::fault(self.at, format!("broken JSON: “{}” expected here", char::from(byte)))
        }
    }

    /// A string.
    pub fn string(&mut self) -> Result<Quoted> {
        self.expect(b'"')?;
        let bytes = &self.text.as_bytes()[..self.end];
        let start = self.at;
        let mut escaped = false;
        while let Some(found) = bytes.get(self.at..).and_then(|rest| memchr2(b'"', b'\\', rest)) {
            let stop = self.at + found;
            Self::without_controls(bytes, self.at..stop)?;
            if bytes[stop] == b'"' {
                self.at = stop + 1;
                let end = stop;
                return Ok(Quoted { start, end, escaped });
            }
            escaped = true;
            self.at = stop + 2;
        }
        Self::without_controls(bytes, self.at.min(self.end)..self.end)?;
        self.at = self.end;
        Self::fault(start - 1, "broken JSON: this string is never closed")
    }

    fn without_controls(bytes: &[u8], within: Range<usize>) -> Result<()> {
        let is_control = |b: &u8| *b < 0x20;
        // Without a way out of the loop, so that it runs on many bytes at a time: there is hardly ever one.
        if !bytes[within.clone()].iter().fold(false, |any, b| any | is_control(b)) {
            return Ok(());
        }
        let at = bytes[within.clone()].iter().position(is_control).unwrap_or(0);
        Self::fault(
            within.start + at,
            "broken JSON: a control character in a string; write it as an escape",
        )
    }

    /// Any value, which is passed over.
    pub fn skip(&mut self) -> Result<()> {
        self.skip_nested(0)
    }

    fn skip_nested(&mut self, depth: usize) -> Result<()> {
        if depth > DEPTH {
            return Self::fault(self.at, "broken JSON: nested too deeply");
        }
        match self.peek() {
            Some(b'"') => self.string().map(drop),
            Some(open @ (b'{' | b'[')) => {
                let close = if open == b'{' { b'}' } else { b']' };
                self.at += 1;
                if self.take(close) {
                    return Ok(());
                }
                loop {
                    if open == b'{' {
                        self.string()?;
                        self.expect(b':')?;
                    }
                    self.skip_nested(depth + 1)?;
                    if self.take(close) {
                        return Ok(());
                    }
                    self.expect(b',')?;
                }
            }
            _ => self.scalar().map(drop),
        }
    }

    /// A number, `true`, `false` or `null`, as it stands.
    pub fn scalar(&mut self) -> Result<&'a str> {
        self.peek();
        let start = self.at;
        let bytes = &self.text.as_bytes()[..self.end];
        while let Some(b'0'..=b'9' | b'a'..=b'z' | b'E' | b'+' | b'-' | b'.') = bytes.get(self.at) {
            self.at += 1;
        }
        let word = &self.text[start..self.at];
        let number = word.starts_with(|c: char| c == '-' || c.is_ascii_digit()) && word.parse::<f64>().is_ok();
        if number || matches!(word, "true" | "false" | "null") {
            Ok(word)
        } else {
            Self::fault(start, "broken JSON: a value is missing or misspelt here")
        }
    }
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

/// The character that the escape at `at` stands for, and how many bytes the escape has.
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
                return Scanner::fault(at, "broken JSON: `\\u` wants four hexadecimal digits");
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
                None => Scanner::fault(at, "broken JSON: half of a surrogate pair"),
            };
        }
        _ => return Scanner::fault(at, "broken JSON: unknown escape"),
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
        let q = Scanner::new(text, 0, text.len()).string()?;
        unescape(text, q)
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
    fn faults_name_their_place() {
        for (text, at) in [
            (r#""abc"#, 0),
            (r#""a\x""#, 2),
            (r#""\u12g4""#, 1),
            (r#""\ud800""#, 1),
            ("\"a\tb\"", 2),
        ] {
            assert_eq!(read(text).unwrap_err().at, at, "{text}");
        }
    }

    #[test]
    fn deep_nesting_is_refused_without_exhausting_the_stack() {
        let text = "[".repeat(1_000_000);
        assert!(Scanner::new(&text, 0, text.len()).skip().is_err());
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

        #[test]
        fn agrees_with_serde_json_on_what_is_json(s in r#"[\[\]{},:" \\"a-c1-3enultrfs.+-]{0,24}"#) {
            let mut scanner = Scanner::new(&s, 0, s.len());
            let ours = scanner.skip().is_ok() && scanner.peek().is_none();
            // Leading zeros and other numbers that only Rust reads are let through: values that nobody uses.
            if serde_json::from_str::<serde_json::Value>(&s).is_ok() {
                prop_assert!(ours, "{}", s);
            }
        }
    }
}
