//! Files of tables, read in place so that loading costs nothing. `glossary/tables.py` describes the layout and writes them.
//!
//! A file is checked when it is opened; a table that is damaged inside gives empty strings, never a panic.

use std::ops::Range;

/// The first bytes of a file of tables: a name and the version of the layout.
const MAGIC: &[u8; 8] = b"bilintT1";

/// Why a file has no tables that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TableError {
    /// It is no file of tables, or one of another kind.
    Kind,
    /// Its length or the number of its sections is not what its header says.
    Length,
}

/// The place of a section in the bytes of a file of tables.
#[derive(Debug, Clone, Copy)]
pub struct Section {
    /// Its first byte.
    pub start: usize,
    /// Its length in bytes.
    pub len: usize,
}

impl Section {
    /// How many numbers it has, if it is a list of numbers.
    pub const fn count(self) -> usize {
        self.len / 4
    }

    /// The number with this index, if it is a list of numbers.
    #[inline]
    pub fn number(self, bytes: &[u8], i: usize) -> Option<usize> {
        number(bytes, self.start + 4 * i).filter(|_| i < self.count())
    }

    /// The numbers with these indexes, each as its bytes, if it is a list of numbers. Empty where one is not in the list.
    #[inline]
    pub fn numbers(self, bytes: &[u8], within: Range<usize>) -> &[[u8; 4]] {
        let list = bytes.get(self.start..self.start + self.len).unwrap_or_default();
        list.as_chunks().0.get(within).unwrap_or_default()
    }
}

/// The sections of a file of tables of this kind.
///
/// # Errors
/// The file is of another kind, or its length or the number of its sections is not as its header says.
pub fn sections<const N: usize>(bytes: &[u8], kind: &[u8; 4]) -> Result<[Section; N], TableError> {
    const HEADER: usize = MAGIC.len() + 4;
    if !bytes.starts_with(MAGIC) || bytes.get(MAGIC.len()..HEADER) != Some(kind) {
        return Err(TableError::Kind);
    }
    if number(bytes, HEADER) != Some(N) {
        return Err(TableError::Length);
    }
    let mut start = HEADER + 4 * (N + 1);
    let mut out = [Section { start, len: 0 }; N];
    for (i, section) in out.iter_mut().enumerate() {
        let len = number(bytes, HEADER + 4 * (i + 1)).ok_or(TableError::Length)?;
        *section = Section { start, len };
        start = start.saturating_add(len.next_multiple_of(4));
    }
    if start == bytes.len() {
        Ok(out)
    } else {
        Err(TableError::Length)
    }
}

/// The place of a list of strings, in ascending order of their bytes.
#[derive(Debug, Clone, Copy)]
pub struct Strings {
    /// Number of strings.
    pub count: usize,
    /// Byte at which the offsets begin: one for each string, and the end of the last.
    pub offsets: usize,
    /// Byte at which the text begins.
    pub text: usize,
}

impl Strings {
    /// The strings of these two sections.
    pub const fn new(offsets: Section, text: Section) -> Self {
        Self {
            count: offsets.count().saturating_sub(1),
            offsets: offsets.start,
            text: text.start,
        }
    }

    /// The string with this number.
    pub fn get(self, bytes: &[u8], i: usize) -> &[u8] {
        let from = number(bytes, self.offsets + 4 * i).unwrap_or(0);
        let to = number(bytes, self.offsets + 4 * (i + 1)).unwrap_or(0);
        bytes
            .get(self.text.saturating_add(from)..self.text.saturating_add(to))
            .unwrap_or_default()
    }

    /// All strings in order.
    pub fn all(self, bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
        let offsets = bytes
            .get(self.offsets..self.offsets + 4 * (self.count + 1))
            .unwrap_or_default();
        let mut offsets = offsets.chunks_exact(4).filter_map(|four| number(four, 0));
        let text = bytes.get(self.text..).unwrap_or_default();
        let mut from = offsets.next().unwrap_or(0);
        offsets.map(move |to| text.get(std::mem::replace(&mut from, to)..to).unwrap_or_default())
    }

