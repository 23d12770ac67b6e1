//! Chinese: sentences.

pub mod segment;
mod sentence;

pub use sentence::sentences;
