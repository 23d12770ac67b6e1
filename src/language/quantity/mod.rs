//! Quantities: one value type that Chinese and English text parse into, and the comparison of two texts by value.
//!
//! [`parse_zh`] and [`parse_en`] are hand-written scanners that read a text once, from left to right; [`compare`] assigns
//! the quantities of two texts to each other. A range is two quantities, its two ends.

mod assign;
mod clash;
mod compare;
mod copied;
mod date;
mod en;
mod equal;
mod months;
mod parts;
mod rational;
mod render;
mod tables;
mod traditional;
mod unit;
mod units;
mod years;
mod yields;
mod zh;

use crate::text::{Side, Span};

pub use clash::DifferenceKind;
pub use compare::{Comparison, Difference, compare};
pub use date::PartialDate;
pub use en::{is_number_word, parse_en};
pub use equal::{Equality, equal};
pub use rational::Rational;
pub use render::{month_name, render_en, render_zh, weekday_name};
pub use unit::Unit;
pub use units::Dimension;
pub use zh::parse_zh;

/// What kind of quantity an expression is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A plain number: 1,200; 一百二十.
    Cardinal,
    /// A number of things with a measure word: 10个, 六大.
    Count,
    /// A place in a series: 第三, 19th.
    Ordinal,
    /// A share in percent or per mille: 5%, 三成.
    Percent,
    /// A difference between percentages: 0.5个百分点, 25 basis points.
    PercentagePoint,
    /// 三分之二, two thirds, half.
    Fraction,
    /// How many times as much: 三倍, 翻两番 (×4), doubled.
    Multiple,
    /// A power of ten without a figure: 数以千万计, tens of millions.
    Magnitude,
    /// A calendar date or a part of one.
    Date,
    /// A day of the week.
    Weekday,
    /// A time of day; the value is in seconds after midnight.
    Time,
    /// 20世纪80年代, the 1980s; the value is the first year (or only its last two digits).
    Decade,
    /// 20世纪, the 20th century.
    Century,
    /// A length of time.
    Duration,
    /// A sum of money.
    Money,
    /// A figure with a unit of measure.
    Measure,
    /// 十五五, the 15th Five-Year Plan; the value is the number of the plan.
    Plan,
    /// 十九大, 四中全会; the value is the number of the congress or session.
    Session,
    /// A name with digits: COVID-19, G20, 737MAX; compared as written, never by value.
    Code,
}

/// How a text qualifies a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Hedge {
    /// Not at all.
    #[default]
    Exact,
    /// 约, 左右; about, some.
    About,
    /// 超过, 多, 余, 以上; more than, over.
    MoreThan,
    /// 近, 不足; nearly, less than.
    Nearly,
    /// 至少, at least.
    AtLeast,
    /// 最多, up to.
    UpTo,
}

/// Which end of a range a quantity is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Bound {
    /// 3 in 3至6.
    Lower,
    /// 6 in 3至6.
    Upper,
}

/// The value of a quantity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Value {
    /// An exact number, in the quantity's unit.
    Number(Rational),
    /// A date or a part of one.
    Date(PartialDate),
    /// 几, 数, several: more than two, nobody says how many.
    Some,
}

/// A quantity in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quantity {
    /// What kind it is.
    pub kind: Kind,
    /// Its value.
    pub value: Value,
    /// Its unit or currency.
    pub unit: Option<Unit>,
    /// How it is qualified.
    pub hedge: Hedge,
    /// Which end of a range it is, if of one.
    pub bound: Option<Bound>,
    /// Bytes of the whole expression, with unit or currency, without the hedge.
    pub span: Span,
    /// Bytes of the figure (with its scale: 3.5亿, 1.4 billion), without the unit.
    pub figure: Span,
    /// Whether the figure is written in digits.
    pub digits: bool,
    /// Whether the expression is so common a word (一, one, first, a year) that nothing follows from its absence on the
    /// other side.
    pub weak: bool,
    /// Whether a time of day says which half of the day it is in: 下午3点, 3 p.m., 15:00.
    pub half_said: bool,
}

impl Quantity {
    /// A bare number at `figure`.
    pub(crate) fn number(kind: Kind, value: Rational, figure: Span) -> Self {
        Self {
            kind,
            value: Value::Number(value),
            unit: None,
            hedge: Hedge::Exact,
            bound: None,
            span: figure,
            figure,
            digits: false,
            weak: false,
            half_said: false,
        }
    }

    /// A date at `span`.
    pub(crate) fn date(date: PartialDate, span: Span) -> Self {
        Self {
            value: Value::Date(date),
            ..Self::number(Kind::Date, Rational::ZERO, span)
        }
    }

    /// The number, for quantities that have one.
    pub fn as_number(&self) -> Option<Rational> {
        match self.value {
            Value::Number(n) => Some(n),
            Value::Date(_) | Value::Some => None,
        }
    }

    /// The date, for quantities that are one.
    pub fn as_date(&self) -> Option<PartialDate> {
        match self.value {
            Value::Date(d) => Some(d),
            Value::Number(_) | Value::Some => None,
        }
    }

    /// The value as messages show it: `1,400,000,000`, `0.5 percentage points`, `2024-11-18`, `15:37`.
    pub fn display_value(&self) -> String {
        render::display(self)
    }
}

/// The quantities of a text in the language of `side`, in order.
pub fn parse(text: &str, side: Side) -> Vec<Quantity> {
    match side {
        Side::Zh => parse_zh(text),
        Side::En => parse_en(text),
    }
}

/// A number in a text, read without the unit or the noun that it counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Figure {
    /// Bytes of the figure: 3.5亿, 1.4 billion, twenty-three.
    pub span: Span,
    /// Its value.
    pub value: Rational,
    /// Whether it is written in digits.
    pub digits: bool,
}

/// The figures of a text in the language of `side`, in order, whatever they count: a quicker reading than [`parse`].
pub fn figures(text: &str, side: Side) -> Vec<Figure> {
    match side {
        Side::Zh => zh::figures(text),
        Side::En => en::figures(text),
    }
}

/// The whole number that a text begins with, in figures or in words (Roman numerals are words), and its length in bytes.
pub fn leading_number(text: &str, side: Side) -> Option<(i64, usize)> {
    match side {
        Side::Zh => zh::leading_number(text),
        Side::En => en::leading_number(text),
    }
}

/// The value of a figure with a slash that is a fraction (1/2, 3/4) rather than a date (9/11) or two figures (24/7).
pub(crate) fn common_fraction(part: Rational, whole: Rational) -> Option<Rational> {
    let common = [2, 3, 4, 5, 6, 8, 10].iter().any(|&n| whole == Rational::integer(n));
    let value = part.checked_div(whole).filter(|_| common && part < whole)?;
    (value > Rational::ZERO && value.denominator() == whole.to_i64()?.into()).then_some(value)
}

/// The kind that a figure with this unit has.
pub(crate) fn kind_of_unit(unit: Unit) -> Kind {
    match unit.dimension() {
        Dimension::Share => Kind::Percent,
        Dimension::Points => Kind::PercentagePoint,
        Dimension::Money(_) => Kind::Money,
        Dimension::Time | Dimension::Calendar => Kind::Duration,
        _ => Kind::Measure,
    }
}

#[cfg(test)]
mod tests;
