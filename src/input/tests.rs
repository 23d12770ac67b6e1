//! Readers over real files: one test for each way in which files differ.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use encoding_rs::{GB18030, UTF_8, UTF_16LE};

use super::*;
use crate::text::{Direction, Side, Span};

/// Files in a folder of their own.
struct Folder(tempfile::TempDir);

impl Folder {
    fn new(files: &[(&str, &str)]) -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        for (name, text) in files {
            folder.put(name, text.as_bytes());
        }
        folder
    }

    fn put(&self, name: &str, bytes: &[u8]) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn read(&self, name: &str) -> Vec<Result<Document, InputError>> {
        read(&Input::file(self.path(name)), &Options::default()).collect()
    }

    /// Names of the inputs found, relative to the folder.
    fn find(&self, names: &[&str]) -> (Vec<String>, Vec<InputError>) {
        let paths: Vec<PathBuf> = names.iter().map(|n| self.path(n)).collect();
        let found = discover(&paths, &Options::default());
        let relative = |p: &PathBuf| shown(p.strip_prefix(self.0.path()).unwrap()).to_string();
        let inputs = found.inputs.iter().map(|i| match &i.files {
            Files::One(p) => relative(p),
            Files::Two { zh, en } => format!("{} {}", relative(zh), relative(en)),
            Files::Stdin => "-".to_owned(),
        });
        (inputs.collect(), found.errors)
    }
}

/// The only document of a file.
fn only(mut documents: Vec<Result<Document, InputError>>) -> Document {
    assert_eq!(documents.len(), 1, "{documents:?}");
    documents.remove(0).unwrap()
}

fn read_text(name: &str, text: &str) -> Document {
    only(Folder::new(&[(name, text)]).read(name))
}

fn texts(document: &Document, side: Side) -> Vec<&str> {
    document.blocks(side).iter().map(|b| b.text.as_str()).collect()
}

/// Every character of every block must come from where its origin says, unless an escape stands for it.
fn assert_spans(document: &Document) {
    for block in document.zh.iter().chain(&document.en) {
        let source = document.sources[block.origin.source].text();
        let mut at = 0;
        for piece in &block.origin.pieces {
            assert_eq!(piece.text, at, "pieces have no gaps");
            at += piece.len;
            let written = &source[piece.source..piece.source + piece.source_len];
            if piece.len == piece.source_len && written != "\n" {
                assert_eq!(&block.text[piece.text..at], written);
            }
        }
        assert_eq!(at, block.text.len());
        for mask in &block.masked {
            assert!(block.text.get(mask.range()).is_some(), "{mask:?} in {:?}", block.text);
        }
        let whole = block.origin.to_source(Span::new(0, block.text.len()));
        assert!(block.origin.span.contains(whole));
    }
}

const SCRIPT: &str = "共享智慧 点亮未来\n\nSharing Wisdom for a Brighter Future\n\nAction Plan for International Cooperation\n\
【序】（68字）\n\n当今世界百年变局加速演进。\n\nAt present, momentous changes are accelerating. \n【中方行动】（202字）\n\
2026年是中国“十五五”开局之年：\n\nThe year 2026 marks the beginning:\n 稳态强磁场实验装置、\n\nSteady High Magnetic Field Laboratory (SHMFF)\n\
 子午工程。\n\nChinese Meridian Project (CMP)\n\n（全文配音共615字）\n";

