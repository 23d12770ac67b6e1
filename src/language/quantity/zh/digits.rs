//! Figures in Arabic digits: 1200, 1,200, 1 200, 12.5, 2 0 1 5.

use super::text::Text;
use crate::language::quantity::Rational;
use crate::language::quantity::rational::Decimal;

/// The figure of “2 0 1 5 年” and “1 2 月”, as text copied from a PDF has it; the index after it and the number of digits.
pub fn with_blanks(t: &Text<'_>, i: usize) -> Option<(Rational, usize, usize)> {
    let is_single = |k: usize| t.at(k).is_ascii_digit() && !t.at(k + 1).is_ascii_digit();
    if !is_single(i) || t.before(i, 1).is_ascii_digit() {
        return None;
    }
    let mut end = i + 1;
    // A year has four digits.
    while t.at(end) == ' ' && is_single(end + 1) && end - i < 7 {
        end += 2;
    }
    if end == i + 1 || !matches!(t.at(t.skip_blank(end)), '年' | '月' | '日') {
        return None;
    }
    let digits: String = (i..end).step_by(2).map(|k| t.at(k)).collect();
    Some((Rational::from_decimal(&digits)?, end, digits.len()))
}

/// Characters of a figure that are read: no number has so many digits, and reading on at each of them would take the square
/// of their number.
const LONGEST_LITERAL: usize = 64;

/// Reads `1200`, `1,200`, `1 200`, `12.5`; gives the value, the index after it and the number of digits where there is
/// nothing but digits.
pub fn literal(t: &Text<'_>, i: usize) -> Option<(Rational, usize, usize)> {
    let run = |from: usize| {
        let near = from..t.len().min(from + LONGEST_LITERAL);
        near.take_while(|&k| t.at(k).is_ascii_digit()).count()
    };
    let first = run(i);
    let mut end = i + first;
    let mut digits = Decimal::default();
    let push = |digits: &mut Decimal, from: usize, to: usize| {
        t.chars(from, to).iter().for_each(|&(_, c)| digits.push(c as u8));
    };
    push(&mut digits, i, end);
    let mut plain = first;
    // 0800 555 111 is a telephone number.
    let phone = t.before(i, 1) == ' ' && t.before(i, 2).is_ascii_digit();
    if first <= 3 && t.at(i) != '0' && !phone {
        let (alone, spaced) = (digits, t.at(end) != ',');
        while matches!(t.at(end), ',' | ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}') && run(end + 1) == 3 {
            // A list such as “5, 100” has a blank after the comma and does not get here; “3 000” is a number.
            push(&mut digits, end + 1, end + 4);
            end += 4;
            plain = 0;
            if end - i > LONGEST_LITERAL {
                return None;
            }
        }
        // Two numbers side by side: “116 123（英国）”.
        let list = spaced && is_list_of_hundreds(t, i, end);
        if list
            || spaced && end == i + first + 4 && !t.at(end).is_alphabetic() && !matches!(t.at(end), '%' | '.' | '\0')
        {
            (digits, end, plain) = (alone, i + first, first);
        }
    }
    if t.at(end) == '.' && run(end + 1) > 0 {
        let places = run(end + 1);
        push(&mut digits, end, end + 1 + places);
        end += 1 + places;
        plain = 0;
        if t.at(end) == '.' && t.at(end + 1).is_ascii_digit() {
            return None;
        }
    }
    Some((digits.value()?, end, plain))
}

/// Whether the digits `i..end` with blanks are round numbers that grow, “500 600 700 800”, rather than one number.
fn is_list_of_hundreds(t: &Text<'_>, i: usize, end: usize) -> bool {
    let text = t.span(i, end).of(t.rest(0));
    let groups: Vec<&str> = text.split([' ', '\u{a0}', '\u{202f}', '\u{2009}']).collect();
    groups.len() > 2
        && groups.windows(2).all(|w| w[0].len() == 3 && w[0] < w[1])
        && groups.iter().all(|g| g.ends_with('0'))
}
