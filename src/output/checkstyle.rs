//! Checkstyle XML, which many review tools read.

use std::io::{self, Write};

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, Event};

use super::{Emitter, printable};
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
                        .write_inner_content(|xml| of_file.iter().try_for_each(|f| error(xml, f)))?;
                }
                Ok(())
            })?;
        writeln!(out)
    }
}

fn error<W: Write>(xml: &mut Writer<W>, f: &Finding) -> io::Result<()> {
    let at = f.primary();
    xml.create_element("error")
        .with_attributes([
            ("line", at.start.line.to_string().as_str()),
            ("column", &at.start.column.to_string()),
            (
                "severity",
                match f.severity {
                    Severity::Error => "error",
                    Severity::Warning => "warning",
                    Severity::Note => "info",
                },
            ),
            ("message", &printable(&f.message)),
            ("source", &format!("bilint.{}", f.rule)),
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
    fn reads_back_as_it_was_meant() {
        let report = report();
        let xml = emitted(&Checkstyle, &report);
        let errors = attributes(&xml, "error");
        assert_eq!(errors.len(), report.findings.len());
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
