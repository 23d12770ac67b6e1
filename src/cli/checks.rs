//! The arguments that decide against which glossary and by which rules pairs are checked, for `bilint check`, `bilint review` and
//! `bilint filter`.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use encoding_rs::Encoding;

use super::Trouble;
use super::completions::values;
use super::config::Choice;
use crate::rules::profile::Profile;
use crate::run::Settings;
use crate::text::Direction;
use crate::text::date::{Date, parse_date};

/// How pairs are checked.
#[derive(Debug, clap::Args)]
#[group(skip)]
pub struct Args {
    /// Check against this glossary (TOML, CSV or TSV file, or a folder of them) instead of the built-in one. May be
    /// repeated.
    #[arg(long, value_name = "FILE", add = values::glossaries())]
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
    #[arg(long, value_name = "RULES", value_delimiter = ',', add = values::rules())]
    select: Vec<String>,

    /// Do not run these rules or groups (comma-separated).
    #[arg(long, value_name = "RULES", value_delimiter = ',', add = values::rules())]
    ignore: Vec<String>,

    #[command(flatten)]
    config: Choice,

    /// The encoding of all files (a label of the Encoding Standard, such as `gb18030`) if detection fails.
    #[arg(long, value_name = "LABEL", value_parser = parse_encoding, add = values::encodings())]
    encoding: Option<&'static Encoding>,

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
    /// The settings that the arguments and the configuration amount to, without inputs.
    ///
    /// # Errors
    /// A configuration that cannot be read.
    pub fn settings(&self) -> Result<Settings, Trouble> {
        let mut config = self.config.load()?;
        config.profile = self.profile.or(config.profile);
        config.direction = self.direction.or(config.direction);
        Ok(Settings {
            config,
            glossaries: self.glossary.clone(),
            select: self.select.clone(),
            ignore: self.ignore.clone(),
            date: self.date,
            encoding: self.encoding,
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

    /// The configuration file that is read.
    pub fn config_file(&self) -> Option<PathBuf> {
        self.config.file()
    }
}
