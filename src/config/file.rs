//! `bilint.toml` as it is written. The doc comments are the descriptions of the JSON schema.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

use crate::finding::Severity;
use crate::rules::style::{Acronyms, Percent, Quotes};
use crate::text::Direction;

/// Configuration of bilint, a linter for Chinese–English translations.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
#[schemars(title = "bilint.toml")]
pub struct ConfigFile {
    /// Another configuration file that this one starts from, relative to this one. Keys given here replace those of that
    /// file; `rules` are added to its rules and `override` to its overrides.
    #[schemars(with = "Option<String>")]
    pub extend: Option<Spanned<String>>,
    /// Files and folders that `bilint check` checks when none are named. Default: the current folder.
    #[schemars(with = "Option<Vec<String>>")]
    pub sources: Option<Spanned<Vec<String>>>,
    /// Files and folders to leave out, as patterns of `.gitignore`.
    #[schemars(with = "Option<Vec<String>>")]
    pub exclude: Option<Spanned<Vec<Spanned<String>>>>,
    /// Glossary files (TOML, CSV, TSV) and folders of them. Default: the glossary in the binary.
    #[schemars(with = "Option<Vec<String>>")]
    pub glossaries: Option<Spanned<Vec<String>>>,
    /// Which language was translated into which, where a file does not say it itself: `zh-en` (default) or `en-zh`.
    #[schemars(with = "Option<DirectionName>")]
    pub direction: Option<Spanned<Direction>>,
    /// The encoding of all files, as the Encoding Standard labels it, such as `gb18030`. Default: told from each file.
    #[schemars(with = "Option<String>")]
    pub encoding: Option<Spanned<String>>,
    /// Rules and groups that run, or `all`. Default: every rule that is on by default.
    #[schemars(with = "Option<Vec<String>>")]
    pub select: Option<Spanned<Vec<Spanned<String>>>>,
    /// Rules and groups that do not run.
    #[schemars(with = "Option<Vec<String>>")]
    pub ignore: Option<Spanned<Vec<Spanned<String>>>>,
    /// Acronyms that readers know, so that they need no introduction: `GDP`, `AI`.
    #[schemars(with = "Option<Vec<String>>")]
    pub accepted_acronyms: Option<Spanned<Vec<String>>>,
    /// House style, where several ways of writing are right.
    pub style: StyleKeys,
    /// Severities of rules and groups.
    #[schemars(with = "BTreeMap<String, Level>")]
    pub rules: BTreeMap<Spanned<String>, Spanned<Level>>,
    /// Which file translates which, where names such as `x.zh.md` and `x.en.md` or `zh/x` and `en/x` do not tell.
    #[schemars(with = "Vec<PairKeys>")]
    pub pairs: Vec<Spanned<PairKeys>>,
    /// Other severities for some of the files.
    #[schemars(with = "Vec<OverrideKeys>")]
    pub r#override: Vec<Spanned<OverrideKeys>>,
}

/// House style. Default: whatever the text does, the same throughout.
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

/// What a rule is set to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// It does not run.
    Off,
    /// It runs, with the severity of its own.
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

    /// What becomes of a finding of a rule whose usual severity is `usual`; `None` where it is dropped. A finding that the
    /// rule itself took for less than usual is never raised.
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

/// Two paths, relative to this file, with `{path}` for the part that they share.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PairKeys {
    /// The Chinese files: `i18n/zh/{path}.md`.
    pub zh: String,
    /// The English files: `docs/{path}.md`.
    pub en: String,
}

/// Other severities for some of the files.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OverrideKeys {
    /// The files, as patterns of `.gitignore`.
    #[schemars(with = "Vec<String>")]
    pub paths: Vec<Spanned<String>>,
    /// Severities of rules and groups in these files.
    #[schemars(with = "BTreeMap<String, Level>")]
    pub rules: BTreeMap<Spanned<String>, Spanned<Level>>,
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

/// The JSON schema of the file, as it is checked in under `docs/`.
pub fn schema() -> String {
    let schema = schemars::schema_for!(ConfigFile);
    let mut text = serde_json::to_string_pretty(&schema).unwrap_or_default();
    text.push('\n');
    text
}
