//! The keys that labels of programs mark: `&File` of Qt, Windows and wxWidgets, `&&File` of VS Code, `_File` of GTK, and in Chinese
//! the same letter in brackets, `文件(&F)`.

use super::PairContext;
use crate::text::script::is_han;
use crate::text::{Side, Span};

/// Most bytes of a label. Longer texts are messages, which have no keys.
const LABEL: usize = 240;

/// The marks, each before the letter. The longer one comes first.
pub const MARKS: [&str; 3] = ["&&", "&", "_"];

/// A marked character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key {
    /// The mark and the character.
    pub span: Span,
    /// The character, a letter in upper case.
    pub letter: char,
    /// Whether brackets are around it, as in `文件(&F)`.
    pub in_brackets: bool,
}

/// The key that a label marks, and the mark; `None` for a text with none, several, or something that only may be one.
pub fn key_of(ctx: &PairContext<'_>, side: Side) -> Option<(&'static str, Key)> {
    let text = ctx.text(side);
    if text.len() > LABEL || text.contains(['\n', '=', '@', '`']) || text.contains("://") || text.contains("/_") {
        return None;
    }
    let mark = MARKS.into_iter().find(|mark| has_mark(text, mark))?;
    let other = if mark == "_" { "&" } else { "_" };
    match keys(ctx, side, mark)[..] {
        [key] if count(text, mark) == 1 && !has_mark(text, other) => Some((mark, key)),
        _ => None,
    }
}

/// The characters that a text marks with `mark`, as far as they can be keys: a letter or a figure at the beginning of a word, a
/// small letter in a word, anything behind Chinese.
pub fn keys(ctx: &PairContext<'_>, side: Side, mark: &str) -> Vec<Key> {
    let text = ctx.text(side);
    let is_key = |&(at, _): &(usize, &str)| {
        let before = text[..at].chars().next_back();
        let after = text[at + mark.len()..].chars().next();
        let is_word = |c: char| c.is_ascii_alphanumeric();
        let Some(after) = after.filter(|c| !c.is_whitespace()) else {
            return false;
        };
        let is_own = before.is_none_or(|c| c != '&' && c != '_') && after != '&' && after != '_';
        let fits = match before {
            Some(c) if is_word(c) => after.is_ascii_lowercase() && c.is_ascii_alphabetic(),
            Some(c) => c.is_whitespace() || is_han(c) || "(（[“\"'、，：/-".contains(c),
            None => true,
        };
        is_own && fits && !is_reference(&text[at..])
    };
    let found = text.match_indices(mark).filter(is_key);
    let mut keys: Vec<Key> = found
        .filter_map(|(at, _)| {
            let c = text[at + mark.len()..].chars().next()?;
            let span = Span::new(at, at + mark.len() + c.len_utf8());
            let in_brackets =
                text[..at].trim_end().ends_with(['(', '（']) && text[span.end..].trim_start().starts_with([')', '）']);
            Some(Key {
                span,
                letter: c.to_ascii_uppercase(),
                in_brackets,
            })
        })
        .collect();
    keys.retain(|key| !ctx.is_masked(side, key.span));
    keys
}

/// Whether an entity of HTML or XML begins a text: `&nbsp;`.
fn is_reference(text: &str) -> bool {
    let name = text.trim_start_matches(['&', '#']);
    let len = name.bytes().take_while(u8::is_ascii_alphanumeric).count();
    text.starts_with('&') && len > 0 && name[len..].starts_with(';')
}

/// Whether a text has the mark before a character. `&&` before a space is an ampersand.
fn has_mark(text: &str, mark: &str) -> bool {
    text.match_indices(mark)
        .any(|(at, _)| text[at + mark.len()..].starts_with(|c: char| c.is_ascii_alphanumeric()))
}

fn count(text: &str, mark: &str) -> usize {
    text.matches(mark).count()
}

/// A label without the key in brackets and the white space at its end, `打开…` for `打开…(&O)`. Of `主题(&E)：` the mark stays.
pub fn without_suffix(text: &str) -> &str {
    let text = text.trim_end();
    let Some(inside) = text.strip_suffix([')', '）']) else {
        return text;
    };
    let Some((before, key)) = inside.rsplit_once(['(', '（']) else {
        return text;
    };
    let is_key = MARKS.iter().any(|mark| {
        key.trim()
            .strip_prefix(mark)
            .is_some_and(|letter| letter.chars().count() == 1)
    });
    if is_key { before.trim_end() } else { text }
}
