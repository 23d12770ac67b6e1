//! The concepts that a pair's Chinese names and its English does not, and why: the analysis that `term-omitted` and
//! `term-mismatch` share.

use crate::glossary::english::{EnglishName, Words};
use crate::glossary::near::{self, NearMiss};
use crate::glossary::scan::Hit;
use crate::glossary::terms::{self, ConceptInPair};
use crate::glossary::{Concept, Kind};
use crate::language::en::related::same_root;
use crate::language::en::token::fold;
use crate::text::Span;
use crate::text::script::is_han;

use super::PairContext;

/// A concept without an accepted rendering.
#[derive(Debug, Clone, PartialEq)]
pub struct Missing {
    /// Number of the concept in the glossary.
    pub concept: usize,
    /// Where the Chinese names it first.
    pub hit: Hit,
    /// What the English has instead.
    pub instead: Instead,
    /// The Chinese word that speaks against the hit; such a concept is not reported unless the English has a near miss.
    pub doubt: Option<String>,
}

/// What stands where an accepted name was expected.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Instead {
    /// Nothing that could be it.
    Nothing,
    /// Something close to an accepted name.
    NearMiss(NearMiss),
    /// The name of another concept of the kind, which the Chinese does not name.
    OtherConcept {
        /// Number of that concept in the glossary.
        concept: usize,
        /// Bytes of the English text.
        span: Span,
    },
}

/// The concepts of a pair that no accepted name renders, in the order of the Chinese.
pub fn find(ctx: &PairContext<'_>) -> Vec<Missing> {
    let terms = ctx.terms();
    if !ctx.is_paired() || terms.concepts.iter().all(ConceptInPair::is_rendered) {
        return Vec::new();
    }
    let glossary = ctx.doc.glossary;
    let words = Words::new(ctx.en());
    let taken: Vec<Span> = terms
        .concepts
        .iter()
        .flat_map(|c| c.en.iter().map(|h| h.span))
        .collect();
    let mut out = Vec::new();
    for found in &terms.concepts {
        // A deprecated or forbidden rendering is a rendering: other rules see to it.
        if !found.en.is_empty() || is_excused(ctx, found, &words) {
            continue;
        }
        let concept = &glossary.concepts()[found.concept];
        let names = glossary.english(found.concept);
        let hit = found.zh[0];
        let instead = match near::nearest(names, &words, &taken) {
            Some(near) => Instead::NearMiss(near),
            None => other_concept(ctx, concept, found, &words, &taken),
        };
        out.push(Missing {
            concept: found.concept,
            hit,
            instead,
            doubt: doubt_of_all(ctx, found),
        });
    }
    out
}

/// The word that speaks against the concept's first hit, if words speak against all of its hits.
fn doubt_of_all(ctx: &PairContext<'_>, found: &ConceptInPair) -> Option<String> {
    let mut doubts = found.zh.iter().map(|h| terms::doubt(ctx.zh(), h));
    let first = doubts.next().flatten()?;
    doubts.all(|d| d.is_some()).then_some(first)
}

/// Whether the concept needs no accepted name here after all.
fn is_excused(ctx: &PairContext<'_>, found: &ConceptInPair, words: &Words<'_>) -> bool {
    let glossary = ctx.doc.glossary;
    let concept = &glossary.concepts()[found.concept];
    // Nothing in English to expect.
    if concept.preferred_en().is_none() {
        return true;
    }
    // The same Chinese names another concept as well, and that one is rendered.
    let shares = |other: &ConceptInPair| {
        other
            .zh
            .iter()
            .any(|o| found.zh.iter().any(|h| h.span.overlaps(o.span)))
    };
    if ctx
        .terms()
        .concepts
        .iter()
        .any(|o| o.concept != found.concept && o.is_rendered() && shares(o))
    {
        return true;
    }
    // Left standing in Chinese: `untranslated` reports it.
    if ctx.en().chars().any(is_han) && found.zh.iter().all(|h| ctx.en().contains(h.span.of(ctx.zh()))) {
        return true;
    }
    if !concept.kind.is_name()
        && glossary
            .english(found.concept)
            .iter()
            .any(|n| rendered_by_form(n, words))
    {
        return true;
    }
    // Merged sentences, heading and body: the name may stand in the pair before or after.
    [-1, 1].into_iter().filter_map(|by| ctx.neighbour(by)).any(|n| {
        let words = Words::new(n.en());
        terms::renderings(glossary.english(found.concept), &words)
            .iter()
            .any(|h| h.status.is_accepted())
    })
}

/// Whether the words of an ordinary term stand close together in some form: 感染 rendered by "infected".
fn rendered_by_form(name: &EnglishName, words: &Words<'_>) -> bool {
    if !name.status.is_accepted() {
        return false;
    }
    let wanted: Vec<String> = name.words.iter().map(|w| fold(w).into_owned()).collect();
    let folded: Vec<String> = words
        .tokens
        .iter()
        .map(|t| fold(t.span.of(words.text)).into_owned())
        .collect();
    let reach = wanted.len() + if wanted.len() > 1 { 3 } else { 0 };
    (0..folded.len()).any(|at| {
        let window = &folded[at..(at + reach).min(folded.len())];
        same_root(&folded[at], &wanted[0]) && wanted.iter().all(|w| window.iter().any(|f| same_root(f, w)))
            || wanted.len() > 1
                && same_root(&folded[at], &wanted[wanted.len() - 1])
                && wanted.iter().all(|w| window.iter().any(|f| same_root(f, w)))
    })
}

/// A name of another concept of the same kind that stands in the English while no Chinese name of it does: what a
/// translator wrote who took one country or body for another. Only capitalised names can be told.
fn other_concept(
    ctx: &PairContext<'_>,
    concept: &Concept,
    found: &ConceptInPair,
    words: &Words<'_>,
    taken: &[Span],
) -> Instead {
    let glossary = ctx.doc.glossary;
    if !matches!(
        concept.kind,
        Kind::Place | Kind::Institution | Kind::Facility | Kind::Person
    ) {
        return Instead::Nothing;
    }
    let named: Vec<usize> = ctx.terms().hits.iter().map(|h| h.hit.concept).collect();
    glossary
        .concepts_with_english_key(words.tokens.iter().filter(|t| t.capital).map(|t| t.key))
        .filter(|&c| c != found.concept && !named.contains(&c) && glossary.concepts()[c].kind == concept.kind)
        .find_map(|c| {
            terms::renderings(glossary.english(c), words)
                .into_iter()
                .find(|h| !taken.iter().any(|t| t.overlaps(h.span)))
                .map(|h| Instead::OtherConcept {
                    concept: c,
                    span: h.span,
                })
        })
        .unwrap_or(Instead::Nothing)
}
