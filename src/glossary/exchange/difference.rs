//! How two versions of a glossary differ, in words.

use rustc_hash::FxHashSet;
use serde::Serialize;

use super::changes::{Resolution, compare};
use super::read::Imported;
use crate::glossary::Concept;

/// What happened to a concept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Fate {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It has other names or fields.
    Changed,
}

impl Fate {
    /// As printed.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Changed => "changed",
        }
    }
}

/// A concept that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// Its id.
    pub id: String,
    /// Its preferred names, `中文 = English`; the later ones.
    pub names: String,
    /// What happened to it.
    pub change: Fate,
    /// Each change of a field or name.
    pub words: Vec<String>,
}

impl Difference {
    fn new(concept: &Concept, change: Fate, words: Vec<String>) -> Self {
        let names = [concept.preferred_zh(), concept.preferred_en()].map(Option::unwrap_or_default);
        Self {
            id: concept.id.to_string(),
            names: names.join(" = "),
            change,
            words,
        }
    }
}

/// The concepts that differ, by id.
pub fn differences(before: &[Concept], after: &[Concept]) -> Vec<Difference> {
    let ids: FxHashSet<&str> = after.iter().map(|c| &*c.id).collect();
    let removed = before.iter().filter(|c| !ids.contains(&*c.id));
    let mut found: Vec<Difference> = removed.map(|c| Difference::new(c, Fate::Removed, Vec::new())).collect();
    let imported = Imported {
        concepts: after.iter().map(|c| (c.clone(), true)).collect(),
        ..Imported::default()
    };
    // The earlier version is both what we have and what was exported, so that each difference is a change.
    let changes = compare(before, &imported, Some(before), Resolution::Theirs);
    found.extend(
        changes
            .added
            .iter()
            .map(|c| Difference::new(c, Fate::Added, Vec::new())),
    );
    for edit in changes.edits {
        let words = edit.words.into_iter().map(|(words, _)| words).collect();
        found.push(Difference::new(&edit.after, Fate::Changed, words));
    }
    found.sort_by(|a, b| a.id.cmp(&b.id));
    found
}
