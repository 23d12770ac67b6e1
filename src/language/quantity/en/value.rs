//! Reading the value of an English figure: 1.4 billion, twenty-one, half a million, two and a half.

use super::token::{Token, Tokens};
use super::words::{Numeral, numeral};
use crate::language::quantity::{Rational, common_fraction};

/// A figure that was read.
#[derive(Debug, Clone, Copy)]
pub struct Figure {
    pub value: Rational,
    /// Token after it.
    pub end: usize,
    /// Written in digits.
    pub digits: bool,
    /// twenty-first, 19th
    pub ordinal: bool,
    /// two thirds, half
    pub fraction: bool,
    /// Number of digits where there is nothing but digits, as years are written; else 0.
    pub plain: usize,
    /// Written with hundred, thousand, million ….
    pub scaled: Option<Rational>,
}

impl Figure {
    const fn new(value: Rational, end: usize, digits: bool) -> Self {
        Self {
            value,
            end,
            digits,
            ordinal: false,
            fraction: false,
            plain: 0,
            scaled: None,
        }
    }
}

/// The figure at token `i`. `money` says that a currency sign stands before it, so that “m” is million and “k” thousand.
pub fn read(t: &Tokens<'_>, i: usize, money: bool) -> Option<Figure> {
    if t.is(i, Token::Number) {
        digits(t, i, money)
    } else {
        words(t, i)
    }
}

/// The scale at token `i`: million, bn, and after money m and k.
fn scale(t: &Tokens<'_>, i: usize, money: bool) -> Option<Rational> {
    let word = t.letters(i);
    let exp = match numeral(word) {
        Some(Numeral::Scale(e)) => e,
        Some(Numeral::Hundred) => 2,
        Some(Numeral::Dozen) => return Some(Rational::integer(12)),
        _ => match word {
            "m" | "M" | "mn" if money && (t.glued(i) || word != "m") => 6,
            "mn" | "mm" | "MM" if money => 6,
            "b" | "B" if money && t.glued(i) => 9,
            "k" | "K" if t.glued(i) => 3,
            "tr" if money => 12,
            _ => return None,
        },
    };
    Rational::pow10(exp)
}

fn digits(t: &Tokens<'_>, i: usize, money: bool) -> Option<Figure> {
    let text = t.word(i);
    let mut f = Figure::new(Rational::from_decimal(text)?, i + 1, true);
    if text.bytes().all(|b| b.is_ascii_digit()) {
        f.plain = text.len();
    }
    // 19th, 21st
    if t.glued(i + 1) && matches!(t.word(i + 1), "st" | "nd" | "rd" | "th" | "ST" | "ND" | "RD" | "TH") && f.plain > 0 {
        (f.ordinal, f.end) = (true, i + 2);
        return Some(f);
    }
    // 1/2, 3/4 million
    let slashed = t.sign(i + 1) == '/' && t.glued(i + 1) && t.glued(i + 2);
    let goes_on = match t.sign(i + 3) {
        '\0' | '/' | '-' => true,
        '.' => t.glued(i + 4),
        _ => false,
    };
    let closed = !t.glued(i + 3) || !goes_on;
    if f.plain > 0
        && slashed
        && closed
        && (i == 0 || !t.glued(i))
        && let Some(value) = Rational::from_decimal(t.word(i + 2)).and_then(|whole| common_fraction(f.value, whole))
    {
        (f.value, f.end, f.plain) = (value, i + 3, 0);
        f.fraction = scale(t, f.end, money).is_none();
    }
    // $300+ billion, 1.4 billion, 1.5-million
    let plus = usize::from(t.sign(f.end) == '+');
    let hyphen = usize::from(t.sign(f.end + plus) == '-' && t.glued(f.end + plus) && t.glued(f.end + plus + 1));
    if let Some(by) = scale(t, f.end + plus + hyphen, money) {
        f.value = f.value.checked_mul(by)?;
        f.end += plus + hyphen + 1;
        (f.plain, f.scaled) = (0, Some(by));
        // 100 thousand million
        if let Some(more) = scale(t, f.end, money) {
            f.value = f.value.checked_mul(more)?;
            f.end += 1;
        }
        // “a 1.5 million-strong”; “2 million and a half” is not English
    }
    Some(f)
}

