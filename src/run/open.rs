//! Checking texts that are open in an editor: as a whole, and what a keystroke changes at once.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use super::observer::Visiting;
use super::{Run, RunError};
use crate::align::Pair;
use crate::document::Document;
use crate::filter::merge;
use crate::filter::suppress::Suppressions;
use crate::finding::{self, Finding, Label};
use crate::input::{self, Discovery, Input, OpenTexts};
use crate::rules::{self, DocumentContext, Group, Report};
use crate::text::{Side, Span};

/// At most as many pairs are checked again at once.
const MOST_PAIRS: usize = 8;

/// A text with its pairs.
#[derive(Debug, Clone)]
pub struct CheckedText {
    /// The text.
    pub document: Document,
    /// Its pairs.
    pub pairs: Vec<Pair>,
}

/// What a check of one input found.
#[derive(Debug, Clone, Default)]
pub struct CheckedInput {
    /// The texts of the input.
    pub texts: Vec<CheckedText>,
    /// The findings in report order.
    pub findings: Vec<Finding>,
    /// Why the input, or records of it, were not checked.
    pub skipped: Vec<String>,
}

impl Run {
    /// Checks one input, with the open texts in place of those on the disk, and keeps its texts.
    ///
    /// # Errors
    /// As [`Run::check`].
    pub fn check_open(&self, input: &Input, open_texts: &Arc<OpenTexts>) -> Result<CheckedInput, RunError> {
        let texts = Mutex::new(Vec::new());
        let visitor = Visiting::new(&(), |document| {
            texts
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .push(CheckedText::new(document));
        });
        let found = Discovery {
            inputs: vec![input.clone()],
            ..Discovery::default()
        };
        let documents = input::read(input, &self.open_options(open_texts));
        let checked = self.check_all(documents, &found, &visitor)?;
        let report = self.report(&found, checked)?;
        let skipped = report.summary.skipped.into_iter();
        Ok(CheckedInput {
            texts: texts.into_inner().unwrap_or_else(PoisonError::into_inner),
            findings: report.findings,
            skipped: skipped.map(|s| format!("{}: {}", s.file, s.reason)).collect(),
        })
    }

    /// The findings after a small change, from those before it: the pairs that changed are checked again, by the rules that see
    /// one pair; all other findings move with their text. `None` where more changed than the texts of a few blocks, so that the
    /// pairs may be others.
    pub fn recheck_open(
        &self,
        input: &Input,
        open_texts: &Arc<OpenTexts>,
        before: &CheckedInput,
    ) -> Option<CheckedInput> {
        let [old] = before.texts.as_slice() else {
            return None;
        };
        let mut documents = input::read(input, &self.open_options(open_texts)).filter_map(Result::ok);
        let (document, None) = (documents.next()?, documents.next()) else {
            return None;
        };
        let changed = old.changed_pairs(&document)?;
        let text = CheckedText {
            document,
            pairs: old.pairs.clone(),
        };
        let is_in_changed = |f: &Finding| {
            let mut pairs = changed.iter().map(|&index| &text.pairs[index]);
            pairs.any(|pair| {
                f.pair.zh_blocks.clone().any(|block| pair.zh.contains(&block))
                    || f.pair.en_blocks.clone().any(|block| pair.en.contains(&block))
            })
        };
        let others = before.findings.iter().filter(|f| !is_in_changed(f));
        let mut findings: Vec<Finding> = others.filter_map(|f| moved(f, &text.document)).collect();
        findings.append(&mut self.check_pairs(&text, &changed));
        finding::sort(&mut findings);
        Some(CheckedInput {
            texts: vec![text],
            findings,
            skipped: before.skipped.clone(),
        })
    }

    /// A text for analyses, which are made on demand.
    pub fn context<'a>(&'a self, text: &'a CheckedText) -> DocumentContext<'a> {
        let tools = self.tools();
        DocumentContext::new(
            &text.document,
            &text.pairs,
            tools.glossary,
            tools.settings,
            tools.aligner,
        )
    }

