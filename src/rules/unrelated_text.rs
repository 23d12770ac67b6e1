//! `unrelated-text`.

use super::{PairContext, Report, Rule, quote};
use crate::declare_rule;
use crate::glossary::terms::ConceptInPair;
use crate::rules::program::is_program;
use crate::text::{Side, Span};

declare_rule! {
    /// The translation belongs to another text.
    ///
    /// ## What it does
    /// Counts the words of content of both texts that the aligner's lexicon links to a word of the other side. Reports a pair
    /// with at least 14 such words of which hardly any is linked, at most one in fourteen. A figure or a glossary name that both
    /// texts have is enough to leave the pair alone.
    ///
    /// ## Why it matters
    /// A row that slipped in a table, or a paragraph pasted in the wrong place, is faultless in itself.
    ///
    /// ## Example
    /// ```bilint-wrong
    /// zh: 研究人员认为，这块化石中保存的羽毛属于成年恐龙，而不是刚刚孵出的幼崽。
    /// en: Passengers should report lost luggage at the counter on the ground floor before leaving the airport.
    /// ```
    ///
    /// Use instead:
    /// ```bilint-right
    /// zh: 研究人员认为，这块化石中保存的羽毛属于成年恐龙，而不是刚刚孵出的幼崽。
    /// en: The researchers believe that the feathers preserved in this fossil are those of an adult dinosaur, not a hatchling.
    /// ```
    ///
    /// ## Limits
    /// Not found: short texts, and texts that happen to share a figure. Of 10,732 published pairs of news, reports, manuals and
    /// interfaces one is reported, whose sentences do differ; of 31,098 verses of the Bible in Chinese and in the English
    /// of 1611, at most 26.
    pub UnrelatedText { id: "unrelated-text", group: Structure, severity: Warning, since: "0.1.0" }
}

/// Fewest words of content of both texts, and of each.
const LEAST_WORDS: usize = 14;
const LEAST_OF_SIDE: usize = 5;
/// Fewest bytes of a text with so many words.
const LEAST_BYTES: usize = 30;
/// The share of linked words up to which a pair is reported.
const HARDLY_ANY: f32 = 0.07;
/// A pair is not measured if so many of so many Chinese words at its beginning may be translated in the English, or one of fewer.
const ENOUGH: usize = 2;
const LOOKED_AT: usize = 24;
const FEW: usize = 12;

impl Rule for UnrelatedText {
    fn pair(&self, ctx: &PairContext<'_>, report: &mut Report) {
        let (zh, en) = (ctx.zh(), ctx.en());
        let is_short = zh.len().min(en.len()) < LEAST_BYTES;
        if is_short || !ctx.is_paired() || ctx.is_structure() || has_figure_or_name(ctx) || is_program(en) {
            return;
        }
        // Nearly all pairs show at their beginning that they belong together.
        let aligner = ctx.doc.aligner;
        let (words, shared) = aligner.count_shared_words(zh, ctx.wording().text(), LOOKED_AT, ENOUGH);
        if words < LEAST_OF_SIDE || shared == ENOUGH || shared > 0 && words < FEW {
            return;
        }
        let whole = |text: &str| [Span::new(0, text.len())];
        let coverage = aligner.measure_coverage(zh, &whole(zh), en, &whole(en));
        let of_side = |side| (coverage.sentences(side)[0].words, coverage.supported_anywhere(side, 0));
        let ((of_zh, linked_zh), (of_en, linked_en)) = (of_side(Side::Zh), of_side(Side::En));
        let (words, linked) = (of_zh + of_en, linked_zh + linked_en);
        if words < LEAST_WORDS || of_zh.min(of_en) < LEAST_OF_SIDE || linked > words as f32 * HARDLY_ANY {
            return;
        }
        let message = format!("{} translates another text", quote::beginning(en.trim()));
        report
            .finding(&Self::META, ctx, Side::En, Span::new(0, en.trim_end().len()), message)
            .label(ctx, Side::Zh, Span::new(0, zh.trim_end().len()))
            .help("check whether the row or paragraph has slipped")
            .emit();
    }
}

/// Whether the texts have a figure, or a name of the glossary, in common.
fn has_figure_or_name(ctx: &PairContext<'_>) -> bool {
    let mut matches = ctx.comparison().matches.iter();
    matches.any(|&(i, _)| !ctx.quantities(Side::Zh)[i].weak)
        || ctx.terms().concepts.iter().any(ConceptInPair::is_rendered)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::check;

    #[test]
    fn finds_the_translation_of_another_text() {
        let zh = "研究人员认为，这块化石中保存的羽毛属于成年恐龙，而不是刚刚孵出的幼崽。";
        let en = "Passengers should report lost luggage at the counter on the ground floor before leaving the airport.";
        assert_eq!(check(&UnrelatedText, &[zh], &[en]).len(), 1);
    }

    #[test]
    fn allows_free_translations_and_texts_with_a_figure_in_common() {
        for (zh, en) in [
            (
                "那婆子听了，一拍大腿，骂道没良心的，转身就往里屋去了。",
                "The old crone slapped her thigh when she heard this. Ungrateful wretches, the lot of them! And with a toss of \
                 the head she vanished into the inner room.",
            ),
            (
                "2019年，他终于回到了阔别已久的故乡，见到了童年的玩伴和年迈的父母。",
                "Passengers should have reported lost luggage at the counter on the ground floor before leaving in 2019.",
            ),
        ] {
            assert!(check(&UnrelatedText, &[zh], &[en]).is_empty(), "{zh} {en}");
        }
    }
}
