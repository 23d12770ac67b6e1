//! `acronym-style`.

use super::style::Acronyms;
use super::{DocumentContext, PairContext, Report, Rule};
use crate::declare_rule;
use crate::finding::{Confidence, Severity};
use crate::glossary::terms::Verdict;
use crate::text::{Side, Span};

/// Fewest names in a list.
const SHORTEST_LIST: usize = 3;

declare_rule! {
    /// Some names in a list include their acronym and others omit it.
    ///
    /// ## What it does
    /// Looks at runs of three or more paragraphs or list items that consist of a single glossary name each. If some of
    /// the English names are followed by their acronym in brackets and others are not although the glossary has one,
    /// lists those without. If the configuration sets a style (`[style]`, `acronyms = "all"` or `"none"`), reports
    /// every entry that does not follow it, as a warning.
    ///
    /// ## Why it matters
    /// A list reads better when all entries follow the same pattern. This is a matter of style, not correctness.
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
    fn document(&self, ctx: &DocumentContext<'_>, report: &mut Report) {
        let mut list: Vec<Entry<'_>> = Vec::new();
        // An item without English does not end the list; `list-item-omitted` reports it.
        for pair in ctx.iter().filter(|p| !p.is_structure() && !p.en().trim().is_empty()) {
            match parse_entry(pair) {
                Some(e) => list.push(e),
                None => check_list(&std::mem::take(&mut list), ctx.settings.style.acronyms, report),
            }
        }
        check_list(&list, ctx.settings.style.acronyms, report);
    }
}

/// A pair that consists of a single name.
struct Entry<'a> {
    pair: PairContext<'a>,
    name: Span,
    acronym: Option<&'a str>,
    has_acronym: bool,
}

fn parse_entry(pair: PairContext<'_>) -> Option<Entry<'_>> {
    let zh = pair.zh();
    let whole = letters(zh);
    let hit = pair
        .terms()
        .hits
        .iter()
        .find(|h| h.verdict == Verdict::Counts && letters(h.hit.span.of(zh)) == whole)?;
    let concept = &pair.doc.glossary.concepts()[hit.hit.concept];
    let acronym = concept.acronym.as_deref().or_else(|| {
        concept.en.iter().skip(1).map(|n| &*n.text).find(|n| {
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
        has_acronym: acronym.is_some_and(|a| en.contains(&format!("({a})")) || en.contains(&format!("（{a}）"))),
    })
}

fn letters(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphanumeric()).count()
}

fn check_list(list: &[Entry<'_>], policy: Option<Acronyms>, report: &mut Report) {
    let with: Vec<&Entry<'_>> = list.iter().filter(|e| e.has_acronym).collect();
    let without: Vec<&Entry<'_>> = list.iter().filter(|e| !e.has_acronym && e.acronym.is_some()).collect();
    if list.len() < SHORTEST_LIST {
        return;
    }
    let alike = with.is_empty() || without.is_empty();
    let (odd, message, advice) = match policy {
        None if alike => return,
        None => {
            let message = format!(
                "the acronym is missing for {} of {} names in this list and given for {}",
                without.len(),
                list.len(),
                with.len()
            );
            (without, message, "add the acronym to all names or to none; missing")
        }
        Some(Acronyms::All) => {
            let message = format!(
                "the acronym is missing for {} of {} names in this list",
                without.len(),
                list.len()
            );
            (without, message, "the house style requires acronyms; add")
        }
        Some(Acronyms::None) => {
            let message = format!(
                "the acronym is given for {} of {} names in this list",
                with.len(),
                list.len()
            );
            (with, message, "the house style omits acronyms; remove from")
        }
    };
    let Some(first) = odd.first() else { return };
    let named: Vec<String> = odd
        .iter()
        .map(|e| format!("{} ({})", e.name.of(e.pair.en()), e.acronym.unwrap_or_default()))
        .collect();
    let mut finding = report.finding(&AcronymStyle::META, &first.pair, Side::En, first.name, message);
    for other in list.iter().filter(|e| e.pair.index != first.pair.index) {
        finding = finding.with(&other.pair);
    }
    if policy.is_some() {
        finding = finding.severity(Severity::Warning);
    }
    finding
        .confidence(Confidence::Medium)
        .help(format!("{advice}: {}", named.join("; ")))
        .emit();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::context::Settings;
    use crate::rules::testing::{check_in, check_with, glossary};

    #[test]
    fn the_house_style_decides_where_all_entries_are_alike() {
        let g = glossary(&[
            "联合国 = United Nations | UN",
            "世界银行 = World Bank",
            "非盟 = African Union | AU",
        ]);
        let zh = ["联合国、", "世界银行、", "非盟。"];
        let findings = |acronyms: Acronyms, en: &[&str]| -> Vec<(Severity, String)> {
            let mut settings = Settings::default();
            settings.style.acronyms = Some(acronyms);
            let found = check_in(&AcronymStyle, &zh, en, &g, &settings);
            found
                .into_iter()
                .map(|f| (f.severity, f.help.unwrap_or_default().into_owned()))
                .collect()
        };
        let bare = ["United Nations", "World Bank", "African Union"];
        let with_acronyms = ["United Nations (UN)", "World Bank", "African Union (AU)"];
        assert_eq!(
            findings(Acronyms::All, &bare),
            [(
                Severity::Warning,
                "the house style requires acronyms; add: United Nations (UN); African Union (AU)".to_owned()
            )]
        );
        assert_eq!(findings(Acronyms::None, &with_acronyms).len(), 1);
        assert!(findings(Acronyms::All, &with_acronyms).is_empty());
        assert!(findings(Acronyms::None, &bare).is_empty());
    }

    #[test]
    fn allows_a_name_that_has_no_acronym() {
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
