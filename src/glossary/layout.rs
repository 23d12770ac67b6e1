//! The form of glossary files in TOML: sorted by id, keys in a fixed order, strings in quotation marks and in NFC, lists on one
//! line if they fit, or one entry a line. A list with a comma after its last entry stays as it is, so that a next one can be added
//! without a change of the lines before it. Comments stay with what they are written at.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::path::Path;

use toml_edit::{Array, ArrayOfTables, Document, InlineTable, Item, RawString, Table, Value};
use unicode_normalization::{IsNormalized, UnicodeNormalization as _, is_nfc_quick};

use super::load::key_order;
use super::toml_file::{TomlFileError, concepts, id, syntax_error};
use crate::text::{Source, display_path};

/// Most code points of a list on one line. A list with tables has one entry a line.
pub(super) const WIDTH: usize = 120;

/// The text of a glossary file in its one form.
///
/// # Errors
/// The text is not TOML, or has something else than `[[concept]]` tables.
pub fn format(path: &Path, text: &str) -> Result<String, TomlFileError> {
    Ok(Layout::read(path, text)?.text())
}

/// A glossary file in its one form, part by part.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Layout {
    /// The comments at the top.
    pub header: String,
    /// The entries by id. Those with one id keep their order.
    pub entries: Vec<(String, Entry)>,
    /// The comments at the end.
    pub footer: String,
}

/// A formatted entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The comments before it.
    pub comments: String,
    /// `[[concept]]`, with the comment behind it.
    pub head: String,
    /// Each key with its lines, and the comments before them, in the order of the keys.
    pub fields: Vec<(String, String)>,
}

impl Layout {
    /// Reads a file.
    ///
    /// # Errors
    /// As [`format()`].
    pub fn read(path: &Path, text: &str) -> Result<Self, TomlFileError> {
        let source = Source::new(display_path(path), text);
        let document = Document::parse(source.text().to_owned()).map_err(|e| syntax_error(&source, &e))?;
        let root = document.as_table();
        let other = root
            .iter()
            .find(|(key, item)| *key != "concept" || !item.is_array_of_tables());
        if let Some((key, item)) = other {
            return Err(TomlFileError::NoConcept {
                file: source.path().to_string(),
                line: source.line(item.span().map_or(0, |s| s.start)),
                key: key.to_owned(),
            });
        }
        let mut writer = Writer {
            raw: document.raw(),
            out: String::new(),
        };
        let mut layout = Self::default();
        for (i, table) in concepts(root).enumerate() {
            let mut comments = writer.comments(table.decor().prefix());
            if i == 0
                && let Some(end) = comments.iter().rposition(String::is_empty)
            {
                // Comments with a blank line after them belong to the file rather than to its first entry.
                let rest = comments.split_off(end + 1);
                layout.header = joined(&comments);
                comments = rest;
            }
            let entry = writer.entry(table, joined(&comments));
            layout.entries.push((id(table).unwrap_or_default().to_owned(), entry));
        }
        layout.footer = joined(&writer.comments(Some(document.trailing())));
        layout.sort();
        Ok(layout)
    }

    /// Puts the entries in order.
    pub fn sort(&mut self) {
        self.entries.sort_by(|(a, _), (b, _)| a.cmp(b));
    }

    /// The text of the file.
    pub fn text(&self) -> String {
        let mut out = String::new();
        let entries = self.entries.iter().map(|(_, entry)| entry.text());
        let blocks = [self.header.clone()]
            .into_iter()
            .chain(entries)
            .chain([self.footer.clone()]);
        for block in blocks.filter(|block| !block.is_empty()) {
            if !out.is_empty() {
                out.push('\n');
            }
            out.push_str(block.trim_end());
            out.push('\n');
        }
        out
    }
}

impl Entry {
    /// The lines of a key.
    pub fn field(&self, key: &str) -> Option<&str> {
        self.fields
            .iter()
            .find(|(k, _)| k == key)
            .map(|(_, lines)| lines.as_str())
    }

