//! `bilint glossary merge`.

use std::io::Write;

use super::recording::Recording;
use super::session::{Session, Writing};
use crate::cli::Outcome;
use crate::cli::completions::values;
use crate::cli::console;
use crate::cli::prompt::Prompt;
use crate::glossary::editing::{lost_in_merge, merge};

/// Arguments of `bilint glossary merge`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  bilint glossary merge shmff shmff-hefei

The names of the other concept are admitted in the first one, which also takes over the fields that it lacks. \
    A `replaced-by` that points to the other one points to the first afterwards.")]
pub struct Args {
    /// The concept that stays: its id, or one of its names.
    #[arg(add = values::concepts())]
    concept: Option<String>,

    /// The concept that becomes a part of it.
    #[arg(add = values::concepts())]
    other: Option<String>,

    #[command(flatten)]
    recording: Recording,

    #[command(flatten)]
    writing: Writing,
}

/// Merges two concepts.
pub fn run(args: &Args, prompt: &Prompt, out: &mut dyn Write) -> Outcome {
    let session = Session::open(&args.writing.target)?;
    let first = session.find(args.concept.as_deref(), prompt)?;
    let other = session.find(args.other.as_deref(), prompt)?;
    let steps = merge(first, other, session.concepts())?;
    for (key, text) in lost_in_merge(first, other) {
        console::print(format_args!("note: {key} “{text}” of {} is not taken over", other.id));
    }
    session.finish(steps, Some(&args.recording), (&args.writing, prompt), out)
}
