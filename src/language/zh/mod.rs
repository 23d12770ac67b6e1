//! Chinese: sentences, segmentation, pinyin.

pub mod dictionary;
pub mod pinyin;
pub mod segment;
mod sentence;

pub use sentence::sentences;
