//! What a run found. Data only: outputs render it.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use super::{BaselineStatus, NothingChecked};
use crate::filter::fingerprint::relative_path;
use crate::filter::waiver::Waived;
use crate::finding::{Finding, Severity, sort};
use crate::score::Score;

/// The result of a run. Holds nothing that differs between two runs over the same files, such as times.
#[derive(Debug, Clone, Default)]
pub struct RunReport {
    /// The findings to show, in the order of [`sort`].
    pub findings: Vec<Finding>,
    /// How many findings a comment or a waiver suppressed.
    pub suppressed: usize,
    /// The findings that waivers hide; [`Self::suppressed`] counts them, too.
    pub waived: Vec<Waived>,
    /// How many findings the baseline contains.
    pub baselined: usize,
    /// How many findings `--since` dropped because their pairs did not change.
    pub untouched: usize,
    /// How many findings exceed `--max-findings`; the summary counts them.
    pub withheld: usize,
    /// The least severity that fails the run; `None` if no finding does.
    pub fail_on: Option<Severity>,
    /// The quality score, if requested.
    pub score: Option<Score>,
    /// How the baseline compares with the findings, if there is one.
    pub baseline: Option<BaselineStatus>,
    /// Why no text at all was checked, if none was.
    pub nothing_checked: Option<NothingChecked>,
    /// What was checked.
    pub summary: Summary,
    /// The root of the git repository.
    pub root: PathBuf,
    /// The folder that relative paths of the report start from.
    pub current: PathBuf,
}

/// What was checked, and the counts.
#[derive(Debug, Clone, Default)]
pub struct Summary {
    /// Files read.
    pub files: usize,
    /// Pairs checked.
    pub pairs: usize,
    /// Entries checked, where the run checked a glossary.
    pub entries: usize,
    /// Findings of severity error.
    pub errors: usize,
    /// Findings of severity warning.
    pub warnings: usize,
    /// Findings of severity note.
    pub notes: usize,
    /// Distinct glossary concepts that the texts name.
    pub concepts_seen: usize,
    /// Concepts in the glossary.
    pub concepts: usize,
    /// The name of the glossary for readers: file names, or “the built-in glossary” with its version and date.
    pub glossary: String,
    /// The rules that ran, in the order of the registry.
    pub rules: Vec<RuleSummary>,
    /// Files, or records of them, that were not checked.
    pub skipped: Vec<Skipped>,
    /// Translatable files whose type is not read, by path.
    pub not_read: Vec<Skipped>,
    /// These files by type: `2 .json, 1 .odt`.
    pub not_read_types: Option<String>,
}

impl Summary {
    /// What was not checked: files that were left out, and those whose type is not read.
    pub fn not_checked(&self) -> impl Iterator<Item = &Skipped> {
        self.skipped.iter().chain(&self.not_read)
    }
}

/// A rule that ran, and how often it reported.
#[derive(Debug, Clone)]
pub struct RuleSummary {
    /// The rule's id.
    pub id: &'static str,
    /// The name of its group.
    pub group: &'static str,
    /// Its default severity.
    pub severity: Severity,
    /// One line that says what it reports.
    pub summary: &'static str,
    /// Its documentation in Markdown.
    pub docs: String,
    /// How many of its findings the report counts.
    pub findings: usize,
    /// How many pairs it checked.
    pub pairs: usize,
}

/// A file, or a record of one, that was not checked.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Skipped {
    /// The path as messages show it.
    pub file: String,
    /// Why, in one line.
    pub reason: String,
    /// Whether it should have been checked; otherwise it was skipped on purpose.
    pub failed: bool,
}

impl RunReport {
    /// The report with its paths relative to the root of the repository, as services want them that know the repository
    /// and not the folder of the run. A path outside the repository is absolute. `None` if that changes nothing.
    pub fn relative_to_root(&self) -> Option<Self> {
        // Only a report that was made by hand has no root.
        let from_root = |path: &str| {
            if self.root.as_os_str().is_empty() {
                path.to_owned()
            } else {
                relative_path(path, &self.root, &self.current)
            }
        };
        let mut report = self.clone();
        let mut names: HashMap<Arc<str>, Arc<str>> = HashMap::new();
        let mut rename = |path: &mut Arc<str>| {
            let renamed = names.entry(Arc::clone(path)).or_insert_with(|| from_root(path).into());
            *path = Arc::clone(renamed);
        };
        let waived = report.waived.iter_mut().map(|w| &mut w.finding);
        for f in report.findings.iter_mut().chain(waived) {
            let labels = [f.zh.as_mut(), f.en.as_mut(), f.opposite.as_deref_mut()];
            labels.into_iter().flatten().for_each(|l| rename(&mut l.file));
            f.fixes.iter_mut().for_each(|x| rename(&mut x.file));
        }
        for skipped in &mut report.summary.skipped {
            skipped.file = from_root(&skipped.file);
        }
        let is_same = names.iter().all(|(old, new)| old == new) && report.summary.skipped == self.summary.skipped;
        (!is_same).then_some(report)
    }

