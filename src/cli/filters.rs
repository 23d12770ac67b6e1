//! The arguments that hide findings: the baseline, waivers, `--since`.

use std::path::PathBuf;

use super::console::Console;
use crate::run::{BaselineStatus, FilterSettings};

/// Which findings to hide.
#[derive(Debug, clap::Args)]
#[group(skip)]
#[command(next_help_heading = "Old findings")]
pub struct Args {
    /// Hide the findings that this file contains; `--update-baseline` writes it.
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,

    /// Write all findings of this run to the baseline, remove those that no longer occur, and report none.
    #[arg(long, requires = "baseline")]
    update_baseline: bool,

    /// Hide the findings that this TOML file waives (`[[waiver]]` with fingerprint or term, reason, who, until).
    #[arg(long, value_name = "FILE")]
    waivers: Option<PathBuf>,

    /// Report only findings about text that changed since this git revision, committed or not: a line of the pair, on
    /// either side, changed, or a paragraph next to it was removed. `main...` means since the branch left main. All
    /// files are still checked as a whole.
    #[arg(long, value_name = "REV", conflicts_with = "update_baseline")]
    since: Option<String>,

    /// Show at most N findings, most severe first (totals and exit code still count all).
    #[arg(long, value_name = "N")]
    pub max_findings: Option<usize>,
}

impl Args {
    /// What the arguments ask of a run.
    pub fn settings(&self) -> FilterSettings {
        FilterSettings {
            baseline: self.baseline.clone(),
            update_baseline: self.update_baseline,
            waivers: self.waivers.clone(),
            update_waivers: false,
            since: self.since.clone(),
        }
    }
}

/// Prints what an update did to the baseline, or what an update would remove from it.
pub fn print_status(status: &BaselineStatus, console: &Console) {
    let (file, outdated) = (status.file.display(), status.outdated.len());
    if status.updated {
        console.note(format_args!(
            "{file}: {} findings, {} of them new; {outdated} no longer occur and were removed",
            status.entries, status.added
        ));
        return;
    }
    if outdated == 0 {
        return;
    }
    let all = status.entries;
    console.note(format_args!(
        "note: {outdated} of {all} findings in {file} no longer occur; `--update-baseline` removes them:"
    ));
    for e in &status.outdated {
        console.note(format_args!("  {}: {}: {}", e.file, e.rule, e.message));
    }
}
