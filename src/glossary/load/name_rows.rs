//! The table form in which each name has a row of its own: `id`, `language`, `name`, `status`, and the fields of the concept on
//! any of its rows.

use rustc_hash::FxHashMap;

use super::headings::Column;
use super::reading::Reading;
use super::rows::{Row, Rows};
use super::{Draft, TOO_LONG_HELP, fields, is_too_long, too_long};
use crate::glossary::{Concept, Kind, Name, Place, Status};
use crate::text::language_name::side_in_heading;
use crate::text::{Side, Sides, script};

/// What the rows of a concept say.
#[derive(Default)]
struct Entry {
    line: usize,
    names: Sides<Vec<Name>>,
    /// For each column, the texts in it and their lines.
    fields: Vec<(usize, Vec<(String, usize)>)>,
}

/// Reads the rows from `row` on, if there are `more`.
pub(super) fn parse<'s>(
    mut rows: Rows<'s>,
    mut row: Row<'s>,
    mut more: bool,
    columns: &[(Column, String)],
    mut reading: Reading<'_>,
    drafts: &mut Vec<Draft>,
) {
    let position = |wanted: &[Column]| columns.iter().position(|(c, _)| wanted.contains(c));
    let (Some(id), Some(name)) = (
        position(&[Column::Id]),
        position(&[Column::Name, Column::Zh, Column::En]),
    ) else {
        let message = "the table has a column for the language, but none for the id or none for the name";
        let help = "add a column “id”, which joins the names of a concept, and a column “name”; or one column for each language";
        reading.error(row.line, message, help);
        return;
    };
    let (language, status, note) = (
        position(&[Column::Language]),
        position(&[Column::Status]),
        position(&[Column::NameNote]),
    );
    let (mut entries, mut order) = (FxHashMap::<String, Entry>::default(), Vec::new());
    while more {
        read_row(
            &row,
            columns,
            [Some(id), Some(name), language, status, note],
            &mut reading,
            &mut entries,
            &mut order,
        );
        more = rows.next(&mut row, reading.problems);
    }
    for id in order {
        if let Some(entry) = entries.remove(&id) {
            drafts.extend(concept(id, entry, columns, &mut reading).map(|concept| Draft::new(concept, true)));
        }
    }
}

fn read_row(
    row: &Row<'_>,
    columns: &[(Column, String)],
    [id, name, language, status, note]: [Option<usize>; 5],
    reading: &mut Reading<'_>,
    entries: &mut FxHashMap<String, Entry>,
    order: &mut Vec<String>,
) {
    if !reading.is_under_headings(row, columns.len()) {
        return;
    }
    let cell = |column: Option<usize>| column.and_then(|i| row.cells.get(i)).map_or("", |c| &**c);
    let (id_text, text) = (cell(id), cell(name));
    if id_text.is_empty() {
        let message = if text.is_empty() {
            "the row has neither an id nor a name".to_owned()
        } else {
            format!("“{text}” has no id")
        };
        let help = "write the id of its concept; for a new concept, one that no other has, such as new-facility";
        reading.error(row.line, message, help);
        return;
    }
    let entry = entries.entry(id_text.to_owned()).or_insert_with(|| {
        order.push(id_text.to_owned());
        Entry {
            line: row.line,
            ..Entry::default()
        }
    });
    let special = [id, name, language, status, note];
    for (i, text) in row.cells.iter().enumerate() {
        if special.contains(&Some(i)) || text.is_empty() {
            continue;
        }
        match entry.fields.iter_mut().find(|(c, _)| *c == i) {
            Some((_, texts)) => texts.push((text.to_string(), row.line)),
            None => entry.fields.push((i, vec![(text.to_string(), row.line)])),
        }
    }
    if text.is_empty() {
        reading.warning(
            row.line,
            format!("a row of “{id_text}” has no name"),
            "write the name, or delete the row",
        );
        return;
    }
    if is_too_long(text) {
        reading.error(row.line, too_long(text), TOO_LONG_HELP);
        return;
    }
    let tag = cell(language);
    let side = if tag.is_empty() {
        script::side_of(text)
    } else {
        side_in_heading(&tag.to_lowercase())
    };
    let Some(side) = side else {
        let message = format!("“{tag}” is not a language of the glossary");
        reading.error(row.line, message, "write zh or en");
        return;
    };
    let names = &mut entry.names[side];
    if names.iter().any(|n| n.text == text) {
        let message = format!("“{text}” is listed twice for “{id_text}”");
        reading.warning(row.line, message, "delete one of the two");
        return;
    }
    let has_preferred = names.iter().any(|n| n.status == Status::Preferred);
    let status = match cell(status) {
        "" if has_preferred => Status::Admitted,
        "" => Status::Preferred,
        cell => match reading.status(cell, row.line) {
            Some(status) => status,
            None => return,
        },
    };
    if has_preferred && status == Status::Preferred {
        let message = format!("“{text}” is a second preferred {} name of “{id_text}”", side.name());
        let help = "make one of the two admitted: a concept has one preferred name per language";
        reading.error(row.line, message, help);
        return;
    }
    let note = Some(cell(note)).filter(|n| !n.is_empty()).map(|n| n.to_owned().into());
    names.push(Name {
        note,
        ..Name::new(text, status)
    });
}

fn concept(id: String, entry: Entry, columns: &[(Column, String)], reading: &mut Reading<'_>) -> Option<Concept> {
    for side in [Side::Zh, Side::En] {
        if !entry.names[side].iter().any(|n| n.status.is_accepted()) {
            let message = format!("“{id}” has no {} name that may be used: it is left out", side.name());
            reading.warning(entry.line, message, "add a row with its preferred name");
            return None;
        }
    }
    let mut concept = Concept::new(id, Kind::Term);
    concept.place = Place {
        file: reading.path.clone(),
        line: entry.line,
    };
    let (zh, en) = entry.names.into_pair(Side::Zh);
    (concept.zh, concept.en) = (zh, en);
    let before = reading.problems.errors();
    for (i, texts) in entry.fields {
        let (column, heading) = &columns[i];
        let Some((text, line)) = decide(&concept.id, *column, heading, texts, reading) else {
            continue;
        };
        if let Err((message, help)) = fields::set(&mut concept, *column, heading, &text) {
            reading.error(line, message, help);
        }
    }
    (reading.problems.errors() == before).then_some(concept)
}

/// The text on which the rows of a concept agree. Where they do not, and the table says what was exported, the one that was
/// edited.
fn decide(
    id: &str,
    column: Column,
    heading: &str,
    mut texts: Vec<(String, usize)>,
    reading: &mut Reading<'_>,
) -> Option<(String, usize)> {
    texts.dedup_by(|b, a| a.0 == b.0);
    if texts.len() > 1
        && let Some(base) = reading.base.iter().find(|c| c.id == id)
        && let Some(exported) = column.key().and_then(|key| fields::text_of(base, key))
    {
        texts.retain(|(text, _)| *text != exported);
        texts.dedup_by(|b, a| a.0 == b.0);
    }
    if let [first, second, ..] = &texts[..] {
        let message = format!(
            "the column “{heading}” of “{id}” has “{}” here and “{}” in row {}",
            second.0, first.0, first.1
        );
        let line = second.1;
        reading.error(line, message, "keep one of the two; one row of the concept is enough");
        return None;
    }
    texts.pop()
}
