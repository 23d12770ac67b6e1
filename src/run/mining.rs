//! Names in texts that the glossary lacks.

use std::sync::Mutex;

use rustc_hash::FxHashSet;

use super::coverage::place;
use super::{Observer, Run, RunError};
use crate::glossary::Concept;
use crate::glossary::mining::{Mined, Miner};
use crate::input::{Input, InputError};
use crate::rules::DocumentContext;

/// The names in the texts of a run that no concept has, conflicts first, then the surest.
///
/// # Errors
/// As [`Run::check`].
pub fn mine(run: &Run, concepts: &[Concept], observer: &dyn Observer) -> Result<Vec<Mined>, RunError> {
    let collector = Collector {
        miner: Mutex::default(),
        observer,
    };
    run.check(&collector)?;
    let known: FxHashSet<String> = concepts
        .iter()
        .flat_map(|c| &c.zh)
        .map(|name| without_quotes(&name.text))
        .collect();
    let miner = collector.miner.into_inner().unwrap_or_default();
    Ok(miner.mine(|name| known.contains(name)))
}

fn without_quotes(name: &str) -> String {
    name.chars().filter(|c| !"“”‘’《》「」".contains(*c)).collect()
}

struct Collector<'a> {
    miner: Mutex<Miner>,
    observer: &'a dyn Observer,
}

impl Observer for Collector<'_> {
    fn on_start(&self, inputs: usize) {
        self.observer.on_start(inputs);
    }

    fn on_input(&self, input: &Input) {
        self.observer.on_input(input);
    }

    fn on_problem(&self, problem: &InputError) {
        self.observer.on_problem(problem);
    }

    fn on_document(&self, document: &DocumentContext<'_>) {
        let Ok(mut miner) = self.miner.lock() else { return };
        for pair in document.iter().filter(|p| !p.is_structure()) {
            miner.add(pair.zh(), pair.en(), place(&pair, 0));
        }
    }

    fn on_end(&self) {
        self.observer.on_end();
    }
}
