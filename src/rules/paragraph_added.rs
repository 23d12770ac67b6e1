//! `paragraph-added`.

use super::blocks::{alignment_confidence, quote, repeats, unpaired};
use super::{DocumentContext, PairContext, Report, Rule};
use crate::declare_rule;
use crate::document::Layout;
use crate::text::{Side, Span};

declare_rule! {
    /// A paragraph of the translation that nothing in the source stands behind.
    ///
    /// ## What it does
    /// Reports every paragraph, heading or list item of the translation that the alignment leaves without a counterpart.
    /// A paragraph that stands there twice is `paragraph-duplicated`.
    ///
    /// ## Why it matters
    /// It was left over from an older draft, or belongs to another text, or its source was deleted.
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
        // In a text, `document` sees which paragraphs are copies; records have no text around them.
        if ctx.doc.document.layout == Layout::Records {
            let target = ctx.doc.direction().target();
            for (span, _) in unpaired(ctx, target) {
                report_added(ctx, target, span, report);
            }
        }
    }

    fn document(&self, ctx: &DocumentContext<'_>, report: &mut Report) {
        let target = ctx.direction().target();
        let copies = repeats(ctx, target);
        for pair in ctx.iter() {
            for (span, _) in unpaired(&pair, target) {
                // Either of two copies may be the one that the alignment left over.
                let block = pair.locate(target, span.start).0;
                if !copies.iter().any(|c| c.block == block || c.first == block) {
                    report_added(&pair, target, span, report);
                }
            }
        }
    }
}

fn report_added(ctx: &PairContext<'_>, target: Side, span: Span, report: &mut Report) {
    let source = target.other().name();
    report
        .finding(
            &ParagraphAdded::META,
            ctx,
            target,
            span,
            format!("paragraph without {source}: “{}”", quote(span.of(ctx.text(target)))),
        )
        .confidence(alignment_confidence(ctx))
        .help("remove it, or restore its source")
        .emit();
}
