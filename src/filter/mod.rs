//! The steps between the rules and the report: merging, fingerprints, suppressions, waivers, the baseline, changes since
//! a revision, and a count for equal findings.

pub mod answers;
pub mod baseline;
pub mod decisions;
pub mod equal;
pub mod fingerprint;
pub mod merge;
pub mod since;
pub mod suppress;
#[cfg(test)]
mod testing;
pub mod waiver;
