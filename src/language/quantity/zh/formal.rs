//! Sums of contracts and cheques in formal numerals, places in a list, and versions: 壹拾万叁仟元整, 四是, 1.2.3.

use super::Scanner;
use super::numeral::{self, formal_digit};
use super::text::Text;
use crate::language::quantity::{Kind, Quantity, Rational, Unit};

/// The power of ten that a character of a formal number multiplies by.
const fn scale(c: char) -> Option<u32> {
    Some(match c {
        '拾' => 1,
        '佰' => 2,
        '仟' => 3,
        '万' | '萬' => 4,
        '亿' | '億' => 8,
        _ => return None,
    })
}

/// The formal number at `i` and the index after it. 伍 and 陆 alone are syllables of words.
fn number(t: &Text<'_>, i: usize) -> Option<(i64, usize)> {
    let is_part = |k: &usize| formal_digit(t.at(*k)).is_some() || scale(t.at(*k)).is_some();
    let end = i + (i..t.len().min(i + 24)).take_while(is_part).count();
    let formal = (i..end).any(|k| matches!(t.at(k), '拾' | '佰' | '仟'));
    let counts_money = matches!(t.at(end), '元' | '圆' | '万' | '亿') && formal_digit(t.at(i)) > Some(0);
    let counted = (i..end).any(|k| formal_digit(t.at(k)) > Some(0));
    let short_sum = counts_money && end - i < 4;
    if !counted || !(formal || short_sum) {
        return None;
    }
    let (mut total, mut section, mut pending) = (0i64, 0i64, 0i64);
    for k in i..end {
        match (formal_digit(t.at(k)), scale(t.at(k))) {
            (Some(d), _) => pending = d,
            (_, Some(e @ 1..=3)) => {
                let count = if pending == 0 && e == 1 && section == 0 {
                    1
                } else {
                    pending
                };
                (section, pending) = (section + count * 10i64.pow(e), 0);
            }
            (_, Some(e)) => {
                let power = 10i64.pow(e);
                let low = section + pending;
                total = if e == 8 {
                    total.checked_add(low)?.checked_mul(power)?
                } else {
                    total.checked_add(low.checked_mul(power)?)?
                };
                (section, pending) = (0, 0);
            }
            _ => {}
        }
    }
    Some((total.checked_add(section + pending)?, end))
}

impl Scanner<'_> {
    /// 壹拾万叁仟肆佰伍拾叁元整, 叁元肆角伍分: a sum in formal numerals with its yuan, jiao and fen.
    pub(super) fn contract_sum(&mut self, from: usize) -> bool {
        let t = &self.t;
        let Some((whole, figure)) = number(t, from) else {
            return false;
        };
        let mut q = Quantity::number(Kind::Cardinal, Rational::integer(whole), t.span(from, figure));
        let mut end = figure;
        if matches!(t.at(end), '元' | '圆') {
            end += 1;
            let mut fen = 0;
            for (name, worth) in [('角', 10), ('分', 1)] {
                let at = end + usize::from(t.at(end) == '零');
                if let Some(d) = formal_digit(t.at(at)).filter(|_| t.at(at + 1) == name) {
                    (fen, end) = (fen + d * worth, at + 2);
                }
            }
            end += usize::from(matches!(t.at(end), '整' | '正'));
            if let Some(sum) = Rational::new((whole * 100 + fen).into(), 100) {
                q.value = crate::language::quantity::Value::Number(sum);
            }
            (q.kind, q.unit) = (Kind::Money, Unit::by_symbol("yuan"));
        }
        q.span = t.span(from, end);
        self.out.push(q);
        self.i = end;
        true
    }

    /// 四是, 五要 at the beginning of a clause: the place in a list of reasons.
    pub(super) fn place_in_list(&mut self, from: usize) -> bool {
        let t = &self.t;
        let begins = matches!(
            t.before(from, 1),
            '\0' | '，' | '。' | '；' | '：' | '、' | '\n' | ' ' | '\u{3000}' | '“' | '（'
        );
        let place = numeral::digit(t.at(from)).filter(|&d| d > 0 && t.at(from) != '两');
        let Some(place) = place.filter(|_| begins && matches!(t.at(from + 1), '是' | '要' | '为')) else {
            return false;
        };
        let mut q = Quantity::number(Kind::Ordinal, Rational::integer(place), t.span(from, from + 1));
        q.weak = true;
        self.out.push(q);
        self.i = from + 2;
        true
    }

    /// 1.2.3, 192.168.1.10: versions, clauses and addresses, which are compared as written.
    pub(super) fn version(&mut self, from: usize) -> bool {
        let t = &self.t;
        let end = from
            + (from..t.len())
                .take_while(|&k| t.at(k).is_ascii_digit() || t.at(k) == '.' && t.at(k + 1).is_ascii_digit())
                .count();
        let dots = (from..end).filter(|&k| t.at(k) == '.').count();
        if dots < 2 || t.at(end).is_ascii_alphabetic() || self.is_dotted_date(from, end) {
            return false;
        }
        self.code(from, end);
        true
    }

    /// Whether `from..end` is a date with dots: 2024.11.18.
    fn is_dotted_date(&self, from: usize, end: usize) -> bool {
        let text = self.t.span(from, end).of(self.t.rest(0));
        let parts: Vec<&str> = text.split('.').collect();
        let within = |part: &str, max: u32| part.parse().is_ok_and(|n: u32| (1..=max).contains(&n));
        matches!(parts[..], [y, m, d] if y.len() == 4 && within(y, 2999) && within(m, 12) && within(d, 31))
    }

    /// Whether a day of a month ends just before `from`: 一月十八日至二十一日.
    pub(super) fn follows_day(&self, from: usize) -> bool {
        let dated = |q: &Quantity| q.as_date().is_some_and(|d| d.day.is_some());
        let near = |q: &Quantity| self.t.offset(from) - q.span.end <= '至'.len_utf8();
        self.out.last().is_some_and(|q| dated(q) && near(q))
    }
}

/// The decimals of the seconds that end at `i`, 12.345 or 51,833 in subtitles, and the index after them.
pub fn thousandths(t: &Text<'_>, i: usize) -> (Rational, usize) {
    let len = (i + 1..t.len().min(i + 10))
        .take_while(|&k| t.at(k).is_ascii_digit())
        .count();
    let subtitle = t.at(i) == ',' && len == 3;
    if len == 0 || !subtitle && t.at(i) != '.' {
        return (Rational::ZERO, i);
    }
    let end = i + 1 + len;
    let digits: String = (i + 1..end).map(|k| t.at(k)).collect();
    let value = Rational::from_decimal(&format!("0.{digits}"));
    (value.unwrap_or(Rational::ZERO), end)
}
