//! Which script a character belongs to, as far as Chinese–English texts need it.

use std::ops::AddAssign;

use super::Side;

/// A Han ideograph: the unified blocks, their extensions and compatibility forms, and `々` and `〇`.
pub const fn is_han(c: char) -> bool {
    matches!(c,
        '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}' | '々' | '〇')
}

/// Whether a Han ideograph of the main block, U+4E00 to U+9FFF, begins at byte `at` of a text in UTF-8. It has three bytes.
#[inline]
pub fn leads_han(text: &[u8], at: usize) -> bool {
    match text.get(at) {
        Some(0xe5..=0xe9) => true,
        Some(0xe4) => text.get(at + 1).is_some_and(|&second| second >= 0xb8),
        _ => false,
    }
}

/// Punctuation of Chinese typesetting: CJK symbols, full-width forms that are not letters or digits, and the quotes,
/// dashes, ellipses and middle dots that Chinese shares with Latin fonts.
pub const fn is_cjk_punctuation(c: char) -> bool {
    matches!(c,
        '\u{3000}'..='\u{3004}' | '\u{3008}'..='\u{3020}' | '\u{3030}' | '\u{fe10}'..='\u{fe1f}' | '\u{fe30}'..='\u{fe4f}'
        | '\u{ff01}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}' | '\u{ff3b}'..='\u{ff40}' | '\u{ff5b}'..='\u{ff65}'
        | '\u{2014}' | '\u{2015}' | '\u{2018}' | '\u{2019}' | '\u{201c}' | '\u{201d}' | '\u{2026}' | '\u{00b7}' | '\u{2022}')
}

/// Punctuation that only Chinese (or Japanese) typesetting uses: never right inside English prose.
pub const fn is_fullwidth_punctuation(c: char) -> bool {
    matches!(c,
        '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}' | '\u{3014}'..='\u{301b}'
        | '\u{ff01}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}' | '\u{ff3b}'..='\u{ff40}' | '\u{ff5b}'..='\u{ff5e}')
}

/// A letter of the Latin script (ASCII, Latin-1, the extensions, full-width letters).
pub fn is_latin(c: char) -> bool {
    c.is_ascii_alphabetic()
        || (matches!(c, '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' | '\u{ff21}'..='\u{ff3a}' | '\u{ff41}'..='\u{ff5a}')
            && c.is_alphabetic())
}

/// How much of a text is in either script.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ScriptCount {
    /// Han ideographs.
    pub han: usize,
    /// Latin letters.
    pub latin: usize,
}

impl AddAssign for ScriptCount {
    fn add_assign(&mut self, other: Self) {
        self.han += other.han;
        self.latin += other.latin;
    }
}

impl ScriptCount {
    /// Counts the letters of several texts.
    pub fn of_all<'a>(texts: impl IntoIterator<Item = &'a str>) -> Self {
        let mut sum = Self::default();
        for text in texts {
            sum += Self::of(text);
        }
        sum
    }

    /// Counts the letters of `text`.
    pub fn of(text: &str) -> Self {
        let bytes = text.as_bytes();
        let (mut n, mut at) = (Self::default(), 0);
        if bytes.is_ascii() {
            // Counts that fit into bytes are summed many at a time.
            let letters = |part: &[u8]| part.iter().map(|b| u8::from(b.is_ascii_alphabetic())).sum::<u8>();
            n.latin = bytes
                .chunks(usize::from(u8::MAX))
                .map(|part| usize::from(letters(part)))
                .sum();
            return n;
        }
        while let Some(&b) = bytes.get(at) {
            if b.is_ascii() {
                n.latin += usize::from(b.is_ascii_alphabetic());
                at += 1;
            } else if leads_han(bytes, at) {
                n.han += 1;
                at += 3;
            } else {
                let c = text[at..].chars().next().unwrap_or_default();
                n.han += usize::from(is_han(c));
                n.latin += usize::from(is_latin(c));
                at += c.len_utf8();
            }
        }
        n
    }

    /// The language that the text is written in: one Han character weighs as much as five Latin letters (about a word).
    /// `None` where there are no letters at all.
    pub fn side(self) -> Option<Side> {
        if self.han == 0 && self.latin == 0 {
            None
        } else if self.han * 5 > self.latin {
            Some(Side::Zh)
        } else {
            Some(Side::En)
        }
    }
}

/// The language that `text` is written in, `None` where it has no letters.
pub fn side_of(text: &str) -> Option<Side> {
    ScriptCount::of(text).side()
}

/// Length as word processors count Chinese: one for each Han character and Chinese sign, one for each run of other
/// characters without a space. Of an English text, the number of words.
pub fn length(text: &str) -> usize {
    let (mut n, mut in_run) = (0, false);
    for c in text.chars() {
        let single =
            is_han(c) || is_cjk_punctuation(c) || matches!(c, '\u{ff10}'..='\u{ff19}' | '\u{ff21}'..='\u{ff5a}');
        let run = !single && !c.is_whitespace();
        n += usize::from(single || (run && !in_run));
        in_run = run;
    }
    n
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn side_weighs_a_han_character_as_a_word() {
        assert_eq!(side_of("稳态强磁场实验装置（SHMFF）"), Some(Side::Zh));
        assert_eq!(side_of("Steady High Magnetic Field Facility"), Some(Side::En));
        assert_eq!(side_of("The Fendouzhe (奋斗者) submersible"), Some(Side::En));
        assert_eq!(side_of("2026 – 2030"), None);
    }

    #[test]
    fn bytes_lead_the_han_characters_of_the_main_block() {
        for c in '\u{0}'..=char::MAX {
            let leads = leads_han(c.encode_utf8(&mut [0; 4]).as_bytes(), 0);
            assert_eq!(leads, ('\u{4e00}'..='\u{9fff}').contains(&c), "{c}");
        }
    }

    #[test]
    fn length_counts_as_word_processors_do() {
        assert_eq!(length("2024年11月，COVID-19 与 FAST。"), 9);
        assert_eq!(length("——"), 2);
        assert_eq!(length("  "), 0);
    }
}
