//! English: sentences, words and their forms, acronyms.

pub mod acronym;
pub mod related;
mod sentence;
pub mod stem;
pub mod token;

pub use sentence::sentences;
