//! Dates, times of day, weekdays, decades and centuries in Chinese.

use super::Scanner;
use super::formal::thousandths;
use super::numeral::{self, Numeral};
use super::text::Text;
use crate::language::quantity::tables::REIGNS;
use crate::language::quantity::{Kind, PartialDate, Quantity, Rational, Unit};

impl Scanner<'_> {
    /// A date, time, decade or century that begins with the numeral `n` read at `from`.
    pub(super) fn calendar(&mut self, from: usize, n: &Numeral) -> bool {
        self.iso_date(from, n) || self.date(from, n) || self.time(from, n) || self.century(from, n)
    }

    /// 2024-11-18, 2024/11/18, 2024.11.18
    fn iso_date(&mut self, from: usize, n: &Numeral) -> bool {
        let t = &self.t;
        let mark = t.at(from + 4);
        if !n.digits || !matches!(mark, '-' | '/' | '.') {
            return false;
        }
        let number = |a: usize, b: usize| -> Option<i64> {
            let digits: String = (a..b).map(|k| t.at(k)).collect();
            if digits.bytes().all(|b| b.is_ascii_digit()) {
                digits.parse().ok()
            } else {
                None
            }
        };
        let run = |k: usize| (k..k + 3).take_while(|&x| t.at(x).is_ascii_digit()).count();
        let month = run(from + 5);
        let second = from + 5 + month;
        let day = if t.at(second) == mark { run(second + 1) } else { 0 };
        let (Some(y), Some(m), Some(d)) = (
            number(from, from + 4),
            number(from + 5, second),
            number(second + 1, second + 1 + day),
        ) else {
            return false;
        };
        if day == 0 || !(1000..3000).contains(&y) || !(1..=12).contains(&m) || !(1..=31).contains(&d) {
            return false;
        }
        let date = PartialDate {
            year: Some(y as i32),
            month: Some(m as u8),
            day: Some(d as u8),
        };
        let end = second + 1 + day;
        self.out.push(Quantity::date(date, self.t.span(from, end)));
        self.i = end;
        true
    }

    /// 2024年11月18日, 11月18日, 18日, 2024年, 11月
    fn date(&mut self, from: usize, n: &Numeral) -> bool {
        let t = &self.t;
        let mut date = PartialDate::default();
        let (mut n, mut end) = (*n, from);
        let mut at = t.skip_blank(n.end);
        if t.at(at) == '年' && is_year(t, from, &n, at) {
            let year = n.value.to_i64().and_then(|y| i32::try_from(y).ok()).unwrap_or_default();
            date.year = Some(match reign(t, from) {
                Some(first) => first - 1 + year,
                None if era(t, from) == Some(true) => -year,
                None => year,
            });
            end = at + 1;
            let next = t.skip_blank(end);
            match numeral::read(t, next) {
                Some(m) if t.at(t.skip_blank(m.end)) == '月' => (n, at) = (m, t.skip_blank(m.end)),
                _ => at = t.len(),
            }
        }
        if t.at(at) == '月'
            && let Some(month) = within(&n, 12)
        {
            date.month = Some(month);
            end = at + 1 + usize::from(t.at(at + 1) == '份');
            let next = t.skip_blank(end);
            match numeral::read(t, next) {
                Some(d) if is_day(t, &d) => (n, at) = (d, t.skip_blank(d.end)),
                _ => at = t.len(),
            }
        } else if t.at(at) == '月' {
            return false;
        }
        if (t.at(at) == '日' || (t.at(at) == '号' && date.month.is_some()))
            && let Some(day) = within(&n, 31)
            && (date.month.is_some() || n.digits || self.follows_day(from))
            && !matches!(t.at(at + 1), '元' | '圆' | '均' | '内')
            && t.starts_any(at + 1, &["以内", "之内"]).is_none()
        {
            date.day = Some(day);
            end = at + 1;
        }
        if date == PartialDate::default() {
            return false;
        }
        // 3月5日至8日, 1、2月: a date that names its month with its neighbour.
        let mut q = Quantity::date(date, self.t.span(from, end));
        q.digits = n.digits;
        // 公元前四千年 is rounded, “the 4th millennium BC”; 康熙三年 is also “in the third year of Kangxi”.
        q.weak = date.year.is_some_and(|y| y <= -1000) && !n.digits || reign(t, from).is_some();
        self.out.push(q);
        self.i = end;
        true
    }

    /// 15时37分, 下午3点半, 7:35, 零时起
    fn time(&mut self, from: usize, n: &Numeral) -> bool {
        let t = &self.t;
        let Some(mut hour) = n.value.to_i64().filter(|h| (0..=24).contains(h)) else {
            return false;
        };
        let at = t.skip_blank(n.end);
        let (mut minute, mut second, mut millis, mut end) = (0, 0, Rational::ZERO, at + 1);
        match t.at(at) {
            ':' if n.positional > 0 && t.at(at + 1).is_ascii_digit() && t.at(at + 2).is_ascii_digit() => {
                minute = two_digits(t, at + 1);
                end = at + 3;
                if t.at(end) == ':' && t.at(end + 1).is_ascii_digit() && t.at(end + 2).is_ascii_digit() {
                    second = two_digits(t, end + 1);
                    end += 3;
                    (millis, end) = thousandths(t, end);
                }
                if t.at(end).is_ascii_digit() || minute > 59 {
                    return false;
                }
            }
            // 3分35秒 is what 3:35 says.
            '分' if t.at(at + 1).is_ascii_digit() && !matches!(t.before(from, 1), '时' | '度') => {
                let Some(s) = numeral::read(t, at + 1).filter(|s| t.at(s.end) == '秒' && t.at(s.end + 1) != '钟')
                else {
                    return false;
                };
                (minute, end) = (s.value.to_i64().unwrap_or_default(), s.end + 1);
            }
            '时' if !matches!(t.at(at + 1), '期' | '代' | '间' | '候' | '速' | '段')
                && !is_when_zero(t, from, at, n) => {}
            '点' if period(t, from).is_some() || is_clock_hour(t, at, n.digits) => {}
            _ => return false,
        }
        if !matches!(t.at(at), ':' | '分') {
            (minute, end) = minutes(t, end);
        }
        if period(t, from) == Some(true) && hour < 12 {
            hour += 12;
        }
        let seconds = Rational::integer(hour * 3600 + minute * 60 + second);
        let seconds = seconds.checked_add(millis).unwrap_or(seconds);
        let mut q = Quantity::number(Kind::Time, seconds, self.t.span(from, end));
        q.digits = n.digits;
        // 凌晨12点 and 中午12点 are used for either half of the day.
        q.half_said = hour > 12 || period(&self.t, from).is_some() && hour % 12 != 0;
        self.out.push(q);
        self.i = end;
        true
    }

    /// 20世纪, 20世纪80年代, 80年代, 2010年代
    fn century(&mut self, from: usize, n: &Numeral) -> bool {
        let t = &self.t;
        let at = t.skip_blank(n.end);
        if t.starts(at, "世纪")
            && let Some(century) = n.value.to_i64().filter(|c| (1..=40).contains(c))
        {
            let end = at + 2;
            let next = t.skip_blank(end);
            if let Some(d) = numeral::read(t, next)
                && t.starts(t.skip_blank(d.end), "年代")
                && d.value < Rational::integer(100)
            {
                self.push_decades(from, t.skip_blank(d.end) + 2, (century - 1) * 100, &d);
            } else {
                let mut q = Quantity::number(Kind::Century, n.value, t.span(from, end));
                q.digits = n.digits;
                self.out.push(q);
                self.i = end;
            }
            return true;
        }
        // 90后, 00后: those born in a decade
        let born =
            n.digits && n.positional == 2 && t.at(n.end) == '后' && !matches!(t.at(n.end + 1), '天' | '来' | '期');
        if born && t.at(from + 1) == '0' {
            self.push_decades(from, n.end + 1, 0, n);
            return true;
        }
        if t.starts(at, "年代") && n.value < Rational::integer(3000) {
            self.push_decades(from, at + 2, 0, n);
            return true;
        }
        false
    }

    /// The decade `n` of the century that begins with `century`; both of them for 八九十年代.
    fn push_decades(&mut self, from: usize, end: usize, century: i64, n: &Numeral) {
        for decade in [Some(n.value), n.upper]
            .into_iter()
            .flatten()
            .filter_map(Rational::to_i64)
        {
            let mut q = Quantity::number(
                Kind::Decade,
                Rational::integer(century + decade),
                self.t.span(from, end),
            );
            q.digits = n.digits;
            self.out.push(q);
        }
        self.i = end;
    }

    /// 周五, 星期天, 礼拜三; but 一周, 每周三次 and 周边 are none.
    pub(super) fn weekday(&mut self) {
        let t = &self.t;
        let after = match (t.at(self.i), t.at(self.i + 1)) {
            ('周', _) => self.i + 1,
            ('星', '期') | ('礼', '拜') => self.i + 2,
            _ => return,
        };
        let weekday = match t.at(after) {
            '日' | '天' => 7,
            c => match numeral::digit(c) {
                Some(d @ 1..=6) if c != '两' => d,
                _ => return,
            },
        };
        let next = t.at(after + 1);
        let each = matches!(t.before(self.i, 1), '每' | '一' | '几' | '个') || t.before(self.i, 1).is_ascii_digit();
        let counted =
            matches!(next, '次' | '天' | '个' | '小' | '年' | '岁' | '期' | '轮') || t.starts(after + 1, "分之");
        let longer = matches!(next, '十' | '百' | '千' | '万' | '亿') || (each && numeral::is_numeral(next));
        if longer || (each && counted) || (t.at(self.i) == '周' && matches!(next, '岁' | '年')) {
            self.i = after;
            return;
        }
        let q = Quantity::number(Kind::Weekday, Rational::integer(weekday), t.span(self.i, after + 1));
        self.out.push(q);
        self.i = after + 1;
    }

    /// 上半年, 上世纪90年代, 本世纪, 翻两番
    pub(super) fn set_phrase(&mut self) {
        let t = &self.t;
        let from = self.i;
        let half = match (t.at(from), t.at(from + 1), t.at(from + 2)) {
            ('上', '半', '年' | '叶') => Some(1),
            ('下', '半', '年' | '叶') => Some(2),
            _ => None,
        };
        let century = match (t.at(from), t.at(from + 1)) {
            ('上', '个') if t.starts(from + 2, "世纪") => Some((20, from + 4)),
            ('上', '世') if t.at(from + 2) == '纪' => Some((20, from + 3)),
            ('本', '世') if t.at(from + 2) == '纪' => Some((21, from + 3)),
            _ => None,
        };
        if let Some(half) = half {
            let end = from + 3;
            let mut q = Quantity::number(Kind::Ordinal, Rational::integer(half), t.span(from, end));
            (q.unit, q.weak) = (Unit::by_symbol("halves of a year"), true);
            self.out.push(q);
            self.i = end;
        } else if let Some((century, end)) = century {
            let next = t.skip_blank(end);
            if let Some(d) = numeral::read(t, next)
                && t.starts(t.skip_blank(d.end), "年代")
                && d.value < Rational::integer(100)
            {
                let end = t.skip_blank(d.end) + 2;
                self.push_decades(from, end, (century - 1) * 100, &d);
            } else {
                let mut q = Quantity::number(Kind::Century, Rational::integer(century), t.span(from, end));
                q.weak = true;
                self.out.push(q);
                self.i = end;
            }
        } else if t.at(from) == '翻' {
            let after = from + 1 + usize::from(t.at(from + 1) == '了');
            let (times, end) = match numeral::read(t, after) {
                Some(n) if t.at(n.end) == '番' => (n.value.to_i64(), n.end + 1),
                _ if matches!(t.at(after), '番' | '倍') => (Some(1), after + 1),
                _ => return,
            };
            let Some(times) = times.filter(|t| (1..=30).contains(t)) else {
                return;
            };
            let mut q = Quantity::number(Kind::Multiple, Rational::integer(1 << times), t.span(from, end));
            q.digits = false;
            self.out.push(q);
            self.i = end;
        }
    }

    /// 半年, 半个月, 半小时, 一半 (the 一 is read elsewhere); 几年, 数月, 多年
    pub(super) fn half_or_some(&mut self) {
        let t = &self.t;
        let from = self.i;
        let half = t.at(from) == '半';
        if super::context::not_a_number(t, from).is_some() {
            return;
        }
        if matches!(t.at(from), '几' | '数') && self.some_magnitude(from) {
            return;
        }
        let t = &self.t;
        let skip = usize::from(t.at(from + 1) == '个' && !t.starts(from + 1, "个百"));
        let unit = Unit::starting_zh(t.rest(from + 1))
            .map(|(u, len)| (u, len, from + 1))
            .or_else(|| {
                let at = from + 1 + skip;
                Unit::starting_zh(t.rest(at)).map(|(u, len)| (u, len, at))
            });
        let month = t.at(from + 1 + skip) == '月' && (half || skip == 1 || t.at(from) == '数');
        let (unit, end) = match unit {
            Some((u, len, at)) if super::super::kind_of_unit(u) == Kind::Duration => {
                (u, at + t.rest(at)[..len].chars().count())
            }
            _ if month => match Unit::by_symbol("months") {
                Some(u) => (u, from + 2 + skip),
                None => return,
            },
            _ => return,
        };
        // 数周岁, 多天线; 多 only counts after a word that it cannot belong to.
        if t.at(from) == '多' && (t.at(end - 1) != '年' || matches!(t.before(from, 1), '许' | '么')) {
            return;
        }
        let span = t.span(from, end);
        let value = Rational::new(1, 2).unwrap_or(Rational::ONE);
        let mut q = Quantity::number(Kind::Duration, value, t.span(from, from + 1));
        (q.unit, q.span, q.weak) = (Some(unit), span, true);
        if !half {
            q.value = super::super::Value::Some;
        }
        self.out.push(q);
        self.i = end;
    }

    /// 几十万, 数百, 数以千万计: a power of ten that nobody counts.
    fn some_magnitude(&mut self, from: usize) -> bool {
        let t = &self.t;
        let at = from + 1 + usize::from(t.at(from + 1) == '以');
        let Some(n) = numeral::read(t, at).filter(|_| !t.at(at).is_ascii_digit()) else {
            return false;
        };
        if numeral::digit(t.at(at)).is_some() {
            return false;
        }
        let mut q = Quantity::number(Kind::Magnitude, n.value, t.span(from, n.end));
        q.weak = true;
        self.out.push(q);
        self.i = n.end;
        true
    }
}

