//! A concept of the glossary and its names.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// A text of a concept: borrowed from the binary for the built-in glossary, owned for a glossary that was loaded.
pub type Text = Cow<'static, str>;

/// Whether a name may be used. Corresponds to the administrative status of TBX (ISO 30042).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// The name to use.
    Preferred,
    /// Another correct name.
    Admitted,
    /// Once used, or used by mistake: to be replaced by the preferred name.
    Deprecated,
    /// Must not be used.
    Forbidden,
}

impl Status {
    /// Every status, best first.
    pub const ALL: [Self; 4] = [Self::Preferred, Self::Admitted, Self::Deprecated, Self::Forbidden];

    /// As written in glossary files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Preferred => "preferred",
            Self::Admitted => "admitted",
            Self::Deprecated => "deprecated",
            Self::Forbidden => "forbidden",
        }
    }

    /// Whether a text may use the name.
    pub const fn is_accepted(self) -> bool {
        matches!(self, Self::Preferred | Self::Admitted)
    }
}

/// What a concept is. A proper name must be translated by an accepted name; good translators render an ordinary term in
/// many ways, such as a verb or an adjective.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A research facility, satellite, vessel or instrument.
    Facility,
    /// An organisation.
    Institution,
    /// A person.
    Person,
    /// A country, territory, city, river ….
    Place,
    /// A conference, a session, a historical event.
    Event,
    /// A plan or programme.
    Plan,
    /// A policy, initiative or set phrase of policy.
    Policy,
    /// A law, treaty, action plan or other document.
    Document,
    /// A post or title.
    Title,
    /// An ordinary term.
    Term,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 10] = [
        Self::Facility,
        Self::Institution,
        Self::Person,
        Self::Place,
        Self::Event,
        Self::Plan,
        Self::Policy,
        Self::Document,
        Self::Title,
        Self::Term,
    ];

    /// Whether concepts of this kind have proper names.
    pub const fn is_name(self) -> bool {
        !matches!(self, Self::Term | Self::Policy | Self::Title)
    }

    /// Whether a full name of this kind is never written by accident.
    pub const fn is_official(self) -> bool {
        matches!(self, Self::Facility | Self::Institution | Self::Plan | Self::Document)
    }

    /// As written in glossary files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Facility => "facility",
            Self::Institution => "institution",
            Self::Person => "person",
            Self::Place => "place",
            Self::Event => "event",
            Self::Plan => "plan",
            Self::Policy => "policy",
            Self::Document => "document",
            Self::Title => "title",
            Self::Term => "term",
        }
    }
}

/// One name of a concept in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// The name as written.
    pub text: Text,
    /// Whether it may be used.
    pub status: Status,
    /// Why it has that status.
    pub note: Option<Text>,
}

impl Name {
    /// A name without a note.
    pub fn new(text: impl Into<String>, status: Status) -> Self {
        Self {
            text: Text::Owned(text.into()),
            status,
            note: None,
        }
    }
}

/// A line of a glossary file.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Place {
    /// The file as shown in messages.
    pub file: Arc<str>,
    /// 1-based line.
    pub line: usize,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file, self.line)
    }
}

/// One thing that the glossary names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Concept {
    /// Kebab-case, unique in the glossary.
    pub id: Text,
    /// What it is.
    pub kind: Kind,
    /// Chinese names; the first preferred one is the official one.
    pub zh: Vec<Name>,
    /// English names; the first preferred one is the official one.
    pub en: Vec<Name>,
    /// The acronym of the English name. It may replace the name once introduced.
    pub acronym: Option<Text>,
    /// Whether the case of English names must match exactly (Fed, EAST).
    pub case_sensitive: bool,
    /// Who decided the names.
    pub authority: Option<Text>,
    /// Where the decision is published, or a remark that nobody has checked.
    pub citation: Option<Text>,
    /// First day on which the names are valid, `YYYY-MM-DD`.
    pub valid_from: Option<Text>,
    /// Last day on which the names are valid, `YYYY-MM-DD`.
    pub valid_to: Option<Text>,
    /// A remark for the next editor.
    pub note: Option<Text>,
    /// Further columns or keys of the file.
    pub extra: Vec<(Text, Text)>,
    /// The line that defines it.
    pub place: Place,
}

impl Concept {
    /// A concept with an id and a kind only.
    pub fn new(id: impl Into<String>, kind: Kind) -> Self {
        Self {
            id: Text::Owned(id.into()),
            kind,
            zh: Vec::new(),
            en: Vec::new(),
            acronym: None,
            case_sensitive: false,
            authority: None,
            citation: None,
            valid_from: None,
            valid_to: None,
            note: None,
            extra: Vec::new(),
            place: Place::default(),
        }
    }

    /// The preferred English name, or the first admitted one.
    pub fn preferred_en(&self) -> Option<&str> {
        preferred(&self.en)
    }

    /// The preferred Chinese name, or the first admitted one.
    pub fn preferred_zh(&self) -> Option<&str> {
        preferred(&self.zh)
    }
}

fn preferred(names: &[Name]) -> Option<&str> {
    names
        .iter()
        .find(|n| n.status == Status::Preferred)
        .or_else(|| names.iter().find(|n| n.status == Status::Admitted))
        .map(|n| &*n.text)
}
