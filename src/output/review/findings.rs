//! The findings, each with its reasons, the glossary entry and the figures behind it.

use maud::{Markup, html};

use crate::finding::Finding;
use crate::output::page::{place, severity, text};
use crate::run::{CitedEntry, Review, ReviewedFigure, ReviewedPair, Standing};
use crate::text::Side;

/// Findings one below the other. They are numbered through the page, from 1.
pub(super) fn list(review: &Review, findings: &[usize]) -> Markup {
    html! {
        @for &index in findings { (item(review, index)) }
    }
}

fn item(review: &Review, index: usize) -> Markup {
    let (f, number) = (&review.report.findings[index], index + 1);
    let entry = f.concept.as_ref().and_then(|id| Some((id, review.entries.get(id)?)));
    html! {
        div class={ "finding " (f.severity.name()) } id={ "f-" (number) } data-finding=(number) tabindex="-1" role="group" aria-labelledby={ "t-" (number) } {
            h3 id={ "t-" (number) } {
                span.index { (number) } " " (severity(f.severity)) " " (text(&f.message))
                @match review.round.as_ref().map(|r| &r.standings[index]) {
                    Some(Standing::New) => { " " span.new { "new" } }
                    Some(Standing::Edited) => { " " span.new { "still there after an edit" } }
                    Some(Standing::Known(_)) | None => {}
                }
            }
            @if let Some(help) = &f.help { p.help { "→ " (text(help)) } }
            @if let Some(why) = &f.why { p.why { "Why: " (text(why)) } }
            @if let Some((id, entry)) = entry { (cited(id, entry)) }
            p.place { (text(&place(f))) " · " a href={ "#rule-" (f.rule) } { (f.rule) } @if f.confidence.name() != "high" { " · " (f.confidence.name()) " confidence" } }
            (paper(f))
        }
    }
}

/// A line to fill in on paper; shown in print only.
fn paper(f: &Finding) -> Markup {
    let change = f.fixes.first().map(|fix| format!("☐ {}", fix.title));
    html! {
        p.paper aria-hidden="true" { "☐ accept " @if let Some(change) = change { (text(&change)) " " } "☐ waive ☐ not an error: ____________________" }
    }
}

fn cited(id: &str, entry: &CitedEntry) -> Markup {
    let names = |side: Side, names: &[(String, &'static str)]| {
        html! {
            dt { (if side == Side::Zh { "Chinese" } else { "English" }) }
            dd lang=(if side == Side::Zh { "zh" } else { "en" }) {
                @for (i, (name, status)) in names.iter().enumerate() {
                    @if i > 0 { "; " }
                    (text(name)) " " span.status lang="en" { "(" (status) ")" }
                }
            }
        }
    };
    html! {
        details.entry {
            summary { "Glossary entry " code { (text(id)) } }
            dl {
                (names(Side::Zh, &entry.zh))
                (names(Side::En, &entry.en))
                @if let Some(authority) = &entry.authority { dt { "Authority" } dd { (text(authority)) } }
                @if let Some(citation) = &entry.citation {
                    dt { "Source" }
                    dd { (text(citation)) @if let Some(grade) = entry.grade { " (grade " (grade) ")" } }
                }
                dt { "Defined in" } dd { (text(&entry.place)) }
            }
        }
    }
}

/// The quantities of a pair with their values.
pub(super) fn figures(pair: &ReviewedPair) -> Markup {
    let cells = |figure: &Option<ReviewedFigure>| {
        html! {
            @match figure {
                Some(figure) => { td { (text(&figure.text)) } td { "= " (text(&figure.value)) } }
                None => { td colspan="2" { "—" } }
            }
        }
    };
    html! {
        details.figures {
            summary { "Figures of this pair" }
            table {
                thead { tr { th scope="col" colspan="2" { "Chinese" } th scope="col" colspan="2" { "English" } } }
                tbody {
                    @for row in &pair.figures {
                        tr { (cells(&row.zh)) (cells(&row.en)) }
                    }
                }
            }
        }
    }
}

/// What the script puts below each finding.
pub(super) fn template() -> Markup {
    let button = |state: &str, label: &str, key: &str| {
        html! { button type="button" data-state=(state) aria-pressed="false" { (label) " " kbd { (key) } } " " }
    };
    html! {
        template id="decision" {
            form.decision {
                label.change hidden { "Change to make " select {} }
                div.buttons {
                    (button("accepted", "Accept", "a"))
                    (button("waived", "Waive", "w"))
                    (button("not-an-error", "Not an error", "e"))
                    button type="button" data-state="open" { "Undo " kbd { "u" } }
                }
                div.reason hidden {
                    label { "Reason " textarea rows="2" {} }
                    label { "Until " input type="date"; " (empty: for good)" }
                    button type="submit" { "Save" }
                    " "
                    button type="button" data-cancel { "Cancel" }
                }
                p.decided {}
            }
        }
    }
}
