//! What a terminologist does to a glossary: adding, changing, renaming, deprecating, merging and splitting concepts. Each is
//! a list of steps, which are recorded in the histories of the concepts and written into their files in place.

mod error;
mod in_place;

use jiff::ToSpan as _;

pub use error::EditError;
pub use in_place::text_after_changes;

use super::exchange::apply::{add, change, remove};
use super::exchange::matching::free_id;
use super::exchange::{Difference, differences};
use super::load::fields::{clear, keys, set, text_of};
use super::load::headings::Column;
use super::load::{absorb, is_kebab_case};
use super::{Change, Concept, Name, Status, TomlFile, layout};
use crate::text::Side;
use crate::text::date::Date;

/// A change of one concept.
#[expect(clippy::large_enum_variant, reason = "few exist at a time")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// It is new, for the file in its place.
    Add {
        /// The concept.
        concept: Concept,
        /// What its history says of its beginning.
        why: String,
    },
    /// It has other names or fields.
    Change {
        /// As it is.
        before: Concept,
        /// As it will be.
        after: Concept,
        /// What its history says besides the changes.
        why: Option<String>,
    },
    /// It goes.
    Remove(Concept),
}

impl Step {
    /// A change of names and fields.
    pub const fn change(before: Concept, after: Concept) -> Self {
        Self::Change {
            before,
            after,
            why: None,
        }
    }

    /// The concept as it was, or the new one.
    pub fn concept(&self) -> &Concept {
        match self {
            Self::Add { concept, .. } | Self::Remove(concept) => concept,
            Self::Change { before, .. } => before,
        }
    }

    /// The file that the step changes, as shown in messages.
    pub fn file(&self) -> &str {
        &self.concept().place.file
    }

    /// Whether something changes.
    pub fn is_change(&self) -> bool {
        !matches!(self, Self::Change { before, after, .. } if before == after)
    }

    /// Adds what changes to the history of the concept.
    pub fn record(&mut self, date: Date, author: &str, reason: Option<&str>) {
        let changes = describe(std::slice::from_ref(self)).into_iter();
        let (history, why) = match self {
            Self::Add { concept, why } => (&mut concept.history, Some(why.clone())),
            Self::Change { after, why, .. } => (&mut after.history, why.clone()),
            Self::Remove(_) => return,
        };
        let words: Vec<String> = why.into_iter().chain(changes.flat_map(|d| d.words)).collect();
        history.push(Change {
            date: date.to_string().into(),
            author: author.to_owned().into(),
            reason: reason.map(|reason| reason.to_owned().into()),
            change: words.join("; ").into(),
        });
    }

    /// Writes the change into the file of the concept.
    fn apply(&self, file: &mut TomlFile) {
        match self {
            Self::Add { concept, .. } => add(file, concept),
            Self::Change { before, after, .. } => {
                if let Some(table) = file.concept_mut(&before.id) {
                    change(table, before, after);
                }
            }
            Self::Remove(concept) => remove(file, &concept.id),
        }
    }
}

/// What the steps change, in words. What they add to histories is left out.
pub fn describe(steps: &[Step]) -> Vec<Difference> {
    let (mut before, mut after) = (Vec::new(), Vec::new());
    for step in steps {
        match step {
            Step::Add { concept, .. } => after.push(concept.clone()),
            Step::Change {
                before: old,
                after: new,
                ..
            } => {
                before.push(old.clone());
                after.push(Concept {
                    history: old.history.clone(),
                    ..new.clone()
                });
            }
            Step::Remove(concept) => before.push(concept.clone()),
        }
    }
    differences(&before, &after)
}

/// The text of a file with these changes. A file in the one form of glossary files keeps it.
pub fn text_after<'s>(file: &mut TomlFile, steps: impl IntoIterator<Item = &'s Step>) -> String {
    for step in steps {
        step.apply(file);
    }
    let text = file.text();
    let format = |text: &str| layout::format(file.path(), text);
    if format(file.original()).is_ok_and(|formatted| formatted == file.original()) {
        format(&text).unwrap_or(text)
    } else {
        text
    }
}

