//! Weights of the model in [`super::edges`]: does a unit belong to a bead?
//!
//! Written by `tests/weights.rs` from `train/weights.json`; do not edit.
//!
//! Documented constants: logistic regression on news and manuals with units joined, dropped and garbled at random; those
//! texts and seeds are not kept. `train/README.md` compares them with an estimate from public texts.

/// Number of features.
pub(super) const FEATURES: usize = 12;

/// Log odds before any feature.
pub(super) const BIAS: f32 = -2.788;

/// Weights of margin, proportion, in_place, explains, absent, explained, unexplained, lost, spare, taken, length,
/// sentence_ends.
pub(super) const WEIGHTS: [f32; FEATURES] = [
    0.199, 0.902, 2.535, 5.241, -0.566, 0.284, 0.282, -0.573, 0.602, -0.579, 0.452, 1.462,
];

/// Number of features of the model of free translations ([`super::edges::FreeModel`]).
pub(super) const FREE_FEATURES: usize = 3;

/// Its log odds before any feature.
pub(super) const FREE_BIAS: f32 = -1.367;

/// Its weights of the usual log odds, the proportion of joined to unpaired units of the side, and the log odds of being
/// unpaired on all paths. Estimated by `train/free.py`.
pub(super) const FREE_WEIGHTS: [f32; FREE_FEATURES] = [0.324, 0.493, -0.449];
