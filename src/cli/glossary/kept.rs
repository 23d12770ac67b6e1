//! The index of names that `bilint glossary find` keeps of a large glossary, in the cache folder of the user. It is only read
//! for the very files that it was made from, and nothing is lost without it.

use std::env;
use std::fs;
use std::path::PathBuf;

use xxhash_rust::xxh3::{Xxh3, xxh3_64};

use super::target::Target;
use crate::cli::Trouble;
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
    let Some(kept) = Kept::of(&paths) else {
        return target.load();
    };
    if let Some(glossary) = kept.read().and_then(|index| index.matching(query)) {
        return Ok(NamedGlossary {
            glossary,
            name: kept.glossary,
            warnings: Vec::new(),
        });
    }
    let loaded = target.load()?;
    // Warnings are to be seen each time.
    if loaded.warnings.is_empty() {
        kept.write(loaded.glossary.concepts());
    }
    Ok(loaded)
}

/// An index and where it is kept.
struct Kept {
    path: PathBuf,
    /// The first line: the version of bilint and the digest of the glossary files.
    head: String,
    /// The names of the glossary files.
    glossary: String,
}

impl Kept {
    /// `None` if the glossary is small, cannot be read, or there is no folder for the index.
    fn of(paths: &[PathBuf]) -> Option<Self> {
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
        let names: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
        let here = env::current_dir().ok()?;
        let place = xxh3_64(format!("{}\n{}", here.display(), names.join("\n")).as_bytes());
        Some(Self {
            path: folder()?.join(format!("names-{place:016x}")),
            head: format!("bilint {} names {:032x}", env!("BILINT_VERSION"), content.digest128()),
            glossary: names.join(", "),
        })
    }

    fn read(&self) -> Option<NameIndex> {
        let mut text = file::read_to_string(&self.path).ok()?;
        let rest = text.strip_prefix(&*self.head)?.strip_prefix(' ')?;
        let (digest, body) = rest.split_once('\n')?;
        let is_whole = digest == format!("{:016x}", xxh3_64(body.as_bytes()));
        let start = text.len() - body.len();
        is_whole.then(|| NameIndex::from_text(text.split_off(start)))
    }

    /// Keeps the index. If that fails, the next search reads the glossary again.
    fn write(&self, concepts: &[crate::glossary::Concept]) {
        let Some(index) = NameIndex::new(concepts) else { return };
        let Some(folder) = self.path.parent() else { return };
        let text = format!(
            "{} {:016x}\n{}",
            self.head,
            xxh3_64(index.text().as_bytes()),
            index.text()
        );
        let written = fs::create_dir_all(folder).and_then(|()| file::write_atomically(&self.path, text.as_bytes()));
        drop(written);
    }
}

/// The folder for what may be lost: `BILINT_CACHE_DIR`, or a folder `bilint` in that of the user. Empty: none.
fn folder() -> Option<PathBuf> {
    let set = |name: &str| env::var_os(name).map(PathBuf::from);
    if let Some(folder) = set("BILINT_CACHE_DIR") {
        return Some(folder).filter(|folder| !folder.as_os_str().is_empty());
    }
    let user = set("XDG_CACHE_HOME").or_else(|| set("LOCALAPPDATA"));
    let user = user.or_else(|| Some(env::home_dir()?.join(".cache")));
    user.filter(|folder| folder.is_absolute())
        .map(|folder| folder.join("bilint"))
}