/// Adds a name, or gives one that the concept has another status. A new one without a status is admitted, or preferred if it
/// is the first. The name that was preferred becomes admitted.
pub fn set_name(concept: &mut Concept, side: Side, text: &str, status: Option<Status>) {
    let names = concept.names_mut(side);
    let has_preferred = names.iter().any(|n| n.status == Status::Preferred);
    let default = if has_preferred {
        Status::Admitted
    } else {
        Status::Preferred
    };
    if status == Some(Status::Preferred) {
        for name in names.iter_mut().filter(|n| n.status == Status::Preferred) {
            name.status = Status::Admitted;
        }
    }
    match names.iter_mut().find(|n| n.text == text) {
        Some(name) => name.status = status.unwrap_or(name.status),
        None => names.push(Name::new(text, status.unwrap_or(default))),
    }
    put_preferred_first(names);
}

fn put_preferred_first(names: &mut [Name]) {
    names.sort_by_key(|n| n.status != Status::Preferred);
}

/// Removes a name.
///
/// # Errors
/// The concept does not have it.
pub fn drop_name(concept: &mut Concept, text: &str) -> Result<(), EditError> {
    let count = concept.zh.len() + concept.en.len();
    for side in [Side::Zh, Side::En] {
        concept.names_mut(side).retain(|n| n.text != text);
    }
    if concept.zh.len() + concept.en.len() == count {
        return Err(no_such_name(concept, text));
    }
    Ok(())
}

fn no_such_name(concept: &Concept, name: &str) -> EditError {
    EditError::NoSuchName {
        id: concept.id.to_string(),
        name: name.to_owned(),
    }
}

/// Sets a field, or removes it if there is no text. Examples and counterexamples are added to those that are there.
///
/// # Errors
/// There is no such field, or it cannot hold the text.
pub fn set_field(concept: &mut Concept, key: &str, text: Option<&str>) -> Result<(), EditError> {
    let fault = |message: String, help: String| EditError::Field {
        key: key.to_owned(),
        message,
        help,
    };
    let column = Column::of(key).filter(|c| c.key() == Some(key));
    let Some(column) = column.filter(|c| !matches!(c, Column::Id | Column::Zh | Column::En)) else {
        return Err(fault(
            "not a field of a concept".to_owned(),
            "see glossary/README.md".to_owned(),
        ));
    };
    let old = text_of(concept, key).filter(|_| matches!(column, Column::Example | Column::Counterexample));
    clear(concept, key);
    let Some(text) = text else { return Ok(()) };
    let text = old.map_or_else(|| text.to_owned(), |old| format!("{old}\n{text}"));
    set(concept, column, key, &text).map_err(|(message, help)| fault(message, help))
}

/// The text of a field, as [`set_field`] reads it.
pub fn field(concept: &Concept, key: &str) -> Option<String> {
    text_of(concept, key)
}

/// New names for a concept.
#[derive(Debug, Clone, Copy, Default)]
pub struct Renaming<'a> {
    /// The Chinese name.
    pub zh: Option<&'a str>,
    /// The English name.
    pub en: Option<&'a str>,
    /// The acronym of the new name.
    pub acronym: Option<&'a str>,
    /// Where the new name is published.
    pub citation: Option<&'a str>,
    /// The first day of the new names; `None` if the old ones were never right.
    pub from: Option<Date>,
    /// The id of the concept with the new names, if they have a first day.
    pub id: Option<&'a str>,
}

