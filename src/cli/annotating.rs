//! `bilint check --annotate`: copies of the texts with the findings as comments.

use std::path::Path;

use super::Trouble;
use super::console::Console;
use crate::run::{Run, RunReport};
use crate::text::printable_path;

/// Checks and writes the copies. Returns the report, and whether every file got its copy.
pub fn run(run: &Run, out: &Path, console: &Console) -> Result<(RunReport, bool), Trouble> {
    let outcome = run.annotate(out, console)?;
    for failure in &outcome.failures {
        console.error(failure);
    }
    for copy in &outcome.copies {
        let noun = if copy.comments == 1 { "comment" } else { "comments" };
        let path = copy.path.display().to_string();
        console.note(format_args!("{}: {} {noun}", printable_path(&path), copy.comments));
    }
    Ok((outcome.report, outcome.failures.is_empty()))
}
