//! What alignment promises of every text, whatever is in it: each block in one pair, order kept, and the same result
//! however the files are written and named.

use std::ops::Range;
use std::path::Path;
use std::process::Command;

use bilint::align::{Aligner, Pair};
use bilint::document::{BlockKind, Document};
use bilint::input::{self, Files, Input, Options};
use bilint::text::Side;
use proptest::prelude::*;

/// Lines of an official script and its translation, with section markers.
const ZH: &[&str] = &[
    "共享智慧 点亮未来",
    "【序】（68字）",
    "众擎易举，独力难成。2025年11月，中国国务院总理李强欢迎各方加入行动计划。",
    "空间环境地面模拟装置、",
    "高海拔宇宙线观测站、",
    "500米口径球面射电望远镜、",
    "欢迎各国科研人员共同参与。",
    "【结语】（40字）",
    "我们在这里，欢迎您！",
];
const EN: &[&str] = &[
    "Sharing Wisdom for a Brighter Future",
    "Many hands make light work. In November 2025, Chinese Premier Li Qiang welcomed more stakeholders to join.",
    "Space Environment Simulation and Research Infrastructure",
    "Large High Altitude Air Shower Observatory (LHAASO)",
    "Five-hundred-meter Aperture Spherical Radio Telescope (FAST)",
    "We welcome researchers from around the world to take part.",
    "Welcome to join us.",
];

fn lines(of: &'static [&'static str]) -> impl Strategy<Value = Vec<&'static str>> {
    proptest::collection::vec(proptest::sample::select(of), 1..16)
}

/// Paragraphs as a plain text, with this line end and this at the end of every line.
fn text(paragraphs: &[&str], trailing: &str, end: &str) -> String {
    paragraphs.iter().flat_map(|p| [*p, trailing, end, end]).collect()
}

fn read(files: Files) -> Document {
    let input = Input { files, explicit: true };
    let mut documents = input::read(&input, &Options::default());
    documents.next().expect("a document").expect("a readable document")
}

/// The pairs of two files, named in this order.
fn pairs_of(first: &str, second: &str) -> (Document, Vec<Pair>) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).expect("a file");
        path
    };
    // The names tell nothing.
    let document = read(Files::Two {
        zh: path("a.txt", first),
        en: path("b.txt", second),
    });
    let pairs = Aligner::default().align_document(&document, &());
    (document, pairs)
}

fn ranges(pairs: &[Pair]) -> Vec<(Range<usize>, Range<usize>)> {
    pairs.iter().map(|p| (p.zh.clone(), p.en.clone())).collect()
}

