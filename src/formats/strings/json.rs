//! Strings in JSON: nested objects, as i18next, vue-i18n and next-intl have them, `messages.json` of browser extensions, ARB and
//! RESJSON.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::super::json::{self, Quoted, unescape};
use super::super::mapped::Mapped;
use super::super::xml::Fault;
use super::Entry;
use super::syntax::{Syntax, is_ascii};
use crate::text::Span;

/// A member of an object.
pub struct Member<'a> {
    /// The key.
    pub name: Cow<'a, str>,
    /// The key as it is written.
    pub key: &'a RawValue,
    pub value: &'a RawValue,
}

/// The members of an object, in order.
struct Members<'a>(Vec<Member<'a>>);

/// A key, which hardly ever contains an escape.
#[derive(serde::Deserialize)]
struct Key<'a>(#[serde(borrow)] Cow<'a, str>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct OfMap;
        impl<'de> Visitor<'de> for OfMap {
            type Value = Members<'de>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some((key, value)) = map.next_entry::<&RawValue, _>()? {
                    let Key(name) = serde_json::from_str(key.get()).map_err(A::Error::custom)?;
                    members.push(Member { name, key, value });
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(OfMap)
    }
}

/// The strings of a JSON text.
pub fn parse(text: &str) -> Result<Vec<Entry>, Fault> {
    let root = root(text)?;
    let mut entries = Vec::new();
    let syntax = Syntax::Json { ascii: is_ascii(text) };
    walk(text, root, &mut Vec::new(), syntax, &mut entries)?;
    // Nextcloud: `{"translations": {"key": "…", "_one_::_many_": ["…", "…"]}, "pluralForm": "…"}`.
    let is_translation = |entry: &Entry| entry.key.len() > 1 && entry.key[0] == "translations";
    let is_plural_form = |entry: &Entry| matches!(&entry.key[..], [key] if key == "pluralForm");
    if entries.iter().any(is_plural_form) && entries.iter().all(|e| is_translation(e) || is_plural_form(e)) {
        entries.retain(is_translation);
        // Of the forms for numbers, the last one is for many, and the only one in Chinese.
        let mut last = std::collections::HashMap::new();
        for (number, entry) in entries.iter().enumerate() {
            last.insert(entry.key[1].clone(), number);
        }
        let mut number = 0..;
        entries.retain(|entry| number.next() == last.get(&entry.key[1]).copied());
        for entry in &mut entries {
            entry.key = vec![entry.key.swap_remove(1)];
        }
    }
    // Browser extensions: `{"key": {"message": "…", "description": "…"}}`.
    let is_message = |entry: &Entry| entry.key.len() == 2 && entry.key[1] == "message";
    let is_of_message = |entry: &Entry| {
        entry
            .key
            .get(1)
            .is_some_and(|k| ["message", "description", "placeholders"].contains(&&**k))
    };
    if entries.iter().any(is_message) && entries.iter().all(is_of_message) {
        entries.retain(is_message);
        for entry in &mut entries {
            entry.key.truncate(1);
        }
    }
    Ok(entries)
}

/// The value that a JSON text is.
pub fn root(text: &str) -> Result<&RawValue, Fault> {
    serde_json::from_str(text).map_err(|e| not_json(text, &e))
}

/// A fault where serde_json says.
fn not_json(text: &str, error: &serde_json::Error) -> Fault {
    let line = error.line().saturating_sub(1);
    let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
    let mut at = (start + error.column().saturating_sub(1)).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let message = error.to_string();
    let message = message.split(" at line ").next().unwrap_or_default();
    Fault::new(at, format!("broken JSON: {message}"))
}

/// Whether a key names no string but something about the strings: `@title` of ARB, `_title.comment` of RESJSON, `$schema`.
fn is_about(key: &str) -> bool {
    key.starts_with(['@', '$', '_']) && (!key.starts_with('_') || key.contains("comment")) || key == "//"
}

fn walk(
    text: &str,
    value: &RawValue,
    key: &mut Vec<String>,
    syntax: Syntax,
    entries: &mut Vec<Entry>,
) -> Result<(), Fault> {
    match value.get().as_bytes().first() {
        Some(b'"') => entries.extend(string(text, value, key.clone(), syntax)?),
        Some(b'{') => {
            for member in members(text, value)? {
                if !is_about(&member.name) {
                    key.push(member.name.into_owned());
                    walk(text, member.value, key, syntax, entries)?;
                    key.pop();
                }
            }
        }
        Some(b'[') => {
            let items: Vec<&RawValue> = serde_json::from_str(value.get()).map_err(|e| not_json(text, &e))?;
            for (i, item) in items.into_iter().enumerate() {
                key.push(i.to_string());
                walk(text, item, key, syntax, entries)?;
                key.pop();
            }
        }
        _ => {}
    }
    Ok(())
}

/// The members of an object.
pub fn members<'a>(text: &str, value: &'a RawValue) -> Result<Vec<Member<'a>>, Fault> {
    let members: Members<'a> = serde_json::from_str(value.get()).map_err(|e| not_json(text, &e))?;
    Ok(members.0)
}

/// The string that a value is; `None` for other values.
pub fn string(text: &str, value: &RawValue, key: Vec<String>, syntax: Syntax) -> Result<Option<Entry>, Fault> {
    let Some(quoted) = Quoted::new(text, value) else {
        return Ok(None);
    };
    let (decoded, pieces) = unescape(text, quoted).map_err(|json::Fault { at, message }| Fault::new(at, message))?;
    let mut mapped = Mapped::default();
    for piece in pieces {
        let part = &decoded[piece.text..piece.text + piece.len];
        mapped.push(part, piece.source..piece.source + piece.source_len);
    }
    Ok(Some(Entry {
        key,
        text: mapped,
        span: Span::new(quoted.start, quoted.end),
        syntax,
    }))
}
