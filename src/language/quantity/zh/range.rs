//! Ranges and lists of Chinese figures: 3至6月, 5%～8%, 2020-2021年, 1、2月.

use super::Scanner;
use super::numeral;
use super::text::Text;
use crate::language::quantity::{Bound, Date, Kind, Quantity, Rational, Value};
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
        let upper = self.out[second];
        let lower = &mut self.out[first];
        match (lower.value, upper.value) {
            // 1620-21年
            (Value::Number(a), Value::Number(b))
                if is_range
                    && upper.kind == Kind::Duration
                    && years(a, 1000..2200)
                    && years(b, 10..100)
                    && lower.kind == Kind::Cardinal =>
            {
                let (a, b) = (
                    a.to_i64().unwrap_or_default() as i32,
                    b.to_i64().unwrap_or_default() as i32,
                );
                (lower.kind, lower.value) = (Kind::Date, Value::Date(Date::of_year(a)));
                let late = Value::Date(Date::of_year(a - a % 100 + b));
                let upper = &mut self.out[second];
                (upper.kind, upper.value, upper.unit) = (Kind::Date, late, None);
            }
            (Value::Number(a), Value::Number(b)) if lower.kind == Kind::Cardinal => {
                (lower.unit, lower.kind) = (upper.unit, upper.kind);
                // 3至5万 is thirty to fifty thousand.
                if is_range
                    && a < b
                    && has_no_scale(t, lower)
                    && let Some(by) = scale_of(t, &upper)
                {
                    lower.value = a.checked_mul(by).map_or(lower.value, Value::Number);
                }
            }
            // 2020-2021年, 1、2月, 3月5日至8日: the number or day before is a date as well.
            (Value::Number(a), Value::Date(d)) if lower.kind == Kind::Cardinal => {
                let part = a.to_i64().unwrap_or(-1);
                let mut date = Date::default();
                match (d.year, d.month, d.day) {
                    (Some(_), None, None) if (1000..2200).contains(&part) => date.year = Some(part as i32),
                    (_, Some(_), None) if (1..=12).contains(&part) => date.month = Some(part as u8),
                    (_, _, Some(_)) if (1..=31).contains(&part) => date.day = Some(part as u8),
                    _ => return,
                }
                lower.kind = Kind::Date;
                lower.value = Value::Date(date);
            }
            (Value::Date(a), Value::Date(mut b)) => {
                if b.day.is_some() && b.month.is_none() {
                    b.month = a.month;
                }
                if b.year.is_none() && (b.month >= a.month) {
                    b.year = a.year;
                }
                self.out[second].value = Value::Date(b);
            }
            _ => return,
        }
        if is_range {
            self.out[first].bound = Some(Bound::Lower);
            self.out[second].bound = Some(Bound::Upper);
        }
    }
}

fn years(n: Rational, range: std::ops::Range<i64>) -> bool {
    n.to_i64().is_some_and(|n| range.contains(&n))
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
