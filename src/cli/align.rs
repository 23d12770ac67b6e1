//! `bilint align`: which units of two texts translate each other.

use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;

use clap::ValueEnum;

use super::completions::values;
use super::config::Choice;
use super::console::Console;
use super::{EXIT_CLEAN, EXIT_TROUBLE, Outcome, Trouble};
use crate::output::Target;
use crate::output::align::{Format, write};
use crate::run::{AlignUnit, Alignment, LexiconChoice, Run, Settings};
use crate::text::printable_lines;

/// Arguments of `bilint align`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  bilint align report.zh.md report.en.md
  bilint align --unit sentence --format tsv report.zh.md report.en.md
  bilint align --output tmx=memory.tmx report.zh.md report.en.md")]
pub struct Args {
    /// Two texts that are translations of each other, in either order; or files and folders as for `check`.
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// What to align.
    #[arg(long, value_enum, default_value_t = UnitArg::Paragraph)]
    unit: UnitArg,

    /// How to print the beads on standard output [default: text, unless `--output` is given].
    #[arg(long, value_enum)]
    format: Option<Format>,

    /// Write the beads in this format to the file, or to standard output if no file is given. May be repeated, as in
    /// `--output xlsx=beads.xlsx --output tmx=beads.tmx`.
    #[arg(long, value_name = "FORMAT[=FILE]", add = values::targets::<Format>())]
    output: Vec<Target<Format>>,

    /// The bilingual lexicon: a file written by glossary/lexicon/build.py, or `none`. Default: the built-in one.
    #[arg(long, value_name = "FILE", add = values::lexicons())]
    lexicon: Option<PathBuf>,

    /// Use the names in this glossary (TOML, CSV or TSV file, or a folder of them) as anchors instead of those in the
    /// built-in one. May be repeated. Lines are aligned without a glossary.
    #[arg(long, value_name = "FILE", add = values::glossaries())]
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
    let targets = args.targets()?;
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
    for target in &targets {
        print(target, &alignments, out)?;
    }
    Ok(if console.errors() > 0 { EXIT_TROUBLE } else { EXIT_CLEAN })
}

impl Args {
    /// What goes where.
    fn targets(&self) -> Result<Vec<Target<Format>>, Trouble> {
        let mut targets = self.output.clone();
        let format = self.format.or(targets.is_empty().then_some(Format::Text));
        targets.extend(format.map(|format| Target { format, file: None }));
        Target::check(&targets)?;
        let is_workbook = |t: &Target<Format>| t.format == Format::Xlsx && t.file.is_none();
        if io::stdout().is_terminal() && targets.iter().any(is_workbook) {
            return Err("a workbook is not text; write it to a file, as in `--output xlsx=beads.xlsx`".into());
        }
        Ok(targets)
    }
}

/// A terminal gets no control characters of the texts.
fn print(target: &Target<Format>, alignments: &[Alignment], out: &mut dyn Write) -> Result<(), Trouble> {
    let mut bytes = Vec::new();
    write(target.format, alignments, &mut bytes)?;
    if target.file.is_none() && io::stdout().is_terminal() {
        bytes = printable_lines(&String::from_utf8_lossy(&bytes)).as_bytes().to_vec();
    }
    target.write_bytes(&bytes, out)
}