/// Whether token `i` is one of the words that carry no value inside a number: “and”, or a hyphen.
fn joint(t: &Tokens<'_>, i: usize) -> usize {
    usize::from(t.sign(i) == '-' && t.glued(i) && t.glued(i + 1) || t.is_word(i, "and"))
}

fn words(t: &Tokens<'_>, i: usize) -> Option<Figure> {
    let mut at = i;
    let (mut total, mut current) = (Rational::ZERO, None::<Rational>);
    let mut f = Figure::new(Rational::ZERO, i, false);
    let mut small = 0; // the last piece was below this: “twenty” takes one to nine, “hundred” takes 1 to 99
    let a = |k: usize| matches!(t.word(k), "a" | "A" | "an" | "An");
    // half a million, a hundred, a quarter of a million
    if a(i) {
        at = i + 1;
        match numeral(t.letters(at)) {
            Some(Numeral::Hundred | Numeral::Scale(_) | Numeral::Dozen) => current = Some(Rational::ONE),
            Some(Numeral::Half | Numeral::Quarter) => {}
            Some(Numeral::Ordinal(n)) if n > 2 && denominates(t, at) => {}
            _ => return None,
        }
    }
    while at < t.len() && at - i < 16 {
        let skip = if at > i { joint(t, at) } else { 0 };
        let word = t.letters(at + skip);
        if skip > 0 && t.is_word(at, "and") {
            // two and a half; one hundred and five; but not “two and three”
            if a(at + 1) && matches!(numeral(t.letters(at + 2)), Some(Numeral::Half)) {
                let half = Rational::new(1, 2)?;
                current = Some(current.unwrap_or(Rational::ZERO).checked_add(half)?);
                (at, small) = (at + 3, 0);
                continue;
            }
            // two and half hours
            if matches!(numeral(t.letters(at + 1)), Some(Numeral::Half)) && !t.is_word(at + 2, "of") {
                let half = Rational::new(1, 2)?;
                current = Some(current.unwrap_or(Rational::ZERO).checked_add(half)?);
                (at, small) = (at + 2, 0);
                continue;
            }
            if small < 100
                || (small == 1000 && (at + 2..at + 6).any(|k| matches!(numeral(t.letters(k)), Some(Numeral::Scale(_)))))
            {
                break;
            }
        }
        // one-and-a-half
        if skip > 0 && t.is_word(at + 1, "and") && t.sign(at + 2) == '-' && a(at + 3) && t.is_word(at + 5, "half") {
            current = Some(current.unwrap_or(Rational::ZERO).checked_add(Rational::new(1, 2)?)?);
            (at, small) = (at + 6, 0);
            continue;
        }
        let piece = numeral(word);
        match piece {
            Some(Numeral::Small(n)) => {
                let fits = current.is_none() || small >= 100 || (small == 10 && (1..10).contains(&n));
                if !fits {
                    break;
                }
                current = Some(current.unwrap_or(Rational::ZERO).checked_add(Rational::integer(n))?);
                small = 1;
            }
            Some(Numeral::Tens(n)) => {
                if current.is_some() && small < 100 {
                    break;
                }
                current = Some(current.unwrap_or(Rational::ZERO).checked_add(Rational::integer(n))?);
                small = 10;
            }
            Some(Numeral::Hundred) => {
                let Some(c) = current.filter(|_| small < 100) else {
                    break;
                };
                current = Some(c.checked_mul(Rational::integer(100))?);
                (small, f.scaled) = (100, Rational::pow10(2));
            }
            Some(Numeral::Dozen) => {
                let c = current.unwrap_or(Rational::ONE);
                current = Some(c.checked_mul(Rational::integer(12))?);
                at += skip + 1;
                break;
            }
            Some(Numeral::Scale(e)) => {
                let Some(c) = current.take() else { break };
                let by = Rational::pow10(e)?;
                total = total.checked_add(c.checked_mul(by)?)?;
                f.scaled = Some(by);
                small = 1000;
                at += skip + 1;
                // “two million” may go on with a smaller part
                if !matches!(
                    numeral(t.letters(at + joint(t, at))),
                    Some(Numeral::Small(_) | Numeral::Tens(_))
                ) {
                    break;
                }
                current = Some(Rational::ZERO);
                continue;
            }
            Some(Numeral::Ordinal(n)) => {
                if current.is_none() && f.scaled.is_none() && !a(i) {
                    // first, nineteenth
                    (f.value, f.end, f.ordinal) = (Rational::integer(n), at + skip + 1, true);
                    return Some(f);
                }
                if small == 10 && n < 10 || small >= 100 {
                    let c = current.unwrap_or(Rational::ZERO).checked_add(Rational::integer(n))?;
                    (f.value, f.end, f.ordinal) = (total.checked_add(c)?, at + skip + 1, true);
                    return Some(f);
                }
                // the six hundredth, the twenty thousandth
                if n >= 100 && small < 100 && current.is_some_and(|c| c > Rational::ONE) {
                    let c = current.unwrap_or(Rational::ONE).checked_mul(Rational::integer(n))?;
                    (f.value, f.end, f.ordinal) = (total.checked_add(c)?, at + skip + 1, true);
                    return Some(f);
                }
                // one third, a third; “one second” is a time
                let c = current.unwrap_or(Rational::ONE);
                if n >= 3 && c == Rational::ONE && total == Rational::ZERO && !t.is_word(at, "and") {
                    (f.value, f.end, f.fraction) = (c.checked_div(Rational::integer(n))?, at + skip + 1, true);
                    return Some(f);
                }
                break;
            }
            Some(Numeral::Denominator(n)) => {
                let Some(c) = current.filter(|_| !t.is_word(at, "and")) else {
                    break;
                };
                (f.value, f.end, f.fraction) = (c.checked_div(Rational::integer(n))?, at + skip + 1, true);
                return Some(f);
            }
            Some(Numeral::Quarter) => {
                let c = current.unwrap_or(Rational::ONE);
                // “the second quarter of 2024” is none
                let counted = i > 0 && matches!(numeral(t.letters(i - 1)), Some(Numeral::Ordinal(_)));
                if current.is_none() && !a(i) && (counted || !t.is_word(at + skip + 1, "of")) {
                    return None;
                }
                if t.is_word(at, "and") {
                    break;
                }
                (f.value, f.end, f.fraction) = (c.checked_div(Rational::integer(4))?, at + skip + 1, true);
                return times_scale(t, f);
            }
            Some(Numeral::Half) if current.is_none() => {
                (f.value, f.end, f.fraction) = (Rational::new(1, 2)?, at + skip + 1, true);
                return times_scale(t, f);
            }
            _ => break,
        }
        at += skip + 1;
    }
    if current.is_none() && f.scaled.is_none() {
        return None;
    }
    f.value = total.checked_add(current.unwrap_or(Rational::ZERO))?;
    f.end = at;
    Some(f)
}

/// half a million, half a dozen, a quarter of a million
fn times_scale(t: &Tokens<'_>, mut f: Figure) -> Option<Figure> {
    let at = f.end + usize::from(t.is_word(f.end, "of"));
    if !matches!(t.word(at), "a" | "-") {
        return Some(f);
    }
    let Some(by) = scale(t, at + 1, false) else {
        return Some(f);
    };
    f.value = f.value.checked_mul(by)?;
    (f.end, f.fraction, f.scaled) = (at + 2, false, Some(by));
    Some(f)
}

/// Whether an ordinal at `i`, after an article, is a fraction: “a third of”, but not “a third time”.
fn denominates(t: &Tokens<'_>, i: usize) -> bool {
    matches!(
        t.word(i + 1),
        "of" | "more" | "less" | "fewer" | "as" | "larger" | "higher"
    )
}
