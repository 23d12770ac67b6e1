//! `term-omitted`.

use super::missing::{Instead, Missing, is_paraphrased};
use super::missing_chinese::MissingChinese;
use super::terms::{accepted_names, cite_glossary, severity_if_absent};
use super::{PairContext, Report, Rule, quote};
use crate::declare_rule;
use crate::finding::{Confidence, Severity};
use crate::glossary::{Concept, Kind};
use crate::text::{Side, Span};

declare_rule! {
    /// A glossary term in the source has no accepted translation.
    ///
    /// ## What it does
    /// Looks up every Chinese name in the glossary and expects one of the concept's accepted English names in the same
    /// pair. Case, plurals, possessives, hyphens, articles and British or American spelling don't matter, and the
    /// acronym alone is enough. A translation in the pair before or after also counts.
    ///
    /// A Chinese name that may be part of a longer word (中国 in 发展中国家) is checked by segmentation and not reported if in
    /// doubt; `--explain-hits` shows why. Nor is a country reported that begins the name of a body (美国国家气象局), that a part
    /// of it implies (美国加州), or that the English means by “the country”; a surname is enough for a person, “Vice Foreign
    /// Minister” for 外交部副部长, and “the Academy” for a body that the text named before.
    ///
    /// A missing facility, institution, plan or document is an error, and a warning where the English describes it in small
    /// letters with most of the words of its name (“a lunar exploration program”), where the name has no capitals, and where the
    /// Chinese may be two other words (华为 in 胡平华为祝勤公使). A missing place, person, event or ordinary term is
    /// a warning, because good translators often express it in other words.
    ///
    /// Where the English is the source, the English names are looked up, and one of the concept's accepted Chinese names is
    /// expected. An ordinary term of which the Chinese has no trace is a note then: 点击“保存” says enough for “click the Save button”.
    ///
    /// ## Why it matters
    /// Readers notice first when a facility, a country or an institution in the source is missing from the translation.
    ///
    /// ## Example
    /// ```bilint-wrong
    /// zh: 中国同巴西、南非、非盟共同发起倡议。
    /// en: China, alongside Brazil and South Africa, launched the Initiative.
    /// glossary: 非盟 | 非洲联盟 = African Union
    /// ```
    ///
    /// Use instead:
    /// ```bilint-right
    /// zh: 中国同巴西、南非、非盟共同发起倡议。
    /// en: China, alongside Brazil, South Africa and the African Union, launched the Initiative.
    /// glossary: 非盟 | 非洲联盟 = African Union
    /// ```
    pub TermOmitted {
        id: "term-omitted",
        group: Terms,
        severity: Error,
        since: "0.1.0",
        faults: [MissingName],
        precedence: 1,
        consequence_of: "sentence-omitted",
    }
}

impl Rule for TermOmitted {
    fn pair(&self, ctx: &PairContext<'_>, report: &mut Report) {
        for missing in ctx.missing_chinese().iter().filter(|m| m.instead.is_none()) {
            report_missing_chinese(ctx, missing, report);
        }
        if ctx.doc.direction().source() == Side::En {
            return;
        }
        for missing in ctx.missing() {
            if missing.instead == Instead::Nothing && missing.doubt.is_none() {
                report_missing(ctx, missing, report);
            }
        }
    }
}

fn report_missing(ctx: &PairContext<'_>, missing: &Missing, report: &mut Report) {
    let concept = &ctx.doc.glossary.concepts()[missing.concept];
    let names = ctx.doc.glossary.english(missing.concept);
    let may_be_free = || may_be_no_name(ctx, missing) || is_paraphrased(names, &ctx.words());
    let evidence = match severity_if_absent(concept) {
        (Severity::Error, _) if may_be_free() => (Severity::Warning, Confidence::Medium),
        usual => usual,
    };
    report_absent(ctx, concept, Side::Zh, missing.hit.span, evidence, report);
}

fn report_missing_chinese(ctx: &PairContext<'_>, missing: &MissingChinese, report: &mut Report) {
    let concept = &ctx.doc.glossary.concepts()[missing.concept];
    let evidence = match concept.kind {
        Kind::Term => (Severity::Note, Confidence::Low),
        _ => severity_if_absent(concept),
    };
    report_absent(ctx, concept, Side::En, missing.en, evidence, report);
}

/// Reports a name of the source of which the other side has no translation.
fn report_absent(
    ctx: &PairContext<'_>,
    concept: &Concept,
    source: Side,
    span: Span,
    (severity, confidence): (Severity, Confidence),
    report: &mut Report,
) {
    let expected = accepted_names(concept, source.other());
    let name = quote::name(ctx.text(source), span);
    let message = format!("{name} has no accepted translation; expected “{}”", expected[0]);
    report
        .finding(&TermOmitted::META, ctx, source, span, message)
        .severity(severity)
        .confidence(confidence)
        .concept(&*concept.id)
        .why(cite_glossary(concept))
        .help(format!(
            "write “{}”, or add the translation used here to the glossary",
            expected[0]
        ))
        .expected(expected)
        .emit();
}

