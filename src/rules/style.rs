//! House style: what a configuration may choose where several ways of writing are right.

use schemars::JsonSchema;
use serde::Deserialize;

/// The choices; what is not chosen is only to be the same throughout.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Style {
    /// Double quotation marks in the English.
    pub quotes: Option<Quotes>,
    /// Per cent after a figure in the English.
    pub percent: Option<Percent>,
    /// Names in lists that have an acronym.
    pub acronyms: Option<Acronyms>,
}

impl Style {
    /// These choices, and those of `other` where nothing is chosen.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self {
            quotes: self.quotes.or(other.quotes),
            percent: self.percent.or(other.percent),
            acronyms: self.acronyms.or(other.acronyms),
        }
    }
}

/// Kinds of quotation marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Quotes {
    /// “ and ”.
    Curly,
    /// The one mark of typewriters.
    Straight,
}

impl Quotes {
    /// The name in the configuration.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Curly => "curly",
            Self::Straight => "straight",
        }
    }
}

/// Ways of writing per cent after a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
pub enum Percent {
    /// `5%`
    #[serde(rename = "%")]
    Sign,
    /// `5 percent`
    #[serde(rename = "percent")]
    Word,
    /// `5 per cent`
    #[serde(rename = "per cent")]
    TwoWords,
}

impl Percent {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Sign, Self::Word, Self::TwoWords];

    /// What is written, without the space before it; also the name in the configuration.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sign => "%",
            Self::Word => "percent",
            Self::TwoWords => "per cent",
        }
    }
}

/// Whether the names of a list carry their acronyms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Acronyms {
    /// All that have one.
    All,
    /// None.
    None,
}

impl Acronyms {
    /// The name in the configuration.
    pub const fn name(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::None => "none",
        }
    }
}
