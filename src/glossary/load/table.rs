//! The table form: CSV and TSV with a header that names the columns; `|` (or `;`) between the names in a cell.

use std::borrow::Cow;
use std::ops::Range;

use memchr::memchr3;
use rustc_hash::FxHashMap;

use super::headings::{Column, HEADINGS, folded, kind_of};
use super::problem::{Problem, Problems};
use super::rows::{Row, Rows};
use super::{Draft, Format, TOO_LONG_HELP, is_too_long, merge, too_long};
use crate::formats::columns;
use crate::glossary::{Concept, Grade, Kind, Name, Place, Status, Text};
use crate::text::date::parse_date;
use crate::text::language_name::side_of_tag;
use crate::text::{Side, Sides, Source, nearest, script};

const NAME_THE_COLUMNS: &str =
    "name the columns in the first row: zh and en, and where wanted id, kind, acronym, status, note";

/// Reads the rows of a table. Rows without one of the names are left out with a warning.
pub(super) fn parse(source: &Source, format: Format, drafts: &mut Vec<Draft>, problems: &mut Problems) {
    let mut rows = Rows::new(source, format);
    let mut row = Row::default();
    if !rows.next(&mut row, source, problems) {
        problems.error(Problem::whole_file(
            source.path(),
            "the glossary is empty",
            NAME_THE_COLUMNS,
        ));
        return;
    }
    let (columns, mut more) = match header(source, &row, &rows, problems) {
        Some(Header::Named(columns)) => (columns, rows.next(&mut row, source, problems)),
        Some(Header::None(columns)) => (columns, true),
        None => return,
    };
    let mut reader = Reader {
        source,
        has_status: columns.iter().any(|(c, _)| *c == Column::Status),
        columns,
        problems,
        by_zh: FxHashMap::default(),
    };
    while more {
        reader.row(&row, drafts);
        more = rows.next(&mut row, source, reader.problems);
    }
}

enum Header {
    /// The first row names the columns.
    Named(Vec<(Column, String)>),
    /// The first row is an entry; the columns follow from the languages in it.
    None(Vec<(Column, String)>),
}

