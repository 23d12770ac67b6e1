//! What documentation tools add to Markdown: directives whose content is Markdown again, and the imports of MDX.
//!
//! MyST has ```` ```{note} ````, Docusaurus, VitePress and MyST `:::note`. A CommonMark parser takes the former for code and the
//! latter for a paragraph. Their lines are replaced by blanks, so that the parser reads what is between them, at the same
//! bytes.

use std::ops::Range;

use crate::text::Span;

/// MyST directives in backticks whose content is Markdown. The content of others is code, data or a list of files.
const PROSE: [&str; 24] = [
    "admonition",
    "attention",
    "caution",
    "card",
    "danger",
    "details",
    "dropdown",
    "epigraph",
    "error",
    "grid",
    "grid-item",
    "grid-item-card",
    "hint",
    "important",
    "margin",
    "note",
    "seealso",
    "sidebar",
    "tab-item",
    "tab-set",
    "tip",
    "todo",
    "topic",
    "warning",
];

/// Directives in colons whose content is not Markdown.
const CODE: [&str; 8] = [
    "code",
    "code-block",
    "code-cell",
    "eval-rst",
    "image",
    "literalinclude",
    "math",
    "mermaid",
];

/// Titles that say no more than the kind of the directive, as the other side has by default.
const DEFAULT_TITLES: [&str; 16] = [
    "Caution",
    "Danger",
    "Details",
    "Important",
    "Info",
    "Note",
    "Tip",
    "Warning",
    "提示",
    "注意",
    "信息",
    "警告",
    "危险",
    "说明",
    "重要",
    "备注",
];

/// A text with the lines of directives blank.
pub struct Prepared {
    /// As long as the text, with the same bytes everywhere else.
    pub text: String,
    /// The titles of directives, in order.
    pub titles: Vec<Span>,
}

/// A fence: its character and how often it is repeated.
type Fence = (u8, usize);

/// Blanks the lines of directives and imports.
pub fn prepare(text: &str) -> Prepared {
    let mut blank: Vec<Range<usize>> = Vec::new();
    let mut titles = Vec::new();
    let mut open: Vec<Fence> = Vec::new();
    let mut code: Option<Fence> = None;
    // Whether options of a directive may follow, and whether an `export` goes on.
    let (mut options, mut export) = (false, false);
    let mut start = 0;
    for whole in text.split_inclusive('\n') {
        let from = start;
        start += whole.len();
        let line = whole.trim_end();
        let content = line.trim_start();
        let line = from..from + line.len();
        let fence = fence(content);
        let rest = fence.map_or("", |(_, n)| content[n..].trim());
        if let Some((c, n)) = code {
            if fence.is_some_and(|(other, m)| other == c && m >= n) && rest.is_empty() {
                code = None;
            }
            continue;
        }
        export &= !content.is_empty();
        if export || is_import(content) || (options && is_option(content)) {
            export |= content.starts_with("export ");
            blank.push(line);
            continue;
        }
        options = false;
        let Some(fence) = fence else { continue };
        if rest.is_empty() {
            match open.iter().rposition(|&(c, n)| c == fence.0 && fence.1 >= n) {
                Some(at) => {
                    open.truncate(at);
                    blank.push(line);
                }
                None if fence.0 != b':' => code = Some(fence),
                None => {}
            }
            continue;
        }
        match directive_title(fence.0, rest) {
            Some(title) => {
                if !title.is_empty() && !DEFAULT_TITLES.iter().any(|t| t.eq_ignore_ascii_case(title)) {
                    // `title` is a part of the text.
                    let at = title.as_ptr() as usize - text.as_ptr() as usize;
                    titles.push(Span::new(at, at + title.len()));
                }
                open.push(fence);
                options = true;
                blank.push(line);
            }
            None if fence.0 == b':' && !rest.starts_with('{') => {}
            None => code = Some(fence),
        }
    }
    let mut prepared = String::with_capacity(text.len());
    let mut done = 0;
    for range in blank {
        prepared.push_str(&text[done..range.start]);
        prepared.extend(std::iter::repeat_n(' ', range.len()));
        done = range.end;
    }
    prepared.push_str(&text[done..]);
    Prepared { text: prepared, titles }
}

