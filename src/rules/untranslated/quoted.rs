//! Chinese quoted in English on purpose: glosses, names with their characters, words under discussion.

use crate::text::Span;
use crate::text::script::{is_han, is_latin};

/// Words after which Chinese in quotation marks is the subject of the sentence, not part of it.
const ANNOUNCING: &[&str] = &[
    "called",
    "character",
    "characters",
    "chinese",
    "glyph",
    "is",
    "letters",
    "mandarin",
    "meaning",
    "means",
    "name",
    "named",
    "phrase",
    "pinyin",
    "reads",
    "said",
    "says",
    "slogan",
    "symbol",
    "term",
    "word",
    "words",
    "write",
    "writes",
    "written",
];

/// Most characters between Chinese quoted in brackets and the brackets.
const QUOTATION: usize = 120;

/// Whether the Chinese at `run` is quoted on purpose.
pub(super) fn is_quoted(text: &str, run: Span) -> bool {
    let (before, after) = around(text, run);
    in_brackets_after_english(before, after) || is_glossed(after) || is_announced(before, after)
}

/// Whether the English at `run` is a gloss: in brackets after its translation, where the source, `english`, has no brackets around
/// `sample`. `安全请求（secure requests）` for “secure requests”.
pub(super) fn is_english_gloss(text: &str, run: Span, english: &str, sample: &str) -> bool {
    let (before, after) = (text[..run.start].trim_end(), text[run.end..].trim_start());
    let inside = run.of(text).trim();
    let translated = if inside.starts_with('(') && inside.ends_with(')') {
        Some(before)
    } else if after.starts_with('）') {
        before.strip_suffix('（')
    } else {
        None
    };
    let in_source = english.find(sample).map_or("", |at| &english[..at]);
    translated.is_some_and(|text| text.ends_with(is_han)) && !in_source.ends_with(['(', '（'])
}

/// The text right before and right after `span`, as far as a quotation may reach.
fn around(text: &str, span: Span) -> (&str, &str) {
    let from = text[..span.start].char_indices().rev().take(QUOTATION).last();
    let to = text[span.end..].char_indices().take(QUOTATION).last();
    (
        &text[from.map_or(span.start, |(i, _)| i)..span.start],
        &text[span.end..to.map_or(span.end, |(i, c)| span.end + i + c.len_utf8())],
    )
}

/// `Fendouzhe (奋斗者)`, `Huo-Yan (Chinese: 火眼, or “Fire Eye”)`.
fn in_brackets_after_english(before: &str, after: &str) -> bool {
    let open = before.rfind(['(', '（', '[', ')', '）', ']']);
    let close = after.find(['(', '（', '[', ')', '）', ']']);
    let is = |text: &str, at: Option<usize>, signs: [char; 3]| at.is_some_and(|i| text[i..].starts_with(signs));
    is(before, open, ['(', '（', '['])
        && is(after, close, [')', '）', ']'])
        && open.is_some_and(|i| before[..i].contains(is_latin))
}

/// `奋斗者 (Fendouzhe)`: a gloss, in which an acronym alone does not count.
fn is_glossed(after: &str) -> bool {
    let rest = after.trim_start_matches(|c: char| c == ' ' || is_closing_quote(c) || c == '》');
    let Some(inner) = rest.strip_prefix(['(', '（', '[']) else {
        return false;
    };
    let inner = &inner[..inner.find([')', '）', ']']).unwrap_or(0)];
    inner.chars().filter(|c| c.is_lowercase()).count() >= 2 && !inner.contains(is_han)
}

/// `Chinese: 火眼`, `the character “人”`, `“奋斗者”, meaning striver`, `Fendouzhe “奋斗者”`.
fn is_announced(before: &str, after: &str) -> bool {
    let bare = before.trim_end();
    if let Some(label) = bare.strip_suffix([':', '：', '='])
        && label.ends_with(|c: char| c.is_ascii_lowercase())
        && [
            "chinese",
            "mandarin",
            "name",
            "characters",
            "simplified",
            "traditional",
            "original",
        ]
        .contains(&last_word(label).to_lowercase().as_str())
    {
        return true;
    }
    let Some(before) = bare.strip_suffix(is_opening_quote) else {
        return ["character", "characters"].contains(&last_word(bare));
    };
    if !after.starts_with(is_closing_quote) {
        return false;
    }
    let word = last_word(before.trim_end().trim_end_matches([',', ':']));
    let after = after.trim_start_matches(|c: char| is_closing_quote(c) || matches!(c, ',' | ' ' | '，'));
    let announces = |w: &str| ANNOUNCING.contains(&w.to_lowercase().as_str());
    announces(word)
        || ["meaning", "means", "literally", "or “", "or \"", "translated"]
            .iter()
            .any(|w| after.starts_with(w))
        // A name and its characters, one after the other.
        || (word.starts_with(char::is_uppercase) && before.ends_with(' ') && word.chars().any(char::is_lowercase) && !is_article(word))
}

fn is_article(word: &str) -> bool {
    ["the", "a", "an", "in", "by", "this", "for"].contains(&word.to_lowercase().as_str())
}

fn last_word(text: &str) -> &str {
    let text = text.trim_end();
    &text[text
        .rfind(|c: char| !is_latin(c))
        .map_or(0, |i| i + text[i..].chars().next().map_or(1, char::len_utf8))..]
}

const fn is_opening_quote(c: char) -> bool {
    matches!(c, '"' | '\'' | '“' | '‘' | '「' | '『' | '《')
}

const fn is_closing_quote(c: char) -> bool {
    matches!(c, '"' | '\'' | '”' | '’' | '」' | '』' | '》')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn english_in_brackets_is_a_gloss_unless_the_source_has_them() {
        let sample = "both secure and insecure requests";
        let gloss = |text: &str, run: &str, english: &str| {
            let at = text.find(run).unwrap();
            is_english_gloss(text, Span::new(at, at + run.len()), english, sample)
        };
        let english = format!("It sends {sample}.");
        assert!(gloss(
            &format!("发送安全和不安全的请求（ {sample}）。"),
            sample,
            &english
        ));
        let run = format!(" ({sample})");
        assert!(gloss(&format!("发送安全和不安全的请求{run}。"), &run, &english));
        assert!(!gloss(
            &format!("发送请求（{sample}）。"),
            sample,
            &format!("It sends requests ({sample}).")
        ));
        assert!(!gloss(&format!("发送请求。（{sample}）"), sample, &english));
        assert!(!gloss(&format!("发送 {sample}。"), sample, &english));
    }
}
