//! `markup-mismatch`.

use std::cmp::Ordering;

use crate::declare_rule;
use crate::finding::Severity;
use crate::formats::backticks;
use crate::rules::{PairContext, Report, Rule};
use crate::text::bytes::ByteSet;
use crate::text::{Side, Span};

declare_rule! {
    /// Markup differs between the source and the translation.
    ///
    /// ## What it does
    /// Counts Markdown `**bold**`, `` `code` ``, `[links](…)` and `![images](…)`, and HTML and XLIFF tags by name, and
    /// compares the two sides. Code counts once, however often it is repeated, and not at all if the other side has it as
    /// plain text. Missing italics are not reported, because Chinese has none, and italics may replace bold text.
    ///
    /// One more code span on one side is a note, because a translator repeats a name where the source has a pronoun; so
    /// is one more bold passage within a line, because a translator may emphasise with a word. Everything else is a
    /// warning.
    ///
    /// ## Why it matters
    /// A missing tag breaks the page. Missing emphasis or a missing link changes what the reader gets.
    ///
    /// ## Example
    /// ```bilint-wrong
    /// zh: 请点击<b>保存</b>按钮。
    /// en: Click <b>Save.
    /// ```
    ///
    /// Use instead:
    /// ```bilint-right
    /// zh: 请点击<b>保存</b>按钮。
    /// en: Click <b>Save</b>.
    /// ```
    ///
    /// ## Limits
    /// No findings on 2,098 clean pairs, which have hardly any markup.
    pub MarkupMismatch { id: "markup-mismatch", group: Typography, severity: Warning, since: "0.1.0" }
}

/// Names of HTML and XLIFF elements. Other words in angle brackets are to be filled in by the reader (`<file name>`). Bare
/// numbers are tags in program strings.
const TAGS: &[&str] = &[
    "a", "abbr", "b", "bdi", "bpt", "br", "bx", "code", "del", "div", "ec", "em", "ept", "ex", "font", "g", "h1", "h2",
    "h3", "h4", "h5", "h6", "hr", "i", "img", "ins", "it", "kbd", "li", "mark", "mrk", "ol", "p", "pc", "ph", "pre",
    "q", "s", "samp", "sc", "small", "span", "strong", "sub", "sup", "table", "tbody", "td", "th", "thead", "tr", "u",
    "ul", "var", "x",
];

/// One piece of markup.
struct Mark {
    /// What messages call it: `</b>`, `bold passage` ….
    name: String,
    span: Span,
}

const BOLD: &str = "bold passage";
const CODE: &str = "code span";
const ITALIC: &str = "italic passage";

