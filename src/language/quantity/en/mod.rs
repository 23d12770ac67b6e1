//! Quantities in English text.

mod calendar;
mod context;
mod figure;
mod range;
mod token;
mod value;
mod words;

use super::{Figure, Kind, Quantity, Rational};
use token::{Token, Tokens};
use words::Numeral;

/// The whole number that a text begins with, and its length in bytes.
pub(super) fn leading_number(text: &str) -> Option<(i64, usize)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 {
        return Some((text[..digits].parse().ok()?, digits));
    }
    let word = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    match words::numeral(&text[..word])? {
        Numeral::Small(n) | Numeral::Tens(n) | Numeral::Ordinal(n) | Numeral::Roman(n) => Some((n, word)),
        _ => None,
    }
}

/// The quantities of an English text, in order. Reads the text once; a text without a digit and without a word for a
/// number costs one pass over its bytes.
pub fn parse_en(text: &str) -> Vec<Quantity> {
    if !words::may_hold_quantity(text) {
        return Vec::new();
    }
    let mut scanner = Scanner {
        t: Tokens::new(text),
        i: 0,
        out: Vec::new(),
        link: None,
    };
    scanner.run();
    scanner.out
}

/// The figures of an English text, in order.
pub(super) fn figures(text: &str) -> Vec<Figure> {
    let mut out = Vec::new();
    if !words::may_hold_quantity(text) {
        return out;
    }
    let t = Tokens::new(text);
    let mut i = 0;
    while let Some(token) = t.token(i) {
        let figure = match token {
            Token::Sign(_) => None,
            Token::Word if words::numeral(t.word(i)).is_none() => None,
            Token::Word | Token::Number => value::read(&t, i, false),
        };
        let Some(figure) = figure else {
            i += 1;
            continue;
        };
        out.push(Figure {
            span: t.span(i, figure.end),
            value: figure.value,
            digits: figure.digits,
        });
        i = figure.end;
    }
    out
}

/// Whether a run of letters may be (a part of) a quantity. A text without a digit and without such a word has none.
pub fn is_number_word(word: &str) -> bool {
    words::numeral(word).is_some()
}

/// A figure that may be the first end of a range.
#[derive(Clone, Copy)]
struct Link {
    /// Number of its quantity.
    first: usize,
    /// Token at which the other end begins.
    at: usize,
}

/// The state of a scan: the token it is at, what was found.
struct Scanner<'a> {
    t: Tokens<'a>,
    i: usize,
    out: Vec<Quantity>,
    link: Option<Link>,
}

impl Scanner<'_> {
    fn run(&mut self) {
        while let Some(token) = self.t.token(self.i) {
            let (from, found) = (self.i, self.out.len());
            let link = self.link.take();
            match token {
                Token::Number | Token::Sign('(') if self.list_marker() => {}
                Token::Word if self.skip_address() => {}
                Token::Number => self.number(from),
                Token::Word => self.word(from),
                Token::Sign(_) => {}
            }
            if self.i == from {
                self.i += 1;
            }
            if self.out.len() > found {
                if let Some(link) = link.filter(|l| l.at == from) {
                    self.join(link, found);
                }
                self.open_range();
            }
        }
    }

    fn number(&mut self, i: usize) {
        if !self.date_from_day(i)
            && !self.iso_date(i)
            && !self.dotted_date(i)
            && !self.clock(i)
            && !self.digits_with_letters(i)
        {
            self.figure(i);
        }
    }

    fn word(&mut self, i: usize) {
        if self.code(i) || self.clock_in_words(i) {
            return;
        }
        let word = self.t.word(i);
        let Some(numeral) = words::numeral(word) else {
            if matches!(word, "a" | "A" | "an" | "An") {
                self.article(i);
            }
            return;
        };
        match numeral {
            Numeral::Month(month) => self.date_from_month(i, month),
            Numeral::Weekday(day) => self.simple(Kind::Weekday, day.into(), i, false),
            Numeral::Roman(n) => self.simple(Kind::Ordinal, n, i, true),
            Numeral::Multiple(n) => {
                let weak = matches!(word, "twice" | "double" | "Twice" | "Double" | "doubles");
                self.simple(Kind::Multiple, n, i, weak);
            }
            Numeral::Halved => {
                let half = Rational::new(1, 2).unwrap_or(Rational::ONE);
                let mut q = Quantity::number(Kind::Fraction, half, self.t.span(i, i + 1));
                q.weak = true;
                self.out.push(q);
                self.i = i + 1;
            }
            Numeral::Some | Numeral::TimeUnit => self.some_time(i),
            Numeral::Many(_) => self.many(i),
            Numeral::Decade(n) => self.simple(Kind::Decade, n, i, true),
            Numeral::Period => self.period(i),
            Numeral::Denominator(_) | Numeral::Couple => {}
            _ => self.figure(i),
        }
    }

    /// A quantity of one word.
    fn simple(&mut self, kind: Kind, value: i64, i: usize, weak: bool) {
        let mut q = Quantity::number(kind, Rational::integer(value), self.t.span(i, i + 1));
        q.weak = weak;
        self.out.push(q);
        self.i = i + 1;
    }

    /// Skips web and mail addresses.
    fn skip_address(&mut self) -> bool {
        let t = &self.t;
        let starts = t.glued(self.i + 1) && matches!(t.word(self.i), "http" | "https" | "www" | "doi" | "DOI");
        if !starts {
            return false;
        }
        let mut end = self.i + 1;
        while t.glued(end) {
            end += 1;
        }
        self.i = end;
        true
    }

    /// Skips 1. 2) (iii) at the beginning of a line.
    fn list_marker(&mut self) -> bool {
        let t = &self.t;
        let at = self.i + usize::from(t.sign(self.i) == '(');
        if !t.is(at, Token::Number) || t.word(at).len() > 3 || !t.glued(at + 1) || !t.begins_line(self.i) {
            return false;
        }
        let closed = match t.sign(at + 1) {
            ')' => true,
            '.' | '、' => !t.glued(at + 2),
            _ => false,
        };
        if closed {
            self.i = at + 2;
        }
        closed
    }
}

#[cfg(test)]
mod tests;
