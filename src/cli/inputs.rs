//! The arguments of `bilint check` and `bilint review` that decide what is checked, and how it is read.

use std::path::{Path, PathBuf};

use super::{Trouble, checks, file_list, part};
use crate::run::Settings;

/// What is checked, against which glossary, by which rules.
#[derive(Debug, clap::Args)]
#[group(skip)]
pub struct Args {
    /// Files and folders to check, two files that are translations of each other, or `-` for standard input. Default: the
    /// configured sources, or the current folder.
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,

    #[command(flatten)]
    pub(super) checks: checks::Args,

    #[command(flatten)]
    part: part::Args,

    /// Apply configured excludes to explicitly named paths too (for hooks).
    #[arg(long)]
    force_exclude: bool,

    /// Check the files in this list, one per line or separated by NUL, and their translations; `-` reads the list from
    /// standard input. Files that bilint does not read are left out, so the list may be that of a commit.
    #[arg(long, value_name = "FILE")]
    file_list: Option<PathBuf>,

    /// The file name for standard input; its extension decides the format.
    #[arg(long, value_name = "NAME")]
    stdin_filename: Option<PathBuf>,
}

impl Args {
    /// The settings that the arguments and the configuration amount to.
    ///
    /// # Errors
    /// A configuration or a list that cannot be read.
    pub fn settings(&self) -> Result<Settings, Trouble> {
        Ok(Settings {
            paths: self.paths.clone(),
            file_list: file_list::read(self.file_list.as_deref(), &self.paths)?,
            part: self.part.settings(),
            stdin_name: self.stdin_filename.clone(),
            force_exclude: self.force_exclude,
            ..self.checks.settings()?
        })
    }

    /// Starts as many threads as `--threads` says.
    ///
    /// # Errors
    /// As [`checks::Args::start_threads`].
    pub fn start_threads(&self) -> Result<(), Trouble> {
        self.checks.start_threads()
    }

    /// Whether standard input is one of the paths, or the list of files.
    pub fn reads_stdin(&self) -> bool {
        self.paths.iter().chain(&self.file_list).any(|p| p.as_os_str() == "-")
    }

    /// The configuration file that is read.
    pub fn config_file(&self) -> Option<PathBuf> {
        self.checks.config_file()
    }

    /// The list of files.
    pub fn list(&self) -> Option<&Path> {
        self.file_list.as_deref()
    }
}
