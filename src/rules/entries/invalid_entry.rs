//! `invalid-entry`.

use crate::declare_rule;
use crate::rules::glossary_context::GlossaryContext;
use crate::rules::{Report, Rule};

declare_rule! {
    /// An entry cannot be read.
    ///
    /// ## What it does
    /// Reports what keeps a glossary file from being loaded: unknown keys, missing names, wrong types, faulty syntax.
    ///
    /// ## Why it matters
    /// `bilint check` refuses a glossary with such an entry as a whole.
    ///
    /// ## Example
    /// ```bilint-wrong
    /// [[concept]]
    /// id = "cas"
    /// kind = "institute"
    /// zh = ["中国科学院"]
    /// en = ["Chinese Academy of Sciences"]
    /// ```
    ///
    /// Use instead:
    /// ```bilint-right
    /// [[concept]]
    /// id = "cas"
    /// kind = "institution"
    /// zh = ["中国科学院"]
    /// en = ["Chinese Academy of Sciences"]
    /// ```
    pub InvalidEntry { id: "invalid-entry", group: Glossary, severity: Error, since: "0.1.0" }
}

impl Rule for InvalidEntry {
    fn glossary(&self, ctx: &GlossaryContext<'_>, report: &mut Report) {
        for problem in ctx.problems {
            report
                .problem(&Self::META, ctx, problem)
                .help(problem.help.clone())
                .emit();
        }
    }
}
