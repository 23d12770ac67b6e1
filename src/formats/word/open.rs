//! What is open while a part of a Word document is read.

use super::text::{Atom, Pages, Place};
use crate::text::Span;

/// What holds paragraphs: the body, a cell, a note, a text box.
#[derive(Default)]
pub(super) struct Container {
    pub place: Option<Place>,
    /// A paragraph whose end is deleted, which goes on in the next one.
    pub carry: Option<Open>,
}

/// A table that is open.
pub(super) struct Table {
    pub number: usize,
    pub row: usize,
    pub column: usize,
    pub is_row_deleted: bool,
}

impl Table {
    pub const fn place(&self) -> Place {
        Place {
            table: self.number,
            row: self.row,
            column: self.column,
        }
    }
}

/// A field that is open.
#[derive(Default)]
pub(super) struct Field {
    pub has_result: bool,
    pub instruction: String,
}

impl Field {
    /// Whether Word writes its result from headings and captions, which are in the document as well.
    pub fn is_generated(&self) -> bool {
        matches!(
            self.instruction.split_whitespace().next(),
            Some("TOC" | "INDEX" | "TOA")
        )
    }
}

/// A paragraph that is open.
#[derive(Default)]
pub(super) struct Open {
    pub text: String,
    pub atoms: Vec<Atom>,
    pub masks: Vec<Span>,
    pub pages: Pages,
    pub place: Option<Place>,
    pub style: Option<String>,
    /// Its outline level; 9 for body text.
    pub outline: Option<u8>,
    pub numbered: Option<bool>,
    pub is_mark_deleted: bool,
    pub is_generated: bool,
    /// The paragraphs of the text boxes in it.
    pub boxes: Vec<Open>,
}

impl Open {
    /// The same text in the next paragraph.
    pub fn restart(&mut self, place: Option<Place>) {
        *self = Self {
            text: std::mem::take(&mut self.text),
            atoms: std::mem::take(&mut self.atoms),
            masks: std::mem::take(&mut self.masks),
            pages: std::mem::take(&mut self.pages),
            boxes: std::mem::take(&mut self.boxes),
            place,
            ..Self::default()
        };
    }
}
