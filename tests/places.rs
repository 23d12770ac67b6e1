//! Every format points at the right text, in its own units, whatever characters come before it.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod repository;

use std::fs;
use std::path::Path;

use serde_json::Value;

use repository::bilint;

/// Each file has “共同参与” in the English, after characters that count differently in bytes, UTF-16 and code points.
const FILES: [(&str, &str); 7] = [
    (
        "bmp.md",
        "𠮷野家欢迎各国科研人员共同参与。\n\n😀 𝐗 We welcome researchers to 共同参与.\n",
    ),
    (
        "combining.md",
        "欢迎各国科研人员共同参与。\n\nCafe\u{301} n\u{303} e\u{301} welcomes researchers to 共同参与.\n",
    ),
    (
        "direction.md",
        "欢迎各国科研人员共同参与。\n\n\u{200f}We\u{200e} \u{202b}welcome\u{202c} researchers to 共同参与.\n",
    ),
    (
        "tabs.md",
        "欢迎各国科研人员共同参与。\n\nWe\twelcome\tresearchers to 共同参与.\n",
    ),
    (
        "crlf.md",
        "欢迎各国科研人员共同参与。\r\n\r\nWe welcome all of the\r\nresearchers from around the world to 共同参与.\r\n",
    ),
    (
        "utf16.md",
        "𠮷野家欢迎各国科研人员共同参与。\r\n\r\n😀 We welcome researchers to 共同参与.\r\n",
    ),
    (
        "table.tsv",
        "zh\ten\n𠮷野家欢迎各国科研人员共同参与。\t😀 We welcome researchers to 共同参与.\n",
    ),
];
const LABEL: &str = "共同参与";

/// The text between two places, each a 1-based line and column; `unit` converts columns to byte offsets in a line.
fn extract(text: &str, start: (u64, u64), end: (u64, u64), unit: fn(&str, u64) -> usize) -> String {
    let offset = |(line, column): (u64, u64)| {
        let before: usize = text.split_inclusive('\n').take(line as usize - 1).map(str::len).sum();
        before + unit(&text[before..], column)
    };
    text[offset(start)..offset(end)].to_owned()
}

fn code_points(line: &str, column: u64) -> usize {
    line.chars().take(column as usize - 1).map(char::len_utf8).sum()
}

fn bytes(_line: &str, column: u64) -> usize {
    column as usize - 1
}

fn number(value: &Value) -> u64 {
    value.as_u64().unwrap()
}

/// The value of `name` in `line`: the digits behind `name`.
fn digits(line: &str, name: &str) -> u64 {
    let (_, rest) = line.split_once(name).unwrap();
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    rest[..end].parse().unwrap()
}

/// Writes a text, in UTF-16 if the name says so.
fn write(path: &Path, text: &str) {
    if path.ends_with("utf16.md") {
        let units = std::iter::once(0xfeff).chain(text.encode_utf16());
        fs::write(path, units.flat_map(u16::to_le_bytes).collect::<Vec<u8>>()).unwrap();
    } else {
        fs::write(path, text).unwrap();
    }
}

/// What `bilint check` prints of the one finding in a file.
fn report(folder: &Path, name: &str, format: &str) -> String {
    let args = [
        "check",
        "--no-config",
        "--select",
        "untranslated",
        "--format",
        format,
        "--",
        name,
    ];
    let output = bilint(folder, &args);
    assert_eq!(output.status.code(), Some(1), "{name} {format}");
    repository::text(&output.stdout)
}

#[test]
fn every_format_points_at_the_label() {
    for (name, text) in FILES {
        let folder = tempfile::tempdir().unwrap();
        write(&folder.path().join(name), text);
        let print = |format: &str| report(folder.path(), name, format);
        let json = |format: &str| serde_json::from_str::<Value>(&print(format)).unwrap();
        let check = |format: &str, found: String| assert_eq!(found, LABEL, "{name} {format}");

        let finding = &json("json")["findings"][0];
        let en = &finding["en"];
        let place = |l: &str, c: &str| (number(&en[l]), number(&en[c]));
        let (start, end) = (place("line", "column"), place("end_line", "end_column"));
        check("json", extract(text, start, end, code_points));
        assert_eq!(en["text"], LABEL, "{name}");

        let lines = print("jsonl");
        let one: Value = serde_json::from_str(lines.lines().next().unwrap()).unwrap();
        assert_eq!(&one, finding, "{name} jsonl");

        let sarif = json("sarif");
        let region = &sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"];
        let place = |l: &str, c: &str| (number(&region[l]), number(&region[c]));
        let found = extract(
            text,
            place("startLine", "startColumn"),
            place("endLine", "endColumn"),
            code_points,
        );
        check("sarif", found);

        let rdjson = json("rdjson");
        let range = &rdjson["diagnostics"][0]["location"]["range"];
        let place = |p: &str| (number(&range[p]["line"]), number(&range[p]["column"]));
        check("rdjson", extract(text, place("start"), place("end"), bytes));

        let lines = print("rdjsonl");
        let one: Value = serde_json::from_str(lines.lines().next().unwrap()).unwrap();
        assert_eq!(
            &one["location"], &rdjson["diagnostics"][0]["location"],
            "{name} rdjsonl"
        );

        let github = print("github");
        let line = digits(&github, "line=");
        let (column, end_column) = (digits(&github, ",col="), digits(&github, "endColumn="));
        check("github", extract(text, (line, column), (line, end_column), code_points));

        // These formats print the start only, the same as JSON.
        let at = format!("{name}:{}:{}", start.0, start.1);
        for format in ["text", "concise", "junit", "markdown"] {
            assert!(print(format).contains(&at), "{name} {format}");
        }
        let checkstyle = print("checkstyle");
        let place = (digits(&checkstyle, " line=\""), digits(&checkstyle, " column=\""));
        assert_eq!(place, start, "{name} checkstyle");
        assert_eq!(
            json("gitlab")[0]["location"]["lines"]["begin"],
            start.0,
            "{name} gitlab"
        );
    }
}

