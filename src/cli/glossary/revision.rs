//! Glossary files as a git revision has them.

use std::path::{Path, PathBuf};

use crate::cli::Trouble;
use crate::filter::since::Repository;
use crate::glossary::load::{self, Format, GlossaryFile, Loaded, is_builtin};
use crate::text::Source;

/// The glossary that a revision has at these paths.
///
/// # Errors
/// Git fails, there is no such revision, or the glossary was faulty then.
pub fn glossary_at(revision: &str, paths: &[PathBuf]) -> Result<Loaded, Trouble> {
    let current = std::env::current_dir()?;
    let repository = Repository::open(&current)?;
    let commit = repository.commit(revision)?;
    let mut files = Vec::new();
    for (rank, path) in paths.iter().enumerate() {
        if is_builtin(path) {
            files.push(GlossaryFile::builtin(rank));
            continue;
        }
        let path = std::path::absolute(path)?;
        // The top of the repository has no links in it.
        let path = path.canonicalize().unwrap_or(path);
        for (name, content) in repository.files_at(&commit, &path)? {
            let is_below = Path::new(&name).components().count() > depth(&path, repository.top()) + 1;
            let Some(format) = Format::from_path(Path::new(&name)).filter(|_| !is_below) else {
                continue;
            };
            let text = String::from_utf8(content).map_err(|_| format!("{revision}:{name} is not UTF-8"))?;
            let source = Source::new(format!("{revision}:{name}"), text);
            files.push(GlossaryFile { source, format, rank });
        }
    }
    if files.iter().all(|file| file.format == Format::Builtin) {
        let names: Vec<String> = paths.iter().map(|p| p.display().to_string()).collect();
        return Err(format!(
            "{revision} has no glossary at {}; name the files with --glossary",
            names.join(", ")
        )
        .into());
    }
    Ok(load::load_texts(&files)?)
}

/// The number of folders between the top and a path.
fn depth(path: &Path, top: &Path) -> usize {
    path.strip_prefix(top).map_or(0, |p| p.components().count())
}
