//! Chinese: sentences, segmentation, pinyin.

mod dictionary;
pub mod pinyin;
pub mod segment;
mod sentence;

pub use sentence::sentences;
