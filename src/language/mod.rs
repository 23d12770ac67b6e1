//! What is known of the two languages: segmentation, numerals, inflection, and the values that both can express.

pub mod en;
pub(crate) mod lookup;
pub mod quantity;
pub mod zh;

use crate::text::{Side, Span};

/// The sentences of `text`, as byte spans without the white space around them.
pub fn sentences(text: &str, side: Side) -> Vec<Span> {
    match side {
        Side::Zh => zh::sentences(text),
        Side::En => en::sentences(text),
    }
}

/// Adds the span `start..end` of `text` without the white space at its ends, unless nothing is left.
fn push_trimmed(text: &str, start: usize, end: usize, out: &mut Vec<Span>) {
    let rest = text[start..end].trim_start();
    if !rest.is_empty() {
        let from = end - rest.len();
        out.push(Span::new(from, from + rest.trim_end().len()));
    }
}
