//! Word documents from end to end: read, checked, and copied with comments.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::io::{Cursor, Read as _, Write as _};
use std::path::Path;
use std::process::{Command, Output};
use std::time::{Duration, Instant};

use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

const DOCUMENT: &str = "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>";
const RELATIONSHIPS: &str = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship \
    Id=\"r\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" \
    Target=\"word/document.xml\"/></Relationships>";
const TYPES: &str = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>";

fn package(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn docx(paragraphs: &[&str]) -> Vec<u8> {
    let paragraph = |text: &&str| format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>");
    let body: String = paragraphs.iter().map(paragraph).collect();
    let document = format!("{DOCUMENT}{body}</w:body></w:document>");
    package(&[
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", RELATIONSHIPS),
        ("word/document.xml", &document),
    ])
}

fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

fn check(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bilint"));
    let common = ["check", "--no-config", "--format", "concise"];
    command.args(common).args(args).current_dir(folder).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn a_copy_has_the_findings_as_comments_and_is_never_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let draft = docx(&["共有三家企业。", "There are four enterprises，in all."]);
    fs::write(folder.path().join("draft.docx"), &draft).unwrap();
    let output = check(folder.path(), &["--annotate", "copy.docx", "draft.docx"]);
    let findings = text(&output.stdout);
    assert!(
        findings.starts_with("draft.docx:2:11: error[number-mismatch]"),
        "{findings}"
    );
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(text(&output.stderr), "copy.docx: 2 comments\n");
    let copy = fs::read(folder.path().join("copy.docx")).unwrap();
    let body = part(&copy, "word/document.xml");
    assert!(
        body.contains("four</w:t></w:r><w:commentRangeEnd w:id=\"0\"/>"),
        "{body}"
    );
    assert!(part(&copy, "word/comments.xml").contains("Chinese: 共有三家企业。"));
    assert_eq!(fs::read(folder.path().join("draft.docx")).unwrap(), draft);

    let again = check(folder.path(), &["--annotate", "copy.docx", "draft.docx"]);
    assert_eq!(again.status.code(), Some(2));
    let message = text(&again.stderr);
    assert!(message.contains("copy.docx exists already"), "{message}");
    assert_eq!(fs::read(folder.path().join("copy.docx")).unwrap(), copy);

    let fixed = check(folder.path(), &["--fix", "draft.docx"]);
    assert_eq!(fixed.status.code(), Some(2));
    let message = text(&fixed.stderr);
    assert!(message.contains("Word files are never changed in place"), "{message}");
    assert_eq!(fs::read(folder.path().join("draft.docx")).unwrap(), draft);
}

#[test]
fn the_files_of_a_pair_are_copied_into_a_folder() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.zh.docx"), docx(&["共有三家企业。", "春天来了。"])).unwrap();
    let english = docx(&["There are four enterprises.", "Spring has come."]);
    fs::write(folder.path().join("a.en.docx"), english).unwrap();
    let refused = check(folder.path(), &["--annotate", "copy.docx", "a.zh.docx", "a.en.docx"]);
    let message = text(&refused.stderr);
    assert!(
        message.contains("2 files cannot have one copy") && message.contains("copy.docx/"),
        "{message}"
    );
    let output = check(folder.path(), &["--annotate", "copies/", "a.zh.docx", "a.en.docx"]);
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    let english = fs::read(folder.path().join("copies/a.en.docx")).unwrap();
    assert!(part(&english, "word/comments.xml").contains("number-mismatch"));
    let chinese = [folder.path().join("a.zh.docx"), folder.path().join("copies/a.zh.docx")];
    assert_eq!(fs::read(&chinese[0]).unwrap(), fs::read(&chinese[1]).unwrap());
}

#[test]
fn malicious_packages_are_refused_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let good = docx(&["我们开会。", "We meet."]);
    let with = |document: &str| {
        package(&[
            ("[Content_Types].xml", TYPES),
            ("_rels/.rels", RELATIONSHIPS),
            ("word/document.xml", document),
        ])
    };
    let laughs = "<!DOCTYPE a [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\">]><a>&b;</a>";
    let cases = [
        ("a document type is declared", with(laughs)),
        (
            "nested more than 1000 deep",
            with(&format!("{DOCUMENT}{}", "<w:sdt>".repeat(100_000))),
        ),
        ("more than 64 MiB", with(&" ".repeat(100 << 20))),
        ("leads out of it", package(&[("../../evil.xml", "<a/>")])),
        ("damaged, or no Office file", good[..good.len() / 2].to_vec()),
        ("without a password", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec()),
    ];
    for (expected, bytes) in cases {
        fs::write(folder.path().join("a.docx"), bytes).unwrap();
        let start = Instant::now();
        let output = check(folder.path(), &["a.docx"]);
        let message = text(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{expected}");
        assert!(
            message.starts_with("error: a.docx: ") && message.contains(expected),
            "{message}"
        );
        // Far more than it takes, for a busy machine.
        assert!(
            start.elapsed() < Duration::from_secs(20),
            "{expected}: {:?}",
            start.elapsed()
        );
    }
}
