//! Weights of the model in [`super::edges`].

/// Number of features.
pub(super) const FEATURES: usize = 12;

/// Log odds before any feature.
pub(super) const BIAS: f32 = -2.788;

/// Weight of each feature.
pub(super) const WEIGHTS: [f32; FEATURES] = [
    0.199,  // margin
    0.902,  // proportion
    2.535,  // in_place
    5.241,  // explains
    -0.566, // absent
    0.284,  // explained
    0.282,  // unexplained
    -0.573, // lost
    0.602,  // spare
    -0.579, // taken
    0.452,  // length
    1.462,  // sentence_ends
];
