//! What can go wrong with an input. Each error names the file, the place and the remedy.

use std::fmt;
use std::io;
use std::sync::Arc;

use super::package_fault::PackageFault;
use crate::text::{Side, Source};

/// How much an [`InputError`] matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Level {
    /// An input could not be read. The run fails.
    Error,
    /// The input was read but is empty.
    Warning,
    /// The input was read, but some of its entries are not checked, or its layout was guessed.
    Partial,
    /// The input is not checked, on purpose. It is counted, not complained about.
    Skipped,
}

/// Why an input, or one record of it, could not be read.
#[derive(Debug, thiserror::Error)]
pub enum InputError {
    /// No file of this name.
    #[error("{path}: no such file or folder; check the spelling")]
    NotFound {
        /// The path as given.
        path: Arc<str>,
    },
    /// A glob pattern without a match.
    #[error("{pattern}: the pattern matches no file; check it, or name a folder")]
    NoMatch {
        /// The pattern as given.
        pattern: Arc<str>,
    },
    /// A folder without a file that is read.
    #[error(
        "{path}: no file here that bilint reads ({known}){}; name another folder or a file",
        not_read.as_ref().map_or_else(String::new, |n| format!(", only {n}"))
    )]
    NothingFound {
        /// The folder.
        path: Arc<str>,
        /// The extensions that are read.
        known: String,
        /// What there is instead, such as `2 .json`.
        not_read: Option<String>,
    },
    /// The system refused access.
    #[error("{path}: cannot be read: {source}")]
    Io {
        /// The file or folder.
        path: Arc<str>,
        /// The system's error.
        source: io::Error,
    },
    /// A folder in a list of files.
    #[error("{path}: the list of files contains a folder, which is not searched; name it as an argument instead")]
    ListedFolder {
        /// The folder.
        path: Arc<str>,
    },
    /// A file without text.
    #[error("{path}: the file is empty; nothing to check")]
    Empty {
        /// The file.
        path: Arc<str>,
    },
    /// Not text.
    #[error("{path}: {what}, not text; save it as text or in one of the formats that bilint reads")]
    Binary {
        /// The file.
        path: Arc<str>,
        /// What it seems to be.
        what: &'static str,
    },
    /// A type of file that is known but not read.
    #[error("{path}: unsupported file type “.{extension}”; export it as one of {known}")]
    UnknownFormat {
        /// The file.
        path: Arc<str>,
        /// Its extension.
        extension: String,
        /// The extensions that are read.
        known: String,
    },
    /// UTF-8 with a broken or truncated sequence.
    #[error(
        "{path}:{line}:{column}: broken UTF-8 at byte {byte} of the file; restore the text there, or name the file's encoding with --encoding"
    )]
    BrokenUtf8 {
        /// The file.
        path: Arc<str>,
        /// 1-based line.
        line: usize,
        /// 1-based column in code points.
        column: usize,
        /// 0-based offset in the file.
        byte: u64,
    },
    /// A sequence that the encoding, declared by the user or by a byte order mark, does not have.
    #[error(
        "{path}:{line}:{column}: not valid {encoding}; name the right encoding with --encoding, or restore the text there"
    )]
    Malformed {
        /// The file.
        path: Arc<str>,
        /// The encoding.
        encoding: &'static str,
        /// 1-based line.
        line: usize,
        /// 1-based column in code points.
        column: usize,
    },
    /// Neither UTF-8 nor any other encoding that is certain enough.
    #[error("{path}: cannot detect the encoding; name it with --encoding (utf-8, gb18030, big5, utf-16le …)")]
    UndecidedEncoding {
        /// The file.
        path: Arc<str>,
    },
    /// A table whose first line does not name the languages.
    #[error(
        "{path}:{line}:1: no column of the header is named as {}; write a header such as `id{separator}zh{separator}en` in the first line (found: {found})",
        missing.map_or("Chinese and none as English", Side::name)
    )]
    MissingHeader {
        /// The file.
        path: Arc<str>,
        /// 1-based line.
        line: usize,
        /// The language without a column; `None` where both lack one.
        missing: Option<Side>,
        /// The separator, as shown to the user.
        separator: &'static str,
        /// What the first line holds, shortened.
        found: String,
    },
    /// A configuration file in a folder that is read, which another one or none is in effect for.
    #[error("{path}: this configuration is not in effect; run bilint in its folder, or name it with --config")]
    UnusedConfig {
        /// The file.
        path: Arc<str>,
    },
    /// A table whose lines end in carriage returns alone, as old spreadsheets for the Mac wrote them.
    #[error("{path}: the lines end in carriage returns alone; save the file with line feeds (`LF`) or `CRLF`")]
    CarriageReturns {
        /// The file.
        path: Arc<str>,
    },
    /// A record that cannot be understood; the others are read.
    #[error("{path}:{line}:{column}: {message}; this record is left out")]
    Record {
        /// The file.
        path: Arc<str>,
        /// 1-based line.
        line: usize,
        /// 1-based column in code points.
        column: usize,
        /// What is wrong and what would be right.
        message: String,
    },
    /// A row that cannot be understood; the others are read.
    #[error("{path}: row {row}: {message}; this row is left out")]
    Row {
        /// The file.
        path: Arc<str>,
        /// 1-based number of the row.
        row: usize,
        /// What is wrong.
        message: String,
    },
    /// A table of columns that cannot be read.
    #[error("{path}: {fault}")]
    Table {
        /// The file.
        path: Arc<str>,
        /// What is wrong, and what would be right.
        fault: String,
    },
    /// A file in a markup language that breaks its rules, or with something that is not read on purpose.
    #[error("{path}:{line}:{column}: {message}; repair the file there, or export it again")]
    Markup {
        /// The file.
        path: Arc<str>,
        /// 1-based line.
        line: usize,
        /// 1-based column in code points.
        column: usize,
        /// What is wrong.
        message: String,
    },
    /// A package, such as a Word document, that cannot be read.
    #[error("{path}: {fault}")]
    Package {
        /// The file.
        path: Arc<str>,
        /// Why.
        fault: PackageFault,
    },
    /// Two files given as a pair that are in the same language.
    #[error("{first} and {second}: both are {}; give one Chinese and one English file", side.name())]
    SameLanguage {
        /// One of them.
        first: Arc<str>,
        /// The other.
        second: Arc<str>,
        /// Their language.
        side: Side,
    },
    /// Entries of a file of translations that are not checked.
    #[error("{path}: left out {}", entries(*fuzzy, *untranslated, *keys))]
    EntriesLeftOut {
        /// The file.
        path: Arc<str>,
        /// Entries whose translation is a guess that nobody has confirmed.
        fuzzy: usize,
        /// Entries without a translation.
        untranslated: usize,
        /// Entries with the key of a program instead of a source text.
        keys: usize,
    },
    /// Strings that only one of two files has.
    #[error("{path}: {}", other_keys(missing, extra, other))]
    OtherKeys {
        /// The translation.
        path: Arc<str>,
        /// The source.
        other: Arc<str>,
        /// What only the source has.
        missing: Keys,
        /// What only the translation has.
        extra: Keys,
    },
    /// Lines in both languages, which are divided.
    #[error("{path}: {lines} lines hold both languages and are read as two paragraphs each")]
    Divided {
        /// The file.
        path: Arc<str>,
        /// How many; more than one.
        lines: usize,
    },
    /// Subtitles whose cues come later than those of their translation by the same time.
    #[error(
        "{path}: its cues come {}.{} s {} than those of {other}; they are compared without that shift",
        milliseconds.unsigned_abs() / 1000,
        milliseconds.unsigned_abs() % 1000 / 100,
        if *milliseconds < 0 { "earlier" } else { "later" }
    )]
    Shifted {
        /// The file.
        path: Arc<str>,
        /// The other one.
        other: Arc<str>,
        /// By how much they come later.
        milliseconds: i64,
    },
    /// A file that is to hold records and does not.
    #[error(
        "{path}: neither JSON Lines nor a table with a header; name the columns with --columns, as in `--columns zh,en`"
    )]
    NoRecords {
        /// The file.
        path: Arc<str>,
    },
    /// Two files that pair line by line, one of which ends before the other.
    #[error("{path}: ends after line {lines}, and {other} goes on; give two files with as many lines")]
    FewerLines {
        /// The file that ends.
        path: Arc<str>,
        /// The other one.
        other: Arc<str>,
        /// The lines that both have.
        lines: usize,
    },
    /// Subtitles in two files that are shown at different times.
    #[error("{path}: its cues have other times than those of {other}; the two are aligned by their content")]
    OtherTimes {
        /// The file.
        path: Arc<str>,
        /// The other one.
        other: Arc<str>,
    },
    /// A file of translations into or from other languages.
    #[error(
        "{path}: not a translation between Chinese and English{}",
        languages.as_ref().map_or_else(String::new, |l| format!(" (the file says “{l}”)"))
    )]
    OtherLanguages {
        /// The file.
        path: Arc<str>,
        /// The languages, as the file names them.
        languages: Option<String>,
        /// Whether the user named the file.
        explicit: bool,
    },
    /// A file that has no partner and is in one language.
    #[error(
        "{path}: {} only, and no translation of it was found; {}",
        side.name(),
        if *explicit { "name the translation as well, or set `[[pairs]]`" } else { "skipped" }
    )]
    OneLanguage {
        /// The file.
        path: Arc<str>,
        /// Its language.
        side: Side,
        /// Whether the user named the file.
        explicit: bool,
    },
    /// A workbook without a column for each language.
    #[error("{path}: no sheet has a Chinese and an English column; name them in a header, `zh` and `en`")]
    NoPairs {
        /// The file.
        path: Arc<str>,
        /// Whether the user named the file.
        explicit: bool,
    },
    /// A table with figures where its header promises text.
    #[error("{path}: the columns of Chinese and English hold figures, and no text")]
    Scores {
        /// The file.
        path: Arc<str>,
        /// Whether the user named the file.
        explicit: bool,
    },
    /// A text in Japanese, which shares its ideographs with Chinese.
    #[error("{path}: the text is Japanese, neither Chinese nor English")]
    Japanese {
        /// The file.
        path: Arc<str>,
        /// Whether the user named the file.
        explicit: bool,
    },
}

