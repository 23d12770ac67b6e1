//! What a run would check, and what it leaves out, without checking anything.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use super::{Run, RunError, Settings, Skipped};
use crate::input::{self, Discovery, Files, Input, Options};
use crate::text::display_path;

/// What a run would check.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// The pairs of files, Chinese first.
    pub pairs: Vec<(Arc<str>, Arc<str>)>,
    /// The files with both languages.
    pub single: Vec<Arc<str>>,
    /// What is left out, and why.
    pub left_out: Vec<Skipped>,
}

impl Plan {
    /// Whether nothing would be checked.
    pub const fn is_empty(&self) -> bool {
        self.pairs.is_empty() && self.single.is_empty()
    }
}

impl Run {
    /// Finds the inputs and reads each as far as it takes to know whether it can be checked. Standard input is not read.
    ///
    /// # Errors
    /// As [`Run::check`].
    pub fn plan(&self) -> Result<Plan, RunError> {
        let found = self.discover()?;
        let options = self.settings.input_options();
        let mut plan = Plan::default();
        plan.left_out.extend(found.errors.iter().filter_map(Skipped::new));
        for input in &found.inputs {
            let first = match input.files {
                Files::Stdin => None,
                _ => input::read(input, &options).next(),
            };
            match first {
                Some(Err(e)) if Skipped::new(&e).is_some() => plan.left_out.extend(Skipped::new(&e)),
                _ => plan.add(input),
            }
        }
        plan.left_out
            .extend(found.not_read.iter().map(|path| Skipped::unread(path)));
        plan.add_excluded(&self.settings, &found);
        Ok(plan)
    }
}

impl Plan {
    /// Adds the files that `exclude` keeps out.
    fn add_excluded(&mut self, settings: &Settings, found: &Discovery) {
        let options = settings.input_options();
        if options.exclude.is_none() {
            return;
        }
        let without_excludes = Options {
            exclude: None,
            ..options
        };
        let all = input::discover(&settings.effective_paths(), &without_excludes);
        let files =
            |found: &Discovery| -> BTreeSet<PathBuf> { found.inputs.iter().flat_map(Input::paths).cloned().collect() };
        let excluded = files(&all);
        self.left_out
            .extend(excluded.difference(&files(found)).map(|path| Skipped {
                file: display_path(path).to_string(),
                reason: "excluded by the configuration".to_owned(),
                failed: false,
            }));
    }

    fn add(&mut self, input: &Input) {
        match &input.files {
            Files::Two { zh, en } => self.pairs.push((display_path(zh), display_path(en))),
            Files::One(path) => self.single.push(display_path(path)),
            Files::Stdin => self.single.push(Arc::from("<stdin>")),
        }
    }
}
