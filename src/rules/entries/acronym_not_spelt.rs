//! `acronym-not-spelt`.

use crate::declare_rule;
use crate::language::en::acronym::{self, Word};
use crate::rules::glossary_context::{GlossaryContext, Part};
use crate::rules::{Report, Rule};
use crate::text::Span;
use crate::text::normalize::halfwidth;

declare_rule! {
    /// The letters of an acronym are not in the name.
    ///
    /// ## What it does
    /// Reports an acronym whose letters cannot be drawn, in order, from any English name of the entry. A body may come before its
    /// part (CASIA, Institute of Automation, Chinese Academy of Sciences). An acronym of another
    /// language (CERN) is right: list that name, or say so in the `note`, which then has to contain the acronym.
    ///
    /// ## Why it matters
    /// A slip in the acronym or in the name, or an acronym that belongs to another entry.
    ///
    /// ## Example
    /// ```bilint-wrong
    /// [[concept]]
    /// id = "shmff"
    /// kind = "facility"
    /// zh = ["稳态强磁场实验装置"]
    /// en = ["Steady High Magnetic Field Facility"]
    /// acronym = "SMHFF"
    /// ```
    ///
    /// Use instead:
    /// ```bilint-right
    /// [[concept]]
    /// id = "shmff"
    /// kind = "facility"
    /// zh = ["稳态强磁场实验装置"]
    /// en = ["Steady High Magnetic Field Facility"]
    /// acronym = "SHMFF"
    /// ```
    pub AcronymNotSpelt { id: "acronym-not-spelt", group: Glossary, severity: Warning, since: "0.1.0" }
}

impl Rule for AcronymNotSpelt {
    fn glossary(&self, ctx: &GlossaryContext<'_>, report: &mut Report) {
        for (i, concept) in ctx.entries() {
            let Some(acronym) = &concept.acronym else { continue };
            let is_explained = concept.note.as_ref().is_some_and(|note| note.contains(&**acronym));
            if is_explained || concept.en.iter().any(|name| spells(acronym, &name.text)) {
                continue;
            }
            let name = concept.preferred_en().unwrap_or_default();
            report
                .entry(
                    &Self::META,
                    ctx,
                    i,
                    Part::Key("acronym"),
                    format!("the letters of “{acronym}” are not those of “{name}”"),
                )
                .help(format!(
                    "correct one of the two; if it abbreviates another name, list that, or explain “{acronym}” in the note"
                ))
                .emit();
        }
    }
}

/// Whether the letters of the acronym are, in order, in the name. Digits abbreviate words: the 2 of KM2A is a square.
fn spells(acronym: &str, name: &str) -> bool {
    // Another rule reports full-width letters.
    let letters: String = acronym.chars().map(halfwidth).filter(|c| c.is_alphabetic()).collect();
    let words: Vec<Word> = name
        .split(|c: char| c.is_whitespace() || c == '-' || c == '/')
        .filter(|w| !w.is_empty())
        .map(|word| {
            let start = word.as_ptr() as usize - name.as_ptr() as usize;
            Word {
                span: Span::new(start, start + word.len()),
                part: false,
            }
        })
        .collect();
    // The body that is named last comes first.
    let last = name
        .rfind(", ")
        .map(|at| at + 1)
        .or_else(|| name.rfind(" of the "))
        .unwrap_or(name.len());
    let first = words.partition_point(|word| word.span.start < last);
    let body_first = || [&words[first..], &words[..first]].concat();
    name.contains(acronym)
        || acronym::follows(&letters, &words, name)
        || acronym::follows(&letters, &body_first(), name)
}

#[cfg(test)]
mod tests {
    use super::spells;

    #[test]
    fn a_body_may_come_before_its_part() {
        for (acronym, name) in [
            ("CASIA", "Institute of Automation, Chinese Academy of Sciences"),
            ("ASIPP", "Institute of Plasma Physics, Chinese Academy of Sciences"),
            ("CASAD", "Academic Divisions of the Chinese Academy of Sciences"),
            ("ＪＵＮＯ", "Jiangmen Underground Neutrino Observatory"),
            ("IMP", "Institute of Modern Physics, Chinese Academy of Sciences"),
        ] {
            assert!(spells(acronym, name), "{acronym}");
        }
        for (acronym, name) in [
            ("CASIB", "Institute of Automation, Chinese Academy of Sciences"),
            ("CNSN", "China National Space Administration"),
        ] {
            assert!(!spells(acronym, name), "{acronym}");
        }
    }
}
