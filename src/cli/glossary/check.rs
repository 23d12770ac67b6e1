//! `bilint glossary check`.

use std::io::Write;
use std::path::PathBuf;

use clap::ValueEnum;

use crate::cli::completions::values;
use crate::cli::config::Choice;
use crate::cli::console::Console;
use crate::cli::fail_on::FailOn;
use crate::cli::{EXIT_CLEAN, EXIT_FINDINGS, Outcome, color, filters};
use crate::glossary;
use crate::output::{Format, Style};
use crate::run::{GlossarySettings, check_glossary};

/// Arguments of `bilint glossary check`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  bilint glossary check                      the glossaries of bilint.toml
  bilint glossary check --corpus texts/ names.toml
  bilint glossary check --select all --grade B names.toml

Exit code 0 if nothing at or above --fail-on was found, 1 if something was, 2 on trouble. \
    `bilint rules` lists the rules (group glossary), `bilint explain RULE` explains one. A comment before [[concept]] \
    suppresses a finding: # bilint: ignore[acronym-not-spelt] French.")]
pub struct Args {
    /// Glossary files and folders of them. Default: the glossaries of bilint.toml, or else the built-in one.
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// Run only these rules (comma-separated); `all` runs those that are off by default, too.
    #[arg(long, value_name = "RULES", value_delimiter = ',', add = values::glossary_rules())]
    select: Vec<String>,

    /// Do not run these rules (comma-separated).
    #[arg(long, value_name = "RULES", value_delimiter = ',', add = values::glossary_rules())]
    ignore: Vec<String>,

    /// Texts to look the names up in, files or folders: reports entries that no text uses, names that are everyday words there,
    /// and cited texts that write a name otherwise. May be repeated.
    #[arg(long, value_name = "PATH")]
    corpus: Vec<PathBuf>,

    /// Report entries whose grade is below this one.
    #[arg(long, value_enum, value_name = "GRADE", ignore_case = true)]
    grade: Option<Grade>,

    /// The lowest severity that makes the exit code 1.
    #[arg(long, value_enum, value_name = "SEVERITY", default_value = "error")]
    fail_on: FailOn,

    #[command(flatten)]
    config: Choice,

    /// How to print the report.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,

    /// Print findings only: no summary, nothing at all for a clean glossary.
    #[arg(long, short)]
    quiet: bool,

    #[command(flatten)]
    filters: filters::Args,
}

/// The grades of sources.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Grade {
    /// A page or document of the owner of the name.
    A,
    /// An official outlet or a standard.
    B,
    /// A reliable secondary source.
    C,
    /// None.
    D,
}

/// Checks a glossary.
pub fn run(args: &Args, out: &mut dyn Write, is_colored: bool) -> Outcome {
    let settings = GlossarySettings {
        config: args.config.load()?,
        glossaries: args.paths.clone(),
        select: args.select.clone(),
        ignore: args.ignore.clone(),
        filters: args.filters.settings(),
        corpus: args.corpus.clone(),
        grade: args.grade.map(|grade| match grade {
            Grade::A => glossary::Grade::A,
            Grade::B => glossary::Grade::B,
            Grade::C => glossary::Grade::C,
            Grade::D => glossary::Grade::D,
        }),
        fail_on: args.fail_on.severity(),
        max_findings: args.filters.max_findings,
    };
    let console = Console::new(args.quiet, false);
    let report = check_glossary(&settings, &console)?;
    if let Some(status) = &report.baseline {
        filters::print_status(status, &console);
    }
    let style = Style {
        quiet: args.quiet,
        ..Style::new(is_colored, color::terminal_width())
    };
    args.format.emitter(style).emit(&report, out)?;
    Ok(if report.has_failing_findings() {
        EXIT_FINDINGS
    } else {
        EXIT_CLEAN
    })
}
