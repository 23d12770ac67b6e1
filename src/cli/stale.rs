//! `bilint stale`: translations that are older than their sources.

use std::io::Write;

use super::console::Console;
use super::fail_on::FailOn;
use super::{EXIT_CLEAN, EXIT_FINDINGS, EXIT_TROUBLE, Outcome, color, filters, inputs};
use crate::output::{Emitter, Format, Statistics, Style};
use crate::run::{Settings, find_stale};

/// Arguments of `bilint stale`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  bilint stale docs                  what is older than its source
  bilint stale --since main... docs  what a branch changes
  bilint stale --statistics docs     how many, by page

Exit code 0 if nothing at or above --fail-on was found, 1 if something was, 2 on trouble. \
    `bilint rules` lists the rules (group history), `bilint explain RULE` explains one.")]
pub struct Args {
    #[command(flatten)]
    inputs: inputs::Args,

    /// The lowest severity that makes the exit code 1.
    #[arg(long, value_enum, value_name = "SEVERITY", default_value = "warning")]
    fail_on: FailOn,

    /// How to print the report.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,

    /// Print the number of findings by rule and by page instead of the findings.
    #[arg(long, conflicts_with = "format")]
    statistics: bool,

    /// Print findings only: no summary, nothing at all where every translation is up to date.
    #[arg(long, short)]
    quiet: bool,

    #[command(flatten)]
    filters: filters::Args,
}

/// Finds what is stale.
pub fn run(args: &Args, out: &mut dyn Write, is_colored: bool) -> Outcome {
    args.inputs.start_threads()?;
    let settings = Settings {
        filters: args.filters.settings(),
        max_findings: args.filters.max_findings,
        fail_on: args.fail_on.severity(),
        ..args.inputs.settings()?
    };
    let console = Console::new(args.quiet, false);
    let report = find_stale(&settings, &console)?;
    if let Some(status) = &report.baseline {
        filters::print_status(status, &console);
    }
    if args.statistics {
        Statistics.emit(&report, out)?;
    } else {
        let style = Style {
            quiet: args.quiet,
            ..Style::new(is_colored, color::terminal_width())
        };
        args.format.emitter(style).emit(&report, out)?;
    }
    Ok(if report.failures().next().is_some() {
        EXIT_TROUBLE
    } else if report.has_failing_findings() {
        EXIT_FINDINGS
    } else {
        EXIT_CLEAN
    })
}
