//! Breaking long remarks into lines of a given width.

use unicode_width::UnicodeWidthChar;

/// Splits `text` into lines: the first of at most `first` cells, the others of at most `rest`. Lines break at spaces
/// and next to Han characters, but never before a closing or after an opening mark; a run that is wider than a line
/// breaks anywhere.
pub fn wrap(text: &str, first: usize, rest: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let (mut used, mut width) = (0, first);
    for piece in pieces(text) {
        let cells = width_of(piece.trim_end_matches(' '));
        let fits_below = used > 0 || (lines.len() == 1 && cells <= rest);
        if used + cells > width && fits_below {
            lines.push(String::new());
            (used, width) = (0, rest);
        }
        for c in piece.chars() {
            let cell = c.width().unwrap_or(0);
            if c != ' ' && used + cell > width {
                lines.push(String::new());
                (used, width) = (0, rest);
            }
            if let Some(line) = lines.last_mut().filter(|_| used > 0 || c != ' ') {
                line.push(c);
                used += cell;
            }
        }
    }
    for line in &mut lines {
        line.truncate(line.trim_end_matches(' ').len());
    }
    lines
}

/// The parts of `text` between which a line may break, each with the spaces behind it. A quoted Chinese name is one
/// part.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut before = None;
    let mut is_quoted = false;
    for (at, c) in text.char_indices() {
        if before.is_some_and(|b| is_after_space(b, c) || (!is_quoted && is_beside_han(b, c))) {
            pieces.push(&text[start..at]);
            start = at;
        }
        is_quoted = c == '“' || (is_quoted && c != '”');
        before = Some(c);
    }
    pieces.push(&text[start..]);
    pieces
}

fn is_after_space(before: char, after: char) -> bool {
    before == ' ' && after != ' '
}

fn is_beside_han(before: char, after: char) -> bool {
    const OPENING: &str = "（《〈「『【〔“‘([{";
    const CLOSING: &str = " ）》〉」』】〕”’)]}、。，；：？！…—～·%％,.;:?!";
    let wide = |c: char| c.width() == Some(2);
    (wide(before) || wide(after)) && !OPENING.contains(before) && !CLOSING.contains(after)
}

fn width_of(text: &str) -> usize {
    text.chars().filter_map(UnicodeWidthChar::width).sum()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn breaks_at_spaces_and_inside_what_is_too_wide() {
        assert_eq!(wrap("one two three", 7, 7), ["one two", "three"]);
        assert_eq!(wrap("abcdefghij k", 7, 7), ["abcdefg", "hij k"]);
        assert_eq!(wrap("", 7, 7), [""]);
    }

    #[test]
    fn the_first_line_may_be_shorter() {
        assert_eq!(wrap("one two three", 4, 9), ["one", "two three"]);
        assert_eq!(wrap("three two", 4, 9), ["", "three two"]);
    }

    #[test]
    fn breaks_between_han_characters_but_not_before_closing_marks() {
        assert_eq!(wrap("见稳态强磁场 x", 7, 7), ["见稳态", "强磁场", "x"]);
        assert_eq!(wrap("see 稳态强磁场", 9, 9), ["see 稳态", "强磁场"]);
        assert_eq!(wrap("稳态强，磁场", 6, 6), ["稳态", "强，磁", "场"]);
    }

    #[test]
    fn a_quoted_name_stays_on_one_line_if_it_fits() {
        assert_eq!(wrap("稳态“强磁场”置", 8, 8), ["稳态", "“强磁场”", "置"]);
        assert_eq!(wrap("a “稳态强磁场” b", 8, 8), ["a", "“稳态强", "磁场” b"]);
    }

    proptest! {
        #[test]
        fn keeps_the_text_and_the_width(text in "[a-zé 中国，“”（）😀\u{301}]{0,80}", width in 4usize..40) {
            let lines = wrap(&text, width, width);
            let squeezed = |t: &str| t.replace(' ', "");
            prop_assert_eq!(squeezed(&lines.concat()), squeezed(&text));
            for line in &lines {
                prop_assert!(width_of(line) <= width, "{line}");
            }
        }
    }
}
