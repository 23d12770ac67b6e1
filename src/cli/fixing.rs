//! The arguments of `bilint check` that change files: `--fix`, `--unsafe-fixes`, `--diff`.

use std::io::{self, Write};

use super::Trouble;
use crate::finding::Finding;
use crate::fix;

/// After how many rounds fixing stops: each round may bring up what the one before it uncovered.
pub const ROUNDS: usize = 10;

/// What is to be mended.
#[derive(Debug, clap::Args)]
#[group(skip)]
#[command(next_help_heading = "Fixes")]
pub struct Args {
    /// Apply the fixes that are certain, and report what is left.
    #[arg(long)]
    fix: bool,

    /// Apply the fixes that a person should read afterwards, too (implies --fix).
    #[arg(long)]
    unsafe_fixes: bool,

    /// Show what --fix would change instead of changing it; the exit code is 1 if there is anything.
    #[arg(long)]
    diff: bool,
}

/// What became of the fixes.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Fixed {
    /// Fixes applied, or shown with `--diff`.
    pub applied: usize,
    /// Files that could not be fixed.
    pub failed: usize,
}

impl Args {
    /// Whether files are to be changed.
    pub const fn wanted(&self) -> bool {
        (self.fix || self.unsafe_fixes) && !self.diff
    }

    /// Whether the changes are to be shown.
    pub const fn shown(&self) -> bool {
        self.diff
    }

    /// Writes the fixes of `findings` to their files, or their diff to `out`. Files that cannot be fixed are named on
    /// standard error; the others are fixed nonetheless.
    pub fn apply(&self, findings: &[Finding], out: &mut dyn Write) -> Result<Fixed, Trouble> {
        let mut done = Fixed::default();
        for file in fix::apply(findings, self.unsafe_fixes) {
            let outcome = file.and_then(|f| {
                if !self.diff {
                    f.write()?;
                }
                Ok(f)
            });
            match outcome {
                Ok(f) => {
                    done.applied += f.applied;
                    if self.diff {
                        write!(out, "{}", f.diff())?;
                    }
                }
                Err(e) => {
                    done.failed += 1;
                    let _ = writeln!(io::stderr(), "error: {e}");
                }
            }
        }
        Ok(done)
    }
}
