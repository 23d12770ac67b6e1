//! What becomes of findings between the rules and the report: fingerprints, suppressions, waivers, the baseline.

pub mod fingerprint;
pub mod merge;
