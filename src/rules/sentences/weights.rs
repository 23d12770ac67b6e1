//! Weights of the model of a sentence without counterpart.
//!
//! Written by `tests/weights.rs` from `train/weights.json`; do not edit.
//!
//! Documented constants: logistic regression on news, encyclopaedic and medical text, the weight of `FREE` on novels,
//! classics, scripture, standards and talks; those texts are not kept. The figures of `docs/accuracy.md` guard them.

/// Log odds before any evidence.
pub const BIAS: f32 = -1.1;

/// Weight of the words of the other side that the sentence fails to explain.
pub const UNEXPLAINED: f32 = 1.2;

/// Weight of the share of its words with a translation anywhere on the other side.
pub const ANYWHERE: f32 = -1.6;

/// Weight of the share of its words with a translation in the sentences aligned with it.
pub const NEAR: f32 = -3.0;

/// Weight of how much better the lengths agree without the sentence.
pub const LENGTH: f32 = 4.5;

/// Weight of the aligner's verdict that the sentence is unpaired.
pub const ALONE: f32 = 3.3;

/// Weight of how free the translation is: by how much the share of words with a translation falls short in the other
/// sentences.
pub const FREE: f32 = -25.0;
