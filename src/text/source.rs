//! A decoded source and the places in it.

use std::sync::{Arc, OnceLock};

use super::Dialect;
use super::char_counts::{CharCounts, Count};

/// A place in a source, computed from a byte offset only where an output needs it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Position {
    /// 1-based line.
    pub line: usize,
    /// 1-based column in code points.
    pub column: usize,
    /// 1-based column in UTF-8 bytes.
    pub byte_column: usize,
    /// 0-based offset in the line in UTF-16 code units.
    pub utf16: usize,
}

/// Decoded text of one file, or of one part of a file that is streamed.
///
/// Offsets are bytes of [`Source::text`], which is always UTF-8 whatever the file's encoding is.
#[derive(Debug)]
pub struct Source {
    path: Arc<str>,
    text: String,
    first_line: usize,
    dialect: Arc<Dialect>,
    pages: Vec<usize>,
    lines: OnceLock<Vec<usize>>,
    counts: CharCounts,
}

impl Source {
    /// A source named `path` (as messages show it) with decoded text.
    pub fn new(path: impl Into<Arc<str>>, text: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            text: text.into(),
            first_line: 1,
            dialect: Arc::default(),
            pages: Vec::new(),
            lines: OnceLock::new(),
            counts: CharCounts::default(),
        }
    }

    /// Marks the text as a part of the file that starts at line `line` (1-based).
    #[must_use]
    pub fn starting_at_line(mut self, line: usize) -> Self {
        self.first_line = line;
        self
    }

    /// Sets the dialect that the file is written in.
    #[must_use]
    pub fn written_in(mut self, dialect: Arc<Dialect>) -> Self {
        self.dialect = dialect;
        self
    }

    /// Sets where the pages after the first begin.
    #[must_use]
    pub fn with_pages(mut self, pages: Vec<usize>) -> Self {
        self.pages = pages;
        self
    }

    /// The bytes that the pages after the first begin at, in order; empty where the file does not say.
    pub fn pages(&self) -> &[usize] {
        &self.pages
    }

    /// The path as messages show it.
    pub fn path(&self) -> &Arc<str> {
        &self.path
    }

    /// The decoded text, without byte order mark.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The dialect that the file is written in.
    pub const fn dialect(&self) -> &Arc<Dialect> {
        &self.dialect
    }

    /// Line and columns of the byte offset `offset`; an offset past the end is the end.
    pub fn position(&self, offset: usize) -> Position {
        let offset = offset.min(self.text.len());
        let (line, start) = self.line_start(offset);
        let before = &self.text[start..offset];
        let Count { chars, long } = self.counts.between(&self.text, start, offset);
        // A character of four bytes is two code units of UTF-16, any other one.
        Position {
            line,
            column: chars + 1,
            byte_column: before.len() + 1,
            utf16: chars + long,
        }
    }

    /// The 1-based line of the byte offset `offset`: cheaper than [`Self::position`], which counts along the line.
    pub fn line(&self, offset: usize) -> usize {
        self.line_start(offset.min(self.text.len())).0
    }

    /// The byte that the 1-based line begins at; the end of the text for a line behind it.
    pub fn line_offset(&self, line: usize) -> usize {
        let starts = self.line_starts();
        let index = line.saturating_sub(self.first_line);
        starts.get(index).copied().unwrap_or(self.text.len())
    }

    /// The byte offset of a place that [`Self::position`] gave for this text; `None` where it has no such place.
    pub fn offset(&self, at: Position) -> Option<usize> {
        let line = self.line_starts().get(at.line.checked_sub(self.first_line)?)?;
        let offset = line + at.byte_column.checked_sub(1)?;
        self.text.is_char_boundary(offset).then_some(offset)
    }

    /// The decoded text, for a caller that needs the source no more.
    pub fn into_text(self) -> String {
        self.text
    }

    /// The 1-based line that holds the byte `offset`, and the byte it starts at.
    fn line_start(&self, offset: usize) -> (usize, usize) {
        let starts = self.line_starts();
        let line = starts.partition_point(|&s| s <= offset) - 1;
        (self.first_line + line, starts[line])
    }

    /// The bytes that the lines begin at.
    fn line_starts(&self) -> &[usize] {
        self.lines.get_or_init(|| {
            std::iter::once(0)
                .chain(self.text.match_indices('\n').map(|(i, _)| i + 1))
                .collect()
        })
    }

    /// The text of the line that holds the byte offset, without its line end.
    pub fn line_at(&self, offset: usize) -> &str {
        let offset = offset.min(self.text.len());
        let start = self.text[..offset].rfind('\n').map_or(0, |i| i + 1);
        let end = self.text[offset..].find('\n').map_or(self.text.len(), |i| offset + i);
        self.text[start..end].trim_end_matches('\r')
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn position_counts_lines_and_columns_in_every_unit() {
        let s = Source::new("a", "一\n二𠮷x");
        let p = s.position("一\n二𠮷".len());
        assert_eq!((p.line, p.column, p.byte_column, p.utf16), (2, 3, 8, 3));
        assert_eq!(s.position(0).line, 1);
        assert_eq!(s.line("一\n二".len()), 2);
        assert_eq!(s.position(999).line, 2);
        assert_eq!([1, 2, 3].map(|line| s.line_offset(line)), [0, 4, s.text().len()]);
        assert_eq!(s.offset(p), Some("一\n二𠮷".len()));
        let beyond = Position { line: 3, ..p };
        let inside = Position { byte_column: 2, ..p };
        assert_eq!((s.offset(beyond), s.offset(inside)), (None, None));
    }

    #[test]
    fn position_of_a_streamed_part_counts_from_its_first_line() {
        let s = Source::new("a", "x\ny").starting_at_line(100);
        assert_eq!(s.position(2).line, 101);
    }
}
