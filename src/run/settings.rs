//! What to check and how. Plain data: nothing is read before [`Run::new`](super::Run::new).

use std::path::{Path, PathBuf};
use std::sync::Arc;

use encoding_rs::Encoding;

use super::error::read;
use super::{PartSettings, RunError};
use crate::align::{Aligner, Lexicon};
use crate::config::Config;
use crate::finding::Severity;
use crate::input;
use crate::rules::context;
use crate::rules::{Selection, SelectionError, Subject};
use crate::score::Standard;
use crate::text::date::Date;

/// What to check and how. Fields that a configuration file can also set take precedence over [`Settings::config`].
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// The configuration.
    pub config: Config,
    /// Files, folders and patterns to check; `-` is standard input. If empty: the configured sources, or the current
    /// folder.
    pub paths: Vec<PathBuf>,
    /// Files that a program lists, such as those of a commit. Those that bilint does not read are left out.
    pub file_list: Option<Vec<PathBuf>>,
    /// Glossary files and folders of them. If empty: the configured ones, or the built-in glossary.
    pub glossaries: Vec<PathBuf>,
    /// Rules and groups to run, or `all`.
    pub select: Vec<String>,
    /// Rules and groups not to run.
    pub ignore: Vec<String>,
    /// The day of texts that have none of their own. Names must be valid on it.
    pub date: Option<Date>,
    /// The encoding of all files.
    pub encoding: Option<&'static Encoding>,
    /// The name of standard input; its extension decides the format.
    pub stdin_name: Option<PathBuf>,
    /// Whether the configured excludes also apply to paths that are named.
    pub force_exclude: bool,
    /// Which part of the texts to report on.
    pub part: PartSettings,
    /// Which findings to hide.
    pub filters: FilterSettings,
    /// Report at most this many findings, most severe first.
    pub max_findings: Option<usize>,
    /// The least severity that fails the run; `None` if no finding does.
    pub fail_on: Option<Severity>,
    /// Which quality score to add.
    pub score: Option<ScoreSettings>,
    /// What reviewers exported from the page of the review before, one file each.
    pub previous: Vec<PathBuf>,
    /// The files that reports on the run will be written to. A run that reads one of them is refused.
    pub outputs: Vec<PathBuf>,
    /// Whether the findings are to lack the texts around them ([`Label::context`](crate::finding::Label::context)), because nothing shows
    /// these.
    pub without_contexts: bool,
    /// The bilingual lexicon of the aligner.
    pub lexicon: LexiconChoice,
}

/// A bilingual lexicon.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum LexiconChoice {
    /// The one in the binary.
    #[default]
    BuiltIn,
    /// None: only names, figures and lengths align.
    None,
    /// A file written by `glossary/lexicon/build.py`.
    File(PathBuf),
}

impl LexiconChoice {
    /// An aligner with this lexicon.
    pub(super) fn aligner(&self) -> Result<Aligner, RunError> {
        Ok(match self {
            Self::BuiltIn => Aligner::default(),
            Self::None => Aligner::new(None),
            Self::File(file) => {
                let bytes = read(file)?;
                let lexicon = Lexicon::from_bytes(bytes).map_err(|source| RunError::Lexicon {
                    file: file.clone(),
                    source,
                })?;
                Aligner::new(Some(Arc::new(lexicon)))
            }
        })
    }
}

/// Which findings to hide because somebody knows them already.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FilterSettings {
    /// The baseline file.
    pub baseline: Option<PathBuf>,
    /// Whether to write the findings of this run to the baseline file.
    pub update_baseline: bool,
    /// The waiver file.
    pub waivers: Option<PathBuf>,
    /// Whether waivers will be added to the file, which need not exist then.
    pub update_waivers: bool,
    /// A git revision; only findings about text that changed since are reported.
    pub since: Option<String>,
}

/// Which quality score to compute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScoreSettings {
    /// The standard.
    pub standard: Standard,
    /// A file with the fingerprints, one per line, of findings that a person has confirmed.
    pub confirmed: Option<PathBuf>,
}

impl Settings {
    /// The settings of a configuration file alone.
    pub fn from_config(config: Config) -> Self {
        Self {
            config,
            ..Self::default()
        }
    }

    /// The paths that are checked.
    pub fn effective_paths(&self) -> Vec<PathBuf> {
        match (&self.config.sources, self.paths.as_slice()) {
            (_, []) if self.file_list.is_some() => Vec::new(),
            (Some(sources), []) => sources.clone(),
            (None, []) => vec![PathBuf::from(".")],
            (_, named) => named.to_vec(),
        }
    }

    /// The glossaries that are loaded; empty for the built-in one.
    pub fn effective_glossaries(&self) -> &[PathBuf] {
        self.config.glossaries_or(&self.glossaries)
    }

    /// How inputs are found and read.
    pub fn input_options(&self) -> input::Options {
        input::Options {
            encoding: self.encoding.or(self.config.encoding),
            stdin_name: self.stdin_name.clone(),
            exclude: self.config.excluded.clone(),
            force_exclude: self.force_exclude,
            listed: self.file_list.clone().unwrap_or_default(),
            config: self.config.path.clone(),
            pairs: self.config.pair_patterns.clone(),
            direction: self.config.direction,
            pins: self.config.pins.clone(),
            open_texts: Arc::default(),
        }
    }

    /// The rules that run.
    ///
    /// # Errors
    /// An unknown rule or group.
    pub fn selection(&self) -> Result<Selection, SelectionError> {
        let (select, ignore) = self.config.selection(Subject::Texts, &self.select, &self.ignore);
        Selection::new(&select, &ignore)
    }

    /// What the configuration says to rules.
    pub fn rule_settings(&self) -> context::Settings {
        context::Settings {
            direction: self.config.direction.unwrap_or_default(),
            known_acronyms: self.config.accepted_acronyms.clone(),
            style: self.config.style,
            profile: self.config.profile.unwrap_or_default(),
            date: self.date,
            dates: self.config.dates(),
        }
    }

    /// Whether the run covers everything that there is to check, so that what it does not find exists nowhere.
    pub(super) fn is_complete(&self) -> bool {
        self.file_list.is_none()
            && self.part.is_whole()
            && (self.paths.is_empty() || self.paths == [Path::new(".")])
            && self.select.is_empty()
            && self.ignore.is_empty()
    }
}
