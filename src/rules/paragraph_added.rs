//! `paragraph-added`.

use super::blocks::{alignment_confidence, repeats, unpaired};
use super::{DocumentContext, PairContext, Report, Rule, quote};
use crate::declare_rule;
use crate::document::Layout;
use crate::text::{Side, Span};

declare_rule! {
    /// A paragraph in the translation has no counterpart in the source.
    ///
    /// ## What it does
    /// Reports every paragraph, heading or list item in the translation that the alignment leaves without a
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
                // The alignment may leave over either of two copies.
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
            format!(
                "paragraph has no {source} source: {}",
                quote::beginning(span.of(ctx.text(target)))
            ),
        )
        .confidence(alignment_confidence(ctx))
        .help("remove it, or restore its source")
        .emit();
}