/// The minutes behind the hour that ends at `end`, and the index after them: 37分, 半, 三刻, 钟.
fn minutes(t: &Text<'_>, end: usize) -> (i64, usize) {
    if t.at(end) == '半' {
        return (30, end + 1);
    }
    if let Some(m) = numeral::read(t, t.skip_blank(end))
        && t.at(t.skip_blank(m.end)) == '分'
        && !(t.at(t.skip_blank(m.end) + 1) == '之' && numeral::read(t, t.skip_blank(m.end) + 2).is_some())
        && let Some(minutes) = m.value.to_i64().filter(|v| (0..60).contains(v))
    {
        return (minutes, t.skip_blank(m.end) + 1);
    }
    if let Some(q) = numeral::read(t, end)
        && t.at(q.end) == '刻'
        && let Some(quarters) = q.value.to_i64().filter(|q| (1..4).contains(q))
    {
        return (15 * quarters, q.end + 1);
    }
    (0, end + usize::from(matches!(t.at(end), '钟' | '整')))
}

/// Whether the numeral `n` at `from`, followed by 年 at `at`, is a year rather than a number of years.
fn is_year(t: &Text<'_>, from: usize, n: &Numeral, at: usize) -> bool {
    if reign(t, from).is_some() {
        return n.value < Rational::integer(100) && t.at(at + 1) != '间';
    }
    if era(t, from).is_some() {
        // 公元前四千年 is the fourth millennium.
        return n.positional > 0 || !n.digits;
    }
    if n.positional != 4 || t.starts(at, "年代") {
        return false;
    }
    let plausible = n.value.to_i64().is_some_and(|y| (1000..2200).contains(&y));
    // 2000年多 is a length, 2023年多管齐下 a year.
    let round = n.value.to_i64().is_some_and(|y| y % 100 == 0);
    let length = matches!(t.at(at + 1), '历' | '来')
        || t.at(at + 1) == '多' && round
        || t.starts(at + 1, "之久")
        || t.starts(at + 1, "的历史")
        || (t.starts(at + 1, "前") && round)
        || t.starts(at + 1, "以上");
    plausible && !length
}

