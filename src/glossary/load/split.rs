//! Where a cell with several names is divided.

use std::collections::BTreeMap;
use std::ops::Range;

use memchr::memchr3;

/// Signs that people write between variants, and that names contain as well: 2/3 of 第2/3期, HIV/AIDS.
const DOUBTFUL: [char; 4] = [';', '/', '、', '\n'];

/// Where a cell with several names is divided.
#[derive(Debug, Default)]
pub(in crate::glossary) enum Split {
    /// At `|` and `;`, as the documentation of glossaries says.
    #[default]
    Usual,
    /// At `|` and at these signs.
    At(Vec<char>),
    /// At `|`. The other signs that were seen are noted.
    Undecided(BTreeMap<char, Doubt>),
}

/// A sign that may divide names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubt {
    /// The number of cells that contain it.
    pub cells: usize,
    /// The line of the first.
    pub line: usize,
    /// The first of them.
    pub example: String,
}

impl Split {
    /// The bytes of the first sign at which `text` is divided.
    pub fn find(&self, text: &str) -> Option<Range<usize>> {
        match self {
            Self::Usual => usual(text),
            Self::At(signs) => first(text, |c| c == '|' || signs.contains(&c)),
            Self::Undecided(_) => first(text, |c| c == '|'),
        }
    }

    /// Notes the signs of a cell that may divide names.
    pub fn note(&mut self, cell: &str, line: usize) {
        let Self::Undecided(doubts) = self else {
            return;
        };
        for sign in DOUBTFUL
            .into_iter()
            .filter(|&sign| first(cell, |c| c == sign).is_some())
        {
            let doubt = doubts.entry(sign).or_insert_with(|| Doubt {
                cells: 0,
                line,
                example: cell.to_owned(),
            });
            doubt.cells += 1;
        }
    }
}

/// The first character that is `wanted` when written half-width.
fn first(text: &str, wanted: impl Fn(char) -> bool) -> Option<Range<usize>> {
    let half = |c| match c {
        '｜' => '|',
        '；' => ';',
        '／' => '/',
        '\r' => '\n',
        c => c,
    };
    let (at, sign) = text.char_indices().find(|&(_, c)| wanted(half(c)))?;
    Some(at..at + sign.len_utf8())
}

/// The bytes of the first of the signs `|`, `;`, `｜` and `；`.
fn usual(text: &str) -> Option<Range<usize>> {
    let mut from = 0;
    loop {
        // The full-width ones have three bytes, of which this is the first.
        let at = from + memchr3(b'|', b';', 0xef, &text.as_bytes()[from..])?;
        match text[at..].chars().next()? {
            '|' | ';' => return Some(at..at + 1),
            '｜' | '；' => return Some(at..at + 3),
            other => from = at + other.len_utf8(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_are_found_half_and_full_width() {
        let split = Split::At(vec![';']);
        assert_eq!(split.find("口罩；面罩"), Some(6..9));
        assert_eq!(split.find("HIV/AIDS"), None);
        assert_eq!(Split::Usual.find("a｜b"), Some(1..4));
    }

    #[test]
    fn doubtful_signs_are_counted_and_never_divide() {
        let mut split = Split::Undecided(BTreeMap::new());
        split.note("masks; face masks", 2);
        split.note("HIV/AIDS；艾滋病", 3);
        assert_eq!(split.find("masks; face masks"), None);
        let Split::Undecided(doubts) = split else {
            unreachable!()
        };
        let counts: Vec<(char, usize, usize)> = doubts.iter().map(|(&c, d)| (c, d.cells, d.line)).collect();
        assert_eq!(counts, [('/', 1, 3), (';', 2, 2)]);
    }
}
