//! The hedges, currencies and units around an English figure.

use super::token::{Token, Tokens};
use crate::language::lookup::lower;
use crate::language::quantity::{Hedge, Unit};

/// The hedge before the figure that begins at token `i`.
pub fn hedge_before(t: &Tokens<'_>, i: usize) -> Hedge {
    let back = |k: usize| i.checked_sub(k).map_or("", |at| t.word(at)).as_bytes();
    // Longer words are no hedges.
    let mut buffers = [[0; 16]; 2];
    let [one, two] = &mut buffers;
    let (one, two) = (
        lower(back(1), one).unwrap_or_default(),
        lower(back(2), two).unwrap_or_default(),
    );
    match (two, one) {
        (b"more", b"than") | (_, b"over" | b"above" | b"exceeding" | b"topped" | b"surpassed" | b"exceeded" | b">") => {
            Hedge::MoreThan
        }
        (b"less" | b"fewer", b"than")
        | (_, b"nearly" | b"almost" | b"under" | b"below" | b"approaching" | b"<")
        | (b"close", b"to") => Hedge::Nearly,
        (b"at", b"least") | (b"upwards", b"of") => Hedge::AtLeast,
        (b"up", b"to") | (b"at", b"most") | (b"as", b"many" | b"much") | (b"many" | b"much", b"as") => Hedge::UpTo,
        (
            _,
            b"about" | b"around" | b"approximately" | b"some" | b"roughly" | b"circa" | b"estimated" | b"~" | b"approx",
        ) => Hedge::About,
        _ => Hedge::Exact,
    }
}

/// The hedge after the figure or unit that ends at token `i`.
pub fn hedge_after(t: &Tokens<'_>, i: usize) -> Hedge {
    match (t.word(i), t.word(i + 1)) {
        ("or" | "and", "more" | "over" | "above") => Hedge::AtLeast,
        ("or" | "and", "so") => Hedge::About,
        ("or" | "and", "less" | "fewer" | "under") => Hedge::UpTo,
        ("plus" | "+", _) => Hedge::MoreThan,
        _ => Hedge::Exact,
    }
}

/// A figure that is a part of a name or an idiom and counts nothing.
struct NamedFigure {
    /// The word before it, in lower case; empty for any.
    before: &'static str,
    figure: &'static str,
    /// The tokens after it, in lower case.
    after: &'static [&'static str],
    /// How many tokens belong to the name, the figure first.
    tokens: usize,
}

#[rustfmt::skip]
const NAMED_FIGURES: [NamedFigure; 7] = [
    NamedFigure { before: "", figure: "24", after: &["/", "7"], tokens: 3 },
    NamedFigure { before: "", figure: "9", after: &["/", "11"], tokens: 3 },
    NamedFigure { before: "latter", figure: "two", after: &[], tokens: 1 },
    NamedFigure { before: "former", figure: "two", after: &[], tokens: 1 },
    NamedFigure { before: "", figure: "2019", after: &["novel"], tokens: 1 },
    NamedFigure { before: "", figure: "2019", after: &["-", "novel"], tokens: 1 },
    NamedFigure { before: "disease", figure: "2019", after: &[], tokens: 1 },
];

/// The token after the figure at token `i`, if that is a part of a name.
pub fn named_figure(t: &Tokens<'_>, i: usize) -> Option<usize> {
    let is_named = |named: &&NamedFigure| {
        t.word(i) == named.figure
            && (named.before.is_empty() || i > 0 && t.is_word(i - 1, named.before))
            && named
                .after
                .iter()
                .zip(i + 1..)
                .all(|(word, k)| t.is_word(k, word) || word.starts_with(t.sign(k)))
    };
    Some(i + NAMED_FIGURES.iter().find(is_named)?.tokens)
}

