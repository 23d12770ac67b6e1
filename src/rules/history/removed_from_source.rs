//! `removed-from-source`.

use crate::declare_rule;
use crate::rules::history_context::{ChangeKind, HistoryContext};
use crate::rules::{Report, Rule, quote};
use crate::text::Span;

declare_rule! {
    /// Text was removed from the source, and its translation is still there.
    ///
    /// ## What it does
    /// Reports a paragraph, heading, list item or table cell of the translation that has no source any more, where the source
    /// lost a text in the same place after the translation was made.
    ///
    /// ## Why it matters
    /// The translation says what its source no longer says.
    ///
    /// ## Example
    /// ```bilint-wrong
    /// was: Many hands make light work.
    /// was: Welcome to join us.
    /// en: Many hands make light work.
    /// en:
    /// zh: 众擎易举，独力难成。
    /// zh: 我们在这里，欢迎您！
    /// ```
    ///
    /// Use instead:
    /// ```bilint-right
    /// was: Many hands make light work.
    /// en: Many hands make light work.
    /// zh: 众擎易举，独力难成。
    /// ```
    pub RemovedFromSource { id: "removed-from-source", group: History, severity: Warning, since: "0.1.0" }
}

impl Rule for RemovedFromSource {
    fn history(&self, ctx: &HistoryContext<'_>, report: &mut Report) {
        let target = ctx.source.other();
        for (change, pair) in ctx.changes() {
            let ChangeKind::Removed(former) = &change.kind else {
                continue;
            };
            let finding = report
                .finding(
                    &Self::META,
                    &pair,
                    target,
                    Span::new(0, pair.text(target).len()),
                    format!(
                        "the {} of this was removed: {}",
                        ctx.source.name(),
                        quote::beginning(&former.text)
                    ),
                )
                .help("remove it, too, or restore its source")
                .found(former.text.clone());
            change.date(finding).emit();
        }
    }
}
