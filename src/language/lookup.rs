//! A filter before a look-up in a table of words: most words of a text are in no table, and a few bits show that.

/// A set of words that may report a few others as its own. Compares lengths and the first, second and last letters,
/// whatever their case.
pub struct WordFilter([[u64; Self::LENGTHS]; 32]);

impl WordFilter {
    /// Words of this length and longer ones count as equally long.
    const LENGTHS: usize = 16;

    /// The empty set.
    pub const fn new() -> Self {
        Self([[0; Self::LENGTHS]; 32])
    }

    /// The row of words with the first letter and the length of this one (not empty), and the bits of its other letters:
    /// the second letter in the lower half, the last in the upper.
    #[inline]
    const fn place(word: &[u8]) -> (usize, usize, u64) {
        let last = word.len() - 1;
        let length = if last < Self::LENGTHS { last } else { Self::LENGTHS - 1 };
        let second = word[if last > 0 { 1 } else { 0 }];
        // The lower five bits of a letter are its number in the alphabet; other bytes count as some letter.
        let bits = 1 << (second & 31) | 1 << (32 + (word[last] & 31));
        ((word[0] & 31) as usize, length, bits)
    }

    /// Adds a word.
    pub const fn insert(&mut self, word: &[u8]) {
        if !word.is_empty() {
            let (first, length, bits) = Self::place(word);
            self.0[first][length] |= bits;
        }
    }

    /// Whether `word` may be one of the set.
    #[inline]
    pub const fn may_have(&self, word: &[u8]) -> bool {
        if word.is_empty() {
            return false;
        }
        let (first, length, bits) = Self::place(word);
        self.0[first][length] & bits == bits
    }
}

/// `word` with its ASCII letters in lower case, in `buffer`; `None` if it is longer than that.
pub fn lower<'b>(word: &[u8], buffer: &'b mut [u8]) -> Option<&'b [u8]> {
    let lower = buffer.get_mut(..word.len())?;
    for (small, b) in lower.iter_mut().zip(word) {
        *small = b.to_ascii_lowercase();
    }
    Some(lower)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_passes_its_words_in_any_case_and_few_others() {
        let mut filter = WordFilter::new();
        for word in ["ten", "kilometres per hour", "µm", "m"] {
            filter.insert(word.as_bytes());
        }
        for word in ["ten", "TEN", "Kilometres per hour", "µm", "m"] {
            assert!(filter.may_have(word.as_bytes()), "{word}");
        }
        for word in ["", "the", "tens", "tan", "ted", "g", "kilometres per day"] {
            assert!(!filter.may_have(word.as_bytes()), "{word}");
        }
    }

    #[test]
    fn lower_case_is_for_words_that_fit() {
        let mut buffer = [0; 4];
        assert_eq!(lower(b"TeN", &mut buffer), Some(&b"ten"[..]));
        assert_eq!(lower(b"seven", &mut buffer), None);
    }
}
