//! What an import changes: the glossary, what was exported, and what came back are compared field by field and name by name.

use std::fmt;

use rustc_hash::FxHashMap;

use super::Imported;
use super::matching::{by_chinese_name, find_by_name, free_id};
use crate::glossary::load::fields::{Fault, clear, keys, set, text_of};
use crate::glossary::load::headings::Column;
use crate::glossary::load::{is_kebab_case, slug};
use crate::glossary::scan::folded;
use crate::glossary::{Concept, Name, Status, Text};
use crate::text::Side;

/// What an import does to a glossary.
#[derive(Debug, Default)]
pub struct Changes {
    /// Concepts that are new.
    pub added: Vec<Concept>,
    /// Concepts that change.
    pub edits: Vec<Edit>,
    /// What a person has to decide; nothing of it is done.
    pub conflicts: Vec<Conflict>,
    /// Ids of concepts that were exported and did not come back. They are kept.
    pub missing: Vec<String>,
    /// The number of concepts that stay as they are.
    pub unchanged: usize,
}

/// A concept that changes.
#[derive(Debug)]
pub struct Edit {
    /// As it is in the glossary.
    pub before: Concept,
    /// As it will be.
    pub after: Concept,
    /// The changes in words, and whether one deprecates or forbids a name.
    pub words: Vec<(String, bool)>,
}

/// A change that contradicts the glossary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// The id of the concept.
    pub id: String,
    /// What is in conflict, in words.
    pub words: String,
}

/// Which side decides a conflict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Resolution {
    /// Nobody: it is reported.
    #[default]
    Report,
    /// The import.
    Theirs,
}

/// Compares `imported` with the glossary `ours` and with what was exported, if that is known.
pub fn compare(ours: &[Concept], imported: &Imported, base: Option<&[Concept]>, resolution: Resolution) -> Changes {
    let mut changes = Changes::default();
    let by_id = |concepts: &[Concept]| -> FxHashMap<String, usize> {
        concepts
            .iter()
            .enumerate()
            .map(|(i, c)| (c.id.to_string(), i))
            .collect()
    };
    let (our_ids, base_ids) = (by_id(ours), by_id(base.unwrap_or_default()));
    let by_name = by_chinese_name(ours);
    let mut new_ids: Vec<String> = Vec::new();
    let mut seen = vec![false; ours.len()];
    for (theirs, has_id) in &imported.concepts {
        let found = if *has_id {
            Ok(our_ids.get(&*theirs.id).copied())
        } else {
            find_by_name(theirs, ours, &by_name)
        };
        match found {
            Err(words) => changes.conflicts.push(Conflict {
                id: theirs.preferred_zh().unwrap_or_default().to_owned(),
                words,
            }),
            Ok(Some(i)) => {
                seen[i] = true;
                let exported = base_ids.get(&*ours[i].id).and_then(|&b| base?.get(b));
                let comparison = Comparison {
                    ours: &ours[i],
                    theirs,
                    base: exported,
                    keys: imported.keys.as_deref(),
                    resolution,
                };
                comparison.run(&mut changes);
            }
            Ok(None) if *has_id && base_ids.contains_key(&*theirs.id) && resolution == Resolution::Report => {
                let exported = base_ids.get(&*theirs.id).and_then(|&b| base?.get(b));
                if exported.is_some_and(|e| is_equal(e, theirs)) {
                    changes.unchanged += 1;
                } else {
                    changes.conflicts.push(Conflict {
                        id: theirs.id.to_string(),
                        words: "the glossary has removed this concept since the export, and the import changes it"
                            .to_owned(),
                    });
                }
            }
            Ok(None) => {
                let mut concept = theirs.clone();
                if !has_id {
                    concept.id =
                        free_id(theirs, |id| our_ids.contains_key(id) || new_ids.iter().any(|n| n == id)).into();
                }
                new_ids.push(concept.id.to_string());
                if is_kebab_case(&concept.id) {
                    changes.added.push(concept);
                } else {
                    changes.conflicts.push(Conflict {
                        words: format!("the id is not in kebab-case: write “{}” in the file", slug(&concept.id)),
                        id: concept.id.to_string(),
                    });
                }
            }
        }
    }
    for exported in base.unwrap_or_default() {
        if our_ids.get(&*exported.id).is_some_and(|&i| !seen[i]) {
            changes.missing.push(exported.id.to_string());
        }
    }
    changes
}

