//! Messages of Fluent (Mozilla): `key = value`, with attributes, placeables in braces, and variants for numbers and the like.

use fluent_syntax::ast::{Attribute, Entry as Node, Expression, Pattern, PatternElement, VariantKey};
use fluent_syntax::parser;

use super::super::mapped::Mapped;
use super::super::xml::Fault;
use super::Entry;
use super::syntax::Syntax;
use crate::text::Span;

/// The strings of a file. A message that consists of variants is a string for each.
pub fn parse(text: &str) -> Result<Vec<Entry>, Fault> {
    let resource = parser::parse_runtime(text).map_err(|(_, errors)| {
        let error = errors.first();
        let message = error.map_or_else(String::new, |error| error.kind.to_string());
        Fault::new(
            error.map_or(0, |error| error.pos.start),
            format!("broken Fluent: {message}"),
        )
    })?;
    let mut strings = Strings {
        source: text,
        entries: Vec::new(),
    };
    for node in &resource.body {
        match node {
            Node::Message(message) => {
                let key = message.id.name.to_owned();
                strings.add(key, message.id.name, message.value.as_ref(), &message.attributes);
            }
            Node::Term(term) => {
                let key = format!("-{}", term.id.name);
                strings.add(key, term.id.name, Some(&term.value), &term.attributes);
            }
            _ => {}
        }
    }
    Ok(strings.entries)
}

struct Strings<'t> {
    source: &'t str,
    entries: Vec<Entry>,
}

impl<'t> Strings<'t> {
    /// Adds a message or a term, and its attributes.
    fn add(&mut self, key: String, id: &'t str, value: Option<&Pattern<&'t str>>, attributes: &[Attribute<&'t str>]) {
        let mut key = vec![key];
        if let Some(value) = value {
            self.add_pattern(value, self.end_of(id), &mut key);
        }
        for attribute in attributes {
            key.push(attribute.id.name.to_owned());
            self.add_pattern(&attribute.value, self.end_of(attribute.id.name), &mut key);
            key.pop();
        }
    }

    /// Adds a pattern that begins behind byte `at`.
    fn add_pattern(&mut self, pattern: &Pattern<&'t str>, mut at: usize, key: &mut Vec<String>) {
        if let [
            PatternElement::Placeable {
                expression: Expression::Select { variants, .. },
            },
        ] = &pattern.elements[..]
        {
            for variant in variants {
                let (VariantKey::Identifier { name } | VariantKey::NumberLiteral { value: name }) = variant.key;
                key.push(name.to_owned());
                self.add_pattern(&variant.value, self.end_of(name), key);
                key.pop();
            }
            return;
        }
        let mut text = Mapped::default();
        let mut start = None;
        for element in &pattern.elements {
            match element {
                PatternElement::TextElement { value } => {
                    at = self.end_of(value);
                    start.get_or_insert(at - value.len());
                    text.push(value, at - value.len()..at);
                }
                PatternElement::Placeable { .. } => {
                    // Only blanks are before its brace.
                    let open = self.source[at..].find('{').map_or(at, |brace| at + brace);
                    at = placeable_end(self.source, open);
                    start.get_or_insert(open);
                    text.push_masked(&self.source[open..at], open..at);
                }
            }
        }
        self.entries.push(Entry {
            key: key.clone(),
            text,
            span: Span::new(start.unwrap_or(at), at),
            syntax: Syntax::Verbatim,
        });
    }

    /// The byte behind a part of the source.
    fn end_of(&self, part: &str) -> usize {
        part.as_ptr().addr() - self.source.as_ptr().addr() + part.len()
    }
}

/// The byte behind the placeable whose brace is at byte `open`.
fn placeable_end(source: &str, open: usize) -> usize {
    let bytes = source.as_bytes();
    // For each brace that is open, whether the text of variants follows, in which quotation marks are text.
    let mut braces: Vec<bool> = Vec::new();
    let mut at = open;
    while at < bytes.len() {
        match bytes[at] {
            b'{' => braces.push(false),
            b'}' => {
                braces.pop();
                if braces.is_empty() {
                    return at + 1;
                }
            }
            b'>' if bytes[at - 1] == b'-' => {
                if let Some(is_text) = braces.last_mut() {
                    *is_text = true;
                }
            }
            b'"' if braces.last() == Some(&false) => at += literal_len(&source[at..]),
            _ => {}
        }
        at += 1;
    }
    bytes.len()
}

/// The bytes of the literal that a text begins with, without the closing quotation mark.
fn literal_len(text: &str) -> usize {
    let mut is_escaped = false;
    let len = text.bytes().skip(1).position(|b| {
        let ends = b == b'"' && !is_escaped;
        is_escaped = b == b'\\' && !is_escaped;
        ends
    });
    len.map_or(text.len() - 1, |len| 1 + len)
}
