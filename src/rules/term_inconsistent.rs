//! `term-inconsistent`.

use std::collections::HashMap;
use std::sync::Arc;

use super::implied::is_foreign;
use super::terms::cite_glossary;
use super::{CorpusPass, DocumentContext, PairContext, Report, Rule, quote};
use crate::declare_rule;
use crate::finding::Confidence;
use crate::glossary::english::EnglishName;
use crate::glossary::terms::EnHit;
use crate::glossary::{Concept, Kind};
use crate::text::Side;

declare_rule! {
    /// A document uses two different accepted names for the same concept.
    ///
    /// ## What it does
    /// Records the accepted full name that a document uses first for each facility, institution, plan, event or
    /// document, and reports the first place that uses a different one. A shorter form of the same name, its acronym
    /// and a spelling variant are not different names. Neither are a country and its adjective.
    ///
    /// ## Why it matters
    /// Two names read as two things. The glossary accepts both, but a document should use one.
    ///
    /// ## Example
    /// ```bilint-wrong
    /// zh: 子午工程已建成。
    /// en: The Chinese Meridian Project is complete.
    /// zh: 子午工程向全球开放。
    /// en: The Meridian Space Weather Network opens to the world.
    /// glossary: 子午工程 = Chinese Meridian Project | Meridian Space Weather Network
    /// ```
    ///
    /// Use instead:
    /// ```bilint-right
    /// zh: 子午工程已建成。
    /// en: The Chinese Meridian Project is complete.
    /// zh: 子午工程向全球开放。
    /// en: The Meridian Project opens to the world.
    /// glossary: 子午工程 = Chinese Meridian Project | Meridian Project
    /// ```
    pub TermInconsistent { id: "term-inconsistent", group: Consistency, severity: Warning, since: "0.1.0" }
}

impl Rule for TermInconsistent {
    fn corpus(&self) -> Option<Box<dyn CorpusPass>> {
        Some(Box::<Pass>::default())
    }
}

/// The names that the current document has used so far.
#[derive(Default)]
struct Pass {
    /// Parts of a streamed file are one document, and so are the records of a record file.
    document: Option<(Arc<str>, Option<Arc<str>>)>,
    /// Concept → the index of the name used first and its line; `None` once reported.
    used: HashMap<usize, Option<(usize, usize)>>,
}

impl CorpusPass for Pass {
    fn visit(&mut self, ctx: &DocumentContext<'_>, report: &mut Report) {
        let document = Some((ctx.document.name.clone(), ctx.document.id.clone()));
        if self.document != document {
            self.document = document;
            self.used.clear();
        }
        for pair in ctx.iter() {
            for found in &pair.terms().concepts {
                let concept = &ctx.glossary.concepts()[found.concept];
                let is_foreign = || found.zh.iter().any(|h| is_foreign(&pair, concept, h));
                if wants_one_name(concept) && !found.en.is_empty() && !is_foreign() {
                    for hit in found.en.iter().filter(|h| h.status.is_accepted()) {
                        self.record_use(&pair, found.concept, hit, report);
                    }
                }
            }
        }
    }
}

impl Pass {
    fn record_use(&mut self, pair: &PairContext<'_>, concept: usize, hit: &EnHit, report: &mut Report) {
        let names = pair.doc.glossary.english(concept);
        let name = &names[hit.name];
        // “October 1” is no name for National Day.
        let has_figure = || name.words.iter().any(|w| w.bytes().all(|b| b.is_ascii_digit()));
        if name.words.len() < 2 || has_figure() {
            return;
        }
        let here = || super::report::line(pair, Side::En, hit.span.start);
        let entry = self.used.entry(concept).or_insert_with(|| Some((hit.name, here().1)));
        let Some((first, first_line)) = *entry else { return };
        if !differ(&names[first], name) {
            return;
        }
        *entry = None;
        let entry = &pair.doc.glossary.concepts()[concept];
        let text = hit.span.of(pair.en());
        let before = names[first].index.map_or("", |i| &*entry.en[i].text);
        report
            .finding(
                &TermInconsistent::META,
                pair,
                Side::En,
                hit.span,
                format!(
                    "{} is called “{before}” on line {first_line}",
                    quote::name(pair.en(), hit.span)
                ),
            )
            .with_lines(&here().0, first_line, first_line)
            .confidence(Confidence::Medium)
            .concept(&*entry.id)
            .why(cite_glossary(entry))
            .help("use one name in the whole document")
            .expected([before])
            .found(text)
            .emit();
    }
}

fn wants_one_name(concept: &Concept) -> bool {
    matches!(
        concept.kind,
        Kind::Facility | Kind::Institution | Kind::Plan | Kind::Event | Kind::Document
    )
}

/// Whether neither name is a shorter form of the other. Words in capitals (UN, US, G20) match any words.
fn differ(a: &EnglishName, b: &EnglishName) -> bool {
    let within = |short: &EnglishName, long: &EnglishName| {
        short
            .words
            .iter()
            .zip(&short.keys)
            .all(|(w, k)| long.keys.contains(k) || w.chars().all(|c| !c.is_lowercase()))
    };
    !within(a, b) && !within(b, a)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{check_with, glossary};

    #[test]
    fn allows_the_full_name_and_then_a_short_form() {
        let g = glossary(&["联合国安理会 = United Nations Security Council | UN Security Council | Security Council"]);
        let en = [
            "the United Nations Security Council",
            "the Security Council",
            "the UN Security Council",
        ];
        assert!(check_with(&TermInconsistent, &["联合国安理会"; 3], &en, &g).is_empty());
    }

    #[test]
    fn a_body_of_another_state_has_a_name_of_its_own() {
        let glossary = crate::glossary::builtin();
        let zh = ["英国外交部发出警告。", "外交部宣布了新规定。"];
        let en = [
            "The Foreign Office issued a warning.",
            "The Ministry of Foreign Affairs announced new rules.",
        ];
        assert!(check_with(&TermInconsistent, &zh, &en, &glossary).is_empty());
        let zh = ["外交部发出警告。", "外交部宣布了新规定。"];
        assert_eq!(check_with(&TermInconsistent, &zh, &en, &glossary).len(), 1);
    }

    #[test]
    fn a_date_is_no_name() {
        let g = glossary(&["国庆节 = National Day | October 1"]);
        let en = ["the National Day holidays", "from October 1 on"];
        assert!(check_with(&TermInconsistent, &["国庆节"; 2], &en, &g).is_empty());
    }

    #[test]
    fn reports_the_second_name_once() {
        let g = glossary(&["国防部 = Ministry of Defense | Department of Defense"]);
        let en = [
            "the Ministry of Defence",
            "the Department of Defense",
            "the Department of Defense",
        ];
        let f = check_with(&TermInconsistent, &["国防部"; 3], &en, &g);
        assert_eq!(f.len(), 1);
        assert!(f[0].message.contains("line 1"), "{}", f[0].message);
    }
}
