//! Notes on the text of a file, written as the comments of its format.

use crate::finding::Severity;
use crate::text::{Dialect, Position};

use super::{InputError, PackageFault};

/// Writes a copy of a file with notes in it. What the notes do not need to change stays byte for byte.
///
/// `bytes` are those of the file, which was read with this `dialect`. The notes are in the order of the text.
pub type Annotator = fn(bytes: &[u8], dialect: &Dialect, notes: &[Note]) -> Result<Vec<u8>, AnnotateError>;

/// Reads what people answered to the notes in a copy of a file.
pub type ThreadReader = fn(bytes: &[u8]) -> Result<Vec<Thread>, PackageFault>;

/// The author of all notes.
pub const AUTHOR: &str = "bilint";

/// What the last paragraph of a note begins with, before the fingerprint of the finding, where people can answer the note.
pub(super) const FINDING: &str = "Finding ";

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
    /// The fingerprint of the finding.
    pub finding: String,
}

impl Note {
    /// The severity and the rule, as in `error[number-mismatch]`.
    pub fn kind(&self) -> String {
        format!("{}[{}]", self.severity.name(), self.rule)
    }

    /// Whether a comment says what the note says, perhaps among other things. White space does not count, since programs change it.
    pub fn is_in(&self, comment: &str) -> bool {
        let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let comment = words(comment);
        comment.contains(&self.kind()) && self.paragraphs.iter().all(|said| comment.contains(&words(said)))
    }
}

/// A note in a copy of a file, and what people answered.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Thread {
    /// The fingerprint of the finding.
    pub finding: String,
    /// The id of the rule.
    pub rule: String,
    /// The message of the finding.
    pub message: String,
    /// The line of the text, from 1.
    pub line: usize,
    /// Whether somebody marked it as resolved.
    pub is_resolved: bool,
    /// The answers, in order.
    pub answers: Vec<Answer>,
}

/// An answer to a note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Who wrote it, as the program says.
    pub who: String,
    /// What it says.
    pub text: String,
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
