//! The index of names that `bilint glossary find` keeps of a large glossary.

use std::fs;
use std::path::PathBuf;

use xxhash_rust::xxh3::Xxh3;

use super::target::Target;
use crate::cli::Trouble;
use crate::cli::kept::Kept;
use crate::file;
use crate::glossary::load;
use crate::glossary::name_index::NameIndex;
use crate::run::NamedGlossary;

/// Bytes of glossary files from which on an index is kept. Smaller ones are read in a tenth of a second.
const LEAST: u64 = 2 << 20;

/// Loads what a search for `query` finds: from the index of the glossary, if there is one, or else all concepts.
///
/// # Errors
/// As [`Target::load`].
pub fn load_matching(target: &Target, query: &str) -> Result<NamedGlossary, Trouble> {
    let paths = target.paths()?;
    let names: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
    let Some(kept) = digest(&paths).and_then(|digest| Kept::new("names", &names.join("\n"), &digest)) else {
        return target.load();
    };
    let text = kept.read().and_then(|bytes| String::from_utf8(bytes).ok());
    if let Some(glossary) = text.and_then(|text| NameIndex::from_text(text).matching(query)) {
        return Ok(NamedGlossary {
            glossary,
            name: names.join(", "),
            warnings: Vec::new(),
        });
    }
    let loaded = target.load()?;
    // Warnings are to be seen each time.
    if loaded.warnings.is_empty()
        && let Some(index) = NameIndex::new(loaded.glossary.concepts())
    {
        kept.write(index.text().as_bytes());
    }
    Ok(loaded)
}

/// A digest of the glossary files; `None` if the glossary is small or cannot be read.
fn digest(paths: &[PathBuf]) -> Option<String> {
    let files = load::files(paths);
    let sizes = files
        .iter()
        .map(|file| fs::metadata(file).ok().filter(fs::Metadata::is_file));
    let total: u64 = sizes.map(|m| m.map(|m| m.len())).sum::<Option<u64>>()?;
    if total < LEAST {
        return None;
    }
    let mut content = Xxh3::new();
    for file in &files {
        let bytes = file::read(file).ok()?;
        content.update(&(bytes.len() as u64).to_le_bytes());
        content.update(&bytes);
    }
    Some(format!("{:032x}", content.digest128()))
}
