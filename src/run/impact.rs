//! What a change of the glossary does to the findings about texts.
//!
//! Only what contains a name of a concept that differs is checked, once with each glossary: of files of records these records,
//! of any other text all of it, since names also align paragraphs. The difference is that of two whole checks.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::{NamedGlossary, Observer, Run, RunError, Settings};
use crate::document::{Document, Layout, Record};
use crate::finding::Finding;
use crate::glossary::english::WordList;
use crate::glossary::terms::renderings;
use crate::glossary::{Concept, Glossary};
use crate::input;
use crate::rules::{Group, find};

/// How many documents are searched for names at a time.
const BATCH: usize = 64;

/// The findings of glossary rules that differ.
#[derive(Debug, Default)]
pub struct Impact {
    /// Those that only the new glossary gives.
    pub wrong: Vec<Finding>,
    /// Those that only the old glossary gives.
    pub right: Vec<Finding>,
    /// Those at the same place by the same rule, with another message: the old one and the new one.
    pub reworded: Vec<(Finding, Finding)>,
    /// The number of concepts that differ.
    pub concepts: usize,
    /// The number of pairs that were checked.
    pub pairs: usize,
}

/// Compares the findings under two glossaries.
///
/// # Errors
/// As [`Run::new`] and [`Run::check`].
pub fn impact(
    settings: &Settings,
    before: NamedGlossary,
    after: NamedGlossary,
    observer: &dyn Observer,
) -> Result<Impact, RunError> {
    let changed = changed_concepts(before.glossary.concepts(), after.glossary.concepts());
    let concepts = changed.len();
    let names = Names::new(changed.into_values().flatten().collect());
    let (before, after) = (
        Run::with_glossary(settings.clone(), before)?,
        Run::with_glossary(settings.clone(), after)?,
    );
    let affected = affected_documents(&before, &names, observer)?;
    let mut old = before.check_documents(affected.iter().cloned(), &())?;
    let new = after.check_documents(affected.into_iter(), &())?;
    let mut impact = Impact {
        concepts,
        pairs: new.summary.pairs,
        ..Impact::default()
    };
    let mut by_place: BTreeMap<_, Vec<Finding>> = BTreeMap::new();
    old.findings.retain(is_of_glossary);
    for finding in old.findings {
        by_place.entry(place(&finding)).or_default().push(finding);
    }
    let mut unmatched: Vec<Finding> = Vec::new();
    for finding in new.findings.into_iter().filter(is_of_glossary) {
        let there = by_place.get_mut(&place(&finding));
        match there.and_then(|old| Some(old.remove(old.iter().position(|o| o.message == finding.message)?))) {
            Some(_) => {}
            None => unmatched.push(finding),
        }
    }
    for finding in unmatched {
        match by_place.get_mut(&place(&finding)).and_then(Vec::pop) {
            Some(old) => impact.reworded.push((old, finding)),
            None => impact.wrong.push(finding),
        }
    }
    impact.right = by_place.into_values().flatten().collect();
    crate::finding::sort(&mut impact.right);
    Ok(impact)
}

/// Whether a rule about names and terms of the glossary reports it.
fn is_of_glossary(finding: &Finding) -> bool {
    find(finding.rule).is_some_and(|rule| rule.meta().group == Group::Terms)
}

/// The rule and the place of a finding.
fn place(finding: &Finding) -> (&'static str, String, usize, usize) {
    let at = finding.primary();
    (finding.rule, at.file.to_string(), at.bytes.start, at.bytes.end)
}

/// The old and the new version of each concept that differs.
fn changed_concepts<'a>(before: &'a [Concept], after: &'a [Concept]) -> BTreeMap<&'a str, Vec<&'a Concept>> {
    let mut by_id: BTreeMap<&str, Vec<&Concept>> = BTreeMap::new();
    for concept in before.iter().chain(after) {
        by_id.entry(&concept.id).or_default().push(concept);
    }
    let differs = |versions: &Vec<&Concept>| match versions[..] {
        [old, new] => !is_same(old, new),
        _ => true,
    };
    by_id.retain(|_, versions| differs(versions));
    by_id
}

/// Whether two versions of a concept are the same, wherever they are written.
fn is_same(old: &Concept, new: &Concept) -> bool {
    let (place, layers) = (old.place.clone(), old.layers.clone());
    *old == Concept {
        place,
        layers,
        ..new.clone()
    }
}

/// The names of the concepts that differ, old and new.
struct Names(Glossary);

impl Names {
    fn new(concepts: Vec<&Concept>) -> Self {
        Self(Glossary::new(concepts.into_iter().cloned().collect()))
    }

    fn are_in_chinese(&self, text: &str) -> bool {
        !self.0.scanner().scan(text).is_empty()
    }

    fn are_in_english(&self, text: &str) -> bool {
        let words = WordList::new(text);
        let words = words.of(text);
        let keys = words.tokens.iter().map(|t| t.key);
        self.0
            .concepts_with_english_key(keys)
            .any(|c| !renderings(self.0.english(c), &words).is_empty())
    }

    /// The part of a document that a name is in.
    fn affected(&self, document: &Document) -> Option<Document> {
        let zh = |record: &Record| {
            document.zh[record.zh.clone()]
                .iter()
                .any(|b| self.are_in_chinese(&b.text))
        };
        let en = |record: &Record| {
            document.en[record.en.clone()]
                .iter()
                .any(|b| self.are_in_english(&b.text))
        };
        if document.layout != Layout::Records {
            let all = Record {
                id: None,
                zh: 0..document.zh.len(),
                en: 0..document.en.len(),
            };
            return (zh(&all) || en(&all)).then(|| document.clone());
        }
        let mut part = Document {
            zh: Vec::new(),
            en: Vec::new(),
            records: Vec::new(),
            pins: Vec::new(),
            name: document.name.clone(),
            id: document.id.clone(),
            sources: document.sources.clone(),
            ..*document
        };
        for record in document.records.iter().filter(|r| zh(r) || en(r)) {
            let (z, e) = (part.zh.len(), part.en.len());
            part.zh.extend_from_slice(&document.zh[record.zh.clone()]);
            part.en.extend_from_slice(&document.en[record.en.clone()]);
            part.records.push(Record {
                id: record.id.clone(),
                zh: z..part.zh.len(),
                en: e..part.en.len(),
            });
        }
        (!part.records.is_empty()).then_some(part)
    }
}

/// Reads all inputs and keeps what the names are in.
fn affected_documents(run: &Run, names: &Names, observer: &dyn Observer) -> Result<Vec<Document>, RunError> {
    let found = run.discover()?;
    found.errors.iter().for_each(|e| observer.on_problem(e));
    let options = run.settings.input_options();
    observer.on_start(found.inputs.len());
    let documents = found.inputs.iter().inspect(|i| observer.on_input(i));
    let documents = documents.flat_map(|i| input::read(i, &options));
    let mut documents = documents.filter_map(|d| d.map_err(|e| observer.on_problem(&e)).ok());
    let mut affected = Vec::new();
    loop {
        let batch: Vec<Document> = documents.by_ref().take(BATCH).collect();
        if batch.is_empty() {
            break;
        }
        affected.par_extend(batch.par_iter().filter_map(|d| names.affected(d)));
    }
    observer.on_end();
    Ok(affected)
}
