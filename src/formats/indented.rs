//! Blocks whose content is Markdown that is indented, as MkDocs has them: `!!! note "Title"`, `??? tip`, `=== "Tab"`.
//!
//! A CommonMark parser takes the content for code. Here it becomes a quotation: the line that begins the block is replaced by
//! blanks, and one blank of the indentation of each line by `>`. All other text stays at the same bytes.

use std::borrow::Cow;

use super::fences::{Fence, fence};
use crate::text::Span;

/// How a block begins.
const MARKERS: [&str; 6] = ["!!! ", "??? ", "???+ ", "=== ", "===! ", "===+ "];

/// Blanks that the content of a block is indented by.
const INDENT: usize = 4;

/// A text with quotations in place of the blocks, and the titles of the blocks, in order.
pub fn quoted(text: &str) -> (Cow<'_, str>, Vec<Span>) {
    if !MARKERS.iter().any(|marker| text.contains(marker)) {
        return (Cow::Borrowed(text), Vec::new());
    }
    let mut out = String::with_capacity(text.len());
    let mut titles = Vec::new();
    // The columns that the contents of the open blocks begin at.
    let mut open: Vec<usize> = Vec::new();
    let mut code: Option<Fence> = None;
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    for (i, line) in lines.iter().enumerate() {
        let content = line.trim();
        if content.is_empty() {
            out.push_str(line);
            continue;
        }
        let indent = indentation(line);
        let is_inside = open.last().is_some_and(|&column| indent >= column);
        if let Some((c, n)) = code.filter(|_| is_inside || open.is_empty()) {
            if fence(content).is_some_and(|(other, m)| other == c && m >= n && content.len() == m) {
                code = None;
            }
            push(&mut out, line, open.is_empty());
            continue;
        }
        code = None;
        open.retain(|&column| indent >= column);
        if let Some(title) = title(content).filter(|_| has_content(&lines[i + 1..], indent)) {
            if !title.is_empty() {
                // `title` is a part of the text.
                let at = title.as_ptr() as usize - text.as_ptr() as usize;
                titles.push(Span::new(at, at + title.len()));
            }
            open.push(indent + INDENT);
            push(&mut out, line, false);
            continue;
        }
        code = fence(content).filter(|(c, _)| matches!(c, b'`' | b'~'));
        if code.is_some() || open.is_empty() {
            // A blank line in the code would end the quotation, and with it the code.
            push(&mut out, line, open.is_empty());
        } else {
            let mut quoted = line.as_bytes().to_vec();
            for column in &open {
                quoted[column - INDENT] = b'>';
            }
            out.push_str(&String::from_utf8_lossy(&quoted));
        }
    }
    (Cow::Owned(out), titles)
}

/// A text whose lines are all indented without the indentation that they share, and its length in bytes; `None` if they share none. Each
/// line has these blanks at its end instead, so that what is at some byte was behind it in the text by that length.
pub fn outdented(text: &str) -> Option<(String, usize)> {
    let blanks = |line: &str| line.len() - line.trim_start_matches([' ', '\t']).len();
    let has_text = |line: &&str| !line.trim().is_empty();
    let columns = text.lines().filter(has_text).map(blanks).min().filter(|&n| n > 0)?;
    let last = text.lines().filter(has_text).count();
    let mut out = String::with_capacity(text.len());
    let mut number = 0;
    for line in text.split_inclusive('\n') {
        if !has_text(&line) {
            out.push_str(line);
            continue;
        }
        number += 1;
        let content = line.trim_end_matches(['\r', '\n']);
        out.push_str(&content[columns..]);
        if number < last {
            out.extend(std::iter::repeat_n(' ', columns));
        }
        out.push_str(&line[content.len()..]);
    }
    Some((out, columns))
}

/// Adds a line, or as many blanks.
fn push(out: &mut String, line: &str, as_it_is: bool) {
    if as_it_is {
        out.push_str(line);
    } else {
        let content = line.trim_end_matches(['\r', '\n']);
        out.extend(std::iter::repeat_n(' ', content.len()));
        out.push_str(&line[content.len()..]);
    }
}

fn indentation(line: &str) -> usize {
    line.bytes().take_while(|&b| b == b' ').count()
}

/// Whether the next line with text is the content of a block that begins at column `indent`.
fn has_content(lines: &[&str], indent: usize) -> bool {
    let next = lines.iter().find(|line| !line.trim().is_empty());
    next.is_some_and(|line| indentation(line) >= indent + INDENT)
}

/// The title of the block that a line begins; empty if it has none. `None` if the line begins no block.
fn title(content: &str) -> Option<&str> {
    let marker = MARKERS.iter().find(|marker| content.starts_with(**marker))?;
    let rest = content[marker.len()..].trim();
    let (kinds, title) = match rest.split_once('"') {
        Some((kinds, title)) => (kinds, title.strip_suffix('"')?),
        None => (rest, ""),
    };
    let is_kind = |kind: &str| {
        kind.bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
    };
    let is_tab = marker.starts_with('=');
    let are_kinds = if is_tab {
        kinds.is_empty() && !title.is_empty()
    } else {
        !kinds.is_empty()
    };
    (are_kinds && kinds.split_whitespace().all(is_kind)).then_some(title)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str, titles: &[&str]) {
        let (quoted, spans) = quoted(text);
        assert_eq!(quoted, expected);
        assert_eq!(quoted.len(), text.len());
        let found: Vec<&str> = spans.iter().map(|span| span.of(text)).collect();
        assert_eq!(found, titles);
    }

    #[test]
    fn what_is_indented_moves_to_the_beginning_of_its_line() {
        let text = "    甲\n\n      - 乙\r\n    丙\n\n";
        let (out, columns) = outdented(text).expect("all lines are indented");
        assert_eq!((out.as_str(), columns), ("甲    \n\n  - 乙    \r\n丙\n\n", 4));
        for word in ["甲", "- 乙", "丙"] {
            let there = out.find(word).expect("the text has the word");
            assert!(text[there + columns..].starts_with(word), "{word}");
        }
        assert_eq!(outdented("    甲\n乙\n"), None);
        assert_eq!(outdented(" \n"), None);
    }

    #[test]
    fn content_becomes_a_quotation() {
        check(
            "前\n!!! note \"要点\"\n    打开阀门。\n\n    关闭。\n后\n",
            "前\n                 \n>   打开阀门。\n\n>   关闭。\n后\n",
            &["要点"],
        );
        check(
            "!!! tip\n    A\n    === \"Linux\"\n        B\n",
            "       \n>   A\n               \n>   >   B\n",
            &["Linux"],
        );
    }

    #[test]
    fn code_in_a_block_is_blank_and_code_elsewhere_stays() {
        check(
            "??? note\n    ```\n    a\n\n    b\n    ```\n    C\n",
            "        \n       \n     \n\n     \n       \n>   C\n",
            &[],
        );
        let code = "```\n!!! note\n    A\n```\n";
        check(code, code, &[]);
    }

    #[test]
    fn other_text_stays() {
        for text in [
            "!!! Attention, please !!!\n    A\n",
            "!!! note\nA\n",
            "标题\n=== 标题\n    A\n",
        ] {
            check(text, text, &[]);
        }
    }
}
