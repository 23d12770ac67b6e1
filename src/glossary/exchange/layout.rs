//! The table that CSV, TSV, XLSX and Markdown share: a row for each name, with the fields of its concept on the first.

use std::borrow::Cow;

use crate::glossary::load::fields::{keys, text_of};
use crate::glossary::load::headings::{Column, EXTRA_PREFIX};
use crate::glossary::{Concept, Name};
use crate::text::Side;

/// The columns about a name.
const OF_NAMES: [&str; 5] = ["id", "language", "name", "status", "name-note"];

/// A table of names.
pub(super) struct Table {
    /// The headings.
    pub headings: Vec<String>,
    /// The cells of each row under all headings.
    pub rows: Vec<Vec<String>>,
}

impl Table {
    /// The names of all concepts.
    pub fn new(concepts: &[Concept]) -> Self {
        let mut extra: Vec<&str> = Vec::new();
        for (key, _) in concepts.iter().flat_map(|c| &c.extra) {
            if !extra.contains(&&**key) {
                extra.push(key);
            }
        }
        let of_concepts: Vec<&str> = keys().collect();
        let headings = OF_NAMES.iter().chain(&of_concepts).map(|&h| Cow::Borrowed(h));
        let headings = headings.chain(extra.iter().map(|key| heading_of_extra(key)));
        let mut table = Self {
            headings: headings.map(Cow::into_owned).collect(),
            rows: Vec::new(),
        };
        for concept in concepts {
            let names = concept.zh.iter().map(|n| (Side::Zh, n));
            for (number, (side, name)) in names.chain(concept.en.iter().map(|n| (Side::En, n))).enumerate() {
                let mut row = of_name(concept, side, name);
                let fields = of_concepts.iter().map(|&key| match number {
                    0 => text_of(concept, key),
                    // On every row, so that a filter of kinds hides no name.
                    _ if key == "kind" => text_of(concept, key),
                    _ => None,
                });
                row.extend(fields.map(Option::unwrap_or_default));
                let text = |key: &str| {
                    concept
                        .extra
                        .iter()
                        .find(|(k, _)| k == key)
                        .map(|(_, text)| text.to_string())
                };
                let extra = extra.iter().map(|key| text(key).filter(|_| number == 0));
                row.extend(extra.map(Option::unwrap_or_default));
                table.rows.push(row);
            }
        }
        table
    }

    /// The table without the columns that are empty.
    pub fn without_empty_columns(self) -> Self {
        let is_used = |i: usize| i < OF_NAMES.len() - 1 || self.rows.iter().any(|row| !row[i].is_empty());
        let used: Vec<usize> = (0..self.headings.len()).filter(|&i| is_used(i)).collect();
        let choose = |row: Vec<String>| {
            let mut cells: Vec<Option<String>> = row.into_iter().map(Some).collect();
            used.iter().filter_map(|&i| cells[i].take()).collect()
        };
        Self {
            headings: choose(self.headings),
            rows: self.rows.into_iter().map(choose).collect(),
        }
    }
}

fn of_name(concept: &Concept, side: Side, name: &Name) -> Vec<String> {
    let note = name.note.as_deref().unwrap_or_default();
    [&concept.id, side.code(), &name.text, name.status.name(), note]
        .map(str::to_owned)
        .into()
}

/// A heading under which the reader finds an extra field again.
fn heading_of_extra(key: &str) -> Cow<'_, str> {
    if Column::of(key).is_some() || key.starts_with(EXTRA_PREFIX) || key.trim().is_empty() {
        format!("{EXTRA_PREFIX}{key}").into()
    } else {
        key.into()
    }
}
