//! How the check grows: twice the input should take about twice the time, whatever the input looks like. Each shape is
//! checked at n, 2n and 4n with the default rules; the last two columns are the ratios of the times. Nested names grow with
//! the square of n, as the glossary does.
//!
//! `cargo bench --bench growth`

#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]

use std::hint::black_box;
use std::path::PathBuf;
use std::time::Duration;

use bilint::run::{Run, Settings};
use cpu_time::ThreadTime;

/// More than this for a doubling is too much.
const LIMIT: f64 = 2.5;
const ROUNDS: usize = 3;

/// A name, the smallest n, and both texts of a pair at n.
type Shape = (&'static str, usize, fn(usize) -> (String, String));

const SHAPES: [Shape; 17] = [
    ("sentences, alike", 4000, |n| {
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
    ("a name without punctuation", 16_000, |n| {
        ("中国发展".repeat(n), "Growth".to_owned())
    }),
    ("a name beside quotation marks", 16_000, |n| {
        ("中国“a”".repeat(n), "Growth “a”".to_owned())
    }),
    ("a name on both sides", 8000, |n| {
        ("中国科学院".repeat(n), "Chinese Academy of Sciences ".repeat(n))
    }),
    ("official names in the English", 8000, |n| {
        (
            "他们来了。".to_owned(),
            "the National Natural Science Foundation of China ".repeat(n),
        )
    }),
    ("a figure without an end", 20_000, |n| {
        (
            format!("有1{}个", ",234".repeat(n)),
            format!("There are 1{}", ",234".repeat(n)),
        )
    }),
    ("per cent signs", 80_000, |n| {
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
    ("acronyms that differ", 2000, |n| {
        (
            listed(n, |i| format!("AB{i:06}、")),
            listed(n, |i| format!("CD{i:06}, ")),
        )
    }),
    ("brackets", 40_000, |n| ("我（".repeat(n), "we (".repeat(n))),
];

/// A name, the smallest n, and a glossary of two columns at n; the text names a few of its concepts.
const GLOSSARIES: [Shape; 3] = [
    ("names with one beginning", 25_000, |n| {
        (
            "天地人来了。".repeat(500),
            listed(n, |i| format!("天地{}\tname {i}\n", han(i))),
        )
    }),
    ("nested names", 100, |n| {
        (
            "天".repeat(2000),
            listed(n, |i| format!("{}\tname {i}\n", "天".repeat(i + 2))),
        )
    }),
    ("a text that names all concepts", 2000, |n| {
        (
            listed(n, |i| format!("{}，", han(i))),
            listed(n, |i| format!("{}\tname {i}\n", han(i))),
        )
    }),
];

/// A name, the smallest n, and the name and the text of a file at n.
type FileShape = (&'static str, usize, &'static str, fn(usize) -> String);

const FILES: [FileShape; 6] = [
    ("records with findings", 10_000, "a.tsv", |n| {
        let rows = listed(n, |i| format!("我们有{i}吨\tWe have {} tons\n", i + 100_000));
        format!("zh\ten\n{rows}")
    }),
    ("suppressions above one line", 5000, "a.md", |n| {
        format!(
            "{}我们有5吨。\n\nWe have 6 tons.\n",
            "<!-- bilint: ignore[unit-mismatch] ok -->\n".repeat(n)
        )
    }),
    ("suppressions in one line", 5000, "a.md", |n| {
        format!(
            "我们{}\n\nWe are.\n",
            "<!-- bilint: ignore[unit-mismatch] ok -->".repeat(n)
        )
    }),
    ("starts and ends of others", 5000, "a.md", |n| {
        let starts = "<!-- bilint: ignore-start[unit-mismatch] ok -->\n".repeat(n);
        let ends = "<!-- bilint: ignore-end[term-omitted] -->\n".repeat(n);
        format!("{starts}\n我们\n\nWe are.\n\n{ends}")
    }),
    ("suppressed records", 5000, "a.tsv", |n| {
        format!(
            "zh\ten\n{}",
            "# bilint: ignore[unit-mismatch] ok\n我们有5吨\tWe have 6 tons\n".repeat(n)
        )
    }),
    ("quotations in quotations", 5000, "a.md", |n| {
        format!("{}我们\n\nWe are.\n", "> ".repeat(n))
    }),
];

/// A name of three characters for each number.
fn han(i: usize) -> String {
    let char_at = |i: usize| char::from_u32(0x4e00 + (i % 100) as u32).unwrap_or('一');
    [i / 10_000 + 1, i / 100 + 30, i + 60]
        .into_iter()
        .map(char_at)
        .collect()
}

fn listed(n: usize, item: impl Fn(usize) -> String) -> String {
    (0..n).map(item).collect()
}

fn main() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(1)
        .build()
        .expect("a thread");
    println!("default rules, processor time, best of {ROUNDS} rounds, one thread; * more than {LIMIT} for a doubling");
    println!("{:>30}  {:>7}  {:>10}  {:>10}  {:>10}", "", "n", "n", "2n", "4n");
    let write = |name: &str, text: String| {
        let file = folder.path().join(name);
        std::fs::write(&file, text).expect("the text can be written");
        file
    };
    let pair = |zh: String, en: String| write("pair.jsonl", serde_json::json!({ "zh": zh, "en": en }).to_string());
    let measure = |name: &str, n: usize, input: &dyn Fn(usize) -> (PathBuf, Vec<PathBuf>)| {
        let times = [1, 2, 4].map(|by| {
            let (file, glossaries) = input(n * by);
            pool.install(|| best(file, glossaries))
        });
        let ratios = [1, 2].map(|i| times[i].as_secs_f64() / times[i - 1].as_secs_f64());
        let mark = if ratios.iter().any(|r| *r > LIMIT) { "*" } else { "" };
        println!(
            "{name:>30}  {n:>7}  {:>10.1?}  {:>10.1?}  {:>10.1?}  {:>5.1}  {:>5.1} {mark}",
            times[0], times[1], times[2], ratios[0], ratios[1]
        );
    };
    for (name, n, texts) in SHAPES {
        measure(name, n, &|n| {
            let (zh, en) = texts(n);
            (pair(zh, en), Vec::new())
        });
    }
    for (name, n, texts) in GLOSSARIES {
        measure(name, n, &|n| {
            let (zh, rows) = texts(n);
            let glossary = write("glossary.tsv", format!("zh\ten\n{rows}"));
            (pair(zh, "They came.".to_owned()), vec![glossary])
        });
    }
    for (name, n, file, text) in FILES {
        measure(name, n, &|n| (write(file, text(n)), Vec::new()));
    }
}

/// The shortest processor time that loading the glossaries and a check of the file take; beside other work it changes less
/// than the time of day.
fn best(file: PathBuf, glossaries: Vec<PathBuf>) -> Duration {
    let settings = Settings {
        paths: vec![file],
        glossaries,
        ..Settings::default()
    };
    let once = || {
        let start = ThreadTime::now();
        let run = Run::new(settings.clone()).expect("a run over the file");
        black_box(run.check(&()).expect("a report"));
        start.elapsed()
    };
    (0..ROUNDS).map(|_| once()).min().unwrap_or_default()
}
