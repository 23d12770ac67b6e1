//! `shared-name`.

use crate::declare_rule;
use crate::glossary::Kind;
use crate::rules::glossary_context::{GlossaryContext, Part, fold};
use crate::rules::{Report, Rule};
use crate::text::Side;

declare_rule! {
    /// One name belongs to two concepts.
    ///
    /// ## What it does
    /// Reports a Chinese name that an earlier entry accepts for something else, and an English name that is preferred in two
    /// entries of one kind, if both entries are valid on some day and neither has a `scope`. An English name that follows from a
    /// Chinese name inside the other one (a summit and its nineteenth session) is not reported, and neither are places and
    /// persons whose names are spelt alike in English (苏州 and 宿州).
    ///
    /// ## Why it matters
    /// A text with the name may mean either, so that bilint accepts both translations. A `scope` records that this is known.
    ///
    /// ## Example
    /// ```bilint-wrong
    /// [[concept]]
    /// id = "icsu"
    /// kind = "institution"
    /// zh = ["国际科学理事会"]
    /// en = ["International Council of Scientific Unions"]
    ///
    /// [[concept]]
    /// id = "isc"
    /// kind = "institution"
    /// zh = ["国际科学理事会"]
    /// en = ["International Science Council"]
    /// ```
    ///
    /// Use instead:
    /// ```bilint-right
    /// [[concept]]
    /// id = "icsu"
    /// kind = "institution"
    /// zh = ["国际科学理事会"]
    /// en = ["International Council of Scientific Unions"]
    /// valid-to = "2018-07-04"
    ///
    /// [[concept]]
    /// id = "isc"
    /// kind = "institution"
    /// zh = ["国际科学理事会"]
    /// en = ["International Science Council"]
    /// valid-from = "2018-07-05"
    /// ```
    pub SharedName { id: "shared-name", group: Glossary, severity: Warning, since: "0.1.0" }
}

impl Rule for SharedName {
    fn glossary(&self, ctx: &GlossaryContext<'_>, report: &mut Report) {
        for side in [Side::Zh, Side::En] {
            for owners in ctx.shared_names(side) {
                let (first, _) = owners[0];
                for &(other, n) in &owners[1..] {
                    if is_confusing(ctx, side, (owners[0], (other, n))) {
                        let (a, b) = (&ctx.concepts[first], &ctx.concepts[other]);
                        let (name, rendered) = match side {
                            Side::Zh => (&b.zh[n].text, [a.preferred_en(), b.preferred_en()]),
                            Side::En => (&b.en[n].text, [a.preferred_zh(), b.preferred_zh()]),
                        };
                        let [theirs, ours] = rendered.map(Option::unwrap_or_default);
                        report
                            .entry(
                                &Self::META,
                                ctx,
                                other,
                                Part::Name(side, n),
                                format!("“{name}” is “{ours}” here and “{theirs}” in “{}”", a.id),
                            )
                            .help(format!(
                                "use a longer name in one of them, give both a scope, or merge them; the other is at {}",
                                a.place
                            ))
                            .emit();
                    }
                }
            }
        }
    }
}

/// Whether a reader cannot know which of two entries, each given with the index of the name, is meant.
fn is_confusing(ctx: &GlossaryContext<'_>, side: Side, (a, b): ((usize, usize), (usize, usize))) -> bool {
    let (first, second) = (&ctx.concepts[a.0], &ctx.concepts[b.0]);
    if !ctx.are_valid_together(a.0, b.0) || first.scope.is_some() || second.scope.is_some() {
        return false;
    }
    match side {
        // Those with the same English are duplicates.
        Side::Zh => !ctx.have_same_english(a.0, b.0),
        Side::En => {
            let is_preferred =
                |concept: &crate::glossary::Concept, n: usize| concept.preferred_en() == Some(&*concept.en[n].text);
            first.kind == second.kind
                && !matches!(first.kind, Kind::Place | Kind::Person)
                && is_preferred(first, a.1)
                && is_preferred(second, b.1)
                && !first.zh.iter().any(|x| {
                    let x = fold(&x.text);
                    second.zh.iter().any(|y| {
                        let y = fold(&y.text);
                        x.contains(&*y) || y.contains(&*x)
                    })
                })
        }
    }
}
