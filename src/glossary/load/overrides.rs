//! Entries that change single fields of an entry of a later glossary, so that nobody needs a copy of it.

use std::collections::HashMap;

use super::Draft;
use super::problem::{Problem, Problems};
use crate::glossary::{Concept, Layer, Name, Role, Status, Text};
use crate::text::Side;

/// Divides the drafts into entries of their own and those that override others.
pub(super) fn divide(drafts: Vec<Draft>) -> (Vec<Draft>, Vec<Draft>) {
    drafts.into_iter().partition(|d| d.overrides.is_none())
}

/// Reports each override that changes nothing.
pub(super) fn check(overrides: &[Draft], drafts: &[Draft], problems: &mut Problems) {
    if overrides.is_empty() {
        return;
    }
    let by_id = index(drafts);
    for draft in overrides {
        target(draft, drafts, &by_id, problems);
    }
}

/// Applies the overrides. Of two that set one field, that of the earlier glossary counts.
pub(super) fn apply(mut overrides: Vec<Draft>, drafts: &mut [Draft], problems: &mut Problems) {
    if overrides.is_empty() {
        return;
    }
    let by_id = index(drafts);
    // The earlier glossary has the last word. The sort is stable: within one file, a later entry has it.
    overrides.sort_by_key(|d| std::cmp::Reverse(d.rank));
    for draft in overrides {
        let Some(at) = target(&draft, drafts, &by_id, problems) else {
            continue;
        };
        let concept = &mut drafts[at].concept;
        let place = draft.concept.place.clone();
        override_fields(concept, draft);
        let languages = [Side::Zh, Side::En].into_iter();
        for side in languages.filter(|&side| !concept.names(side).iter().any(|n| n.status.is_accepted())) {
            problems.error(Problem::at_line(
                &place.file,
                place.line,
                format!("no {} name of “{}” is accepted any more", side.name(), concept.id),
                format!("add the preferred name to {}", side.code()),
            ));
        }
    }
}

/// The first draft with each id.
fn index(drafts: &[Draft]) -> HashMap<Text, usize> {
    let ids = drafts.iter().enumerate().rev().filter(|(_, d)| d.has_id);
    ids.map(|(i, d)| (d.concept.id.clone(), i)).collect()
}

/// The index of the draft that `draft` overrides.
fn target(draft: &Draft, drafts: &[Draft], by_id: &HashMap<Text, usize>, problems: &mut Problems) -> Option<usize> {
    let Concept { id, place, .. } = &draft.concept;
    let at = by_id.get(id).copied();
    let (message, help) = match at {
        None => (
            format!("no glossary has an entry “{id}” to override"),
            "correct the id, or list the glossary that has it under `glossaries`".to_owned(),
        ),
        Some(at) if drafts[at].rank < draft.rank => (
            format!("“{id}” at {} has precedence over this file", drafts[at].concept.place),
            "list this file before that glossary".to_owned(),
        ),
        Some(_) => return at,
    };
    problems.error(Problem::at_line(&place.file, place.line, message, help));
    None
}

/// Sets the fields of `concept` that the override has. Names that it does not have stay.
fn override_fields(concept: &mut Concept, draft: Draft) {
    let (keys, new) = (draft.overrides.unwrap_or_default(), draft.concept);
    let mut parts: Vec<Text> = Vec::new();
    for side in [Side::Zh, Side::En] {
        parts.extend(new.names(side).iter().map(|n| n.text.clone()));
    }
    override_names(&mut concept.zh, new.zh);
    override_names(&mut concept.en, new.en);
    for key in keys {
        match key {
            "kind" => concept.kind = new.kind,
            "acronym" => concept.acronym.clone_from(&new.acronym),
            "case-sensitive" => concept.case_sensitive = new.case_sensitive,
            "scope" => concept.scope.clone_from(&new.scope),
            "authority" => concept.authority.clone_from(&new.authority),
            "citation" => concept.citation.clone_from(&new.citation),
            "grade" => concept.grade = new.grade,
            "valid-from" => concept.valid_from.clone_from(&new.valid_from),
            "valid-to" => concept.valid_to.clone_from(&new.valid_to),
            "replaced-by" => concept.replaced_by.clone_from(&new.replaced_by),
            "note" => concept.note.clone_from(&new.note),
            "example" => concept.examples.extend_from_slice(&new.examples),
            "counterexample" => concept.counterexamples.extend_from_slice(&new.counterexamples),
            "history" => concept.history.extend_from_slice(&new.history),
            "extra" => {
                let is_kept = |(key, _): &(Text, Text)| new.extra.iter().all(|(k, _)| k != key);
                concept.extra.retain(is_kept);
                concept.extra.extend_from_slice(&new.extra);
            }
            // The names are set already.
            _ => continue,
        }
        parts.push(Text::Borrowed(key));
    }
    concept.layers.push(Layer {
        parts,
        ..Layer::new(Role::Overrides, new.place)
    });
}

/// Gives names another status, or adds them. The name that was preferred becomes admitted if there is another one.
fn override_names(names: &mut Vec<Name>, new: Vec<Name>) {
    if new.iter().any(|n| n.status == Status::Preferred) {
        for name in names.iter_mut().filter(|n| n.status == Status::Preferred) {
            name.status = Status::Admitted;
        }
    }
    names.retain(|name| new.iter().all(|n| n.text != name.text));
    names.extend(new);
    names.sort_by_key(|n| n.status != Status::Preferred);
}
