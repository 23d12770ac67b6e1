//! A page in HTML: the findings with both sentences, as a table to read, to print or to send.

use std::io::{self, Write};

use maud::{Markup, html};

use super::page::{page, place, severity, text};
use super::summary::{extent, score_lines, title};
use super::{Emitter, count};
use crate::finding::{Finding, Label};
use crate::run::RunReport;
use crate::text::Side;

/// A page in HTML.
#[derive(Debug, Clone, Copy)]
pub struct Html;

impl Emitter for Html {
    fn emit(&self, report: &RunReport, out: &mut dyn Write) -> io::Result<()> {
        let summary = &report.summary;
        let title = title(report);
        let body = html! {
            main {
                h1 { (title) " in " (extent(summary)) }
                @if let Some(score) = &report.score {
                    @for line in score_lines(score) { p { (line) } }
                }
                @if !report.findings.is_empty() { (table(&report.findings)) }
                @if report.withheld > 0 { p { (count(report.withheld, "finding")) " not shown (--max-findings)" } }
                @if summary.not_checked().next().is_some() {
                    h2 { "Not checked" }
                    ul { @for k in summary.not_checked() { li { (text(&k.file)) ": " (text(&k.reason)) } } }
                }
            }
        };
        writeln!(out, "{}", page(&format!("bilint: {title}"), &body, None).into_string())
    }
}

fn table(findings: &[Finding]) -> Markup {
    html! {
        table.report {
            thead {
                tr { th scope="col" { "Finding" } th scope="col" lang="zh" { "中文" } th scope="col" { "English" } }
            }
            tbody {
                @for f in findings {
                    tr {
                        td {
                            (severity(f.severity)) " " (text(&f.message))
                            @if let Some(help) = &f.help { p.help { "→ " (text(help)) } }
                            @if let Some(why) = &f.why { p.why { "Why: " (text(why)) } }
                            p.place { (text(&place(f))) " · " (f.rule) }
                        }
                        (sentence(f, Side::Zh))
                        (sentence(f, Side::En))
                    }
                }
            }
        }
    }
}

/// The text around the label of one side, with the label marked.
fn sentence(f: &Finding, side: Side) -> Markup {
    let lang = if side == Side::Zh { "zh" } else { "en" };
    html! {
        td lang=(lang) {
            @if let Some(Label { context, context_span: at, .. }) = f.label_or_opposite(side) {
                (text(&context[..at.start]))
                @if !at.is_empty() { mark class=(f.severity.name()) { (text(at.of(context))) } }
                (text(&context[at.end..]))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::testing::{emitted, reports};

    #[test]
    fn html_snapshots() {
        for (name, report) in reports() {
            let page = emitted(&Html, &report);
            let (_, body) = page.split_once("<body>").unwrap();
            insta::assert_snapshot!(format!("html_{name}"), body.replace("><", ">\n<"));
        }
    }
}
