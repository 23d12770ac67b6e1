//! Writes changes of concepts into a glossary file. What does not change keeps every byte.

use toml_edit::{ArrayOfTables, InlineTable, Item, RawString, Table, Value, value};

use super::changes::Changes;
use super::name_list::{lines, names, new_names};
use crate::glossary::load::fields::{keys, text_of};
use crate::glossary::load::key_order;
use crate::glossary::{Change, Concept, Example, TomlFile, toml_file};
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

/// Changes the entry of a concept in place.
pub(in crate::glossary) fn change(table: &mut Table, before: &Concept, after: &Concept) {
    change_fields(table, before, after);
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

fn change_fields(table: &mut Table, before: &Concept, after: &Concept) {
    for key in keys().filter(|key| text_of(before, key) != text_of(after, key)) {
        match (key, field(after, key)) {
            ("example", _) => set_list(table, key, &before.examples, &after.examples, example),
            ("counterexample", _) => set_list(table, key, &before.counterexamples, &after.counterexamples, example),
            ("history", _) => set_list(table, key, &before.history, &after.history, history),
            (_, Some(value)) => set(table, key, value),
            (_, None) => drop(table.remove(key)),
        }
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

/// Sets a key that holds a list. What is only added to goes to its end, and leaves the form and the comments of the others.
fn set_list<T: PartialEq>(table: &mut Table, key: &str, before: &[T], after: &[T], written: fn(&T) -> InlineTable) {
    let old = table.get_mut(key).and_then(Item::as_array_mut);
    match (old, after.strip_prefix(before)) {
        (Some(old), Some(more)) if old.len() == before.len() => {
            // A comment behind the last one stays with it.
            let mut comment = old.trailing().as_str().unwrap_or_default().trim_end().to_owned();
            for item in more {
                let prefix = std::mem::take(&mut comment) + "\n  ";
                old.push_formatted(Value::InlineTable(written(item)).decorated(prefix, ""));
            }
            old.set_trailing("\n");
            old.set_trailing_comma(true);
        }
        _ if after.is_empty() => drop(table.remove(key)),
        _ => set(table, key, Value::Array(lines(after.iter().map(written)))),
    }
}

fn is_ordered(table: &Table) -> bool {
    table.iter().map(|(key, _)| key_order(key)).is_sorted()
}

/// A field as a TOML value.
fn field(concept: &Concept, key: &str) -> Option<Value> {
    match key {
        "case-sensitive" => concept.case_sensitive.then(|| true.into()),
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
pub(in crate::glossary) fn add(file: &mut TomlFile, concept: &Concept) {
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
        let (head, own) = divide_comments(first);
        new.decor_mut().set_prefix(head);
        first.decor_mut().set_prefix(format!("\n{own}"));
    }
    all.insert(place.min(all.len()), new);
    for (i, mut table) in all.into_iter().enumerate() {
        // Tables are written in the order of their positions, which are those of the old file.
        table.set_position(Some(i.cast_signed()));
        tables.push(table);
    }
}

/// The comments before the first concept: those about the file, which a blank line divides from it, and its own.
fn divide_comments(first: &Table) -> (String, String) {
    let prefix = first.decor().prefix().and_then(RawString::as_str).unwrap_or_default();
    let (head, own) = prefix.rsplit_once("\n\n").unwrap_or(("", prefix));
    let head = if head.is_empty() {
        String::new()
    } else {
        format!("{head}\n\n")
    };
    (head, own.trim_start_matches('\n').to_owned())
}

/// Removes the entry of a concept, with the comments about it.
pub(in crate::glossary) fn remove(file: &mut TomlFile, wanted: &str) {
    let Some(tables) = file.array_mut() else { return };
    let Some(place) = tables.iter().position(|table| toml_file::id(table) == Some(wanted)) else {
        return;
    };
    let mut head = String::new();
    if let Some(first) = tables.get(0).filter(|_| place == 0) {
        head = divide_comments(first).0;
    }
    tables.remove(place);
    if head.is_empty() {
        return;
    }
    if let Some(first) = tables.get_mut(0) {
        let own = divide_comments(first).1;
        first.decor_mut().set_prefix(head + &own);
    } else {
        let rest = file.document_mut().trailing().as_str().unwrap_or_default().to_owned();
        file.document_mut()
            .set_trailing(head.trim_end().to_owned() + "\n" + &rest);
    }
}

fn new_table(concept: &Concept) -> Table {
    let mut table = Table::new();
    table.decor_mut().set_prefix("\n");
    table.insert("id", value(concept.id.as_ref()));
    table.insert("kind", value(concept.kind.name()));
    table.insert("zh", value(new_names(&concept.zh, "zh")));
    table.insert("en", value(new_names(&concept.en, "en")));
    change_fields(&mut table, &Concept::new("", concept.kind), concept);
    if !concept.extra.is_empty() {
        let fields = concept.extra.iter().map(|(key, text)| (&**key, &**text));
        table.insert("extra", value(fields.collect::<InlineTable>()));
    }
    table
}
