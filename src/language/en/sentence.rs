//! Sentence boundaries in English.

use crate::language::push_trimmed;
use crate::text::Span;
use crate::text::bytes::Stops;

/// Abbreviations whose full stop does not end a sentence (lower case, without the stop).
const ABBREVIATIONS: &[&str] = &[
    "mr", "mrs", "ms", "dr", "prof", "st", "no", "nos", "vs", "etc", "e.g", "i.e", "cf", "al", "fig", "figs", "eq",
    "vol", "pp", "ed", "eds", "rev", "gen", "gov", "sen", "rep", "col", "maj", "capt", "lt", "sgt", "jr", "sr", "inc",
    "ltd", "co", "corp", "dept", "univ", "approx", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept",
    "oct", "nov", "dec", "u.s", "u.k", "u.n", "e.u", "p.m", "a.m", "d.c", "ph.d", "b.c", "a.d", "art", "sec", "para",
    "ca", "viz",
];

/// The abbreviations that may be the last word of a sentence.
const AT_THE_END: &[&str] = &["etc", "p.m", "a.m", "u.s", "u.k", "d.c", "inc", "ltd", "co", "corp"];

/// Words that begin a sentence behind one of these.
const OPENERS: &[&str] = &[
    "The", "A", "An", "In", "On", "At", "It", "He", "She", "They", "We", "This", "That", "These", "But", "And",
    "However", "As", "For", "If", "When",
];

/// The sentences of an English text: cut after `.`, `!` or `?` (and the closing quotes and brackets that follow) where
/// something that can begin a sentence comes next, and at line ends that do not wrap a sentence. A missing space between a stop and a capital
/// ("problem.The") still cuts when the word before is in lower case.
pub fn sentences(text: &str) -> Vec<Span> {
    let mut stops = Stops::new(text, *b".!?\n");
    let mut out = Vec::new();
    let (mut start, mut from) = (0, 0);
    while let Some(at) = stops.next(from) {
        if text.as_bytes()[at] == b'\n' {
            if is_wrapped(text, at) {
                from = at + 1;
                continue;
            }
            push_trimmed(text, start, at, &mut out);
            from = at + 1;
            start = from;
            continue;
        }
        let closing = |c: char| matches!(c, '.' | '!' | '?' | '"' | '”' | '’' | '\'' | ')' | ']');
        let end = text.len() - text[at + 1..].trim_start_matches(closing).len();
        if ends_sentence(text, start, at, end) {
            push_trimmed(text, start, end, &mut out);
            start = end;
        }
        from = end;
    }
    push_trimmed(text, start, text.len(), &mut out);
    out
}

/// Fewest bytes of a line that may be wrapped in a sentence. A shorter one may be an item.
const WRAPPED: usize = 40;

/// Whether the line end at byte `at` is in the middle of a sentence: a long line without a stop, and a small
/// letter below it.
fn is_wrapped(text: &str, at: usize) -> bool {
    let line = text[..at].rsplit('\n').next().unwrap_or_default().trim();
    line.len() >= WRAPPED
        && line.ends_with(|c: char| c.is_alphanumeric() || c == ',')
        && text[at..]
            .trim_start_matches(['\n', ' '])
            .starts_with(char::is_lowercase)
        && !text[at + 1..].starts_with('\n')
}

/// Whether the stop at byte `at`, with what closes after it up to `end`, ends the sentence that began at `start`.
fn ends_sentence(text: &str, start: usize, at: usize, end: usize) -> bool {
    let rest = &text[end..];
    let Some(next) = rest.chars().next() else {
        return true;
    };
    let word_start = text[start..at]
        .rfind(|c: char| c.is_whitespace() || matches!(c, '(' | '"' | '“' | '‘'))
        .map_or(start, |p| {
            start + p + text[start + p..].chars().next().map_or(1, char::len_utf8)
        });
    let word = &text[word_start..at];
    if !next.is_whitespace() {
        // No space: only `lower.Upper` with words on both sides is a boundary; URLs, versions and numbers are not.
        return text.as_bytes()[at] == b'.'
            && next.is_uppercase()
            && rest
                .chars()
                .nth(1)
                .is_some_and(|c| c.is_lowercase() || c.is_whitespace())
            && word.len() > 2
            && word.chars().all(char::is_lowercase);
    }
    let follows = rest
        .trim_start()
        .trim_start_matches(['"', '“', '‘', '\'', '(', '[', '—', '–', '-', ' ']);
    let Some(first) = follows.chars().next() else {
        return true;
    };
    if first.is_lowercase() {
        // "what?" he said; "vs. the"
        return false;
    }
    if text.as_bytes()[at] != b'.'
        || end > at + 1 && !text[at..end].starts_with("..") && !word.is_empty() && word.len() > 3
    {
        return true;
    }
    let lower = word.to_lowercase();
    if ABBREVIATIONS.contains(&lower.as_str()) {
        // "p.m. The" and "etc. The" do end; a title or "No. 5" does not. A known sentence opener decides.
        let opener = follows.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
        return AT_THE_END.contains(&lower.as_str()) && OPENERS.contains(&opener);
    }
    // COSTA MESA, Calif. (AP) — a dateline.
    let behind_comma = text[..word_start].trim_end().ends_with(',');
    if behind_comma && word.starts_with(char::is_uppercase) && rest.trim_start().starts_with(['(', '—', '–', '-']) {
        return false;
    }
    // A single capital is an initial: "J. Smith".
    !(word.chars().count() == 1 && word.chars().all(char::is_uppercase))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        sentences(text).into_iter().map(|s| s.of(text)).collect()
    }

    #[test]
    fn cuts_where_a_sentence_can_begin() {
        assert_eq!(
            cut("Many hands make light work. At the G20 Summit, “all joined.” Fine."),
            [
                "Many hands make light work.",
                "At the G20 Summit, “all joined.”",
                "Fine."
            ]
        );
    }

    #[test]
    fn keeps_abbreviations_initials_and_numbers_together() {
        assert_eq!(
            cut("Dr. J. Smith paid 3.5 bn. He left at 4.40 p.m. on Monday."),
            ["Dr. J. Smith paid 3.5 bn.", "He left at 4.40 p.m. on Monday."]
        );
        assert_eq!(
            cut("The U.S. Senate met. See Fig. 3 for No. 5."),
            ["The U.S. Senate met.", "See Fig. 3 for No. 5."]
        );
    }

    #[test]
    fn wrapped_lines_do_not_cut() {
        let text = "This program is free software: you can redistribute it\nunder the terms of the licence. Enjoy all\nthe rest.";
        assert_eq!(cut(text).len(), 2);
        assert_eq!(cut("Short lines with a stop. Then\nanother one.").len(), 3);
        assert_eq!(cut("files\nfolders"), ["files", "folders"]);
        assert_eq!(
            cut("The first line has no stop at its end at all\nThe second one begins anew").len(),
            2
        );
    }

    #[test]
    fn a_dateline_is_no_sentence() {
        let line = "COSTA MESA, Calif. (AP) - The team has signed four players.";
        assert_eq!(cut(line), [line]);
        assert_eq!(cut("It is in Italy. (See the map.)").len(), 2);
    }

    #[test]
    fn a_missing_space_between_words_still_cuts() {
        assert_eq!(
            cut("a real problem.The virus is new."),
            ["a real problem.", "The virus is new."]
        );
        assert_eq!(cut("see readme.md or example.com"), ["see readme.md or example.com"]);
    }
}
