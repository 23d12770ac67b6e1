//! Figures in English with what belongs to them: unit, currency, multiple, fraction, range.

use super::Scanner;
use super::context::{hedge_after, hedge_before, money_before, named_figure, unit_after};
use super::token::{Token, Tokens};
use super::value::{self, Figure};
use super::words::{self, Numeral};
use crate::language::quantity::{Hedge, Kind, PartialDate, Quantity, Rational, Unit, Value, kind_of_unit};

impl Scanner<'_> {
    /// A figure at token `i`, whatever it turns out to be.
    pub(super) fn figure(&mut self, i: usize) {
        let t = &self.t;
        let money = money_before(t, i);
        let Some(f) = value::read(t, i, money.is_some()).filter(|f| !is_version(t, f)) else {
            if t.is(i, Token::Number) {
                self.skip_version(i);
            }
            return;
        };
        if f.ordinal {
            self.ordinal(i, &f);
            return;
        }
        if let Some(end) = named_figure(t, i) {
            self.i = end;
            return;
        }
        if f.fraction && self.quarters(i, &f) {
            return;
        }
        if money.is_none() && (self.year(i, &f) || self.decade(i, &f)) {
            return;
        }
        let t = &self.t;
        let Counted { kind, unit, start, end } = counted(t, i, &f, money);
        if let Some((power, end)) = orders_of_magnitude(t, &f) {
            let mut q = Quantity::number(Kind::Multiple, power, t.span(i, end));
            q.weak = true;
            self.out.push(q);
            self.i = end;
            return;
        }
        let mut q = Quantity::number(kind, f.value, t.span(i, f.end));
        (q.unit, q.digits, q.span) = (unit, f.digits, t.span(start, end));
        q.hedge = hedge_before(t, start);
        if q.hedge == Hedge::Exact {
            let plus = t.sign(f.end) == '+';
            q.hedge = if plus { Hedge::MoreThan } else { hedge_after(t, end) };
        }
        if is_negative(t, start, end, f.digits) {
            q.value = Value::Number(Rational::ZERO.checked_sub(f.value).unwrap_or(f.value));
        }
        q.weak = !f.digits
            && (f.value <= Rational::ONE && q.kind != Kind::Percent
                || q.unit.is_none() && f.value <= Rational::integer(10))
            && !(f.fraction && f.value != half());
        self.out.push(q);
        self.i = end;
        self.share(i, &f);
    }

    /// “the first three quarters”: nine months, unless a whole follows of which they are a part.
    fn quarters(&mut self, i: usize, f: &Figure) -> bool {
        let t = &self.t;
        let before = i.checked_sub(1).map_or("", |k| t.word(k));
        let counts = ["first", "last", "past", "next", "previous", "final", "other"];
        if !counts.iter().any(|word| before.eq_ignore_ascii_case(word)) || !t.is_word(f.end - 1, "quarters") {
            return false;
        }
        let Some(count) = f.value.checked_mul(Rational::integer(4)) else {
            return false;
        };
        let mut q = Quantity::number(Kind::Duration, count, t.span(i, f.end));
        (q.unit, q.digits) = (Unit::by_symbol("quarters"), f.digits);
        self.out.push(q);
        self.i = f.end;
        true
    }

    /// “one in five”, “four of five”, “6 out of 10”: a share, besides the two numbers.
    fn share(&mut self, i: usize, f: &Figure) {
        let t = &self.t;
        let at = match (t.word(f.end), t.word(f.end + 1), t.word(f.end + 2)) {
            ("-", "in", "-") => f.end + 3,
            ("out", "of", _) | ("of", "every", _) => f.end + 2,
            ("in" | "of", ..) => f.end + 1,
            _ => return,
        };
        let Some(whole) = value::read(t, at, false) else { return };
        let round = [
            2, 3, 4, 5, 6, 7, 8, 9, 10, 20, 50, 100, 1000, 10_000, 100_000, 1_000_000,
        ]
        .iter()
        .any(|&n| whole.value == Rational::integer(n));
        if !round || f.value >= whole.value || f.value.denominator() != 1 || whole.ordinal {
            return;
        }
        if let Some(share) = f.value.checked_div(whole.value) {
            let mut q = Quantity::number(Kind::Fraction, share, t.span(i, whole.end));
            q.weak = true;
            self.out.push(q);
        }
    }

    fn skip_version(&mut self, i: usize) {
        let t = &self.t;
        let mut end = i + 1;
        while t.glued(end) && (t.is(end, Token::Number) || t.sign(end) == '.') {
            end += 1;
        }
        while end > i + 1 && t.sign(end - 1) == '.' {
            end -= 1;
        }
        // Versions, clauses and addresses are compared as written.
        let mut q = Quantity::number(Kind::Code, Rational::ZERO, t.span(i, end));
        q.weak = true;
        self.out.push(q);
        self.i = end;
    }

    /// 19th, nineteenth; with what it counts: century, Five-Year Plan, fractions of an hour.
    fn ordinal(&mut self, i: usize, f: &Figure) {
        let t = &self.t;
        let hyphen = usize::from(t.sign(f.end) == '-');
        let at = f.end + hyphen;
        let mut q = Quantity::number(Kind::Ordinal, f.value, t.span(i, f.end));
        q.digits = f.digits;
        // “Fourth, we will …”
        let listed = t.sign(f.end) == ',' && f.value <= Rational::integer(10);
        q.weak = !f.digits && (f.value <= Rational::integer(3) || listed) && !t.is_word(at, "quarter");
        let mut end = f.end;
        if f.value <= Rational::integer(2) && t.is_word(at, "half") && !t.is_word(at + 1, "dozen") {
            (q.unit, q.weak, end) = (Unit::by_symbol("halves of a year"), true, at + 1);
        }
        if t.is_word(at, "century") || t.is_word(at, "centuries") {
            (q.kind, end, q.weak) = (Kind::Century, at + 1, false);
        } else if t.is_word(at, "five") && t.is_word(at + 2, "year") {
            (q.kind, end) = (Kind::Plan, at + 3 + usize::from(t.is_word(at + 3, "plan")));
        } else if f.value == Rational::integer(2) && !f.digits && is_unit_second(t, i) {
            return;
        } else if let Some((unit, after)) = unit_after(t, f.end).filter(|(u, _)| kind_of_unit(*u) == Kind::Duration) {
            // the 65th minute, the fifth day: the unit is worth comparing
            (q.unit, end) = (Some(unit), after);
        }
        q.span = t.span(i, end);
        self.out.push(q);
        self.i = end;
    }

    /// “a hundred”, “a third of”, “a year”.
    pub(super) fn article(&mut self, i: usize) {
        let t = &self.t;
        if value::read(t, i, false).is_some() {
            self.figure(i);
            if let Some(q) = self.out.last_mut().filter(|q| q.as_number() <= Some(Rational::ONE)) {
                q.weak = q.weak || q.unit.is_some();
            }
            return;
        }
        if let Some(Numeral::Couple) = words::numeral(t.letters(i + 1)) {
            let at = i + 2 + usize::from(t.is_word(i + 2, "of"));
            let mut q = Quantity::number(Kind::Cardinal, Rational::integer(2), t.span(i, i + 2));
            q.weak = true;
            q.hedge = Hedge::About;
            if let Some((unit, end)) = unit_after(t, at) {
                (q.unit, q.kind, q.span) = (Some(unit), kind_of_unit(unit), t.span(i, end));
            }
            self.out.push(q);
            self.i = at;
            return;
        }
        if let Some(Numeral::Some) = words::numeral(t.letters(i + 1)) {
            self.i = i + 1;
            return;
        }
        // “a year” says one; nothing follows where the Chinese does not.
        let unit =
            unit_after(t, i + 1).filter(|(u, _)| kind_of_unit(*u) == Kind::Duration && !t.is_word(i + 1, "second"));
        if let Some((unit, mut end)) = unit {
            let mut q = Quantity::number(Kind::Duration, Rational::ONE, t.span(i, i + 1));
            if t.is_word(end, "and") && t.is_word(end + 1, "a") && t.is_word(end + 2, "half") {
                q.value = Value::Number(Rational::new(3, 2).unwrap_or(Rational::ONE));
                end += 3;
            }
            (q.unit, q.weak, q.span) = (Some(unit), true, t.span(i, end));
            self.out.push(q);
            self.i = end;
        }
    }

    /// several hours, a few months; minutes, decades without a number.
    pub(super) fn some_time(&mut self, i: usize) {
        let t = &self.t;
        let counted = words::numeral(t.letters(i)) == Some(Numeral::Some);
        let at = i + usize::from(counted);
        let Some((unit, end)) = unit_after(t, at).filter(|(u, _)| kind_of_unit(*u) == Kind::Duration) else {
            return;
        };
        let mut q = Quantity::number(Kind::Duration, Rational::ZERO, t.span(i, end));
        (q.value, q.unit, q.weak) = (Value::Some, Some(unit), true);
        self.out.push(q);
        self.i = end;
    }

    /// the past decade, half a century: one of a unit that is a word of its own
    fn one_period(&mut self, i: usize, unit: Unit, end: usize) {
        let t = &self.t;
        let mut q = Quantity::number(Kind::Duration, Rational::ONE, t.span(i, i + 1));
        (q.unit, q.weak, q.span) = (Some(unit), true, t.span(i, end));
        self.out.push(q);
        self.i = end;
    }

    pub(super) fn period(&mut self, i: usize) {
        if let Some((unit, end)) = unit_after(&self.t, i) {
            self.one_period(i, unit, end);
        }
    }

    /// tens of millions, hundreds of thousands, thousands of
    pub(super) fn many(&mut self, i: usize) {
        let t = &self.t;
        let exp = |k: usize| match words::numeral(t.letters(k)) {
            Some(Numeral::Many(e)) => Some(e),
            _ => None,
        };
        let Some(mut total) = exp(i) else { return };
        let mut end = i + 1;
        while t.is_word(end, "of")
            && let Some(e) = exp(end + 1)
            && total < 24
        {
            total += e;
            end += 2;
        }
        if let Some(value) = Rational::pow10(total) {
            let mut q = Quantity::number(Kind::Magnitude, value, t.span(i, end));
            q.weak = true;
            self.out.push(q);
        }
        self.i = end;
    }

    /// COVID-19, G20, 737MAX, SARS-CoV-2, Q3: letters and figures without a blank.
    pub(super) fn code(&mut self, i: usize) -> bool {
        let t = &self.t;
        if !t.glued(i + 1) {
            return false;
        }
        let word = t.word(i);
        let direct = t.is(i + 1, Token::Number);
        if !(direct || word.bytes().any(|b| b.is_ascii_uppercase()))
            || matches!(words::numeral(word), Some(Numeral::Month(_)))
        {
            return false;
        }
        let mut end = i + 1;
        let mut digits = None;
        while t.glued(end) && end - i < 12 {
            if t.is(end, Token::Number) && !t.word(end).contains(',') {
                // Sixty-5 and May-2020 are none; “Mid-1990s” neither.
                if matches!(t.word(end + 1), "s") && t.glued(end + 1) {
                    return false;
                }
                digits = Some(end);
            } else if t.sign(end) == '-' {
                if !(t.glued(end + 1) && (t.is(end + 1, Token::Number) || t.is(end + 1, Token::Word))) {
                    break;
                }
            } else if !t.is(end, Token::Word) || t.word(end).eq_ignore_ascii_case("s") {
                break;
            }
            end += 1;
        }
        let Some(last) = digits else { return false };
        let currency = Unit::from_en(word).is_some_and(|u| kind_of_unit(u) == Kind::Money) && last == i + 1;
        if currency || matches!(word, "US" | "C" | "A") && t.sign(i + 1) == '$' {
            return false;
        }
        // “COVID-19-related”, “G20-led”: the name ends with its last figure and what is glued to it.
        let mut stop = last + 1;
        if t.is(stop, Token::Word) && t.glued(stop) && stop < end {
            stop += 1;
        }
        if word == "Q" && last == i + 1 && matches!(t.word(last), "1" | "2" | "3" | "4") {
            let quarter = Rational::from_decimal(t.word(last)).unwrap_or(Rational::ONE);
            let mut q = Quantity::number(Kind::Ordinal, quarter, t.span(i, stop));
            q.digits = true;
            self.out.push(q);
        } else if word == "H" && last == i + 1 && matches!(t.word(last), "1" | "2") {
            let half = Rational::from_decimal(t.word(last)).unwrap_or(Rational::ONE);
            let mut q = Quantity::number(Kind::Ordinal, half, t.span(i, stop));
            (q.unit, q.weak) = (Unit::by_symbol("halves of a year"), true);
            self.out.push(q);
        } else {
            let value = Rational::from_decimal(t.word(last)).unwrap_or(Rational::ZERO);
            let mut q = Quantity::number(Kind::Code, value, t.span(i, stop));
            q.weak = true;
            self.out.push(q);
        }
        self.i = stop;
        true
    }

    /// 5G, 737MAX, 3D: a figure with letters glued to it that are no unit, scale or ordinal ending.
    pub(super) fn digits_with_letters(&mut self, i: usize) -> bool {
        let t = &self.t;
        let word = t.letters(i + 1);
        // 2019-nCoV
        let strain = t.letters(i + 2).as_bytes();
        if t.sign(i + 1) == '-'
            && t.glued(i + 1)
            && t.glued(i + 2)
            && Unit::from_en(t.letters(i + 2)).is_none()
            && matches!(strain, [a, b, ..] if a.is_ascii_lowercase() && b.is_ascii_uppercase())
        {
            let mut q = Quantity::number(Kind::Code, Rational::ZERO, t.span(i, i + 3));
            q.weak = true;
            self.out.push(q);
            self.i = i + 3;
            return true;
        }
        if !t.glued(i + 1) || word.is_empty() {
            return false;
        }
        // 2024Q3
        let quarter = word == "Q" && t.glued(i + 2) && matches!(t.word(i + 2), "1" | "2" | "3" | "4");
        if let Some(year) = t.word(i).parse().ok().filter(|_| quarter && t.word(i).len() == 4) {
            self.push_date(PartialDate::from_year(year), i, i + 1);
            return true;
        }
        let money = money_before(t, i).is_some();
        let hexadecimal = t.word(i) == "0" && word.starts_with(['x', 'X']);
        if value::read(t, i, money).is_some_and(|f| f.end > i + 1)
            || unit_after(t, i + 1).is_some()
            || matches!(
                word,
                "s" | "am" | "pm" | "a" | "p" | "x" | "AM" | "PM" | "m" | "bn" | "and" | "to"
            )
            || word.len() > 3 && word.bytes().all(|b| b.is_ascii_lowercase()) && !hexadecimal
        {
            return false;
        }
        let mut end = i + 2;
        while t.glued(end) && (t.is(end, Token::Word) || t.is(end, Token::Number)) {
            end += 1;
        }
        let mut q = Quantity::number(
            Kind::Code,
            Rational::from_decimal(t.word(i)).unwrap_or(Rational::ZERO),
            t.span(i, end),
        );
        q.weak = true;
        self.out.push(q);
        self.i = end;
        true
    }
}

