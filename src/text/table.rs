//! Sorted strings in a block of bytes, read in place: offsets (unsigned 32-bit, little-endian), then the text.
//!
//! Damaged tables give empty strings, never a panic.

use std::ops::Range;

/// Where a table of strings stands in a block of bytes.
#[derive(Debug, Clone, Copy)]
pub struct Strings {
    /// Number of strings.
    pub count: usize,
    /// Byte at which the offsets stand: one for each string, and the end of the last.
    pub offsets: usize,
    /// Byte at which the text stands.
    pub text: usize,
}

impl Strings {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_found_by_what_they_are_and_begin_with() {
        let strings = ["中", "中国", "中国人", "国"];
        let mut bytes = Vec::new();
        let mut at = 0u32;
        for s in strings {
            bytes.extend(at.to_le_bytes());
            at += s.len() as u32;
        }
        bytes.extend(at.to_le_bytes());
        let table = Strings {
            count: 4,
            offsets: 0,
            text: bytes.len(),
        };
        bytes.extend(strings.concat().as_bytes());
        assert!(table.all(&bytes).eq(strings.iter().map(|s| s.as_bytes())));
        for (i, s) in strings.iter().enumerate() {
            assert_eq!(table.find(&bytes, s.as_bytes(), 0..4), Some(i));
        }
        assert_eq!(table.find(&bytes, "人".as_bytes(), 0..4), None);
        assert_eq!(table.beginning_with(&bytes, "中国".as_bytes(), 0..4), 1..3);
        assert_eq!(table.get(&bytes, 9), b"");
    }
}
