//! Loads glossary files: TOML, and CSV or TSV tables.
//!
//! All problems are collected, each with its place and a remedy. `merge` then joins the files into one glossary, in which
//! an earlier glossary has precedence over a later one, and `overrides` changes single fields.

pub(super) mod fields;
pub(super) mod headings;
mod merge;
mod name_rows;
mod overrides;
mod problem;
mod reading;
mod rows;
pub(super) mod split;
mod table;
mod toml_form;

use std::path::{Path, PathBuf};
use std::sync::Arc;

pub use problem::{GlossaryError, Problem};
use toml_form::KEYS;

use super::{Concept, Glossary, Place, builtin};
use crate::formats::workbook::SheetRow;
use crate::input::{InputError, decode};
use crate::text::Source;
pub(super) use problem::Problems;
pub use split::Doubt;

/// A loaded glossary and the warnings.
#[derive(Debug, Default)]
pub struct Loaded {
    /// The glossary.
    pub glossary: Glossary,
    /// What was corrected or left out, in the order of the files.
    pub warnings: Vec<Problem>,
}

/// Glossary files as they are written: nothing is merged, and an entry with a problem does not hide the others.
#[derive(Debug, Default)]
pub struct Unmerged {
    /// The files.
    pub files: Vec<GlossaryFile>,
    /// The entries that can be read, in the order of the files. Those that only override another one are not among them.
    pub concepts: Vec<Concept>,
    /// The entries that do not count for themselves, since an earlier glossary has precedence.
    pub overridden: Vec<Overridden>,
    /// Why some cannot.
    pub errors: Vec<Problem>,
}

/// An entry that an entry of an earlier glossary takes the place of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overridden {
    /// Its index.
    pub index: usize,
    /// The place of the other one.
    pub by: Place,
    /// Whether both have the same English, so that the names of this one count as names of the other one.
    pub is_same: bool,
}

/// The formats of glossary files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// `[[concept]]` tables.
    Toml,
    /// Comma- or semicolon-separated values with a header.
    Csv,
    /// Tab-separated values with a header.
    Tsv,
    /// The glossary that the program contains.
    Builtin,
}

/// What stands for the built-in glossary in a list of glossary files.
pub const BUILTIN: &str = "builtin";

/// Whether a path of a list of glossary files means the built-in glossary.
pub fn is_builtin(path: &Path) -> bool {
    path == Path::new(BUILTIN)
}

/// A glossary file with its text.
#[derive(Debug)]
pub struct GlossaryFile {
    /// The text.
    pub source: Source,
    /// How it is written.
    pub format: Format,
    /// The place of the glossary in the order of precedence, 0 first. The files of a folder share one.
    pub rank: usize,
}

impl GlossaryFile {
    /// A file of the first glossary.
    pub const fn new(source: Source, format: Format) -> Self {
        Self {
            source,
            format,
            rank: 0,
        }
    }

    /// The built-in glossary.
    pub fn builtin(rank: usize) -> Self {
        Self {
            source: Source::new(BUILTIN, ""),
            format: Format::Builtin,
            rank,
        }
    }
}

impl Format {
    /// The format of a file, by its extension.
    pub fn from_path(path: &Path) -> Option<Self> {
        match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "toml" => Some(Self::Toml),
            "csv" => Some(Self::Csv),
            "tsv" | "tab" => Some(Self::Tsv),
            _ => None,
        }
    }
}

/// A concept as read from one file. A missing id is assigned when all files are read.
#[derive(Debug)]
pub(super) struct Draft {
    pub concept: Concept,
    pub has_id: bool,
    /// The place of its glossary in the order of precedence.
    pub rank: usize,
    /// The keys that it sets in another entry with its id, if it is no entry of its own.
    pub overrides: Option<Vec<&'static str>>,
}

impl Draft {
    /// An entry of its own, of the first glossary.
    pub const fn new(concept: Concept, has_id: bool) -> Self {
        Self {
            concept,
            has_id,
            rank: 0,
            overrides: None,
        }
    }
}

