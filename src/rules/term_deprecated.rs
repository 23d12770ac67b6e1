//! `term-deprecated`, and what it shares with `term-forbidden`.

use super::term_omitted::{accepted_names, because};
use super::{Meta, PairContext, Report, Rule};
use crate::declare_rule;
use crate::finding::Applicability;
use crate::glossary::Status;
use crate::text::Side;

declare_rule! {
    /// A rendering that the glossary lists as deprecated.
    ///
    /// ## What it does
    /// Finds the deprecated English names of every concept that the Chinese names, and the deprecated Chinese names
    /// themselves, and says which name is preferred.
    ///
    /// ## Why it matters
    /// Institutions rename their facilities, and a name once misprinted is copied on. The glossary remembers both.
    ///
    /// ## Example
    /// ```bilint-wrong
    /// zh: 稳态强磁场实验装置、
    /// en: Steady High Magnetic Field Laboratory
    /// glossary: 稳态强磁场实验装置 = Steady High Magnetic Field Facility | -Steady High Magnetic Field Laboratory
    /// ```
    ///
    /// Use instead:
    /// ```bilint-right
    /// zh: 稳态强磁场实验装置、
    /// en: Steady High Magnetic Field Facility
    /// glossary: 稳态强磁场实验装置 = Steady High Magnetic Field Facility | -Steady High Magnetic Field Laboratory
    /// ```
    pub TermDeprecated {
        id: "term-deprecated",
        group: Terms,
        severity: Warning,
        since: "0.1.0",
        fixable: Sometimes,
        faults: [WrongName],
        precedence: 3,
    }
}

impl Rule for TermDeprecated {
    fn pair(&self, ctx: &PairContext<'_>, report: &mut Report) {
        report_status(ctx, &Self::META, Status::Deprecated, Applicability::Safe, report);
    }
}

/// Reports the names of one status on both sides.
pub(super) fn report_status(
    ctx: &PairContext<'_>,
    meta: &'static Meta,
    status: Status,
    applicability: Applicability,
    report: &mut Report,
) {
    let glossary = ctx.doc.glossary;
    let word = if status == Status::Forbidden {
        "forbidden"
    } else {
        "deprecated"
    };
    for found in &ctx.terms().concepts {
        let concept = &glossary.concepts()[found.concept];
        for hit in found.en.iter().filter(|h| h.status == status) {
            let Some(preferred) = concept.preferred_en() else {
                continue;
            };
            let text = hit.span.of(ctx.en());
            let note = glossary.english(found.concept)[hit.name]
                .index
                .and_then(|i| concept.en[i].note.as_deref());
            report
                .finding(
                    meta,
                    ctx,
                    Side::En,
                    hit.span,
                    format!("“{text}” is {word}: the name is “{preferred}”"),
                )
                .label(ctx, Side::Zh, found.zh[0].span)
                .concept(&*concept.id)
                .why(note.map_or_else(|| because(concept), |n| format!("{}; {n}", because(concept))))
                .help(format!("write “{preferred}”"))
                .expected(accepted_names(concept))
                .found(text)
                .fix(ctx, Side::En, hit.span, preferred, applicability)
                .emit();
        }
        for hit in found.zh.iter().filter(|h| concept.zh[h.name].status == status) {
            let Some(preferred) = concept.preferred_zh() else {
                continue;
            };
            let text = hit.span.of(ctx.zh());
            report
                .finding(
                    meta,
                    ctx,
                    Side::Zh,
                    hit.span,
                    format!("“{text}” is {word}: the name is “{preferred}”"),
                )
                .concept(&*concept.id)
                .why(because(concept))
                .help(format!("write “{preferred}”"))
                .expected([preferred])
                .found(text)
                .fix(ctx, Side::Zh, hit.span, preferred, applicability)
                .emit();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{check_with, glossary};

    #[test]
    fn offers_the_preferred_name() {
        let g = glossary(&["外交部 = Ministry of Foreign Affairs | -Foreign Affairs Ministry"]);
        let f = check_with(&TermDeprecated, &["外交部"], &["The Foreign Affairs Ministry said"], &g);
        assert_eq!(f[0].fixes[0].replacement, "Ministry of Foreign Affairs");
        assert_eq!(f[0].en.as_ref().unwrap().text, "Foreign Affairs Ministry");
    }
}
