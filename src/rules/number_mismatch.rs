//! `number-mismatch`.

use super::opposites::{Opposite, find_opposites};
use super::quantities::clashes;
use super::wording::ZhTable;
use super::{PairContext, Report, Rule, quote};
use crate::declare_rule;
use crate::language::quantity::{DifferenceKind, Kind};
use crate::text::{Side, Span};

declare_rule! {
    /// A figure differs between the source and the translation.
    ///
    /// ## What it does
    /// Compares quantities by value: 14亿 is 1.4 billion, 三成 is 30 percent, 翻两番 is a fourfold increase, 五斤 is 2.5
    /// kilograms. A rounded value with a hedge (近, about) is equal. If a quantity has no equal on the other side but an
    /// unmatched quantity of the same kind is left there, reports both with their values. Names that differ only in
    /// their digits (Mate 9, H7N9) are also compared, and halves with “a” and “an” (半小时,
    /// “an hour”), and versions as they are written (3.10, 3.1). Acronyms are covered by `acronym-mismatch`.
    ///
    /// ## Why it matters
    /// Readers act on figures and cannot see that one is wrong. GB/T 19682 ranks a wrong figure with an omitted
    /// sentence.
    ///
    /// ## Example
    /// ```bilint-wrong
    /// zh: 截至2017年，人口为379,800。
    /// en: It had a population of 379,700 in 2017.
    /// ```
    ///
    /// Use instead:
    /// ```bilint-right
    /// zh: 截至2017年，人口为379,800。
    /// en: It had a population of 379,800 in 2017.
    /// ```
    pub NumberMismatch { id: "number-mismatch", group: Quantities, severity: Error, since: "0.1.0", fixable: Sometimes, faults: [WrongNumber], precedence: 0, consequence_of: "sentence-omitted" }
}

impl Rule for NumberMismatch {
    fn pair(&self, ctx: &PairContext<'_>, report: &mut Report) {
        let mut reported: Vec<Span> = Vec::new();
        for clash in clashes(
            ctx,
            &[DifferenceKind::Number, DifferenceKind::Count, DifferenceKind::Code],
        ) {
            // `acronym-mismatch` compares COVID-19 and the like, and knows the right one.
            if clash.zh.kind == Kind::Code && is_acronym(clash.zh.span.of(ctx.zh())) {
                continue;
            }
            let message = format!("figures differ: {}", clash.describe(ctx));
            clash.report(&Self::META, ctx, report, message).emit();
            reported.push(clash.en.span);
        }
        report_versions(ctx, report);
        for (place, span) in find_opposites(ctx, &HALVES) {
            if reported.iter().any(|clash| clash.overlaps(span)) {
                continue;
            }
            let (half, whole) = (place.of(ctx.zh()), span.of(ctx.en()));
            let message = format!("figures differ: {}, {}", quote::text(half), quote::text(whole));
            report
                .finding(&Self::META, ctx, Side::En, span, message)
                .label(ctx, Side::Zh, place)
                .help("check the figure against the source")
                .found(whole)
                .emit();
        }
    }
}

/// Reports “Python 3.1” for Python 3.10: of a version, the part after the point is a number of its own.
fn report_versions<'a>(ctx: &PairContext<'a>, report: &mut Report) {
    for &(i, j) in &ctx.comparison().matches {
        let (zh, en) = (ctx.quantities(Side::Zh)[i].figure, ctx.quantities(Side::En)[j].figure);
        // 3.0 时 may be “when it was 3.0”.
        let digits = |text: &'a str| text.trim_matches(|c: char| !c.is_ascii_digit());
        let (a, b) = (digits(zh.of(ctx.zh())), digits(en.of(ctx.en())));
        let is_same = whole(ctx.zh(), zh) == whole(ctx.en(), en);
        if a.len() == b.len() || !a.contains('.') || !b.contains('.') || is_same {
            continue;
        }
        let name = |text: &'_ str, at: usize| {
            let word = text[..at].trim_end().rsplit(|c: char| !c.is_ascii_alphabetic()).next();
            word.filter(|word| !word.is_empty()).map(str::to_owned)
        };
        let product = name(ctx.zh(), zh.start);
        if product.is_some() && product == name(ctx.en(), en.start) {
            let message = format!("versions differ: “{a}”, “{b}”");
            report
                .finding(&NumberMismatch::META, ctx, Side::En, en, message)
                .label(ctx, Side::Zh, zh)
                .help("check the version against the source")
                .found(b)
                .emit();
        }
    }
}

