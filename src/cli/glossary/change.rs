//! The arguments of the subcommands that change one concept.

use std::io::Write;

use super::recording::Recording;
use super::session::{Session, Writing};
use crate::cli::completions::values;
use crate::cli::prompt::Prompt;
use crate::cli::{Outcome, Trouble};
use crate::glossary::Concept;
use crate::glossary::editing::Step;

/// Which concept is changed, by whom, and where it is written.
#[derive(Debug, clap::Args)]
pub struct Change {
    /// The id of the concept, or one of its names.
    #[arg(add = values::concepts())]
    concept: Option<String>,

    #[command(flatten)]
    recording: Recording,

    #[command(flatten)]
    writing: Writing,
}

impl Change {
    /// Reads the glossary.
    ///
    /// # Errors
    /// As [`Session::open`].
    pub fn open(&self) -> Result<Session, Trouble> {
        Session::open(&self.writing.target)
    }

    /// The concept, which is asked for if it is not given.
    ///
    /// # Errors
    /// As [`Session::find`].
    pub fn concept<'s>(&self, session: &'s Session, prompt: &Prompt) -> Result<&'s Concept, Trouble> {
        session.find(self.concept.as_deref(), prompt)
    }

    /// Records and writes the steps.
    ///
    /// # Errors
    /// As [`Session::finish`].
    pub fn finish(&self, session: Session, steps: Vec<Step>, prompt: &Prompt, out: &mut dyn Write) -> Outcome {
        session.finish(steps, Some(&self.recording), (&self.writing, prompt), out)
    }
}
