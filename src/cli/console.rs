//! What a run says on standard error while it works: progress, problems, and why glossary matches were kept or dropped.

use std::error::Error;
use std::fmt::Display;
use std::io::{self, Write};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget};

use crate::glossary::GlossaryError;
use crate::glossary::exchange::ReadError;
use crate::glossary::load::Problem;
use crate::input::{Input, InputError, Level};
use crate::rules::DocumentContext;
use crate::run::{Observer, RunError, explain_pair};
use crate::text::{printable, printable_path};

/// Progress is shown only if a run takes longer than this.
const BLINK: Duration = Duration::from_millis(400);

/// Prints to standard error.
pub struct Console {
    quiet: bool,
    explain_hits: bool,
    errors: AtomicUsize,
    bar: ProgressBar,
    start: Instant,
}

impl Default for Console {
    fn default() -> Self {
        Self::new(false, false)
    }
}

impl Console {
    /// A console that prints errors only, if it is `quiet`. With `explain_hits`, it explains every glossary match.
    pub fn new(quiet: bool, explain_hits: bool) -> Self {
        Self {
            quiet,
            explain_hits,
            errors: AtomicUsize::new(0),
            bar: ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden()),
            start: Instant::now(),
        }
    }

    /// How many errors were printed.
    pub fn errors(&self) -> usize {
        self.errors.load(Ordering::Relaxed)
    }

    /// Prints an error.
    pub fn error(&self, error: impl Display) {
        self.errors.fetch_add(1, Ordering::Relaxed);
        self.bar.suspend(|| print(format_args!("error: {error}")));
    }

    /// Prints a warning, unless the console is quiet.
    pub fn warning(&self, warning: impl Display) {
        self.note(format_args!("warning: {warning}"));
    }

    /// Prints a problem of a glossary in two lines, unless the console is quiet.
    pub fn glossary_warning(&self, problem: &Problem) {
        if !self.quiet {
            self.bar.suspend(|| drop(writeln!(io::stderr(), "warning: {problem}")));
        }
    }

    /// Prints a line, unless the console is quiet.
    pub fn note(&self, note: impl Display) {
        if !self.quiet {
            self.bar.suspend(|| print(note));
        }
    }
}

/// Prints a line to standard error, whatever names and keys it contains. A closed standard error is no reason to stop.
pub fn print(line: impl Display) {
    let _ = writeln!(io::stderr(), "{}", printable(&line.to_string()));
}

/// Prints why a subcommand cannot do its work.
pub fn print_trouble(trouble: &(dyn Error + 'static)) {
    let glossary = match trouble.downcast_ref() {
        Some(RunError::Glossary(e)) => Some(e),
        _ => trouble.downcast_ref::<GlossaryError>(),
    };
    let lines = glossary.map(ToString::to_string);
    match lines.or_else(|| trouble.downcast_ref::<ReadError>().map(ToString::to_string)) {
        // Lines with what to do, in which the names and texts of files are escaped.
        Some(lines) => drop(writeln!(io::stderr(), "error: {lines}")),
        None => print(format_args!("error: {trouble}")),
    }
}

impl Observer for Console {
    fn on_start(&self, inputs: usize) {
        self.bar.set_length(inputs as u64);
    }

    fn on_input(&self, _: &Input) {
        // The bar draws itself on a terminal only.
        if !self.quiet && self.bar.is_hidden() && self.start.elapsed() > BLINK {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        self.bar.inc(1);
    }

    fn on_problem(&self, problem: &InputError) {
        match problem.level() {
            Level::Error => self.error(problem),
            Level::Warning => self.warning(problem),
            Level::Partial => self.note(format_args!("note: {problem}")),
            Level::Skipped => {}
        }
    }

    fn on_document(&self, document: &DocumentContext<'_>) {
        if !self.explain_hits {
            return;
        }
        let (name, first) = (&document.document.name, document.document.first_record);
        for pair in document.iter() {
            let hits = explain_pair(&pair);
            if !hits.is_empty() {
                print(format_args!(
                    "{}, pair {}:",
                    printable_path(name),
                    first + pair.index + 1
                ));
            }
            for hit in hits {
                print(format_args!("  {hit}"));
            }
        }
    }

    fn on_end(&self) {
        self.bar.finish_and_clear();
    }
}
