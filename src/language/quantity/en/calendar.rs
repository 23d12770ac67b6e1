//! Dates, times of day and decades in English.

use super::Scanner;
use super::token::{Token, Tokens};
use super::value::{self, Figure};
use super::words::{Numeral, numeral};
use crate::language::quantity::{Kind, PartialDate, Quantity, Rational};

impl Scanner<'_> {
    pub(super) fn push_date(&mut self, date: PartialDate, from: usize, end: usize) {
        let mut q = Quantity::date(date, self.t.span(from, end));
        q.digits = true;
        self.out.push(q);
        self.i = end;
    }

    /// November 18, 2024; November 2024; Nov. 18th; mid-November
    pub(super) fn date_from_month(&mut self, i: usize, month: u8) {
        let t = &self.t;
        let mut date = PartialDate {
            month: Some(month),
            ..PartialDate::default()
        };
        let mut end = i + 1;
        let dot = usize::from(t.sign(end) == '.' && t.word(i).len() <= 4 && t.is(end + 1, Token::Number));
        let at = end + dot + usize::from(t.is_word(end + dot, "the"));
        if let Some((day, after)) = day_at(t, at) {
            (date.day, end) = (Some(day), after);
            if let Some((year, after)) = year_at(t, end) {
                (date.year, end) = (Some(year), after);
            }
        } else if let Some((year, after)) = year_at(t, end + dot) {
            (date.year, end) = (Some(year), after);
        }
        // Jan Gelfand, Dec's: the short forms only before a figure or a full stop, or in “Nov to Mar”.
        let short = t.word(i).len() < 4 && !matches!(t.word(i), "May");
        if short && date.day.is_none() && date.year.is_none() && t.sign(i + 1) != '.' && !is_in_range_of_months(t, i) {
            return;
        }
        // The verb “may” at the beginning of a sentence, the march of time.
        if date.day.is_none()
            && date.year.is_none()
            && matches!(t.word(i), "May" | "March")
            && !follows_preposition(t, i)
        {
            return;
        }
        self.push_date(date, i, end);
    }

    /// 18 November 2024, the 18th of November
    pub(super) fn date_from_day(&mut self, i: usize) -> bool {
        let t = &self.t;
        let Some((day, after)) = day_at(t, i) else { return false };
        // Article 18 May 30 of each year is the National Day of …
        let is_numbered = |word: &str| i > 0 && t.word(i - 1) == word;
        if ["Article", "Section", "Chapter", "Rule", "Item"]
            .into_iter()
            .any(is_numbered)
        {
            return false;
        }
        let mut at = after + usize::from(t.is_word(after, "of"));
        if t.sign(at) == '-' && t.glued(at) {
            at += 1;
        }
        let Some(month) = month_after_day(t.letters(at)) else {
            return false;
        };
        let mut date = PartialDate {
            month: Some(month),
            day: Some(day),
            year: None,
        };
        let mut end = at + 1;
        end += usize::from(t.sign(end) == '.' && t.is(end + 1, Token::Number) && t.word(at).len() <= 4);
        if let Some((year, after)) = year_at(t, end) {
            (date.year, end) = (Some(year), after);
        }
        self.push_date(date, i, end);
        true
    }

    /// 2024-11-18
    pub(super) fn iso_date(&mut self, i: usize) -> bool {
        let t = &self.t;
        let mark = t.sign(i + 1);
        if t.word(i).len() != 4
            || !matches!(mark, '-' | '/')
            || t.sign(i + 3) != mark
            || !(i + 1..i + 5).all(|k| t.glued(k))
        {
            return false;
        }
        let part = |k: usize, max: i64| number(t, k).filter(|n| (1..=max).contains(n));
        let (Some(y), Some(m), Some(d)) = (part(i, 2999), part(i + 2, 12), part(i + 4, 31)) else {
            return false;
        };
        let date = PartialDate {
            year: Some(y as i32),
            month: Some(m as u8),
            day: Some(d as u8),
        };
        self.push_date(date, i, i + 5);
        true
    }

    /// 2023.10.16
    pub(super) fn dotted_date(&mut self, i: usize) -> bool {
        let t = &self.t;
        let dotted = t.sign(i + 1) == '.' && t.glued(i + 1) && t.glued(i + 2) && t.is(i + 2, Token::Number);
        let Some((year, month)) = t.word(i).split_once('.').filter(|(year, _)| dotted && year.len() == 4) else {
            return false;
        };
        let within = |part: &str, max: u16| part.parse().ok().filter(|n| (1..=max).contains(n));
        let (Some(year), Some(month), Some(day)) = (within(year, 2999), within(month, 12), within(t.word(i + 2), 31))
        else {
            return false;
        };
        let date = PartialDate {
            year: Some(year.into()),
            month: Some(month as u8),
            day: Some(day as u8),
        };
        self.push_date(date, i, i + 3);
        true
    }

    /// 15:37, 3:37 p.m., 4.40 am, 3 pm, 3 o'clock
    pub(super) fn clock(&mut self, i: usize) -> bool {
        let t = &self.t;
        let mut end = i + 1;
        let (mut hour, mut minute, mut second) = (0, 0, Rational::ZERO);
        let text = t.word(i);
        let colon = t.sign(end) == ':' && t.glued(end) && t.glued(end + 1) && t.word(end + 1).len() == 2;
        if colon {
            let (Some(h), Some(m)) = (number(t, i), number(t, end + 1)) else {
                return false;
            };
            (hour, minute, end) = (h, m, end + 2);
            if t.sign(end) == ':'
                && t.glued(end)
                && t.glued(end + 1)
                && let Some(seconds) = seconds_of(t.word(end + 1))
            {
                (second, end) = (seconds, end + 2);
            }
        }
        let half = meridiem(t, end).or_else(|| part_of_day(t, end, hour).filter(|_| colon));
        if !colon {
            let oclock = t.sign(end + 1) == '\'' && t.is_word(end, "o") && t.is_word(end + 2, "clock");
            // 11.00 GMT
            let zone = text.contains('.') && matches!(t.word(end), "GMT" | "UTC");
            if half.is_none() && !oclock && !zone {
                return false;
            }
            let (h, m) = text.split_once('.').unwrap_or((text, "0"));
            (hour, minute) = (h.parse().unwrap_or(99), m.parse().unwrap_or(99));
            if oclock {
                end += 3;
            }
        }
        if let Some((afternoon, after)) = half {
            end = after;
            match (afternoon, hour) {
                (true, 0..12) => hour += 12,
                (false, 12) => hour = 0,
                _ => {}
            }
        }
        // “at 32:00” is a slip, 65:30 a length.
        let latest = if i > 0 && colon && matches!(t.word(i - 1), "at" | "At" | "until") {
            99
        } else {
            24
        };
        if !(0..=latest).contains(&hour) || !(0..60).contains(&minute) {
            return false;
        }
        let minutes = Rational::integer(hour * 3600 + minute * 60);
        let seconds = minutes.checked_add(second).unwrap_or(minutes);
        let mut q = Quantity::number(Kind::Time, seconds, self.t.span(i, end));
        q.digits = true;
        q.half_said = hour > 12 || half.is_some() && hour % 12 != 0;
        self.out.push(q);
        self.i = end;
        true
    }

    /// half past two, a quarter to five, ten past six
    pub(super) fn clock_in_words(&mut self, i: usize) -> bool {
        let t = &self.t;
        let at = i + usize::from(matches!(t.word(i), "a" | "A"));
        let minutes = match numeral(t.letters(at)) {
            Some(Numeral::Half) => 30,
            Some(Numeral::Quarter) => 15,
            Some(Numeral::Small(n) | Numeral::Tens(n)) => n,
            _ => return false,
        };
        let sign = match t.word(at + 1) {
            "past" => 1,
            // “ten to twelve people” are no time.
            "to" if minutes == 15 => -1,
            _ => return false,
        };
        let hour = match numeral(t.letters(at + 2)) {
            Some(Numeral::Small(n)) => Some(n),
            _ => number(t, at + 2),
        };
        let Some(hour) = hour.filter(|hour| (1..=12).contains(hour)) else {
            return false;
        };
        let seconds = Rational::integer(hour * 3600 + sign * minutes * 60);
        self.out
            .push(Quantity::number(Kind::Time, seconds, self.t.span(i, at + 3)));
        self.i = at + 3;
        true
    }

    /// 1990s, the '90s, in his 20s
    pub(super) fn decade(&mut self, i: usize, f: &Figure) -> bool {
        let t = &self.t;
        let apostrophe = usize::from(t.sign(i + 1) == '\'' && t.glued(i + 1));
        let at = i + 1 + apostrophe;
        let round = f.value.to_i64().is_some_and(|n| n % 10 == 0 && n < 2200);
        if !(matches!(f.plain, 2 | 4) && round && t.glued(at) && t.word(at) == "s") {
            return false;
        }
        let mut q = Quantity::number(Kind::Decade, f.value, self.t.span(i, at + 1));
        q.digits = true;
        self.out.push(q);
        self.i = at + 1;
        true
    }

    /// A bare year: in 2024, 49 BC
    pub(super) fn year(&mut self, i: usize, f: &Figure) -> bool {
        let t = &self.t;
        let Some(n) = f.value.to_i64().filter(|_| f.plain > 0) else {
            return false;
        };
        if let Some(end) = before_christ(t, f.end).filter(|_| f.plain <= 5) {
            self.push_date(PartialDate::from_year(-(n as i32)), i, end);
            return true;
        }
        if matches!(t.word(f.end), "AD" | "CE") || (i > 0 && t.word(i - 1) == "AD") && f.plain <= 4 {
            self.push_date(PartialDate::from_year(n as i32), i, f.end);
            return true;
        }
        if f.plain != 4 || !(1000..2200).contains(&n) {
            return false;
        }
        let decade = t.glued(f.end)
            && (t.word(f.end) == "s" || (t.sign(f.end) == '\'' && t.word(f.end + 1) == "s" && n % 10 == 0));
        let unit = super::context::unit_after(t, f.end).is_some();
        let likely = (1900..2100).contains(&n) || follows_preposition(t, i);
        if decade || unit || !likely {
            return false;
        }
        self.push_date(PartialDate::from_year(n as i32), i, f.end);
        true
    }
}

