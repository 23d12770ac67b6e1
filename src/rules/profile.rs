//! What differs by the genre of a text: how severe some rules are, and how strict.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::finding::Severity;

/// A genre of texts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Profile {
    /// Reports, white papers, addresses, press conferences, notices.
    #[default]
    Official,
    /// News, which condenses and rounds.
    News,
    /// Laws, contracts and treaties, in which each word of obligation and each bound counts.
    Law,
    /// Strings of programs and web pages.
    Interface,
}

/// The rules of which the severity differs, with their severities.
type Severities = &'static [(&'static str, Severity)];

const NEWS: Severities = &[
    ("modality-mismatch", Severity::Note),
    ("number-omitted", Severity::Note),
    ("sentence-added", Severity::Note),
];
const LAW: Severities = &[
    ("bound-mismatch", Severity::Error),
    ("modality-mismatch", Severity::Error),
    ("polarity-mismatch", Severity::Error),
    ("number-omitted", Severity::Error),
];
const INTERFACE: Severities = &[
    ("modality-mismatch", Severity::Note),
    ("sentence-added", Severity::Note),
    ("sentence-omitted", Severity::Warning),
    ("inconsistent-translation", Severity::Error),
];

impl Profile {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Official, Self::News, Self::Law, Self::Interface];

    /// The name in the configuration.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Official => "official",
            Self::News => "news",
            Self::Law => "law",
            Self::Interface => "interface",
        }
    }

    /// The severity of a rule in texts of this genre, if it is not the rule's own.
    pub fn severity(self, rule: &str) -> Option<Severity> {
        let severities = match self {
            Self::Official => return None,
            Self::News => NEWS,
            Self::Law => LAW,
            Self::Interface => INTERFACE,
        };
        severities
            .iter()
            .find(|(id, _)| *id == rule)
            .map(|(_, severity)| *severity)
    }

    /// Whether a figure that a bound includes must not become one that it excludes: 50人以上, “more than 50 people”.
    pub const fn has_exact_bounds(self) -> bool {
        matches!(self, Self::Law)
    }

    /// Whether “nearly” and “more than” are taken for each other: 近9000, “more than 9,000”.
    pub const fn has_loose_hedges(self) -> bool {
        matches!(self, Self::News)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules;

    #[test]
    fn the_profiles_name_rules_that_exist_and_other_severities_than_their_own() {
        for profile in Profile::ALL {
            for meta in rules::all().iter().map(|rule| rule.meta()) {
                assert_ne!(profile.severity(meta.id), Some(meta.severity), "{}", meta.id);
            }
        }
        for (id, _) in [NEWS, LAW, INTERFACE].concat() {
            assert!(rules::find(id).is_some(), "{id}");
        }
    }
}