impl Rule for MarkupMismatch {
    fn pair(&self, ctx: &PairContext<'_>, report: &mut Report) {
        let may_have = |side| ctx.bytes(side).has_any(ByteSet::list(b"<*`]"));
        if !ctx.is_paired() || (!may_have(Side::Zh) && !may_have(Side::En)) {
            return;
        }
        let marks = [marks(ctx.zh()), marks(ctx.en())];
        let mut names: Vec<&str> = marks.iter().flatten().map(|m| m.name.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        for name in names {
            let of = |i: usize| marks[i].iter().filter(move |m| m.name == name);
            let (zh, en) = (of(0).count(), of(1).count());
            if zh == en || name == ITALIC {
                continue;
            }
            // Report the first one without a counterpart, on the side that has more.
            let (side, more, fewer) = if zh > en { (Side::Zh, 0, en) } else { (Side::En, 1, zh) };
            let mark = match name {
                CODE => unmatched_code(ctx, &of(0).collect::<Vec<_>>(), &of(1).collect::<Vec<_>>())
                    .filter(|(s, _)| *s == side),
                BOLD => {
                    let italic = marks[1 - more].iter().filter(|m| m.name == ITALIC).count();
                    of(more).nth(fewer + italic).map(|m| (side, m))
                }
                _ => of(more).nth(fewer).map(|m| (side, m)),
            };
            let Some((side, mark)) = mark else { continue };
            let line = ctx.text(side)[..mark.span.start].rsplit('\n').next();
            let begins_line = line.is_none_or(|before| before.trim().is_empty());
            let is_wording = zh.abs_diff(en) == 1 && (name == CODE || name == BOLD && !begins_line);
            report
                .finding(
                    &Self::META,
                    ctx,
                    side,
                    mark.span,
                    format!(
                        "number of {} differs: {zh} in the Chinese, {en} in the English",
                        plural(name)
                    ),
                )
                .severity(if is_wording { Severity::Note } else { Severity::Warning })
                .help("use the same markup on both sides")
                .emit();
        }
    }
}

/// `code spans`, `<b> tags`.
fn plural(name: &str) -> String {
    if name.starts_with('<') {
        format!("{name} tags")
    } else {
        format!("{name}s")
    }
}

/// The first code without a counterpart on the side that has more. Each code counts once, and code that the other side
/// has as well, in backticks or not, is ignored. Code that differs may be a translation.
fn unmatched_code<'m>(ctx: &PairContext<'_>, zh: &[&'m Mark], en: &[&'m Mark]) -> Option<(Side, &'m Mark)> {
    let own = |of: &[&'m Mark], side: Side, others: &[&Mark]| -> Vec<&'m Mark> {
        let text = |m: &Mark, side: Side| m.span.of(ctx.text(side)).trim_matches(['`', ' ']);
        let mut own: Vec<&Mark> = Vec::new();
        for &m in of {
            let code = text(m, side);
            let known = own.iter().any(|o| text(o, side) == code);
            let there = others.iter().any(|o| text(o, side.other()) == code) || has_plain(ctx.text(side.other()), code);
            if !known && !there {
                own.push(m);
            }
        }
        own
    };
    let (only_zh, only_en) = (own(zh, Side::Zh, en), own(en, Side::En, zh));
    match only_zh.len().cmp(&only_en.len()) {
        Ordering::Greater => only_zh.get(only_en.len()).map(|m| (Side::Zh, *m)),
        Ordering::Less => only_en.get(only_zh.len()).map(|m| (Side::En, *m)),
        Ordering::Equal => None,
    }
}

/// Whether a text has `code` as plain words, not inside longer ones. In its letters' case or not: sentences begin with a
/// capital.
fn has_plain(text: &str, code: &str) -> bool {
    let (text, code) = (text.to_ascii_lowercase(), code.to_ascii_lowercase());
    let continues = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || c == '_');
    !code.is_empty()
        && text.match_indices(&code).any(|(at, _)| {
            let inside_word = code.starts_with(|c: char| continues(Some(c)))
                && continues(text[..at].chars().next_back())
                || code.ends_with(|c: char| continues(Some(c))) && continues(text[at + code.len()..].chars().next());
            !inside_word
        })
}

/// The markup of `text`, in order.
fn marks(text: &str) -> Vec<Mark> {
    let mut out = Vec::new();
    let mut at = 0;
    let mut bold: Option<usize> = None;
    while let Some(i) = text[at..].find(['<', '*', '`', '[', '\\']) {
        let start = at + i;
        let rest = &text[start..];
        let mut len = 1;
        if let Some(escaped) = rest.strip_prefix('\\') {
            len = 1 + escaped.chars().next().map_or(0, char::len_utf8);
        } else if rest.starts_with('<') {
            if let Some((name, tag_len)) = tag(rest) {
                len = tag_len;
                push(&mut out, name, start, len);
            }
        } else if rest.starts_with('*') {
            len = rest.bytes().take_while(|&b| b == b'*').count();
            if len >= 2 {
                bold = match bold {
                    Some(open) => {
                        push(&mut out, BOLD.to_owned(), open, start + len - open);
                        None
                    }
                    None => Some(start),
                };
            } else if let Some(end) = italic(rest) {
                len = end;
                push(&mut out, ITALIC.to_owned(), start, len);
            }
        } else if rest.starts_with('`') {
            let (ticks, code) = backticks(rest);
            len = code.unwrap_or(ticks);
            if code.is_some() {
                push(&mut out, CODE.to_owned(), start, len);
            }
        } else if let Some(link_len) = link(rest) {
            let image = text[..start].ends_with('!');
            push(
                &mut out,
                if image { "image" } else { "link" }.to_owned(),
                start,
                link_len,
            );
            // The text of a link may have markup of its own.
        }
        at = start + len;
    }
    out
}

/// Length of the `*italics*` that `text` begins with.
fn italic(text: &str) -> Option<usize> {
    let close = text[1..]
        .find(['*', '\n'])
        .filter(|&i| text[1 + i..].starts_with('*'))?;
    let inner = &text[1..=close];
    let whole = !inner.is_empty() && inner.trim() == inner && !text[close + 2..].starts_with('*');
    whole.then_some(close + 2)
}

