//! A run: discover, read, align, check, filter, report.
//!
//! ```no_run
//! use bilint::run::{Run, Settings};
//!
//! let settings = Settings { paths: vec!["docs".into()], ..Settings::default() };
//! let report = Run::new(settings)?.check(&())?;
//! for finding in &report.findings {
//!     let at = finding.primary();
//!     println!("{}:{}: {}", at.file, at.start.line, finding.message);
//! }
//! # Ok::<(), bilint::run::RunError>(())
//! ```
//!
//! A run neither prints nor exits: an [`Observer`] receives problems as they occur, and the [`RunReport`] has the rest.

mod aligning;
mod alignment;
mod annotating;
pub mod checker;
mod copies;
mod coverage;
mod error;
mod example_check;
mod filtering;
mod filters;
mod fixing;
mod glossary;
mod glossary_check;
mod hits;
mod impact;
mod memory;
mod mining;
mod nothing;
mod observer;
mod open;
mod overwriting;
mod part;
mod plan;
mod records;
mod report;
mod review;
mod settings;
mod stale;
#[cfg(test)]
mod tests;
pub mod watch;

use std::collections::HashSet;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

pub use aligning::AlignUnit;
pub use alignment::{Alignment, AlignmentStatistics, DOUBTFUL, Row, Units};
pub use annotating::{AnnotateOutcome, AnnotatedCopy};
pub use checker::{Checker, Forgets, Tally, Tools, align};
pub use copies::{CopyOptions, FixedCopy};
pub use coverage::{Usage, coverage, settings_for_names};
pub use error::RunError;
pub use example_check::{CheckedExample, check_examples};
pub use filtering::{Action, FilterOptions, FilterReport, RuleCount, Sample};
pub use filters::BaselineStatus;
pub use fixing::{FixOptions, FixOutcome};
pub use glossary::{NamedGlossary, load_glossary};
pub use glossary_check::{GlossarySettings, check_glossary, check_sources};
pub use hits::{ExplainedHit, HitOutcome, explain_pair, explain_text};
pub use impact::{Impact, TextIndex, impact};
pub use mining::mine;
pub use nothing::NothingChecked;
pub use observer::Observer;
pub use open::{CheckedInput, CheckedText};
pub use part::PartSettings;
pub use plan::Plan;
pub use records::{PairVerdict, RecordChecker};
pub use report::{RuleSummary, RunReport, Skipped, Summary};
pub use review::{
    Applied, CitedEntry, Mark, Refusal, Review, ReviewedBlock, ReviewedFigure, ReviewedPair, ReviewedText, Round,
    Standing, write_waivers,
};
pub use settings::{FilterSettings, LexiconChoice, ScoreSettings, Settings};
pub use stale::find_stale;

use crate::align::Aligner;
use crate::document::Document;
use crate::filter::decisions::{self, Decisions, Verdict};
use crate::filter::waiver::Waived;
use crate::filter::{answers, equal};
use crate::finding::Finding;
use crate::formats::{self, Format};
use crate::glossary::load::Problem;
use crate::input::{self, Discovery, Files, Input, InputError, Level};
use crate::rules::{Meta, Selection, context};
use crate::score::Score;
use crate::text::display_path;
use filters::{Filters, Scope};
use observer::Visiting;
use part::Part;

/// A run with its glossary loaded and its filters read. It can check more than once.
pub struct Run {
    settings: Settings,
    glossary: NamedGlossary,
    rule_settings: context::Settings,
    aligner: Aligner,
    selection: Selection,
    filters: Filters,
    /// Fingerprints of the findings that a person has confirmed.
    confirmed: HashSet<String>,
    /// What reviewers decided before.
    previous: Vec<Decisions>,
}

/// The result of checking all inputs once, before the baseline and `--since`.
struct Checked {
    findings: Vec<Finding>,
    tally: Tally,
    skipped: Vec<Skipped>,
    suppressed: usize,
    waived: Vec<Waived>,
    /// What of the texts the run reports on, if that is not all.
    part: Option<Part>,
}

impl Run {
    /// Loads what the settings name.
    ///
    /// # Errors
    /// An unknown rule, a faulty glossary, or a file of the filters that cannot be read.
    pub fn new(settings: Settings) -> Result<Self, RunError> {
        let glossary = load_glossary(settings.effective_glossaries())?;
        Self::with_glossary(settings, glossary)
    }

