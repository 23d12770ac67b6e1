//! Chinese: sentences, pinyin.

pub mod pinyin;
mod sentence;

pub use sentence::sentences;
