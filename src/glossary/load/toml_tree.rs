//! TOML text to a small tree with spans: directly where a file keeps to the common form, through the `toml` crate where
//! it does not.
//!
//! The direct reader takes `[[concept]]`, bare keys, strings without escapes, lists, inline tables, booleans, dates and
//! comments, about ten times as fast; at anything else it gives up and the whole file goes through the crate, which knows
//! all of TOML and reports what is wrong. A test holds the two against each other.

use crate::text::date::parse_date;
use std::borrow::Cow;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

/// A value and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Node<'a> {
    /// Bytes of the source.
    pub span: Range<usize>,
    /// The value.
    pub value: Value<'a>,
}

/// What the glossary tells apart among TOML's values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value<'a> {
    Text(Cow<'a, str>),
    Bool(bool),
    /// A date or time, as TOML writes it.
    Date(String),
    List(Vec<Node<'a>>),
    Table(Vec<Field<'a>>),
    /// Anything else, by the name of its type.
    Other(&'static str),
}

/// A key and its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Field<'a> {
    pub key: Cow<'a, str>,
    pub key_span: Range<usize>,
    pub value: Node<'a>,
}

/// A file: its top-level fields and what is not TOML in it.
#[derive(Debug, Default)]
pub(super) struct Tree<'a> {
    pub fields: Vec<Field<'a>>,
    pub faults: Vec<(Range<usize>, String)>,
}

impl Value<'_> {
    /// The name of the type, as TOML calls it.
    pub(super) fn type_name(&self) -> &'static str {
        match self {
            Self::Text(_) => "string",
            Self::Bool(_) => "boolean",
            Self::Date(_) => "datetime",
            Self::List(_) => "array",
            Self::Table(_) => "table",
            Self::Other(name) => name,
        }
    }
}

/// Reads a file, whatever state it is in.
pub(super) fn read(text: &str) -> Tree<'_> {
    match direct(text) {
        Some(fields) => Tree {
            fields,
            faults: Vec::new(),
        },
        None => through_crate(text),
    }
}

fn through_crate(text: &str) -> Tree<'_> {
    let (root, errors) = DeTable::parse_recoverable(text);
    Tree {
        fields: fields(root.into_inner()),
        faults: errors
            .iter()
            .map(|e| (e.span().unwrap_or(0..0), e.message().to_owned()))
            .collect(),
    }
}

fn fields<'a>(table: DeTable<'a>) -> Vec<Field<'a>> {
    let field = |(key, value): (Spanned<DeString<'a>>, Spanned<DeValue<'a>>)| Field {
        key_span: key.span(),
        key: key.into_inner(),
        value: node(value),
    };
    let mut fields: Vec<Field<'a>> = table.into_iter().map(field).collect();
    fields.sort_by_key(|f| f.key_span.start);
    fields
}

fn node(value: Spanned<DeValue<'_>>) -> Node<'_> {
    let span = value.span();
    let value = match value.into_inner() {
        DeValue::String(text) => Value::Text(text),
        DeValue::Boolean(b) => Value::Bool(b),
        DeValue::Datetime(d) => Value::Date(d.to_string()),
        DeValue::Array(items) => Value::List(items.into_iter().map(node).collect()),
        DeValue::Table(table) => Value::Table(fields(table)),
        other @ (DeValue::Integer(_) | DeValue::Float(_)) => Value::Other(other.type_str()),
    };
    Node { span, value }
}

const HEADER: &str = "[[concept]]";
/// How deep lists and tables are followed; names go two levels deep.
const DEEPEST: usize = 4;

/// The one top-level field of a file in the common form; `None` for any other file.
fn direct(text: &str) -> Option<Vec<Field<'_>>> {
    let mut r = Direct { text, at: 0 };
    let mut concepts: Vec<Node<'_>> = Vec::new();
    let mut first_key = 0..0;
    loop {
        r.blank()?;
        if r.at == text.len() {
            break;
        }
        if r.rest().starts_with(HEADER) {
            let span = r.at..r.at + HEADER.len();
            if concepts.is_empty() {
                first_key = r.at + 2..r.at + HEADER.len() - 2;
            }
            r.at = span.end;
            concepts.push(Node {
                span,
                value: Value::Table(Vec::with_capacity(8)),
            });
        } else {
            let field = r.field(0)?;
            let Value::Table(fields) = &mut concepts.last_mut()?.value else {
                return None;
            };
            push_new(fields, field)?;
        }
        r.end_of_line()?;
    }
    let span = concepts.first().map_or(0..0, |c| c.span.clone());
    let list = Field {
        key: Cow::Borrowed("concept"),
        key_span: first_key,
        value: Node {
            span,
            value: Value::List(concepts),
        },
    };
    Some(if list.key_span.is_empty() {
        Vec::new()
    } else {
        vec![list]
    })
}

