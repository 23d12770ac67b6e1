//! `stray-link`.

mod compared;
mod links;
mod page;

use std::collections::HashMap;

use crate::declare_rule;
use crate::finding::{Applicability, Finding};
use crate::rules::{CorpusPass, DocumentContext, PairContext, Report, Rule};
use crate::text::Side;
use crate::text::language_name::{side_in_heading, side_of_tag};
use compared::{Compared, compare};
use links::{Link, links, path_of};
use page::{Page, address, digest};

declare_rule! {
    /// A link in a translated page leads to a page or an anchor of the source.
    ///
    /// ## What it does
    /// Follows the links between the Markdown pages of a run.
    ///
    /// - A link leads to the page of the other language, although that page is translated: `/en/install` in a Chinese page. The
    ///   language must be a part of the link.
    /// - The same, where the translations are in a folder of the site and the originals are not: `/guide/install` in
    ///   `docs/zh/guide/start.md`, if there are a `docs/guide/install.md` and its translation. Nothing is reported where most links
    ///   are so, since the builder then adds the language.
    /// - A link leads to another page than the link of the source at its place, if both are pages of the run and all other links of
    ///   the paragraph agree.
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
    /// On the pages of fourteen documentation sites: 87 findings, none of them false. Of twelve links to another page than in the
    /// source, three lead to one that fits as well.
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
    compared: Vec<Compared>,
    /// How many links from the root of the site name the folder of the translations.
    prefixed: usize,
}

/// A link that may be reported once all pages are known.
struct Followed {
    /// The page that it is in.
    page: usize,
    /// Where it leads.
    to: Target,
    /// The digest of its anchor.
    anchor: Option<u64>,
    /// Whether it leads to the page of the source.
    leaves: Option<Leaving>,
    /// Where it would lead if it named the other language.
    counterpart: Option<Target>,
    /// What is reported if it is at fault.
    finding: Finding,
}

/// Why a link leads to the page of the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Leaving {
    /// It names the language.
    Named,
    /// It names no language, and the source is where no language is named.
    Unprefixed,
}

/// Of links from the root of a site without a language, so many may be mistakes although no other link has one.
const MISTAKES: usize = 3;

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
    /// Where a path leads from a page in `folder`. `None` if it is empty or leads out of the tree.
    fn of(path: &str, folder: &str) -> Option<Self> {
        match path {
            "" => None,
            path if path.starts_with('/') => Some(Self::Site(address(path))),
            path => Some(Self::File(address(&joined(folder, path)?))),
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

impl CorpusPass for Pass {
    fn visit(&mut self, ctx: &DocumentContext<'_>, _: &mut Report) {
        let target = ctx.direction().target();
        let Some(page) = Page::of(ctx) else {
            return;
        };
        let number = self.pages.len();
        for pair in ctx.iter() {
            let found = links(pair.text(target));
            for link in &found {
                self.prefixed += usize::from(page.is_prefixed(link.path));
                self.links.extend(follow(&pair, target, link, &page, number));
            }
            self.compared.extend(compare(&pair, target, &found, &page));
        }
        self.pages.push(page);
    }

    fn finish(self: Box<Self>) -> Vec<Finding> {
        let index = Index::new(&self.pages);
        let pages = &self.pages;
        let unprefixed = |link: &Followed| link.leaves == Some(Leaving::Unprefixed);
        let without = |link: &&Followed| unprefixed(link) && index.find(link, pages).is_some();
        let without = self.links.iter().filter(without).count();
        let adds_language = without > self.prefixed.max(MISTAKES);
        let mut out: Vec<Finding> = self.compared.into_iter().filter_map(|c| c.finish(&index)).collect();
        for mut link in self.links {
            if adds_language && unprefixed(&link) {
                continue;
            }
            let Some(to) = index.find(&link, pages) else { continue };
            let lost = link.anchor.and_then(|anchor| pages[to].lost.get(&anchor));
            if link.leaves.is_some() {
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
    pages: &'p [Page],
    by_end: HashMap<&'p str, Vec<usize>>,
}

impl<'p> Index<'p> {
    /// The address, in the language of the source, of the one page that a link leads to, in either language.
    fn page(&self, to: &Target) -> Option<&'p str> {
        let (Target::File(address) | Target::Site(address)) = to else {
            return None;
        };
        let known = self.by_end.get(end_of(address))?.iter().map(|&i| &self.pages[i]);
        let mut found = known.filter(|page| to.is(&page.source) || to.is(&page.target));
        let first = found.next()?;
        found.all(|page| page.source == first.source).then_some(&*first.source)
    }

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
        Self { pages, by_end }
    }

    /// The one page that a link leads to: in the language of the source if it leaves the translation, or else in that of the
    /// translation.
    fn find(&self, link: &Followed, pages: &'p [Page]) -> Option<usize> {
        let to = match &link.to {
            Target::Here => return Some(link.page),
            Target::File(address) | Target::Site(address) => address,
        };
        let own = |page: &'p Page| {
            if link.leaves.is_some() {
                &page.source
            } else {
                &page.target
            }
        };
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
    let is_named = link.path.split('/').any(|part| side_of_tag(part) == Some(source));
    let unprefixed = (!is_named).then(|| page.unprefixed(link.path)).flatten();
    let leaves = match &unprefixed {
        _ if is_named => Some(Leaving::Named),
        Some(_) => Some(Leaving::Unprefixed),
        None => None,
    };
    let anchor = link.anchor.filter(|a| !a.is_empty()).map(digest);
    if leaves.is_none() && anchor.is_none() {
        return None;
    }
    let to = match unprefixed.or_else(|| Target::of(link.path, &page.folder)) {
        Some(to) => to,
        None if link.path.is_empty() && anchor.is_some_and(|a| page.lost.contains_key(&a)) => Target::Here,
        None => return None,
    };
    // A link that offers the page in another language.
    if leaves.is_some() && side_in_heading(link.text) == Some(source) {
        return None;
    }
    let name = &pair.text(target)[link.span.range()];
    let mut own_report = Report::new();
    let message = if leaves.is_some() {
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
    let right = match leaves {
        Some(Leaving::Named) => page.languages().map(|(from, to)| {
            let parts = name.split('/').map(|part| if part == from { to } else { part });
            parts.collect::<Vec<&str>>().join("/")
        }),
        Some(Leaving::Unprefixed) => page.prefix().map(|(_, tag)| format!("/{tag}{name}")),
        None => None,
    };
    if let Some(right) = right {
        counterpart = Target::of(path_of(&right).0, &page.folder);
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
        .help(if leaves.is_some() {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_joined_within_the_tree() {
        assert_eq!(joined("docs/zh", "../en/a.md").as_deref(), Some("docs/en/a.md"));
        assert_eq!(joined("docs", "./a.md").as_deref(), Some("docs/a.md"));
        assert_eq!(joined("docs", "../../a.md"), None);
    }
}
