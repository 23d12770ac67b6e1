//! Checking, and writing copies of the files with the findings as comments.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::observer::Visiting;
use super::{Observer, Run, RunError, RunReport};
use crate::annotate::{self, AnnotateError};
use crate::file::create_atomically;
use crate::finding::Finding;
use crate::input::{Discovery, Files, Input};
use crate::text::{Dialect, display_path};

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
        let targets = targets(out, &found)?;
        let dialects: Mutex<BTreeMap<Arc<str>, Arc<Dialect>>> = Mutex::default();
        let visitor = Visiting::new(observer, |document| {
            let mut dialects = dialects.lock().unwrap_or_else(PoisonError::into_inner);
            for source in &document.document.sources {
                dialects
                    .entry(Arc::clone(source.path()))
                    .or_insert_with(|| Arc::clone(source.dialect()));
            }
        });
        let checked = self.check_found(&found, &visitor);
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
                    write(&path, &bytes)?;
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

/// Whether a path names a folder, which may not exist yet.
fn is_folder(path: &Path) -> bool {
    path.is_dir() || path.as_os_str().to_string_lossy().ends_with(std::path::is_separator)
}

/// The files of the inputs, each with where its copy goes.
fn targets(out: &Path, found: &Discovery) -> Result<Vec<(Arc<str>, PathBuf)>, RunError> {
    if found.inputs.iter().any(|i| i.files == Files::Stdin) {
        return Err(RunError::AnnotateStdin);
    }
    let files: Vec<&PathBuf> = found.inputs.iter().flat_map(Input::paths).collect();
    let several = || RunError::AnnotateSeveral {
        out: out.to_owned(),
        files: files.len(),
    };
    let mut taken: BTreeMap<OsString, &PathBuf> = BTreeMap::new();
    let mut targets = Vec::with_capacity(files.len());
    for file in &files {
        let target = if is_folder(out) {
            let name = file.file_name().unwrap_or_default();
            if let Some(first) = taken.insert(name.to_owned(), file) {
                return Err(RunError::AnnotateTwice {
                    first: first.clone(),
                    second: (*file).clone(),
                });
            }
            out.join(name)
        } else if files.len() > 1 {
            return Err(several());
        } else {
            out.to_owned()
        };
        if target.symlink_metadata().is_ok() {
            return Err(exists(&target));
        }
        targets.push((display_path(file), target));
    }
    Ok(targets)
}

fn exists(path: &Path) -> RunError {
    RunError::AnnotateExists { file: path.to_owned() }
}

/// Writes a new file, and its folder where that is missing.
fn write(path: &Path, bytes: &[u8]) -> Result<(), RunError> {
    let folder = path.parent().filter(|f| !f.as_os_str().is_empty());
    let written = match folder.filter(|f| !f.exists()) {
        Some(folder) => fs::create_dir(folder).and_then(|()| create_atomically(path, bytes)),
        None => create_atomically(path, bytes),
    };
    written.map_err(|source| match source.kind() {
        ErrorKind::AlreadyExists => exists(path),
        _ => RunError::Write {
            file: path.to_owned(),
            source,
        },
    })
}
