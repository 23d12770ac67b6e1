//! The built-in glossary: `glossary/*.toml`, generated into a Rust table so that a start of the program parses nothing.
//!
//! A test compares the table with the files. After editing a file, run
//! `BILINT_UPDATE=1 cargo test --lib glossary::builtin` to write the table anew.

#[rustfmt::skip]
mod table;

use std::sync::{Arc, LazyLock};

use rustc_hash::FxHashMap;

use super::{Change, Concept, Example, Glossary, Grade, Kind, Name, Place, Status, Text};

/// One concept of the table. Plain `&str`, since a static of 5,000 such rows compiles in 2 s, one of [`Concept`]s in 16.
struct Row {
    line: usize,
    id: &'static str,
    kind: Kind,
    zh: &'static [NameRow],
    en: &'static [NameRow],
    acronym: Option<&'static str>,
    case_sensitive: bool,
    scope: Option<&'static str>,
    authority: Option<&'static str>,
    citation: Option<&'static str>,
    grade: Option<Grade>,
    valid_from: Option<&'static str>,
    valid_to: Option<&'static str>,
    replaced_by: Option<&'static str>,
    note: Option<&'static str>,
    examples: &'static [ExampleRow],
    counterexamples: &'static [ExampleRow],
    history: &'static [ChangeRow],
    extra: &'static [(&'static str, &'static str)],
}

impl Row {
    /// What a row leaves out.
    const EMPTY: Self = Self {
        line: 0,
        id: "",
        kind: Kind::Term,
        zh: &[],
        en: &[],
        acronym: None,
        case_sensitive: false,
        scope: None,
        authority: None,
        citation: None,
        grade: None,
        valid_from: None,
        valid_to: None,
        replaced_by: None,
        note: None,
        examples: &[],
        counterexamples: &[],
        history: &[],
        extra: &[],
    };

    fn concept(&self, file: &Arc<str>) -> Concept {
        let names = |rows: &[NameRow]| rows.iter().map(NameRow::name).collect();
        Concept {
            id: Text::Borrowed(self.id),
            kind: self.kind,
            zh: names(self.zh),
            en: names(self.en),
            acronym: self.acronym.map(Text::Borrowed),
            case_sensitive: self.case_sensitive,
            scope: self.scope.map(Text::Borrowed),
            authority: self.authority.map(Text::Borrowed),
            citation: self.citation.map(Text::Borrowed),
            grade: self.grade,
            valid_from: self.valid_from.map(Text::Borrowed),
            valid_to: self.valid_to.map(Text::Borrowed),
            replaced_by: self.replaced_by.map(Text::Borrowed),
            note: self.note.map(Text::Borrowed),
            examples: self.examples.iter().map(ExampleRow::example).collect(),
            counterexamples: self.counterexamples.iter().map(ExampleRow::example).collect(),
            history: self.history.iter().map(ChangeRow::change).collect(),
            extra: self.extra.iter().map(|&(k, v)| (k.into(), v.into())).collect(),
            layers: Vec::new(),
            place: Place {
                file: Arc::clone(file),
                line: self.line,
            },
        }
    }
}

/// One name of a concept: text, status, note.
struct NameRow(&'static str, Status, Option<&'static str>);

impl NameRow {
    fn name(&self) -> Name {
        Name {
            text: Text::Borrowed(self.0),
            status: self.1,
            note: self.2.map(Text::Borrowed),
        }
    }
}

/// An example: Chinese, English.
struct ExampleRow(&'static str, &'static str);

impl ExampleRow {
    fn example(&self) -> Example {
        Example {
            zh: Text::Borrowed(self.0),
            en: Text::Borrowed(self.1),
        }
    }
}

/// A change: date, author, reason, change.
struct ChangeRow(&'static str, &'static str, Option<&'static str>, &'static str);

impl ChangeRow {
    fn change(&self) -> Change {
        Change {
            date: Text::Borrowed(self.0),
            author: Text::Borrowed(self.1),
            reason: self.2.map(Text::Borrowed),
            change: Text::Borrowed(self.3),
        }
    }
}

/// The version of the built-in glossary and its date, one a line.
static VERSION: &str = include_str!("../../glossary/VERSION");

/// The version of the built-in glossary: `1.0`.
pub fn builtin_version() -> &'static str {
    VERSION.lines().next().unwrap_or_default()
}

/// The day of that version: `2026-11-28`.
pub fn builtin_date() -> &'static str {
    VERSION.lines().nth(1).unwrap_or_default()
}

/// The glossary that is used when no other is given.
pub fn builtin() -> Glossary {
    let mut concepts = Vec::with_capacity(table::FILES.iter().map(|(_, rows)| rows.len()).sum());
    for (file, rows) in table::FILES {
        let file = Arc::from(*file);
        concepts.extend(rows.iter().map(|row| row.concept(&file)));
    }
    Glossary::new(concepts)
}

/// The places of the built-in glossary by each of their Chinese names, with their files.
static PLACES: LazyLock<FxHashMap<&str, Vec<(&str, &Row)>>> = LazyLock::new(|| {
    let mut places: FxHashMap<&str, Vec<_>> = FxHashMap::default();
    for (file, rows) in table::FILES {
        for row in rows.iter().filter(|row| row.kind == Kind::Place) {
            for name in row.zh.iter().filter(|name| name.1.is_accepted()) {
                places.entry(name.0).or_default().push((*file, row));
            }
        }
    }
    places
});

/// The place of the built-in glossary with these names.
pub fn builtin_place(zh: &str, en: &str) -> Option<Concept> {
    let is_called = |row: &Row| row.en.iter().any(|name| name.0 == en && name.1.is_accepted());
    let (file, row) = PLACES.get(zh)?.iter().find(|(_, row)| is_called(row))?;
    Some(row.concept(&Arc::from(*file)))
}

#[cfg(test)]
mod tests;
