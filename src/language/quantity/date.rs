//! Calendar dates of which a text may give only a part.

use crate::text::date::{Date, Weekday};

/// A date, or the parts of one that the text gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct PartialDate {
    /// The year; negative before the Common Era.
    pub year: Option<i32>,
    /// 1 to 12.
    pub month: Option<u8>,
    /// 1 to 31.
    pub day: Option<u8>,
}

impl PartialDate {
    /// A date of which only the year is known.
    pub const fn from_year(year: i32) -> Self {
        Self {
            year: Some(year),
            month: None,
            day: None,
        }
    }

    /// A date of which only the month is known.
    pub const fn from_month(month: u8) -> Self {
        Self {
            year: None,
            month: Some(month),
            day: None,
        }
    }

    /// A date of which only the day of the month is known.
    pub const fn from_day(day: u8) -> Self {
        Self {
            year: None,
            month: None,
            day: Some(day),
        }
    }

    /// How many parts both dates give, and on how many of those they differ.
    pub fn overlap(self, other: Self) -> (u8, u8) {
        let part = |a: Option<i32>, b: Option<i32>| match (a, b) {
            (Some(a), Some(b)) => (1, u8::from(a != b)),
            _ => (0, 0),
        };
        let parts = [
            part(self.year, other.year),
            part(self.month.map(i32::from), other.month.map(i32::from)),
            part(self.day.map(i32::from), other.day.map(i32::from)),
        ];
        parts.iter().fold((0, 0), |(n, d), (a, b)| (n + a, d + b))
    }

    /// The weekday of the date, where it is a day of the Gregorian calendar in the Common Era with all parts given.
    pub fn weekday(self) -> Option<Weekday> {
        let year = self.year.filter(|year| (1..=9999).contains(year))?;
        let (month, day) = (self.month?.cast_signed(), self.day?.cast_signed());
        Date::new(year as i16, month, day).ok().map(Date::weekday)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(year: i32, month: u8, day: u8) -> PartialDate {
        PartialDate {
            year: Some(year),
            month: Some(month),
            day: Some(day),
        }
    }

    #[test]
    fn weekdays_of_known_dates() {
        for (d, weekday) in [
            (date(2024, 11, 18), Weekday::Monday),
            (date(2000, 2, 29), Weekday::Tuesday),
            (date(1949, 10, 1), Weekday::Saturday),
            (date(2025, 11, 23), Weekday::Sunday),
        ] {
            assert_eq!(d.weekday(), Some(weekday));
        }
        assert_eq!(date(2023, 2, 29).weekday(), None);
        assert_eq!(date(-49, 3, 1).weekday(), None);
    }

    #[test]
    fn overlap_counts_common_and_differing_parts() {
        let march = PartialDate {
            month: Some(3),
            ..PartialDate::from_day(5)
        };
        assert_eq!(date(2020, 3, 6).overlap(march), (2, 1));
        assert_eq!(date(2020, 3, 5).overlap(PartialDate::from_year(2020)), (1, 0));
    }
}
