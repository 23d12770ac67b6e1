//! Quantities in Chinese text.

mod calendar;
mod code;
mod context;
mod digits;
mod figure;
mod formal;
mod numeral;
mod range;
mod tail;
mod text;

use std::borrow::Cow;

use super::{Figure, Quantity};
use crate::text::simplified::to_simplified;
use text::Text;

/// The whole number that a text begins with, and its length in bytes.
pub(super) fn leading_number(text: &str) -> Option<(i64, usize)> {
    if !text.starts_with(|c| is_figure(text::fold(c))) {
        return None;
    }
    // No whole number of use is longer.
    let end = text.char_indices().nth(12).map_or(text.len(), |(at, _)| at);
    let text = Text::new(&text[..end]);
    let numeral = numeral::read(&text, 0)?;
    Some((numeral.value.to_i64()?, text.offset(numeral.end)))
}

/// The figures of a Chinese text, in order.
pub(super) fn figures(text: &str) -> Vec<Figure> {
    let t = Text::new(text);
    let mut out = Vec::new();
    let mut i = t.find(0, is_figure);
    while i < t.len() {
        let end = match numeral::read(&t, i) {
            Some(numeral) => {
                out.push(Figure {
                    span: t.span(i, numeral.end),
                    value: numeral.value,
                    digits: numeral.digits,
                });
                numeral.end
            }
            None => t.find(i, |c| !is_figure(c)),
        };
        i = t.find(end, is_figure);
    }
    out
}

/// The quantities of a Chinese text, in order. Reads the text once; a text without a numeral costs one pass over its
/// characters. Traditional characters are read by their simplified forms.
pub fn parse_zh(text: &str) -> Vec<Quantity> {
    let simplified = to_simplified(text);
    let mut scanner = Scanner {
        t: match &simplified {
            Cow::Borrowed(text) => Text::new(text),
            Cow::Owned(text) => Text::of_traditional(text),
        },
        i: 0,
        out: Vec::new(),
        link: None,
    };
    scanner.run();
    scanner.out
}

/// What a character may be the beginning of.
#[derive(Clone, Copy)]
enum Start {
    /// A word or name in letters.
    Letters,
    /// A figure, or the number of a list item.
    Figure,
    /// 伍, 陆: a figure only in a sum of a contract
    Formal,
    /// 第三
    Ordinal,
    /// 周五, 星期天, 礼拜三
    Weekday,
    /// 上半年, 本世纪, 翻番
    SetPhrase,
    /// 半年, 几十万, 数月, 多年
    HalfOrSome,
}

impl Start {
    const fn from_char(c: char) -> Option<Self> {
        Some(match c {
            '第' => Self::Ordinal,
            '周' | '星' | '礼' => Self::Weekday,
            '上' | '下' | '本' | '翻' => Self::SetPhrase,
            '半' | '几' | '数' | '多' => Self::HalfOrSome,
            _ if c.is_ascii_alphabetic() => Self::Letters,
            '伍' | '陆' => Self::Formal,
            _ if is_figure(c) => Self::Figure,
            _ => return None,
        })
    }
}

/// Whether a figure can begin with `c`.
const fn is_figure(c: char) -> bool {
    c.is_ascii_digit() || numeral::is_numeral(c)
}

/// The state of a scan: where it is, what was found.
struct Scanner<'a> {
    t: Text<'a>,
    i: usize,
    out: Vec<Quantity>,
    link: Option<range::Link>,
}

impl Scanner<'_> {
    fn run(&mut self) {
        loop {
            self.i = self.t.find(self.i, |c| Start::from_char(c).is_some());
            if self.i >= self.t.len() {
                return;
            }
            let before = self.i;
            match Start::from_char(self.t.at(before)) {
                Some(Start::Letters) => self.latin(),
                Some(Start::Figure) if self.list_marker() => {}
                Some(Start::Figure) => self.figure(),
                Some(Start::Formal) => _ = self.contract_sum(before),
                Some(Start::Ordinal) => self.ordinal(),
                Some(Start::Weekday) => self.weekday(),
                Some(Start::SetPhrase) => self.set_phrase(),
                Some(Start::HalfOrSome) => self.half_or_some(),
                None => {}
            }
            if self.i == before {
                self.i += 1;
            }
        }
    }

    /// Skips 1. 2) （三） 四、 at the beginning of a line: the number of a list item or a heading, no quantity.
    fn list_marker(&mut self) -> bool {
        let t = &self.t;
        let mut at = self.i;
        while matches!(t.before(at, 1), '(' | '（' | ' ' | '\u{3000}' | '\t' | '“') && self.i - at < 4 {
            at -= 1;
        }
        if at > 0 && !matches!(t.at(at - 1), '\n' | '\r') {
            return false;
        }
        let from = self.i;
        let mut end = from;
        while is_figure(t.at(end)) && end - from < 4 {
            end += 1;
        }
        let closed = match t.at(end) {
            '、' | ')' | '）' => true,
            '.' | '．' => !t.at(end + 1).is_ascii_digit(),
            _ => false,
        };
        if closed {
            self.i = end + 1;
        }
        closed
    }
}

#[cfg(test)]
mod tests;