/// Adds a field unless its key is there already, which is not TOML.
fn push_new<'a>(fields: &mut Vec<Field<'a>>, field: Field<'a>) -> Option<()> {
    fields.iter().all(|f| f.key != field.key).then(|| fields.push(field))
}

struct Direct<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Direct<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn eat(&mut self, byte: u8) -> Option<()> {
        (self.peek() == Some(byte)).then(|| self.at += 1)
    }

    fn spaces(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t')) {
            self.at += 1;
        }
    }

    /// A line end, if one stands here.
    fn newline(&mut self) -> bool {
        let len = usize::from(self.rest().starts_with('\n')) + 2 * usize::from(self.rest().starts_with("\r\n"));
        self.at += len;
        len > 0
    }

    /// A comment up to its line end, if one stands here.
    fn comment(&mut self) -> Option<()> {
        if self.peek() == Some(b'#') {
            let line = self.rest().split('\n').next().unwrap_or_default();
            let line = line.strip_suffix('\r').unwrap_or(line);
            if line.contains(is_control) {
                return None;
            }
            self.at += line.len();
        }
        Some(())
    }

    /// White space, line ends and comments.
    fn blank(&mut self) -> Option<()> {
        loop {
            self.spaces();
            self.comment()?;
            if !self.newline() {
                return Some(());
            }
        }
    }

    fn end_of_line(&mut self) -> Option<()> {
        self.spaces();
        self.comment()?;
        (self.newline() || self.at == self.text.len()).then_some(())
    }

    /// `key = value`.
    fn field(&mut self, depth: usize) -> Option<Field<'a>> {
        let bytes = self.rest().bytes();
        let len = bytes
            .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
            .count();
        let key_span = self.at..self.at + len;
        self.at += len;
        self.spaces();
        self.eat(b'=')?;
        self.spaces();
        let value = self.value(depth)?;
        (len > 0).then(|| Field {
            key: Cow::Borrowed(&self.text[key_span.clone()]),
            key_span,
            value,
        })
    }

    fn value(&mut self, depth: usize) -> Option<Node<'a>> {
        if depth > DEEPEST {
            return None;
        }
        let start = self.at;
        let value = match self.peek()? {
            b'"' => self.string()?,
            b'[' => self.list(depth)?,
            b'{' => self.table(depth)?,
            b't' => self.word("true", Value::Bool(true))?,
            b'f' => self.word("false", Value::Bool(false))?,
            b'0'..=b'9' => self.date()?,
            _ => return None,
        };
        Some(Node {
            span: start..self.at,
            value,
        })
    }

    fn word(&mut self, word: &str, value: Value<'a>) -> Option<Value<'a>> {
        self.rest().starts_with(word).then(|| {
            self.at += word.len();
            value
        })
    }

    /// A string of one line without escapes. (A multi-line string begins with an empty one and fails behind it.)
    fn string(&mut self) -> Option<Value<'a>> {
        self.eat(b'"')?;
        let len = self
            .rest()
            .bytes()
            .position(|b| matches!(b, b'"' | b'\\') || b < b' ' || b == 0x7f)?;
        let text = &self.rest()[..len];
        self.at += len;
        self.eat(b'"')?;
        Some(Value::Text(Cow::Borrowed(text)))
    }

    /// A day that exists, as far as the direct reader can tell without knowing the months.
    fn date(&mut self) -> Option<Value<'a>> {
        let date = self.rest().get(..10)?;
        let next = self.rest()[10..].bytes().next();
        let ends = next.is_none_or(|b| matches!(b, b',' | b']' | b'}' | b'#' | b'\r' | b'\n'));
        (ends && parse_date(date).is_ok()).then(|| {
            self.at += 10;
            Value::Date(date.to_owned())
        })
    }

    fn list(&mut self, depth: usize) -> Option<Value<'a>> {
        self.eat(b'[')?;
        let mut items = Vec::new();
        loop {
            self.blank()?;
            if self.eat(b']').is_some() {
                return Some(Value::List(items));
            }
            items.push(self.value(depth + 1)?);
            self.blank()?;
            if self.eat(b',').is_none() {
                self.eat(b']')?;
                return Some(Value::List(items));
            }
        }
    }

    fn table(&mut self, depth: usize) -> Option<Value<'a>> {
        self.eat(b'{')?;
        let mut fields = Vec::new();
        loop {
            self.spaces();
            push_new(&mut fields, self.field(depth + 1)?)?;
            self.spaces();
            if self.eat(b',').is_none() {
                self.eat(b'}')?;
                return Some(Value::Table(fields));
            }
        }
    }
}

