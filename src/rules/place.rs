//! Places in files that are no text of a pair.

use std::sync::Arc;

use super::neighbourhood::neighbourhood;
use crate::finding::Label;
use crate::text::{Side, Source, Span};

/// The label of a span of a file that is no text of a pair, with its line as context. `block` is the number that it gets.
pub fn label_in_file(source: &Source, block: usize, side: Side, span: Span) -> Label {
    let text = source.text();
    let line = Span::new(
        text[..span.start].rfind('\n').map_or(0, |i| i + 1),
        text[span.end..].find('\n').map_or(text.len(), |i| span.end + i),
    );
    let in_line = Span::new(span.start - line.start, span.end - line.start);
    let around = neighbourhood(line.of(text), in_line);
    Label {
        file: Arc::clone(source.path()),
        side,
        block,
        start: source.position(span.start),
        end: source.position(span.end),
        chars: (0, span.of(text).chars().count()),
        bytes: span,
        text: span.of(text).to_owned(),
        context: Arc::from(around.of(line.of(text))),
        context_span: Span::new(in_line.start - around.start, in_line.end.min(around.end) - around.start),
    }
}
