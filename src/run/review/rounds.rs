//! What became of the findings of the review before.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::filter::decisions::{About, Agreed, Decisions, merge};
use crate::run::RunReport;

/// How a finding compares with those of the review before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// It was not there.
    New,
    /// It was, in texts that have changed since.
    Edited,
    /// It was, in the same texts. Holds what was decided then, if anything was.
    Known(Option<Agreed>),
}

/// The findings now and in the review before.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Round {
    /// For each finding of the report, in its order.
    pub standings: Vec<Standing>,
    /// The findings that are not reported any more, other than those that are waived.
    pub solved: Vec<About>,
}

impl Round {
    /// Compares a report with what reviewers exported before.
    pub(super) fn new(report: &RunReport, previous: &[Decisions]) -> Self {
        let all = previous.iter().flat_map(|d| &d.findings).map(|d| &d.about);
        let mut before: BTreeMap<&str, &About> = all.map(|a| (&*a.fingerprint, a)).collect();
        let merged = merge(previous).agreed.into_iter();
        let mut decided: HashMap<String, Agreed> = merged.map(|a| (a.about.fingerprint.clone(), a)).collect();
        let waived: HashSet<&str> = report.waived.iter().map(|w| &*w.finding.fingerprint).collect();
        before.retain(|fingerprint, _| !waived.contains(fingerprint));
        let mut standings: Vec<Standing> = report
            .findings
            .iter()
            .map(|f| match before.remove(&*f.fingerprint) {
                Some(about) => Standing::Known(decided.remove(&about.fingerprint)),
                None => Standing::New,
            })
            .collect();
        // What has the same message in the same file is the same fault in a pair that was edited elsewhere.
        for (standing, f) in standings.iter_mut().zip(&report.findings) {
            let is_same = |a: &About| a.rule == f.rule && *a.file == *f.primary().file && a.message == f.message;
            if *standing == Standing::New
                && let Some(fingerprint) = before.iter().find(|(_, a)| is_same(a)).map(|(print, _)| *print)
            {
                before.remove(fingerprint);
                *standing = Standing::Edited;
            }
        }
        let mut solved: Vec<About> = before.into_values().cloned().collect();
        solved.sort_by(|a, b| (&a.file, a.line).cmp(&(&b.file, b.line)));
        Self { standings, solved }
    }

    /// How many findings are new.
    pub fn count_new(&self) -> usize {
        self.standings.iter().filter(|s| **s == Standing::New).count()
    }
}
