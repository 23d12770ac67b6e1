//! Values as messages, fixes and tests write them.

use super::{Kind, Quantity, Rational, Value};
use crate::text::date::Weekday;

/// `1,400,000,000`, `0.5 percentage points`, `2024-11-18`, `15:37`, `×4`.
pub fn display(q: &Quantity) -> String {
    match q.value {
        Value::Some => match q.unit {
            Some(u) => format!("several {}", u.def().symbol),
            None => "several".to_owned(),
        },
        Value::Date(d) => {
            let part = |v: Option<u8>| v.map_or("–".to_owned(), |v| format!("{v:02}"));
            match (d.year, d.month, d.day) {
                (Some(y), None, None) if y < 0 => format!("{} BC", -y),
                (Some(y), None, None) => y.to_string(),
                (Some(y), m, None) => format!("{y}-{}", part(m)),
                (Some(y), m, d) => format!("{y}-{}-{}", part(m), part(d)),
                (None, Some(m), None) => month_name(m).to_owned(),
                (None, Some(m), Some(d)) => format!("{} {d}", month_name(m)),
                (None, None, d) => format!("day {}", d.unwrap_or_default()),
            }
        }
        Value::Number(n) => number(q, n),
    }
}

fn number(q: &Quantity, n: Rational) -> String {
    match q.kind {
        Kind::Time => {
            let s = n.to_i64().unwrap_or_default();
            format!("{:02}:{:02}", s / 3600, s / 60 % 60)
        }
        Kind::Weekday => n
            .to_i64()
            .and_then(|d| Weekday::from_monday_one_offset(i8::try_from(d).ok()?).ok())
            .map_or_else(|| n.to_string(), |d| weekday_name(d).to_owned()),
        Kind::Multiple => format!("×{n}"),
        Kind::Ordinal | Kind::Session => format!("No. {n}"),
        Kind::Plan => format!("plan No. {n}"),
        Kind::Century => format!("century {n}"),
        Kind::Decade => format!("the {}s", n.to_string().replace(',', "")),
        _ => match q.unit.map(|u| u.def().symbol) {
            Some("%") => format!("{n}%"),
            Some("zhe") => n
                .checked_mul(Rational::integer(10))
                .map_or_else(|| format!("{n} tenths"), |p| format!("{p}% of the price")),
            Some("tenths") => n
                .checked_mul(Rational::integer(10))
                .map_or_else(|| format!("{n} tenths"), |p| format!("{p}%")),
            Some(symbol) => format!("{n} {symbol}"),
            None => n.to_string(),
        },
    }
}

/// `January` … `December`; empty for other numbers.
pub fn month_name(month: u8) -> &'static str {
    const NAMES: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    usize::from(month)
        .checked_sub(1)
        .and_then(|m| NAMES.get(m))
        .copied()
        .unwrap_or_default()
}

/// `Monday` … `Sunday`.
pub const fn weekday_name(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    }
}

/// The number as English writes it: figures with separators below a million, `1.4 billion` above where that is shorter.
pub fn render_en(n: Rational) -> String {
    scaled(n, &[(12, " trillion"), (9, " billion"), (6, " million")])
}

/// The number as Chinese writes it: `14亿`, `37.98万`, `379801`.
pub fn render_zh(n: Rational) -> String {
    scaled(n, &[(12, "万亿"), (8, "亿"), (4, "万")]).replace('−', "-")
}

/// Writes `n` with the largest scale that leaves at most three decimals, else in full.
fn scaled(n: Rational, scales: &[(i32, &str)]) -> String {
    for &(exp, name) in scales {
        let Some(by) = Rational::pow10(exp) else { continue };
        let Some(small) = n.checked_div(by) else { continue };
        if small.abs().is_some_and(|s| s >= Rational::ONE) && small.last_digit_exponent() >= -3 {
            return format!("{small}{name}");
        }
    }
    n.to_string()
}
