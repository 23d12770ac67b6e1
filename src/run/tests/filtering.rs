//! Filtering: what is kept comes out as it came in, and what is found is what `check` finds.

use std::collections::BTreeMap;
use std::io::Write;

use encoding_rs::{GB18030, UTF_8, UTF_16LE};

use super::*;
use crate::finding::Severity;
use crate::formats::decode::encode;
use crate::input::{Columns, Corpus};

pub(super) const OPTIONS: FilterOptions = FilterOptions {
    action: Action::Drop,
    severity: Severity::Error,
    samples: 2,
    skip_malformed: false,
};

/// Everything that is found.
pub(super) const ANNOTATE: FilterOptions = FilterOptions {
    action: Action::Annotate,
    severity: Severity::Note,
    ..OPTIONS
};

/// Right and wrong pairs.
const RIGHT: (&str, &str) = ("共有三家企业。", "There are three enterprises.");
const WRONG: (&str, &str) = ("共有三家企业。", "There are four enterprises.");

/// Collects the problems.
#[derive(Default)]
pub(super) struct Problems(pub(super) Mutex<Vec<String>>);

impl Observer for Problems {
    fn on_problem(&self, problem: &InputError) {
        self.0.lock().unwrap().push(problem.to_string());
    }
}

#[track_caller]
fn filtered(corpus: &Corpus, options: FilterOptions, outputs: usize) -> (Vec<Vec<u8>>, FilterReport, Vec<String>) {
    let run = Run::new(Settings::default()).unwrap();
    let problems = Problems::default();
    let mut bytes = vec![Vec::new(); outputs];
    let mut writers: Vec<&mut dyn Write> = bytes.iter_mut().map(|b| b as &mut dyn Write).collect();
    let reader = corpus.open(None).unwrap();
    let report = run.filter(reader, options, &mut writers, &problems).unwrap();
    (bytes, report, problems.0.into_inner().unwrap())
}

/// Filters a file with this name and content.
#[track_caller]
fn filter_bytes(name: &str, content: &[u8], options: FilterOptions) -> (Vec<u8>, FilterReport, Vec<String>) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, content).unwrap();
    let (mut bytes, report, problems) = filtered(&Corpus::Records(path), options, 1);
    let here = format!("{}/", folder.path().display());
    (
        bytes.remove(0),
        report,
        problems.iter().map(|p| p.replace(&here, "")).collect(),
    )
}

#[track_caller]
fn filter_text(name: &str, content: &str, options: FilterOptions) -> String {
    String::from_utf8(filter_bytes(name, content.as_bytes(), options).0).unwrap()
}

/// A corpus of many parts, with a fault here and there.
pub(super) fn many(pair: impl Fn(usize, &str, &str) -> String) -> Vec<String> {
    let text = |i: usize| match i % 7 {
        0 => (
            format!("共有{i}家企业。"),
            format!("There are {} enterprises.", 10_000 + i),
        ),
        1 => (
            format!("中国科学院举行第{i}次会议。"),
            format!("The Chinese Academy of Sciences held meeting No. {i}。"),
        ),
        2 => (format!("“第{i}号”文件"), format!("\"Document No. {i}\"")),
        _ => (
            format!("第{i}号文件今天公布。"),
            format!("Document No. {i} was published today."),
        ),
    };
    (1..4000)
        .map(text)
        .enumerate()
        .map(|(i, (zh, en))| pair(i, &zh, &en))
        .collect()
}

/// The rules that `check` finds in each record, by its number.
pub(super) fn checked(path: &Path) -> BTreeMap<usize, Vec<&'static str>> {
    let settings = Settings {
        paths: vec![path.to_owned()],
        ignore: vec!["term-inconsistent".to_owned(), "inconsistent-translation".to_owned()],
        ..Settings::default()
    };
    let report = Run::new(settings).unwrap().check(&()).unwrap();
    let mut rules: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
    for finding in report.findings {
        rules.entry(finding.pair.index).or_default().push(finding.rule);
    }
    for rules in rules.values_mut() {
        rules.sort_unstable();
        rules.dedup();
    }
    rules
}

