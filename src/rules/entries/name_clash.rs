//! `name-clash`.

use crate::declare_rule;
use crate::rules::glossary_context::{GlossaryContext, Part, accepted};
use crate::rules::{Report, Rule};
use crate::text::Side;

declare_rule! {
    /// A name is accepted in one entry and refused in another.
    ///
    /// ## What it does
    /// Reports a deprecated or forbidden name that another entry with a common name in the other language accepts.
    ///
    /// ## Why it matters
    /// Whatever a translator writes, one of the two entries reports it.
    ///
    /// ## Example
    /// ```bilint-wrong
    /// [[concept]]
    /// id = "kuafu"
    /// kind = "facility"
    /// zh = ["夸父一号"]
    /// en = ["Advanced Space-based Solar Observatory", { name = "Kuafu-1", status = "forbidden" }]
    ///
    /// [[concept]]
    /// id = "aso-s"
    /// kind = "facility"
    /// zh = ["先进天基太阳天文台", "夸父一号"]
    /// en = ["Advanced Space-based Solar Observatory", "Kuafu-1"]
    /// valid-from = "2023-01-01"
    /// ```
    ///
    /// Use instead:
    /// ```bilint-right
    /// [[concept]]
    /// id = "aso-s"
    /// kind = "facility"
    /// zh = ["先进天基太阳天文台", "夸父一号"]
    /// en = ["Advanced Space-based Solar Observatory", "Kuafu-1"]
    /// ```
    pub NameClash { id: "name-clash", group: Glossary, severity: Error, since: "0.1.0" }
}

impl Rule for NameClash {
    fn glossary(&self, ctx: &GlossaryContext<'_>, report: &mut Report) {
        for side in [Side::Zh, Side::En] {
            for (i, concept) in ctx.entries() {
                let refused = concept.names(side).iter().enumerate();
                for (n, name) in refused.filter(|(_, name)| !name.status.is_accepted()) {
                    let owners = ctx.with_name(side, &name.text).iter().map(|&(owner, _)| owner);
                    let clash = owners.into_iter().find(|&owner| {
                        owner != i && ctx.are_valid_together(owner, i) && have_common_name(ctx, owner, i, side.other())
                    });
                    let Some(other) = clash.map(|owner| &ctx.concepts[owner]) else {
                        continue;
                    };
                    report
                        .entry(
                            &Self::META,
                            ctx,
                            i,
                            Part::Name(side, n),
                            format!(
                                "“{}” is {} here and accepted in “{}”",
                                name.text,
                                name.status.name(),
                                other.id
                            ),
                        )
                        .help(format!("keep one of the two; the other is at {}", other.place))
                        .emit();
                }
            }
        }
    }
}

/// Whether both entries accept some name of this language.
fn have_common_name(ctx: &GlossaryContext<'_>, a: usize, b: usize, side: Side) -> bool {
    accepted(&ctx.concepts[a], side).any(|(_, name)| {
        let mut owners = ctx.with_name(side, &name.text).iter();
        owners.any(|&(owner, _)| owner == b)
    })
}
