//! `term-mismatch`.

use super::exact_names::{find_inexact, is_whole_phrase};
use super::missing::{Instead, Missing};
use super::missing_chinese::MissingChinese;
use super::terms::{accepted_names, cite_glossary, severity_if_wrong};
use super::{PairContext, Report, Rule, quote};
use crate::declare_rule;
use crate::finding::{Applicability, Confidence};
use crate::glossary::english::WordList;
use crate::glossary::terms::PairTerms;
use crate::language::en::acronym::is_small;
use crate::text::{Side, Span};

/// The least similarity at which a near miss of a name of three words or more outweighs doubt about the Chinese hit.
const OUTWEIGHS_DOUBT: f64 = 0.7;

declare_rule! {
    /// A glossary term is translated with a similar but wrong name.
    ///
    /// ## What it does
    /// When the Chinese names a concept and the English has no accepted translation, looks for the words that were
    /// meant as one: an accepted name with a word replaced, dropped, added, misspelled or moved, or the name of another
    /// concept of the same kind that the Chinese does not mention.
    ///
    /// Names in capitals are compared to the letter: “Ministry of Foreign Affair” is not the name, and the right acronym in
    /// brackets does not excuse a wrong name before it.
    ///
    /// Where the English is the source, also reports what the Chinese has in place of an accepted name: the name with a character
    /// replaced or moved (群集 for 集群), another word that the built-in dictionary has for the English, or the whole text if the
    /// English is the name and nothing else.
    ///
    /// A fix is offered where the words are a whole name, and the pair has all its names once they are replaced.
    ///
    /// ## Why it matters
    /// “Steady High Magnetic Field Laboratory” reads well, but it is not the name of the facility. Proofreading does
    /// not catch this.
    ///
    /// ## Example
    /// ```bilint-wrong
    /// zh: 高海拔宇宙线观测站向全球开放。
    /// en: The Large High-Altitude Cosmic Ray Observatory opens to the world.
    /// glossary: 高海拔宇宙线观测站 = Large High Altitude Air Shower Observatory | LHAASO
    /// ```
    ///
    /// Use instead:
    /// ```bilint-right
    /// zh: 高海拔宇宙线观测站向全球开放。
    /// en: The Large High Altitude Air Shower Observatory opens to the world.
    /// glossary: 高海拔宇宙线观测站 = Large High Altitude Air Shower Observatory | LHAASO
    /// ```
    pub TermMismatch {
        id: "term-mismatch",
        group: Terms,
        severity: Error,
        since: "0.1.0",
        fixable: Sometimes,
        faults: [WrongName, MissingName],
        precedence: 1,
    }
}

impl Rule for TermMismatch {
    fn pair(&self, ctx: &PairContext<'_>, report: &mut Report) {
        for missing in ctx.missing_chinese() {
            report_chinese(ctx, missing, report);
        }
        for missing in ctx.missing().iter().chain(&find_inexact(ctx)) {
            report_instead(ctx, missing, report);
        }
    }
}

fn report_instead(ctx: &PairContext<'_>, missing: &Missing, report: &mut Report) {
    let glossary = ctx.doc.glossary;
    let concept = &glossary.concepts()[missing.concept];
    let accepted = accepted_names(concept, Side::En);
    let other = matches!(missing.instead, Instead::OtherConcept(_));
    let (span, expected, similarity) = match missing.instead {
        Instead::Nothing => return,
        Instead::NearMiss(near) => {
            let strong = missing.doubt.as_ref().is_some_and(|d| d.strong);
            let is_distinctive =
                concept.kind.is_name() && glossary.english(missing.concept)[near.name].words.len() >= 3;
            if strong && !(is_distinctive && near.similarity >= OUTWEIGHS_DOUBT) {
                return;
            }
            // In an English source, only a name can be misspelt; its other words are not the translator's.
            if ctx.doc.direction().source() == Side::En && !concept.kind.is_name() {
                return;
            }
            let is_source = ctx.doc.direction().source() == Side::En;
            let name = glossary.english(missing.concept)[near.name].index;
            let written = name.map(|i| &*concept.en[i].text);
            if is_source && written.is_some_and(|name| !is_misspelt(near.span.of(ctx.en()), name)) {
                return;
            }
            let expected = name.map_or_else(|| concept.acronym.clone(), |i| Some(concept.en[i].text.clone()));
            (near.span, expected, near.similarity)
        }
        Instead::OtherConcept(span) => {
            // In an English source, it is that name whose Chinese is looked for.
            let is_source = ctx.doc.direction().source() == Side::En;
            if is_source || missing.doubt.as_ref().is_some_and(|d| d.strong) {
                return;
            }
            (span, None, 0.0)
        }
    };
    let expected = expected.unwrap_or_else(|| accepted[0].clone().into());
    let (found, quoted) = (span.of(ctx.en()), quote::name(ctx.en(), span));
    let zh = quote::name(ctx.zh(), missing.hit.span);
    let (message, help) = if other {
        (
            format!("{zh} has no accepted translation, but the English names {quoted}; expected “{expected}”"),
            format!("write “{expected}” if {quoted} means it; otherwise name both"),
        )
    } else if ctx.doc.direction().source() == Side::En {
        (
            format!("{quoted} is translated as {zh}, whose English is “{expected}”"),
            format!("write “{expected}” in the source, or another name in the Chinese"),
        )
    } else {
        (
            format!("{zh} is translated as {quoted}; expected “{expected}”"),
            format!("write “{expected}”"),
        )
    };
    let mut finding = report
        .finding(&TermMismatch::META, ctx, Side::En, span, message)
        .label(ctx, Side::Zh, missing.hit.span)
        .severity(severity_if_wrong(concept))
        .confidence(if similarity > 0.6 {
            Confidence::High
        } else {
            Confidence::Medium
        })
        .concept(&*concept.id)
        .why(cite_glossary(concept))
        .help(help)
        .expected(accepted)
        .found(found);
    if similarity > 0.0 && is_right_once_replaced(ctx, missing.concept, span, &expected) {
        finding = finding.fix(ctx, Side::En, span, expected, Applicability::Unsafe);
    }
    finding.emit();
}

