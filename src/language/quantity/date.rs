//! Calendar dates of which a text may give only a part.

/// A day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Weekday(u8);

impl Weekday {
    /// Monday is 1, Sunday 7 (ISO 8601).
    pub const fn from_iso(number: u8) -> Option<Self> {
        if number >= 1 && number <= 7 {
            Some(Self(number))
        } else {
            None
        }
    }

    /// Monday is 1, Sunday 7.
    pub const fn iso(self) -> u8 {
        self.0
    }

    /// `Monday` … `Sunday`.
    pub fn english(self) -> &'static str {
        [
            "Monday",
            "Tuesday",
            "Wednesday",
            "Thursday",
            "Friday",
            "Saturday",
            "Sunday",
        ][usize::from(self.0 - 1)]
    }
}

/// A date, or the parts of one that the text gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Date {
    /// The year; negative before the Common Era.
    pub year: Option<i32>,
    /// 1 to 12.
    pub month: Option<u8>,
    /// 1 to 31.
    pub day: Option<u8>,
}

impl Date {
    /// Nothing but a year.
    pub const fn of_year(year: i32) -> Self {
        Self {
            year: Some(year),
            month: None,
            day: None,
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

    /// Whether all three parts are given and no such day exists in the Gregorian calendar.
    pub fn is_impossible(self) -> bool {
        let (Some(month), Some(day)) = (self.month, self.day) else {
            return false;
        };
        let leap = self.year.is_none_or(is_leap);
        day > match month {
            2 => 28 + u8::from(leap),
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        }
    }

    /// The day of the week it falls on, where year, month and day are given (proleptic Gregorian calendar).
    ///
    /// Sakamoto's method (comp.lang.c, 1993).
    pub fn weekday(self) -> Option<Weekday> {
        let (year, month, day) = (self.year?, self.month?, self.day?);
        if self.is_impossible() || !(1..=12).contains(&month) || !(1..=9999).contains(&year) {
            return None;
        }
        let shift = [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4][usize::from(month - 1)];
        let y = if month < 3 { year - 1 } else { year };
        let sunday_based = (y + y / 4 - y / 100 + y / 400 + shift + i32::from(day)).rem_euclid(7);
        Weekday::from_iso(if sunday_based == 0 { 7 } else { sunday_based as u8 })
    }
}

const fn is_leap(year: i32) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(year: i32, month: u8, day: u8) -> Date {
        Date {
            year: Some(year),
            month: Some(month),
            day: Some(day),
        }
    }

    #[test]
    fn weekdays_of_known_dates() {
        for (d, name) in [
            (date(2024, 11, 18), "Monday"),
            (date(2000, 2, 29), "Tuesday"),
            (date(1949, 10, 1), "Saturday"),
            (date(2025, 11, 23), "Sunday"),
        ] {
            assert_eq!(d.weekday().map(Weekday::english), Some(name));
        }
        assert_eq!(date(2023, 2, 29).weekday(), None);
    }

    #[test]
    fn overlap_counts_common_and_differing_parts() {
        let march = Date {
            month: Some(3),
            day: Some(5),
            ..Date::default()
        };
        assert_eq!(date(2020, 3, 6).overlap(march), (2, 1));
        assert_eq!(date(2020, 3, 5).overlap(Date::of_year(2020)), (1, 0));
    }
}
