//! Which blocks translate which: paragraphs first, then sentences inside paired paragraphs.

use std::ops::Range;
use std::sync::Arc;

/// Zero or more Chinese blocks with zero or more English blocks. Never empty on both sides.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    /// The record's id where the file has one.
    pub id: Option<Arc<str>>,
    /// Block numbers on the Chinese side.
    pub zh: Range<usize>,
    /// Block numbers on the English side.
    pub en: Range<usize>,
    /// How sure the aligner is, 0 to 1; 1 for pairs that the file itself gives.
    pub confidence: f32,
    /// Whether the pair stands out of order: its English comes before the English of an earlier pair.
    pub crossing: bool,
}
