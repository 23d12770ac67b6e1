//! `overridden-entry`.

use crate::declare_rule;
use crate::rules::glossary_context::{GlossaryContext, Part};
use crate::rules::{Report, Rule};

declare_rule! {
    /// An entry does not count, since an earlier glossary names the concept otherwise.
    ///
    /// ## What it does
    /// Reports an entry whose id or Chinese name an entry of an earlier glossary has, with another English name. The order of the
    /// glossaries is their precedence.
    ///
    /// ## Why it matters
    /// Its names are not accepted in texts. Whoever maintains the later glossary should know.
    ///
    /// ## Example
    /// ```bilint-wrong
    /// [[concept]]
    /// id = "cas"
    /// kind = "institution"
    /// zh = ["中国科学院"]
    /// en = ["Chinese Academy of Sciences"]
    ///
    /// # glossary house.toml
    /// [[concept]]
    /// id = "academia-sinica"
    /// kind = "institution"
    /// zh = ["中国科学院"]
    /// en = ["Academia Sinica"]
    /// ```
    ///
    /// Use instead:
    /// ```bilint-right
    /// [[concept]]
    /// id = "cas"
    /// kind = "institution"
    /// zh = ["中国科学院"]
    /// en = ["Chinese Academy of Sciences"]
    ///
    /// # glossary house.toml
    /// [[concept]]
    /// id = "cas"
    /// kind = "institution"
    /// zh = ["中国科学院", "中科院"]
    /// en = ["Chinese Academy of Sciences"]
    /// ```
    pub OverriddenEntry { id: "overridden-entry", group: Glossary, severity: Note, since: "0.1.0" }
}

impl Rule for OverriddenEntry {
    fn glossary(&self, ctx: &GlossaryContext<'_>, report: &mut Report) {
        for overridden in ctx.overridden.iter().filter(|o| !o.is_same) {
            let id = &ctx.concepts[overridden.index].id;
            report
                .entry(
                    &Self::META,
                    ctx,
                    overridden.index,
                    Part::Entry,
                    format!("“{id}” does not count: the entry at {} has precedence", overridden.by),
                )
                .help("delete one of the two, or change single fields with an entry that has `override = true`")
                .emit();
        }
    }
}
