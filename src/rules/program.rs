//! Whether a text is a program, as the examples in a catalogue of messages or in documentation are.

/// Fewest lines of a text that is judged by its lines.
const LINES: usize = 2;

/// Most words of a line that its semicolon makes a statement: items of laws end in semicolons, too.
const STATEMENT_WORDS: usize = 6;

/// What a line of a console begins with: the prompts of shells, Python and debuggers.
const PROMPTS: [&str; 6] = ["$ ", ">>>", "% ", "(gdb)", "gdb)", "C:\\"];

/// What only a line of a program begins with: annotations, comments, directives.
const SIGNS: [&str; 9] = ["#", "//", "/*", "@", "{", "}", "*/", "...", "<?"];

/// Keywords that begin a statement of a common language. Prose begins with some of them, too, but hardly several lines.
#[rustfmt::skip]
const KEYWORDS: [&str; 39] = [
    "import", "from", "def", "class", "return", "if", "elif", "else", "for", "while", "try", "except", "finally", "with",
    "raise", "pass", "break", "continue", "print", "async", "await", "public", "private", "static", "const", "let", "var",
    "int", "void", "char", "function", "fn", "func", "package", "struct", "echo", "export", "sudo", "end",
];

/// Whether a text of several lines is a program or a console session: at least half of its lines look like code.
pub fn is_program(text: &str) -> bool {
    if !text.contains('\n') {
        return false;
    }
    if text.trim_start().starts_with("$ ") || text.trim_start().starts_with(">>> ") {
        return true;
    }
    let lines = || text.lines().filter(|line| !line.trim().is_empty());
    let (all, code) = (lines().count(), lines().filter(|line| is_code_line(line)).count());
    all >= LINES && 2 * code >= all
}

fn is_code_line(line: &str) -> bool {
    let text = line.trim();
    let first = text
        .split(|c: char| !c.is_ascii_alphabetic())
        .next()
        .unwrap_or_default();
    let begins = |list: &[&str]| list.iter().any(|sign| text.starts_with(sign));
    begins(&PROMPTS)
        || begins(&SIGNS)
        || KEYWORDS.contains(&first)
        || text.ends_with(['{', '('])
        || text.ends_with(';') && text.split_whitespace().count() <= STATEMENT_WORDS
        || text.contains(" = ")
        || text.contains("()")
        || is_call(text)
}

/// Whether a line begins with a call, `pad.refresh(0, 0)`: prose has a space before a bracket.
fn is_call(text: &str) -> bool {
    let name = text.find(|c: char| !(c.is_ascii_alphanumeric() || c == '.' || c == '_'));
    name.is_some_and(|end| end > 0 && text[end..].starts_with('('))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_and_console_sessions_are_no_prose() {
        for text in [
            "import os\n\n# 打开文件\nwith open(name) as f:\n    copy the data\n",
            "$ worker --start\nStarted three workers, two of them idle.",
            ">>> add(1, 2)\n3",
            "for task in queue:\n    task.run()",
            "static int ready = 0;\n\nvoid start(void) {\n    ready = 1;\n}",
        ] {
            assert!(is_program(text), "{text}");
        }
    }

    #[test]
    fn prose_of_several_lines_is_no_program() {
        for text in [
            "The worker takes tasks from the queue.\nIt stops when the queue is empty.",
            "第一，开放数据。\n第二，开放设施（例如光源）。",
            "If the worker stops, start it again.\nOtherwise nothing is lost.\nSee the manual.",
            "import os",
            "(a) the body that made the decision;\n(b) the person whom it concerns, or his representative;",
        ] {
            assert!(!is_program(text), "{text}");
        }
    }
}
