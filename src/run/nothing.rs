//! Why a run checked no text at all, and whether that is a mistake.

use std::fmt;
use std::path::PathBuf;

use super::{Checked, Settings};
use crate::input::{self, Discovery, InputError, Options};

/// Why a run checked no text at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NothingChecked {
    /// The list of files contains nothing that bilint reads.
    EmptyList,
    /// Every file is excluded.
    Excluded,
    /// This many files are in one language, and none of them has a translation.
    NoTranslations(usize),
    /// The files contain no text.
    NoText,
}

impl NothingChecked {
    /// Whether somebody should know: the run was over folders or configured sources, so that their texts have moved, or
    /// have never been where the configuration says.
    pub const fn is_failure(self) -> bool {
        matches!(self, Self::NoTranslations(_) | Self::NoText)
    }

    /// The reason, if a run over folders or a list checked nothing. `None` as well if a problem explains it, or if only
    /// changed text was to be checked.
    pub(super) fn find(settings: &Settings, found: &Discovery, checked: &Checked) -> Option<Self> {
        let is_explained = checked.skipped.iter().any(|s| s.failed) || settings.filters.since.is_some();
        if checked.tally.pairs > 0 || is_explained {
            return None;
        }
        if settings.file_list.is_some() && settings.paths.is_empty() {
            return Some(Self::EmptyList);
        }
        if !settings.effective_paths().iter().any(|p| p.is_dir()) {
            return None;
        }
        Some(match (found.inputs.len(), checked.skipped.len()) {
            (0, _) => Self::Excluded,
            (inputs, alone) if inputs == alone => Self::NoTranslations(alone),
            _ => Self::NoText,
        })
    }
}

impl fmt::Display for NothingChecked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("nothing was checked: ")?;
        match self {
            Self::EmptyList => f.write_str("the list contains no bilingual text"),
            Self::Excluded => f.write_str("every file is excluded"),
            Self::NoTranslations(1) => f.write_str(
                "the only file is in one language and has no translation beside it; name both files, or set `[[pairs]]`",
            ),
            Self::NoTranslations(files) => write!(
                f,
                "all {files} files are in one language and have no translation beside them; name both folders, or set `[[pairs]]`"
            ),
            Self::NoText => f.write_str("the files contain no text"),
        }
    }
}

/// Removes the errors about folders in which nothing is found only because all of it is excluded.
pub(super) fn forgive_excluded(found: &mut Discovery, paths: &[PathBuf], options: &Options) {
    let is_empty_folder = |e: &InputError| matches!(e, InputError::NothingFound { .. });
    if options.exclude.is_none() || !found.errors.iter().any(is_empty_folder) {
        return;
    }
    let without_excludes = Options {
        exclude: None,
        ..options.clone()
    };
    let all = input::discover(paths, &without_excludes);
    let is_empty = |e: &InputError| all.errors.iter().any(|a| is_empty_folder(a) && a.path() == e.path());
    found.errors.retain(|e| !is_empty_folder(e) || is_empty(e));
}
