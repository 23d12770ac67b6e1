//! Problems of glossary files: what is wrong, where, and what to do.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use crate::text::{Source, printable, printable_path};

/// One problem of a glossary file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The file as shown in messages.
    pub file: Arc<str>,
    /// 1-based line; `None` if the problem concerns the whole file.
    pub line: Option<usize>,
    /// 1-based column in code points, if known.
    pub column: Option<usize>,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
}

impl Problem {
    /// A problem of the whole file.
    pub(in crate::glossary) fn whole_file(file: &str, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            file: file.into(),
            line: None,
            column: None,
            message: message.into(),
            help: help.into(),
        }
    }

    /// A problem at a line.
    pub(in crate::glossary) fn at_line(
        file: &Arc<str>,
        line: usize,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        Self {
            file: Arc::clone(file),
            line: Some(line),
            column: None,
            message: message.into(),
            help: help.into(),
        }
    }

    /// A problem at a byte range of the source.
    pub(in crate::glossary) fn at_span(
        source: &Source,
        span: &Range<usize>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        let at = source.position(span.start);
        Self {
            file: Arc::clone(source.path()),
            line: Some(at.line),
            column: Some(at.column),
            message: message.into(),
            help: help.into(),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Each may come from a file; only these two lines are ours.
        f.write_str(&printable_path(&self.file))?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        if let Some(column) = self.column {
            write!(f, ":{column}")?;
        }
        write!(f, ": {}\n  help: {}", printable(&self.message), printable(&self.help))
    }
}

/// Why a glossary could not be loaded: every problem of every file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", lines(problems))]
pub struct GlossaryError {
    /// The problems, by file and line.
    pub problems: Vec<Problem>,
}

fn lines(problems: &[Problem]) -> String {
    let shown: Vec<String> = problems.iter().map(ToString::to_string).collect();
    match problems.len() {
        1 => format!("the glossary cannot be used\n{}", shown[0]),
        n => format!("the glossary cannot be used: {n} problems\n{}", shown.join("\n")),
    }
}

/// Collects problems while files are read.
#[derive(Debug, Default)]
pub(in crate::glossary) struct Problems {
    errors: Vec<Problem>,
    warnings: Vec<Problem>,
}

impl Problems {
    /// Adds a problem that makes the glossary unusable.
    pub(in crate::glossary) fn error(&mut self, problem: Problem) {
        self.errors.push(problem);
    }

    /// Adds a problem that was corrected.
    pub(in crate::glossary) fn warning(&mut self, problem: Problem) {
        self.warnings.push(problem);
    }

    /// The number of errors so far.
    pub(in crate::glossary) fn errors(&self) -> usize {
        self.errors.len()
    }

    /// Sorts the errors from index `from` by line and column.
    pub(in crate::glossary) fn sort_errors_from(&mut self, from: usize) {
        self.errors[from..].sort_by_key(|p| (p.line, p.column));
    }

    /// The problems that make the glossary unusable.
    pub(super) fn into_errors(self) -> Vec<Problem> {
        self.errors
    }

    /// The warnings, unless there are errors.
    pub(in crate::glossary) fn into_result(self) -> Result<Vec<Problem>, GlossaryError> {
        if self.errors.is_empty() {
            Ok(self.warnings)
        } else {
            Err(GlossaryError { problems: self.errors })
        }
    }
}
