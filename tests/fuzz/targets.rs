//! What is fuzzed: one function for each target, over any bytes. A target panics where bilint breaks a promise.
//!
//! `fuzz/main.rs` runs them under libFuzzer, `tests/fuzz.rs` over the seeds and a few mutations of them.

#[path = "packages.rs"]
mod packages;

use std::cell::RefCell;
use std::collections::HashMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::slice;
use std::sync::{Arc, OnceLock};

use bilint::align::{Aligner, Grain, Options, Unit};
use bilint::config::Config;
use bilint::document::{Block, Document};
use bilint::filter::baseline::Baseline;
use bilint::filter::decisions::{Decisions, merge};
use bilint::filter::waiver::{self, NewWaiver, Waivers};
use bilint::finding::{Finding, Fix};
use bilint::formats::decode::{decode, encode, encoding_for};
use bilint::formats::{File, of, plain_text, prose};
use bilint::glossary::load::{Format as GlossaryFormat, GlossaryFile, load_texts};
use bilint::language::quantity;
use bilint::output::{self, Format, Style};
use bilint::run::{AlignUnit, FixOptions, NamedGlossary, Run, RunReport, Settings};
use bilint::text::{Side, Source};
use quick_xml::events::Event;
use serde_json::Value;
use tempfile::TempDir;

