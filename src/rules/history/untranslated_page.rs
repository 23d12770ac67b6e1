//! `untranslated-page`.

use crate::declare_rule;
use crate::rules::history_context::HistoryContext;
use crate::rules::{PairContext, Report, Rule, quote};
use crate::text::Span;

declare_rule! {
    /// A page has no translation.
    ///
    /// ## What it does
    /// Reports a page in the language of the sources, in a folder other pages of which are translated, that has no translation.
    /// Once a page, however long it is.
    ///
    /// ## Why it matters
    /// The list is what is left to translate. Nothing is wrong with a page that nobody has translated yet, so that it is a note.
    ///
    /// ## Example
    /// ```bilint-wrong
    /// en: Many hands make light work.
    /// en: Welcome to join us.
    /// ```
    ///
    /// Use instead:
    /// ```bilint-right
    /// en: Many hands make light work.
    /// en: Welcome to join us.
    /// zh: 众擎易举，独力难成。
    /// zh: 我们在这里，欢迎您！
    /// ```
    pub UntranslatedPage { id: "untranslated-page", group: History, severity: Note, since: "0.1.0" }
}

impl Rule for UntranslatedPage {
    fn history(&self, ctx: &HistoryContext<'_>, report: &mut Report) {
        let text = |pair: &PairContext<'_>| !pair.is_structure() && !pair.text(ctx.source).trim().is_empty();
        let Some(first) = ctx.document.iter().filter(|_| ctx.is_untranslated).find(text) else {
            return;
        };
        let Some(block) = first.blocks(ctx.source).first() else {
            return;
        };
        report
            .finding(
                &Self::META,
                &first,
                ctx.source,
                Span::new(0, block.text.len()),
                format!(
                    "the page has no {} translation: {}",
                    ctx.source.other().name(),
                    quote::beginning(&block.text)
                ),
            )
            .help("translate it, or exclude it")
            .emit();
    }
}
