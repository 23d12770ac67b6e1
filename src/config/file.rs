//! The keys of `bilint.toml`. The doc comments are the descriptions in the JSON schema.

use std::collections::BTreeMap;
use std::fmt;

use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

use crate::finding::Severity;
use crate::rules::profile::Profile;
use crate::rules::style::{Acronyms, Percent, Quotes};
use crate::text::Direction;

/// Configuration of bilint, a linter for Chinese–English translations.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
#[schemars(title = "bilint.toml")]
pub struct ConfigFile {
    /// Another configuration file to start from, relative to this one. Keys in this file replace the keys of that file;
    /// `rules` and `override` are added.
    #[schemars(with = "Option<String>")]
    pub extend: Option<Spanned<String>>,
    /// Files and folders that `bilint check` checks if none are named. Default: the current folder.
    #[schemars(with = "Option<Vec<String>>")]
    pub sources: Option<Spanned<Vec<String>>>,
    /// Files and folders to leave out, as `.gitignore` patterns.
    #[schemars(with = "Option<Vec<String>>")]
    pub exclude: Option<Spanned<Vec<Spanned<String>>>>,
    /// Glossary files (TOML, CSV, TSV) and folders of them, in the order of precedence; `builtin` is the built-in glossary.
    /// Default: the built-in glossary alone.
    #[schemars(with = "Option<Vec<String>>")]
    pub glossaries: Option<Spanned<Vec<String>>>,
    /// The version of the built-in glossary that the project was checked with: `1.0`. Another one is an error.
    #[schemars(with = "Option<String>")]
    pub glossary_version: Option<Spanned<String>>,
    /// The genre of the texts: `official` (default), `news`, `law` or `interface`. It sets how severe and how strict some
    /// rules are.
    #[schemars(with = "Option<Profile>")]
    pub profile: Option<Spanned<Profile>>,
    /// The direction of the translation, unless a file says otherwise: `zh-en` (default) or `en-zh`.
    #[schemars(with = "Option<DirectionName>")]
    pub direction: Option<Spanned<Direction>>,
    /// The encoding of all files: a label of the Encoding Standard, such as `gb18030`. Default: detected for each file.
    #[schemars(with = "Option<String>")]
    pub encoding: Option<Spanned<String>>,
    /// Rules and groups to run, or `all`. Default: the rules that are on by default.
    #[schemars(with = "Option<Vec<String>>")]
    pub select: Option<Spanned<Vec<Spanned<String>>>>,
    /// Rules and groups not to run.
    #[schemars(with = "Option<Vec<String>>")]
    pub ignore: Option<Spanned<Vec<Spanned<String>>>>,
    /// Acronyms that need no introduction: `GDP`, `AI`.
    #[schemars(with = "Option<Vec<String>>")]
    pub accepted_acronyms: Option<Spanned<Vec<String>>>,
    /// House style, where several forms are correct.
    pub style: StyleKeys,
    /// Severities of rules and groups.
    #[schemars(with = "BTreeMap<String, Level>")]
    pub rules: BTreeMap<Spanned<String>, Spanned<Level>>,
    /// Files that are translations of each other but do not pair up by name, as `x.zh.md` and `x.en.md` or `zh/x` and `en/x` do.
    #[schemars(with = "Vec<PairKeys>")]
    pub pairs: Vec<Spanned<PairKeys>>,
    /// Paragraphs that translate each other where the alignment joins others, in texts that have no comments.
    #[schemars(with = "Vec<PinKeys>")]
    pub pins: Vec<Spanned<PinKeys>>,
    /// Other severities for some files, and their day.
    #[schemars(with = "Vec<OverrideKeys>")]
    pub r#override: Vec<Spanned<OverrideKeys>>,
}

/// House style. Default: any form, if the text is consistent.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct StyleKeys {
    /// Double quotation marks in the English: `curly` or `straight` (rule `mixed-quotes`).
    #[schemars(with = "Option<Quotes>")]
    pub quotes: Option<Spanned<Quotes>>,
    /// Per cent after a figure in the English: `%`, `percent` or `per cent` (rule `percent-style`).
    #[schemars(with = "Option<Percent>")]
    pub percent: Option<Spanned<Percent>>,
    /// Whether names in lists carry their acronyms: `all` or `none` (rule `acronym-style`).
    #[schemars(with = "Option<Acronyms>")]
    pub acronyms: Option<Spanned<Acronyms>>,
}

/// The setting of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// It does not run.
    Off,
    /// It runs with its own severity.
    On,
    /// Its findings are notes.
    Note,
    /// Its findings are warnings at most.
    Warning,
    /// Its findings are errors.
    Error,
}

impl Level {
    /// The name in the file.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::On => "on",
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }

    /// The severity of a finding of a rule whose default severity is `usual`, or `None` if the finding is dropped. A finding
    /// that the rule itself has downgraded is never upgraded again.
    pub fn apply(self, usual: Severity, found: Severity) -> Option<Severity> {
        let set = match self {
            Self::Off => return None,
            Self::On => return Some(found),
            Self::Note => Severity::Note,
            Self::Warning => Severity::Warning,
            Self::Error => Severity::Error,
        };
        Some(if found < usual { found.min(set) } else { set })
    }
}

impl From<Severity> for Level {
    fn from(severity: Severity) -> Self {
        match severity {
            Severity::Note => Self::Note,
            Severity::Warning => Self::Warning,
            Severity::Error => Self::Error,
        }
    }
}

/// Two paths, relative to this file, with `{path}` for the part that they have in common, or two single files.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PairKeys {
    /// The Chinese files: `i18n/zh/{path}.md`.
    pub zh: String,
    /// The English files: `docs/{path}.md`.
    pub en: String,
}

/// Two paragraphs of a text that translate each other.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PinKeys {
    /// The text, relative to this file; either of the two, if each language has a file.
    pub file: String,
    /// How the Chinese paragraph begins.
    pub zh: String,
    /// How the English paragraph begins.
    pub en: String,
}

/// A day, in quotes or not.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub enum DateKey {
    /// A date of TOML.
    Date(toml::value::Datetime),
    /// A string.
    Text(String),
}

impl fmt::Display for DateKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Date(date) => write!(f, "{date}"),
            Self::Text(text) => f.write_str(text),
        }
    }
}

/// Other severities for some files, and their day.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OverrideKeys {
    /// The files, as `.gitignore` patterns.
    #[schemars(with = "Vec<String>")]
    pub paths: Vec<Spanned<String>>,
    /// Severities of rules and groups in these files.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, Level>")]
    pub rules: BTreeMap<Spanned<String>, Spanned<Level>>,
    /// The day of these files, YYYY-MM-DD, unless the front matter of a text has one: only glossary names that are valid on it
    /// count.
    #[schemars(with = "Option<String>")]
    pub date: Option<Spanned<DateKey>>,
}

/// Names of directions, for the schema.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "only its schema is used; the value is a Direction")]
enum DirectionName {
    #[schemars(rename = "zh-en")]
    ZhEn,
    #[schemars(rename = "en-zh")]
    EnZh,
}

/// The JSON schema of the file; `docs/bilint.schema.json` is a copy.
pub fn schema() -> String {
    let schema = schemars::schema_for!(ConfigFile);
    let mut text = serde_json::to_string_pretty(&schema).unwrap_or_default();
    text.push('\n');
    text
}
