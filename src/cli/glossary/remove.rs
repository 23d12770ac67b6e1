//! `bilint glossary remove`.

use std::io::Write;

use super::session::{Session, Writing};
use crate::cli::Outcome;
use crate::cli::completions::values;
use crate::cli::prompt::Prompt;
use crate::glossary::editing::Step;

/// Arguments of `bilint glossary remove`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  bilint glossary remove shmff-hefei

The comments about a concept go with it. A name that was right once is better deprecated, so that older \
    texts are still checked: `bilint glossary deprecate`.")]
pub struct Args {
    /// The ids of concepts, or names of theirs.
    #[arg(value_name = "CONCEPT", add = values::concepts())]
    concepts: Vec<String>,

    #[command(flatten)]
    writing: Writing,
}

/// Removes concepts.
pub fn run(args: &Args, prompt: &Prompt, out: &mut dyn Write) -> Outcome {
    let session = Session::open(&args.writing.target)?;
    let mut steps = Vec::new();
    if args.concepts.is_empty() {
        steps.push(Step::Remove(session.find(None, prompt)?.clone()));
    }
    for concept in &args.concepts {
        let step = Step::Remove(session.find(Some(concept), prompt)?.clone());
        if !steps.contains(&step) {
            steps.push(step);
        }
    }
    session.finish(steps, None, (&args.writing, prompt), out)
}
