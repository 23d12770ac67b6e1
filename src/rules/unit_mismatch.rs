//! `unit-mismatch`.

use super::figure_labels::{LabelFault, report_label};
use super::quantities::clashes;
use super::{PairContext, Report, Rule};
use crate::declare_rule;
use crate::language::quantity::DifferenceKind;

declare_rule! {
    /// A figure has a different unit or currency.
    ///
    /// ## What it does
    /// Reports a figure with the right number but a different unit: feet for metres, months for years, percent for
    /// percentage points, euros for dollars. A figure that is converted correctly (100亩, 6.67 hectares) is not
    /// reported. Currencies are never treated as converted.
    ///
    /// ## Why it matters
    /// A rate that falls by 0.5 percent and one that falls by 0.5 percentage points are different news.
    ///
    /// ## Example
    /// ```bilint-wrong
    /// zh: 失业率下降0.5个百分点。
    /// en: The unemployment rate fell by 0.5 percent.
    /// ```
    ///
    /// Use instead:
    /// ```bilint-right
    /// zh: 失业率下降0.5个百分点。
    /// en: The unemployment rate fell by 0.5 percentage points.
    /// ```
    pub UnitMismatch { id: "unit-mismatch", group: Quantities, severity: Error, since: "0.1.0", class: Four }
}

impl Rule for UnitMismatch {
    fn pair(&self, ctx: &PairContext<'_>, report: &mut Report) {
        for clash in clashes(ctx, &[DifferenceKind::Unit]) {
            let message = format!("units differ: {}", clash.describe(ctx));
            let target = ctx.doc.direction().target();
            let right = clash.on(target.other()).unit.map(|u| u.def().symbol);
            let finding = report
                .finding(&Self::META, ctx, target, clash.on(target).span, message)
                .label(ctx, target.other(), clash.on(target.other()).span)
                .found(clash.on(target).span.of(ctx.text(target)));
            match right {
                Some(unit) => finding.help(format!("the source has {unit}")).emit(),
                None => finding.help("check the unit against the source").emit(),
            }
        }
        report_label(ctx, &Self::META, LabelFault::Unit, report);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::check;

    #[test]
    fn finds_units_periods_and_currencies() {
        for (zh, en) in [
            ("高达六米的海浪", "waves of up to six feet"),
            ("每5年一次", "every five months"),
            ("每年约2.5万亿美元", "around RMB 2.5 trillion a year"),
            ("加热到98°C", "heated to 98 °F"),
            ("几个小时", "several minutes"),
            ("平均时间（小时）", "Average time (minutes)"),
            ("约三成企业受影响。", "About 3 percent of enterprises were affected."),
        ] {
            assert_eq!(check(&UnitMismatch, &[zh], &[en]).len(), 1, "{zh} {en}");
        }
    }

    #[test]
    fn allows_conversions_and_units_left_out() {
        for (zh, en) in [
            ("100亩", "6.67 hectares"),
            ("利率上调25个基点", "The rate was raised by 0.25 percentage points."),
            ("利率上调25个基点", "The rate was raised by 25 basis points."),
            ("68岁的电工", "Narcis Termes, 68, an electrician"),
            ("24个月", "two years"),
            ("海拔4410米", "4,410 m above sea level"),
            ("平均时间（小时）", "Average time (hours)"),
        ] {
            assert!(check(&UnitMismatch, &[zh], &[en]).is_empty(), "{zh} {en}");
        }
    }
}