/// The first year of the reign or era that is named before the year at `from`.
fn reign(t: &Text<'_>, from: usize) -> Option<i32> {
    let named = |(name, _): &&(&str, i32)| t.ends(from, name);
    REIGNS.iter().find(named).map(|&(_, first)| first)
}

/// 公元 or 公元前 before the year at `from`: whether it is before the Common Era.
fn era(t: &Text<'_>, from: usize) -> Option<bool> {
    let from = from - usize::from(t.before(from, 1) == '约');
    let from = from - usize::from(t.before(from, 1) == '大');
    if t.ends(from, "公元前") {
        Some(true)
    } else {
        t.ends(from, "公元").then_some(false)
    }
}

/// Whether the numeral is followed by 日 or 号.
fn is_day(t: &Text<'_>, n: &Numeral) -> bool {
    matches!(t.at(t.skip_blank(n.end)), '日' | '号')
}

fn within(n: &Numeral, max: i64) -> Option<u8> {
    n.value
        .to_i64()
        .filter(|v| (1..=max).contains(v) && n.upper.is_none())
        .map(|v| v as u8)
}

/// Whether the 点 at `at` means o'clock rather than points (三点建议).
fn is_clock_hour(t: &Text<'_>, at: usize, digits: bool) -> bool {
    let points = matches!(
        t.at(at + 1),
        '建' | '意'
            | '要'
            | '希'
            | '原'
            | '共'
            | '内'
            | '体'
            | '主'
            | '是'
            | '：'
            | ':'
            | '启'
            | '感'
            | '认'
            | '声'
            | '看'
    );
    !points && (digits || matches!(t.at(at + 1), '半' | '钟' | '整') || minutes_follow(t, at + 1))
}

