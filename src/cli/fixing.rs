//! The arguments of `bilint check` that change files: `--fix`, `--unsafe-fixes`, `--diff`.

use crate::run::FixOptions;

/// Which fixes to apply.
#[derive(Debug, clap::Args)]
#[group(skip)]
#[command(next_help_heading = "Fixes")]
pub struct Args {
    /// Apply the safe fixes and report what is left.
    #[arg(long, conflicts_with = "update_baseline")]
    fix: bool,

    /// Also apply the fixes that a person should review (implies --fix).
    #[arg(long, conflicts_with = "update_baseline")]
    unsafe_fixes: bool,

    /// Show what --fix would change instead of changing it; the exit code is 1 if there is anything to fix.
    #[arg(long, conflicts_with = "update_baseline")]
    pub diff: bool,
}

impl Args {
    /// Which fixes to apply, if any.
    pub fn options(&self) -> Option<FixOptions> {
        (self.fix || self.unsafe_fixes || self.diff).then_some(FixOptions {
            unsafe_fixes: self.unsafe_fixes,
            dry_run: self.diff,
        })
    }
}
