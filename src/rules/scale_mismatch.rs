//! `scale-mismatch`.

use super::quantities::{Clash, clashes};
use super::{PairContext, Report, Rule};
use crate::declare_rule;
use crate::language::quantity::{DifferenceKind, Rational};

declare_rule! {
    /// A figure that is a power of ten too large or too small.
    ///
    /// ## What it does
    /// Reports two figures with the same digits that are a power of ten apart, as happens between 万, 亿 and thousand,
    /// million, billion: 20.96亿 is 2.096 billion, not 20.96 billion.
    ///
    /// ## Why it matters
    /// Chinese counts in ten thousands, English in thousands. Every conversion is a chance to be wrong by a factor of ten, and
    /// a sum in an official text that is ten times too large is news.
    ///
    /// ## Example
    /// ```bilint-wrong
    /// zh: 中国有14亿人口。
    /// en: China has a population of 140 million.
    /// ```
    ///
    /// Use instead:
    /// ```bilint-right
    /// zh: 中国有14亿人口。
    /// en: China has a population of 1.4 billion.
    /// ```
    pub ScaleMismatch { id: "scale-mismatch", group: Quantities, severity: Error, since: "0.1.0", fixable: Sometimes }
}

impl Rule for ScaleMismatch {
    fn pair(&self, ctx: &PairContext<'_>, report: &mut Report) {
        for clash in clashes(ctx, &[DifferenceKind::Scale]) {
            let message = format!("{}{}", clash.arithmetic(ctx), factor(ctx, &clash));
            clash.report(&Self::META, ctx, report, message).emit();
        }
    }
}

/// ` (10× too small)`: how far the target is off.
fn factor(ctx: &PairContext<'_>, clash: &Clash<'_>) -> String {
    let target = ctx.doc.direction().target();
    let values = clash.on(target).as_number().zip(clash.on(target.other()).as_number());
    let tens = values.and_then(|(wrong, right)| wrong.power_of_ten_over(right));
    let by = tens.and_then(|k| Rational::pow10(k.abs()));
    match (tens, by) {
        (Some(k), Some(by)) if k > 0 => format!(" ({by}× too large)"),
        (Some(_), Some(by)) => format!(" ({by}× too small)"),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::check;

    #[test]
    fn shows_the_arithmetic() {
        let found = check(
            &ScaleMismatch,
            &["中国有14亿人口。"],
            &["China has a population of 140 million."],
        );
        assert_eq!(
            found[0].message,
            "“14亿” = 1,400,000,000, “140 million” = 140,000,000 (10× too small)"
        );
        assert_eq!(found[0].fixes[0].replacement, "1.4 billion");
    }

    #[test]
    fn keeps_the_currency_when_it_fixes() {
        let found = check(
            &ScaleMismatch,
            &["总投资20.96亿元。"],
            &["The total investment is RMB20.96 billion."],
        );
        assert_eq!(found[0].fixes[0].replacement, "2.096 billion");
    }

    #[test]
    fn allows_another_scale_for_the_same_value() {
        for (zh, en) in [
            ("31.11万亿元", "31.11 trillion yuan"),
            ("3千元", "3,000 yuan"),
            ("数以千万计", "tens of millions"),
        ] {
            assert!(check(&ScaleMismatch, &[zh], &[en]).is_empty(), "{zh} {en}");
        }
    }
}
