//! `stray-link`.

mod page;

use std::collections::HashMap;

use crate::declare_rule;
use crate::finding::{Applicability, Finding};
use crate::formats::backticks;
use crate::rules::{CorpusPass, DocumentContext, PairContext, Report, Rule};
use crate::text::language_name::{side_in_heading, side_of_tag};
use crate::text::{Side, Span};
use page::{Page, address, digest};

declare_rule! {
    /// A link in a translated page leads to a page or an anchor of the source.
    ///
    /// ## What it does
    /// Follows the links between the Markdown pages of a run.
    ///
    /// - A link leads to the page of the other language, although that page is translated: `/en/install` in a Chinese page. The
    ///   language must be a part of the link.
    /// - A link leads to an anchor that the source of the page has, and the translation has not. Anchors are made of headings, so
    ///   `#installation` is gone when the heading has become “安装”, unless the heading names its anchor: `## 安装 {#installation}`.
    ///
    /// Links to other sites, and links that offer the page itself in another language, are left alone.
    ///
    /// ## Why it matters
    /// Readers find themselves in a language that they may not read, or at the top of a long page.
    ///
    /// ## Example
    /// ```bilint-wrong
    /// zh: # 安装
    /// en: # Installation
    /// zh: 先看[安装](#安装)。
    /// en: First see [Installation](#安装).
    /// ```
    ///
    /// Use instead:
    /// ```bilint-right
    /// zh: # 安装
    /// en: # Installation
    /// zh: 先看[安装](#安装)。
    /// en: First see [Installation](#installation).
    /// ```
    ///
    /// ## Limits
    /// On the pages of six documentation sites: 39 findings, none of them false.
    pub StrayLink { id: "stray-link", group: Structure, severity: Warning, since: "0.1.0", fixable: Sometimes }
}

impl Rule for StrayLink {
    fn corpus(&self) -> Option<Box<dyn CorpusPass>> {
        Some(Box::<Pass>::default())
    }
}

#[derive(Default)]
struct Pass {
    pages: Vec<Page>,
    links: Vec<Followed>,
}

/// A link that may be reported once all pages are known.
struct Followed {
    /// The page that it is in.
    page: usize,
    /// Where it leads.
    to: Target,
    /// The digest of its anchor.
    anchor: Option<u64>,
    /// Whether it names the language of the source.
    leaves: bool,
    /// Where it would lead if it named the other language.
    counterpart: Option<Target>,
    /// What is reported if it is at fault.
    finding: Finding,
}

/// Where a link leads.
enum Target {
    /// The page that it is in.
    Here,
    /// An address in the same tree of files.
    File(String),
    /// An address from the root of the site, which may be any folder.
    Site(String),
}

impl Target {
    /// Where a path leads from the page. `None` if it is empty or leads out of the tree.
    fn of(path: &str, page: &Page) -> Option<Self> {
        match path {
            "" => None,
            path if path.starts_with('/') => Some(Self::Site(address(path))),
            path => Some(Self::File(address(&joined(&page.folder, path)?))),
        }
    }

    /// Whether it may be this file.
    fn is(&self, file: &str) -> bool {
        match self {
            Self::Here => false,
            Self::File(address) => address == file,
            Self::Site(address) => {
                let site = address.trim_start_matches('/');
                let before = file.strip_suffix(site);
                before.is_some_and(|before| !site.is_empty() && (before.is_empty() || before.ends_with('/')))
            }
        }
    }
}

/// A link in a text: `](address#anchor)`.
struct Link<'t> {
    /// The text between the brackets.
    text: &'t str,
    /// The address and the anchor.
    span: Span,
    /// Before the anchor; without a query.
    path: &'t str,
    anchor: Option<&'t str>,
}

impl CorpusPass for Pass {
    fn visit(&mut self, ctx: &DocumentContext<'_>, _: &mut Report) {
        let target = ctx.direction().target();
        let Some(page) = Page::of(ctx) else {
            return;
        };
        let number = self.pages.len();
        for pair in ctx.iter() {
            for link in links(pair.text(target)) {
                self.links.extend(follow(&pair, target, &link, &page, number));
            }
        }
        self.pages.push(page);
    }

    fn finish(self: Box<Self>) -> Vec<Finding> {
        let index = Index::new(&self.pages);
        let pages = &self.pages;
        let mut out = Vec::new();
        for mut link in self.links {
            let Some(to) = index.find(&link, pages) else { continue };
            let lost = link.anchor.and_then(|anchor| pages[to].lost.get(&anchor));
            if link.leaves {
                // The corrected link has to lead to the translation, and to an anchor that it has.
                let leads_there = link.counterpart.is_some_and(|c| c.is(&pages[to].target));
                if lost.is_some() || !leads_there {
                    link.finding.fixes.clear();
                    link.finding.expected.clear();
                }
                if to != link.page {
                    out.push(link.finding);
                }
            } else if let Some(anchor) = lost {
                let name = link.finding.found.as_deref().unwrap_or_default();
                let path = name.split('#').next().unwrap_or_default();
                link.finding.expected = anchor.iter().map(|anchor| format!("{path}#{anchor}")).collect();
                out.push(link.finding);
            }
        }
        out
    }
}