/// Renames a concept. The names that it had are deprecated; or, from a day on, another concept takes its place.
///
/// # Errors
/// The id of that concept cannot be used, or the names have expired before that day.
pub fn rename(concept: &Concept, to: &Renaming<'_>, is_used: impl Fn(&str) -> bool) -> Result<Vec<Step>, EditError> {
    let mut renamed = concept.clone();
    let new_names = [(Side::Zh, to.zh), (Side::En, to.en)];
    for (side, new) in new_names {
        let Some(new) = new else { continue };
        let names = renamed.names_mut(side);
        for name in names
            .iter_mut()
            .filter(|n| n.status == Status::Preferred && n.text != new)
        {
            name.status = Status::Deprecated;
        }
        set_name(&mut renamed, side, new, Some(Status::Preferred));
    }
    for (key, text) in [("acronym", to.acronym), ("citation", to.citation)] {
        if text.is_some() {
            set_field(&mut renamed, key, text)?;
        }
    }
    let Some(from) = to.from else {
        return Ok(vec![Step::change(concept.clone(), renamed)]);
    };
    // The source and the acronym of the old name say nothing about the new one.
    if to.citation.is_none() {
        (renamed.citation, renamed.grade) = (None, None);
    }
    if to.acronym.is_none() && to.en.is_some() {
        renamed.acronym = None;
    }
    for (side, _) in new_names.iter().filter(|(_, new)| new.is_some()) {
        // Short forms of the old name are none of the new one.
        renamed.names_mut(*side).retain(|n| n.status != Status::Admitted);
    }
    renamed.id = new_id(&renamed, to.id, is_used)?.into();
    (renamed.valid_from, renamed.valid_to) = (Some(from.to_string().into()), concept.valid_to.clone());
    renamed.history.clear();
    let mut steps = vec![end(concept, from, Some(&renamed.id))?];
    steps.push(Step::Add {
        concept: renamed,
        why: format!("took the place of {}", concept.id),
    });
    Ok(steps)
}

fn new_id(concept: &Concept, wanted: Option<&str>, is_used: impl Fn(&str) -> bool) -> Result<String, EditError> {
    let error = |id: &str, problem| EditError::Id {
        id: id.to_owned(),
        problem,
    };
    match wanted {
        None => Ok(free_id(concept, is_used)),
        Some(id) if !is_kebab_case(id) => Err(error(id, "is not in kebab-case")),
        Some(id) if is_used(id) => Err(error(id, "is used already")),
        Some(id) => Ok(id.to_owned()),
    }
}

/// A new concept with an id: the wanted one, or one made from its English name.
///
/// # Errors
/// The wanted id is used already, or is not in kebab-case.
pub fn begin(mut concept: Concept, id: Option<&str>, is_used: impl Fn(&str) -> bool) -> Result<Step, EditError> {
    concept.id = new_id(&concept, id, is_used)?.into();
    Ok(Step::Add {
        concept,
        why: "added".to_owned(),
    })
}

/// Ends the validity of a concept: `from` is the first day on which its names are no longer used.
///
/// # Errors
/// They have expired before.
pub fn end(concept: &Concept, from: Date, successor: Option<&str>) -> Result<Step, EditError> {
    let last = from.saturating_sub(1.day()).to_string();
    if let Some(to) = concept.valid_to.as_deref().filter(|to| **to < *last) {
        return Err(EditError::Expired {
            id: concept.id.to_string(),
            to: to.to_owned(),
            from: from.to_string(),
        });
    }
    let mut after = concept.clone();
    after.valid_to = Some(last.into());
    if let Some(successor) = successor {
        after.replaced_by = Some(successor.to_owned().into());
    }
    Ok(Step::change(concept.clone(), after))
}

/// Deprecates or forbids a name. If it was the preferred one, the first admitted one takes its place.
///
/// # Errors
/// The concept does not have the name, or no other.
pub fn refuse_name(concept: &Concept, text: &str, status: Status) -> Result<Step, EditError> {
    let mut after = concept.clone();
    let side = [Side::Zh, Side::En]
        .into_iter()
        .find(|&side| concept.names(side).iter().any(|n| n.text == text));
    let side = side.ok_or_else(|| no_such_name(concept, text))?;
    let names = after.names_mut(side);
    for name in names.iter_mut().filter(|n| n.text == text) {
        name.status = status;
    }
    ensure_preferred(&mut after, side, text)?;
    Ok(Step::change(concept.clone(), after))
}

/// Makes the first admitted name preferred if none is, since `name` no longer is.
fn ensure_preferred(concept: &mut Concept, side: Side, name: &str) -> Result<(), EditError> {
    let only_name = || EditError::OnlyName {
        id: concept.id.to_string(),
        language: side.name(),
        name: name.to_owned(),
    };
    let status_of = |wanted| concept.names(side).iter().position(|n| n.status == wanted);
    let first = match status_of(Status::Preferred) {
        Some(first) => first,
        None => status_of(Status::Admitted).ok_or_else(only_name)?,
    };
    let names = concept.names_mut(side);
    names[first].status = Status::Preferred;
    put_preferred_first(names);
    Ok(())
}

