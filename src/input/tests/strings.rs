//! Files of strings: which ones pair, in which direction, and what is left out.

use super::*;
use crate::text::Direction;

/// The pairs of keys with their texts, and the direction.
fn records(documents: &[Document]) -> Vec<(String, String, String)> {
    let row = |d: &Document, r: &crate::document::Record| {
        let text = |blocks: &[crate::document::Block]| blocks.iter().map(|b| b.text.clone()).collect::<String>();
        (
            r.id.as_deref().unwrap_or_default().to_owned(),
            text(&d.zh[r.zh.clone()]),
            text(&d.en[r.en.clone()]),
        )
    };
    documents
        .iter()
        .flat_map(|d| d.records.iter().map(move |r| row(d, r)))
        .collect()
}

/// What is read of all files of a folder, and what is said about it.
fn read_folder(files: &[(&str, &str)]) -> (Vec<Document>, Vec<String>) {
    let folder = Folder::new(files);
    let found = discover(&[folder.path("")], &Options::default());
    let (mut documents, mut notes) = (Vec::new(), Vec::new());
    for read in found.inputs.iter().flat_map(|input| read(input, &Options::default())) {
        match read {
            Ok(document) => documents.push(document),
            Err(note) => notes.push(note.to_string().replace(&folder.path("").display().to_string(), "")),
        }
    }
    (documents, notes)
}

fn row(key: &str, zh: &str, en: &str) -> (String, String, String) {
    (key.to_owned(), zh.to_owned(), en.to_owned())
}

#[test]
fn strings_pair_by_key_whatever_their_order() {
    let (documents, notes) = read_folder(&[
        (
            "locales/en/app.json",
            r#"{"menu": {"open": "Open", "save": "Save {n}"}, "quit": "Quit"}"#,
        ),
        (
            "locales/zh-CN/app.json",
            r#"{"quit": "退出", "menu": {"save": "保存 {n}", "open": "打开"}}"#,
        ),
    ]);
    let expected = [
        row("menu.open", "打开", "Open"),
        row("menu.save", "保存 {n}", "Save {n}"),
        row("quit", "退出", "Quit"),
    ];
    assert_eq!((records(&documents).as_slice(), notes.len()), (&expected[..], 0));
    let document = &documents[0];
    assert_eq!(document.direction, Some(Direction::EnToZh));
    let place = |block: &crate::document::Block| {
        let source = &document.sources[block.origin.source];
        let span = block.origin.to_source(Span::new(0, block.text.len()));
        format!("{} {}", source.dialect().format(), span.of(source.text()))
    };
    assert_eq!(
        [&document.zh[1], &document.en[1]].map(place),
        ["JSON 保存 {n}", "JSON Save {n}"]
    );
}

