//! GitLab Code Quality report: the merge request widget and the marks in the diff.

use std::borrow::Cow;
use std::io::{self, Write};

use serde::Serialize;

use xxhash_rust::xxh3::xxh3_128;

use super::{Emitter, NOT_CHECKED, forward_slashes, pretty};
use crate::finding::{Finding, Severity};
use crate::run::{RunReport, Skipped};

/// A JSON array of issues.
#[derive(Debug, Clone, Copy)]
pub struct GitLab;

impl Emitter for GitLab {
    fn emit(&self, report: &RunReport, out: &mut dyn Write) -> io::Result<()> {
        let findings = report.findings.iter().map(Issue::new);
        let issues: Vec<Issue> = findings.chain(report.failures().map(Issue::not_checked)).collect();
        pretty(&issues, out)
    }
}

#[derive(Serialize)]
struct Issue<'a> {
    description: String,
    check_name: &'static str,
    /// GitLab drops issues that share a fingerprint; those of findings differ for each occurrence.
    fingerprint: Cow<'a, str>,
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
        Self {
            // GitLab hides the check's name, so the description repeats it.
            description: format!("{}: {}", f.rule, f.message),
            check_name: f.rule,
            fingerprint: Cow::Borrowed(&f.fingerprint),
            severity: match f.severity {
                Severity::Error => "major",
                Severity::Warning => "minor",
                Severity::Note => "info",
            },
            location: Location::new(&at.file, at.start.line, at.end.line),
        }
    }

    /// The issue of a file, or of a record, that could not be checked.
    fn not_checked(skipped: &Skipped) -> Self {
        let key = format!("{NOT_CHECKED}\n{}\n{}", skipped.file, skipped.reason);
        Self {
            description: format!("{NOT_CHECKED}: {}", skipped.reason),
            check_name: NOT_CHECKED,
            fingerprint: Cow::Owned(format!("{:032x}", xxh3_128(key.as_bytes()))),
            severity: "critical",
            location: Location::new(&skipped.file, 1, 1),
        }
    }
}

impl Location {
    fn new(file: &str, begin: usize, end: usize) -> Self {
        let path = forward_slashes(file);
        Self {
            path: path.strip_prefix("./").unwrap_or(&path).to_owned(),
            lines: Lines { begin, end },
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
