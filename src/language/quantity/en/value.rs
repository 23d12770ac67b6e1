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

/// The figure at token `i`. `money` is true after a currency sign, where “m” is million and “k” thousand.
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
            "t" | "T" if money && t.glued(i) => 12,
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

/// Small parts: a millionth, one ten-millionth, two hundred-billionths.
fn small_parts(t: &Tokens<'_>, i: usize) -> Option<Figure> {
    let count = match numeral(t.letters(i)) {
        Some(Numeral::Small(n)) if n < 10 => n,
        _ if is_article(t, i) => 1,
        _ => return None,
    };
    let hyphen = |at: usize| usize::from(t.sign(at) == '-');
    let mut at = i + 1 + hyphen(i + 1);
    let times = match t.word(at) {
        "ten" => 10,
        "hundred" => 100,
        _ => 1,
    };
    if times > 1 {
        at += 1 + hyphen(at + 1);
    }
    let exponent = match t.word(at).trim_end_matches('s') {
        "thousandth" if times > 1 => 3,
        "millionth" => 6,
        "billionth" => 9,
        "trillionth" => 12,
        _ => return None,
    };
    let whole = Rational::pow10(exponent)?.checked_mul(Rational::integer(times))?;
    let value = Rational::integer(count).checked_div(whole)?;
    Some(Figure {
        fraction: true,
        ..Figure::new(value, at + 1, false)
    })
}

fn words(t: &Tokens<'_>, i: usize) -> Option<Figure> {
    if let Some(figure) = small_parts(t, i) {
        return Some(figure);
    }
    let mut reader = Words::new(t, i)?;
    while reader.at < t.len() && reader.at - i < LONGEST {
        match reader.step()? {
            Step::GoesOn => {}
            Step::Ends => break,
            Step::Is(figure) => return Some(figure),
        }
    }
    reader.finish()
}

/// Most tokens that a number in words may have.
const LONGEST: usize = 16;

fn is_article(t: &Tokens<'_>, i: usize) -> bool {
    matches!(t.word(i), "a" | "A" | "an" | "An")
}

fn is_half(t: &Tokens<'_>, i: usize) -> bool {
    numeral(t.letters(i)) == Some(Numeral::Half)
}

/// What a word does to the number before it.
enum Step {
    /// It belongs to the number, which may go on.
    GoesOn,
    /// The number ends before the token in hand.
    Ends,
    /// The number is complete with it.
    Is(Figure),
}

/// The size of the last word of a number, which decides what may follow.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Size {
    /// Nothing was read, or “and a half”.
    Nothing,
    /// zero … nineteen
    Small,
    /// twenty … ninety: one to nine may follow.
    Tens,
    /// hundred: one to ninety-nine may follow.
    Hundred,
    /// thousand, million …: any smaller part may follow.
    Scale,
}

/// A number in words that is being read.
struct Words<'t, 'a> {
    t: &'t Tokens<'a>,
    /// Its first token.
    start: usize,
    /// The token in hand.
    at: usize,
    /// Whether it begins with “a” or “an”.
    article: bool,
    /// The parts that a scale has closed: two million in “two million five hundred thousand”.
    total: Rational,
    /// The part in hand, if there is one.
    current: Option<Rational>,
    last: Size,
    scaled: Option<Rational>,
}

impl<'t, 'a> Words<'t, 'a> {
    /// Reads the article of half a million, a hundred, a quarter of a million; `None` if no number follows it.
    fn new(t: &'t Tokens<'a>, start: usize) -> Option<Self> {
        let article = is_article(t, start);
        let at = start + usize::from(article);
        let current = match numeral(t.letters(at)) {
            _ if !article => None,
            Some(Numeral::Hundred | Numeral::Scale(_) | Numeral::Dozen) => Some(Rational::ONE),
            Some(Numeral::Half | Numeral::Quarter) => None,
            Some(Numeral::Ordinal(n)) if n > 2 && denominates(t, at) => None,
            _ => return None,
        };
        Some(Self {
            t,
            start,
            at,
            article,
            total: Rational::ZERO,
            current,
            last: Size::Nothing,
            scaled: None,
        })
    }

