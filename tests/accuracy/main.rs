//! Measures the rules and the aligner on the texts in `tests/corpus`, and compares the figures with `docs/accuracy.md`.
//!
//! After a change that is meant to change them: `SNAPSHOTS=overwrite cargo test --test accuracy`, and read the diff.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod alignment;
mod corpus;
mod planted;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::Write as _;
use std::io::Write as _;
use std::process::Command;

use serde_json::{Value, json};

use alignment::{Share, measure_alignment, measure_prose};
use corpus::{CORPUS, Line, lines};
use planted::{Case, planted_in_lines, planted_paragraphs, planted_sentences};

const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/accuracy.md");
/// The measured part of the page is between these lines.
const BEGIN: &str = "<!-- begin: cargo test --test accuracy -->\n";
const END: &str = "<!-- end -->\n";

/// Shares that no change may fall below, whatever the page says.
const FLOORS: [(&str, f64); 8] = [
    ("sentence_dropped", 0.85),
    ("sentence_added", 0.75),
    ("paragraph_dropped", 0.85),
    ("number_change", 0.85),
    ("unit_change", 0.9),
    ("strict", 0.975),
    ("lax", 0.99),
    ("strict, free prose", 0.9),
];

/// The errors and warnings of `bilint check`, by record id.
fn check(records: &[Value], options: &[&str]) -> HashMap<String, Vec<Value>> {
    let mut file = tempfile::Builder::new().suffix(".jsonl").tempfile().unwrap();
    for record in records {
        writeln!(file, "{record}").unwrap();
    }
    let output = Command::new(env!("CARGO_BIN_EXE_bilint"))
        .args(["check", "--no-config", "--format", "jsonl"])
        .args(options)
        .arg(file.path())
        .output()
        .unwrap();
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(matches!(output.status.code(), Some(0 | 1)), "{error}");
    let mut found: HashMap<String, Vec<Value>> = HashMap::new();
    for line in String::from_utf8(output.stdout).unwrap().lines() {
        let finding: Value = serde_json::from_str(line).unwrap();
        if finding["severity"] != "note" {
            let id = finding["pair"]["id"].as_str().unwrap().to_owned();
            found.entry(id).or_default().push(finding);
        }
    }
    found
}

/// Planted and located errors of a kind, and the rules that located them.
#[derive(Default)]
struct Recall {
    planted: usize,
    located: usize,
    by_rule: BTreeMap<String, usize>,
}

/// Findings on records without planted errors, by rule.
type Alarms = BTreeMap<String, usize>;

fn measure_rules(lines: &[Line]) -> (BTreeMap<&'static str, Recall>, Alarms, usize) {
    let glossary = format!("{CORPUS}/glossary.tsv");
    // Planted pairs are variants of each other, so rules that compare pairs are off.
    let across = ["--ignore", "inconsistent-translation,term-inconsistent"];
    let pairs_alone = [&["--glossary", glossary.as_str()][..], &across].concat();
    let clean = lines.iter().filter(|l| l.strict).map(|l| Case {
        kind: "",
        record: json!({"id": l.id, "zh": l.zh, "en": l.en}),
        place: None,
    });
    let sets: [(Vec<Case>, &[&str]); 4] = [
        (clean.collect(), &["--glossary", &glossary]),
        (planted_in_lines(lines), &pairs_alone),
        (planted_sentences(lines), &across),
        (planted_paragraphs(lines), &across),
    ];
    let (mut recalls, mut alarms, mut clean) = (BTreeMap::<_, Recall>::new(), Alarms::new(), 0);
    for (cases, options) in sets {
        let records: Vec<Value> = cases.iter().map(|c| c.record.clone()).collect();
        let found = check(&records, options);
        for case in cases {
            let findings = found
                .get(case.record["id"].as_str().unwrap())
                .map_or(&[][..], Vec::as_slice);
            let Some(place) = case.place else {
                clean += 1;
                for finding in findings {
                    *alarms.entry(finding["rule"].as_str().unwrap().to_owned()).or_default() += 1;
                }
                continue;
            };
            let rules: BTreeSet<&str> = findings
                .iter()
                .filter(|f| place.is_touched_by(f))
                .map(|f| f["rule"].as_str().unwrap())
                .collect();
            let recall = recalls.entry(case.kind).or_default();
            recall.planted += 1;
            recall.located += usize::from(!rules.is_empty());
            for rule in rules {
                *recall.by_rule.entry(rule.to_owned()).or_default() += 1;
            }
        }
    }
    (recalls, alarms, clean)
}

#[test]
fn the_figures_on_the_corpus_are_those_of_the_page() {
    let lines = lines();
    let (recalls, alarms, clean) = measure_rules(&lines);
    let alignment = measure_alignment(&lines).into_iter().chain(measure_prose());

    let mut text = String::from("| planted error | planted | located | by rule |\n|---|--:|--:|---|\n");
    for (kind, recall) in &recalls {
        let mut rules: Vec<_> = recall.by_rule.iter().collect();
        rules.sort_by_key(|(_, n)| std::cmp::Reverse(**n));
        let rules: Vec<String> = rules.iter().map(|(rule, n)| format!("`{rule}` {n}")).collect();
        writeln!(
            text,
            "| {kind} | {} | {} | {} |",
            recall.planted,
            recall.located,
            rules.join(", ")
        )
        .unwrap();
    }
    writeln!(
        text,
        "\nOn {clean} pairs, paragraphs and documents without a planted error:\n"
    )
    .unwrap();
    text += "| rule | errors and warnings |\n|---|--:|\n";
    for (rule, n) in &alarms {
        writeln!(text, "| `{rule}` | {n} |").unwrap();
    }
    text += "\n| alignment | precision | recall | F1 |\n|---|--:|--:|--:|\n";
    let mut values: HashMap<&str, f64> = HashMap::new();
    let names = [
        "strict",
        "lax",
        "omitted lines",
        "added lines",
        "strict, free prose",
        "lax, free prose",
    ];
    for (name, shares) in names.into_iter().zip(alignment) {
        let [p, r] = shares.map(Share::value);
        let f1 = 2.0 * p * r / (p + r);
        values.insert(name, f1);
        writeln!(text, "| {name} | {p:.3} | {r:.3} | {f1:.3} |").unwrap();
    }
    for (kind, recall) in &recalls {
        values.insert(kind, recall.located as f64 / recall.planted as f64);
    }
    println!("{text}");
    for (name, floor) in FLOORS {
        assert!(
            values[name] >= floor,
            "{name} fell to {:.3}; at least {floor} is required",
            values[name]
        );
    }

    let page = std::fs::read_to_string(PAGE).unwrap();
    let start = page.find(BEGIN).expect("the page has no measured part") + BEGIN.len();
    let end = start + page[start..].find(END).expect("the measured part has no end");
    if std::env::var_os("SNAPSHOTS").is_some_and(|v| v == "overwrite") {
        std::fs::write(PAGE, format!("{}{text}{}", &page[..start], &page[end..])).unwrap();
    } else {
        assert!(
            page[start..end] == text,
            "docs/accuracy.md is out of date; if the new figures are intended, run \
             `SNAPSHOTS=overwrite cargo test --test accuracy`\n{}",
            similar::TextDiff::from_lines(&page[start..end], &text).unified_diff()
        );
    }
}