fn header(source: &Source, first: &Row<'_>, rows: &Rows<'_>, problems: &mut Problems) -> Option<Header> {
    let columns: Vec<(Column, String)> = meanings(&first.cells, rows)
        .into_iter()
        .zip(first.cells.iter().map(|h| h.clone().into_owned()))
        .collect();
    let count = |c: Column| columns.iter().filter(|(d, _)| *d == c).count();
    let path = source.path();
    if count(Column::Zh) == 0 && count(Column::En) == 0 {
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
        if count(column) == 0 {
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

struct Reader<'s, 'p> {
    source: &'s Source,
    columns: Vec<(Column, String)>,
    has_status: bool,
    problems: &'p mut Problems,
    /// The drafts of this file by their first Chinese name, where a column gives the status of each.
    by_zh: FxHashMap<String, usize>,
}

impl Reader<'_, '_> {
    fn row(&mut self, row: &Row<'_>, drafts: &mut Vec<Draft>) {
        let before = self.problems.errors();
        if row.cells.len() > self.columns.len() && row.cells[self.columns.len()..].iter().any(|c| !c.is_empty()) {
            let message = format!(
                "the row has {} cells under {} headings",
                row.cells.len(),
                self.columns.len()
            );
            self.error(row, message, "put quotes around a cell that holds the separator");
            return;
        }
        let mut concept = Concept::new("", Kind::Term);
        concept.place = Place {
            file: self.source.path().clone(),
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
                let help = "fill in the cell, or delete the row";
                self.problems
                    .warning(Problem::at_line(self.source.path(), row.line, message, help));
                return;
            }
        }
        if self.problems.errors() > before {
            return;
        }
        let has_id = !concept.id.is_empty();
        let zh = &concept.zh[0].text;
        // Sheets with a status column give each further name a row of its own, which repeats the Chinese.
        if status != Status::Preferred {
            let owner = self.by_zh.get(&**zh).copied();
            if let Some(i) = owner.filter(|&i| !has_id || drafts[i].concept.id == concept.id) {
                if !merge::report_clashes(&drafts[i].concept, &concept, self.problems) {
                    merge::add_names(&mut drafts[i].concept.en, concept.en);
                }
                return;
            }
            if !status.is_accepted() {
                let message = format!("“{zh}” has only {} English names", status.name());
                self.error(row, message, "put the row with the name to use above this one");
                return;
            }
        }
        if self.has_status {
            self.by_zh.entry(zh.clone().into_owned()).or_insert(drafts.len());
        }
        drafts.push(Draft { concept, has_id });
    }

    fn error(&mut self, row: &Row<'_>, message: impl Into<String>, help: impl Into<String>) {
        self.problems
            .error(Problem::at_line(self.source.path(), row.line, message, help));
    }

    fn status(&mut self, row: &Row<'_>) -> Status {
        if !self.has_status {
            return Status::Preferred;
        }
        let cell = self
            .columns
            .iter()
            .position(|(c, _)| *c == Column::Status)
            .and_then(|i| row.cells.get(i))
            .map_or("", |cell| cell)
            .to_lowercase();
        if cell.is_empty() {
            return Status::Preferred;
        }
        if let Some(status) = Status::ALL.into_iter().find(|s| s.name() == cell) {
            return status;
        }
        let names = Status::ALL.map(Status::name);
        let help = match nearest(&cell, names.into_iter()) {
            Some(near) => format!("did you mean “{near}”?"),
            None => format!("write one of {}", names.join(", ")),
        };
        self.error(row, format!("unknown status “{cell}”"), help);
        Status::Preferred
    }

    fn cell(&mut self, concept: &mut Concept, column: usize, cell: &str, status: Status, row: &Row<'_>) {
        let text = || Some(Text::Owned(cell.to_owned()));
        match self.columns[column].0 {
            Column::Id => concept.id = cell.to_owned().into(),
            Column::Zh => self.names(&mut concept.zh, cell, Status::Preferred, row),
            Column::En => self.names(&mut concept.en, cell, status, row),
            Column::MoreZh => self.names(&mut concept.zh, cell, Status::Admitted, row),
            Column::MoreEn => self.names(&mut concept.en, cell, Status::Admitted.max(status), row),
            Column::Kind => concept.kind = kind_of(cell),
            Column::Acronym => concept.acronym = text(),
            Column::Status => {}
            Column::Note => concept.note = text(),
            Column::Authority => concept.authority = text(),
            Column::Citation => concept.citation = text(),
            Column::Grade => concept.grade = self.grade(cell, row),
            Column::Scope => concept.scope = text(),
            Column::ReplacedBy => concept.replaced_by = text(),
            Column::ValidFrom => concept.valid_from = self.date(cell, row),
            Column::ValidTo => concept.valid_to = self.date(cell, row),
            Column::Extra => concept
                .extra
                .push((self.columns[column].1.clone().into(), cell.to_owned().into())),
        }
    }

    fn names(&mut self, names: &mut Vec<Name>, cell: &str, status: Status, row: &Row<'_>) {
        let mut status = status;
        if names.is_empty() {
            // Most cells hold one name.
            *names = Vec::with_capacity(1);
        }
        for text in parts(cell).map(str::trim).filter(|t| !t.is_empty()) {
            if names.iter().any(|n| n.text == text) {
                self.problems.warning(Problem::at_line(
                    self.source.path(),
                    row.line,
                    format!("“{text}” is listed twice"),
                    "delete one of the two",
                ));
                continue;
            }
            if is_too_long(text) {
                self.error(row, too_long(text), TOO_LONG_HELP);
                continue;
            }
            names.push(Name::new(text, status));
            if status == Status::Preferred {
                status = Status::Admitted;
            }
        }
    }

    fn grade(&mut self, cell: &str, row: &Row<'_>) -> Option<Grade> {
        let grade = Grade::ALL.into_iter().find(|g| g.name() == cell);
        if grade.is_none() {
            self.error(row, format!("unknown grade “{cell}”"), "write one of A, B, C, D");
        }
        grade
    }

    fn date(&mut self, cell: &str, row: &Row<'_>) -> Option<Text> {
        if parse_date(cell).is_ok() {
            return Some(cell.to_owned().into());
        }
        self.error(
            row,
            format!("“{cell}” is not a date"),
            "write it as YYYY-MM-DD, such as 2026-01-31",
        );
        None
    }
}

/// The parts of a cell between the signs that separate names.
fn parts(cell: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(cell);
    std::iter::from_fn(move || {
        let text = rest?;
        let (part, behind) = match separator(text) {
            Some(at) => (&text[..at.start], Some(&text[at.end..])),
            None => (text, None),
        };
        rest = behind;
        Some(part)
    })
}

/// The bytes of the first of the signs `|`, `;`, `｜` and `；`.
fn separator(text: &str) -> Option<Range<usize>> {
    let mut from = 0;
    loop {
        // The full-width ones have three bytes, of which this is the first.
        let at = from + memchr3(b'|', b';', 0xef, &text.as_bytes()[from..])?;
        match text[at..].chars().next()? {
            '|' | ';' => return Some(at..at + 1),
            '｜' | '；' => return Some(at..at + 3),
            other => from = at + other.len_utf8(),
        }
    }
}
