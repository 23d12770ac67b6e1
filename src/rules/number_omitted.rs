//! `number-omitted`.

use super::quantities::{describe, missing};
use super::{PairContext, Report, Rule};
use crate::declare_rule;
use crate::finding::{Confidence, Severity};
use crate::language::quantity::{Kind, Quantity, Rational};
use crate::text::Side;

declare_rule! {
    /// A quantity in the source is missing from the translation.
    ///
    /// ## What it does
    /// Reports a figure, date or measure in the source that has neither an equal nor a differing counterpart in the
    /// translation, nor in the paragraph before or after. Words that translators routinely drop (一个, one, 半, 第一) are
    /// not required. A missing ordinal, date, duration or multiple is only a note: “the G20 Summit in November 2025”
    /// identifies the summit without its number, and “biennial” says how often.
    ///
    /// ## Why it matters
    /// When a figure is missing, a whole clause is often missing with it.
    ///
    /// ## Example
    /// ```bilint-wrong
    /// zh: 项目总投资20.96亿元，2026年建成。
    /// en: The project will be completed in 2026.
    /// ```
    ///
    /// Use instead:
    /// ```bilint-right
    /// zh: 项目总投资20.96亿元，2026年建成。
    /// en: The project, with an investment of 2.096 billion yuan, will be completed in 2026.
    /// ```
    pub NumberOmitted {
        id: "number-omitted",
        group: Quantities,
        severity: Warning,
        since: "0.1.0",
        consequence_of: "sentence-omitted",
    }
}

/// English words for 100%.
const WHOLE: &[&str] = &[
    "all",
    "every",
    "each",
    "entire*",
    "whole",
    "full*",
    "complet*",
    "universal*",
    "without exception",
];

/// Whether the figure is 100%, which a translator may say in words.
fn is_whole(q: &Quantity) -> bool {
    q.kind == Kind::Percent && q.as_number() == Some(Rational::integer(100))
}

/// The characters for 1 to 10.
#[rustfmt::skip]
const NUMERALS: [&[char]; 10] = [
    &['一', '单', '首'], &['二', '两', '双'], &['三'], &['四'], &['五'], &['六'], &['七'], &['八'], &['九'], &['十'],
];

/// Whether the Chinese says a small number in a character, with whatever word is counted: 前三行, 二维.
fn is_numeral(zh: &str, q: &Quantity) -> bool {
    let is_number = matches!(q.kind, Kind::Count | Kind::Cardinal | Kind::Ordinal | Kind::Duration);
    let value = q.as_number().filter(|_| is_number);
    let mut numerals = (1..).zip(NUMERALS);
    numerals.any(|(number, characters)| value == Some(Rational::integer(number)) && zh.contains(characters))
}

impl Rule for NumberOmitted {
    fn pair(&self, ctx: &PairContext<'_>, report: &mut Report) {
        let source = ctx.doc.direction().source();
        for q in missing(ctx, source) {
            let text = ctx.text(source);
            if is_whole(q) && ctx.wording().has(WHOLE) || source == Side::En && is_numeral(ctx.zh(), q) {
                continue;
            }
            // Often implied without the figure: “that year”, “biennial”, “double”, “the summit”.
            let is_often_implied = matches!(
                q.kind,
                Kind::Ordinal
                    | Kind::Session
                    | Kind::Weekday
                    | Kind::Time
                    | Kind::Date
                    | Kind::Decade
                    | Kind::Century
                    | Kind::Duration
                    | Kind::Multiple
            );
            let message = format!(
                "{} is missing from the {}",
                describe(text, source, q),
                source.other().name()
            );
            report
                .finding(&Self::META, ctx, source, q.span, message)
                .severity(if is_often_implied {
                    Severity::Note
                } else {
                    Severity::Warning
                })
                .confidence(if is_often_implied {
                    Confidence::Low
                } else {
                    Confidence::Medium
                })
                .help("translate it, unless its meaning is already there")
                .emit();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{check, check_into_chinese};

    #[test]
    fn a_missing_ordinal_is_a_note() {
        let found = check(
            &NumberOmitted,
            &["2025年11月，李强在出席二十国集团领导人第二十次峰会时欢迎各方。"],
            &["At the G20 Summit in November 2025, Li Qiang welcomed more stakeholders."],
        );
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].severity, Severity::Note);
    }

    #[test]
    fn allows_small_numbers_in_characters() {
        let found = |zh: &str, en: &str| check_into_chinese(&NumberOmitted, &[zh], &[en]).len();
        assert_eq!(found("只显示前三行", "Show only the first 3 lines"), 0);
        assert_eq!(found("以两行显示按钮", "Show the buttons in 2 rows"), 0);
        assert_eq!(found("二维", "2 dimensions"), 0);
        assert_eq!(found("以五行显示按钮", "Show the buttons in 2 rows"), 1);
    }

    #[test]
    fn allows_words_that_translators_drop() {
        for (zh, en) in [
            (
                "当今世界百年变局加速演进，新一轮科技革命深入发展。",
                "At present, momentous changes unseen in a century are accelerating.",
            ),
            ("他一五一十地讲了经过。", "He told the whole story in detail."),
            ("成为应对共同挑战的“最大公约数”", "becomes the common ground"),
            ("一些国家千万不要统一行动。", "Some countries must not act."),
            ("2019 冠状病毒疾病", "coronavirus disease"),
            (
                "建议1012件，办复率100%。",
                "We handled 1,012 suggestions and replied to all of them.",
            ),
            (
                "他出席中国—东盟（10+1）领导人会议。",
                "He will attend the China-ASEAN Summit.",
            ),
            ("他在十八洞村考察。", "He visited Shibadong."),
            (
                "中间价为1美元兑7.1886元。",
                "The central parity rate was 7.1886 to the US dollar.",
            ),
            ("去（113）年出口创新高。", "Exports hit a new high last year."),
        ] {
            assert!(check(&NumberOmitted, &[zh], &[en]).is_empty(), "{zh} {en}");
        }
    }

    #[test]
    fn allows_a_figure_in_the_next_paragraph() {
        let zh = ["共有470人，其中38人受伤。", "他们已经出院。"];
        let en = [
            "There were 470 people.",
            "Thirty-eight were injured and have left hospital.",
        ];
        assert!(check(&NumberOmitted, &zh, &en).is_empty());
    }
}
