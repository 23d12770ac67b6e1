//! `bilint quantities`: the quantities of a text, to see what bilint reads as one.

use std::io::Write;

use clap::ValueEnum;
use serde::Serialize;

use super::{EXIT_CLEAN, Outcome};
use crate::language::quantity::Hedge;
use crate::output::{self, quantities};
use crate::text::{Side, script};

/// Arguments of `bilint quantities`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  bilint quantities 投资3.2万亿元，比上年增长百分之五。")]
pub struct Args {
    /// A Chinese or English text.
    text: String,

    /// Its language. Default: detected from the script.
    #[arg(long, value_enum, value_name = "LANGUAGE")]
    side: Option<Language>,

    /// How to print the list.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Language {
    /// Chinese.
    Zh,
    /// English.
    En,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// A table.
    Text,
    /// An array of objects.
    Json,
}

/// Prints the quantities of a text.
pub fn run(args: &Args, out: &mut dyn Write) -> Outcome {
    let text = args.text.as_str();
    let side = match args.side {
        Some(Language::Zh) => Side::Zh,
        Some(Language::En) => Side::En,
        None => script::side_of(text).unwrap_or(Side::Zh),
    };
    let rows = quantities::rows(text, side);
    match args.format {
        Format::Json => output::pretty(&rows, out)?,
        Format::Text => {
            for r in &rows {
                write!(out, "{}\t{}\t{}", r.text, name(r.kind)?, r.value)?;
                if r.hedge != Hedge::Exact {
                    write!(out, "\t{}", name(r.hedge)?)?;
                }
                if let Some(bound) = r.range {
                    write!(out, "\t{} end of a range", name(bound)?)?;
                }
                if r.common_word {
                    write!(out, "\tcommon word")?;
                }
                writeln!(out)?;
            }
        }
    }
    Ok(EXIT_CLEAN)
}

/// The name that JSON uses as well.
fn name(value: impl Serialize) -> serde_json::Result<String> {
    let name = serde_json::to_value(value)?;
    Ok(name.as_str().unwrap_or_default().to_owned())
}
