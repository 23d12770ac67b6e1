//! Pages that keep the English of each paragraph in a comment above its Chinese, as those of kubernetes.io do. There the place
//! of a paragraph says what language it is in: a name or a command below a comment is its Chinese.

use super::content::Raw;
use super::one_language::is_prose;
use super::sides::{self, Sharing, View};
use crate::document::Document;
use crate::text::script::is_han;
use crate::text::{Side, Span};

/// Comments are English with their Chinese below them where they have at least so many paragraphs.
const MIN_PARAGRAPHS: usize = 3;

/// Those of the comments in `text` that are English, without their tags, if several are followed by their Chinese.
pub fn find_english(text: &str, comments: &[Span]) -> Vec<Span> {
    let english = |&comment: &Span| {
        let content = without_to_do(text, inside_element(text, comment));
        let is_element = text[content.end..].starts_with("</");
        let is_text = is_element || is_english(content.of(text));
        (is_text && !is_of_code(text, content)).then_some(content)
    };
    let english: Vec<Span> = comments.iter().filter_map(english).collect();
    let is_followed = |comment: &&Span| line_below(text, **comment).chars().any(is_han);
    let is_text = |paragraph: &&str| !paragraph.trim_start().starts_with("![");
    let paragraphs = |comment: &Span| comment.of(text).split("\n\n").filter(is_text).count();
    if english.iter().filter(is_followed).map(paragraphs).sum::<usize>() < MIN_PARAGRAPHS {
        return Vec::new();
    }
    english
}

/// A comment without the paragraph that says what is to be done, which it may begin with.
fn without_to_do(text: &str, comment: Span) -> Span {
    let inside = comment.of(text);
    if !["TODO", "FIXME"].iter().any(|mark| inside.starts_with(mark)) {
        return comment;
    }
    let rest = inside.split_once("\n\n").map_or("", |(_, rest)| rest.trim_start());
    Span::new(comment.end - rest.len(), comment.end)
}

/// The first line with text below a comment.
fn line_below(text: &str, comment: Span) -> &str {
    let below = text[comment.end..]
        .split_once("-->")
        .map(|(_, below)| below.trim_start());
    below.and_then(|below| below.lines().next()).unwrap_or_default()
}

/// Whether a comment holds a comment of the code below it, which is translated there.
fn is_of_code(text: &str, comment: Span) -> bool {
    let starts_with_any = |text: &str, of: [&str; 2]| of.iter().any(|start| text.starts_with(start));
    starts_with_any(comment.of(text), ["# ", "// "]) && starts_with_any(line_below(text, comment), ["```", "~~~"])
}

/// A comment without white space and further dashes of its delimiters; of an element of which it takes the brackets,
/// `<!-- td colspan="2">Default: 1</td -->`, the content.
fn inside_element(text: &str, comment: Span) -> Span {
    let inside = comment.of(text).trim_end_matches('-');
    let comment = Span::new(
        comment.start + inside.len() - inside.trim_start_matches('-').len(),
        comment.end,
    );
    let inside = inside.trim_start_matches('-');
    let start = comment.start + inside.len() - inside.trim_start().len();
    let inside = inside.trim();
    let content = || {
        let (opened, closing) = (inside.find('>')?, inside.rfind("</")?);
        let name = inside[..opened].split_whitespace().next()?;
        let is_element = !inside[..opened].contains('<') && inside[closing + 2..] == *name;
        (is_element && opened < closing).then(|| Span::new(start + opened + 1, start + closing))
    };
    content().unwrap_or(Span::new(start, start + inside.len()))
}

/// Whether a comment is a text rather than a mark of the page's layout, a list of keys, or a comment to the linter.
fn is_english(comment: &str) -> bool {
    let words = comment
        .split(|c: char| c.is_whitespace() || c == '&')
        .filter(|w| w.starts_with(|c: char| c.is_ascii_alphabetic()))
        .count();
    let is_whole = comment.starts_with('#') || comment.ends_with(['.', ':', '?', '!']);
    (words >= 2 || is_whole && words > 0) && !begins_with_key(comment) && !comment.chars().any(is_han)
}

/// Whether a comment is front matter, with or without comments of its own, or begins with a key such as `reviewers:` or
/// `SPDX-License-Identifier:`.
fn begins_with_key(comment: &str) -> bool {
    let is_comment = |line: &&str| *line == "#" || line.starts_with("# ");
    let first = comment.lines().find(|line| !is_comment(line)).unwrap_or_default();
    let is_key = |key: &str| {
        !key.contains(' ') && (key.starts_with(|c: char| c.is_ascii_lowercase()) || key.contains(['-', '_']))
    };
    first.trim_end() == "---" || first.split_once(':').is_some_and(|(key, _)| is_key(key))
}

