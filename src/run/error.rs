//! Why a run cannot start or cannot finish.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use parquet::errors::ParquetError;

use crate::align::LexiconError;
use crate::filter::baseline::BaselineError;
use crate::filter::decisions::DecisionError;
use crate::filter::since::GitError;
use crate::filter::waiver::WaiverError;
use crate::formats::parquet::CopyError;
use crate::glossary::GlossaryError;
use crate::input::InputError;
use crate::rules::SelectionError;

/// Why a run cannot start or cannot finish. Problems with single inputs are no such errors; see
/// [`Observer::on_problem`](super::Observer::on_problem).
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The current folder does not exist or is not accessible.
    #[error("cannot determine the current folder: {0}")]
    CurrentFolder(io::Error),
    /// An unknown rule or group.
    #[error(transparent)]
    Selection(#[from] SelectionError),
    /// A glossary is faulty.
    #[error(transparent)]
    Glossary(#[from] GlossaryError),
    /// The baseline cannot be read or written.
    #[error(transparent)]
    Baseline(#[from] BaselineError),
    /// The waiver file is faulty.
    #[error(transparent)]
    Waivers(#[from] WaiverError),
    /// Git cannot say what changed.
    #[error("--since: {0}")]
    Since(#[from] GitError),
    /// Git cannot say how texts changed.
    #[error(transparent)]
    History(GitError),
    /// Standard input is to be compared with a revision.
    #[error("--since needs files: standard input has no history; remove one of the two")]
    SinceStdin,
    /// A file that the run reads is to be overwritten.
    #[error(
        "{output} is an output and {file} an input of this run, and they are the same file; write the output elsewhere, or exclude it"
    )]
    Overwrite {
        /// The output.
        output: Arc<str>,
        /// The input.
        file: Arc<str>,
    },
    /// A copy of standard input is to be written.
    #[error("copies are made of files; standard input has none")]
    CopyStdin,
    /// Several files are to have one copy.
    #[error("{}: {files} files cannot have one copy; name a folder, as in `{}/`", .out.display(), .out.display())]
    CopySeveral {
        /// The copy.
        out: PathBuf,
        /// How many files.
        files: usize,
    },
    /// Two files of one name are to have copies in one folder.
    #[error("{} and {} have one name, and would have one copy; check them in two runs", .first.display(), .second.display())]
    CopyTwice {
        /// One of them.
        first: PathBuf,
        /// The other.
        second: PathBuf,
    },
    /// A copy exists already.
    #[error("{} exists already, and somebody may have worked in it; remove it, or name another file", .file.display())]
    CopyExists {
        /// The copy.
        file: PathBuf,
    },
    /// A file cannot be written.
    #[error("{}: cannot write the file: {source}", .file.display())]
    Write {
        /// The file.
        file: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A rule that compares records is to judge each by itself.
    #[error(
        "`{0}` compares the pairs of a file with each other, and here each pair is judged by itself; run it with `bilint check`"
    )]
    ComparesPairs(&'static str),
    /// What is left of a corpus cannot be written.
    #[error("cannot write the output: {0}")]
    Output(#[source] io::Error),
    /// Lines are to be aligned, but not of two files.
    #[error("--unit line takes two files: one Chinese, one English")]
    NotTwoFiles,
    /// A file to align line by line, or a corpus, cannot be read.
    #[error(transparent)]
    Input(#[from] InputError),
    /// A file is not a lexicon.
    #[error("{}: {source}", .file.display())]
    Lexicon {
        /// The file.
        file: PathBuf,
        /// Why.
        source: LexiconError,
    },
    /// Decisions of reviewers cannot be used.
    #[error(transparent)]
    Decisions(#[from] DecisionError),
    /// A finding is to be waived, and nothing says where.
    #[error("some findings are waived; name the file for waivers with --waivers FILE")]
    NoWaiverFile,
    /// No heading has the text of a section.
    #[error("no heading contains “{0}”; name the lines with --lines")]
    NoSection(String),
    /// Pages are named, and no text has any.
    #[error(
        "the pages are not known: Word marks them in a document when it saves it, and other texts have none; name sections or lines"
    )]
    NoPages,
    /// No text is on the lines or pages.
    #[error("no text is on these lines or pages")]
    EmptyPart,
    /// A file that the settings name cannot be read.
    #[error("{}: cannot read the file: {source}", .file.display())]
    Read {
        /// The file.
        file: PathBuf,
        /// Why.
        source: io::Error,
    },
}

impl From<CopyError> for RunError {
    fn from(error: CopyError) -> Self {
        match error {
            CopyError::Read(error) => Self::Input(error),
            CopyError::Write(ParquetError::External(error)) => {
                Self::Output(error.downcast().map_or_else(io::Error::other, |error| *error))
            }
            CopyError::Write(error) => Self::Output(io::Error::other(error)),
        }
    }
}

/// Reads a file that the settings name.
pub(super) fn read(file: &Path) -> Result<Vec<u8>, RunError> {
    crate::file::read(file).map_err(|source| unreadable(file, source))
}

/// Reads a text file that the settings name.
pub(super) fn read_to_string(file: &Path) -> Result<String, RunError> {
    crate::file::read_to_string(file).map_err(|source| unreadable(file, source))
}

fn unreadable(file: &Path, source: io::Error) -> RunError {
    RunError::Read {
        file: file.to_owned(),
        source,
    }
}
