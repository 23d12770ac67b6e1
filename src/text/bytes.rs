//! Which bytes a text has: what a rule asks before it looks closer.

/// The set of the bytes of a text. A sign beyond ASCII is told by its first byte in UTF-8.
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

/// The capital letters of ASCII.
pub const CAPITALS: ByteSet = ByteSet::list(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_has_its_bytes_and_no_others() {
        let set = ByteSet::of("Zürich（苏黎世）");
        assert!(set.has_any(CAPITALS));
        assert!(set.has_any(ByteSet::list("（".as_bytes())));
        assert!(!set.has_any(ByteSet::list(b"({%0")));
        assert!(!ByteSet::of("").has_any(set));
    }
}
