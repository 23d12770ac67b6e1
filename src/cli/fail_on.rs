//! `--fail-on`.

use crate::finding::Severity;

/// The lowest severity that makes the exit code 1.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
pub enum FailOn {
    /// Errors fail.
    Error,
    /// Warnings and errors fail.
    Warning,
    /// Every finding fails.
    Note,
    /// No finding fails.
    Never,
}

impl FailOn {
    /// The lowest severity that fails a run; `None` if findings never do.
    pub const fn severity(self) -> Option<Severity> {
        match self {
            Self::Error => Some(Severity::Error),
            Self::Warning => Some(Severity::Warning),
            Self::Note => Some(Severity::Note),
            Self::Never => None,
        }
    }
}