/// Loads glossary files into one glossary, those of the earlier paths with precedence. `builtin` is the built-in glossary. Of a folder it loads the `.toml`, `.csv` and `.tsv` files, sorted by name, but no
/// subfolders.
///
/// # Errors
/// Every problem of every file: unreadable, malformed, incomplete, or in contradiction to another file.
pub fn load_files(paths: &[PathBuf]) -> Result<Loaded, GlossaryError> {
    let mut problems = Problems::default();
    let files = open_all(paths, &mut problems);
    from_files(&files, problems)
}

fn open_all(paths: &[PathBuf], problems: &mut Problems) -> Vec<GlossaryFile> {
    let mut files = Vec::new();
    for (rank, path) in paths.iter().enumerate() {
        if is_builtin(path) {
            files.push(GlossaryFile::builtin(rank));
            continue;
        }
        let paths = if path.is_dir() {
            files_in(path, problems)
        } else {
            vec![path.clone()]
        };
        for path in paths {
            let read = read_file(&path, problems);
            files.extend(read.map(|(source, format)| GlossaryFile { source, format, rank }));
        }
    }
    files
}

/// Reads glossary files without merging them, to check or to change them.
pub fn read_files(paths: &[PathBuf]) -> Unmerged {
    let mut problems = Problems::default();
    let files = open_all(paths, &mut problems);
    let mut read = read_texts(&files);
    read.errors.splice(..0, problems.into_errors());
    Unmerged { files, ..read }
}

/// The same of texts. The files are not copied into the result.
pub fn read_texts(files: &[GlossaryFile]) -> Unmerged {
    let mut problems = Problems::default();
    let (drafts, overrides) = overrides::divide(parse(files, &mut problems));
    overrides::check(&overrides, &drafts, &mut problems);
    let overridden = merge::overridden(&drafts);
    Unmerged {
        files: Vec::new(),
        concepts: merge::assign_ids(drafts),
        overridden,
        errors: problems.into_errors(),
    }
}

/// Loads glossaries from their texts.
///
/// # Errors
/// As [`load_files`].
pub fn load_texts(files: &[GlossaryFile]) -> Result<Loaded, GlossaryError> {
    from_files(files, Problems::default())
}

fn from_files(files: &[GlossaryFile], mut problems: Problems) -> Result<Loaded, GlossaryError> {
    let (drafts, overrides) = overrides::divide(parse(files, &mut problems));
    let mut drafts = join(drafts, &mut problems);
    overrides::apply(overrides, &mut drafts, &mut problems);
    let concepts = merge::assign_ids(drafts);
    let warnings = problems.into_result()?;
    Ok(Loaded {
        glossary: Glossary::new(concepts),
        warnings,
    })
}

/// The entries of all files, each for itself.
fn parse(files: &[GlossaryFile], problems: &mut Problems) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for GlossaryFile { source, format, rank } in files {
        let before = drafts.len();
        match format {
            Format::Toml => toml_form::parse(source, &mut drafts, problems),
            Format::Csv | Format::Tsv => {
                read_table(source, *format, &mut split::Split::Usual, &mut drafts, problems);
            }
            Format::Builtin => {
                let concepts = builtin().into_concepts();
                drafts.extend(concepts.into_iter().map(|concept| Draft::new(concept, true)));
            }
        }
        drafts[before..].iter_mut().for_each(|draft| draft.rank = *rank);
        if holds_sentences(&drafts[before..]) {
            problems.error(Problem::whole_file(
                source.path(),
                "the names are sentences, so this is a text and no glossary",
                "move it to another folder, or name the glossary files one by one",
            ));
        }
    }
    drafts
}

/// Reads a TOML file. The ids of concepts are not compared yet: see [`join`].
pub(super) fn read_toml(source: &Source, drafts: &mut Vec<Draft>, problems: &mut Problems) {
    toml_form::parse(source, drafts, problems);
}

/// Reads a CSV or TSV file. Returns what its columns hold.
pub(super) fn read_table(
    source: &Source,
    format: Format,
    split: &mut split::Split,
    drafts: &mut Vec<Draft>,
    problems: &mut Problems,
) -> Vec<headings::Column> {
    let reading = reading::Reading {
        path: source.path(),
        split,
        base: &[],
        problems,
    };
    table::parse(rows::Rows::of_text(source, format), reading, drafts)
}

