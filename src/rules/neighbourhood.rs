//! How much text around a label is kept.

use crate::text::Span;

/// Bytes of context kept on either side of a label: more than any excerpt shows.
const CONTEXT: usize = 600;

/// The part of `text` that is kept as context of `span`, on character boundaries.
pub fn neighbourhood(text: &str, span: Span) -> Span {
    let mut start = span.start.saturating_sub(CONTEXT);
    let mut end = (span.end.min(span.start + 4 * CONTEXT) + CONTEXT).min(text.len());
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    Span::new(start, end)
}