/// A target: its name, and what it does with an input.
pub type Target = (&'static str, fn(&[u8]));

/// All targets.
pub const TARGETS: &[Target] = &[
    ("decoding", decoding),
    ("text", |bytes| read_alone("a.txt", bytes)),
    ("markdown", |bytes| read_alone("a.md", bytes)),
    ("mdx", |bytes| read_alone("a.mdx", bytes)),
    ("jsonl", |bytes| read_alone("a.jsonl", bytes)),
    ("csv", |bytes| read_alone("a.csv", bytes)),
    ("tsv", |bytes| read_alone("a.tsv", bytes)),
    ("po", |bytes| read_alone("a.po", bytes)),
    ("xliff", |bytes| read_alone("a.xlf", bytes)),
    ("tmx", |bytes| read_alone("a.tmx", bytes)),
    ("html", |bytes| read_alone("a.html", bytes)),
    ("srt", |bytes| read_alone("a.srt", bytes)),
    ("vtt", |bytes| read_alone("a.vtt", bytes)),
    ("two_subtitles", |bytes| read_two("a.srt", bytes)),
    ("word", packages::word),
    ("two_files", two_files),
    ("glossary_toml", |bytes| glossary(GlossaryFormat::Toml, bytes)),
    ("glossary_csv", |bytes| glossary(GlossaryFormat::Csv, bytes)),
    ("glossary_tsv", |bytes| glossary(GlossaryFormat::Tsv, bytes)),
    ("config", config),
    ("suppressions", suppressions),
    ("waivers", waivers),
    ("decisions", decisions),
    ("baseline", baseline),
    ("quantity", quantities),
    ("aligner", aligner),
    ("check", check),
    ("fixes", fixes),
    ("outputs", outputs),
    ("align_outputs", align_outputs),
];

/// The names under which a text is read where an input says which, by its first byte.
const NAMES: [&str; 8] = ["a.txt", "a.md", "a.jsonl", "a.csv", "a.tsv", "a.po", "a.xlf", "a.tmx"];

/// A format's file name and the rest of the input.
fn named(bytes: &[u8]) -> Option<(&'static str, &[u8])> {
    let (first, rest) = bytes.split_first()?;
    Some((NAMES[usize::from(first % 8)], rest))
}

fn file(name: &str, bytes: &[u8]) -> File {
    File {
        name: Arc::from(name),
        bytes: Box::new(std::io::Cursor::new(bytes.to_vec())),
        encoding: None,
        explicit: true,
    }
}

/// The documents that the reader of this name finds. Every error has a message of one line.
fn documents(name: &str, bytes: &[u8]) -> Vec<Document> {
    let format = of(Path::new(name)).unwrap_or_else(plain_text);
    let documents: Vec<Document> = format
        .read(file(name, bytes))
        .filter_map(|read| {
            read.map_err(|e| assert!(!e.to_string().is_empty(), "an error says what is wrong"))
                .ok()
        })
        .collect();
    documents.iter().for_each(assert_origins);
    documents
}

/// Every part of every block is at its place in its source.
fn assert_origins(document: &Document) {
    for block in document.zh.iter().chain(&document.en) {
        let source = &document.sources[block.origin.source];
        let whole = block.origin.span;
        assert!(source.text().get(whole.range()).is_some(), "a block outside its source");
        for piece in block.origin.pieces.iter() {
            let here = &block.text[piece.text..piece.text + piece.len];
            let there = &source.text()[piece.source..piece.source + piece.source_len];
            assert!(whole.start <= piece.source && piece.source + piece.source_len <= whole.end);
            // A run of another length is an escape.
            assert!(
                here == there || piece.len != piece.source_len || here.chars().count() == 1 || there.contains('\\')
            );
        }
        source.position(whole.start);
        source.position(whole.end);
    }
}

fn read_alone(name: &str, bytes: &[u8]) {
    documents(name, bytes);
}

/// What decodes is encoded again without loss, or not at all.
fn decoding(bytes: &[u8]) {
    let name = Arc::from("a.txt");
    for declared in [None, encoding_for("gb18030"), encoding_for("utf-16le")] {
        let Ok(decoded) = decode(&name, bytes.to_vec(), declared) else {
            continue;
        };
        if let Some(again) = encode(&decoded.text, decoded.encoding, decoded.bom) {
            let back = decode(&name, again, Some(decoded.encoding)).expect("what bilint encodes, it decodes");
            assert_eq!(back.text, decoded.text);
        }
    }
}

/// A Chinese and an English file of any format that belong together.
fn two_files(bytes: &[u8]) {
    if let Some((name, rest)) = named(bytes) {
        read_two(name, rest);
    }
}

/// A Chinese and an English file that belong together; a NUL ends the first.
fn read_two(name: &str, rest: &[u8]) {
    let format = of(Path::new(name)).expect("a format");
    let end = rest.iter().position(|&b| b == 0).unwrap_or(rest.len() / 2);
    let [zh, en] = [&rest[..end], &rest[(end + 1).min(rest.len())..]];
    let files = [(format, file("zh", zh)), (format, file("en", en))];
    if let Ok((document, _)) = prose::read_pair(files, true) {
        assert_origins(&document);
        report([document]);
    }
}

/// A glossary that loads finds its own names.
fn glossary(format: GlossaryFormat, bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let Ok(loaded) = load_texts(&[GlossaryFile::new(Source::new("glossary", text.as_ref()), format)]) else {
        return;
    };
    let mut checked = String::from("zh\ten\n");
    for concept in loaded.glossary.concepts().iter().take(20) {
        let [zh, en] = [&concept.zh, &concept.en].map(|names| {
            let first = names.first().map_or("", |name| &name.text);
            first.replace(['\t', '\n', '\r', '"'], " ")
        });
        let _ = writeln!(checked, "我们在{zh}开会。\tWe met at {en}.");
    }
    let named = NamedGlossary {
        glossary: loaded.glossary,
        name: "glossary".to_owned(),
        warnings: loaded.warnings,
    };
    let run = Run::with_glossary(all_rules(), named).expect("a run");
    let report = run.check_documents(documents("a.tsv", checked.as_bytes()).into_iter(), &());
    assert_places(&report.expect("a report"));
}

fn config(bytes: &[u8]) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("bilint.toml");
    fs::write(&path, bytes).expect("a file");
    match Config::load(&path, folder.path()) {
        Ok(config) => drop(
            Settings::from_config(config)
                .selection()
                .expect("rules that a configuration accepts exist"),
        ),
        Err(e) => assert!(!e.to_string().is_empty()),
    }
}

/// Comments in a text, and whether they hide findings or are findings themselves.
fn suppressions(bytes: &[u8]) {
    let Some((name, rest)) = named(bytes) else { return };
    let comments = String::from_utf8_lossy(rest);
    let text = match name {
        "a.md" | "a.txt" => {
            format!("我们在2023年开会。\n\nWe met in 2024.\n\n{comments}\n\n我们在3月开会。\n\nWe met in May.\n")
        }
        "a.po" => format!("{comments}\nmsgid \"We met in 2023.\"\nmsgstr \"我们在2024年开会。\"\n"),
        _ => format!("zh\ten\n{comments}\n我们在2023年开会。\tWe met in 2024.\n"),
    };
    let name = if name == "a.csv" || name == "a.jsonl" {
        "a.tsv"
    } else {
        name
    };
    report(documents(name, text.as_bytes()));
}