#[test]
fn keys_that_one_file_lacks_are_counted_but_for_other_plurals() {
    let (documents, notes) = read_folder(&[
        (
            "en.json",
            r#"{"a": "One", "item_one": "{n} item", "item_other": "{n} items", "b": "Two", "c": "Three"}"#,
        ),
        ("zh.json", r#"{"a": "一", "item_other": "{n} 项", "c": "", "d": "四"}"#),
    ]);
    assert_eq!(
        records(&documents),
        [row("a", "一", "One"), row("item_other", "{n} 项", "{n} items")]
    );
    assert_eq!(
        notes,
        ["zh.json: without a translation of 2 keys (b, c) in en.json; with 1 key (d) that en.json lacks"]
    );
}

#[test]
fn forms_that_chinese_never_uses_are_not_compared() {
    let (documents, notes) = read_folder(&[
        (
            "en.json",
            r#"{"a_one": "A file", "a_other": "{n} files", "b_one": "One", "c_zero": "None", "c_other": "{n}"}"#,
        ),
        (
            "zh.json",
            r#"{"a_one": "{n} 个文件", "a_other": "{n} 个文件", "b_one": "一", "c_zero": "无", "c_other": "共 {n}"}"#,
        ),
    ]);
    let expected = [
        row("a_other", "{n} 个文件", "{n} files"),
        row("b_one", "一", "One"),
        row("c_zero", "无", "None"),
        row("c_other", "共 {n}", "{n}"),
    ];
    assert_eq!((records(&documents).as_slice(), notes.len()), (&expected[..], 0));
}

#[test]
fn a_text_without_forms_is_that_for_any_number() {
    let (documents, notes) = read_folder(&[
        (
            "en/a.ftl",
            "n = { $n ->\n    [one] A file\n   *[other] { $n } files\n }\n",
        ),
        ("zh/a.ftl", "n = { $n } 个文件\n"),
    ]);
    let expected = [row("n.other", "{ $n } 个文件", "{ $n } files")];
    assert_eq!((records(&documents).as_slice(), notes.len()), (&expected[..], 0));
}

#[test]
fn the_default_strings_of_android_come_before_a_variant() {
    let strings = |open: &str| format!("<resources><string name=\"open\">{open}</string></resources>");
    let (documents, _) = read_folder(&[
        ("res/values/strings.xml", &strings("Open it")),
        ("res/values-b+en+001/strings.xml", &strings("Open it, please")),
        ("res/values-en-rGB/strings.xml", &strings("Open it, mate")),
        ("res/values-zh-rCN/strings.xml", &strings("打开它")),
    ]);
    assert_eq!(records(&documents), [row("open", "打开它", "Open it")]);
}

#[test]
fn apps_pair_in_the_layouts_of_their_systems() {
    let android = |open: &str| format!("<resources><string name=\"open\">{open}</string></resources>");
    let (zh, en) = (android("打开它"), android("Open it"));
    let properties = ("open=打开它", "open=Open it");
    let apple = ("\"open\" = \"打开它\";", "\"open\" = \"Open it\";");
    let rails = ("zh-CN:\n  open: 打开它\n", "en:\n  open: Open it\n");
    for (zh_name, zh, en_name, en, direction) in [
        (
            "res/values-zh-rCN/strings.xml",
            &*zh,
            "res/values/strings.xml",
            &*en,
            Direction::EnToZh,
        ),
        (
            "res/values-b+zh+Hans/strings.xml",
            &*zh,
            "res/values/strings.xml",
            &*en,
            Direction::EnToZh,
        ),
        (
            "res/values/strings.xml",
            &*zh,
            "res/values-en/strings.xml",
            &*en,
            Direction::ZhToEn,
        ),
        (
            "a_zh_CN.properties",
            properties.0,
            "a.properties",
            properties.1,
            Direction::EnToZh,
        ),
        (
            "zh-Hans.lproj/a.strings",
            apple.0,
            "en.lproj/a.strings",
            apple.1,
            Direction::EnToZh,
        ),
        (
            "zh-Hans.lproj/a.strings",
            apple.0,
            "Base.lproj/a.strings",
            apple.1,
            Direction::EnToZh,
        ),
        (
            "config/locales/zh-CN.yml",
            rails.0,
            "config/locales/en.yml",
            rails.1,
            Direction::EnToZh,
        ),
    ] {
        let (documents, notes) = read_folder(&[(zh_name, zh), (en_name, en)]);
        assert_eq!(records(&documents), [row("open", "打开它", "Open it")], "{zh_name}");
        assert_eq!((documents[0].direction, notes), (Some(direction), vec![]), "{zh_name}");
    }
}

#[test]
fn chinese_of_several_regions_has_the_same_english() {
    let strings = |open: &str| format!("{{\"open\": \"{open}\"}}");
    let (cn, tw, en) = (strings("打开文件"), strings("開啟檔案"), strings("Open the file"));
    let (documents, _) = read_folder(&[
        ("zh-CN.json", &cn),
        ("zh-TW.json", &tw),
        ("en-AU.json", &strings("Open it, mate")),
        ("en.json", &en),
    ]);
    let expected = [
        row("open", "打开文件", "Open the file"),
        row("open", "開啟檔案", "Open the file"),
    ];
    assert_eq!(records(&documents), expected);
}

#[test]
fn a_file_may_hold_both_languages() {
    let (documents, notes) = read_folder(&[("i18n.zh.yaml", "en:\n  open: Open\nzh:\n  open: 打开\n")]);
    assert_eq!(
        (records(&documents), notes),
        (vec![row("open", "打开", "Open")], vec![])
    );
}

#[test]
fn settings_and_data_are_no_strings() {
    let folder = Folder::new(&[
        ("package.json", r#"{"name": "a", "description": "A tool"}"#),
        ("Cargo.toml", "name = \"a\""),
        (".ci.yml", "on: push"),
        ("zh.json", r#"{"open": "打开这个文件"}"#),
    ]);
    let found = discover(&[folder.path("")], &Options::default());
    assert_eq!(found.not_read_by_type().as_deref(), Some("1 .json"));
    let left = read(&found.inputs[0], &Options::default()).next().unwrap().unwrap_err();
    assert!(
        matches!(left, InputError::OneLanguage { explicit: false, .. }),
        "{left}"
    );
}

#[test]
fn faults_have_their_places() {
    for (name, text, fault) in [
        ("zh.json", "{\n\"a\": 打}", "zh.json:2:6: broken JSON: expected value"),
        (
            "zh.strings",
            "\"a\" = \"打\"",
            "zh.strings:1:10: a string is not closed by “;”",
        ),
        ("zh.xml", "<a/>", "zh.xml: the file is empty"),
        (
            "zh.xml",
            "<a>打</a>",
            "zh.xml:1:1: the file holds no strings: its first element is not <resources>",
        ),
    ] {
        let folder = Folder::new(&[(name, text)]);
        let error = folder.read(name).remove(0).unwrap_err().to_string();
        assert!(error.contains(fault), "{error}");
    }
}

#[test]
fn the_tag_of_a_path_is_that_of_its_region() {
    for (path, expected) in [
        ("locales/zh-TW/app.json", Some("zh-TW")),
        ("res/values-zh-rCN/strings.xml", Some("zh-rCN")),
        ("app_zh_CN.properties", Some("zh_CN")),
        ("notes.txt", None),
    ] {
        assert_eq!(tag(&PathBuf::from(path)).as_deref(), expected, "{path}");
    }
}
