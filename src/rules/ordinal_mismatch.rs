//! `ordinal-mismatch`.

use super::quantities::clashes;
use super::{PairContext, Report, Rule};
use crate::declare_rule;
use crate::language::quantity::DifferenceKind;

declare_rule! {
    /// An ordinal differs, as in “20th summit” for 第十九次峰会.
    ///
    /// ## What it does
    /// Compares ordinals, the numbers of congresses and sessions (十九大, 四中全会) and of five-year plans (十五五 is the 15th).
    /// An ordinal that is missing from the translation is not reported here: “the G20 Summit in November 2025” already
    /// identifies the summit.
    ///
    /// ## Why it matters
    /// The number of a congress, a session or a plan is part of its name.
    ///
    /// ## Example
    /// ```bilint-wrong
    /// zh: 党的十九大以来
    /// en: since the 18th CPC National Congress
    /// ```
    ///
    /// Use instead:
    /// ```bilint-right
    /// zh: 党的十九大以来
    /// en: since the 19th CPC National Congress
    /// ```
    pub OrdinalMismatch { id: "ordinal-mismatch", group: Quantities, severity: Error, since: "0.1.0", faults: [WrongNumber], precedence: 1 }
}

impl Rule for OrdinalMismatch {
    fn pair(&self, ctx: &PairContext<'_>, report: &mut Report) {
        for clash in clashes(ctx, &[DifferenceKind::Ordinal]) {
            let message = format!("ordinals differ: {}", clash.describe(ctx));
            clash.report(&Self::META, ctx, report, message).emit();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::check;

    #[test]
    fn finds_summits_sessions_and_plans() {
        for (zh, en) in [
            ("二十国集团领导人第十九次峰会", "the 20th G20 Summit"),
            (
                "十九届四中全会",
                "the Third Plenary Session of the 19th Central Committee",
            ),
            (
                "“十五五”开局之年",
                "the first year of the 14th Five-Year Plan (2026-2030)",
            ),
        ] {
            assert_eq!(check(&OrdinalMismatch, &[zh], &[en]).len(), 1, "{zh} {en}");
        }
    }

    #[test]
    fn allows_figures_words_and_omitted_ordinals() {
        for (zh, en) in [
            ("二十国集团领导人第十九次峰会", "the 19th G20 Summit"),
            ("“十四五”规划", "the 14th Five-Year Plan"),
            ("第二次世界大战", "World War II"),
            ("二十国集团领导人第二十次峰会", "the G20 Summit in November 2025"),
            ("第三季度", "in Q3"),
        ] {
            assert!(check(&OrdinalMismatch, &[zh], &[en]).is_empty(), "{zh} {en}");
        }
    }
}
