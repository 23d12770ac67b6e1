//! The arguments of `bilint check` and `bilint review` that decide what is checked, and how it is read.

use std::path::{Path, PathBuf};

use clap::builder::{PossibleValuesParser, TypedValueParser};
use encoding_rs::Encoding;

use super::config::Choice;
use super::{Trouble, file_list, part};
use crate::rules::profile::Profile;
use crate::run::Settings;
use crate::text::Direction;
use crate::text::date::{Date, parse_date};

/// What is checked, against which glossary, by which rules.
#[derive(Debug, clap::Args)]
#[group(skip)]
pub struct Args {
    /// Files and folders to check, two files that are translations of each other, or `-` for standard input. Default: the
    /// configured sources, or the current folder.
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// Check against this glossary (TOML, CSV or TSV file, or a folder of them) instead of the built-in one. May be
    /// repeated.
    #[arg(long, value_name = "FILE")]
    glossary: Vec<PathBuf>,

    /// The day of the texts, YYYY-MM-DD: names that the glossary says are valid on other days only do not count. The `date` in the
    /// front matter of a text goes before. Default: the names of all days count.
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    date: Option<Date>,

    /// The genre of the texts, which sets how severe and how strict some rules are. Default: that of the configuration, or
    /// `official`.
    #[arg(long, value_name = "PROFILE", value_parser = profiles())]
    profile: Option<Profile>,

    /// Which language was translated into which, `zh-en` or `en-zh`, where a file does not say so itself. Default: that of the
    /// configuration, or `zh-en`.
    #[arg(long, value_name = "DIRECTION", value_parser = directions())]
    direction: Option<Direction>,

    /// Run only these rules or groups (comma-separated). A group names its rules that are on by default, `all` every rule.
    #[arg(long, value_name = "RULES", value_delimiter = ',')]
    select: Vec<String>,

    /// Do not run these rules or groups (comma-separated).
    #[arg(long, value_name = "RULES", value_delimiter = ',')]
    ignore: Vec<String>,

    #[command(flatten)]
    part: part::Args,

    #[command(flatten)]
    config: Choice,

    /// The encoding of all files (a label of the Encoding Standard, such as `gb18030`) if detection fails.
    #[arg(long, value_name = "LABEL", value_parser = parse_encoding)]
    encoding: Option<&'static Encoding>,

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

    /// Number of threads, at most one per core of the machine (0: one per core).
    #[arg(long, value_name = "N", default_value_t = 0)]
    threads: usize,
}

/// The threads that the machine runs at a time, as far as this process may use them.
fn most_threads() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

pub(super) fn parse_encoding(label: &str) -> Result<&'static Encoding, String> {
    Encoding::for_label(label.trim().as_bytes()).ok_or_else(|| {
        format!("unknown encoding “{label}”; use a label of the Encoding Standard, such as utf-8, gb18030, gbk, big5 or utf-16le")
    })
}

/// The names of the profiles.
fn profiles() -> impl TypedValueParser<Value = Profile> {
    PossibleValuesParser::new(Profile::ALL.map(Profile::name)).map(|name| {
        let named = Profile::ALL.into_iter().find(|profile| profile.name() == name);
        named.unwrap_or_default()
    })
}

/// The names of the directions.
fn directions() -> impl TypedValueParser<Value = Direction> {
    PossibleValuesParser::new(Direction::ALL.map(Direction::name)).map(|name| {
        let named = Direction::ALL.into_iter().find(|direction| direction.name() == name);
        named.unwrap_or_default()
    })
}

impl Args {
    /// The settings that the arguments and the configuration amount to.
    ///
    /// # Errors
    /// A configuration or a list that cannot be read.
    pub fn settings(&self) -> Result<Settings, Trouble> {
        let mut config = self.config.load()?;
        config.profile = self.profile.or(config.profile);
        config.direction = self.direction.or(config.direction);
        Ok(Settings {
            config,
            paths: self.paths.clone(),
            file_list: file_list::read(self.file_list.as_deref(), &self.paths)?,
            glossaries: self.glossary.clone(),
            select: self.select.clone(),
            ignore: self.ignore.clone(),
            date: self.date,
            part: self.part.settings(),
            encoding: self.encoding,
            stdin_name: self.stdin_filename.clone(),
            force_exclude: self.force_exclude,
            ..Settings::default()
        })
    }

    /// Starts as many threads as `--threads` says, but no more than the machine runs at a time: more would only take memory.
    ///
    /// # Errors
    /// The threads were started before, or cannot be started.
    pub fn start_threads(&self) -> Result<(), Trouble> {
        if self.threads > 0 {
            rayon::ThreadPoolBuilder::new()
                .num_threads(self.threads.min(most_threads()))
                .build_global()?;
        }
        Ok(())
    }

    /// Whether standard input is one of the paths, or the list of files.
    pub fn reads_stdin(&self) -> bool {
        self.paths.iter().chain(&self.file_list).any(|p| p.as_os_str() == "-")
    }

    /// The configuration file that is read.
    pub fn config_file(&self) -> Option<PathBuf> {
        self.config.file()
    }

    /// The list of files.
    pub fn list(&self) -> Option<&Path> {
        self.file_list.as_deref()
    }
}
