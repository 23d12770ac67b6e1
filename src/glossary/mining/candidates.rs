//! What may be a name: in Chinese one to four words of jieba in a row, in English a run of capitalised words.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::language::en::token::{Token, tokens};
use crate::language::zh::segment;
use crate::text::script::is_han;

/// Words of the longest Chinese candidate.
const MOST_ZH_WORDS: usize = 4;
/// Words of the longest English candidate.
const MOST_EN_WORDS: usize = 8;

/// Characters that are words of grammar where jieba leaves them alone: no name begins or ends with them.
const GRAMMAR: &str = "的了和在是为与及对将从向到被把于等也而或并但不这那其以所有个中上下前后年月日时来去让给用由就都要会能很更最还又再已曾我你他\
    她它们各每某本该此种些次之者则至因如若使令自着过地得比按据经除当随说称";

/// Small words inside English names.
const SMALL: [&str; 19] = [
    "of", "the", "and", "for", "on", "in", "to", "at", "with", "by", "from", "as", "de", "la", "von", "van", "der",
    "al", "du",
];

/// Capitalised words that are no names of a glossary.
const CALENDAR: [&str; 22] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "mr",
    "mrs",
    "ms",
];

/// The Chinese candidates of a text, each once.
pub(super) fn chinese(text: &str) -> Vec<&str> {
    let words = segment::words(text);
    let mut found: Vec<&str> = Vec::new();
    let is_grammar = |word: &str| {
        let mut chars = word.chars();
        chars
            .next()
            .is_some_and(|c| chars.next().is_none() && GRAMMAR.contains(c))
    };
    for (i, first) in words.iter().enumerate() {
        if is_grammar(first.of(text)) {
            continue;
        }
        for last in words[i..].iter().take(MOST_ZH_WORDS) {
            let word = last.of(text);
            if !word.chars().all(|c| is_han(c) || c.is_ascii_alphanumeric()) {
                break;
            }
            let candidate = &text[first.start..last.end];
            if !is_grammar(word) && has_two_han(candidate) {
                found.push(candidate);
            }
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

fn has_two_han(text: &str) -> bool {
    let han: Vec<bool> = text.chars().map(is_han).collect();
    han.windows(2).any(|two| two[0] && two[1])
}

/// How often words are written in the English of a corpus with and without a capital.
#[derive(Default)]
pub(super) struct Capitals {
    /// In lower case, and with a capital inside a sentence.
    counts: FxHashMap<String, [usize; 2]>,
}

impl Capitals {
    /// Counts the words of a text.
    pub fn count(&mut self, text: &str) {
        let words = tokens(text);
        for (i, word) in words.iter().enumerate() {
            if word.capital && begins_sentence(text, &words, i) {
                continue;
            }
            let count = self.counts.entry(word.span.of(text).to_lowercase()).or_default();
            count[usize::from(word.capital)] += 1;
        }
    }

    /// Whether the word is written without a capital at least as often as with one.
    fn is_ordinary(&self, word: &str) -> bool {
        let [lower, upper] = self.counts.get(&word.to_lowercase()).copied().unwrap_or_default();
        lower > 0 && lower >= upper
    }
}

/// The names in an English text, by their capitals, in the order of the text; none that is a part of a longer one. A word that may
/// have its capital because it begins a sentence is none.
pub fn english_names(text: &str) -> Vec<String> {
    let mut capitals = Capitals::default();
    capitals.count(text);
    let words = tokens(text);
    let is_inside = |name: &str| {
        let mut places = words.iter().enumerate().filter(|(_, word)| word.span.of(text) == name);
        places.any(|(i, _)| !begins_sentence(text, &words, i))
    };
    let is_name = |name: &str| name.chars().skip(1).any(|c| c == ' ' || c.is_uppercase()) || is_inside(name);
    let all: Vec<String> = english(text, &capitals).into_iter().map(|(_, name)| name).collect();
    let is_part = |name: &str| all.iter().any(|other| other.len() > name.len() && other.contains(name));
    let mut names: Vec<String> = all
        .iter()
        .filter(|name| is_name(name) && !is_part(name))
        .cloned()
        .collect();
    names.sort_by_key(|name| text.find(name.as_str()));
    names.dedup();
    names
}

fn gap<'t>(text: &'t str, words: &[Token], i: usize) -> &'t str {
    &text[words[i - 1].span.end..words[i].span.start]
}

/// Whether a word may have its capital because of its place: at the beginning, behind a full stop or a quotation mark.
fn begins_sentence(text: &str, words: &[Token], i: usize) -> bool {
    i == 0 || !matches!(gap(text, words, i).trim(), "" | "-" | "–" | ",")
}

/// The English candidates of a text, as written, each once with its [`key`].
pub(super) fn english(text: &str, capitals: &Capitals) -> Vec<(String, String)> {
    let words = tokens(text);
    let word = |i: usize| words[i].span.of(text);
    let is_one_of = |list: &[&str], i: usize| list.contains(&&*word(i).to_lowercase());
    let mut found: Vec<(String, String)> = Vec::new();
    for first in 0..words.len() {
        let is_name = words[first].capital && !is_one_of(&SMALL, first) && !is_one_of(&CALENDAR, first);
        if !is_name || begins_sentence(text, &words, first) && capitals.is_ordinary(word(first)) {
            continue;
        }
        for last in first..words.len().min(first + MOST_EN_WORDS) {
            if last > first && !matches!(gap(text, &words, last).trim(), "" | "-" | "." | "’" | "'") {
                break;
            }
            let is_small = is_one_of(&SMALL, last);
            if !is_small && !words[last].capital || is_one_of(&CALENDAR, last) {
                break;
            }
            if is_small || first == last && capitals.is_ordinary(word(first)) {
                continue;
            }
            let written = text[words[first].span.start..words[last].span.end].split_whitespace();
            let written: Vec<&str> = written.collect();
            let families: Vec<String> = (first..=last).map(|i| family(word(i))).collect();
            found.push((families.join(" "), written.join(" ")));
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// Endings of words that are made from a name: Egyptian, Japanese, Israelis.
const ENDINGS: [&str; 8] = ["ians", "ian", "ans", "an", "ese", "is", "i", "s"];

/// What a name has in common with the words made from it: Syria and Syrian, Argentina and Argentine.
fn family(word: &str) -> String {
    let lower = word.to_lowercase();
    let is_acronym = word.chars().all(|c| !c.is_lowercase());
    if is_acronym || lower.chars().count() <= 4 || !lower.is_ascii() {
        return lower;
    }
    let stem = ENDINGS
        .iter()
        .find_map(|ending| lower.strip_suffix(ending).filter(|stem| stem.len() >= 3));
    let stem = stem.unwrap_or(&lower).trim_end_matches(['a', 'e', 'i', 'o', 'u', 'y']);
    if stem.len() >= 3 { stem.to_owned() } else { lower }
}

/// The byte ranges of the parts of a key that are whole words, without the key itself.
pub(super) fn parts_of_key(key: &str) -> Vec<Range<usize>> {
    let mut edges = vec![0];
    edges.extend(key.match_indices(' ').map(|(i, _)| i + 1));
    let mut parts = Vec::new();
    for (n, &start) in edges.iter().enumerate() {
        let ends = edges[n + 1..].iter().map(|&next| next - 1).chain([key.len()]);
        parts.extend(ends.map(|end| start..end).filter(|part| *part != (0..key.len())));
    }
    parts
}

/// The byte ranges of the parts of a Chinese name of two or more characters, without the name itself.
pub(super) fn parts_of_name(name: &str) -> Vec<Range<usize>> {
    let mut edges: Vec<usize> = name.char_indices().map(|(i, _)| i).collect();
    edges.push(name.len());
    let mut parts = Vec::new();
    for (n, &start) in edges.iter().enumerate() {
        let ends = edges.iter().skip(n + 2).map(|&end| start..end);
        parts.extend(ends.filter(|part| *part != (0..name.len())));
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_a_row_are_candidates() {
        let found = chinese("他在国家天文台的大会上说，NASA专家。");
        assert!(found.contains(&"国家天文台"), "{found:?}");
        let is_cut = |c: &&str| c.starts_with(['他', '的', '在']) || c.ends_with(['的', '上']) || c.contains('，');
        assert!(!found.iter().any(is_cut), "{found:?}");
    }

    #[test]
    fn capitalised_words_in_a_row_are_candidates() {
        let text = "However, the Church of England met Syria's envoy. The envoy of the Syrians left on Monday. He is, however, late.";
        let mut capitals = Capitals::default();
        capitals.count(text);
        let found = english(text, &capitals);
        let written: Vec<&str> = found.iter().map(|(_, written)| &**written).collect();
        for name in ["Church of England", "England", "Syria", "Syrians"] {
            assert!(written.contains(&name), "{name} in {written:?}");
        }
        for name in ["However", "The", "Monday", "Church of"] {
            assert!(!written.contains(&name), "{name} in {written:?}");
        }
        let key = |name: &str| found.iter().find(|(_, written)| written == name).map(|(key, _)| key);
        assert_eq!(key("Syria"), key("Syrians"));
    }

    #[test]
    fn parts_are_whole_words_and_characters() {
        let key = "church of england";
        let parts: Vec<&str> = parts_of_key(key).into_iter().map(|r| &key[r]).collect();
        assert_eq!(parts, ["church", "church of", "of", "of england", "england"]);
        let parts: Vec<&str> = parts_of_name("天文台").into_iter().map(|r| &"天文台"[r]).collect();
        assert_eq!(parts, ["天文", "文台"]);
    }
}
