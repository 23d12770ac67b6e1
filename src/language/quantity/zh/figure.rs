//! Figures in Chinese with what belongs to them: unit, currency, measure word, fraction, range, hedge.

use super::Scanner;
use super::context::{closes_word, hedge_after, hedge_before, is_negative, not_a_number};
use super::numeral::{self, Numeral};
use super::tail::{Tail, money_before, speed_before, tail};
use super::text::Text;
use crate::language::quantity::common_fraction;
use crate::language::quantity::tables::is_classifier;
use crate::language::quantity::units::Syllable;
use crate::language::quantity::{Bound, Hedge, Kind, Quantity, Rational, Unit, Value, kind_of_unit};

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
            if self.t.before(from, 1).is_ascii_digit() || self.version(from) {
                return;
            }
        } else if self.contract_sum(from) || self.place_in_list(from) || self.fraction(from, None) {
            return;
        } else if let Some(end) = not_a_number(&self.t, from) {
            self.i = end;
            return;
        }
        if self.plan(from) {
            return;
        }
        let Some(n) = numeral::read(&self.t, from) else {
            self.skip_run(from);
            return;
        };
        if self.day_of_an_event(&n) || self.bracketed_date(&n) {
            return;
        }
        if self.fraction(from, Some(&n))
            || self.slashed(from, &n)
            || self.digits_in_name(from, &n)
            || self.calendar(from, &n)
        {
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
        let long = n.end - from > 1;
        // 共有一百二十人 is no 有一.
        if closes_word(t, from) && !(long && n.value >= Rational::integer(100)) || t.ends(from, "再") {
            return false;
        }
        if long && n.upper.is_none() {
            let holiday = t.starts_any(n.end, &["国庆", "黄金周", "假期"]).is_some();
            return !holiday || n.value != Rational::integer(11);
        }
        // 三至六周
        if matches!(t.at(n.end), '至' | '到' | '~') && numeral::read(t, n.end + 1).is_some() {
            return true;
        }
        // 百余项, 千多人
        if n.magnitude && matches!(t.at(n.end), '余' | '多') {
            return true;
        }
        let tail = tail(t, n);
        if tail.unit.is_none() {
            return matches!(tail.kind, Kind::Count | Kind::Ordinal | Kind::Session | Kind::Multiple);
        }
        let name = t.span(n.end, tail.end).of(t.rest(0));
        Syllable::of_name(name).is_none_or(|syllable| syllable.after_one_character)
    }

    fn push_figure(&mut self, from: usize, n: &Numeral) {
        let t = &self.t;
        let mut tail = tail(t, n);
        let mut start = from;
        if let Some(speed) = tail.unit.and_then(|distance| speed_before(t, from, distance)) {
            tail.unit = Some(speed);
            tail.kind = kind_of_unit(speed);
        }
        if let Some((unit, at)) = money_before(t, from) {
            // “$1%C” is an argument and a colour.
            let is_share = tail.kind == Kind::Percent;
            if tail.unit.is_none() || is_share {
                (tail.kind, tail.unit) = (Kind::Money, Some(unit));
                tail.end = if is_share { n.end } else { tail.end.max(n.end) };
            }
            start = at;
        }
        let mut hedge = n.hedge;
        if hedge == Hedge::Exact {
            hedge = hedge_before(t, start);
        }
        if let Some((after, end)) = hedge_after(t, tail.end) {
            if hedge == Hedge::Exact {
                hedge = after;
            }
            // 3年多, 100多个, 20余名: the measure word may come after.
            if tail.unit.is_none() && tail.kind == Kind::Cardinal {
                let more = super::tail::tail(t, &Numeral { end, ..*n });
                if more.kind != Kind::Cardinal {
                    (tail.kind, tail.unit, tail.end) = (more.kind, more.unit, more.end);
                }
            }
        }
        // 2小时5分
        if tail.unit.is_none() && t.at(n.end) == '分' && t.before(from, 1) == '时' {
            (tail.kind, tail.unit, tail.end) = (Kind::Duration, Unit::by_symbol("minutes"), n.end + 1);
        }
        // 翻了近两倍 may be twice or three times as much: the text leaves it open.
        let turned = t.skip_blank_back(start) - usize::from(matches!(t.before(start, 1), '近' | '约'));
        if tail.kind == Kind::Multiple && (t.ends(turned, "翻") || t.ends(turned, "翻了")) {
            self.i = tail.end;
            return;
        }
        if let Some(power) = orders_of_magnitude(t, n) {
            let mut q = Quantity::number(Kind::Multiple, power, t.span(start, n.end + ORDERS.chars().count()));
            q.weak = true;
            self.i = n.end + ORDERS.chars().count();
            self.out.push(q);
            return;
        }
        let (mut value, end) = value_with_tail(t, start, n.value, &tail);
        let open = self.out.last().is_none_or(|q| q.span.end + 1 < t.offset(start));
        if is_negative(t, start, open && tail.unit.is_some()) {
            value = Rational::ZERO.checked_sub(value).unwrap_or(value);
        }
        let mut q = Quantity::number(tail.kind, value, t.span(from, n.end));
        q.span = t.span(start, end);
        (q.unit, q.hedge, q.digits) = (tail.unit, hedge, n.digits);
        // 1美元兑7.1元: “to the dollar”.
        let is_rate = n.value == Rational::ONE && q.kind == Kind::Money && t.at(end) == '兑';
        q.weak = is_weak(&q, n) || is_lunar(t, start) || is_sum(t, start, n.end) || is_rate;
        if n.magnitude && q.unit.is_none() {
            q.kind = Kind::Magnitude;
        }
        self.i = end.max(n.end);
        if let Some(upper) = n.upper {
            q.bound = Some(Bound::Lower);
            self.out.push(q);
            (q.value, q.bound) = (Value::Number(upper), Some(Bound::Upper));
        }
        self.out.push(q);
    }

    /// 百分之五, 百分百, 三分之二, 二十分之一: with the numeral of the denominator read, or at 百, 千, 万 itself.
    fn fraction(&mut self, from: usize, denominator: Option<&Numeral>) -> bool {
        let t = &self.t;
        let Some((by, at)) = read_denominator(t, from, denominator) else {
            return false;
        };
        let at = t.skip_blank(at);
        let Some(n) = numeral::read(t, at) else {
            return false;
        };
        let percent = by == Rational::integer(100);
        let (kind, value, unit) = if percent {
            (Kind::Percent, Some(n.value), Unit::by_symbol("%"))
        } else if by == Rational::integer(1000) {
            (Kind::Percent, Some(n.value), Unit::by_symbol("‰"))
        } else {
            (Kind::Fraction, n.value.checked_div(by), None)
        };
        let Some(value) = value else { return false };
        let mut q = Quantity::number(kind, value, t.span(if percent { at } else { from }, n.end));
        q.span = t.span(from, n.end);
        (q.unit, q.digits, q.hedge) = (unit, n.digits, hedge_before(t, from));
        let mut end = n.end;
        if let Some((hedge, after)) = hedge_after(t, end) {
            (q.hedge, end) = (if q.hedge == Hedge::Exact { hedge } else { q.hedge }, after);
        }
        if is_negative(t, from, false) {
            q.value = Value::Number(Rational::ZERO.checked_sub(value).unwrap_or(value));
        }
        self.out.push(q);
        self.i = end;
        if percent {
            self.upper_percent(q);
        }
        true
    }

    /// The other end of 百分之五到八 and 百分之5至10, behind the quantity `lower`.
    fn upper_percent(&mut self, lower: Quantity) {
        let (t, end) = (&self.t, self.i);
        if !matches!(t.at(end), '至' | '到' | '-' | '~') {
            return;
        }
        let Some(n) = numeral::read(t, end + 1).filter(|n| !t.starts(n.end, "分之")) else {
            return;
        };
        let mut upper = Quantity::number(lower.kind, n.value, t.span(end + 1, n.end));
        (upper.unit, upper.digits, upper.bound) = (lower.unit, n.digits, Some(Bound::Upper));
        if let Some(lower) = self.out.last_mut() {
            lower.bound = Some(Bound::Lower);
        }
        self.out.push(upper);
        self.i = n.end;
    }

    /// 7·20, 3·15: a day that an event is called by, which English may write as a date or leave as it is. 9·11 it leaves.
    fn day_of_an_event(&mut self, n: &Numeral) -> bool {
        let t = &self.t;
        let day = (t.at(n.end) == '·').then(|| numeral::read(t, n.end + 1)).flatten();
        let Some(day) = day.filter(|d| d.positional > 0 && n.positional > 0 && n.value != Rational::integer(9)) else {
            return false;
        };
        self.i = day.end;
        true
    }

    /// 今（15）日, 去（113）年: which day or year is meant, which English leaves out.
    fn bracketed_date(&mut self, n: &Numeral) -> bool {
        let t = &self.t;
        let is_open = matches!(t.before(n.start, 1), '（' | '(');
        let is_closed =
            matches!(t.at(n.end), '）' | ')') && matches!(t.at(n.end + 1), '日' | '年' | '月' | '晚' | '晨');
        let is_relative = matches!(
            t.before(n.start, 2),
            '今' | '昨' | '明' | '去' | '本' | '前' | '次' | '当'
        );
        if !(is_open && is_closed && is_relative) {
            return false;
        }
        self.i = n.end + 1;
        true
    }

    /// 1/2, 3/4: with the numerator read.
    fn slashed(&mut self, from: usize, n: &Numeral) -> bool {
        let t = &self.t;
        let apart = |c: char| !c.is_ascii_alphanumeric() && !matches!(c, '/' | '-' | '.');
        if n.positional == 0 || t.at(n.end) != '/' || !apart(t.before(from, 1)) {
            return false;
        }
        let Some(whole) = numeral::read(t, n.end + 1).filter(|w| w.positional > 0 && apart(t.at(w.end))) else {
            return false;
        };
        let Some(value) = common_fraction(n.value, whole.value) else {
            return false;
        };
        let mut q = Quantity::number(Kind::Fraction, value, t.span(from, whole.end));
        (q.digits, q.hedge) = (true, hedge_before(t, from));
        self.out.push(q);
        self.i = whole.end;
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
        // 十四五岁: fourteen or fifteen.
        let counted = matches!(
            t.at(from + 3),
            '岁' | '年' | '个' | '天' | '名' | '人' | '次' | '元' | '公' | '米'
        );
        if d == 4 && counted {
            for (value, bound) in [(14, Bound::Lower), (15, Bound::Upper)] {
                let mut q = Quantity::number(Kind::Cardinal, Rational::integer(value), t.span(from, from + 3));
                (q.bound, q.weak) = (Some(bound), true);
                self.out.push(q);
            }
            self.i = from + 3;
            return true;
        }
        let q = Quantity::number(Kind::Plan, Rational::integer(10 + d), t.span(from, from + 3));
        self.out.push(q);
        self.i = from + 3;
        true
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
        let classed = is_classifier(t.at(end)) || matches!(t.at(end), '季' | '天' | '年' | '周' | '日');
        end = if classed { end + 1 } else { n.end };
        q.span = t.span(from, end);
        q.digits = n.digits;
        // Which quarter of a year it was is no common word.
        let listed = matches!(t.at(n.end), '，' | '、' | '：') && n.value <= Rational::integer(10);
        q.weak = !n.digits && (n.value <= Rational::integer(3) || listed) && t.at(t.skip_blank(n.end)) != '季';
        self.out.push(q);
        self.i = end;
        self.open_range();
    }
}

