//! Official names that are nearly right: a lost plural, or a wrong name beside the right acronym.

use crate::glossary::english::{EnglishName, Words};
use crate::glossary::near::{self, NearMiss};
use crate::glossary::terms::{ConceptInPair, EnHit};
use crate::text::{Span, SpanSet};

use super::PairContext;
use super::missing::{Instead, Missing};

/// How similar a name is that differs by one letter.
const ONE_LETTER: f64 = 0.95;

/// The concepts of a pair whose name is in the English, but not to the letter.
pub(super) fn find_inexact(ctx: &PairContext<'_>) -> Vec<Missing> {
    let glossary = ctx.doc.glossary;
    let rendered = ctx.terms().concepts.iter().filter(|c| c.is_rendered());
    let official = rendered.filter(|c| glossary.concepts()[c.concept].kind.is_name());
    official
        .filter_map(|found| {
            let near = wrong_number(ctx, found).or_else(|| wrong_name_beside_acronym(ctx, found))?;
            Some(Missing {
                concept: found.concept,
                hit: found.zh[0],
                instead: Instead::NearMiss(near),
                doubt: None,
            })
        })
        .collect()
}

/// A name in capitals in which a word other than its head has a plural too many or too few: “Ministry of Foreign Affair”.
/// The head may be a plural of its own: “the Academies of Sciences”.
fn wrong_number(ctx: &PairContext<'_>, found: &ConceptInPair) -> Option<NearMiss> {
    let names = ctx.doc.glossary.english(found.concept);
    let words = ctx.words();
    found.en.iter().filter(|hit| hit.status.is_accepted()).find_map(|hit| {
        let written = written_words(&words, hit);
        let is_exact = |name: &EnglishName| name.words.len() == written.len() && !differs_in_number(name, &written);
        let is_wrong = differs_in_number(&names[hit.name], &written) && !names.iter().any(is_exact);
        is_wrong.then_some(NearMiss {
            span: hit.span,
            name: hit.name,
            similarity: ONE_LETTER,
        })
    })
}

/// The words at a hit as they are written, without articles.
fn written_words<'a>(words: &Words<'a>, hit: &EnHit) -> Vec<&'a str> {
    let first = words.tokens.partition_point(|t| t.span.start < hit.span.start);
    let tokens = words.tokens[first..].iter().take_while(|t| t.span.end <= hit.span.end);
    let text = tokens.map(|t| t.span.of(words.text));
    text.filter(|w| !["the", "a", "an"].iter().any(|article| w.eq_ignore_ascii_case(article)))
        .collect()
}

fn differs_in_number(name: &EnglishName, written: &[&str]) -> bool {
    let is_preposition = |w: &String| matches!(&**w, "of" | "for" | "on" | "in");
    let before = name.words.iter().position(is_preposition).unwrap_or(name.words.len());
    if name.words.len() < 2 || name.words.len() != written.len() || !written[0].starts_with(char::is_uppercase) {
        return false;
    }
    let mut pairs = name.words.iter().zip(written).enumerate();
    pairs.any(|(i, (wanted, found))| {
        i + 1 != before && wanted.starts_with(char::is_uppercase) && is_other_number(wanted, found)
    })
}

/// Whether one word is the plural of the other.
fn is_other_number(a: &str, b: &str) -> bool {
    let (a, b) = (a.to_ascii_lowercase(), b.to_ascii_lowercase());
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    let is_word = short.len() >= 4 && long.bytes().all(|c| c.is_ascii_alphabetic());
    let plural = |ending: &str| long.strip_suffix(ending).is_some_and(|stem| stem == short);
    let changes_y = || {
        long.strip_suffix("ies")
            .is_some_and(|stem| short.strip_suffix('y') == Some(stem))
    };
    is_word && (plural("s") || plural("es") || changes_y())
}

/// A name that is close to the full name before its acronym in brackets: “World Hygiene Organization (WHO)”.
fn wrong_name_beside_acronym(ctx: &PairContext<'_>, found: &ConceptInPair) -> Option<NearMiss> {
    let names = ctx.doc.glossary.english(found.concept);
    let en = ctx.en();
    let is_acronym = |hit: &EnHit| {
        let words = &names[hit.name].words;
        words.len() == 1 && words[0].len() > 1 && words[0].chars().filter(|c| c.is_uppercase()).count() > 1
    };
    if !found.en.iter().all(is_acronym) {
        return None;
    }
    let bracket = found.en.iter().find_map(|hit| {
        let before = en[..hit.span.start].strip_suffix(['(', '（'])?;
        Some(before.trim_end().len())
    })?;
    let others = ctx.terms().concepts.iter().filter(|c| c.concept != found.concept);
    let others: SpanSet = others.flat_map(|c| c.en.iter().map(|hit| hit.span)).collect();
    let near = near::nearest(names, &ctx.words(), &others)?;
    let is_long = names[near.name].words.len() >= 3;
    let is_name = near.span.of(en).starts_with(char::is_uppercase);
    (near.span.end == bracket && is_long && is_name).then_some(near)
}

/// Whether `span` is a whole noun phrase in capitals: no other word in capitals is joined to it.
pub(super) fn is_whole_phrase(words: &Words<'_>, span: Span) -> bool {
    let first = words.tokens.partition_point(|t| t.span.end <= span.start);
    let after = words.tokens.partition_point(|t| t.span.start < span.end);
    let is_joint = |gap: &str| gap.chars().all(|c| c == ' ' || c == '-');
    let joined_before = first.checked_sub(1).and_then(|i| words.tokens.get(i)).is_some_and(|t| {
        let begins_sentence = words.text[..t.span.start].trim_end().is_empty()
            || words.text[..t.span.start].trim_end().ends_with(['.', '!', '?', ':']);
        t.capital && !begins_sentence && is_joint(&words.text[t.span.end..span.start])
    });
    let joined_after = words.tokens.get(after).is_some_and(|t| {
        let gap = &words.text[span.end..t.span.start];
        is_joint(gap) && (t.capital || gap == "-")
    });
    !joined_before && !joined_after
}
