//! Word documents from end to end: read, checked, and copied with comments.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fmt::Write as _;
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

    // The copy has these comments already.
    check(folder.path(), &["--annotate", "second.docx", "copy.docx"]);
    let second = fs::read(folder.path().join("second.docx")).unwrap();
    assert_eq!(part(&second, "word/comments.xml"), part(&copy, "word/comments.xml"));
    assert_eq!(part(&second, "word/document.xml"), body);

    let fixed = check(folder.path(), &["--fix", "draft.docx"]);
    assert_eq!(fixed.status.code(), Some(2));
    let message = text(&fixed.stderr);
    assert!(message.contains("Word files are never changed in place"), "{message}");
    assert_eq!(fs::read(folder.path().join("draft.docx")).unwrap(), draft);
}

#[test]
fn fixes_are_written_into_a_copy() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let draft = docx(&["共有3家企业。", "There are 4 enterprises，in all."]);
    fs::write(path("draft.docx"), &draft).unwrap();
    let diff = check(folder.path(), &["--diff", "draft.docx"]);
    let changed = "-There are 4 enterprises，in all.\n+There are 4 enterprises, in all.\n";
    assert!(text(&diff.stdout).contains(changed), "{}", text(&diff.stdout));

    let output = check(folder.path(), &["--write-to", "plain.docx", "draft.docx"]);
    assert_eq!(text(&output.stderr), "plain.docx: 1 fix applied\n");
    assert_eq!(output.status.code(), Some(1));
    let plain = part(&fs::read(path("plain.docx")).unwrap(), "word/document.xml");
    assert!(plain.contains("There are 4 enterprises, in all."), "{plain}");

    let args = [
        "--unsafe-fixes",
        "--write-to",
        "copies/",
        "--track-changes",
        "draft.docx",
    ];
    let output = check(folder.path(), &args);
    assert_eq!(text(&output.stderr), "copies/draft.docx: 2 fixes applied\n");
    let tracked = part(&fs::read(path("copies/draft.docx")).unwrap(), "word/document.xml");
    assert!(
        tracked.contains("<w:delText xml:space=\"preserve\">4</w:delText>"),
        "{tracked}"
    );
    assert!(tracked.contains("<w:t xml:space=\"preserve\">3</w:t>"), "{tracked}");
    assert_eq!(text(&check(folder.path(), &["copies/draft.docx"]).stdout), "");

    let again = check(folder.path(), &args);
    assert_eq!(again.status.code(), Some(2));
    assert!(
        text(&again.stderr).contains("exists already"),
        "{}",
        text(&again.stderr)
    );
    assert_eq!(fs::read(path("draft.docx")).unwrap(), draft);
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

/// Text in the comment that is answered, whether it is resolved, author and text of each answer.
type Answered<'a> = (&'a str, bool, &'a [(&'a str, &'a str)]);

