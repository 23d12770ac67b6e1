//! `bilint glossary coverage`.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::ValueEnum;
use serde::Serialize;

use super::target::Target;
use crate::cli::console::Console;
use crate::cli::{EXIT_CLEAN, EXIT_TROUBLE, Outcome, Trouble};
use crate::glossary::{Concept, Status};
use crate::output::{self, printable};
use crate::run::{Run, Settings, Usage, coverage, settings_for_names};
use crate::text::formula::guarded;

/// Arguments of `bilint glossary coverage`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  bilint glossary coverage texts/
      every concept that the texts name, with its renderings
  bilint glossary coverage texts/ --only unused     what no text uses
  bilint glossary coverage texts/ --only several    what has several renderings")]
pub struct Args {
    /// Texts, as for `bilint check`. Default: the sources of bilint.toml, or the current folder.
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,

    #[command(flatten)]
    target: Target,

    /// Print only some of the concepts.
    #[arg(long, value_enum)]
    only: Option<Only>,

    /// How to print them.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Only {
    /// Those that a text names.
    Used,
    /// Those that no text names.
    Unused,
    /// Those with more than one rendering.
    Several,
    /// Those that some text does not render.
    Unrendered,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people.
    Text,
    /// JSON.
    Json,
    /// A row for each rendering.
    Csv,
}

#[derive(Serialize)]
struct Row<'a> {
    id: &'a str,
    zh: &'a str,
    en: &'a str,
    pairs: usize,
    renderings: Vec<Rendering<'a>>,
    unrendered: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    first_unrendered: Option<&'a str>,
}

#[derive(Serialize)]
struct Rendering<'a> {
    text: &'a str,
    status: Status,
    pairs: usize,
}

/// Prints which concepts the texts name, and how they render each.
pub fn run(args: &Args, out: &mut dyn Write) -> Outcome {
    let glossary = args.target.load()?;
    let concepts = glossary.glossary.concepts().to_vec();
    let settings = settings_for_names(Settings {
        config: args.target.config()?,
        paths: args.paths.clone(),
        ..Settings::default()
    });
    let console = Console::default();
    let usage = coverage(&Run::with_glossary(settings, glossary)?, concepts.len(), &console)?;
    let rows: Vec<Row<'_>> = concepts.iter().zip(&usage).map(|(c, u)| row(c, u)).collect();
    let shown: Vec<&Row<'_>> = rows.iter().filter(|r| args.shows(r)).collect();
    match args.format {
        Format::Json => output::pretty(&shown, out)?,
        Format::Csv => write_csv(&shown, out)?,
        Format::Text => {
            for row in &shown {
                print(row, out)?;
            }
            writeln!(out, "{}", summary(&rows))?;
        }
    }
    Ok(if console.errors() > 0 { EXIT_TROUBLE } else { EXIT_CLEAN })
}

impl Args {
    fn shows(&self, row: &Row<'_>) -> bool {
        match self.only {
            // In JSON and CSV, people count what is unused themselves.
            None => row.pairs > 0 || self.format != Format::Text,
            Some(Only::Used) => row.pairs > 0,
            Some(Only::Unused) => row.pairs == 0,
            Some(Only::Several) => row.renderings.len() > 1,
            Some(Only::Unrendered) => row.unrendered > 0,
        }
    }
}

fn row<'a>(concept: &'a Concept, usage: &'a Usage) -> Row<'a> {
    let renderings = usage.by_frequency().into_iter();
    Row {
        id: &concept.id,
        zh: concept.preferred_zh().unwrap_or_default(),
        en: concept.preferred_en().unwrap_or_default(),
        pairs: usage.pairs,
        renderings: renderings
            .map(|(text, status, pairs)| Rendering { text, status, pairs })
            .collect(),
        unrendered: usage.unrendered,
        first_unrendered: usage.first_unrendered.as_deref(),
    }
}

fn print(row: &Row<'_>, out: &mut dyn Write) -> io::Result<()> {
    let pairs = plural(row.pairs, "pair");
    writeln!(
        out,
        "{}: {} = {}: {pairs}",
        printable(row.id),
        printable(row.zh),
        printable(row.en)
    )?;
    for rendering in &row.renderings {
        let status = match rendering.status {
            status if status.is_accepted() => String::new(),
            status => format!(" ({})", status.name()),
        };
        writeln!(out, "  {:6}  {}{status}", rendering.pairs, printable(rendering.text))?;
    }
    if let Some(place) = row.first_unrendered {
        writeln!(
            out,
            "  {:6}  none of its names, first at {}",
            row.unrendered,
            printable(place)
        )?;
    }
    Ok(())
}

fn summary(rows: &[Row<'_>]) -> String {
    let count = |wanted: fn(&Row<'_>) -> bool| rows.iter().filter(|r| wanted(r)).count();
    format!(
        "{} of {} named by the texts, {} never; {} rendered in more than one way, {} not rendered somewhere",
        count(|r| r.pairs > 0),
        plural(rows.len(), "concept"),
        count(|r| r.pairs == 0),
        count(|r| r.renderings.len() > 1),
        count(|r| r.unrendered > 0),
    )
}

/// `1 pair`, `2 pairs`.
pub(super) fn plural(n: usize, noun: &str) -> String {
    format!("{n} {noun}{}", if n == 1 { "" } else { "s" })
}

fn write_csv(rows: &[&Row<'_>], out: &mut dyn Write) -> Result<(), Trouble> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(["id", "zh", "en", "rendering", "status", "pairs"])?;
    for row in rows {
        let mut record = |rendering: &str, status: &str, pairs: usize| {
            let pairs = pairs.to_string();
            writer.write_record(
                [row.id, row.zh, row.en, rendering, status, &pairs].map(|cell| guarded(cell).into_owned()),
            )
        };
        for r in &row.renderings {
            record(r.text, r.status.name(), r.pairs)?;
        }
        if row.unrendered > 0 || row.pairs == 0 {
            record("", "", row.unrendered)?;
        }
    }
    writer.flush()?;
    Ok(())
}
