//! Which glossary concepts the Chinese of a pair names, and how the English renders each.
//!
//! Every name found in the Chinese counts unless it lies inside a longer one. Word segmentation is not asked here; see
//! [`super::doubt`].

use std::cell::OnceCell;
use std::collections::hash_map::Entry;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::text::date::Date;
use crate::text::{Side, Sides, Span, SpanSet};

use super::english::{EnglishName, Words};
use super::scan::Hit;
use super::{Glossary, Status};

/// A Chinese name in a pair, and whether it counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ZhHit {
    /// The name and its position.
    pub hit: Hit,
    /// Whether it counts.
    pub verdict: Verdict,
}

/// Whether a hit counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It counts.
    Counts,
    /// It lies inside a longer glossary name with this span.
    InsideLonger(Span),
}

/// An English name in a pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EnHit {
    /// Number among the concept's compiled English names.
    pub name: usize,
    /// Whether it may be used.
    pub status: Status,
    /// Bytes of the English text.
    pub span: Span,
}

/// One concept that the Chinese of a pair names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConceptInPair {
    /// Number of the concept in the glossary.
    pub concept: usize,
    /// Its names in the Chinese, in text order.
    pub zh: Vec<Hit>,
    /// Its names in the English, accepted or not.
    pub en: Vec<EnHit>,
}

impl ConceptInPair {
    /// Whether the English has an accepted name.
    pub fn is_rendered(&self) -> bool {
        self.en.iter().any(|h| h.status.is_accepted())
    }
}

/// The glossary's names and concepts in a pair.
#[derive(Debug, Default)]
pub struct PairTerms {
    /// Every name found in the Chinese.
    pub hits: Vec<ZhHit>,
    /// The concepts that count, by their first position in the Chinese.
    pub concepts: Vec<ConceptInPair>,
    names: OnceCell<Sides<SpanSet>>,
    found: OnceCell<FxHashSet<usize>>,
}

impl PairTerms {
    /// The places of the names of these concepts in the text of one side.
    pub fn names(&self, side: Side) -> &SpanSet {
        let names = self.names.get_or_init(|| Sides {
            zh: self.concepts.iter().flat_map(|c| c.zh.iter().map(|h| h.span)).collect(),
            en: self.concepts.iter().flat_map(|c| c.en.iter().map(|h| h.span)).collect(),
        });
        &names[side]
    }

    /// Whether the Chinese has a name of this concept, if only inside a longer name.
    pub fn has(&self, concept: usize) -> bool {
        let found = || self.hits.iter().map(|h| h.hit.concept).collect();
        !self.hits.is_empty() && self.found.get_or_init(found).contains(&concept)
    }

    /// Finds the glossary's names in the Chinese, and the names of the concepts found in the English. Concepts whose names are not
    /// valid on `day` are left out.
    pub fn new<'a>(glossary: &Glossary, zh: &str, day: Option<Date>, words: impl FnOnce() -> Words<'a>) -> Self {
        let mut found = glossary.scanner().scan(zh);
        if let Some(day) = day {
            found.retain(|hit| glossary.concepts()[hit.concept].is_valid_on(day));
        }
        if found.is_empty() {
            return Self::default();
        }
        let words = words();
        let hits = mark_nested_hits(found);
        let mut concepts: Vec<ConceptInPair> = Vec::new();
        let mut place: FxHashMap<usize, usize> = FxHashMap::default();
        for h in hits.iter().filter(|h| h.verdict == Verdict::Counts) {
            match place.entry(h.hit.concept) {
                Entry::Occupied(at) => concepts[*at.get()].zh.push(h.hit),
                Entry::Vacant(new) => {
                    new.insert(concepts.len());
                    concepts.push(ConceptInPair {
                        concept: h.hit.concept,
                        zh: vec![h.hit],
                        en: renderings(glossary.english(h.hit.concept), &words),
                    });
                }
            }
        }
        drop_other_meanings(&hits, &mut concepts);
        Self {
            hits,
            concepts,
            ..Self::default()
        }
    }
}

