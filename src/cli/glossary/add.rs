//! `bilint glossary add`.

use std::io::Write;
use std::path::PathBuf;

use super::fields::{Fields, NameArg, parse_name};
use super::recording::Recording;
use super::session::{Session, Writing};
use crate::cli::prompt::Prompt;
use crate::cli::{Outcome, Trouble};
use crate::glossary::editing::{begin, set_field, set_name};
use crate::glossary::{Concept, Kind, Place};
use crate::text::{Side, nearest};

/// Arguments of `bilint glossary add`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  bilint glossary add      on a terminal: asks for everything
  bilint glossary add --zh 稳态强磁场实验装置 --kind facility --acronym SHMFF \\
    --en 'Steady High Magnetic Field Facility'

Exit code 0 if the concept was added, 1 if nothing was written because `bilint glossary check` would \
report a new error, 2 on trouble.")]
pub struct Args {
    /// A Chinese name, or NAME=STATUS. May be repeated: the first is preferred, the others are admitted.
    #[arg(long, value_name = "NAME", value_parser = parse_name)]
    zh: Vec<NameArg>,

    /// An English name, likewise.
    #[arg(long, value_name = "NAME", value_parser = parse_name)]
    en: Vec<NameArg>,

    /// The id. Default: made from the English name.
    #[arg(long)]
    id: Option<String>,

    /// The glossary file in TOML to add to. It is created if it does not exist. Default: the only one.
    #[arg(long, value_name = "FILE")]
    into: Option<PathBuf>,

    #[command(flatten)]
    recording: Recording,

    #[command(flatten)]
    writing: Writing,

    // Last, since the heading covers what follows.
    #[command(flatten)]
    fields: Fields,
}

/// Adds a concept.
pub fn run(args: &Args, prompt: &Prompt, out: &mut dyn Write) -> Outcome {
    let session = match &args.into {
        Some(file) => Session::open_with(&args.writing.target, file)?,
        None => Session::open(&args.writing.target)?,
    };
    let file = file(args, &session, prompt)?;
    let mut concept = Concept::new("", Kind::Term);
    for (side, names) in [(Side::Zh, &args.zh), (Side::En, &args.en)] {
        let first = match names.first() {
            Some(_) => None,
            None => Some(prompt.required(None, &format!("{} name", side.name()), &format!("--{}", side.code()))?),
        };
        if let Some(text) = first {
            set_name(&mut concept, side, &text, None);
        }
        for name in names {
            set_name(&mut concept, side, &name.text, name.status);
        }
    }
    if args.fields.kind.is_none() {
        let kinds = Kind::ALL.map(Kind::name);
        let kind = prompt.required(None, &format!("Kind ({})", kinds.join(", ")), "--kind")?;
        if !kinds.contains(&&*kind) {
            return Err(unknown_kind(&kind, &kinds).into());
        }
        set_field(&mut concept, "kind", Some(&kind))?;
    }
    args.fields.set(&mut concept)?;
    let given = args.fields.given();
    let questions = [
        ("acronym", "Acronym"),
        ("authority", "Authority: who decided the name"),
        ("citation", "Citation: where it is published"),
        ("grade", "Grade of that source: A, B, C or D"),
        ("note", "Note"),
    ];
    for (key, question) in questions {
        if given.iter().any(|(k, _)| *k == key) {
            continue;
        }
        if let Some(text) = prompt.optional(None, question)? {
            set_field(&mut concept, key, Some(&text))?;
        }
    }
    concept.place = Place {
        file: file.into(),
        line: 1,
    };
    let step = begin(concept, args.id.as_deref(), |id| session.has_id(id))?;
    session.finish(vec![step], Some(&args.recording), (&args.writing, prompt), out)
}

fn unknown_kind(kind: &str, kinds: &[&str]) -> String {
    let near = nearest(kind, kinds.iter().copied());
    let help = near.map_or_else(
        || format!("write one of {}", kinds.join(", ")),
        |near| format!("did you mean “{near}”?"),
    );
    format!("unknown kind “{kind}”; {help}")
}

/// The file to add to.
fn file(args: &Args, session: &Session, prompt: &Prompt) -> Result<String, Trouble> {
    if let Some(into) = &args.into {
        return Ok(into.display().to_string());
    }
    let files: Vec<&str> = session.files().collect();
    match files.as_slice() {
        [] => Err("no glossary file in TOML; name one with --into".into()),
        [only] => Ok((*only).to_owned()),
        several => {
            let question = format!("Which file ({})", several.join(", "));
            let file = prompt.required(None, &question, "--into")?;
            if several.contains(&&*file) {
                Ok(file)
            } else {
                Err(format!("{file} is none of the files of the glossary; name it with --into").into())
            }
        }
    }
}
