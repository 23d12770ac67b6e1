//! Properties of Java (`java.util.Properties`): `key = value`, with values over several lines that end in a backslash.
//!
//! No kept library for Rust gives the bytes of the values.

use super::Entry;
use super::syntax::{Escape, Syntax, decode, is_ascii, java};
use crate::text::Span;

/// The strings of a file.
pub fn parse(text: &str) -> Vec<Entry> {
    let syntax = Syntax::Properties { ascii: is_ascii(text) };
    let mut entries = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let end = logical_line_end(text, at);
        let line = &text[at..end];
        let start = at + line.len() - line.trim_start_matches(BLANK).len();
        at = end + text[end..].chars().next().map_or(0, char::len_utf8);
        if text[start..end].is_empty() || text[start..].starts_with(['#', '!']) {
            continue;
        }
        let key_end = key_end(text, start, end);
        let value = separator_end(text, key_end, end);
        let key = decode(text, Span::new(start, key_end), escape);
        let span = Span::new(value, end);
        entries.push(Entry {
            key: key.text().split('.').map(str::to_owned).collect(),
            text: decode(text, span, escape),
            span,
            syntax,
        });
    }
    entries
}

/// What is white space within a line.
const BLANK: [char; 5] = [' ', '\t', '\u{c}', '\r', '\n'];

/// The end of a line and of those that it goes on in. A comment does not go on.
fn logical_line_end(text: &str, start: usize) -> usize {
    let is_comment = text[start..]
        .trim_start_matches([' ', '\t', '\u{c}'])
        .starts_with(['#', '!']);
    let mut escaped = false;
    let mut bytes = text.bytes().enumerate().skip(start).peekable();
    while let Some((at, byte)) = bytes.next() {
        match byte {
            b'\r' if escaped && bytes.peek().is_some_and(|&(_, next)| next == b'\n') => continue,
            b'\r' | b'\n' if !escaped || is_comment => return at,
            _ => {}
        }
        escaped = byte == b'\\' && !escaped;
    }
    text.len()
}

/// The end of the key: before the first `=`, `:` or white space without a backslash.
fn key_end(text: &str, start: usize, end: usize) -> usize {
    let mut escaped = false;
    let ends = text[start..end].char_indices().find(|&(_, c)| {
        let is_end = !escaped && matches!(c, '=' | ':' | ' ' | '\t' | '\u{c}');
        escaped = c == '\\' && !escaped;
        is_end
    });
    ends.map_or(end, |(at, _)| start + at)
}

/// The beginning of the value: after white space with at most one `=` or `:` in it.
fn separator_end(text: &str, key_end: usize, end: usize) -> usize {
    let rest = text[key_end..end].trim_start_matches([' ', '\t', '\u{c}']);
    let rest = rest.strip_prefix(['=', ':']).unwrap_or(rest);
    let mut rest = rest.trim_start_matches([' ', '\t', '\u{c}']);
    // The value may begin on the next line.
    while let Some(below) = rest.strip_prefix("\\\n").or_else(|| rest.strip_prefix("\\\r\n")) {
        rest = below.trim_start_matches([' ', '\t', '\u{c}']);
    }
    end - rest.len()
}

/// The escapes of a key or a value: those of C, and a line that goes on below.
fn escape(text: &str) -> Option<Escape> {
    let rest = text.strip_prefix('\\')?;
    if rest.starts_with(['\r', '\n']) {
        let rest = rest.strip_prefix('\r').unwrap_or(rest);
        let rest = rest.strip_prefix('\n').unwrap_or(rest);
        let rest = rest.trim_start_matches([' ', '\t', '\u{c}']);
        return Some((None, text.len() - rest.len()));
    }
    java(text)
}
