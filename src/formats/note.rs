//! Notes on the text of a file, written as the comments of its format.

use crate::finding::Severity;
use crate::text::{Dialect, Position};

use super::{InputError, PackageFault};

/// Writes a copy of a file with notes in it. What the notes do not need to change stays byte for byte.
///
/// `bytes` are those of the file, which was read with this `dialect`. The notes are in the order of the text.
pub type Annotator = fn(bytes: &[u8], dialect: &Dialect, notes: &[Note]) -> Result<Vec<u8>, AnnotateError>;

/// The author of all notes.
pub const AUTHOR: &str = "bilint";

/// A note on a stretch of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Where the text starts and ends, in what the reader of the format gives as the text of the file; equal for a place
    /// between two characters. [`Source::offset`](crate::text::Source::offset) finds the bytes.
    pub range: (Position, Position),
    /// How bad it is.
    pub severity: Severity,
    /// The id of the rule.
    pub rule: &'static str,
    /// What it says, in paragraphs: the message first.
    pub paragraphs: Vec<String>,
}

impl Note {
    /// The severity and the rule, as in `error[number-mismatch]`.
    pub fn kind(&self) -> String {
        format!("{}[{}]", self.severity.name(), self.rule)
    }
}

/// Why notes cannot be written into a file.
#[derive(Debug, thiserror::Error)]
pub enum AnnotateError {
    /// The file cannot be read as its format.
    #[error(transparent)]
    Read(#[from] InputError),
    /// The package cannot be read.
    #[error(transparent)]
    Package(#[from] PackageFault),
    /// The text that a note is about is not in the file, or nothing in it can have a comment.
    #[error("the text of a finding has no place for a comment")]
    NoPlace,
    /// The encoding of the file lacks a character of a note.
    #[error("the file is in {0}, which lacks a character of a comment; convert it to UTF-8 first")]
    Lossy(&'static str),
}
