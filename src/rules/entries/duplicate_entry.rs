//! `duplicate-entry`.

use crate::declare_rule;
use crate::rules::glossary_context::{GlossaryContext, Part, accepted};
use crate::rules::{Report, Rule};
use crate::text::Side;

declare_rule! {
    /// Two entries say the same.
    ///
    /// ## What it does
    /// Reports an entry that shares a Chinese name and the preferred English name with an earlier entry, if both are valid on some
    /// day.
    ///
    /// ## Why it matters
    /// A correction of one of them leaves the other as it was.
    ///
    /// ## Example
    /// ```bilint-wrong
    /// [[concept]]
    /// id = "cas"
    /// kind = "institution"
    /// zh = ["中国科学院"]
    /// en = ["Chinese Academy of Sciences"]
    ///
    /// [[concept]]
    /// id = "cas-2"
    /// kind = "institution"
    /// zh = ["中国科学院", "中科院"]
    /// en = ["Chinese Academy of Sciences"]
    /// ```
    ///
    /// Use instead:
    /// ```bilint-right
    /// [[concept]]
    /// id = "cas"
    /// kind = "institution"
    /// zh = ["中国科学院", "中科院"]
    /// en = ["Chinese Academy of Sciences"]
    /// ```
    pub DuplicateEntry { id: "duplicate-entry", group: Glossary, severity: Warning, since: "0.1.0" }
}

impl Rule for DuplicateEntry {
    fn glossary(&self, ctx: &GlossaryContext<'_>, report: &mut Report) {
        for (i, concept) in ctx.entries() {
            let duplicate = accepted(concept, Side::Zh).find_map(|(n, name)| {
                let earlier = ctx
                    .with_name(Side::Zh, &name.text)
                    .iter()
                    .take_while(|(other, _)| *other < i);
                let same = earlier
                    .map(|&(other, _)| other)
                    .find(|&other| ctx.have_same_english(other, i) && ctx.are_valid_together(other, i));
                Some((n, same?))
            });
            if let Some((n, first)) = duplicate {
                let first = &ctx.concepts[first];
                let message = format!("“{}” and its English are also in “{}”", concept.zh[n].text, first.id);
                report
                    .entry(&Self::META, ctx, i, Part::Name(Side::Zh, n), message)
                    .help(format!("keep one of the two entries; the other is at {}", first.place))
                    .emit();
            }
        }
    }
}
