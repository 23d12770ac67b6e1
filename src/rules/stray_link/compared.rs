//! Links that lead to other pages than those of the source at their places.

use super::links::{Link, links};
use super::{Index, Page, StrayLink, Target, address};
use crate::finding::Finding;
use crate::rules::{PairContext, Report};
use crate::text::Side;
use crate::text::language_name::side_of_tag;

/// The links of a paragraph and its source that differ.
pub struct Compared {
    source: Target,
    target: Target,
    /// What is reported if they lead to two pages.
    finding: Finding,
}

impl Compared {
    /// The finding, if both links lead to pages that are translated, and these are not the same.
    pub fn finish(self, index: &Index<'_>) -> Option<Finding> {
        let (source, target) = (index.page(&self.source)?, index.page(&self.target)?);
        (source != target).then_some(self.finding)
    }
}

/// The one link of a paragraph, and of its source, that the other one does not have, if all others agree.
pub fn compare(pair: &PairContext<'_>, target: Side, to: &[Link<'_>], page: &Page) -> Option<Compared> {
    if to.is_empty() || !pair.is_paired() {
        return None;
    }
    let from = links(pair.text(target.other()));
    // Lists of links are where pages drift apart, and what is beside them is not surely their source.
    if from.len() != to.len() || is_link(pair.text(target), to) {
        return None;
    }
    let mut from: Vec<(&Link<'_>, String)> = from.iter().map(|link| (link, key(link, &page.source_folder))).collect();
    let mut different = to.iter().filter(|link| {
        let key = key(link, &page.folder);
        let same = from.iter().position(|(_, other)| *other == key);
        same.map(|at| from.swap_remove(at)).is_none()
    });
    let found = different.next()?;
    if different.next().is_some() {
        return None;
    }
    let &(wanted, _) = from.first()?;
    let text = |side: Side, link: &Link<'_>| &pair.text(side)[link.span.range()];
    let (name, expected) = (text(target, found), text(target.other(), wanted));
    let mut own_report = Report::new();
    let message = format!(
        "link “{name}” leads to another page than “{expected}” in the {}",
        target.other().name()
    );
    own_report
        .finding(&StrayLink::META, pair, target, found.span, message)
        .label(pair, target.other(), wanted.span)
        .found(name)
        .help("check which page is right")
        .emit();
    Some(Compared {
        source: Target::of(wanted.path, &page.source_folder)?,
        target: Target::of(found.path, &page.folder)?,
        finding: own_report.into_findings().pop()?,
    })
}

/// Whether a text is one link.
fn is_link(text: &str, links: &[Link<'_>]) -> bool {
    let text = text.trim();
    links.len() == 1 && text.starts_with('[') && text.ends_with(')')
}

/// An address as it is in both languages, as far as the link shows it: its parts without names of languages. Most links agree in it.
fn key(link: &Link<'_>, folder: &str) -> String {
    let path = match Target::of(link.path, folder) {
        Some(Target::File(path) | Target::Site(path)) => path,
        Some(Target::Here) | None => address(link.path),
    };
    let parts = path.split('/').filter(|part| side_of_tag(part).is_none());
    parts.collect::<Vec<&str>>().join("/")
}