fn is_equal(a: &Concept, b: &Concept) -> bool {
    let fields = keys().all(|key| text_of(a, key) == text_of(b, key));
    fields && a.zh == b.zh && a.en == b.en && a.extra == b.extra
}

struct Comparison<'a> {
    ours: &'a Concept,
    theirs: &'a Concept,
    base: Option<&'a Concept>,
    /// What the import can say something about; `None` for what it says something about.
    keys: Option<&'a [&'static str]>,
    resolution: Resolution,
}

/// What becomes of a value.
enum Decision {
    Keep,
    Take,
    Conflict,
}

impl Comparison<'_> {
    fn run(&self, changes: &mut Changes) {
        let mut edit = Edit {
            before: self.ours.clone(),
            after: self.ours.clone(),
            words: Vec::new(),
        };
        let before = changes.conflicts.len();
        for key in keys().filter(|key| self.says(key)) {
            if let Err((message, _)) = self.field(key, &mut edit, &mut changes.conflicts) {
                changes.conflicts.push(self.conflict(format!("{key}: {message}")));
            }
        }
        for side in [Side::Zh, Side::En] {
            if self.says(side.code()) {
                self.names(side, &mut edit, &mut changes.conflicts);
            }
        }
        if self.says("extra") {
            self.extra(&mut edit, &mut changes.conflicts);
        }
        if !edit.words.is_empty() {
            changes.edits.push(edit);
        } else if changes.conflicts.len() == before {
            changes.unchanged += 1;
        }
    }

    fn says(&self, key: &str) -> bool {
        self.keys.is_none_or(|keys| keys.contains(&key))
    }

    fn conflict(&self, words: String) -> Conflict {
        Conflict {
            id: self.ours.id.to_string(),
            words,
        }
    }

    fn decide<T: PartialEq>(&self, base: Option<&T>, ours: &T, theirs: &T, is_empty: impl Fn(&T) -> bool) -> Decision {
        if ours == theirs {
            return Decision::Keep;
        }
        let take = match base {
            Some(base) if base == theirs => return Decision::Keep,
            Some(base) => base == ours,
            None if is_empty(theirs) => return Decision::Keep,
            None => is_empty(ours),
        };
        if take || self.resolution == Resolution::Theirs {
            Decision::Take
        } else {
            Decision::Conflict
        }
    }

    fn field(&self, key: &'static str, edit: &mut Edit, conflicts: &mut Vec<Conflict>) -> Result<(), Fault> {
        let ours = text_of(self.ours, key);
        let mut theirs = text_of(self.theirs, key);
        if key == "kind" && self.keys.is_none() && self.base.is_none() && theirs.as_deref() == Some("term") {
            // Every concept has a kind, even where the file says nothing.
            theirs = None;
        }
        let base = self.base.map(|b| text_of(b, key));
        match self.decide(base.as_ref(), &ours, &theirs, Option::is_none) {
            Decision::Keep => {}
            Decision::Take => {
                let column = Column::of(key).unwrap_or(Column::Extra);
                clear(&mut edit.after, key);
                if let Some(text) = &theirs {
                    set(&mut edit.after, column, key, text)?;
                }
                edit.words
                    .push((format!("{key} {}", from_to(ours.as_deref(), theirs.as_deref())), false));
            }
            Decision::Conflict => {
                let words = in_conflict(
                    key,
                    ours.as_deref(),
                    theirs.as_deref(),
                    base.as_ref().map(Option::as_deref),
                );
                conflicts.push(self.conflict(words));
            }
        }
        Ok(())
    }

    fn extra(&self, edit: &mut Edit, conflicts: &mut Vec<Conflict>) {
        let text = |concept: &Concept, key: &str| {
            let found = concept.extra.iter().find(|(k, _)| k == key);
            found.map(|(_, text)| text.clone())
        };
        let mut keys: Vec<&Text> = Vec::new();
        for (key, _) in self.theirs.extra.iter().chain(&self.ours.extra) {
            if !keys.contains(&key) {
                keys.push(key);
            }
        }
        for key in keys {
            let (ours, theirs) = (text(self.ours, key), text(self.theirs, key));
            let base = self.base.map(|b| text(b, key));
            match self.decide(base.as_ref(), &ours, &theirs, Option::is_none) {
                Decision::Keep => {}
                Decision::Take => {
                    let extra = &mut edit.after.extra;
                    match (extra.iter().position(|(k, _)| k == key), &theirs) {
                        (Some(i), Some(text)) => extra[i].1.clone_from(text),
                        (None, Some(text)) => extra.push((key.clone(), text.clone())),
                        (Some(i), None) => drop(extra.remove(i)),
                        (None, None) => {}
                    }
                    let words = format!("extra “{key}” {}", from_to(ours.as_deref(), theirs.as_deref()));
                    edit.words.push((words, false));
                }
                Decision::Conflict => {
                    let base = base.as_ref().map(Option::as_deref);
                    let what = format!("extra “{key}”");
                    conflicts.push(self.conflict(in_conflict(&what, ours.as_deref(), theirs.as_deref(), base)));
                }
            }
        }
    }

    fn names(&self, side: Side, edit: &mut Edit, conflicts: &mut Vec<Conflict>) {
        let (ours, theirs) = (self.ours.names(side), self.theirs.names(side));
        let base = self.base.map(|b| b.names(side));
        let language = side.name();
        let mut after: Vec<Name> = ours.to_vec();
        let mut words = Vec::new();
        let is_in = |names: &[Name], text: &str| names.iter().any(|n| n.text == text);
        // Names that the import has removed, and those that it has in their place.
        let mut removed: Vec<usize> = Vec::new();
        if let Some(base) = base {
            removed = (0..base.len()).filter(|&i| !is_in(theirs, &base[i].text)).collect();
        }
        for (i, name) in theirs.iter().enumerate() {
            let exported = base.and_then(|b| b.iter().find(|n| n.text == name.text));
            // A sheet of somebody else may write a Chinese name with other characters or quotation marks.
            let is_twin = |n: &Name| base.is_none() && side == Side::Zh && folded(&n.text) == folded(&name.text);
            let at = after.iter().position(|n| n.text == name.text);
            if let Some(at) = at.or_else(|| after.iter().position(is_twin)) {
                let status = self.decide(exported.map(|n| &n.status), &after[at].status, &name.status, |_| false);
                // Without an export, a sheet that lists names says nothing about their status.
                match status {
                    Decision::Keep => {}
                    Decision::Take => {
                        let worse = name.status > Status::Admitted && name.status > after[at].status;
                        words.push((
                            format!(
                                "{language} “{}” {} → {}",
                                name.text,
                                after[at].status.name(),
                                name.status.name()
                            ),
                            worse,
                        ));
                        after[at].status = name.status;
                    }
                    Decision::Conflict if base.is_none() && name.status == Status::Admitted => {}
                    Decision::Conflict => {
                        let base = exported.map(|n| Some(n.status.name()));
                        let (ours, theirs) = (Some(after[at].status.name()), Some(name.status.name()));
                        let what = format!("{language} “{}”", name.text);
                        conflicts.push(self.conflict(in_conflict(&what, ours, theirs, base)));
                    }
                }
                let (ours, theirs) = (after[at].note.clone(), name.note.clone());
                let note = self.decide(exported.map(|n| &n.note), &ours, &theirs, Option::is_none);
                match note {
                    Decision::Keep => {}
                    Decision::Take => {
                        let change = from_to(ours.as_deref(), theirs.as_deref());
                        words.push((format!("note of {language} “{}” {change}", name.text), false));
                        after[at].note = theirs;
                    }
                    Decision::Conflict => {
                        let base = exported.map(|n| n.note.as_deref());
                        let what = format!("note of {language} “{}”", name.text);
                        conflicts.push(self.conflict(in_conflict(&what, ours.as_deref(), theirs.as_deref(), base)));
                    }
                }
                continue;
            }
            if let Some(exported) = exported {
                if exported != name && self.resolution == Resolution::Report {
                    let what = format!(
                        "{language} “{}”: removed from the glossary, changed in the import",
                        name.text
                    );
                    conflicts.push(self.conflict(what));
                } else if exported != name {
                    words.push((format!("{language} “{}” added again", name.text), false));
                    after.push(name.clone());
                }
                continue;
            }
            // New. In the place of a removed name it is another spelling of that.
            let replaced = removed
                .iter()
                .position(|&r| r == i)
                .or((removed.len() == 1 && theirs.len() == base.map_or(0, <[Name]>::len)).then_some(0));
            let replaced = replaced.map(|at| removed.remove(at));
            let old = replaced.and_then(|r| base?.get(r));
            match old.and_then(|old| Some((old, after.iter().position(|n| n.text == old.text)?))) {
                Some((old, at)) if after[at] == *old || self.resolution == Resolution::Theirs => {
                    words.push((
                        format!("{language} {}", from_to(Some(&old.text), Some(&name.text))),
                        false,
                    ));
                    if old.status != name.status {
                        let worse = name.status > Status::Admitted;
                        words.push((format!("{language} “{}” {}", name.text, name.status.name()), worse));
                    }
                    after[at] = name.clone();
                }
                Some((old, _)) => {
                    let what = format!(
                        "{language} “{}”: changed in the glossary, and “{}” in the import",
                        old.text, name.text
                    );
                    conflicts.push(self.conflict(what));
                }
                None => {
                    if let Some(old) = old {
                        let what = format!(
                            "{language} “{}”: removed or renamed in the glossary, and “{}” in the import",
                            old.text, name.text
                        );
                        conflicts.push(self.conflict(what));
                        continue;
                    }
                    let mut name = name.clone();
                    let preferred = after.iter().position(|n| n.status == Status::Preferred);
                    if let (Status::Preferred, Some(at), None) = (name.status, preferred, base) {
                        if self.resolution == Resolution::Theirs {
                            words.push((format!("{language} “{}” preferred → admitted", after[at].text), false));
                            after[at].status = Status::Admitted;
                        } else {
                            let what = format!("preferred {language} name");
                            let (ours, theirs) = (Some(&*after[at].text), Some(&*name.text));
                            conflicts.push(self.conflict(in_conflict(&what, ours, theirs, None)));
                            continue;
                        }
                    } else if name.status == Status::Preferred && preferred.is_some() && base.is_none() {
                        name.status = Status::Admitted;
                    }
                    let worse = name.status > Status::Admitted;
                    words.push((
                        format!("{language} “{}” added, {}", name.text, name.status.name()),
                        worse,
                    ));
                    after.push(name);
                }
            }
        }
        for old in removed.iter().filter_map(|&r| base?.get(r)) {
            match after.iter().position(|n| n.text == old.text) {
                Some(at) if after[at] == *old || self.resolution == Resolution::Theirs => {
                    words.push((format!("{language} “{}” removed", old.text), false));
                    after.remove(at);
                }
                Some(_) => {
                    let what = format!(
                        "{language} “{}”: changed in the glossary, removed in the import",
                        old.text
                    );
                    conflicts.push(self.conflict(what));
                }
                None => {}
            }
        }
        let preferred: Vec<&str> = after
            .iter()
            .filter(|n| n.status == Status::Preferred)
            .map(|n| &*n.text)
            .collect();
        if preferred.len() > 1 {
            let what = format!("two preferred {language} names, “{}”", preferred.join("” and “"));
            conflicts.push(self.conflict(what));
            return;
        }
        if !words.is_empty() && !after.iter().any(|n| n.status.is_accepted()) {
            conflicts.push(self.conflict(format!("no {language} name would be left that may be used")));
            return;
        }
        // The preferred name comes first.
        after.sort_by_key(|n| n.status != Status::Preferred);
        edit.words.extend(words);
        *edit.after.names_mut(side) = after;
    }
}

/// `“a” → “b”`, `added: “b”`, `removed (“a”)`.
pub(super) fn from_to(from: Option<&str>, to: Option<&str>) -> String {
    match (from, to) {
        (Some(from), Some(to)) => format!("“{from}” → “{to}”"),
        (None, Some(to)) => format!("added: “{to}”"),
        (Some(from), None) => format!("removed (“{from}”)"),
        (None, None) => "unchanged".to_owned(),
    }
}

#[expect(clippy::option_option, reason = "what was exported may be unknown, or nothing")]
fn in_conflict(what: &str, ours: Option<&str>, theirs: Option<&str>, base: Option<Option<&str>>) -> String {
    let quoted = |text: Option<&str>| text.map_or("nothing".to_owned(), |t| format!("“{t}”"));
    let exported = base.map_or(String::new(), |base| format!(", {} when exported", quoted(base)));
    format!(
        "{what}: {} in the glossary, {} in the import{exported}",
        quoted(ours),
        quoted(theirs)
    )
}

impl fmt::Display for Conflict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.id, self.words)
    }
}
