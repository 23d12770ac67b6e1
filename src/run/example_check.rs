//! Checking the examples of a glossary's entries.

use std::sync::Arc;

use serde::Serialize;

use super::{NamedGlossary, Run, RunError, Settings};
use crate::document::{Block, BlockKind, Document, Layout, Origin};
use crate::glossary::{Concept, Example, Place};
use crate::text::{Side, Source};

/// An example or a counterexample, and what a check reports on its concept there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CheckedExample {
    /// The id of the concept.
    pub id: String,
    /// Whether something must be reported.
    pub counterexample: bool,
    /// Its number among the examples or counterexamples of the concept, from 1.
    pub number: usize,
    /// The Chinese.
    pub zh: String,
    /// The English.
    pub en: String,
    /// The rules that report the concept, each with its message.
    pub reported: Vec<(&'static str, String)>,
    /// The line of the entry.
    pub place: Place,
}

impl CheckedExample {
    /// Whether an example is silent, or a counterexample is reported.
    pub const fn passes(&self) -> bool {
        self.reported.is_empty() != self.counterexample
    }
}

/// Checks every example and counterexample of the concepts on its own, against the whole glossary.
///
/// # Errors
/// As [`Run::check`].
pub fn check_examples(settings: Settings, glossary: NamedGlossary) -> Result<Vec<CheckedExample>, RunError> {
    let concepts = glossary.glossary.concepts().to_vec();
    let run = Run::with_glossary(settings, glossary)?;
    let mut checked = Vec::new();
    for concept in &concepts {
        for (examples, counterexample) in [(&concept.examples, false), (&concept.counterexamples, true)] {
            for (example, number) in examples.iter().zip(1..) {
                checked.push(check_example(&run, concept, example, (counterexample, number))?);
            }
        }
    }
    Ok(checked)
}

fn check_example(
    run: &Run,
    concept: &Concept,
    example: &Example,
    (counterexample, number): (bool, usize),
) -> Result<CheckedExample, RunError> {
    let mut document = Document::new(&*concept.id, Layout::Records);
    document.sources = vec![Arc::new(Source::new(
        &*concept.id,
        format!("{}\n{}", example.zh, example.en),
    ))];
    let block = |side, text: &str, start| Block {
        side,
        kind: BlockKind::Paragraph,
        text: text.to_owned(),
        masked: Vec::new(),
        origin: Origin::verbatim(0, start, text.len()),
    };
    let zh = block(Side::Zh, &example.zh, 0);
    let en = block(Side::En, &example.en, example.zh.len() + 1);
    document.push_record(None, Some(zh), Some(en));
    let report = run.check_documents(std::iter::once(document), &())?;
    let about = report
        .findings
        .into_iter()
        .filter(|f| f.concept.as_deref() == Some(&*concept.id));
    Ok(CheckedExample {
        id: concept.id.to_string(),
        counterexample,
        number,
        zh: example.zh.to_string(),
        en: example.en.to_string(),
        reported: about.map(|f| (f.rule, f.message)).collect(),
        place: concept.place.clone(),
    })
}
