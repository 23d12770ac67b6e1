//! English: sentences, acronyms.

pub mod acronym;
mod sentence;

pub use sentence::sentences;
