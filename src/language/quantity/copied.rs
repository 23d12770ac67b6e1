//! Runs of Latin text that a Chinese text shares with its English: code, offsets, addresses.

use rustc_hash::FxHashMap;

use crate::text::Span;

/// The least number of bytes that a shared run has: “24/7” is one, “5 m” is not.
const LEAST: usize = 4;

/// The most different runs that are looked for, so that the time stays linear in the length of the texts.
const MOST_RUNS: usize = 100;

/// The runs of ASCII characters of the Chinese text that the English has letter for letter: their places in either text.
/// Only runs with letters, colons or slashes count: a bare figure that both sides have may count other things.
pub(super) fn shared_runs(zh: &str, en: &str) -> (Vec<Span>, Vec<Span>) {
    let (mut in_zh, mut in_en) = (Vec::new(), Vec::new());
    let mut is_shared: FxHashMap<&str, bool> = FxHashMap::default();
    for run in ascii_runs(zh) {
        let text = run.of(zh);
        let counts = text.len() >= LEAST
            && text
                .bytes()
                .any(|b| b.is_ascii_alphabetic() || matches!(b, b':' | b'/'));
        if !counts || is_shared.len() == MOST_RUNS && !is_shared.contains_key(text) {
            continue;
        }
        let shared = *is_shared.entry(text).or_insert_with(|| {
            let before = in_en.len();
            in_en.extend(whole_matches(en, text));
            in_en.len() > before
        });
        if shared {
            in_zh.push(run);
        }
    }
    (in_zh, in_en)
}

/// Where `text` is in `en` and no longer word or figure goes on.
fn whole_matches<'a>(en: &'a str, text: &'a str) -> impl Iterator<Item = Span> + 'a {
    let ends = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    en.match_indices(text)
        .filter(move |&(at, _)| ends(en[..at].chars().next_back()) && ends(en[at + text.len()..].chars().next()))
        .map(|(at, _)| Span::new(at, at + text.len()))
}

/// The longest runs of printable ASCII characters on one line, without blanks and punctuation around them.
fn ascii_runs(text: &str) -> impl Iterator<Item = Span> + '_ {
    let is_edge = |c: char| !c.is_ascii_alphanumeric() && !matches!(c, '+' | '-');
    text.split(|c: char| !matches!(c, ' '..='~')).filter_map(move |run| {
        let trimmed = run.trim_matches(is_edge);
        let at = trimmed.as_ptr() as usize - text.as_ptr() as usize;
        (!trimmed.is_empty()).then(|| Span::new(at, at + trimmed.len()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_both_sides_have_letter_for_letter() {
        let (zh, en) = (
            "偏移量为 -03:07:12.345 和 5 m。",
            "The offsets are -03:07:12.345 and 5 m.",
        );
        let (in_zh, in_en) = shared_runs(zh, en);
        assert_eq!([in_zh.len(), in_en.len()], [1, 1]);
        assert_eq!([in_zh[0].of(zh), in_en[0].of(en)], ["-03:07:12.345"; 2]);
        assert_eq!(shared_runs("共 12:30 开始", "It starts at 12:301.").0.len(), 0);
    }
}
