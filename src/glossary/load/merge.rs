//! Joins the concepts of several files: assigns missing ids, merges duplicates, reports contradictions, and lets the concepts
//! of earlier glossaries take the place of those of later ones.

use rustc_hash::{FxHashMap, FxHashSet};
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use super::problem::{Problem, Problems};
use super::{Draft, Overridden};
use crate::glossary::{Concept, Layer, Name, Role, Text};

/// The longest id made from a name, in bytes; cut at a word.
const LONGEST_SLUG: usize = 60;

/// Gives each draft that has none its id.
pub(super) fn assign_ids(mut drafts: Vec<Draft>) -> Vec<Concept> {
    let used = drafts.iter().filter(|d| d.has_id).map(|d| d.concept.id.clone());
    let used = used.collect();
    assign_missing_ids(&mut drafts, used);
    drafts.into_iter().map(|d| d.concept).collect()
}

/// Joins the drafts of the same concept, in their order. A concept of an earlier glossary takes the place of one of a later
/// glossary that has its id, or one of its Chinese names; if both have the same English, names and fields are added to it.
pub(in crate::glossary) fn join(drafts: Vec<Draft>, problems: &mut Problems) -> Vec<Draft> {
    let mut kept: Vec<Draft> = Vec::with_capacity(drafts.len());
    let mut index = Index::default();
    index.names.reserve(drafts.len());
    for draft in drafts {
        if let Some(winner) = index.winner(&kept, &draft) {
            if same_english(&kept[winner].concept, &draft.concept) {
                add_names_of(&mut kept[winner].concept, draft.concept);
            } else {
                let layers = &mut kept[winner].concept.layers;
                layers.push(Layer::new(Role::Overridden, draft.concept.place));
            }
            continue;
        }
        let concept = &draft.concept;
        if draft.has_id
            && let Some(&first) = index.ids.get(&concept.id)
        {
            let message = format!("the id “{}” is used twice", concept.id);
            let help = format!(
                "its first use is at {}; rename or delete one of the two",
                kept[first].concept.place
            );
            problems.error(problem_at(concept, message, help));
            continue;
        }
        if let Some(first) = find_duplicate(concept, &index.names, &kept) {
            add_to(&mut kept[first].concept, draft.concept, problems);
            continue;
        }
        for name in concept.zh.iter().filter(|n| n.status.is_accepted()) {
            if let Some(first) = index.names.get(&name.text).and_then(|&first| kept.get(first))
                && first.rank == draft.rank
            {
                report_ambiguity(&first.concept, concept, &name.text, problems);
            }
        }
        index.add(&draft, kept.len());
        kept.push(draft);
    }
    kept
}

/// The drafts that do not count for themselves, since one of an earlier glossary has precedence. The drafts are in the order of the
/// glossaries.
pub(super) fn overridden(drafts: &[Draft]) -> Vec<Overridden> {
    let mut index = Index::default();
    let mut overridden = Vec::new();
    for (i, draft) in drafts.iter().enumerate() {
        match index.winner(drafts, draft) {
            Some(winner) => overridden.push(Overridden {
                index: i,
                by: drafts[winner].concept.place.clone(),
                is_same: same_english(&drafts[winner].concept, &draft.concept),
            }),
            None => index.add(draft, i),
        }
    }
    overridden
}

/// The indexes of drafts.
#[derive(Default)]
struct Index {
    /// The draft with each id.
    ids: FxHashMap<Text, usize>,
    /// The first draft with each accepted Chinese name.
    names: FxHashMap<Text, usize>,
    /// Further ones.
    more_names: FxHashMap<Text, Vec<usize>>,
}

impl Index {
    fn add(&mut self, draft: &Draft, at: usize) {
        for name in draft.concept.zh.iter().filter(|n| n.status.is_accepted()) {
            if self.names.contains_key(&name.text) {
                self.more_names.entry(name.text.clone()).or_default().push(at);
            } else {
                self.names.insert(name.text.clone(), at);
            }
        }
        if draft.has_id {
            self.ids.entry(draft.concept.id.clone()).or_insert(at);
        }
    }

    /// The draft of an earlier glossary that has precedence over this one: it has the same id, or a Chinese name of it on some
    /// day, unless a scope says that they are two concepts.
    fn winner(&self, drafts: &[Draft], new: &Draft) -> Option<usize> {
        // Nothing has precedence over the first glossary.
        if new.rank == 0 {
            return None;
        }
        let concept = &new.concept;
        let is_earlier = |&at: &usize| drafts[at].rank < new.rank;
        let with_id = self.ids.get(&concept.id).copied().filter(|_| new.has_id);
        let with_name = || {
            let names = concept.zh.iter().filter(|n| n.status.is_accepted());
            let owners = names.flat_map(|name| {
                let more = self.more_names.get(&name.text).into_iter().flatten();
                self.names.get(&name.text).into_iter().chain(more).copied()
            });
            owners.filter(is_earlier).find(|&at| {
                let other = &drafts[at].concept;
                other.is_valid_with(concept) && other.scope == concept.scope
            })
        };
        with_id.filter(is_earlier).or_else(with_name)
    }
}

