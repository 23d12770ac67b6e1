//! Figures in Chinese with what belongs to them: unit, currency, measure word, fraction, range, hedge.

use super::Scanner;
use super::context::{closes_word, hedge_after, hedge_before, is_negative, not_a_number};
use super::numeral::{self, Numeral};
use super::text::Text;
use crate::language::quantity::tables::CLASSIFIERS;
use crate::language::quantity::{Bound, Date, Hedge, Kind, Quantity, Rational, Unit, Value, kind_of_unit};
use crate::text::Span;

/// A figure that may be the first end of a range.
#[derive(Clone, Copy)]
pub(super) struct Link {
    /// Number of its quantity.
    first: usize,
    /// Index at which the other end begins.
    at: usize,
    /// Joined by 至 or a dash, rather than by 、.
    is_range: bool,
}

/// What follows a figure.
struct Tail {
    kind: Kind,
    unit: Option<Unit>,
    /// Index after unit or measure word.
    end: usize,
    /// Half a unit more: 两个半小时, 一年半.
    and_half: bool,
}

impl Scanner<'_> {
    /// A figure at the current place, whatever it turns out to be; the other end of the range that it closes, if of one.
    pub(super) fn figure(&mut self) {
        let (from, link, first) = (self.i, self.link.take(), self.out.len());
        self.read_figure(from);
        if self.out.len() == first {
            return;
        }
        if let Some(link) = link.filter(|l| l.at == from) {
            self.join(link, first);
        }
        self.open_range();
    }

    fn read_figure(&mut self, from: usize) {
        if self.t.at(from).is_ascii_digit() {
            if self.t.before(from, 1).is_ascii_digit() {
                return;
            }
        } else if let Some(end) = not_a_number(&self.t, from) {
            self.i = end;
            return;
        }
        if self.fraction(from, None) || self.plan(from) {
            return;
        }
        let Some(n) = numeral::read(&self.t, from) else {
            self.skip_run(from);
            return;
        };
        if self.fraction(from, Some(&n)) || self.digits_in_name(from, &n) || self.calendar(from, &n) {
            return;
        }
        if n.digits || self.is_number_in_words(from, &n) {
            self.push_figure(from, &n);
        } else {
            self.i = n.end;
        }
    }

    /// Leaves a run of numerals that make no number.
    fn skip_run(&mut self, from: usize) {
        let t = &self.t;
        let mut end = from + 1;
        while t.at(end).is_ascii_digit() || numeral::is_numeral(t.at(end)) {
            end += 1;
        }
        while t.at(end) == '.' && t.at(end + 1).is_ascii_digit() {
            end += 1;
            while t.at(end).is_ascii_digit() {
                end += 1;
            }
        }
        self.i = end;
    }

    /// Whether a numeral in characters is a number here and not a syllable of a word.
    fn is_number_in_words(&self, from: usize, n: &Numeral) -> bool {
        let t = &self.t;
        if closes_word(t, from) || t.ends(from, "再") {
            return false;
        }
        let long = n.end - from > 1;
        if long && n.upper.is_none() {
            let holiday = t.starts_any(n.end, &["国庆", "黄金周", "假期"]).is_some();
            return !holiday || n.value != Rational::integer(11);
        }
        // 三至六周
        if matches!(t.at(n.end), '至' | '到' | '~') && numeral::read(t, n.end + 1).is_some() {
            return true;
        }
        let tail = tail(t, n);
        if tail.unit.is_none() {
            return matches!(tail.kind, Kind::Count | Kind::Ordinal | Kind::Session | Kind::Multiple);
        }
        let name = t.span(n.end, tail.end).of(t.rest(0));
        // One-character units that are syllables of many words count only after figures.
        !matches!(
            name,
            "里" | "节"
                | "度"
                | "块"
                | "码"
                | "克"
                | "开"
                | "桶"
                | "夜"
                | "晚"
                | "升"
                | "瓦"
                | "伏"
                | "帕"
                | "赫"
                | "尺"
                | "寸"
                | "丈"
        )
    }

    fn push_figure(&mut self, from: usize, n: &Numeral) {
        let t = &self.t;
        let mut tail = tail(t, n);
        let figure = t.span(from, n.end);
        let mut start = from;
        let mut hedge = n.hedge;
        if let Some((unit, at)) = money_before(t, from) {
            if tail.unit.is_none() {
                (tail.kind, tail.unit) = (Kind::Money, Some(unit));
                tail.end = tail.end.max(n.end);
            }
            start = at;
        }
        if hedge == Hedge::Exact {
            hedge = hedge_before(t, start);
        }
        let mut end = tail.end;
        if let Some((h, after)) = hedge_after(t, end) {
            if hedge == Hedge::Exact {
                hedge = h;
            }
            // 3年多, 100多个, 20余名: the measure word may come after.
            if tail.unit.is_none() && tail.kind == Kind::Cardinal {
                let late = Numeral { end: after, ..*n };
                let more = self::tail(t, &late);
                if more.kind != Kind::Cardinal {
                    (tail.kind, tail.unit, end) = (more.kind, more.unit, more.end);
                }
            }
        }
        let mut value = n.value;
        if tail.and_half
            && let Some(more) = Rational::new(1, 2).and_then(|h| value.checked_add(h))
        {
            value = more;
        }
        // 翻了近两倍 may be twice or three times as much: nobody can tell.
        let turned = t.skip_blank_back(start) - usize::from(matches!(t.before(start, 1), '近' | '约'));
        if tail.kind == Kind::Multiple && (t.ends(turned, "翻") || t.ends(turned, "翻了")) {
            self.i = end;
            return;
        }
        if tail.kind == Kind::Multiple && grows(t, start) {
            value = value.checked_add(Rational::ONE).unwrap_or(value);
        }
        if is_negative(t, start) {
            value = Rational::ZERO.checked_sub(value).unwrap_or(value);
        }
        let mut q = Quantity::number(tail.kind, value, figure);
        q.span = t.span(start, end);
        q.unit = tail.unit;
        q.hedge = hedge;
        q.digits = n.digits;
        q.weak = is_weak(&q, n);
        if n.magnitude && q.unit.is_none() {
            q.kind = Kind::Magnitude;
        }
        let end = end.max(n.end);
        self.out.push(q);
        if let Some(upper) = n.upper {
            let at = self.out.len() - 1;
            self.out[at].bound = Some(Bound::Lower);
            self.out.push(Quantity {
                value: Value::Number(upper),
                bound: Some(Bound::Upper),
                ..q
            });
        }
        self.i = end;
    }

    /// After a figure: 至, 到, ~, -, 、 and another numeral, which may be the other end of a range.
    pub(super) fn open_range(&mut self) {
        let t = &self.t;
        let at = t.skip_blank(self.i);
        let (is_range, after) = match t.at(at) {
            '—' if t.at(at + 1) == '—' => (true, at + 2),
            '-' | '–' | '—' | '~' | '至' | '到' => (true, at + 1),
            '、' => (false, at + 1),
            _ => return,
        };
        let next = t.skip_blank(after);
        let first = self.out.len() - 1;
        let begins = t.at(next).is_ascii_digit() || numeral::is_numeral(t.at(next));
        if begins && (is_range || self.out[first].unit.is_none()) {
            self.link = Some(Link {
                first,
                at: next,
                is_range,
            });
            self.i = next;
        }
    }

    /// Makes quantity `link.first` and quantity `second` the ends of a range: the second lends its unit and scale.
    fn join(&mut self, link: Link, second: usize) {
        let Link { first, is_range, .. } = link;
        let t = &self.t;
        let upper = self.out[second];
        let lower = &mut self.out[first];
        match (lower.value, upper.value) {
            // 1620-21年
            (Value::Number(a), Value::Number(b))
                if is_range
                    && upper.kind == Kind::Duration
                    && years(a, 1000..2200)
                    && years(b, 10..100)
                    && lower.kind == Kind::Cardinal =>
            {
                let (a, b) = (
                    a.to_i64().unwrap_or_default() as i32,
                    b.to_i64().unwrap_or_default() as i32,
                );
                (lower.kind, lower.value) = (Kind::Date, Value::Date(Date::of_year(a)));
                let late = Value::Date(Date::of_year(a - a % 100 + b));
                let upper = &mut self.out[second];
                (upper.kind, upper.value, upper.unit) = (Kind::Date, late, None);
            }
            (Value::Number(a), Value::Number(b)) if lower.kind == Kind::Cardinal => {
                (lower.unit, lower.kind) = (upper.unit, upper.kind);
                // 3至5万 is thirty to fifty thousand.
                if is_range
                    && a < b
                    && has_no_scale(t, lower)
                    && let Some(by) = scale_of(t, &upper)
                {
                    lower.value = a.checked_mul(by).map_or(lower.value, Value::Number);
                }
            }
            // 2020-2021年, 1、2月, 3月5日至8日: the number or day before is a date as well.
            (Value::Number(a), Value::Date(d)) if lower.kind == Kind::Cardinal => {
                let part = a.to_i64().unwrap_or(-1);
                let mut date = Date::default();
                match (d.year, d.month, d.day) {
                    (Some(_), None, None) if (1000..2200).contains(&part) => date.year = Some(part as i32),
                    (_, Some(_), None) if (1..=12).contains(&part) => date.month = Some(part as u8),
                    (_, _, Some(_)) if (1..=31).contains(&part) => date.day = Some(part as u8),
                    _ => return,
                }
                lower.kind = Kind::Date;
                lower.value = Value::Date(date);
            }
            (Value::Date(a), Value::Date(mut b)) => {
                if b.day.is_some() && b.month.is_none() {
                    b.month = a.month;
                }
                if b.year.is_none() && (b.month >= a.month) {
                    b.year = a.year;
                }
                self.out[second].value = Value::Date(b);
            }
            _ => return,
        }
        if is_range {
            self.out[first].bound = Some(Bound::Lower);
            self.out[second].bound = Some(Bound::Upper);
        }
    }

    /// 百分之五, 百分百, 三分之二, 二十分之一: with the numeral of the denominator read, or at 百, 千, 万 itself.
    fn fraction(&mut self, from: usize, denominator: Option<&Numeral>) -> bool {
        let t = &self.t;
        let (by, at) = if let Some(n) = denominator {
            if !t.starts(n.end, "分之") || n.value <= Rational::ONE {
                return false;
            }
            (n.value, n.end + 2)
        } else {
            match t.starts_any(from, &["百分之", "千分之", "万分之"]) {
                Some((word, at)) => {
                    let exp = match word.chars().next() {
                        Some('百') => 2,
                        Some('千') => 3,
                        _ => 4,
                    };
                    (Rational::pow10(exp).unwrap_or(Rational::ONE), at)
                }
                None => return false,
            }
        };
        let at = t.skip_blank(at);
        let Some(n) = numeral::read(t, at) else {
            return false;
        };
        let hundredths = by == Rational::integer(100);
        let percent = Unit::by_symbol("%");
        let (kind, value, unit) = if hundredths {
            (Kind::Percent, Some(n.value), percent)
        } else if by == Rational::integer(1000) {
            (Kind::Percent, Some(n.value), Unit::by_symbol("‰"))
        } else {
            (Kind::Fraction, n.value.checked_div(by), None)
        };
        let Some(value) = value else { return false };
        let mut q = Quantity::number(kind, value, t.span(if hundredths { at } else { from }, n.end));
        q.span = t.span(from, n.end);
        q.unit = unit;
        q.digits = n.digits;
        q.hedge = hedge_before(t, from);
        let mut end = n.end;
        if let Some((h, after)) = hedge_after(t, end) {
            (q.hedge, end) = (if q.hedge == Hedge::Exact { h } else { q.hedge }, after);
        }
        if is_negative(t, from) {
            q.value = Value::Number(Rational::ZERO.checked_sub(value).unwrap_or(value));
        }
        self.out.push(q);
        self.i = end;
        // 百分之五到八, 百分之5至10
        if hundredths
            && matches!(self.t.at(end), '至' | '到' | '-' | '~')
            && let Some(m) = numeral::read(&self.t, end + 1)
            && !self.t.starts(m.end, "分之")
        {
            let mut upper = Quantity::number(kind, m.value, self.t.span(end + 1, m.end));
            (upper.unit, upper.digits, upper.bound) = (unit, m.digits, Some(Bound::Upper));
            let first = self.out.len() - 1;
            self.out[first].bound = Some(Bound::Lower);
            self.out.push(upper);
            self.i = m.end;
        }
        true
    }

    /// 十四五, 十五五: the number of a five-year plan.
    fn plan(&mut self, from: usize) -> bool {
        let t = &self.t;
        if t.at(from) != '十' || t.at(from + 2) != '五' || numeral::is_numeral(t.at(from + 3)) {
            return false;
        }
        let Some(d @ 1..=9) = numeral::digit(t.at(from + 1)) else {
            return false;
        };
        let q = Quantity::number(Kind::Plan, Rational::integer(10 + d), t.span(from, from + 3));
        self.out.push(q);
        self.i = from + 3;
        true
    }

    /// 2019冠状病毒病, 12·9: figures that are part of a name.
    fn digits_in_name(&mut self, from: usize, n: &Numeral) -> bool {
        let t = &self.t;
        let at = t.skip_blank(n.end);
        if n.positional == 4 && n.value == Rational::integer(2019) && t.at(at) != '年' {
            let near = (at..at + 9).any(|k| t.starts(k, "冠状"));
            if near || t.ends(t.skip_blank_back(from), "病") {
                self.i = n.end;
                return true;
            }
        }
        // 737MAX, 5G, 3D; a unit in letters is read with the figure.
        let c = t.at(n.end);
        if n.positional > 0 && c.is_ascii_alphabetic() {
            let mut end = n.end;
            while t.at(end).is_ascii_alphanumeric() {
                end += 1;
            }
            let letters = t.span(n.end, end).of(t.rest(0));
            if Unit::from_en(letters).is_none() && !matches!(letters, "am" | "pm" | "AM" | "PM") {
                self.code(from, end);
                return true;
            }
        }
        false
    }

    pub(super) fn code(&mut self, from: usize, end: usize) {
        let digits = (from..end).rev().skip_while(|&k| !self.t.at(k).is_ascii_digit());
        let first = digits
            .take_while(|&k| self.t.at(k).is_ascii_digit())
            .last()
            .unwrap_or(from);
        let number: String = (first..end).map(|k| self.t.at(k)).collect();
        let value = Rational::from_decimal(&number).unwrap_or(Rational::ZERO);
        let mut q = Quantity::number(Kind::Code, value, self.t.span(from, end));
        q.weak = true;
        self.out.push(q);
        self.i = end;
    }

    /// Letters with digits (COVID-19, G20), a currency code, Q3; or just a word.
    pub(super) fn latin(&mut self) {
        let t = &self.t;
        let from = self.i;
        let mut end = from;
        while t.at(end).is_ascii_alphanumeric()
            || (matches!(t.at(end), '-' | '_') && t.at(end + 1).is_ascii_alphanumeric() && end > from)
            || (t.at(end) == '.' && t.at(end + 1).is_ascii_digit() && t.before(end, 1).is_ascii_digit())
        {
            end += 1;
        }
        let address = t.starts_any(from, &["http://", "https://", "www."]).is_some();
        if address {
            while t.at(end).is_ascii_graphic() {
                end += 1;
            }
            self.i = end;
            return;
        }
        let letters = (from..end).take_while(|&k| t.at(k).is_ascii_alphabetic()).count();
        let word = t.span(from, from + letters).of(t.rest(0));
        if Unit::from_en(word).is_some_and(|u| kind_of_unit(u) == Kind::Money) && word.len() > 2 {
            // RMB18亿, USD 500
            self.i = from + letters;
            return;
        }
        if (from..end).any(|k| t.at(k).is_ascii_digit()) {
            if end == from + 2 && matches!(t.at(from), 'Q') && matches!(t.at(from + 1), '1'..='4') {
                let quarter = i64::from(t.at(from + 1).to_digit(10).unwrap_or(1));
                let mut q = Quantity::number(Kind::Ordinal, Rational::integer(quarter), t.span(from, end));
                q.digits = true;
                self.out.push(q);
                self.i = end;
            } else {
                self.code(from, end);
            }
        } else {
            self.i = end;
        }
    }

    /// 第三, 第19次, 第一百二十条
    pub(super) fn ordinal(&mut self) {
        let t = &self.t;
        let from = self.i;
        let at = t.skip_blank(from + 1);
        let Some(n) = numeral::read(t, at).filter(|n| n.upper.is_none()) else {
            return;
        };
        let mut q = Quantity::number(Kind::Ordinal, n.value, t.span(at, n.end));
        let mut end = t.skip_blank(n.end);
        let classed = CLASSIFIERS.contains(t.at(end)) || matches!(t.at(end), '季' | '天' | '年' | '周' | '日');
        end = if classed { end + 1 } else { n.end };
        q.span = t.span(from, end);
        q.digits = n.digits;
        q.weak = !n.digits && n.value <= Rational::integer(3);
        self.out.push(q);
        self.i = end;
        self.open_range();
    }
}

