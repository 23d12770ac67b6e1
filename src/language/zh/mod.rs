//! Chinese: sentences, segmentation, pinyin.

pub mod pinyin;
pub mod segment;
mod sentence;

pub use sentence::sentences;
