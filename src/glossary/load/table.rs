//! The table form: CSV and TSV with a header that names the columns; `|` (or `;`) between the names in a cell.

use std::borrow::Cow;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::headings::{Column, EXTRA_PREFIX, HEADINGS, folded};
use super::name_rows;
use super::problem::{Problem, Problems};
use super::reading::Reading;
use super::rows::{Row, Rows};
use super::{Draft, TOO_LONG_HELP, fields, is_too_long, merge, too_long};
use crate::formats::columns;
use crate::glossary::scan;
use crate::glossary::{Concept, Kind, Name, Place, Status};
use crate::text::language_name::side_of_tag;
use crate::text::{Side, Sides, nearest, script};

const NAME_THE_COLUMNS: &str =
    "name the columns in the first row: zh and en, and where wanted id, kind, acronym, status, note";

/// Reads the rows of a table. Rows without one of the names are left out with a warning. Returns what the columns hold.
pub(super) fn parse(mut rows: Rows<'_>, reading: Reading<'_>, drafts: &mut Vec<Draft>) -> Vec<Column> {
    let mut row = Row::default();
    let errors = reading.problems.errors();
    if !rows.next(&mut row, reading.problems) {
        let problem = Problem::whole_file(reading.path, "the glossary is empty", NAME_THE_COLUMNS);
        reading.problems.error(problem);
        return Vec::new();
    }
    let (columns, mut more) = match header(reading.path, &row, &rows, reading.problems) {
        Some(Header::Named(columns)) => (columns, rows.next(&mut row, reading.problems)),
        Some(Header::None(columns)) => (columns, true),
        None => return Vec::new(),
    };
    let held = columns.iter().map(|&(c, _)| c).collect();
    if columns.iter().any(|(c, _)| *c == Column::Language) {
        name_rows::parse(rows, row, more, &columns, reading, drafts);
        return held;
    }
    let mut reader = Reader {
        has_status: columns.iter().any(|(c, _)| *c == Column::Status),
        columns,
        reading,
        by_zh: FxHashMap::default(),
        waiting: Vec::new(),
    };
    while more {
        reader.row(&row, drafts);
        more = rows.next(&mut row, reader.reading.problems);
    }
    reader.add_waiting(drafts);
    reader.reading.problems.sort_errors_from(errors);
    held
}

enum Header {
    /// The first row names the columns.
    Named(Vec<(Column, String)>),
    /// The first row is an entry; the columns follow from the languages in it.
    None(Vec<(Column, String)>),
}

fn header(path: &Arc<str>, first: &Row<'_>, rows: &Rows<'_>, problems: &mut Problems) -> Option<Header> {
    let columns: Vec<(Column, String)> = meanings(&first.cells, rows)
        .into_iter()
        .zip(
            first
                .cells
                .iter()
                .map(|h| h.strip_prefix(EXTRA_PREFIX).unwrap_or(h).to_owned()),
        )
        .collect();
    let count = |c: Column| columns.iter().filter(|(d, _)| *d == c).count();
    let one_row_a_name = count(Column::Language) > 0;
    if !one_row_a_name && count(Column::Zh) == 0 && count(Column::En) == 0 {
        let sides: Vec<Option<Side>> = first.cells.iter().take(2).map(|c| script::side_of(c)).collect();
        let guess = match sides[..] {
            [Some(Side::Zh), Some(Side::En)] => [Column::Zh, Column::En],
            [Some(Side::En), Some(Side::Zh)] => [Column::En, Column::Zh],
            _ => {
                let message = format!(
                    "no column for Chinese and none for English among “{}”",
                    first.cells.join("”, “")
                );
                problems.error(Problem::at_line(path, first.line, message, NAME_THE_COLUMNS));
                return None;
            }
        };
        let message = "no heading: the first two columns are taken as Chinese and English names";
        problems.warning(Problem::at_line(path, first.line, message, NAME_THE_COLUMNS));
        let rest = (2..first.cells.len()).map(|i| (Column::Extra, format!("column {}", i + 1)));
        return Some(Header::None(
            guess.into_iter().map(|c| (c, String::new())).chain(rest).collect(),
        ));
    }
    let mut whole = true;
    for (column, side) in [(Column::Zh, Side::Zh), (Column::En, Side::En)] {
        if count(column) == 0 && !one_row_a_name {
            let near = columns
                .iter()
                .filter(|(c, _)| *c == Column::Extra)
                .find_map(|(_, h)| nearest(side.code(), std::iter::once(h.as_str())));
            let help = match near {
                Some(heading) => format!("did you mean “{}” by “{heading}”?", side.code()),
                None => format!("call the column of {} names “{}”", side.name(), side.code()),
            };
            let message = format!("no column for {} among “{}”", side.name(), first.cells.join("”, “"));
            problems.error(Problem::at_line(path, first.line, message, help));
            whole = false;
        }
    }
    for &(column, _) in HEADINGS {
        if count(column) > 1 {
            let same: Vec<&str> = columns
                .iter()
                .filter(|(c, _)| *c == column)
                .map(|(_, h)| h.as_str())
                .collect();
            let message = format!("the columns “{}” mean the same", same.join("” and “"));
            problems.error(Problem::at_line(
                path,
                first.line,
                message,
                "keep one, or rename the others",
            ));
            whole = false;
        }
    }
    whole.then_some(Header::Named(columns))
}

