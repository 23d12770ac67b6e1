//! GitHub workflow commands: annotations on the lines of a pull request.

use std::fmt::Write as _;
use std::io::{self, Write};

use super::{Emitter, NOT_CHECKED, forward_slashes, printable};
use crate::finding::{Finding, Severity};
use crate::run::RunReport;

/// `::error file=…,line=…::message` and its like.
#[derive(Debug, Clone, Copy)]
pub struct GitHub;

impl Emitter for GitHub {
    fn emit(&self, report: &RunReport, out: &mut dyn Write) -> io::Result<()> {
        // GitHub shows about ten annotations of a kind and step: the most severe come first.
        let mut findings: Vec<&Finding> = report.findings.iter().collect();
        findings.sort_by_key(|f| std::cmp::Reverse(f.severity));
        for f in findings {
            writeln!(out, "{}", annotation(f))?;
        }
        for skipped in report.failures() {
            let file = escape_property(&forward_slashes(&skipped.file));
            writeln!(
                out,
                "::error file={file},title=bilint {NOT_CHECKED}::{}",
                escape_data(&skipped.reason)
            )?;
        }
        Ok(())
    }
}

/// The annotation of a finding.
pub fn annotation(f: &Finding) -> String {
    let at = f.primary();
    let kind = match f.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let mut command = format!(
        "::{kind} file={},line={},endLine={}",
        escape_property(&forward_slashes(&at.file)),
        at.start.line,
        at.end.line
    );
    if at.start.line == at.end.line {
        // GitHub refuses columns of annotations over several lines.
        let _ = write!(command, ",col={},endColumn={}", at.start.column, at.end.column);
    }
    let title = format!("bilint {}", f.rule);
    let mut message = format!("{} [{}]", f.message, f.rule);
    if let Some(help) = &f.help {
        let _ = write!(message, "\nhelp: {help}");
    }
    let _ = write!(command, ",title={}::{}", escape_property(&title), escape_data(&message));
    command
}

/// Escapes the text after the second `::`. Other control characters would reach the log as they are.
fn escape_data(text: &str) -> String {
    let escaped = text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
    printable(&escaped).into_owned()
}

/// Escapes the value of a property, which also ends at `,` and `:`.
fn escape_property(text: &str) -> String {
    escape_data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::testing::{multi_line, odd_path};
    use crate::output::testing::{emitted, reports};

    #[test]
    fn github_snapshots() {
        for (name, report) in reports() {
            insta::assert_snapshot!(format!("github_{name}"), emitted(&GitHub, &report));
        }
    }

    #[test]
    fn properties_and_data_are_escaped_each_in_its_way() {
        let line = annotation(&odd_path());
        assert!(line.contains("file=译文/a b%2C100%25%3A终稿.md,line=3"), "{line}");
        assert!(line.contains("“8%25” differs: 5%25, 8%25%0Anot"), "{line}");
        assert_eq!(line.lines().count(), 1);
    }

    #[test]
    fn columns_are_left_out_over_several_lines() {
        let line = annotation(&multi_line());
        assert!(line.contains("line=5,endLine=7,title="), "{line}");
    }
}
