//! Whether two quantities that differ may be a mistranslation of each other, and at what cost.

use super::equal::{akin, first_year};
use super::{Dimension, Kind, PartialDate, Quantity, Rational, Unit, Value};

/// What is wrong between two texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DifferenceKind {
    /// Two figures that should be the same.
    Number,
    /// The same digits, a power of ten apart.
    Scale,
    /// The same figure with another unit or currency.
    Unit,
    /// Two dates, times, weekdays, decades or centuries that differ.
    Date,
    /// Two places in a series that differ.
    Ordinal,
    /// Two numbers of things that differ.
    Count,
    /// Two names that differ in their digits only: COVID-19, COVID-91.
    Code,
    /// A quantity of the Chinese that the English does not have.
    OnlyZh,
    /// A quantity of the English that the Chinese does not have.
    OnlyEn,
}

/// How unlikely it is that a difference between two quantities is a mistranslation. The costs of a pair add up; the
/// cheapest pairs are reported. All costs are set by hand.
pub(super) mod cost {
    /// Above this cost two quantities are not compared.
    pub const LIMIT: u32 = 100;
    /// One of the quantities repeats one that has its equal.
    pub const REPEATED: u32 = 25;
    /// Thousandths of the lists between the places of the two quantities that cost one point.
    pub const THOUSANDTHS_PER_POINT: u32 = 25;
    /// One of them is a common word: 一, “first”.
    pub const ONE_COMMON: u32 = 25;
    /// Both are common words.
    pub const BOTH_COMMON: u32 = 60;
    /// The figures are the same, the units are not.
    pub const WRONG_UNIT: u32 = 5;
    /// The units convert into each other, the figures differ.
    pub const OTHER_UNIT: u32 = 25;
    /// Only one of the figures has a unit.
    pub const ONE_UNIT: u32 = 30;
    /// Only one of them is an ordinal.
    pub const ONE_ORDINAL: u32 = 35;
    /// The figures do not look like misprints of each other.
    pub const UNLIKE: u32 = 25;
    /// One is a percentage and the other a multiple, or the like.
    pub const OTHER_KIND: u32 = 20;
    /// Two times of day, weekdays, decades or centuries.
    pub const TIMES: u32 = 10;
    /// Two magnitudes: 数以万计, “millions”.
    pub const MAGNITUDES: u32 = 60;
    /// 几天, “several hours”.
    pub const SEVERAL: u32 = 40;
    /// A part of a date differs.
    pub const PART_OF_DATE: u32 = 15;
    /// One of two dates has parts that the other lacks.
    pub const OTHER_PARTS: u32 = 20;
    /// A bare figure looks like a misprint of a part of a date.
    pub const NUMBER_FOR_DATE: u32 = 40;
    /// The same, beside the rest of the date.
    pub const REST_OF_DATE: u32 = 30;
}

/// What is wrong between two quantities that are not equal, if one may be a mistranslation of the other, and at what cost.
pub(super) fn clash(zh_text: &str, zh: &Quantity, en_text: &str, en: &Quantity) -> Option<(DifferenceKind, u32)> {
    use DifferenceKind as D;
    if zh.kind == Kind::Code || en.kind == Kind::Code {
        if zh.kind != en.kind {
            return None;
        }
        let skeleton = |s: &'_ str| {
            letters_and_digits(s)
                .filter(|c| !c.is_ascii_digit())
                .collect::<String>()
        };
        let same = skeleton(zh.span.of(zh_text)) == skeleton(en.span.of(en_text));
        return same.then_some((D::Code, 0));
    }
    match (zh.value, en.value) {
        (Value::Date(a), Value::Date(b)) => {
            let (common, differing) = a.overlap(b);
            let parts = |d: PartialDate| [d.year.is_some(), d.month.is_some(), d.day.is_some()];
            let loose =
                u32::from(parts(a) != parts(b)) * cost::OTHER_PARTS + u32::from(zh.weak || en.weak) * cost::ONE_COMMON;
            (common > 0 && differing > 0).then_some((D::Date, loose + u32::from(differing) * cost::PART_OF_DATE))
        }
        (Value::Number(a), Value::Number(b)) => numbers_clash(zh, a, en, b),
        (Value::Date(d), Value::Number(n)) if is_bare(en) => {
            may_be_misprint_of(d, n).then_some((D::Date, cost::NUMBER_FOR_DATE))
        }
        (Value::Number(n), Value::Date(d)) if is_bare(zh) => {
            may_be_misprint_of(d, n).then_some((D::Date, cost::NUMBER_FOR_DATE))
        }
        (Value::Some, Value::Some) => (zh.unit != en.unit).then_some((D::Unit, cost::SEVERAL)),
        _ => None,
    }
}

