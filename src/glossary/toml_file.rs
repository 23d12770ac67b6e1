//! A glossary file in TOML that keeps its text: a change of one concept leaves comments, order and layout of the others as
//! they are.

use std::path::{Path, PathBuf};

use rustc_hash::FxHashMap;
use toml_edit::{ArrayOfTables, Document, DocumentMut, Item, Table, TomlError};

use crate::file;
use crate::text::{Position, Source, display_path};

/// Why a file cannot be changed in place.
#[derive(Debug, thiserror::Error)]
pub enum TomlFileError {
    /// The file cannot be read.
    #[error("cannot read {}: {source}", display_path(.path))]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// The file is not TOML.
    #[error("{file}:{line}:{column}: not valid TOML: {message}")]
    Syntax {
        /// The file.
        file: String,
        /// 1-based line.
        line: usize,
        /// 1-based column in code points.
        column: usize,
        /// What is wrong.
        message: String,
    },
    /// The file has something else than entries.
    #[error("{file}:{line}: “{key}” is no list of [[concept]] tables; a glossary file has nothing else")]
    NoConcept {
        /// The file.
        file: String,
        /// 1-based line.
        line: usize,
        /// The key at the top level.
        key: String,
    },
    /// The file cannot be written.
    #[error("cannot write {}: {source}", display_path(.path))]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
}

/// A glossary file in TOML with its text.
#[derive(Debug)]
pub struct TomlFile {
    path: PathBuf,
    source: Source,
    document: DocumentMut,
    /// Where each concept begins in the text that was read.
    positions: FxHashMap<String, Position>,
}

impl TomlFile {
    /// Reads a file.
    ///
    /// # Errors
    /// The file cannot be read, or is not TOML. The keys are not looked at: see [`super::load_files`] for that.
    pub fn read(path: &Path) -> Result<Self, TomlFileError> {
        let text = file::read_to_string(path).map_err(|source| TomlFileError::Read {
            path: path.to_owned(),
            source,
        })?;
        Self::parse(path, text)
    }

    /// A file with this text, which is not written yet.
    ///
    /// # Errors
    /// The text is not TOML.
    pub fn parse(path: &Path, text: impl Into<String>) -> Result<Self, TomlFileError> {
        let source = Source::new(display_path(path), text);
        let document = Document::parse(source.text().to_owned()).map_err(|e| syntax_error(&source, &e))?;
        let mut positions = FxHashMap::default();
        for table in concepts(document.as_table()) {
            if let (Some(id), Some(span)) = (id(table), table.span()) {
                positions
                    .entry(id.to_owned())
                    .or_insert_with(|| source.position(span.start));
            }
        }
        Ok(Self {
            path: path.to_owned(),
            document: document.into_mut(),
            source,
            positions,
        })
    }

    /// The path that was read.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The text that was read.
    pub fn original(&self) -> &str {
        self.source.text()
    }

    /// The text with all changes. Lines end as they did.
    pub fn text(&self) -> String {
        let text = self.document.to_string();
        // The parser reads CRLF as LF.
        if self.original().contains("\r\n") && !text.contains('\r') {
            return text.replace('\n', "\r\n");
        }
        text
    }

    /// The concepts, in the order of the file.
    pub fn concepts(&self) -> impl Iterator<Item = &Table> {
        concepts(self.document.as_table())
    }

    /// The concept with this id.
    pub fn concept(&self, wanted: &str) -> Option<&Table> {
        self.concepts().find(|t| id(t) == Some(wanted))
    }

    /// The concept with this id, to change it.
    pub fn concept_mut(&mut self, wanted: &str) -> Option<&mut Table> {
        self.array_mut()?.iter_mut().find(|t| id(t) == Some(wanted))
    }

    /// Where the concept with this id begins in the text that was read.
    pub fn position(&self, id: &str) -> Option<Position> {
        self.positions.get(id).copied()
    }

