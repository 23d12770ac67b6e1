//! Letters and digits in Chinese text: COVID-19, 737MAX, Q3, currency codes, addresses.

use super::Scanner;
use super::numeral::Numeral;
use crate::language::quantity::{Kind, PartialDate, Quantity, Rational, Unit, kind_of_unit};

impl Scanner<'_> {
    /// 2019冠状病毒病, 12·9: figures that are part of a name.
    pub(super) fn digits_in_name(&mut self, from: usize, n: &Numeral) -> bool {
        let t = &self.t;
        let at = t.skip_blank(n.end);
        if n.positional == 4 && n.value == Rational::integer(2019) && t.at(at) != '年' {
            let near = (at..at + 9).any(|k| t.starts(k, "冠状"));
            if near || t.ends(t.skip_blank_back(from), "病") {
                self.i = n.end;
                return true;
            }
        }
        // 911事件, 24/7
        let attacks =
            n.value == Rational::integer(911) && t.starts_any(at, &["事件", "恐怖", "袭击", "恐袭"]).is_some();
        let always = n.value == Rational::integer(24) && t.starts(n.end, "/7") && !t.at(n.end + 2).is_ascii_digit();
        if attacks || always {
            self.i = if always { n.end + 2 } else { n.end };
            return true;
        }
        // 2019-nCoV
        if n.positional > 0
            && t.at(n.end) == '-'
            && t.at(n.end + 1).is_ascii_lowercase()
            && t.at(n.end + 2).is_ascii_uppercase()
        {
            let letters = (n.end + 1..t.len())
                .take_while(|&k| t.at(k).is_ascii_alphanumeric())
                .count();
            self.code(from, n.end + 1 + letters);
            return true;
        }
        // 2024Q3
        if n.positional == 4
            && t.at(n.end) == 'Q'
            && matches!(t.at(n.end + 1), '1'..='4')
            && !t.at(n.end + 2).is_ascii_alphanumeric()
        {
            let year = n.value.to_i64().unwrap_or_default() as i32;
            self.out
                .push(Quantity::date(PartialDate::from_year(year), t.span(from, n.end)));
            self.i = n.end;
            return true;
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
        let is_digit = |k: usize| self.t.at(k).is_ascii_digit();
        let digits = (from..end).rev().skip_while(|&k| !is_digit(k));
        let first = digits
            .take_while(|&k| is_digit(k) || self.t.at(k) == '.' && k > from && is_digit(k - 1))
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
        if word.len() > 2 && Unit::from_en(word).is_some_and(|u| kind_of_unit(u) == Kind::Money) {
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
}