/// Of concepts with the same Chinese name, such as the 审计署 of the State Council and that of Hong Kong, those that the
/// English does not name give way to the one that it does, or else to the one whose preferred name it is.
fn drop_other_meanings(hits: &[ZhHit], concepts: &mut Vec<ConceptInPair>) {
    if !hits.windows(2).any(|two| two[0].hit.span == two[1].hit.span) {
        return;
    }
    let mut meant: FxHashSet<Span> = FxHashSet::default();
    let mut is_meant = vec![false; concepts.len()];
    let rank = |c: &ConceptInPair| match c.is_rendered() {
        true => 0,
        false if c.zh.iter().any(|h| h.name == 0) => 1,
        false => 2,
    };
    for wanted in 0..=2 {
        for (is_meant, c) in is_meant.iter_mut().zip(&*concepts).filter(|(_, c)| rank(c) == wanted) {
            *is_meant = wanted == 0 || !c.zh.iter().all(|h| meant.contains(&h.span));
            meant.extend(c.zh.iter().map(|h| h.span));
        }
    }
    let mut is_meant = is_meant.into_iter();
    concepts.retain(|_| is_meant.next().unwrap_or(true));
}

/// A hit inside a strictly longer one does not count. Hits of several concepts with the same span all count.
fn mark_nested_hits(found: Vec<Hit>) -> Vec<ZhHit> {
    let mut out: Vec<ZhHit> = Vec::with_capacity(found.len());
    // Hits are sorted by start, longest first, so any hit that contains another comes before it. The spans that may still
    // contain a later one, each ending no later than the one before: what ends before a later span does contains nothing
    // that comes after that one and that it does not contain itself.
    let mut open: Vec<Span> = Vec::new();
    for hit in found {
        while open.last().is_some_and(|s| s.end < hit.span.end) {
            open.pop();
        }
        let longer = open.iter().rev().find(|s| s.len() > hit.span.len()).copied();
        if open.last() != Some(&hit.span) {
            open.push(hit.span);
        }
        let verdict = longer.map_or(Verdict::Counts, Verdict::InsideLonger);
        out.push(ZhHit { hit, verdict });
    }
    out
}

/// Every place in the text where one of the names appears. A name inside a longer one of the same concept is left out.
pub fn renderings(names: &[EnglishName], words: &Words<'_>) -> Vec<EnHit> {
    let mut all: Vec<EnHit> = Vec::new();
    for (i, name) in names.iter().enumerate() {
        all.extend(words.find(name).into_iter().map(|span| EnHit {
            name: i,
            status: name.status,
            span,
        }));
    }
    if all.len() < 2 {
        return all;
    }
    all.sort_by_key(|h| (h.span.start, std::cmp::Reverse(h.span.end), h.status));
    // By start, so a name lies inside an earlier one if that one ends no earlier.
    let mut furthest = 0;
    all.retain(|h| {
        let is_outside = h.span.end > furthest;
        furthest = furthest.max(h.span.end);
        is_outside
    });
    all
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::glossary::english::WordList;
    use crate::glossary::{Concept, Kind, Name};

    #[test]
    fn a_name_of_two_bodies_means_the_one_that_the_english_has() {
        let concept = |id: &str, zh: &[&str], en: &str| {
            let mut concept = Concept::new(id, Kind::Institution);
            concept.zh = zh.iter().map(|zh| Name::new(*zh, Status::Preferred)).collect();
            concept.en = vec![Name::new(en, Status::Preferred)];
            concept
        };
        let glossary = Glossary::new(vec![
            concept("hong-kong", &["香港审计署", "审计署"], "Audit Commission"),
            concept("national", &["审计署"], "National Audit Office"),
        ]);
        let found = |en: &str| {
            let words = WordList::new(en);
            let terms = PairTerms::new(&glossary, "审计署的报告", None, || words.of(en));
            terms.concepts.iter().map(|c| c.concept).collect::<Vec<_>>()
        };
        assert_eq!(found("a report of the Audit Commission"), [0]);
        assert_eq!(found("a report of the National Audit Office"), [1]);
        assert_eq!(found("a report"), [1]);
    }

    proptest! {
        #[test]
        fn a_hit_inside_a_longer_one_does_not_count(spans in prop::collection::vec((0..20usize, 1..8usize), 0..12)) {
            let mut spans: Vec<Span> = spans.iter().map(|&(start, len)| Span::new(start, start + len)).collect();
            spans.sort_by_key(|s| (s.start, std::cmp::Reverse(s.end)));
            let hits = spans.iter().map(|&span| Hit { span, concept: 0, name: 0 }).collect();
            for hit in mark_nested_hits(hits) {
                let span = hit.hit.span;
                let is_longer = |s: &Span| s.contains(span) && s.len() > span.len();
                match hit.verdict {
                    Verdict::Counts => prop_assert!(!spans.iter().any(is_longer)),
                    Verdict::InsideLonger(longer) => prop_assert!(is_longer(&longer) && spans.contains(&longer)),
                }
            }
        }
    }
}
