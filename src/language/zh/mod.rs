//! Chinese: sentences.

mod sentence;

pub use sentence::sentences;
