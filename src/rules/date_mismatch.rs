//! `date-mismatch`.

use super::quantities::clashes;
use super::{PairContext, Report, Rule};
use crate::declare_rule;
use crate::language::quantity::DifferenceKind;

declare_rule! {
    /// A date, time, weekday, decade or century differs.
    ///
    /// ## What it does
    /// Compares the parts of a date that both languages give (2024年11月18日, “18 November”), times on the 12-hour or
    /// 24-hour clock, weekdays, decades (上世纪90年代, the 1990s) and centuries.
    ///
    /// ## Why it matters
    /// One wrong digit makes people miss a meeting or a deadline, and a wrong date looks as plausible as a right one.
    ///
    /// ## Example
    /// ```bilint-wrong
    /// zh: 2024年11月18日
    /// en: November 8, 2024
    /// ```
    ///
    /// Use instead:
    /// ```bilint-right
    /// zh: 2024年11月18日
    /// en: 18 November 2024
    /// ```
    pub DateMismatch { id: "date-mismatch", group: Quantities, severity: Error, since: "0.1.0", fixable: Sometimes }
}

impl Rule for DateMismatch {
    fn pair(&self, ctx: &PairContext<'_>, report: &mut Report) {
        for clash in clashes(ctx, &[DifferenceKind::Date]) {
            let message = format!("dates differ: {}", clash.describe(ctx));
            clash.report(&Self::META, ctx, report, message).emit();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::check;

    #[test]
    fn says_nothing_of_english_in_the_place_of_chinese() {
        let zh = "Version 1.0 was released on September 11, 2018 with a few fixes.";
        let en = "Version 1.0 was released on September 11, 2018, with many fixes.";
        assert!(check(&DateMismatch, &[zh], &[en]).is_empty());
    }

    #[test]
    fn fixes_the_part_that_differs() {
        for (zh, en, at, right) in [
            ("2020年3月20日", "20 August 2020", "August", "March"),
            ("1997年", "since the 1996 handover", "1996", "1997"),
            ("6月12日", "on June 22", "22", "12"),
        ] {
            let found = check(&DateMismatch, &[zh], &[en]);
            assert_eq!(found.len(), 1, "{zh} {en}");
            let fix = &found[0].fixes[0];
            assert_eq!((fix.bytes.len(), fix.replacement.as_str()), (at.len(), right));
        }
    }

    #[test]
    fn compares_times_weekdays_and_decades() {
        for (zh, en) in [
            ("10月31日15时37分", "at 5:37 p.m. on October 31"),
            ("周五", "on Wednesday"),
            ("上世纪90年代", "in the 1980s"),
            ("20世纪", "in the 19th century"),
        ] {
            assert_eq!(check(&DateMismatch, &[zh], &[en]).len(), 1, "{zh} {en}");
        }
    }

    #[test]
    fn allows_other_clocks_orders_and_parts() {
        for (zh, en) in [
            ("10月31日15时37分", "at 3:37 p.m. on October 31"),
            ("2024年11月18日", "on the 18th of November"),
            ("2024年11月18日", "on Monday, November 18"),
            ("2月12日至3月28日", "February 12–March 28, 2020"),
            ("2020-2021年", "in 2020–21"),
            ("公元前49年1月1日", "on 1st January 49 BC"),
        ] {
            assert!(check(&DateMismatch, &[zh], &[en]).is_empty(), "{zh} {en}");
        }
    }
}
