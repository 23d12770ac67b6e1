use proptest::prelude::*;

use super::*;
use crate::document::{Block, BlockKind, Document, Layout, Origin};
use crate::text::{Side, Source};

/// A document whose lines are in one file; layout markers are written with a leading `#`.
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
fn a_script_aligns_line_by_line_and_markers_stay_alone() {
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
fn an_omitted_line_is_a_bead_of_its_own() {
    for gone in [6, 8, 10, 12] {
        let pairs = Aligner::default().align_document(&interleaved(&without(SCRIPT, gone)), &());
        let omitted: Vec<_> = pairs.iter().filter(|p| p.en.is_empty()).map(|p| p.zh.start).collect();
        // Block numbers: the two markers, and the Chinese line before the one taken out.
        assert_eq!(omitted, [1, gone / 2, 9], "{pairs:?}");
    }
}

#[test]
fn no_pair_spans_a_section_marker() {
    // The English line translates the lines on both sides of a marker.
    let lines = [
        "共享智慧 点亮未来",
        "Sharing Wisdom for a Brighter Future",
        "众擎易举，独力难成。",
        "#【序】（68字）",
        "欢迎各国科研人员共同参与。",
        "Many hands make light work. We welcome researchers from around the world to take part.",
        "我们在这里，欢迎您！",
        "Welcome to join us.",
    ];
    let document = interleaved(&lines);
    let pairs = Aligner::default().align_document(&document, &());
    let marker = 2;
    assert!(
        pairs
            .iter()
            .all(|p| !p.zh.contains(&marker) || p.zh == (marker..marker + 1)),
        "{pairs:?}"
    );
    let zh: Vec<usize> = pairs.iter().flat_map(|p| p.zh.clone()).collect();
    assert_eq!(zh, (0..document.zh.len()).collect::<Vec<_>>());
    assert!(pairs.iter().all(|p| p.members.zh.len() != 1), "{pairs:?}");
}

#[test]
fn without_lexicon_the_lines_still_align() {
    let pairs = Aligner::new(None).align_document(&interleaved(SCRIPT), &());
    assert_eq!(
        pairs.iter().filter(|p| p.zh.len() == 1 && p.en.len() == 1).count(),
        8,
        "{pairs:?}"
    );
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
    assert!(
        beads.iter().any(|b| b.units.zh == (1..2) && b.units.en == (0..1)),
        "{beads:?}"
    );
}

#[test]
fn no_bead_takes_in_a_unit_over_one_that_is_out_of_order() {
    let long =
        "众擎易举，独力难成。2025年11月，中国国务院总理李强在出席二十国集团领导人第二十次峰会时欢迎各方加入行动计划。";
    let long_english = "Many hands make light work. At the G20 Summit in November 2025, Chinese Premier Li Qiang welcomed \
                        more stakeholders to join the Action Plan.";
    let zh = [
        "共享智慧 点亮未来",
        "空间环境地面模拟装置、",
        long,
        "500米口径球面射电望远镜、",
        long,
        "脉冲强磁场实验装置、",
        "高海拔宇宙线观测站、",
        "高海拔宇宙线观测站、",
        "高海拔宇宙线观测站、",
        "空间环境地面模拟装置、",
        "空间环境地面模拟装置、",
        long,
    ];
    let (telescope, sharing) = (
        "Five-hundred-meter Aperture Spherical Radio Telescope (FAST)",
        "Sharing Wisdom for a Brighter Future",
    );
    let pulsed = "Pulsed High Magnetic Field Facility";
    let en = [
        long_english,
        "",
        telescope,
        sharing,
        pulsed,
        "",
        pulsed,
        long_english,
        pulsed,
        sharing,
    ];
    let beads = Aligner::default().align_units(&units(&zh), &units(&en), &Options::default());
    let mut english: Vec<usize> = beads.iter().flat_map(|b| b.units.en.clone()).collect();
    english.sort_unstable();
    assert_eq!(english, (0..en.len()).collect::<Vec<_>>());
}

#[test]
fn a_pair_of_blank_lines_leaves_the_order_alone() {
    let english = [
        "Sharing Wisdom for a Brighter Future",
        "Many hands make light work.",
        "A tokamak",
        "",
    ];
    let beads = Aligner::default().align_units(&units(&[""]), &units(&english), &Options::default());
    let straight = beads.iter().filter(|b| !b.crossing).flat_map(|b| b.units.en.clone());
    assert!(straight.is_sorted(), "{beads:?}");
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

/// Texts put together from lines of the script, in any order and number.
fn any_lines(parity: usize) -> impl Strategy<Value = Vec<&'static str>> {
    let lines: Vec<&str> = SCRIPT.iter().copied().filter(|l| !l.starts_with('#')).collect();
    let lines: Vec<&str> = lines.into_iter().skip(parity).step_by(2).chain([""]).collect();
    proptest::collection::vec(proptest::sample::select(lines), 0..24)
}

fn units<S: AsRef<str>>(lines: &[S]) -> Vec<Unit<'_>> {
    lines.iter().map(|l| Unit::new(l.as_ref())).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_unit_is_in_one_bead_and_only_crossing_beads_leave_the_order(zh in any_lines(0), en in any_lines(1)) {
        for grain in [Grain::Paragraph, Grain::Sentence] {
            let options = Options { grain, interleaved: false };
            let beads = Aligner::default().align_units(&units(&zh), &units(&en), &options);
            prop_assert!(beads.iter().all(|b| !(b.units.zh.is_empty() && b.units.en.is_empty())));
            let zh_order: Vec<usize> = beads.iter().flat_map(|b| b.units.zh.clone()).collect();
            prop_assert_eq!(zh_order, (0..zh.len()).collect::<Vec<_>>());
            let mut en_units: Vec<usize> = beads.iter().flat_map(|b| b.units.en.clone()).collect();
            let straight: Vec<usize> =
                beads.iter().filter(|b| !b.crossing).flat_map(|b| b.units.en.clone()).collect();
            prop_assert!(straight.is_sorted(), "{:?}", beads);
            let pairs: Vec<_> = beads.iter().filter(|b| !b.units.zh.is_empty() && !b.units.en.is_empty()).collect();
            for b in pairs.iter().filter(|b| b.crossing) {
                let crosses = |o: &&Bead| (o.units.zh.start < b.units.zh.start) != (o.units.en.start < b.units.en.start) && o.units.zh != b.units.zh;
                prop_assert!(pairs.iter().copied().any(|o| crosses(&o)), "{:?} in {:?}", b, beads);
            }
            en_units.sort_unstable();
            prop_assert_eq!(en_units, (0..en.len()).collect::<Vec<_>>());
        }
    }

    #[test]
    fn white_space_around_lines_changes_nothing(zh in any_lines(0), en in any_lines(1)) {
        let spaced = |lines: &[&str]| lines.iter().map(|l| format!("{l}  \r")).collect::<Vec<_>>();
        let align = |zh: &[Unit<'_>], en: &[Unit<'_>]| Aligner::default().align_units(zh, en, &Options::default());
        let plain: Vec<_> = align(&units(&zh), &units(&en)).into_iter().map(|b| b.units).collect();
        let other: Vec<_> =
            align(&units(&spaced(&zh)), &units(&spaced(&en))).into_iter().map(|b| b.units).collect();
        prop_assert_eq!(plain, other);
    }
}