/// A file of waivers that is read is still read after one more was added.
fn waivers(bytes: &[u8]) {
    let source = Source::new("waivers.toml", String::from_utf8_lossy(bytes));
    if let Err(e) = Waivers::parse(&source) {
        assert!(!e.to_string().is_empty());
        return;
    }
    let waiver = NewWaiver {
        fingerprint: "0123456789abcdef".repeat(2),
        reason: source.text().to_owned(),
        who: String::new(),
        until: None,
        comment: source.text().to_owned(),
    };
    let added = waiver::add(source.text(), &[waiver]).expect("TOML");
    if let Err(e) = Waivers::parse(&Source::new("waivers.toml", added.as_str())) {
        panic!("{e}: {added}");
    }
}

/// Two reviewers with the same decisions agree.
fn decisions(bytes: &[u8]) {
    match Decisions::parse("decisions.json", &String::from_utf8_lossy(bytes)) {
        Ok(decisions) => {
            let once = merge(slice::from_ref(&decisions));
            assert_eq!(merge(&[decisions.clone(), decisions]).agreed, once.agreed);
        }
        Err(e) => assert!(!e.to_string().is_empty()),
    }
}

/// A baseline that loads is written as it was read.
fn baseline(bytes: &[u8]) {
    let folder = tempfile::tempdir().expect("a folder");
    let [first, second] = ["a.json", "b.json"].map(|name| folder.path().join(name));
    fs::write(&first, bytes).expect("a file");
    if let Ok(baseline) = Baseline::load(&first) {
        baseline.save(&second).expect("a baseline is written");
        assert_eq!(Baseline::load(&second).expect("what was written").len(), baseline.len());
    }
}

/// Every span of a quantity is one of the text.
fn quantities(bytes: &[u8]) {
    let text = &*String::from_utf8_lossy(bytes);
    let (zh, en) = (quantity::parse_zh(text), quantity::parse_en(text));
    for q in zh.iter().chain(&en) {
        assert!(text.get(q.span.range()).is_some() && text.get(q.figure.range()).is_some());
    }
    quantity::compare(text, &zh, text, &en);
}

/// Every unit is in exactly one bead.
fn aligner(bytes: &[u8]) {
    let Some((&first, rest)) = bytes.split_first() else {
        return;
    };
    let text = String::from_utf8_lossy(rest);
    let (zh, en): (Vec<_>, Vec<_>) = text
        .lines()
        .take(16)
        .partition(|line| line.chars().any(|c| c >= '\u{2e80}'));
    let [zh, en] = [zh, en].map(|lines| lines.into_iter().map(Unit::new).collect::<Vec<_>>());
    let options = Options {
        grain: if first & 1 == 0 {
            Grain::Paragraph
        } else {
            Grain::Sentence
        },
        interleaved: first & 2 != 0,
    };
    let beads = Aligner::default().align_units(&zh, &en, &options);
    for (side, len) in [(Side::Zh, zh.len()), (Side::En, en.len())] {
        let mut units: Vec<usize> = beads.iter().flat_map(|b| b.units[side].clone()).collect();
        units.sort_unstable();
        assert!(units.into_iter().eq(0..len), "a unit is lost, or in two beads");
    }
    assert!(beads.iter().all(|b| (0.0..=1.0).contains(&b.confidence)));
}

/// Settings in which every rule runs.
fn all_rules() -> Settings {
    Settings {
        select: vec!["all".to_owned()],
        ..Settings::default()
    }
}

/// The report of all rules on these documents.
fn report(documents: impl IntoIterator<Item = Document, IntoIter: Send>) -> RunReport {
    static RUN: OnceLock<Run> = OnceLock::new();
    let run = RUN.get_or_init(|| Run::new(all_rules()).expect("a run"));
    let report = run.check_documents(documents.into_iter(), &()).expect("a report");
    assert_places(&report);
    report
}

