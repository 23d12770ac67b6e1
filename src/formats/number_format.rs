//! Numbers and dates as a spreadsheet shows them, by the number formats of their cells (ECMA-376, part 1, 18.8.31).

use calamine::{ExcelDateTime, NumberFormat};
use jiff::civil::{Date, date};
use ssfmt::{FormatOptions, format};

/// From this number on, the formats are those of the workbook. Those below are the same in all, and the dates among them depend on
/// the language of the program that shows them.
const FIRST_OF_WORKBOOK: u32 = 164;

/// A number as it is shown; `None` where its format says nothing, or nothing that is understood.
pub fn shown_number(value: f64, format: Option<&NumberFormat>) -> Option<String> {
    let code = format?.format_code.as_str();
    (code != "General").then(|| shown(value, code)).flatten()
}

/// A date as it is shown; `None` where the program decides how.
pub fn shown_date(value: &ExcelDateTime, format: Option<&NumberFormat>) -> Option<String> {
    let format = format.filter(|format| format.format_id.is_some_and(|id| id >= FIRST_OF_WORKBOOK))?;
    let (year, month, day, hour, minute, second, _) = value.to_ymd_hms_milli();
    // Days from 1900 on, whatever the workbook counts from.
    let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    let day = Date::new(i16::try_from(year).ok()?, month, day).ok()?;
    let days = f64::from((day - date(1899, 12, 30)).get_days());
    let seconds = (u32::from(hour) * 60 + u32::from(minute)) * 60 + u32::from(second);
    shown(days + f64::from(seconds) / 86_400.0, &format.format_code)
}

fn shown(value: f64, code: &str) -> Option<String> {
    let text = format(value, code, &FormatOptions::default()).ok()?;
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_days_are_shown_by_their_codes() {
        for (value, code, expected) in [
            (0.125, "0.0%", "12.5%"),
            (1_234_567.891, "#,##0.00", "1,234,567.89"),
            (5.0, "0\"家\"", "5家"),
            (45418.0, "[$-804]yyyy\"年\"m\"月\"d\"日\";@", "2024年5月6日"),
            (45418.0, "mmmm d, yyyy", "May 6, 2024"),
            (12.0, "\"$\"#,##0_);[Red](\"$\"#,##0)", "$12"),
        ] {
            assert_eq!(shown(value, code).as_deref(), Some(expected), "{code}");
        }
    }
}
