//! What stands before a look-up in a table: most words and characters of a text are in none, and a few bits tell.

/// Lets through every word that was put in and few others. Compares lengths and the first, second and last letters,
/// whatever their case.
pub struct WordFilter([[u64; Self::LENGTHS]; 32]);

impl WordFilter {
    /// Words of this length and longer ones are not told apart by their length.
    const LENGTHS: usize = 16;

    /// Lets nothing through.
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
        // The lower five bits of a letter are its number in the alphabet; what is no letter passes for one.
        let bits = 1 << (second & 31) | 1 << (32 + (word[last] & 31));
        ((word[0] & 31) as usize, length, bits)
    }

    /// Puts a word in.
    pub const fn insert(&mut self, word: &[u8]) {
        if !word.is_empty() {
            let (first, length, bits) = Self::place(word);
            self.0[first][length] |= bits;
        }
    }

    /// Whether `word` may be one of those put in.
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

const FIRST: char = '\u{4e00}';
const LAST: char = '\u{9fff}';

/// A set of characters of the block of CJK Unified Ideographs, a bit for each.
pub struct HanSet([u64; (LAST as usize + 1 - FIRST as usize) / 64]);

impl HanSet {
    const EMPTY: Self = Self([0; (LAST as usize + 1 - FIRST as usize) / 64]);

    /// The number of `c` in the block; too large for one outside of it.
    const fn place(c: char) -> usize {
        (c as usize).wrapping_sub(FIRST as usize)
    }

    /// The block whose characters a set can hold.
    pub fn block() -> impl Iterator<Item = char> {
        FIRST..=LAST
    }

    /// Whether `c` is in the set; never one outside the block.
    #[inline]
    pub const fn has(&self, c: char) -> bool {
        let at = Self::place(c);
        at < self.0.len() * 64 && self.0[at / 64] >> (at % 64) & 1 == 1
    }

    /// Whether `c` is in the set, or outside the block so that the set does not tell.
    #[inline]
    pub const fn may_have(&self, c: char) -> bool {
        let at = Self::place(c);
        at >= self.0.len() * 64 || self.0[at / 64] >> (at % 64) & 1 == 1
    }
}

impl FromIterator<char> for HanSet {
    /// The characters of the block among `chars`.
    fn from_iter<I: IntoIterator<Item = char>>(chars: I) -> Self {
        let mut set = Self::EMPTY;
        for c in chars.into_iter().filter(|c| (FIRST..=LAST).contains(c)) {
            let at = Self::place(c);
            set.0[at / 64] |= 1 << (at % 64);
        }
        set
    }
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
    fn a_set_has_its_characters_only() {
        let set: HanSet = "一年鿿%〇".chars().collect();
        assert_eq!(HanSet::block().filter(|&c| set.has(c)).collect::<String>(), "一年鿿");
        assert!(!set.has('%') && set.may_have('%') && !set.may_have('二'));
    }

    #[test]
    fn lower_case_is_for_words_that_fit() {
        let mut buffer = [0; 4];
        assert_eq!(lower(b"TeN", &mut buffer), Some(&b"ten"[..]));
        assert_eq!(lower(b"seven", &mut buffer), None);
    }
}
