//! `no-source`.

use crate::declare_rule;
use crate::rules::glossary_context::{GlossaryContext, Part};
use crate::rules::{Report, Rule};

declare_rule! {
    /// A name has no source.
    ///
    /// ## What it does
    /// Reports an entry of a proper name without `authority` or without `citation`, and one whose citation says that it was not
    /// checked.
    ///
    /// ## Why it matters
    /// Nobody can distinguish an official name from a guess.
    ///
    /// ## Example
    /// ```bilint-wrong
    /// [[concept]]
    /// id = "cas"
    /// kind = "institution"
    /// zh = ["中国科学院"]
    /// en = ["Chinese Academy of Sciences"]
    /// ```
    ///
    /// Use instead:
    /// ```bilint-right
    /// [[concept]]
    /// id = "cas"
    /// kind = "institution"
    /// zh = ["中国科学院"]
    /// en = ["Chinese Academy of Sciences"]
    /// authority = "Chinese Academy of Sciences"
    /// citation = "english.cas.cn"
    /// ```
    pub NoSource { id: "no-source", group: Glossary, severity: Warning, since: "0.1.0", on_by_default: false }
}

impl Rule for NoSource {
    fn glossary(&self, ctx: &GlossaryContext<'_>, report: &mut Report) {
        for (i, concept) in ctx.entries().filter(|(_, c)| c.kind.is_name()) {
            let (part, message) = match (&concept.authority, &concept.citation) {
                (None, None) => (
                    Part::Entry,
                    "neither authority nor citation says where the names come from",
                ),
                (None, _) => (Part::Key("citation"), "no authority says who decided the names"),
                (_, None) => (Part::Key("authority"), "no citation says where the names are published"),
                (_, Some(citation)) if citation.starts_with("not checked") => (
                    Part::Key("citation"),
                    "the names are not checked against a public source",
                ),
                _ => continue,
            };
            report
                .entry(&Self::META, ctx, i, part, format!("“{}”: {message}", concept.id))
                .help("look the name up and add authority = \"…\", citation = \"page or document, date\"")
                .emit();
        }
    }
}
