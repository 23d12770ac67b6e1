//! A concept of the glossary and its names.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize, Serializer};

use crate::text::Side;
use crate::text::date::Date;

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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, clap::ValueEnum)]
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Name {
    /// The name as written.
    #[serde(rename = "name")]
    pub text: Text,
    /// Whether it may be used.
    pub status: Status,
    /// Why it has that status.
    #[serde(skip_serializing_if = "Option::is_none")]
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

/// How well the names of a concept are documented.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Grade {
    /// A page or document of the owner of the name.
    A,
    /// An official outlet or a standard.
    B,
    /// A reliable secondary source.
    C,
    /// No source was found.
    D,
}

impl Grade {
    /// Every grade, best first.
    pub const ALL: [Self; 4] = [Self::A, Self::B, Self::C, Self::D];

    /// As written in glossary files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::A => "A",
            Self::B => "B",
            Self::C => "C",
            Self::D => "D",
        }
    }
}

/// A pair of texts that shows how the names of a concept are used, or how they are not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Example {
    /// The Chinese text.
    pub zh: Text,
    /// Its translation.
    pub en: Text,
}

/// A change of a concept, as its history records it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// The day of the change, `YYYY-MM-DD`.
    pub date: Text,
    /// Who made it.
    pub author: Text,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<Text>,
    /// What changed.
    pub change: Text,
}

/// A line of a glossary file.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize)]
pub struct Place {
    /// The file as shown in messages.
    #[serde(serialize_with = "as_str")]
    pub file: Arc<str>,
    /// 1-based line.
    pub line: usize,
}

fn as_str<S: Serializer>(text: &Arc<str>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(text)
}

fn as_map<S: Serializer>(pairs: &[(Text, Text)], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(pairs.iter().map(|(key, value)| (key, value)))
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file, self.line)
    }
}

/// What another entry has to do with a concept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// It changes names and fields of the concept.
    Overrides,
    /// It is the same concept in a later glossary and adds names and fields.
    Added,
    /// It is of a later glossary and does not count.
    Overridden,
}

/// Another entry that has to do with a concept, since several glossaries are used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Layer {
    /// What it has to do with it.
    pub role: Role,
    /// The names and the keys of the concept that come from it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Text>,
    /// Where it is.
    pub place: Place,
}

impl Layer {
    /// A layer that gives nothing.
    pub const fn new(role: Role, place: Place) -> Self {
        Self {
            role,
            parts: Vec::new(),
            place,
        }
    }
}

/// One thing that the glossary names. Serialized under the keys of glossary files, without those that are empty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
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
    #[serde(skip_serializing_if = "Option::is_none")]
    pub acronym: Option<Text>,
    /// Whether the case of English names must match exactly (Fed, EAST).
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub case_sensitive: bool,
    /// What distinguishes this concept from another one with the same name: whose ministry, which field.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scope: Option<Text>,
    /// Who decided the names.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authority: Option<Text>,
    /// Where the decision is published, or a remark that nobody has checked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub citation: Option<Text>,
    /// How good that source is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grade: Option<Grade>,
    /// First day on which the names are valid, `YYYY-MM-DD`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub valid_from: Option<Text>,
    /// Last day on which the names are valid, `YYYY-MM-DD`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub valid_to: Option<Text>,
    /// The id of the concept that took the place of this one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub replaced_by: Option<Text>,
    /// A remark for the next editor.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
    /// Texts that use the names rightly: no finding about the concept.
    #[serde(rename = "example", skip_serializing_if = "Vec::is_empty")]
    pub examples: Vec<Example>,
    /// Texts that use them wrongly: a finding about the concept.
    #[serde(rename = "counterexample", skip_serializing_if = "Vec::is_empty")]
    pub counterexamples: Vec<Example>,
    /// What was changed, oldest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub history: Vec<Change>,
    /// Further columns or keys of the file.
    #[serde(skip_serializing_if = "Vec::is_empty", serialize_with = "as_map")]
    pub extra: Vec<(Text, Text)>,
    /// The line that defines it.
    pub place: Place,
    /// Entries of other glossaries that change it, or that it takes the place of.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub layers: Vec<Layer>,
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
            scope: None,
            authority: None,
            citation: None,
            grade: None,
            valid_from: None,
            valid_to: None,
            replaced_by: None,
            note: None,
            examples: Vec::new(),
            counterexamples: Vec::new(),
            history: Vec::new(),
            extra: Vec::new(),
            place: Place::default(),
            layers: Vec::new(),
        }
    }

    /// The names in a language.
    pub fn names(&self, side: Side) -> &[Name] {
        match side {
            Side::Zh => &self.zh,
            Side::En => &self.en,
        }
    }

    /// Where a name or the value of a key is written.
    pub fn place_of(&self, part: &str) -> &Place {
        let layer = self.layers.iter().rev().find(|l| l.parts.iter().any(|p| p == part));
        layer.map_or(&self.place, |layer| &layer.place)
    }

    /// The names in a language, to change them.
    pub fn names_mut(&mut self, side: Side) -> &mut Vec<Name> {
        match side {
            Side::Zh => &mut self.zh,
            Side::En => &mut self.en,
        }
    }

    /// Whether there is a day on which both are valid.
    pub fn is_valid_with(&self, other: &Self) -> bool {
        // Days are written YYYY-MM-DD: the order of the texts is that of the days.
        let ends_before =
            |a: &Self, b: &Self| matches!((&a.valid_to, &b.valid_from), (Some(to), Some(from)) if to < from);
        !ends_before(self, other) && !ends_before(other, self)
    }

    /// Whether the names are valid on a day.
    pub fn is_valid_on(&self, day: Date) -> bool {
        let day = day.to_string();
        self.valid_from.as_ref().is_none_or(|from| **from <= *day)
            && self.valid_to.as_ref().is_none_or(|to| *day <= **to)
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
