use super::super::{Aligner, Bead, Options, Unit};

fn units<'a>(texts: &[&'a str]) -> Vec<Unit<'a>> {
    texts.iter().map(|t| Unit::new(t)).collect()
}

fn align(zh: &[&str], en: &[&str]) -> Vec<Bead> {
    Aligner::default().align_units(&units(zh), &units(en), &Options::default())
}

const HEADING: [&str; 2] = ["开放的数据", "Open data"];
const BODY: [&str; 2] = [
    "所有数据将向全球科学家免费开放。研究人员可以通过网站申请。",
    "All data will be open to scientists around the world free of charge. Researchers may apply on the website.",
];
const BEFORE: [&str; 2] = [
    "研究团队在青海建成了新的观测站。",
    "The team has built a new observatory in Qinghai.",
];
const AFTER: [&str; 2] = [
    "欢迎各国科研人员共同参与。",
    "We welcome researchers from all countries to take part.",
];

#[test]
fn a_heading_that_repeats_words_of_the_text_behind_it_is_let_go() {
    let beads = align(
        &[BEFORE[0], HEADING[0], BODY[0], AFTER[0]],
        &[BEFORE[1], BODY[1], AFTER[1]],
    );
    assert!(
        beads.iter().any(|b| b.units.zh == (1..2) && b.units.en.is_empty()),
        "{beads:?}"
    );
}

#[test]
fn of_a_heading_and_a_lead_that_say_the_same_the_lead_keeps_its_translation() {
    let beads = align(
        &[
            "FAST 望远镜：六项发现公布",
            "国家天文台表示，科学家用这台望远镜得到的六项重要发现已于周三公布。",
            "所有数据将向全球科学家免费开放。",
            "欢迎各国科研人员通过FAST网站申请。",
        ],
        &[
            "Six important discoveries made by scientists with the telescope were announced on Wednesday, the \
             National Astronomical Observatories said.",
            BODY[1],
            "Researchers of all countries may apply through the website of FAST.",
        ],
    );
    assert!(
        beads.iter().any(|b| b.units.zh == (0..1) && b.units.en.is_empty()),
        "{beads:?}"
    );
    assert!(
        beads.iter().any(|b| b.units.zh == (1..2) && b.units.en == (0..1)),
        "{beads:?}"
    );
}

#[test]
fn a_heading_translated_with_the_text_behind_it_stays_and_each_member_is_rated() {
    let both = format!("{}: {}", HEADING[1], BODY[1]);
    let beads = align(
        &[BEFORE[0], HEADING[0], BODY[0], AFTER[0]],
        &[BEFORE[1], &both, AFTER[1]],
    );
    let bead = beads.iter().find(|b| b.units.zh == (1..3) && b.units.en == (1..2));
    let bead = bead.unwrap_or_else(|| panic!("{beads:?}"));
    assert!(bead.members.zh.len() == 2 && bead.members.en.is_empty(), "{bead:?}");
    assert!(
        bead.members.zh.iter().all(|&m| m > 0.5 && m >= bead.confidence),
        "{bead:?}"
    );
}

#[test]
fn what_one_bead_lets_go_of_the_next_one_takes_in() {
    let both = format!("{}{}", HEADING[0], AFTER[0]);
    let beads = align(
        &[BEFORE[0], BODY[0], &both, "申请截止到六月。"],
        &[BEFORE[1], BODY[1], HEADING[1], AFTER[1], "Applications close in June."],
    );
    assert!(
        beads.iter().any(|b| b.units.zh == (2..3) && b.units.en == (2..4)),
        "{beads:?}"
    );
}
