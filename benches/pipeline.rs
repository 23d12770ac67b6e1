//! The whole check against the hand limit: a minimal loop over terms, numbers and length, which reads pairs, scans the
//! Chinese for names, looks for the English of what it found, and compares the runs of digits and the lengths. What
//! counts is the ratio, which survives a change of machine. Then what paragraphs of several sentences and whole documents take.
//!
//! `cargo bench --bench pipeline`

#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]

use std::fmt::Write;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use bilint::glossary::{self, Concept, Glossary, Kind, Name, Status};
use bilint::run::{NamedGlossary, Run, Settings};

const PAIRS: usize = 20_000;
const PARAGRAPHS: usize = 4_000;
const ROUNDS: usize = 5;

fn main() {
    let pairs = pairs();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("pairs.tsv");
    let lines = lines_of(&pairs);
    std::fs::write(&file, format!("zh\ten\n{lines}")).expect("the pairs can be written");
    let bytes = lines.len() as f64 / 1e6;

    println!("{PAIRS} pairs, {bytes:.1} MB, best of {ROUNDS} rounds, one thread");
    println!("{:>8}  {:>10}  {:>10}  {:>6}", "names", "hand limit", "bilint", "ratio");
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(1)
        .build()
        .expect("a thread");
    for names in [500, 5_000, 50_000] {
        let glossary = grown(names);
        let hand = best(|| hand_limit(&lines, &glossary));
        let settings = Settings {
            paths: vec![file.clone()],
            ..Settings::default()
        };
        let named = NamedGlossary {
            glossary,
            name: format!("{names} names"),
            warnings: Vec::new(),
        };
        let run = Run::with_glossary(settings, named).expect("a run over the pairs");
        let whole = pool.install(|| best(|| check(&run)));
        let ratio = whole.as_secs_f64() / hand.as_secs_f64();
        println!("{names:>8}  {hand:>10.1?}  {whole:>10.1?}  {ratio:>5.1}×");
    }

    println!("\nbuilt-in glossary, best of {ROUNDS} rounds, one thread");
    let paragraphs = paragraphs(&pairs);
    let table = folder.path().join("paragraphs.tsv");
    std::fs::write(&table, format!("zh\ten\n{}", lines_of(&paragraphs))).expect("the pairs can be written");
    let documents = documents(&paragraphs, &folder.path().join("documents"));
    let bytes: usize = paragraphs.iter().map(|(zh, en)| zh.len() + en.len()).sum();
    for (name, path) in [("paragraphs", table), ("documents", documents)] {
        let settings = Settings {
            paths: vec![path],
            ..Settings::default()
        };
        let run = Run::new(settings).expect("a run over the texts");
        let whole = pool.install(|| best(|| check(&run)));
        let speed = bytes as f64 / 1e6 / whole.as_secs_f64();
        println!("{name:>10}  {whole:>10.1?}  {speed:>5.1} MB/s");
    }
}

/// The rows of a table of pairs.
fn lines_of(pairs: &[(String, String)]) -> String {
    pairs.iter().fold(String::new(), |mut all, (zh, en)| {
        let _ = writeln!(all, "{zh}\t{en}");
        all
    })
}

/// Paragraphs of two to eight sentences: neighbouring pairs, joined. Every tenth lacks its last sentence in English.
fn paragraphs(pairs: &[(String, String)]) -> Vec<(String, String)> {
    let mut rest = pairs.iter().cycle();
    (0..PARAGRAPHS)
        .map(|i| {
            let sentences: Vec<&(String, String)> = rest.by_ref().take(2 + i * 5 % 7).collect();
            let dropped = usize::from(i % 10 == 0);
            let zh: String = sentences.iter().map(|(zh, _)| zh.as_str()).collect();
            let en: Vec<&str> = sentences.iter().map(|(_, en)| en.as_str()).collect();
            (zh, en[..en.len() - dropped].join(" "))
        })
        .collect()
}