/// Paragraphs of a text that both languages share in turn.
const TURNS: &[&str] = &[
    "各位代表：",
    "Fellow Deputies,",
    "积极的财政政策要更加有为。今年赤字率拟按3%安排，主要用于保障就业和基本民生。",
    "We will pursue a more proactive fiscal policy.",
    "A deficit-to-GDP ratio of 3 percent is projected for this year, primarily to ensure employment and basic living needs.",
    "湖区的博物馆每天上午九点开门。",
    "The museum at the lake opens at nine every morning.",
    "孩子们在岸边放风筝。",
    "Children fly kites on the shore.",
];

#[test]
fn english_between_two_chinese_paragraphs_belongs_to_the_first() {
    let pairs = Aligner::default().align_document(&interleaved(TURNS), &());
    assert_eq!(ranges(&pairs), [(0..1, 0..1), (1..2, 1..3), (2..3, 3..4), (3..4, 4..5)]);
}

#[test]
fn a_line_without_translation_finds_none_far_below() {
    let mut lines = vec!["湖区的博物馆每天上午九点开门。"];
    let between = ["孩子们在岸边放风筝。", "Children fly kites on the shore."];
    lines.extend(between.repeat(40));
    lines.push("The museum at the lake opens at nine every morning.");
    let pairs = Aligner::default().align_document(&interleaved(&lines), &());
    assert!(pairs.iter().all(|p| !p.crossing), "{pairs:?}");
    assert_eq!((pairs[0].zh.clone(), pairs[0].en.len()), (0..1, 0), "{pairs:?}");
}

/// Units of a page, of which those that begin with `#` are headings.
fn page<'a>(texts: &[&'a str]) -> Vec<Unit<'a>> {
    let unit = |text: &&'a str| Unit {
        kind: if text.starts_with('#') {
            UnitKind::Heading
        } else {
            UnitKind::Text
        },
        ..Unit::new(text.trim_start_matches(['#', ' ']))
    };
    texts.iter().map(unit).collect()
}

/// The English units that have no Chinese.
fn added(zh: &[&str], en: &[&str]) -> Vec<usize> {
    let beads = Aligner::default().align_units(&page(zh), &page(en), &Options::default());
    let alone = beads.iter().filter(|bead| bead.units.zh.is_empty());
    alone.map(|bead| bead.units.en.start).collect()
}

#[test]
fn headings_translate_headings() {
    let zh = ["# 阀门手册", "请先检查压力表的读数。", "# 示例", "关闭以后请记录时间。"];
    let en = [
        "# Valve manual",
        "Check the reading of the pressure gauge first.",
        "# Draining the tank",
        "Connect the hose to the outlet at the bottom.",
        "# Example",
        "Record the time after closing it.",
    ];
    assert_eq!(added(&zh, &en), [2, 3]);
}

#[test]
fn of_equal_units_the_one_among_added_units_is_added() {
    let zh = ["# 阀门手册", "请先检查压力表的读数。", "# 示例", "关闭以后请记录时间。"];
    let en = [
        "# Valve manual",
        "Check the reading of the pressure gauge first.",
        "# Draining the tank",
        "Connect the hose to the outlet at the bottom.",
        "# Example",
        "Never drain hot oil into the sewer.",
        "# Example",
        "Record the time after closing it.",
    ];
    assert_eq!(added(&zh, &en), [2, 3, 4, 5]);
    // Side by side, the later one is.
    let twice = [en[0], en[1], en[6], en[6], en[7]];
    assert_eq!(added(&zh, &twice), [3]);
}
