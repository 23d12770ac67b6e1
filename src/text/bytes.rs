//! Which bytes a text has: what a rule asks before it looks closer.

use memchr::{memchr, memchr3};

/// The set of the bytes of a text. A character beyond ASCII is represented by its first byte in UTF-8.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ByteSet([u64; 4]);

impl ByteSet {
    /// The bytes of `text`.
    pub fn of(text: &str) -> Self {
        let mut set = [0; 4];
        for b in text.bytes() {
            set[usize::from(b >> 6)] |= 1 << (b & 63);
        }
        Self(set)
    }

    /// The bytes of the list.
    pub const fn list(bytes: &[u8]) -> Self {
        let mut set = [0; 4];
        let mut i = 0;
        while i < bytes.len() {
            set[(bytes[i] >> 6) as usize] |= 1 << (bytes[i] & 63);
            i += 1;
        }
        Self(set)
    }

    /// Whether the two sets have a byte in common.
    pub const fn has_any(self, other: Self) -> bool {
        let (a, b) = (self.0, other.0);
        a[0] & b[0] | a[1] & b[1] | a[2] & b[2] | a[3] & b[3] != 0
    }
}

/// Finds the next of any of four bytes, for readers that go from left to right.
#[derive(Debug, Clone)]
pub struct Stops<'t> {
    text: &'t [u8],
    bytes: [u8; 4],
    /// The next of the first three, and the next of the last.
    next: [Option<usize>; 2],
}

impl<'t> Stops<'t> {
    /// The places of `bytes` in `text`.
    pub fn new(text: &'t str, bytes: [u8; 4]) -> Self {
        let mut this = Self {
            text: text.as_bytes(),
            bytes,
            next: [None; 2],
        };
        this.next = [this.three(0), this.one(0)];
        this
    }

    /// The first place at `from` or after it, which is never less than in the call before.
    pub fn next(&mut self, from: usize) -> Option<usize> {
        if self.next[0].is_some_and(|at| at < from) {
            self.next[0] = self.three(from);
        }
        if self.next[1].is_some_and(|at| at < from) {
            self.next[1] = self.one(from);
        }
        self.next.into_iter().flatten().min()
    }

    fn three(&self, from: usize) -> Option<usize> {
        let [a, b, c, _] = self.bytes;
        memchr3(a, b, c, self.text.get(from..)?).map(|at| from + at)
    }

    fn one(&self, from: usize) -> Option<usize> {
        memchr(self.bytes[3], self.text.get(from..)?).map(|at| from + at)
    }
}

/// The capital letters of ASCII.
pub const CAPITALS: ByteSet = ByteSet::list(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stops_come_in_order() {
        let mut stops = Stops::new("a: 5 < 6%, {b}: c", *b"<{%:");
        let mut found = Vec::new();
        let mut from = 0;
        while let Some(at) = stops.next(from) {
            found.push(at);
            from = at + 1;
        }
        assert_eq!(found, [1, 5, 8, 11, 14]);
        assert_eq!(Stops::new("none", *b"<{%:").next(0), None);
    }

    #[test]
    fn a_text_has_its_bytes_and_no_others() {
        let set = ByteSet::of("Zürich（苏黎世）");
        assert!(set.has_any(CAPITALS));
        assert!(set.has_any(ByteSet::list("（".as_bytes())));
        assert!(!set.has_any(ByteSet::list(b"({%0")));
        assert!(!ByteSet::of("").has_any(set));
    }
}
