//! `no-preferred-name`.

use crate::declare_rule;
use crate::glossary::Status;
use crate::rules::glossary_context::{GlossaryContext, Part};
use crate::rules::{Report, Rule};
use crate::text::Side;

declare_rule! {
    /// An entry refuses names and prefers none.
    ///
    /// ## What it does
    /// Reports an entry with deprecated or forbidden names in a language without a preferred name.
    ///
    /// ## Why it matters
    /// A translator who may not use a name has to know which one to use.
    ///
    /// ## Example
    /// ```bilint-wrong
    /// [[concept]]
    /// id = "shmff"
    /// kind = "facility"
    /// zh = ["稳态强磁场实验装置"]
    /// en = [{ name = "Steady High Magnetic Field Facility", status = "admitted" }, { name = "High Field Lab", status = "deprecated" }]
    /// ```
    ///
    /// Use instead:
    /// ```bilint-right
    /// [[concept]]
    /// id = "shmff"
    /// kind = "facility"
    /// zh = ["稳态强磁场实验装置"]
    /// en = ["Steady High Magnetic Field Facility", { name = "High Field Lab", status = "deprecated" }]
    /// ```
    pub NoPreferredName { id: "no-preferred-name", group: Glossary, severity: Error, since: "0.1.0" }
}

impl Rule for NoPreferredName {
    fn glossary(&self, ctx: &GlossaryContext<'_>, report: &mut Report) {
        for (i, concept) in ctx.entries() {
            for side in [Side::Zh, Side::En] {
                let names = concept.names(side);
                if names.iter().any(|n| n.status == Status::Preferred) {
                    continue;
                }
                if let Some(refused) = names.iter().position(|n| !n.status.is_accepted()) {
                    report
                        .entry(
                            &Self::META,
                            ctx,
                            i,
                            Part::Name(side, refused),
                            format!(
                                "“{}” is {}, but no {} name is preferred",
                                names[refused].text,
                                names[refused].status.name(),
                                side.name()
                            ),
                        )
                        .help("put the name to use first, as a plain string")
                        .emit();
                }
            }
        }
    }
}
