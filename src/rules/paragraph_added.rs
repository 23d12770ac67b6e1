//! `paragraph-added`.

use std::collections::HashSet;

use super::blocks::{repeats, short_repeats};
use super::unpaired::{Fault, find_in_record, find_runs};
use super::{DocumentContext, PairContext, Report, Rule};
use crate::declare_rule;
use crate::document::Layout;

declare_rule! {
    /// A paragraph in the translation has no counterpart in the source.
    ///
    /// ## What it does
    /// Reports every paragraph, heading, list item or table row in the translation that the alignment leaves without a
    /// counterpart. Three or more in a row are one finding, as for `paragraph-omitted`. A repeated paragraph is covered by
    /// `paragraph-duplicated`. A finding of whose alignment bilint is not sure is a note.
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
            for run in find_in_record(ctx, target) {
                run.report(&Self::META, target, Fault::Added, report);
            }
        }
    }

    fn document(&self, ctx: &DocumentContext<'_>, report: &mut Report) {
        let target = ctx.direction().target();
        // The alignment may leave over either of two copies.
        let mut copies: HashSet<usize> = repeats(ctx, target).iter().flat_map(|c| [c.block, c.first]).collect();
        copies.extend(short_repeats(ctx, target));
        for run in find_runs(ctx, target, &copies) {
            run.report(&Self::META, target, Fault::Added, report);
        }
    }
}
