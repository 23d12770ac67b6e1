//! `plan-years`.

use super::plans::periods;
use super::{PairContext, Report, Rule, quote};
use crate::declare_rule;
use crate::finding::Applicability;
use crate::language::quantity::{Kind, Quantity, Rational};
use crate::text::Side;

declare_rule! {
    /// A five-year plan is given the wrong years.
    ///
    /// ## What it does
    /// Compares the range of years after the number of a five-year plan (十五五, the 15th Five-Year Plan) with the years
    /// of that plan. The 14th covers 2021 to 2025, the 15th covers 2026 to 2030.
    ///
    /// ## Why it matters
    /// Translators add these years from memory, for readers abroad.
    ///
    /// ## Example
    /// ```bilint-wrong
    /// zh: “十五五”时期
    /// en: the 15th Five-Year Plan period (2021-2025)
    /// ```
    ///
    /// Use instead:
    /// ```bilint-right
    /// zh: “十五五”时期
    /// en: the 15th Five-Year Plan period (2026-2030)
    /// ```
    pub PlanYears { id: "plan-years", group: Quantities, severity: Error, since: "0.1.0", fixable: Sometimes }
}

/// First and last year of a plan of the People's Republic; `None` before the fourth, whose spans were irregular.
const fn years_of(plan: i64) -> Option<(i32, i32)> {
    if plan < 4 || plan > 30 {
        return None;
    }
    let first = 1971 + 5 * (plan as i32 - 4);
    Some((first, first + 4))
}

impl Rule for PlanYears {
    fn pair(&self, ctx: &PairContext<'_>, report: &mut Report) {
        for side in [Side::Zh, Side::En] {
            for period in periods(ctx, side) {
                let Some(number) = period.plan.as_number().and_then(Rational::to_i64) else {
                    continue;
                };
                let Some((first, last)) = years_of(number) else {
                    continue;
                };
                if period.written == (first, last) || number_differs(ctx, side, period.plan) {
                    continue;
                }
                let (a, b) = period.written;
                let right = format!("{first}-{last}");
                let message = format!(
                    "{} covers {first}–{last}, not {a}–{b}",
                    quote::span(ctx.text(side), period.plan.span)
                );
                let text = period.years.of(ctx.text(side));
                let finding = report
                    .finding(&Self::META, ctx, side, period.years, message)
                    .help(format!("write {right}, or correct the number of the plan"))
                    .why("a new plan starts every five years since the 4th (1971–1975)")
                    .expected([right])
                    .found(text);
                let corrected = text
                    .replace(&a.to_string(), &first.to_string())
                    .replace(&b.to_string(), &last.to_string());
                finding
                    .fix(ctx, side, period.years, corrected, Applicability::Unsafe)
                    .emit();
            }
        }
    }
}

/// Whether the other side names a different plan. Then the number is wrong, which other rules report, and the years may
/// be right.
fn number_differs(ctx: &PairContext<'_>, side: Side, plan: &Quantity) -> bool {
    let mut others = ctx
        .quantities(side.other())
        .iter()
        .filter(|q| q.kind == Kind::Plan)
        .peekable();
    others.peek().is_some() && others.all(|q| q.value != plan.value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::check;

    #[test]
    fn knows_the_years_of_the_plans() {
        assert_eq!(years_of(13), Some((2016, 2020)));
        assert_eq!(years_of(15), Some((2026, 2030)));
        assert_eq!(years_of(3), None);
    }

    #[test]
    fn also_checks_and_fixes_the_chinese() {
        let found = check(
            &PlanYears,
            &["“十四五”规划（2020—2025年）"],
            &["the 14th Five-Year Plan"],
        );
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].fixes[0].replacement, "2021—2025年");
    }

    #[test]
    fn a_wrong_number_of_the_plan_is_one_finding_of_another_rule() {
        let found = check(
            &PlanYears,
            &["“十五五”开局之年"],
            &["the first year of the 14th Five-Year Plan (2026-2030)"],
        );
        assert!(found.is_empty());
    }

    #[test]
    fn allows_other_spans_of_years() {
        let en = "the 14th Five-Year Plan was adopted. From 2010 to 2020 trade doubled.";
        assert!(check(&PlanYears, &["“十四五”规划"], &[en]).is_empty());
    }
}
