//! `content-omitted`.

use super::blocks::quote;
use super::{PairContext, Report, Rule};
use crate::align::Rendering;
use crate::declare_rule;
use crate::finding::Confidence;
use crate::language::zh::segment;
use crate::text::{Side, Span};

declare_rule! {
    /// Words of a Chinese sentence that nothing in the English renders.
    ///
    /// ## What it does
    /// Looks the nouns, set phrases and new words of every Chinese sentence up in the bilingual lexicon, and lists those
    /// that have no translation, not even of one of their characters, in the English of their paragraph or of its
    /// neighbours: the surest first. Words inside names of the glossary are left to its rules, sentences without any counterpart to
    /// `sentence-omitted`.
    ///
    /// ## Why it matters
    /// A clause is dropped more easily than a sentence, and no count shows it.
    ///
    /// ## Limits
    /// Off unless selected: a free translation renders many words by others that no lexicon has, as 危险 by “risk”. Only
    /// words with a single translation are listed, and still one good pair in four has one (547 of 2,098 pairs of news,
    /// encyclopaedic and medical text). Read it as a list of places to look at, not of errors. What the lexicon lacks
    /// it cannot miss.
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

/// A word less certain than this may be rendered in too many ways: only words with one translation count.
const CERTAIN: f32 = 0.9;
/// The same for a word that is too new for jieba's dictionary, and so too new to have many meanings: 共赢.
const CERTAIN_NEW: f32 = 0.5;
/// Words that a finding lists.
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
        let lone = ctx.unpaired_sentences();
        for &sentence in ctx.sentences(Side::Zh) {
            if lone.iter().any(|l| l.side == Side::Zh && l.span.overlaps(sentence)) {
                continue;
            }
            let words = content(ctx, sentence);
            let texts: Vec<&str> = words.iter().map(|w| w.of(ctx.zh())).collect();
            let renderings = ctx.doc.aligner.renderings(&texts, &near);
            let mut absent: Vec<(Span, f32)> = words
                .into_iter()
                .zip(renderings)
                .filter_map(|(word, rendering)| match rendering {
                    Rendering::Absent { certainty } if certainty >= least(word.of(ctx.zh())) => Some((word, certainty)),
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
                    format!("no counterpart of {} in the English", listed.join(", ")),
                )
                .label(ctx, Side::En, Span::new(0, ctx.en().len()))
                .confidence(Confidence::Low)
                .help(format!(
                    "see whether all of “{}” is translated",
                    quote(sentence.of(ctx.zh()))
                ))
                .emit();
        }
    }
}

/// How sure the lexicon must be of a word.
fn least(word: &str) -> f32 {
    if segment::is_new(word) { CERTAIN_NEW } else { CERTAIN }
}

/// The nouns, set phrases and new words of a sentence that belong to no name of the glossary, each once.
fn content(ctx: &PairContext<'_>, sentence: Span) -> Vec<Span> {
    let text = ctx.zh();
    let mut seen = Vec::new();
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
            let is_named = || ctx.terms().hits.iter().any(|h| h.hit.span.overlaps(word));
            is_content && !is_named() && !ctx.is_masked(Side::Zh, word) && !seen.contains(&letters) && {
                seen.push(letters);
                true
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::check;

    #[test]
    fn lists_the_words_of_a_clause_that_is_not_there() {
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
    fn allows_words_rendered_in_the_next_paragraph() {
        let zh = ["它们是平台与桥梁。", "欢迎各国科研人员参与。"];
        let en = [
            "They are platforms.",
            "As bridges, they welcome researchers of all countries.",
        ];
        assert!(check(&ContentOmitted, &zh, &en).is_empty());
    }
}
