//! A text has the same findings in every format of strings and of records, and a fix changes nothing but the string.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod repository;
#[path = "strings/writers.rs"]
mod writers;

use std::fs;
use std::path::Path;
use std::sync::Arc;

use parquet::data_type::{ByteArray, ByteArrayType};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;
use serde_json::Value;

use repository::bilint;
use writers::{FORMATS, Files, Format, Text};

/// Strings of a program and their translations, some of them wrong, with characters that formats escape.
const PROGRAM: [[&str; 2]; 23] = [
    ["Open the file", "打开文件"],
    ["Save “%s” & close <b>it</b>", "保存“%s”并关闭<b>它</b>"],
    ["The folder holds 500 files.", "该文件夹有 5000 个文件。"],
    ["Retry in 15 minutes", "请在 15 小时后重试"],
    ["It's not \"ready\" yet.", "它还没有“准备好”。"],
    ["Waiting for {name}", "正在等待 {nmae}"],
    ["Copy C:\\Temp to %1$s", "将 C:\\Temp 复制到 %1$s"],
    ["Don't ask again", "不再询问"],
    ["The backup has not been verified.", "备份已通过验证。"],
    [
        "Version 2.5 was released on 3 May 2024.",
        "2.5 版于 2024 年 5 月 4 日发布。",
    ],
    ["Use at least 8 characters.", "请至少使用 8 个字符。"],
    ["Shared with 3 people", "已与 3 人共享"],
    ["Delete <i>all</i> messages?", "删除所有消息？"],
    ["The file is too large (limit: 20 MB).", "文件过大（上限为 20 GB）。"],
    ["Sign in with your account", "使用您的账户登录"],
    [
        "Please restart the program after you install the update.",
        "Please restart the program after you install the update.",
    ],
    ["See https://example.org/help", "请参阅 https://example.org/hlep"],
    ["Sent on Monday", "星期二发送"],
    ["Battery at 80%", "电量 80%"],
    ["Connect %d of %d devices", "连接 %d 台设备，共 %d 台"],
    ["It's \"closed\" after 30 seconds.", "它在“20 秒”后\"关闭\"。"],
    [
        "The “C:\\Temp” folder's 20 files & folders",
        "“C:\\临时”有 30 个文件 & 文件夹",
    ],
    ["<b>12</b> days > 2 weeks", "<b>14</b> 天 > 2 周"],
];

/// The strings of a program, from English into Chinese.
fn program() -> Text {
    let strings = (0..).zip(PROGRAM);
    Text {
        languages: ["en", "zh"],
        strings: strings
            .map(|(n, pair)| (format!("k{n}"), pair.map(str::to_owned)))
            .collect(),
    }
}