    /// Its lines, with the comments before it.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for block in [&self.comments, &self.head] {
            if !block.is_empty() {
                text.push_str(block);
                text.push('\n');
            }
        }
        text.extend(self.fields.iter().map(|(_, lines)| lines.as_str()));
        text
    }
}

fn joined(comments: &[String]) -> String {
    comments.join("\n").trim().to_owned()
}

struct Writer<'d> {
    raw: &'d str,
    out: String,
}

impl Writer<'_> {
    fn entry(&mut self, table: &Table, comments: String) -> Entry {
        self.out.push_str("[[concept]]");
        self.comment_after(table.decor().suffix());
        let head = std::mem::take(&mut self.out);
        let mut keys: Vec<&str> = table.iter().map(|(key, _)| key).collect();
        keys.sort_by_key(|key| key_order(key));
        let mut fields = Vec::with_capacity(keys.len());
        for key in keys {
            let (Some(name), Some(item)) = (table.key(key), table.get(key)) else {
                continue;
            };
            for line in self.comments(name.leaf_decor().prefix()) {
                if !line.is_empty() {
                    self.out.push_str(&line);
                    self.out.push('\n');
                }
            }
            self.item(key, item);
            fields.push((key.to_owned(), std::mem::take(&mut self.out)));
        }
        Entry { comments, head, fields }
    }

    fn item(&mut self, key: &str, item: &Item) {
        match item {
            Item::None => {}
            Item::Value(value) => {
                self.key_value(key, value);
                self.comment_after(value.decor().suffix());
                self.out.push('\n');
            }
            Item::Table(table) => {
                self.comments_of_tables(std::iter::once(table));
                self.key_value(key, &Value::InlineTable(table.clone().into_inline_table()));
                self.out.push('\n');
            }
            Item::ArrayOfTables(tables) => {
                self.comments_of_tables(tables.iter());
                let array = ArrayOfTables::into_array(tables.clone());
                self.key_value(key, &Value::Array(array));
                self.out.push('\n');
            }
        }
    }

    /// Comments in tables that are written inline move before the key.
    fn comments_of_tables<'t>(&mut self, tables: impl Iterator<Item = &'t Table>) {
        for table in tables {
            let mut decor = vec![table.decor().prefix(), table.decor().suffix()];
            for (key, item) in table {
                decor.push(table.key(key).and_then(|k| k.leaf_decor().prefix()));
                decor.push(item.as_value().and_then(|v| v.decor().suffix()));
            }
            let comments: Vec<String> = decor.into_iter().flat_map(|raw| self.comments(raw)).collect();
            for line in comments.iter().filter(|line| !line.is_empty()) {
                self.out.push_str(line);
                self.out.push('\n');
            }
        }
    }

    fn key_value(&mut self, key: &str, value: &Value) {
        self.out.push_str(key);
        self.out.push_str(" = ");
        match value {
            Value::Array(array) => self.array(key, array),
            value => self.out.push_str(&inline(value)),
        }
    }

    fn array(&mut self, key: &str, array: &Array) {
        let has_comments = array
            .iter()
            .any(|v| has_comment(self.raw, v.decor().prefix()) || has_comment(self.raw, v.decor().suffix()))
            || has_comment(self.raw, Some(array.trailing()));
        let is_open = array.trailing_comma() && array.len() > 1;
        let has_tables = array.iter().any(Value::is_inline_table);
        let values: Vec<String> = array.iter().map(inline).collect();
        let line = format!("[{}]", values.join(", "));
        if !has_comments && !has_tables && !is_open && key.chars().count() + " = ".len() + line.chars().count() <= WIDTH
        {
            self.out.push_str(&line);
            return;
        }
        self.out.push_str("[\n");
        // A comment behind a comma is read as one before the next value, on the line of the comma.
        for (i, value) in array.iter().enumerate() {
            let (same_line, before) = self.split_comments(value.decor().prefix());
            self.end_line(i > 0, &same_line);
            self.indented(&before);
            self.out.push_str("  ");
            self.out.push_str(&values[i]);
            self.out.push(',');
            // The last value may have no comma: what follows it is its own.
            let (same_line, below) = self.split_comments(value.decor().suffix());
            if !same_line.is_empty() {
                self.out.push(' ');
                self.out.push_str(&same_line);
            }
            if below.iter().any(|line| !line.is_empty()) {
                self.out.push('\n');
                self.indented(&below);
                self.out.truncate(self.out.trim_end().len());
            }
        }
        let (same_line, before) = self.split_comments(Some(array.trailing()));
        self.end_line(!array.is_empty(), &same_line);
        self.indented(&before);
        self.out.push(']');
    }

    /// Ends the line of a value with the comment behind it. One behind the bracket gets a line of its own.
    fn end_line(&mut self, is_value: bool, comment: &str) {
        if !is_value {
            self.indented(&[comment.to_owned()]);
            return;
        }
        if !comment.is_empty() {
            self.out.push(' ');
            self.out.push_str(comment);
        }
        self.out.push('\n');
    }

    fn indented(&mut self, lines: &[String]) {
        for line in lines.iter().filter(|line| !line.is_empty()) {
            self.out.push_str("  ");
            self.out.push_str(line);
            self.out.push('\n');
        }
    }

    /// The comment on the rest of the line, and those on the lines after it.
    fn split_comments(&self, raw: Option<&RawString>) -> (String, Vec<String>) {
        let mut lines = self.comments(raw);
        let first = if lines.is_empty() {
            String::new()
        } else {
            lines.remove(0)
        };
        (first, lines)
    }

    /// The comments in the white space around a key or value, line by line; blank lines are empty.
    fn comments(&self, raw: Option<&RawString>) -> Vec<String> {
        let text = text_of(self.raw, raw);
        if text.trim().is_empty() {
            return Vec::new();
        }
        let mut lines: Vec<String> = text.lines().map(|line| line.trim().to_owned()).collect();
        if text.ends_with("\n\n") || text.ends_with("\n\r\n") {
            lines.push(String::new());
        }
        lines.dedup_by(|a, b| a.is_empty() && b.is_empty());
        lines
    }

    /// The comment at the end of a line.
    fn comment_after(&mut self, raw: Option<&RawString>) {
        let comment = text_of(self.raw, raw).trim();
        if !comment.is_empty() {
            let comment = format!(" {comment}");
            self.out.push_str(&comment);
        }
    }
}

