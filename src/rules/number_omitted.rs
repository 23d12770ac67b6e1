//! `number-omitted`.

use super::quantities::{missing, spell};
use super::{PairContext, Report, Rule};
use crate::declare_rule;
use crate::finding::{Confidence, Severity};
use crate::language::quantity::Kind;

declare_rule! {
    /// A quantity of the source that the translation does not have.
    ///
    /// ## What it does
    /// Reports a figure, date or measure of the source that has neither an equal nor a counterpart that differs in the
    /// translation, nor in the paragraph before or after. Words that every translator drops (一个, one, 半, 第一) are not
    /// asked for. Ordinals, dates, durations and multiples that are missing are notes: “the G20 Summit in November 2025”
    /// says which one it was, and “biennial” says how often.
    ///
    /// ## Why it matters
    /// A figure that is gone has often taken a clause with it.
    ///
    /// ## Example
    /// ```bilint-wrong
    /// zh: 项目总投资20.96亿元，2026年建成。
    /// en: The project will be completed in 2026.
    /// ```
    ///
    /// Use instead:
    /// ```bilint-right
    /// zh: 项目总投资20.96亿元，2026年建成。
    /// en: The project, with an investment of 2.096 billion yuan, will be completed in 2026.
    /// ```
    pub NumberOmitted {
        id: "number-omitted",
        group: Quantities,
        severity: Warning,
        since: "0.1.0",
        consequence_of: "sentence-omitted",
    }
}

impl Rule for NumberOmitted {
    fn pair(&self, ctx: &PairContext<'_>, report: &mut Report) {
        let source = ctx.doc.direction().source();
        for q in missing(ctx, source) {
            let text = ctx.text(source);
            // What a translation often says without the figure: “that year”, “biennial”, “double”, “the summit”.
            let recast = matches!(
                q.kind,
                Kind::Ordinal
                    | Kind::Session
                    | Kind::Weekday
                    | Kind::Time
                    | Kind::Date
                    | Kind::Decade
                    | Kind::Century
                    | Kind::Duration
                    | Kind::Multiple
            );
            let message = format!("{} is not in the {}", spell(text, q), source.other().name());
            report
                .finding(&Self::META, ctx, source, q.span, message)
                .severity(if recast { Severity::Note } else { Severity::Warning })
                .confidence(if recast { Confidence::Low } else { Confidence::Medium })
                .help("translate it, unless the sense is there without it")
                .emit();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::check;

    #[test]
    fn a_missing_ordinal_is_a_note() {
        let found = check(
            &NumberOmitted,
            &["2025年11月，李强在出席二十国集团领导人第二十次峰会时欢迎各方。"],
            &["At the G20 Summit in November 2025, Li Qiang welcomed more stakeholders."],
        );
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].severity, Severity::Note);
    }

    #[test]
    fn allows_what_every_translator_drops() {
        for (zh, en) in [
            (
                "当今世界百年变局加速演进，新一轮科技革命深入发展。",
                "At present, momentous changes unseen in a century are accelerating.",
            ),
            ("他一五一十地讲了经过。", "He told the whole story in detail."),
            ("成为应对共同挑战的“最大公约数”", "becomes the common ground"),
            ("一些国家千万不要统一行动。", "Some countries must not act."),
            ("2019 冠状病毒疾病", "coronavirus disease"),
        ] {
            assert!(check(&NumberOmitted, &[zh], &[en]).is_empty(), "{zh} {en}");
        }
    }

    #[test]
    fn allows_a_figure_that_stands_in_the_next_paragraph() {
        let zh = ["共有470人，其中38人受伤。", "他们已经出院。"];
        let en = [
            "There were 470 people.",
            "Thirty-eight were injured and have left hospital.",
        ];
        assert!(check(&NumberOmitted, &zh, &en).is_empty());
    }
}
