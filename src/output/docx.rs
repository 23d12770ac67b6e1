//! A Word document: the findings with both sentences, as a table to print or to send.

mod package;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, Write};

use super::page::place;
use super::summary::{extent, score_lines, severity_counts, title};
use super::{Emitter, count, printable_lines};
use crate::finding::{Finding, Label};
use crate::formats::xml::escaped;
use crate::run::RunReport;
use crate::text::Side;
use crate::text::date::{Date, today};

/// A Word document.
#[derive(Debug, Clone, Copy)]
pub struct Docx {
    /// The day that is printed under the title.
    day: Date,
}

impl Docx {
    /// A document with the day of today, in UTC.
    pub fn of_today() -> Self {
        Self { day: today() }
    }
}

impl Emitter for Docx {
    fn emit(&self, report: &RunReport, out: &mut dyn Write) -> io::Result<()> {
        let bytes = package::pack(&title(report), self.day, &body(report, self.day));
        out.write_all(&bytes.map_err(io::Error::other)?)
    }
}

/// The columns of the table with their widths in twentieths of a point. Together they are as wide as a sheet of A4 on its side
/// without its margins.
const COLUMNS: [(&str, u16); 3] = [("Finding", 4970), ("中文", 4500), ("English", 5100)];

/// The content of the document.
fn body(report: &RunReport, day: Date) -> String {
    let summary = &report.summary;
    let mut out = paragraph("Title", &run("", &format!("{} in {}", title(report), extent(summary))));
    let mut add = |text: &str| out.push_str(&paragraph("", &run("", text)));
    add(&format!("bilint {}, {day} (UTC)", env!("CARGO_PKG_VERSION")));
    let counts: Vec<String> = severity_counts(summary).into_iter().map(|(text, _)| text).collect();
    if counts.len() > 1 {
        add(&counts.join(", "));
    }
    for (file, findings) in by_file(&report.findings) {
        add(&format!("{file}: {}", count(findings, "finding")));
    }
    if report.withheld > 0 {
        let withheld = count(report.withheld, "finding");
        add(&format!("{withheld} not shown (--max-findings)"));
    }
    if let Some(score) = &report.score {
        for line in score_lines(score) {
            add(&line);
        }
    }
    if !report.findings.is_empty() {
        out.push_str(&table(&report.findings));
    }
    if summary.not_checked().next().is_some() {
        out.push_str(&paragraph("Heading1", &run("", "Not checked")));
    }
    for skipped in summary.not_checked() {
        let line = format!("{}: {}", skipped.file, skipped.reason);
        out.push_str(&paragraph("", &run("", &line)));
    }
    out
}

/// How many findings are in each file, by name.
fn by_file(findings: &[Finding]) -> BTreeMap<&str, usize> {
    let mut files = BTreeMap::new();
    for finding in findings {
        *files.entry(&*finding.primary().file).or_default() += 1;
    }
    files
}

fn table(findings: &[Finding]) -> String {
    let head = COLUMNS.map(|(name, _)| paragraph("", &run("", name)));
    let mut out = String::from(
        "<w:tbl><w:tblPr><w:tblStyle w:val=\"Findings\"/><w:tblW w:w=\"0\" w:type=\"auto\"/><w:tblLayout w:type=\"fixed\"/>\
         <w:tblLook w:val=\"0020\" w:firstRow=\"1\"/></w:tblPr><w:tblGrid>",
    );
    out.extend(COLUMNS.map(|(_, width)| format!("<w:gridCol w:w=\"{width}\"/>")));
    out.push_str("</w:tblGrid>");
    out.push_str(&row("<w:tblHeader/>", &head));
    for (finding, number) in findings.iter().zip(1..) {
        out.push_str(&row(
            "",
            &[
                described(finding, number),
                sentence(finding, Side::Zh),
                sentence(finding, Side::En),
            ],
        ));
    }
    // Word wants a paragraph after a table.
    out + "</w:tbl>" + &paragraph("", "")
}