#[test]
fn every_pair_has_the_findings_of_a_check() {
    let folder = tempfile::tempdir().unwrap();
    let tables = [
        (
            "a.tsv",
            "zh\ten\n".to_owned() + &many(|_, zh, en| format!("{zh}\t{en}\n")).concat(),
        ),
        (
            "a.csv",
            "zh,en\n".to_owned() + &many(|_, zh, en| format!("\"{zh}\n\",\"{}\"\n", en.replace('"', "\"\""))).concat(),
        ),
        (
            "a.jsonl",
            many(|i, zh, en| serde_json::json!({"id": i, "zh": zh, "en": en}).to_string() + "\n").concat(),
        ),
    ];
    for (name, content) in tables {
        let path = folder.path().join(name);
        fs::write(&path, &content).unwrap();
        let expected = checked(&path);
        assert!(expected.len() > 1000, "{name}: {}", expected.len());
        let annotated = filter_text(name, &content, ANNOTATE);
        let mut found = BTreeMap::new();
        let mut add = |n: usize, rules: Vec<String>| (!rules.is_empty()).then(|| found.insert(n, rules));
        if name.ends_with("jsonl") {
            for (n, line) in annotated.lines().enumerate() {
                let object: serde_json::Value = serde_json::from_str(line).unwrap();
                add(n, serde_json::from_value(object["bilint_rules"].clone()).unwrap());
            }
        } else {
            let separator = if name.ends_with("tsv") { b'\t' } else { b',' };
            let mut reader = csv::ReaderBuilder::new()
                .delimiter(separator)
                .quoting(name.ends_with("csv"))
                .from_reader(annotated.as_bytes());
            for (n, row) in reader.records().enumerate() {
                add(
                    n,
                    row.unwrap()[2]
                        .split(' ')
                        .filter(|r| !r.is_empty())
                        .map(str::to_owned)
                        .collect(),
                );
            }
        }
        let found: BTreeMap<usize, Vec<&str>> = found
            .iter()
            .map(|(n, rules)| (*n, rules.iter().map(String::as_str).collect()))
            .collect();
        assert_eq!(found, expected, "{name}");
    }
}

#[test]
fn what_is_kept_is_kept_byte_for_byte() {
    let lines = many(|_, zh, en| format!("{zh}\t{en}\r\n"));
    let rest = lines.iter().enumerate().filter(|(i, _)| (i + 1) % 7 != 0);
    let kept: String = "zh\ten\r\n".to_owned() + &rest.map(|(_, line)| line.as_str()).collect::<String>();
    let all = "zh\ten\r\n".to_owned() + &lines.concat();
    for (encoding, bom) in [(UTF_8, false), (UTF_8, true), (GB18030, false), (UTF_16LE, true)] {
        let bytes = |text: &str| encode(text, encoding, bom).unwrap();
        let (out, report, _) = filter_bytes("a.tsv", &bytes(&all), OPTIONS);
        assert!(out == bytes(&kept), "{}", encoding.name());
        assert_eq!((report.pairs, report.dropped, report.written), (3999, 571, 3428));
        assert_eq!(report.rules["number-mismatch"].pairs, 571);
        let (out, ..) = filter_bytes(
            "a.tsv",
            &bytes(&all),
            FilterOptions {
                action: Action::Keep,
                ..OPTIONS
            },
        );
        assert_eq!(
            out.len(),
            bytes(&all).len() - bytes(&kept).len() + bytes("zh\ten\r\n").len()
        );
    }
}