/// A copy with comments as Word saves it after people answered.
fn answered(copy: &[u8], answers: &[Answered<'_>]) -> Vec<u8> {
    const W14: &str = "xmlns:w14=\"http://schemas.microsoft.com/office/word/2010/wordml\"";
    let comments = part(copy, "word/comments.xml");
    let (mut list, mut states, mut ids) = (String::new(), String::new(), 100..);
    for comment in comments.split_inclusive("</w:comment>") {
        let Some((_, is_resolved, replies)) = answers.iter().find(|(needle, ..)| comment.contains(needle)) else {
            list.push_str(comment);
            continue;
        };
        // The last paragraph of a comment is the one that names it.
        let last = comment.rfind("<w:p>").unwrap();
        let id = ids.next().unwrap();
        let _ = write!(
            list,
            "{}<w:p {W14} w14:paraId=\"{id:08X}\">{}",
            &comment[..last],
            &comment[last + "<w:p>".len()..]
        );
        let done = u8::from(*is_resolved);
        let _ = write!(states, "<x:commentEx x:paraId=\"{id:08X}\" x:done=\"{done}\"/>");
        for (author, text) in *replies {
            let reply = ids.next().unwrap();
            let _ = write!(
                list,
                "<w:comment w:id=\"{reply}\" w:author=\"{author}\"><w:p {W14} w14:paraId=\"{reply:08X}\"><w:r><w:t>{text}</w:t></w:r></w:p></w:comment>"
            );
            let _ = write!(
                states,
                "<x:commentEx x:paraId=\"{reply:08X}\" x:paraIdParent=\"{id:08X}\" x:done=\"{done}\"/>"
            );
        }
    }
    // The end tag of the list belongs after the answers.
    let list = list.replace("</w:comments>", "") + "</w:comments>";
    let relationships = part(copy, "word/_rels/document.xml.rels").replace(
        "</Relationships>",
        "<Relationship Id=\"states\" Type=\"http://schemas.microsoft.com/office/2011/relationships/commentsExtended\" \
         Target=\"commentsExtended.xml\"/></Relationships>",
    );
    let states = format!(
        "<x:commentsEx xmlns:x=\"http://schemas.microsoft.com/office/word/2012/wordml\">{states}</x:commentsEx>"
    );
    package(&[
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", RELATIONSHIPS),
        ("word/document.xml", &part(copy, "word/document.xml")),
        ("word/_rels/document.xml.rels", &relationships),
        ("word/comments.xml", &list),
        ("word/commentsExtended.xml", &states),
    ])
}

#[test]
fn answers_to_comments_come_back_as_decisions() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let bilint = |args: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_bilint"));
        command.args(args).current_dir(folder.path()).output().unwrap()
    };
    let draft = docx(&[
        "共有三家企业参加。",
        "Four enterprises took part.",
        "第十九次峰会在北京举行。",
        "The 20th summit was held in Beijing.",
        "参加者有1200人。",
        "There were 1,300 participants.",
        "预算为5亿元。",
        "The budget is 5 million yuan.",
        "会期为三天。",
        "The meeting lasts for four days.",
    ]);
    fs::write(path("draft.docx"), &draft).unwrap();
    let output = check(folder.path(), &["--annotate", "copy.docx", "draft.docx"]);
    assert_eq!(
        text(&output.stderr),
        "copy.docx: 5 comments\n",
        "{}",
        text(&output.stdout)
    );
    let copy = answered(
        &fs::read(path("copy.docx")).unwrap(),
        &[
            ("三家", true, &[]),
            (
                "第十九次",
                false,
                &[("Li", "Is this right?"), ("Wang", "Not an error: counted since 1999")],
            ),
            ("1200", true, &[("Li", "The organizers say 1,300, until 2099-12-31")]),
            ("5亿", false, &[("Wang", "Who knows?")]),
        ],
    );
    fs::write(path("copy.docx"), &copy).unwrap();
    let apply = [
        "review",
        "draft.docx",
        "--no-config",
        "--apply",
        "copy.docx",
        "--waivers",
        "waivers.toml",
    ];
    let output = bilint(&apply);
    assert_eq!(text(&output.stderr), "");
    let printed = text(&output.stdout);
    assert!(
        printed.starts_with("waivers.toml: 2 findings waived\nTo correct by hand:\n  copy.docx:2: number-mismatch: "),
        "{printed}"
    );
    assert!(
        printed.contains("Answers that decide nothing:\n  copy.docx:8: scale-mismatch: "),
        "{printed}"
    );
    assert!(printed.contains("    Wang: Who knows?\n"), "{printed}");
    assert_eq!(output.status.code(), Some(1));
    let waivers = fs::read_to_string(path("waivers.toml")).unwrap();
    assert!(
        waivers.contains("reason = \"not an error: counted since 1999\"\nwho = \"Wang\"\n"),
        "{waivers}"
    );
    assert!(
        waivers.contains("reason = \"The organizers say 1,300\"\nwho = \"Li\"\nuntil = \"2099-12-31\"\n"),
        "{waivers}"
    );

    // The waived findings are silent; what is decided twice is decided once.
    let left = check(folder.path(), &["--waivers", "waivers.toml", "draft.docx"]);
    assert_eq!(
        text(&left.stdout)
            .lines()
            .filter(|l| l.starts_with("draft.docx"))
            .count(),
        3,
        "{}",
        text(&left.stdout)
    );
    let again = bilint(&apply);
    assert!(
        text(&again.stdout).starts_with("To correct by hand:\n"),
        "{}",
        text(&again.stdout)
    );
    assert_eq!(fs::read_to_string(path("waivers.toml")).unwrap(), waivers);
    assert_eq!(fs::read(path("draft.docx")).unwrap(), draft);
}

