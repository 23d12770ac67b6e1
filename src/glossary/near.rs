//! Finds near misses: English that is almost a name of a concept, with a word replaced, dropped, added, misspelt, or out of
//! order.

use std::ops::Range;

use crate::language::en::related::{Spelling, is_misspelling, same_root};
use crate::language::en::token::fold;
use crate::text::{Span, SpanSet};

use super::english::{EnglishName, Words};

/// Function words, which count little when names are compared.
const FUNCTION_WORDS: [&str; 13] = [
    "of", "and", "for", "in", "on", "to", "with", "at", "by", "de", "the", "a", "an",
];

/// Words that neither begin nor end a name.
#[rustfmt::skip]
const NO_EDGES: [&str; 33] = [
    "is", "are", "was", "were", "be", "been", "has", "have", "had", "will", "would", "shall", "may", "can", "must", "this", "that",
    "these", "its", "their", "our", "which", "as", "from", "he", "him", "his", "she", "her", "they", "them", "we", "us",
];

/// The least similarity (0 to 1) of a near miss. Set by hand.
const THRESHOLD: f64 = 0.5;

/// A part of an English text that is close to a name.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NearMiss {
    /// Bytes of the text.
    pub span: Span,
    /// Index into the names that were looked for.
    pub name: usize,
    /// 0 to 1.
    pub similarity: f64,
}

/// The part of the text that is closest to one of the accepted `names`, if any is close enough.
///
/// Candidates are windows of about the name's length around a word of the name; windows that overlap `taken`, the names of
/// other concepts, are left out. Similarity is the weighted share of words in common (Dice's coefficient), where a misspelt
/// word counts almost fully and function words count little.
pub fn nearest(names: &[EnglishName], words: &Words<'_>, taken: &SpanSet) -> Option<NearMiss> {
    let folded = words.folded();
    let mut best: Option<NearMiss> = None;
    for (i, name) in names.iter().enumerate().filter(|(_, n)| n.status.is_accepted()) {
        let wanted: Vec<_> = name.words.iter().map(|w| fold(w)).collect();
        let wanted: Vec<&str> = wanted.iter().map(|w| &**w).collect();
        let candidate = match wanted.as_slice() {
            [] => None,
            [one] => misspelt_word(one, name, words, &folded),
            _ => nearest_window(&wanted, name, words, &folded),
        };
        if let Some((span, similarity)) = candidate
            && !taken.overlaps(span)
            && best.is_none_or(|b| similarity > b.similarity)
        {
            best = Some(NearMiss {
                span: include_number(span, name, words),
                name: i,
                similarity,
            });
        }
    }
    best
}

/// Extends the span to the number before it if the name begins with one: “14th Five-Year Plan” for 15th Five-Year Plan.
fn include_number(span: Span, name: &EnglishName, words: &Words<'_>) -> Span {
    let is_number = |word: &str| word.starts_with(|c: char| c.is_ascii_digit());
    let text = |i: usize| words.tokens[i].span.of(words.text);
    let first = words.tokens.partition_point(|t| t.span.start < span.start);
    let extends = first > 0 && first < words.tokens.len() && !is_number(text(first)) && is_number(text(first - 1));
    if extends && name.words.first().is_some_and(|w| is_number(w)) {
        Span::new(words.tokens[first - 1].span.start, span.end)
    } else {
        span
    }
}

fn misspelt_word(wanted: &str, name: &EnglishName, words: &Words<'_>, folded: &[&str]) -> Option<(Span, f64)> {
    let capital = name.words[0].chars().next().is_some_and(char::is_uppercase);
    folded
        .iter()
        .zip(words.tokens)
        .filter(|(f, t)| t.capital >= capital && is_misspelling(f, wanted))
        .filter(|(f, _)| {
            !if capital {
                is_adjective(f, wanted)
            } else {
                same_root(f, wanted)
            }
        })
        .map(|(f, t)| (t.span, strsim::normalized_damerau_levenshtein(f, wanted)))
        .max_by(|a, b| a.1.total_cmp(&b.1))
}

