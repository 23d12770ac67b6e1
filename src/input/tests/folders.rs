//! What is found where.

use super::*;

#[test]
fn folders_are_searched_and_pairs_put_together() {
    let folder = Folder::new(&[
        ("a.txt", SCRIPT),
        ("doc/zh/x.md", "# 标题\n"),
        ("doc/en/x.md", "# Title\n"),
        ("README.md", "# English only\n\nNothing Chinese here.\n"),
        ("b.jsonl", "{}"),
        (".hidden/c.txt", SCRIPT),
        ("out/d.txt", SCRIPT),
        (".gitignore", "out/\n"),
        ("image.png", "x"),
    ]);
    let (found, errors) = folder.find(&[""]);
    assert!(errors.is_empty());
    assert_eq!(found, ["README.md", "a.txt", "b.jsonl", "doc/zh/x.md doc/en/x.md"]);
    assert_eq!(folder.find(&["a.txt", "", "b.jsonl"]).0, found);
    assert_eq!(folder.find(&["out/d.txt"]).0, ["out/d.txt"]);
    assert_eq!(folder.find(&["doc/zh"]).0, ["doc/zh/x.md doc/en/x.md"]);
    assert_eq!(folder.find(&["doc/en/x.md"]).0, ["doc/zh/x.md doc/en/x.md"]);
    assert_eq!(folder.find(&["doc/*/x.md"]).0, ["doc/zh/x.md doc/en/x.md"]);
    let found = discover(&[folder.0.path().to_owned()], &Options::default());
    let page = found
        .inputs
        .iter()
        .find(|i| i.files == Files::One(folder.path("README.md")))
        .unwrap();
    let e = read(page, &Options::default()).next().unwrap().unwrap_err();
    assert!(
        matches!(
            e,
            InputError::OneLanguage {
                side: Side::En,
                explicit: false,
                ..
            }
        ),
        "{e}"
    );
    assert_eq!(e.level(), Level::Skipped);
}

#[test]
fn pages_in_a_third_language_are_left_out_unless_they_are_named() {
    let folder = Folder::new(&[
        ("docs/x.md", "# Title\n"),
        ("docs/zh/x.md", "# 标题\n"),
        ("docs/fr/x.md", "# Titre\n"),
        ("docs/ui/x.md", "# Title\n"),
    ]);
    assert_eq!(folder.find(&["docs"]).0, ["docs/ui/x.md", "docs/zh/x.md docs/x.md"]);
    assert_eq!(folder.find(&["docs/fr/x.md"]).0, ["docs/fr/x.md"]);
}

#[test]
fn two_files_named_together_are_one_text_unless_each_has_its_own_partner() {
    let (zh, en) = ("你好。\n", "Hello.\n");
    let folder = Folder::new(&[
        ("x.zh.txt", zh),
        ("x.en.txt", en),
        ("draft.en.txt", en),
        ("y.zh.txt", zh),
        ("y.en.txt", en),
    ]);
    assert_eq!(folder.find(&["x.zh.txt", "draft.en.txt"]).0, ["x.zh.txt draft.en.txt"]);
    let both = ["x.zh.txt x.en.txt", "y.zh.txt y.en.txt"];
    assert_eq!(folder.find(&["x.zh.txt", "y.en.txt"]).0, both);
}

#[test]
fn an_empty_translation_is_one_without_paragraphs() {
    let folder = Folder::new(&[("x.zh.txt", "你好。\n\n再见。\n"), ("x.en.txt", " \n")]);
    let found = discover(&[folder.path("x.zh.txt"), folder.path("x.en.txt")], &Options::default());
    let document = only(read(&found.inputs[0], &Options::default()).collect());
    assert_eq!((document.zh.len(), document.en.len()), (2, 0));
}

#[test]
fn a_type_that_is_not_read_is_refused_alone_in_a_pair_and_in_a_list() {
    for extension in ["rst", "adoc", "vue", "odt", "svelte"] {
        let [a, b, c] = ["a", "b", "c"].map(|stem| format!("{stem}.{extension}"));
        let folder = Folder::new(&[(&a, "你好"), (&b, "Hello"), (&c, "Hello 你好")]);
        for names in [vec![&*a], vec![&*a, &*b], vec![&*a, &*b, &*c]] {
            let paths: Vec<PathBuf> = names.iter().map(|n| folder.path(n)).collect();
            let found = discover(&paths, &Options::default());
            assert_eq!(found.inputs.len(), names.len());
            for input in &found.inputs {
                let e = read(input, &Options::default()).next().unwrap().unwrap_err();
                assert!(matches!(e, InputError::UnknownFormat { .. }), "{e}");
            }
        }
        let pattern = format!("*.{extension}");
        assert_eq!(folder.find(&[&pattern]).0.len(), 3, "{pattern}");
    }
}

