//! Whether a Chinese and an English quantity are equal.

use super::{Dimension, Hedge, Kind, Quantity, Rational, Unit, Value};

/// In what way two quantities are the same; the better way is the lesser.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Equality {
    /// The same kind, value and unit.
    Exact,
    /// The same value; the kind differs in a way that the other language allows.
    Form,
    /// The same value; one side leaves the unit out, or counts what the other numbers.
    Bare,
    /// The same value in another unit, or a part of the same date.
    Converted,
    /// The value rounded, under a hedge.
    Rounded,
}

/// In what way `zh` and `en` are equal, if they are.
///
/// Codes (COVID-19) are equal only as written; [`super::compare`] sees to them.
pub fn equal(zh: &Quantity, en: &Quantity) -> Option<Equality> {
    match (zh.value, en.value) {
        (Value::Some, Value::Some) => (zh.unit == en.unit).then_some(Equality::Exact),
        (Value::Some, Value::Number(n)) | (Value::Number(n), Value::Some) => {
            (zh.unit == en.unit && n > Rational::ONE && n <= Rational::integer(20)).then_some(Equality::Rounded)
        }
        (Value::Date(a), Value::Date(b)) => match a.overlap(b) {
            (0, _) | (_, 1..) => None,
            _ if a == b => Some(Equality::Exact),
            _ => Some(Equality::Converted),
        },
        (Value::Date(d), Value::Number(n)) => date_is_number(d, n, en),
        (Value::Number(n), Value::Date(d)) => date_is_number(d, n, zh),
        (Value::Number(a), Value::Number(b)) => numbers(zh, a, en, b),
        _ => None,
    }
}

/// A bare number can be a year (2015, or 16 in 2015/16) or a day of the month (the 5th).
fn date_is_number(d: super::PartialDate, n: Rational, q: &Quantity) -> Option<Equality> {
    let n = n.to_i64()?;
    let plain = q.unit.is_none() && matches!(q.kind, Kind::Cardinal | Kind::Ordinal | Kind::Code | Kind::Count);
    let year = |y: i32| d.month.is_none() && (i64::from(y) == n || (n < 100 && i64::from(y % 100) == n));
    let day = d.year.is_none() && d.month.is_none() && d.day.is_some_and(|x| i64::from(x) == n);
    (plain && (day || d.year.is_some_and(year))).then_some(Equality::Form)
}

#[expect(
    clippy::match_same_arms,
    reason = "the arms are tried in order, the particular before the general"
)]
fn numbers(zh: &Quantity, a: Rational, en: &Quantity, b: Rational) -> Option<Equality> {
    use Kind as K;
    match (zh.kind, en.kind) {
        (K::Weekday, K::Weekday) | (K::Plan, K::Plan) | (K::Century, K::Century) => (a == b).then_some(Equality::Exact),
        (K::Weekday, _) | (_, K::Weekday) => None,
        (K::Time, K::Time) => {
            let half_day = Rational::integer(43_200);
            let apart = a.checked_sub(b) == Some(half_day) || b.checked_sub(a) == Some(half_day);
            let same = a == b || apart && !(zh.half_said && en.half_said);
            same.then_some(Equality::Exact)
        }
        // 第二十次 is no G20; 嫦娥五号 is Chang'e-5.
        (K::Ordinal | K::Session, K::Code) | (K::Code, K::Ordinal | K::Session) => None,
        (K::Time, K::Cardinal) => on_the_hour(a, b).then_some(Equality::Bare),
        (K::Cardinal, K::Time) => on_the_hour(b, a).then_some(Equality::Bare),
        (K::Time, _) | (_, K::Time) => None,
        (K::Decade, K::Decade) => same_decade(a, b).then_some(Equality::Exact),
        // The 1500s are the 16th century.
        (K::Century, K::Decade) => (first_year(a) == Some(b)).then_some(Equality::Form),
        (K::Decade, K::Century) => (first_year(b) == Some(a)).then_some(Equality::Form),
        (K::Decade, _) | (_, K::Decade) => (a == b).then_some(Equality::Form),
        (K::Plan | K::Century, K::Ordinal | K::Cardinal)
        | (K::Ordinal | K::Cardinal | K::Count, K::Century | K::Plan) => (a == b).then_some(Equality::Form),
        (K::Magnitude, _) | (_, K::Magnitude) => magnitudes(zh, a, en, b),
        (K::Multiple, K::Percent) => multiple_is_percent(a, b).then_some(Equality::Form),
        (K::Percent, K::Multiple) => multiple_is_percent(b, a).then_some(Equality::Form),
        (K::Percent, K::Fraction) | (K::Fraction, K::Percent) => shares(zh, a, en, b),
        // 1/6 is a sixth.
        (K::Fraction, K::Ordinal) | (K::Ordinal, K::Fraction) => {
            (a.checked_mul(b) == Some(Rational::ONE)).then_some(Equality::Form)
        }
        (K::Percent, K::PercentagePoint) | (K::PercentagePoint, K::Percent) => None,
        _ => with_units(zh, a, en, b),
    }
}

