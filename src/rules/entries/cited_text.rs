//! `cited-text`.

use crate::declare_rule;
use crate::rules::glossary_context::{GlossaryContext, Part};
use crate::rules::{Report, Rule};

declare_rule! {
    /// The text that an entry cites writes the name otherwise.
    ///
    /// ## What it does
    /// With `--corpus`, reports an entry whose `citation` has the name of a file of the corpus, if that file renders the Chinese name
    /// in a way that the entry does not accept.
    ///
    /// ## Why it matters
    /// Either the entry does not say what its source says, or the source has a slip that the entry should record as a deprecated name.
    ///
    /// ## Example
    /// ```bilint-wrong
    /// [[concept]]
    /// id = "cas"
    /// kind = "institution"
    /// zh = ["中国科学院"]
    /// en = ["Chinese Academy of Sciences"]
    /// citation = "corpus.txt"
    ///
    /// corpus: 中国科学院在北京。 = The China Academy of Science is in Beijing.
    /// ```
    ///
    /// Use instead:
    /// ```bilint-right
    /// [[concept]]
    /// id = "cas"
    /// kind = "institution"
    /// zh = ["中国科学院"]
    /// en = ["Chinese Academy of Sciences"]
    /// citation = "corpus.txt"
    ///
    /// corpus: 中国科学院在北京。 = The Chinese Academy of Sciences is in Beijing.
    /// ```
    pub CitedText { id: "cited-text", group: Glossary, severity: Warning, since: "0.1.0" }
}

impl Rule for CitedText {
    fn glossary(&self, ctx: &GlossaryContext<'_>, report: &mut Report) {
        let Some(corpus) = ctx.corpus else { return };
        for (i, concept) in ctx.entries() {
            let (Some(citation), Some(usage)) = (&concept.citation, corpus.get(&*concept.id)) else {
                continue;
            };
            let is_cited = |file: &str| {
                let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
                !name.is_empty() && citation.contains(name)
            };
            if let Some(place) = usage.reported.iter().find(|r| is_cited(&r.file)) {
                report
                    .entry(
                        &Self::META,
                        ctx,
                        i,
                        Part::Key("citation"),
                        format!("{}:{} writes “{}” otherwise", place.file, place.line, place.name),
                    )
                    .why(place.text.clone())
                    .help("correct the entry, or add the name of the text with its status")
                    .emit();
            }
        }
    }
}
