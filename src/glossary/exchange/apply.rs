//! Writes what an import changes into a glossary file. What does not change keeps every byte.

use toml_edit::{Array, ArrayOfTables, InlineTable, Item, RawString, Table, Value, value};

use super::changes::Changes;
use crate::glossary::layout::WIDTH;
use crate::glossary::load::fields::{keys, text_of};
use crate::glossary::load::key_order;
use crate::glossary::{Change, Concept, Example, Name, Status, TomlFile, toml_file};
use crate::text::Side;

/// Changes the concepts that the file has, and adds the new ones.
pub fn apply(file: &mut TomlFile, changes: &Changes) {
    for edit in &changes.edits {
        if let Some(table) = file.concept_mut(&edit.before.id) {
            change(table, &edit.before, &edit.after);
        }
    }
    for concept in &changes.added {
        add(file, concept);
    }
}

/// Changes a concept in place.
pub(super) fn change(table: &mut Table, before: &Concept, after: &Concept) {
    for key in keys().filter(|key| text_of(before, key) != text_of(after, key)) {
        match field(after, key) {
            Some(value) => set(table, key, value),
            None => drop(table.remove(key)),
        }
    }
    for side in [Side::Zh, Side::En] {
        if before.names(side) != after.names(side) {
            let array = table.get(side.code()).and_then(Item::as_array);
            let names = names(before.names(side), after.names(side), array);
            set(table, side.code(), Value::Array(names));
        }
    }
    if before.extra != after.extra {
        extra(table, before, after);
    }
}

/// Sets a key, at its usual place if it is new, and keeps the comment behind it if it is not.
fn set(table: &mut Table, key: &str, mut new: Value) {
    if let Some(old) = table.get_mut(key).and_then(Item::as_value_mut) {
        // An array keeps the comments inside it on its own.
        *new.decor_mut() = old.decor().clone();
        if let (Value::Datetime(_), Some(date)) = (&*old, new.as_str().and_then(|d| d.parse().ok())) {
            let decor = old.decor().clone();
            *old = Value::Datetime(toml_edit::Formatted::new(date));
            *old.decor_mut() = decor;
        } else {
            *old = new;
        }
        return;
    }
    let was_ordered = is_ordered(table);
    table.insert(key, value(new));
    if was_ordered {
        table.sort_values_by(|a, _, b, _| key_order(a.get()).cmp(&key_order(b.get())));
    }
}

fn is_ordered(table: &Table) -> bool {
    table.iter().map(|(key, _)| key_order(key)).is_sorted()
}

/// A field as a TOML value.
fn field(concept: &Concept, key: &str) -> Option<Value> {
    let list = |tables: Vec<InlineTable>| (!tables.is_empty()).then(|| Value::Array(lines(tables)));
    match key {
        "case-sensitive" => concept.case_sensitive.then(|| true.into()),
        "example" => list(concept.examples.iter().map(example).collect()),
        "counterexample" => list(concept.counterexamples.iter().map(example).collect()),
        "history" => list(concept.history.iter().map(history).collect()),
        key => text_of(concept, key).map(Value::from),
    }
}

fn example(example: &Example) -> InlineTable {
    InlineTable::from_iter([("zh", &*example.zh), ("en", &*example.en)])
}

fn history(change: &Change) -> InlineTable {
    let mut table = InlineTable::from_iter([("date", &*change.date), ("author", &*change.author)]);
    if let Some(reason) = &change.reason {
        table.insert("reason", reason.as_ref().into());
    }
    table.insert("change", change.change.as_ref().into());
    table
}

/// An array with an entry on each line.
fn lines(values: impl IntoIterator<Item = impl Into<Value>>) -> Array {
    let mut array = Array::new();
    for value in values {
        array.push_formatted(value.into().decorated("\n  ", ""));
    }
    array.set_trailing("\n");
    array.set_trailing_comma(true);
    array
}

/// The names as an array. Those that are in the `old` one as they are keep their form, and every comment stays.
fn names(before: &[Name], after: &[Name], old: Option<&Array>) -> Array {
    let Some(old) = old else {
        return new_names(after, "en");
    };
    // What precedes an entry: blanks, line breaks, and the comment behind the entry before.
    let prefix = |value: &Value| {
        value
            .decor()
            .prefix()
            .and_then(RawString::as_str)
            .unwrap_or_default()
            .to_owned()
    };
    let multi_line = old.iter().any(|v| prefix(v).contains('\n'));
    let implied_before = implied(before);
    let place = |i: usize, name: &Name| {
        let same = before.iter().position(|b| b.text == name.text);
        // A name in the place of another keeps the layout and the comment there.
        same.or_else(|| (before.len() == after.len() && after.iter().all(|a| a.text != before[i].text)).then_some(i))
    };
    let places: Vec<Option<usize>> = after.iter().enumerate().map(|(i, name)| place(i, name)).collect();
    // The comments before entries that go, by the entry behind.
    let mut comments = vec![String::new(); old.len() + 1];
    for (i, value) in old.iter().enumerate().filter(|(i, _)| !places.contains(&Some(*i))) {
        let text = std::mem::take(&mut comments[i]) + &prefix(value);
        if let Some((comment, _)) = text.rsplit_once('\n').filter(|(comment, _)| comment.contains('#')) {
            comment.clone_into(&mut comments[i + 1]);
        }
    }
    let mut array = Array::new();
    for (i, (name, implied_now)) in after.iter().zip(implied(after)).enumerate() {
        let there = places[i].and_then(|b| Some((b, old.get(b)?)));
        let mut value = match there {
            // Its place may imply another status than before.
            Some((b, value)) if before[b] == *name && (value.is_inline_table() || implied_before[b] == implied_now) => {
                value.clone()
            }
            _ => entry(name, implied_now),
        };
        match there {
            Some((b, there)) => {
                *value.decor_mut() = there.decor().clone();
                let text = std::mem::take(&mut comments[b]) + &prefix(there);
                value.decor_mut().set_prefix(text);
            }
            None if multi_line => value.decor_mut().set_prefix("\n  "),
            None => {}
        }
        if !multi_line {
            value.decor_mut().set_prefix(if i == 0 { "" } else { " " });
        }
        array.push_formatted(value);
    }
    let trailing = old.trailing().as_str().unwrap_or_default();
    array.set_trailing(comments.concat() + trailing);
    array.set_trailing_comma(old.trailing_comma());
    array
}

