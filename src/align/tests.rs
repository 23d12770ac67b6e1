use super::*;
use crate::input::{Block, BlockKind, Document, Layout, Origin};
use crate::text::{Side, Source};

/// A document whose lines stand in one file; layout markers are written with a leading `#`.
fn interleaved(lines: &[&str]) -> Document {
    let text = lines.join("\n");
    let mut document = Document::new("test", Layout::Interleaved);
    let mut start = 0;
    for line in lines {
        let side = crate::text::script::side_of(line).unwrap_or(Side::Zh);
        document.blocks_mut(side).push(Block {
            side,
            kind: if line.starts_with('#') {
                BlockKind::Structure
            } else {
                BlockKind::Paragraph
            },
            text: (*line).to_owned(),
            masked: Vec::new(),
            origin: Origin::verbatim(0, start, line.len()),
        });
        start += line.len() + 1;
    }
    document.sources.push(Arc::new(Source::new("test", text)));
    document
}

fn ranges(pairs: &[Pair]) -> Vec<(Range<usize>, Range<usize>)> {
    pairs.iter().map(|p| (p.zh.clone(), p.en.clone())).collect()
}

/// Lines of an official script in two languages (its own translation), with a list of names.
const SCRIPT: &[&str] = &[
    "共享智慧 点亮未来",
    "Sharing Wisdom for a Brighter Future",
    "#【序】（68字）",
    "众擎易举，独力难成。2025年11月，中国国务院总理李强在出席二十国集团领导人第二十次峰会时欢迎各方加入行动计划。",
    "Many hands make light work. At the G20 Summit in November 2025, Chinese Premier Li Qiang welcomed more stakeholders to join the Action Plan.",
    "空间环境地面模拟装置、",
    "Space Environment Simulation and Research Infrastructure",
    "脉冲强磁场实验装置、",
    "Pulsed High Magnetic Field Facility",
    "高海拔宇宙线观测站、",
    "Large High Altitude Air Shower Observatory (LHAASO)",
    "500米口径球面射电望远镜、",
    "Five-hundred-meter Aperture Spherical Radio Telescope (FAST)",
    "全超导托卡马克核聚变实验装置。",
    "Experimental Advanced Superconducting Tokamak",
    "我们在这里，欢迎您！",
    "Welcome to join us.",
    "#（全文配音共615字）",
];

fn without(lines: &[&'static str], gone: usize) -> Vec<&'static str> {
    let mut lines = lines.to_vec();
    lines.remove(gone);
    lines
}

#[test]
fn a_script_aligns_line_by_line_and_markers_stand_alone() {
    let pairs = Aligner::default().align_document(&interleaved(SCRIPT), &());
    let expected = [
        (0..1, 0..1),
        (1..2, 1..1),
        (2..3, 1..2),
        (3..4, 2..3),
        (4..5, 3..4),
        (5..6, 4..5),
        (6..7, 5..6),
        (7..8, 6..7),
        (8..9, 7..8),
        (9..10, 8..8),
    ];
    assert_eq!(ranges(&pairs), expected);
    assert!(pairs.iter().all(|p| !p.crossing && p.confidence > 0.9), "{pairs:?}");
}

#[test]
fn an_omitted_line_stands_alone_with_or_without_lexicon() {
    for aligner in [Aligner::default(), Aligner::new(None)] {
        for gone in [6, 8, 10, 12] {
            let pairs = aligner.align_document(&interleaved(&without(SCRIPT, gone)), &());
            let omitted: Vec<_> = pairs.iter().filter(|p| p.en.is_empty()).map(|p| p.zh.start).collect();
            // Block numbers: the two markers, and the Chinese line before the one taken out.
            assert_eq!(omitted, [1, gone / 2, 9], "{pairs:?}");
        }
    }
}

#[test]
fn all_chinese_first_then_all_english_aligns_too() {
    let texts: Vec<&str> = SCRIPT.iter().copied().filter(|l| !l.starts_with('#')).collect();
    let chinese = texts.iter().step_by(2);
    let lines: Vec<&str> = chinese.chain(texts.iter().skip(1).step_by(2)).copied().collect();
    let pairs = Aligner::default().align_document(&interleaved(&lines), &());
    assert_eq!(ranges(&pairs), (0..8).map(|i| (i..i + 1, i..i + 1)).collect::<Vec<_>>());
}

#[test]
fn swapped_items_are_order_and_nothing_is_missing() {
    let mut lines = SCRIPT.to_vec();
    lines.swap(8, 12);
    let pairs = Aligner::default().align_document(&interleaved(&lines), &());
    assert!(pairs.iter().any(|p| p.crossing), "{pairs:?}");
    let alone = pairs.iter().filter(|p| p.en.is_empty() || p.zh.is_empty()).count();
    assert_eq!(alone, 2, "{pairs:?}");
    let of = |zh: usize| pairs.iter().find(|p| p.zh.contains(&zh)).map(|p| p.en.clone());
    assert_eq!((of(4), of(6)), (Some(5..6), Some(3..4)), "{pairs:?}");
}

#[test]
fn anchors_decide_where_words_cannot() {
    let zh = [
        Unit {
            anchors: &[1],
            ..Unit::new("甲乙丙")
        },
        Unit {
            anchors: &[2],
            ..Unit::new("丁戊己")
        },
    ];
    let en = [Unit {
        anchors: &[2],
        ..Unit::new("Foo bar baz qux")
    }];
    let beads = Aligner::new(None).align_units(&zh, &en, &Options::default());
    assert!(beads.iter().any(|b| b.zh == (1..2) && b.en == (0..1)), "{beads:?}");
}

#[test]
fn sentences_of_a_paragraph_align() {
    let zh = "众擎易举，独力难成。2025年11月，中国国务院总理李强欢迎各方加入行动计划。";
    let en =
        "Many hands make light work. In November 2025, Chinese Premier Li Qiang welcomed more stakeholders to join.";
    let beads = Aligner::default().align_sentences(
        zh,
        &crate::language::sentences(zh, Side::Zh),
        en,
        &crate::language::sentences(en, Side::En),
    );
    assert_eq!(beads.len(), 2, "{beads:?}");
}
