//! Which texts, and which of their records, contain a name.

use std::borrow::Cow;
use std::collections::BTreeMap;

use rayon::prelude::*;

use super::text_index::{NameKeys, TextIndex, filter, key_of_input};
use crate::document::{Block, Document, Layout, Record};
use crate::glossary::english::WordList;
use crate::glossary::terms::renderings;
use crate::glossary::{Concept, Glossary};
use crate::input::{self, InputError};
use crate::run::{Observer, Run, RunError};

/// How many documents are searched for names at a time.
const BATCH: usize = 64;

/// The names of the concepts that differ, old and new.
pub(super) struct Names(Glossary);

impl Names {
    /// The names of these concepts.
    pub(super) fn new(concepts: Vec<&Concept>) -> Self {
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

    fn are_in(&self, zh: &[Block], en: &[Block]) -> bool {
        self.are_in_chinese(&joined(zh)) || self.are_in_english(&joined(en))
    }

    /// The part of a document that a name is in. Units of which `may_contain` says that they have none are not searched.
    fn affected(&self, document: &Document, may_contain: Option<&[bool]>) -> Option<Document> {
        let is_possible = |unit: usize| may_contain.and_then(|units| units.get(unit).copied()).unwrap_or(true);
        if document.layout != Layout::Records {
            let is_affected = is_possible(0) && self.are_in(&document.zh, &document.en);
            return is_affected.then(|| document.clone());
        }
        let mut part = Document {
            zh: Vec::new(),
            en: Vec::new(),
            records: Vec::new(),
            limits: BTreeMap::new(),
            pins: Vec::new(),
            name: document.name.clone(),
            id: document.id.clone(),
            sources: document.sources.clone(),
            ..*document
        };
        for (unit, record) in document.records.iter().enumerate() {
            let (zh, en) = (&document.zh[record.zh.clone()], &document.en[record.en.clone()]);
            if !is_possible(unit) || !self.are_in(zh, en) {
                continue;
            }
            let (z, e) = (part.zh.len(), part.en.len());
            part.zh.extend_from_slice(zh);
            part.en.extend_from_slice(en);
            part.records.push(Record {
                id: record.id.clone(),
                zh: z..part.zh.len(),
                en: e..part.en.len(),
            });
        }
        (!part.records.is_empty()).then_some(part)
    }
}

/// The texts of blocks as rules see them when they are one pair. A name may go over their ends.
fn joined(blocks: &[Block]) -> Cow<'_, str> {
    match blocks {
        [block] => Cow::Borrowed(&block.text),
        _ => Cow::Owned(blocks.iter().map(|b| &*b.text).collect::<Vec<_>>().join("\n")),
    }
}

/// How many units of a document the index distinguishes.
fn count_units(document: &Document) -> usize {
    match document.layout {
        Layout::Records => document.records.len(),
        _ => 1,
    }
}

/// The filters of the units of a document, one after the other.
fn filters(document: &Document) -> Vec<u64> {
    let of = |zh: &[Block], en: &[Block]| filter(&joined(zh), &joined(en));
    if document.layout != Layout::Records {
        return of(&document.zh, &document.en);
    }
    let records = document.records.iter();
    records
        .flat_map(|r| of(&document.zh[r.zh.clone()], &document.en[r.en.clone()]))
        .collect()
}

/// A document that was read, and what the index knows about it.
struct Read {
    /// The number of its input.
    input: usize,
    document: Document,
    /// Which of its units may contain a name; `None` if the index does not have it.
    may_contain: Option<Vec<bool>>,
}

/// Reads the inputs and keeps what the names are in. Adds the inputs to the index that it lacks, and drops all others.
pub(super) fn affected_documents(
    run: &Run,
    names: &Names,
    index: &mut TextIndex,
    observer: &dyn Observer,
) -> Result<Vec<Document>, RunError> {
    let found = run.discover()?;
    found.errors.iter().for_each(|e| observer.on_problem(e));
    let options = run.settings.input_options();
    let keys: Vec<Option<u128>> = found.inputs.par_iter().map(|i| key_of_input(i, &options)).collect();
    let name_keys = NameKeys::new(&names.0);
    let known: Vec<Option<Vec<bool>>> = keys.iter().map(|key| index.search((*key)?, &name_keys)).collect();
    // The filters of the inputs that the index lacks.
    let lacks = |number: &usize| keys[*number].is_some_and(|key| !index.contains(key));
    let mut new: BTreeMap<usize, Vec<u64>> = (0..keys.len())
        .filter(lacks)
        .map(|number| (number, Vec::new()))
        .collect();

    observer.on_start(found.inputs.len());
    let inputs = found.inputs.iter().zip(known).enumerate();
    let mut documents = inputs.flat_map(|(number, (input, mut known))| {
        observer.on_input(input);
        let is_searched = known.as_ref().is_none_or(|units| units.contains(&true));
        let documents = is_searched.then(|| input::read(input, &options));
        documents.into_iter().flatten().map(move |document| {
            let document = document.map_err(|problem| (number, problem))?;
            let may_contain = known.as_mut().map(|units| {
                let count = count_units(&document).min(units.len());
                units.drain(..count).collect()
            });
            Ok(Read {
                input: number,
                document,
                may_contain,
            })
        })
    });
    let mut affected = Vec::new();
    loop {
        let batch: Vec<Result<Read, (usize, InputError)>> = documents.by_ref().take(BATCH).collect();
        if batch.is_empty() {
            break;
        }
        for (number, problem) in batch.iter().filter_map(|read| read.as_ref().err()) {
            observer.on_problem(problem);
            // It must be read, and reported, every time.
            new.remove(number);
        }
        let searched = batch.par_iter().flatten().map(|read| {
            let is_new = new.contains_key(&read.input);
            let filters = is_new.then(|| (read.input, filters(&read.document)));
            (names.affected(&read.document, read.may_contain.as_deref()), filters)
        });
        for (part, filters) in searched.collect::<Vec<_>>() {
            affected.extend(part);
            if let Some((number, filters)) = filters {
                new.entry(number).or_default().extend(filters);
            }
        }
    }
    observer.on_end();
    for (number, filters) in new {
        if let Some(key) = keys[number] {
            index.insert(key, filters);
        }
    }
    index.retain(&keys.into_iter().flatten().collect());
    Ok(affected)
}
