//! `shared-acronym`.

use rustc_hash::FxHashMap;

use crate::declare_rule;
use crate::rules::glossary_context::{GlossaryContext, Part};
use crate::rules::{Report, Rule};

declare_rule! {
    /// One acronym belongs to two concepts.
    ///
    /// ## What it does
    /// Reports an acronym that an earlier entry has, too, if both are valid on some day and neither has a `scope`.
    ///
    /// ## Why it matters
    /// The acronym alone does not say which of the two is meant. A `scope` records that this is known.
    ///
    /// ## Example
    /// ```bilint-wrong
    /// [[concept]]
    /// id = "cast-a"
    /// kind = "institution"
    /// zh = ["中国科学技术协会"]
    /// en = ["China Association for Science and Technology"]
    /// acronym = "CAST"
    ///
    /// [[concept]]
    /// id = "cast-b"
    /// kind = "institution"
    /// zh = ["中国空间技术研究院"]
    /// en = ["China Academy of Space Technology"]
    /// acronym = "CAST"
    /// ```
    ///
    /// Use instead:
    /// ```bilint-right
    /// [[concept]]
    /// id = "cast-a"
    /// kind = "institution"
    /// zh = ["中国科学技术协会"]
    /// en = ["China Association for Science and Technology"]
    /// acronym = "CAST"
    ///
    /// [[concept]]
    /// id = "cast-b"
    /// kind = "institution"
    /// zh = ["中国空间技术研究院"]
    /// en = ["China Academy of Space Technology"]
    /// acronym = "CAST"
    /// scope = "aerospace"
    /// ```
    pub SharedAcronym { id: "shared-acronym", group: Glossary, severity: Warning, since: "0.1.0" }
}

impl Rule for SharedAcronym {
    fn glossary(&self, ctx: &GlossaryContext<'_>, report: &mut Report) {
        let mut seen: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
        for (i, concept) in ctx.entries() {
            let Some(acronym) = &concept.acronym else { continue };
            let owners = seen.entry(acronym).or_default();
            let first = owners.iter().copied().find(|&o| {
                let other = &ctx.concepts[o];
                let is_scoped = concept.scope.is_some() || other.scope.is_some();
                !is_scoped && ctx.are_valid_together(o, i) && !ctx.have_same_english(o, i)
            });
            if let Some(first) = first {
                let other = &ctx.concepts[first];
                report
                    .entry(
                        &Self::META,
                        ctx,
                        i,
                        Part::Key("acronym"),
                        format!("“{acronym}” is also the acronym of “{}”", other.id),
                    )
                    .help(format!(
                        "give the less known one a scope, or leave its acronym out; the other is at {}",
                        other.place
                    ))
                    .emit();
            }
            owners.push(i);
        }
    }
}