    /// Reads the word in hand. `None` where the number overflows or is no number.
    fn step(&mut self) -> Option<Step> {
        let joint = if self.at > self.start {
            joint(self.t, self.at)
        } else {
            0
        };
        let and = joint > 0 && self.t.is_word(self.at, "and");
        if joint > 0
            && let Some(len) = self.and_a_half(and)
        {
            self.add(Rational::new(1, 2)?, Size::Nothing)?;
            self.at += len;
            return Some(Step::GoesOn);
        }
        if and && !self.continues_after_and() {
            return Some(Step::Ends);
        }
        let after = self.at + joint + 1;
        match numeral(self.t.letters(self.at + joint)) {
            Some(Numeral::Small(n)) => self.small(n, after),
            Some(Numeral::Tens(n)) => self.tens(n, after),
            Some(Numeral::Hundred) => self.hundred(after),
            Some(Numeral::Dozen) => self.dozen(after),
            Some(Numeral::Scale(exponent)) => self.scale(exponent, after),
            Some(Numeral::Ordinal(n)) => self.ordinal(n, and, after),
            Some(Numeral::Denominator(n)) => match self.current {
                Some(parts) if !and => self.fraction(parts, n, after),
                _ => Some(Step::Ends),
            },
            Some(Numeral::Quarter) => self.quarter(and, after),
            Some(Numeral::Half) if self.current.is_none() => {
                let half = self.figure(Rational::new(1, 2)?, after);
                times_scale(self.t, Figure { fraction: true, ..half }).map(Step::Is)
            }
            _ => Some(Step::Ends),
        }
    }

    /// How many tokens add a half: two “and a half”, two “and half” hours, one“-and-a-half”.
    fn and_a_half(&self, and: bool) -> Option<usize> {
        let (t, at) = (self.t, self.at);
        let halves = [
            (3, and && is_article(t, at + 1) && is_half(t, at + 2)),
            (2, and && is_half(t, at + 1) && !t.is_word(at + 2, "of")),
            (
                6,
                t.is_word(at + 1, "and") && t.sign(at + 2) == '-' && is_article(t, at + 3) && t.is_word(at + 5, "half"),
            ),
        ];
        halves.into_iter().find_map(|(len, is)| is.then_some(len))
    }

    /// Whether a number goes on after “and”: one hundred and five, but not “two and three”.
    fn continues_after_and(&self) -> bool {
        let scale_follows = |k: usize| matches!(numeral(self.t.letters(k)), Some(Numeral::Scale(_)));
        match self.last {
            Size::Nothing | Size::Small | Size::Tens => false,
            Size::Hundred => true,
            Size::Scale => !(self.at + 2..self.at + 6).any(scale_follows),
        }
    }

    /// Adds a value to the part in hand.
    fn add(&mut self, value: Rational, size: Size) -> Option<()> {
        self.current = Some(self.current.unwrap_or(Rational::ZERO).checked_add(value)?);
        self.last = size;
        Some(())
    }

    fn small(&mut self, n: i64, after: usize) -> Option<Step> {
        let fits =
            self.current.is_none() || self.last >= Size::Hundred || self.last == Size::Tens && (1..10).contains(&n);
        if !fits {
            return Some(Step::Ends);
        }
        self.add(Rational::integer(n), Size::Small)?;
        self.at = after;
        Some(Step::GoesOn)
    }

    fn tens(&mut self, n: i64, after: usize) -> Option<Step> {
        if self.current.is_some() && self.last < Size::Hundred {
            return Some(Step::Ends);
        }
        self.add(Rational::integer(n), Size::Tens)?;
        self.at = after;
        Some(Step::GoesOn)
    }

