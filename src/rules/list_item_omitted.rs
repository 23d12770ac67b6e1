//! `list-item-omitted`.

use super::blocks::{LIST_ITEM, report_unpaired, unpaired};
use super::{PairContext, Report, Rule};
use crate::declare_rule;

declare_rule! {
    /// A list item in the source has no translation.
    ///
    /// ## What it does
    /// Works like `paragraph-omitted`, for list items: bulleted and numbered items, and lines of a script that contain
    /// a single name each.
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
        let source = ctx.doc.direction().source();
        for text in unpaired(ctx, source).iter().filter(|u| u.what == LIST_ITEM) {
            report_unpaired(ctx, &Self::META, source, text, report);
        }
    }
}
