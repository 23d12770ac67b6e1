//! `bilint check`: arguments, what is printed where, and the exit code.

use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

use encoding_rs::Encoding;

use super::config::Choice;
use super::console::Console;
use super::fail_on::FailOn;
use super::{EXIT_CLEAN, EXIT_FINDINGS, EXIT_TROUBLE, Outcome, Trouble, dry_run, file_list, filters, fixing, outputs};
use crate::output::Format;
use crate::run::{FixOptions, FixOutcome, Run, RunReport, Settings};
use crate::text::printable_lines;

/// Arguments of `bilint check`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Files and folders to check, two files that are translations of each other, or `-` for standard input. Default: the
    /// configured sources, or the current folder.
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// Check against this glossary (TOML, CSV or TSV file, or a folder of them) instead of the built-in one. May be
    /// repeated.
    #[arg(long, value_name = "FILE")]
    glossary: Vec<PathBuf>,

    /// Run only these rules or groups (comma-separated). A group names its rules that are on by default, `all` every rule.
    #[arg(long, value_name = "RULES", value_delimiter = ',')]
    select: Vec<String>,

    /// Do not run these rules or groups (comma-separated).
    #[arg(long, value_name = "RULES", value_delimiter = ',')]
    ignore: Vec<String>,

    /// The lowest severity that makes the exit code 1.
    #[arg(long, value_enum, value_name = "SEVERITY", default_value = "error")]
    fail_on: FailOn,

    #[command(flatten)]
    config: Choice,

    /// Print to standard error why each glossary match was kept or dropped.
    #[arg(long)]
    explain_hits: bool,

    /// The encoding of all files (a label of the Encoding Standard, such as `gb18030`) if detection fails.
    #[arg(long, value_name = "LABEL", value_parser = parse_encoding)]
    encoding: Option<&'static Encoding>,

    /// Apply configured excludes to explicitly named paths too (for hooks).
    #[arg(long)]
    force_exclude: bool,

    /// Check the files in this list, one per line or separated by NUL, and their translations; `-` reads the list from
    /// standard input. Files that bilint does not read are left out, so the list may be that of a commit.
    #[arg(long, value_name = "FILE")]
    file_list: Option<PathBuf>,

    /// Check again whenever a text, a glossary or the configuration is saved, until Ctrl-C.
    #[arg(long, conflicts_with_all = ["fix", "unsafe_fixes", "diff", "update_baseline"])]
    pub(super) watch: bool,

    /// The file name for standard input; its extension decides the format.
    #[arg(long, value_name = "NAME")]
    stdin_filename: Option<PathBuf>,

    /// Number of threads, at most one per core of the machine (0: one per core).
    #[arg(long, value_name = "N", default_value_t = 0)]
    threads: usize,

    #[command(flatten)]
    outputs: outputs::Args,

    #[command(flatten)]
    filters: filters::Args,

    #[command(flatten)]
    fixes: fixing::Args,
}

/// The threads that the machine runs at a time, as far as this process may use them.
fn most_threads() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

pub(super) fn parse_encoding(label: &str) -> Result<&'static Encoding, String> {
    Encoding::for_label(label.trim().as_bytes()).ok_or_else(|| {
        format!("unknown encoding “{label}”; use a label of the Encoding Standard, such as utf-8, gb18030, gbk, big5 or utf-16le")
    })
}

impl Args {
    /// The settings that the arguments and the configuration amount to.
    ///
    /// # Errors
    /// A configuration or a list that cannot be read.
    pub(super) fn settings(&self) -> Result<Settings, Trouble> {
        Ok(Settings {
            config: self.config.load()?,
            paths: self.paths.clone(),
            file_list: file_list::read(self.file_list.as_deref(), &self.paths)?,
            glossaries: self.glossary.clone(),
            select: self.select.clone(),
            ignore: self.ignore.clone(),
            encoding: self.encoding,
            stdin_name: self.stdin_filename.clone(),
            force_exclude: self.force_exclude,
            filters: self.filters.settings(),
            max_findings: self.filters.max_findings,
            fail_on: self.fail_on.severity(),
            score: self.outputs.score(),
            outputs: self.output_files()?,
            ..Settings::default()
        })
    }

    /// Starts as many threads as `--threads` says, but no more than the machine runs at a time: more would only take memory.
    ///
    /// # Errors
    /// The threads were started before, or cannot be started.
    pub(super) fn start_threads(&self) -> Result<(), Trouble> {
        if self.threads > 0 {
            rayon::ThreadPoolBuilder::new()
                .num_threads(self.threads.min(most_threads()))
                .build_global()?;
        }
        Ok(())
    }

    /// Whether standard input is one of the paths, or the list of files.
    pub(super) fn reads_stdin(&self) -> bool {
        self.paths.iter().chain(&self.file_list).any(|p| p.as_os_str() == "-")
    }

    /// The configuration file that is read.
    pub(super) fn config_file(&self) -> Option<PathBuf> {
        self.config.file()
    }

    /// The list of files.
    pub(super) fn list(&self) -> Option<&Path> {
        self.file_list.as_deref()
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
    args.start_threads()?;
    let settings = args.settings()?;
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
    let (report, is_fixed) = if let Some(options) = args.fixes.options() {
        let fixed = run.fix(options, &console)?;
        print_fixes(&fixed, options, &console, out)?;
        let is_fixed = fixed.failures.is_empty();
        if options.dry_run {
            let is_complete = is_fixed && fixed.report.failures().next().is_none();
            return Ok(exit_code(is_complete, fixed.applied > 0));
        }
        (fixed.report, is_fixed)
    } else {
        (run.check(&console)?, true)
    };
    if let Some(status) = &report.baseline {
        filters::print_status(status, &console);
    }
    args.outputs.print(&targets, &report, color, out)?;
    out.flush()?;
    let is_complete = is_fixed && report.failures().next().is_none() && print_nothing_checked(&report, &console);
    Ok(exit_code(is_complete, report.has_failing_findings()))
}

/// Prints the diffs or the number of the fixes, and the files that cannot be fixed.
fn print_fixes(fixed: &FixOutcome, options: FixOptions, console: &Console, out: &mut dyn Write) -> Result<(), Trouble> {
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
    } else {
        let noun = if fixed.applied == 1 { "fix" } else { "fixes" };
        console.note(format_args!("{} {noun} applied", fixed.applied));
    }
    Ok(())
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
