//! Readers over real files: one test for each way in which files differ.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use encoding_rs::{GB18030, UTF_8, UTF_16LE};

use super::*;
use crate::document::{BlockKind, Document, Layout, PinnedBy};
use crate::text::{Side, Sides, Span};

mod folders;
mod html;
mod layouts;
mod po;
mod records;
mod strings;
mod subtitles;
mod tmx;
mod xliff;

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
        let relative = |p: &PathBuf| display_path(p.strip_prefix(self.0.path()).unwrap()).to_string();
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

/// Every character of every block must come from where its origin says, unless it is written as an escape.
fn assert_spans(document: &Document) {
    for block in document.zh.iter().chain(&document.en) {
        let source = document.sources[block.origin.source].text();
        let mut at = 0;
        for piece in block.origin.pieces.iter() {
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
\x20子午工程。\n\nChinese Meridian Project (CMP)\n\n（全文配音共615字）\n";

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
        let bytes = d.sources[0].dialect().bytes().unwrap();
        assert_eq!((bytes.encoding, bytes.bom), (encoding, bom));
        assert_eq!(d.sources[0].text(), text);
    }
}

#[test]
fn a_licence_and_pictures_in_comments_are_no_translation() {
    let licence = "<!--\n# Licensed under the terms of the licence that you have received.\n-->\n\n# 描述\n\n";
    let pictures =
        "<!--\n![add a consumer](a.png)\n\n![open the tap](b.png)\n-->\n\n## 测试\n\n这个插件可以打开水箱的阀门。\n";
    let folder = Folder::new(&[("a.md", &(licence.to_owned() + pictures))]);
    let error = folder.read("a.md").pop().unwrap().unwrap_err();
    assert!(error.to_string().contains("Chinese only"), "{error}");
}

#[test]
fn cells_in_both_languages_and_cells_that_are_shared() {
    let page = "# Core overview <br> 核心总览\n\nThe station has two cores.<br>站点有两个核心。\n\n\
                Each core has its own cache.<br>每个核心有自己的缓存。\n\n## Instructions &nbsp; 指令\n\n\
                | Name | Latency | Use |\n|---|---|---|\n| Zba | 4 (to the core) | Load of L1 <br> L1加载 |\n\
                | ROB <br> 缓冲 | 256 | Wired to 0 |\n| to_buffer_number | 2 | 存储操作 |\n";
    let folder = Folder::new(&[("a.md", page)]);
    let read = folder.read("a.md").into_iter().find_map(Result::ok).unwrap();
    let cells = |side| -> Vec<&str> {
        let cells = read.blocks(side).iter().filter(|b| b.kind.row().is_some());
        cells.map(|b| b.text.as_str()).collect()
    };
    assert_eq!(cells(Side::Zh), ["L1加载", "缓冲", "存储操作"]);
    assert_eq!(cells(Side::En), ["Load of L1", "ROB"]);
}

#[test]
fn a_chinese_page_with_an_english_list_is_in_one_language() {
    let page = "# 指令融合\n\n译码单元支持一些指令的融合。\n\n目前支持如下情况：\n\n\
                - clear the upper 32 bits of it\n- clear the upper 48 bits of it\n- shift it left by one and add\n\n";
    let folder = Folder::new(&[("a.md", page), ("b.md", &format!("{page}The pages are below.\n"))]);
    let error = folder.read("a.md").pop().unwrap().unwrap_err();
    assert!(
        matches!(error, InputError::OneLanguage { side: Side::Zh, .. }),
        "{error}"
    );
    assert!(folder.read("b.md").pop().unwrap().is_ok());
}

#[test]
fn text_in_one_language_is_refused() {
    let text = "我们在这里，欢迎您！\n\n众擎易举，独力难成。\n";
    let e = Folder::new(&[("a.txt", text)]).read("a.txt").remove(0).unwrap_err();
    assert!(matches!(e, InputError::OneLanguage { side: Side::Zh, .. }), "{e}");
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
<pre>\n跳过\n</pre>\n";

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
fn a_table_of_parameters_is_no_table_of_pairs() {
    let table = "# 标签\n\n| 名称 | 描述 |\n|---|---|\n| route_name | 路由名称。如果不存在，则使用路由编号。 |\n\
                 | service_name | 服务名称。如果不存在，则使用服务编号。 |\n| `--node` | 处理请求的上游节点。 |\n";
    let e = Folder::new(&[("a.md", table)]).read("a.md").remove(0).unwrap_err();
    assert!(matches!(e, InputError::OneLanguage { side: Side::Zh, .. }), "{e}");
    let code = "# 标签\n\n| 参数 | 描述 |\n|---|---|\n| `A` | 标签 |\n| `B` | 链接 |\n| `C` 或 `D` | 请求 |\n";
    let e = Folder::new(&[("a.md", code)]).read("a.md").remove(0).unwrap_err();
    assert!(matches!(e, InputError::OneLanguage { side: Side::Zh, .. }), "{e}");
    let acronyms = "| 名称 | 缩写 |\n|---|---|\n| 高能同步辐射光源 | HEPS |\n| 稳态强磁场实验装置 | SHMFF |\n| 江门中微子实验 | JUNO |\n";
    assert_eq!(read_text("a.md", acronyms).records.len(), 3);
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
fn empty_files_are_a_warning_in_every_format() {
    for name in ["a.txt", "a.md", "a.csv", "a.tsv", "a.jsonl", "a.po"] {
        for text in ["", "\n\n", "\u{feff}"] {
            let e = Folder::new(&[(name, text)]).read(name).remove(0).unwrap_err();
            assert!(matches!(e, InputError::Empty { .. }), "{name} {text:?}: {e}");
            assert_eq!(e.level(), Level::Warning);
        }
    }
}

#[test]
fn formats_that_are_not_read_are_named() {
    let folder = Folder::new(&[("a.odt", "PK"), ("b.txt", "%PDF-1.5 …")]);
    assert!(matches!(folder.read("a.odt")[0], Err(InputError::UnknownFormat { .. })));
    assert!(matches!(folder.read("b.txt")[0], Err(InputError::Binary { .. })));
    assert!(matches!(folder.read("c.txt")[0], Err(InputError::NotFound { .. })));
}

#[test]
fn standard_input_is_told_by_its_first_line() {
    for (head, format) in [
        ("{\"zh\": 1}", "JSONL"),
        ("id\tzh\ten\n", "TSV"),
        ("\u{feff}中文,英文\n", "CSV"),
        ("中文;英文\n", "CSV"),
        ("开放科学\nOpen science\n", "text"),
    ] {
        assert_eq!(formats::sniff(head.as_bytes()).name(), format, "{head}");
    }
}

#[test]
fn a_line_of_megabytes_is_read_in_linear_time() {
    let name: Arc<str> = Arc::from("a");
    for unit in ["开放", "a < {b ", "% ( \"x\": ", "word "] {
        let text = unit.repeat(500_000 / unit.len());
        let start = std::time::Instant::now();
        let json = format!("{{\"zh\": {}}}", serde_json::to_string(&text).unwrap());
        let folder = Folder::new(&[("a.txt", &text), ("a.md", &text), ("a.jsonl", &json), ("a.csv", &text)]);
        for file in ["a.txt", "a.md", "a.jsonl", "a.csv"] {
            let _ = folder.read(file);
        }
        assert!(start.elapsed().as_secs() < 60, "{name}: {unit}");
    }
}

#[test]
fn comments_pin_a_pair() {
    let folder = Folder::new(&[
        (
            "a.zh.md",
            "# 水箱\n\n我们在这里。\n\n<!-- bilint: pair 12 -->\n打开阀门。\n\n<!-- bilint: pair 13 -->\n",
        ),
        (
            "a.en.md",
            "# Tank\n\nOpen the valve.\n\n<!-- bilint: pair 12 -->\nWe are here.\n",
        ),
    ]);
    let files = Files::Two {
        zh: folder.path("a.zh.md"),
        en: folder.path("a.en.md"),
    };
    let input = Input {
        files,
        ..Input::file(folder.path("a.zh.md"))
    };
    let d = only(read(&input, &Options::default()).collect());
    let [pin] = &d.pins[..] else { panic!("{:?}", d.pins) };
    assert_eq!(pin.by, PinnedBy::Comments("12".into()));
    assert_eq!(pin.pair(), Some(Sides::new(2, 2)));
    assert_eq!(d.pinned(), [Sides::new(2, 2)]);

    // In a text with both languages, one comment covers the lines below it.
    let text = "<!-- bilint: pair a -->\n我们在这里。\nWe are here.\n\n打开阀门。\nOpen the valve.\n";
    let d = only(Folder::new(&[("b.txt", text)]).read("b.txt"));
    assert_eq!(d.pins[0].pair(), Some(Sides::new(0, 0)));
}
