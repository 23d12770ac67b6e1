//! Concepts of several files become one glossary: ids are made unique, doubles are joined, contradictions refused.

use std::collections::hash_map::Entry;

use rustc_hash::{FxBuildHasher, FxHashMap};
use unicode_normalization::UnicodeNormalization as _;

use super::Draft;
use super::problem::{Problem, Problems};
use crate::glossary::{Concept, Name};

/// The longest id made from a name, in bytes; cut at a word.
const LONGEST_SLUG: usize = 60;

/// Joins the drafts, in their order.
pub(super) fn merge(drafts: Vec<Draft>, problems: &mut Problems) -> Vec<Concept> {
    let mut kept: Vec<Draft> = Vec::with_capacity(drafts.len());
    let mut ids: FxHashMap<String, usize> = FxHashMap::default();
    let mut claims: FxHashMap<String, usize> = FxHashMap::with_capacity_and_hasher(drafts.len(), FxBuildHasher);
    for draft in drafts {
        if draft.has_id
            && let Some(&first) = ids.get(&draft.concept.id)
        {
            let message = format!("the id “{}” is used twice", draft.concept.id);
            let help = format!(
                "it stands at {} already; rename or delete one of the two",
                kept[first].concept.place
            );
            problems.error(at(&draft.concept, message, help));
            continue;
        }
        if let Some(first) = double_of(&draft.concept, &claims, &kept) {
            join(&mut kept[first].concept, draft.concept, problems);
            continue;
        }
        let place = kept.len();
        for name in draft.concept.zh.iter().filter(|n| n.status.is_accepted()) {
            match claims.entry(name.text.clone()) {
                Entry::Occupied(first) => {
                    contradictions(&kept[*first.get()].concept, &draft.concept, &name.text, problems);
                }
                Entry::Vacant(free) => {
                    free.insert(place);
                }
            }
        }
        if draft.has_id {
            ids.insert(draft.concept.id.clone(), place);
        }
        kept.push(draft);
    }
    name_the_nameless(&mut kept, &ids);
    kept.into_iter().map(|d| d.concept).collect()
}

fn at(concept: &Concept, message: impl Into<String>, help: impl Into<String>) -> Problem {
    Problem::at_line(&concept.place.file, concept.place.line, message, help)
}

/// The kept concept that `new` says again: a Chinese name and the preferred English are the same.
fn double_of(new: &Concept, claims: &FxHashMap<String, usize>, kept: &[Draft]) -> Option<usize> {
    new.zh
        .iter()
        .filter(|n| n.status.is_accepted())
        .filter_map(|n| claims.get(&n.text).copied())
        .find(|&i| same_english(&kept[i].concept, new) && valid_together(&kept[i].concept, new))
}

fn same_english(a: &Concept, b: &Concept) -> bool {
    match (a.preferred_en(), b.preferred_en()) {
        (Some(a), Some(b)) => a.eq_ignore_ascii_case(b),
        _ => false,
    }
}

/// Whether there is a day on which both hold. Dates are `YYYY-MM-DD`, so that text order is time order.
fn valid_together(a: &Concept, b: &Concept) -> bool {
    let ends_before =
        |a: &Concept, b: &Concept| matches!((&a.valid_to, &b.valid_from), (Some(to), Some(from)) if to < from);
    !ends_before(a, b) && !ends_before(b, a)
}

/// Adds what `double` knows to the concept that stands already.
fn join(first: &mut Concept, double: Concept, problems: &mut Problems) {
    let shown = first.preferred_zh().unwrap_or(&first.id).to_owned();
    if !report_clashes(first, &double, problems) {
        problems.warning(at(
            &double,
            format!("“{shown}” is listed twice with the same English; the entries are taken as one"),
            format!("it stands at {} already; delete one of the two", first.place),
        ));
    }
    add_names(&mut first.zh, double.zh);
    add_names(&mut first.en, double.en);
    first.acronym = first.acronym.take().or(double.acronym);
    first.authority = first.authority.take().or(double.authority);
    first.citation = first.citation.take().or(double.citation);
    first.note = first.note.take().or(double.note);
}

/// Adds the names that are not there yet; a second preferred one becomes admitted.
pub(super) fn add_names(names: &mut Vec<Name>, more: Vec<Name>) {
    use crate::glossary::Status::{Admitted, Preferred};
    for mut name in more {
        if names.iter().all(|n| n.text != name.text) {
            if name.status == Preferred && names.iter().any(|n| n.status == Preferred) {
                name.status = Admitted;
            }
            names.push(name);
        }
    }
}

/// Two concepts claim the Chinese name `zh` with different English.
fn contradictions(first: &Concept, second: &Concept, zh: &str, problems: &mut Problems) {
    if !valid_together(first, second) || report_clashes(first, second, problems) {
        return;
    }
    let english = |c: &Concept| c.preferred_en().unwrap_or_default().to_owned();
    problems.warning(at(
        second,
        format!(
            "“{zh}” stands for “{}” here and for “{}” at {}; either is accepted",
            english(second),
            english(first),
            first.place
        ),
        "join the two entries, or tell their Chinese names apart",
    ));
}

/// Reports each name that one concept accepts and the other refuses; whether there was one.
pub(super) fn report_clashes(first: &Concept, second: &Concept, problems: &mut Problems) -> bool {
    let mut any = false;
    for (old, new) in [(&first.zh, &second.zh), (&first.en, &second.en)] {
        for name in new {
            let Some(other) = old
                .iter()
                .find(|o| o.text == name.text && o.status.is_accepted() != name.status.is_accepted())
            else {
                continue;
            };
            any = true;
            problems.error(at(
                second,
                format!(
                    "“{}” is {} here and {} at {}",
                    name.text,
                    name.status.name(),
                    other.status.name(),
                    first.place
                ),
                "decide for one status and delete the other",
            ));
        }
    }
    any
}

/// Gives the concepts without an id one made from the English name; the same files give the same ids.
fn name_the_nameless(kept: &mut [Draft], taken: &FxHashMap<String, usize>) {
    let mut used: FxHashMap<String, usize> = FxHashMap::with_capacity_and_hasher(kept.len(), FxBuildHasher);
    used.extend(taken.keys().map(|id| (id.clone(), 1)));
    for draft in kept.iter_mut().filter(|d| !d.has_id) {
        let base = slug(draft.concept.preferred_en().unwrap_or_default());
        let mut id = base.clone();
        while used.contains_key(&id) {
            let n = used.entry(base.clone()).or_insert(1);
            *n += 1;
            id = format!("{base}-{n}");
        }
        used.insert(id.clone(), 1);
        draft.concept.id = id;
    }
}

/// A kebab-case id made from a name: ASCII letters and digits of its decomposed form, words joined by hyphens.
pub(super) fn slug(name: &str) -> String {
    if name.is_ascii() {
        slug_of(name.chars())
    } else {
        slug_of(name.nfkd())
    }
}

fn slug_of(chars: impl Iterator<Item = char>) -> String {
    let mut slug = String::with_capacity(LONGEST_SLUG);
    let mut gap = false;
    for c in chars {
        if c.is_ascii_alphanumeric() {
            if gap && !slug.is_empty() {
                if slug.len() >= LONGEST_SLUG {
                    break;
                }
                slug.push('-');
            }
            gap = false;
            slug.push(c.to_ascii_lowercase());
        } else if !(matches!(c, '\'' | '’' | '.') || unicode_normalization::char::is_combining_mark(c)) {
            // An apostrophe, a stop (U.N.) or an accent does not end a word; anything else does.
            gap = true;
        }
    }
    if slug.is_empty() { "concept".to_owned() } else { slug }
}
