//! Text from files and names, made safe to print.

use std::borrow::Cow;

/// `text` on one line, safe for a terminal: white space other than spaces becomes a space, control characters become
/// their pictures (U+2400…), and characters that turn the writing direction become U+FFFD, so that a text under check
/// can neither forge a line of output nor send commands to the terminal.
pub fn printable(text: &str) -> Cow<'_, str> {
    escape(text, printable_char)
}

/// `text` with its lines and tabs, each line safe for a terminal as in [`printable`].
pub fn printable_lines(text: &str) -> Cow<'_, str> {
    escape(text, |c| match c {
        '\n' | '\t' => c,
        c => printable_char(c),
    })
}

/// A path at the start of a line, as in [`printable`]. In a log of GitHub Actions, a line that starts with `::` or `##[`
/// is a command; `./` before it names the same file.
pub fn printable_path(path: &str) -> Cow<'_, str> {
    let path_or_command = printable(path);
    let start = path_or_command.trim_start();
    if start.starts_with("::") || start.starts_with("##[") {
        Cow::Owned(format!("./{path_or_command}"))
    } else {
        path_or_command
    }
}

fn escape(text: &str, char: impl Fn(char) -> char) -> Cow<'_, str> {
    if text.chars().all(|c| char(c) == c) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(char).collect())
}

/// `c`, or what [`printable`] shows for it.
pub fn printable_char(c: char) -> char {
    match c {
        '\t' | '\n' | '\r' | '\u{2028}' | '\u{2029}' => ' ',
        '\0'..='\u{1f}' => char::from_u32(0x2400 + c as u32).unwrap_or('\u{fffd}'),
        '\u{7f}' => '\u{2421}',
        // C1 controls, marks that turn the writing direction, and what XML does not allow.
        '\u{80}'..='\u{9f}'
        | '\u{61c}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}'
        | '\u{fffe}'
        | '\u{ffff}' => '\u{fffd}',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_and_direction_characters_are_disarmed() {
        assert_eq!(printable("a\u{1b}[31m\u{202e}b\nc\u{61c}"), "a␛[31m\u{fffd}b c\u{fffd}");
        assert!(matches!(printable("中文 x"), Cow::Borrowed(_)));
        assert_eq!(printable_lines("a\u{9b}m\n\tb\r\n"), "a\u{fffd}m\n\tb \n");
    }

    #[test]
    fn a_path_is_no_command_to_a_log() {
        assert_eq!(printable_path("a\n::error::b"), "a ::error::b");
        assert_eq!(printable_path("::error ::b.txt"), "./::error ::b.txt");
        assert_eq!(printable_path(" ##[error]b.txt"), "./ ##[error]b.txt");
        assert_eq!(printable_path("docs/a::b.txt"), "docs/a::b.txt");
    }
}