/// Writes documents of 20 to 200 paragraphs into a folder, each as two files.
fn documents(paragraphs: &[(String, String)], folder: &Path) -> PathBuf {
    std::fs::create_dir(folder).expect("a folder can be made");
    let (mut rest, mut number) = (paragraphs, 0);
    while !rest.is_empty() {
        let (document, after) = rest.split_at((20 + number * 77 % 181).min(rest.len()));
        let (zh, en): (Vec<&str>, Vec<&str>) = document.iter().map(|(zh, en)| (zh.as_str(), en.as_str())).unzip();
        for (language, text) in [("zh", zh), ("en", en)] {
            let file = folder.join(format!("{number}.{language}.txt"));
            std::fs::write(file, text.join("\n\n")).expect("the text can be written");
        }
        (rest, number) = (after, number + 1);
    }
    folder.to_owned()
}

/// The pairs of the corpus' table, each made unique by a figure that both sides have.
fn pairs() -> Vec<(String, String)> {
    let table = std::fs::read_to_string("corpus/briefing.tsv").expect("run from the root of the repository");
    let rows: Vec<(&str, &str)> = table
        .lines()
        .skip(1)
        .filter_map(|l| {
            let mut cells = l.rsplit('\t');
            let en = cells.next()?;
            Some((cells.next()?, en))
        })
        .collect();
    (0..PAIRS)
        .map(|i| {
            let (zh, en) = rows[i % rows.len()];
            (format!("第{i}号：{zh}"), format!("No. {i}: {en}"))
        })
        .collect()
}

/// The built-in glossary with made-up names until it has `names` Chinese names.
fn grown(names: usize) -> Glossary {
    let mut concepts: Vec<Concept> = glossary::builtin().concepts().to_vec();
    let han: Vec<char> = "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏".chars().collect();
    let mut i = concepts.len();
    while concepts.len() < names {
        let digit = |k: usize| han[i / han.len().pow(k as u32) % han.len()];
        let name: String = (0..4).map(digit).chain("研究院".chars()).collect();
        let mut concept = Concept::new(format!("made-up-{i}"), Kind::Institution);
        concept.zh.push(Name::new(name, Status::Preferred));
        concept
            .en
            .push(Name::new(format!("Institute Number {i} of Things"), Status::Preferred));
        concepts.push(concept);
        i += 1;
    }
    Glossary::new(concepts)
}

fn hand_limit(lines: &str, glossary: &Glossary) -> usize {
    let mut faults = 0;
    for line in lines.lines() {
        let Some((zh, en)) = line.split_once('\t') else {
            continue;
        };
        for hit in glossary.scanner().scan(zh) {
            let concept = &glossary.concepts()[hit.concept];
            faults += usize::from(!concept.en.iter().any(|n| en.contains(&*n.text)));
        }
        faults += usize::from(numbers(zh) != numbers(en));
        let ratio = en.len() as f64 / zh.chars().count() as f64;
        faults += usize::from(!(0.8..8.0).contains(&ratio));
    }
    faults
}

/// The runs of digits of a text, in order of value; commas between digits do not count.
fn numbers(text: &str) -> Vec<u64> {
    let mut found = Vec::new();
    let mut number: Option<u64> = None;
    for b in text.bytes() {
        match b {
            b'0'..=b'9' => number = Some(number.unwrap_or(0).wrapping_mul(10) + u64::from(b - b'0')),
            b',' if number.is_some() => {}
            _ => found.extend(number.take()),
        }
    }
    found.extend(number);
    found.sort_unstable();
    found
}

fn check(run: &Run) -> usize {
    run.check(&()).expect("a report").findings.len()
}

fn best(mut run: impl FnMut() -> usize) -> Duration {
    (0..ROUNDS)
        .map(|_| {
            let start = Instant::now();
            black_box(run());
            start.elapsed()
        })
        .min()
        .unwrap_or_default()
}