    /// As [`Run::new`], with a glossary that is loaded already instead of those of the settings.
    ///
    /// # Errors
    /// As [`Run::new`].
    pub fn with_glossary(settings: Settings, glossary: NamedGlossary) -> Result<Self, RunError> {
        let selection = settings.selection()?;
        let filters = Filters::load(&settings.filters)?;
        let confirmed = match settings.score.as_ref().and_then(|s| s.confirmed.as_ref()) {
            Some(file) => error::read_to_string(file)?,
            None => String::new(),
        };
        let previous = settings.previous.iter().map(|file| load_decisions(file));
        let previous: Vec<Decisions> = previous.collect::<Result<_, _>>()?;
        let first_words = confirmed.lines().filter_map(|l| l.split_whitespace().next());
        Ok(Self {
            glossary,
            rule_settings: settings.rule_settings(),
            aligner: settings.lexicon.aligner()?,
            selection,
            filters,
            confirmed: first_words.map(str::to_owned).chain(accepted(&previous)).collect(),
            previous,
            settings,
        })
    }

    /// What is doubtful about the glossary files.
    pub fn glossary_warnings(&self) -> &[Problem] {
        &self.glossary.warnings
    }

    /// Finds the inputs, checks them and applies the filters.
    ///
    /// # Errors
    /// Git that fails, or a baseline that cannot be written. An input that cannot be read is no error: the observer
    /// learns of it, and the report lists it.
    pub fn check(&self, observer: &dyn Observer) -> Result<RunReport, RunError> {
        let found = self.discover()?;
        let checked = self.check_found(&found, observer)?;
        self.report(&found, checked)
    }

    /// Checks documents that are in memory, such as those of an editor, and applies the filters. The inputs of the
    /// settings are not read.
    ///
    /// # Errors
    /// As [`Run::check`].
    pub fn check_documents(
        &self,
        documents: impl Iterator<Item = Document> + Send,
        observer: &dyn Observer,
    ) -> Result<RunReport, RunError> {
        let found = Discovery::default();
        let checked = self.check_all(documents.map(Ok), &found, observer)?;
        self.report(&found, checked)
    }

    /// The inputs, without errors about folders in which all files are excluded.
    fn discover(&self) -> Result<Discovery, RunError> {
        let (paths, options) = (self.settings.effective_paths(), self.settings.input_options());
        let mut found = input::discover(&paths, &options);
        if self.filters.needs_history() && found.inputs.iter().any(|i| i.files == Files::Stdin) {
            return Err(RunError::SinceStdin);
        }
        nothing::forgive_excluded(&mut found, &paths, &options);
        overwriting::refuse(&self.settings, &found)?;
        Ok(found)
    }

    /// Checks the inputs.
    ///
    /// # Errors
    /// The part of the texts that the settings name is nowhere.
    fn check_found(&self, found: &Discovery, observer: &dyn Observer) -> Result<Checked, RunError> {
        let options = self.settings.input_options();
        observer.on_start(found.inputs.len());
        let documents = found
            .inputs
            .iter()
            .inspect(|i| observer.on_input(i))
            .flat_map(|i| input::read(i, &options));
        let checked = self.check_all(documents, found, observer);
        observer.on_end();
        checked
    }

    fn check_all(
        &self,
        documents: impl Iterator<Item = Result<Document, InputError>> + Send,
        found: &Discovery,
        observer: &dyn Observer,
    ) -> Result<Checked, RunError> {
        let mut skipped = Vec::new();
        let mut add_problem = |problem: &InputError| {
            skipped.extend(Skipped::new(problem));
            observer.on_problem(problem);
        };
        found.errors.iter().for_each(&mut add_problem);
        let documents = documents.filter_map(|d| d.map_err(|e| add_problem(&e)).ok());
        let forgets = Forgets {
            contexts: self.settings.without_contexts,
            lines: !self.filters.needs_history(),
        };
        let mut checker = Checker::new(self.tools(), &self.selection)
            .measuring(self.settings.score.is_some())
            .forgetting(forgets);
        let settings = &self.settings.part;
        let part = if settings.is_whole() {
            checker.check(documents, observer);
            None
        } else {
            let part: Mutex<Part> = Mutex::default();
            let visitor = Visiting::new(observer, |document| {
                part.lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .add(document, settings);
            });
            checker.check(documents, &visitor);
            Some(part.into_inner().unwrap_or_else(PoisonError::into_inner))
        };
        let (mut findings, mut tally, suppressions) = checker.finish();
        let (suppressed, waived) = self
            .filters
            .suppress(&mut findings, suppressions, &self.scope(&found.inputs));
        self.settings
            .config
            .apply_severities(&mut findings, !self.settings.select.is_empty());
        if let Some(part) = part.as_ref().filter(|_| tally.pairs > 0) {
            part.check(settings)?;
            findings.retain(|finding| part.holds(finding));
            (tally.pairs, tally.lengths) = (part.pairs, part.lengths);
        }
        Ok(Checked {
            findings,
            tally,
            skipped,
            suppressed,
            waived,
            part,
        })
    }