/// The currency sign or code before token `i`, and the token where it begins.
pub fn money_before(t: &Tokens<'_>, i: usize) -> Option<(Unit, usize)> {
    let at = i.checked_sub(1)?;
    let sign = t.sign(at);
    if sign == '$' && closes_formula(t, i) {
        return None;
    }
    if sign != '\0' {
        let prefix = at.checked_sub(1).filter(|_| t.glued(at)).map_or("", |k| t.letters(k));
        let symbol = match (sign, prefix) {
            ('$', "US") => "US dollars",
            ('$', "C" | "CA") => "Canadian dollars",
            ('$', "A" | "AU") => "Australian dollars",
            ('$', "NZ") => "New Zealand dollars",
            ('$', "HK") => "Hong Kong dollars",
            ('$', "S") => "Singapore dollars",
            ('$', "NT") => "New Taiwan dollars",
            ('$', "R") => "reais",
            ('$', _) => "dollars",
            ('€', _) => "euros",
            ('£', _) => "pounds sterling",
            ('¥' | '￥', _) => "¥",
            ('₹', _) => "rupees",
            ('₩', _) => "won",
            ('₽', _) => "roubles",
            // US-$5, RMB-18
            _ => return None,
        };
        let start = if symbol.contains(' ') && sign == '$' || symbol == "reais" {
            at - 1
        } else {
            at
        };
        return Unit::by_symbol(symbol).map(|u| (u, start));
    }
    if !t.is(at, Token::Word) {
        return None;
    }
    let symbol = match t.word(at) {
        "RMB" | "CNY" => "yuan",
        "USD" => "US dollars",
        "EUR" => "euros",
        "GBP" => "pounds sterling",
        "JPY" => "yen",
        "HKD" => "Hong Kong dollars",
        "CAD" => "Canadian dollars",
        "AUD" => "Australian dollars",
        "Rs" | "INR" => "rupees",
        "CHF" => "Swiss francs",
        _ => return None,
    };
    Unit::by_symbol(symbol).map(|u| (u, at))
}

/// Whether a dollar sign that no figure follows closes the formula around the figure at token `i`: $20\%$.
fn closes_formula(t: &Tokens<'_>, i: usize) -> bool {
    let mut inside = (i + 1..t.len()).take_while(|&k| t.glued(k));
    inside.any(|k| t.sign(k) == '$' && !(t.glued(k + 1) && t.is(k + 1, Token::Number)))
}

/// The dollars and cents of “U.S. dollars”, “H.K. dollars” at token `i`, and the token after them.
fn abbreviated_dollars(t: &Tokens<'_>, i: usize) -> Option<(Unit, usize)> {
    if t.sign(i + 1) != '.' || t.sign(i + 3) != '.' {
        return None;
    }
    let symbol = match (t.word(i), t.word(i + 2), t.word(i + 4)) {
        ("U", "S", "dollar" | "dollars") => "US dollars",
        ("U", "S", "cent" | "cents") => "US cents",
        ("H", "K", "dollar" | "dollars") => "Hong Kong dollars",
        ("N", "T", "dollar" | "dollars") => "New Taiwan dollars",
        _ => return None,
    };
    Unit::by_symbol(symbol).map(|unit| (unit, i + 5))
}

