//! The rows of a glossary table: of a text, read as those of any other table, or of a sheet.

use std::borrow::Cow;

use memchr::memchr_iter;

use super::Format;
use super::headings::{ROWS_ABOVE, are_headings};
use super::problem::{Problem, Problems};
use crate::formats::cells::{self, Field, Quoting};
use crate::formats::workbook::SheetRow;
use crate::text::formula::unguarded;
use crate::text::{Source, script};

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
    /// Of a CSV or TSV file.
    Text(TextRows<'s>),
    /// Of a sheet or a Markdown table.
    Cells(std::slice::Iter<'s, SheetRow>),
}

impl<'s> Rows<'s> {
    /// The rows of a file.
    pub fn of_text(source: &'s Source, format: Format) -> Self {
        let text = source.text();
        let (start, separator) = head(text, format);
        Self::Text(TextRows {
            source,
            quoting: Quoting::new(separator, true),
            next: (start, source.line(start)),
            fields: Vec::new(),
        })
    }

    /// Whether the first of two columns is English and the second is not, by the rows that follow.
    pub fn is_english_first(&self, columns: [usize; 2]) -> bool {
        match self {
            Self::Text(rows) => cells::is_english_first(rows.source.text(), rows.next.0, rows.quoting, columns),
            Self::Cells(rows) => {
                let cell = |row: &'s SheetRow, i: usize| row.cells.get(i).map_or("", String::as_str);
                cells::is_english_in_first(rows.clone().map(|row| columns.map(|i| cell(row, i))))
            }
        }
    }

    /// Reads the next row that is not blank into `row`; false at the end.
    pub fn next(&mut self, row: &mut Row<'s>, problems: &mut Problems) -> bool {
        match self {
            Self::Text(rows) => rows.next(row, problems),
            Self::Cells(rows) => {
                let next = rows.find(|r| r.cells.iter().any(|c| !c.trim().is_empty()));
                next.is_some_and(|next| {
                    row.line = next.line;
                    row.cells.clear();
                    row.cells.extend(next.cells.iter().map(|c| Cow::Borrowed(c.trim())));
                    true
                })
            }
        }
    }
}

/// The rows of a CSV or TSV file.
pub(super) struct TextRows<'s> {
    source: &'s Source,
    quoting: Quoting,
    /// Byte and line of the next row.
    next: (usize, usize),
    fields: Vec<Field>,
}

impl<'s> TextRows<'s> {
    fn next(&mut self, row: &mut Row<'s>, problems: &mut Problems) -> bool {
        let (source, text) = (self.source, self.source.text());
        loop {
            let (start, line) = self.next;
            if start >= text.len() {
                return false;
            }
            let end = match cells::row(text, start, self.quoting, &mut self.fields) {
                cells::Row::Next(end) => end,
                cells::Row::Open(quote) => {
                    problems.error(Problem::at_line(
                        source.path(),
                        source.line(quote),
                        "this quotation mark is never closed",
                        "close it, or double the quotation marks inside a cell",
                    ));
                    self.fields.clear();
                    text[quote..].find('\n').map_or(text.len(), |i| quote + i + 1)
                }
            };
            let lines = memchr_iter(b'\n', &text.as_bytes()[start..end]).count();
            self.next = (end, line + lines);
            row.line = line;
            row.cells.clear();
            row.cells
                .extend(self.fields.iter().map(|&f| trimmed(cells::content(text, f))));
            if row.cells.iter().any(|c| !c.is_empty()) {
                return true;
            }
        }
    }
}

/// The text of a cell, which may be guarded against being run as a formula.
fn trimmed(cell: Cow<'_, str>) -> Cow<'_, str> {
    match cell {
        Cow::Borrowed(cell) => unguarded(cell.trim()).into(),
        Cow::Owned(cell) => unguarded(cell.trim()).to_owned().into(),
    }
}

/// The byte at which the headings begin, below a title, and the separator under which they name the languages; without
/// headings the first row, and the first separator that it contains.
fn head(text: &str, format: Format) -> (usize, u8) {
    let candidates = match format {
        Format::Csv => *b",;\t",
        Format::Tsv | Format::Toml | Format::Builtin => *b"\t,;",
    };
    let first = cells::header_start(text);
    let mut fields = Vec::new();
    let mut start = first;
    for line in text[first..].split_inclusive('\n').take(ROWS_ABOVE) {
        let mut is_entry = false;
        for separator in candidates {
            cells::row(text, start, Quoting::new(separator, true), &mut fields);
            let row: Vec<Cow<'_, str>> = fields.iter().map(|&f| trimmed(cells::content(text, f))).collect();
            if are_headings(row.iter().map(|cell| &**cell)) {
                return (start, separator);
            }
            is_entry |= row.len() > 1 && script::side_of(&row[0]).is_some() && script::side_of(&row[1]).is_some();
        }
        // There is no title above an entry.
        if is_entry {
            break;
        }
        start += line.len();
    }
    let line = text[first..].lines().next().unwrap_or_default().as_bytes();
    let separator = candidates.iter().find(|s| line.contains(s));
    (first, *separator.unwrap_or(&candidates[0]))
}
