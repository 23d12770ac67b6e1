//! `swapped-languages`.

use crate::declare_rule;
use crate::rules::glossary_context::{GlossaryContext, Part};
use crate::rules::{Report, Rule};
use crate::text::Side;
use crate::text::script::is_han;

declare_rule! {
    /// A name is in the other language.
    ///
    /// ## What it does
    /// Reports a Chinese name of several Latin words, and an English name with Chinese characters.
    ///
    /// ## Why it matters
    /// Names that are listed under the wrong language are never found, and a swapped pair reverses every check.
    ///
    /// ## Example
    /// ```bilint-wrong
    /// [[concept]]
    /// id = "cas"
    /// kind = "institution"
    /// zh = ["Chinese Academy of Sciences"]
    /// en = ["中国科学院"]
    /// ```
    ///
    /// Use instead:
    /// ```bilint-right
    /// [[concept]]
    /// id = "cas"
    /// kind = "institution"
    /// zh = ["中国科学院"]
    /// en = ["Chinese Academy of Sciences"]
    /// ```
    pub SwappedLanguages { id: "swapped-languages", group: Glossary, severity: Error, since: "0.1.0" }
}

impl Rule for SwappedLanguages {
    fn glossary(&self, ctx: &GlossaryContext<'_>, report: &mut Report) {
        for (i, concept) in ctx.entries() {
            let is_english = |name: &str| {
                let words = name
                    .split_whitespace()
                    .filter(|w| w.starts_with(|c: char| c.is_ascii_alphabetic()));
                !name.contains(is_han) && words.count() > 1
            };
            let zh = concept.zh.iter().position(|n| is_english(&n.text));
            let en = concept.en.iter().position(|n| n.text.contains(is_han));
            let (part, message) = match (zh, en) {
                (Some(zh), Some(_)) => (
                    Part::Name(Side::Zh, zh),
                    "the Chinese and the English names are swapped".to_owned(),
                ),
                (Some(zh), None) => (
                    Part::Name(Side::Zh, zh),
                    format!("the Chinese name “{}” is English", concept.zh[zh].text),
                ),
                (None, Some(en)) => (
                    Part::Name(Side::En, en),
                    format!("the English name “{}” has Chinese characters", concept.en[en].text),
                ),
                (None, None) => continue,
            };
            report
                .entry(&Self::META, ctx, i, part, message)
                .help("move each name to its language: Chinese under zh, English under en")
                .emit();
        }
    }
}
