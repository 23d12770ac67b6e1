//! What a run would check, and what it leaves out, without checking anything.

use std::sync::Arc;

use super::{Run, RunError, Skipped};
use crate::formats;
use crate::input::{self, Files, Input};
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
        plan.left_out.extend(found.not_read.iter().map(|path| Skipped {
            file: display_path(path).to_string(),
            reason: format!("this type of file is not read ({} are)", formats::known()),
            failed: false,
        }));
        Ok(plan)
    }
}

impl Plan {
    fn add(&mut self, input: &Input) {
        match &input.files {
            Files::Two { zh, en } => self.pairs.push((display_path(zh), display_path(en))),
            Files::One(path) => self.single.push(display_path(path)),
            Files::Stdin => self.single.push(Arc::from("<stdin>")),
        }
    }
}
