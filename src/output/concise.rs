//! One line per finding: `path:line:column: severity[rule] message`, for editors and `grep`.

use std::io::{self, Write};

use super::{Emitter, Style, printable, printable_path};
use crate::run::RunReport;

/// One line per finding.
#[derive(Debug, Clone, Copy)]
pub struct Concise(pub Style);

impl Emitter for Concise {
    fn emit(&self, report: &RunReport, out: &mut dyn Write) -> io::Result<()> {
        for f in &report.findings {
            let at = f.primary();
            let kind = self
                .0
                .severity(&format!("{}[{}]", f.severity.name(), f.rule), f.severity);
            let place = format!("{}:{}:{}", printable_path(&at.file), at.start.line, at.start.column);
            writeln!(out, "{}: {kind} {}", self.0.bold(&place), printable(&f.message))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::testing::{emitted, reports};

    #[test]
    fn every_line_matches_the_documented_problem_matcher() {
        let matcher: serde_json::Value = serde_json::from_str(include_str!("../../docs/bilint-matcher.json")).unwrap();
        let pattern = &matcher["problemMatcher"][0]["pattern"][0];
        let regexp = pattern["regexp"].as_str().unwrap();
        assert!(include_str!("../../docs/ci.md").contains(&format!("`{regexp}`")));
        let regexp = regex::Regex::new(regexp).unwrap();
        for (_, report) in reports() {
            let lines = emitted(&Concise(Style::default()), &report);
            assert_eq!(lines.lines().count(), report.findings.len());
            for (line, f) in lines.lines().zip(&report.findings) {
                let groups = regexp.captures(line).unwrap_or_else(|| panic!("{line}"));
                let group = |name: &str| &groups[pattern[name].as_u64().unwrap() as usize];
                let at = f.primary();
                assert_eq!(group("file"), printable(&at.file));
                assert_eq!(group("line"), at.start.line.to_string());
                assert_eq!(group("column"), at.start.column.to_string());
                assert_eq!((group("severity"), group("code")), (f.severity.name(), f.rule));
                assert_eq!(group("message"), printable(&f.message));
            }
        }
    }

    #[test]
    fn concise_snapshots() {
        for (name, report) in reports() {
            insta::assert_snapshot!(format!("concise_{name}"), emitted(&Concise(Style::default()), &report));
        }
    }
}
