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
            if ctx.is_unrelated(&former.text, pair.text(target)) {
                continue;
            }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::check_history;

    #[test]
    fn names_only_what_the_translation_may_translate() {
        let found =
            |was: &str| check_history(&RemovedFromSource, &[was], &[""], &["如果文件已经更新，请修改设置。"]).len();
        assert_eq!(found("If the file was updated, change the settings."), 1);
        assert_eq!(found("Start the containers with this command."), 0);
    }
}
