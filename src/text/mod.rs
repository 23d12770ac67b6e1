//! Decoded text and places in it: sources, byte spans, line index, scripts, normalisation.
//!
//! The lowest floor: it knows no file format, no rule and no glossary.

pub mod bytes;
mod char_counts;
pub mod date;
mod dialect;
pub mod formula;
pub mod language_name;
mod markdown;
pub mod normalize;
mod path;
mod printable;
pub mod script;
mod sides;
pub mod simplified;
mod source;
mod span;
mod span_set;
pub mod table;

pub use char_counts::CharCounts;
pub use dialect::{Dialect, FileBytes};
pub use markdown::escape_markdown;
pub use path::{display_path, encode_path, unquote_git_path};
pub use printable::{printable, printable_char, printable_lines, printable_path};
pub use sides::Sides;
pub use source::{Position, Source};
pub use span::Span;
pub use span_set::SpanSet;

use serde::{Deserialize, Serialize};

/// One of the two languages of a bilingual text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    /// Chinese.
    Zh,
    /// English.
    En,
}

impl Side {
    /// The other side.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Zh => Self::En,
            Self::En => Self::Zh,
        }
    }

    /// `"zh"` or `"en"`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Zh => "zh",
            Self::En => "en",
        }
    }

    /// The name of the language as messages write it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Zh => "Chinese",
            Self::En => "English",
        }
    }
}

/// Which side was translated into which. An omission is something of the source that the target lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum Direction {
    /// Chinese is the source, English the target.
    #[default]
    #[serde(rename = "zh-en")]
    ZhToEn,
    /// English is the source, Chinese the target.
    #[serde(rename = "en-zh")]
    EnToZh,
}

impl Direction {
    /// Both of them.
    pub const ALL: [Self; 2] = [Self::ZhToEn, Self::EnToZh];

    /// The name in the configuration.
    pub const fn name(self) -> &'static str {
        match self {
            Self::ZhToEn => "zh-en",
            Self::EnToZh => "en-zh",
        }
    }

    /// The direction from one side to the other; `None` for one side twice.
    pub const fn between(source: Side, target: Side) -> Option<Self> {
        match (source, target) {
            (Side::Zh, Side::En) => Some(Self::ZhToEn),
            (Side::En, Side::Zh) => Some(Self::EnToZh),
            _ => None,
        }
    }

    /// The side that was translated from.
    pub const fn source(self) -> Side {
        match self {
            Self::ZhToEn => Side::Zh,
            Self::EnToZh => Side::En,
        }
    }

    /// The side that was translated into.
    pub const fn target(self) -> Side {
        self.source().other()
    }
}

/// The candidate nearest to a misspelt name, if one is near enough to suggest.
pub fn nearest<'a>(wrong: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    candidates
        .map(|c| (strsim::damerau_levenshtein(wrong, c), c))
        .filter(|&(d, c)| d <= 2.max(c.chars().count() / 3))
        .min_by_key(|&(d, _)| d)
        .map(|(_, c)| c)
}