impl InputError {
    /// How much it matters.
    pub const fn level(&self) -> Level {
        match self {
            Self::Empty { .. } | Self::ListedFolder { .. } => Level::Warning,
            Self::EntriesLeftOut { .. }
            | Self::OtherKeys { .. }
            | Self::Divided { .. }
            | Self::Shifted { .. }
            | Self::OtherTimes { .. }
            | Self::UnusedConfig { .. } => Level::Partial,
            Self::OneLanguage { explicit: false, .. }
            | Self::Scores { explicit: false, .. }
            | Self::NoPairs { explicit: false, .. }
            | Self::Japanese { explicit: false, .. }
            | Self::OtherLanguages { explicit: false, .. } => Level::Skipped,
            _ => Level::Error,
        }
    }

    /// The file or folder in question, as messages show it.
    pub const fn path(&self) -> &Arc<str> {
        match self {
            Self::NoMatch { pattern: path }
            | Self::SameLanguage { first: path, .. }
            | Self::NotFound { path }
            | Self::NothingFound { path, .. }
            | Self::Io { path, .. }
            | Self::Empty { path }
            | Self::ListedFolder { path }
            | Self::Binary { path, .. }
            | Self::UnknownFormat { path, .. }
            | Self::BrokenUtf8 { path, .. }
            | Self::Malformed { path, .. }
            | Self::UndecidedEncoding { path }
            | Self::MissingHeader { path, .. }
            | Self::CarriageReturns { path }
            | Self::UnusedConfig { path }
            | Self::Record { path, .. }
            | Self::Row { path, .. }
            | Self::Table { path, .. }
            | Self::Markup { path, .. }
            | Self::Package { path, .. }
            | Self::EntriesLeftOut { path, .. }
            | Self::OtherKeys { path, .. }
            | Self::Divided { path, .. }
            | Self::Shifted { path, .. }
            | Self::OtherTimes { path, .. }
            | Self::NoRecords { path }
            | Self::FewerLines { path, .. }
            | Self::OtherLanguages { path, .. }
            | Self::Scores { path, .. }
            | Self::NoPairs { path, .. }
            | Self::Japanese { path, .. }
            | Self::OneLanguage { path, .. } => path,
        }
    }

