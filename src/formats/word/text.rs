//! What the text of a Word document consists of, as its readers see it.

use std::collections::HashMap;
use std::ops::Range;

use super::styles::Role;
use crate::text::Span;

/// The text of a document: one line for each paragraph, those of the body first, then notes, headers and footers.
#[derive(Debug, Default)]
pub(in crate::formats) struct Text {
    /// The lines.
    pub lines: String,
    /// The paragraph of each line that is none between two parts of the document.
    pub paragraphs: Vec<Paragraph>,
    /// Formulas.
    pub masks: Vec<Span>,
    /// Where the characters of the body come from, in order.
    pub atoms: Vec<Atom>,
    /// The runs of the body, in order.
    pub runs: Vec<Run>,
    /// The elements with text in the runs of the body, in order.
    pub elements: Vec<Element>,
    /// The runs of the body that refer to notes.
    pub references: HashMap<Note, usize>,
    /// Where the pages or slides after the first begin.
    pub pages: Pages,
    /// Whether there is a body at all.
    pub has_body: bool,
    /// How many tables there are.
    pub tables: usize,
}

/// Where pages begin, in bytes of a text, in order.
#[derive(Debug, Default)]
pub(in crate::formats) struct Pages {
    /// Those of the last layout.
    pub laid_out: Vec<usize>,
    /// Those that begin there because the author wants it.
    pub forced: Vec<usize>,
}

impl Pages {
    /// The pages as far as they are known: the last layout has the forced ones, too.
    pub fn into_known(self) -> Vec<usize> {
        if self.laid_out.is_empty() {
            self.forced
        } else {
            self.laid_out
        }
    }

    /// Adds the pages of a text that now begins at `start`.
    pub fn append(&mut self, other: &Self, start: usize) {
        self.laid_out.extend(other.laid_out.iter().map(|page| start + page));
        self.forced.extend(other.forced.iter().map(|page| start + page));
    }
}

/// A footnote or an endnote: which, and its id.
pub(in crate::formats) type Note = (Story, String);

/// A part of a document that is read on its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::formats) enum Story {
    /// The body.
    Body,
    /// A footnote.
    Footnote,
    /// An endnote.
    Endnote,
    /// A header or footer.
    Margin,
}

/// A paragraph.
#[derive(Debug)]
pub(in crate::formats) struct Paragraph {
    /// Its line, without the line end.
    pub line: Span,
    /// What it is.
    pub role: Role,
    /// The cell that it is in.
    pub place: Option<Place>,
    /// Where in the document it is.
    pub story: Story,
    /// The run of the body that it hangs on, where it is in a note.
    pub anchor: Option<usize>,
}

/// The place of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::formats) struct Place {
    /// Number of the table in the document.
    pub table: usize,
    /// Number of the row in the table.
    pub row: usize,
    /// Number of the column.
    pub column: usize,
}

/// A stretch of the text and the XML that it comes from.
#[derive(Debug, Clone)]
pub(in crate::formats) struct Atom {
    /// Bytes of the text.
    pub text: Span,
    /// Bytes of the part.
    pub xml: Range<usize>,
    /// Whether the two are equal, but for white space.
    pub is_copy: bool,
    /// The run that it is in.
    pub run: usize,
    /// The element that it is in; `None` where it is an element of its own, such as a tab.
    pub element: Option<usize>,
}

/// A run: characters with the same properties. A formula counts as one.
#[derive(Debug, Clone)]
pub(in crate::formats) struct Run {
    /// Its start tag.
    pub tag: Range<usize>,
    /// The element with its properties.
    pub properties: Option<Range<usize>>,
    /// One past its end.
    pub end: usize,
    /// The outermost run that it is in: itself, unless it is in a text box or a ruby.
    pub outer: usize,
    /// Whether it may be split.
    pub is_divisible: bool,
}

/// An element with text.
#[derive(Debug, Clone)]
pub(in crate::formats) struct Element {
    /// Its start tag.
    pub tag: Range<usize>,
    /// One past its end.
    pub end: usize,
}