/// The unit, measure word or noun after the figure `n`.
fn tail(t: &Text<'_>, n: &Numeral) -> Tail {
    let mut at = t.skip_blank(n.end);
    let plain = Tail {
        kind: Kind::Cardinal,
        unit: None,
        end: n.end,
        and_half: false,
    };
    let mut and_half = false;
    if t.starts(at, "个半") && matches!(t.at(at + 2), '小' | '月' | '钟' | '世') {
        (at, and_half) = (at + 2, true);
        if t.at(at) == '月' {
            let unit = Unit::by_symbol("months");
            return Tail {
                kind: Kind::Duration,
                unit,
                end: at + 1,
                and_half,
            };
        }
    }
    if let Some((unit, len)) = Unit::starting_zh(t.rest(at)) {
        let mut end = at + t.rest(at)[..len].chars().count();
        let name = &t.rest(at)[..len];
        let after = t.at(end);
        let not_a_unit = match name {
            "成" => matches!(
                after,
                '员' | '为' | '立' | '功' | '果' | '本' | '长' | '年' | '熟' | '就' | '分' | '都'
            ),
            "克" => matches!(after, '隆' | '服' | '制' | '里' | '罗'),
            "元" => matches!(after, '素' | '旦' | '首' | '月'),
            "周" => matches!(after, '岁' | '边' | '围' | '末'),
            "里" => !n.digits || matches!(after, '面' | '斯' | '约'),
            "开" => !matches!(after, '，' | '。' | '、' | '）' | '\0'),
            "度" => matches!(after, '过' | '假' | '数') && !n.digits,
            "米" => matches!(after, '兰' | '勒' | '尔'),
            "年" => after == '级',
            "天" => matches!(after, '然' | '空' | '津' | '文'),
            _ => false,
        };
        if !not_a_unit {
            if matches!(name, "年" | "天" | "小时" | "个小时")
                && after == '半'
                && !matches!(t.at(end + 1), '导' | '数' | '决' | '径')
            {
                (end, and_half) = (end + 1, true);
            }
            return Tail {
                kind: kind_of_unit(unit),
                unit: Some(unit),
                end,
                and_half,
            };
        }
        return plain;
    }
    match t.at(at) {
        '折' => Tail {
            kind: Kind::Percent,
            unit: Unit::by_symbol("zhe"),
            end: at + 1,
            and_half,
        },
        '倍' => Tail {
            kind: Kind::Multiple,
            end: at + 1,
            ..plain
        },
        '大' if n.value > Rational::integer(11) && !n.digits && is_congress(t, n.end) => Tail {
            kind: Kind::Session,
            end: at + 1,
            ..plain
        },
        '中' if t.starts(at, "中全会") => Tail {
            kind: Kind::Session,
            end: at + 3,
            ..plain
        },
        '届' => Tail {
            kind: Kind::Session,
            end: at + 1,
            ..plain
        },
        '世' if !n.digits && !matches!(t.at(at + 1), '纪' | '界' | '代' | '同') => Tail {
            kind: Kind::Ordinal,
            end: at + 1,
            ..plain
        },
        '号' => Tail { end: at + 1, ..plain },
        '楼' | '级' | '环' | '线' => Tail {
            kind: Kind::Ordinal,
            end: at + 1,
            ..plain
        },
        '季' if t.at(at + 1) == '度' => Tail {
            kind: Kind::Ordinal,
            end: at + 2,
            ..plain
        },
        '余' | '多' => plain,
        '大' if !n.digits || n.value < Rational::integer(1000) => Tail {
            kind: Kind::Count,
            end: at + 1,
            ..plain
        },
        c if CLASSIFIERS.contains(c) => Tail {
            kind: Kind::Count,
            end: at + 1,
            ..plain
        },
        _ => plain,
    }
}