/// What the columns under these headings hold.
fn meanings(headings: &[Cow<'_, str>], rows: &Rows<'_>) -> Vec<Column> {
    let mut columns = vec![Column::Extra; headings.len()];
    // Columns whose heading mentions a language besides other words, such as “中文定义” or “Chinese (Simplified)”.
    let mut mentions: Sides<Option<usize>> = Sides::default();
    let (mut source, mut target) = (None, None);
    for (i, heading) in headings.iter().enumerate() {
        let folded = folded(heading);
        let special = HEADINGS.iter().find(|(_, names)| names.contains(&folded.as_str()));
        columns[i] = match (special, columns::column(&folded)) {
            (Some(&(column, _)), _) => column,
            (None, Some(columns::Column::Text(side))) => {
                if side_of_tag(&folded).is_some() {
                    language(side)
                } else {
                    mentions[side].get_or_insert(i);
                    Column::Extra
                }
            }
            (None, Some(columns::Column::Source)) => {
                source.get_or_insert(i);
                Column::Extra
            }
            (None, Some(columns::Column::Target)) => {
                target.get_or_insert(i);
                Column::Extra
            }
            // Other ids, such as row numbers, do not identify a concept.
            (None, Some(columns::Column::Id) | None) => Column::Extra,
        };
    }
    for side in [Side::Zh, Side::En] {
        if let Some(i) = mentions[side].filter(|_| !columns.contains(&language(side))) {
            columns[i] = language(side);
        }
    }
    if columns.contains(&Column::Language) {
        return columns;
    }
    // Only where each name has a row of its own do these mean something else than their heading.
    for column in &mut columns {
        if matches!(column, Column::Name | Column::NameNote) {
            *column = Column::Extra;
        }
    }
    match (columns.contains(&Column::Zh), columns.contains(&Column::En)) {
        (false, false) => {
            if let (Some(source), Some(target)) = (source, target) {
                let english_first = rows.is_english_first([source, target]);
                columns[source] = if english_first { Column::En } else { Column::Zh };
                columns[target] = if english_first { Column::Zh } else { Column::En };
            }
        }
        (true, false) => {
            if let Some(i) = target.or(source) {
                columns[i] = Column::En;
            }
        }
        (false, true) => {
            if let Some(i) = source.or(target) {
                columns[i] = Column::Zh;
            }
        }
        (true, true) => {}
    }
    columns
}

const fn language(side: Side) -> Column {
    match side {
        Side::Zh => Column::Zh,
        Side::En => Column::En,
    }
}

struct Reader<'a> {
    columns: Vec<(Column, String)>,
    has_status: bool,
    reading: Reading<'a>,
    /// The drafts of this file by their first Chinese name, folded, where a column gives the status of each.
    by_zh: FxHashMap<String, usize>,
    /// Rows with names that must not be used, above the row with the one to use.
    waiting: Vec<Concept>,
}