/// The power of ten that “two orders of magnitude” says, and the token after it.
fn orders_of_magnitude(t: &Tokens<'_>, f: &Figure) -> Option<(Rational, usize)> {
    let is_order = t.is_word(f.end, "orders") || t.is_word(f.end, "order");
    if !is_order || !t.is_word(f.end + 1, "of") || !t.is_word(f.end + 2, "magnitude") {
        return None;
    }
    let exponent = f.value.to_i64().filter(|e| (1..=30).contains(e))?;
    Some((Rational::pow10(i32::try_from(exponent).ok()?)?, f.end + 3))
}

/// What a figure counts, and the tokens from the currency before it to the unit after it.
struct Counted {
    kind: Kind,
    unit: Option<Unit>,
    start: usize,
    end: usize,
}

/// What the figure `f` at token `i` counts; `money` is the currency before it and the token where that begins.
fn counted(t: &Tokens<'_>, i: usize, f: &Figure, money: Option<(Unit, usize)>) -> Counted {
    let end = f.end;
    if let Some((unit, start)) = money {
        // $5 US dollars, RMB 18 billion yuan: the word repeats the sign.
        let repeated = unit_after(t, end).filter(|(unit, _)| kind_of_unit(*unit) == Kind::Money);
        let (unit, end) = repeated.unwrap_or((unit, end));
        return Counted {
            kind: Kind::Money,
            unit: Some(unit),
            start,
            end,
        };
    }
    let plus = plus_after(t, end);
    let unit = unit_after(t, end + plus)
        .or_else(|| f.fraction.then(|| part_of(t, end))?)
        .or_else(|| duration_after_adjective(t, end + plus));
    if let Some((unit, end)) = unit {
        let discount = unit.def().symbol == "%" && matches!(t.word(end), "off" | "discount");
        return Counted {
            kind: kind_of_unit(unit),
            unit: if discount { Unit::by_symbol("% off") } else { Some(unit) },
            start: i,
            end: end + usize::from(discount),
        };
    }
    let hyphen = usize::from(t.sign(end) == '-');
    let multiple = if t.is_word(end, "times") || t.is_word(end + hyphen, "fold") {
        Some(end + 1 + hyphen)
    } else {
        (matches!(t.word(end), "x" | "×") && t.glued(end)).then_some(end + 1)
    };
    let kind = if f.fraction { Kind::Fraction } else { Kind::Cardinal };
    Counted {
        kind: multiple.map_or(kind, |_| Kind::Multiple),
        unit: None,
        start: i,
        end: multiple.unwrap_or(end),
    }
}