/// Most letters by which a word differs from the one that it should be.
const SLIPS: usize = 2;

/// Whether a name is another one with a slip in its words, rather than the same words in another order (“Virgin Islands, British”)
/// or other words (“European General” for “European Union”).
fn is_misspelt(found: &str, name: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        let words = text.split(|c: char| !c.is_alphanumeric());
        let words = words.filter(|word| !word.is_empty() && !is_small(&word.to_lowercase()));
        words.map(str::to_lowercase).collect()
    };
    let (mut found, mut name) = (words(found), words(name));
    found.retain(|word| {
        let same = name.iter().position(|other| other == word);
        same.map(|at| name.swap_remove(at)).is_none()
    });
    // “Indic” for “India” is another word: what differs is the ending alone.
    let is_derived = |a: &str, b: &str| {
        let common = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count();
        common + 1 == a.chars().count() && common + 1 == b.chars().count()
    };
    let is_slip = |word: &String| {
        let mut others = name.iter();
        others.any(|other| !is_derived(word, other) && strsim::damerau_levenshtein(word, other) <= SLIPS)
    };
    let mut others = found.iter();
    match others.next() {
        Some(first) => is_slip(first) && others.all(is_slip),
        // The letters of “U.S” and the like say nothing.
        None => name.iter().any(|word| word.chars().nth(1).is_some()),
    }
}

/// Reports what the Chinese has in place of a name of the English source.
fn report_chinese(ctx: &PairContext<'_>, missing: &MissingChinese, report: &mut Report) {
    let Some(span) = missing.instead else { return };
    let concept = &ctx.doc.glossary.concepts()[missing.concept];
    let accepted = accepted_names(concept, Side::Zh);
    let expected = accepted[0].clone();
    let (en, zh) = (quote::name(ctx.en(), missing.en), quote::name(ctx.zh(), span));
    report
        .finding(
            &TermMismatch::META,
            ctx,
            Side::Zh,
            span,
            format!("{en} is translated as {zh}; expected “{expected}”"),
        )
        .label(ctx, Side::En, missing.en)
        .severity(severity_if_wrong(concept))
        .confidence(Confidence::Medium)
        .concept(&*concept.id)
        .why(cite_glossary(concept))
        .help(format!("write “{expected}”"))
        .expected(accepted)
        .found(span.of(ctx.zh()))
        .fix(ctx, Side::Zh, span, expected, Applicability::Unsafe)
        .emit();
}

