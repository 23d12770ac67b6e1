//! The arguments of `bilint check` that change files: `--fix`, `--unsafe-fixes`, `--diff`, `--write-to`.

use std::path::PathBuf;

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

    #[command(flatten)]
    copies: Copies,
}

/// Where fixed copies go.
#[derive(Debug, clap::Args)]
#[group(skip)]
struct Copies {
    /// Write a fixed copy and leave the file as it is (implies --fix). For several files, name a folder, as in
    /// `--write-to fixed/`. An existing copy is never replaced, and the report is about the file as it is.
    #[arg(long, value_name = "COPY", conflicts_with_all = ["diff", "update_baseline", "watch", "dry_run"])]
    write_to: Option<PathBuf>,

    /// With --write-to: make the fixes of Word documents tracked changes.
    #[arg(long, requires = "write_to")]
    track_changes: bool,
}

impl Args {
    /// Which fixes to apply, if any.
    pub fn options(&self) -> Option<FixOptions> {
        (self.fix || self.unsafe_fixes || self.diff || self.copies.write_to.is_some()).then(|| FixOptions {
            unsafe_fixes: self.unsafe_fixes,
            dry_run: self.diff,
            write_to: self.copies.write_to.clone(),
            tracked: self.copies.track_changes,
        })
    }
}