/// Whether the “second” at token `i` is a length of time: seconds, per-second.
fn is_unit_second(t: &Tokens<'_>, i: usize) -> bool {
    let per = i > 1 && t.is_word(i - 2, "per") && t.sign(i - 1) == '-' || i > 0 && t.is_word(i - 1, "per");
    per || t.letters(i).eq_ignore_ascii_case("seconds")
}

/// Whether the figure is the beginning of 1.2.3 or 10.0.0.1, which are no numbers.
fn is_version(t: &Tokens<'_>, f: &Figure) -> bool {
    f.digits && t.sign(f.end) == '.' && t.glued(f.end) && t.glued(f.end + 1) && t.is(f.end + 1, Token::Number)
}

/// Whether the figure with its unit, the tokens `start..end`, is below zero: −5, minus five, five degrees below zero.
fn is_negative(t: &Tokens<'_>, start: usize, end: usize, digits: bool) -> bool {
    let below = t.is_word(end, "below") && (t.is_word(end + 1, "zero") || t.is_word(end + 1, "freezing"));
    let Some(before) = start.checked_sub(1) else {
        return below;
    };
    let sign = digits && t.sign(before) == '-' && t.glued(start) && !t.glued(before);
    below || sign || matches!(t.word(before), "minus" | "negative" | "Minus" | "Negative")
}

