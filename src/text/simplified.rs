//! The simplified form of traditional characters, so that names and words are found in either script.
//!
//! One character for one, so that offsets in code points and, in the blocks that the table covers, in bytes carry over.
//! `glossary/characters/README.md` says where the table is from.

use std::borrow::Cow;

static BYTES: &[u8] = include_bytes!("../../glossary/characters/opencc.t2s");

/// Where the numbers of the table begin: behind the header of a file with one section.
const START: usize = 20;

/// The characters that the table covers.
const FIRST: char = '\u{4e00}';
const LAST: char = '\u{9fff}';

/// The simplified form of a character; the character itself if it has no other.
#[inline]
pub fn simplified(c: char) -> char {
    if !(FIRST..=LAST).contains(&c) {
        return c;
    }
    let at = START + 4 * (c as usize - FIRST as usize);
    let code = BYTES.get(at..at + 4).and_then(|bytes| bytes.try_into().ok());
    code.and_then(|code| char::from_u32(u32::from_le_bytes(code)))
        .unwrap_or(c)
}

/// Whether a text has a traditional character.
pub fn is_traditional(text: &str) -> bool {
    text.chars().any(|c| simplified(c) != c)
}

/// The text with the simplified form of each character. Bytes of the result are bytes of the text.
pub fn to_simplified(text: &str) -> Cow<'_, str> {
    if is_traditional(text) {
        Cow::Owned(text.chars().map(simplified).collect())
    } else {
        Cow::Borrowed(text)
    }
}

/// The traditional characters of the table, each with its simplified form.
pub fn traditional() -> impl Iterator<Item = (char, char)> {
    (FIRST..=LAST).map(|c| (c, simplified(c))).filter(|(c, form)| c != form)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::table::sections;

    #[test]
    fn the_table_is_a_file_with_one_section_that_covers_the_block() {
        let [section] = sections(BYTES, b"T2S1").expect("a file of tables");
        assert_eq!(
            (section.start, section.count()),
            (START, LAST as usize - FIRST as usize + 1)
        );
    }

    #[test]
    fn each_character_has_one_form_of_the_same_length() {
        assert_eq!(to_simplified("中國科學院、臺灣、乾隆"), "中国科学院、台湾、干隆");
        assert!(matches!(to_simplified("中国科学院 CAS"), Cow::Borrowed(_)));
        for (c, form) in traditional() {
            assert_eq!(c.len_utf8(), form.len_utf8(), "{c}");
        }
    }
}
