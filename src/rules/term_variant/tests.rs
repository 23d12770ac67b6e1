//! Tests of the rule as a whole.

use super::*;
use crate::align::Aligner;
use crate::rules::context::Settings;
use crate::rules::testing::{check, check_with, document, glossary};

const ZH: [&str; 3] = [
    "有效的疫苗已经通过测试。",
    "很多国家正在开发有效的疫苗。",
    "目前尚无有效的疫苗。",
];

fn said(zh: &[&str], en: &[&str]) -> Vec<(String, String, String)> {
    let found = check(&TermVariant, zh, en);
    let part = |f: &Finding| {
        (
            f.zh.as_ref().map(|z| z.text.clone()).unwrap_or_default(),
            f.found.clone().unwrap_or_default(),
            f.expected.concat(),
        )
    };
    found.iter().map(part).collect()
}

fn finding(zh: &str, found: &str, expected: &str) -> [(String, String, String); 1] {
    [(zh.to_owned(), found.to_owned(), expected.to_owned())]
}

#[test]
fn points_at_the_odd_word_and_names_the_usual_one() {
    let en = [
        "An effective vaccine has passed.",
        "Many develop an effective vaccine.",
        "There is no effective serum.",
    ];
    assert_eq!(said(&ZH, &en), finding("疫苗", "serum", "vaccine"));
    let message = &check(&TermVariant, &ZH, &en)[0].message;
    assert_eq!(message, "“疫苗” is “serum” here, “vaccine” elsewhere (first at en:1)");
}

#[test]
fn verbs_that_name_a_thing_are_terms() {
    let zh = ["医院感染的风险很高。", "医生担心医院感染。", "医院感染的来源不明。"];
    let en = [
        "The risk of hospital infection is high.",
        "Doctors fear hospital infection.",
        "The source of hospital contamination is unknown.",
    ];
    assert_eq!(said(&zh, &en), finding("感染", "contamination", "infection"));
}

#[test]
fn a_part_of_a_rendering_may_be_odd() {
    let zh = ["死亡率下降。", "各国的死亡率不同。", "医院公布了死亡率。"];
    let en = [
        "The mortality rate fell.",
        "The mortality rate differs between countries.",
        "The hospital published the morbidity rate.",
    ];
    assert_eq!(said(&zh, &en), finding("死亡率", "morbidity", "mortality"));
}

#[test]
fn things_of_a_kind_are_taken_for_one_another() {
    let zh = ["这种病毒很危险。", "人们对病毒知之甚少。", "医生在水里发现了病毒。"];
    let with = |odd: &'static str| {
        let last = ["The doctors found the ", odd, " in water."].concat();
        let en = ["This virus is dangerous.", "Little is known of the virus.", last.leak()];
        said(&zh, &en)
    };
    assert_eq!(with("bacterium"), finding("病毒", "bacterium", "virus"));
    assert_eq!(with("trousers"), []);
}

#[test]
fn words_that_begin_with_a_combining_form_are_two() {
    let zh = ["血液里有抗体。", "这种抗体很有效。", "医生检测血液中的抗体。"];
    let en = [
        "There are antibodies in the blood.",
        "This antibody is very effective.",
        "The doctors test the blood for antigens.",
    ];
    assert_eq!(said(&zh, &en), finding("抗体", "antigens", "antibodies"));
}

#[test]
fn names_are_said_word_for_word() {
    let zh = [
        "世界卫生组织采纳了这种方法。",
        "世界卫生组织发布了指南。",
        "三月，世界卫生组织号召增加检测。",
    ];
    let with = |odd: &'static str| {
        let en = [
            "The World Health Organization adopted this method.",
            "The World Health Organization has released a guide.",
            odd,
        ];
        said(&zh, &en)
    };
    for odd in [
        "World Organization",
        "World Organization Health",
        "World Health Parliament",
    ] {
        let text = ["In March, the ", odd, " called for more tests."].concat();
        let found = with(text.leak());
        assert_eq!(found, finding("世界卫生组织", odd, "World Health Organization"));
    }
    for fine in ["WHO", "World Health Organization", "organization"] {
        let text = ["In March, the ", fine, " called for more tests."].concat();
        assert_eq!(with(text.leak()), []);
    }
}

