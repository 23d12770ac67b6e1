//! How many characters there are between two places of a text, which may be one long line with thousands of findings.

use std::sync::OnceLock;

/// Characters between two places.
#[derive(Debug, Clone, Copy, Default)]
pub struct Count {
    /// All characters.
    pub chars: usize,
    /// Those of four bytes.
    pub long: usize,
}

impl Count {
    /// Those of a piece that need not begin or end between characters.
    fn of(bytes: &[u8]) -> Self {
        // In bytes by the piece, which runs on many at a time.
        let pieces = || bytes.chunks(usize::from(u8::MAX));
        let sum = |is: fn(u8) -> bool| {
            let counts = pieces().map(|piece| piece.iter().map(|&b| u8::from(is(b))).sum::<u8>());
            counts.map(usize::from).sum()
        };
        Self {
            chars: sum(|b| b & 0xc0 != 0x80),
            long: sum(|b| b >= 0xf0),
        }
    }

    const fn plus(self, other: Self) -> Self {
        Self {
            chars: self.chars + other.chars,
            long: self.long + other.long,
        }
    }
}

/// Bytes between two places up to which the characters are counted beforehand.
const COUNTED: usize = 4096;

/// The characters of one text up to every four kilobytes, counted when they are first needed.
#[derive(Debug, Default)]
pub struct CharCounts(OnceLock<Vec<Count>>);

impl CharCounts {
    /// The characters between two byte offsets of `text`, which must be the same text at every call.
    pub fn between(&self, text: &str, from: usize, to: usize) -> Count {
        let bytes = text.as_bytes();
        if to - from <= 2 * COUNTED {
            return Count::of(&bytes[from..to]);
        }
        let counts = self.0.get_or_init(|| {
            let pieces = bytes.chunks(COUNTED).scan(Count::default(), |before, piece| {
                let count = *before;
                *before = count.plus(Count::of(piece));
                Some(count)
            });
            pieces.collect()
        });
        let up_to = |offset: usize| {
            let piece = (offset / COUNTED).min(counts.len() - 1);
            counts[piece].plus(Count::of(&bytes[piece * COUNTED..offset]))
        };
        let (before, all) = (up_to(from), up_to(to));
        Count {
            chars: all.chars - before.chars,
            long: all.long - before.long,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn far_places_are_counted_as_near_ones() {
        let text = "a中𠮷é".repeat(3000);
        let counts = CharCounts::default();
        for (from, to) in [(0, text.len()), (10, 9010), (4, 11)] {
            let piece = &text[from..to];
            let count = counts.between(&text, from, to);
            assert_eq!(count.chars, piece.chars().count());
            assert_eq!(count.long, piece.chars().filter(|c| c.len_utf8() == 4).count());
        }
    }
}