/// Seconds of two digits with decimals, if any: 12, 12.345, and 51,833 in subtitles.
fn seconds_of(text: &str) -> Option<Rational> {
    let two = text.bytes().take_while(u8::is_ascii_digit).count() == 2;
    two.then(|| Rational::from_decimal(&text.replace(',', ".")))?
}

/// “in the evening”, “at night” at token `i`: whether it is the second half of the day, and the token after it.
fn part_of_day(t: &Tokens<'_>, i: usize, hour: i64) -> Option<(bool, usize)> {
    match (t.word(i), t.word(i + 1), t.word(i + 2)) {
        ("in", "the", "morning") => Some((false, i + 3)),
        ("in", "the", "afternoon" | "evening") => Some((true, i + 3)),
        ("at", "night", _) if (6..12).contains(&hour) => Some((true, i + 2)),
        _ => None,
    }
}

fn number(t: &Tokens<'_>, i: usize) -> Option<i64> {
    let text = t.word(i);
    (text.len() <= 4 && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok())?
}

/// A day of a month at token `i`: 18, 18th; and the token after it.
fn day_at(t: &Tokens<'_>, i: usize) -> Option<(u8, usize)> {
    if !t.is(i, Token::Number) || t.word(i).len() > 2 {
        return None;
    }
    let day = number(t, i).filter(|d| (1..=31).contains(d))? as u8;
    let suffix = t.glued(i + 1) && matches!(t.word(i + 1), "st" | "nd" | "rd" | "th");
    let end = i + 1 + usize::from(suffix);
    // 3:35, 5%, 18.5 and 10–17 million are no days.
    let other = t.glued(end) && matches!(t.sign(end), ':' | '%' | '/');
    (!other).then_some((day, end))
}

