//! JUnit XML, as Jenkins and GitLab read it: a rule is a test suite, a finding a test that failed (a note: one that was
//! skipped), a rule without findings a test that passed.

use std::io::{self, Write};

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::{Emitter, printable};
use crate::finding::{Finding, Severity};
use crate::run::{RuleSummary, RunReport};

/// The schema requires a time. A constant keeps the report the same from run to run.
const NO_TIME: &str = "1970-01-01T00:00:00";

/// JUnit XML.
#[derive(Debug, Clone, Copy)]
pub struct JUnit;

impl Emitter for JUnit {
    fn emit(&self, report: &RunReport, out: &mut dyn Write) -> io::Result<()> {
        let mut xml = Writer::new_with_indent(&mut *out, b' ', 2);
        xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        xml.create_element("testsuites").write_inner_content(|xml| {
            for (id, rule) in report.summary.rules.iter().enumerate() {
                let findings: Vec<&Finding> = report.findings.iter().filter(|f| f.rule == rule.id).collect();
                write_suite(xml, id, rule, &findings)?;
            }
            Ok(())
        })?;
        writeln!(out)
    }
}

fn write_suite<W: Write>(xml: &mut Writer<W>, id: usize, rule: &RuleSummary, findings: &[&Finding]) -> io::Result<()> {
    let failures = findings.iter().filter(|f| f.severity > Severity::Note).count();
    xml.create_element("testsuite")
        .with_attributes([
            ("name", rule.id),
            ("package", "bilint"),
            ("id", &id.to_string()),
            ("tests", &findings.len().max(1).to_string()),
            ("failures", &failures.to_string()),
            ("errors", "0"),
            ("time", "0"),
            ("timestamp", NO_TIME),
            ("hostname", "localhost"),
        ])
        .write_inner_content(|xml| {
            xml.create_element("properties").write_empty()?;
            if findings.is_empty() {
                let attributes = [("name", rule.summary), ("classname", rule.id), ("time", "0")];
                xml.create_element("testcase")
                    .with_attributes(attributes)
                    .write_empty()?;
            }
            for f in findings {
                write_case(xml, f)?;
            }
            xml.create_element("system-out").write_empty()?;
            xml.create_element("system-err").write_empty()?;
            Ok(())
        })?;
    Ok(())
}

fn write_case<W: Write>(xml: &mut Writer<W>, f: &Finding) -> io::Result<()> {
    let at = f.primary();
    let name = format!("{}:{}:{}", printable(&at.file), at.start.line, at.start.column);
    let message = printable(&f.message);
    let body: Vec<String> = [("zh", &f.zh), ("en", &f.en)]
        .into_iter()
        .filter_map(|(side, label)| {
            let l = label.as_ref()?;
            let text = printable(&l.text);
            Some(format!(
                "{side} {}:{}:{}: {text}",
                printable(&l.file),
                l.start.line,
                l.start.column
            ))
        })
        .chain(f.help.iter().map(|h| format!("help: {}", printable(h))))
        .collect();
    let body = body.join("\n");
    let attributes = [("name", name.as_str()), ("classname", f.rule), ("time", "0")];
    xml.create_element("testcase")
        .with_attributes(attributes)
        .write_inner_content(|xml| {
            let element = match f.severity {
                Severity::Note => xml.create_element("skipped"),
                kind => xml.create_element("failure").with_attribute(("type", kind.name())),
            };
            element
                .with_attribute(("message", message.as_ref()))
                .write_text_content(BytesText::new(&body))?;
            Ok(())
        })?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::testing::{attributes, emitted, report, reports};

    #[test]
    fn junit_snapshots() {
        for (name, report) in reports() {
            insta::assert_snapshot!(format!("junit_{name}"), emitted(&JUnit, &report));
        }
    }

    #[test]
    fn counts_agree_with_the_cases() {
        let xml = emitted(&JUnit, &report());
        let sum = |element, name: &str| -> usize {
            attributes(&xml, element)
                .iter()
                .map(|a| a[name].parse::<usize>().unwrap())
                .sum()
        };
        assert_eq!(sum("testsuite", "tests"), attributes(&xml, "testcase").len());
        assert_eq!(sum("testsuite", "failures"), attributes(&xml, "failure").len());
        let names: Vec<_> = attributes(&xml, "testcase")
            .into_iter()
            .map(|mut a| a.remove("name"))
            .collect();
        assert!(
            names.contains(&Some("译文/a b,100%:终稿.md:3:12".to_owned())),
            "{names:?}"
        );
    }
}
