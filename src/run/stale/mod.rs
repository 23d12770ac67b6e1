//! Which translations are older than their sources, by the history of the repository.
//!
//! For every block of a translation, its age is that of the version that brought what it says, layout aside. The source as it
//! was then is what it translates. The blocks of the source that are otherwise now are changes, and the rules of the group
//! `history` decide which of them are of substance. `docs/stale.md` describes the method.

mod blocks;
mod changes;
mod pages;
mod reader;
mod tables;

use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;

use self::changes::Dated;
use self::pages::Page;
use self::reader::VersionReader;
use super::filters::{Filters, Scope};
use super::{Observer, RuleSummary, RunError, RunReport, Settings, Skipped, Summary, Tools, align, load_glossary};
use crate::align::Pair;
use crate::document::Document;
use crate::filter::since::{History, Repository};
use crate::filter::suppress::Suppressions;
use crate::finding::Finding;
use crate::input::{self, InputError};
use crate::rules::history_context::{HistoryContext, SourceChange};
use crate::rules::{DocumentContext, Report, Selection, Subject};
use crate::text::{Side, Source};

/// What looking at a page brought.
#[derive(Default)]
struct Looked {
    findings: Vec<Finding>,
    problems: Vec<InputError>,
    /// The texts of the findings, which may have comments that suppress them.
    sources: Vec<Arc<Source>>,
}

/// Finds the translations that are older than their sources.
///
/// # Errors
/// An unknown rule, a faulty glossary, a file of the filters that cannot be read; no repository, or one without its history.
pub fn find_stale(settings: &Settings, observer: &dyn Observer) -> Result<RunReport, RunError> {
    let config = &settings.config;
    let (select, ignore) = config.selection(Subject::Histories, &settings.select, &settings.ignore);
    let selection = Selection::of(Subject::Histories, &select, &ignore)?;
    let filters = Filters::load(&settings.filters)?;
    let glossary = load_glossary(settings.effective_glossaries())?;
    let aligner = settings.lexicon.aligner()?;
    let rule_settings = settings.rule_settings();
    let tools = Tools {
        glossary: &glossary.glossary,
        settings: &rule_settings,
        aligner: &aligner,
    };
    let repository = Repository::open(filters.current()).map_err(RunError::History)?;
    repository.check_history().map_err(RunError::History)?;
    let options = settings.input_options();
    let found = input::discover(&settings.effective_paths(), &options);
    found.errors.iter().for_each(|e| observer.on_problem(e));
    let (pages, history) = pages::find(&found, &repository).map_err(RunError::History)?;
    let direction = config
        .direction
        .or_else(|| pages::direction(&pages))
        .unwrap_or_default();
    let run = Examination {
        tools,
        selection: &selection,
        history: &history,
        source: direction.source(),
        options: &options,
        reader: VersionReader::new(repository.objects().map_err(RunError::History)?, &options),
    };
    let looked: Vec<Result<Looked, RunError>> = pages.par_iter().map(|page| run.examine(page)).collect();
    let alone = pages::untranslated(&found, direction.source(), &options);
    let untranslated: Vec<Looked> = alone.par_iter().map(|path| run.untranslated(path)).collect();
    let mut findings = Vec::new();
    let mut skipped: Vec<Skipped> = found.errors.iter().filter_map(Skipped::new).collect();
    let mut suppressions = Suppressions::default();
    for looked in looked.into_iter().chain(untranslated.into_iter().map(Ok)) {
        let mut looked = looked?;
        findings.append(&mut looked.findings);
        looked.sources.iter().for_each(|source| suppressions.read(source));
        for problem in &looked.problems {
            skipped.extend(Skipped::new(problem));
            observer.on_problem(problem);
        }
    }
    let inputs = found.inputs;
    let scope = Scope {
        inputs: &inputs,
        selection: &selection,
        complete: settings.is_complete(),
    };
    let report = filters.report(findings, suppressions, config, !settings.select.is_empty(), &scope)?;
    let report = RunReport {
        fail_on: settings.fail_on,
        summary: Summary {
            files: 2 * pages.len() + alone.len(),
            pairs: pages.len(),
            glossary: glossary.name.clone(),
            rules: selection
                .rules()
                .map(|r| RuleSummary::new(r.meta(), pages.len()))
                .collect(),
            skipped,
            ..Summary::default()
        },
        ..report
    };
    Ok(report.finish(settings.max_findings))
}

/// What looking at every page needs.
struct Examination<'a> {
    tools: Tools<'a>,
    selection: &'a Selection,
    history: &'a History,
    source: Side,
    options: &'a input::Options,
    reader: VersionReader<'a>,
}

impl Examination<'_> {
    /// Looks at a page with a translation.
    fn examine(&self, page: &Page) -> Result<Looked, RunError> {
        let mut looked = Looked::default();
        let last = page.versions[self.source].first().map(|v| v.age);
        let made = page.versions[self.source.other()].last().map(|v| v.age);
        if last >= made {
            // The source has not changed since the translation was made.
            return Ok(looked);
        }
        for document in input::read(&page.input, self.options) {
            let document = match document {
                Ok(document) => document,
                Err(problem) => {
                    looked.problems.push(problem);
                    continue;
                }
            };
            let dated = Dated::new(document, page, self.source, &self.reader).map_err(RunError::History)?;
            let Some(dated) = dated else { continue };
            let document = dated.document();
            let pairs = align(self.tools, document);
            let changes = dated.changes(&pairs, self.tools, self.history);
            if changes.is_empty() {
                continue;
            }
            looked
                .findings
                .append(&mut self.report(document, &pairs, Some(&changes)));
            looked.sources.extend(document.sources.iter().cloned());
        }
        Ok(looked)
    }

    /// Looks at a page without one.
    fn untranslated(&self, path: &Path) -> Looked {
        let mut looked = Looked::default();
        match input::read_side(path, None, self.source, self.options) {
            Ok(document) => {
                let pairs = align(self.tools, &document);
                looked.findings = self.report(&document, &pairs, None);
                looked.sources.extend(document.sources.iter().cloned());
            }
            Err(problem) => looked.problems.push(problem),
        }
        looked
    }

    /// What the rules find; `changes` are those of the source, unless there is no translation.
    fn report(&self, document: &Document, pairs: &[Pair], changes: Option<&[SourceChange]>) -> Vec<Finding> {
        let Tools {
            glossary,
            settings,
            aligner,
        } = self.tools;
        let context = HistoryContext {
            document: &DocumentContext::new(document, pairs, glossary, settings, aligner),
            source: self.source,
            changes: changes.unwrap_or_default(),
            is_untranslated: changes.is_none(),
        };
        let mut report = Report::new();
        for rule in self.selection.rules() {
            rule.history(&context, &mut report);
        }
        report.into_findings()
    }
}
