//! Which glossary concepts the Chinese of a pair names, and how the English renders each.
//!
//! Every name found in the Chinese counts unless it lies inside a longer one. Word segmentation is not asked here; see
//! [`super::doubt`].

use crate::text::Span;

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
}

impl PairTerms {
    /// Finds the glossary's names in the Chinese, and the names of the concepts found in the English.
    pub fn new<'a>(glossary: &Glossary, zh: &str, words: impl FnOnce() -> Words<'a>) -> Self {
        let found = glossary.scanner().scan(zh);
        if found.is_empty() {
            return Self::default();
        }
        let words = words();
        let hits = mark_nested_hits(found);
        let mut concepts: Vec<ConceptInPair> = Vec::new();
        for h in hits.iter().filter(|h| h.verdict == Verdict::Counts) {
            match concepts.iter_mut().find(|c| c.concept == h.hit.concept) {
                Some(c) => c.zh.push(h.hit),
                None => concepts.push(ConceptInPair {
                    concept: h.hit.concept,
                    zh: vec![h.hit],
                    en: renderings(glossary.english(h.hit.concept), &words),
                }),
            }
        }
        Self { hits, concepts }
    }
}

/// A hit inside a strictly longer one does not count. Hits of several concepts with the same span all count.
fn mark_nested_hits(found: Vec<Hit>) -> Vec<ZhHit> {
    let mut out: Vec<ZhHit> = Vec::with_capacity(found.len());
    // Hits are sorted by start, longest first, so any hit that contains another comes before it.
    let mut seen: Vec<Span> = Vec::new();
    for hit in found {
        let longer = seen
            .iter()
            .rev()
            .find(|s| s.contains(hit.span) && s.len() > hit.span.len())
            .copied();
        seen.push(hit.span);
        let verdict = longer.map_or(Verdict::Counts, Verdict::InsideLonger);
        out.push(ZhHit { hit, verdict });
    }
    out
}

/// Every place in the text where one of the names appears. A name inside a longer one of the same concept is left out.
pub fn renderings(names: &[EnglishName], words: &Words<'_>) -> Vec<EnHit> {
    let mut all: Vec<EnHit> = names
        .iter()
        .enumerate()
        .flat_map(|(i, n)| {
            words.find(n).into_iter().map(move |span| EnHit {
                name: i,
                status: n.status,
                span,
            })
        })
        .collect();
    all.sort_by_key(|h| (h.span.start, std::cmp::Reverse(h.span.end), h.status));
    let mut out: Vec<EnHit> = Vec::with_capacity(all.len());
    for h in all {
        if !out.iter().any(|o| o.span.contains(h.span)) {
            out.push(h);
        }
    }
    out
}
