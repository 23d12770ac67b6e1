//! Checkstyle XML, which many review tools read.

use std::io::{self, Write};

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, Event};

use super::{Emitter, NOT_CHECKED, printable};
use crate::finding::{Finding, Severity};
use crate::run::RunReport;

/// Checkstyle XML, findings by file.
#[derive(Debug, Clone, Copy)]
pub struct Checkstyle;

impl Emitter for Checkstyle {
    fn emit(&self, report: &RunReport, out: &mut dyn Write) -> io::Result<()> {
        let mut xml = Writer::new_with_indent(&mut *out, b' ', 2);
        xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        xml.create_element("checkstyle")
            .with_attribute(("version", "4.3"))
            .write_inner_content(|xml| {
                // Findings are sorted by file.
                for of_file in report.findings.chunk_by(|a, b| a.primary().file == b.primary().file) {
                    let name = printable(&of_file[0].primary().file);
                    xml.create_element("file")
                        .with_attribute(("name", name.as_ref()))
                        .write_inner_content(|xml| of_file.iter().try_for_each(|f| write_finding(xml, f)))?;
                }
                for skipped in report.failures() {
                    let name = printable(&skipped.file);
                    xml.create_element("file")
                        .with_attribute(("name", name.as_ref()))
                        .write_inner_content(|xml| {
                            let message = format!("{NOT_CHECKED}: {}", skipped.reason);
                            write_error(xml, (1, 1), "error", &message, NOT_CHECKED)
                        })?;
                }
                Ok(())
            })?;
        writeln!(out)
    }
}

fn write_finding<W: Write>(xml: &mut Writer<W>, f: &Finding) -> io::Result<()> {
    let at = f.primary().start;
    let severity = match f.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "info",
    };
    write_error(xml, (at.line, at.column), severity, &f.message, f.rule)
}

fn write_error<W: Write>(
    xml: &mut Writer<W>,
    (line, column): (usize, usize),
    severity: &str,
    message: &str,
    rule: &str,
) -> io::Result<()> {
    xml.create_element("error")
        .with_attributes([
            ("line", line.to_string().as_str()),
            ("column", &column.to_string()),
            ("severity", severity),
            ("message", &printable(message)),
            ("source", &format!("bilint.{rule}")),
        ])
        .write_empty()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::testing::{attributes, emitted, report, reports};

    #[test]
    fn checkstyle_snapshots() {
        for (name, report) in reports() {
            insta::assert_snapshot!(format!("checkstyle_{name}"), emitted(&Checkstyle, &report));
        }
    }

    #[test]
    fn xml_reads_back_as_the_findings_and_failures() {
        let report = report();
        let xml = emitted(&Checkstyle, &report);
        let errors = attributes(&xml, "error");
        assert_eq!(errors.len(), report.findings.len() + report.failures().count());
        assert!(
            errors
                .iter()
                .any(|e| e["message"] == "not-checked: not a text file" && e["source"] == "bilint.not-checked")
        );
        assert!(
            errors
                .iter()
                .any(|e| e["message"] == "“8%” differs: 5%, 8% not <8 & more> | ␛[31m")
        );
        assert!(
            attributes(&xml, "file")
                .iter()
                .any(|f| f["name"] == "译文/a b,100%:终稿.md")
        );
    }
}