/// White space and comments as they are in the file.
fn text_of<'a>(raw: &'a str, text: Option<&'a RawString>) -> &'a str {
    let Some(text) = text else { return "" };
    match (text.as_str(), text.span()) {
        (Some(text), _) => text,
        (None, Some(span)) => raw.get(span).unwrap_or_default(),
        (None, None) => "",
    }
}

fn has_comment(raw: &str, text: Option<&RawString>) -> bool {
    text_of(raw, text).contains('#')
}

/// A value on one line.
fn inline(value: &Value) -> String {
    match value {
        Value::String(text) => quoted(text.value()),
        Value::Datetime(date) => quoted(&date.value().to_string()),
        Value::Integer(number) => number.value().to_string(),
        Value::Float(number) => number.value().to_string(),
        Value::Boolean(is_true) => is_true.value().to_string(),
        Value::Array(array) => {
            let values: Vec<String> = array.iter().map(inline).collect();
            format!("[{}]", values.join(", "))
        }
        Value::InlineTable(table) => inline_table(table),
    }
}

fn inline_table(table: &InlineTable) -> String {
    let pairs: Vec<String> = table
        .iter()
        .map(|(key, value)| format!("{} = {}", key_text(key), inline(value)))
        .collect();
    if pairs.is_empty() {
        return "{}".to_owned();
    }
    format!("{{ {} }}", pairs.join(", "))
}

