//! Which concepts of a glossary texts name, and how they render them.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use super::observer::Visiting;
use super::{Observer, Run, RunError, Settings};
use crate::glossary::Status;
use crate::rules::{DocumentContext, PairContext};
use crate::text::{Side, Span};

/// How texts use a concept. Each number counts pairs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Usage {
    /// Those whose Chinese names it.
    pub pairs: usize,
    /// The English names as written, with their status.
    pub renderings: BTreeMap<String, (Status, usize)>,
    /// Those whose English has none of its names.
    pub unrendered: usize,
    /// The file and line of the first of these.
    pub first_unrendered: Option<String>,
}

impl Usage {
    /// The renderings, the most frequent first.
    pub fn by_frequency(&self) -> Vec<(&str, Status, usize)> {
        let mut all: Vec<_> = self
            .renderings
            .iter()
            .map(|(text, &(status, n))| (&**text, status, n))
            .collect();
        all.sort_by(|a, b| b.2.cmp(&a.2).then(a.0.cmp(b.0)));
        all
    }
}

/// How texts use the concepts of a glossary, by their numbers.
///
/// # Errors
/// As [`Run::check`].
pub fn coverage(run: &Run, concepts: usize, observer: &dyn Observer) -> Result<Vec<Usage>, RunError> {
    let usage = Mutex::new(vec![Usage::default(); concepts]);
    let visitor = Visiting::new(observer, |document| {
        let mut usage = usage.lock().unwrap_or_else(PoisonError::into_inner);
        count(document, &mut usage);
    });
    run.check(&visitor)?;
    Ok(usage.into_inner().unwrap_or_else(PoisonError::into_inner))
}

/// The settings under which a run looks up names and checks next to nothing.
pub fn settings_for_names(settings: Settings) -> Settings {
    Settings {
        select: vec!["term-forbidden".to_owned()],
        ..settings
    }
}

/// Counts the concepts that the pairs of a document name.
fn count(document: &DocumentContext<'_>, usage: &mut [Usage]) {
    for pair in document.iter().filter(|p| !p.is_structure()) {
        for found in &pair.terms().concepts {
            let Some(usage) = usage.get_mut(found.concept) else {
                continue;
            };
            usage.pairs += 1;
            let mut seen: Vec<String> = Vec::new();
            for hit in &found.en {
                let text = hit.span.of(pair.en()).split_whitespace().collect::<Vec<_>>().join(" ");
                if !seen.contains(&text) {
                    usage.renderings.entry(text.clone()).or_insert((hit.status, 0)).1 += 1;
                    seen.push(text);
                }
            }
            if found.en.is_empty() {
                usage.unrendered += 1;
                usage
                    .first_unrendered
                    .get_or_insert_with(|| place(&pair, found.zh[0].span.start));
            }
        }
    }
}

/// The file and line of a byte of the Chinese.
pub(super) fn place(pair: &PairContext<'_>, offset: usize) -> String {
    let document = pair.doc.document;
    let (block, offset) = pair.locate(Side::Zh, offset);
    let Some(block) = document.zh.get(block) else {
        return document.name.to_string();
    };
    let source = &document.sources[block.origin.source];
    let start = block.origin.to_source(Span::new(offset, offset)).start;
    format!("{}:{}", source.path(), source.line(start))
}
