//! `low-grade`.

use crate::declare_rule;
use crate::rules::glossary_context::{GlossaryContext, Part};
use crate::rules::{Report, Rule};

declare_rule! {
    /// The source of a name is worse than demanded.
    ///
    /// ## What it does
    /// Reports an entry whose `grade` is below that of `--grade`, and one of a proper name without a grade. A is a page or document
    /// of the owner of the name, B an official outlet or a standard, C a reliable secondary source, D none. Nothing is reported without
    /// `--grade`.
    ///
    /// ## Why it matters
    /// A name of grade D is a guess. A release of a glossary often demands B.
    ///
    /// ## Example
    /// ```bilint-wrong
    /// [[concept]]
    /// id = "cas"
    /// kind = "institution"
    /// zh = ["中国科学院"]
    /// en = ["Chinese Academy of Sciences"]
    /// grade = "D"
    /// ```
    ///
    /// Use instead:
    /// ```bilint-right
    /// [[concept]]
    /// id = "cas"
    /// kind = "institution"
    /// zh = ["中国科学院"]
    /// en = ["Chinese Academy of Sciences"]
    /// grade = "A"
    /// ```
    pub LowGrade { id: "low-grade", group: Glossary, severity: Warning, since: "0.1.0" }
}

impl Rule for LowGrade {
    fn glossary(&self, ctx: &GlossaryContext<'_>, report: &mut Report) {
        let Some(least) = ctx.demands.grade else { return };
        for (i, concept) in ctx.entries() {
            let message = match concept.grade {
                Some(grade) if grade > least => {
                    format!(
                        "“{}” has grade {}, and {} is demanded",
                        concept.id,
                        grade.name(),
                        least.name()
                    )
                }
                None if concept.kind.is_name() => {
                    format!("“{}” has no grade, and {} is demanded", concept.id, least.name())
                }
                _ => continue,
            };
            report
                .entry(&Self::META, ctx, i, Part::Key("grade"), message)
                .help("find a better source and record it: citation = \"…\", grade = \"A\"")
                .emit();
        }
    }
}
