//! Checking pairs one by one, each by itself.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::checker::{Tools, check_alone};
use super::{Run, RunError};
use crate::document::{Document, Layout};
use crate::finding::{Finding, Severity};
use crate::formats::lines;
use crate::input::MAX_RECORDS;
use crate::rules::Rule;
use crate::score::{Lengths, Score, Standard};

/// Checks pairs, each by itself: by all rules of a run but those that compare pairs with each other. What it finds in a pair is
/// what `bilint check` finds there, whatever is checked before and after.
pub struct RecordChecker<'a> {
    run: &'a Run,
    tools: Tools<'a>,
    rules: Vec<&'static dyn Rule>,
}

/// What a filter knows of a pair.
#[derive(Debug, Clone, PartialEq)]
pub struct PairVerdict {
    /// The rules that report the pair, each once, by name.
    pub rules: Vec<&'static str>,
    /// Penalty points by MQM: 5 for an error, 1 for a warning, none for a note; the same error twice counts once.
    pub penalty: f64,
}

impl PairVerdict {
    /// The verdict on a pair by those of its findings that have at least this severity, which alone are kept.
    pub fn new(findings: &mut Vec<Finding>, least: Severity) -> Self {
        findings.retain(|f| f.severity >= least);
        let rules: BTreeSet<&str> = findings.iter().map(|f| f.rule).collect();
        let score = Score::new(Standard::Mqm, findings, Lengths::default(), |_| false);
        Self {
            rules: rules.into_iter().collect(),
            penalty: score.automatic.penalty,
        }
    }
}

impl Run {
    /// A checker of pairs. Waivers, baselines and comments in the texts make no difference to it.
    ///
    /// # Errors
    /// [`RunError::ComparesPairs`] if such a rule is selected by its id.
    pub fn record_checker(&self) -> Result<RecordChecker<'_>, RunError> {
        let (compares, rules): (Vec<_>, Vec<_>) = self.selection.rules().partition(|rule| rule.corpus().is_some());
        let is_named =
            |rule: &&&'static dyn Rule| self.settings.select.iter().any(|name| name.trim() == rule.meta().id);
        if let Some(rule) = compares.iter().find(is_named) {
            return Err(RunError::ComparesPairs(rule.meta().id));
        }
        Ok(RecordChecker {
            run: self,
            tools: self.tools(),
            rules,
        })
    }
}

impl RecordChecker<'_> {
    /// The findings in a document, in report order and with the severities of the configuration.
    pub fn check_document(&self, document: &Document) -> Vec<Finding> {
        let mut findings = check_alone(self.tools, &self.rules, document);
        let settings = &self.run.settings;
        settings
            .config
            .apply_severities(&mut findings, !settings.select.is_empty());
        findings
    }

    /// The findings in each record of a document of records.
    pub fn check_records(&self, document: &Document) -> Vec<Vec<Finding>> {
        debug_assert_eq!(document.layout, Layout::Records);
        let mut records = vec![Vec::new(); document.records.len()];
        for finding in self.check_document(document) {
            records[finding.pair.index - document.first_record].push(finding);
        }
        records
    }

    /// The findings in each of these pairs, Chinese and English, with the fingerprints that they have in a file called `name`.
    /// Lines and columns count as in a table: each pair is a line of Chinese, a tab and English.
    ///
    /// ```
    /// use bilint::run::{Run, Settings};
    ///
    /// let run = Run::new(Settings::default())?;
    /// let pairs = [("共有三家企业。", "There are four enterprises."), ("开放科学", "Open science")];
    /// let findings = run.record_checker()?.check_pairs("", &pairs);
    /// assert_eq!(findings[0][0].rule, "number-mismatch");
    /// assert!(findings[1].is_empty());
    /// # Ok::<(), bilint::run::RunError>(())
    /// ```
    pub fn check_pairs(&self, name: &str, pairs: &[(&str, &str)]) -> Vec<Vec<Finding>> {
        let documents = documents_of_pairs(name, pairs);
        let mut found: Vec<Vec<Finding>> = documents
            .flat_map_iter(|document| self.check_records(&document))
            .collect();
        self.run.filters.assign_fingerprints(found.iter_mut().flatten());
        found
    }
}

/// Pairs in documents of the size in which a file is read.
pub(super) fn documents_of_pairs<'a>(
    name: &'a str,
    pairs: &'a [(&'a str, &'a str)],
) -> impl IndexedParallelIterator<Item = Document> + 'a {
    let parts = pairs.par_chunks(MAX_RECORDS).enumerate();
    parts.map(move |(part, pairs)| lines::document_of_pairs(name, part * MAX_RECORDS, pairs))
}
