//! `list-item-omitted`.

use std::collections::HashSet;

use super::unpaired::{Fault, Run, find_in_record, find_runs};
use super::{DocumentContext, PairContext, Report, Rule};
use crate::declare_rule;
use crate::document::Layout;

declare_rule! {
    /// A list item in the source has no translation.
    ///
    /// ## What it does
    /// Works like `paragraph-omitted`, for list items: bulleted and numbered items, and lines of a script that contain
    /// a single name each. Items of an omitted section are reported with it.
    ///
    /// ## Why it matters
    /// If ten facilities are announced and nine are listed, the people who work at the tenth will notice.
    ///
    /// ## Example
    /// ```bilint-wrong
    /// zh: - 子午工程
    /// en: - Chinese Meridian Project
    /// zh: - 高海拔宇宙线观测站
    /// en:
    /// ```
    ///
    /// Use instead:
    /// ```bilint-right
    /// zh: - 子午工程
    /// en: - Chinese Meridian Project
    /// zh: - 高海拔宇宙线观测站
    /// en: - Large High Altitude Air Shower Observatory
    /// ```
    pub ListItemOmitted { id: "list-item-omitted", group: Structure, severity: Error, since: "0.1.0", class: One }
}

impl Rule for ListItemOmitted {
    fn pair(&self, ctx: &PairContext<'_>, report: &mut Report) {
        if ctx.doc.document.layout == Layout::Records {
            let source = ctx.doc.direction().source();
            for run in find_in_record(ctx, source).filter(Run::is_list) {
                run.report(&Self::META, source, Fault::Omitted, report);
            }
        }
    }

    fn document(&self, ctx: &DocumentContext<'_>, report: &mut Report) {
        let source = ctx.direction().source();
        for run in find_runs(ctx, source, &HashSet::new())
            .iter()
            .filter(|run| run.is_list())
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
    fn items_in_a_row_are_one_finding() {
        let zh = [
            "打开阀门。",
            "- 不要把热油倒入下水道。",
            "- 请锁好阀门。",
            "- 请记录时间。",
            "把软管接到出口。",
        ];
        let found = check(&ListItemOmitted, &zh, &["Open the valve.", "", "", "", ""]);
        let messages: Vec<&str> = found.iter().map(|finding| &*finding.message).collect();
        assert_eq!(
            messages,
            ["3 list items in a row have no English translation: “不要把热油倒入下水道。”"]
        );
    }
}
