//! Quantities in Chinese text.

mod calendar;
mod code;
mod context;
mod figure;
mod numeral;
mod range;
mod tail;
mod text;

use super::Quantity;
use text::Text;

/// The whole number that a text begins with, and its length in bytes.
pub(super) fn leading_number(text: &str) -> Option<(i64, usize)> {
    // No whole number of use is longer.
    let end = text.char_indices().nth(12).map_or(text.len(), |(at, _)| at);
    let text = Text::new(&text[..end]);
    let numeral = numeral::read(&text, 0)?;
    Some((numeral.value.to_i64()?, text.offset(numeral.end)))
}

/// The quantities of a Chinese text, in order. Reads the text once; a text without a numeral costs one pass over its
/// characters.
pub fn parse_zh(text: &str) -> Vec<Quantity> {
    if !text.chars().any(may_begin) {
        return Vec::new();
    }
    let mut scanner = Scanner {
        t: Text::new(text),
        i: 0,
        out: Vec::new(),
        link: None,
    };
    scanner.run();
    scanner.out
}

/// Whether a quantity can begin with `c`.
const fn may_begin(c: char) -> bool {
    numeral::is_numeral(c)
        || c.is_ascii_digit()
        || matches!(
            c,
            '０'..='９' | '半' | '几' | '数' | '多' | '周' | '期' | '拜' | '世' | '翻' | '每' | '正'
        )
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
        while self.i < self.t.len() {
            let before = self.i;
            let c = self.t.at(self.i);
            if c.is_ascii_alphabetic() {
                self.latin();
            } else if self.list_marker() {
            } else if matches!(c, '第') {
                self.ordinal();
            } else if matches!(c, '周' | '星' | '礼') {
                self.weekday();
            } else if matches!(c, '上' | '下' | '本' | '前' | '后' | '翻') {
                self.set_phrase();
            } else if c == '半' || matches!(c, '几' | '数' | '多') {
                self.half_or_some();
            } else if c.is_ascii_digit() || numeral::is_numeral(c) {
                self.figure();
            }
            if self.i == before {
                self.i += 1;
            }
        }
    }

    /// Skips 1. 2) （三） 四、 at the beginning of a line: the number of a list item or a heading, no quantity.
    fn list_marker(&mut self) -> bool {
        let t = &self.t;
        let digit = |i: usize| t.at(i).is_ascii_digit() || numeral::is_numeral(t.at(i));
        if !digit(self.i) {
            return false;
        }
        let mut at = self.i;
        while matches!(t.before(at, 1), '(' | '（' | ' ' | '\u{3000}' | '\t' | '“') && self.i - at < 4 {
            at -= 1;
        }
        if at > 0 && !matches!(t.at(at - 1), '\n' | '\r') {
            return false;
        }
        let from = self.i;
        let mut end = from;
        while digit(end) && end - from < 4 {
            end += 1;
        }
        let closed = match t.at(end) {
            '、' => true,
            ')' | '）' => at < from,
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
