//! What a change of the glossary does to the findings about texts.
//!
//! Only what contains a name of a concept that differs is checked, once with each glossary: of files of records these records,
//! of any other text all of it, since names also align paragraphs. The difference is that of two whole checks, but for the
//! rules that compare pairs far apart.

mod affected;
mod text_index;

use std::collections::BTreeMap;

pub use text_index::TextIndex;

use super::{NamedGlossary, Observer, Run, RunError, Settings};
use crate::finding::Finding;
use crate::glossary::Concept;
use crate::rules::find;
use affected::{Names, affected_documents};

/// The findings that differ.
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

/// Compares the findings under two glossaries. Texts that the index has are read only if they may contain a name of a
/// concept that differs; the index has all texts afterwards.
///
/// # Errors
/// As [`Run::new`] and [`Run::check`].
pub fn impact(
    settings: &Settings,
    before: NamedGlossary,
    after: NamedGlossary,
    index: &mut TextIndex,
    observer: &dyn Observer,
) -> Result<Impact, RunError> {
    let changed = changed_concepts(before.glossary.concepts(), after.glossary.concepts());
    let concepts = changed.len();
    let names = Names::new(changed.into_values().flatten().collect());
    let (before, after) = (
        Run::with_glossary(settings.clone(), before)?,
        Run::with_glossary(settings.clone(), after)?,
    );
    let affected = affected_documents(&before, &names, index, observer)?;
    let mut old = before.check_documents(affected.iter().cloned(), &())?;
    let new = after.check_documents(affected.into_iter(), &())?;
    let mut impact = Impact {
        concepts,
        pairs: new.summary.pairs,
        ..Impact::default()
    };
    let mut by_place: BTreeMap<_, Vec<Finding>> = BTreeMap::new();
    old.findings.retain(is_about_pair);
    for finding in old.findings {
        by_place.entry(place(&finding)).or_default().push(finding);
    }
    let mut unmatched: Vec<Finding> = Vec::new();
    for finding in new.findings.into_iter().filter(is_about_pair) {
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

/// Whether a rule reports it that looks at no other documents. The others see too little when only a part is checked.
fn is_about_pair(finding: &Finding) -> bool {
    find(finding.rule).is_some_and(|rule| rule.corpus().is_none())
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
