//! Documents in, findings out: aligning, rules, one finding per fault.

use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::prelude::*;

use super::Observer;
use crate::align::{Aligner, Anchors, Pair};
use crate::document::{BlockKind, Document, Layout};
use crate::filter::merge;
use crate::filter::suppress::Suppressions;
use crate::finding::Finding;
use crate::glossary::Glossary;
use crate::glossary::english::WordList;
use crate::glossary::terms;
use crate::rules::context::Settings;
use crate::rules::{CorpusPass, DocumentContext, Report, Rule, Selection};
use crate::score::Lengths;
use crate::text::{Side, Sides, Source};

/// How many documents (or parts of a streamed file) are held at once, per thread: enough to keep every thread busy,
/// few enough that a file of a million pairs stays out of memory.
const BATCH_PER_THREAD: usize = 4;

/// How much was checked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// Pairs compared; section markers and notes are not counted.
    pub pairs: usize,
    /// Indices of the glossary concepts that the Chinese texts name.
    pub concepts: BTreeSet<usize>,
    /// The lengths of the texts; zero unless they are measured.
    pub lengths: Lengths,
}

/// What every check of a run shares.
#[derive(Clone, Copy)]
pub struct Tools<'a> {
    /// The glossary.
    pub glossary: &'a Glossary,
    /// What the configuration says to rules.
    pub settings: &'a Settings,
    /// The aligner.
    pub aligner: &'a Aligner,
}

impl Forgets {
    fn apply(self, mut finding: Finding) -> Finding {
        if self.contexts {
            finding.forget_contexts();
        }
        if self.lines {
            finding.about = Vec::new();
        }
        finding
    }
}

/// Runs rules over documents.
pub struct Checker<'a> {
    tools: Tools<'a>,
    rules: Vec<&'static dyn Rule>,
    passes: Vec<Box<dyn CorpusPass>>,
    findings: Vec<Finding>,
    tally: Tally,
    suppressions: Suppressions,
    measure: bool,
    forgets: Forgets,
}

/// What findings need not remember till the end of a run.
#[derive(Debug, Clone, Copy, Default)]
pub struct Forgets {
    /// The texts around their labels.
    pub contexts: bool,
    /// The lines that they are about.
    pub lines: bool,
}

impl<'a> Checker<'a> {
    /// A checker with these rules.
    pub fn new(tools: Tools<'a>, selection: &Selection) -> Self {
        let rules: Vec<_> = selection.rules().collect();
        let passes = rules.iter().filter_map(|r| r.corpus()).collect();
        Self {
            tools,
            rules,
            passes,
            findings: Vec::new(),
            tally: Tally::default(),
            suppressions: Suppressions::default(),
            measure: false,
            forgets: Forgets::default(),
        }
    }

    /// Whether to measure the texts, for a score.
    #[must_use]
    pub fn measuring(mut self, measure: bool) -> Self {
        self.measure = measure;
        self
    }

    /// What findings forget.
    #[must_use]
    pub const fn forgetting(mut self, forgets: Forgets) -> Self {
        self.forgets = forgets;
        self
    }

    /// Checks documents in order. May be called again for more.
    ///
    /// Documents are checked in parallel, batch by batch; passes over the corpus visit them one by one in the order
    /// given, so that the result does not depend on the number of threads.
    pub fn check(&mut self, mut documents: impl Iterator<Item = Document> + Send, observer: &dyn Observer) {
        let size = rayon::current_num_threads() * BATCH_PER_THREAD;
        let mut read = || -> Vec<Document> { documents.by_ref().take(size).collect() };
        let mut batch = read();
        while !batch.is_empty() {
            // The next batch is read while this one is checked.
            ((), batch) = rayon::join(|| self.check_batch(batch, observer), &mut read);
        }
    }

