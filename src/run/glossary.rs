//! The glossary of a run.

use std::path::PathBuf;

use crate::glossary::load::{Problem, is_builtin};
use crate::glossary::{Glossary, GlossaryError, builtin, builtin_date, builtin_version, load_files};

/// A glossary with its name.
#[derive(Debug)]
pub struct NamedGlossary {
    /// The glossary.
    pub glossary: Glossary,
    /// Its name for readers: file names, or “the built-in glossary” with its version and date.
    pub name: String,
    /// What is doubtful about its files.
    pub warnings: Vec<Problem>,
}

/// What the built-in glossary is called.
fn builtin_name() -> String {
    format!("the built-in glossary {} ({})", builtin_version(), builtin_date())
}

/// What the glossary of these files is called.
pub(super) fn name_of(paths: &[PathBuf]) -> String {
    let name = |path: &PathBuf| {
        if is_builtin(path) {
            builtin_name()
        } else {
            path.display().to_string()
        }
    };
    paths.iter().map(name).collect::<Vec<_>>().join(", ")
}

/// Loads these files and folders of them, the earlier with precedence, or the built-in glossary if there are none.
///
/// # Errors
/// Everything that is wrong with any of the files.
pub fn load_glossary(paths: &[PathBuf]) -> Result<NamedGlossary, GlossaryError> {
    if paths.is_empty() {
        return Ok(NamedGlossary {
            glossary: builtin(),
            name: builtin_name(),
            warnings: Vec::new(),
        });
    }
    let loaded = load_files(paths)?;
    Ok(NamedGlossary {
        glossary: loaded.glossary,
        name: name_of(paths),
        warnings: loaded.warnings,
    })
}
