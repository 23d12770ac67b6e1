//! JUnit XML, as Jenkins and GitLab read it: a rule is a test suite and a finding a test. The test failed if the finding
//! fails the run, and is skipped otherwise. A rule without findings is a test that passed, a file that could not be
//! checked one with an error.

use std::io::{self, Write};

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::{Emitter, NOT_CHECKED, printable};
use crate::finding::Finding;
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
                write_rule(xml, id, rule, report)?;
            }
            write_failures(xml, report)
        })?;
        writeln!(out)
    }
}

/// The suite of a rule.
fn write_rule<W: Write>(xml: &mut Writer<W>, id: usize, rule: &RuleSummary, report: &RunReport) -> io::Result<()> {
    let findings: Vec<&Finding> = report.findings.iter().filter(|f| f.rule == rule.id).collect();
    let suite = Suite {
        name: rule.id,
        id,
        tests: findings.len().max(1),
        failures: findings.iter().filter(|f| report.fails(f.severity)).count(),
        errors: 0,
    };
    suite.write(xml, |xml| {
        if findings.is_empty() {
            let attributes = [("name", rule.summary), ("classname", rule.id), ("time", "0")];
            xml.create_element("testcase")
                .with_attributes(attributes)
                .write_empty()?;
        }
        findings.iter().try_for_each(|f| write_finding(xml, f, report))
    })
}

/// The suite of the files, and records, that could not be checked.
fn write_failures<W: Write>(xml: &mut Writer<W>, report: &RunReport) -> io::Result<()> {
    let count = report.failures().count();
    if count == 0 {
        return Ok(());
    }
    let suite = Suite {
        name: NOT_CHECKED,
        id: report.summary.rules.len(),
        tests: count,
        failures: 0,
        errors: count,
    };
    suite.write(xml, |xml| {
        for skipped in report.failures() {
            let name = printable(&skipped.file);
            let attributes = [("name", name.as_ref()), ("classname", NOT_CHECKED), ("time", "0")];
            xml.create_element("testcase")
                .with_attributes(attributes)
                .write_inner_content(|xml| {
                    xml.create_element("error")
                        .with_attribute(("type", NOT_CHECKED))
                        .with_attribute(("message", printable(&skipped.reason).as_ref()))
                        .write_empty()?;
                    Ok(())
                })?;
        }
        Ok(())
    })
}

/// The head of a test suite.
struct Suite {
    name: &'static str,
    id: usize,
    tests: usize,
    failures: usize,
    errors: usize,
}

impl Suite {
    fn write<W: Write>(
        &self,
        xml: &mut Writer<W>,
        write_cases: impl FnOnce(&mut Writer<W>) -> io::Result<()>,
    ) -> io::Result<()> {
        xml.create_element("testsuite")
            .with_attributes([
                ("name", self.name),
                ("package", "bilint"),
                ("id", &self.id.to_string()),
                ("tests", &self.tests.to_string()),
                ("failures", &self.failures.to_string()),
                ("errors", &self.errors.to_string()),
                ("time", "0"),
                ("timestamp", NO_TIME),
                ("hostname", "localhost"),
            ])
            .write_inner_content(|xml| {
                xml.create_element("properties").write_empty()?;
                write_cases(xml)?;
                xml.create_element("system-out").write_empty()?;
                xml.create_element("system-err").write_empty()?;
                Ok(())
            })?;
        Ok(())
    }
}

fn write_finding<W: Write>(xml: &mut Writer<W>, f: &Finding, report: &RunReport) -> io::Result<()> {
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
            let element = if report.fails(f.severity) {
                xml.create_element("failure")
                    .with_attribute(("type", f.severity.name()))
            } else {
                xml.create_element("skipped")
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
    use crate::finding::Severity;
    use crate::output::testing::{attributes, emitted, report, reports};

    #[test]
    fn junit_snapshots() {
        for (name, report) in reports() {
            insta::assert_snapshot!(format!("junit_{name}"), emitted(&JUnit, &report));
        }
    }

    #[test]
    fn only_findings_that_fail_the_run_are_failures() {
        let failures = |fail_on| {
            let report = RunReport { fail_on, ..report() };
            attributes(&emitted(&JUnit, &report), "failure").len()
        };
        assert_eq!(failures(None), 0);
        assert_eq!(failures(Some(Severity::Error)), 3);
        assert_eq!(failures(Some(Severity::Warning)), 5);
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
        assert_eq!(sum("testsuite", "errors"), attributes(&xml, "error").len());
        assert_eq!(attributes(&xml, "error")[0]["message"], "not a text file");
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
