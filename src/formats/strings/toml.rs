//! Strings in TOML: tables of strings, as Hugo has them.

use toml_edit::{Document, Item, Table, Value};

use super::super::xml::Fault;
use super::Entry;
use super::syntax::{Escape, Syntax, decode, named};
use crate::text::Span;

/// The strings of a file.
pub fn parse(text: &str) -> Result<Vec<Entry>, Fault> {
    let document = Document::parse(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        Fault::new(at, format!("broken TOML: {}", error.message()))
    })?;
    let mut entries = Vec::new();
    walk(text, document.as_table(), &mut Vec::new(), &mut entries);
    entries.sort_by_key(|entry| entry.span.start);
    Ok(entries)
}

fn walk(text: &str, table: &Table, key: &mut Vec<String>, entries: &mut Vec<Entry>) {
    for (name, item) in table {
        key.push(name.to_owned());
        match item {
            Item::Value(value) => walk_value(text, value, key, entries),
            Item::Table(table) => walk(text, table, key, entries),
            Item::ArrayOfTables(tables) => {
                for (i, table) in tables.iter().enumerate() {
                    key.push(i.to_string());
                    walk(text, table, key, entries);
                    key.pop();
                }
            }
            Item::None => {}
        }
        key.pop();
    }
}

fn walk_value(text: &str, value: &Value, key: &mut Vec<String>, entries: &mut Vec<Entry>) {
    match value {
        Value::String(string) => {
            if let Some(entry) = string
                .span()
                .and_then(|at| entry(text, Span::new(at.start, at.end), string.value(), key))
            {
                entries.push(entry);
            }
        }
        Value::InlineTable(table) => {
            for (name, value) in table {
                key.push(name.to_owned());
                walk_value(text, value, key, entries);
                key.pop();
            }
        }
        Value::Array(values) => {
            for (i, value) in values.iter().enumerate() {
                key.push(i.to_string());
                walk_value(text, value, key, entries);
                key.pop();
            }
        }
        _ => {}
    }
}

/// The escapes of basic strings, and a line that goes on below.
fn continued(text: &str) -> Option<Escape> {
    let rest = text.strip_prefix('\\')?;
    let below = rest.trim_start_matches([' ', '\t']);
    if below.starts_with(['\n', '\r']) {
        return Some((None, text.len() - below.trim_start().len()));
    }
    named(text)
}

/// The string at these bytes, with its quotation marks.
fn entry(text: &str, at: Span, value: &str, key: &[String]) -> Option<Entry> {
    let raw = at.of(text);
    let marks = ["\"\"\"", "'''", "\"", "'"]
        .into_iter()
        .find(|marks| raw.starts_with(marks))?;
    let mut span = Span::new(at.start + marks.len(), at.end - marks.len());
    if marks.len() == 3 && span.of(text).starts_with(['\r', '\n']) {
        // The line end after the opening marks is no part of the string.
        span.start += if span.of(text).starts_with('\r') { 2 } else { 1 };
    }
    let is_basic = marks.starts_with('"');
    let mapped = if is_basic {
        decode(text, span, continued)
    } else {
        decode(text, span, |_| None)
    };
    (mapped.text() == value).then(|| Entry {
        key: key.to_vec(),
        text: mapped,
        span,
        syntax: if is_basic { Syntax::Double } else { Syntax::Verbatim },
    })
}