#[test]
fn a_folder_counts_what_is_not_read() {
    let folder = Folder::new(&[
        ("a.txt", SCRIPT),
        ("x.odt", "PK"),
        ("b/y.json", "{}"),
        ("b/z.json", "{}"),
        ("b/image.png", "x"),
    ]);
    let found = discover(&[folder.path("")], &Options::default());
    assert_eq!(found.not_read_by_type().as_deref(), Some("2 .json, 1 .odt"));
    let found = discover(&[folder.path("b")], &Options::default());
    assert!(
        found.errors[0].to_string().contains("only 2 .json"),
        "{:?}",
        found.errors
    );
}

#[test]
fn exclusions_hold_for_folders_and_on_request_for_named_files() {
    let folder = Folder::new(&[("a.txt", SCRIPT), ("old/b.txt", SCRIPT)]);
    let base = Base::new(folder.0.path(), folder.0.path());
    let mut options = Options {
        exclude: Some(Patterns::new(&base, &["old"]).unwrap()),
        ..Options::default()
    };
    let count = |paths: &[PathBuf], options: &Options| discover(paths, options).inputs.len();
    assert_eq!(count(&[folder.path("")], &options), 1);
    assert_eq!(count(&[folder.path("old/b.txt")], &options), 1);
    assert_eq!(count(&[folder.path("old")], &options), 1);
    options.listed = vec![folder.path("old/b.txt")];
    assert_eq!(count(&[], &options), 1);
    options.force_exclude = true;
    assert_eq!(count(&[], &options), 0);
    for named in ["old/b.txt", "old"] {
        let found = discover(&[folder.path(named)], &options);
        assert!(
            found.inputs.is_empty() && found.errors.is_empty(),
            "{named}: {:?}",
            found.errors
        );
    }
}

#[test]
fn listed_files_bring_their_partners_and_what_is_no_text_is_left_out() {
    let folder = Folder::new(&[
        ("a.txt", SCRIPT),
        ("doc/zh/x.md", "# 标题\n"),
        ("doc/en/x.md", "# Title\n"),
        ("y.md", "# Title\n"),
        ("y.zh.md", "# 标题\n"),
        ("z.md", "# Only English here\n"),
        ("main.rs", "fn main() {}"),
    ]);
    let options = Options {
        listed: ["doc/en/x.md", "main.rs", "z.md", "y.md", "gone.md"]
            .map(|f| folder.path(f))
            .to_vec(),
        ..Options::default()
    };
    let found = discover(&[], &options);
    assert!(matches!(found.errors.as_slice(), [InputError::NotFound { path }] if path.ends_with("gone.md")));
    let two = |zh: &str, en: &str| Files::Two {
        zh: folder.path(zh),
        en: folder.path(en),
    };
    let files: Vec<&Files> = found.inputs.iter().map(|i| &i.files).collect();
    let alone = Files::One(folder.path("z.md"));
    assert_eq!(
        files,
        [&two("doc/zh/x.md", "doc/en/x.md"), &two("y.zh.md", "y.md"), &alone]
    );
    let left_out = read(&found.inputs[2], &options).next().unwrap().unwrap_err();
    assert_eq!(left_out.level(), Level::Skipped);
}

#[test]
fn what_is_not_there_is_said_and_the_rest_goes_on() {
    let folder = Folder::new(&[("a.txt", SCRIPT), ("empty/x.png", "")]);
    let (found, errors) = folder.find(&["nowhere.txt", "*.csv", "empty", "a.txt"]);
    assert_eq!(found, ["a.txt"]);
    assert!(
        matches!(
            errors.as_slice(),
            [
                InputError::NotFound { .. },
                InputError::NoMatch { .. },
                InputError::NothingFound { .. }
            ]
        ),
        "{errors:?}"
    );
}

#[test]
fn a_page_in_one_language_is_left_out_and_refused_where_it_is_named() {
    let chinese = "## 什么是HuggingFace Agent\n\n使用大模型作为Agent，仅需自然语言就可调用其中的模型。\n\n- LoRA\n- OpenAI API\n- run模式：单轮对话，没有上下文\n\n| 模型 | 中文 | 英文 |\n|---|---|---|\n| A-7B | 61.2 | 58.3 |\n| B-7B | 12.7 | 16.7 |\n";
    let folder = Folder::new(&[("a.md", chinese), ("b.md", "# 标题\n\n# Title\n")]);
    let found = discover(&[folder.path("")], &Options::default());
    let e = read(&found.inputs[0], &Options::default()).next().unwrap().unwrap_err();
    assert!(matches!(e, InputError::OneLanguage { side: Side::Zh, .. }), "{e}");
    assert_eq!(e.level(), Level::Skipped);
    let named = Input::file(folder.path("a.md"));
    let e = read(&named, &Options::default()).next().unwrap().unwrap_err();
    assert_eq!(e.level(), Level::Error);
    assert!(e.to_string().contains("Chinese only"), "{e}");
    assert!(read(&found.inputs[1], &Options::default()).next().unwrap().is_ok());
}

