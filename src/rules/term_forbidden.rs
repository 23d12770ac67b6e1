//! `term-forbidden`.

use super::terms::report_status;
use super::{PairContext, Report, Rule};
use crate::declare_rule;
use crate::glossary::Status;

declare_rule! {
    /// A term uses a name that the glossary forbids.
    ///
    /// ## What it does
    /// Finds forbidden English and Chinese names of every concept that the Chinese names. Works like `term-deprecated`,
    /// but reports an error: a forbidden name must not be published.
    ///
    /// ## Why it matters
    /// Some names are politically or legally wrong, and the organisation has decided not to use them.
    ///
    /// ## Example
    /// ```bilint-wrong
    /// zh: 国家主席
    /// en: the Chairman of the State
    /// glossary: 国家主席 = President | !Chairman of the State
    /// ```
    ///
    /// Use instead:
    /// ```bilint-right
    /// zh: 国家主席
    /// en: the President
    /// glossary: 国家主席 = President | !Chairman of the State
    /// ```
    pub TermForbidden {
        id: "term-forbidden",
        group: Terms,
        severity: Error,
        since: "0.1.0",
        fixable: Sometimes,
        faults: [WrongName],
        precedence: 2,
    }
}

impl Rule for TermForbidden {
    fn pair(&self, ctx: &PairContext<'_>, report: &mut Report) {
        report_status(ctx, &Self::META, Status::Forbidden, report);
    }
}
