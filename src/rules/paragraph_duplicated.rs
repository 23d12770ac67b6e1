//! `paragraph-duplicated`.

use super::blocks::repeats;
use super::{DocumentContext, Report, Rule, quote, report};
use crate::declare_rule;
use crate::text::Span;

declare_rule! {
    /// A paragraph appears twice in the translation but once in the source.
    ///
    /// ## What it does
    /// Finds paragraphs in the translation that are equal apart from white space and case, although the source does not
    /// repeat them as often, and reports the later copy. Cells of tables, forms of address and short paragraphs may repeat
    /// on purpose and are ignored.
    ///
    /// ## Why it matters
    /// A copy-and-paste slip makes the text look careless.
    ///
    /// ## Example
    /// ```bilint-wrong
    /// zh: 众擎易举，独力难成。
    /// en: Many hands make light work.
    /// zh:
    /// en: Many hands make light work.
    /// ```
    ///
    /// Use instead:
    /// ```bilint-right
    /// zh: 众擎易举，独力难成。
    /// en: Many hands make light work.
    /// ```
    pub ParagraphDuplicated { id: "paragraph-duplicated", group: Structure, severity: Error, since: "0.1.0" }
}

impl Rule for ParagraphDuplicated {
    fn document(&self, ctx: &DocumentContext<'_>, report: &mut Report) {
        let target = ctx.direction().target();
        for copy in repeats(ctx, target) {
            let Some(pair) = ctx.pair(copy.pair) else { continue };
            let text = quote::beginning(copy.span.of(pair.text(target)));
            let first = ctx.iter().find(|p| {
                let blocks = if target == crate::text::Side::Zh {
                    &p.pair().zh
                } else {
                    &p.pair().en
                };
                blocks.contains(&copy.first)
            });
            let line = first.as_ref().map_or(0, |p| {
                let offset = copy.first
                    - if target == crate::text::Side::Zh {
                        p.pair().zh.start
                    } else {
                        p.pair().en.start
                    };
                let start: usize = p.blocks(target)[..offset].iter().map(|b| b.text.len() + 1).sum();
                report::label(p, target, Span::new(start, start)).start.line
            });
            let message = format!("paragraph repeats line {line}: {text}");
            let mut finding = report.finding(&Self::META, &pair, target, copy.span, message);
            if let Some(first) = &first {
                finding = finding.with(first);
            }
            finding.help("remove one of the two").emit();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::check;

    #[test]
    fn allows_what_the_source_repeats() {
        let zh = ["众擎易举，独力难成。"; 2];
        assert!(check(&ParagraphDuplicated, &zh, &["Many hands make light work."; 2]).is_empty());
    }
}