#[test]
fn what_was_accepted_is_written_into_a_copy() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let draft = docx(&["共有3家企业。", "There are 4 enterprises，in all."]);
    fs::write(path("draft.docx"), &draft).unwrap();
    check(folder.path(), &["--annotate", "copy.docx", "draft.docx"]);
    let answers: [Answered<'_>; 2] = [
        ("number-mismatch", false, &[("Li", "OK")]),
        ("fullwidth-punctuation", false, &[("Li", "Keep: house style")]),
    ];
    let copy = answered(&fs::read(path("copy.docx")).unwrap(), &answers);
    fs::write(path("copy.docx"), copy).unwrap();
    let review = |more: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_bilint"));
        let apply = [
            "review",
            "draft.docx",
            "--no-config",
            "--apply",
            "copy.docx",
            "--waivers",
            "waivers.toml",
        ];
        command
            .args(apply)
            .args(more)
            .current_dir(folder.path())
            .output()
            .unwrap()
    };
    let output = review(&["--write-to", "fixed.docx", "--track-changes"]);
    assert_eq!(
        text(&output.stdout),
        "fixed.docx: 1 change applied\nwaivers.toml: 1 finding waived\n"
    );
    assert_eq!((text(&output.stderr).as_str(), output.status.code()), ("", Some(0)));
    let body = part(&fs::read(path("fixed.docx")).unwrap(), "word/document.xml");
    assert!(
        body.contains("<w:delText xml:space=\"preserve\">4</w:delText>"),
        "{body}"
    );
    assert!(body.contains("enterprises，in all."), "{body}");
    assert_eq!(fs::read(path("draft.docx")).unwrap(), draft);
    let left = check(folder.path(), &["--waivers", "waivers.toml", "fixed.docx"]);
    assert!(
        !text(&left.stdout).contains("number-mismatch"),
        "{}",
        text(&left.stdout)
    );

    let again = review(&["--write-to", "fixed.docx"]);
    assert!(
        text(&again.stderr).contains("fixed.docx exists already"),
        "{}",
        text(&again.stderr)
    );
    // Without a copy nothing is corrected.
    let listed = text(&review(&[]).stdout);
    assert!(
        listed.starts_with("To correct by hand:\n  copy.docx:2: number-mismatch: "),
        "{listed}"
    );
}

#[test]
fn pages_are_those_of_the_last_layout() {
    let folder = tempfile::tempdir().unwrap();
    let page = "</w:t></w:r><w:r><w:lastRenderedPageBreak/><w:t>";
    let forced = "<w:br w:type=\"page\"/>";
    let draft = docx(&[
        "共有三家企业。",
        "There are four enterprises.",
        &format!("{page}共有五所学校。"),
        &format!("There are {page}six schools."),
        "共有七个城市。",
        "There are eight cities.",
    ]);
    fs::write(folder.path().join("draft.docx"), draft).unwrap();
    let places = |args: &[&str]| -> Vec<String> {
        let output = text(&check(folder.path(), &[args, &["draft.docx"]].concat()).stdout);
        let place = |line: &str| line.split(':').nth(1).map(str::to_owned);
        output
            .lines()
            .filter(|line| line.contains("error["))
            .filter_map(place)
            .collect()
    };
    assert_eq!(places(&["--pages", "1"]), ["2"]);
    // The English is on two pages.
    assert_eq!(places(&["--pages", "2"]), ["4"]);
    assert_eq!(places(&["--pages", "3-"]), ["4", "6"]);
    assert_eq!(places(&["--paragraphs", "1-2,6"]), ["2", "6"]);
    assert!(places(&["--pages", "4"]).is_empty());

    let forced = docx(&[
        &format!("共有三家企业。</w:t>{forced}<w:t>"),
        "There are four enterprises.",
        "共有五所学校。",
        "There are six schools.",
    ]);
    fs::write(folder.path().join("draft.docx"), forced).unwrap();
    assert_eq!(places(&["--pages", "2"]), ["2", "4"]);
    let copy = ["--pages", "2", "--annotate", "copy.docx", "draft.docx"];
    assert_eq!(text(&check(folder.path(), &copy).stderr), "copy.docx: 2 comments\n");

    fs::write(
        folder.path().join("draft.docx"),
        docx(&["共有三家企业。", "There are four enterprises."]),
    )
    .unwrap();
    let output = check(folder.path(), &["--pages", "1", "draft.docx"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        text(&output.stderr).contains("the pages are not known"),
        "{}",
        text(&output.stderr)
    );
}

#[test]
fn a_report_is_left_out_of_a_check_of_its_folder() {
    let folder = tempfile::tempdir().unwrap();
    let draft = docx(&["共有三家企业。", "There are four enterprises in all."]);
    fs::write(folder.path().join("draft.docx"), draft).unwrap();
    let outputs = ["--output", "docx=findings.docx", "--output", "xlsx=findings.xlsx", "."];
    let first = text(&check(folder.path(), &outputs).stdout);
    assert!(first.starts_with("draft.docx:2:11: error[number-mismatch]"), "{first}");
    let report = fs::read(folder.path().join("findings.docx")).unwrap();
    assert!(
        part(&report, "word/document.xml")
            .contains("<w:rStyle w:val=\"Marked\"/></w:rPr><w:t xml:space=\"preserve\">four</w:t>")
    );
    assert_eq!(text(&check(folder.path(), &["."]).stdout), first);
    let named = text(&check(folder.path(), &["findings.xlsx"]).stdout);
    assert!(named.contains("findings.xlsx:2:"), "{named}");
}
