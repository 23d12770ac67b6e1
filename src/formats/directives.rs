//! What documentation tools add to Markdown: directives whose content is Markdown again, and the imports of MDX.
//!
//! MyST has ```` ```{note} ````, Docusaurus, VitePress and MyST `:::note`, PyMdown `/// note`. A CommonMark parser takes the first for
//! code and the others for paragraphs. Their lines are replaced by blanks, so that the parser reads what is between them, at the
//! same bytes. So are lines with the tag of a component alone, whose content is Markdown in MDX and HTML in CommonMark.

use std::ops::Range;

use super::comments::LONGEST_COMMENT;
use super::fences::{Fence, fence};
use super::html::{ComponentTag, component_tag};
use super::indented;
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

/// Blanks the lines of directives, imports and comments of MDX. In MDX itself, indented text is no code.
pub fn prepare(text: &str, is_mdx: bool) -> Prepared {
    let (text, titles) = indented::quoted(text);
    let mut prepared = blank_lines(&text, is_mdx);
    prepared
        .titles
        .extend(titles.into_iter().filter(|title| !is_default(title.of(&text))));
    prepared.titles.sort_unstable();
    prepared
}

/// Whether a title says no more than the kind of its directive.
fn is_default(title: &str) -> bool {
    title.is_empty() || DEFAULT_TITLES.iter().any(|t| t.eq_ignore_ascii_case(title))
}

/// The end of the comment of MDX, `{/* … */}`, that the line from byte `from` on begins with, if nothing follows it in its last line.
fn find_comment_end(text: &str, from: usize) -> Option<usize> {
    const END: &str = "*/}";
    let rest = &text[from..];
    if !rest.trim_start().starts_with("{/*") {
        return None;
    }
    let within = &rest.as_bytes()[..rest.len().min(LONGEST_COMMENT)];
    let end = memchr::memmem::find(within, END.as_bytes())? + END.len();
    let is_last = rest[end..].lines().next().is_none_or(|line| line.trim().is_empty());
    is_last.then_some(from + end)
}