/// 早上六点 is “six in the morning”.
fn on_the_hour(time: Rational, hour: Rational) -> bool {
    let seconds = hour.checked_mul(Rational::integer(3600));
    seconds == Some(time) || seconds.and_then(|s| s.checked_add(Rational::integer(43_200))) == Some(time)
}

/// The year from which a century is called: 1500 for the 16th.
pub(super) fn first_year(century: Rational) -> Option<Rational> {
    century.checked_sub(Rational::ONE)?.checked_mul(Rational::integer(100))
}

fn same_decade(a: Rational, b: Rational) -> bool {
    let last_two = |r: Rational| r.to_i64().map(|n| n % 100);
    let hundred = Rational::integer(100);
    a == b || ((a < hundred || b < hundred) && last_two(a) == last_two(b))
}

/// A magnitude is equal to figures of its size: 数百万 for millions, 上百 for 120.
fn magnitudes(zh: &Quantity, a: Rational, en: &Quantity, b: Rational) -> Option<Equality> {
    if a == b {
        return Some(if zh.kind == en.kind {
            Equality::Exact
        } else {
            Equality::Form
        });
    }
    if zh.kind == en.kind {
        return None;
    }
    let (size, number) = if zh.kind == Kind::Magnitude { (a, b) } else { (b, a) };
    let ten = size.checked_mul(Rational::integer(10))?;
    (number >= size && number < ten).then_some(Equality::Rounded)
}

/// Three times as much is an increase by 200 percent, or 300 percent of what it was.
fn multiple_is_percent(times: Rational, percent: Rational) -> bool {
    let hundred = Rational::integer(100);
    let whole = times.checked_mul(hundred);
    whole == Some(percent) || whole.and_then(|w| w.checked_sub(hundred)) == Some(percent)
}

fn shares(zh: &Quantity, a: Rational, en: &Quantity, b: Rational) -> Option<Equality> {
    let share = |q: &Quantity, v: Rational| match q.unit {
        Some(u) if u.dimension() == Dimension::Share => u.to_base(v),
        Some(_) => None,
        None => Some(v),
    };
    let (x, y) = (share(zh, a)?, share(en, b)?);
    if x == y {
        return Some(Equality::Form);
    }
    // A third is 33 percent.
    let close = x.checked_sub(y)?.abs()? <= Rational::new(1, 200)?;
    close.then_some(Equality::Rounded)
}

fn with_units(zh: &Quantity, a: Rational, en: &Quantity, b: Rational) -> Option<Equality> {
    let (Some(u), Some(v)) = (zh.unit, en.unit) else {
        // “the second” is nothing that 两天 could be.
        let word = |q: &Quantity| q.weak && is_ordinal(q.kind);
        if zh.unit != en.unit && is_ordinal(zh.kind) != is_ordinal(en.kind) && (word(zh) || word(en)) {
            return None;
        }
        // 五种 is no “5 seconds”, but 53个完整星期 are “53 full weeks”.
        let counted = |q: &Quantity, other: &Quantity| {
            q.kind == Kind::Count && q.unit.is_none() && !q.digits && measured(other) && other.digits
        };
        if counted(zh, en) || counted(en, zh) {
            return None;
        }
        let form = if zh.unit == en.unit && same_kind(zh.kind, en.kind) {
            Equality::Exact
        } else if zh.unit == en.unit && is_ordinal(zh.kind) == is_ordinal(en.kind) {
            Equality::Form
        } else {
            Equality::Bare
        };
        let shown = scaled_by_letter(en, b).filter(|m| *m == a);
        let read = scaled_by_letter(zh, a).filter(|m| *m == b);
        return values(zh, read.unwrap_or(a), en, shown.unwrap_or(b), form);
    };
    if u == v {
        return values(zh, a, en, b, Equality::Exact);
    }
    // 65寸 of a screen are inches.
    if akin(u, v) && a == b {
        return Some(Equality::Form);
    }
    // 度 is a kilowatt-hour where the English names an energy.
    let kwh = Unit::by_symbol("kWh").filter(|_| u.def().symbol == "°" && v.dimension() == Dimension::Energy);
    let u = kwh.unwrap_or(u);
    // “90 degrees” for 32.2摄氏度 are Fahrenheit.
    let fahrenheit = Unit::by_symbol("°F").filter(|_| u.def().symbol == "°C" && v.def().symbol == "°" && a != b);
    let v = fahrenheit.unwrap_or(v);
    if let Some(discount) = discount(u, a, v, b) {
        return discount.then_some(Equality::Converted);
    }
    if let Some(converted) = u.convert(a, v) {
        if converted == b || converted.abs() == b.abs() {
            return Some(Equality::Converted);
        }
        if u.def().factor == v.def().factor && u.def().offset == v.def().offset {
            return values(zh, a, en, b, Equality::Form);
        }
        // Converted figures are rounded without saying so; three li are held to be a mile.
        let off = converted.checked_sub(b)?.abs()?;
        let share = if u.def().symbol == "li" { 10 } else { 20 };
        let limit = b.abs()?.checked_mul(Rational::new(1, share)?)?;
        return (u.dimension() != Dimension::Share && u.def().offset == v.def().offset && off <= limit
            || temperature_near(u, off))
        .then_some(Equality::Rounded);
    }
    if let Some(days) = months_in_days(u, a, v, b) {
        return days.then_some(Equality::Rounded);
    }
    if akin(u, v) {
        return values(zh, a, en, b, Equality::Form);
    }
    None
}