impl Reader<'_> {
    fn row(&mut self, row: &Row<'_>, drafts: &mut Vec<Draft>) {
        let before = self.reading.problems.errors();
        if !self.reading.is_under_headings(row, self.columns.len()) {
            return;
        }
        let mut concept = Concept::new("", Kind::Term);
        concept.place = Place {
            file: self.reading.path.clone(),
            line: row.line,
        };
        let status = self.status(row);
        for i in 0..self.columns.len().min(row.cells.len()) {
            let cell = &*row.cells[i];
            if !cell.is_empty() {
                self.cell(&mut concept, i, cell, status, row);
            }
        }
        for (names, side) in [(&concept.zh, Side::Zh), (&concept.en, Side::En)] {
            if names.is_empty() {
                let message = format!("no {} name: the row is left out", side.name());
                self.reading
                    .warning(row.line, message, "fill in the cell, or delete the row");
                return;
            }
        }
        if self.reading.problems.errors() > before {
            return;
        }
        let has_id = !concept.id.is_empty();
        let zh = &concept.zh[0].text;
        // Sheets with a status column give each further name a row of its own, which repeats the Chinese.
        if status != Status::Preferred {
            if let Some(owner) = self.owner(&concept, drafts) {
                self.add_names(&mut drafts[owner].concept, concept);
                return;
            }
            if !status.is_accepted() {
                self.waiting.push(concept);
                return;
            }
        }
        if self.has_status {
            self.by_zh.entry(scan::folded(zh)).or_insert(drafts.len());
        }
        drafts.push(Draft::new(concept, has_id));
    }

    /// The draft that a further name with a row of its own belongs to.
    fn owner(&self, concept: &Concept, drafts: &[Draft]) -> Option<usize> {
        let owner = self.by_zh.get(&scan::folded(&concept.zh[0].text)).copied();
        owner.filter(|&i| concept.id.is_empty() || drafts[i].concept.id == concept.id)
    }

    fn add_names(&mut self, owner: &mut Concept, further: Concept) {
        if !merge::report_clashes(owner, &further, self.reading.problems) {
            merge::add_names(&mut owner.en, further.en);
        }
    }

    /// Adds names to concepts whose row came later.
    fn add_waiting(&mut self, drafts: &mut [Draft]) {
        for concept in std::mem::take(&mut self.waiting) {
            if let Some(owner) = self.owner(&concept, drafts) {
                self.add_names(&mut drafts[owner].concept, concept);
                continue;
            }
            let message = format!(
                "“{}” has only {} English names",
                concept.zh[0].text,
                concept.en[0].status.name()
            );
            self.reading
                .error(concept.place.line, message, "add a row with the name to use");
        }
    }

    fn status(&mut self, row: &Row<'_>) -> Status {
        let is_status = |(c, _): &(Column, String)| *c == Column::Status;
        let column = self.columns.iter().position(is_status);
        let cell = column.and_then(|i| row.cells.get(i)).map_or("", |cell| cell);
        if cell.is_empty() {
            return Status::Preferred;
        }
        self.reading.status(cell, row.line).unwrap_or(Status::Preferred)
    }

    fn cell(&mut self, concept: &mut Concept, column: usize, cell: &str, status: Status, row: &Row<'_>) {
        match self.columns[column].0 {
            Column::Id => concept.id = cell.to_owned().into(),
            Column::Zh => self.names(&mut concept.zh, cell, Status::Preferred, row),
            Column::En => self.names(&mut concept.en, cell, status, row),
            Column::MoreZh => self.names(&mut concept.zh, cell, Status::Admitted, row),
            Column::MoreEn => self.names(&mut concept.en, cell, Status::Admitted.max(status), row),
            field => {
                if let Err((message, help)) = fields::set(concept, field, &self.columns[column].1, cell) {
                    self.reading.error(row.line, message, help);
                }
            }
        }
    }

    fn names(&mut self, names: &mut Vec<Name>, cell: &str, status: Status, row: &Row<'_>) {
        self.reading.split.note(cell, row.line);
        let mut status = status;
        if names.is_empty() {
            // Most cells hold one name.
            *names = Vec::with_capacity(1);
        }
        let mut rest = Some(cell);
        while let Some(text) = rest {
            let sign = self.reading.split.find(text);
            let part = sign.as_ref().map_or(text, |sign| &text[..sign.start]).trim();
            rest = sign.map(|sign| &text[sign.end..]);
            if part.is_empty() {
                continue;
            }
            if names.iter().any(|n| n.text == part) {
                let message = format!("“{part}” is listed twice");
                self.reading.warning(row.line, message, "delete one of the two");
                continue;
            }
            if is_too_long(part) {
                self.reading.error(row.line, too_long(part), TOO_LONG_HELP);
                continue;
            }
            names.push(Name::new(part, status));
            if status == Status::Preferred {
                status = Status::Admitted;
            }
        }
    }
}
