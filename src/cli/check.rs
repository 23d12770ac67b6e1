//! `bilint check`: arguments, what is printed where, and the exit code.

use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;

use super::console::Console;
use super::fail_on::FailOn;
use super::{
    EXIT_CLEAN, EXIT_FINDINGS, EXIT_TROUBLE, Outcome, Trouble, annotating, dry_run, filters, fixing, inputs, outputs,
};
use crate::output::Format;
use crate::run::{FixOptions, FixOutcome, Run, RunReport, Settings};
use crate::text::{printable_lines, printable_path};

/// Arguments of `bilint check`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  bilint check                       the sources of bilint.toml, or this folder
  bilint check report.zh.md report.en.md
      two texts that translate each other
  bilint check --dry-run docs        what would be compared with what
  bilint check --fix docs            correct what can be corrected safely
  bilint check --select terms,number-mismatch docs
  bilint check --output github --output sarif=bilint.sarif
      annotate a pull request, and write a SARIF file

Exit code 0 if nothing at or above --fail-on was found, 1 if something was, 2 on trouble.")]
pub struct Args {
    #[command(flatten)]
    inputs: inputs::Args,

    /// The lowest severity that makes the exit code 1.
    #[arg(long, value_enum, value_name = "SEVERITY", default_value = "error")]
    fail_on: FailOn,

    /// Print to standard error why each glossary match was kept or dropped.
    #[arg(long)]
    explain_hits: bool,

    /// Check again whenever a text, a glossary or the configuration is saved, until Ctrl-C.
    #[arg(long, conflicts_with_all = ["fix", "unsafe_fixes", "diff", "update_baseline"])]
    pub(super) watch: bool,

    #[command(flatten)]
    outputs: outputs::Args,

    #[command(flatten)]
    filters: filters::Args,

    #[command(flatten)]
    fixes: fixing::Args,
}

impl Args {
    /// The settings that the arguments and the configuration amount to.
    ///
    /// # Errors
    /// A configuration or a list that cannot be read; two outputs for one place; a baseline of a part of the texts.
    pub(super) fn settings(&self) -> Result<Settings, Trouble> {
        let settings = Settings {
            filters: self.filters.settings(),
            max_findings: self.filters.max_findings,
            fail_on: self.fail_on.severity(),
            score: self.outputs.score(),
            outputs: self.output_files()?,
            ..self.inputs.settings()?
        };
        if settings.filters.update_baseline && !settings.part.is_whole() {
            return Err("--update-baseline needs the findings of the whole texts; name no part of them".into());
        }
        Ok(settings)
    }

    /// What is checked.
    pub(super) const fn inputs(&self) -> &inputs::Args {
        &self.inputs
    }

    /// The files that reports are written to.
    ///
    /// # Errors
    /// Two outputs for one place.
    pub(super) fn output_files(&self) -> Result<Vec<PathBuf>, Trouble> {
        Ok(self.outputs.targets()?.into_iter().filter_map(|t| t.file).collect())
    }
}

/// Checks what the arguments name, once.
pub fn run(args: &Args, out: &mut dyn Write, color: bool) -> Outcome {
    args.inputs.start_threads()?;
    let settings = Settings {
        without_contexts: !args.outputs.show_contexts()?,
        ..args.settings()?
    };
    if args.outputs.dry_run {
        return dry_run::run(settings, args.outputs.format.unwrap_or(Format::Text), out);
    }
    check_once(args, settings, out, color)
}

/// Checks what the settings name.
pub(super) fn check_once(args: &Args, settings: Settings, out: &mut dyn Write, color: bool) -> Outcome {
    let targets = args.outputs.targets()?;
    let run = Run::new(settings)?;
    let console = Console::new(args.outputs.quiet, args.explain_hits);
    for warning in run.glossary_warnings() {
        console.glossary_warning(warning);
    }
    let (report, is_written) = if let Some(options) = args.fixes.options() {
        let fixed = run.fix(&options, &console)?;
        print_fixes(&fixed, &options, &console, out)?;
        let is_fixed = fixed.failures.is_empty();
        if options.dry_run {
            let is_complete = is_fixed && fixed.report.failures().next().is_none();
            return Ok(exit_code(is_complete, fixed.applied > 0));
        }
        (fixed.report, is_fixed)
    } else if let Some(copy) = &args.outputs.annotate {
        annotating::run(&run, copy, &console)?
    } else {
        (run.check(&console)?, true)
    };
    if let Some(status) = &report.baseline {
        filters::print_status(status, &console);
    }
    args.outputs.print(&targets, &report, color, out)?;
    out.flush()?;
    let is_complete = is_written && report.failures().next().is_none() && print_nothing_checked(&report, &console);
    Ok(exit_code(is_complete, report.has_failing_findings()))
}

/// Prints the diffs or the number of the fixes, and the files that cannot be fixed.
fn print_fixes(
    fixed: &FixOutcome,
    options: &FixOptions,
    console: &Console,
    out: &mut dyn Write,
) -> Result<(), Trouble> {
    for failure in &fixed.failures {
        console.error(failure);
    }
    if options.dry_run {
        for file in &fixed.files {
            let diff = file.diff();
            // A pipe gets the diff as it is, for `git apply`.
            let is_terminal = io::stdout().is_terminal();
            out.write_all(
                if is_terminal {
                    printable_lines(&diff)
                } else {
                    diff.into()
                }
                .as_bytes(),
            )?;
        }
    } else if options.write_to.is_some() {
        for copy in &fixed.copies {
            let path = copy.path.display().to_string();
            let fixes = fixes(copy.applied);
            console.note(format_args!("{}: {fixes} applied", printable_path(&path)));
        }
    } else {
        console.note(format_args!("{} applied", fixes(fixed.applied)));
    }
    Ok(())
}

/// A number of fixes, as in `2 fixes`.
fn fixes(n: usize) -> String {
    format!("{n} {}", if n == 1 { "fix" } else { "fixes" })
}

/// Prints why nothing was checked. Returns `false` if that is a failure.
fn print_nothing_checked(report: &RunReport, console: &Console) -> bool {
    match report.nothing_checked {
        Some(reason) if reason.is_failure() => {
            console.error(reason);
            false
        }
        Some(reason) => {
            console.note(format_args!("note: {reason}"));
            true
        }
        None => true,
    }
}

const fn exit_code(is_complete: bool, fails: bool) -> u8 {
    match (is_complete, fails) {
        (false, _) => EXIT_TROUBLE,
        (true, true) => EXIT_FINDINGS,
        (true, false) => EXIT_CLEAN,
    }
}