/// Whether 十九大 or 二十大 is followed by what follows the name of a party congress.
fn is_congress(t: &Text<'_>, at: usize) -> bool {
    t.starts_any(
        at + 1,
        &[
            "以来", "报告", "精神", "代表", "召开", "提出", "上", "后", "前", "胜利", "，", "。", "、", "》", "”", "的",
        ],
    )
    .is_some()
        || t.at(at + 1) == '\0'
}

/// A currency sign or code before the figure at `i`, and where it begins.
fn money_before(t: &Text<'_>, i: usize) -> Option<(Unit, usize)> {
    let i_blank = t.skip_blank_back(i);
    for (name, symbol) in [
        ("US$", "US dollars"),
        ("HK$", "Hong Kong dollars"),
        ("NT$", "New Taiwan dollars"),
        ("NZ$", "New Zealand dollars"),
        ("C$", "Canadian dollars"),
        ("A$", "Australian dollars"),
        ("S$", "Singapore dollars"),
        ("$", "dollars"),
        ("¥", "¥"),
        ("￥", "¥"),
        ("€", "euros"),
        ("£", "pounds sterling"),
        ("RMB", "yuan"),
        ("CNY", "yuan"),
        ("人民币", "yuan"),
        ("USD", "US dollars"),
        ("EUR", "euros"),
        ("GBP", "pounds sterling"),
        ("JPY", "yen"),
    ] {
        let full_width = name == "$" && t.ends(i_blank, "＄");
        if t.ends(i_blank, name) || full_width {
            return Unit::by_symbol(symbol).map(|u| (u, i_blank - name.chars().count()));
        }
    }
    None
}