/// Whether `span` is all of a name, and the English has this concept, and still has the others, once it is replaced.
fn is_right_once_replaced(ctx: &PairContext<'_>, concept: usize, span: Span, expected: &str) -> bool {
    let en = ctx.en();
    if !is_whole_phrase(&ctx.words(), span) {
        return false;
    }
    let text = [&en[..span.start], expected, &en[span.end..]].concat();
    let list = WordList::new(&text);
    let terms = PairTerms::new(ctx.doc.glossary, ctx.zh(), ctx.doc.date(), || list.of(&text));
    let has = |terms: &PairTerms, concept| terms.concepts.iter().any(|c| c.concept == concept && c.is_rendered());
    let mut before = ctx.terms().concepts.iter().filter(|c| c.is_rendered());
    has(&terms, concept) && before.all(|c| has(&terms, c.concept))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::glossary::Kind;
    use crate::rules::testing::{check_with, glossary, glossary_of_kind};

    fn mismatch(zh: &str, en: &str, lines: &[&str]) -> Vec<String> {
        let findings = check_with(&TermMismatch, &[zh], &[en], &glossary(lines));
        findings.into_iter().map(|f| f.en.unwrap().text).collect()
    }

    #[test]
    fn another_name_is_not_called_the_translation() {
        let lines = ["欧洲 = Europe", "伦敦 = London"];
        let found = check_with(
            &TermMismatch,
            &["在欧洲联赛"],
            &["in the league of London"],
            &glossary(&lines),
        );
        assert!(
            found[0]
                .message
                .contains("has no accepted translation, but the English names “London”"),
            "{}",
            found[0].message
        );
    }

    #[test]
    fn the_seat_of_a_government_is_no_other_place() {
        let lines = ["英国 = United Kingdom", "伦敦 = London", "柏林 = Berlin"];
        let glossary = glossary_of_kind(Kind::Place, &lines);
        let check = |en| check_with(&TermMismatch, &["英国应作出决定。"], &[en], &glossary).len();
        assert_eq!(check("London must decide."), 0);
        assert_eq!(check("Berlin must decide."), 1);
    }

    #[test]
    fn the_wrong_number_in_a_name_is_part_of_the_finding() {
        let found = check_with(
            &TermMismatch,
            &["“十五五”规划开局。"],
            &["The 14th Five-Year Plan has begun."],
            &glossary(&["“十五五”规划 = 15th Five-Year Plan"]),
        );
        assert_eq!(found[0].found.as_deref(), Some("14th Five-Year Plan"));
        assert_eq!(found[0].fixes[0].replacement, "15th Five-Year Plan");
    }

    #[test]
    fn names_in_capitals_are_compared_to_the_letter() {
        let lines = [
            "中国科学院 = Chinese Academy of Sciences | CAS",
            "外交部 = Ministry of Foreign Affairs",
            "安全理事会 = United Nations Security Council",
        ];
        for (zh, en, found) in [
            (
                "中国科学院成立。",
                "The Chinese Academy of Science was founded.",
                "Chinese Academy of Science",
            ),
            (
                "外交部发言。",
                "The Ministry of Foreign Affair spoke.",
                "Ministry of Foreign Affair",
            ),
            (
                "安全理事会开会。",
                "The United Nation Security Council met.",
                "United Nation Security Council",
            ),
            (
                "中国科学院成立。",
                "The Chinese School of Sciences (CAS) was founded.",
                "Chinese School of Sciences",
            ),
        ] {
            assert_eq!(check_names(zh, en, &lines), [found], "{en}");
        }
        for (zh, en) in [
            ("中国科学院成立。", "The Chinese Academies of Sciences were founded."),
            ("中国科学院成立。", "The Chinese Academy of Sciences (CAS) was founded."),
            ("外交部发言。", "ministry of foreign affairs"),
        ] {
            assert!(check_names(zh, en, &lines).is_empty(), "{en}");
        }
    }

    fn check_names(zh: &str, en: &str, lines: &[&str]) -> Vec<String> {
        let glossary = glossary_of_kind(Kind::Institution, lines);
        let findings = check_with(&TermMismatch, &[zh], &[en], &glossary);
        findings.into_iter().map(|f| f.en.unwrap().text).collect()
    }

    #[test]
    fn offers_no_fix_for_a_part_of_a_name() {
        let lines = ["上海光源 = Shanghai Light Source", "商务部 = Ministry of Commerce"];
        let found = check_with(
            &TermMismatch,
            &["上海光源"],
            &["The Hefei Light Source"],
            &glossary(&lines),
        );
        assert!(found.iter().all(|f| f.fixes.is_empty()));
    }

    #[test]
    fn points_at_the_near_miss() {
        let lines = ["高海拔宇宙线观测站 = Large High Altitude Air Shower Observatory"];
        let found = mismatch(
            "高海拔宇宙线观测站、",
            "Large High-Altitude Cosmic Ray Observatory",
            &lines,
        );
        assert_eq!(found, ["Large High-Altitude Cosmic Ray Observatory"]);
    }

    #[test]
    fn points_at_the_name_of_another_concept() {
        let lines = ["中国 = China | Chinese", "日本 = Japan | Japanese", "法国 = France"];
        assert_eq!(mismatch("中国宣布", "Japan has announced", &lines), ["Japan"]);
        assert!(
            mismatch("中国和日本宣布", "Japan has announced", &lines).is_empty(),
            "Japan translates 日本"
        );
    }

    #[test]
    fn allows_doubtful_chinese_unless_the_english_is_close() {
        let lines = ["马里 = Mali", "英国 = Britain"];
        assert!(mismatch("在马里兰州", "Britain is in Maryland", &lines).is_empty());
    }

    #[test]
    fn a_ministry_of_another_state_is_another_ministry() {
        let (zh, en) = (
            "在瑞士联邦财政部举行。",
            "It was held at the Swiss Federal Department of Finance.",
        );
        assert!(check_with(&TermMismatch, &[zh], &[en], &crate::glossary::builtin()).is_empty());
    }
}
