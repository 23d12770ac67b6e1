//! What the rules about glossary names share.

use super::{Meta, PairContext, Report, quote};
use crate::finding::{Applicability, Confidence, Severity};
use crate::glossary::{Concept, Kind, Status};
use crate::language::zh::segment;
use crate::text::{Side, Span};

/// How severe it is that a concept has no rendering. A sentence is about its facilities, bodies, plans and documents; a place,
/// a person, an event or a term may be expressed in other words.
pub const fn severity_if_absent(concept: &Concept) -> (Severity, Confidence) {
    if concept.kind.is_official() {
        (Severity::Error, Confidence::High)
    } else {
        (Severity::Warning, Confidence::Medium)
    }
}

/// How severe it is that a concept is rendered as something else. A wrong name is an error; for a term, a translator often
/// has reason to choose another word.
pub const fn severity_if_wrong(concept: &Concept) -> Severity {
    if concept.kind.is_name() {
        Severity::Error
    } else {
        Severity::Warning
    }
}

/// The accepted names in one language, preferred ones first.
pub fn accepted_names(concept: &Concept, side: Side) -> Vec<String> {
    let mut names: Vec<_> = concept.names(side).iter().filter(|n| n.status.is_accepted()).collect();
    names.sort_by_key(|n| n.status);
    names.into_iter().map(|n| n.text.to_string()).collect()
}

/// The glossary entry, with its authority: why a name is expected.
pub fn cite_glossary(concept: &Concept) -> String {
    let mut why = format!(
        "glossary: {} ({})",
        concept.preferred_zh().unwrap_or(&concept.id),
        concept.place_of(concept.preferred_en().unwrap_or_default())
    );
    if let Some(authority) = &concept.authority {
        why.push_str("; ");
        why.push_str(authority);
    }
    if let Some(citation) = &concept.citation {
        why.push_str(", ");
        why.push_str(citation);
    }
    why
}

/// Whether a place follows the country at `span`: of 英国|利物浦, “England” says in which part it is.
fn is_before_place(zh: &str, span: Span) -> bool {
    segment::next_word(zh, span.end).is_some_and(segment::is_place)
}

/// Reports the names with this status on either side of a pair, with a fix to the preferred name.
pub fn report_status(ctx: &PairContext<'_>, meta: &'static Meta, status: Status, report: &mut Report) {
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
            if concept.kind == Kind::Place && found.zh.iter().all(|h| is_before_place(ctx.zh(), h.span)) {
                continue;
            }
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
                    format!("{} is {word}; use “{preferred}”", quote::name(ctx.en(), hit.span)),
                )
                .label(ctx, Side::Zh, found.zh[0].span)
                .concept(&*concept.id)
                .why(note.map_or_else(
                    || cite_glossary(concept),
                    |n| format!("{}; {n}", cite_glossary(concept)),
                ))
                .help(format!("write “{preferred}”"))
                .expected(accepted_names(concept, Side::En))
                .found(text)
                .fix(ctx, Side::En, hit.span, preferred, Applicability::Safe)
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
                    format!("{} is {word}; use “{preferred}”", quote::name(ctx.zh(), hit.span)),
                )
                .concept(&*concept.id)
                .why(cite_glossary(concept))
                .help(format!("write “{preferred}”"))
                .expected([preferred])
                .found(text)
                .fix(ctx, Side::Zh, hit.span, preferred, Applicability::Safe)
                .emit();
        }
    }
}