    const fn tools(&self) -> Tools<'_> {
        Tools {
            glossary: &self.glossary.glossary,
            settings: &self.rule_settings,
            aligner: &self.aligner,
        }
    }

    fn scope<'a>(&'a self, inputs: &'a [Input]) -> Scope<'a> {
        Scope {
            inputs,
            selection: &self.selection,
            complete: self.settings.is_complete(),
        }
    }

    /// Applies the baseline and `--since`, joins equal findings, and counts.
    fn report(&self, found: &Discovery, checked: Checked) -> Result<RunReport, RunError> {
        let mut report = self.report_each(found, checked)?;
        equal::join_equal(&mut report.findings);
        Ok(report.finish(self.settings.max_findings))
    }

    /// Applies the baseline and `--since`; every finding is on its own, and nothing is counted yet.
    fn report_each(&self, found: &Discovery, checked: Checked) -> Result<RunReport, RunError> {
        let nothing_checked = NothingChecked::find(&self.settings, found, &checked);
        let Checked {
            mut findings,
            tally,
            skipped,
            suppressed,
            waived,
            part: _,
        } = checked;
        let score = self.settings.score.as_ref().map(|s| {
            let is_confirmed = |f: &Finding| self.confirmed.contains(&f.fingerprint);
            Score::new(s.standard, &findings, tally.lengths, is_confirmed)
        });
        let (baseline, baselined) = self.filters.apply_baseline(&mut findings, &self.scope(&found.inputs))?;
        let untouched = self.filters.hide_untouched(&mut findings)?;
        let files: usize = found.inputs.iter().map(count_files).sum();
        Ok(RunReport {
            findings,
            suppressed: suppressed + waived.len(),
            waived,
            baselined,
            untouched,
            withheld: 0,
            fail_on: self.settings.fail_on,
            score,
            baseline,
            nothing_checked,
            root: self.filters.root().to_owned(),
            current: self.filters.current().to_owned(),
            summary: Summary {
                files: files.saturating_sub(skipped.len()),
                pairs: tally.pairs,
                concepts_seen: tally.concepts.len(),
                concepts: self.glossary.glossary.concepts().len(),
                glossary: self.glossary.name.clone(),
                rules: self
                    .selection
                    .rules()
                    .map(|r| RuleSummary::new(r.meta(), tally.pairs))
                    .collect(),
                skipped,
                not_read: found.not_read.iter().map(|path| Skipped::unread(path)).collect(),
                not_read_types: found.not_read_by_type(),
                ..Summary::default()
            },
        })
    }
}

/// The fingerprints of the findings that reviewers accepted.
fn accepted(previous: &[Decisions]) -> impl Iterator<Item = String> {
    let agreed = decisions::merge(previous).agreed.into_iter();
    let accepted = agreed.filter(|a| matches!(a.verdict, Verdict::Accepted { .. }));
    accepted.map(|a| a.about.fingerprint)
}

/// Reads decisions: a file that the page of a review exported, or a copy with comments that people answered.
///
/// # Errors
/// A file that cannot be read, or is no such file.
pub fn load_decisions(file: &Path) -> Result<Decisions, RunError> {
    let name = display_path(file);
    let Some(read) = formats::of(file).and_then(Format::thread_reader) else {
        return Ok(Decisions::parse(&name, &error::read_to_string(file)?)?);
    };
    let threads = read(&error::read(file)?).map_err(|fault| fault.of(&name))?;
    Ok(answers::decisions(&name, threads))
}

fn count_files(input: &Input) -> usize {
    match input.files {
        Files::Two { .. } => 2,
        Files::One(_) | Files::Stdin => 1,
    }
}

impl RuleSummary {
    /// A rule that checked this many pairs; its findings are counted later.
    fn new(meta: &Meta, pairs: usize) -> Self {
        Self {
            id: meta.id,
            group: meta.group.name(),
            severity: meta.severity,
            summary: meta.summary(),
            docs: meta.markdown(),
            findings: 0,
            pairs,
        }
    }
}

impl Skipped {
    /// A translatable file whose type is not read.
    fn unread(path: &Path) -> Self {
        Self {
            file: display_path(path).to_string(),
            reason: format!("this type of file is not read ({} are)", formats::known()),
            failed: false,
        }
    }

    /// The file or record that a problem keeps from being checked, if it does.
    fn new(problem: &InputError) -> Option<Self> {
        let level = problem.level();
        let (file, reason) = (problem.path().to_string(), problem.to_string());
        let prefix = format!("{file}: ");
        matches!(level, Level::Error | Level::Skipped).then(|| Self {
            reason: reason.strip_prefix(&prefix).unwrap_or(&reason).to_owned(),
            file,
            failed: level == Level::Error,
        })
    }
}
