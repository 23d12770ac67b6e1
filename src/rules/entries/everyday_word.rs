//! `everyday-word`.

use crate::declare_rule;
use crate::glossary::Kind;
use crate::language::zh::dictionary;
use crate::rules::glossary_context::{GlossaryContext, Part, Reported, accepted, fold};
use crate::rules::{Report, Rule};
use crate::text::Side;

declare_rule! {
    /// A name is also an everyday word.
    ///
    /// ## What it does
    /// Reports a proper name that the segmenter's dictionary has as a frequent ordinary word, places excepted. With `--corpus`, the finding quotes
    /// sentences that would be reported, and names are reported that most of their sentences leave untranslated, which happens where
    /// the name is a part of other words (北约 in 以北约三公里).
    ///
    /// ## Why it matters
    /// Every text with the word would have to contain the official name. List it only with what makes it a name, such as quotation
    /// marks, or the whole name alone.
    ///
    /// ## Example
    /// ```bilint-wrong
    /// [[concept]]
    /// id = "hxmt"
    /// kind = "facility"
    /// zh = ["慧眼卫星", "奋斗"]
    /// en = ["Hard X-ray Modulation Telescope"]
    /// ```
    ///
    /// Use instead:
    /// ```bilint-right
    /// [[concept]]
    /// id = "hxmt"
    /// kind = "facility"
    /// zh = ["慧眼卫星"]
    /// en = ["Hard X-ray Modulation Telescope"]
    /// ```
    pub EverydayWord { id: "everyday-word", group: Glossary, severity: Warning, since: "0.1.0" }
}

impl Rule for EverydayWord {
    fn glossary(&self, ctx: &GlossaryContext<'_>, report: &mut Report) {
        for (i, concept) in ctx.entries().filter(|(_, c)| c.kind.is_name()) {
            let usage = ctx.corpus.and_then(|corpus| corpus.get(&*concept.id));
            for (n, name) in accepted(concept, Side::Zh) {
                let has_marks = fold(&name.text) != name.text;
                let is_word = !has_marks && concept.kind != Kind::Place && is_everyday(&name.text);
                let missing: Vec<&Reported> = usage
                    .into_iter()
                    .flat_map(|u| &u.reported)
                    .filter(|r| r.is_missing && r.name == name.text)
                    .collect();
                let total = usage.map_or(0, |u| u.names.get(&*name.text).copied().unwrap_or(0));
                let is_often_missing = missing.len() >= OFTEN && missing.len() * 2 > total;
                let message = match (is_word, is_often_missing) {
                    (true, _) => format!("“{}” is an everyday word", name.text),
                    (false, true) => format!(
                        "“{}” is untranslated in {} of {total} places: it may be a part of other words",
                        name.text,
                        missing.len()
                    ),
                    (false, false) => continue,
                };
                let mut finding = report.entry(&Self::META, ctx, i, Part::Name(Side::Zh, n), message);
                if let Some(quoted) = quote(&missing) {
                    finding = finding.why(quoted);
                }
                finding
                    .help("list it with what makes it a name, such as quotation marks, or only the whole name")
                    .emit();
            }
        }
    }
}

/// A word that is at least this frequent in the dictionary's texts is an everyday word.
const FREQUENT: usize = 200;

/// How often a name must be untranslated before it is doubted.
const OFTEN: usize = 3;

/// How many sentences are quoted.
const QUOTED: usize = 3;

/// Endings of the names of bodies. 教育部 is in the dictionary, and is a name all the same.
const BODIES: [char; 8] = ['部', '署', '局', '院', '厅', '委', '会', '社'];

/// Whether the dictionary has the word as a frequent one that is no proper name.
fn is_everyday(word: &str) -> bool {
    if word.ends_with(BODIES) && word.chars().count() > 2 {
        return false;
    }
    dictionary::entry(word).is_some_and(|entry| {
        // nr, ns, nt and nz are names, j abbreviations of names, t times, eng is Latin.
        let is_name = entry.tag.starts_with("nr") || ["ns", "nt", "nz", "j", "eng", "x", "t"].contains(&entry.tag);
        !is_name && entry.frequency >= FREQUENT
    })
}

/// The first places, with their text.
fn quote(places: &[&Reported]) -> Option<String> {
    let shown: Vec<String> = places
        .iter()
        .take(QUOTED)
        .map(|r| format!("{}:{}: {}", r.file, r.line, r.text))
        .collect();
    let rest = places.len() - shown.len();
    let more = if rest > 0 {
        format!("; and {rest} more")
    } else {
        String::new()
    };
    (!shown.is_empty()).then(|| format!("it would be reported in {}{more}", shown.join("; ")))
}
