//! `paragraph-omitted`.

use std::collections::HashSet;

use super::unpaired::{Fault, find_in_record, find_runs};
use super::{DocumentContext, PairContext, Report, Rule};
use crate::declare_rule;
use crate::document::Layout;

declare_rule! {
    /// A paragraph in the source has no translation.
    ///
    /// ## What it does
    /// Reports every paragraph, heading, table row or segment in the source (the Chinese, unless the direction is set
    /// otherwise) that the alignment leaves without a counterpart. In a row that has one, reports each empty cell. Three or
    /// more in a row are one finding, which counts them: a section with its heading, or the rows of a table. Section markers and production notes are layout and are ignored. List items are covered by
    /// `list-item-omitted`. A finding of whose alignment bilint is not sure, as in a page that was written anew, is a warning.
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
        if ctx.doc.document.layout == Layout::Records {
            let source = ctx.doc.direction().source();
            for run in find_in_record(ctx, source).filter(|run| !run.is_list()) {
                run.report(&Self::META, source, Fault::Omitted, report);
            }
        }
    }

    fn document(&self, ctx: &DocumentContext<'_>, report: &mut Report) {
        let source = ctx.direction().source();
        for run in find_runs(ctx, source, &HashSet::new())
            .iter()
            .filter(|run| !run.is_list())
        {
            run.report(&Self::META, source, Fault::Omitted, report);
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

    #[test]
    fn allows_names_of_programs() {
        assert!(
            check(
                &ParagraphOmitted,
                &["apps/v1", "max_tasks", "node.example.org"],
                &["", "", ""]
            )
            .is_empty()
        );
        assert_eq!(check(&ParagraphOmitted, &["Docker"], &[""]).len(), 1);
    }

    const ZH: [&str; 6] = [
        "打开阀门。",
        "- 不要把热油倒入下水道。",
        "- 请锁好阀门。",
        "- 请记录时间。",
        "把软管接到出口。",
        "关闭阀门。",
    ];

    #[test]
    fn a_list_without_a_counterpart_is_left_to_its_rule() {
        let found = check(
            &ParagraphOmitted,
            &ZH,
            &["Open the valve.", "", "", "", "", "Close the valve."],
        );
        let messages: Vec<&str> = found.iter().map(|finding| &*finding.message).collect();
        assert_eq!(messages, ["paragraph has no English translation: “把软管接到出口。”"]);
    }

    #[test]
    fn what_has_a_counterpart_ends_a_run() {
        let en = ["", "- No hot oil.", "- Lock it.", "- Record the time.", "", ""];
        assert_eq!(check(&ParagraphOmitted, &ZH, &en).len(), 3);
    }
}
