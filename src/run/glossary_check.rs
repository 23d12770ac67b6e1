//! Checking a glossary itself: its entries, and how the texts of a corpus use them.

use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use super::filters::{Filters, Scope};
use super::{
    FilterSettings, HitOutcome, NamedGlossary, Observer, RuleSummary, Run, RunError, RunReport, Settings, Summary,
    explain_pair,
};
use crate::config::Config;
use crate::filter::suppress::Suppressions;
use crate::finding::Severity;
use crate::formats::Comments;
use crate::glossary::load::{self, BUILTIN, Format, GlossaryFile, Unmerged};
use crate::glossary::{Glossary, Grade};
use crate::input::{Input, InputError};
use crate::rules::glossary_context::{CorpusUsage, Demands, GlossaryContext, Reported};
use crate::rules::{DocumentContext, Report, Selection, Subject};
use crate::text::Source;
use crate::text::date::today;

/// Which glossary to check, and how.
#[derive(Debug, Clone, Default)]
pub struct GlossarySettings {
    /// The configuration.
    pub config: Config,
    /// Glossary files and folders of them. If empty: the configured ones, or the built-in glossary.
    pub glossaries: Vec<PathBuf>,
    /// Rules to run.
    pub select: Vec<String>,
    /// Rules not to run.
    pub ignore: Vec<String>,
    /// Which findings to hide.
    pub filters: FilterSettings,
    /// Texts that show how the names are used.
    pub corpus: Vec<PathBuf>,
    /// The least grade that is demanded of every entry.
    pub grade: Option<Grade>,
    /// The least severity that fails the run; `None` if no finding does.
    pub fail_on: Option<Severity>,
    /// Report at most this many findings, most severe first.
    pub max_findings: Option<usize>,
}

/// Checks a glossary.
///
/// # Errors
/// An unknown rule, a file of the filters or of the corpus that cannot be read. What is wrong with a glossary is a finding.
pub fn check_glossary(settings: &GlossarySettings, observer: &dyn Observer) -> Result<RunReport, RunError> {
    let mut paths = settings.config.glossaries_or(&settings.glossaries).to_vec();
    if paths.is_empty() {
        paths.push(BUILTIN.into());
    }
    let name = super::glossary::name_of(&paths);
    check_read(settings, &load::read_files(&paths), name, observer)
}

/// Checks texts of glossary files that are not written yet.
///
/// # Errors
/// As [`check_glossary`].
pub fn check_sources(
    settings: &GlossarySettings,
    files: Vec<GlossaryFile>,
    observer: &dyn Observer,
) -> Result<RunReport, RunError> {
    let read = load::read_texts(&files);
    let read = Unmerged { files, ..read };
    check_read(settings, &read, String::new(), observer)
}

fn check_read(
    settings: &GlossarySettings,
    read: &Unmerged,
    name: String,
    observer: &dyn Observer,
) -> Result<RunReport, RunError> {
    let config = &settings.config;
    let (select, ignore) = config.selection(Subject::Glossaries, &settings.select, &settings.ignore);
    let selection = Selection::of(Subject::Glossaries, &select, &ignore)?;
    let filters = Filters::load(&settings.filters)?;
    let corpus = match settings.corpus.as_slice() {
        [] => None,
        _ => Some(corpus_usage(settings, read, observer)?),
    };
    let demands = Demands {
        today: today(),
        grade: settings.grade,
    };
    let files = read.files.iter().filter(|file| file.format != Format::Builtin);
    let sources: Vec<&Source> = files.map(|file| &file.source).collect();
    let ctx = GlossaryContext::new(sources.iter().copied(), read, demands, corpus.as_ref());
    let mut report = Report::new();
    for rule in selection.rules() {
        rule.glossary(&ctx, &mut report);
    }
    let findings = report.into_findings();
    let inputs: Vec<Input> = sources.iter().map(|source| Input::file(&**source.path())).collect();
    let scope = Scope {
        inputs: &inputs,
        selection: &selection,
        complete: false,
    };
    let report = filters.report(
        findings,
        suppressions(read),
        config,
        !settings.select.is_empty(),
        &scope,
    )?;
    let report = RunReport {
        fail_on: settings.fail_on,
        summary: Summary {
            files: inputs.len(),
            entries: read.concepts.len(),
            concepts: read.concepts.len(),
            glossary: name,
            rules: selection
                .rules()
                .map(|r| RuleSummary::new(r.meta(), read.concepts.len()))
                .collect(),
            ..Summary::default()
        },
        ..report
    };
    Ok(report.finish(settings.max_findings))
}

/// The suppression comments of the TOML files. One before `[[concept]]` covers the entry.
fn suppressions(read: &Unmerged) -> Suppressions {
    let mut suppressions = Suppressions::default();
    for file in read.files.iter().filter(|file| file.format == Format::Toml) {
        suppressions.read_comments(&file.source, Comments::Hash);
    }
    suppressions
}

/// How the texts of the corpus use the concepts: which names they have, and what a check of them reports.
fn corpus_usage(
    settings: &GlossarySettings,
    read: &Unmerged,
    observer: &dyn Observer,
) -> Result<CorpusUsage, RunError> {
    let run_settings = Settings {
        config: Config {
            // What is off in the texts is no evidence.
            glossaries: None,
            ..settings.config.clone()
        },
        paths: settings.corpus.clone(),
        select: ["term-omitted", "term-mismatch"].map(str::to_owned).to_vec(),
        ..Settings::default()
    };
    let glossary = NamedGlossary {
        glossary: Glossary::new(read.concepts.clone()),
        name: String::new(),
        warnings: Vec::new(),
    };
    let counting = Counting {
        observer,
        usage: Mutex::default(),
    };
    let report = Run::with_glossary(run_settings, glossary)?.check(&counting)?;
    let mut usage = counting.usage.into_inner().unwrap_or_else(PoisonError::into_inner);
    for finding in report.findings {
        let (Some(concept), Some(label)) = (finding.concept, finding.zh) else {
            continue;
        };
        usage.entry(concept).or_default().reported.push(Reported {
            file: label.file,
            line: label.start.line,
            name: label.text,
            text: label.context.to_string(),
            is_missing: finding.rule == "term-omitted",
        });
    }
    Ok(usage)
}

/// Counts the names of concepts that texts have, and passes problems on.
struct Counting<'a> {
    observer: &'a dyn Observer,
    usage: Mutex<CorpusUsage>,
}

impl Observer for Counting<'_> {
    fn on_problem(&self, problem: &InputError) {
        self.observer.on_problem(problem);
    }

    fn on_document(&self, document: &DocumentContext<'_>) {
        let mut usage = self.usage.lock().unwrap_or_else(PoisonError::into_inner);
        for pair in document.iter() {
            for hit in explain_pair(&pair) {
                if matches!(hit.outcome, HitOutcome::Matched | HitOutcome::Optional(_)) {
                    let names = &mut usage.entry(hit.concept.to_owned()).or_default().names;
                    *names.entry(hit.name.to_owned()).or_default() += 1;
                }
            }
        }
    }
}