fn two_digits(t: &Text<'_>, i: usize) -> i64 {
    let d = |k| i64::from(t.at(k).to_digit(10).unwrap_or_default());
    d(i) * 10 + d(i + 1)
}

/// Whether a number of minutes follows at `i`.
fn minutes_follow(t: &Text<'_>, i: usize) -> bool {
    numeral::read(t, t.skip_blank(i)).is_some_and(|m| matches!(t.at(t.skip_blank(m.end)), '分' | '刻'))
}

/// Whether the half of the day is named before `from`: true for the second half.
fn period(t: &Text<'_>, from: usize) -> Option<bool> {
    let from = t.skip_blank_back(from);
    for (word, second) in [
        ("下午", true),
        ("晚上", true),
        ("傍晚", true),
        ("晚间", true),
        ("当晚", true),
        ("晚", true),
        ("午后", true),
        ("上午", false),
        ("早上", false),
        ("清晨", false),
        ("凌晨", false),
        ("中午", false),
        ("早晨", false),
    ] {
        if t.ends(from, word) {
            return Some(second);
        }
    }
    None
}

/// Whether the 零时 from `from` to `at` says “when … is zero” (为零时, 非零时) rather than midnight (6日零时, 零时起).
fn is_when_zero(t: &Text<'_>, from: usize, at: usize, n: &Numeral) -> bool {
    let after_a_day = from == 0 || matches!(t.before(from, 1), '日' | '号' | '天' | '夜' | '晨' | '间' | '午' | '末');
    let goes_on =
        matches!(t.at(at + 1), '起' | '整' | '许' | '至' | '到' | '以' | '前' | '后') || t.at(at + 1).is_ascii_digit();
    n.value == Rational::ZERO && !n.digits && !after_a_day && !goes_on
}
