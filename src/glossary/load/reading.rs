//! What the two forms of tables share while they are read.

use std::sync::Arc;

use super::headings::status_of;
use super::problem::{Problem, Problems};
use super::rows::Row;
use super::split::Split;
use crate::glossary::{Concept, Status};
use crate::text::nearest;

/// How a table is read, and what is wrong with it.
pub(super) struct Reading<'a> {
    /// The file as shown in messages.
    pub path: &'a Arc<str>,
    pub split: &'a mut Split,
    /// The concepts that the table was exported from, where it says so.
    pub base: &'a [Concept],
    pub problems: &'a mut Problems,
}

impl Reading<'_> {
    pub fn error(&mut self, line: usize, message: impl Into<String>, help: impl Into<String>) {
        self.problems.error(Problem::at_line(self.path, line, message, help));
    }

    pub fn warning(&mut self, line: usize, message: impl Into<String>, help: impl Into<String>) {
        self.problems.warning(Problem::at_line(self.path, line, message, help));
    }

    pub fn status(&mut self, cell: &str, line: usize) -> Option<Status> {
        let found = status_of(cell);
        if found.is_none() {
            let names = Status::ALL.map(Status::name);
            let cell = cell.to_lowercase();
            let help = match nearest(&cell, names.into_iter()) {
                Some(near) => format!("did you mean “{near}”?"),
                None => format!("write one of {}", names.join(", ")),
            };
            self.error(line, format!("unknown status “{cell}”"), help);
        }
        found
    }

    /// Whether a row has no cells behind the last heading.
    pub fn is_under_headings(&mut self, row: &Row<'_>, columns: usize) -> bool {
        let fits = row.cells.len() <= columns || row.cells[columns..].iter().all(|c| c.is_empty());
        if !fits {
            let message = format!("the row has {} cells under {columns} headings", row.cells.len());
            let help = "put quotes around a cell that holds the separator";
            self.error(row.line, message, help);
        }
        fits
    }
}
