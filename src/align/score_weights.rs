//! Weights of the score of a bead ([`super::weights`]).
//!
//! Written by `tests/weights.rs` from `train/weights.json`; do not edit.
//!
//! Documented constants: estimated or set by hand on news and manuals; those texts and seeds are not kept.
//! `train/README.md` compares those that can be estimated with an estimate from public texts.

/// Weight of the length difference.
pub(super) const LENGTH: f32 = 1.21;

/// Variance of the length difference per letter, as in text of independent parts.
pub(super) const VARIANCE: f32 = 5.2;

/// Standard deviation of the length difference as a share of the length: the freedom of the translator.
pub(super) const SPREAD: f32 = 0.15;

/// Weight of English words.
pub(super) const EN_WORDS: f32 = 0.8;

/// Weight of Chinese words.
pub(super) const ZH_WORDS: f32 = 0.33;

/// Weight of punctuation.
pub(super) const MARKS_WEIGHT: f32 = 0.945;

/// Score of any bead before evidence.
pub(super) const PAIRING: f32 = 1.5;

/// Cost of the first unit of a run of unpaired units.
pub(super) const NULL_OPEN: f32 = 7.0;

/// Cost of each further unit of the run.
pub(super) const NULL_EXTEND: f32 = 5.0;

/// Share of English words of true beads at each level of support, by rarity.
pub(super) const EN_ALPHA: [[f32; 4]; 4] = [
    [0.67, 0.07, 0.06, 0.2],
    [0.36, 0.11, 0.07, 0.46],
    [0.28, 0.19, 0.1, 0.43],
    [0.25, 0.43, 0.1, 0.22],
];

/// The same for Chinese words.
pub(super) const ZH_ALPHA: [[f32; 4]; 4] = [
    [0.72, 0.04, 0.04, 0.2],
    [0.48, 0.11, 0.07, 0.34],
    [0.37, 0.18, 0.08, 0.37],
    [0.34, 0.41, 0.07, 0.18],
];

/// For each mark how often English has it: if Chinese lacks it, if Chinese has it, overall.
pub(super) const MARK_RATES: [[f32; 3]; 8] = [
    [0.005, 0.92, 0.06],
    [0.005, 0.6, 0.03],
    [0.06, 0.85, 0.2],
    [0.02, 0.8, 0.08],
    [0.02, 0.7, 0.06],
    [0.01, 0.5, 0.02],
    [0.02, 0.75, 0.05],
    [0.05, 0.75, 0.12],
];
