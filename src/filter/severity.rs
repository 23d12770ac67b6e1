//! How grave the findings of a rule are, as the configuration has it, for all files or for some.

use std::collections::BTreeMap;

use globset::GlobMatcher;
use serde::{Deserialize, Serialize};

use crate::finding::{Finding, Severity};
use crate::rules::{self, SelectionError};

/// A severity, or none at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Not reported.
    Off,
    /// See [`Severity::Note`].
    Note,
    /// See [`Severity::Warning`].
    Warning,
    /// See [`Severity::Error`].
    Error,
}

impl Level {
    fn severity(self) -> Option<Severity> {
        match self {
            Self::Off => None,
            Self::Note => Some(Severity::Note),
            Self::Warning => Some(Severity::Warning),
            Self::Error => Some(Severity::Error),
        }
    }
}

/// Levels by rule.
#[derive(Debug, Clone, Default)]
pub struct SeverityMap {
    everywhere: BTreeMap<&'static str, Level>,
    /// In the order of the configuration; the last one that matches a file decides.
    by_path: Vec<(GlobMatcher, BTreeMap<&'static str, Level>)>,
}

impl SeverityMap {
    /// Levels by rule id or group; an id says more than its group.
    ///
    /// # Errors
    /// A name that is neither an id nor a group.
    pub fn new<'a>(levels: impl IntoIterator<Item = (&'a str, Level)>) -> Result<Self, SelectionError> {
        Ok(Self {
            everywhere: expand(levels)?,
            by_path: Vec::new(),
        })
    }

    /// Adds levels for the files that `glob` matches; they win over those for all files and over earlier ones.
    ///
    /// # Errors
    /// A name that is neither an id nor a group.
    pub fn for_paths<'a>(
        mut self,
        glob: GlobMatcher,
        levels: impl IntoIterator<Item = (&'a str, Level)>,
    ) -> Result<Self, SelectionError> {
        self.by_path.push((glob, expand(levels)?));
        Ok(self)
    }

    /// The level set for `rule` in `path` (relative to the configuration), if any.
    pub fn level(&self, rule: &str, path: &str) -> Option<Level> {
        self.by_path
            .iter()
            .rev()
            .filter(|(glob, _)| glob.is_match(path))
            .find_map(|(_, levels)| levels.get(rule))
            .or_else(|| self.everywhere.get(rule))
            .copied()
    }

    /// Sets severities and drops what is off. `relative` turns a path of a finding into one relative to the
    /// configuration.
    pub fn apply(&self, findings: &mut Vec<Finding>, relative: impl Fn(&str) -> String) {
        if self.everywhere.is_empty() && self.by_path.is_empty() {
            return;
        }
        findings.retain_mut(|f| match self.level(f.rule, &relative(&f.primary().file)) {
            None => true,
            Some(level) => level.severity().map(|s| f.severity = s).is_some(),
        });
    }
}

fn expand<'a>(
    levels: impl IntoIterator<Item = (&'a str, Level)>,
) -> Result<BTreeMap<&'static str, Level>, SelectionError> {
    let (mut by_id, mut by_group) = (BTreeMap::new(), BTreeMap::new());
    for (name, level) in levels {
        if let Some(rule) = rules::find(name) {
            by_id.insert(rule.meta().id, level);
            continue;
        }
        let of_group = rules::all().iter().map(|r| r.meta()).filter(|m| m.group.name() == name);
        let before = by_group.len();
        by_group.extend(of_group.map(|m| (m.id, level)));
        if by_group.len() == before && !rules::Group::ALL.iter().any(|g| g.name() == name) {
            return Err(SelectionError {
                name: name.to_owned(),
                nearest: rules::nearest_ids(name),
            });
        }
    }
    by_group.append(&mut by_id);
    Ok(by_group)
}

#[cfg(test)]
mod tests {
    use globset::Glob;

    use super::*;
    use crate::output::testing::finding;

    fn after(map: &SeverityMap) -> Option<Severity> {
        let mut findings = vec![finding()];
        map.apply(&mut findings, str::to_owned);
        findings.first().map(|f| f.severity)
    }

    #[test]
    fn an_id_says_more_than_its_group() {
        let map = SeverityMap::new([("term-mismatch", Level::Note), ("terms", Level::Off)]).unwrap();
        assert_eq!(after(&map), Some(Severity::Note));
        assert_eq!(after(&SeverityMap::new([("terms", Level::Off)]).unwrap()), None);
        assert_eq!(after(&SeverityMap::default()), Some(Severity::Error));
    }

    #[test]
    fn a_path_wins_over_everywhere() {
        let glob = Glob::new("corpus/**").unwrap().compile_matcher();
        let map = SeverityMap::new([("terms", Level::Off)]).unwrap();
        let map = map.for_paths(glob, [("terms", Level::Warning)]).unwrap();
        assert_eq!(after(&map), Some(Severity::Warning));
        assert_eq!(map.level("term-mismatch", "docs/a.md"), Some(Level::Off));
    }

    #[test]
    fn an_unknown_name_is_an_error_with_the_nearest() {
        let e = SeverityMap::new([("term-mismach", Level::Off)]).unwrap_err();
        assert_eq!(e.nearest, Some("term-mismatch"));
    }
}
