//! `--section`, `--lines`: what a part of a text reports, on both sides.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::process::{Command, Output};

use tempfile::TempDir;

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

fn bilint(folder: &TempDir, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bilint"));
    command.args(args).current_dir(folder.path()).output().unwrap()
}

/// The places of the findings of a check with these arguments, without the columns.
fn places(folder: &TempDir, args: &[&str]) -> Vec<String> {
    let all = [&["check", "--no-config", "--format", "concise", "--quiet"], args].concat();
    let output = bilint(folder, &all);
    assert_ne!(
        output.status.code(),
        Some(2),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let output = String::from_utf8(output.stdout).unwrap();
    let place = |line: &str| line.splitn(3, ':').take(2).collect::<Vec<_>>().join(":");
    output.lines().map(place).collect()
}

fn failure(folder: &TempDir, args: &[&str]) -> String {
    let output = bilint(folder, &[&["check", "--no-config"], args].concat());
    assert_eq!(output.status.code(), Some(2));
    String::from_utf8(output.stderr).unwrap()
}

const SCRIPT: &str = "\
【序】（12字）
共有三家企业。
There are four enterprises.

【正文】
第一章 总则
Chapter 1 General Provisions
共有五所学校。
There are six schools.
第二章 附则
Chapter 2 Supplementary Provisions
共有七个城市。
There are eight cities.
";

#[test]
fn a_section_ends_at_the_next_heading_of_its_rank() {
    let folder = folder(&[("script.txt", SCRIPT)]);
    assert_eq!(
        places(
            &folder,
            &["--section", "序", "--select", "number-mismatch", "script.txt"]
        ),
        ["script.txt:3"]
    );
    let select = ["--select", "number-mismatch", "script.txt"];
    let section = |name: &str| places(&folder, &[&["--section", name], &select[..]].concat());
    assert_eq!(section("正文"), ["script.txt:9", "script.txt:13"]);
    assert_eq!(section("第一章"), ["script.txt:9"]);
    assert_eq!(section("supplementary"), ["script.txt:13"]);
    let both = ["--section", "序", "--section", "chapter 2"];
    assert_eq!(
        places(&folder, &[&both, &select[..]].concat()),
        ["script.txt:3", "script.txt:13"]
    );
    assert_eq!(
        places(&folder, &[&["--lines", "8"], &select[..]].concat()),
        ["script.txt:9"]
    );
    let message = failure(&folder, &["--section", "第九章", "script.txt"]);
    assert!(message.contains("no heading contains “第九章”"), "{message}");
    let baseline = [
        "--baseline",
        "b.json",
        "--update-baseline",
        "--lines",
        "3",
        "script.txt",
    ];
    assert!(failure(&folder, &baseline).contains("whole texts"));
    assert!(failure(&folder, &["--lines", "90-", "script.txt"]).contains("no text is on these lines"));
    assert!(failure(&folder, &["--pages", "1", "script.txt"]).contains("the pages are not known"));
}

const CHINESE: &str = "\
# 甲

共有三家企业，都在上海，去年一起参加了会议。

# 乙

共有五所学校，都在北京，今年新建了图书馆。

## 丙

共有七个城市，都在海边，渔业十分发达。

# 丁

会议到此结束，谢谢大家的参与。
";

const ENGLISH: &str = "\
# A

There are four enterprises, all in Shanghai, which attended the meeting together last year.

# B

There are six schools, all in Beijing, which built new libraries this year.

Nobody knows why the weather was so bad on that particular Thursday afternoon.

## C

There are eight cities, all by the sea, where fishing is highly developed.

# D

This is the end of the meeting; thank you all for taking part.
";

#[test]
fn both_files_of_a_text_are_restricted_and_what_was_added_belongs_to_its_surroundings() {
    let folder = folder(&[("a.zh.md", CHINESE), ("a.en.md", ENGLISH)]);
    let names = ["a.zh.md", "a.en.md"];
    let all = places(&folder, &names);
    assert_eq!(all, ["a.en.md:3", "a.en.md:7", "a.en.md:9", "a.en.md:13"]);
    let part = |args: &[&str]| places(&folder, &[args, &names[..]].concat());
    assert_eq!(part(&["--section", "乙"]), ["a.en.md:7", "a.en.md:9", "a.en.md:13"]);
    assert_eq!(part(&["--section", "B"]), ["a.en.md:7", "a.en.md:9", "a.en.md:13"]);
    assert_eq!(part(&["--section", "丙"]), ["a.en.md:13"]);
    // Lines of the Chinese file: the added paragraph is between lines 7 and 9.
    assert_eq!(part(&["--lines", "7-9"]), ["a.en.md:7", "a.en.md:9"]);
    assert_eq!(part(&["--lines", "7"]), ["a.en.md:7"]);
    assert_eq!(part(&["--lines", "3,11-"]), ["a.en.md:3", "a.en.md:13"]);
}

#[test]
fn a_review_shows_the_part_alone() {
    let folder = folder(&[("a.zh.md", CHINESE), ("a.en.md", ENGLISH)]);
    let output = bilint(
        &folder,
        &["review", "--no-config", "--section", "丙", "a.zh.md", "a.en.md"],
    );
    assert_eq!(
        String::from_utf8(output.stdout).unwrap(),
        "review.html: 1 finding in 2 pairs\n"
    );
    let page = fs::read_to_string(folder.path().join("review.html")).unwrap();
    assert!(page.contains("渔业十分发达"), "the section is there");
    assert!(!page.contains("今年新建了图书馆"), "the section above is not");
}