/// Reads the rows of a sheet, which was exported from the concepts `base`, if it says so. Returns what its columns hold.
pub(super) fn read_sheet(
    path: &Arc<str>,
    rows: &[SheetRow],
    base: &[Concept],
    split: &mut split::Split,
    drafts: &mut Vec<Draft>,
    problems: &mut Problems,
) -> Vec<headings::Column> {
    let reading = reading::Reading {
        path,
        split,
        base,
        problems,
    };
    table::parse(rows::Rows::Cells(rows.iter()), reading, drafts)
}

pub(super) use merge::{absorb, join, slug};
pub(super) use toml_form::is_kebab_case;

/// The place of a key among those of a concept in glossary files.
pub(super) fn key_order(key: &str) -> usize {
    KEYS.iter().position(|k| *k == key).unwrap_or(KEYS.len())
}

/// Whether most of the concepts are called by a sentence, as in a bilingual text that lies beside glossaries.
fn holds_sentences(drafts: &[Draft]) -> bool {
    let is_sentence = |draft: &&Draft| {
        draft
            .concept
            .zh
            .iter()
            .any(|name| name.text.ends_with(['。', '！', '？']))
    };
    drafts.iter().filter(is_sentence).count() * 2 > drafts.len()
}

/// The files that [`load_files`] reads for these paths.
pub fn files(paths: &[PathBuf]) -> Vec<PathBuf> {
    let mut problems = Problems::default();
    let files = paths.iter().filter(|path| !is_builtin(path)).flat_map(|path| {
        if path.is_dir() {
            files_in(path, &mut problems)
        } else {
            vec![path.clone()]
        }
    });
    files.collect()
}

/// The glossary files of a folder, sorted by name.
fn files_in(folder: &Path, problems: &mut Problems) -> Vec<PathBuf> {
    let shown = folder.display().to_string();
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(e) => {
            problems.error(Problem::whole_file(
                &shown,
                format!("cannot list the folder: {e}"),
                READABLE,
            ));
            return Vec::new();
        }
    };
    let mut files: Vec<PathBuf> = entries
        .filter_map(Result::ok)
        .map(|e| e.path())
        .filter(|p| p.is_file() && Format::from_path(p).is_some())
        .collect();
    if files.is_empty() {
        problems.error(Problem::whole_file(&shown, "no glossary file in this folder", FORMATS));
    }
    files.sort();
    files
}

/// Most characters of a name: the search for a name takes the longer the longer it is, and no name is a page of text.
const LONGEST_NAME: usize = 1000;

fn is_too_long(name: &str) -> bool {
    name.len() > LONGEST_NAME && name.chars().count() > LONGEST_NAME
}

fn too_long(name: &str) -> String {
    let (beginning, length): (String, _) = (name.chars().take(20).collect(), name.chars().count());
    format!("the name “{beginning}…” has {length} characters, more than {LONGEST_NAME}")
}

const TOO_LONG_HELP: &str = "write the name alone, or close the quotation marks of the cell before it";

const READABLE: &str = "check the path and that you may read it";
const AS_UTF8: &str = "save it as UTF-8";
const FORMATS: &str = "a glossary is a .toml, .csv or .tsv file";

fn read_file(path: &Path, problems: &mut Problems) -> Option<(Source, Format)> {
    let shown = path.display().to_string();
    let Some(format) = Format::from_path(path) else {
        problems.error(Problem::whole_file(
            &shown,
            "not a glossary format that bilint reads",
            FORMATS,
        ));
        return None;
    };
    let bytes = match crate::file::read(path) {
        Ok(bytes) => bytes,
        Err(e) => {
            problems.error(Problem::whole_file(
                &shown,
                format!("cannot read the glossary: {e}"),
                READABLE,
            ));
            return None;
        }
    };
    match decode::decode(&Arc::from(shown.as_str()), bytes, None) {
        Ok(decoded) => Some((Source::new(shown, decoded.text), format)),
        Err(e) => {
            let problem = Problem::whole_file(
                &shown,
                "the file is not text, or its encoding cannot be detected",
                AS_UTF8,
            );
            let (line, column) = match e {
                InputError::BrokenUtf8 { line, column, .. } | InputError::Malformed { line, column, .. } => {
                    (Some(line), Some(column))
                }
                _ => (None, None),
            };
            problems.error(Problem {
                line,
                column,
                ..problem
            });
            None
        }
    }
}

#[cfg(test)]
mod tests;
