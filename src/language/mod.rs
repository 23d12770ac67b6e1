//! What is known of the two languages: segmentation, numerals, inflection, and the values that both can express.

pub mod en;
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
