//! `bilint glossary rename`.

use std::io::Write;

use super::change::Change;
use crate::cli::Outcome;
use crate::cli::prompt::Prompt;
use crate::glossary::editing::{Renaming, rename};
use crate::text::date::{Date, parse_date};

/// Arguments of `bilint glossary rename`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  bilint glossary rename shmff --en 'Steady High Magnetic Field Facility'
      the name that it had was never right: it becomes deprecated
  bilint glossary rename moa --from 2018-03-19 --id mara --zh 农业农村部 \\
    --en 'Ministry of Agriculture and Rural Affairs'
      the name was right until then: the concept ends on 2018-03-18, and
      mara takes its place

See what a change would do first: `bilint glossary rename … --dry-run`, and then `bilint glossary impact`.")]
pub struct Args {
    /// The new Chinese name.
    #[arg(long, value_name = "NAME")]
    zh: Option<String>,

    /// The new English name.
    #[arg(long, value_name = "NAME")]
    en: Option<String>,

    /// The acronym of the new English name.
    #[arg(long, value_name = "TEXT")]
    acronym: Option<String>,

    /// Where the new name is published.
    #[arg(long, value_name = "TEXT")]
    citation: Option<String>,

    /// The first day of the new name. Without it, the old one was never right.
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    from: Option<Date>,

    /// The id of the concept with the new name. Default: made from its English name.
    #[arg(long, requires = "from")]
    id: Option<String>,

    #[command(flatten)]
    change: Change,
}

/// Renames a concept.
pub fn run(args: &Args, prompt: &Prompt, out: &mut dyn Write) -> Outcome {
    let session = args.change.open()?;
    let concept = args.change.concept(&session, prompt)?;
    let (mut zh, mut en, mut from) = (args.zh.clone(), args.en.clone(), args.from);
    if zh.is_none() && en.is_none() && prompt.is_possible() {
        prompt.begin();
        let current = |name: Option<&str>| name.unwrap_or_default().to_owned();
        zh = prompt.optional(
            None,
            &format!("New Chinese name of “{}”", current(concept.preferred_zh())),
        )?;
        en = prompt.optional(
            None,
            &format!("New English name of “{}”", current(concept.preferred_en())),
        )?;
        if from.is_none() {
            let day = prompt.optional(
                None,
                "First day of the new name; without one, the old name was never right",
            )?;
            from = day.map(|day| parse_date(&day)).transpose()?;
        }
    }
    if zh.is_none() && en.is_none() {
        return Err("no new name: give --zh or --en".into());
    }
    let to = Renaming {
        zh: zh.as_deref(),
        en: en.as_deref(),
        acronym: args.acronym.as_deref(),
        citation: args.citation.as_deref(),
        from,
        id: args.id.as_deref(),
    };
    let steps = rename(concept, &to, |id| session.has_id(id))?;
    args.change.finish(session, steps, prompt, out)
}
