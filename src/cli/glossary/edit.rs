//! `bilint glossary edit`.

use std::io::Write;

use super::change::Change;
use super::fields::{Fields, NameArg, parse_name};
use crate::cli::prompt::Prompt;
use crate::cli::{Outcome, Trouble};
use crate::glossary::Concept;
use crate::glossary::editing::{Step, drop_name, field, set_field, set_name};
use crate::text::Side;

/// Arguments of `bilint glossary edit`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  bilint glossary edit shmff      on a terminal: asks for each field
  bilint glossary edit shmff --acronym SHMFF --grade A      sets fields
  bilint glossary edit shmff --en 'Steady Field Facility=admitted'
      adds a name, or changes its status
  bilint glossary edit shmff --clear note --drop 'Steady Facility'
      removes a field and a name

To give a concept another preferred name, see `bilint glossary rename`; to deprecate one, `bilint glossary deprecate`.")]
pub struct Args {
    /// A Chinese name to add, or NAME=STATUS to give it a status: preferred, admitted, deprecated, forbidden. May be repeated.
    #[arg(long, value_name = "NAME", value_parser = parse_name)]
    zh: Vec<NameArg>,

    /// An English name, likewise.
    #[arg(long, value_name = "NAME", value_parser = parse_name)]
    en: Vec<NameArg>,

    /// A name to remove. May be repeated.
    #[arg(long, value_name = "NAME")]
    drop: Vec<String>,

    /// A field to remove, such as note. May be repeated.
    #[arg(long, value_name = "KEY")]
    clear: Vec<String>,

    #[command(flatten)]
    change: Change,

    // Last, since the heading covers what follows.
    #[command(flatten)]
    fields: Fields,
}

/// Changes names and fields of a concept.
pub fn run(args: &Args, prompt: &Prompt, out: &mut dyn Write) -> Outcome {
    let session = args.change.open()?;
    let before = args.change.concept(&session, prompt)?.clone();
    let mut after = before.clone();
    if args.changes_nothing() {
        if !prompt.is_possible() {
            return Err("nothing to change; see --help".into());
        }
        ask(&mut after, prompt)?;
    }
    for (side, names) in [(Side::Zh, &args.zh), (Side::En, &args.en)] {
        for name in names {
            set_name(&mut after, side, &name.text, name.status);
        }
    }
    for name in &args.drop {
        drop_name(&mut after, name)?;
    }
    for key in &args.clear {
        set_field(&mut after, key, None)?;
    }
    args.fields.set(&mut after)?;
    args.change
        .finish(session, vec![Step::change(before, after)], prompt, out)
}

impl Args {
    fn changes_nothing(&self) -> bool {
        self.zh.is_empty()
            && self.en.is_empty()
            && self.drop.is_empty()
            && self.clear.is_empty()
            && self.fields.given().is_empty()
    }
}

/// Asks for further names, and for each field.
fn ask(concept: &mut Concept, prompt: &Prompt) -> Result<(), Trouble> {
    prompt.begin();
    for side in [Side::Zh, Side::En] {
        let question = format!("A further {} name, or NAME=STATUS", side.name());
        if let Some(name) = prompt.optional(None, &question)? {
            let name = parse_name(&name)?;
            set_name(concept, side, &name.text, name.status);
        }
    }
    for key in Fields::ASKED {
        let old = field(concept, key).unwrap_or_default();
        match prompt
            .ask(&format!("{key} [{old}] (Enter keeps it, - removes it)"))?
            .as_deref()
        {
            None => {}
            Some("-") => set_field(concept, key, None)?,
            Some(text) => set_field(concept, key, Some(text))?,
        }
    }
    Ok(())
}
