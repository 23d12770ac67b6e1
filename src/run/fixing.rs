//! Checking and fixing in turns, until nothing is left to fix.

use super::{Observer, Run, RunError, RunReport};
use crate::fix::{self, FixError, FixedFile};

/// Fixing stops after this many rounds. Each round may find what the one before it uncovered.
const MAX_ROUNDS: usize = 10;

/// Which fixes to apply, and how.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct FixOptions {
    /// Whether to apply unsafe fixes as well.
    pub unsafe_fixes: bool,
    /// Whether to leave the files as they are. Only one round is made then.
    pub dry_run: bool,
}

/// What fixing did.
#[derive(Debug)]
pub struct FixOutcome {
    /// The report on what is left.
    pub report: RunReport,
    /// How many fixes were applied.
    pub applied: usize,
    /// The fixed files, once for each round that changed them.
    pub files: Vec<FixedFile>,
    /// The files that could not be fixed, as of the last round.
    pub failures: Vec<FixError>,
}

impl Run {
    /// Checks the inputs and applies fixes to their files, again and again until nothing is left to fix.
    ///
    /// Findings that a filter hides are not fixed. A file that cannot be fixed does not stop the others.
    ///
    /// # Errors
    /// As [`Run::check`].
    pub fn fix(&self, options: FixOptions, observer: &dyn Observer) -> Result<FixOutcome, RunError> {
        let found = self.discover()?;
        let mut checked = self.check_found(&found, observer);
        let (mut applied, mut files, mut failures) = (0, Vec::new(), Vec::new());
        for _ in 0..MAX_ROUNDS {
            let mut open = checked.findings.clone();
            self.filters.hide_baselined(&mut open);
            self.filters.hide_untouched(&mut open)?;
            let before = applied;
            failures.clear();
            for file in fix::apply(&open, options.unsafe_fixes) {
                let fixed = file.and_then(|f| if options.dry_run { Ok(f) } else { f.write().map(|()| f) });
                match fixed {
                    Ok(file) => {
                        applied += file.applied;
                        files.push(file);
                    }
                    Err(e) => failures.push(e),
                }
            }
            if applied == before || options.dry_run {
                break;
            }
            checked = self.check_found(&found, &());
        }
        Ok(FixOutcome {
            report: self.report(&found, checked)?,
            applied,
            files,
            failures,
        })
    }
}
