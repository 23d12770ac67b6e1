//! Checking and fixing in turns, until nothing is left to fix.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::{FixedCopy, Observer, Run, RunError, RunReport, copies};
use crate::fix::{self, FixError, FixedFile};
use crate::input::Discovery;

/// Fixing stops after this many rounds. Each round may find what the one before it uncovered.
const MAX_ROUNDS: usize = 10;

/// Which fixes to apply, and how.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FixOptions {
    /// Whether to apply unsafe fixes as well.
    pub unsafe_fixes: bool,
    /// Whether to leave the files as they are. Only one round is made then.
    pub dry_run: bool,
    /// Where to write fixed copies instead of fixing the files, as for [`Run::annotate`]. Only one round is made then, and the
    /// report is about the files as they are.
    pub write_to: Option<PathBuf>,
    /// Whether fixes of Word documents are tracked changes.
    pub tracked: bool,
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
    /// The copies, in the order of the inputs. A file without fixes is copied as it is.
    pub copies: Vec<FixedCopy>,
    /// The files that could not be fixed, as of the last round.
    pub failures: Vec<FixError>,
}

impl Run {
    /// Checks the inputs and applies fixes to their files, again and again until nothing is left to fix.
    ///
    /// Findings that a filter hides are not fixed. A file that cannot be fixed does not stop the others.
    ///
    /// # Errors
    /// As [`Run::check`], and for copies as [`Run::annotate`].
    pub fn fix(&self, options: &FixOptions, observer: &dyn Observer) -> Result<FixOutcome, RunError> {
        let found = self.discover()?;
        if let Some(out) = &options.write_to {
            return self.fix_copies(options, out, &found, observer);
        }
        let mut checked = self.check_found(&found, observer)?;
        let (mut applied, mut files, mut failures) = (0, Vec::new(), Vec::new());
        for _ in 0..MAX_ROUNDS {
            let mut open = checked.findings.clone();
            self.filters.hide_baselined(&mut open);
            self.filters.hide_untouched(&mut open)?;
            let before = applied;
            failures.clear();
            for file in fix::apply(&open, options.unsafe_fixes, options.tracked) {
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
            checked = self.check_found(&found, &())?;
        }
        Ok(FixOutcome {
            report: self.report(&found, checked)?,
            applied,
            files,
            copies: Vec::new(),
            failures,
        })
    }

    /// Checks the inputs once, and writes a copy of each file with its fixes.
    fn fix_copies(
        &self,
        options: &FixOptions,
        out: &Path,
        found: &Discovery,
        observer: &dyn Observer,
    ) -> Result<FixOutcome, RunError> {
        let targets = copies::targets(out, found)?;
        let checked = self.check_found(found, observer)?;
        let mut open = checked.findings.clone();
        self.filters.hide_baselined(&mut open);
        self.filters.hide_untouched(&mut open)?;
        let (mut fixed, mut failures) = (Vec::new(), BTreeMap::new());
        for file in fix::apply(&open, options.unsafe_fixes, options.tracked) {
            match file {
                Ok(file) => fixed.push(file),
                Err(e) => drop(failures.insert(e.file().clone(), e)),
            }
        }
        let whole = targets.into_iter().filter(|(name, _)| !failures.contains_key(name));
        let copies = copies::write_fixed(whole, &fixed)?;
        Ok(FixOutcome {
            report: self.report(found, checked)?,
            applied: copies.iter().map(|copy| copy.applied).sum(),
            files: fixed,
            copies,
            failures: failures.into_values().collect(),
        })
    }
}
