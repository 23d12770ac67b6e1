//! `bilint glossary test`.

use std::io::{self, Write};

use super::target::{Format, Target};
use crate::cli::{EXIT_CLEAN, EXIT_FINDINGS, Outcome};
use crate::output::{self, printable};
use crate::run::{CheckedExample, Settings, check_examples};

/// Arguments of `bilint glossary test`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  bilint glossary test
  bilint glossary test --glossary names.toml --format json

An entry may have examples, texts that use its names rightly, and counterexamples:

  example = [{ zh = \"国务院开会。\", en = \"The State Council met.\" }]
  counterexample = [{ zh = \"国务院开会。\", en = \"The State Department met.\" }]

On an example, no rule may report the concept; on a counterexample, one must. Each is checked on its own against the whole \
glossary. Exit code 0 if all pass, 1 if one fails, 2 on trouble.")]
pub struct Args {
    #[command(flatten)]
    target: Target,

    /// How to print the results. JSON has all of them, the text those that fail.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// Checks the examples of the entries.
pub fn run(args: &Args, out: &mut dyn Write) -> Outcome {
    let glossary = args.target.load()?;
    let settings = Settings {
        config: args.target.config()?,
        ..Settings::default()
    };
    let checked = check_examples(settings, glossary)?;
    let failed: Vec<&CheckedExample> = checked.iter().filter(|example| !example.passes()).collect();
    match args.format {
        Format::Json => output::pretty(&checked, out)?,
        Format::Text => {
            for example in &failed {
                print(example, out)?;
            }
            let fail = failed.len();
            writeln!(out, "{} of {} examples pass", checked.len() - fail, checked.len())?;
        }
    }
    Ok(if failed.is_empty() { EXIT_CLEAN } else { EXIT_FINDINGS })
}

fn print(example: &CheckedExample, out: &mut dyn Write) -> io::Result<()> {
    let what = if example.counterexample {
        "counterexample"
    } else {
        "example"
    };
    let place = example.place.to_string();
    writeln!(
        out,
        "{}: {what} {} of {} fails",
        printable(&place),
        example.number,
        printable(&example.id)
    )?;
    writeln!(out, "    {}", printable(&example.zh))?;
    writeln!(out, "    {}", printable(&example.en))?;
    if example.reported.is_empty() {
        writeln!(out, "    no rule reports the concept")?;
    }
    for (rule, message) in &example.reported {
        writeln!(out, "    {rule}: {}", printable(message))?;
    }
    Ok(())
}
