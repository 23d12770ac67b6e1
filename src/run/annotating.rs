//! Checking, and writing copies of the files with the findings as comments.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::observer::Visiting;
use super::{Observer, Run, RunError, RunReport, copies};
use crate::annotate::{self, AnnotateError};
use crate::finding::Finding;
use crate::text::Dialect;

/// What annotating did.
#[derive(Debug)]
pub struct AnnotateOutcome {
    /// The report of the check.
    pub report: RunReport,
    /// The copies, in the order of the inputs.
    pub copies: Vec<AnnotatedCopy>,
    /// The files that got no copy, and why.
    pub failures: Vec<AnnotateError>,
}

/// A copy of a file with comments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnnotatedCopy {
    /// Where it was written.
    pub path: PathBuf,
    /// How many findings it has as comments.
    pub comments: usize,
}

impl Run {
    /// Checks the inputs and writes a copy of each file with the findings about it as comments. A file without findings is
    /// copied as it is. A finding about two files is a comment in that of [`Finding::primary`].
    ///
    /// `out` is the new file or, where it is a folder or ends with a separator, the folder of the copies, which keep their
    /// names.
    ///
    /// # Errors
    /// As [`Run::check`]; standard input; more than one file for one copy; a copy that exists already, since people may have
    /// answered in it, or that cannot be written.
    pub fn annotate(&self, out: &Path, observer: &dyn Observer) -> Result<AnnotateOutcome, RunError> {
        let found = self.discover()?;
        let targets = copies::targets(out, &found)?;
        let dialects: Mutex<BTreeMap<Arc<str>, Arc<Dialect>>> = Mutex::default();
        let visitor = Visiting::new(observer, |document| {
            let mut dialects = dialects.lock().unwrap_or_else(PoisonError::into_inner);
            for source in &document.document.sources {
                dialects
                    .entry(Arc::clone(source.path()))
                    .or_insert_with(|| Arc::clone(source.dialect()));
            }
        });
        let checked = self.check_found(&found, &visitor)?;
        let report = self.report(&found, checked)?;
        let dialects = dialects.into_inner().unwrap_or_else(PoisonError::into_inner);
        let mut by_file: BTreeMap<&Arc<str>, Vec<&Finding>> = BTreeMap::new();
        for finding in &report.findings {
            by_file.entry(&finding.primary().file).or_default().push(finding);
        }
        let (mut copies, mut failures) = (Vec::new(), Vec::new());
        for (file, path) in targets {
            // A file that could not be read is a problem of the report.
            let Some(dialect) = dialects.get(&file) else { continue };
            let findings = by_file.get(&file).map_or(&[][..], Vec::as_slice);
            match annotate::annotate(&file, dialect, findings) {
                Ok(bytes) => {
                    copies::write(&path, &bytes)?;
                    let comments = findings.len();
                    copies.push(AnnotatedCopy { path, comments });
                }
                Err(e) => failures.push(e),
            }
        }
        Ok(AnnotateOutcome {
            report,
            copies,
            failures,
        })
    }
}