#[test]
fn japanese_is_neither_chinese_nor_english() {
    let japanese =
        "# 概要\n\nこれはテスト文書です。大規模言語モデルを公開しました。\n\n- [OpenAI](https://openai.com) API\n";
    let folder = Folder::new(&[("a.md", japanese), ("b.md", "# Title\n\nText.\n")]);
    let e = read(&Input::file(folder.path("a.md")), &Options::default())
        .next()
        .unwrap()
        .unwrap_err();
    assert!(matches!(e, InputError::Japanese { explicit: true, .. }), "{e}");
    let pair = pairing_input(&folder, "a.md", "b.md");
    let e = read(&pair, &Options::default()).next().unwrap().unwrap_err();
    assert!(matches!(e, InputError::Japanese { .. }), "{e}");
}

fn pairing_input(folder: &Folder, zh: &str, en: &str) -> Input {
    Input {
        files: Files::Two {
            zh: folder.path(zh),
            en: folder.path(en),
        },
        explicit: true,
    }
}

#[test]
fn tables_with_carriage_returns_alone_are_refused() {
    for (name, separator) in [("a.csv", ","), ("a.tsv", "\t")] {
        let text = format!("zh{separator}en\r你好{separator}Hello\r");
        let folder = Folder::new(&[(name, &text)]);
        let e = read(&Input::file(folder.path(name)), &Options::default())
            .next()
            .unwrap()
            .unwrap_err();
        assert!(matches!(e, InputError::CarriageReturns { .. }), "{e}");
        assert_eq!(e.level(), Level::Error);
    }
}

#[test]
fn a_partner_of_a_site_builder_is_found_from_either_file_and_from_a_folder() {
    let (zh, en) = ("# 标题\n\n你好，世界。\n", "# Title\n\nHello, world.\n");
    let translation = "i18n/zh-CN/docusaurus-plugin-content-docs/current/intro.md";
    let folder = Folder::new(&[
        (translation, zh),
        ("docs/intro.md", en),
        ("docs/alone.md", en),
        ("docs/zh/guide.md", zh),
        ("docs/guide.md", en),
        ("docs/zh/copy.md", en),
        ("docs/copy.md", en),
    ]);
    let intro = format!("{translation} docs/intro.md");
    assert_eq!(folder.find(&["docs/intro.md"]).0, [&*intro]);
    assert_eq!(folder.find(&[translation]).0, [&*intro]);
    assert_eq!(folder.find(&["docs/guide.md"]).0, ["docs/zh/guide.md docs/guide.md"]);
    assert_eq!(folder.find(&["docs/zh/guide.md"]).0, ["docs/zh/guide.md docs/guide.md"]);
    let all = [
        "docs/alone.md",
        "docs/copy.md",
        "docs/zh/copy.md",
        "docs/zh/guide.md docs/guide.md",
        &*intro,
    ];
    assert_eq!(folder.find(&[""]).0, all);
}

#[test]
fn a_configuration_that_is_not_in_effect_is_mentioned() {
    let folder = Folder::new(&[("a.txt", SCRIPT), ("sub/bilint.toml", ""), ("bilint.toml", "")]);
    let options = Options {
        config: Some(folder.path("bilint.toml")),
        ..Options::default()
    };
    let found = discover(&[folder.path("")], &options);
    let unused =
        matches!(found.errors.as_slice(), [InputError::UnusedConfig { path }] if path.ends_with("sub/bilint.toml"));
    assert!(unused, "{:?}", found.errors);
    assert_eq!(found.errors[0].level(), Level::Partial);
}

#[test]
fn patterns_pair_what_names_do_not() {
    let folder = Folder::new(&[
        ("i18n/chs-docs/a.md", "# 标题\n"),
        ("docs/a.md", "# Title\n"),
        ("docs/b.md", "# Other\n"),
    ]);
    let base = Base::new(folder.0.path(), &std::env::current_dir().unwrap());
    let options = Options {
        pairs: vec![PairPattern::new(&base, "i18n/chs-docs/{path}.md", "docs/{path}.md").unwrap()],
        ..Options::default()
    };
    let two = |found: Discovery| {
        found
            .inputs
            .iter()
            .filter(|i| matches!(i.files, Files::Two { .. }))
            .count()
    };
    assert_eq!(two(discover(&[folder.path("")], &options)), 1);
    assert_eq!(two(discover(&[folder.path("docs/a.md")], &options)), 1);
    assert_eq!(two(discover(&[folder.path("docs/b.md")], &options)), 0);
    // The pattern's partner goes before another file that is named as well.
    let found = discover(&[folder.path("i18n/chs-docs/a.md"), folder.path("docs/b.md")], &options);
    let pair = Files::Two {
        zh: folder.path("i18n/chs-docs/a.md"),
        en: folder.path("docs/a.md"),
    };
    assert!(found.inputs.iter().any(|i| i.files == pair));
}
