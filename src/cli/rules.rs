//! `bilint rules`: the list of rules.

use std::io::Write;

use clap::ValueEnum;
use serde::Serialize;

use super::{EXIT_CLEAN, Outcome};
use crate::output;
use crate::rules::{self, Fixable};

/// Arguments of `bilint rules`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  bilint rules
  bilint rules --format json")]
pub struct Args {
    /// How to print the list.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// A table.
    Text,
    /// An array of objects.
    Json,
}

#[derive(Serialize)]
struct Row {
    id: &'static str,
    group: &'static str,
    severity: &'static str,
    summary: &'static str,
    fixable: Fixable,
    since: &'static str,
    default: bool,
}

/// Prints the list.
pub fn run(args: &Args, out: &mut dyn Write) -> Outcome {
    let rows: Vec<Row> = rules::all()
        .iter()
        .map(|r| r.meta())
        .map(|m| Row {
            id: m.id,
            group: m.group.name(),
            severity: m.severity.name(),
            summary: m.summary(),
            fixable: m.fixable,
            since: m.since,
            default: m.on_by_default,
        })
        .collect();
    match args.format {
        Format::Json => output::pretty(&rows, out)?,
        Format::Text => {
            let wide = rows.iter().map(|r| r.id.len()).max().unwrap_or(0);
            for r in &rows {
                let off = if r.default { "" } else { " (off by default)" };
                writeln!(
                    out,
                    "{:wide$}  {:11}  {:7}  {}{off}",
                    r.id, r.group, r.severity, r.summary
                )?;
            }
        }
    }
    Ok(EXIT_CLEAN)
}
