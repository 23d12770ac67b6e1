//! `expired-entry`.

use crate::declare_rule;
use crate::rules::glossary_context::{GlossaryContext, Part, accepted};
use crate::rules::{Report, Rule};
use crate::text::Side;

declare_rule! {
    /// The names of an entry have expired, and nothing replaces them.
    ///
    /// ## What it does
    /// Reports an entry whose `valid-to` has passed, unless it has a `replaced-by`, or a valid entry shares a Chinese name with it.
    ///
    /// ## Why it matters
    /// Texts of today that use the name are checked against nothing.
    ///
    /// ## Example
    /// ```bilint-wrong
    /// [[concept]]
    /// id = "moa"
    /// kind = "institution"
    /// zh = ["农业部"]
    /// en = ["Ministry of Agriculture"]
    /// valid-to = "2018-03-18"
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
    pub ExpiredEntry { id: "expired-entry", group: Glossary, severity: Warning, since: "0.1.0" }
}

impl Rule for ExpiredEntry {
    fn glossary(&self, ctx: &GlossaryContext<'_>, report: &mut Report) {
        let today = ctx.demands.today.to_string();
        for (i, concept) in ctx.entries() {
            // Days are written YYYY-MM-DD: the order of the texts is that of the days.
            let Some(to) = concept.valid_to.as_deref().filter(|to| *to < today.as_str()) else {
                continue;
            };
            let is_replaced = concept.replaced_by.is_some()
                || accepted(concept, Side::Zh).any(|(_, name)| {
                    let owners = ctx.with_name(Side::Zh, &name.text);
                    owners.iter().any(|&(owner, _)| owner != i && ctx.is_valid(owner))
                });
            if !is_replaced {
                report
                    .entry(
                        &Self::META,
                        ctx,
                        i,
                        Part::Key("valid-to"),
                        format!("“{}” expired on {to}, and no entry replaces it", concept.id),
                    )
                    .help("name its successor: `replaced-by = \"ID\"`")
                    .emit();
            }
        }
    }
}