/// The unit that follows at token `i` (after at most one hyphen), and the token after it.
pub fn unit_after(t: &Tokens<'_>, i: usize) -> Option<(Unit, usize)> {
    let hyphen = usize::from(t.sign(i) == '-' && t.glued(i) && t.glued(i + 1));
    let at = i + hyphen + usize::from(t.sign(i) == '\\' && t.glued(i));
    match t.sign(at) {
        '%' => return Unit::by_symbol("%").map(|u| (u, at + 1)),
        '‰' => return Unit::by_symbol("‰").map(|u| (u, at + 1)),
        '°' | 'º' | '˚' => {
            let unit = match t.word(at + 1) {
                "C" | "c" => "°C",
                "F" | "f" => "°F",
                _ => return Unit::by_symbol("°").map(|u| (u, at + 1)),
            };
            return Unit::by_symbol(unit).map(|u| (u, at + 2));
        }
        '㎡' => return Unit::by_symbol("m²").map(|u| (u, at + 1)),
        '㎢' => return Unit::by_symbol("km²").map(|u| (u, at + 1)),
        '℃' => return Unit::by_symbol("°C").map(|u| (u, at + 1)),
        '℉' => return Unit::by_symbol("°F").map(|u| (u, at + 1)),
        '€' => return Unit::by_symbol("euros").map(|u| (u, at + 1)),
        '£' => return Unit::by_symbol("pounds sterling").map(|u| (u, at + 1)),
        '$' => return Unit::by_symbol("dollars").map(|u| (u, at + 1)),
        _ => {}
    }
    if !t.is(at, Token::Word) {
        return None;
    }
    if let Some(dollars) = abbreviated_dollars(t, at) {
        return Some(dollars);
    }
    // The name of up to three tokens, and the bytes of it that the first one, two and three are.
    let (mut name, mut ends) = (String::with_capacity(24), [0; 3]);
    let in_name = |&k: &usize| t.is(k, Token::Word) || (t.sign(k) == '-' && k > at);
    for k in (at..at + 3).take_while(in_name) {
        let hyphen = t.sign(k) == '-';
        if k > at && !hyphen && !name.ends_with(' ') {
            name.push(' ');
        }
        name.push_str(if hyphen { " " } else { t.word(k) });
        ends[k - at] = name.len();
    }
    for (words, end) in [1, 2, 3].into_iter().zip(ends).rev().filter(|&(_, end)| end > 0) {
        let name = &name[..end];
        let Some(unit) = Unit::from_en(name) else { continue };
        // m2, km³ are a word and a figure
        let squared = t.glued(at + words) && matches!(t.word(at + words), "2" | "²");
        let cubed = t.glued(at + words) && matches!(t.word(at + words), "3" | "³");
        if squared || cubed {
            let symbol = format!("{}{}", unit.def().symbol, if squared { '²' } else { '³' });
            if let Some(u) = Unit::by_symbol(&symbol) {
                return Some((u, at + words + 1));
            }
        }
        if is_plausible(t, at, name) {
            // tonnes per hour, km/h
            if let Some((u, end)) = speed(t, unit, at + words) {
                return Some((u, end));
            }
            return Some((unit, at + words));
        }
    }
    None
}

fn speed(t: &Tokens<'_>, unit: Unit, i: usize) -> Option<(Unit, usize)> {
    let symbol = match (unit.def().symbol, t.word(i), t.word(i + 1)) {
        ("km", "/", "s") | ("km", "per" | "a", "second") => "km/s",
        ("m", "/", "h") => "m/h",
        ("bit", "/", "s") => "bit/s",
        ("kbit", "/", "s") => "kbit/s",
        ("Mbit", "/", "s") => "Mbit/s",
        ("Gbit", "/", "s") => "Gbit/s",
        ("km", "/", "h" | "hr") | ("km", "per" | "an", "hour") => "km/h",
        ("mi", "per" | "an", "hour") => "mph",
        ("m", "/", "s") | ("m", "per" | "a", "second") => "m/s",
        _ => return None,
    };
    Unit::by_symbol(symbol).map(|u| (u, i + 2))
}

/// Whether a name that is also another word is a unit here.
fn is_plausible(t: &Tokens<'_>, at: usize, name: &str) -> bool {
    match name {
        // six-in-ten
        "in" => (t.sign(at + 1) == ')' || t.glued(at)) && t.sign(at + 1) != '-',
        "s" | "h" | "t" | "T" | "V" | "K" | "W" | "B" | "C" | "g" | "l" | "L" | "A" | "J" | "N" => {
            t.glued(at) || !t.is(at + 1, Token::Word)
        }
        "won" | "real" | "mu" | "li" | "min" | "sec" | "ha" | "T." => !matches!(t.word(at + 1), "the" | "a" | "by"),
        "may" | "us" | "a" | "has" => false,
        _ => true,
    }
}
