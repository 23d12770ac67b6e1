//! `bilint check --dry-run`: what would be paired with what, and why a file is left out.

use std::io::Write;

use super::{EXIT_CLEAN, EXIT_TROUBLE, Outcome};
use crate::run::{Run, Settings};

/// Prints what a run with these settings would check.
pub fn run(settings: Settings, out: &mut dyn Write) -> Outcome {
    let plan = Run::new(settings)?.plan()?;
    for (zh, en) in &plan.pairs {
        writeln!(out, "pair: {zh} + {en}")?;
    }
    for file in &plan.single {
        writeln!(out, "both languages: {file}")?;
    }
    for skipped in &plan.left_out {
        writeln!(out, "left out: {}: {}", skipped.file, skipped.reason)?;
    }
    if plan.is_empty() {
        writeln!(out, "nothing would be checked")?;
        return Ok(EXIT_TROUBLE);
    }
    Ok(EXIT_CLEAN)
}