#[test]
fn names_of_several_chinese_words() {
    let zh = [
        "全国教师联合会采纳了这种方法。",
        "全国教师联合会发布了指南。",
        "三月，全国教师联合会号召增加检测。",
    ];
    let en = [
        "The National Teachers Federation adopted this method.",
        "The National Teachers Federation has released a guide.",
        "In March, the National Federation called for more tests.",
    ];
    let expected = finding("全国教师联合会", "National Federation", "National Teachers Federation");
    assert_eq!(said(&zh, &en), expected);
}

#[test]
fn allows_another_form_of_the_word() {
    let en = [
        "An effective vaccine has passed.",
        "Many develop an effective vaccine.",
        "No effective vaccination.",
    ];
    assert_eq!(said(&ZH, &en), []);
}

#[test]
fn allows_a_rendering_that_is_new_twice() {
    let en = [
        "An effective vaccine has passed.",
        "Many develop an effective serum.",
        "There is no effective serum.",
    ];
    assert_eq!(said(&ZH, &en), []);
}

#[test]
fn allows_a_word_that_other_chinese_explains() {
    let zh = [
        "有效的疫苗已经通过测试。",
        "很多国家正在开发有效的疫苗。",
        "有效的血清比疫苗好。",
    ];
    let en = [
        "An effective vaccine has passed.",
        "Many develop an effective vaccine.",
        "An effective serum is better.",
    ];
    assert_eq!(said(&zh, &en), []);
}

#[test]
fn allows_verbs_that_are_rendered_freely() {
    let zh = ["他们希望和平。", "我们希望和平。", "她希望和平。"];
    let en = ["They hope for peace.", "We hope for peace.", "She wants peace."];
    assert_eq!(said(&zh, &en), []);
}

#[test]
fn leaves_names_of_the_glossary_to_its_rules() {
    let en = [
        "An effective vaccine has passed.",
        "Many develop an effective vaccine.",
        "There is no effective serum.",
    ];
    assert!(check_with(&TermVariant, &ZH, &en, &glossary(&["疫苗 = vaccine"])).is_empty());
}

#[test]
fn a_term_is_not_taught_what_another_word_of_the_text_says() {
    let zh = ["无症状感染很常见。", "无症状感染难以发现。", "伤口的感染很危险。"];
    let en = [
        "Asymptomatic cases are common.",
        "Asymptomatic cases are hard to find.",
        "An infection of the wound is dangerous.",
    ];
    let settings = Settings::default();
    let (aligner, none) = (Aligner::default(), glossary(&[]));
    let (doc, pairs) = document(&zh, &en);
    let ctx = DocumentContext::new(&doc, &pairs, &none, &settings, &aligner);
    let mut reader = Reader::new();
    let reads: Vec<Read<'_>> = ctx.iter().map(|p| reader.read(p)).collect();
    let usages = usages(&reads, &mut reader, &FxHashMap::default());
    let term = reads[2]
        .terms
        .iter()
        .find(|&&t| reads[2].text(t) == "感染")
        .expect("the term");
    let used = usages[&term.id].renderings.iter().filter(|r| r.count > 0);
    let used: Vec<&str> = used.map(|r| reader.stem_text(r.stem)).collect();
    assert_eq!(used, ["infect"]);
}

#[test]
fn documents_teach_one_another() {
    let texts = [
        (
            ["有效的疫苗已经通过测试。", "很多国家正在开发有效的疫苗。"],
            ["An effective vaccine has passed.", "Many develop an effective vaccine."],
        ),
        (
            ["目前尚无有效的疫苗。", "会议结束了。"],
            ["There is no effective serum.", "The meeting is over."],
        ),
    ];
    let settings = Settings::default();
    let (aligner, none) = (Aligner::default(), glossary(&[]));
    let mut pass = TermVariant.corpus().expect("a pass");
    let mut report = Report::new();
    for (zh, en) in texts {
        let (doc, pairs) = document(&zh, &en);
        let ctx = DocumentContext::new(&doc, &pairs, &none, &settings, &aligner);
        pass.visit(&ctx, &mut report);
    }
    assert_eq!(report.into_findings(), []);
    let found = pass.finish();
    let odd: Vec<_> = found.iter().filter_map(|f| f.found.as_deref()).collect();
    assert_eq!(odd, ["serum"]);
}
