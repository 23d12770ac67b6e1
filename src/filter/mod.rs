//! What becomes of findings between the rules and the report: fingerprints, suppressions, waivers, the
//! baseline, what changed since a revision.

pub mod baseline;
pub mod fingerprint;
pub mod merge;
pub mod since;
pub mod suppress;
#[cfg(test)]
mod testing;
pub mod waiver;
