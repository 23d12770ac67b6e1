//! `bilint align`: which units of two texts translate each other.

use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;

use clap::ValueEnum;

use super::config::Choice;
use super::console::Console;
use super::{EXIT_CLEAN, EXIT_TROUBLE, Outcome, Trouble};
use crate::output::align::{Format, write};
use crate::run::{AlignUnit, Alignment, LexiconChoice, Run, Settings};
use crate::text::printable_lines;

/// Arguments of `bilint align`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Two texts that are translations of each other, in either order; or files and folders as for `check`.
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// What to align.
    #[arg(long, value_enum, default_value_t = UnitArg::Paragraph)]
    unit: UnitArg,

    /// How to print the beads.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,

    /// The bilingual lexicon: a file written by glossary/lexicon/build.py, or `none`. Default: the built-in one.
    #[arg(long, value_name = "FILE")]
    lexicon: Option<PathBuf>,

    /// Use the names in this glossary (TOML, CSV or TSV file, or a folder of them) as anchors instead of those in the
    /// built-in one. May be repeated. Lines are aligned without a glossary.
    #[arg(long, value_name = "FILE")]
    glossary: Vec<PathBuf>,

    #[command(flatten)]
    config: Choice,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum UnitArg {
    /// Every line of two plain texts, empty lines included.
    Line,
    /// Paragraphs, headings, list items, cells.
    Paragraph,
    /// Sentences, inside aligned paragraphs.
    Sentence,
}

/// Aligns and prints.
pub fn run(args: &Args, out: &mut dyn Write) -> Outcome {
    let run = Run::new(Settings {
        config: args.config.load()?,
        paths: args.paths.clone(),
        glossaries: args.glossary.clone(),
        lexicon: match &args.lexicon {
            None => LexiconChoice::BuiltIn,
            Some(path) if path.as_os_str() == "none" => LexiconChoice::None,
            Some(path) => LexiconChoice::File(path.clone()),
        },
        ..Settings::default()
    })?;
    let console = Console::default();
    for warning in run.glossary_warnings() {
        console.glossary_warning(warning);
    }
    let unit = match args.unit {
        UnitArg::Line => AlignUnit::Line,
        UnitArg::Paragraph => AlignUnit::Paragraph,
        UnitArg::Sentence => AlignUnit::Sentence,
    };
    let alignments = run.align(unit, &console)?;
    print(args.format, &alignments, out)?;
    Ok(if console.errors() > 0 { EXIT_TROUBLE } else { EXIT_CLEAN })
}

/// A terminal gets no control characters of the texts, and no workbook.
fn print(format: Format, alignments: &[Alignment], out: &mut dyn Write) -> Result<(), Trouble> {
    if !io::stdout().is_terminal() {
        return Ok(write(format, alignments, out)?);
    }
    if format == Format::Xlsx {
        return Err("a workbook is not text; redirect it, as in `> beads.xlsx`".into());
    }
    let mut bytes = Vec::new();
    write(format, alignments, &mut bytes)?;
    Ok(out.write_all(printable_lines(&String::from_utf8_lossy(&bytes)).as_bytes())?)
}
