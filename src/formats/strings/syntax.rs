//! How strings are written: which escapes they have, and what a replacement must look like.

use std::fmt::Write as _;

use super::super::mapped::Mapped;
use super::super::xml;
use crate::text::Span;

/// How a string is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Syntax {
    /// As it is.
    Verbatim,
    /// Between double quotation marks with the escapes of JSON; `ascii` if everything else is escaped as well.
    Json { ascii: bool },
    /// Between double quotation marks with the escapes of C, as in TOML, YAML and Apple's strings.
    Double,
    /// Between single quotation marks, which are doubled, as in YAML.
    Single,
    /// A value of Java properties.
    Properties { ascii: bool },
    /// The content of an element.
    Xml,
    /// The content of a string of Android.
    Android,
    /// A source text that is the key of its translations, and must not change.
    Fixed,
}

impl Syntax {
    /// Whether white space at the ends of a string belongs to it. In scalars of YAML over several lines, and in XML of Android, it
    /// follows from the layout of the file.
    pub const fn keeps_ends(self) -> bool {
        !matches!(self, Self::Verbatim | Self::Android)
    }

    /// A replacement as the file must contain it; `None` where it cannot.
    pub fn write(self, text: &str) -> Option<String> {
        let mut out = String::with_capacity(text.len());
        match self {
            Self::Fixed => return None,
            Self::Verbatim => out.push_str(text),
            Self::Single => out.push_str(&text.replace('\'', "''")),
            Self::Json { ascii } => {
                let quoted = serde_json::to_string(text).ok()?;
                push(&mut out, quoted.strip_prefix('"')?.strip_suffix('"')?, ascii);
            }
            Self::Double => {
                for c in text.chars() {
                    match c {
                        '"' | '\\' => out.extend(['\\', c]),
                        '\n' => out.push_str("\\n"),
                        '\r' => out.push_str("\\r"),
                        '\t' => out.push_str("\\t"),
                        c if c.is_control() => return None,
                        c => out.push(c),
                    }
                }
            }
            Self::Properties { ascii } => {
                let escaped = text
                    .replace('\\', "\\\\")
                    .replace('\n', "\\n")
                    .replace('\r', "\\r")
                    .replace('\t', "\\t");
                push(&mut out, &escaped, ascii);
            }
            Self::Xml => out.push_str(&xml::escaped(text)),
            Self::Android => {
                let escaped = text
                    .replace('\\', "\\\\")
                    .replace('\'', "\\'")
                    .replace('"', "\\\"")
                    .replace('\n', "\\n");
                out.push_str(&xml::escaped(&escaped));
            }
        }
        Some(out)
    }
}

/// Appends the text; with `ascii`, other characters as escapes of their UTF-16 units.
fn push(out: &mut String, text: &str, ascii: bool) {
    for c in text.chars() {
        if ascii && !c.is_ascii() {
            for unit in c.encode_utf16(&mut [0; 2]) {
                let _ = write!(out, "\\u{unit:04x}");
            }
        } else {
            out.push(c);
        }
    }
}

/// Whether a file has no characters but those of ASCII, and escapes for others.
pub fn is_ascii(text: &str) -> bool {
    text.is_ascii() && text.contains("\\u")
}

/// What an escape means (`None` for nothing), and how many bytes it has.
pub type Escape = (Option<char>, usize);

/// The text of a value in which `escape` says what is an escape.
pub fn decode(source: &str, span: Span, escape: impl Fn(&str) -> Option<Escape>) -> Mapped {
    let mut text = Mapped::default();
    let mut plain = span.start;
    let mut at = span.start;
    while at < span.end {
        if let Some((meaning, len)) = escape(&source[at..span.end]) {
            text.push(&source[plain..at], plain..at);
            if let Some(c) = meaning {
                text.push(c.encode_utf8(&mut [0; 4]), at..at + len);
            }
            at += len;
            plain = at;
        } else {
            at += source[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    text.push(&source[plain..span.end], plain..span.end);
    text
}

/// The escapes of C and its relatives: `\n`, `\"`, `\x41`, `\u4e2d`, `\U0001f600`, and two `\u` for a character beyond the BMP. A
/// backslash before another character means that character.
pub fn backslash(text: &str) -> Option<Escape> {
    let rest = text.strip_prefix('\\')?;
    let c = rest.chars().next()?;
    let meaning = match c {
        'n' => '\n',
        't' => '\t',
        'r' => '\r',
        'b' => '\u{8}',
        'f' => '\u{c}',
        'u' => return unicode(text, 'u').map(|(c, len)| (Some(c), len)),
        'U' => {
            // Eight digits, in TOML and YAML.
            return hex(text, 2, 8).and_then(char::from_u32).map(|c| (Some(c), 10));
        }
        'x' => return hex(text, 2, 2).and_then(char::from_u32).map(|c| (Some(c), 4)),
        c => c,
    };
    Some((Some(meaning), 1 + c.len_utf8()))
}

/// The escapes of YAML and TOML: those of C, and names of characters.
pub fn named(text: &str) -> Option<Escape> {
    let meaning = match text.as_bytes().get(1)? {
        _ if !text.starts_with('\\') => return None,
        b'0' => '\0',
        b'a' => '\u{7}',
        b'v' => '\u{b}',
        b'e' => '\u{1b}',
        b'N' => '\u{85}',
        b'_' => '\u{a0}',
        b'L' => '\u{2028}',
        b'P' => '\u{2029}',
        _ => return backslash(text),
    };
    Some((Some(meaning), 2))
}

/// The escapes of Apple's strings: those of C with `\012` and `\U4e2d`, which always has four digits.
pub fn apple(text: &str) -> Option<Escape> {
    let rest = text.strip_prefix('\\')?;
    let octal = rest.bytes().take(3).take_while(|b| (b'0'..=b'7').contains(b)).count();
    if octal > 0 {
        // Other codes are those of an old encoding.
        let code = u32::from_str_radix(&rest[..octal], 8).ok().and_then(char::from_u32);
        return code.filter(char::is_ascii).map(|c| (Some(c), 1 + octal));
    }
    if rest.starts_with('U') {
        return unicode(text, 'U').map(|(c, len)| (Some(c), len));
    }
    if rest.starts_with('x') {
        return Some((Some('x'), 2));
    }
    backslash(text)
}

/// The escapes of Java: a backslash before any other character means that character.
pub fn java(text: &str) -> Option<Escape> {
    match text.strip_prefix('\\')?.chars().next()? {
        'n' | 't' | 'r' | 'f' | 'u' => backslash(text),
        c => Some((Some(c), 1 + c.len_utf8())),
    }
}

/// The character of `\u4e2d`, or of two such escapes, and the bytes; with `U` for `u` in Apple's
/// strings.
fn unicode(text: &str, letter: char) -> Option<(char, usize)> {
    let high = hex(text, 2, 4)?;
    if let Some(c) = char::from_u32(high) {
        return Some((c, 6));
    }
    let low = text
        .get(6..8)
        .filter(|u| u.starts_with('\\') && u.ends_with(letter))
        .and_then(|_| hex(text, 8, 4))?;
    let pair = [high, low].map(|unit| unit as u16);
    let c = char::decode_utf16(pair).next()?.ok()?;
    Some((c, 12))
}

fn hex(text: &str, from: usize, len: usize) -> Option<u32> {
    let digits = text.get(from..from + len)?;
    digits
        .bytes()
        .all(|b| b.is_ascii_hexdigit())
        .then(|| u32::from_str_radix(digits, 16).ok())?
}
