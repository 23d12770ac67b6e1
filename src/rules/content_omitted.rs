//! `content-omitted`.

use rustc_hash::FxHashSet;

use super::{PairContext, Report, Rule, quote};
use crate::align::Rendering;
use crate::declare_rule;
use crate::finding::Confidence;
use crate::language::zh::segment;
use crate::text::{Side, Span, SpanSet};

declare_rule! {
    /// Words in a Chinese sentence have no translation in the English.
    ///
    /// ## What it does
    /// Looks up the nouns, set phrases and new words of every Chinese sentence in the bilingual lexicon. Lists those
    /// with no translation, not even of one of their characters, in the English of the same paragraph or its
    /// neighbours, most certain first. Words in glossary names are left to the term rules, and sentences without any
    /// counterpart to `sentence-omitted`.
    ///
    /// ## Why it matters
    /// A clause is dropped more easily than a sentence, and no count shows it.
    ///
    /// ## Limits
    /// Off by default: free translations render many words in ways that no lexicon lists, such as “risk” for 危险. Only
    /// words with a single translation are listed, but even so one in four correct pairs has one (547 of 2,098 pairs of
    /// news, encyclopaedic and medical text). Treat the findings as places to check, not as errors. Words that the
    /// lexicon does not contain are never reported.
    ///
    /// ## Example
    /// ```bilint-wrong
    /// zh: 使它们成为应对全球挑战的平台与桥梁。
    /// en: May they become platforms for addressing global challenges.
    /// ```
    ///
    /// Use instead:
    /// ```bilint-right
    /// zh: 使它们成为应对全球挑战的平台与桥梁。
    /// en: May they become platforms and bridges for addressing global challenges.
    /// ```
    pub ContentOmitted { id: "content-omitted", group: Structure, severity: Note, since: "0.1.0", on_by_default: false }
}

/// Least certainty of the lexicon for a word: only words with a single translation are listed.
const CERTAIN: f32 = 0.9;
/// The same for a word that jieba's dictionary lacks. It is too new to have many meanings: 共赢.
const CERTAIN_NEW: f32 = 0.5;
/// Most words in a finding.
const LISTED: usize = 5;

impl Rule for ContentOmitted {
    fn pair(&self, ctx: &PairContext<'_>, report: &mut Report) {
        if !ctx.is_paired() {
            return;
        }
        let near: Vec<&str> = [-1, 0, 1]
            .into_iter()
            .filter_map(|by| if by == 0 { Some(*ctx) } else { ctx.neighbour(by) })
            .map(|pair| pair.en())
            .collect();
        let near = near.join("\n");
        let lone = ctx.unpaired_sentences().iter().filter(|l| l.side == Side::Zh);
        let lone: SpanSet = lone.map(|l| l.span).collect();
        let named: SpanSet = ctx.terms().hits.iter().map(|h| h.hit.span).collect();
        let near = ctx.doc.aligner.stems(&near);
        for &sentence in ctx.sentences(Side::Zh) {
            if lone.overlaps(sentence) {
                continue;
            }
            let words = content_words(ctx, sentence, &named);
            let texts: Vec<&str> = words.iter().map(|w| w.of(ctx.zh())).collect();
            let renderings = ctx.doc.aligner.renderings(&texts, &near);
            let mut absent: Vec<(Span, f32)> = words
                .into_iter()
                .zip(renderings)
                .filter_map(|(word, rendering)| match rendering {
                    Rendering::Absent { certainty } if certainty >= least_certainty(word.of(ctx.zh())) => {
                        Some((word, certainty))
                    }
                    _ => None,
                })
                .collect();
            absent.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.start.cmp(&b.0.start)));
            absent.truncate(LISTED);
            let Some(&(first, _)) = absent.first() else { continue };
            let listed: Vec<String> = absent.iter().map(|(w, _)| format!("“{}”", w.of(ctx.zh()))).collect();
            report
                .finding(
                    &Self::META,
                    ctx,
                    Side::Zh,
                    first,
                    format!("no translation of {} in the English", listed.join(", ")),
                )
                .label(ctx, Side::En, Span::new(0, ctx.en().len()))
                .confidence(Confidence::Low)
                .help(format!(
                    "check whether all of {} is translated",
                    quote::beginning(sentence.of(ctx.zh()))
                ))
                .emit();
        }
    }
}

/// Least certainty of the lexicon for `word`.
fn least_certainty(word: &str) -> f32 {
    if segment::is_new(word) { CERTAIN_NEW } else { CERTAIN }
}

/// The nouns, set phrases and new words of a sentence that are not in a glossary name, each once.
fn content_words(ctx: &PairContext<'_>, sentence: Span, named: &SpanSet) -> Vec<Span> {
    let text = ctx.zh();
    let mut seen = FxHashSet::default();
    segment::words(sentence.of(text))
        .into_iter()
        .map(|word| word.shift(sentence.start))
        .filter(|&word| {
            let letters = word.of(text);
            let is_content = match letters.chars().count() {
                0 | 1 => false,
                2 | 3 => segment::is_nominal(letters) || segment::is_new(letters),
                _ => true,
            };
            is_content && !named.overlaps(word) && !ctx.is_masked(Side::Zh, word) && seen.insert(letters)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::check;

    #[test]
    fn lists_the_words_of_a_missing_clause() {
        let found = check(
            &ContentOmitted,
            &["欢迎各国科研人员共同参与，使它们成为合作共赢、应对全球挑战的平台与桥梁。"],
            &[
                "We welcome researchers from around the world to take part, and to address global challenges on these platforms.",
            ],
        );
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].message.contains("“桥梁”, “共赢”"), "{}", found[0].message);
    }

    #[test]
    fn allows_words_translated_in_the_next_paragraph() {
        let zh = ["它们是平台与桥梁。", "欢迎各国科研人员参与。"];
        let en = [
            "They are platforms.",
            "As bridges, they welcome researchers of all countries.",
        ];
        assert!(check(&ContentOmitted, &zh, &en).is_empty());
    }
}
