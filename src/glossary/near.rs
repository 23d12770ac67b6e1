//! Near misses: English that was meant to be a name of a concept but is not one — a word replaced, dropped, added,
//! misspelt, or out of order.

use std::ops::Range;

use crate::language::en::related::{Spelling, is_misspelling, same_root};
use crate::language::en::token::fold;
use crate::text::Span;

use super::english::{EnglishName, Words};

/// Words that weigh little when names are compared.
const SMALL: [&str; 13] = [
    "of", "and", "for", "in", "on", "to", "with", "at", "by", "de", "the", "a", "an",
];

/// The least similarity (0 to 1) at which two names are taken for one meant the same.
const THRESHOLD: f64 = 0.5;

/// A stretch of English that comes close to a name.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NearMiss {
    /// Bytes of the text.
    pub span: Span,
    /// Number among the compiled names.
    pub name: usize,
    /// 0 to 1.
    pub similarity: f64,
}

/// The stretch of `words` that comes closest to one of the accepted `names`, if any comes close enough.
///
/// Places in `taken` (names of other concepts) are no candidates. Candidates are windows of about the name's length
/// around a word that the name has; similarity is the weighted share of words in common (Dice), where a misspelt word
/// counts nearly full and small words little.
pub fn nearest(names: &[EnglishName], words: &Words<'_>, taken: &[Span]) -> Option<NearMiss> {
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
            && !taken.iter().any(|t| t.overlaps(span))
            && best.is_none_or(|b| similarity > b.similarity)
        {
            best = Some(NearMiss {
                span: with_number(span, name, words),
                name: i,
                similarity,
            });
        }
    }
    best
}

/// The span and the number before it, where the name begins with one: the 14th in “the 14th Five-Year Plan” for the 15th.
fn with_number(span: Span, name: &EnglishName, words: &Words<'_>) -> Span {
    let is_number = |word: &str| word.starts_with(|c: char| c.is_ascii_digit());
    let text = |i: usize| words.tokens[i].span.of(words.text);
    let first = words.tokens.partition_point(|t| t.span.start < span.start);
    let wrong = first > 0 && first < words.tokens.len() && !is_number(text(first)) && is_number(text(first - 1));
    if wrong && name.words.first().is_some_and(|w| is_number(w)) {
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
        .filter(|(f, t)| t.capital >= capital && is_misspelling(f, wanted) && !same_root(f, wanted))
        .map(|(f, t)| (t.span, strsim::normalized_damerau_levenshtein(f, wanted)))
        .max_by(|a, b| a.1.total_cmp(&b.1))
}

fn nearest_window(wanted: &[&str], name: &EnglishName, words: &Words<'_>, folded: &[&str]) -> Option<(Span, f64)> {
    let n = wanted.len();
    let capital = name
        .words
        .iter()
        .filter(|w| !is_small(w))
        .all(|w| w.chars().next().is_some_and(|c| !c.is_lowercase()));
    let alikeness = Alikeness::new(wanted, folded);
    let mut best: Option<(Span, f64)> = None;
    // A window must hold one of the name's weighty words, so only windows around one are looked at.
    for at in (0..folded.len()).filter(|&at| !is_small(folded[at]) && alikeness.of(at).iter().any(|&a| a > 0.0)) {
        for start in at.saturating_sub(n)..=at {
            // Dropping one of two words leaves too little to tell a name by.
            for len in (n - 1).max(2)..=n + 1 {
                let end = start + len;
                if end <= at || end > folded.len() {
                    continue;
                }
                let edge_ok = |i: usize| !is_small(folded[i]) && (!capital || words.tokens[i].capital);
                if !edge_ok(start) || !edge_ok(end - 1) || !unbroken(words, start, end) {
                    continue;
                }
                let similarity = alikeness.similarity(start..end);
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

/// Whether no sentence ends inside the window.
fn unbroken(words: &Words<'_>, start: usize, end: usize) -> bool {
    (start + 1..end).all(|i| {
        let gap = &words.text[words.tokens[i - 1].span.end..words.tokens[i].span.start];
        !gap.contains(['!', '?', ';', ':', '(', ')']) && (!gap.contains('.') || words.tokens[i - 1].span.len() <= 2)
    })
}

fn is_small(word: &str) -> bool {
    SMALL.contains(&word)
}

fn weight(word: &str) -> f64 {
    if is_small(word) { 0.25 } else { 1.0 }
}

/// How much two folded words are the same: 1 equal, less for a misspelling or another form, 0 otherwise.
fn alike(a: &Spelling<'_>, b: &Spelling<'_>) -> f64 {
    if a.word == b.word {
        1.0
    } else if a.is_slip_in(b) || b.is_slip_in(a) {
        0.9
    } else if same_root(a.word, b.word) {
        0.8
    } else {
        0.0
    }
}

/// How much each word of a text is the same as each word of a name.
struct Alikeness<'a> {
    wanted: &'a [&'a str],
    folded: &'a [&'a str],
    /// Word by word of the text, for each word of the name.
    pairs: Vec<f64>,
}

impl<'a> Alikeness<'a> {
    fn new(wanted: &'a [&'a str], folded: &'a [&'a str]) -> Self {
        let wanted_spelt: Vec<_> = wanted.iter().map(|w| Spelling::of(w)).collect();
        let mut pairs = Vec::with_capacity(folded.len() * wanted.len());
        for f in folded {
            let f = Spelling::of(f);
            pairs.extend(wanted_spelt.iter().map(|w| alike(&f, w)));
        }
        Self { wanted, folded, pairs }
    }

    /// How much word `at` of the text is the same as each word of the name.
    fn of(&self, at: usize) -> &[f64] {
        &self.pairs[at * self.wanted.len()..][..self.wanted.len()]
    }

    /// Dice similarity of two bags of words, the name and this stretch of the text, a little less when the order differs.
    fn similarity(&self, window: Range<usize>) -> f64 {
        let mut used = vec![false; window.len()];
        let (mut common, mut in_order, mut last) = (0.0, true, 0);
        for (i, w) in self.wanted.iter().enumerate() {
            let found = (0..window.len())
                .filter(|&j| !used[j])
                .map(|j| (j, self.of(window.start + j)[i]))
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
    use crate::glossary::english::{WordList, compile};
    use crate::glossary::{Concept, Kind, Name, Status};

    fn near(name: &str, text: &str) -> Option<String> {
        let mut c = Concept::new("c", Kind::Facility);
        c.en = vec![Name::new(name, Status::Preferred)];
        nearest(&compile(&c), &WordList::new(text).of(text), &[]).map(|n| n.span.of(text).to_owned())
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
    fn a_single_word_is_near_only_when_misspelt() {
        assert_eq!(near("Wuhan", "in Wuhna now").as_deref(), Some("Wuhna"));
        assert_eq!(near("China", "the chinchilla"), None);
    }

    #[test]
    fn capitals_of_a_name_are_asked_of_its_near_miss() {
        assert_eq!(near("North Korea", "South Korea said").as_deref(), Some("South Korea"));
        assert_eq!(near("North Korea", "a visit to Korea"), None);
    }
}
