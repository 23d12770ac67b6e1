//! `number-added`.

use super::plans;
use super::quantities::{describe, missing};
use super::{PairContext, Report, Rule};
use crate::declare_rule;
use crate::finding::Confidence;
use crate::text::Span;

declare_rule! {
    /// A quantity in the translation is missing from the source.
    ///
    /// ## What it does
    /// Reports, as a note, a figure or date in the translation that has neither an equal nor a differing counterpart in
    /// the source. The years of a five-year plan after its number are never reported.
    ///
    /// ## Why it matters
    /// Translators add years and explanations on purpose, so this is a note. Sometimes it is a figure copied from
    /// another paragraph.
    ///
    /// ## Example
    /// ```bilint-wrong
    /// zh: 会议在北京举行。
    /// en: The conference was held in Beijing on 18 November 2024.
    /// ```
    ///
    /// Use instead:
    /// ```bilint-right
    /// zh: 会议于2024年11月18日在北京举行。
    /// en: The conference was held in Beijing on 18 November 2024.
    /// ```
    pub NumberAdded {
        id: "number-added",
        group: Quantities,
        severity: Note,
        since: "0.1.0",
        consequence_of: "sentence-added",
    }
}

impl Rule for NumberAdded {
    fn pair(&self, ctx: &PairContext<'_>, report: &mut Report) {
        let target = ctx.doc.direction().target();
        let periods: Vec<Span> = plans::periods(ctx, target).map(|p| p.years).collect();
        for q in missing(ctx, target) {
            if periods.iter().any(|years| years.contains(q.span)) {
                continue;
            }
            let message = format!(
                "{} is missing from the {}",
                describe(ctx.text(target), target, q),
                target.other().name()
            );
            report
                .finding(&Self::META, ctx, target, q.span, message)
                .confidence(Confidence::Low)
                .help("check whether it was added on purpose")
                .emit();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::check;

    #[test]
    fn allows_the_years_of_a_plan() {
        let zh = "2026年是中国“十五五”开局之年，我们将推动10个重大科研基础设施开放共享";
        let en = "The year 2026 marks the beginning of China’s 15th Five-Year Plan period (2026-2030). We will open ten \
                  major scientific research infrastructures.";
        assert!(check(&NumberAdded, &[zh], &[en]).is_empty());
    }
}