/// Whether a word is the adjective of a proper name: Indian, Chilean, Iraqi, Chinese.
fn is_adjective(found: &str, name: &str) -> bool {
    const ENDINGS: [&str; 12] = ["n", "an", "ian", "ese", "ish", "i", "ic", "er", "al", "ean", "e", "a"];
    let stem = name.trim_end_matches(['a', 'e', 'o', 'y']);
    [name, stem]
        .iter()
        .any(|base| found.strip_prefix(base).is_some_and(|end| ENDINGS.contains(&end)))
}

fn nearest_window(wanted: &[&str], name: &EnglishName, words: &Words<'_>, folded: &[&str]) -> Option<(Span, f64)> {
    let n = wanted.len();
    let capital = name
        .words
        .iter()
        .filter(|w| !is_function_word(w))
        .all(|w| w.chars().next().is_some_and(|c| !c.is_lowercase()));
    let similarities = WordSimilarities::new(wanted, folded);
    let mut best: Option<(Span, f64)> = None;
    // A window must contain a content word of the name.
    for at in
        (0..folded.len()).filter(|&at| !is_function_word(folded[at]) && similarities.row(at).iter().any(|&a| a > 0.0))
    {
        for start in at.saturating_sub(n)..=at {
            // One word of a two-word name is too little evidence.
            for len in (n - 1).max(2)..=n + 1 {
                let end = start + len;
                if end <= at || end > folded.len() {
                    continue;
                }
                let edge_ok = |i: usize| {
                    let word = words.tokens[i].span.of(words.text);
                    let is_edge = !is_function_word(folded[i]) && !NO_EDGES.contains(&word);
                    is_edge && (!capital || words.tokens[i].capital)
                };
                if !edge_ok(start)
                    || !edge_ok(end - 1)
                    || !is_within_sentence(words, start, end)
                    || crosses_comma(words, &similarities, start..end)
                    || cuts_compound(words, end - 1)
                {
                    continue;
                }
                let similarity = similarities.similarity(start..end);
                let span = Span::new(words.tokens[start].span.start, words.tokens[end - 1].span.end);
                let better =
                    best.is_none_or(|(s, b)| similarity > b + 1e-9 || similarity > b - 1e-9 && span.len() < s.len());
                if similarity >= THRESHOLD && better {
                    best = Some((span, similarity));
                }
            }
        }
    }
    best
}

/// Whether the last word goes on behind a hyphen: “China State” of “China State-owned”.
fn cuts_compound(words: &Words<'_>, last: usize) -> bool {
    let rest = &words.text[words.tokens[last].span.end..];
    rest.strip_prefix(['-', '‑'])
        .is_some_and(|rest| rest.starts_with(char::is_lowercase))
}

/// Whether no sentence ends inside the window.
fn is_within_sentence(words: &Words<'_>, start: usize, end: usize) -> bool {
    (start + 1..end).all(|i| {
        let gap = &words.text[words.tokens[i - 1].span.end..words.tokens[i].span.start];
        !gap.contains(['!', '?', ';', ':', '(', ')']) && (!gap.contains('.') || words.tokens[i - 1].span.len() <= 2)
    })
}

/// Whether a comma parts a word of the name from one that is none: “John Lewis, U.S. congressman”.
fn crosses_comma(words: &Words<'_>, similarities: &WordSimilarities<'_>, window: Range<usize>) -> bool {
    let is_wanted = |i: usize| similarities.row(i).iter().any(|&a| a > 0.0);
    (window.start + 1..window.end).any(|i| {
        let gap = &words.text[words.tokens[i - 1].span.end..words.tokens[i].span.start];
        gap.contains(',') && !(is_wanted(i - 1) && is_wanted(i))
    })
}

fn is_function_word(word: &str) -> bool {
    FUNCTION_WORDS.contains(&word)
}

fn weight(word: &str) -> f64 {
    if is_function_word(word) { 0.25 } else { 1.0 }
}

/// Similarity of two folded words: 1 if equal, less for a misspelling or another form, otherwise 0.
fn word_similarity(a: &Spelling<'_>, b: &Spelling<'_>) -> f64 {
    if a.word == b.word {
        1.0
    } else if a.is_slip_in(b) || b.is_slip_in(a) {
        0.9
    } else if a.shares_root(b) {
        0.8
    } else {
        0.0
    }
}

