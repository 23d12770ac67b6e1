//! `unused-entry`.

use crate::declare_rule;
use crate::rules::glossary_context::{GlossaryContext, Part, preferred};
use crate::rules::{Report, Rule};
use crate::text::Side;

declare_rule! {
    /// No text of the corpus uses an entry.
    ///
    /// ## What it does
    /// With `--corpus`, reports an entry none of whose Chinese names is in the texts.
    ///
    /// ## Why it matters
    /// It may be out of date, or its names may be written otherwise in practice.
    ///
    /// ## Example
    /// ```bilint-wrong
    /// [[concept]]
    /// id = "cas"
    /// kind = "institution"
    /// zh = ["中国科学院"]
    /// en = ["Chinese Academy of Sciences"]
    ///
    /// corpus: 中国工程院在北京。 = The academy is in Beijing.
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
    /// corpus: 中国科学院在北京。 = The Chinese Academy of Sciences is in Beijing.
    /// ```
    pub UnusedEntry { id: "unused-entry", group: Glossary, severity: Note, since: "0.1.0" }
}

impl Rule for UnusedEntry {
    fn glossary(&self, ctx: &GlossaryContext<'_>, report: &mut Report) {
        let Some(corpus) = ctx.corpus else { return };
        for (i, concept) in ctx.entries() {
            let is_used = corpus.get(&*concept.id).is_some_and(|usage| usage.count() > 0);
            if let Some(n) = preferred(concept, Side::Zh).filter(|_| !is_used) {
                report
                    .entry(
                        &Self::META,
                        ctx,
                        i,
                        Part::Name(Side::Zh, n),
                        format!("no text of the corpus has a Chinese name of “{}”", concept.id),
                    )
                    .help("add the form that texts use, or keep it for texts to come")
                    .emit();
            }
        }
    }
}
