//! `bilint align`: which units of two texts translate each other.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::ValueEnum;

use super::{EXIT_CLEAN, Outcome, Trouble};
use crate::align::{Aligner, Bead, Grain, Lexicon, Options, Unit};
use crate::text::Side;
use crate::text::script::ScriptCount;

/// Arguments of `bilint align`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The two texts, one in Chinese and one in English, in either order.
    #[arg(num_args = 2, value_names = ["ZH", "EN"])]
    files: Vec<PathBuf>,
    /// What is aligned.
    #[arg(long, value_enum, default_value_t = Cut::Paragraph)]
    unit: Cut,
    /// How to print the beads.
    #[arg(long, value_enum, default_value_t = Format::Beads)]
    format: Format,
    /// The bilingual lexicon: a file that glossary/lexicon/build.py wrote, or `none`. Default: the one in the binary.
    #[arg(long, value_name = "FILE")]
    lexicon: Option<PathBuf>,
    /// Reads no configuration file.
    #[arg(long)]
    no_config: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Cut {
    /// Every line, empty ones too.
    Line,
    /// Lines that are not empty.
    Paragraph,
    /// Sentences.
    Sentence,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// `[0,1]:[0]`, one bead a line: numbers of Chinese units, then of English ones, from 0.
    Beads,
}

/// Aligns and prints.
pub fn run(args: &Args, out: &mut dyn Write) -> Outcome {
    let mut texts = Vec::new();
    for path in &args.files {
        let text = std::fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
        texts.push(text);
    }
    // The more Chinese of the two is the Chinese one, whichever was named first.
    let share = |text: &str| {
        let n = ScriptCount::of(text);
        n.han as f64 / (n.han + n.latin).max(1) as f64
    };
    if share(&texts[1]) > share(&texts[0]) {
        texts.swap(0, 1);
    }
    let aligner = Aligner::new(lexicon(args.lexicon.as_deref())?);
    let zh = cut(&texts[0], args.unit, Side::Zh);
    let en = cut(&texts[1], args.unit, Side::En);
    let options = Options {
        grain: if args.unit == Cut::Paragraph {
            Grain::Paragraph
        } else {
            Grain::Sentence
        },
        interleaved: false,
    };
    let beads = aligner.align_units(&zh, &en, &options);
    match args.format {
        Format::Beads => write_beads(&beads, out)?,
    }
    Ok(EXIT_CLEAN)
}

/// The lexicon that the option names.
fn lexicon(option: Option<&Path>) -> Result<Option<Arc<Lexicon>>, Trouble> {
    match option {
        None => Ok(Some(Arc::clone(Lexicon::embedded()))),
        Some(path) if path.as_os_str() == "none" => Ok(None),
        Some(path) => {
            let named = |e: &dyn std::fmt::Display| format!("{}: {e}", path.display());
            let bytes = std::fs::read(path).map_err(|e| named(&e))?;
            let lexicon = Lexicon::from_bytes(bytes).map_err(|e| named(&e))?;
            Ok(Some(Arc::new(lexicon)))
        }
    }
}

fn cut(text: &str, unit: Cut, side: Side) -> Vec<Unit<'_>> {
    match unit {
        Cut::Line => text.lines().map(Unit::new).collect(),
        Cut::Paragraph => text.lines().filter(|l| !l.trim().is_empty()).map(Unit::new).collect(),
        Cut::Sentence => crate::language::sentences(text, side)
            .into_iter()
            .map(|s| Unit::new(s.of(text)))
            .collect(),
    }
}

fn write_beads(beads: &[Bead], out: &mut dyn Write) -> std::io::Result<()> {
    let list = |units: &std::ops::Range<usize>| units.clone().map(|u| u.to_string()).collect::<Vec<_>>().join(",");
    for bead in beads {
        writeln!(out, "[{}]:[{}]", list(&bead.zh), list(&bead.en))?;
    }
    Ok(())
}