/// Whether the multiple that begins at `i` is one of growth: 增长两倍 is three times as much.
fn grows(t: &Text<'_>, i: usize) -> bool {
    let i = t.skip_blank_back(i);
    let i = i - usize::from(matches!(t.before(i, 1), '了' | '约' | '近'));
    t.starts_any(
        i.saturating_sub(2),
        &["增长", "增加", "提高", "上升", "扩大", "上涨", "提升"],
    )
    .is_some()
}

fn years(n: Rational, range: std::ops::Range<i64>) -> bool {
    n.to_i64().is_some_and(|n| range.contains(&n))
}

/// Whether nothing follows from the absence of this figure on the other side.
fn is_weak(q: &Quantity, n: &Numeral) -> bool {
    // “an hour” is 1个小时, “teenage” 十几岁.
    let one = n.value == Rational::ONE && matches!(q.kind, Kind::Duration | Kind::Count);
    if n.digits {
        return one;
    }
    if n.magnitude || n.teens || n.upper.is_some() || n.value <= Rational::ONE {
        return true;
    }
    q.unit.is_none() && n.value <= Rational::integer(10) && q.kind != Kind::Session
}

/// The scale that the figure of `q` is written with: 10,000 for 5万.
fn scale_of(t: &Text<'_>, q: &Quantity) -> Option<Rational> {
    let text = q.figure.of(t.rest(0));
    let exp: i32 = text
        .chars()
        .rev()
        .take_while(|c| matches!(c, '万' | '亿' | '千' | '百'))
        .map(|c| match c {
            '万' => 4,
            '亿' => 8,
            '千' => 3,
            _ => 2,
        })
        .sum();
    (exp > 0).then(|| Rational::pow10(exp))?
}

fn has_no_scale(t: &Text<'_>, q: &Quantity) -> bool {
    let figure: Span = q.figure;
    !figure.of(t.rest(0)).contains(['万', '亿', '千', '百'])
}
