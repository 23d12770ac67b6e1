//! `bilint glossary diff`.

use std::io::Write;

use super::revision::glossary_at;
use super::target::{Format, Target};
use crate::cli::{EXIT_CLEAN, EXIT_FINDINGS, Outcome};
use crate::glossary::exchange::{Difference, differences};
use crate::output::{self, printable};

/// Arguments of `bilint glossary diff`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  bilint glossary diff                what the working tree changes
  bilint glossary diff main...        what this branch changes
  bilint glossary diff v1.0 v1.1      what changed between two releases

Exit code 0 if nothing changed, 1 if something did, 2 on trouble.")]
pub struct Args {
    /// The revision to compare with; `main...` is where the branch left main.
    #[arg(value_name = "REV", default_value = "HEAD")]
    from: String,

    /// The revision that is compared. Default: the files as they are now.
    #[arg(value_name = "REV")]
    to: Option<String>,

    #[command(flatten)]
    target: Target,

    /// How to print the changes.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// Prints in words how a glossary changed.
pub fn run(args: &Args, out: &mut dyn Write) -> Outcome {
    let paths = args.target.paths()?;
    if paths.is_empty() {
        return Err("the built-in glossary has no history: name the files with --glossary".into());
    }
    let from = glossary_at(&args.from, &paths)?;
    let to = match &args.to {
        Some(to) => glossary_at(to, &paths)?.glossary,
        None => args.target.load()?.glossary,
    };
    let found = differences(from.glossary.concepts(), to.concepts());
    match args.format {
        Format::Json => output::pretty(&found, out)?,
        Format::Text if found.is_empty() => writeln!(out, "no concept changed")?,
        Format::Text => {
            for difference in &found {
                write(difference, out)?;
            }
        }
    }
    Ok(if found.is_empty() { EXIT_CLEAN } else { EXIT_FINDINGS })
}

/// Prints what happened to a concept.
pub(super) fn write(difference: &Difference, out: &mut dyn Write) -> std::io::Result<()> {
    let Difference {
        id,
        names,
        change,
        words,
    } = difference;
    writeln!(out, "{:8} {}: {}", change.name(), printable(id), printable(names))?;
    for line in words {
        writeln!(out, "           {}", printable(line))?;
    }
    Ok(())
}
