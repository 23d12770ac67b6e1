//! Calendar days.

pub use jiff::civil::{Date, Weekday};

use jiff::Timestamp;
use jiff::tz::TimeZone;

/// Text that is not a day written as `YYYY-MM-DD`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is not a date; write YYYY-MM-DD")]
pub struct DateError(String);

/// Parses a day written as `YYYY-MM-DD`, and in no other of the forms that ISO 8601 allows.
///
/// # Errors
/// The text has another form, or no such day exists.
pub fn parse_date(text: &str) -> Result<Date, DateError> {
    let is_day = |b: &[u8]| matches!(b, [y @ .., b'-', _, _, b'-', _, _] if y.len() == 4);
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    if !is_day(text.as_bytes()) || digits != 8 {
        return Err(DateError(text.to_owned()));
    }
    text.parse().map_err(|_| DateError(text.to_owned()))
}

/// Today's date in UTC.
pub fn today() -> Date {
    TimeZone::UTC.to_datetime(Timestamp::now()).date()
}

/// This second in UTC, as XML Schema writes it: `2026-11-28T09:00:00Z`.
pub fn now() -> String {
    Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn impossible_days_are_refused() {
        for text in [
            "2026-02-29",
            "2026-13-01",
            "2026-00-01",
            "2026-1-1",
            "26-01-01",
            "20260101",
            "２026-01",
            "2026-04-31",
            "2026-01-01T00:00",
        ] {
            assert!(parse_date(text).is_err(), "{text}");
        }
        assert!(parse_date("2024-02-29").unwrap() < parse_date("2024-03-01").unwrap());
        assert_eq!(parse_date("0210-12-31").unwrap().to_string(), "0210-12-31");
    }
}