/// Adds the paragraphs of such a page, in the order of the text: those in `english`, its comments, are English, all others Chinese.
/// What has no Chinese and no comment above it is the same in both languages, such as an option or a command, and is left out, unless
/// it is a sentence that nobody translated.
pub fn read(file: View<'_>, raws: Vec<Raw>, english: &[Span], document: &mut Document) -> Sharing {
    let in_comment = |raw: &Raw| {
        let at = raw.lines[0].start;
        let before = english.partition_point(|comment| comment.start <= at);
        before > 0 && at < english[before - 1].end
    };
    let (mut comment, mut below) = (Vec::new(), Vec::new());
    for raw in raws {
        if !in_comment(&raw) {
            below.push(raw);
            continue;
        }
        if !below.is_empty() {
            add_group(file, std::mem::take(&mut comment), std::mem::take(&mut below), document);
        }
        comment.push(raw);
    }
    add_group(file, comment, below, document);
    Sharing {
        alternates: true,
        divided: 0,
    }
}

/// Adds the paragraphs of a comment and those between it and the next one.
fn add_group(file: View<'_>, comment: Vec<Raw>, below: Vec<Raw>, document: &mut Document) {
    let mut spare = below.len().saturating_sub(comment.len());
    let lines = |raw: &Raw| -> Vec<&str> { raw.lines.iter().map(|line| line.of(file.text)).collect() };
    let kept: Vec<Vec<&str>> = comment.iter().map(lines).collect();
    sides::one_language(file, comment, Side::En, document);
    let mut chinese = Vec::with_capacity(below.len());
    let mut untranslated = Vec::new();
    // A comment is directly above its translation: what is further below belongs to none.
    for raw in below.into_iter().rev() {
        let is_chinese = raw.lines.iter().any(|line| line.of(file.text).chars().any(is_han));
        let is_kept = || kept.contains(&lines(&raw));
        if spare == 0 || is_chinese && !is_label(file.text, &raw) || is_kept() {
            chinese.push(raw);
            continue;
        }
        spare -= 1;
        if !is_chinese && is_sentence(file, &raw) {
            untranslated.push(raw);
        }
    }
    chinese.reverse();
    untranslated.reverse();
    sides::one_language(file, chinese, Side::Zh, document);
    sides::one_language(file, untranslated, Side::En, document);
}

/// Whether the text is behind a comment on the same line: `<!--Default:-->默认值：1`, where a single word is translated.
fn is_label(text: &str, raw: &Raw) -> bool {
    text[..raw.lines[0].start].ends_with("-->")
}

/// Whether the text has an English sentence rather than an option such as `--warnings-as-errors`.
fn is_sentence(file: View<'_>, raw: &Raw) -> bool {
    let block = file.block(Side::En, raw.kind, &raw.lines);
    !block.text.starts_with('-') && is_prose(&block)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layout_and_keys_are_no_english() {
        for comment in [
            "overview",
            "body",
            "reviewers:\n- bob\n- eve",
            "title: The Lake",
            "---\ntitle: The Lake\n---",
            "# This page was moved\n#\n# from there\ntitle: The Lake",
            "SPDX-License-Identifier: MIT or later",
            "待补充 the rest",
        ] {
            assert!(!is_english(comment), "{comment}");
        }
        for comment in ["## Limits", "Note: close the tap first.", "Open the valve", "Consider:"] {
            assert!(is_english(comment), "{comment}");
        }
    }

    #[test]
    fn what_is_to_be_done_is_no_english() {
        for (comment, rest) in [
            ("TODO: describe it", ""),
            ("TODO(bob): describe it\n\nOpen the valve.", "Open the valve."),
            ("To do it, open the valve.", "To do it, open the valve."),
        ] {
            assert_eq!(without_to_do(comment, Span::new(0, comment.len())).of(comment), rest);
        }
    }

    #[test]
    fn a_comment_may_take_the_brackets_of_an_element() {
        for (comment, content) in [
            (" td colspan=\"2\">Default: 1</td ", "Default: 1"),
            ("-\n- a < b, so c > d\n-", "- a < b, so c > d"),
            (" td>Default</th ", "td>Default</th"),
        ] {
            assert_eq!(
                inside_element(comment, Span::new(0, comment.len())).of(comment),
                content
            );
        }
    }
}