    /// The error for what is wrong at byte `at` of `source` and costs the record there.
    pub fn record(source: &Source, at: usize, message: impl Into<String>) -> Self {
        let at = source.position(at);
        Self::Record {
            path: Arc::clone(source.path()),
            line: at.line,
            column: at.column,
            message: message.into(),
        }
    }

    /// The error for a failed operation on `path`.
    pub fn io(path: &Arc<str>, source: io::Error) -> Self {
        let path = Arc::clone(path);
        if source.kind() == io::ErrorKind::NotFound {
            Self::NotFound { path }
        } else {
            Self::Io { path, source }
        }
    }
}

/// So many keys are named that one file has and the other lacks.
const NAMED_KEYS: usize = 3;

/// Keys that one file has and the other lacks.
#[derive(Debug)]
pub struct Keys {
    /// How many.
    pub count: usize,
    /// The first of them.
    pub first: Vec<String>,
}

impl Keys {
    /// These keys.
    pub fn new(keys: Vec<String>) -> Self {
        Self {
            count: keys.len(),
            first: keys.into_iter().take(NAMED_KEYS).collect(),
        }
    }
}

impl fmt::Display for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let noun = if self.count == 1 { "key" } else { "keys" };
        let more = if self.count > self.first.len() { " …" } else { "" };
        write!(f, "{} {noun} ({}{more})", self.count, self.first.join(", "))
    }
}

/// Which keys only one file has: `without a translation of 2 keys (a, b); 1 key (c) is not in x.json`.
fn other_keys(missing: &Keys, extra: &Keys, other: &str) -> String {
    let missing = (missing.count > 0).then(|| format!("without a translation of {missing} in {other}"));
    let extra = (extra.count > 0).then(|| format!("with {extra} that {other} lacks"));
    [missing, extra].into_iter().flatten().collect::<Vec<_>>().join("; ")
}

/// Entries by why they are left out: `12 fuzzy and 3 untranslated entries`.
fn entries(fuzzy: usize, untranslated: usize, keys: usize) -> String {
    let noun = |count: usize| if count == 1 { "entry" } else { "entries" };
    let unconfirmed = match (fuzzy, untranslated) {
        (0, 0) => None,
        (0, n) => Some(format!("{n} untranslated {}", noun(n))),
        (n, 0) => Some(format!("{n} fuzzy {}", noun(n))),
        (n, m) => Some(format!("{n} fuzzy and {m} untranslated entries")),
    };
    let keys = (keys > 0).then(|| format!("{keys} {} with a key in place of the source", noun(keys)));
    unconfirmed.into_iter().chain(keys).collect::<Vec<_>>().join(", and ")
}
