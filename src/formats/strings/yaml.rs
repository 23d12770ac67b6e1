//! Strings in YAML: nested mappings, as Rails and Hugo have them.

use granit_parser::{Event, Parser, ScalarStyle};

use super::super::mapped::Mapped;
use super::super::xml::Fault;
use super::Entry;
use super::syntax::{Escape, Syntax, decode, named};
use crate::text::Span;

/// A collection that is open.
enum Open {
    /// A mapping; `None` where a key comes next.
    Mapping(Option<String>),
    /// A sequence, and how many items it has so far.
    Sequence(usize),
}

/// The strings of a file.
pub fn parse(text: &str) -> Result<Vec<Entry>, Fault> {
    let mut open: Vec<Open> = Vec::new();
    let mut entries = Vec::new();
    for event in Parser::new_from_str(text) {
        let (event, at) = event.map_err(|error| {
            let at = error.marker().byte_offset().unwrap_or_default();
            Fault::new(at, format!("broken YAML: {}", error.info()))
        })?;
        match event {
            Event::Scalar(value, style, _, tag) => {
                if let Some(Open::Mapping(key @ None)) = open.last_mut() {
                    *key = Some(value.into_owned());
                    continue;
                }
                if let Some(span) = at.byte_range().filter(|_| tag.is_none() && is_string(&value, style)) {
                    entries.extend(entry(text, Span::new(span.start, span.end), &value, style, &open));
                }
                end_node(&mut open);
            }
            Event::MappingStart(..) => open.push(Open::Mapping(None)),
            Event::SequenceStart(..) => open.push(Open::Sequence(0)),
            Event::MappingEnd | Event::SequenceEnd => {
                open.pop();
                end_node(&mut open);
            }
            Event::Alias(_) => end_node(&mut open),
            _ => {}
        }
    }
    Ok(entries)
}

/// Goes on to the next key or item when a value has ended. A collection as a key has no strings.
fn end_node(open: &mut [Open]) {
    match open.last_mut() {
        Some(Open::Mapping(key)) => *key = if key.is_some() { None } else { Some(String::new()) },
        Some(Open::Sequence(items)) => *items += 1,
        None => {}
    }
}

/// Whether a scalar without a tag is a string rather than a number, a truth value or nothing (YAML 1.1 and 1.2).
fn is_string(value: &str, style: ScalarStyle) -> bool {
    let word = value.to_ascii_lowercase();
    let is_other = ["", "~", "null", "true", "false", "yes", "no", "on", "off"].contains(&&*word);
    let is_number =
        value.starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c)) && value.parse::<f64>().is_ok();
    style != ScalarStyle::Plain || !is_other && !is_number
}

fn entry(text: &str, at: Span, value: &str, style: ScalarStyle, open: &[Open]) -> Option<Entry> {
    let inside = Span::new(at.start + 1, at.end.saturating_sub(1).max(at.start + 1));
    let (span, mapped, syntax) = match style {
        ScalarStyle::SingleQuoted => (inside, decode(text, inside, doubled), Syntax::Single),
        ScalarStyle::DoubleQuoted => (inside, decode(text, inside, named), Syntax::Double),
        _ => (at, decode(text, at, |_| None), Syntax::Verbatim),
    };
    // Over several lines, line ends and indentation mean a space, a line end or nothing.
    let mapped = if mapped.text() == value {
        mapped
    } else {
        match style {
            ScalarStyle::SingleQuoted => folded(text, span, value, doubled)?,
            ScalarStyle::DoubleQuoted => folded(text, span, value, continued)?,
            _ => folded(text, span, value, |_| None)?,
        }
    };
    let key = open.iter().map(|collection| match collection {
        Open::Mapping(key) => key.clone().unwrap_or_default(),
        Open::Sequence(items) => items.to_string(),
    });
    Some(Entry {
        key: key.collect(),
        text: mapped,
        span,
        syntax,
    })
}

/// The escape of strings between single quotation marks.
fn doubled(text: &str) -> Option<Escape> {
    text.starts_with("''").then_some((Some('\''), 2))
}

/// The escapes of strings between double quotation marks, and a line that goes on below.
fn continued(text: &str) -> Option<Escape> {
    let below = text.strip_prefix('\\').filter(|rest| rest.starts_with(['\n', '\r']));
    below.map_or_else(
        || named(text),
        |below| Some((None, text.len() - below.trim_start().len())),
    )
}

/// The places of the characters of a value over several lines, with what `escape` says is an escape; `None` where it means something
/// else.
fn folded(text: &str, span: Span, value: &str, escape: fn(&str) -> Option<Escape>) -> Option<Mapped> {
    let mut mapped = Mapped::default();
    let mut at = span.start;
    let mut rest = value;
    while let Some(c) = rest.chars().next() {
        let source = &text[at..span.end];
        if let Some((meaning, len)) = escape(source) {
            if let Some(c) = meaning {
                rest = rest.strip_prefix(c)?;
                mapped.push(c.encode_utf8(&mut [0; 4]), at..at + len);
            }
            at += len;
            continue;
        }
        if c.is_whitespace() && source.starts_with(['\n', '\r', ' ', '\t']) && !source.starts_with(c)
            || source.starts_with(['\n', '\r'])
        {
            let blank = source.len() - source.trim_start().len();
            let meaning = &rest[..rest.len() - rest.trim_start().len()];
            mapped.push(meaning, at..at + blank);
            (at, rest) = (at + blank, &rest[meaning.len()..]);
        } else if source.starts_with(c) {
            mapped.push(&source[..c.len_utf8()], at..at + c.len_utf8());
            (at, rest) = (at + c.len_utf8(), &rest[c.len_utf8()..]);
        } else if source.starts_with(['|', '>']) && mapped.text().is_empty() {
            // The header of a block.
            at += source.find('\n')? + 1;
            at += text[at..span.end].len() - text[at..span.end].trim_start_matches(' ').len();
        } else {
            return None;
        }
    }
    Some(mapped)
}
