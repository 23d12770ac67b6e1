//! Ranges and lists of Chinese figures: 3至6月, 5%～8%, 2020-2021年, 1、2月.

use super::Scanner;
use super::numeral;
use super::text::Text;
use crate::language::quantity::{Bound, Kind, PartialDate, Quantity, Rational, Value};
use crate::text::Span;

/// A figure that may be the first end of a range.
#[derive(Clone, Copy)]
pub struct Link {
    /// Number of its quantity.
    pub first: usize,
    /// Index at which the other end begins.
    pub at: usize,
    /// Joined by 至 or a dash, rather than by 、.
    pub is_range: bool,
}

impl Scanner<'_> {
    /// After a figure: 至, 到, ~, -, 、 and another numeral, which may be the other end of a range.
    pub(super) fn open_range(&mut self) {
        let t = &self.t;
        let at = t.skip_blank(self.i);
        let (is_range, after) = match t.at(at) {
            '—' if t.at(at + 1) == '—' => (true, at + 2),
            '-' | '–' | '—' | '~' | '至' | '到' => (true, at + 1),
            '、' => (false, at + 1),
            // 9及10月
            '及' | '和'
                if self
                    .out
                    .last()
                    .is_some_and(|q| q.digits && q.kind == Kind::Cardinal && q.unit.is_none()) =>
            {
                (false, at + 1)
            }
            _ => return,
        };
        let next = t.skip_blank(after);
        let first = self.out.len() - 1;
        let begins = t.at(next).is_ascii_digit() || numeral::is_numeral(t.at(next));
        if begins && (is_range || self.out[first].unit.is_none()) {
            self.link = Some(Link {
                first,
                at: next,
                is_range,
            });
            self.i = next;
        }
    }

    /// Makes quantity `link.first` and quantity `second` the ends of a range: the second lends its unit and scale.
    pub(super) fn join(&mut self, link: Link, second: usize) {
        let Link { first, is_range, .. } = link;
        let t = &self.t;
        let (lower, upper) = (self.out[first], self.out[second]);
        let counts = lower.kind == Kind::Cardinal;
        let ends = match (lower.value, upper.value) {
            (Value::Number(a), Value::Number(b)) if counts => {
                let years = is_range.then(|| years_in_short(&lower, a, &upper, b)).flatten();
                years.or_else(|| Some((lend_unit(t, lower, a, &upper, b, is_range), upper)))
            }
            (Value::Number(a), Value::Date(date)) if counts => lend_part(&lower, a, date).map(|lower| (lower, upper)),
            (Value::Date(a), Value::Date(b)) => Some((lower, lend_month_and_year(upper, a, b))),
            _ => None,
        };
        let Some((mut lower, mut upper)) = ends else { return };
        if is_range {
            (lower.bound, upper.bound) = (Some(Bound::Lower), Some(Bound::Upper));
        }
        (self.out[first], self.out[second]) = (lower, upper);
    }
}

/// 1620-21年: two years, the second one in two digits.
fn years_in_short(lower: &Quantity, a: Rational, upper: &Quantity, b: Rational) -> Option<(Quantity, Quantity)> {
    let from = a.to_i64().filter(|n| (1000..2200).contains(n))? as i32;
    let to = b.to_i64().filter(|n| (10..100).contains(n))? as i32;
    let year = |q: &Quantity, year| Quantity {
        kind: Kind::Date,
        value: Value::Date(PartialDate::from_year(year)),
        unit: None,
        ..*q
    };
    (upper.kind == Kind::Duration).then(|| (year(lower, from), year(upper, from - from % 100 + to)))
}

/// 5%～8%, 3至5万: the lower end with the unit of the upper one, and its scale in a range.
fn lend_unit(
    t: &Text<'_>,
    mut lower: Quantity,
    a: Rational,
    upper: &Quantity,
    b: Rational,
    is_range: bool,
) -> Quantity {
    (lower.unit, lower.kind) = (upper.unit, upper.kind);
    // 6、70年代
    if upper.kind == Kind::Decade && a < Rational::integer(10) && b >= Rational::integer(10) {
        lower.value = a.checked_mul(Rational::integer(10)).map_or(lower.value, Value::Number);
    }
    if is_range
        && a < b
        && has_no_scale(t, &lower)
        && let Some(by) = scale_of(t, upper)
    {
        lower.value = a.checked_mul(by).map_or(lower.value, Value::Number);
    }
    lower
}

/// 2020-2021年, 1、2月: the number before a date is a part of a date as well.
fn lend_part(lower: &Quantity, a: Rational, date: PartialDate) -> Option<Quantity> {
    let part = a.to_i64().unwrap_or(-1);
    let date = match (date.year, date.month, date.day) {
        (Some(_), None, None) if (1000..2200).contains(&part) => PartialDate::from_year(part as i32),
        (_, Some(_), None) if (1..=12).contains(&part) => PartialDate::from_month(part as u8),
        (_, _, Some(_)) if (1..=31).contains(&part) => PartialDate::from_day(part as u8),
        _ => return None,
    };
    Some(Quantity {
        kind: Kind::Date,
        value: Value::Date(date),
        ..*lower
    })
}

/// 3月5日至8日: the later date `b` with the parts that only the earlier one gives.
fn lend_month_and_year(upper: Quantity, a: PartialDate, mut b: PartialDate) -> Quantity {
    if b.day.is_some() && b.month.is_none() {
        b.month = a.month;
    }
    if b.year.is_none() && b.month >= a.month {
        b.year = a.year;
    }
    Quantity {
        value: Value::Date(b),
        ..upper
    }
}

/// The scale that the figure of `q` is written with: 10,000 for 5万.
fn scale_of(t: &Text<'_>, q: &Quantity) -> Option<Rational> {
    let text = q.figure.of(t.rest(0));
    let exp: i32 = text
        .chars()
        .rev()
        .take_while(|c| matches!(c, '万' | '亿' | '千' | '百'))
        .map(|c| match c {
            '万' => 4,
            '亿' => 8,
            '千' => 3,
            _ => 2,
        })
        .sum();
    (exp > 0).then(|| Rational::pow10(exp))?
}

fn has_no_scale(t: &Text<'_>, q: &Quantity) -> bool {
    let figure: Span = q.figure;
    !figure.of(t.rest(0)).contains(['万', '亿', '千', '百'])
}
