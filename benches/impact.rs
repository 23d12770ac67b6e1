//! What a change of the glossary does to 100,000 pairs, found by `impact` and by the difference of two whole checks, for twenty
//! edits at random. Both must give the same. What counts is the ratio of the processor times, reading the glossaries included.
//!
//! `cargo bench --bench impact [-- FILE]`, with texts of your own.

#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use bilint::finding::Finding;
use bilint::glossary::{Concept, Glossary, Kind, Name, Status, builtin};
use bilint::rules::find;
use bilint::run::{Impact, NamedGlossary, Run, Settings, TextIndex, impact, load_glossary};
use cpu_time::ProcessTime;

const PAIRS: usize = 100_000;
const EDITS: usize = 20;

fn main() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let texts = std::env::args().skip(1).find(|arg| !arg.starts_with('-'));
    let texts = texts.map_or_else(|| written_pairs(folder.path()), PathBuf::from);
    let settings = Settings {
        paths: vec![texts],
        ..Settings::default()
    };
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(1)
        .build()
        .expect("a thread");
    let text = fs::read_to_string(&settings.paths[0]).expect("the texts can be read");
    let is_named = |concept: &Concept| concept.preferred_zh().is_some_and(|name| text.contains(name));
    let concepts = old().glossary.into_concepts();
    let named: Vec<usize> = (0..concepts.len()).filter(|&c| is_named(&concepts[c])).collect();
    assert!(named.len() > EDITS, "the texts name too few concepts");
    let load = |edit: usize| edited(edit, named[(edit * 2_654_435_761 + 12_345) % named.len()]);
    let (before, time_before) = pool.install(|| timed(|| whole(&settings, old())));
    let mut index = TextIndex::default();
    let mut totals = [Duration::ZERO; 3];
    println!(
        "{:>4}  {:>8}  {:>12}  {:>8}  {:>10}  {:>8}",
        "edit", "findings", "whole checks", "impact", "with index", "pairs"
    );
    for edit in 0..EDITS {
        let (after, time_after) = pool.install(|| timed(|| whole(&settings, load(edit))));
        let run =
            |index: &mut TextIndex| impact(&settings, old(), load(edit), index, &()).expect("the texts can be read");
        let (cold, time_cold) = pool.install(|| timed(|| run(&mut TextIndex::default())));
        if edit == 0 {
            pool.install(|| run(&mut index));
        }
        let (kept, time_kept) = pool.install(|| timed(|| run(&mut TextIndex::from_bytes(&index.to_bytes()))));
        for found in [&cold, &kept] {
            assert_eq!(
                keys(found, true),
                after.difference(&before).cloned().collect(),
                "edit {edit}: wrong"
            );
            assert_eq!(
                keys(found, false),
                before.difference(&after).cloned().collect(),
                "edit {edit}: right"
            );
        }
        let differing = after.symmetric_difference(&before).count();
        println!(
            "{edit:>4}  {differing:>8}  {:>12.1?}  {time_cold:>8.2?}  {time_kept:>10.2?}  {:>8}",
            time_before + time_after,
            kept.pairs
        );
        for (total, time) in totals.iter_mut().zip([time_before + time_after, time_cold, time_kept]) {
            *total += time;
        }
    }
    let ratio = |total: Duration| totals[0].as_secs_f64() / total.as_secs_f64();
    println!(
        "impact is {:.1} times faster than two whole checks, {:.1} times with its index",
        ratio(totals[1]),
        ratio(totals[2])
    );
}

/// A finding by its place and message.
type Key = (String, usize, String);

fn key(finding: &Finding) -> Key {
    let at = finding.primary();
    (at.file.to_string(), at.bytes.start, finding.message.clone())
}

/// The findings of a whole check, but for the rules that compare pairs far apart.
fn whole(settings: &Settings, glossary: NamedGlossary) -> BTreeSet<Key> {
    let run = Run::with_glossary(settings.clone(), glossary).expect("a run over the pairs");
    let findings = run.check(&()).expect("the texts can be read").findings;
    let near = findings
        .iter()
        .filter(|f| find(f.rule).is_some_and(|rule| rule.corpus().is_none()));
    near.map(key).collect()
}

/// The findings that appear, or those that disappear.
fn keys(impact: &Impact, wrong: bool) -> BTreeSet<Key> {
    let reworded = impact.reworded.iter().map(|(old, new)| if wrong { new } else { old });
    let findings = if wrong { &impact.wrong } else { &impact.right };
    findings.iter().chain(reworded).map(key).collect()
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = ProcessTime::now();
    let result = work();
    (result, start.elapsed())
}

/// A table of pairs, no two alike: rows of the corpus with a sentence that names a concept of the glossary.
fn written_pairs(folder: &Path) -> PathBuf {
    let table = fs::read_to_string("corpus/briefing.tsv").expect("run from the root of the repository");
    let rows = table
        .lines()
        .skip(1)
        .filter_map(|line| line.split_once('\t')?.1.split_once('\t'));
    let rows: Vec<(&str, &str)> = rows.collect();
    let glossary = builtin();
    let concepts = glossary.concepts();
    let mut lines = "zh\ten\n".to_owned();
    for n in 0..PAIRS {
        let (zh, en) = rows[n % rows.len()];
        let concept = &concepts[n * 7919 % concepts.len()];
        let names = [concept.preferred_zh(), concept.preferred_en()].map(Option::unwrap_or_default);
        let _ = writeln!(
            lines,
            "{zh}第{n}号文件谈到{}。\t{en} Document {n} is about the {}.",
            names[0], names[1]
        );
    }
    let file = folder.join("pairs.tsv");
    fs::write(&file, lines).expect("the pairs can be written");
    file
}

/// The glossary with one of five kinds of edits of a concept.
fn edited(kind: usize, place: usize) -> NamedGlossary {
    let mut named = old();
    let mut concepts = named.glossary.into_concepts();
    let concept = &mut concepts[place];
    match kind % 5 {
        0 => {
            concept.en.iter_mut().for_each(|name| name.status = Status::Deprecated);
            concept
                .en
                .insert(0, Name::new("Name That Nobody Uses", Status::Preferred));
        }
        1 => {
            let shorter: String = concept.zh[0].text.chars().skip(1).collect();
            concept.zh.push(Name::new(shorter, Status::Admitted));
        }
        2 => drop(concepts.remove(place)),
        3 => concept.en.iter_mut().for_each(|name| name.status = Status::Forbidden),
        _ if concept.kind == Kind::Term => concept.kind = Kind::Place,
        _ => concept.kind = Kind::Term,
    }
    named.glossary = Glossary::new(concepts);
    named
}

fn old() -> NamedGlossary {
    load_glossary(&["glossary".into()]).expect("run from the root of the repository")
}
