//! `bilint glossary split`.

use std::io::Write;

use super::change::Change;
use crate::cli::Outcome;
use crate::cli::prompt::Prompt;
use crate::glossary::editing::split;

/// Arguments of `bilint glossary split`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  bilint glossary split cas --id ucas --zh 中国科学院大学 \\
    --en 'University of Chinese Academy of Sciences'

Names that the concept has move to the new one; others are new. The kind, the scope and the authority are copied.")]
pub struct Args {
    /// A Chinese name of the new concept. May be repeated: the first is preferred.
    #[arg(long, value_name = "NAME")]
    zh: Vec<String>,

    /// An English name, likewise.
    #[arg(long, value_name = "NAME")]
    en: Vec<String>,

    /// The id of the new concept. Default: made from its English name.
    #[arg(long)]
    id: Option<String>,

    #[command(flatten)]
    change: Change,
}

/// Splits names off a concept.
pub fn run(args: &Args, prompt: &Prompt, out: &mut dyn Write) -> Outcome {
    let session = args.change.open()?;
    let concept = args.change.concept(&session, prompt)?;
    let ask = |names: &[String], question: &str, flag: &str| match names {
        [] => prompt.required(None, question, flag).map(|name| vec![name]),
        names => Ok(names.to_vec()),
    };
    let zh = ask(&args.zh, "Chinese name of the new concept", "--zh")?;
    let en = ask(&args.en, "English name of the new concept", "--en")?;
    let steps = split(concept, (&zh, &en), args.id.as_deref(), |id| session.has_id(id))?;
    args.change.finish(session, steps, prompt, out)
}