/// The status that each name has if it is written as a plain string.
fn implied(names: &[Name]) -> Vec<Status> {
    let mut has_preferred = false;
    let mut statuses = Vec::with_capacity(names.len());
    for name in names {
        statuses.push(if has_preferred {
            Status::Admitted
        } else {
            Status::Preferred
        });
        has_preferred |= name.status == Status::Preferred;
    }
    statuses
}

/// A name as a string, or as a table if a string does not say everything.
fn entry(name: &Name, implied: Status) -> Value {
    if name.status == implied && name.note.is_none() {
        return name.text.as_ref().into();
    }
    let mut table = InlineTable::new();
    table.insert("name", name.text.as_ref().into());
    if name.status != implied {
        table.insert("status", name.status.name().into());
    }
    if let Some(note) = &name.note {
        table.insert("note", note.as_ref().into());
    }
    Value::InlineTable(table)
}

fn new_names(names: &[Name], key: &str) -> Array {
    let entries: Vec<Value> = names.iter().zip(implied(names)).map(|(n, i)| entry(n, i)).collect();
    let array: Array = entries.iter().cloned().collect();
    let width = key.len() + " = ".len() + array.to_string().chars().count();
    if width > WIDTH { lines(entries) } else { array }
}

fn extra(table: &mut Table, before: &Concept, after: &Concept) {
    if after.extra.is_empty() {
        table.remove("extra");
        return;
    }
    if table.get("extra").is_none() {
        let fields = after.extra.iter().map(|(key, text)| (&**key, &**text));
        set(table, "extra", Value::InlineTable(fields.collect()));
        return;
    }
    let Some(fields) = table.get_mut("extra").and_then(Item::as_table_like_mut) else {
        return;
    };
    for (key, _) in before
        .extra
        .iter()
        .filter(|(key, _)| after.extra.iter().all(|(k, _)| k != key))
    {
        fields.remove(key);
    }
    for (key, text) in after.extra.iter().filter(|field| !before.extra.contains(field)) {
        match fields.get_mut(key).and_then(Item::as_value_mut) {
            Some(old) => {
                let decor = old.decor().clone();
                *old = text.as_ref().into();
                *old.decor_mut() = decor;
            }
            None => drop(fields.insert(key, value(text.as_ref()))),
        }
    }
}

/// Adds a concept: at its place by id, if the file is sorted, or else at the end.
fn add(file: &mut TomlFile, concept: &Concept) {
    let mut new = new_table(concept);
    let document = file.document_mut();
    let tables = document
        .entry("concept")
        .or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()));
    let Some(tables) = tables.as_array_of_tables_mut() else {
        return;
    };
    let ids: Vec<&str> = tables.iter().filter_map(toml_file::id).collect();
    let place = if ids.is_sorted() {
        ids.partition_point(|id| *id < &*concept.id)
    } else {
        ids.len()
    };
    let mut all: Vec<Table> = std::mem::take(tables).into_iter().collect();
    if all.is_empty() {
        new.decor_mut().set_prefix("");
    }
    if let Some(first) = all.first_mut().filter(|_| place == 0) {
        // What a blank line divides from the first concept is about the file, and stays at its beginning.
        let prefix = first
            .decor()
            .prefix()
            .and_then(RawString::as_str)
            .unwrap_or_default()
            .to_owned();
        let (head, own) = prefix.rsplit_once("\n\n").unwrap_or(("", &prefix));
        let head = if head.is_empty() {
            String::new()
        } else {
            format!("{head}\n\n")
        };
        new.decor_mut().set_prefix(head);
        first
            .decor_mut()
            .set_prefix(format!("\n{}", own.trim_start_matches('\n')));
    }
    all.insert(place.min(all.len()), new);
    for (i, mut table) in all.into_iter().enumerate() {
        // Tables are written in the order of their positions, which are those of the old file.
        table.set_position(Some(i.cast_signed()));
        tables.push(table);
    }
}

fn new_table(concept: &Concept) -> Table {
    let mut table = Table::new();
    table.decor_mut().set_prefix("\n");
    table.insert("id", value(concept.id.as_ref()));
    table.insert("kind", value(concept.kind.name()));
    table.insert("zh", value(new_names(&concept.zh, "zh")));
    table.insert("en", value(new_names(&concept.en, "en")));
    for key in keys().filter(|key| *key != "kind") {
        if let Some(new) = field(concept, key) {
            table.insert(key, value(new));
        }
    }
    if !concept.extra.is_empty() {
        let fields = concept.extra.iter().map(|(key, text)| (&**key, &**text));
        table.insert("extra", value(fields.collect::<InlineTable>()));
    }
    table
}