/// Characters that TOML allows in no comment.
fn is_control(c: char) -> bool {
    c.is_ascii_control() && c != '\t'
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn entries<'a>(fields: &[Field<'a>]) -> Vec<Node<'a>> {
        match fields {
            [] => Vec::new(),
            [Field { key, value, .. }] if key == "concept" => match &value.value {
                Value::List(list) => list.clone(),
                other => panic!("{other:?}"),
            },
            other => panic!("{other:?}"),
        }
    }

    /// Spans of the list as a whole are nobody's business, and the crate's differ.
    fn agree(text: &str) {
        let crate_says = through_crate(text);
        if let Some(fields) = direct(text) {
            assert_eq!(crate_says.faults, [], "{text}");
            assert_eq!(entries(&fields), entries(&crate_says.fields), "{text}");
        }
    }

    #[test]
    fn shipped_files_are_read_directly() {
        for (name, text) in super::super::SHIPPED_FILES {
            assert!(direct(text).is_some(), "{name}");
            agree(text);
        }
    }

    #[test]
    fn anything_uncommon_is_left_to_the_crate() {
        for text in [
            "[[concept]]\nid = 'a'\n",
            "[[concept]]\nid = \"a\\tb\"\n",
            "[[concept]]\nid = \"\"\"a\"\"\"\n",
            "[[concept]]\nid = \"a\"\nid = \"b\"\n",
            "[[concept]]\nid = \"a\" kind = \"term\"\n",
            "id = \"a\"\n",
            "[[concept]]\n\"id\" = \"a\"\n",
            "[[concept]]\n[concept.extra]\na = \"b\"\n",
            "[[concept]]\nnumber = 1\n",
            "[[concept]]\nid = \"a\n",
            "[[concept]]\nd = 2026-02-30\n",
        ] {
            assert!(direct(text).is_none(), "{text}");
        }
    }

    proptest! {
        /// What the direct reader accepts, it reads as the crate does.
        #[test]
        fn direct_reading_agrees_with_the_crate(
            pieces in prop::collection::vec(
                prop::sample::select(vec![
                    "[[concept]]", "\n", "\r\n", " ", "\t", "# 注 \"x\"", "id = ", "zh = ", "en=", "\"甲\"", "\"a b\"", "\"\"", "[", "]",
                    "{ name = ", "{", "}", ", ", ",", "true", "false", "2026-01-31", "2026-13-01", "1", "\\", "\"", "'", "=", "status", "\u{1}",
                ]),
                0..40,
            ),
        ) {
            agree(&pieces.concat());
        }

        /// The same for whole entries, so that many are accepted.
        #[test]
        fn direct_reading_of_entries_agrees_with_the_crate(
            values in prop::collection::vec(
                prop::sample::select(vec![
                    "id = \"a\"", "zh = [\"甲\", \"乙\",]", "en = [\n  \"A\", # 注\n  { name = \"B\", status = \"admitted\" },\n]",
                    "x = true", "d = 2026-01-31 # day", "e = {a=\"b\"}", "f = []", "[[concept]]", "", "  # 注", "g = [[\"a\"], [ ]]", "h = {}",
                ]),
                0..12,
            ),
        ) {
            agree(&format!("[[concept]]\n{}", values.join("\n")));
        }
    }
}
