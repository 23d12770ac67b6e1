//! Loads glossary files: TOML, and CSV or TSV tables.
//!
//! All problems are collected, each with its place and a remedy. `merge` then joins the files into one glossary.

pub(super) mod fields;
pub(super) mod headings;
mod merge;
mod name_rows;
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

use super::{Concept, Glossary};
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
    pub sources: Vec<(Source, Format)>,
    /// The entries that can be read, in the order of the files.
    pub concepts: Vec<Concept>,
    /// Why some cannot.
    pub errors: Vec<Problem>,
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
}

/// Loads glossary files into one glossary. Of a folder it loads the `.toml`, `.csv` and `.tsv` files, sorted by name, but no
/// subfolders.
///
/// # Errors
/// Every problem of every file: unreadable, malformed, incomplete, or in contradiction to another file.
pub fn load_files(paths: &[PathBuf]) -> Result<Loaded, GlossaryError> {
    let mut problems = Problems::default();
    let sources = open_all(paths, &mut problems);
    from_sources(&sources, problems)
}

fn open_all(paths: &[PathBuf], problems: &mut Problems) -> Vec<(Source, Format)> {
    let mut sources = Vec::new();
    for path in paths {
        if path.is_dir() {
            for file in files_in(path, problems) {
                read_file(&file, &mut sources, problems);
            }
        } else {
            read_file(path, &mut sources, problems);
        }
    }
    sources
}

/// Reads glossary files without merging them, to check or to change them.
pub fn read_files(paths: &[PathBuf]) -> Unmerged {
    let mut problems = Problems::default();
    let sources = open_all(paths, &mut problems);
    let mut read = read_sources(&sources);
    read.errors.splice(..0, problems.into_errors());
    Unmerged { sources, ..read }
}

/// The same of texts. The sources are not copied into the result.
pub fn read_sources(sources: &[(Source, Format)]) -> Unmerged {
    let mut problems = Problems::default();
    let drafts = parse(sources, &mut problems);
    Unmerged {
        sources: Vec::new(),
        concepts: merge::keep_all(drafts),
        errors: problems.into_errors(),
    }
}

/// Loads glossaries from their texts.
///
/// # Errors
/// As [`load_files`].
pub fn load_sources(sources: &[(Source, Format)]) -> Result<Loaded, GlossaryError> {
    from_sources(sources, Problems::default())
}

fn from_sources(sources: &[(Source, Format)], mut problems: Problems) -> Result<Loaded, GlossaryError> {
    let drafts = parse(sources, &mut problems);
    let concepts = merge::merge(drafts, &mut problems);
    let warnings = problems.into_result()?;
    Ok(Loaded {
        glossary: Glossary::new(concepts),
        warnings,
    })
}

/// The entries of all files, each for itself.
fn parse(sources: &[(Source, Format)], problems: &mut Problems) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for (source, format) in sources {
        let before = drafts.len();
        match format {
            Format::Toml => toml_form::parse(source, &mut drafts, problems),
            Format::Csv | Format::Tsv => {
                read_table(source, *format, &mut split::Split::Usual, &mut drafts, problems);
            }
        }
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
    let files = paths.iter().flat_map(|path| {
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

fn read_file(path: &Path, sources: &mut Vec<(Source, Format)>, problems: &mut Problems) {
    let shown = path.display().to_string();
    let Some(format) = Format::from_path(path) else {
        problems.error(Problem::whole_file(
            &shown,
            "not a glossary format that bilint reads",
            FORMATS,
        ));
        return;
    };
    let bytes = match crate::file::read(path) {
        Ok(bytes) => bytes,
        Err(e) => {
            problems.error(Problem::whole_file(
                &shown,
                format!("cannot read the glossary: {e}"),
                READABLE,
            ));
            return;
        }
    };
    match decode::decode(&Arc::from(shown.as_str()), bytes, None) {
        Ok(decoded) => sources.push((Source::new(shown, decoded.text), format)),
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
        }
    }
}

#[cfg(test)]
mod tests;