/// The records of `text`, in JSON Lines, from one language into the other.
fn records(lines: &str, languages: [&'static str; 2]) -> Text {
    let string = |(n, line): (usize, &str)| {
        let record: Value = serde_json::from_str(line).unwrap();
        (
            format!("k{n}"),
            languages.map(|language| record[language].as_str().unwrap().to_owned()),
        )
    };
    Text {
        languages,
        strings: lines.lines().enumerate().map(string).collect(),
    }
}

/// The 60 pairs of `tests/texts/pairs.jsonl`, twelve with an error.
fn sixty(languages: [&'static str; 2]) -> Text {
    records(include_str!("texts/pairs.jsonl"), languages)
}

fn write(folder: &Path, files: &Files) {
    for (name, content) in files {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
}

/// What `check` with these arguments prints about a folder.
fn check(folder: &Path, languages: [&str; 2], args: &[&str]) -> Vec<u8> {
    let glossary = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/corpus/glossary.tsv");
    let direction = languages.join("-");
    let common = [
        "check",
        "--no-config",
        "--glossary",
        glossary,
        "--direction",
        &direction,
    ];
    let output = bilint(folder, &[&common[..], args, &["."]].concat());
    assert!(output.status.code() != Some(2), "{}", repository::text(&output.stderr));
    output.stdout
}

/// The part of a text between two places, each a 1-based line and column in code points.
fn part(text: &str, label: &Value) -> String {
    let offset = |line: &str, column: &str| {
        let [line, column] = [line, column].map(|key| label[key].as_u64().unwrap() as usize - 1);
        let before: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
        before + text[before..].chars().take(column).map(char::len_utf8).sum::<usize>()
    };
    text[offset("line", "column")..offset("end_line", "end_column")].to_owned()
}

/// The findings about a text in a format: rule, severity, and what is marked in both languages. What is in the file at each
/// place means that text.
fn findings(text: &Text, &(name, writer, meaning): &Format) -> Vec<[String; 4]> {
    let folder = tempfile::tempdir().unwrap();
    let files = writer(text);
    write(folder.path(), &files);
    let report = check(folder.path(), text.languages, &["--format", "json"]);
    let report: Value = serde_json::from_slice(&report).unwrap();
    assert_eq!(report["summary"]["pairs"], text.strings.len(), "{name}");
    let mut out: Vec<[String; 4]> = Vec::new();
    for finding in report["findings"].as_array().unwrap() {
        let [zh, en] = ["zh", "en"].map(|side| {
            let label = &finding[side];
            let Some(marked) = label["text"].as_str() else {
                return String::new();
            };
            let file = label["file"].as_str().unwrap();
            let (_, content) = files.iter().find(|(name, _)| name == file).unwrap();
            assert_eq!(meaning(&part(content, label)), marked, "{name}: {finding}");
            marked.to_owned()
        });
        // The reader is sent to the translation.
        let first = &finding[text.languages[usize::from(!finding[text.languages[1]].is_null())]];
        assert_eq!(finding["file"], first["file"], "{name}");
        let [rule, severity] = ["rule", "severity"].map(|key| finding[key].as_str().unwrap().to_owned());
        out.push([rule, severity, zh, en]);
    }
    out.sort();
    out
}

/// The files of a text after `check --unsafe-fixes`.
fn fixed(text: &Text, &(_, writer, _): &Format) -> Files {
    let folder = tempfile::tempdir().unwrap();
    let mut files = writer(text);
    write(folder.path(), &files);
    check(folder.path(), text.languages, &["--unsafe-fixes", "--quiet"]);
    for (name, content) in &mut files {
        *content = fs::read_to_string(folder.path().join(name)).unwrap();
    }
    files
}

#[test]
fn every_format_has_the_same_findings() {
    for (text, least) in [(program(), 8), (sixty(["zh", "en"]), 12), (sixty(["en", "zh"]), 8)] {
        let expected = findings(&text, &FORMATS[0]);
        assert!(expected.len() >= least, "{expected:?}");
        for format in &FORMATS[1..] {
            assert_eq!(findings(&text, format), expected, "{} {:?}", format.0, text.languages);
        }
    }
}

#[test]
fn a_fix_changes_the_string_and_nothing_else() {
    for (text, least) in [(program(), 4), (sixty(["zh", "en"]), 2), (sixty(["en", "zh"]), 2)] {
        let right = records(&fixed(&text, &FORMATS[0])[0].1, text.languages);
        let changed = text.strings.iter().zip(&right.strings).filter(|(a, b)| a != b).count();
        assert!(changed >= least, "{changed}");
        for format in &FORMATS[1..] {
            assert_eq!(
                fixed(&text, format),
                format.1(&right),
                "{} {:?}",
                format.0,
                text.languages
            );
        }
    }
}

/// The findings of `filter` by rule, with samples of all of them.
fn filtered(folder: &Path, file: &str) -> Value {
    let args = [
        "filter",
        "--no-config",
        "--severity",
        "note",
        "--samples",
        "100",
        "--quiet",
        "--report",
        "r.json",
    ];
    let out = format!("out-{file}");
    let output = bilint(folder, &[&args[..], &["--output", &out, file]].concat());
    assert!(output.status.success(), "{}", repository::text(&output.stderr));
    let report = fs::read(folder.join("r.json")).unwrap();
    serde_json::from_slice::<Value>(&report).unwrap()["rules"].take()
}

#[test]
fn filter_finds_in_parquet_what_it_finds_in_records() {
    let folder = tempfile::tempdir().unwrap();
    let text = sixty(["zh", "en"]);
    let schema = parse_message_type("message m { required binary zh (STRING); required binary en (STRING); }").unwrap();
    let file = fs::File::create(folder.path().join("a.parquet")).unwrap();
    let mut writer = SerializedFileWriter::new(file, Arc::new(schema), Arc::default()).unwrap();
    let mut group = writer.next_row_group().unwrap();
    for side in 0..2 {
        let texts = text
            .strings
            .iter()
            .map(|(_, pair)| ByteArray::from(pair[side].as_str()));
        let mut column = group.next_column().unwrap().unwrap();
        let batch: Vec<ByteArray> = texts.collect();
        column.typed::<ByteArrayType>().write_batch(&batch, None, None).unwrap();
        column.close().unwrap();
    }
    group.close().unwrap();
    writer.close().unwrap();
    write(folder.path(), &FORMATS[0].1(&text));
    let found = filtered(folder.path(), "a.parquet");
    assert!(found["date-mismatch"]["samples"][0]["zh"].is_string(), "{found}");
    assert_eq!(found, filtered(folder.path(), "a.jsonl"));
}
