//! `term-deprecated`.

use super::terms::report_status;
use super::{PairContext, Report, Rule};
use crate::declare_rule;
use crate::glossary::Status;

declare_rule! {
    /// A term uses a name that the glossary marks as deprecated.
    ///
    /// ## What it does
    /// Finds deprecated English names of every concept that the Chinese names, and deprecated Chinese names, and
    /// suggests the preferred name.
    ///
    /// ## Why it matters
    /// Institutions rename their facilities, and misprinted names get copied. The glossary records both.
    ///
    /// ## Example
    /// ```bilint-wrong
    /// zh: 稳态强磁场实验装置、
    /// en: Steady High Magnetic Field Laboratory
    /// glossary: 稳态强磁场实验装置 = Steady High Magnetic Field Facility | -Steady High Magnetic Field Laboratory
    /// ```
    ///
    /// Use instead:
    /// ```bilint-right
    /// zh: 稳态强磁场实验装置、
    /// en: Steady High Magnetic Field Facility
    /// glossary: 稳态强磁场实验装置 = Steady High Magnetic Field Facility | -Steady High Magnetic Field Laboratory
    /// ```
    pub TermDeprecated {
        id: "term-deprecated",
        group: Terms,
        severity: Warning,
        since: "0.1.0",
        fixable: Sometimes,
        faults: [WrongName],
        precedence: 3,
    }
}

impl Rule for TermDeprecated {
    fn pair(&self, ctx: &PairContext<'_>, report: &mut Report) {
        report_status(ctx, &Self::META, Status::Deprecated, report);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::glossary::Kind;
    use crate::rules::testing::{check_with, glossary, glossary_of_kind};

    #[test]
    fn a_part_of_a_country_is_named_with_its_city() {
        let g = glossary_of_kind(Kind::Place, &["英国 = United Kingdom | -England"]);
        let check = |zh, en| check_with(&TermDeprecated, &[zh], &[en], &g).len();
        assert_eq!(check("在英国利物浦召开会议。", "They met in Liverpool, England."), 0);
        assert_eq!(check("英国召开会议。", "England held a meeting."), 1);
    }

    #[test]
    fn offers_the_preferred_name() {
        let g = glossary(&["外交部 = Ministry of Foreign Affairs | -Foreign Affairs Ministry"]);
        let f = check_with(&TermDeprecated, &["外交部"], &["The Foreign Affairs Ministry said"], &g);
        assert_eq!(f[0].fixes[0].replacement, "Ministry of Foreign Affairs");
        assert_eq!(f[0].en.as_ref().unwrap().text, "Foreign Affairs Ministry");
    }
}