#[test]
fn a_script_with_glued_markers_and_items_is_read_line_by_line() {
    let d = read_text("script.txt", SCRIPT);
    assert_spans(&d);
    assert_eq!(d.layout, Layout::Interleaved);
    assert_eq!(
        texts(&d, Side::Zh),
        [
            "共享智慧 点亮未来",
            "【序】（68字）",
            "当今世界百年变局加速演进。",
            "【中方行动】（202字）",
            "2026年是中国“十五五”开局之年：",
            " 稳态强磁场实验装置、",
            " 子午工程。",
            "（全文配音共615字）",
        ]
    );
    assert_eq!(d.en.len(), 6);
    assert_eq!(d.en[2].text, "At present, momentous changes are accelerating.");
    let kinds: Vec<BlockKind> = d.zh.iter().map(|b| b.kind).collect();
    assert_eq!(kinds.iter().filter(|k| **k == BlockKind::Structure).count(), 3);
    assert_eq!((kinds[5], kinds[6]), (BlockKind::ListItem, BlockKind::ListItem));
}

#[test]
fn encodings_and_line_ends_make_no_difference() {
    let plain = read_text("a.txt", SCRIPT);
    let crlf = SCRIPT.replace('\n', "\r\n");
    for (text, encoding, bom) in [
        (SCRIPT, GB18030, false),
        (SCRIPT, UTF_16LE, true),
        (SCRIPT, UTF_16LE, false),
        (&crlf, UTF_8, true),
        (&crlf, GB18030, false),
    ] {
        let folder = Folder::new(&[]);
        folder.put("a.txt", &decode::encode(text, encoding, bom).unwrap());
        let d = only(folder.read("a.txt"));
        assert_spans(&d);
        for side in [Side::Zh, Side::En] {
            assert_eq!(texts(&d, side), texts(&plain, side), "{}", encoding.name());
        }
        assert_eq!((d.sources[0].encoding(), d.sources[0].bom()), (encoding.name(), bom));
        assert_eq!(d.sources[0].text(), text);
    }
}

#[test]
fn text_in_one_language_is_blocks_on_one_side() {
    let d = read_text("a.txt", "我们在这里，欢迎您！\n\n众擎易举，独力难成。\n");
    assert_eq!((d.zh.len(), d.en.len()), (2, 0));
}

#[test]
fn a_date_or_number_goes_with_its_context() {
    let d = read_text(
        "a.txt",
        "第一届会议\n2024\nFirst session\n2024\n第二届会议\nSecond session\n第三届会议\nThird session\n",
    );
    assert_eq!(texts(&d, Side::Zh), ["第一届会议", "2024", "第二届会议", "第三届会议"]);
    assert_eq!(d.en.len(), 4);
}

#[test]
fn chinese_left_untranslated_stands_on_the_english_side() {
    let d = read_text(
        "a.txt",
        "开放科学。\nOpen science.\n众擎易举。\n众擎易举。\n欢迎您！\nWelcome.\nOPEC\nOPEC\n我们在这里。\nHere we are.\n",
    );
    assert_eq!(
        texts(&d, Side::En),
        ["Open science.", "众擎易举。", "Welcome.", "OPEC", "Here we are."]
    );
    assert_eq!(d.zh.len(), 5);
}

#[test]
fn wrapped_lines_are_joined_so_that_names_stay_whole() {
    let text = "本周，二十国集团领导人峰会在南非约翰内斯堡举行，中国国家\n主席习近平向峰会致贺信，中国国务院总理李强出席峰会并发表\n讲话。\n\n\
                China will open the Steady High Magnetic Field Facility and the Large High\nAltitude Air Shower Observatory to researchers from all over the world in\nthe coming year.\n";
    let d = read_text("a.txt", text);
    assert_spans(&d);
    assert_eq!((d.zh.len(), d.en.len()), (1, 1));
    assert!(d.zh[0].text.contains("中国国家主席"));
    assert!(d.en[0].text.contains("Large High Altitude Air Shower"));
    let at = d.en[0].text.find("Large").unwrap();
    let name = Span::new(at, at + "Large High Altitude Air Shower".len());
    assert_eq!(
        d.en[0].origin.to_source(name).of(text),
        "Large High\nAltitude Air Shower"
    );
}

