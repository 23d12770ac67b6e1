//! Character folding that keeps lengths in code points, so that offsets carry over.

/// The half-width form of a full-width letter, digit or ASCII sign (U+FF01–U+FF5E) and of the ideographic space;
/// any other character as it is.
pub const fn halfwidth(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => {
            // The block repeats ASCII at a fixed distance, so the result is always a character.
            match char::from_u32(c as u32 - 0xfee0) {
                Some(c) => c,
                None => c,
            }
        }
        '\u{3000}' => ' ',
        c => c,
    }
}

/// Whitespace runs become one space, the ends are trimmed: what two copies of a text must share to be the same text.
pub fn collapse_whitespace(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halfwidth_folds_letters_digits_and_signs() {
        let folded: String = "ＡＢｃ１２３，％　中".chars().map(halfwidth).collect();
        assert_eq!(folded, "ABc123,% 中");
    }

    #[test]
    fn collapse_whitespace_trims_and_joins() {
        assert_eq!(collapse_whitespace("  a\r\n b\u{3000}c "), "a b c");
    }
}