/// The similarity of each word of a text to each word of a name.
struct WordSimilarities<'a> {
    wanted: &'a [&'a str],
    folded: &'a [&'a str],
    /// One row per word of the text, one column per word of the name.
    values: Vec<f64>,
}

impl<'a> WordSimilarities<'a> {
    fn new(wanted: &'a [&'a str], folded: &'a [&'a str]) -> Self {
        let wanted_spelt: Vec<_> = wanted.iter().map(|w| Spelling::new(w)).collect();
        let mut values = Vec::with_capacity(folded.len() * wanted.len());
        for f in folded {
            let f = Spelling::new(f);
            values.extend(wanted_spelt.iter().map(|w| word_similarity(&f, w)));
        }
        Self { wanted, folded, values }
    }

    /// The similarities of word `at` of the text to the words of the name.
    fn row(&self, at: usize) -> &[f64] {
        &self.values[at * self.wanted.len()..][..self.wanted.len()]
    }

    /// Dice's coefficient of the words of the name and of a window of the text, a little less if the order differs.
    fn similarity(&self, window: Range<usize>) -> f64 {
        let mut used = vec![false; window.len()];
        let (mut common, mut in_order, mut last) = (0.0, true, 0);
        for (i, w) in self.wanted.iter().enumerate() {
            let found = (0..window.len())
                .filter(|&j| !used[j])
                .map(|j| (j, self.row(window.start + j)[i]))
                .filter(|&(_, s)| s > 0.0)
                .max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.abs_diff(i).cmp(&a.0.abs_diff(i))));
            if let Some((j, s)) = found {
                used[j] = true;
                common += s * weight(w);
                in_order &= j >= last;
                last = j;
            }
        }
        let total: f64 = self.wanted.iter().chain(&self.folded[window]).map(|w| weight(w)).sum();
        let dice = 2.0 * common / total;
        if in_order { dice } else { dice * 0.95 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::glossary::english::{WordList, compile_names};
    use crate::glossary::{Concept, Kind, Name, Status};

    fn near(name: &str, text: &str) -> Option<String> {
        let mut c = Concept::new("c", Kind::Facility);
        c.en = vec![Name::new(name, Status::Preferred)];
        nearest(&compile_names(&c), &WordList::new(text).of(text), &SpanSet::default())
            .map(|n| n.span.of(text).to_owned())
    }

    #[test]
    fn one_word_replaced_dropped_added_or_misspelt_is_near() {
        let name = "Large High Altitude Air Shower Observatory";
        for found in [
            "Large High-Altitude Cosmic Ray Observatory",
            "Large High Altitude Shower Observatory",
            "Large High Altitude Extensive Air Shower Observatory",
            "Large High Altitude Air Shower Obsevratory",
            "High Altitude Large Air Shower Observatory",
        ] {
            assert_eq!(
                near(name, &format!("At the {found} (LHAASO), data flow.")).as_deref(),
                Some(found)
            );
        }
        assert_eq!(near(name, "The observatory is large and at high altitude."), None);
    }

    #[test]
    fn a_comma_ends_what_is_no_part_of_the_name() {
        assert_eq!(near("U.S. Congress", "John Lewis, U.S. congressman"), None);
        assert_eq!(
            near(
                "Ministry of Industry and Technology",
                "the Ministry of Industry, Technology"
            )
            .as_deref(),
            Some("Ministry of Industry, Technology")
        );
    }

    #[test]
    fn a_single_word_is_near_only_when_misspelt() {
        assert_eq!(near("Wuhan", "in Wuhna now").as_deref(), Some("Wuhna"));
        assert_eq!(near("China", "the chinchilla"), None);
        assert_eq!(near("Chinese", "the Chinse side").as_deref(), Some("Chinse"));
        assert_eq!(near("Japan", "a visit to Japaan").as_deref(), Some("Japaan"));
        assert_eq!(near("India", "the Indian side"), None);
        assert_eq!(near("Europe", "the Europa League"), None);
    }

    #[test]
    fn a_near_miss_of_a_capitalized_name_is_capitalized() {
        assert_eq!(near("North Korea", "South Korea said").as_deref(), Some("South Korea"));
        assert_eq!(near("North Korea", "a visit to Korea"), None);
    }
}
