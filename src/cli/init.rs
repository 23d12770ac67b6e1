//! `bilint init`: a first configuration file.

use std::io::Write;
use std::path::PathBuf;

use super::{EXIT_CLEAN, Outcome};
use crate::config::init;
use crate::text::display_path;

/// Arguments of `bilint init`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  bilint init            for the texts in this folder
  bilint init website    for those in another")]
pub struct Args {
    /// The folder to write it to.
    #[arg(default_value = ".")]
    folder: PathBuf,
}

/// Writes `bilint.toml` for the folder.
pub fn run(args: &Args, out: &mut dyn Write) -> Outcome {
    let path = init(&args.folder)?;
    let name = display_path(&path);
    writeln!(out, "wrote {name}; `bilint config` prints the settings in effect")?;
    Ok(EXIT_CLEAN)
}
