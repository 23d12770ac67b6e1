//! The links of a text in Markdown.

use crate::formats::backticks;
use crate::text::Span;

/// A link in a text: `](address#anchor)`.
pub struct Link<'t> {
    /// The text between the brackets.
    pub text: &'t str,
    /// The address and the anchor.
    pub span: Span,
    /// Before the anchor; without a query.
    pub path: &'t str,
    pub anchor: Option<&'t str>,
}

/// The links of a text that lead to pages of the same site. Code has none.
pub fn links(text: &str) -> Vec<Link<'_>> {
    let mut out = Vec::new();
    if !text.contains("](") {
        return out;
    }
    let mut at = 0;
    let mut opened = None;
    while let Some(found) = text[at..].find(['`', '[', ']']) {
        let here = at + found;
        let rest = &text[here..];
        at = here + 1;
        if rest.starts_with('`') {
            let (ticks, close) = backticks(rest);
            at = here + close.unwrap_or(ticks);
        } else if rest.starts_with('[') {
            opened = Some(at);
        } else if let Some(inside) = rest.strip_prefix("](") {
            let end = inside.find([')', ' ', '\n', '"', '<', '>']).unwrap_or(inside.len());
            let (path, anchor) = path_of(&inside[..end]);
            if !inside[..end].contains(':') {
                out.push(Link {
                    text: opened.map_or("", |start| &text[start..here]),
                    span: Span::new(here + 2, here + 2 + end),
                    path,
                    anchor,
                });
            }
            at = here + 2 + end;
        }
    }
    out
}

/// The path in a link, without a query, and its anchor.
pub fn path_of(link: &str) -> (&str, Option<&str>) {
    let (path, anchor) = match link.split_once('#') {
        Some((path, anchor)) => (path, Some(anchor)),
        None => (link, None),
    };
    (path.split('?').next().unwrap_or(path), anchor)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_those_to_pages_of_the_site() {
        let text = "见[安装](../install.md#linux)、`[a](b)`、[站外](https://a.org)和[配置](/zh/config?x=1 \"题\")。";
        let found: Vec<_> = links(text)
            .iter()
            .map(|l| (l.text, l.span.of(text), l.path, l.anchor))
            .collect();
        assert_eq!(
            found,
            [
                ("安装", "../install.md#linux", "../install.md", Some("linux")),
                ("配置", "/zh/config?x=1", "/zh/config", None),
            ]
        );
    }
}
