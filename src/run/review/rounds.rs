//! What became of the findings of the review before.

use std::collections::{BTreeMap, HashMap};

use crate::filter::decisions::{About, Agreed, Decisions, merge};
use crate::finding::Finding;
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
        let mut waived: Vec<&Finding> = report.waived.iter().map(|w| &w.finding).collect();
        waived.retain(|f| before.remove(&*f.fingerprint).is_none());
        let mut standings: Vec<Standing> = report
            .findings
            .iter()
            .map(|f| match before.remove(&*f.fingerprint) {
                Some(about) => Standing::Known(decided.remove(&about.fingerprint)),
                None => Standing::New,
            })
            .collect();
        let new = standings.iter_mut().zip(&report.findings);
        for (standing, f) in new.filter(|(standing, _)| **standing == Standing::New) {
            if remove_edited(&mut before, f) {
                *standing = Standing::Edited;
            }
        }
        for f in waived {
            remove_edited(&mut before, f);
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

/// Removes the finding that `f` was in texts that have changed since: what has the same message in the same file is the
/// same fault. Returns `false` if there is none.
fn remove_edited(before: &mut BTreeMap<&str, &About>, f: &Finding) -> bool {
    let is_same = |a: &About| a.rule == f.rule && *a.file == *f.primary().file && a.message == f.message;
    let found = before.iter().find(|(_, a)| is_same(a)).map(|(print, _)| *print);
    found.is_some_and(|fingerprint| before.remove(fingerprint).is_some())
}
