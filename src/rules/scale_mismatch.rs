//! `scale-mismatch`.

use super::figure_labels::{LabelFault, report_label};
use super::quantities::{Clash, clashes};
use super::{PairContext, Report, Rule};
use crate::declare_rule;
use crate::language::quantity::{DifferenceKind, Rational};

declare_rule! {
    /// A figure is too large or too small by a power of ten.
    ///
    /// ## What it does
    /// Reports two figures with the same digits whose values differ by a power of ten, a common slip between 万, 亿 and
    /// thousand, million, billion: 20.96亿 is 2.096 billion, not 20.96 billion. The unit of a label or of a unit line (单位：万元) is
    /// compared, too: an error where the figures below it are the same, a warning where there are none.
    ///
    /// ## Why it matters
    /// Chinese counts in ten thousands and English in thousands, so every conversion can go wrong by a factor of ten.
    /// In an official text, a sum that is ten times too large makes the news.
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
            let message = format!("scales differ: {}{}", clash.describe(ctx), factor(ctx, &clash));
            clash.report(&Self::META, ctx, report, message).emit();
        }
        report_label(ctx, &Self::META, LabelFault::Scale, report);
    }
}

/// By which factor the target is wrong: ` (10× too small)`.
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
    use crate::finding::Severity;
    use crate::rules::testing::check;

    #[test]
    fn the_message_shows_values_and_factor() {
        let found = check(
            &ScaleMismatch,
            &["中国有14亿人口。"],
            &["China has a population of 140 million."],
        );
        assert_eq!(
            found[0].message,
            "scales differ: “14亿人口” = 1,400,000,000, “population of 140 million” = 140,000,000 (10× too small)"
        );
        assert_eq!(found[0].fixes[0].replacement, "1.4 billion");
    }

    #[test]
    fn a_fix_keeps_the_currency() {
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

    fn severities(zh: &[&str], en: &[&str]) -> Vec<Severity> {
        check(&ScaleMismatch, zh, en).into_iter().map(|f| f.severity).collect()
    }

    #[test]
    fn compares_the_units_of_labels() {
        for (zh, en) in [
            ("单位：万元", "Unit: RMB million"),
            ("金额单位：人民币千元", "(in millions of RMB)"),
            ("营业收入（亿元）", "Revenue (RMB million)"),
        ] {
            assert_eq!(severities(&[zh], &[en]), [Severity::Warning], "{zh}");
        }
        for (zh, en) in [
            ("单位：百万元", "Unit: RMB million"),
            ("单位：千元", "RMB'000"),
            ("营业收入（亿元）", "Revenue"),
            ("大会（北京）", "Congress (Beijing)"),
            ("金额（万元）", "Amount (see note 3)"),
        ] {
            assert_eq!(severities(&[zh], &[en]), [], "{zh}");
        }
    }

    #[test]
    fn the_figures_below_a_label_decide_whether_it_is_wrong() {
        let zh = ["单位：万元", "12000"];
        let (copied, converted) = (["Unit: RMB million", "12,000"], ["Unit: RMB million", "120"]);
        assert_eq!(severities(&zh, &copied), [Severity::Error]);
        assert_eq!(severities(&zh, &converted), []);
    }
}
