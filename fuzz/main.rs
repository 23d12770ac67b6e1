//! Runs the target that `BILINT_FUZZ` names under libFuzzer; `fuzz/run` says how.
#![no_main]

use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;

#[path = "../tests/fuzz/targets.rs"]
mod targets;

fuzz_target!(|bytes: &[u8]| {
    static RUN: OnceLock<fn(&[u8])> = OnceLock::new();
    let run = RUN.get_or_init(|| {
        let name = std::env::var("BILINT_FUZZ").expect("BILINT_FUZZ names a target");
        let target = targets::TARGETS.iter().find(|(known, _)| *known == name);
        target.unwrap_or_else(|| panic!("there is no target {name}")).1
    });
    run(bytes);
});