fn key_text(key: &str) -> Cow<'_, str> {
    let is_bare = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    if !key.is_empty() && key.chars().all(is_bare) {
        Cow::Borrowed(key)
    } else {
        Cow::Owned(quoted(key))
    }
}

/// A basic string in NFC.
pub fn quoted(text: &str) -> String {
    let text: Cow<'_, str> = match is_nfc_quick(text.chars()) {
        IsNormalized::Yes => Cow::Borrowed(text),
        _ => Cow::Owned(text.nfc().collect()),
    };
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn formatted(text: &str) -> String {
        let once = format(Path::new("a.toml"), text).unwrap();
        assert_eq!(
            format(Path::new("a.toml"), &once).unwrap(),
            once,
            "formatting twice changes nothing"
        );
        once
    }

    #[test]
    fn entries_are_sorted_and_keys_ordered() {
        let text = "# Plans.\n\n[[concept]]\nkind='plan'\nid=\"b\"\nen=['B']\nzh=['乙']\n\n\n[[concept]]\nid = \"a\"\nzh = [\n\"甲\",\n]\nvalid-from = 2020-01-01\n";
        assert_eq!(
            formatted(text),
            "# Plans.\n\n[[concept]]\nid = \"a\"\nzh = [\"甲\"]\nvalid-from = \"2020-01-01\"\n\n\
             [[concept]]\nid = \"b\"\nkind = \"plan\"\nzh = [\"乙\"]\nen = [\"B\"]\n"
        );
    }

    #[test]
    fn comments_stay_with_what_they_are_written_at() {
        let text = "# Plans.\n\n# Old: ask Li.\n[[concept]] # first\nid = \"b\" # the id\n# Names.\nzh = [\n  # official\n  \"乙\", # as on the door\n  \"丙\"\n  # no more\n]\n\n# Of a.\n[[concept]]\nid = \"a\"\n# The end.\n";
        assert_eq!(
            formatted(text),
            "# Plans.\n\n# Of a.\n[[concept]]\nid = \"a\"\n\n\
             # Old: ask Li.\n[[concept]] # first\nid = \"b\" # the id\n# Names.\nzh = [\n  # official\n  \"乙\", # as on the door\n  \"丙\",\n  # no more\n]\n\n# The end.\n"
        );
    }

    #[test]
    fn a_comment_behind_a_bracket_is_kept() {
        let text = "[[concept]]\nid = \"a\"\nzh = [ # official\n  \"甲\",\n]\nen = [ # none\n]\n";
        let expected = "[[concept]]\nid = \"a\"\nzh = [\n  # official\n  \"甲\",\n]\nen = [\n  # none\n]\n";
        assert_eq!(formatted(text), expected);
    }

    #[test]
    fn tables_are_written_inline_and_keep_their_comments() {
        let text = "[[concept]]\nid = \"a\"\nen = [\"A\", { name = \"B\", status = \"deprecated\" }]\n[concept.extra]\n# a code\ncode = \"x\"\n";
        assert_eq!(
            formatted(text),
            "[[concept]]\nid = \"a\"\nen = [\n  \"A\",\n  { name = \"B\", status = \"deprecated\" },\n]\n# a code\nextra = { code = \"x\" }\n"
        );
    }

    #[test]
    fn strings_are_composed_and_escaped() {
        assert_eq!(quoted("Luiz Ina\u{301}cio \"Lula\""), "\"Luiz Inácio \\\"Lula\\\"\"");
        assert_eq!(
            formatted("[[concept]]\nid = 'a'\nnote = '''x \"y\"'''\n"),
            "[[concept]]\nid = \"a\"\nnote = \"x \\\"y\\\"\"\n"
        );
    }

    #[test]
    fn other_tables_are_refused() {
        let error = format(Path::new("a.toml"), "[tool]\nx = 1\n").unwrap_err().to_string();
        assert!(error.starts_with("a.toml:1: “tool”"), "{error}");
    }
}
