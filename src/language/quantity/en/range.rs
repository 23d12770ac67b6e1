//! Ranges of English figures: 5 to 8 percent, 12–14 March, 2015–16.

use super::context::money_before;
use super::token::{Token, Tokens};
use super::words::{self, Numeral};
use super::{Link, Scanner};
use crate::language::quantity::{Bound, Kind, PartialDate, Quantity, Rational, Value};

impl Scanner<'_> {
    /// After a figure: a dash, “to”, “and” or “or” and another figure, which may be the other end of a range.
    pub(super) fn open_range(&mut self) {
        let t = &self.t;
        let at = self.i;
        let joins = t.sign(at) == '-' || t.sign(at) == '~' || matches!(t.word(at), "to" | "and" | "or");
        if !joins {
            return;
        }
        let next = after_currency(t, at + 1);
        let numeral = t.is(next, Token::Number) || words::numeral(t.letters(next)).is_some();
        if numeral && !self.out.is_empty() {
            self.link = Some(Link {
                first: self.out.len() - 1,
                at: next,
            });
            self.i = next;
        }
    }

    /// Makes quantities `link.first` and `second` the ends of a range: the second lends its unit, scale, month and year.
    pub(super) fn join(&mut self, link: Link, second: usize) {
        let text = self.t.text;
        let (lower, upper) = (self.out[link.first], self.out[second]);
        // “aged 25 to 29 and 3.9 percent”: the range is closed.
        if lower.bound == Some(Bound::Upper) {
            return;
        }
        let ends = match (lower.value, upper.value) {
            (Value::Number(a), Value::Number(b)) => {
                let dash = !text[lower.span.end.min(upper.span.start)..upper.span.start].contains("and");
                let upper = if dash { with_currency_of(lower, upper) } else { upper };
                lend_unit(text, lower, a, &upper, b).map(|lower| (lower, upper))
            }
            (Value::Date(a), Value::Date(b)) => Some(lend_month_and_year(lower, a, upper, b)),
            (Value::Number(a), Value::Date(d)) => day_before_date(lower, a, d).map(|lower| (lower, upper)),
            (Value::Date(d), Value::Number(b)) => number_after_date(d, upper, b).map(|upper| (lower, upper)),
            _ => None,
        };
        let Some((mut first, mut last)) = ends else { return };
        let between = &text[lower.span.end.min(upper.span.start)..upper.span.start];
        let list = between.contains("or") || between.contains("and");
        if !list || text[..lower.span.start].trim_end().ends_with("etween") {
            (first.bound, last.bound) = (Some(Bound::Lower), Some(Bound::Upper));
        }
        (self.out[link.first], self.out[second]) = (first, last);
    }
}

/// The token after the currency at token `i`, if there is one: $, US$, RMB.
fn after_currency(t: &Tokens<'_>, i: usize) -> usize {
    let sign = |k: usize| matches!(t.sign(k), '$' | '€' | '£' | '¥');
    let prefix = t.is(i, Token::Word) && t.word(i).len() <= 3 && (sign(i + 1) && t.glued(i + 1));
    let end = i + usize::from(prefix);
    let code = money_before(t, i + 1).is_some_and(|(_, start)| start == i);
    end + usize::from(sign(end) || !prefix && code)
}

/// US$1–2 billion: the upper end with the currency of the lower one.
fn with_currency_of(lower: Quantity, upper: Quantity) -> Quantity {
    let lends = lower.kind == Kind::Money && upper.kind == Kind::Cardinal && upper.unit.is_none();
    if lends {
        Quantity {
            unit: lower.unit,
            kind: lower.kind,
            ..upper
        }
    } else {
        upper
    }
}

/// 5 to 8 percent, $3–5 billion: the lower end with the unit and the scale of the upper one.
fn lend_unit(text: &str, mut lower: Quantity, a: Rational, upper: &Quantity, b: Rational) -> Option<Quantity> {
    let plain = lower.kind == Kind::Cardinal && lower.unit.is_none();
    let lends = matches!(
        upper.kind,
        Kind::Cardinal | Kind::Percent | Kind::PercentagePoint | Kind::Money | Kind::Measure | Kind::Duration
    );
    let same_money = lower.unit == upper.unit && lower.kind == Kind::Money;
    // The eighteenth and nineteenth centuries
    if lower.kind == Kind::Ordinal && upper.kind == Kind::Century {
        lower.kind = Kind::Century;
        return Some(lower);
    }
    let joins = same_money || plain && lends;
    if !joins {
        return None;
    }
    if plain {
        (lower.unit, lower.kind) = (upper.unit, upper.kind);
    }
    // 30 to 50 thousand
    let smaller = a < Rational::integer(1000) && scale_of(lower.figure.of(text)).is_none();
    // “eight to one hundred” shares no scale.
    let scaled = |by: Rational| a.checked_mul(by).is_some_and(|a| a <= b);
    if let Some(by) = scale_of(upper.figure.of(text)).filter(|&by| smaller && scaled(by)) {
        lower.value = a.checked_mul(by).map_or(lower.value, Value::Number);
    }
    Some(lower)
}

/// 3 March to 5 April 2024: each end with the parts that only the other one gives.
fn lend_month_and_year(
    mut lower: Quantity,
    mut a: PartialDate,
    mut upper: Quantity,
    mut b: PartialDate,
) -> (Quantity, Quantity) {
    a.year = a.year.or(b.year);
    if b.month.is_none() && b.day.is_some() {
        b.month = a.month;
    }
    if a.month.is_none() && a.day.is_some() {
        a.month = b.month;
    }
    (lower.value, upper.value) = (Value::Date(a), Value::Date(b));
    (lower, upper)
}

/// 12–14 March: the number before the date is a day of its month.
fn day_before_date(lower: Quantity, a: Rational, date: PartialDate) -> Option<Quantity> {
    let day = a.to_i64().filter(|n| (1..=31).contains(n))?;
    (lower.kind == Kind::Cardinal && date.day.is_some()).then_some(Quantity {
        kind: Kind::Date,
        value: Value::Date(PartialDate {
            day: Some(day as u8),
            ..date
        }),
        ..lower
    })
}

/// March 12–14, 2015–16: the number after the date is a day of its month, or the last two digits of a year.
fn number_after_date(date: PartialDate, upper: Quantity, b: Rational) -> Option<Quantity> {
    if upper.kind != Kind::Cardinal || upper.unit.is_some() {
        return None;
    }
    let n = b.to_i64()?;
    let later = match (date.year, date.month, date.day) {
        (None, Some(_), Some(_)) if (1..=31).contains(&n) => PartialDate {
            day: Some(n as u8),
            ..date
        },
        (Some(year), None, None) if (10..100).contains(&n) && i64::from(year % 100) < n => {
            PartialDate::from_year(year - year % 100 + n as i32)
        }
        _ => return None,
    };
    Some(Quantity {
        kind: Kind::Date,
        value: Value::Date(later),
        ..upper
    })
}

/// The scale word that a figure ends with: a million for “1.4 million” and “£1.4m”.
fn scale_of(figure: &str) -> Option<Rational> {
    let word = figure.rsplit(|c: char| !c.is_alphabetic()).next()?;
    match words::numeral(word) {
        Some(Numeral::Scale(e)) => Rational::pow10(e),
        Some(Numeral::Hundred) => Rational::pow10(2),
        _ => match word {
            "m" | "M" => Rational::pow10(6),
            "k" => Rational::pow10(3),
            _ => None,
        },
    }
}