/// A year at token `i`, perhaps after a comma or “of”; and the token after it.
fn year_at(t: &Tokens<'_>, i: usize) -> Option<(i32, usize)> {
    let at = i + usize::from(t.sign(i) == ',' || t.is_word(i, "of"));
    let year = number(t, at).filter(|y| (1000..2200).contains(y) && t.word(at).len() == 4);
    if let Some(year) = year {
        let unit = value::read(t, at, false).is_none_or(|f| f.end > at + 1);
        return (!unit).then_some((year as i32, at + 1));
    }
    // 1st March 49 BC
    let year = number(t, at).filter(|_| matches!(t.word(at + 1), "BC" | "BCE"))?;
    Some((-(year as i32), at + 2))
}

/// BC, BCE or B.C.E. at token `i`: the token after it.
fn before_christ(t: &Tokens<'_>, i: usize) -> Option<usize> {
    match t.word(i) {
        "BC" | "BCE" => Some(i + 1),
        "B" if t.sign(i + 1) == '.' && t.word(i + 2) == "C" => {
            let era = t.sign(i + 3) == '.' && t.word(i + 4) == "E" && t.glued(i + 4);
            Some(i + if era { 5 } else { 3 })
        }
        _ => None,
    }
}

/// a.m. or p.m. at token `i`: whether it is the second half of the day, and the token after it.
fn meridiem(t: &Tokens<'_>, i: usize) -> Option<(bool, usize)> {
    match t.word(i) {
        "am" | "AM" => Some((false, i + 1)),
        "pm" | "PM" => Some((true, i + 1)),
        half @ ("a" | "p" | "A" | "P")
            if t.sign(i + 1) == '.' && t.glued(i + 1) && matches!(t.word(i + 2), "m" | "M") =>
        {
            let end = i + 3 + usize::from(t.sign(i + 3) == '.');
            Some((matches!(half, "p" | "P"), end))
        }
        _ => None,
    }
}

