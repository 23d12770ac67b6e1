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

/// Strings of a program and their translations, some of them wrong, with characters that formats escape.
const STRINGS: [[&str; 2]; 20] = [
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
];

/// A file name, and how the strings of a language are written in it.
type Writer = (&'static str, fn(&[(String, &str)]) -> String);

fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap()
}

fn rows(strings: &[(String, &str)], row: impl Fn(&str, &str) -> String) -> String {
    strings.iter().map(|(key, text)| row(key, text)).collect()
}

/// Formats with a file for each language.
const WRITERS: [Writer; 9] = [
    ("XX/a.json", |s| {
        let rows = rows(s, |key, text| format!(",\n  \"{key}\": {}", quoted(text)));
        format!("{{{}\n}}", rows.trim_start_matches(','))
    }),
    ("a_XX.arb", |s| {
        format!(
            "{{\"@@locale\": \"en\"{}}}",
            rows(s, |key, text| format!(",\n  \"{key}\": {}", quoted(text)))
        )
    }),
    ("XX/a.yml", |s| {
        rows(s, |key, text| format!("{key}: {}\n", quoted(text)))
    }),
    ("XX/a.toml", |s| {
        rows(s, |key, text| format!("{key} = {}\n", quoted(text)))
    }),
    ("a_XX.properties", |s| {
        rows(s, |key, text| format!("{key} = {}\n", text.replace('\\', "\\\\")))
    }),
    ("XX.lproj/a.strings", |s| {
        rows(s, |key, text| format!("\"{key}\" = {};\n", quoted(text)))
    }),
    ("XX.lproj/a.stringsdict", |s| {
        let rows = rows(s, |key, text| {
            let text = quick_xml::escape::escape(text);
            format!("<key>{key}</key><dict><key>n</key><dict>\n<key>other</key><string>{text}</string></dict></dict>\n")
        });
        format!("<plist version=\"1.0\"><dict>\n{rows}</dict></plist>\n")
    }),
    ("XX/a.ftl", |s| {
        // A brace of the text would begin a placeable; that of Fluent has the same name.
        rows(s, |key, text| format!("# A comment\n{key} =\n    {text}\n"))
    }),
    ("XX/a.resx", |s| {
        let rows = rows(s, |key, text| {
            format!(
                "<data name=\"{key}\"><value>{}</value></data>\n",
                quick_xml::escape::escape(text)
            )
        });
        format!("<root>\n{rows}</root>\n")
    }),
];

/// Formats with both languages in a file.
fn bilingual(keys: &[String]) -> [(&'static str, String); 3] {
    let records = || keys.iter().zip(STRINGS);
    let jsonl = |(key, [en, zh]): (&String, [&str; 2])| {
        format!(
            "{{\"id\": \"{key}\", \"zh\": {}, \"en\": {}}}\n",
            quoted(zh),
            quoted(en)
        )
    };
    let catalog = |(key, [en, zh]): (&String, [&str; 2])| {
        let unit = |text: &str| {
            format!(
                "{{\"stringUnit\": {{\"state\": \"translated\", \"value\": {}}}}}",
                quoted(text)
            )
        };
        format!(
            "\"{key}\": {{\"localizations\": {{\"en\": {},\n\"zh-Hans\": {}}}}}",
            unit(en),
            unit(zh)
        )
    };
    let qt = |(_, [en, zh]): (&String, [&str; 2])| {
        let [en, zh] = [en, zh].map(quick_xml::escape::escape);
        format!("<message>\n<source>{en}</source>\n<translation>{zh}</translation>\n</message>\n")
    };
    let catalog: Vec<String> = records().map(catalog).collect();
    [
        ("a.jsonl", records().map(jsonl).collect()),
        (
            "a.xcstrings",
            format!(
                "{{\"sourceLanguage\": \"en\", \"strings\": {{\n{}\n}}}}",
                catalog.join(",\n")
            ),
        ),
        (
            "a_zh_CN.ts",
            format!(
                "<TS language=\"zh_CN\">\n<context><name>Main</name>\n{}</context>\n</TS>\n",
                records().map(qt).collect::<String>()
            ),
        ),
    ]
}

/// The findings in the files of a folder: rule, severity, and what is marked in both languages. Each place is that of its text.
fn findings(folder: &Path) -> Vec<[String; 4]> {
    let output = bilint(
        folder,
        &["check", "--no-config", "--direction", "en-zh", "--format", "json", "."],
    );
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let mut out: Vec<[String; 4]> = Vec::new();
    for finding in report["findings"].as_array().unwrap() {
        let marked = ["zh", "en"].map(|side| {
            let label = &finding[side];
            let Some(text) = label["text"].as_str() else {
                return String::new();
            };
            let place = |l: &str, c: &str| (number(&label[l]), number(&label[c]));
            let file = fs::read_to_string(folder.join(label["file"].as_str().unwrap())).unwrap();
            let there = extract(
                &file,
                place("line", "column"),
                place("end_line", "end_column"),
                code_points,
            );
            assert_eq!(quick_xml::escape::unescape(&there).unwrap(), text, "{finding}");
            text.to_owned()
        });
        let [rule, severity] = ["rule", "severity"].map(|key| finding[key].as_str().unwrap().to_owned());
        let [zh, en] = marked;
        out.push([rule, severity, zh, en]);
    }
    out.sort();
    out
}

#[test]
fn formats_of_strings_have_the_same_findings() {
    let keys: Vec<String> = (0..STRINGS.len()).map(|number| format!("k{number}")).collect();
    let write = |name: &str, text: &str, folder: &Path| {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    let mut expected = None;
    for (name, text) in bilingual(&keys) {
        let folder = tempfile::tempdir().unwrap();
        write(name, &text, folder.path());
        let found = findings(folder.path());
        assert_eq!(&found, expected.get_or_insert_with(|| found.clone()), "{name}");
    }
    let expected = expected.unwrap();
    assert!(expected.len() >= 8, "{expected:?}");
    for (name, writer) in WRITERS {
        let folder = tempfile::tempdir().unwrap();
        for (number, tag) in ["en", "zh"].into_iter().enumerate() {
            let strings: Vec<(String, &str)> = keys.iter().cloned().zip(STRINGS.map(|pair| pair[number])).collect();
            write(&name.replace("XX", tag), &writer(&strings), folder.path());
        }
        assert_eq!(findings(folder.path()), expected, "{name}");
    }
}