/// Whether a figure has a unit of time or another physical unit.
fn measured(q: &Quantity) -> bool {
    q.unit.is_some() && matches!(q.kind, Kind::Duration | Kind::Measure)
}

/// Whether two units may mean the same though they do not convert: “pounds” are money too, 度 and “degrees” leave the
/// scale open, 晚 is a day on a voyage, and 每小时 is before the figure of a speed.
pub(super) fn akin(u: Unit, v: Unit) -> bool {
    let ambiguous = |x: Unit, y: Unit| {
        matches!(
            (x.def().symbol, y.def().symbol),
            ("pounds sterling", "lb")
                | ("km", "km/h" | "km/s")
                | ("mi", "mph")
                | ("m", "m/s" | "m/h")
                | ("°C" | "°F", "°")
                | ("nights", "days")
                | ("GB", "g")
                | ("TB", "T")
                | ("MB", "m")
                | ("cun", "in")
                | ("US cents", "cents")
                | ("won", "yen")
        )
    };
    ambiguous(u, v) || ambiguous(v, u)
}

/// The K, M, B and T after a figure are a unit or a scale: 1.8B is 1.8 billion where the other side has no unit.
fn scaled_by_letter(q: &Quantity, value: Rational) -> Option<Rational> {
    let exponent = match q.unit?.def().symbol {
        "K" => 3,
        "m" => 6,
        "bytes" => 9,
        "T" => 12,
        _ => return None,
    };
    value.checked_mul(Rational::pow10(exponent)?)
}

fn temperature_near(unit: Unit, off: Rational) -> bool {
    unit.dimension() == Dimension::Temperature && off <= Rational::ONE
}

/// 60 days are two months, 52 weeks a year: whether the days are such that the months can have.
fn months_in_days(u: Unit, a: Rational, v: Unit, b: Rational) -> Option<bool> {
    let (calendar, months, clock, time) = match (u.dimension(), v.dimension()) {
        (Dimension::Calendar, Dimension::Time) => (u, a, v, b),
        (Dimension::Time, Dimension::Calendar) => (v, b, u, a),
        _ => return None,
    };
    let months = calendar.to_base(months)?;
    let days = clock.to_base(time)?.checked_div(Rational::integer(86_400))?;
    let least = months.checked_mul(Rational::integer(30))?;
    let most = months.checked_mul(Rational::new(61, 2)?)?;
    Some(days >= least && days <= most && days >= Rational::integer(28))
}

/// 八折 is 20 percent off, or 80 percent of the price.
fn discount(u: Unit, a: Rational, v: Unit, b: Rational) -> Option<bool> {
    let tenths = a.checked_mul(Rational::integer(10))?;
    let off = Rational::integer(100).checked_sub(tenths)?;
    match (u.def().symbol, v.def().symbol) {
        ("zhe", "% off") => Some(off == b),
        ("zhe", "%") => Some(tenths == b || off == b),
        ("%", "% off") => Some(a == b),
        _ => None,
    }
}

fn is_ordinal(kind: Kind) -> bool {
    matches!(kind, Kind::Ordinal | Kind::Session | Kind::Plan)
}

fn same_kind(a: Kind, b: Kind) -> bool {
    let class = |k: Kind| if k == Kind::Count { Kind::Cardinal } else { k };
    class(a) == class(b)
}

