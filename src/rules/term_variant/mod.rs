//! A word rendered the same way everywhere but once.

mod words;

use std::collections::{BTreeMap, HashSet};

use crate::declare_rule;
use crate::finding::{Confidence, Finding};
use crate::input::Layout;
use crate::rules::{CorpusPass, DocumentContext, Meta, PairContext, Report, Rule};
use crate::text::{Side, Span};
use words::{Hit, Reader, Word};

declare_rule! {
    /// A Chinese word that is rendered the same way everywhere but once.
    ///
    /// ## What it does
    /// Watches how each document, and all documents of a run together, render the everyday words that a dictionary knows:
    /// 病毒 is “virus” in five paragraphs and missing from the sixth, where “bacterium” stands at its place and no other
    /// Chinese word explains it. No glossary is needed. The usual rendering must occur at least twice, and be missing
    /// exactly once; words that the glossary names are left to its rules.
    ///
    /// ## Why it matters
    /// Another word reads as another thing: a serum is no vaccine, a bacterium no virus.
    ///
    /// ## Example
    /// ```bilint-wrong
    /// zh: 这种疫苗已经通过测试。
    /// en: This vaccine has passed the tests.
    /// zh: 很多国家正在开发疫苗。
    /// en: Many countries are developing a vaccine.
    /// zh: 目前尚无疫苗。
    /// en: There is no serum at present.
    /// ```
    ///
    /// Use instead:
    /// ```bilint-right
    /// zh: 这种疫苗已经通过测试。
    /// en: This vaccine has passed the tests.
    /// zh: 很多国家正在开发疫苗。
    /// en: Many countries are developing a vaccine.
    /// zh: 目前尚无疫苗。
    /// en: There is no vaccine at present.
    /// ```
    ///
    /// ## Limits
    /// Made to be silent rather than complete. Only words of two to four characters with one to three translations in the
    /// dictionary are watched, and only a noun of narrow meaning is held to be the odd one; multi-word terms belong in a
    /// glossary. Translations from English and files of unrelated segments are left alone. It finds 5 of 38 planted variants
    /// within a document and 8 of 44 across two, and is silent on 66 clean documents; on 2,098 clean pairs read as documents
    /// of 48 it speaks once (“pupils” among “schoolchildren” for 学生).
    pub TermVariant { id: "term-variant", group: Consistency, severity: Warning, since: "0.1.0" }
}

/// Fewest pairs that render a word in the usual way.
const MIN_USUAL: u32 = 2;
/// Least confidence of the aligner: a doubtful pair is no evidence of how a word was rendered.
const MIN_CONFIDENCE: f32 = 0.6;

impl Rule for TermVariant {
    fn meta(&self) -> &'static Meta {
        &Self::META
    }

    fn corpus(&self) -> Option<Box<dyn CorpusPass>> {
        Some(Box::new(Pass {
            reader: Reader::new(),
            tallies: BTreeMap::new(),
            stems: BTreeMap::new(),
        }))
    }
}

/// How a word has been rendered so far.
#[derive(Default)]
struct Tally {
    /// Pairs that render it.
    rendered: u32,
    /// Pairs that render it by its first, second, third translation.
    by: [u32; 3],
    /// Pairs without any of its translations.
    missing: u32,
    /// What is to be said of the pair without, while there is only one, and the stem of the odd word there.
    odd: Option<(u32, Box<Finding>)>,
}

impl Tally {
    fn is_odd(&self) -> bool {
        self.missing == 1 && self.rendered >= MIN_USUAL && self.by.contains(&self.rendered)
    }

    fn add(&mut self, other: Self) {
        self.rendered += other.rendered;
        self.missing += other.missing;
        for (a, b) in self.by.iter_mut().zip(other.by) {
            *a += b;
        }
        self.odd = self.odd.take().or(other.odd).filter(|_| self.missing == 1);
    }
}

/// Numbers of words and stems, and at most one finding for each word: the texts are not kept.
struct Pass {
    reader: Reader,
    /// By the number of the word in the lexicon.
    tallies: BTreeMap<u32, Tally>,
    /// In how many pairs a stem of the lexicon stands.
    stems: BTreeMap<u32, u32>,
}

/// A pair with its words.
struct Read<'a> {
    pair: PairContext<'a>,
    zh: Vec<Hit>,
    en: Vec<Word>,
}

impl CorpusPass for Pass {
    fn visit(&mut self, ctx: &DocumentContext<'_>, report: &mut Report) {
        if ctx.document.layout == Layout::Records || ctx.direction().source() != Side::Zh {
            return;
        }
        let mut pairs = Vec::new();
        let mut stems: BTreeMap<u32, u32> = BTreeMap::new();
        for pair in ctx.iter().filter(|p| p.is_paired() && !p.is_structure()) {
            let (zh, en) = (self.reader.chinese(pair.zh()), self.reader.english(pair.en()));
            for id in en.iter().filter_map(|w| w.id).collect::<HashSet<_>>() {
                *stems.entry(id).or_default() += 1;
            }
            pairs.push(Read { pair, zh, en });
        }
        for (word, mut tally) in tally(&self.reader, &pairs, &stems) {
            if tally.is_odd()
                && let Some((_, finding)) = tally.odd.take()
            {
                report.push(*finding);
            }
            self.tallies.entry(word).or_default().add(tally);
        }
        for (stem, count) in stems {
            *self.stems.entry(stem).or_default() += count;
        }
    }

