//! The texts of `tests/corpus`.

use serde_json::Value;
use xxhash_rust::xxh3::xxh3_64_with_seed;

pub const CORPUS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/corpus");

/// A line of `texts.jsonl`: a sentence or two and the translation.
pub struct Line {
    pub id: String,
    pub document: String,
    pub number: u64,
    pub zh: String,
    pub en: String,
    /// Whether the pair obeys the glossary.
    pub strict: bool,
}

pub fn read(name: &str) -> Vec<Value> {
    let text = std::fs::read_to_string(format!("{CORPUS}/{name}")).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

pub fn lines() -> Vec<Line> {
    let text = |v: &Value| v.as_str().unwrap().to_owned();
    read("texts.jsonl")
        .iter()
        .map(|v| Line {
            id: text(&v["id"]),
            document: text(&v["doc"]),
            number: v["seq"].as_u64().unwrap(),
            zh: text(&v["zh"]),
            en: text(&v["en"]),
            strict: v["strict"] == true,
        })
        .collect()
}

/// Runs of `size` lines that follow each other in one text.
pub fn windows(lines: &[Line], size: usize) -> impl Iterator<Item = &[Line]> {
    lines
        .chunk_by(|a, b| a.document == b.document && a.number + 1 == b.number)
        .flat_map(move |run| run.chunks_exact(size))
}

/// A pseudo-random number below `limit` that depends on these three numbers alone.
pub fn random(seed: u64, a: usize, b: usize, limit: usize) -> usize {
    let bytes = [(a as u64).to_le_bytes(), (b as u64).to_le_bytes()].concat();
    (xxh3_64_with_seed(&bytes, seed) % limit as u64) as usize
}
