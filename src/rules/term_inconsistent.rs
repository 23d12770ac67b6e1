//! `term-inconsistent`.

use std::collections::HashMap;
use std::sync::Arc;

use super::terms::cite_glossary;
use super::{CorpusPass, DocumentContext, PairContext, Report, Rule};
use crate::declare_rule;
use crate::finding::Confidence;
use crate::glossary::english::EnglishName;
use crate::glossary::terms::EnHit;
use crate::glossary::{Concept, Kind};
use crate::text::Side;

declare_rule! {
    /// One document names a thing by two different accepted names.
    ///
    /// ## What it does
    /// Remembers by which accepted full name a document renders a facility, institution, plan, event or document first,
    /// and points at the first place that uses another one. A shorter form of the same name (fewer of its words), the
    /// acronym and another spelling are not another name; neither are a country and its adjective.
    ///
    /// ## Why it matters
    /// Two names read as two things. The glossary accepts both, the page should choose one.
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

/// What the document that is being read has used so far.
#[derive(Default)]
struct Pass {
    /// Parts of a streamed file are one document, and so are the records of a record file.
    document: Option<(Arc<str>, Option<Arc<str>>)>,
    /// Concept → the compiled name used first and the line it stands on; `None` once reported.
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
                if wants_one_name(&ctx.glossary.concepts()[found.concept]) {
                    for hit in found.en.iter().filter(|h| h.status.is_accepted()) {
                        self.take(&pair, found.concept, hit, report);
                    }
                }
            }
        }
    }
}

impl Pass {
    fn take(&mut self, pair: &PairContext<'_>, concept: usize, hit: &EnHit, report: &mut Report) {
        let names = pair.doc.glossary.english(concept);
        let name = &names[hit.name];
        if name.words.len() < 2 {
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
                format!("“{text}” here, “{before}” on line {first_line}: one thing, two names"),
            )
            .with_lines(&here().0, first_line, first_line)
            .confidence(Confidence::Medium)
            .concept(&*entry.id)
            .why(cite_glossary(entry))
            .help("use one name throughout")
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

/// Whether neither name is a shorter form of the other. Words in capitals (UN, US, G20) stand for any words.
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