    /// The number of a string, where it is one of those in `within`.
    pub fn find(self, bytes: &[u8], string: &[u8], within: Range<usize>) -> Option<usize> {
        let end = within.end;
        let i = self.partition(bytes, within, |s| s < string);
        (i < end && self.get(bytes, i) == string).then_some(i)
    }

    /// The strings of `within`, all of which begin alike, that begin with `prefix`.
    pub fn beginning_with(self, bytes: &[u8], prefix: &[u8], within: Range<usize>) -> Range<usize> {
        let start = self.partition(bytes, within.clone(), |s| s < prefix);
        let end = self.partition(bytes, start..within.end, |s| s.starts_with(prefix));
        start..end
    }

    /// The first string of `within` for which `before` does not hold.
    fn partition(self, bytes: &[u8], within: Range<usize>, before: impl Fn(&[u8]) -> bool) -> usize {
        let (mut from, mut to) = (within.start, within.end);
        while from < to {
            let middle = usize::midpoint(from, to);
            if before(self.get(bytes, middle)) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        from
    }
}

/// The number at byte `at`.
pub fn number(bytes: &[u8], at: usize) -> Option<usize> {
    let four = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_le_bytes([four[0], four[1], four[2], four[3]]) as usize)
}

/// A file of tables of this kind: strings, in two sections (see [`Strings::new`]), and lists of numbers, one in each further
/// section.
#[cfg(test)]
pub(crate) fn write(kind: [u8; 4], strings: &[impl AsRef<str>], lists: &[&[u32]]) -> Vec<u8> {
    let mut offsets = vec![0];
    let mut text = Vec::new();
    for string in strings {
        text.extend(string.as_ref().as_bytes());
        offsets.push(text.len() as u32);
    }
    let bytes_of = |numbers: &[u32]| -> Vec<u8> { numbers.iter().flat_map(|n| n.to_le_bytes()).collect() };
    let mut sections = vec![bytes_of(&offsets), text];
    sections.extend(lists.iter().map(|numbers| bytes_of(numbers)));
    let mut out = [MAGIC.as_slice(), &kind].concat();
    out.extend((sections.len() as u32).to_le_bytes());
    out.extend(sections.iter().flat_map(|s| (s.len() as u32).to_le_bytes()));
    for section in &sections {
        out.extend(section);
        out.resize(out.len().next_multiple_of(4), 0);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn example(strings: &[&str]) -> Vec<u8> {
        write(*b"TEST", strings, &[])
    }

    #[test]
    fn files_of_another_kind_or_length_are_refused() {
        let bytes = example(&["中", "中国"]);
        let read = |bytes: &[u8], kind| sections::<2>(bytes, kind).map(|_| ());
        assert_eq!(read(&bytes, b"TEST"), Ok(()));
        assert_eq!(read(&bytes, b"LEX2"), Err(TableError::Kind));
        assert_eq!(read(b"bilint", b"TEST"), Err(TableError::Kind));
        assert_eq!(sections::<3>(&bytes, b"TEST").unwrap_err(), TableError::Length);
        for len in 12..bytes.len() {
            assert_eq!(read(&bytes[..len], b"TEST"), Err(TableError::Length));
        }
    }

    #[test]
    fn strings_are_found_by_what_they_are_and_begin_with() {
        let strings = ["中", "中国", "中国人", "国"];
        let bytes = example(&strings);
        let [offsets, text] = sections(&bytes, b"TEST").unwrap();
        let table = Strings::new(offsets, text);
        assert_eq!((table.count, offsets.number(&bytes, 1)), (4, Some(3)));
        assert_eq!(offsets.number(&bytes, 5), None);
        assert_eq!(offsets.numbers(&bytes, 1..3), [3u32.to_le_bytes(), 9u32.to_le_bytes()]);
        assert!(offsets.numbers(&bytes, 3..6).is_empty());
        assert!(table.all(&bytes).eq(strings.iter().map(|s| s.as_bytes())));
        for (i, s) in strings.iter().enumerate() {
            assert_eq!(table.find(&bytes, s.as_bytes(), 0..4), Some(i));
        }
        assert_eq!(table.find(&bytes, "人".as_bytes(), 0..4), None);
        assert_eq!(table.beginning_with(&bytes, "中国".as_bytes(), 0..4), 1..3);
        assert_eq!(table.get(&bytes, 9), b"");
    }
}
