//! `successor-cycle`.

use crate::declare_rule;
use crate::rules::glossary_context::{GlossaryContext, Part};
use crate::rules::{Report, Rule};

declare_rule! {
    /// Entries replace each other in a circle.
    ///
    /// ## What it does
    /// Reports an entry that is reached again by following `replaced-by`.
    ///
    /// ## Why it matters
    /// Nobody can find out which name to use today.
    ///
    /// ## Example
    /// ```bilint-wrong
    /// [[concept]]
    /// id = "a"
    /// kind = "institution"
    /// zh = ["甲所"]
    /// en = ["Institute A"]
    /// replaced-by = "b"
    ///
    /// [[concept]]
    /// id = "b"
    /// kind = "institution"
    /// zh = ["乙所"]
    /// en = ["Institute B"]
    /// replaced-by = "a"
    /// ```
    ///
    /// Use instead:
    /// ```bilint-right
    /// [[concept]]
    /// id = "a"
    /// kind = "institution"
    /// zh = ["甲所"]
    /// en = ["Institute A"]
    /// replaced-by = "b"
    ///
    /// [[concept]]
    /// id = "b"
    /// kind = "institution"
    /// zh = ["乙所"]
    /// en = ["Institute B"]
    /// ```
    pub SuccessorCycle { id: "successor-cycle", group: Glossary, severity: Error, since: "0.1.0" }
}

impl Rule for SuccessorCycle {
    fn glossary(&self, ctx: &GlossaryContext<'_>, report: &mut Report) {
        let next: Vec<Option<usize>> = ctx
            .concepts
            .iter()
            .map(|c| c.replaced_by.as_deref().and_then(|id| ctx.with_id(id)))
            .collect();
        // The walk on which each entry was seen first. A walk that meets itself has found a circle.
        let mut walk = vec![usize::MAX; next.len()];
        for start in 0..next.len() {
            let mut at = start;
            while walk[at] == usize::MAX {
                walk[at] = start;
                match next[at] {
                    Some(successor) if walk[successor] == start => {
                        let ids = circle(ctx, &next, successor);
                        report
                            .entry(
                                &Self::META,
                                ctx,
                                successor,
                                Part::Key("replaced-by"),
                                format!("the entries replace each other in a circle: {}", ids.join(", ")),
                            )
                            .help("remove replaced-by from the entry that has the name of today")
                            .emit();
                    }
                    Some(successor) => at = successor,
                    None => {}
                }
            }
        }
    }
}

/// The ids on the circle, from `first` to `first`.
fn circle<'a>(ctx: &GlossaryContext<'a>, next: &[Option<usize>], first: usize) -> Vec<&'a str> {
    let mut ids = vec![&*ctx.concepts[first].id];
    let mut at = next[first];
    while let Some(i) = at {
        ids.push(&*ctx.concepts[i].id);
        at = next[i].filter(|_| i != first);
    }
    ids
}