/// Writes a file and gives it to `work`, with a run of all rules over it. The run and the folder are made once for each
/// thread.
fn with_file<T>(name: &'static str, bytes: &[u8], work: impl FnOnce(&Run, &Path) -> T) -> T {
    thread_local! {
        static FOLDER: TempDir = tempfile::tempdir().expect("a folder");
        static RUNS: RefCell<HashMap<&'static str, Run>> = RefCell::default();
    }
    let path = FOLDER.with(|folder| folder.path().join(name));
    fs::write(&path, bytes).expect("a file");
    RUNS.with_borrow_mut(|runs| {
        let run = runs.entry(name).or_insert_with(|| {
            let settings = Settings {
                paths: vec![path.clone()],
                ..all_rules()
            };
            Run::new(settings).expect("a run")
        });
        work(run, &path)
    })
}

/// Labels are in order, and their excerpts contain them.
fn assert_places(report: &RunReport) {
    for label in report
        .findings
        .iter()
        .flat_map(|f| [f.zh.as_ref(), f.en.as_ref(), f.opposite.as_deref()])
        .flatten()
    {
        assert!(label.bytes.start <= label.bytes.end && label.chars.0 <= label.chars.1);
        assert!((label.start.line, label.start.column) <= (label.end.line, label.end.column));
        assert!(label.context.get(label.context_span.range()).is_some());
    }
}

fn check(bytes: &[u8]) {
    let Some((name, rest)) = named(bytes) else { return };
    report(documents(name, rest));
}

/// The blocks of a file in the order of the file.
fn blocks(documents: &[Document]) -> Vec<&Block> {
    let mut blocks: Vec<&Block> = documents.iter().flat_map(|d| d.zh.iter().chain(&d.en)).collect();
    blocks.sort_by_key(|b| b.origin.span);
    blocks
}

/// A fixed file is read as before, with other words only where a fix is; and fixing twice is fixing once.
fn fixes(bytes: &[u8]) {
    let Some((name, rest)) = named(bytes) else { return };
    let unsafe_fixes = bytes[0] & 8 != 0;
    with_file(name, rest, |run, path| fix_twice(run, path, unsafe_fixes));
}

fn fix_twice(run: &Run, path: &Path, unsafe_fixes: bool) {
    let name = path.to_str().expect("UTF-8");
    let options = FixOptions {
        unsafe_fixes,
        dry_run: true,
        ..FixOptions::default()
    };
    let outcome = run.fix(&options, &()).expect("an outcome");
    let Some(fixed) = outcome.files.first() else { return };
    let [before, after] = [&fixed.before, &fixed.after].map(|text| documents(name, text.as_bytes()));
    let fixes: Vec<&Fix> = outcome
        .report
        .findings
        .iter()
        .flat_map(|f: &Finding| &f.fixes)
        .collect();
    let [before, after] = [blocks(&before), blocks(&after)];
    assert_eq!(before.len(), after.len(), "a fix made or removed a block");
    for (old, new) in before.iter().zip(&after) {
        let is_fixed = fixes
            .iter()
            .any(|f| f.bytes.start <= old.origin.span.end && old.origin.span.start <= f.bytes.end);
        assert!(is_fixed || old.text == new.text, "{:?} became {:?}", old.text, new.text);
    }
    let options = FixOptions {
        dry_run: false,
        ..options
    };
    run.fix(&options, &()).expect("an outcome");
    let once = fs::read(path).expect("the file");
    let again = run.fix(&options, &()).expect("an outcome");
    assert_eq!(
        again.applied,
        0,
        "fixing again changed {}",
        String::from_utf8_lossy(&once)
    );
    assert_eq!(fs::read(path).expect("the file"), once);
}

