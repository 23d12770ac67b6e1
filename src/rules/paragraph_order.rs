//! `paragraph-order`.

use super::blocks::alignment_confidence;
use super::{DocumentContext, PairContext, Report, Rule, quote};
use crate::declare_rule;
use crate::document::Layout;
use crate::text::{Side, Span};

declare_rule! {
    /// A paragraph's translation is out of order.
    ///
    /// ## What it does
    /// Reports pairs that the alignment finds out of order; without them, the paragraphs on both sides are in the same
    /// order. Two neighbours that are swapped give one finding, and so does a section that is moved as a whole, at
    /// its first paragraph. A table row is one paragraph.
    ///
    /// ## Why it matters
    /// In a list of facilities, the wrong order gives each the other's description. In running text, it breaks the
    /// argument.
    ///
    /// ## Example
    ///
    /// `@2` marks the translation of the second Chinese paragraph.
    ///
    /// ```bilint-wrong
    /// zh: 众擎易举，独力难成。
    /// en: @2 Welcome to join us.
    /// zh: 我们在这里，欢迎您！
    /// en: @1 Many hands make light work.
    /// ```
    ///
    /// Use instead:
    /// ```bilint-right
    /// zh: 众擎易举，独力难成。
    /// en: Many hands make light work.
    /// zh: 我们在这里，欢迎您！
    /// en: Welcome to join us.
    /// ```
    pub ParagraphOrder { id: "paragraph-order", group: Structure, severity: Warning, since: "0.1.0" }
}

impl Rule for ParagraphOrder {
    fn document(&self, ctx: &DocumentContext<'_>, report: &mut Report) {
        if ctx.document.layout == Layout::Records {
            return;
        }
        let target = ctx.direction().target();
        let mut before: Option<PairContext<'_>> = None;
        for pair in ctx.iter().filter(|p| p.pair().crossing && p.is_paired()) {
            // A section moves as a whole, and so do the cells of a row.
            let follows = before.replace(pair).is_some_and(|before| {
                [Side::Zh, Side::En]
                    .iter()
                    .all(|&side| before.range(side).end == pair.range(side).start)
            });
            if follows {
                continue;
            }
            let row = pair.blocks(target)[0].kind.row();
            let text = pair.text(target);
            let end = text.find('\n').unwrap_or(text.len());
            report
                .finding(
                    &Self::META,
                    &pair,
                    target,
                    Span::new(0, end),
                    format!(
                        "{} is out of order with its {} source: {}",
                        if row.is_some() { "table row" } else { "paragraph" },
                        target.other().name(),
                        quote::beginning(text)
                    ),
                )
                .label(
                    &pair,
                    target.other(),
                    Span::new(0, pair.blocks(target.other())[0].text.len()),
                )
                .confidence(alignment_confidence(&pair))
                .help("move it to the place of its source")
                .emit();
        }
    }
}
