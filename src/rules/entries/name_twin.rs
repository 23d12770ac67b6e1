//! `name-twin`.

use crate::declare_rule;
use crate::rules::glossary_context::{GlossaryContext, Part, fold};
use crate::rules::{Report, Rule};
use crate::text::Side;

declare_rule! {
    /// Two names of an entry differ in form only.
    ///
    /// ## What it does
    /// Reports a name that is another name of the same entry in full-width instead of half-width or in traditional instead of
    /// simplified characters, with other capitals, or other quotation marks. A name that the entry refuses is not compared with one that it accepts, and neither are words of up to
    /// five letters, which match with the same capitals only (PBoC).
    ///
    /// ## Why it matters
    /// Texts are compared without these differences, so the second name adds nothing, and the next editor corrects only one of them.
    ///
    /// ## Example
    /// ```bilint-wrong
    /// [[concept]]
    /// id = "g20"
    /// kind = "event"
    /// zh = ["Ｇ20峰会", "G20峰会"]
    /// en = ["G20 Summit"]
    /// ```
    ///
    /// Use instead:
    /// ```bilint-right
    /// [[concept]]
    /// id = "g20"
    /// kind = "event"
    /// zh = ["G20峰会"]
    /// en = ["G20 Summit"]
    /// ```
    pub NameTwin { id: "name-twin", group: Glossary, severity: Note, since: "0.1.0" }
}

/// Bytes of an English word whose capitals may matter.
const LONGEST_WORD: usize = 5;

impl Rule for NameTwin {
    fn glossary(&self, ctx: &GlossaryContext<'_>, report: &mut Report) {
        for (i, concept) in ctx.entries() {
            for side in [Side::Zh, Side::En] {
                let names = concept.names(side);
                // The case decides in an entry with `case-sensitive`.
                if names.len() < 2 || (side == Side::En && concept.case_sensitive) {
                    continue;
                }
                for (n, name) in names.iter().enumerate().skip(1) {
                    let folded = fold(&name.text);
                    if side == Side::En && folded.len() <= LONGEST_WORD {
                        continue;
                    }
                    let twin = names[..n].iter().find(|other| {
                        other.status.is_accepted() == name.status.is_accepted() && fold(&other.text) == folded
                    });
                    if let Some(twin) = twin {
                        report
                            .entry(
                                &Self::META,
                                ctx,
                                i,
                                Part::Name(side, n),
                                format!("“{}” and “{}” differ in form only", name.text, twin.text),
                            )
                            .help("delete the one that texts do not use")
                            .emit();
                    }
                }
            }
        }
    }
}