fn push(out: &mut Vec<Mark>, name: String, start: usize, len: usize) {
    out.push(Mark {
        name,
        span: Span::new(start, start + len),
    });
}

/// The tag that `text` begins with: its name as messages show it, and its length.
fn tag(text: &str) -> Option<(String, usize)> {
    let close = text[1..]
        .find(['>', '<', '\n'])
        .filter(|&i| text[1 + i..].starts_with('>'))?;
    let inner = &text[1..=close];
    let (slash, inner) = match inner.strip_prefix('/') {
        Some(inner) => ("/", inner),
        None => ("", inner),
    };
    let name = &inner[..inner.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(inner.len())];
    let number = !name.is_empty() && name.len() <= 2 && name.bytes().all(|b| b.is_ascii_digit());
    let lower = name.to_ascii_lowercase();
    let attributes = inner[name.len()..].trim_start();
    let whole = attributes.is_empty() || attributes == "/" || attributes.contains('=');
    let known = TAGS.binary_search(&lower.as_str()).is_ok() || number;
    (known && whole).then(|| (format!("<{slash}{lower}>"), close + 2))
}

/// Length of the head of the Markdown link, up to its `](`, that `text` begins with.
fn link(text: &str) -> Option<usize> {
    let close = text[1..].find([']', '['])? + 1;
    let target = text[close..].strip_prefix("](")?;
    // Far enough for any address.
    let end = target
        .bytes()
        .take(2048)
        .position(|b| matches!(b, b')' | b'\n' | b' '))?;
    (end > 0).then_some(close + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::check;

    fn messages(zh: &str, en: &str) -> Vec<String> {
        check(&MarkupMismatch, &[zh], &[en])
            .into_iter()
            .map(|f| f.message)
            .collect()
    }

    #[test]
    fn allows_quotation_marks_for_code() {
        let check = |zh, en| check(&MarkupMismatch, &[zh], &[en]).len();
        assert_eq!(
            check(
                "没有指定“ extends ”标记，也没有「name」。",
                "no `extends` tag, no `name`"
            ),
            0
        );
        assert_eq!(check("没有指定标记。", "no `extends` tag"), 1);
        assert_eq!(
            check("仅在“for”循环或“while”循环中有意义", "only in a `for' or `while' loop"),
            0
        );
        assert_eq!(check("调用打印函数", "call `print('x')`"), 1);
        assert_eq!(check("没有指定“类型”标记。", "no `extends` tag"), 1);
    }

    #[test]
    fn tag_names_are_sorted() {
        assert!(TAGS.is_sorted());
    }

    #[test]
    fn counts_every_kind() {
        assert_eq!(
            messages("**重要**：用`a`", "Important: use `a`"),
            ["number of bold passages differs: 1 in the Chinese, 0 in the English"]
        );
        assert_eq!(
            messages("用`a`和`b`", "use `a` and c"),
            ["number of code spans differs: 2 in the Chinese, 1 in the English"]
        );
        assert_eq!(
            messages("见[此](a.md)", "see here"),
            ["number of links differs: 1 in the Chinese, 0 in the English"]
        );
        assert_eq!(
            messages("见此", "see ![it](a.png)"),
            ["number of images differs: 0 in the Chinese, 1 in the English"]
        );
        assert_eq!(
            messages("<g id=\"1\">甲</g>", "A"),
            [
                "number of </g> tags differs: 1 in the Chinese, 0 in the English",
                "number of <g> tags differs: 1 in the Chinese, 0 in the English"
            ]
        );
    }

    #[test]
    fn allows_reordered_markup_and_plain_signs() {
        for (zh, en) in [
            ("**甲**和`乙`", "`B` and **A**"),
            ("a < b", "a < b and c > d"),
            ("<文件名>", "<file name>"),
            ("2 * 3 * 4", "2 times 3 * 4"),
            ("脚注[1]", "footnote"),
            ("*甲*", "A"),
            ("\\*\\*甲", "A"),
            ("<br>", "<br/>"),
            ("用`x`，再用`x`", "use `x` again"),
            ("用`kind`和`Name`", "use kind and `name`"),
            ("处理`客户端`", "handle `client` and `client`s"),
            ("**不**变", "does *not* change"),
        ] {
            assert!(messages(zh, en).is_empty(), "{zh} | {en}: {:?}", messages(zh, en));
        }
    }
}
