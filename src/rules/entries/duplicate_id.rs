//! `duplicate-id`.

use crate::declare_rule;
use crate::rules::glossary_context::{GlossaryContext, Part};
use crate::rules::{Report, Rule};

declare_rule! {
    /// Two entries have the same id.
    ///
    /// ## What it does
    /// Reports the second of two entries with one id.
    ///
    /// ## Why it matters
    /// Reports, histories and other entries refer to an entry by its id. `bilint check` refuses the glossary.
    ///
    /// ## Example
    /// ```bilint-wrong
    /// [[concept]]
    /// id = "cas"
    /// kind = "institution"
    /// zh = ["中国科学院"]
    /// en = ["Chinese Academy of Sciences"]
    ///
    /// [[concept]]
    /// id = "cas"
    /// kind = "institution"
    /// zh = ["中国工程院"]
    /// en = ["Chinese Academy of Engineering"]
    /// ```
    ///
    /// Use instead:
    /// ```bilint-right
    /// [[concept]]
    /// id = "cas"
    /// kind = "institution"
    /// zh = ["中国科学院"]
    /// en = ["Chinese Academy of Sciences"]
    ///
    /// [[concept]]
    /// id = "cae"
    /// kind = "institution"
    /// zh = ["中国工程院"]
    /// en = ["Chinese Academy of Engineering"]
    /// ```
    pub DuplicateId { id: "duplicate-id", group: Glossary, severity: Error, since: "0.1.0" }
}

impl Rule for DuplicateId {
    fn glossary(&self, ctx: &GlossaryContext<'_>, report: &mut Report) {
        for (i, concept) in ctx.entries() {
            let Some(first) = ctx.with_id(&concept.id).filter(|&first| first != i) else {
                continue;
            };
            report
                .entry(
                    &Self::META,
                    ctx,
                    i,
                    Part::Entry,
                    format!("the id “{}” is used twice", concept.id),
                )
                .help(format!(
                    "its first use is at {}; rename or delete one of the two",
                    ctx.concepts[first].place
                ))
                .emit();
        }
    }
}