/// The value of a figure with what its unit adds to it, and the index after all of it. The figure has the value `value`
/// and begins at `start` with its currency.
fn value_with_tail(t: &Text<'_>, start: usize, mut value: Rational, tail: &Tail) -> (Rational, usize) {
    let mut end = tail.end;
    // 一米七, 三块五, 9秒83
    if tail
        .unit
        .is_some_and(|u| matches!(u.def().symbol, "m" | "yuan" | "seconds"))
        && !matches!(t.before(end, 1), '元' | '币')
        && let Some((more, after)) = numeral::decimals(t, end)
        && let Some(sum) = value.checked_add(more)
    {
        (value, end) = (sum, after);
    }
    let half = Rational::new(1, 2).filter(|_| tail.and_half);
    let one = Some(Rational::ONE).filter(|_| tail.kind == Kind::Multiple && grows(t, start));
    for more in [half, one].into_iter().flatten() {
        value = value.checked_add(more).unwrap_or(value);
    }
    (value, end)
}

/// What follows the number of orders of magnitude.
const ORDERS: &str = "个数量级";

/// The power of ten that 两个数量级 says.
fn orders_of_magnitude(t: &Text<'_>, n: &Numeral) -> Option<Rational> {
    let exponent = n.value.to_i64().filter(|_| t.starts(n.end, ORDERS))?;
    Rational::pow10(i32::try_from(exponent).ok().filter(|e| (1..=30).contains(e))?)
}

