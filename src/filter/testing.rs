//! Findings as they reach the filters: in report order and with fingerprints.

use std::path::Path;

use super::fingerprint;
use crate::finding::{self, Finding};

/// The hand-made findings of [`finding::testing`], sorted and fingerprinted.
pub fn findings() -> Vec<Finding> {
    let mut findings = finding::testing::all();
    finding::sort(&mut findings);
    fingerprint::assign(&mut findings, Path::new("/repo"), Path::new("/repo"));
    findings
}
