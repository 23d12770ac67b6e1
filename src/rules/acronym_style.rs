//! `acronym-style`.

use super::style::Acronyms;
use super::{DocumentContext, PairContext, Report, Rule};
use crate::declare_rule;
use crate::finding::{Confidence, Severity};
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
    /// not, it names those without. Where the configuration chooses (`[style]`, `acronyms = "all"` or `"none"`), such a list
    /// must be built that way even where its entries are alike, and what is not is a warning.
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
    fn document(&self, ctx: &DocumentContext<'_>, report: &mut Report) {
        let mut list: Vec<Entry<'_>> = Vec::new();
        // An item without English is another rule's matter and does not end the list.
        for pair in ctx.iter().filter(|p| !p.is_structure() && !p.en().trim().is_empty()) {
            match entry(pair) {
                Some(e) => list.push(e),
                None => judge(&std::mem::take(&mut list), ctx.settings.style.acronyms, report),
            }
        }
        judge(&list, ctx.settings.style.acronyms, report);
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
        carries_it: acronym.is_some_and(|a| en.contains(&format!("({a})")) || en.contains(&format!("（{a}）"))),
    })
}

fn letters(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphanumeric()).count()
}

fn judge(list: &[Entry<'_>], policy: Option<Acronyms>, report: &mut Report) {
    let with: Vec<&Entry<'_>> = list.iter().filter(|e| e.carries_it).collect();
    let without: Vec<&Entry<'_>> = list.iter().filter(|e| !e.carries_it && e.acronym.is_some()).collect();
    if list.len() < SHORTEST_LIST {
        return;
    }
    let alike = with.is_empty() || without.is_empty();
    let (odd, message, advice) = match policy {
        None if alike => return,
        None => (
            without,
            format!(
                "{} of {} names in this list carry their acronym, {} that have one do not",
                with.len(),
                list.len(),
                list.iter().filter(|e| !e.carries_it && e.acronym.is_some()).count()
            ),
            "add the acronym to all or to none; without one",
        ),
        Some(Acronyms::All) => {
            let message = format!(
                "{} of {} names in this list lack their acronym",
                without.len(),
                list.len()
            );
            (without, message, "add the acronym, as the house style has it")
        }
        Some(Acronyms::None) => {
            let message = format!(
                "{} of {} names in this list carry their acronym",
                with.len(),
                list.len()
            );
            (with, message, "leave the acronym out, as the house style has it")
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
        let said = |acronyms: Acronyms, en: &[&str]| -> Vec<(Severity, String)> {
            let mut settings = Settings::default();
            settings.style.acronyms = Some(acronyms);
            let found = check_in(&AcronymStyle, &zh, en, &g, &settings);
            found
                .into_iter()
                .map(|f| (f.severity, f.help.unwrap_or_default()))
                .collect()
        };
        let bare = ["United Nations", "World Bank", "African Union"];
        let carrying = ["United Nations (UN)", "World Bank", "African Union (AU)"];
        assert_eq!(
            said(Acronyms::All, &bare),
            [(
                Severity::Warning,
                "add the acronym, as the house style has it: United Nations (UN); African Union (AU)".to_owned()
            )]
        );
        assert_eq!(said(Acronyms::None, &carrying).len(), 1);
        assert!(said(Acronyms::All, &carrying).is_empty());
        assert!(said(Acronyms::None, &bare).is_empty());
    }

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