/// The denominator of a fraction at `from` and the index after 分之: its numeral if it was read, else 百, 千 or 万.
fn read_denominator(t: &Text<'_>, from: usize, numeral: Option<&Numeral>) -> Option<(Rational, usize)> {
    let (by, end) = match (numeral, t.at(from)) {
        (Some(n), _) if n.value > Rational::ONE => (n.value, n.end),
        (None, '百') => (Rational::pow10(2)?, from + 1),
        (None, '千') => (Rational::pow10(3)?, from + 1),
        (None, '万') => (Rational::pow10(4)?, from + 1),
        _ => return None,
    };
    t.starts(end, "分之").then_some((by, end + 2))
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

/// Whether the figure is a day of a month of the old calendar: 正月十五 is a feast.
fn is_lunar(t: &Text<'_>, i: usize) -> bool {
    t.starts_any(i.saturating_sub(2), &["正月", "腊月", "冬月"]).is_some()
}

/// Whether the figure is a part of a sum that names a group: 东盟—中国（10+1）领导人会议.
fn is_sum(t: &Text<'_>, start: usize, end: usize) -> bool {
    t.before(start, 1) == '+' && t.before(start, 2).is_ascii_digit()
        || t.at(end) == '+' && t.at(end + 1).is_ascii_digit()
}

/// Whether nothing follows from the absence of this figure on the other side.
fn is_weak(q: &Quantity, n: &Numeral) -> bool {
    // “an hour” is 1个小时, “teenage” 十几岁.
    let one = n.value == Rational::ONE && matches!(q.kind, Kind::Duration | Kind::Count);
    // 0例 is “none”.
    if n.digits {
        return one || n.value == Rational::ZERO && q.unit.is_none();
    }
    if n.magnitude || n.teens || n.upper.is_some() || n.value <= Rational::ONE {
        return true;
    }
    q.unit.is_none() && n.value <= Rational::integer(10) && q.kind != Kind::Session
}
