//! Findings about suppressions and waivers. They have no hook: `filter` reports them, once everything else is known.

use super::Rule;
use crate::declare_rule;

declare_rule! {
    /// A suppression gives no reason.
    ///
    /// ## What it does
    /// Requires a few words after the brackets of a `bilint: ignore[…]` comment, or in the `reason` of a waiver.
    ///
    /// ## Why it matters
    /// Without a reason, the next editor cannot distinguish a decision from a shortcut, and will not dare to remove it.
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
    /// A suppression matches no finding.
    ///
    /// ## What it does
    /// Reports a `bilint: ignore[…]` comment or a waiver that no longer matches any finding. Rules that did not run are
    /// not considered.
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
    /// A suppression is past its date.
    ///
    /// ## What it does
    /// Reports a suppression or waiver whose `until` date has passed. It no longer suppresses anything: its findings
    /// are reported again.
    ///
    /// ## Why it matters
    /// A date means that somebody planned to come back.
    ///
    /// ## Example
    /// ```markdown
    /// <!-- bilint: ignore[term-omitted] until 2020-06-30 waiting for the official name -->
    /// ```
    ///
    /// Fix the text, or extend the date:
    /// ```markdown
    /// <!-- bilint: ignore[term-omitted] until 2099-06-30 waiting for the official name -->
    /// ```
    pub SuppressionExpired { id: "suppression-expired", group: Suppressions, severity: Warning, since: "0.1.0" }
}

declare_rule! {
    /// A suppression cannot be parsed.
    ///
    /// ## What it does
    /// Reports a `bilint:` comment with an unknown form, an unknown rule or an impossible date, and an `ignore-start`
    /// without an `ignore-end`.
    ///
    /// ## Why it matters
    /// It suppresses nothing, or something other than intended.
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