/// How many tokens say “or more” between a figure and its unit: 300+, forty-plus.
fn plus_after(t: &Tokens<'_>, i: usize) -> usize {
    match t.sign(i) {
        '+' => 1,
        '-' if t.is_word(i + 1, "plus") => 2,
        _ => usize::from(t.is_word(i, "plus") && unit_after(t, i + 1).is_some()),
    }
}

/// The length of time in “4 consecutive years”, “two full months”, “three straight quarters”, and the token after it.
fn duration_after_adjective(t: &Tokens<'_>, i: usize) -> Option<(Unit, usize)> {
    const ADJECTIVES: [&str; 9] = [
        "consecutive",
        "straight",
        "successive",
        "full",
        "whole",
        "long",
        "more",
        "additional",
        "further",
    ];
    if !ADJECTIVES.iter().any(|word| t.is_word(i, word)) {
        return None;
    }
    if t.is_word(i + 1, "quarters") {
        return Some((Unit::by_symbol("quarters")?, i + 2));
    }
    unit_after(t, i + 1).filter(|(unit, _)| kind_of_unit(*unit) == Kind::Duration)
}

/// The unit in half a mile, a quarter of a percentage point, and the token after it.
fn part_of(t: &Tokens<'_>, i: usize) -> Option<(Unit, usize)> {
    let at = i + usize::from(t.is_word(i, "of"));
    if !matches!(t.word(at), "a" | "an") {
        return None;
    }
    unit_after(t, at + 1).filter(|&(unit, _)| kind_of_unit(unit) != Kind::Money)
}

fn half() -> Rational {
    Rational::new(1, 2).unwrap_or(Rational::ONE)
}
