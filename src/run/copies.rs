//! Where copies of the files of a run are written. An existing file is never replaced.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{RunError, error};
use crate::file::create_atomically;
use crate::fix::FixedFile;
use crate::input::{Discovery, Files, Input};
use crate::text::display_path;

/// Where copies are written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CopyOptions {
    /// The copy or, where it is a folder or ends with a separator, the folder of the copies, which keep their names.
    pub out: PathBuf,
    /// Whether fixes of Word documents are tracked changes.
    pub tracked: bool,
}

/// A copy of a file with its fixes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FixedCopy {
    /// Where it was written.
    pub path: PathBuf,
    /// How many fixes were applied.
    pub applied: usize,
}

/// Whether a path names a folder, which may not exist yet.
fn is_folder(path: &Path) -> bool {
    path.is_dir() || path.as_os_str().to_string_lossy().ends_with(std::path::is_separator)
}

/// The files of the inputs, each with where its copy goes: `out` itself or, where that is a folder or ends with a separator, a file of
/// the same name in it.
///
/// # Errors
/// Standard input; more than one file for one copy; a copy that exists already.
pub(super) fn targets(out: &Path, found: &Discovery) -> Result<Vec<(Arc<str>, PathBuf)>, RunError> {
    if found.inputs.iter().any(|i| i.files == Files::Stdin) {
        return Err(RunError::CopyStdin);
    }
    let files: Vec<&PathBuf> = found.inputs.iter().flat_map(Input::paths).collect();
    let several = || RunError::CopySeveral {
        out: out.to_owned(),
        files: files.len(),
    };
    let mut taken: BTreeMap<OsString, &PathBuf> = BTreeMap::new();
    let mut targets = Vec::with_capacity(files.len());
    for file in &files {
        let target = if is_folder(out) {
            let name = file.file_name().unwrap_or_default();
            if let Some(first) = taken.insert(name.to_owned(), file) {
                return Err(RunError::CopyTwice {
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
    RunError::CopyExists { file: path.to_owned() }
}

/// Writes a copy of each file with its fixes. One without fixes is copied as it is.
///
/// # Errors
/// A file that cannot be read, or a copy that cannot be written.
pub(super) fn write_fixed(
    targets: impl IntoIterator<Item = (Arc<str>, PathBuf)>,
    fixed: &[FixedFile],
) -> Result<Vec<FixedCopy>, RunError> {
    let mut copies = Vec::new();
    for (name, path) in targets {
        let (bytes, applied) = match fixed.iter().find(|file| file.name == name) {
            Some(file) => (file.bytes().to_vec(), file.applied),
            None => (error::read(Path::new(&*name))?, 0),
        };
        write(&path, &bytes)?;
        copies.push(FixedCopy { path, applied });
    }
    Ok(copies)
}

/// Writes a new file, and its folder where that is missing.
pub(super) fn write(path: &Path, bytes: &[u8]) -> Result<(), RunError> {
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
