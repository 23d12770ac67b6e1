//! Concepts of several files become one glossary: ids are made unique, doubles are joined, contradictions refused.

use rustc_hash::{FxBuildHasher, FxHashMap};
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;
use xxhash_rust::xxh3::xxh3_64;

use super::Draft;
use super::problem::{Problem, Problems};
use crate::glossary::{Concept, Kind, Name};

/// The longest id made from a name, in bytes; cut at a word.
const LONGEST_SLUG: usize = 60;

/// The place of each text among the drafts, found by hash and told apart by comparison with the drafts themselves, so
/// that no text is kept twice.
#[derive(Default)]
struct Index(FxHashMap<u64, Entry>);

/// What an [`Index`] knows of a text.
#[derive(Clone, Copy)]
struct Entry {
    /// Number of the draft that has it.
    draft: u32,
    /// Number of the Chinese name there, in an index of names; how often an id was wanted, in one of ids.
    number: u32,
}

/// Where an [`Index`] has room for a text that it does not know.
#[derive(Clone, Copy)]
struct Room(u64);

impl Index {
    fn with_capacity(texts: usize) -> Self {
        Self(FxHashMap::with_capacity_and_hasher(texts, FxBuildHasher))
    }

    /// What is known of `text`; `is_it` compares it with the text of an entry.
    fn find(&mut self, text: &str, is_it: impl Fn(Entry) -> bool) -> Result<&mut Entry, Room> {
        let mut hash = xxh3_64(text.as_bytes());
        while self.0.get(&hash).is_some_and(|&entry| !is_it(entry)) {
            hash = hash.wrapping_add(1);
        }
        self.0.get_mut(&hash).ok_or(Room(hash))
    }

    fn insert(&mut self, room: Room, draft: usize, number: usize) {
        let entry = Entry {
            draft: draft as u32,
            number: number as u32,
        };
        self.0.insert(room.0, entry);
    }

    /// The draft whose id is `id`.
    fn find_id(&mut self, id: &str, drafts: &[Draft]) -> Result<&mut Entry, Room> {
        self.find(id, |e| drafts[e.draft as usize].concept.id == id)
    }

    /// The first draft that has the Chinese name `name`.
    fn find_name(&mut self, name: &str, drafts: &[Draft]) -> Result<usize, Room> {
        let same = |e: Entry| drafts[e.draft as usize].concept.zh[e.number as usize].text == name;
        self.find(name, same).map(|e| e.draft as usize)
    }
}

/// Joins the drafts, in their order.
pub(super) fn merge(mut drafts: Vec<Draft>, problems: &mut Problems) -> Vec<Concept> {
    let mut ids = Index::default();
    let mut claims = Index::with_capacity(drafts.len());
    // Those before are kept.
    let mut place = 0;
    for i in 0..drafts.len() {
        let (kept, rest) = drafts.split_at_mut(i);
        let (kept, draft) = (&mut kept[..place], &mut rest[0]);
        let id = draft
            .has_id
            .then(|| ids.find_id(&draft.concept.id, kept).map(|e| e.draft));
        if let Some(Ok(first)) = id {
            let message = format!("the id “{}” is used twice", draft.concept.id);
            let help = format!(
                "it stands at {} already; rename or delete one of the two",
                kept[first as usize].concept.place
            );
            problems.error(at(&draft.concept, message, help));
            continue;
        }
        if let Some(first) = double_of(&draft.concept, &mut claims, kept) {
            let double = std::mem::replace(&mut draft.concept, Concept::new("", Kind::Term));
            join(&mut kept[first].concept, double, problems);
            continue;
        }
        drafts.swap(place, i);
        let kept = &drafts[..=place];
        let concept = &kept[place].concept;
        for (number, name) in concept.zh.iter().enumerate().filter(|(_, n)| n.status.is_accepted()) {
            match claims.find_name(&name.text, kept) {
                Ok(first) => contradictions(&kept[first].concept, concept, &name.text, problems),
                Err(room) => claims.insert(room, place, number),
            }
        }
        if let Some(Err(room)) = id {
            ids.insert(room, place, 1);
        }
        place += 1;
    }
    drafts.truncate(place);
    name_the_nameless(&mut drafts, ids);
    drafts.into_iter().map(|d| d.concept).collect()
}

fn at(concept: &Concept, message: impl Into<String>, help: impl Into<String>) -> Problem {
    Problem::at_line(&concept.place.file, concept.place.line, message, help)
}

/// The kept concept that `new` says again: a Chinese name and the preferred English are the same.
fn double_of(new: &Concept, claims: &mut Index, kept: &[Draft]) -> Option<usize> {
    new.zh
        .iter()
        .filter(|n| n.status.is_accepted())
        .filter_map(|n| claims.find_name(&n.text, kept).ok())
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
fn name_the_nameless(kept: &mut [Draft], mut used: Index) {
    used.0.reserve(kept.iter().filter(|d| !d.has_id).count());
    for i in 0..kept.len() {
        if kept[i].has_id {
            continue;
        }
        let mut id = slug(kept[i].concept.preferred_en().unwrap_or_default());
        if used.find_id(&id, kept).is_ok() {
            id = numbered(&id, &mut used, kept);
        }
        if let Err(room) = used.find_id(&id, kept) {
            used.insert(room, i, 1);
        }
        kept[i].concept.id = id.into();
    }
}

/// The id `base`, which is taken, with the next number that makes it a free one.
fn numbered(base: &str, used: &mut Index, kept: &[Draft]) -> String {
    loop {
        let number = used.find_id(base, kept).map_or(1, |entry| {
            entry.number += 1;
            entry.number
        });
        let id = format!("{base}-{number}");
        if used.find_id(&id, kept).is_err() {
            return id;
        }
    }
}

/// A kebab-case id made from a name: ASCII letters and digits of its decomposed form, words joined by hyphens.
pub(super) fn slug(name: &str) -> String {
    if name.is_ascii() {
        return slug_of(name.bytes(), name.len());
    }
    // A sign that ends no word stands for those like it, a blank for anything else that is in no slug.
    let of_ascii = name.nfkd().map(|c| match c {
        c if c.is_ascii() => c as u8,
        c if c == '’' || is_combining_mark(c) => b'\'',
        _ => b' ',
    });
    slug_of(of_ascii, name.len())
}

/// ASCII letters in lower case, and digits; nought for every other byte.
static IN_SLUGS: [u8; 256] = {
    let mut table = [0; 256];
    let mut b: u8 = 0;
    while b < 128 {
        if b.is_ascii_alphanumeric() {
            table[b as usize] = b.to_ascii_lowercase();
        }
        b += 1;
    }
    table
};

fn slug_of(signs: impl Iterator<Item = u8>, length: usize) -> String {
    let mut slug = Vec::with_capacity(length.min(LONGEST_SLUG));
    let mut gap = false;
    for b in signs {
        let sign = IN_SLUGS[usize::from(b)];
        if sign > 0 {
            if gap && !slug.is_empty() {
                if slug.len() >= LONGEST_SLUG {
                    break;
                }
                slug.push(b'-');
            }
            gap = false;
            slug.push(sign);
        } else {
            // An apostrophe, a stop (U.N.) or an accent does not end a word; anything else does.
            gap |= !matches!(b, b'\'' | b'.');
        }
    }
    if slug.is_empty() {
        return "concept".to_owned();
    }
    String::from_utf8(slug).unwrap_or_default()
}
