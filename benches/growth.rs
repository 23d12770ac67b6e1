//! How the check grows: twice the input should take at most twice the time, whatever the input looks like. Each shape is
//! checked at n, 2n and 4n with the default rules; the last two columns are the ratios of the times.
//!
//! `cargo bench --bench growth`

#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]

use std::hint::black_box;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use bilint::run::{Run, Settings};

/// More than this for a doubling is too much.
const LIMIT: f64 = 2.5;
const ROUNDS: usize = 3;

/// A name, the smallest n, and both texts at n.
type Shape = (&'static str, usize, fn(usize) -> (String, String));

const SHAPES: [Shape; 16] = [
    ("sentences, alike", 500, |n| {
        ("我们支持开放科学。".repeat(n), "We support open science. ".repeat(n))
    }),
    ("one sentence against many", 2000, |n| {
        (
            "我们支持开放科学。".to_owned(),
            listed(n, |i| format!("The weather was fine on day {i}. ")),
        )
    }),
    ("many sentences against one", 2000, |n| {
        (
            listed(n, |i| format!("第{i}天天气很好。")),
            "We support open science.".to_owned(),
        )
    }),
    ("half of the sentences", 500, |n| {
        (
            listed(n, |i| format!("第{i}天天气很好。")),
            listed(n / 2, |i| format!("The weather was fine on day {i}. ")),
        )
    }),
    ("a name without punctuation", 4000, |n| {
        ("中国发展".repeat(n), "Growth".to_owned())
    }),
    ("a name beside quotation marks", 4000, |n| {
        ("中国“a”".repeat(n), "Growth “a”".to_owned())
    }),
    ("a name on both sides", 4000, |n| {
        ("中国科学院".repeat(n), "Chinese Academy of Sciences ".repeat(n))
    }),
    ("official names in the English", 2000, |n| {
        (
            "他们来了。".to_owned(),
            "the National Natural Science Foundation of China ".repeat(n),
        )
    }),
    ("a figure without an end", 10_000, |n| {
        (
            format!("有1{}个", ",234".repeat(n)),
            format!("There are 1{}", ",234".repeat(n)),
        )
    }),
    ("per cent signs", 20_000, |n| {
        (format!("有{}", "%".repeat(n)), format!("there {}", "%".repeat(n)))
    }),
    ("figures that differ", 1000, |n| {
        (
            listed(n, |i| format!("{}吨、", i + 3)),
            listed(n, |i| format!("{} tons, ", i + 100_003)),
        )
    }),
    ("links that differ", 2000, |n| {
        (
            listed(n, |i| format!("我 https://a.org/x{i} ")),
            listed(n, |i| format!("we https://b.org/y{i} ")),
        )
    }),
    ("placeholders that differ", 3000, |n| {
        (
            listed(n, |i| format!("我{{a{i}}}")),
            listed(n, |i| format!("we {{b{i}}} ")),
        )
    }),
    ("full-width commas", 5000, |n| {
        ("我们好。".to_owned(), "We，are ok， ".repeat(n))
    }),
    ("quotation marks", 5000, |n| {
        ("“我”".repeat(n), "“we” \"us\" ".repeat(n))
    }),
    ("brackets", 10_000, |n| ("我（".repeat(n), "we (".repeat(n))),
];

fn listed(n: usize, item: impl Fn(usize) -> String) -> String {
    (0..n).map(item).collect()
}

fn main() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(1)
        .build()
        .expect("a thread");
    println!("one pair, default rules, best of {ROUNDS} rounds, one thread; * more than {LIMIT} for a doubling");
    println!("{:>30}  {:>7}  {:>10}  {:>10}  {:>10}", "", "n", "n", "2n", "4n");
    for (name, n, texts) in SHAPES {
        let times = [1, 2, 4].map(|by| {
            let (zh, en) = texts(n * by);
            let file = folder.path().join("pair.jsonl");
            let record = serde_json::json!({ "zh": zh, "en": en });
            std::fs::write(&file, format!("{record}\n")).expect("the pair can be written");
            pool.install(|| best(file))
        });
        let ratios = [1, 2].map(|i| times[i].as_secs_f64() / times[i - 1].as_secs_f64());
        let mark = if ratios.iter().any(|r| *r > LIMIT) { "*" } else { "" };
        println!(
            "{name:>30}  {n:>7}  {:>10.1?}  {:>10.1?}  {:>10.1?}  {:>5.1}  {:>5.1} {mark}",
            times[0], times[1], times[2], ratios[0], ratios[1]
        );
    }
}

/// The shortest time that a check of the file takes.
fn best(file: PathBuf) -> Duration {
    let settings = Settings {
        paths: vec![file],
        ..Settings::default()
    };
    let run = Run::new(settings).expect("a run over the pair");
    let once = || {
        let start = Instant::now();
        black_box(run.check(&()).expect("a report"));
        start.elapsed()
    };
    (0..ROUNDS).map(|_| once()).min().unwrap_or_default()
}