#[test]
fn offsets_in_json_count_code_points_of_the_block() {
    let folder = tempfile::tempdir().unwrap();
    let record =
        "{\"id\": \"1\", \"zh\": \"欢迎各国共同参与。\", \"en\": \"😀 We\\twelcome \\ud83d\\ude00 to 共同参与.\"}\n";
    fs::write(folder.path().join("a.jsonl"), record).unwrap();
    let args = [
        "check",
        "--no-config",
        "--select",
        "untranslated",
        "--format",
        "json",
        "a.jsonl",
    ];
    let report: Value = serde_json::from_slice(&bilint(Path::new(folder.path()), &args).stdout).unwrap();
    let en = &report["findings"][0]["en"];
    let block: Vec<char> = "😀 We\twelcome 😀 to 共同参与.".chars().collect();
    let (start, end) = (number(&en["start"]) as usize, number(&en["end"]) as usize);
    assert_eq!(block[start..end].iter().collect::<String>(), LABEL);
    // In the file, the escapes count as they are written.
    let line = (number(&en["line"]), number(&en["column"]));
    assert_eq!(
        extract(record, line, (line.0, number(&en["end_column"])), code_points),
        LABEL
    );
}

/// Replaces `%XX` by the byte that it means.
fn percent_decoded(text: &str) -> String {
    let (mut out, mut rest) = (Vec::new(), text.as_bytes());
    while let Some((&first, after)) = rest.split_first() {
        let code = (first == b'%').then(|| std::str::from_utf8(&after[..2]).unwrap());
        out.push(code.map_or(first, |code| u8::from_str_radix(code, 16).unwrap()));
        rest = if code.is_some() { &after[2..] } else { after };
    }
    String::from_utf8(out).unwrap()
}

/// The value of an attribute in a line of XML.
fn attribute(xml: &str, element: &str, name: &str) -> String {
    let (_, rest) = xml.split_once(&format!("<{element} ")).unwrap();
    let (_, rest) = rest.split_once(&format!("{name}=\"")).unwrap();
    let (value, _) = rest.split_once('"').unwrap();
    quick_xml::escape::unescape(value).unwrap().into_owned()
}

#[test]
fn every_format_names_the_file() {
    let mut names = vec![
        "a b.md",
        "100%20.md",
        "a,b.md",
        "a#b.md",
        "讲话（中文）.md",
        "a:b;c=d.md",
        "a&b's.md",
    ];
    if cfg!(unix) {
        names.extend(["a\nb.md", "a\"b<c>.md"]);
    }
    for name in names {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(name), FILES[0].1).unwrap();
        let print = |format: &str| report(folder.path(), name, format);
        let json = |format: &str| serde_json::from_str::<Value>(&print(format)).unwrap();
        assert_eq!(json("json")["findings"][0]["en"]["file"], name);
        let uri =
            &json("sarif")["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
        let uri = uri.as_str().unwrap();
        assert!(!uri.contains([' ', '#', '\n', '"', '<']), "{uri}");
        assert_eq!(percent_decoded(uri), name, "{uri}");
        assert_eq!(json("rdjson")["diagnostics"][0]["location"]["path"], name);
        assert_eq!(json("gitlab")[0]["location"]["path"], name);
        let github = print("github");
        assert_eq!(github.lines().count(), 1, "{github}");
        let (_, rest) = github.split_once("file=").unwrap();
        assert_eq!(percent_decoded(rest.split_once(',').unwrap().0), name);
        // For people, and in XML, which has no way to write some control characters, a line feed is a space.
        let shown = name.replace('\n', " ");
        assert_eq!(attribute(&print("checkstyle"), "file", "name"), shown);
        for format in ["text", "concise"] {
            assert!(print(format).contains(&format!("{shown}:3:")), "{name} {format}");
        }
        assert!(
            attribute(&print("junit"), "testcase", "name").contains(&shown),
            "{}",
            print("junit")
        );
        assert!(print("markdown").contains(".md:3:"), "{}", print("markdown"));
    }
}
