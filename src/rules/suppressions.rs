//! Findings about suppressions and waivers. They have no hook: `filter` reports them, once everything else is known.

use super::Rule;
use crate::declare_rule;

declare_rule! {
    /// A suppression that does not say why.
    ///
    /// ## What it does
    /// Asks for a few words after the brackets of a `bilint: ignore[…]` comment, or in the `reason` of a waiver.
    ///
    /// ## Why it matters
    /// The next reader cannot tell a decision from a shortcut, and nobody dares to remove it.
    ///
    /// ## Example
    /// ```markdown
    /// <!-- bilint: ignore[term-mismatch] -->
    /// ```
    ///
    /// Use instead:
    /// ```markdown
    /// <!-- bilint: ignore[term-mismatch] the name of 2012, quoted from the treaty -->
    /// ```
    pub SuppressionWithoutReason { id: "suppression-without-reason", group: Suppressions, severity: Warning, since: "0.1.0" }
}

declare_rule! {
    /// A suppression that suppresses nothing.
    ///
    /// ## What it does
    /// Points at a `bilint: ignore[…]` comment or a waiver to which no finding corresponds any more. It is quiet about
    /// rules that did not run.
    ///
    /// ## Why it matters
    /// A comment that outlives its cause hides the next mistake in the same place.
    ///
    /// ## Example
    /// ```markdown
    /// <!-- bilint: ignore[term-omitted] named in the heading -->
    /// 中国科学院
    ///
    /// Chinese Academy of Sciences
    /// ```
    ///
    /// Use instead:
    /// ```markdown
    /// 中国科学院
    ///
    /// Chinese Academy of Sciences
    /// ```
    pub UnusedSuppression { id: "unused-suppression", group: Suppressions, severity: Warning, since: "0.1.0" }
}

declare_rule! {
    /// A suppression past its date.
    ///
    /// ## What it does
    /// Points at a suppression or waiver with `until` a day that is over. It no longer suppresses: its findings are
    /// reported again.
    ///
    /// ## Why it matters
    /// A date says that somebody meant to come back.
    ///
    /// ## Example
    /// ```markdown
    /// <!-- bilint: ignore[term-omitted] until 2020-06-30 waiting for the official name -->
    /// ```
    ///
    /// Use instead: mend the text, or set a new date:
    /// ```markdown
    /// <!-- bilint: ignore[term-omitted] until 2099-06-30 waiting for the official name -->
    /// ```
    pub SuppressionExpired { id: "suppression-expired", group: Suppressions, severity: Warning, since: "0.1.0" }
}

declare_rule! {
    /// A suppression that cannot be understood.
    ///
    /// ## What it does
    /// Points at a `bilint:` comment with an unknown form, an unknown rule, an impossible date, or an `ignore-start`
    /// without its `ignore-end`.
    ///
    /// ## Why it matters
    /// It suppresses nothing, or not what was meant.
    ///
    /// ## Example
    /// ```markdown
    /// <!-- bilint: ignore[term-mismach] quoted -->
    /// ```
    ///
    /// Use instead:
    /// ```markdown
    /// <!-- bilint: ignore[term-mismatch] quoted -->
    /// ```
    pub InvalidSuppression { id: "invalid-suppression", group: Suppressions, severity: Warning, since: "0.1.0" }
}

impl Rule for SuppressionWithoutReason {}
impl Rule for UnusedSuppression {}
impl Rule for SuppressionExpired {}
impl Rule for InvalidSuppression {}