/// Compares figures in the same unit.
fn values(zh: &Quantity, a: Rational, en: &Quantity, b: Rational, form: Equality) -> Option<Equality> {
    if a == b {
        return Some(form);
    }
    // Growth of −3.9 percent is a fall by 3.9 percent; −3.9 degrees are never 3.9.
    let degrees = |q: &Quantity| q.unit.is_some_and(|u| u.dimension() == Dimension::Temperature);
    if degrees(zh) && degrees(en) && a.is_negative() != b.is_negative() {
        return None;
    }
    if a.is_negative() != b.is_negative() && a.abs() == b.abs() {
        return Some(form.max(Equality::Form));
    }
    // 十几 and 10余 are a dozen, 二十多 two dozen.
    let dozens = |n: i64| (a, b) == (Rational::integer(10 * n), Rational::integer(12 * n));
    if zh.hedge != Hedge::Exact && !en.digits && (1..10).any(dozens) {
        return Some(Equality::Rounded);
    }
    // Where both sides hedge, both name the figure that they hedge about.
    // 高达 and “at least” set a bound and do not round.
    let rounds = |q: &Quantity| matches!(q.hedge, Hedge::About | Hedge::MoreThan | Hedge::Nearly);
    let (hedged, rough) = match (rounds(zh), rounds(en)) {
        (true, false) => (true, (b, a)),
        (false, true) => (true, (a, b)),
        _ => (false, (a, b)),
    };
    // Figures that both sides call rough may keep two digits: 约4450万 for “about 45 million”.
    let least_digits = if rounds(zh) && rounds(en) { 2 } else { 3 };
    let is_same = hedged && rounds_to(rough.0, rough.1) || shortened(a, b, least_digits) || is_next_whole(zh, a, en, b);
    is_same.then_some(Equality::Rounded)
}

/// The largest number of things of which “more than” one is “or more” of the next.
const LARGEST_NEXT: i64 = 100;

/// Whether one side says “more than” a whole number and the other “or more” of the next: 超过2人, “three or more”.
fn is_next_whole(zh: &Quantity, a: Rational, en: &Quantity, b: Rational) -> bool {
    let counts = |q: &Quantity| matches!(q.kind, Kind::Count | Kind::Cardinal) && q.unit.is_none();
    let whole = |r: Rational| r.to_i64().filter(|n| (1..=LARGEST_NEXT).contains(n));
    let (Some(a), Some(b)) = (whole(a), whole(b)) else {
        return false;
    };
    counts(zh)
        && counts(en)
        && match (zh.hedge, en.hedge) {
            (Hedge::MoreThan, Hedge::AtLeast) | (Hedge::UpTo, Hedge::Nearly) => b == a + 1,
            (Hedge::AtLeast, Hedge::MoreThan) | (Hedge::Nearly, Hedge::UpTo) => a == b + 1,
            _ => false,
        }
}

/// The least power of ten that a figure in millions is rounded to: 1.23 million, but not 10,900.
const LEAST_ROUNDED: i32 = 4;

/// Whether a figure is cut to `least_digits` significant digits or more, correctly rounded, in millions or more: 305160亿 for
/// 30.5 trillion. English writes such figures without a hedge.
fn shortened(zh: Rational, en: Rational, least_digits: u32) -> bool {
    let last_digit = en.last_digit_exponent();
    if last_digit < LEAST_ROUNDED {
        return false;
    }
    let digits = |r: Rational| {
        let step = Rational::pow10(r.last_digit_exponent())?;
        Some(r.checked_div(step)?.to_i64()?.unsigned_abs().checked_ilog10()? + 1)
    };
    let (Some(long), Some(short)) = (digits(zh), digits(en)) else {
        return false;
    };
    let off = zh.checked_sub(en).and_then(Rational::abs);
    let step = Rational::pow10(last_digit);
    let (Some(off), Some(step)) = (off.and_then(|o| o.checked_mul(Rational::integer(2))), step) else {
        return false;
    };
    long > least_digits && short >= least_digits && short < long && off <= step
}

/// Whether `rough` is `fine` rounded (up, down or to the nearest), by less than 5 percent.
fn rounds_to(fine: Rational, rough: Rational) -> bool {
    let step = Rational::pow10(rough.last_digit_exponent());
    let off = fine.checked_sub(rough).and_then(Rational::abs);
    let limit = fine.abs().zip(Rational::new(1, 20)).and_then(|(f, t)| f.checked_mul(t));
    match (step, off, limit) {
        (Some(step), Some(off), Some(limit)) => {
            fine.last_digit_exponent() < rough.last_digit_exponent() && off < step && off < limit
        }
        _ => false,
    }
}
