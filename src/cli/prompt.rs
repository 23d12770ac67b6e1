//! Questions that a subcommand asks on a terminal about arguments that it was not given.

use std::cell::{Cell, RefCell};
use std::io::{self, BufRead, IsTerminal, Write};

use super::Trouble;
use crate::text::printable;

/// Asks on standard error, and reads the answers from standard input.
pub struct Prompt {
    /// `None` where nobody can answer.
    answers: Option<RefCell<Box<dyn BufRead>>>,
    is_begun: Cell<bool>,
}

impl Prompt {
    /// A prompt that asks if both streams are a terminal.
    pub fn new() -> Self {
        let is_terminal = io::stdin().is_terminal() && io::stderr().is_terminal();
        Self {
            answers: is_terminal.then(|| RefCell::new(Box::new(io::stdin().lock()) as Box<dyn BufRead>)),
            is_begun: Cell::new(false),
        }
    }

    /// Whether somebody can answer.
    pub const fn is_possible(&self) -> bool {
        self.answers.is_some()
    }

    /// Begins a conversation, so that [`Self::optional`] asks as well.
    pub fn begin(&self) {
        self.is_begun.set(self.is_possible());
    }

    /// The argument, or else the answer to a question.
    ///
    /// # Errors
    /// Nobody can answer, or nobody does.
    pub fn required(&self, argument: Option<&str>, question: &str, flag: &str) -> Result<String, Trouble> {
        if let Some(argument) = argument {
            return Ok(argument.to_owned());
        }
        self.begin();
        match self.ask(question)? {
            Some(answer) => Ok(answer),
            None => Err(format!("{flag} is missing; see --help").into()),
        }
    }

    /// The argument, or else the answer to a question if a conversation has begun.
    ///
    /// # Errors
    /// The terminal fails.
    pub fn optional(&self, argument: Option<&str>, question: &str) -> io::Result<Option<String>> {
        match argument {
            Some(argument) => Ok(Some(argument.to_owned())),
            None if self.is_begun.get() => self.ask(&format!("{question} (Enter to skip)")),
            None => Ok(None),
        }
    }

    /// The answer to a question; `None` if it is empty, or nobody can answer.
    ///
    /// # Errors
    /// The terminal fails.
    pub fn ask(&self, question: &str) -> io::Result<Option<String>> {
        let Some(answers) = &self.answers else { return Ok(None) };
        let mut stderr = io::stderr();
        write!(stderr, "{}: ", printable(question))?;
        stderr.flush()?;
        let mut answer = String::new();
        answers.borrow_mut().read_line(&mut answer)?;
        let answer = answer.trim();
        Ok((!answer.is_empty()).then(|| answer.to_owned()))
    }

    /// Whether a question is answered with yes.
    ///
    /// # Errors
    /// The terminal fails.
    pub fn confirm(&self, question: &str) -> io::Result<bool> {
        let answer = self.ask(&format!("{question} [y/N]"))?.unwrap_or_default();
        Ok(["y", "yes", "是"].contains(&answer.to_lowercase().as_str()))
    }
}

#[cfg(test)]
impl Prompt {
    /// A prompt with these answers, a line each.
    pub fn with_answers(answers: &'static str) -> Self {
        Self {
            answers: Some(RefCell::new(Box::new(answers.as_bytes()))),
            is_begun: Cell::new(false),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn optional_questions_are_asked_after_a_required_one() {
        let prompt = Prompt::with_answers("甲\n\nA\n");
        assert_eq!(prompt.optional(None, "Note").unwrap(), None);
        assert_eq!(prompt.required(Some("x"), "Name", "--zh").unwrap(), "x");
        assert_eq!(prompt.required(None, "Name", "--zh").unwrap(), "甲");
        assert_eq!(prompt.optional(None, "Note").unwrap(), None);
        assert_eq!(prompt.optional(None, "Grade").unwrap().as_deref(), Some("A"));
        let error = prompt.required(None, "Name", "--en").unwrap_err().to_string();
        assert_eq!(error, "--en is missing; see --help");
    }
}