/// Checks what holds for the pairs of every document.
fn check(document: &Document, pairs: &[Pair]) -> Result<(), TestCaseError> {
    let zh: Vec<usize> = pairs.iter().flat_map(|p| p.zh.clone()).collect();
    prop_assert_eq!(zh, (0..document.zh.len()).collect::<Vec<_>>());
    let straight: Vec<usize> = pairs
        .iter()
        .filter(|p| !p.crossing)
        .flat_map(|p| p.en.clone())
        .collect();
    prop_assert!(straight.is_sorted(), "{:?}", pairs);
    let mut en: Vec<usize> = pairs.iter().flat_map(|p| p.en.clone()).collect();
    en.sort_unstable();
    prop_assert_eq!(en, (0..document.en.len()).collect::<Vec<_>>());
    for pair in pairs {
        prop_assert!((0.0..=1.0).contains(&pair.confidence), "{:?}", pair);
        for (members, blocks) in [(&pair.members.zh, &pair.zh), (&pair.members.en, &pair.en)] {
            prop_assert!(members.is_empty() || members.len() == blocks.len(), "{:?}", pair);
            prop_assert!(members.iter().all(|m| *m >= pair.confidence), "{:?}", pair);
        }
        for side in [Side::Zh, Side::En] {
            let blocks = match side {
                Side::Zh => &document.zh[pair.zh.clone()],
                Side::En => &document.en[pair.en.clone()],
            };
            let markers = blocks.iter().filter(|b| b.kind == BlockKind::Structure).count();
            prop_assert!(markers == 0 || pair.zh.len() + pair.en.len() == 1, "{:?}", pair);
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn two_files_align_the_same_however_they_are_written_and_named(zh in lines(ZH), en in lines(EN)) {
        let plain = |paragraphs: &[&str]| text(paragraphs, "", "\n");
        let (document, pairs) = pairs_of(&plain(&zh), &plain(&en));
        check(&document, &pairs)?;
        let expected = ranges(&pairs);
        for (trailing, end) in [("", "\r\n"), ("  ", "\n"), (" \t", "\r\n")] {
            let (_, pairs) = pairs_of(&text(&zh, trailing, end), &text(&en, trailing, end));
            prop_assert_eq!(&ranges(&pairs), &expected);
        }
        let (_, swapped) = pairs_of(&plain(&en), &plain(&zh));
        prop_assert_eq!(ranges(&swapped), expected);
    }

    #[test]
    fn an_interleaved_file_aligns_the_same_however_it_is_written(
        mixed in proptest::collection::vec((0..ZH.len(), 0..EN.len() + 1), 1..12)
    ) {
        let paragraphs: Vec<&str> = mixed
            .iter()
            .flat_map(|&(z, e)| std::iter::once(ZH[z]).chain(EN.get(e).copied()))
            .collect();
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("script.txt");
        let mut found = Vec::new();
        for (trailing, end) in [("", "\n"), ("", "\r\n"), ("   ", "\n")] {
            std::fs::write(&path, text(&paragraphs, trailing, end)).expect("a file");
            let input = Input { files: Files::One(path.clone()), explicit: true };
            // A text with hardly any translation is refused.
            let Some(Ok(document)) = input::read(&input, &Options::default()).next() else {
                prop_assert!(found.is_empty(), "refused however it is written, or never");
                return Ok(());
            };
            let pairs = Aligner::default().align_document(&document, &());
            check(&document, &pairs)?;
            found.push(ranges(&pairs));
        }
        prop_assert_eq!(&found[0], &found[1]);
        prop_assert_eq!(&found[0], &found[2]);
    }
}

fn bilint(folder: &Path, arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_bilint"))
        .arg("align")
        .args(arguments)
        .current_dir(folder)
        .output()
        .expect("bilint runs");
    assert!(
        output.status.success(),
        "{arguments:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).expect("UTF-8")
}

#[test]
fn the_order_of_the_arguments_and_the_line_ends_do_not_matter() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: String| std::fs::write(folder.path().join(name), text).expect("a file");
    write("zh.txt", text(ZH, "", "\n"));
    write("en.txt", text(EN, "", "\n"));
    write("a.txt", text(ZH, " ", "\r\n"));
    write("b.txt", text(EN, " ", "\r\n"));
    for unit in ["line", "paragraph", "sentence"] {
        let beads = |one, two| {
            bilint(
                folder.path(),
                &["--no-config", "--unit", unit, "--format", "beads", one, two],
            )
        };
        let expected = beads("zh.txt", "en.txt");
        assert!(expected.lines().count() >= EN.len(), "{expected}");
        assert_eq!(beads("en.txt", "zh.txt"), expected, "{unit}");
        assert_eq!(beads("a.txt", "b.txt"), expected, "{unit}");
        assert_eq!(beads("b.txt", "zh.txt"), expected, "{unit}");
    }
}

#[test]
fn files_are_written_at_once_and_the_markdown_reads_as_the_same_pairs() {
    let folder = tempfile::tempdir().expect("a folder");
    let source = "# 设施 Facilities\n\n中文段落很短。\n\nA short paragraph.\n\n- 望远镜和观测站\n- a telescope and a station\n\n\
                  - 实验装置和平台\n- a device and a platform\n\n| 名称 | Name |\n| --- | --- |\n| 观测站 | station |\n";
    std::fs::write(folder.path().join("a.md"), source).expect("a file");
    let beads = |path: &str| bilint(folder.path(), &["--no-config", "--format", "jsonl", path]);
    let texts = |beads: &str| -> Vec<(String, String)> {
        let rows = beads
            .lines()
            .map(|line| serde_json::from_str::<serde_json::Value>(line).expect("JSON"));
        rows.map(|row| (row["zh_text"].to_string(), row["en_text"].to_string()))
            .collect()
    };
    let printed = bilint(
        folder.path(),
        &["--no-config", "--output", "md=b.md", "--output", "xlsx=b.xlsx", "a.md"],
    );
    assert_eq!(printed, "", "files instead of standard output");
    assert_eq!(texts(&beads("b.md")), texts(&beads("a.md")));
    let book = std::fs::read(folder.path().join("b.xlsx")).expect("a workbook");
    assert!(book.starts_with(b"PK"));
}