    fn open_options(&self, open_texts: &Arc<OpenTexts>) -> input::Options {
        input::Options {
            open_texts: Arc::clone(open_texts),
            ..self.settings.input_options()
        }
    }

    /// What the rules that see one pair report about these pairs, without what the filters hide.
    fn check_pairs(&self, text: &CheckedText, pairs: &BTreeSet<usize>) -> Vec<Finding> {
        let context = self.context(text);
        let mut report = Report::new();
        for pair in pairs.iter().filter_map(|&index| context.pair(index)) {
            if !pair.is_structure() {
                self.selection.rules().for_each(|rule| rule.pair(&pair, &mut report));
            }
        }
        let mut findings = merge::one_fault_one_finding(report.into_findings());
        finding::sort(&mut findings);
        let mut suppressions = Suppressions::default();
        for source in &text.document.sources {
            suppressions.read(source);
        }
        self.filters.suppress(&mut findings, suppressions, &self.scope(&[]));
        self.settings
            .config
            .apply_severities(&mut findings, !self.settings.select.is_empty());
        self.filters.hide_baselined(&mut findings);
        // Whether a comment suppresses anything shows only in the whole text.
        let group = |f: &Finding| rules::find(f.rule).map(|rule| rule.meta().group);
        findings.retain(|f| group(f) != Some(Group::Suppressions));
        findings
    }
}

impl CheckedText {
    fn new(document: &DocumentContext<'_>) -> Self {
        Self {
            document: document.document.clone(),
            pairs: document.pairs.to_vec(),
        }
    }

    /// The pairs whose texts differ in `new`; `None` where the pairs may be others, or more than a few differ.
    fn changed_pairs(&self, new: &Document) -> Option<BTreeSet<usize>> {
        let old = &self.document;
        let is_alike = old.layout == new.layout
            && old.records == new.records
            && old.pins == new.pins
            && old.direction == new.direction
            && [Side::Zh, Side::En].map(|s| old.blocks(s).len()) == [Side::Zh, Side::En].map(|s| new.blocks(s).len());
        if !is_alike {
            return None;
        }
        let mut changed = BTreeSet::new();
        for side in [Side::Zh, Side::En] {
            for (number, (was, is)) in old.blocks(side).iter().zip(new.blocks(side)).enumerate() {
                if was.kind != is.kind {
                    return None;
                }
                if was.text != is.text || was.masked != is.masked {
                    let mut pairs = self.pairs.iter();
                    changed.extend(pairs.position(|pair| pair.range(side).contains(&number)));
                }
            }
        }
        (changed.len() <= MOST_PAIRS).then_some(changed)
    }
}

/// The finding where its text is now; `None` where the text is another.
fn moved(finding: &Finding, document: &Document) -> Option<Finding> {
    let mut finding = finding.clone();
    let labels = [
        finding.zh.as_mut(),
        finding.en.as_mut(),
        finding.opposite.as_deref_mut(),
    ];
    for label in labels.into_iter().flatten() {
        move_label(label, document)?;
    }
    Some(finding)
}

fn move_label(label: &mut Label, document: &Document) -> Option<()> {
    if !document.sources.iter().any(|source| *source.path() == label.file) {
        return Some(());
    }
    let block = document.blocks(label.side).get(label.block)?;
    let mut ends = block.text.char_indices().map(|(at, _)| at).chain([block.text.len()]);
    let start = ends.nth(label.chars.0)?;
    let span = Span::new(start, start + label.text.len());
    if block.text.get(span.range()) != Some(&*label.text) {
        return None;
    }
    let source = &document.sources[block.origin.source];
    label.bytes = block.origin.to_source(span);
    (label.start, label.end) = (source.position(label.bytes.start), source.position(label.bytes.end));
    Some(())
}
