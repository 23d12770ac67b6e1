//! `weekday-mismatch`.

use super::{PairContext, Report, Rule, quote};
use crate::declare_rule;
use crate::finding::Confidence;
use crate::language::quantity::{Kind, PartialDate, Quantity, weekday_name};
use crate::text::Side;
use crate::text::date::Weekday;

declare_rule! {
    /// A date is paired with the wrong weekday.
    ///
    /// ## What it does
    /// Computes the weekday, in the Gregorian calendar, of a full date next to a weekday (Tuesday, November 18, 2024;
    /// 2024年11月18日（星期二）).
    ///
    /// ## Why it matters
    /// One of the two is wrong, and readers who plan by it come on the wrong day.
    ///
    /// ## Example
    /// ```bilint-wrong
    /// zh: 会议定于2024年11月18日举行。
    /// en: The meeting is on Tuesday, November 18, 2024.
    /// ```
    ///
    /// Use instead:
    /// ```bilint-right
    /// zh: 会议定于2024年11月18日举行。
    /// en: The meeting is on Monday, November 18, 2024.
    /// ```
    pub WeekdayMismatch { id: "weekday-mismatch", group: Quantities, severity: Error, since: "0.1.0" }
}

impl Rule for WeekdayMismatch {
    fn pair(&self, ctx: &PairContext<'_>, report: &mut Report) {
        for side in [Side::Zh, Side::En] {
            let text = ctx.text(side);
            for two in ctx.quantities(side).windows(2) {
                let (first, second) = (&two[0], &two[1]);
                let (date, day) = if second.kind == Kind::Weekday {
                    (first, second)
                } else {
                    (second, first)
                };
                let (Some(named), Some(true)) = (weekday(day), date.as_date().map(|d| d.weekday().is_some())) else {
                    continue;
                };
                let gap = &text[first.span.end..second.span.start];
                let beside = gap
                    .chars()
                    .all(|c| c.is_whitespace() || matches!(c, ',' | '，' | '(' | '（' | '.'));
                let Some(real) = date
                    .as_date()
                    .and_then(PartialDate::weekday)
                    .filter(|r| beside && *r != named)
                else {
                    continue;
                };
                let message = format!(
                    "{} is a {}, not a {}",
                    quote::span(text, date.span),
                    weekday_name(real),
                    weekday_name(named)
                );
                report
                    .finding(&Self::META, ctx, side, first.span.cover(second.span), message)
                    .confidence(Confidence::High)
                    .help("correct the date or the weekday")
                    .expected([weekday_name(real)])
                    .found(weekday_name(named))
                    .emit();
            }
        }
    }
}

fn weekday(q: &Quantity) -> Option<Weekday> {
    let day = q.as_number().filter(|_| q.kind == Kind::Weekday)?.to_i64()?;
    Weekday::from_monday_one_offset(i8::try_from(day).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::check;

    #[test]
    fn also_checks_the_chinese() {
        let found = check(&WeekdayMismatch, &["2024年11月18日（星期二）"], &["November 18, 2024"]);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].message, "“2024年11月18日” is a Monday, not a Tuesday");
    }

    #[test]
    fn allows_a_weekday_of_another_date() {
        for en in [
            "On Tuesday he said that the meeting of November 18, 2024 was over.",
            "on Monday, November 18, 2024",
            "on Tuesday, November 18",
        ] {
            assert!(check(&WeekdayMismatch, &["会议"], &[en]).is_empty(), "{en}");
        }
    }
}
