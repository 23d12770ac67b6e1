//! `bilint glossary deprecate`.

use std::io::Write;

use super::change::Change;
use crate::cli::Outcome;
use crate::cli::completions::values;
use crate::cli::prompt::Prompt;
use crate::glossary::Status;
use crate::glossary::editing::{end, refuse_name};
use crate::text::date::{Date, parse_date, today};

/// Arguments of `bilint glossary deprecate`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  bilint glossary deprecate shmff --name 'Steady High Magnetic Field Laboratory'
      one of its names is no longer used; the others are
  bilint glossary deprecate moa --from 2018-03-19 --replaced-by mara
      the concept is valid to 2018-03-18, and mara took its place")]
pub struct Args {
    /// The name to deprecate. Default: the whole concept.
    #[arg(long, value_name = "NAME")]
    name: Option<String>,

    /// The name must not be used at all.
    #[arg(long, requires = "name")]
    forbid: bool,

    /// The id of the concept that takes its place.
    #[arg(long, value_name = "ID", add = values::concepts(), conflicts_with = "name")]
    replaced_by: Option<String>,

    /// The first day on which the names are no longer used. Default: today.
    #[arg(long, value_name = "DATE", value_parser = parse_date, conflicts_with = "name")]
    from: Option<Date>,

    #[command(flatten)]
    change: Change,
}

/// Deprecates a concept or one of its names.
pub fn run(args: &Args, prompt: &Prompt, out: &mut dyn Write) -> Outcome {
    let session = args.change.open()?;
    let concept = args.change.concept(&session, prompt)?;
    let (mut name, mut successor, mut from) = (args.name.clone(), args.replaced_by.clone(), args.from);
    if name.is_none() && successor.is_none() && from.is_none() && prompt.is_possible() {
        prompt.begin();
        name = prompt.optional(None, "Which of its names; without one, the concept itself")?;
        if name.is_none() {
            successor = prompt.optional(None, "The id of the concept that takes its place")?;
            let day = prompt.optional(None, "The first day without it; otherwise today")?;
            from = day.map(|day| parse_date(&day)).transpose()?;
        }
    }
    let status = if args.forbid {
        Status::Forbidden
    } else {
        Status::Deprecated
    };
    let step = match name {
        Some(name) => refuse_name(concept, &name, status)?,
        None => end(concept, from.unwrap_or_else(today), successor.as_deref())?,
    };
    args.change.finish(session, vec![step], prompt, out)
}