    /// Sorts the findings and counts them, in the summary and by rule. Call it once all findings are in.
    pub fn finalize(&mut self) {
        sort(&mut self.findings);
        let count = |s: Severity| self.findings.iter().filter(|f| f.severity == s).count();
        self.summary.errors = count(Severity::Error);
        self.summary.warnings = count(Severity::Warning);
        self.summary.notes = count(Severity::Note);
        for rule in &mut self.summary.rules {
            rule.findings = self.findings.iter().filter(|f| f.rule == rule.id).count();
        }
        self.summary.skipped.sort();
    }

    /// Sorts and counts the findings, and keeps the `max` most severe of them if there is a limit.
    pub(super) fn finish(mut self, max: Option<usize>) -> Self {
        self.finalize();
        if let Some(max) = max {
            self.limit_findings(max);
        }
        self
    }

    /// Keeps the `max` most severe findings, in report order. The summary still counts all of them.
    pub fn limit_findings(&mut self, max: usize) {
        if self.findings.len() <= max {
            return;
        }
        let mut by_severity: Vec<usize> = (0..self.findings.len()).collect();
        by_severity.sort_by_key(|&i| std::cmp::Reverse(self.findings[i].severity));
        let mut kept = vec![false; self.findings.len()];
        for &i in &by_severity[..max] {
            kept[i] = true;
        }
        self.withheld += self.findings.len() - max;
        let mut kept = kept.into_iter();
        self.findings.retain(|_| kept.next().unwrap_or_default());
    }

    /// Whether a finding fails the run.
    pub fn has_failing_findings(&self) -> bool {
        self.worst().is_some_and(|worst| self.fails(worst))
    }

    /// Whether a finding of this severity fails the run.
    pub fn fails(&self, severity: Severity) -> bool {
        self.fail_on.is_some_and(|least| severity >= least)
    }

    /// The files and records that should have been checked and were not.
    pub fn failures(&self) -> impl Iterator<Item = &Skipped> {
        self.summary.skipped.iter().filter(|k| k.failed)
    }

    /// The highest severity among the findings, withheld ones included.
    pub fn worst(&self) -> Option<Severity> {
        let s = &self.summary;
        [
            (s.errors, Severity::Error),
            (s.warnings, Severity::Warning),
            (s.notes, Severity::Note),
        ]
        .into_iter()
        .find_map(|(n, severity)| (n > 0).then_some(severity))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::testing::{finding, two_files};

    #[test]
    fn paths_are_relative_to_the_root_of_the_repository() {
        let mut r = RunReport {
            findings: vec![finding(), two_files()],
            root: "/repo".into(),
            current: "/repo".into(),
            ..RunReport::default()
        };
        r.finalize();
        assert!(r.relative_to_root().is_none());
        r.current = "/repo/docs".into();
        r.summary.skipped.push(Skipped {
            file: "../a.txt".to_owned(),
            reason: String::new(),
            failed: true,
        });
        let moved = r.relative_to_root().unwrap();
        let files: Vec<&str> = moved.findings.iter().map(|f| &*f.primary().file).collect();
        assert_eq!(files, ["docs/corpus/script.txt", "docs/docs/x.en.md"]);
        assert_eq!(&*moved.findings[1].zh.as_ref().unwrap().file, "docs/docs/x.zh.md");
        assert_eq!(&*moved.findings[0].fixes[0].file, "docs/corpus/script.txt");
        assert_eq!(moved.summary.skipped[0].file, "a.txt");
    }

    #[test]
    fn the_limit_keeps_the_most_severe_findings_and_the_counts() {
        let mut note = two_files();
        note.severity = Severity::Note;
        let mut r = RunReport {
            findings: vec![note, finding()],
            ..RunReport::default()
        };
        r.finalize();
        r.limit_findings(1);
        assert_eq!((r.findings.len(), r.withheld), (1, 1));
        assert_eq!(r.findings[0].severity, Severity::Error);
        assert_eq!((r.summary.errors, r.summary.notes), (1, 1));
        assert_eq!(r.worst(), Some(Severity::Error));
    }
}