/// Adds the names and fields of the same concept of a later glossary.
fn add_names_of(concept: &mut Concept, later: Concept) {
    let is_new = |names: &[Name], n: &Name| names.iter().all(|own| own.text != n.text);
    let zh = later.zh.iter().filter(|n| is_new(&concept.zh, n));
    let en = later.en.iter().filter(|n| is_new(&concept.en, n));
    let parts = zh.chain(en).map(|n| n.text.clone()).collect();
    concept.layers.push(Layer {
        parts,
        ..Layer::new(Role::Added, later.place.clone())
    });
    absorb(concept, later);
}

fn problem_at(concept: &Concept, message: impl Into<String>, help: impl Into<String>) -> Problem {
    Problem::at_line(&concept.place.file, concept.place.line, message, help)
}

/// The index of the kept concept with an accepted Chinese name and the preferred English name of `new`.
fn find_duplicate(new: &Concept, names: &FxHashMap<Text, usize>, kept: &[Draft]) -> Option<usize> {
    new.zh
        .iter()
        .filter(|n| n.status.is_accepted())
        .filter_map(|n| names.get(&n.text).copied())
        .find(|&i| same_english(&kept[i].concept, new) && kept[i].concept.is_valid_with(new))
}

fn same_english(a: &Concept, b: &Concept) -> bool {
    match (a.preferred_en(), b.preferred_en()) {
        (Some(a), Some(b)) => a.eq_ignore_ascii_case(b),
        _ => false,
    }
}

/// Adds the names and fields of `duplicate` to `first`.
fn add_to(first: &mut Concept, duplicate: Concept, problems: &mut Problems) {
    let shown = first.preferred_zh().unwrap_or(&first.id).to_owned();
    if !report_clashes(first, &duplicate, problems) {
        problems.warning(problem_at(
            &duplicate,
            format!("“{shown}” is listed twice with the same English; the entries are merged"),
            format!("the first is at {}; delete one of the two", first.place),
        ));
    }
    absorb(first, duplicate);
}

/// Adds the names of `other`, and the fields that `first` does not have.
pub(in crate::glossary) fn absorb(first: &mut Concept, other: Concept) {
    add_names(&mut first.zh, other.zh);
    add_names(&mut first.en, other.en);
    first.acronym = first.acronym.take().or(other.acronym);
    first.scope = first.scope.take().or(other.scope);
    first.authority = first.authority.take().or(other.authority);
    first.citation = first.citation.take().or(other.citation);
    first.grade = first.grade.or(other.grade);
    first.replaced_by = first.replaced_by.take().or(other.replaced_by);
    first.note = first.note.take().or(other.note);
    first.examples.extend(other.examples);
    first.counterexamples.extend(other.counterexamples);
    first.history.extend(other.history);
}

/// Adds the names that are missing. A second preferred name becomes admitted.
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

/// Warns that two concepts share the Chinese name `zh` but not the English, unless one accepts what the other refuses,
/// which is an error. Where one has a scope, they may share a name: the English says which one is meant.
fn report_ambiguity(first: &Concept, second: &Concept, zh: &str, problems: &mut Problems) {
    if !first.is_valid_with(second) || report_clashes(first, second, problems) {
        return;
    }
    if first.scope.is_some() || second.scope.is_some() {
        return;
    }
    let english = |c: &Concept| c.preferred_en().unwrap_or_default().to_owned();
    problems.warning(problem_at(
        second,
        format!(
            "“{zh}” is “{}” here and “{}” at {}; both are accepted",
            english(second),
            english(first),
            first.place
        ),
        "merge the two entries, or use different Chinese names",
    ));
}

/// Reports each name that one concept accepts and the other refuses. Returns whether there is one.
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
            problems.error(problem_at(
                second,
                format!(
                    "“{}” is {} here and {} at {}",
                    name.text,
                    name.status.name(),
                    other.status.name(),
                    first.place
                ),
                "keep one status and delete the other",
            ));
        }
    }
    any
}

/// Makes the missing ids from the English names. The same files give the same ids.
fn assign_missing_ids(kept: &mut [Draft], mut used: FxHashSet<Text>) {
    // The last number that was added to each id.
    let mut numbers: FxHashMap<String, usize> = FxHashMap::default();
    for concept in kept.iter_mut().filter(|d| !d.has_id).map(|d| &mut d.concept) {
        let mut id = slug(concept.preferred_en().unwrap_or_default());
        if used.contains(id.as_str()) {
            let base = id.clone();
            let number = numbers.entry(base.clone()).or_insert(1);
            while used.contains(id.as_str()) {
                *number += 1;
                id = format!("{base}-{number}");
            }
        }
        used.insert(Text::Owned(id.clone()));
        concept.id = Text::Owned(id);
    }
}

/// A kebab-case id made from a name: the ASCII letters and digits of its decomposed form, words joined by hyphens.
pub(in crate::glossary) fn slug(name: &str) -> String {
    // Nothing to decompose.
    if name.is_ascii() {
        return slug_of_chars(name.chars(), name.len());
    }
    // A combining mark ends no word, and neither does an apostrophe.
    slug_of_chars(
        name.nfkd()
            .map(|c| if c == '’' || is_combining_mark(c) { '\'' } else { c }),
        name.len(),
    )
}

/// The id of a name of so many bytes.
fn slug_of_chars(chars: impl Iterator<Item = char>, len: usize) -> String {
    let mut slug = String::with_capacity(len.min(LONGEST_SLUG));
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
        } else {
            // U.N. is one word, and so is Children's.
            gap |= !matches!(c, '\'' | '.');
        }
    }
    if slug.is_empty() { "concept".to_owned() } else { slug }
}
