//! `bilint glossary export`.

use std::io::{IsTerminal, Write};
use std::path::PathBuf;

use super::target::Target;
use crate::cli::{EXIT_CLEAN, Outcome, console};
use crate::file;
use crate::glossary::exchange::{Format, write};
use crate::text::display_path;

/// Arguments of `bilint glossary export`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  bilint glossary export names.xlsx
      for a colleague, with filters and drop-downs
  bilint glossary export --glossary g.toml g.tbx     for a translation tool
  bilint glossary export --format markdown           to print it

Nothing is left out in any format. `bilint glossary import` takes the edited file back.")]
pub struct Args {
    /// The file to write; its extension gives the format. Without it, the export goes to standard output.
    file: Option<PathBuf>,

    /// The format, if no file or another extension is given.
    #[arg(long, value_enum)]
    format: Option<Format>,

    #[command(flatten)]
    target: Target,

    /// Replace the file if it exists.
    #[arg(long)]
    overwrite: bool,
}

/// Writes a glossary in a format for exchange.
pub fn run(args: &Args, out: &mut dyn Write) -> Outcome {
    let by_name = args.file.as_deref().and_then(Format::from_path);
    let Some(format) = args.format.or(by_name) else {
        return Err("the format is not known: name a file such as names.xlsx, or a --format".into());
    };
    let loaded = args.target.load()?;
    let concepts = loaded.glossary.concepts();
    let bytes = write(format, concepts)?;
    let Some(path) = &args.file else {
        if format == Format::Xlsx && std::io::stdout().is_terminal() {
            return Err("a workbook is no text for a terminal: name a file, such as names.xlsx".into());
        }
        out.write_all(&bytes)?;
        return Ok(EXIT_CLEAN);
    };
    let shown = display_path(path);
    if path.exists() && !args.overwrite {
        return Err(
            format!("{shown} exists, and may have edits that nobody has imported; --overwrite replaces it").into(),
        );
    }
    file::write_atomically(path, &bytes).map_err(|e| format!("cannot write {shown}: {e}"))?;
    let names: usize = concepts.iter().map(|c| c.zh.len() + c.en.len()).sum();
    console::print(format_args!(
        "wrote {names} names of {} concepts to {shown}",
        concepts.len()
    ));
    Ok(EXIT_CLEAN)
}
