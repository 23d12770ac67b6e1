//! The baseline: known findings that are not reported as long as their pairs do not change.

use std::collections::HashSet;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::file::write_atomically;
use crate::finding::Finding;

/// Known findings, by fingerprint.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Baseline {
    entries: Vec<Entry>,
}

/// One known finding. Only the fingerprint counts; the rest is for people who read the file or its diffs.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// The file, relative to the root that fingerprints are relative to.
    pub file: String,
    /// The rule.
    pub rule: String,
    /// The fingerprint.
    pub fingerprint: String,
    /// The message at the time.
    pub message: String,
}

/// A baseline that cannot be read or written.
#[derive(Debug, thiserror::Error)]
pub enum BaselineError {
    /// The file cannot be read.
    #[error("{}: {source}; `--update-baseline` writes a new one", .file.display())]
    Read {
        /// The file.
        file: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The file cannot be written.
    #[error("{}: cannot write the baseline: {source}", .file.display())]
    Write {
        /// The file.
        file: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The file is not a baseline.
    #[error("{}:{}:{}: not a baseline: {source}; `--update-baseline` writes a new one", .file.display(), .source.line(), .source.column())]
    Syntax {
        /// The file.
        file: PathBuf,
        /// Why.
        source: serde_json::Error,
    },
    /// A later bilint wrote it.
    #[error("{}: this bilint does not know version {version} of the baseline format; upgrade bilint, or write a new one with `--update-baseline`", .file.display())]
    Version {
        /// The file.
        file: PathBuf,
        /// What it says.
        version: u32,
    },
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: u32,
    /// The number of entries, so that a diff shows at a glance whether it grew.
    count: usize,
    findings: Vec<Entry>,
}

const VERSION: u32 = 1;

impl Baseline {
    /// A baseline of these findings, which must have their fingerprints. `relative` makes their paths relative to the
    /// root.
    pub fn from_findings(findings: &[Finding], relative: impl Fn(&str) -> String) -> Self {
        let entry = |f: &Finding| Entry {
            file: relative(&f.primary().file),
            rule: f.rule.to_owned(),
            fingerprint: f.fingerprint.clone(),
            message: f.message.clone(),
        };
        let mut entries: Vec<Entry> = findings.iter().map(entry).collect();
        entries.sort();
        Self { entries }
    }

    /// Reads a baseline.
    ///
    /// # Errors
    /// The file cannot be read or is not a baseline.
    pub fn load(path: &Path) -> Result<Self, BaselineError> {
        let file = path.to_owned();
        let text = match crate::file::read_to_string(path) {
            Ok(text) => text,
            Err(source) => return Err(BaselineError::Read { file, source }),
        };
        let read: File = match serde_json::from_str(&text) {
            Ok(read) => read,
            Err(source) => return Err(BaselineError::Syntax { file, source }),
        };
        if read.version != VERSION {
            let version = read.version;
            return Err(BaselineError::Version { file, version });
        }
        Ok(Self { entries: read.findings })
    }

    /// Writes the file as a whole or not at all. The same entries give the same bytes on every machine.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn save(&self, path: &Path) -> Result<(), BaselineError> {
        let whole = File {
            version: VERSION,
            count: self.entries.len(),
            findings: self.entries.clone(),
        };
        let write = || -> io::Result<()> {
            let mut bytes = serde_json::to_vec_pretty(&whole)?;
            bytes.write_all(b"\n")?;
            write_atomically(path, &bytes)
        };
        write().map_err(|source| BaselineError::Write {
            file: path.to_owned(),
            source,
        })
    }

    /// Removes the known findings and returns how many these were. Two findings never share a fingerprint.
    pub fn apply(&self, findings: &mut Vec<Finding>) -> usize {
        let known: HashSet<&str> = self.entries.iter().map(|e| e.fingerprint.as_str()).collect();
        let before = findings.len();
        findings.retain(|f| !known.contains(f.fingerprint.as_str()));
        before - findings.len()
    }

    /// The entries that no longer occur in `findings` (all of the run, before [`Self::apply`]). Entries that this run could
    /// not have found are left out: `checked` is asked for their file and rule.
    pub fn outdated(&self, findings: &[Finding], checked: impl Fn(&str, &str) -> bool) -> Vec<&Entry> {
        let here: HashSet<&str> = findings.iter().map(|f| f.fingerprint.as_str()).collect();
        self.entries
            .iter()
            .filter(|e| !here.contains(e.fingerprint.as_str()) && checked(&e.file, &e.rule))
            .collect()
    }

    /// Adds the entries of `old` that this run could not have found, so that an update with only some files or rules loses
    /// nothing.
    #[must_use]
    pub fn keeping(mut self, old: &Self, checked: impl Fn(&str, &str) -> bool) -> Self {
        let of_others = old.entries.iter().filter(|e| !checked(&e.file, &e.rule));
        self.entries.extend(of_others.cloned());
        self.entries.sort();
        self.entries.dedup_by(|a, b| a.fingerprint == b.fingerprint);
        self
    }

    /// How many findings it contains.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether it contains no findings.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::filter::testing::findings;

    fn everything(_: &str, _: &str) -> bool {
        true
    }

    #[test]
    fn a_saved_baseline_hides_the_findings_it_contains() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("bilint-baseline.json");
        let mut findings = findings();
        let new = findings.pop().unwrap();
        let baseline = Baseline::from_findings(&findings, str::to_owned);
        baseline.save(&path).unwrap();
        let loaded = Baseline::load(&path).unwrap();
        assert_eq!(loaded, baseline);
        findings.push(new.clone());
        assert_eq!(loaded.apply(&mut findings), 5);
        assert_eq!(findings, [new]);
    }

    #[test]
    fn the_file_does_not_depend_on_the_order_of_findings() {
        let mut findings = findings();
        let forth = Baseline::from_findings(&findings, str::to_owned);
        findings.reverse();
        assert_eq!(Baseline::from_findings(&findings, str::to_owned), forth);
    }

    #[test]
    fn entries_that_no_longer_occur_are_outdated_if_they_were_checked() {
        let mut findings = findings();
        let old = Baseline::from_findings(&findings, str::to_owned);
        let gone = findings.remove(0);
        let outdated = old.outdated(&findings, everything);
        assert_eq!(
            outdated.iter().map(|e| e.rule.as_str()).collect::<Vec<_>>(),
            [gone.rule]
        );
        assert!(
            old.outdated(&findings, |file, _| file != &*gone.primary().file)
                .is_empty()
        );

        let part = |file: &str, _: &str| file == "table.tsv";
        let of_part: Vec<Finding> = findings
            .iter()
            .filter(|f| &*f.primary().file == "table.tsv")
            .cloned()
            .collect();
        assert_eq!(
            Baseline::from_findings(&of_part, str::to_owned).keeping(&old, part),
            old
        );
        assert_eq!(
            Baseline::from_findings(&findings, str::to_owned)
                .keeping(&old, everything)
                .len(),
            findings.len()
        );
    }

    #[test]
    fn errors_name_the_file_and_the_remedy() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("b.json");
        for text in ["{", "{\"version\": 9, \"count\": 0, \"findings\": []}"] {
            std::fs::write(&path, text).unwrap();
            let e = Baseline::load(&path).unwrap_err().to_string();
            assert!(e.contains("b.json") && e.contains("--update-baseline"), "{e}");
        }
    }
}