const PAGE: &str = "---\ntitle: x\n---\n# 双语样例 / Bilingual sample\n\n<!-- 注释 -->\n\n开放**科学**，见 `code 代码` 与[计划](https://example.org/very/long/address/of/a/page)。\n\n\
> Open **science**, see `code` and\n> [the plan](https://example.org).\n\n```\n代码 code\n```\n\n- 子午工程\n- Chinese Meridian Project\n\n中文段落\nEnglish paragraph\n\n\
<div>\n跳过\n</div>\n";

#[test]
fn markdown_gives_prose_and_masks_the_rest() {
    let d = read_text("a.md", PAGE);
    assert_spans(&d);
    assert_eq!(
        texts(&d, Side::Zh),
        [
            "双语样例",
            "开放**科学**，见 `code 代码` 与[计划](https://example.org/very/long/address/of/a/page)。",
            "子午工程",
            "中文段落"
        ]
    );
    assert_eq!(
        texts(&d, Side::En),
        [
            "Bilingual sample",
            "Open **science**, see `code` and [the plan](https://example.org).",
            "Chinese Meridian Project",
            "English paragraph"
        ]
    );
    let masked: Vec<&str> = d.zh[1].masked.iter().map(|m| m.of(&d.zh[1].text)).collect();
    assert_eq!(
        masked,
        ["`code 代码`", "](https://example.org/very/long/address/of/a/page)"]
    );
    assert_eq!(d.zh[0].kind, BlockKind::Heading(1));
    assert_eq!(d.zh[2].kind, BlockKind::ListItem);
}

#[test]
fn a_markdown_table_that_names_the_languages_is_records() {
    let table = "| # | 中文 | English |\n|---|---|---|\n| 1 | 开放科学 | Open science |\n| 2 | 欢迎您！ | |\n";
    let d = read_text("a.md", table);
    assert_spans(&d);
    assert_eq!(d.layout, Layout::Records);
    assert_eq!(d.records.len(), 2);
    assert_eq!(d.records[1].id.as_deref(), Some("2"));
    assert!(d.records[1].en.is_empty());
    let plain = "| 名称 | 译名 |\n|---|---|\n| 北京 | Beijing |\n| 上海 | Shanghai |\n| 天津 | Tianjin |\n";
    assert_eq!(read_text("a.md", plain).records.len(), 3);
}

#[test]
fn two_files_are_read_in_either_order() {
    let folder = Folder::new(&[
        ("a.txt", "我们在这里，欢迎您！\n\n众擎易举。\n"),
        ("b.txt", "Welcome to join us.\n\nMany hands make light work.\n"),
    ]);
    for names in [["a.txt", "b.txt"], ["b.txt", "a.txt"]] {
        let paths: Vec<PathBuf> = names.iter().map(|n| folder.path(n)).collect();
        let found = discover(&paths, &Options::default());
        assert_eq!(found.inputs.len(), 1, "{found:?}");
        let d = only(read(&found.inputs[0], &Options::default()).collect());
        assert_eq!(d.layout, Layout::Parallel);
        assert_eq!(
            (d.zh[0].text.as_str(), d.en[0].text.as_str()),
            ("我们在这里，欢迎您！", "Welcome to join us.")
        );
        assert_spans(&d);
    }
}

#[test]
fn a_pair_in_one_language_is_an_error() {
    let folder = Folder::new(&[("a.txt", "Welcome.\n"), ("b.txt", "Many hands.\n")]);
    let found = discover(&[folder.path("a.txt"), folder.path("b.txt")], &Options::default());
    let e = read(&found.inputs[0], &Options::default()).next().unwrap().unwrap_err();
    assert!(matches!(e, InputError::SameLanguage { side: Side::En, .. }), "{e}");
}

