//! `bilint segment`: the words and the glossary names of a Chinese text.

use std::io::Write;
use std::path::PathBuf;

use super::completions::values;
use super::config::Choice;
use super::console::Console;
use super::{EXIT_CLEAN, Outcome};
use crate::language::zh::segment;
use crate::run::{explain_text, load_glossary};

/// Arguments of `bilint segment`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  bilint segment 支持发展中国家")]
pub struct Args {
    /// A Chinese text.
    text: String,

    /// Use this glossary instead of the built-in one. May be repeated.
    #[arg(long, value_name = "FILE", add = values::glossaries())]
    glossary: Vec<PathBuf>,

    #[command(flatten)]
    config: Choice,
}

/// Shows the words and the glossary names of a text.
pub fn run(args: &Args, out: &mut dyn Write) -> Outcome {
    let config = args.config.load()?;
    let loaded = load_glossary(config.glossaries_or(&args.glossary))?;
    let console = Console::default();
    for warning in &loaded.warnings {
        console.warning(warning);
    }
    let words: Vec<&str> = segment::words(&args.text)
        .into_iter()
        .map(|w| w.of(&args.text))
        .collect();
    writeln!(out, "{}", words.join(" | "))?;
    for hit in explain_text(&loaded.glossary, &args.text) {
        writeln!(out, "{hit}")?;
    }
    Ok(EXIT_CLEAN)
}
