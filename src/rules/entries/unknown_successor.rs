//! `unknown-successor`.

use crate::declare_rule;
use crate::rules::glossary_context::{GlossaryContext, Part};
use crate::rules::{Report, Rule};
use crate::text::nearest;

declare_rule! {
    /// An entry is replaced by one that does not exist.
    ///
    /// ## What it does
    /// Reports a `replaced-by` that is not the id of an entry.
    ///
    /// ## Why it matters
    /// Nobody can find out which name to use today.
    ///
    /// ## Example
    /// ```bilint-wrong
    /// [[concept]]
    /// id = "moa"
    /// kind = "institution"
    /// zh = ["农业部"]
    /// en = ["Ministry of Agriculture"]
    /// valid-to = "2018-03-18"
    /// replaced-by = "mara"
    /// ```
    ///
    /// Use instead:
    /// ```bilint-right
    /// [[concept]]
    /// id = "moa"
    /// kind = "institution"
    /// zh = ["农业部"]
    /// en = ["Ministry of Agriculture"]
    /// valid-to = "2018-03-18"
    /// replaced-by = "mara"
    ///
    /// [[concept]]
    /// id = "mara"
    /// kind = "institution"
    /// zh = ["农业农村部"]
    /// en = ["Ministry of Agriculture and Rural Affairs"]
    /// valid-from = "2018-03-19"
    /// ```
    pub UnknownSuccessor { id: "unknown-successor", group: Glossary, severity: Error, since: "0.1.0" }
}

impl Rule for UnknownSuccessor {
    fn glossary(&self, ctx: &GlossaryContext<'_>, report: &mut Report) {
        for (i, concept) in ctx.entries() {
            let Some(successor) = concept.replaced_by.as_deref().filter(|id| ctx.with_id(id).is_none()) else {
                continue;
            };
            let help = match nearest(successor, ctx.concepts.iter().map(|c| &*c.id)) {
                Some(near) => format!("did you mean “{near}”?"),
                None => "write the id of the entry that has the name of today, or add it".to_owned(),
            };
            report
                .entry(
                    &Self::META,
                    ctx,
                    i,
                    Part::Key("replaced-by"),
                    format!("no entry has the id “{successor}”"),
                )
                .help(help)
                .emit();
        }
    }
}