#[test]
fn csv_maps_quotes_newlines_and_doubled_quotes() {
    let text = "\u{feff}id,zh-CN,en\r\n1,\"他说：\"\"来吧！\"\"\r\n走\",\"He said, \"\"come!\"\"\"\r\n,开放,open\r\n";
    let d = read_text("a.csv", text);
    assert_spans(&d);
    assert_eq!(texts(&d, Side::Zh), ["他说：\"来吧！\"\r\n走", "开放"]);
    assert_eq!(texts(&d, Side::En), ["He said, \"come!\"", "open"]);
    assert_eq!(d.records[0].id.as_deref(), Some("1"));
    assert_eq!(d.records[1].id, None);
    let quote = d.en[0].text.find("come").unwrap();
    let at = d.en[0].origin.to_source(Span::new(quote, quote + 4));
    let source = &d.sources[0];
    assert_eq!(at.of(source.text()), "come");
    assert_eq!(
        (source.position(at.start).line, source.position(at.start).column),
        (3, 16)
    );
}

#[test]
fn separators_and_names_of_columns_are_recognised() {
    for (name, text) in [
        ("a.csv", "中文;英文\n开放;open\n"),
        ("a.csv", "sep=;\nzh;en\n开放;open\n"),
        ("a.tsv", "Chinese\tEnglish\n开放\topen\n"),
        ("a.csv", "English,Chinese\nopen,开放\n"),
        ("a.csv", "zh\ten\n开放\topen"),
    ] {
        let d = read_text(name, text);
        assert_eq!(
            (texts(&d, Side::Zh), texts(&d, Side::En)),
            (vec!["开放"], vec!["open"]),
            "{text}"
        );
        assert_eq!(d.direction, None);
    }
    let d = read_text("a.tsv", "source\ttarget\nopen science\t开放科学\n");
    assert_eq!(
        (texts(&d, Side::Zh), d.direction),
        (vec!["开放科学"], Some(Direction::EnToZh))
    );
}

#[test]
fn stray_quotes_in_tsv_are_text() {
    let d = read_text(
        "a.tsv",
        "zh\ten\n\"开放\"科学\t\"open\" science\n众擎易举\t\"Many hands\n",
    );
    assert_eq!(texts(&d, Side::Zh), ["\"开放\"科学", "众擎易举"]);
    assert_eq!(texts(&d, Side::En), ["\"open\" science", "\"Many hands"]);
}

#[test]
fn a_quote_never_closed_costs_its_record() {
    let folder = Folder::new(&[("a.csv", "zh,en\n开放,open\n\"坏,bad\n好,good\n")]);
    let all = folder.read("a.csv");
    let (good, bad): (Vec<_>, Vec<_>) = all.into_iter().partition(Result::is_ok);
    assert_eq!(good.into_iter().map(|d| d.unwrap().zh.len()).sum::<usize>(), 2);
    assert!(
        matches!(bad.as_slice(), [Err(InputError::Record { line: 3, column: 1, .. })]),
        "{bad:?}"
    );
}

#[test]
fn a_table_without_header_says_what_to_write() {
    let folder = Folder::new(&[("a.tsv", "开放\topen\n"), ("b.csv", "zh,note\n开放,x\n")]);
    let e = folder.read("a.tsv").remove(0).unwrap_err();
    assert!(
        matches!(
            e,
            InputError::MissingHeader {
                line: 1,
                missing: None,
                ..
            }
        ),
        "{e}"
    );
    let e = folder.read("b.csv").remove(0).unwrap_err();
    assert!(e.to_string().contains("named as English"), "{e}");
}

