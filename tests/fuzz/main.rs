//! The fuzz targets over the inputs kept in `seeds/`, and over mutations of them: the same sequence in every run, as far as
//! the time allows. `fuzz/run` searches for longer, guided by coverage.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod targets;

use std::fs;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::mpsc;
use std::time::{Duration, Instant};

use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner};

use targets::{TARGETS, Target};

/// How long mutations of the seeds of one target are tried.
const ROUND: Duration = Duration::from_millis(700);
/// An input that takes longer hangs: a debug build on a busy machine takes less than a tenth.
const LIMIT: Duration = Duration::from_secs(60);

/// The kept inputs of a target, in order.
fn seeds(target: &str) -> Vec<(PathBuf, Vec<u8>)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fuzz/seeds")
        .join(target);
    let files = fs::read_dir(folder).unwrap_or_else(|e| panic!("{target} has no seeds: {e}"));
    let mut paths: Vec<PathBuf> = files.map(|f| f.unwrap().path()).collect();
    paths.sort();
    assert!(!paths.is_empty(), "{target} has no seeds");
    paths.into_iter().map(|p| (p.clone(), fs::read(p).unwrap())).collect()
}

/// Runs `work` in a thread and fails if an input that it announces takes longer than [`LIMIT`].
fn watch(work: impl FnOnce(&dyn Fn(&[u8])) + Send + 'static) {
    let (announce, announced) = mpsc::channel::<Vec<u8>>();
    let worker = std::thread::spawn(move || work(&|input| announce.send(input.to_vec()).unwrap()));
    let mut last = Vec::new();
    loop {
        match announced.recv_timeout(LIMIT) {
            Ok(input) => last = input,
            Err(mpsc::RecvTimeoutError::Disconnected) => break,
            Err(mpsc::RecvTimeoutError::Timeout) => panic!("an input hangs: {:?}", String::from_utf8_lossy(&last)),
        }
    }
    if let Err(panic) = worker.join() {
        std::panic::resume_unwind(panic);
    }
}

#[test]
fn every_target_accepts_the_kept_inputs() {
    watch(|announce| {
        for &(name, run) in TARGETS {
            for (path, input) in seeds(name) {
                announce(&input);
                let result = std::panic::catch_unwind(|| run(&input));
                assert!(result.is_ok(), "{name} fails on {}", path.display());
            }
        }
    });
}

/// A change of an input.
#[derive(Debug, Clone)]
enum Mutation {
    /// A byte becomes another one.
    Set(Index, u8),
    /// Bytes are removed.
    Remove(Index, usize),
    /// Bytes are repeated.
    Repeat(Index, usize, usize),
    /// A word is inserted, whatever the boundaries of characters.
    Insert(Index, &'static str),
    /// A part of another seed is inserted.
    Cross(Index, Index, Index, usize),
}

/// Where in `input` a stretch of at most `len` bytes is.
fn stretch(at: Index, len: usize, input: &[u8]) -> Range<usize> {
    let start = at.index(input.len() + 1);
    start..(start + len).min(input.len())
}

impl Mutation {
    fn apply(&self, input: &mut Vec<u8>, seeds: &[Vec<u8>]) {
        match self {
            Self::Set(at, byte) if !input.is_empty() => *at.get_mut(input) = *byte,
            Self::Set(_, byte) => input.push(*byte),
            Self::Remove(at, len) => drop(input.drain(stretch(*at, *len, input))),
            Self::Repeat(at, len, times) => {
                let range = stretch(*at, *len, input);
                let part = input[range.clone()].repeat(*times);
                input.splice(range.end..range.end, part);
            }
            Self::Insert(at, word) => {
                let start = at.index(input.len() + 1);
                input.splice(start..start, word.bytes());
            }
            Self::Cross(at, seed, from, len) => {
                let start = at.index(input.len() + 1);
                let other = seed.get(seeds);
                input.splice(start..start, other[stretch(*from, *len, other)].iter().copied());
            }
        }
    }
}

fn mutation() -> impl Strategy<Value = Mutation> {
    let words: Vec<&str> = include_str!("words.txt")
        .lines()
        .chain(["\n", "\r", "\t", "\n\n", "\0"])
        .collect();
    prop_oneof![
        (any::<Index>(), any::<u8>()).prop_map(|(at, byte)| Mutation::Set(at, byte)),
        (any::<Index>(), 1..40_usize).prop_map(|(at, len)| Mutation::Remove(at, len)),
        (any::<Index>(), 1..40_usize, 1..5_usize).prop_map(|(at, len, times)| Mutation::Repeat(at, len, times)),
        (any::<Index>(), prop::sample::select(words)).prop_map(|(at, word)| Mutation::Insert(at, word)),
        (any::<Index>(), any::<Index>(), any::<Index>(), 1..200_usize)
            .prop_map(|(at, seed, from, len)| Mutation::Cross(at, seed, from, len)),
    ]
}

/// Tries mutations of the seeds of one target. A failure is reduced to as few mutations as show it.
fn mutate((name, run): Target, announce: &dyn Fn(&[u8])) {
    let seeds: Vec<Vec<u8>> = seeds(name).into_iter().map(|(_, input)| input).collect();
    let config = Config {
        cases: u32::MAX,
        failure_persistence: None,
        max_shrink_iters: 2_000,
        ..Config::default()
    };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let (start, mut tried) = (Instant::now(), 0_u32);
    while start.elapsed() < ROUND && tried < 2_000 {
        tried += 1;
        let case = (any::<Index>(), prop::collection::vec(mutation(), 1..6));
        let tree = case.new_tree(&mut runner).unwrap();
        let result = runner.run_one(tree, |(seed, mutations)| {
            let mut input = seed.get(&seeds).clone();
            for m in &mutations {
                m.apply(&mut input, &seeds);
            }
            announce(&input);
            std::panic::catch_unwind(|| run(&input)).map_err(|_| {
                let saved = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.failed"));
                fs::write(&saved, &input).unwrap();
                TestCaseError::fail(format!("{name} fails on {}", saved.display()))
            })
        });
        if let Err(e) = result {
            panic!("{e}");
        }
    }
}

#[test]
fn every_target_accepts_mutations_of_them() {
    watch(|announce| TARGETS.iter().for_each(|&target| mutate(target, announce)));
}