    fn check_batch(&mut self, batch: Vec<Document>, observer: &dyn Observer) {
        let (tools, rules) = (self.tools, &self.rules);
        let aligned: Vec<Vec<Pair>> = batch.par_iter().map(|d| align(tools, d)).collect();
        let checked: Vec<(DocumentContext<'_>, Report, BTreeSet<usize>)> = batch
            .par_iter()
            .zip(&aligned)
            .map(|(document, pairs)| {
                let mut ctx = DocumentContext::new(document, pairs, tools.glossary, tools.settings, tools.aligner);
                let report = run_rules(rules, &mut ctx);
                let named = ctx.iter().flat_map(|p| p.terms().concepts.iter().map(|c| c.concept));
                let named = named.collect();
                (ctx, report, named)
            })
            .collect();
        // Document records share the source of the part of the file that they are in.
        let mut last: Option<&Arc<Source>> = None;
        for source in batch.iter().flat_map(|d| &d.sources) {
            if !last.is_some_and(|l| Arc::ptr_eq(l, source)) {
                self.suppressions.read(source);
            }
            last = Some(source);
        }
        let mut done = Vec::with_capacity(checked.len());
        for (ctx, mut report, named) in checked {
            for pass in &mut self.passes {
                pass.visit(&ctx, &mut report);
            }
            observer.on_document(&ctx);
            self.tally.pairs += ctx.iter().filter(|p| !p.is_structure()).count();
            if self.measure {
                let blocks = ctx.document.zh.iter().chain(&ctx.document.en);
                for b in blocks.filter(|b| b.kind != BlockKind::Structure) {
                    self.tally.lengths.add(b.side, &b.text);
                }
            }
            self.tally.concepts.extend(named);
            // The sort at the end then has nothing left to do.
            let findings = in_report_order(report).into_iter();
            let forgets = self.forgets;
            self.findings.extend(findings.map(|finding| forgets.apply(finding)));
            done.push(ctx);
        }
        // Dropping the analyses and texts takes time; all threads share it.
        done.into_par_iter().for_each(drop);
        batch.into_par_iter().for_each(drop);
    }

    /// The findings in report order, the tally, and the suppression comments of all texts, not yet applied.
    pub fn finish(mut self) -> (Vec<Finding>, Tally, Suppressions) {
        for pass in self.passes {
            self.findings.append(&mut pass.finish());
        }
        crate::finding::sort(&mut self.findings);
        (self.findings, self.tally, self.suppressions)
    }
}

/// The findings of the rules that look at a document by itself.
pub fn check_alone(tools: Tools<'_>, rules: &[&'static dyn Rule], document: &Document) -> Vec<Finding> {
    let pairs = align(tools, document);
    let mut ctx = DocumentContext::new(document, &pairs, tools.glossary, tools.settings, tools.aligner);
    in_report_order(run_rules(rules, &mut ctx))
}

/// One finding for each fault.
fn in_report_order(report: Report) -> Vec<Finding> {
    let mut findings = merge::one_fault_one_finding(report.into_findings());
    crate::finding::sort(&mut findings);
    findings
}

fn run_rules(rules: &[&'static dyn Rule], ctx: &mut DocumentContext<'_>) -> Report {
    let mut report = Report::new();
    let is_text = ctx.document.layout != Layout::Records;
    for index in 0..ctx.pairs.len() {
        if let Some(pair) = ctx.pair(index).filter(|p| !p.is_structure()) {
            for rule in rules {
                rule.pair(&pair, &mut report);
            }
        }
        // Records have no neighbours that need the analyses.
        if !is_text {
            ctx.forget(index);
        }
    }
    if is_text {
        for rule in rules {
            rule.document(ctx, &mut report);
        }
    }
    report
}

/// Aligns a document. Glossary concepts that both sides name are anchors.
pub fn align(tools: Tools<'_>, document: &Document) -> Vec<Pair> {
    if document.layout == Layout::Records {
        return tools.aligner.align_document(document, &NamedConcepts::default());
    }
    tools
        .aligner
        .align_document(document, &NamedConcepts::new(tools, document))
}

/// The concepts that each block names.
#[derive(Default)]
struct NamedConcepts(Sides<Vec<Vec<u32>>>);

impl NamedConcepts {
    fn new(tools: Tools<'_>, document: &Document) -> Self {
        let glossary = tools.glossary;
        let day = tools.settings.date_of(document);
        let is_valid = |concept: usize| day.is_none_or(|day| glossary.concepts()[concept].is_valid_on(day));
        let zh: Vec<Vec<u32>> = document
            .zh
            .iter()
            .map(|b| {
                let mut ids: Vec<u32> = glossary
                    .scanner()
                    .scan(&b.text)
                    .iter()
                    .filter(|h| is_valid(h.concept))
                    .map(|h| h.concept as u32)
                    .collect();
                ids.sort_unstable();
                ids.dedup();
                ids
            })
            .collect();
        let named: BTreeSet<u32> = zh.iter().flatten().copied().collect();
        let en = document
            .en
            .iter()
            .map(|b| {
                let words = WordList::new(&b.text);
                let words = words.of(&b.text);
                let has_name = |c: &u32| !terms::renderings(glossary.english(*c as usize), &words).is_empty();
                named.iter().copied().filter(has_name).collect()
            })
            .collect();
        Self(Sides { zh, en })
    }
}

impl Anchors for NamedConcepts {
    fn ids(&self, side: Side, block: usize) -> Vec<u32> {
        self.0[side].get(block).cloned().unwrap_or_default()
    }
}