#[test]
fn jsonl_reads_pairs_documents_and_every_kind_of_id() {
    let text = "{\"id\": 7, \"zh\": \"开放\\n\\u79d1学\", \"en\": \"open\", \"note\": [1, {\"a\": null}]}\n\n\
        {\"id\": \"doc\", \"zh\": [\"一\", \"\", \"【序】（6字）\"], \"en\": [\"one\"]}\n{\"zh\": \"仅中文\"}\n";
    let folder = Folder::new(&[("a.jsonl", text)]);
    let documents: Vec<Document> = folder.read("a.jsonl").into_iter().map(Result::unwrap).collect();
    assert_eq!(documents.len(), 3);
    documents.iter().for_each(assert_spans);
    let [pair, whole, single] = documents.as_slice() else {
        panic!()
    };
    assert_eq!(texts(pair, Side::Zh), ["开放\n科学"]);
    assert_eq!(pair.records[0].id.as_deref(), Some("7"));
    assert_eq!(
        (whole.layout, whole.id.as_deref(), whole.zh.len()),
        (Layout::Parallel, Some("doc"), 3)
    );
    assert_eq!(whole.zh[2].kind, BlockKind::Structure);
    assert_eq!((single.first_record, single.records[0].en.len()), (1, 0));
    let at = pair.zh[0].origin.to_source(Span::new(7, 10));
    assert_eq!(at.of(pair.sources[0].text()), "\\u79d1");
}

#[test]
fn a_malformed_line_is_named_and_the_rest_is_read() {
    let text = "{\"zh\": \"一\", \"en\": \"one\"}\n{\"zh\": \"二\", \"en\": 2}\nnot json\n{\"zh\": \"三\", \"en\": \"three\"\n{\"note\": 1}\n{\"zh\": \"四\", \"en\": \"four\"}\n";
    let all = Folder::new(&[("a.jsonl", text)]).read("a.jsonl");
    let read: usize = all.iter().flatten().map(|d| d.records.len()).sum();
    assert_eq!(read, 2);
    let places: Vec<(usize, usize)> = all
        .iter()
        .filter_map(|r| match r {
            Err(InputError::Record { line, column, .. }) => Some((*line, *column)),
            _ => None,
        })
        .collect();
    assert_eq!(
        places,
        [(2, 20), (3, 1), (5, 1), (5, 1)]
            .map(|p| if p == (5, 1) { p } else { p })
            .to_vec()
    );
}

#[test]
fn a_broken_sequence_costs_a_record_file_its_line_only() {
    let mut bytes = Vec::new();
    for i in 0..20 {
        bytes.extend(format!("{{\"id\": {i}, \"zh\": \"开放科学\", \"en\": \"open\"}}\n").into_bytes());
    }
    let at = bytes.iter().rposition(|&b| b == "学".as_bytes()[0]).unwrap();
    bytes[at + 2] = b'x';
    let folder = Folder::new(&[]);
    folder.put("a.jsonl", &bytes);
    let all = folder.read("a.jsonl");
    assert_eq!(all.iter().flatten().map(|d| d.records.len()).sum::<usize>(), 19);
    assert!(
        all.iter()
            .any(|r| matches!(r, Err(InputError::BrokenUtf8 { line: 20, .. })))
    );
}

#[test]
fn long_files_come_in_parts_that_know_their_place() {
    let mut text = String::from("id\tzh\ten\n");
    for i in 0..30_000 {
        text.push_str(&format!("{i}\t第{i}号开放科学\tOpen science, no. {i}\n"));
    }
    let folder = Folder::new(&[("a.tsv", &text)]);
    let documents: Vec<Document> = folder.read("a.tsv").into_iter().map(Result::unwrap).collect();
    assert!(documents.len() >= 30_000 / MAX_RECORDS);
    let mut next = 0;
    for d in &documents {
        assert_eq!(d.first_record, next);
        assert!(d.records.len() <= MAX_RECORDS);
        next += d.records.len();
        let last = d.zh.last().unwrap();
        let line = d.sources[0].position(last.origin.span.start).line;
        assert_eq!(line, next + 1);
        assert_eq!(
            d.records.last().unwrap().id.as_deref(),
            Some((next - 1).to_string().as_str())
        );
    }
    assert_eq!(next, 30_000);
}

