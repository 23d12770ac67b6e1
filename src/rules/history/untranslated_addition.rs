//! `untranslated-addition`.

use crate::declare_rule;
use crate::document::BlockKind;
use crate::rules::history_context::{ChangeKind, HistoryContext, describe};
use crate::rules::{Report, Rule, quote};

/// Fewer letters need no translation.
const SHORTEST: usize = 3;

declare_rule! {
    /// Text was added to the source after it was translated.
    ///
    /// ## What it does
    /// Reports a paragraph, heading, list item or table cell of the source that is newer than the translation around it, and has
    /// no translation. What was left out from the beginning is no matter of history: `bilint check` reports it.
    ///
    /// ## Why it matters
    /// Readers of the translation never learn of it.
    ///
    /// ## Example
    /// ```bilint-wrong
    /// was: Many hands make light work.
    /// was:
    /// en: Many hands make light work.
    /// en: Welcome to join us.
    /// zh: 众擎易举，独力难成。
    /// ```
    ///
    /// Use instead:
    /// ```bilint-right
    /// was: Many hands make light work.
    /// was: Welcome to join us.
    /// en: Many hands make light work.
    /// en: Welcome to join us.
    /// zh: 众擎易举，独力难成。
    /// zh: 我们在这里，欢迎您！
    /// ```
    pub UntranslatedAddition { id: "untranslated-addition", group: History, severity: Warning, since: "0.1.0" }
}

impl Rule for UntranslatedAddition {
    fn history(&self, ctx: &HistoryContext<'_>, report: &mut Report) {
        let (language, other) = (ctx.source.name(), ctx.source.other().name());
        for (change, pair) in ctx.changes() {
            let ChangeKind::Added(block) = change.kind else {
                continue;
            };
            let Some(added) = ctx.document.document.blocks(ctx.source).get(block) else {
                continue;
            };
            let letters = added.text.chars().filter(|c| c.is_alphabetic()).count();
            if letters < SHORTEST || added.kind == BlockKind::Structure {
                continue;
            }
            let what = describe(added.kind);
            let mut finding = report
                .finding(
                    &Self::META,
                    &pair,
                    ctx.source,
                    ctx.span_of(&pair, block),
                    format!(
                        "{what} was added to the {language} after the {other} last changed here: {}",
                        quote::beginning(&added.text)
                    ),
                )
                .help("translate it");
            if let Some(when) = &change.when {
                finding = finding.why(when.describe());
            }
            finding.emit();
        }
    }
}
