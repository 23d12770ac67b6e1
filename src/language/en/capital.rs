//! Words with a capital letter, as names have them.

use crate::text::Span;
use crate::text::script::is_han;

/// Byte spans of the words of `text` that begin with a capital letter, with hyphens and apostrophes inside but without a
/// possessive ending.
pub fn capitalized(text: &str) -> Vec<Span> {
    let mut out = Vec::new();
    let mut start = None;
    let mut last = ' ';
    for (at, c) in text.char_indices().chain(std::iter::once((text.len(), ' '))) {
        // The inside of a word, which most characters are.
        if c.is_ascii_alphabetic() && (start.is_some() || last.is_ascii_alphanumeric()) {
            last = c;
            continue;
        }
        let joint = matches!(c, '-' | '\'' | '’') && last.is_alphabetic();
        if c.is_alphabetic() && !is_han(c) {
            if start.is_none() && !last.is_alphanumeric() {
                start = Some(at);
            }
        } else if !joint && let Some(from) = start.take() {
            let word = text[from..at].trim_end_matches(['-', '\'', '’']);
            let word = ["'s", "’s"].iter().find_map(|s| word.strip_suffix(s)).unwrap_or(word);
            if word.starts_with(char::is_uppercase) {
                out.push(Span::new(from, from + word.len()));
            }
        }
        last = c;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_keep_their_joints_and_lose_their_possessives() {
        let text = "Zhou Rui's wife met Grannie Liu, Ban-er’s aunt, in Xi’an - not in iOS.";
        let words: Vec<&str> = capitalized(text).into_iter().map(|s| s.of(text)).collect();
        assert_eq!(words, ["Zhou", "Rui", "Grannie", "Liu", "Ban-er", "Xi’an"]);
    }
}