#[test]
fn a_quoted_field_over_the_end_of_a_part_is_read_whole() {
    let long = "文字\n".repeat(200_000);
    let text = format!("zh,en\n一,one\n\"{long}\",\"{}\"\n二,two\n", "word\n".repeat(300_000));
    let folder = Folder::new(&[("a.csv", &text)]);
    let documents: Vec<Document> = folder.read("a.csv").into_iter().map(Result::unwrap).collect();
    let sizes: Vec<usize> = documents
        .iter()
        .flat_map(|d| d.zh.iter().map(|b| b.text.len()))
        .collect();
    assert_eq!(sizes, [3, long.len(), 3]);
    let last = documents.last().unwrap();
    assert_eq!(
        last.sources[0].position(last.zh.last().unwrap().origin.span.start).line,
        500_003 + 1
    );
}

#[test]
fn empty_files_are_a_warning_in_every_format() {
    for name in ["a.txt", "a.md", "a.csv", "a.tsv", "a.jsonl"] {
        for text in ["", "\n\n", "\u{feff}"] {
            let e = Folder::new(&[(name, text)]).read(name).remove(0).unwrap_err();
            assert!(matches!(e, InputError::Empty { .. }), "{name} {text:?}: {e}");
            assert_eq!(e.level(), Level::Warning);
        }
    }
}

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
    assert!(matches!(e, InputError::OneLanguage { side: Side::En, .. }), "{e}");
    assert_eq!(e.level(), Level::Skipped);
}

#[test]
fn exclusions_hold_for_folders_and_on_request_for_named_files() {
    let folder = Folder::new(&[("a.txt", SCRIPT), ("old/b.txt", SCRIPT)]);
    let mut globs = globset::GlobSetBuilder::new();
    globs.add(globset::Glob::new("**/old").unwrap());
    globs.add(globset::Glob::new("**/old/**").unwrap());
    let mut options = Options {
        exclude: Some(globs.build().unwrap()),
        ..Options::default()
    };
    let count = |paths: &[PathBuf], options: &Options| discover(paths, options).inputs.len();
    assert_eq!(count(&[folder.path("")], &options), 1);
    assert_eq!(count(&[folder.path("old/b.txt")], &options), 1);
    options.force_exclude = true;
    assert_eq!(count(&[folder.path("old/b.txt")], &options), 0);
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
fn formats_that_are_not_read_are_named() {
    let folder = Folder::new(&[("a.docx", "PK"), ("b.txt", "%PDF-1.5 …")]);
    assert!(matches!(
        folder.read("a.docx")[0],
        Err(InputError::UnknownFormat { .. })
    ));
    assert!(matches!(folder.read("b.txt")[0], Err(InputError::Binary { .. })));
    assert!(matches!(folder.read("c.txt")[0], Err(InputError::NotFound { .. })));
}

#[test]
fn standard_input_is_told_by_its_first_line() {
    assert_eq!(text::sniff(b"{\"zh\": 1}"), Format::Jsonl);
    assert_eq!(text::sniff("id\tzh\ten\n".as_bytes()), Format::Tsv);
    assert_eq!(text::sniff("\u{feff}中文,英文\n".as_bytes()), Format::Csv);
    assert_eq!(text::sniff("开放科学\nOpen science\n".as_bytes()), Format::Text);
}

#[test]
fn a_line_of_megabytes_is_read_in_linear_time() {
    let name: Arc<str> = Arc::from("a");
    for unit in ["开放", "a < {b ", "% ( \"x\": ", "word "] {
        let text = unit.repeat(2_000_000 / unit.len());
        let start = std::time::Instant::now();
        let json = format!("{{\"zh\": {}}}", serde_json::to_string(&text).unwrap());
        let folder = Folder::new(&[("a.txt", &text), ("a.md", &text), ("a.jsonl", &json), ("a.csv", &text)]);
        for file in ["a.txt", "a.md", "a.jsonl", "a.csv"] {
            let _ = folder.read(file);
        }
        assert!(start.elapsed().as_secs() < 20, "{name}: {unit}");
    }
}