/// Whether the Chinese may be no name: two characters of which the second is also a word that joins others (华为 in
/// 胡平华为祝勤公使), or a name that English writes in small letters, as many bodies have it (监察委员会, “commission of
/// supervision”).
fn may_be_no_name(ctx: &PairContext<'_>, missing: &Missing) -> bool {
    const JOINING: [char; 10] = ['为', '是', '约', '将', '在', '和', '与', '及', '对', '向'];
    let name = missing.hit.span.of(ctx.zh());
    let preferred = ctx.doc.glossary.concepts()[missing.concept].preferred_en();
    name.chars().count() == 2 && name.ends_with(JOINING) || preferred.is_some_and(|n| !n.contains(char::is_uppercase))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{check_with, glossary, glossary_of_kind};

    fn omitted(zh: &[&str], en: &[&str], lines: &[&str]) -> Vec<String> {
        check_with(&TermOmitted, zh, en, &glossary(lines))
            .into_iter()
            .map(|f| f.zh.unwrap().text)
            .collect()
    }

    #[test]
    fn reports_a_name_without_a_translation() {
        assert_eq!(
            omitted(&["中国同非盟"], &["China and others"], &["非盟 = African Union"]),
            ["非盟"]
        );
    }

    #[test]
    fn allows_a_name_inside_another_word() {
        let lines = ["中国 = China", "马里 = Mali"];
        assert!(omitted(&["支持发展中国家。"], &["Support developing countries."], &lines).is_empty());
        assert!(omitted(&["在马里兰州"], &["in Maryland"], &lines).is_empty());
    }

    #[test]
    fn allows_a_body_named_by_its_acronym() {
        let lines = ["联合国 = United Nations | UN"];
        assert!(omitted(&["联合国贸发会议的报告。"], &["A report by UNCTAD."], &lines).is_empty());
        assert_eq!(
            omitted(&["联合国的报告。"], &["A report by UNCTAD."], &lines),
            ["联合国"]
        );
        assert_eq!(
            omitted(&["联合国贸发会议的报告。"], &["A report by Una."], &lines),
            ["联合国"]
        );
    }

    #[test]
    fn allows_a_translation_in_the_neighbouring_pair() {
        assert!(omitted(&["中国。", "很好。"], &["Good.", "China."], &["中国 = China"]).is_empty());
        assert_eq!(
            omitted(
                &["中国。", "好。", "好。"],
                &["Good.", "Well.", "China."],
                &["中国 = China"]
            )
            .len(),
            1
        );
    }

    #[test]
    fn a_translation_in_the_neighbouring_pair_counts_once() {
        let lines = ["非盟 = African Union"];
        let (zh, en) = (["非盟。", "很好。", "非盟。"], ["Good.", "The African Union.", "Good."]);
        assert_eq!(omitted(&zh, &en, &lines).len(), 1);
        let (zh, en) = (["非盟。", "非盟。"], ["Good.", "The African Union."]);
        assert_eq!(omitted(&zh, &en, &lines), ["非盟"]);
    }

    #[test]
    fn allows_the_mainland_and_joined_words() {
        let lines = ["中国 = China", "香港 = Hong Kong", "瑞士 = Switzerland"];
        let (zh, en) = (
            "香港与瑞士、中国内地的对话。",
            "The Hong KongSwitzerland Dialogue and the Mainland.",
        );
        assert!(check(Kind::Place, &lines, &[zh], &[en]).is_empty());
        let (zh, en) = (
            ["中国和瑞士举行对话。"],
            ["Switzerland held a dialogue on the mainland."],
        );
        assert_eq!(check(Kind::Place, &lines, &zh, &en).len(), 1);
    }

    #[test]
    fn allows_a_shorter_name_inside_a_longer_one() {
        let lines = ["中国 = China", "中国科学院 = Chinese Academy of Sciences"];
        assert!(omitted(&["中国科学院"], &["the Chinese Academy of Sciences"], &lines).is_empty());
    }

    fn check(kind: Kind, lines: &[&str], zh: &[&str], en: &[&str]) -> Vec<String> {
        let found = check_with(&TermOmitted, zh, en, &glossary_of_kind(kind, lines));
        found.into_iter().map(|f| f.message).collect()
    }

    #[test]
    fn a_minister_is_named_after_the_ministry() {
        let lines = [
            "外交部 = Ministry of Foreign Affairs | Foreign Ministry",
            "教育部 = Ministry of Education",
            "商务部 = Ministry of Commerce",
        ];
        for (zh, en) in [
            (
                "外交部副部长马朝旭会见了客人。",
                "Vice Foreign Minister Ma Zhaoxu met the guests.",
            ),
            ("外交部长王毅讲话。", "Foreign Minister Wang Yi spoke."),
            ("教育部部长讲话。", "The Minister of Education spoke."),
            (
                "商务部副部长出席会议。",
                "The vice commerce minister attended the meeting.",
            ),
        ] {
            assert!(check(Kind::Institution, &lines, &[zh], &[en]).is_empty(), "{zh} {en}");
        }
    }

    #[test]
    fn the_minister_of_another_ministry_does_not_count() {
        let (lines, zh) = (["教育部 = Ministry of Education"], ["教育部部长讲话。"]);
        assert_eq!(
            check(Kind::Institution, &lines, &zh, &["The Minister of Finance spoke."]).len(),
            1
        );
    }

    #[test]
    fn a_surname_is_enough() {
        let lines = ["习近平 = Xi Jinping"];
        assert!(
            check(
                Kind::Person,
                &lines,
                &["习近平强调合作。"],
                &["Xi stressed cooperation."]
            )
            .is_empty()
        );
        assert_eq!(
            check(
                Kind::Person,
                &lines,
                &["习近平强调合作。"],
                &["The meeting stressed cooperation."]
            )
            .len(),
            1
        );
    }

    #[test]
    fn a_body_that_was_named_may_be_called_by_its_head() {
        let lines = ["中国科学院 = Chinese Academy of Sciences"];
        let zh = ["中国科学院成立。", "它很大。", "它很好。", "中国科学院开放装置。"];
        let named = [
            "The Chinese Academy of Sciences was founded.",
            "It is large.",
            "It is good.",
            "The Academy opens them.",
        ];
        let unnamed = [
            "It was founded.",
            "It is large.",
            "It is good.",
            "The Academy opens them.",
        ];
        assert!(check(Kind::Institution, &lines, &zh, &named).is_empty());
        assert_eq!(check(Kind::Institution, &lines, &zh, &unnamed).len(), 2);
    }

    #[test]
    fn a_title_that_was_named_need_not_be_repeated() {
        let lines = ["国务院副总理 = Vice Premier"];
        let zh = ["国务院副总理何立峰举行会谈。", "国务院副总理何立峰表示满意。"];
        let en = ["Vice Premier He Lifeng held talks.", "He said that he was satisfied."];
        assert!(check(Kind::Title, &lines, &zh, &en).is_empty());
        assert_eq!(check(Kind::Title, &lines, &zh[1..], &en[1..]).len(), 1);
    }

    #[test]
    fn a_country_may_be_called_the_country() {
        let lines = ["西班牙 = Spain", "巴西 = Brazil"];
        let check = |zh: &str, en: &str| check(Kind::Place, &lines, &[zh], &[en]).len();
        assert_eq!(check("西班牙一直在名单上。", "The country had been on the list."), 0);
        assert_eq!(check("西班牙一直在名单上。", "The airport had been on the list."), 1);
        assert_eq!(
            check(
                "西班牙是疫情最严重的国家。",
                "It is the country with the worst outbreak."
            ),
            1
        );
        assert_eq!(
            check("西班牙、巴西在名单上。", "Brazil and the country were on the list."),
            1
        );
    }

    #[test]
    fn a_country_may_be_called_by_its_people_or_its_seat() {
        let lines = ["波兰 = Poland", "英国 = United Kingdom", "美国 = United States | US"];
        for (zh, en) in [
            ("四名波兰人获救。", "Four Poles were rescued."),
            ("英国应在十日前作出决定。", "London must decide within ten days."),
            ("在美国举行了选举。", "Elections were held in the uS."),
            ("运往纽卡斯尔（英国的煤港）。", "It was sent to Newcastle."),
        ] {
            assert!(check(Kind::Place, &lines, &[zh], &[en]).is_empty(), "{zh} {en}");
        }
        let en = ["It must decide within ten days."];
        assert_eq!(check(Kind::Place, &lines, &["英国应在十日前作出决定。"], &en).len(), 1);
    }

    #[test]
    fn names_of_a_list_may_share_words() {
        let lines = [
            "东部战区 = Eastern Theater Command",
            "南部战区 = Southern Theater Command",
            "教育部 = Ministry of Education",
            "财政部 = Ministry of Finance",
            "印尼 = Indonesia",
            "雅万高铁 = Jakarta-Bandung High-Speed Railway",
        ];
        for (zh, en) in [
            ("东部战区、南部战区", "the Eastern and Southern Theater Commands"),
            ("教育部、财政部", "the Ministries of Education and of Finance"),
        ] {
            assert!(check(Kind::Institution, &lines, &[zh], &[en]).is_empty(), "{en}");
        }
        assert_eq!(
            check(Kind::Institution, &lines, &["东部战区"], &["It is in the east."]).len(),
            1
        );
        let (zh, en) = ("印尼雅万高铁通车。", "The Jakarta-Bandung High-Speed Railway opened.");
        assert!(check(Kind::Place, &lines, &[zh], &[en]).is_empty());
    }

    #[test]
    fn the_place_of_a_name_may_come_behind_it() {
        let lines = ["北京怀柔科学中心 = Beijing Huairou Comprehensive Science Center"];
        for en in [
            "The Huairou Comprehensive Science Center in Beijing opened.",
            "The Huairou Comprehensive Science Center, Beijing, opened.",
        ] {
            assert!(
                check(Kind::Institution, &lines, &["北京怀柔科学中心启用。"], &[en]).is_empty(),
                "{en}"
            );
        }
    }

    #[test]
    fn what_good_translators_write_in_official_texts_is_no_error() {
        let glossary = crate::glossary::builtin();
        for (zh, en) in [
            (
                "中美元首会晤在旧金山举行。",
                "The Chinese and US presidents met in San Francisco.",
            ),
            (
                "31个省和新疆生产建设兵团报告了病例。",
                "Cases were reported in all 31 provinces of the Chinese mainland.",
            ),
            (
                "双方重申落实《联合国气候变化框架公约》。",
                "The two sides reaffirmed the UN Framework Convention on Climate Change.",
            ),
            (
                "第七届全国人民代表大会常务委员会第十八次会议通过。",
                "Adopted at the 18th Meeting of the Standing Committee of the Seventh National People's Congress.",
            ),
            (
                "去年10月，我们召开了党的二十大。",
                "Last October, the Communist Party of China (CPC) convened its 20th National Congress.",
            ),
            (
                "中国探月工程首任首席科学家表示祝贺。",
                "The first chief scientist of the country's lunar exploration program sent congratulations.",
            ),
            (
                "评估工作坚持实事求是的原则。",
                "Evaluation shall follow the principle of seeking truth from facts.",
            ),
            (
                "共承担国家重点研发计划项目600项。",
                "It has undertaken 600 projects under the National Key R&D Program.",
            ),
            (
                "审议通过了《中共中央关于进一步全面深化改革、推进中国式现代化的决定》。",
                "It adopted the Resolution of the CPC Central Committee on Further Deepening Reform Comprehensively to Advance \
                 Chinese Modernization.",
            ),
            (
                "选举产生中国科学院院士59名，中国工程院院士74名。",
                "59 were elected to the Chinese Academy of Sciences and 74 to the Chinese Academy of Engineering.",
            ),
            (
                "70多个国家加入“全球发展倡议之友小组”。",
                "Over 70 countries have joined the Group of Friends of the GDI.",
            ),
            (
                "大连化物所开发了新技术。",
                "A new technology was developed by the Dalian Institute of Chemical Physics.",
            ),
            (
                "国台办发言人表示反对。",
                "The spokesperson for the State Council Taiwan Affairs Office expressed opposition.",
            ),
            (
                "欢迎出席国务院新闻办新闻发布会。",
                "Welcome to this press conference held by the SCIO.",
            ),
            (
                "我和我夫人胡平华为祝勤公使离任举行招待会。",
                "My wife and I bid farewell to Minister Zhu Qin.",
            ),
            (
                "全国政协委员提出意见。",
                "Comments were made by members of the National Committee of the Chinese People's Political Consultative \
                 Conference (CPPCC).",
            ),
        ] {
            let found = check_with(&TermOmitted, &[zh], &[en], &glossary);
            assert!(found.iter().all(|f| f.severity < Severity::Error), "{zh} {en}");
        }
    }

    #[test]
    fn a_name_in_small_letters_is_a_warning() {
        let glossary = glossary_of_kind(Kind::Plan, &["中国探月工程 = China Lunar Exploration Program"]);
        for (en, severity) in [
            ("It completed the lunar exploration program.", Severity::Warning),
            ("It completed its plan to explore the moon.", Severity::Error),
        ] {
            let found = check_with(&TermOmitted, &["中国探月工程圆满收官。"], &[en], &glossary);
            assert_eq!(found[0].severity, severity, "{en}");
        }
    }

    #[test]
    fn a_ministry_of_another_state_is_another_ministry() {
        let glossary = crate::glossary::builtin();
        let (zh, en) = (
            ["在瑞士联邦财政部举行。"],
            ["It was held at the Swiss Federal Department of Finance."],
        );
        assert!(check_with(&TermOmitted, &zh, &en, &glossary).is_empty());
    }
}
