//! Record files row by row, with what is between the records.

use std::sync::Arc;

use encoding_rs::Encoding;

use super::InputError;
use super::by_part::{Queue, ReadParts};
use crate::document::Document;
use crate::text::{Source, Span};

/// A part of a record file, of whole rows.
#[derive(Debug)]
pub struct Chunk {
    /// The part of the file or, where line n of one file translates line n of another, of both.
    pub files: Vec<FilePart>,
    /// How its rows are written.
    pub form: Form,
    /// The records.
    pub documents: Vec<Document>,
    /// The rows, in order.
    pub rows: Vec<Row>,
}

/// A part of a file.
#[derive(Debug, Clone)]
pub struct FilePart {
    /// Its text.
    pub source: Arc<Source>,
    /// The encoding of the file, as far as it is read.
    pub encoding: &'static Encoding,
    /// Whether the file begins with a byte order mark.
    pub bom: bool,
}

/// How a row is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Cells with this byte between them.
    Cells(u8),
    /// A JSON object.
    Object,
    /// A line in each of two files.
    Lines,
    /// Columns of Parquet, of which a chunk has no text.
    Table,
}

/// The column, or key of an object, with the ids of rules.
pub const RULES_COLUMN: &str = "bilint_rules";
/// The column, or key of an object, with the penalty.
pub const PENALTY_COLUMN: &str = "bilint_penalty";

impl Form {
    /// Adds a row to `out` with the ids of rules and a penalty: in two more cells, or under two more keys. A blank line, and a
    /// line of two files, stays as it is. Without `rules`, cells get the names of the columns.
    pub fn annotate(self, row: &str, rules: Option<&[&str]>, penalty: f64, out: &mut String) {
        let body = row.trim_end_matches(['\r', '\n']);
        let (body, end) = match self {
            Self::Cells(_) => (body, &row[body.len()..]),
            Self::Object => body.rfind('}').map_or(("", row), |brace| row.split_at(brace)),
            Self::Lines | Self::Table => ("", row),
        };
        out.push_str(body);
        if body.is_empty() {
            out.push_str(end);
            return;
        }
        match (self, rules) {
            (Self::Cells(separator), rules) => {
                let separator = char::from(separator);
                // Ids have no spaces.
                let [rules, penalty] = rules.map_or([RULES_COLUMN.to_owned(), PENALTY_COLUMN.to_owned()], |rules| {
                    [rules.join(" "), penalty.to_string()]
                });
                out.extend([&*separator.to_string(), &rules, &separator.to_string(), &penalty]);
            }
            (Self::Object, Some(rules)) => {
                let rules: Vec<String> = rules.iter().map(|rule| format!("\"{rule}\"")).collect();
                let rules = rules.join(", ");
                let fields = format!(", \"{RULES_COLUMN}\": [{rules}], \"{PENALTY_COLUMN}\": {penalty}");
                out.push_str(&fields);
            }
            // An object needs no names, and lines have no place for more.
            (Self::Object, None) | (Self::Lines | Self::Table, _) => {}
        }
        out.push_str(end);
    }
}

/// A row of a record file: a line, or several lines where a cell in quotation marks holds line ends.
#[derive(Debug)]
pub struct Row {
    /// Its bytes in the source of each file, with the line end; empty for a second file where there is one only. In a table, its
    /// number in the file is the start of the first.
    pub spans: [Span; 2],
    /// What it holds.
    pub content: Content,
}

/// What a row holds.
#[derive(Debug)]
pub enum Content {
    /// The names of the columns.
    Header,
    /// A pair.
    Pair {
        /// Index into [`Chunk::documents`].
        document: usize,
        /// Index into [`Document::records`].
        record: usize,
    },
    /// A document, by its index in [`Chunk::documents`].
    Document(usize),
    /// A record without text, or a blank line.
    Blank,
    /// A comment.
    Comment,
    /// What cannot be read.
    LeftOut(InputError),
}

impl Row {
    /// A row of one file.
    pub const fn new(start: usize, end: usize, content: Content) -> Self {
        Self {
            spans: [Span::new(start, end), Span::new(0, 0)],
            content,
        }
    }
}

/// Reads a record file part by part.
pub trait ReadChunks: Send {
    /// The next part; `None` at the end.
    ///
    /// # Errors
    /// The file cannot be read, or has no text. Nothing follows an error.
    fn next_chunk(&mut self) -> Result<Option<Chunk>, InputError>;
}

impl<R: ReadChunks> ReadParts for R {
    /// The documents of the next part, and the errors in it behind them.
    fn read_part(&mut self, queue: &mut Queue) -> Result<bool, InputError> {
        let Some(chunk) = self.next_chunk()? else {
            return Ok(false);
        };
        queue.extend(chunk.documents.into_iter().map(Ok));
        queue.extend(chunk.rows.into_iter().filter_map(|row| match row.content {
            Content::LeftOut(error) => Some(Err(error)),
            _ => None,
        }));
        Ok(true)
    }
}