/// A figure with the letters and figures behind it: `1.725E9` for 1.725.
fn whole(text: &str, figure: Span) -> &str {
    let rest = &text[figure.start..];
    let len = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '.');
    rest[..len.unwrap_or(rest.len())].trim_end_matches('.')
}

/// Halves, which “a” and “an” are too common to be compared with as figures.
#[rustfmt::skip]
static HALVES: ZhTable<Opposite> = ZhTable::new(&[
    Opposite { zh: &["半小时", "半个小时", "半个钟头"], unless: &["个半小时", "时半", "多半"], right: &["half*", "30", "thirty", "*-half"], wrong: &["an hour", "one hour", "hour-long", "one-hour"] },
    Opposite { zh: &["一个半小时", "1个半小时"], unless: &[], right: &["and a half", "and-a-half", "1.5", "90", "ninety", "1½"], wrong: &["half an hour", "half-hour", "an hour", "one hour"] },
    Opposite { zh: &["一个半月", "1个半月"], unless: &[], right: &["and a half", "and-a-half", "1.5", "45", "six weeks", "1½"], wrong: &["half a month", "half-month", "a month", "one month"] },
    Opposite { zh: &["一年半", "1年半"], unless: &[], right: &["and a half", "and-a-half", "1.5", "18", "eighteen", "1½"], wrong: &["half a year", "half-year", "a year", "one year"] },
    Opposite { zh: &["两年半", "2年半"], unless: &[], right: &["half*", "*-half", "2.5", "30", "thirty", "2½"], wrong: &["two years", "two-year", "2 years"] },
    Opposite { zh: &["三年半", "3年半"], unless: &[], right: &["half*", "*-half", "3.5", "42", "3½"], wrong: &["three years", "three-year", "3 years"] },
    Opposite { zh: &["半年"], unless: &["上半年", "下半年", "前半年", "后半年", "年半年", "个半年", "大半年", "小半年", "多半年", "半年报", "半年度"], right: &["half*", "*-half", "six*", "6", "semi*", "biannual*"], wrong: &["a year", "one year", "one-year", "year-long"] },
    Opposite { zh: &["半个月", "半月"], unless: &["个半月", "月半", "上半月", "下半月", "多半月", "半月刊"], right: &["half*", "fortnight*", "two", "two-*", "15", "fifteen", "14", "semi*", "bi*", "couple"], wrong: &["a month", "one month", "month-long", "one-month"] },
    Opposite { zh: &["半天"], unless: &["天半", "大半天", "老半天", "好半天", "前半天", "后半天"], right: &["half*", "morning", "afternoon", "12", "hours"], wrong: &["a day", "one day", "one-day", "day-long"] },
], |row| row.zh);

