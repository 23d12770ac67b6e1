//! The rows of a table: tab-separated lines, and CSV.

use std::borrow::Cow;
use std::iter::Enumerate;
use std::str::Lines;
use std::vec;

use memchr::memchr_iter;

use super::Format;
use super::problem::{Problem, Problems};
use crate::text::Source;

/// A row of a table.
#[derive(Default)]
pub(super) struct Row<'s> {
    /// The line of the file that it begins in.
    pub line: usize,
    /// Its cells, without the blanks around them.
    pub cells: Vec<Cow<'s, str>>,
}

/// The rows of a table.
pub(super) enum Rows<'s> {
    /// Lines of tab-separated cells. Quotes are part of a name (`"三不"原则`) unless they enclose a whole cell and are
    /// doubled within, as spreadsheets write them.
    Tabs(Enumerate<Lines<'s>>),
    /// Those of another form.
    Read(vec::IntoIter<Row<'s>>),
}

impl<'s> Rows<'s> {
    /// The rows of a file.
    pub fn new(source: &'s Source, format: Format, problems: &mut Problems) -> Self {
        match format {
            Format::Tsv => Self::Tabs(source.text().lines().enumerate()),
            _ => Self::Read(separated(source, problems).into_iter()),
        }
    }

    /// Reads the next row with something in it into `row`; false at the end.
    pub fn next(&mut self, row: &mut Row<'s>) -> bool {
        loop {
            match self {
                Self::Tabs(lines) => {
                    let Some((i, line)) = lines.next() else { return false };
                    row.line = i + 1;
                    row.cells.clear();
                    let mut from = 0;
                    for to in memchr_iter(b'\t', line.as_bytes()).chain([line.len()]) {
                        row.cells.push(unquoted(line[from..to].trim()));
                        from = to + 1;
                    }
                }
                Self::Read(rows) => {
                    let Some(next) = rows.next() else { return false };
                    *row = next;
                }
            }
            if row.cells.iter().any(|c| !c.is_empty()) {
                return true;
            }
        }
    }
}

fn unquoted(cell: &str) -> Cow<'_, str> {
    match cell.strip_prefix('"').and_then(|c| c.strip_suffix('"')) {
        Some(inner) if !inner.replace("\"\"", "").contains('"') => inner.replace("\"\"", "\"").trim().to_owned().into(),
        _ => cell.into(),
    }
}

/// The records of a CSV file (RFC 4180); the separator is the sign that the header has most of.
fn separated<'s>(source: &'s Source, problems: &mut Problems) -> Vec<Row<'s>> {
    let text = source.text();
    let header = text.lines().next().unwrap_or_default();
    let separator = [b',', b';', b'\t']
        .into_iter()
        .rev()
        .max_by_key(|&s| header.bytes().filter(|&b| b == s).count())
        .unwrap_or(b',');
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    for record in reader.records() {
        match record {
            Ok(record) => rows.push(Row {
                line: line_of(source, record.position()),
                cells: record.iter().map(|c| c.trim().to_owned().into()).collect(),
            }),
            Err(e) => problems.error(Problem::whole_file(
                source.path(),
                format!("cannot read the table: {e}"),
                "save the sheet as CSV in UTF-8 again",
            )),
        }
    }
    rows
}

/// The line of a record. The reader's own count is one short behind `\r\n`, whose second half it takes for the record's.
fn line_of(source: &Source, position: Option<&csv::Position>) -> usize {
    let start = position.map_or(0, |p| p.byte() as usize);
    let rest = source.text().as_bytes().get(start..).unwrap_or_default();
    let ends = rest.iter().take_while(|b| matches!(b, b'\r' | b'\n')).count();
    source.position(start + ends).line
}