/// A row that is on one page as a whole.
fn row(properties: &str, cells: &[String; 3]) -> String {
    let mut out = format!("<w:tr><w:trPr><w:cantSplit/>{properties}</w:trPr>");
    for (cell, (_, width)) in cells.iter().zip(COLUMNS) {
        let _ = write!(
            out,
            "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/></w:tcPr>{cell}</w:tc>"
        );
    }
    out + "</w:tr>"
}

/// What the finding says, and where it is.
fn described(f: &Finding, number: usize) -> String {
    let severity = run(&style(f.severity.name()), f.severity.name());
    let mut out = paragraph(
        "",
        &[
            run("", &format!("{number}. ")),
            severity,
            run("", &format!(" {}", f.message)),
        ]
        .concat(),
    );
    let mut add = |style: &str, text: String| out.push_str(&paragraph(style, &run("", &text)));
    if let Some(help) = &f.help {
        add("Help", format!("→ {help}"));
    }
    if let Some(why) = &f.why {
        add("Help", format!("Why: {why}"));
    }
    add("Place", format!("{} · {}", place(f), f.rule));
    out
}

/// The text around the label of one side, with the label marked.
fn sentence(f: &Finding, side: Side) -> String {
    // Quotation marks and dashes look the same in Unicode, and are full-width in Chinese type.
    let hint = match side {
        Side::Zh => "<w:rFonts w:hint=\"eastAsia\"/>",
        Side::En => "",
    };
    let Some(Label {
        context,
        context_span: at,
        ..
    }) = f.label_or_opposite(side)
    else {
        return paragraph("", "");
    };
    let marked = format!("{}{hint}", style("Marked"));
    let runs = [
        run(hint, &context[..at.start]),
        run(&marked, at.of(context)),
        run(hint, &context[at.end..]),
    ];
    paragraph("", &runs.concat())
}

/// The property of a run that has a style.
fn style(name: &str) -> String {
    format!("<w:rStyle w:val=\"{name}\"/>")
}

/// A paragraph of these runs, in a style if one is named.
fn paragraph(style: &str, runs: &str) -> String {
    let properties = match style {
        "" => String::new(),
        style => format!("<w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>"),
    };
    format!("<w:p>{properties}{runs}</w:p>")
}

/// Text with these properties; nothing where there is no text. Its lines are kept.
fn run(properties: &str, text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    let properties = match properties {
        "" => String::new(),
        properties => format!("<w:rPr>{properties}</w:rPr>"),
    };
    let text = printable_lines(text);
    let lines: Vec<String> = text
        .lines()
        .map(|line| format!("<w:t xml:space=\"preserve\">{}</w:t>", escaped(line)))
        .collect();
    format!("<w:r>{properties}{}</w:r>", lines.join("<w:br/>"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::testing::{attributes, reports};
    use crate::text::date::parse_date;

    /// The text of a body: a line for each paragraph, with marked words in brackets.
    fn shown(body: &str) -> String {
        let body = format!("<w:body>{body}</w:body>");
        // It is well-formed.
        attributes(&body, "w:p");
        let body = body
            .replace("<w:rStyle w:val=\"Marked\"/>", "\u{1}")
            .replace("</w:p>", "\n")
            .replace("<w:br/>", "⏎");
        let runs = body.split_inclusive("</w:r>").map(|run| match run.split_once('\u{1}') {
            Some((before, run)) => format!("{before}[[{run}]]"),
            None => run.to_owned(),
        });
        let body: String = runs.collect();
        let mut text = String::new();
        for piece in body.split('<') {
            text.push_str(piece.split_once('>').map_or("", |(_, text)| text));
        }
        text
    }

    #[test]
    fn docx_snapshots() {
        let day = parse_date("2026-11-28").unwrap();
        for (name, report) in reports() {
            insta::assert_snapshot!(format!("docx_{name}"), shown(&body(&report, day)));
        }
    }

    #[test]
    fn texts_are_escaped_and_keep_their_lines() {
        let text = run("", "a < b & c\n\u{202e}d");
        assert_eq!(
            text,
            "<w:r><w:t xml:space=\"preserve\">a &lt; b &amp; c</w:t><w:br/><w:t xml:space=\"preserve\">\u{fffd}d</w:t></w:r>"
        );
    }
}
