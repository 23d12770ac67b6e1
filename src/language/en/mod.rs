//! English: sentences.

mod sentence;

pub use sentence::sentences;
