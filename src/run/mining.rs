//! Names in texts that the glossary lacks.

use std::sync::{Mutex, PoisonError};

use rustc_hash::FxHashSet;

use super::coverage::place;
use super::observer::Visiting;
use super::{Observer, Run, RunError};
use crate::glossary::Concept;
use crate::glossary::mining::{Mined, Miner};

/// The names in the texts of a run that no concept has, conflicts first, then the surest.
///
/// # Errors
/// As [`Run::check`].
pub fn mine(run: &Run, concepts: &[Concept], observer: &dyn Observer) -> Result<Vec<Mined>, RunError> {
    let miner = Mutex::new(Miner::default());
    let visitor = Visiting::new(observer, |document| {
        let mut miner = miner.lock().unwrap_or_else(PoisonError::into_inner);
        for pair in document.iter().filter(|p| !p.is_structure()) {
            miner.add(pair.zh(), pair.en(), place(&pair, 0));
        }
    });
    run.check(&visitor)?;
    let known: FxHashSet<String> = concepts
        .iter()
        .flat_map(|c| &c.zh)
        .map(|name| without_quotes(&name.text))
        .collect();
    let miner = miner.into_inner().unwrap_or_else(PoisonError::into_inner);
    Ok(miner.mine(|name| known.contains(name)))
}

fn without_quotes(name: &str) -> String {
    name.chars().filter(|c| !"“”‘’《》「」".contains(*c)).collect()
}