/// The fence that a line begins with.
fn fence(content: &str) -> Option<Fence> {
    let c = *content.as_bytes().first().filter(|b| matches!(b, b'`' | b'~' | b':'))?;
    let n = content.bytes().take_while(|&b| b == c).count();
    let rest = &content[n..];
    // Backticks further on are a code span.
    (n >= 3 && (c != b'`' || !rest.contains('`'))).then_some((c, n))
}

/// The title of the directive whose fence is followed by `rest`, if its content is Markdown.
fn directive_title(fence: u8, rest: &str) -> Option<&str> {
    let (name, title) = match rest.strip_prefix('{') {
        Some(braced) => braced.split_once('}')?,
        None if fence == b':' => rest.split_at(
            rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '-')
                .unwrap_or(rest.len()),
        ),
        None => return None,
    };
    let known = if fence == b':' {
        !name.is_empty() && !CODE.contains(&name)
    } else {
        PROSE.contains(&name)
    };
    let title = title.trim();
    let bracketed = title.strip_prefix('[').and_then(|t| Some(t.rsplit_once(']')?.0));
    let title = bracketed.unwrap_or(if title.starts_with('{') { "" } else { title });
    known.then_some(title.trim())
}

/// Whether the line below a directive is an option of it: `:class: dropdown`.
fn is_option(content: &str) -> bool {
    content
        .strip_prefix(':')
        .and_then(|rest| rest.split_once(':'))
        .is_some_and(|(name, _)| {
            !name.is_empty()
                && name
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
        })
}

/// Whether the line is an `import` or the beginning of an `export` of MDX.
fn is_import(content: &str) -> bool {
    let quoted = |rest: &str| rest.starts_with(['\'', '"']);
    if let Some(rest) = content.strip_prefix("import ") {
        return quoted(rest) || rest.split_once(" from ").is_some_and(|(_, module)| quoted(module));
    }
    ["export const ", "export default ", "export function "]
        .iter()
        .any(|export| content.starts_with(export))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> (Vec<String>, Vec<&str>) {
        let prepared = prepare(text);
        assert_eq!(prepared.text.len(), text.len());
        let lines = prepared
            .text
            .lines()
            .map(|l| l.trim().to_owned())
            .filter(|l| !l.is_empty());
        (lines.collect(), prepared.titles.iter().map(|t| t.of(text)).collect())
    }

    #[test]
    fn the_content_of_directives_is_text() {
        for (text, content, titles) in [
            ("```{note}\n打开阀门。\n```\n关闭", vec!["打开阀门。", "关闭"], vec![]),
            (
                "````{admonition} 开始之前\n:class: dropdown\n\nText\n```sh\nx\n```\n````\n",
                vec!["Text", "```sh", "x", "```"],
                vec!["开始之前"],
            ),
            (":::tip[Save often]\nText\n:::\n", vec!["Text"], vec!["Save often"]),
            ("::: tip【要点】\nText\n:::\n", vec!["Text"], vec!["【要点】"]),
            ("::: warning 注意\nText\n:::\n", vec!["Text"], vec![]),
            ("::::{grid}\n:::{card} 甲\nText\n:::\n::::\n", vec!["Text"], vec!["甲"]),
            ("import Tabs from '@theme/Tabs';\n\nText\n", vec!["Text"], vec![]),
            ("export const a = {\n  b: 1,\n};\n\nText\n", vec!["Text"], vec![]),
        ] {
            assert_eq!(
                lines(text),
                (content.into_iter().map(str::to_owned).collect(), titles),
                "{text}"
            );
        }
    }

    #[test]
    fn code_is_left_as_it_is() {
        for text in [
            "```python\nimport a from 'b'\n:::note\n```",
            "```{code-block} sh\n:::note\n```",
            "~~~\n```{note}\n~~~",
            ":::{math}\na\n:::note",
            "We import goods from 'abroad' and export them.",
            "::::",
        ] {
            assert_eq!(prepare(text).text, text);
        }
    }
}