    fn finish(self: Box<Self>) -> Vec<Finding> {
        let Self { tallies, stems, .. } = *self;
        let odd = tallies.into_values().filter(Tally::is_odd).filter_map(|t| t.odd);
        odd.filter(|(stem, _)| stems.get(stem) == Some(&1))
            .map(|(_, finding)| *finding)
            .collect()
    }
}

/// How the words of a document are rendered.
fn tally(reader: &Reader, pairs: &[Read<'_>], stems: &BTreeMap<u32, u32>) -> BTreeMap<u32, Tally> {
    let mut tallies: BTreeMap<u32, Tally> = BTreeMap::new();
    let mut missing: BTreeMap<u32, (usize, Hit)> = BTreeMap::new();
    for (i, read) in pairs.iter().enumerate() {
        let mut seen = HashSet::new();
        for &hit in read.zh.iter().filter(|h| seen.insert(h.word)) {
            let translations = reader.translations(hit.word);
            if translations.is_empty() {
                continue;
            }
            let tally = tallies.entry(hit.word).or_default();
            let mut rendered = false;
            for (&link, by) in translations.iter().zip(&mut tally.by) {
                if reader.rendering(link.0, &read.en).is_some() {
                    rendered = true;
                    *by += u32::from(reader.is_main(link));
                }
            }
            if rendered {
                tally.rendered += 1;
            } else {
                tally.missing += 1;
                missing.insert(hit.word, (i, hit));
            }
        }
    }
    for (word, (i, hit)) in missing {
        let Some(tally) = tallies.get_mut(&word).filter(|t| t.missing == 1) else {
            continue;
        };
        let Read { pair, en, .. } = &pairs[i];
        if pair.pair().confidence < MIN_CONFIDENCE || is_named(pair, hit.span) {
            continue;
        }
        let once = |stem| stems.get(&stem) == Some(&1);
        if let Some(span) = reader.odd(pair.zh(), pair.en(), hit, en, once)
            && !pair.is_masked(Side::En, span)
            && let Some(stem) = en.iter().find(|w| w.span == span).and_then(|w| w.id)
        {
            tally.odd = finding(pair, hit.span, span).map(|f| (stem, Box::new(f)));
        }
    }
    tallies
}

/// Whether a name of the glossary stands there.
fn is_named(pair: &PairContext<'_>, span: Span) -> bool {
    let mut hits = pair.terms().concepts.iter().flat_map(|c| &c.zh);
    hits.any(|h| h.span.overlaps(span))
}

fn finding(pair: &PairContext<'_>, zh: Span, en: Span) -> Option<Finding> {
    let (term, odd) = (zh.of(pair.zh()), en.of(pair.en()));
    let mut report = Report::new();
    report
        .finding(
            &TermVariant::META,
            pair,
            Side::En,
            en,
            format!("“{term}” is rendered by another word everywhere else than “{odd}”"),
        )
        .label(pair, Side::Zh, zh)
        .confidence(Confidence::Medium)
        .help("use the word that stands everywhere else, unless another thing is meant")
        .found(odd)
        .emit();
    report.into_findings().pop()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{check, check_with, glossary};

    const ZH: [&str; 3] = ["这种疫苗已经通过测试。", "很多国家正在开发疫苗。", "目前尚无疫苗。"];

    #[test]
    fn points_at_the_odd_word() {
        let en = [
            "This vaccine has passed.",
            "Many develop a vaccine.",
            "There is no serum.",
        ];
        let found = check(&TermVariant, &ZH, &en);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].found.as_deref(), Some("serum"));
        assert_eq!(found[0].zh.as_ref().map(|z| z.text.as_str()), Some("疫苗"));
    }

    #[test]
    fn allows_another_form_of_the_word() {
        let en = ["This vaccine has passed.", "Many develop a vaccine.", "No vaccination."];
        assert!(check(&TermVariant, &ZH, &en).is_empty());
    }

    #[test]
    fn allows_a_rendering_that_is_new_twice() {
        let en = [
            "This vaccine has passed.",
            "Many develop a serum.",
            "There is no serum.",
        ];
        assert!(check(&TermVariant, &ZH, &en).is_empty());
    }

    #[test]
    fn allows_a_word_that_other_chinese_explains() {
        let zh = ["这种疫苗已经通过测试。", "很多国家正在开发疫苗。", "血清比疫苗好。"];
        let en = [
            "This vaccine has passed.",
            "Many develop a vaccine.",
            "A serum is better.",
        ];
        assert!(check(&TermVariant, &zh, &en).is_empty());
    }

    #[test]
    fn leaves_names_of_the_glossary_to_its_rules() {
        let en = [
            "This vaccine has passed.",
            "Many develop a vaccine.",
            "There is no serum.",
        ];
        assert!(check_with(&TermVariant, &ZH, &en, &glossary(&["疫苗 = vaccine"])).is_empty());
    }
}
