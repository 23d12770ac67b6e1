//! The arguments that say who changes a concept, and why.

use crate::cli::Trouble;
use crate::cli::prompt::Prompt;
use crate::filter::since::user_name;

/// Who changes a concept, and why.
#[derive(Debug, clap::Args)]
pub struct Recording {
    /// Why; recorded in the history of the concept.
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,

    /// Who makes the change; recorded as well. Default: the user.name of git.
    #[arg(long, value_name = "NAME")]
    author: Option<String>,
}

impl Recording {
    /// Who makes the change.
    ///
    /// # Errors
    /// Neither the argument nor git says so.
    pub fn author(&self) -> Result<String, Trouble> {
        let of_git = || std::env::current_dir().ok().and_then(|folder| user_name(&folder));
        let author = self.author.clone().or_else(of_git);
        author.ok_or_else(|| "git knows no user.name: say with --author who makes the change".into())
    }

    /// Why, if that is known.
    ///
    /// # Errors
    /// The terminal fails.
    pub fn reason(&self, prompt: &Prompt) -> Result<Option<String>, Trouble> {
        Ok(prompt.optional(self.reason.as_deref(), "Reason")?)
    }
}
