//! `contained-name`.

use crate::declare_rule;
use crate::glossary::Concept;
use crate::language::en::token;
use crate::rules::glossary_context::{GlossaryContext, Part, accepted, fold};
use crate::rules::{Report, Rule};
use crate::text::Side;

declare_rule! {
    /// A name is inside another one, and its English is not.
    ///
    /// ## What it does
    /// Reports a Chinese name of a body, a facility or a plan that begins with the name of another entry, or ends with one of at least six
    /// characters, if none of its English names has an English name, the acronym or most of the words of that entry.
    ///
    /// ## Why it matters
    /// Two parts of one house are often translated by different people. Either rendering may be official, which an entry with a
    /// source settles.
    ///
    /// ## Example
    /// ```bilint-wrong
    /// [[concept]]
    /// id = "ihep"
    /// kind = "institution"
    /// zh = ["高能物理研究所"]
    /// en = ["Institute of High Energy Physics"]
    ///
    /// [[concept]]
    /// id = "ihep-bj"
    /// kind = "institution"
    /// zh = ["中国科学院高能物理研究所"]
    /// en = ["High-Energy Research Center, CAS"]
    /// ```
    ///
    /// Use instead:
    /// ```bilint-right
    /// [[concept]]
    /// id = "ihep"
    /// kind = "institution"
    /// zh = ["高能物理研究所"]
    /// en = ["Institute of High Energy Physics"]
    ///
    /// [[concept]]
    /// id = "ihep-bj"
    /// kind = "institution"
    /// zh = ["中国科学院高能物理研究所"]
    /// en = ["Institute of High Energy Physics, CAS"]
    /// ```
    pub ContainedName { id: "contained-name", group: Glossary, severity: Note, since: "0.1.0" }
}

impl Rule for ContainedName {
    fn glossary(&self, ctx: &GlossaryContext<'_>, report: &mut Report) {
        for (i, concept) in ctx.entries().filter(|(_, c)| c.kind.is_official()) {
            if concept.citation.is_some() && concept.grade.is_some() {
                continue;
            }
            for (n, name) in accepted(concept, Side::Zh) {
                let Some(inner) = inner_entry(ctx, i, &fold(&name.text)) else {
                    continue;
                };
                let other = &ctx.concepts[inner];
                if !has_rendering(concept, other) {
                    report
                        .entry(
                            &Self::META,
                            ctx,
                            i,
                            Part::Name(Side::Zh, n),
                            format!(
                                "“{}” contains “{}”, but no English name has “{}”",
                                name.text,
                                other.preferred_zh().unwrap_or_default(),
                                other.preferred_en().unwrap_or_default()
                            ),
                        )
                        .help("render the part as its own entry does, or record citation and grade, which settle it")
                        .emit();
                    break;
                }
            }
        }
    }
}

/// The least length of a name that is looked for, in characters.
const SHORTEST: usize = 4;

/// The least length of one at the end. 经合组织 is not a part of 亚太经合组织.
const SHORTEST_END: usize = 6;

/// An entry of a body, a facility or a plan, other than `own`, whose name the folded `name` begins or ends with; that with the
/// longest name.
fn inner_entry(ctx: &GlossaryContext<'_>, own: usize, name: &str) -> Option<usize> {
    let starts: Vec<usize> = name.char_indices().map(|(at, _)| at).chain([name.len()]).collect();
    let chars = starts.len() - 1;
    (SHORTEST..chars).rev().find_map(|length| {
        let end = (length >= SHORTEST_END).then(|| &name[starts[chars - length]..]);
        let parts = [Some(&name[..starts[length]]), end];
        parts.into_iter().flatten().find_map(|part| {
            let owners = ctx.with_name(Side::Zh, part).iter().map(|&(owner, _)| owner);
            owners
                .into_iter()
                .find(|&owner| owner != own && ctx.concepts[owner].kind.is_official())
        })
    })
}

/// Whether some English name of `outer` has a name or the acronym of `inner`, or most words of one.
fn has_rendering(outer: &Concept, inner: &Concept) -> bool {
    let words = |name: &str| -> Vec<u64> {
        let parts = name
            .split(|c: char| !c.is_alphanumeric())
            .filter(|w| w.len() > 3 || w.chars().all(char::is_uppercase));
        parts.filter(|w| !w.is_empty()).map(token::key).collect()
    };
    let inner_names: Vec<Vec<u64>> = inner
        .names(Side::En)
        .iter()
        .map(|n| &*n.text)
        .chain(inner.acronym.as_deref())
        .map(words)
        .filter(|w| !w.is_empty())
        .collect();
    outer.names(Side::En).iter().any(|name| {
        let have = words(&name.text);
        inner_names.iter().any(|wanted| {
            let common = wanted.iter().filter(|w| have.contains(w)).count();
            common * 3 >= wanted.len() * 2
        })
    })
}