fn blank_lines(text: &str, is_mdx: bool) -> Prepared {
    let mut blank: Vec<Range<usize>> = Vec::new();
    let mut titles = Vec::new();
    // `part` is a part of the text.
    let span = |part: &str| {
        let at = part.as_ptr() as usize - text.as_ptr() as usize;
        Span::new(at, at + part.len())
    };
    let mut open: Vec<Fence> = Vec::new();
    let mut code: Option<Fence> = None;
    // Whether options of a directive may follow, and whether an `export` goes on.
    let (mut options, mut export) = (false, false);
    // The columns that the items of the open lists begin at.
    let mut lists: Vec<usize> = Vec::new();
    let mut components = Components::default();
    // Where the comment of MDX that was read last ends.
    let mut comment_end = 0;
    let mut start = 0;
    for whole in text.split_inclusive('\n') {
        let from = start;
        start += whole.len();
        let line = whole.trim_end();
        let content = line.trim_start();
        let line = from..from + line.len();
        if code.is_none() && (comment_end > from || content.starts_with("{/*")) {
            comment_end = comment_end.max(find_comment_end(text, from).unwrap_or(0));
            if comment_end > from {
                blank.push(line);
                continue;
            }
        }
        if code.is_none() && !content.is_empty() {
            let indent = whole.len() - whole.trim_start().len();
            lists.retain(|list| *list <= indent);
            lists.extend(list_marker(content).map(|marker| indent + marker));
        }
        let fence = fence(content);
        let rest = fence.map_or("", |(_, n)| content[n..].trim());
        if let Some((c, n)) = code {
            if fence.is_some_and(|(other, m)| other == c && m >= n) && rest.is_empty() {
                code = None;
            }
            continue;
        }
        export &= !content.is_empty();
        if export || is_import(content) || (options && is_option(content, whole.len() - whole.trim_start().len())) {
            export |= content.starts_with("export ");
            blank.push(line);
            continue;
        }
        options = false;
        let Some(fence) = fence else {
            let column = lists.last().map_or(0, |list| *list);
            let code = if is_mdx { usize::MAX } else { column + CODE_INDENT };
            if let Some(tag) = component_tag(content)
                && components.is_markdown(&tag, code, &text[start..])
            {
                titles.extend(tag.shown.into_iter().map(span));
                blank.push(line);
            }
            continue;
        };
        if rest.is_empty() {
            match open.iter().rposition(|&(c, n)| c == fence.0 && fence.1 >= n) {
                Some(at) => {
                    open.truncate(at);
                    blank.push(line);
                }
                None if matches!(fence.0, b'`' | b'~') => code = Some(fence),
                None => {}
            }
            continue;
        }
        match directive_title(fence.0, rest) {
            Some(title) => {
                if !is_default(title) {
                    titles.push(span(title));
                }
                open.push(fence);
                options = true;
                blank.push(line);
            }
            None if fence.0 == b':' && !rest.starts_with('{') || fence.0 == b'/' => {}
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

/// The most lines with tags alone that are looked at below one.
const NESTED: usize = 8;
/// Columns behind the text around it from which on a text is code.
const CODE_INDENT: usize = 4;

/// The components that are open, and whether the line of their tag was blanked.
#[derive(Default)]
struct Components<'t>(Vec<(&'t str, bool)>);

impl<'t> Components<'t> {
    /// Whether the content of a component, of which this is a tag alone in its line, is Markdown that a parser would take for HTML: it
    /// begins in the next line without such a tag, with more than words, and in less than `code` columns, from which on it would be
    /// code. `below` is what follows the line.
    fn is_markdown(&mut self, tag: &ComponentTag<'t>, code: usize, below: &str) -> bool {
        if tag.closes {
            let at = self.0.iter().rposition(|(name, _)| *name == tag.name);
            let is_blank = at.is_some_and(|at| self.0[at].1);
            self.0.truncate(at.unwrap_or(self.0.len()));
            return is_blank;
        }
        let mut lines = below.lines().take(NESTED);
        let line = lines
            .find(|line| component_tag(line.trim()).is_none())
            .unwrap_or_default();
        let content = line.trim_start();
        let begins_block =
            fence(content).is_some() || list_marker(content).is_some() || content.starts_with(['#', '>', '|']);
        let is_markdown = begins_block && line.len() - content.len() < code;
        self.0.push((tag.name, is_markdown));
        is_markdown
    }
}

/// Bytes of the marker of a list, with the blank after it.
fn list_marker(content: &str) -> Option<usize> {
    let digits = content.bytes().take_while(u8::is_ascii_digit).count();
    let mark = if digits > 0 {
        ['.', ')'].as_slice()
    } else {
        &['-', '*', '+']
    };
    let after = content[digits..].strip_prefix(mark)?;
    (digits < 10 && after.starts_with(' ')).then_some(digits + 2)
}

/// The title of the directive whose fence is followed by `rest`, if its content is Markdown.
fn directive_title(fence: u8, rest: &str) -> Option<&str> {
    if fence == b'/' {
        let (name, title) = rest.split_once('|').unwrap_or((rest, ""));
        let name = name.trim();
        let is_name = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        return is_name.then_some(title.trim());
    }
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

/// Whether the line below a directive is an option of it: `:class: dropdown`, or `type: warning` if it is indented.
fn is_option(content: &str, indent: usize) -> bool {
    let is_name = |name: &str| {
        let mut bytes = name.bytes();
        !name.is_empty() && bytes.all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
    };
    let option = content.strip_prefix(':').or((indent >= 4).then_some(content));
    let option = option.and_then(|rest| rest.split_once(':'));
    option.is_some_and(|(name, _)| is_name(name))
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
        let prepared = prepare(text, false);
        assert_eq!(prepared.text.len(), text.len());
        let lines = prepared
            .text
            .lines()
            .map(|l| l.trim().to_owned())
            .filter(|l| !l.is_empty());
        (lines.collect(), prepared.titles.iter().map(|t| t.of(text)).collect())
    }

    #[test]
    fn comments_of_mdx_are_no_text() {
        for (text, content) in [
            ("甲\n\n{/* 注释 */}\n\n乙", vec!["甲", "乙"]),
            ("  {/* one\n\n```\nthree */}\n乙", vec!["乙"]),
            ("{/* 注释 */} 乙", vec!["{/* 注释 */} 乙"]),
            ("{/* 注释\n乙", vec!["{/* 注释", "乙"]),
            ("```\n{/* 代码 */}\n```", vec!["```", "{/* 代码 */}", "```"]),
        ] {
            assert_eq!(lines(text).0, content, "{text}");
        }
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
            ("/// note | 要点\nText\n///\n", vec!["Text"], vec!["要点"]),
            (
                "//// tab | A\n/// info\n    type: tip\nText\n///\n////\n关闭",
                vec!["Text", "关闭"],
                vec!["A"],
            ),
            (
                "<Tabs>\n<Tab label=\"甲\">\n- Text\n</Tab>\n</Tabs>\n",
                vec!["- Text"],
                vec!["甲"],
            ),
            (
                "1. Text\n\n    <Tree>\n    - x\n    </Tree>\n",
                vec!["1. Text", "- x"],
                vec![],
            ),
            ("!!! note \"要点\"\n    Text\n", vec![">   Text"], vec!["要点"]),
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
            "<Tabs>\n\nText",
            "<Tab>\n  Text\n</Tab>\n",
            "<Tabs>\n<Tab>\n    - Text\n</Tab>\n",
            "<Tab>\n    Text\n    more",
            "/// a comment of two or more words",
        ] {
            assert_eq!(prepare(text, false).text, text);
        }
    }
}
