//! GitLab Code Quality report: the merge request widget and the marks in the diff.

use std::io::{self, Write};

use serde::Serialize;

use super::{Emitter, forward_slashes, pretty};
use crate::finding::{Finding, Severity};
use crate::run::RunReport;

/// A JSON array of issues.
#[derive(Debug, Clone, Copy)]
pub struct GitLab;

impl Emitter for GitLab {
    fn emit(&self, report: &RunReport, out: &mut dyn Write) -> io::Result<()> {
        let issues: Vec<Issue> = report.findings.iter().map(Issue::new).collect();
        pretty(&issues, out)
    }
}

#[derive(Serialize)]
struct Issue<'a> {
    description: String,
    check_name: &'static str,
    /// GitLab drops issues with the same one; ours number the occurrences.
    fingerprint: &'a str,
    severity: &'static str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: usize,
    end: usize,
}

impl<'a> Issue<'a> {
    fn new(f: &'a Finding) -> Self {
        let at = f.primary();
        let path = forward_slashes(&at.file);
        Self {
            // GitLab hides the check's name, so the description repeats it.
            description: format!("{}: {}", f.rule, f.message),
            check_name: f.rule,
            fingerprint: &f.fingerprint,
            severity: match f.severity {
                Severity::Error => "major",
                Severity::Warning => "minor",
                Severity::Note => "info",
            },
            location: Location {
                path: path.strip_prefix("./").unwrap_or(&path).to_owned(),
                lines: Lines {
                    begin: at.start.line,
                    end: at.end.line,
                },
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::testing::{emitted, report, reports};

    #[test]
    fn gitlab_snapshots() {
        for (name, report) in reports() {
            insta::assert_snapshot!(format!("gitlab_{name}"), emitted(&GitLab, &report));
        }
    }

    #[test]
    fn fingerprints_are_unique_even_of_equal_findings() {
        let mut twice = report().findings;
        twice.extend(report().findings);
        for f in &mut twice {
            f.fingerprint.clear();
        }
        let report = crate::output::testing::report_of(twice);
        let issues: Vec<serde_json::Value> = serde_json::from_str(&emitted(&GitLab, &report)).unwrap();
        let prints: std::collections::BTreeSet<_> = issues.iter().map(|i| i["fingerprint"].as_str().unwrap()).collect();
        assert_eq!(prints.len(), issues.len());
    }
}
