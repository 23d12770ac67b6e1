//! Checking pairs one by one, each by itself.

use rayon::prelude::*;

use super::checker::{Tools, check_alone};
use super::{Run, RunError};
use crate::document::{Document, Layout};
use crate::finding::Finding;
use crate::formats::lines;
use crate::input::MAX_RECORDS;
use crate::rules::Rule;

/// Checks pairs, each by itself: by all rules of a run but those that compare pairs with each other. What it finds in a pair is
/// what `bilint check` finds there, whatever is checked before and after.
pub struct RecordChecker<'a> {
    run: &'a Run,
    tools: Tools<'a>,
    rules: Vec<&'static dyn Rule>,
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

    /// The findings in each of these pairs, Chinese and English. Lines and columns in them count as if each text were a line.
    ///
    /// ```
    /// use bilint::run::{Run, Settings};
    ///
    /// let run = Run::new(Settings::default())?;
    /// let pairs = [("共有三家企业。", "There are four enterprises."), ("开放科学", "Open science")];
    /// let findings = run.record_checker()?.check_pairs(&pairs);
    /// assert_eq!(findings[0][0].rule, "number-mismatch");
    /// assert!(findings[1].is_empty());
    /// # Ok::<(), bilint::run::RunError>(())
    /// ```
    pub fn check_pairs(&self, pairs: &[(&str, &str)]) -> Vec<Vec<Finding>> {
        let documents = pairs.par_chunks(MAX_RECORDS).map(lines::document_of_pairs);
        documents
            .flat_map_iter(|document| self.check_records(&document))
            .collect()
    }
}
