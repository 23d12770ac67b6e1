//! Strings of macOS and iOS: `"key" = "value";` with comments as in C. No kept library for Rust gives the bytes of the values.

use super::super::xml::Fault;
use super::Entry;
use super::syntax::{Syntax, apple, decode};
use crate::text::Span;

/// The strings of a file.
pub fn parse(text: &str) -> Result<Vec<Entry>, Fault> {
    let mut entries = Vec::new();
    let mut at = skip_blank(text, 0)?;
    while at < text.len() {
        let (key, after) = token(text, at)?;
        let equals = skip_blank(text, after)?;
        let (value, after) = if text[equals..].starts_with('=') {
            token(text, skip_blank(text, equals + 1)?)?
        } else {
            // `"Save";` is its own translation.
            (key, equals)
        };
        let end = skip_blank(text, after)?;
        if !text[end..].starts_with(';') {
            return Err(Fault::new(end, "a string is not closed by “;”"));
        }
        entries.push(Entry {
            key: vec![decode(text, key, apple).text().to_owned()],
            text: decode(text, value, apple),
            span: value,
            syntax: Syntax::Double,
        });
        at = skip_blank(text, end + 1)?;
    }
    Ok(entries)
}

/// The first byte from `at` on that is neither white space nor in a comment.
fn skip_blank(text: &str, mut at: usize) -> Result<usize, Fault> {
    loop {
        let rest = text[at..].trim_start();
        at = text.len() - rest.len();
        if rest.starts_with("//") {
            at += rest.find('\n').unwrap_or(rest.len());
        } else if rest.starts_with("/*") {
            at += rest
                .find("*/")
                .ok_or_else(|| Fault::new(at, "a comment is not closed"))?
                + 2;
        } else {
            return Ok(at);
        }
    }
}

/// The string or the bare word at `at`, without its quotation marks, and the byte after it.
fn token(text: &str, at: usize) -> Result<(Span, usize), Fault> {
    if !text[at..].starts_with('"') {
        let len = text[at..].find(|c: char| !c.is_alphanumeric() && !"_.-$:/".contains(c));
        return match len.unwrap_or(text.len() - at) {
            0 => Err(Fault::new(at, "a string in quotation marks is missing")),
            len => Ok((Span::new(at, at + len), at + len)),
        };
    }
    let mut escaped = false;
    let inside = &text[at + 1..];
    let len = inside.bytes().position(|b| {
        let closes = b == b'"' && !escaped;
        escaped = b == b'\\' && !escaped;
        closes
    });
    let end = at + 1 + len.ok_or_else(|| Fault::new(at, "a string is not closed"))?;
    Ok((Span::new(at + 1, end), end + 1))
}