/// Words after which a month or a year follows.
const BEFORE_DATES: &[&str] = &[
    "in", "on", "by", "since", "until", "till", "of", "last", "next", "early", "late", "mid", "this", "from", "to",
    "through", "between", "during", "before", "after", "and", "circa", "around", "about", "year", "for", "the", "than",
    "at",
];

/// Whether the word before token `i` lets a month or a year follow.
/// The month after the number of a day. After it, a small letter leaves no doubt: “30 november”.
fn month_after_day(word: &str) -> Option<u8> {
    #[rustfmt::skip]
    const SMALL: [(&str, u8); 9] = [
        ("january", 1), ("february", 2), ("april", 4), ("june", 6), ("july", 7), ("september", 9), ("october", 10), ("november", 11),
        ("december", 12),
    ];
    match numeral(word) {
        Some(Numeral::Month(month)) => Some(month),
        _ => SMALL.iter().find(|(name, _)| *name == word).map(|&(_, month)| month),
    }
}

/// Whether the month at `i` is one end of a range, as in “Nov to Mar”.
fn is_in_range_of_months(t: &Tokens<'_>, i: usize) -> bool {
    let joins = |k: usize| t.is_word(k, "to") || matches!(t.sign(k), '-' | '–');
    let is_month = |k: usize| matches!(numeral(t.letters(k)), Some(Numeral::Month(_)));
    joins(i + 1) && is_month(i + 2) || i >= 2 && joins(i - 1) && is_month(i - 2)
}

fn follows_preposition(t: &Tokens<'_>, i: usize) -> bool {
    let Some(before) = i.checked_sub(1) else { return false };
    if t.sign(before) == '-' {
        return true;
    }
    BEFORE_DATES.iter().any(|w| t.is_word(before, w))
}
