//! Positions in texts, in the unit that the editor counts in, and the changes that it sends.

use lsp_types::{PositionEncodingKind, TextDocumentContentChangeEvent};

use crate::finding::Label;
use crate::text::Position;

/// What the columns of an editor count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Unit {
    /// Bytes of UTF-8.
    Byte,
    /// Code units of UTF-16, unless editor and server agree on something else.
    #[default]
    Utf16,
    /// Code points.
    Char,
}

impl Unit {
    /// The first of the units in which an editor offers to count.
    pub fn choose(offered: &[PositionEncodingKind]) -> Self {
        let known = offered.iter().find_map(|kind| match kind.as_str() {
            "utf-8" => Some(Self::Byte),
            "utf-16" => Some(Self::Utf16),
            "utf-32" => Some(Self::Char),
            _ => None,
        });
        known.unwrap_or_default()
    }

    /// What the protocol calls it.
    pub const fn kind(self) -> PositionEncodingKind {
        match self {
            Self::Byte => PositionEncodingKind::UTF8,
            Self::Utf16 => PositionEncodingKind::UTF16,
            Self::Char => PositionEncodingKind::UTF32,
        }
    }

    /// A position for the editor.
    pub fn position(self, at: Position) -> lsp_types::Position {
        let character = match self {
            Self::Byte => at.byte_column - 1,
            Self::Utf16 => at.utf16,
            Self::Char => at.column - 1,
        };
        let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        lsp_types::Position::new(number(at.line - 1), number(character))
    }

    /// A range for the editor.
    pub fn range(self, start: Position, end: Position) -> lsp_types::Range {
        lsp_types::Range::new(self.position(start), self.position(end))
    }

    /// The range of a label.
    pub fn range_of(self, label: &Label) -> lsp_types::Range {
        self.range(label.start, label.end)
    }

    /// The byte of a position; the end of its line, or of the text, where it lies beyond.
    pub fn offset(self, text: &str, at: lsp_types::Position) -> usize {
        let mut lines = memchr::memchr_iter(b'\n', text.as_bytes()).map(|i| i + 1);
        let start = match at.line.checked_sub(1) {
            None => 0,
            Some(before) => lines.nth(before as usize).unwrap_or(text.len()),
        };
        let line = &text[start..];
        let line = &line[..memchr::memchr(b'\n', line.as_bytes()).unwrap_or(line.len())];
        let line = line.strip_suffix('\r').unwrap_or(line);
        let mut left = at.character as usize;
        for (i, c) in line.char_indices() {
            let width = match self {
                Self::Byte => c.len_utf8(),
                Self::Utf16 => c.len_utf16(),
                Self::Char => 1,
            };
            if left < width {
                return start + i;
            }
            left -= width;
        }
        start + line.len()
    }

    /// Applies a change that the editor sends.
    pub fn apply(self, text: &mut String, change: TextDocumentContentChangeEvent) {
        let Some(range) = change.range else {
            *text = change.text;
            return;
        };
        let start = self.offset(text, range.start);
        let end = self.offset(text, range.end).max(start);
        text.replace_range(start..end, &change.text);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::Source;

    fn at(line: u32, character: u32) -> lsp_types::Position {
        lsp_types::Position::new(line, character)
    }

    #[test]
    fn positions_beyond_a_line_are_its_end() {
        let text = "一𠮷x\r\n二";
        for (unit, before_x) in [(Unit::Byte, 7), (Unit::Utf16, 3), (Unit::Char, 2)] {
            assert_eq!(unit.offset(text, at(0, before_x)), "一𠮷".len());
            assert_eq!(unit.offset(text, at(0, 99)), "一𠮷x".len());
            assert_eq!(unit.offset(text, at(1, 99)), text.len());
            assert_eq!(unit.offset(text, at(9, 0)), text.len());
        }
        // Inside the surrogate pair: before it.
        assert_eq!(Unit::Utf16.offset(text, at(0, 2)), "一".len());
    }

    proptest! {
        #[test]
        fn positions_are_read_as_they_are_written(text in "[a一𠮷\n]{0,30}", n in 0usize..60) {
            let offset = (0..=n.min(text.len())).rev().find(|&i| text.is_char_boundary(i)).unwrap_or(0);
            for unit in [Unit::Byte, Unit::Utf16, Unit::Char] {
                let position = unit.position(Source::new("a", &*text).position(offset));
                prop_assert_eq!(unit.offset(&text, position), offset);
            }
        }

        #[test]
        fn a_change_replaces_its_range(text in "[a一𠮷\n]{0,30}", new in "[b二\n]{0,5}", i in 0usize..30, j in 0usize..30) {
            let ends: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
            let (i, j) = (ends[i % ends.len()], ends[j % ends.len()]);
            let (start, end) = (i.min(j), i.max(j));
            let source = Source::new("a", &*text);
            let range = Unit::Utf16.range(source.position(start), source.position(end));
            let mut changed = text.clone();
            let change = TextDocumentContentChangeEvent { range: Some(range), range_length: None, text: new.clone() };
            Unit::Utf16.apply(&mut changed, change);
            prop_assert_eq!(changed, format!("{}{new}{}", &text[..start], &text[end..]));
        }
    }
}
