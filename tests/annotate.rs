//! Copies with notes that are annotated again.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::io::{Cursor, Read as _};
use std::path::Path;
use std::process::Command;

use rust_xlsxwriter::Workbook;
use zip::ZipArchive;

const PO: &str = "msgid \"There are four firms.\"\nmsgstr \"共有三家公司。\"\n\nmsgid \"Five\"\nmsgstr \"六家公司\"\n";
const XLIFF_1: &str = "<xliff version=\"1.2\"><file source-language=\"zh\" target-language=\"en\"><body>\n<trans-unit id=\"1\">\n\
    <source>共有三家公司。</source>\n<target>There are “four” &lt;firms&gt;.</target>\n</trans-unit></body></file></xliff>";
const XLIFF_2: &str = "<xliff version=\"2.0\" srcLang=\"zh\" trgLang=\"en\"><file id=\"f\"><unit id=\"1\">\n<segment>\
    <source>共有三家公司。</source><target>There are four firms.</target></segment></unit></file></xliff>";

/// Checks a file and writes a copy with notes, whose bytes it returns.
fn annotate(folder: &Path, from: &str, to: &str) -> Vec<u8> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bilint"));
    let args = ["check", "--no-config", from, "--annotate", to];
    let output = command.args(args).current_dir(folder).output().unwrap();
    assert_eq!(
        output.status.code(),
        Some(1),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    fs::read(folder.join(to)).unwrap()
}

#[test]
fn notes_do_not_repeat() {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in [("a.po", PO), ("one.xlf", XLIFF_1), ("two.xlf", XLIFF_2)] {
        fs::write(folder.path().join(name), text).unwrap();
        let once = annotate(folder.path(), name, &format!("once-{name}"));
        let twice = annotate(folder.path(), &format!("once-{name}"), &format!("twice-{name}"));
        let [once, twice] = [once, twice].map(|bytes| String::from_utf8(bytes).unwrap());
        assert!(once.contains("error[number-mismatch]"), "{once}");
        assert_eq!(once, twice);
    }
}

#[test]
fn comments_on_cells_do_not_repeat_and_new_ones_are_added() {
    let folder = tempfile::tempdir().unwrap();
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (row, cells) in (0..).zip([
        ["zh", "en"],
        ["共有三家公司。", "There are four firms."],
        ["共有五所学校。", "six"],
    ]) {
        for (column, cell) in (0..).zip(cells) {
            sheet.write_string(row, column, cell).unwrap();
        }
    }
    workbook.save(folder.path().join("a.xlsx")).unwrap();
    let comments = |bytes: &[u8]| {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut text = String::new();
        let mut part = archive.by_name("xl/worksheets/comments1.xml").unwrap();
        part.read_to_string(&mut text).unwrap();
        text
    };
    let once = comments(&annotate(folder.path(), "a.xlsx", "b.xlsx"));
    assert!(once.contains("ref=\"B2\"") && once.contains("ref=\"B3\""), "{once}");
    assert_eq!(comments(&annotate(folder.path(), "b.xlsx", "c.xlsx")), once);
}

#[test]
fn a_comment_above_a_unit_suppresses_its_findings() {
    let folder = tempfile::tempdir().unwrap();
    let two_units = |comment: &str, unit: &str| format!("{comment}\n{unit}\n\n{unit}");
    let xliff =
        "<xliff version=\"1.2\"><file source-language=\"zh\" target-language=\"en\"><body>\n@\n</body></file></xliff>";
    let unit = "<trans-unit id=\"1\">\n<source>共有三家公司。</source>\n\n<target>There are four firms.</target>\n</trans-unit>";
    let tmx = "<tmx version=\"1.4\"><header srclang=\"zh\"/><body>\n@\n</body></tmx>";
    let tu = "<tu><tuv xml:lang=\"zh\"><seg>共有三家公司。</seg></tuv>\n<tuv xml:lang=\"en\"><seg>There are four firms.</seg></tuv></tu>";
    for (name, file, unit, line) in [("a.xlf", xliff, unit, 12), ("a.tmx", tmx, tu, 7)] {
        let comment = "<!-- bilint: ignore[number-mismatch] four by agreement -->";
        let text = file.replace('@', &two_units(comment, unit));
        fs::write(folder.path().join(name), text).unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_bilint"));
        let args = [
            "check",
            "--no-config",
            "--quiet",
            "--format",
            "concise",
            "--select",
            "number-mismatch",
            name,
        ];
        let output = command.args(args).current_dir(folder.path()).output().unwrap();
        let output = String::from_utf8(output.stdout).unwrap();
        assert_eq!(output.lines().count(), 1, "{output}");
        assert!(output.starts_with(&format!("{name}:{line}:")), "{output}");
    }
}