fn is_acronym(code: &str) -> bool {
    let capitals = code.bytes().filter(u8::is_ascii_uppercase).count();
    let lower = code.bytes().filter(u8::is_ascii_lowercase).count();
    capitals >= 2 && capitals >= lower
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::check;

    #[test]
    fn offers_the_right_figure_if_certain() {
        let found = check(
            &NumberMismatch,
            &["人口为379,800。"],
            &["It has a population of 379,700."],
        );
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].fixes[0].replacement, "379,800");
        assert_eq!(
            found[0].message,
            "figures differ: “人口为379,800”, “population of 379,700”"
        );
    }

    #[test]
    fn writes_figures_as_the_source_does() {
        for (zh, en, figure) in [
            ("通过ISO 9001认证。", "It has passed ISO 14001 certification.", "9001"),
            ("完成度为3.0分。", "It scored 3.5 points.", "3.0"),
            ("共有12345人。", "There were 12,354 people.", "12,345"),
        ] {
            let found = check(&NumberMismatch, &[zh], &[en]);
            assert_eq!(found[0].fixes[0].replacement, figure, "{zh}");
        }
    }

    #[test]
    fn a_figure_that_its_own_pair_needs_excuses_no_other() {
        let count = |zh: &[&str], en: &[&str]| check(&NumberMismatch, zh, en).len();
        let en = [
            "The unemployment rate was 15 percent.",
            "It was attended by 15 countries.",
        ];
        assert_eq!(count(&["失业率为15%。", "有16国参加。"], &en), 1);
        let en = [
            "It was attended by 15 countries.",
            "It was held in Beijing, with 16 countries.",
        ];
        assert_eq!(count(&["有16国参加，", "在北京举行。"], &en), 0);
    }

    #[test]
    fn compares_figures_in_words() {
        for (zh, en) in [
            (
                "推动10个重大科研基础设施开放共享",
                "open twelve major scientific research infrastructures",
            ),
            (
                "三分之二的受访者表示支持。",
                "Three quarters of respondents expressed support.",
            ),
            ("这款产品打八折。", "The product is 80 percent off."),
            ("产量翻了两番。", "Output doubled."),
            ("产量是去年的三倍。", "Output is twice that of last year."),
            ("产值达到412738亿元。", "Output reached RMB41.2 trillion."),
            ("下潜至10909米。", "It dived to 10,900 metres."),
            ("旅客升至约4450万人次。", "Arrivals increased to about 46 million."),
            ("乘客超过2人。", "Four or more passengers came."),
            ("第二季第10集。", "Specifically 3.10."),
            ("亩产提升10.1斤。", "The yield per hectare rose by 67 kilograms."),
            ("代表团停留了半小时。", "The delegation stayed for an hour."),
            ("实验持续了一个半月。", "The experiment lasted half a month."),
            ("需要 Python 3.10。", "Python 3.1 is required."),
        ] {
            assert_eq!(check(&NumberMismatch, &[zh], &[en]).len(), 1, "{zh} {en}");
        }
    }

    #[test]
    fn compares_names_with_digits_as_written() {
        let found = check(&NumberMismatch, &["Chang-e5 探测器"], &["the Chang-e6 probe"]);
        assert_eq!(found.len(), 1);
        assert!(found[0].fixes.is_empty());
    }

    #[test]
    fn allows_a_figure_that_moved_to_the_next_pair() {
        let zh = ["共有47人，其中8人受伤。", "他们已经出院。"];
        let en = ["There were 47 people.", "Eight were injured and have left hospital."];
        assert!(check(&NumberMismatch, &zh, &en).is_empty());
    }

    #[test]
    fn allows_words_for_figures_hedges_and_other_units() {
        for (zh, en) in [
            ("六大行动", "six main actions"),
            ("近1.5亿人", "148 million people"),
            ("重五斤", "weighing 2.5 kilograms"),
            ("三分之二的人", "two thirds of them"),
            ("约三成", "some 30 percent"),
            ("占一半以上", "over 50 percent"),
            ("一带一路", "the Belt and Road Initiative"),
            ("产值增长六十倍", "output grew 60 times"),
            ("产值增长1.5倍", "a 1.5-fold increase in output"),
            ("来了十几个人", "a dozen people came"),
            ("五十两银子", "fifty taels of silver"),
            ("用1K的块", "in 1K blocks"),
            ("坡度为1∶50", "a slope of 1:50"),
            ("等了两个半小时", "a wait of two and half hours"),
            ("半小时后抵达", "an arrival 30 minutes later"),
            ("历时一年半", "It took 18 months."),
            ("利润率为3.10%", "a margin of 3.1 percent"),
            ("产值达到412738亿元", "output reached RMB41.3 trillion"),
            ("旅客升至约4450万人次", "arrivals increased to about 45 million"),
            ("乘客超过2人", "three or more passengers"),
            ("不超过2人", "fewer than three people"),
            ("亮度高两个数量级", "100 times brighter"),
            ("亮度高两个数量级", "brighter by two orders of magnitude"),
            ("第二季第10集", "Specifically 2.10"),
            ("四十余载风雨兼程", "more than four decades of hard work"),
            ("10余个机场关闭", "A dozen airports were closed"),
            ("亩产提升10.1斤", "The yield per hectare rose by 76 kilograms"),
            ("误差小于百万分之五", "an error of less than 5 ppm"),
            (
                "今（15）日接见客人，双方交换意见",
                "He received guests today, and the two sides exchanged views",
            ),
            (
                "25—29岁、30—59岁劳动力失业率分别为6.6%、3.9%",
                "6.6 percent for those aged 25 to 29 and 3.9 percent for those aged 30 to 59",
            ),
        ] {
            assert!(check(&NumberMismatch, &[zh], &[en]).is_empty(), "{zh} {en}");
        }
    }
}
