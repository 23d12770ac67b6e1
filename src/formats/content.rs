//! What the text of a file in one or two languages consists of, before languages are assigned.

use super::columns::Header;
use super::cues::Time;
use super::{File, InputError, whole};
use crate::document::{BlockKind, Origin};
use crate::text::{Source, Span};

/// How the prose of a file is read: divided into paragraphs and, where the file is in both languages, tables of pairs.
#[derive(Debug, Clone, Copy)]
pub enum ProseReader {
    /// The file is a text.
    Text(fn(text: &str, bilingual: bool) -> Content),
    /// The format reads the file itself: a package, whose text is made meanwhile, or a file that declares its encoding.
    File(fn(file: File, bilingual: bool) -> Result<(Source, Content), InputError>),
}

impl ProseReader {
    /// Reads a file of the format with this name.
    ///
    /// # Errors
    /// A file that cannot be read or decoded, or has no text.
    pub fn read(self, format: &'static str, file: File, bilingual: bool) -> Result<(Source, Content), InputError> {
        match self {
            Self::Text(divide) => {
                let source = whole::read(format, file)?;
                let content = divide(source.text(), bilingual);
                Ok((source, content))
            }
            Self::File(read) => read(file, bilingual),
        }
    }
}

/// What a text file consists of.
#[derive(Debug, Default)]
pub struct Content {
    /// The text that the spans count in, and where it came from, where it is not that of the source.
    pub text: Option<(String, Origin)>,
    /// Its prose.
    pub raws: Vec<Raw>,
    /// When its paragraphs are shown, one after the other, if they are cues of subtitles.
    pub times: Vec<Time>,
    /// The spans in it that are not prose: code, link targets, tags. In order.
    pub masks: Vec<Span>,
    /// Its tables of pairs.
    pub tables: Vec<Table>,
    /// The comments that hold the English of the Chinese below them, in order.
    pub english: Vec<Span>,
    /// The values in its front matter that readers see, by key.
    pub fields: Vec<(&'static str, Raw)>,
}

impl Content {
    /// The text that the spans count in.
    pub fn text<'a>(&'a self, source: &'a Source) -> &'a str {
        self.text.as_ref().map_or(source.text(), |(text, _)| text)
    }

    /// Puts those fields before the prose whose keys are in `keys`, in this order. Pages need not have the same fields.
    pub fn keep_fields(&mut self, keys: &[&str]) {
        let mut fields = std::mem::take(&mut self.fields);
        fields.retain(|(key, _)| keys.contains(key));
        fields.sort_by_key(|(key, _)| keys.iter().position(|k| k == key));
        self.raws.splice(0..0, fields.into_iter().map(|(_, raw)| raw));
    }
}

/// One or more lines of the source that belong together.
#[derive(Debug)]
pub struct Raw {
    /// What they are.
    pub kind: BlockKind,
    /// The lines, in order, without markers and line ends.
    pub lines: Vec<Span>,
    /// Equal for paragraphs without a blank line between them.
    pub group: usize,
}

/// A table with a Chinese and an English column.
#[derive(Debug)]
pub struct Table {
    /// The rows below the header, each with one cell per column.
    pub rows: Vec<Vec<Raw>>,
    /// The columns.
    pub header: Header,
}

/// A line break within a paragraph or a cell of a package, which stays one line of the text that its reader makes.
pub const LINE_BREAK: char = '\u{2028}';

/// The lines of a paragraph or cell with text in them, without the white space around them.
pub fn lines(text: &str, paragraph: Span) -> Vec<Span> {
    let mut start = paragraph.start;
    let mut lines = Vec::with_capacity(1);
    for line in paragraph.of(text).split(LINE_BREAK) {
        let inside = line.trim();
        if !inside.is_empty() {
            let at = start + line.len() - line.trim_start().len();
            lines.push(Span::new(at, at + inside.len()));
        }
        start += line.len() + LINE_BREAK.len_utf8();
    }
    lines
}