    /// The list of all concepts, to add or remove some; `None` if the file has none.
    pub fn array_mut(&mut self) -> Option<&mut ArrayOfTables> {
        self.document.get_mut("concept").and_then(Item::as_array_of_tables_mut)
    }

    /// The document.
    pub const fn document_mut(&mut self) -> &mut DocumentMut {
        &mut self.document
    }

    /// Writes the file as a whole, if it changed. Returns whether it did.
    ///
    /// # Errors
    /// The system refuses.
    pub fn write(&self) -> Result<bool, TomlFileError> {
        let text = self.text();
        if text == self.original() {
            return Ok(false);
        }
        file::write_atomically(&self.path, text.as_bytes()).map_err(|source| TomlFileError::Write {
            path: self.path.clone(),
            source,
        })?;
        Ok(true)
    }
}

/// The tables under `[[concept]]`.
pub(super) fn concepts(root: &Table) -> impl Iterator<Item = &Table> {
    root.get("concept")
        .and_then(Item::as_array_of_tables)
        .into_iter()
        .flat_map(ArrayOfTables::iter)
}

/// The id of a concept.
pub fn id(concept: &Table) -> Option<&str> {
    concept.get("id")?.as_str()
}

pub(super) fn syntax_error(source: &Source, error: &TomlError) -> TomlFileError {
    let at = source.position(error.span().map_or(0, |s| s.start));
    TomlFileError::Syntax {
        file: source.path().to_string(),
        line: at.line,
        column: at.column,
        message: error.message().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "# Facilities.\n\n[[concept]] # the first\nid = \"a\"\nzh = [\"甲\"]   # as on the door\n\n\
                        # Two.\n[[concept]]\nid = \"b\"\nzh = [\n  \"乙\",\n]\n";

    fn file() -> TomlFile {
        TomlFile::parse(Path::new("a.toml"), TEXT).unwrap()
    }

    #[test]
    fn an_unchanged_file_keeps_every_byte() {
        assert_eq!(file().text(), TEXT);
    }

    #[test]
    fn lines_end_as_they_did() {
        let text = TEXT.replace('\n', "\r\n");
        let mut file = TomlFile::parse(Path::new("a.toml"), &*text).unwrap();
        assert_eq!(file.text(), text);
        file.concept_mut("b").unwrap()["id"] = "c".into();
        assert_eq!(file.text(), text.replace("\"b\"", "\"c\""));
    }

    #[test]
    fn a_change_keeps_the_rest() {
        let mut file = file();
        let names = file.concept_mut("b").unwrap()["zh"].as_array_mut().unwrap();
        names.replace(0, "丙");
        assert_eq!(file.text(), TEXT.replace('乙', "丙"));
        assert_eq!(file.original(), TEXT);
    }

    #[test]
    fn concepts_have_positions() {
        let file = file();
        let line = |id| file.position(id).map(|p| (p.line, p.column));
        assert_eq!((line("a"), line("b"), line("c")), (Some((3, 1)), Some((8, 1)), None));
        assert!(file.concept("a").is_some() && file.concept("c").is_none());
        assert_eq!(file.concepts().filter_map(id).collect::<Vec<_>>(), ["a", "b"]);
    }

    #[test]
    fn a_syntax_error_has_its_place() {
        let error = TomlFile::parse(Path::new("a.toml"), "[[concept]]\nid = \n").unwrap_err();
        assert!(error.to_string().starts_with("a.toml:2:6: not valid TOML"), "{error}");
    }

    #[test]
    fn a_file_is_written_only_if_it_changed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.toml");
        std::fs::write(&path, TEXT).unwrap();
        let mut file = TomlFile::read(&path).unwrap();
        assert!(!file.write().unwrap());
        file.concept_mut("a").unwrap()["id"] = "z".into();
        assert!(file.write().unwrap());
        assert_eq!(std::fs::read_to_string(&path).unwrap(), file.text());
    }
}