/// Merges `other` into `first`: its names are admitted there, fields that `first` lacks are taken over, and what `other`
/// replaced, `first` replaces. `all` are the concepts of the glossary.
///
/// # Errors
/// One accepts a name that the other refuses, or both are the same.
pub fn merge(first: &Concept, other: &Concept, all: &[Concept]) -> Result<Vec<Step>, EditError> {
    if first.id == other.id {
        return Err(EditError::Itself(first.id.to_string()));
    }
    for side in [Side::Zh, Side::En] {
        let clash = other.names(side).iter().find(|name| {
            let same = first.names(side).iter().find(|n| n.text == name.text);
            same.is_some_and(|same| same.status.is_accepted() != name.status.is_accepted())
        });
        if let Some(name) = clash {
            return Err(EditError::Contradiction {
                name: name.text.to_string(),
                first: first.id.to_string(),
                second: other.id.to_string(),
            });
        }
    }
    let mut after = first.clone();
    absorb(&mut after, other.clone());
    for (key, text) in &other.extra {
        if after.extra.iter().all(|(k, _)| k != key) {
            after.extra.push((key.clone(), text.clone()));
        }
    }
    if after
        .replaced_by
        .as_ref()
        .is_some_and(|id| *id == first.id || *id == other.id)
    {
        after.replaced_by = None;
    }
    // Oldest first.
    after.history.sort_by(|a, b| a.date.cmp(&b.date));
    let mut steps = vec![
        Step::Remove(other.clone()),
        Step::Change {
            before: first.clone(),
            after,
            why: Some(format!("merged with {}", other.id)),
        },
    ];
    let replaced = all
        .iter()
        .filter(|c| c.replaced_by.as_ref() == Some(&other.id) && c.id != first.id && c.id != other.id);
    steps.extend(replaced.map(|concept| {
        let mut after = concept.clone();
        after.replaced_by = Some(first.id.clone());
        Step::change(concept.clone(), after)
    }));
    Ok(steps)
}

/// The fields of `other` that are not those of `first`, which a merge does not keep: each with its text.
pub fn lost_in_merge(first: &Concept, other: &Concept) -> Vec<(&'static str, String)> {
    let kept = ["example", "counterexample", "history"];
    let keys = keys().filter(|key| !kept.contains(key));
    keys.filter_map(|key| {
        let text = text_of(other, key)?;
        let is_lost = match text_of(first, key) {
            Some(of_first) => of_first != text,
            None => matches!(key, "case-sensitive" | "valid-from" | "valid-to"),
        };
        is_lost.then_some((key, text))
    })
    .collect()
}

/// Splits names off a concept into a new one of its kind. Names that it does not have are new; the first of each language is
/// preferred.
///
/// # Errors
/// The id cannot be used, or the concept would be left without a name in a language.
pub fn split(
    concept: &Concept,
    (zh, en): (&[String], &[String]),
    id: Option<&str>,
    is_used: impl Fn(&str) -> bool,
) -> Result<Vec<Step>, EditError> {
    let mut rest = concept.clone();
    let mut new = Concept::new("", concept.kind);
    new.place = concept.place.clone();
    (new.scope, new.authority, new.case_sensitive) =
        (concept.scope.clone(), concept.authority.clone(), concept.case_sensitive);
    for (side, names) in [(Side::Zh, zh), (Side::En, en)] {
        for text in names {
            let old = rest.names(side).iter().find(|n| n.text == *text);
            let refused = old.map(|n| n.status).filter(|status| !status.is_accepted());
            set_name(&mut new, side, text, refused);
            rest.names_mut(side).retain(|n| n.text != *text);
        }
        if let Some(moved) = names.first() {
            ensure_preferred(&mut rest, side, moved)?;
        }
    }
    new.id = new_id(&new, id, is_used)?.into();
    let why = Some(format!("split off {}", new.id));
    let mut steps = vec![Step::Add {
        concept: new,
        why: format!("split from {}", concept.id),
    }];
    if rest != *concept {
        steps.push(Step::Change {
            before: concept.clone(),
            after: rest,
            why,
        });
    }
    Ok(steps)
}

#[cfg(test)]
mod tests;
