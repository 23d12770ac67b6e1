//! `removed-from-source`.

use crate::declare_rule;
use crate::document::BlockKind;
use crate::finding::Severity;
use crate::rules::history_context::{
    ChangeKind, Former, HistoryContext, is_as_long, is_for_readers, was_in_other_language,
};
use crate::rules::substance::{self, Translation};
use crate::rules::{PairContext, Report, Rule, quote};
use crate::text::Span;

declare_rule! {
    /// Text was removed from the source, and its translation is still there.
    ///
    /// ## What it does
    /// Reports a paragraph, heading, list item or table cell of the translation that has no source any more, where the source
    /// lost a text in the same place after the translation was made. Where the translation hardly shows that it renders that text,
    /// this is a note.
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
            if ctx.is_unrelated(&former.text, pair.text(target))
                || !is_for_readers(&former.text)
                || was_in_other_language(ctx.source, &former.text, pair.text(target))
            {
                continue;
            }
            let is_certain = is_rendered(ctx, former, pair.text(target)) && !is_renamed(ctx, change.pair, &pair);
            let (severity, was) = if is_certain {
                (Self::META.severity, "was")
            } else {
                (Severity::Note, "may have been")
            };
            let finding = report
                .finding(
                    &Self::META,
                    &pair,
                    target,
                    Span::new(0, pair.text(target).len()),
                    format!(
                        "the {} of this {was} removed: {}",
                        ctx.source.name(),
                        quote::beginning(&former.text)
                    ),
                )
                .severity(severity)
                .help("remove it, too, or restore its source")
                .found(former.text.clone());
            change.date(finding).emit();
        }
    }
}

/// Of the words of a text, its translation has words for this share at least.
const RENDERED: f64 = 0.5;

/// Whether a translation renders a text that is gone, as far as its words and its length show.
fn is_rendered(ctx: &HistoryContext<'_>, former: &Former, translation: &str) -> bool {
    let share = substance::share_said(
        ctx.source,
        former.passage(),
        Translation::new(translation, ctx.document.aligner),
    );
    share >= RENDERED && is_as_long(&former.text, translation)
}

/// Whether a heading of the same level is beside it that has no translation: it may be the same with another text.
fn is_renamed(ctx: &HistoryContext<'_>, index: usize, pair: &PairContext<'_>) -> bool {
    let kinds = pair.blocks(ctx.source.other()).iter().map(|block| block.kind);
    let headings: Vec<BlockKind> = kinds.filter(|kind| matches!(kind, BlockKind::Heading(_))).collect();
    let mut bare = ctx.bare_near(index, 1, ctx.source);
    bare.any(|near| {
        near.blocks(ctx.source)
            .iter()
            .any(|block| headings.contains(&block.kind))
    })
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

    #[test]
    fn a_text_that_the_translation_hardly_renders_is_a_note() {
        let severity = |was: &str, zh: &str| {
            let found = check_history(&RemovedFromSource, &[was], &[""], &[zh]);
            found.into_iter().map(|f| f.severity).collect::<Vec<_>>()
        };
        let was = "Change the configuration of the cluster through the following steps.";
        assert_eq!(severity(was, "通过以下步骤更改集群的配置。"), [Severity::Warning]);
        assert_eq!(severity(was, "配置"), [Severity::Note]);
    }
}