/// Each format is well-formed, and places are those of the quoted text. The first line of an input is the file's name.
fn outputs(bytes: &[u8]) {
    let Some((name, rest)) = named(bytes) else { return };
    let end = rest.iter().position(|&b| b == b'\n').unwrap_or(rest.len());
    let title = String::from_utf8_lossy(&rest[..end]).replace('\0', "");
    let text = &rest[(end + 1).min(rest.len())..];
    let title = title.replace("%0A", "\n");
    if title.trim().is_empty() || title.starts_with('/') {
        return;
    }
    let format = of(Path::new(name)).expect("a format");
    let documents: Vec<Document> = format
        .read(File {
            name: Arc::from(title.as_str()),
            ..file(name, text)
        })
        .filter_map(Result::ok)
        .collect();
    let source = documents.first().and_then(|d| d.sources.first()).map(Arc::clone);
    let report = report(documents);
    if let (Some(source), "a.txt") = (source, name) {
        assert_quoted(source.text(), &report);
    }
    let emit = |format: Format| {
        let mut out = Vec::new();
        format
            .emitter(Style::new(false, Some(100)))
            .emit(&report, &mut out)
            .expect("memory");
        String::from_utf8(out).expect("UTF-8")
    };
    for format in [Format::Json, Format::Sarif, Format::Gitlab, Format::Rdjson] {
        serde_json::from_str::<Value>(&emit(format)).expect("JSON");
    }
    for format in [Format::Jsonl, Format::Rdjsonl] {
        emit(format)
            .lines()
            .for_each(|line| drop(serde_json::from_str::<Value>(line).expect("JSON in a line")));
    }
    for format in [Format::Junit, Format::Checkstyle] {
        read_xml(&emit(format));
    }
    for format in [Format::Text, Format::Concise, Format::Github, Format::Markdown] {
        let printed = emit(format);
        assert!(
            printed.chars().all(|c| c == '\n' || !c.is_control()),
            "{format:?} prints control characters"
        );
    }
    assert!(
        emit(Format::Github).lines().all(|line| line.starts_with("::")),
        "a line that is no command"
    );
    let concise = emit(Format::Concise);
    let lines = report
        .findings
        .iter()
        .filter(|f| concise.contains(&format!("[{}] ", f.rule)))
        .count();
    assert_eq!(lines, report.findings.len());
}

/// What labels quote is at their lines and columns.
fn assert_quoted(text: &str, report: &RunReport) {
    let lines: Vec<&str> = text.split('\n').collect();
    for label in report.findings.iter().flat_map(|f| [&f.zh, &f.en]).flatten() {
        if label.start.line == label.end.line {
            let line = lines[label.start.line - 1];
            let columns = label.end.column - label.start.column;
            let found: String = line.chars().skip(label.start.column - 1).take(columns).collect();
            assert_eq!(found, label.text);
            assert_eq!(
                &line[label.start.byte_column - 1..label.end.byte_column - 1],
                label.text
            );
        }
    }
}

fn read_xml(xml: &str) {
    let mut reader = quick_xml::Reader::from_str(xml);
    reader.config_mut().enable_all_checks(true);
    loop {
        match reader.read_event().expect("well-formed XML") {
            Event::Start(e) | Event::Empty(e) => e.attributes().for_each(|a| drop(a.expect("an attribute"))),
            Event::Eof => return,
            _ => {}
        }
    }
}

/// As [`outputs`], for the formats of `bilint align`.
fn align_outputs(bytes: &[u8]) {
    let Some((name, rest)) = named(bytes) else { return };
    let unit = if bytes[0] & 8 == 0 {
        AlignUnit::Paragraph
    } else {
        AlignUnit::Sentence
    };
    let alignments = with_file(name, rest, |run, _| run.align(unit, &()).expect("an alignment"));
    let write = |format| {
        let mut out = Vec::new();
        output::align::write(format, &alignments, &mut out).expect("memory");
        out
    };
    let print = |format| String::from_utf8(write(format)).expect("UTF-8");
    serde_json::from_str::<Value>(&print(output::align::Format::Json)).expect("JSON");
    for line in print(output::align::Format::Jsonl).lines() {
        serde_json::from_str::<Value>(line).expect("JSON in a line");
    }
    read_xml(&print(output::align::Format::Tmx));
    read_xml(&print(output::align::Format::Svg));
    let tsv = write(output::align::Format::Tsv);
    let mut table = csv::ReaderBuilder::new().delimiter(b'\t').from_reader(&*tsv);
    table
        .records()
        .for_each(|row| drop(row.expect("a row as long as the header")));
    for format in [
        output::align::Format::Text,
        output::align::Format::Beads,
        output::align::Format::Md,
    ] {
        print(format);
    }
    assert!(write(output::align::Format::Xlsx).starts_with(b"PK"));
}
