//! `paragraph-added`.

use std::collections::HashSet;

use super::blocks::{Unpaired, alignment_confidence, repeats, short_repeats, unpaired};
use super::{DocumentContext, PairContext, Report, Rule};
use crate::declare_rule;
use crate::document::Layout;
use crate::text::Side;

declare_rule! {
    /// A paragraph in the translation has no counterpart in the source.
    ///
    /// ## What it does
    /// Reports every paragraph, heading, list item or table row in the translation that the alignment leaves without a
    /// counterpart. A repeated paragraph is covered by `paragraph-duplicated`.
    ///
    /// ## Why it matters
    /// It is left over from an older draft, belongs to another text, or its source was deleted.
    ///
    /// ## Example
    /// ```bilint-wrong
    /// zh: 众擎易举，独力难成。
    /// en: Many hands make light work.
    /// zh:
    /// en: This draft is not for quotation.
    /// ```
    ///
    /// Use instead:
    /// ```bilint-right
    /// zh: 众擎易举，独力难成。
    /// en: Many hands make light work.
    /// ```
    pub ParagraphAdded { id: "paragraph-added", group: Structure, severity: Warning, since: "0.1.0" }
}

impl Rule for ParagraphAdded {
    fn pair(&self, ctx: &PairContext<'_>, report: &mut Report) {
        // In a text, `document` excludes copies. Records have no text around them.
        if ctx.doc.document.layout == Layout::Records {
            let target = ctx.doc.direction().target();
            for text in unpaired(ctx, target) {
                report_added(ctx, target, &text, report);
            }
        }
    }

    fn document(&self, ctx: &DocumentContext<'_>, report: &mut Report) {
        let target = ctx.direction().target();
        // The alignment may leave over either of two copies.
        let mut copies: HashSet<usize> = repeats(ctx, target).iter().flat_map(|c| [c.block, c.first]).collect();
        copies.extend(short_repeats(ctx, target));
        for pair in ctx.iter() {
            for text in unpaired(&pair, target) {
                let block = pair.locate(target, text.span.start).0;
                if !copies.contains(&block) {
                    report_added(&pair, target, &text, report);
                }
            }
        }
    }
}

fn report_added(ctx: &PairContext<'_>, target: Side, text: &Unpaired, report: &mut Report) {
    let source = target.other().name();
    report
        .finding(
            &ParagraphAdded::META,
            ctx,
            target,
            text.span,
            format!("{} has no {source} source: {}", text.what, text.quote),
        )
        .confidence(alignment_confidence(ctx))
        .help("remove it, or restore its source")
        .emit();
}
