//! Whether a unit belongs to a bead of a free translation.
//!
//! Missing words say little there, so that the features of a unit and its bead alone leave most omissions in their beads.
//! Two things tell more: the share of all paths on which the unit is unpaired, and how often the units of its side are
//! unpaired rather than joined.

use super::{PROPORTION_INERTIA, weight, weighted};
use crate::align::lattice::Step;
use crate::text::{Side, Sides};

/// The probability of being unpaired is kept this far from 0 and 1.
const LEAST_RATE: f32 = 0.001;

/// A logistic model over the usual log odds and what is known of the document. Its weights are in
/// [`super::super::edge_weights`].
pub(in crate::align) struct FreeModel<'a> {
    /// How free the translation is, 0 to 1.
    freedom: f32,
    /// For each unit the posterior probability that it is unpaired.
    unpaired: &'a Sides<Vec<f32>>,
    /// For each side the logarithm of the ratio of beads with several of its units to its unpaired units.
    proportion: Sides<f32>,
}

impl<'a> FreeModel<'a> {
    /// The model for a path.
    pub fn new(path: &[Step], unpaired: &'a Sides<Vec<f32>>, freedom: f32) -> Self {
        let proportion = |side: Side| {
            let (mut joined, mut alone) = (PROPORTION_INERTIA / 2.0, PROPORTION_INERTIA / 2.0);
            for step in path {
                match (step.is_pair(), step.units[side].len()) {
                    (true, 2..) => joined += 1.0,
                    (false, 1..) => alone += 1.0,
                    _ => {}
                }
            }
            f32::ln(joined / alone)
        };
        Self {
            freedom,
            unpaired,
            proportion: Sides::from_fn(proportion),
        }
    }

    /// A number between the usual one and that of the freest translation.
    pub fn blend(&self, usual: f32, at_freest: f32) -> f32 {
        usual + self.freedom * (at_freest - usual)
    }

    /// Log odds that a unit with these usual log odds belongs to its bead.
    pub fn odds(&self, usual: f32, side: Side, unit: usize) -> f32 {
        let features = self.features(usual, side, unit);
        self.blend(usual, weighted(weight::FREE_BIAS, &weight::FREE_WEIGHTS, &features))
    }

    /// The features, in the order of [`weight::FREE_WEIGHTS`].
    pub fn features(&self, usual: f32, side: Side, unit: usize) -> [f32; weight::FREE_FEATURES] {
        let rate = self.unpaired[side][unit].clamp(LEAST_RATE, 1.0 - LEAST_RATE);
        [usual, self.proportion[side], (rate / (1.0 - rate)).ln()]
    }
}
