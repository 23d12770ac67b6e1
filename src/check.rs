//! The pipeline: documents in, findings out. Knows no terminal and no output format.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

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
use crate::text::{Side, Source};

/// How many documents (or parts of a streamed file) are held at once, per thread: enough to keep every thread busy,
/// few enough that a file of a million pairs stays out of memory.
const BATCH_PER_THREAD: usize = 4;

/// What was looked at.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// Pairs compared; section markers and notes are not counted.
    pub pairs: usize,
    /// Numbers of the glossary concepts that the Chinese names.
    pub concepts: BTreeSet<usize>,
    /// How long the texts are; zero unless asked for.
    pub lengths: Lengths,
    /// Findings of each rule that ran, zero included.
    pub per_rule: BTreeMap<&'static str, usize>,
}

/// What a run works with.
#[derive(Clone, Copy)]
pub struct Tools<'a> {
    /// The glossary.
    pub glossary: &'a Glossary,
    /// The settings of rules.
    pub settings: &'a Settings,
    /// The aligner.
    pub aligner: &'a Aligner,
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
}

impl<'a> Checker<'a> {
    /// A run with these rules.
    pub fn new(tools: Tools<'a>, selection: &Selection) -> Self {
        let rules: Vec<_> = selection.rules().collect();
        let passes = rules.iter().filter_map(|r| r.corpus()).collect();
        let per_rule = rules.iter().map(|r| (r.meta().id, 0)).collect();
        Self {
            tools,
            rules,
            passes,
            findings: Vec::new(),
            tally: Tally {
                per_rule,
                ..Tally::default()
            },
            suppressions: Suppressions::default(),
            measure: false,
        }
    }

    /// Measures the texts, too, for a score.
    #[must_use]
    pub fn measuring(mut self, measure: bool) -> Self {
        self.measure = measure;
        self
    }

    /// Checks documents in order. May be called again for more.
    ///
    /// Documents are worked on in parallel, batch by batch; passes over the corpus see them one by one in the order
    /// given, so that the result does not depend on the number of threads.
    pub fn check(&mut self, mut documents: impl Iterator<Item = Document> + Send) {
        let size = rayon::current_num_threads() * BATCH_PER_THREAD;
        let mut read = || -> Vec<Document> { documents.by_ref().take(size).collect() };
        let mut batch = read();
        while !batch.is_empty() {
            // The next batch is read while this one is worked on.
            ((), batch) = rayon::join(|| self.check_batch(batch), &mut read);
        }
    }

    fn check_batch(&mut self, batch: Vec<Document>) {
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
        // Document records share the source of the part of the file that they stand in.
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
            self.tally.pairs += ctx.iter().filter(|p| !p.is_structure()).count();
            if self.measure {
                let blocks = ctx.document.zh.iter().chain(&ctx.document.en);
                for b in blocks.filter(|b| b.kind != BlockKind::Structure) {
                    self.tally.lengths.add(b.side, &b.text);
                }
            }
            self.tally.concepts.extend(named);
            let mut found = merge::one_fault_one_finding(report.into_findings());
            // Sorting all of them at the end then takes neither time nor room.
            crate::finding::sort(&mut found);
            self.findings.append(&mut found);
            done.push(ctx);
        }
        // Taking analyses and texts down is work for all threads, too.
        done.into_par_iter().for_each(drop);
        batch.into_par_iter().for_each(drop);
    }

    /// The findings in report order, the tally, and the suppression comments of all texts, not yet applied.
    pub fn finish(mut self) -> (Vec<Finding>, Tally, Suppressions) {
        for pass in self.passes {
            self.findings.append(&mut pass.finish());
        }
        crate::finding::sort(&mut self.findings);
        for f in &self.findings {
            *self.tally.per_rule.entry(f.rule).or_default() += 1;
        }
        (self.findings, self.tally, self.suppressions)
    }
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
        // Records have no neighbours that would ask.
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

/// The pairs of a document; glossary names that stand on both sides hold its sides together.
pub fn align(tools: Tools<'_>, document: &Document) -> Vec<Pair> {
    if document.layout == Layout::Records {
        return tools.aligner.align_document(document, &NamedConcepts::default());
    }
    tools
        .aligner
        .align_document(document, &NamedConcepts::new(tools.glossary, document))
}

/// The concepts that each block names.
#[derive(Default)]
struct NamedConcepts {
    zh: Vec<Vec<u32>>,
    en: Vec<Vec<u32>>,
}

impl NamedConcepts {
    fn new(glossary: &Glossary, document: &Document) -> Self {
        let zh: Vec<Vec<u32>> = document
            .zh
            .iter()
            .map(|b| {
                let mut ids: Vec<u32> = glossary
                    .scanner()
                    .scan(&b.text)
                    .iter()
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
                let stands = |c: &u32| !terms::renderings(glossary.english(*c as usize), &words).is_empty();
                named.iter().copied().filter(stands).collect()
            })
            .collect();
        Self { zh, en }
    }
}

impl Anchors for NamedConcepts {
    fn ids(&self, side: Side, block: usize) -> Vec<u32> {
        let ids = match side {
            Side::Zh => &self.zh,
            Side::En => &self.en,
        };
        ids.get(block).cloned().unwrap_or_default()
    }
}