    fn hundred(&mut self, after: usize) -> Option<Step> {
        let Some(count) = self.current.filter(|_| self.last < Size::Hundred) else {
            return Some(Step::Ends);
        };
        self.current = Some(count.checked_mul(Rational::integer(100))?);
        (self.last, self.scaled) = (Size::Hundred, Rational::pow10(2));
        self.at = after;
        Some(Step::GoesOn)
    }

    fn dozen(&mut self, after: usize) -> Option<Step> {
        let count = self.current.unwrap_or(Rational::ONE);
        self.current = Some(count.checked_mul(Rational::integer(12))?);
        self.at = after;
        Some(Step::Ends)
    }

    fn scale(&mut self, exponent: i32, after: usize) -> Option<Step> {
        let Some(count) = self.current.take() else {
            return Some(Step::Ends);
        };
        let by = Rational::pow10(exponent)?;
        self.total = self.total.checked_add(count.checked_mul(by)?)?;
        (self.scaled, self.last, self.at) = (Some(by), Size::Scale, after);
        // “two million” may go on with a smaller part.
        let next = numeral(self.t.letters(after + joint(self.t, after)));
        if !matches!(next, Some(Numeral::Small(_) | Numeral::Tens(_))) {
            return Some(Step::Ends);
        }
        self.current = Some(Rational::ZERO);
        Some(Step::GoesOn)
    }

    fn ordinal(&mut self, n: i64, and: bool, after: usize) -> Option<Step> {
        let value = Rational::integer(n);
        let count = self.current.unwrap_or(Rational::ONE);
        let place = if self.current.is_none() && self.scaled.is_none() && !self.article {
            // first, nineteenth
            value
        } else if self.last == Size::Tens && n < 10 || self.last >= Size::Hundred {
            // twenty-first, the hundred and first
            self.current.unwrap_or(Rational::ZERO).checked_add(value)?
        } else if n >= 100 && count > Rational::ONE {
            // the six hundredth, the twenty thousandth
            count.checked_mul(value)?
        } else if n >= 3 && count == Rational::ONE && self.total == Rational::ZERO && !and {
            // one third, a third; “one second” is a time
            return self.fraction(count, n, after);
        } else if (3..=10).contains(&n) && self.last == Size::Small && !and && self.t.is_word(after, "of") {
            // A slip for “two thirds of”.
            return self.fraction(count, n, after);
        } else {
            return Some(Step::Ends);
        };
        let figure = self.figure(self.total.checked_add(place)?, after);
        Some(Step::Is(Figure {
            ordinal: true,
            ..figure
        }))
    }

    fn quarter(&self, and: bool, after: usize) -> Option<Step> {
        // “the second quarter of 2024” is no fraction.
        let before = self.start.checked_sub(1).and_then(|k| numeral(self.t.letters(k)));
        let counted = matches!(before, Some(Numeral::Ordinal(_)));
        if self.current.is_none() && !self.article && (counted || !self.t.is_word(after, "of")) {
            return None;
        }
        if and {
            return Some(Step::Ends);
        }
        let parts = self.current.unwrap_or(Rational::ONE);
        let quarters = self.figure(parts.checked_div(Rational::integer(4))?, after);
        times_scale(
            self.t,
            Figure {
                fraction: true,
                ..quarters
            },
        )
        .map(Step::Is)
    }

    fn fraction(&self, parts: Rational, whole: i64, after: usize) -> Option<Step> {
        let figure = self.figure(parts.checked_div(Rational::integer(whole))?, after);
        Some(Step::Is(Figure {
            fraction: true,
            ..figure
        }))
    }

    /// A figure with this value that ends before token `end`.
    fn figure(&self, value: Rational, end: usize) -> Figure {
        Figure {
            scaled: self.scaled,
            ..Figure::new(value, end, false)
        }
    }

    /// The number as far as it was read; `None` if nothing was.
    fn finish(self) -> Option<Figure> {
        if self.current.is_none() && self.scaled.is_none() {
            return None;
        }
        let value = self.total.checked_add(self.current.unwrap_or(Rational::ZERO))?;
        Some(self.figure(value, self.at))
    }
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
