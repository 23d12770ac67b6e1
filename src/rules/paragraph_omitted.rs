//! `paragraph-omitted`.

use super::blocks::{LIST_ITEM, report_unpaired, unpaired};
use super::{PairContext, Report, Rule};
use crate::declare_rule;

declare_rule! {
    /// A paragraph in the source has no translation.
    ///
    /// ## What it does
    /// Reports every paragraph, heading, table row or segment in the source (the Chinese, unless the direction is set
    /// otherwise) that the alignment leaves without a counterpart. In a row that has one, reports each empty cell. Section
    /// markers and production notes are layout and are ignored. List items are covered by `list-item-omitted`.
    ///
    /// ## Why it matters
    /// A dropped paragraph is the most severe error in a translation, and reading the translation alone never shows it.
    ///
    /// ## Example
    /// ```bilint-wrong
    /// zh: 众擎易举，独力难成。
    /// en: Many hands make light work.
    /// zh: 我们在这里，欢迎您！
    /// en:
    /// ```
    ///
    /// Use instead:
    /// ```bilint-right
    /// zh: 众擎易举，独力难成。
    /// en: Many hands make light work.
    /// zh: 我们在这里，欢迎您！
    /// en: Welcome to join us.
    /// ```
    pub ParagraphOmitted { id: "paragraph-omitted", group: Structure, severity: Error, since: "0.1.0", class: One }
}

impl Rule for ParagraphOmitted {
    fn pair(&self, ctx: &PairContext<'_>, report: &mut Report) {
        let source = ctx.doc.direction().source();
        for text in unpaired(ctx, source).iter().filter(|u| u.what != LIST_ITEM) {
            report_unpaired(ctx, &Self::META, source, text, report);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::check;

    #[test]
    fn points_at_the_paragraph_without_a_counterpart() {
        let found = check(
            &ParagraphOmitted,
            &["第一段。", "第二段被漏掉了。"],
            &["Paragraph one.", ""],
        );
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].zh.as_ref().unwrap().text, "第二段被漏掉了。");
        assert!(found[0].en.is_none() || found[0].en.as_ref().unwrap().text.is_empty());
    }

    #[test]
    fn allows_rules_and_numbers_without_letters() {
        assert!(check(&ParagraphOmitted, &["——", "＊＊＊", "1."], &["", "", ""]).is_empty());
    }
}
