//! The meanings of words as directions: words that are used alike point the same way, whichever language they are of.
//!
//! A lexicon links words that translate each other. In a free translation most do not, and yet both sides speak of the same:
//! 医生 (doctor) and “nurse” have no link, but their directions are nearer than those of words picked at random. One word says
//! little, a sentence of them more. `glossary/meanings/README.md` says where the directions come from.

use crate::text::table::{Section, sections};

/// How many numbers a direction has.
pub(super) const DIMENSIONS: usize = 32;
/// Bytes of a word in the table: two numbers a byte, then the scale.
const ROW: usize = DIMENSIONS / 2 + 1;
/// What the numbers of a word, −7 to 7 times its scale, are divided by.
const FULL: f32 = 7.0;
/// The step of the largest scale, and how many steps double a scale.
const LAST_STEP: f32 = 255.0;
const STEPS: f32 = 16.0;

/// A direction, or a sum of directions.
pub(super) type Direction = [f32; DIMENSIONS];

/// The directions of the words and stems of the lexicon in the binary. Common words are short vectors, rare words long ones.
#[derive(Debug, Clone, Copy)]
pub(super) struct Meanings {
    bytes: &'static [u8],
    words: Section,
    stems: Section,
}

impl Meanings {
    /// The table in the binary.
    ///
    /// # Panics
    /// Never: a test reads the table.
    pub fn embedded() -> Self {
        let bytes = include_bytes!("../../glossary/meanings/words.dir").as_slice();
        let [_, words, stems] = sections(bytes, b"DIR1").expect("internal error: the embedded directions are damaged");
        Self { bytes, words, stems }
    }

    /// Adds the direction of the Chinese word with this number in the lexicon to a sum.
    pub fn add_word(self, word: u32, sum: &mut Direction) {
        self.add(self.words, word, sum);
    }

    /// Adds the direction of the English stem with this number in the lexicon to a sum.
    pub fn add_stem(self, stem: u32, sum: &mut Direction) {
        self.add(self.stems, stem, sum);
    }

    fn add(self, section: Section, row: u32, sum: &mut Direction) {
        let start = row as usize * ROW;
        let list = &self.bytes[section.start..section.start + section.len];
        let Some((numbers, &[step])) = list
            .get(start..start + ROW)
            .and_then(|row| row.split_at_checked(ROW - 1))
        else {
            return;
        };
        let scale = ((f32::from(step) - LAST_STEP) / STEPS).exp2() / FULL;
        for (pair, &packed) in sum.chunks_exact_mut(2).zip(numbers) {
            // Four bits are −7 to 7, plus 8.
            for (sum, four) in pair.iter_mut().zip([packed & 15, packed >> 4]) {
                *sum += (f32::from(four) - 8.0) * scale;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use sha2::{Digest, Sha256};

    use super::*;
    use crate::align::Lexicon;

    /// The cosine of the directions of a Chinese word and an English stem.
    fn likeness(zh: &str, en: &str) -> f32 {
        let lexicon = Lexicon::embedded();
        let (mut a, mut b) = ([0.0; DIMENSIONS], [0.0; DIMENSIONS]);
        let mut word = None;
        lexicon.prefixes(zh, |_, number| word = Some(number));
        Meanings::embedded().add_word(word.unwrap(), &mut a);
        Meanings::embedded().add_stem(lexicon.stem(en).unwrap(), &mut b);
        let dot = |a: &Direction, b: &Direction| a.iter().zip(b).map(|(a, b)| a * b).sum::<f32>();
        dot(&a, &b) / (dot(&a, &a) * dot(&b, &b)).sqrt()
    }

    #[test]
    fn words_that_are_used_alike_point_the_same_way() {
        for (zh, alike, other) in [
            ("医生", "nurs", "bridg"),
            ("士兵", "armi", "flower"),
            ("面包", "cake", "soldier"),
        ] {
            assert!(likeness(zh, alike) > likeness(zh, other) + 0.2, "{zh}");
        }
    }

    #[test]
    fn the_table_is_that_of_the_lexicon() {
        let table = Meanings::embedded();
        let [digest, words, stems] = sections(table.bytes, b"DIR1").unwrap();
        let lexicon = include_bytes!("../../glossary/lexicon/cedict.lex");
        assert_eq!(
            table.bytes[digest.start..digest.start + digest.len],
            Sha256::digest(lexicon)[..],
            "build glossary/meanings/words.dir again"
        );
        assert_eq!(words.len, Lexicon::embedded().words() * ROW);
        assert_eq!(stems.len % ROW, 0);
    }
}
