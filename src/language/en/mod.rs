//! English: sentences, words and their forms, acronyms.

pub mod acronym;
mod capital;
pub mod irregular;
pub mod lexeme;
pub mod related;
mod sentence;
pub mod stem;
pub mod token;

pub use capital::capitalized;
pub use sentence::sentences;
