//! The filters that hide findings: suppression comments, waivers, the baseline, and changes since a revision.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use super::error::read_to_string;
use super::{FilterSettings, RunError, RunReport};
use crate::config::Config;
use crate::filter::baseline::{Baseline, Entry};
use crate::filter::fingerprint;
use crate::filter::since::Since;
use crate::filter::suppress::Suppressions;
use crate::filter::waiver::{Waived, Waivers};
use crate::finding::{self, Finding};
use crate::input::Input;
use crate::rules::Selection;
use crate::text::date::today;
use crate::text::{Source, display_path};

/// What a run covered, which decides what in a baseline or a waiver file is outdated.
pub(super) struct Scope<'a> {
    /// The inputs that were checked.
    pub inputs: &'a [Input],
    /// The rules that ran.
    pub selection: &'a Selection,
    /// Whether these are all inputs and all rules that there are.
    pub complete: bool,
}

/// How a baseline compares with the findings of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaselineStatus {
    /// The file.
    pub file: PathBuf,
    /// How many findings the baseline contains, after the update if there was one.
    pub entries: usize,
    /// How many of them the update added.
    pub added: usize,
    /// The entries that no longer occur. An update drops them.
    pub outdated: Vec<Entry>,
    /// Whether the file was updated.
    pub updated: bool,
}

/// The filters of a run, with their files read.
pub(super) struct Filters {
    baseline: Option<(PathBuf, Baseline)>,
    update_baseline: bool,
    waivers: Waivers,
    since: Option<Since>,
    /// What fingerprints and baselines are relative to.
    root: PathBuf,
    current: PathBuf,
}

impl Filters {
    /// Reads the files of the filters, before anything is checked.
    pub fn load(settings: &FilterSettings) -> Result<Self, RunError> {
        let update_baseline = settings.update_baseline;
        let baseline = match &settings.baseline {
            Some(file) if update_baseline && !file.exists() => Some((file.clone(), Baseline::default())),
            Some(file) => Some((file.clone(), Baseline::load(file)?)),
            None => None,
        };
        let waivers = match &settings.waivers {
            Some(file) if settings.update_waivers && !file.exists() => Waivers::default(),
            Some(file) => Waivers::parse(&Source::new(display_path(file), read_to_string(file)?))?,
            None => Waivers::default(),
        };
        let current = std::env::current_dir().map_err(RunError::CurrentFolder)?;
        let since = match &settings.since {
            Some(revision) => Some(Since::new(revision, &current)?),
            None => None,
        };
        Ok(Self {
            baseline,
            update_baseline,
            waivers,
            since,
            root: fingerprint::root(&current).to_owned(),
            current,
        })
    }

    /// The root of the repository.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The current folder.
    pub fn current(&self) -> &Path {
        &self.current
    }

    /// Whether all inputs must be files whose history git knows.
    pub const fn needs_history(&self) -> bool {
        self.since.is_some()
    }

    /// Assigns fingerprints to the findings, which are in report order.
    pub fn assign_fingerprints<'a>(&self, findings: impl IntoIterator<Item = &'a mut Finding>) {
        fingerprint::assign(findings, &self.root, &self.current);
    }

    /// Assigns fingerprints to the findings (in report order), removes those that comments and waivers suppress, and
    /// returns how many the comments suppress, and the waived ones.
    pub fn suppress(
        &self,
        findings: &mut Vec<Finding>,
        suppressions: Suppressions,
        scope: &Scope<'_>,
    ) -> (usize, Vec<Waived>) {
        // Before any finding is removed, so that a suppression does not change the occurrence number of another finding.
        self.assign_fingerprints(findings.iter_mut());
        let suppressed = suppressions.apply(findings, scope.selection, today());
        let waived = self.waivers.apply(findings, scope.selection, today(), scope.complete);
        finding::sort(findings);
        self.assign_fingerprints(findings.iter_mut());
        (suppressed, waived)
    }

    /// A report of these findings, without those that a filter hides, and with the severities of the configuration; `is_selected`
    /// says whether the rules were named on the command line. Nothing is counted yet.
    pub fn report(
        &self,
        mut findings: Vec<Finding>,
        suppressions: Suppressions,
        config: &Config,
        is_selected: bool,
        scope: &Scope<'_>,
    ) -> Result<RunReport, RunError> {
        finding::sort(&mut findings);
        let (suppressed, waived) = self.suppress(&mut findings, suppressions, scope);
        config.apply_severities(&mut findings, is_selected);
        let (baseline, baselined) = self.apply_baseline(&mut findings, scope)?;
        let untouched = self.hide_untouched(&mut findings)?;
        Ok(RunReport {
            findings,
            suppressed: suppressed + waived.len(),
            waived,
            baselined,
            untouched,
            baseline,
            root: self.root.clone(),
            current: self.current.clone(),
            ..RunReport::default()
        })
    }

    /// Removes the findings that the baseline contains and returns how many these were.
    pub fn hide_baselined(&self, findings: &mut Vec<Finding>) -> usize {
        self.baseline.as_ref().map_or(0, |(_, b)| b.apply(findings))
    }

    /// Removes the findings whose text did not change since the revision and returns how many these were.
    pub fn hide_untouched(&self, findings: &mut Vec<Finding>) -> Result<usize, RunError> {
        // Fixes move lines, so git is asked each time.
        match &self.since {
            Some(since) => Ok(since.changes()?.retain_touched(findings)),
            None => Ok(0),
        }
    }

    /// Compares the baseline with `findings` (those that are not suppressed), and writes it if it is to be updated.
    /// Returns the comparison, and how many of the findings the baseline contains; these are removed.
    pub fn apply_baseline(
        &self,
        findings: &mut Vec<Finding>,
        scope: &Scope<'_>,
    ) -> Result<(Option<BaselineStatus>, usize), RunError> {
        let Some((file, old)) = &self.baseline else {
            return Ok((None, 0));
        };
        let relative = |path: &str| fingerprint::relative_path(path, &self.root, &self.current);
        let files = scope.files(relative);
        let checked = |file: &str, rule: &str| {
            scope.selection.contains(rule) && (files.contains(file) || !self.root.join(file).exists())
        };
        let outdated: Vec<Entry> = old.outdated(findings, checked).into_iter().cloned().collect();
        let mut status = BaselineStatus {
            file: file.clone(),
            entries: old.len(),
            added: 0,
            outdated,
            updated: false,
        };
        if !self.update_baseline {
            return Ok((Some(status), old.apply(findings)));
        }
        let new = Baseline::from_findings(findings, relative).keeping(old, checked);
        new.save(file)?;
        status.entries = new.len();
        status.added = (new.len() + status.outdated.len()).saturating_sub(old.len());
        status.updated = true;
        Ok((Some(status), new.apply(findings)))
    }
}

impl Scope<'_> {
    /// The files that were checked, with `relative` applied to their paths.
    fn files(&self, relative: impl Fn(&str) -> String) -> HashSet<String> {
        let paths = self.inputs.iter().flat_map(Input::paths);
        paths.map(|path| relative(&path.to_string_lossy())).collect()
    }
}
