//! JSON, and YAML, which is read into the same values: a list of concepts under the keys of glossary files.

use std::sync::Arc;

use serde::Deserialize;
use serde_json::Value;

use crate::glossary::load::headings::{Column, status_of};
use crate::glossary::load::split::Split;
use crate::glossary::load::{Draft, Problem, Problems, fields};
use crate::glossary::{Change, Concept, Example, Kind, Name, Place, Status};
use crate::text::Side;
use crate::text::language_name::side_of_tag;

/// A concept without its place.
pub(super) fn value(concept: &Concept) -> Value {
    let mut value = serde_json::to_value(concept).unwrap_or_default();
    if let Some(object) = value.as_object_mut() {
        object.shift_remove("place");
    }
    value
}

/// The concepts as a list.
pub(super) fn values(concepts: &[Concept]) -> Value {
    Value::Array(concepts.iter().map(value).collect())
}

/// Reads a list of concepts, or an object that has one.
pub(super) fn read(root: &Value, path: &Arc<str>, split: &mut Split, drafts: &mut Vec<Draft>, problems: &mut Problems) {
    let list = match root {
        Value::Array(list) => Some(list),
        Value::Object(object) => object.values().find_map(Value::as_array),
        _ => None,
    };
    let Some(list) = list else {
        problems.error(Problem::whole_file(path, "no list of concepts", HELP));
        return;
    };
    for (i, entry) in list.iter().enumerate() {
        let mut reader = Reader {
            path,
            number: i + 1,
            split,
            problems,
        };
        drafts.extend(reader.entry(entry));
    }
}

const HELP: &str = "write a list of objects such as { \"zh\": [\"…\"], \"en\": [\"…\"] }";

struct Reader<'a> {
    path: &'a Arc<str>,
    /// Of the entry, from 1.
    number: usize,
    split: &'a mut Split,
    problems: &'a mut Problems,
}

impl Reader<'_> {
    fn problem(&self, message: &str, help: impl Into<String>) -> Problem {
        Problem::whole_file(self.path, format!("entry {}: {message}", self.number), help)
    }

    fn error(&mut self, message: &str, help: impl Into<String>) {
        let problem = self.problem(message, help);
        self.problems.error(problem);
    }

    fn entry(&mut self, entry: &Value) -> Option<Draft> {
        let Value::Object(object) = entry else {
            self.error("not an object", HELP);
            return None;
        };
        let before = self.problems.errors();
        let mut concept = Concept::new("", Kind::Term);
        concept.place = Place {
            file: self.path.clone(),
            line: self.number,
        };
        for (key, value) in object {
            self.key(&mut concept, key, value);
        }
        for (names, side) in [(&concept.zh, Side::Zh), (&concept.en, Side::En)] {
            if names.is_empty() {
                let message = format!("no {} name: it is left out", side.name());
                let problem = self.problem(&message, "add one, or delete the entry");
                self.problems.warning(problem);
                return None;
            }
        }
        let has_id = !concept.id.is_empty();
        (self.problems.errors() == before).then_some(Draft::new(concept, has_id))
    }

    fn key(&mut self, concept: &mut Concept, key: &str, value: &Value) {
        let side = side_of_tag(key);
        let column = match (side, Column::of(key)) {
            (_, Some(column)) => column,
            (Some(Side::Zh), None) => Column::Zh,
            (Some(Side::En), None) => Column::En,
            (None, None) => Column::Extra,
        };
        match (column, value) {
            (_, Value::Null) => {}
            (Column::Id, Value::String(id)) => concept.id = id.trim().to_owned().into(),
            (Column::Zh, value) => self.names(&mut concept.zh, value, None),
            (Column::En, value) => self.names(&mut concept.en, value, None),
            (Column::MoreZh, value) => self.names(&mut concept.zh, value, Some(Status::Admitted)),
            (Column::MoreEn, value) => self.names(&mut concept.en, value, Some(Status::Admitted)),
            (Column::Example, Value::Array(_)) => self.list::<Example>(&mut concept.examples, key, value),
            (Column::Counterexample, Value::Array(_)) => self.list::<Example>(&mut concept.counterexamples, key, value),
            (Column::History, Value::Array(_)) => self.list::<Change>(&mut concept.history, key, value),
            (Column::Extra, Value::Object(object)) if key == "extra" => {
                let fields = object
                    .iter()
                    .map(|(key, value)| (key.clone().into(), text(value).into()));
                concept.extra.extend(fields);
            }
            // Of names, which are objects of their own here.
            (Column::Status | Column::Language | Column::Name | Column::NameNote, value) => {
                concept.extra.push((key.to_owned().into(), text(value).into()));
            }
            (column, value) => {
                if let Err((message, help)) = fields::set(concept, column, key, text(value).trim()) {
                    self.error(&message, help);
                }
            }
        }
    }

    fn list<T: serde::de::DeserializeOwned>(&mut self, list: &mut Vec<T>, key: &str, value: &Value) {
        match Vec::<T>::deserialize(value) {
            Ok(read) => *list = read,
            Err(e) => self.error(&format!("{key}: {e}"), "write it as an export of a glossary does"),
        }
    }

    fn names(&mut self, names: &mut Vec<Name>, value: &Value, default: Option<Status>) {
        match value {
            Value::Array(list) => {
                for value in list {
                    match value {
                        // The list divides the names, so there is no doubt about their signs.
                        Value::String(text) => self.divided(names, text, default),
                        value => self.names(names, value, default),
                    }
                }
            }
            Value::Object(object) => {
                let field = |wanted: Column| object.iter().find(|(k, _)| Column::of(k) == Some(wanted));
                let Some((_, name)) = field(Column::Name) else {
                    self.error("a name without “name”", "write { \"name\": \"…\", \"status\": \"…\" }");
                    return;
                };
                let status = field(Column::Status).map(|(_, s)| text(s));
                let status = match status.as_deref().map(status_of) {
                    Some(None) => {
                        let message = format!("unknown status “{}”", status.unwrap_or_default());
                        self.error(&message, "write one of preferred, admitted, deprecated, forbidden");
                        return;
                    }
                    Some(status) => status,
                    None => default,
                };
                let note = field(Column::Note).map(|(_, note)| text(note).into());
                add(names, text(name).trim(), status, note);
            }
            value => {
                let text = text(value);
                self.split.note(&text, self.number);
                self.divided(names, &text, default);
            }
        }
    }

    /// Adds the names in a text.
    fn divided(&self, names: &mut Vec<Name>, text: &str, status: Option<Status>) {
        let mut rest = Some(text);
        while let Some(text) = rest {
            let sign = self.split.find(text);
            let name = sign.as_ref().map_or(text, |sign| &text[..sign.start]);
            add(names, name.trim(), status, None);
            rest = sign.map(|sign| &text[sign.end..]);
        }
    }
}

/// Adds a name that is not there. Without a status, the first is preferred and the others are admitted.
fn add(names: &mut Vec<Name>, text: &str, status: Option<Status>, note: Option<crate::glossary::Text>) {
    if text.is_empty() || names.iter().any(|n| n.text == text) {
        return;
    }
    let has_preferred = names.iter().any(|n| n.status == Status::Preferred);
    let default = if has_preferred {
        Status::Admitted
    } else {
        Status::Preferred
    };
    let status = match status {
        Some(Status::Preferred) if has_preferred => Status::Admitted,
        status => status.unwrap_or(default),
    };
    names.push(Name {
        note,
        ..Name::new(text, status)
    });
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}
