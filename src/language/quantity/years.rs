//! Years that a text says by their relation to another year, or relates to it.

use super::{PartialDate, Quantity};
use crate::text::Span;

/// Words for the year before the one that a text speaks of.
#[rustfmt::skip]
const BEFORE: [&str; 11] = [
    "去年", "上年", "上一年", "前一年", "a year earlier", "a year ago", "the previous year", "the preceding year", "last year",
    "the prior year", "the year before",
];

/// Words for the year after it.
#[rustfmt::skip]
const AFTER: [&str; 9] = [
    "明年", "来年", "次年", "翌年", "新的一年", "the following year", "next year", "the coming year", "the year after",
];

/// The year of a quantity that is a year and nothing else.
pub(super) fn bare_year(q: &Quantity) -> Option<i32> {
    match q.as_date()? {
        PartialDate {
            year,
            month: None,
            day: None,
        } => year,
        _ => None,
    }
}

/// Whether a text names the year twice or more.
pub(super) fn is_topic(quantities: &[Quantity], year: i32) -> bool {
    let named = quantities.iter().filter(|q| bare_year(q) == Some(year));
    named.take(2).count() == 2
}

/// Whether `text` calls the year `other` the one before or after `year`.
pub(super) fn is_neighbour_named(text: &str, year: i32, other: i32) -> bool {
    let words: &[&str] = match other - year {
        -1 => &BEFORE,
        1 => &AFTER,
        _ => return false,
    };
    words.iter().any(|word| text.contains(word))
}

/// Whether the other side, with these quantities, says the year by its relation to another one: “from a year earlier” for
/// 较2018年, beside 2019.
pub(super) fn is_given(q: &Quantity, others: &[Quantity], text: &str) -> bool {
    let Some(year) = bare_year(q) else { return false };
    let mut years = others.iter().filter_map(|o| o.as_date()?.year);
    years.any(|other| is_neighbour_named(text, other, year))
}

/// Whether one text says what happened until a year, and the other what happened since one.
pub(super) fn are_related_apart(zh: &str, zh_year: Span, en: &str, en_year: Span) -> bool {
    let (zh_before, zh_after) = (zh[..zh_year.start].trim_end(), &zh[zh_year.end..]);
    let en_before = en[..en_year.start].trim_end();
    let begins = |words: &[&str]| words.iter().any(|word| zh_after.starts_with(word));
    let ends = |text: &str, words: &[&str]| words.iter().any(|word| text.ends_with(word));
    let until_zh = begins(&["底", "末"]) || ends(zh_before, &["截至", "截止", "到", "至"]);
    let since_zh = begins(&["以来", "起", "开始"]) || ends(zh_before, &["自", "从"]);
    let since_en = ends(en_before, &["since", "Since", "from", "From"]);
    let until_en = ends(
        en_before,
        &["by", "By", "until", "the end of", "as of", "As of", "late"],
    );
    until_zh && since_en || since_zh && until_en
}

#[cfg(test)]
mod tests {
    use crate::language::quantity::{DifferenceKind, compare, parse_en, parse_zh};

    fn dates_differ(zh: &str, en: &str) -> bool {
        let found = compare(zh, &parse_zh(zh), en, &parse_en(en));
        found.differences.iter().any(|d| d.kind == DifferenceKind::Date)
    }

    #[test]
    fn two_years_that_are_each_left_out_are_no_slip() {
        for (zh, en) in [
            (
                "2018年开局良好。2018年跌幅是2008年危机以来最大的。",
                "The year 2018 began well. The drop in 2018 made 2018 the worst year since the crisis.",
            ),
            (
                "截至2021年底，已签署46项协定。",
                "Since 2016, 46 agreements have been signed.",
            ),
            ("2019年就要过去，新的一年即将到来。", "Time flies and 2020 is coming."),
        ] {
            assert!(!dates_differ(zh, en), "{zh} {en}");
        }
        for (zh, en) in [
            ("该计划于2018年启动。", "The plan was launched in 2008."),
            (
                "1964年判决，1958年生效。1968年修订。",
                "A ruling of 1964, in force from 1968. It was revised in 1968.",
            ),
            (
                "截至2021年底，已签署46项协定。",
                "By the end of 2012, 46 agreements had been signed.",
            ),
            (
                "自2016年以来，已签署46项协定。",
                "Since 2018, 46 agreements have been signed.",
            ),
        ] {
            assert!(dates_differ(zh, en), "{zh} {en}");
        }
    }

    #[test]
    fn a_year_may_be_given_by_its_relation_to_another() {
        let (zh, en) = (
            "2019年成交额较2018年下跌约19%。",
            "Turnover declined by about 19% from a year earlier in 2019.",
        );
        let found = compare(zh, &parse_zh(zh), en, &parse_en(en));
        assert_eq!(found.differences, []);
    }
}