/// The pages by the last part of their addresses.
struct Index<'p> {
    by_end: HashMap<&'p str, Vec<usize>>,
}

impl<'p> Index<'p> {
    fn new(pages: &'p [Page]) -> Self {
        let mut by_end: HashMap<&str, Vec<usize>> = HashMap::new();
        for (i, page) in pages.iter().enumerate() {
            for address in [&page.source, &page.target] {
                let known = by_end.entry(end_of(address)).or_default();
                if known.last() != Some(&i) {
                    known.push(i);
                }
            }
        }
        Self { by_end }
    }

    /// The one page that a link leads to: in the language of the source if it leaves the translation, or else in that of the
    /// translation.
    fn find(&self, link: &Followed, pages: &'p [Page]) -> Option<usize> {
        let to = match &link.to {
            Target::Here => return Some(link.page),
            Target::File(address) | Target::Site(address) => address,
        };
        let own = |page: &'p Page| if link.leaves { &page.source } else { &page.target };
        let is_it = |i: &&usize| link.to.is(own(&pages[**i]));
        let mut found = self.by_end.get(end_of(to))?.iter().filter(is_it);
        let first = found.next()?;
        found.next().is_none().then_some(*first)
    }
}

fn end_of(address: &str) -> &str {
    address.rsplit('/').next().unwrap_or(address)
}

/// What is known of a link within its page. `None` if there is nothing to find out about it.
fn follow(pair: &PairContext<'_>, target: Side, link: &Link<'_>, page: &Page, number: usize) -> Option<Followed> {
    let source = target.other();
    let leaves = link.path.split('/').any(|part| side_of_tag(part) == Some(source));
    let anchor = link.anchor.filter(|a| !a.is_empty()).map(digest);
    if !leaves && anchor.is_none() {
        return None;
    }
    let to = match Target::of(link.path, page) {
        Some(to) => to,
        None if link.path.is_empty() && anchor.is_some_and(|a| page.lost.contains_key(&a)) => Target::Here,
        None => return None,
    };
    // A link that offers the page in another language.
    if leaves && side_in_heading(link.text) == Some(source) {
        return None;
    }
    let name = &pair.text(target)[link.span.range()];
    let mut own_report = Report::new();
    let message = if leaves {
        format!("link “{name}” leads to the {} page, which is translated", source.name())
    } else {
        format!(
            "link “{name}” leads to an anchor of the {} page that the {} page does not have",
            source.name(),
            target.name()
        )
    };
    let mut finding = own_report
        .finding(&StrayLink::META, pair, target, link.span, message)
        .found(name);
    let mut counterpart = None;
    if let Some((from, to)) = page.languages().filter(|_| leaves) {
        let right: Vec<&str> = name
            .split('/')
            .map(|part| if part == from { to } else { part })
            .collect();
        let right = right.join("/");
        counterpart = Target::of(path_of(&right).0, page);
        finding = finding
            .expected([&right])
            .fix(pair, target, link.span, right, Applicability::Safe);
    }
    // Builders name the anchors of headings in slightly different ways.
    let here = anchor.filter(|_| matches!(to, Target::Here));
    if let Some(right) = here.and_then(|anchor| page.lost[&anchor].as_deref()) {
        finding = finding.fix(pair, target, link.span, format!("#{right}"), Applicability::Unsafe);
    }
    finding
        .help(if leaves {
            format!("link to the {} page", target.name())
        } else {
            "use the anchor of the translated heading, or name the anchor there: `## … {#anchor}`".to_owned()
        })
        .emit();
    Some(Followed {
        page: number,
        to,
        anchor,
        leaves,
        counterpart,
        finding: own_report.into_findings().pop()?,
    })
}

/// A path that begins in `folder`. `None` if it leads out of the tree.
fn joined(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            _ => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// The links of a text that lead to pages of the same site. Code has none.
fn links(text: &str) -> Vec<Link<'_>> {
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
fn path_of(link: &str) -> (&str, Option<&str>) {
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

    #[test]
    fn paths_are_joined_within_the_tree() {
        assert_eq!(joined("docs/zh", "../en/a.md").as_deref(), Some("docs/en/a.md"));
        assert_eq!(joined("docs", "./a.md").as_deref(), Some("docs/a.md"));
        assert_eq!(joined("docs", "../../a.md"), None);
    }
}