#[test]
fn comments_blank_lines_and_cells_of_several_lines_are_kept() {
    let table = "sep=;\nzh;en\n# bilint: a comment\n共有三家企业。;There are four enterprises.\n\n;\n\"共有\n三家企业。\";\"There are \"\"three\"\" enterprises.\"\n";
    assert_eq!(
        filter_text("a.csv", table, OPTIONS),
        table.replace("共有三家企业。;There are four enterprises.\n", "")
    );
    let annotated = "sep=;\nzh;en;bilint_rules;bilint_penalty\n# bilint: a comment\n共有三家企业。;There are four enterprises.;number-mismatch;5\n\n;;;0\n\"共有\n三家企业。\";\"There are \"\"three\"\" enterprises.\";;0\n";
    let annotate = FilterOptions {
        action: Action::Annotate,
        ..OPTIONS
    };
    assert_eq!(filter_text("a.csv", table, annotate), annotated);
}

#[test]
fn objects_get_two_more_keys_and_documents_are_judged_as_a_whole() {
    let lines = "{\"zh\": \"共有三家企业。\", \"en\": \"There are four enterprises.\", \"n\": {}} \n\n\
                 {\"zh\": [\"共有三家企业。\", \"开放科学\"], \"en\": [\"There are three enterprises.\", \"Open science\"]}\n\
                 {\"zh\": [\"共有三家企业。\", \"开放科学\"], \"en\": [\"There are four enterprises.\", \"Open science\"]}";
    let annotate = FilterOptions {
        action: Action::Annotate,
        ..OPTIONS
    };
    let wrong = ", \"bilint_rules\": [\"number-mismatch\"], \"bilint_penalty\": 5}";
    let parts: Vec<&str> = lines.split('\n').collect();
    assert_eq!(
        filter_text("a.jsonl", lines, annotate),
        [
            parts[0].replace("}} ", &format!("}}{wrong} ")),
            String::new(),
            parts[2].replace("]}", "], \"bilint_rules\": [], \"bilint_penalty\": 0}"),
            parts[3].replace("]}", &format!("]{wrong}")),
        ]
        .join("\n")
    );
    assert_eq!(filter_text("a.jsonl", lines, OPTIONS), format!("\n{}\n", parts[2]));
}

#[test]
fn malformed_rows_are_left_out_and_reported_unless_they_are_skipped() {
    let right = format!("{}\t{}\n", RIGHT.0, RIGHT.1);
    let mut table = format!("zh\ten\n{right}no tab\n{right}").into_bytes();
    table.extend(b"\xff\tx\n");
    table.extend(right.as_bytes());
    let (out, report, problems) = filter_bytes("a.tsv", &table, OPTIONS);
    assert_eq!(
        String::from_utf8(out).unwrap(),
        format!("zh\ten\n{right}{right}{right}")
    );
    assert_eq!((report.pairs, report.malformed), (3, 2));
    assert_eq!(
        problems,
        [
            "a.tsv:3:1: this line has one field only; the separator is missing; this record is left out",
            "a.tsv:5:1: broken UTF-8 at byte 115 of the file; restore the text there, or name the file's encoding with --encoding"
        ]
    );
    let skip = FilterOptions {
        skip_malformed: true,
        ..OPTIONS
    };
    let (_, report, problems) = filter_bytes("a.tsv", &table, skip);
    assert_eq!((report.malformed, problems.len()), (2, 0));
}

#[test]
fn columns_without_a_header_are_lines_and_quotation_marks_are_text() {
    let (right, wrong) = (
        format!("\"{}\t{}\tx\n", RIGHT.1, RIGHT.0),
        format!("\"{}\t\"{}\n", WRONG.1, WRONG.0),
    );
    let folder = folder(&[("a.txt", &format!("{right}{wrong}\t\n{right}one\n"))]);
    for names in ["source,target", "en,zh"] {
        let columns = Columns::read(names.split(',')).unwrap();
        let corpus = Corpus::Columns(folder.path().join("a.txt"), columns);
        let (out, report, problems) = filtered(&corpus, OPTIONS, 1);
        assert_eq!(String::from_utf8_lossy(&out[0]), format!("{right}\t\n{right}"));
        assert_eq!((report.pairs, report.malformed), (3, 1));
        assert!(
            problems[0]
                .ends_with("a.txt:5:1: this line has 1 of at least 2 columns between tabs; this record is left out")
        );
    }
}

