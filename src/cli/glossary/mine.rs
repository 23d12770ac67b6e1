//! `bilint glossary mine`.

use std::io::{IsTerminal, Write};
use std::path::PathBuf;

use clap::ValueEnum;

use super::mined::{workbook, write_text, write_toml};
use super::target::Target;
use crate::cli::console::Console;
use crate::cli::{EXIT_CLEAN, EXIT_TROUBLE, Outcome};
use crate::file::write_atomically;
use crate::output;
use crate::run::{Run, Settings, mine, settings_for_names};
use crate::text::display_path;

/// Arguments of `bilint glossary mine`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  bilint glossary mine texts/                  what to decide first
  bilint glossary mine texts/ --format toml >> names.toml
      entries to correct and complete
  bilint glossary mine texts/ -o names.xlsx    what `import` takes back

A name is proposed from two pairs on. Conflicts, names that the texts render by different ones, come first; then the surest.")]
pub struct Args {
    /// Texts, as for `bilint check`. Default: the sources of bilint.toml, or the current folder.
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,

    #[command(flatten)]
    target: Target,

    /// Print at most this many names.
    #[arg(long, value_name = "N", default_value_t = 200)]
    limit: usize,

    /// How to print them. Default: by the extension of --output, or else a table.
    #[arg(long, value_enum)]
    format: Option<Format>,

    /// The file to write. Default: standard output.
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people.
    Table,
    /// Entries of a glossary, to be corrected and completed.
    Toml,
    /// A workbook with a row for each rendering.
    Xlsx,
    /// JSON.
    Json,
}

impl Args {
    fn format(&self) -> Format {
        let extension = self.output.as_deref().and_then(|path| path.extension()?.to_str());
        self.format.unwrap_or(match extension {
            Some("toml") => Format::Toml,
            Some("xlsx") => Format::Xlsx,
            Some("json") => Format::Json,
            _ => Format::Table,
        })
    }
}

/// Prints names in texts that the glossary lacks.
pub fn run(args: &Args, out: &mut dyn Write) -> Outcome {
    let loaded = args.target.load()?;
    let concepts = loaded.glossary.concepts().to_vec();
    let settings = settings_for_names(Settings {
        config: args.target.config()?,
        paths: args.paths.clone(),
        ..Settings::default()
    });
    let run = Run::with_glossary(settings, loaded)?;
    let console = Console::default();
    let mined = mine(&run, &concepts, &console)?;
    let shown = &mined[..mined.len().min(args.limit)];
    let mut bytes = Vec::new();
    match args.format() {
        Format::Json => output::pretty(&shown, &mut bytes)?,
        Format::Toml => write_toml(shown, &concepts, &mut bytes)?,
        Format::Xlsx if args.output.is_none() && std::io::stdout().is_terminal() => {
            return Err("a workbook is no text for a terminal: name a file with --output, such as names.xlsx".into());
        }
        Format::Xlsx => bytes = workbook(shown)?,
        Format::Table => write_text(shown, mined.len(), &mut bytes)?,
    }
    match &args.output {
        Some(path) => {
            write_atomically(path, &bytes).map_err(|e| format!("cannot write {}: {e}", display_path(path)))?;
        }
        None => out.write_all(&bytes)?,
    }
    Ok(if console.errors() > 0 { EXIT_TROUBLE } else { EXIT_CLEAN })
}