fn numbers_clash(zh: &Quantity, a: Rational, en: &Quantity, b: Rational) -> Option<(DifferenceKind, u32)> {
    use DifferenceKind as D;
    if is_apart(zh.kind) || is_apart(en.kind) {
        return match zh.kind {
            Kind::Century if en.kind == Kind::Decade => is_in_other_century(a, b).then_some((D::Date, cost::TIMES)),
            _ if zh.kind != en.kind => None,
            Kind::Magnitude => Some((D::Scale, cost::MAGNITUDES)),
            _ => Some((D::Date, cost::TIMES)),
        };
    }
    // 上半年, “the second half of the year”
    let halves = |q: &Quantity| q.unit.is_some_and(|u| u.def().symbol == "halves of a year");
    if halves(zh) && halves(en) {
        return Some((D::Ordinal, 0));
    }
    let trivial = |q: &Quantity, n: Rational| q.weak && n <= Rational::ONE;
    // 5/6 may be translated in other words: “all but one of the six”.
    let reworded = |q: &Quantity, other: &Quantity| q.kind == Kind::Fraction && q.digits && other.weak;
    if trivial(zh, a) || trivial(en, b) || reworded(zh, en) || reworded(en, zh) {
        return None;
    }
    let weak = match (zh.weak, en.weak) {
        (false, false) => 0,
        (true, true) => cost::BOTH_COMMON,
        _ => cost::ONE_COMMON,
    };
    let unit = match units_clash(zh.unit, en.unit, a, b)? {
        Units::Wrong => return Some((D::Unit, cost::WRONG_UNIT + weak)),
        Units::Cost(cost) => cost,
    };
    let ordinals = [is_ordinal(zh.kind), is_ordinal(en.kind)];
    let tens = a.power_of_ten_over(b).is_some_and(|k| k != 0);
    if tens && (is_big(a) || is_big(b)) && ordinals == [false, false] {
        return Some((D::Scale, unit / 2 + weak));
    }
    if ordinals == [true, true] {
        return Some((D::Ordinal, unit + weak));
    }
    let alike = similar(a, b);
    // A figure with a unit and one without are taken for each other only where they look like a misprint.
    let is_share = |kind: Kind| matches!(kind, Kind::Percent | Kind::Fraction);
    let short = |n: Rational| n.abs().is_some_and(|n| n < Rational::integer(10)) && n.is_integer();
    let misprint = alike && !(short(a) && short(b));
    if unit == cost::ONE_UNIT && !misprint && !(is_share(zh.kind) && is_share(en.kind)) {
        return None;
    }
    let kind = if ordinals.contains(&true) { cost::ONE_ORDINAL } else { 0 };
    let near = if alike { 0 } else { cost::UNLIKE };
    let class = |kind: Kind| if kind == Kind::Count { Kind::Cardinal } else { kind };
    let other = if class(zh.kind) == class(en.kind) || unit > 0 {
        0
    } else {
        cost::OTHER_KIND
    };
    let counts = zh.kind == Kind::Count && zh.unit == en.unit;
    let difference = if counts { D::Count } else { D::Number };
    Some((difference, unit + weak + kind + near + other))
}

/// Whether a decade is outside of a century: 15世纪, “the 1500s”.
fn is_in_other_century(century: Rational, decade: Rational) -> bool {
    let hundred = Rational::integer(100);
    first_year(century).is_some_and(|first| {
        let after = decade.checked_sub(first);
        decade >= hundred && after.is_some_and(|years| years.is_negative() || years >= hundred)
    })
}

/// Whether quantities of this kind are compared with their own kind only.
fn is_apart(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Weekday | Kind::Time | Kind::Decade | Kind::Century | Kind::Magnitude
    )
}

fn is_ordinal(kind: Kind) -> bool {
    matches!(kind, Kind::Ordinal | Kind::Session | Kind::Plan)
}

/// How two units differ.
enum Units {
    /// The figures are the same and only the units differ.
    Wrong,
    /// The figures may still be translations of each other, at this cost.
    Cost(u32),
}

/// How the units of figures `a` and `b` differ; `None` where no translator takes one for the other.
fn units_clash(zh: Option<Unit>, en: Option<Unit>, a: Rational, b: Rational) -> Option<Units> {
    let cost = match (zh, en) {
        (Some(u), Some(v)) if u == v || akin(u, v) => 0,
        (Some(u), Some(v)) => {
            // 一天 and “an hour” are common words.
            let times = u.dimension() == Dimension::Time && v.dimension() == Dimension::Time;
            if a == b && !(times && a == Rational::ONE) {
                return Some(Units::Wrong);
            }
            if !u.converts_to(v) {
                return None;
            }
            cost::OTHER_UNIT
        }
        (None, None) => 0,
        _ => cost::ONE_UNIT,
    };
    Some(Units::Cost(cost))
}

/// Whether a quantity is a figure and nothing else.
pub(super) fn is_bare(q: &Quantity) -> bool {
    q.kind == Kind::Cardinal && q.unit.is_none() && q.digits
}

/// Whether `n` may be the year or the day of `d` misprinted: 2820 for 2020, 80 for the 20th.
pub(super) fn may_be_misprint_of(d: PartialDate, n: Rational) -> bool {
    let part = |v: Option<i32>| v.is_some_and(|v| similar(Rational::integer(v.into()), n));
    let long = n >= Rational::integer(100);
    n.is_integer()
        && if long {
            part(d.year)
        } else {
            part(d.day.map(i32::from)) && n > Rational::integer(9)
        }
}

/// Whether a figure is large enough for 万 and 亿 to go wrong.
fn is_big(n: Rational) -> bool {
    n.abs().is_some_and(|n| n >= Rational::integer(1000))
}

/// Whether two figures look like one another misprinted: all digits but one the same, or the same digits in another order.
fn similar(a: Rational, b: Rational) -> bool {
    let digits = |n: Rational| n.to_string().bytes().filter(u8::is_ascii_digit).collect::<Vec<u8>>();
    let (x, y) = (digits(a), digits(b));
    if x.len().abs_diff(y.len()) > 1 {
        return false;
    }
    let common = x.iter().zip(&y).take_while(|(p, q)| p == q).count();
    let tail = x.iter().rev().zip(y.iter().rev()).take_while(|(p, q)| p == q).count();
    common + tail + 1 >= x.len().max(y.len()) || {
        let (mut x, mut y) = (x, y);
        x.sort_unstable();
        y.sort_unstable();
        x == y
    }
}

pub(super) fn letters_and_digits(s: &str) -> impl Iterator<Item = char> + '_ {
    s.chars()
        .filter(|c| c.is_alphanumeric())
        .map(|c| c.to_ascii_lowercase())
}