#[test]
fn two_files_pair_line_by_line_whichever_is_chinese() {
    // The Chinese lines are far longer, so that the parts of the files end at different lines.
    let far = |i: usize, zh: &str| format!("{zh}{}", "字".repeat(if i.is_multiple_of(3) { 60 } else { 0 }));
    let zh = many(|i, zh, _| far(i, zh) + "\n");
    let en = many(|_, _, en| format!("{en}\r\n"));
    let folder = folder(&[("a.x", &zh.concat()), ("a.y", en.concat().trim_end())]);
    let paths = ["a.x", "a.y"].map(|name| folder.path().join(name));
    let rows: Vec<String> = zh
        .iter()
        .zip(&en)
        .map(|(z, e)| format!("{}\t{e}", z.trim_end()))
        .collect();
    let table = format!("zh\ten\n{}", rows.concat());
    let (expected, in_table, _) = filter_bytes("a.tsv", table.as_bytes(), OPTIONS);
    let (out, report, _) = filtered(&Corpus::Lines(paths.clone()), OPTIONS, 2);
    assert_eq!((report.pairs, report.written), (in_table.pairs, in_table.written));
    let lines = |bytes: &[u8]| -> Vec<String> { String::from_utf8_lossy(bytes).lines().map(str::to_owned).collect() };
    let (out_zh, out_en) = (lines(&out[0]), lines(&out[1]));
    let rows: Vec<String> = out_zh
        .iter()
        .zip(&out_en)
        .map(|(z, e)| format!("{z}\t{e}\r\n"))
        .collect();
    assert!(format!("zh\ten\n{}", rows.concat()) == String::from_utf8(expected).unwrap());
    let [x, y] = paths;
    let (swapped, ..) = filtered(&Corpus::Lines([y.clone(), x]), OPTIONS, 2);
    assert!(swapped[0] == out[1] && swapped[1] == out[0]);

    let short = folder.path().join("short");
    fs::write(&short, "一\n二\n").unwrap();
    let run = Run::new(Settings::default()).unwrap();
    let reader = Corpus::Lines([short, y]).open(None).unwrap();
    let error = run.filter(reader, OPTIONS, &mut [], &()).unwrap_err().to_string();
    assert!(error.contains("ends after line 2, and"), "{error}");
}

#[test]
fn samples_do_not_depend_on_the_order() {
    let lines = many(|_, zh, en| format!("{zh}\t{en}\n"));
    let report = |lines: &mut dyn Iterator<Item = &String>| {
        let table: String = "zh\ten\n".to_owned() + &lines.map(String::as_str).collect::<String>();
        let report = filter_bytes("a.tsv", table.as_bytes(), OPTIONS).1;
        let samples = report.rules["number-mismatch"].samples.values();
        samples.map(|s| s.zh.clone()).collect::<Vec<_>>()
    };
    let samples = report(&mut lines.iter());
    assert_eq!(samples.len(), 2);
    assert_eq!(report(&mut lines.iter().rev()), samples);
}

#[test]
fn rules_that_compare_pairs_are_refused_by_name() {
    let run = |select: &str| {
        let select = vec![select.to_owned()];
        let settings = Settings {
            select,
            ..Settings::default()
        };
        Run::new(settings).unwrap().record_checker().map(drop)
    };
    assert!(matches!(
        run("inconsistent-translation"),
        Err(RunError::ComparesPairs("inconsistent-translation"))
    ));
    assert!(run("all").is_ok());
}

#[test]
fn other_files_are_refused() {
    let folder = folder(&[("a.md", "开放\n"), ("a.corpus", "开放\tOpen\n"), ("a.tsv", "")]);
    let open = |name: &str| Corpus::Records(folder.path().join(name)).open(None);
    for name in ["a.md", "a.corpus"] {
        let error = open(name).err().unwrap().to_string();
        assert!(error.contains("name the columns with --columns"), "{error}");
    }
    let empty = open("a.tsv").unwrap().next_chunk().unwrap_err().to_string();
    assert!(empty.contains("the file is empty"), "{empty}");
}
