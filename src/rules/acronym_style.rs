//! `acronym-style`.

use super::{DocumentContext, Meta, PairContext, Report, Rule};
use crate::declare_rule;
use crate::finding::Confidence;
use crate::glossary::terms::Verdict;
use crate::text::{Side, Span};

/// A shorter run of names is no list.
const SHORTEST_LIST: usize = 3;

declare_rule! {
    /// In one list some names carry their acronym and some, which have one, do not.
    ///
    /// ## What it does
    /// Looks at runs of three or more paragraphs or list items that are nothing but a glossary name each. Where some of
    /// the English names are followed by their acronym in brackets and others, for which the glossary knows one, are
    /// not, it names those without.
    ///
    /// ## Why it matters
    /// A matter of policy, not of right and wrong: a list reads better when all its entries are built alike.
    ///
    /// ## Example
    /// ```bilint-wrong
    /// zh: 联合国
    /// en: United Nations (UN)
    /// zh: 世界卫生组织
    /// en: World Health Organization
    /// zh: 世界贸易组织
    /// en: World Trade Organization (WTO)
    /// glossary: 联合国 = United Nations | UN
    /// glossary: 世界卫生组织 = World Health Organization | WHO
    /// glossary: 世界贸易组织 = World Trade Organization | WTO
    /// ```
    ///
    /// Use instead:
    /// ```bilint-right
    /// zh: 联合国
    /// en: United Nations (UN)
    /// zh: 世界卫生组织
    /// en: World Health Organization (WHO)
    /// zh: 世界贸易组织
    /// en: World Trade Organization (WTO)
    /// glossary: 联合国 = United Nations | UN
    /// glossary: 世界卫生组织 = World Health Organization | WHO
    /// glossary: 世界贸易组织 = World Trade Organization | WTO
    /// ```
    pub AcronymStyle { id: "acronym-style", group: Acronyms, severity: Note, since: "0.1.0" }
}

impl Rule for AcronymStyle {
    fn meta(&self) -> &'static Meta {
        &Self::META
    }

    fn document(&self, ctx: &DocumentContext<'_>, report: &mut Report) {
        let mut list: Vec<Entry<'_>> = Vec::new();
        // An item without English is another rule's matter and does not end the list.
        for pair in ctx.iter().filter(|p| !p.is_structure() && !p.en().trim().is_empty()) {
            match entry(pair) {
                Some(e) => list.push(e),
                None => judge(&std::mem::take(&mut list), report),
            }
        }
        judge(&list, report);
    }
}

/// A pair that is nothing but a name.
struct Entry<'a> {
    pair: PairContext<'a>,
    name: Span,
    acronym: Option<&'a str>,
    carries_it: bool,
}

fn entry(pair: PairContext<'_>) -> Option<Entry<'_>> {
    let zh = pair.zh();
    let hit = pair
        .terms()
        .hits
        .iter()
        .find(|h| h.verdict == Verdict::Counts && letters(h.hit.span.of(zh)) == letters(zh))?;
    let concept = &pair.doc.glossary.concepts()[hit.hit.concept];
    let acronym = concept.acronym.as_deref().or_else(|| {
        concept.en.iter().skip(1).map(|n| n.text.as_str()).find(|n| {
            n.len() >= 2
                && n.chars()
                    .all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '-')
        })
    });
    let en = pair.en();
    let name = en.find(['(', '（']).map_or(en, |i| &en[..i]).trim();
    let start = en.find(name).unwrap_or(0);
    Some(Entry {
        pair,
        name: Span::new(start, start + name.len()),
        acronym,
        carries_it: acronym.is_some_and(|a| en.contains(&format!("({a})")) || en.contains(&format!("（{a}）"))),
    })
}

fn letters(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphanumeric()).count()
}

fn judge(list: &[Entry<'_>], report: &mut Report) {
    let with: Vec<&Entry<'_>> = list.iter().filter(|e| e.carries_it).collect();
    let without: Vec<&Entry<'_>> = list.iter().filter(|e| !e.carries_it && e.acronym.is_some()).collect();
    let (Some(first), true) = (without.first(), list.len() >= SHORTEST_LIST && !with.is_empty()) else {
        return;
    };
    let named: Vec<String> = without
        .iter()
        .map(|e| format!("{} ({})", e.name.of(e.pair.en()), e.acronym.unwrap_or_default()))
        .collect();
    let message = format!(
        "{} of {} names in this list carry their acronym, {} that have one do not",
        with.len(),
        list.len(),
        without.len()
    );
    let mut finding = report.finding(&AcronymStyle::META, &first.pair, Side::En, first.name, message);
    for other in list.iter().filter(|e| e.pair.index != first.pair.index) {
        finding = finding.with(&other.pair);
    }
    finding
        .confidence(Confidence::Medium)
        .help(format!(
            "add the acronym to all or to none; without one: {}",
            named.join("; ")
        ))
        .emit();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{check_with, glossary};

    #[test]
    fn allows_a_name_without_an_acronym_to_its_name() {
        let g = glossary(&[
            "联合国 = United Nations | UN",
            "世界银行 = World Bank",
            "非盟 = African Union | AU",
        ]);
        let en = ["United Nations (UN)", "World Bank", "African Union (AU)"];
        assert!(check_with(&AcronymStyle, &["联合国、", "世界银行、", "非盟。"], &en, &g).is_empty());
    }

    #[test]
    fn allows_prose() {
        let g = glossary(&["联合国 = United Nations | UN", "非盟 = African Union | AU"]);
        let en = [
            "the United Nations (UN) said",
            "the African Union agreed",
            "the United Nations said",
        ];
        assert!(check_with(&AcronymStyle, &["联合国说", "非盟同意", "联合国说"], &en, &g).is_empty());
    }
}
