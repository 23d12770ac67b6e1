//! English: sentences.

pub mod related;
mod sentence;
pub mod token;

pub use sentence::sentences;
