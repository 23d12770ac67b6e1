//! The arguments of `bilint check` that decide what is printed where.

use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;

use super::Trouble;
use super::completions::values;
use crate::output::{Emitter, Format, Statistics, Style, Target};
use crate::run::{RunReport, ScoreSettings};
use crate::score::Standard;

/// What is printed where.
#[derive(Debug, clap::Args)]
#[group(skip)]
#[command(next_help_heading = "Output")]
pub struct Args {
    /// How to print the report on standard output [default: text].
    #[arg(long, value_enum)]
    pub format: Option<Format>,

    /// Print the report in this format to the file, or to standard output if no file is given. May be
    /// repeated, as in `--output sarif=out.sarif --output github`.
    #[arg(long, value_name = "FORMAT[=FILE]", add = values::targets::<Format>())]
    output: Vec<Target>,

    /// Write a copy of the checked file with each finding as a comment on its text. For several files, name a folder, as in
    /// `--annotate comments/`. The file itself is never changed, and an existing copy never replaced.
    #[arg(long, value_name = "COPY", conflicts_with_all = ["watch", "fix", "unsafe_fixes", "diff", "write_to", "dry_run"])]
    pub annotate: Option<PathBuf>,

    /// Print the number of findings by rule and by file instead of the findings.
    #[arg(long, conflicts_with = "format")]
    statistics: bool,

    /// Print findings and errors only: no summary, no notes, nothing at all for a clean run.
    #[arg(long, short)]
    pub quiet: bool,

    /// Print which files would be paired, and why a file is left out, and check nothing. With `--format json`, as JSON.
    #[arg(long, conflicts_with_all = ["watch", "fix", "unsafe_fixes", "diff", "update_baseline"])]
    pub dry_run: bool,

    /// Add a quality score by this standard to the report.
    #[arg(long, value_enum, value_name = "STANDARD", conflicts_with = "since")]
    score: Option<Standard>,

    /// A file with the fingerprints, one per line, of the findings that a person has confirmed; the score counts them
    /// separately.
    #[arg(long, value_name = "FILE", requires = "score")]
    confirmed: Option<PathBuf>,
}

impl Args {
    /// What goes where; one of the targets is standard output.
    ///
    /// # Errors
    /// Two outputs for one place; a score that no output shows.
    pub fn targets(&self) -> Result<Vec<Target>, Trouble> {
        let mut targets = self.output.clone();
        let to_stdout = |format| Target { format, file: None };
        match self.format {
            Some(format) => targets.push(to_stdout(format)),
            None if targets.iter().all(|t| t.file.is_some()) => targets.push(to_stdout(Format::Text)),
            None => {}
        }
        Target::check(&targets)?;
        let is_on_terminal = |t: &Target| t.file.is_none() && io::stdout().is_terminal();
        if targets.iter().any(|t| !t.format.is_text() && is_on_terminal(t)) {
            return Err("this format is not text; write it to a file, as in `--output docx=findings.docx`".into());
        }
        let shows_score = |t: &Target| t.format.shows_score() && !(self.statistics && t.file.is_none());
        if self.score.is_some() && !targets.iter().any(shows_score) {
            return Err("--score is shown by the formats text, json, markdown, html and docx only".into());
        }
        Ok(targets)
    }

    /// Whether something shows the texts around findings.
    ///
    /// # Errors
    /// As [`Self::targets`].
    pub fn show_contexts(&self) -> Result<bool, Trouble> {
        let prints = |t: &Target| t.format.shows_contexts() && !(self.statistics && t.file.is_none());
        Ok(self.annotate.is_some() || self.targets()?.iter().any(prints))
    }

    /// Which score the report has.
    pub fn score(&self) -> Option<ScoreSettings> {
        self.score.map(|standard| ScoreSettings {
            standard,
            confirmed: self.confirmed.clone(),
        })
    }

    /// Prints the report.
    pub fn print(
        &self,
        targets: &[Target],
        report: &RunReport,
        color: bool,
        stdout: &mut dyn Write,
    ) -> Result<(), Trouble> {
        let style = Style {
            quiet: self.quiet,
            ..Style::new(color, super::color::terminal_width())
        };
        for target in targets {
            if self.statistics && target.file.is_none() {
                Statistics.emit(report, stdout)?;
            } else {
                target.write(report, style, stdout)?;
                if let Some(left_out) = target.format.left_out(report) {
                    super::console::print(format_args!("warning: the SARIF report {left_out}"));
                }
            }
        }
        Ok(())
    }
}
