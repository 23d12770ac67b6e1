//! Numbers as far as alignment needs them: a value that both languages can be compared by, nothing more.

/// A value to compare by: thousandths, so that `3.5` and `三点五` agree and binary fractions do not matter.
pub(super) type Key = u64;

/// The key of a value; `None` for what is no sensible quantity.
pub(super) fn key(value: f64) -> Option<Key> {
    (value.is_finite() && (0.0..1e15).contains(&value)).then(|| (value * 1000.0).round() as Key)
}

/// A numeral found in a text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Numeral {
    pub value: f64,
    /// Bytes read.
    pub len: usize,
}

/// Decimal digits (half-width or full-width) with grouping commas and a decimal point, at the start of `text`.
pub(super) fn digits(text: &str) -> Option<Numeral> {
    let mut plain = String::new();
    let mut len = 0;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let c_half = crate::text::normalize::halfwidth(c);
        if c_half.is_ascii_digit() {
            // More digits than a quantity has: an identifier, whose first digits still serve.
            if plain.len() < 18 {
                plain.push(c_half);
            }
        } else if matches!(c, ',' | '.')
            && !plain.is_empty()
            && chars.peek().is_some_and(char::is_ascii_digit)
            && !(c == '.' && plain.contains('.'))
        {
            if c == '.' {
                plain.push('.');
            }
        } else {
            break;
        }
        len += c.len_utf8();
    }
    let value = plain.parse().ok()?;
    Some(Numeral { value, len })
}

/// Whether `c` can be part of a numeral written in Han characters.
pub(super) const fn is_han_numeral(c: char) -> bool {
    han_digit(c).is_some() || han_unit(c).is_some()
}

const fn han_digit(c: char) -> Option<f64> {
    Some(match c {
        '〇' | '零' => 0.0,
        '一' => 1.0,
        '二' | '两' | '兩' => 2.0,
        '三' => 3.0,
        '四' => 4.0,
        '五' => 5.0,
        '六' => 6.0,
        '七' => 7.0,
        '八' => 8.0,
        '九' => 9.0,
        _ => return None,
    })
}

const fn han_unit(c: char) -> Option<f64> {
    Some(match c {
        '十' => 10.0,
        '百' => 100.0,
        '千' => 1e3,
        '万' | '萬' => 1e4,
        '亿' | '億' => 1e8,
        _ => return None,
    })
}

/// A numeral in Han characters at the start of `text`: `二十三`, `三万五千`, `二〇二六`.
pub(super) fn han(text: &str) -> Option<Numeral> {
    let run: Vec<char> = text.chars().take_while(|&c| is_han_numeral(c)).take(24).collect();
    let len = run.iter().map(|c| c.len_utf8()).sum();
    if run.len() > 1 && run.iter().all(|&c| han_digit(c).is_some()) {
        let value = run.iter().filter_map(|&c| han_digit(c)).fold(0.0, |v, d| v * 10.0 + d);
        return Some(Numeral { value, len });
    }
    let (mut total, mut section, mut digit) = (0.0, 0.0, 0.0);
    let mut any = false;
    for &c in &run {
        if let Some(d) = han_digit(c) {
            digit = d;
            any = true;
        } else if let Some(u) = han_unit(c) {
            if u >= 1e4 {
                total = if u > 1e4 {
                    (total + section + digit) * u
                } else {
                    total + (section + digit) * u
                };
                section = 0.0;
            } else {
                // 十 alone is ten; 百 and 千 alone are words such as 百姓, 千里.
                if c == '十' && digit < 1.0 {
                    digit = 1.0;
                    any = true;
                }
                section += digit * u;
            }
            digit = 0.0;
        }
    }
    any.then_some(Numeral {
        value: total + section + digit,
        len,
    })
}

/// What a Han scale after digits multiplies by: `3.5亿`.
pub(super) fn han_scale(text: &str) -> Option<(f64, usize)> {
    let mut scale = 1.0;
    let mut len = 0;
    for c in text
        .chars()
        .take_while(|c| matches!(c, '百' | '千' | '万' | '亿' | '萬' | '億'))
    {
        scale *= han_unit(c)?;
        len += c.len_utf8();
    }
    (len > 0).then_some((scale, len))
}

/// The value of an English number word in lower case; ordinals count as their number. `one` and `first` are left
/// out: they are articles and adverbs more often than quantities.
pub(super) fn word(word: &str) -> Option<f64> {
    Some(match word {
        "two" | "second" => 2.0,
        "three" | "third" => 3.0,
        "four" | "fourth" => 4.0,
        "five" | "fifth" => 5.0,
        "six" | "sixth" => 6.0,
        "seven" | "seventh" => 7.0,
        "eight" | "eighth" => 8.0,
        "nine" | "ninth" => 9.0,
        "ten" | "tenth" => 10.0,
        "eleven" | "eleventh" => 11.0,
        "twelve" | "twelfth" => 12.0,
        "thirteen" | "thirteenth" => 13.0,
        "fourteen" | "fourteenth" => 14.0,
        "fifteen" | "fifteenth" => 15.0,
        "sixteen" | "sixteenth" => 16.0,
        "seventeen" | "seventeenth" => 17.0,
        "eighteen" | "eighteenth" => 18.0,
        "nineteen" | "nineteenth" => 19.0,
        "twenty" | "twentieth" => 20.0,
        "thirty" | "thirtieth" => 30.0,
        "forty" | "fortieth" => 40.0,
        "fifty" | "fiftieth" => 50.0,
        "sixty" | "sixtieth" => 60.0,
        "seventy" | "seventieth" => 70.0,
        "eighty" | "eightieth" => 80.0,
        "ninety" | "ninetieth" => 90.0,
        _ => return None,
    })
}

/// What an English scale word multiplies by.
pub(super) fn scale_word(word: &str) -> Option<f64> {
    Some(match word {
        "hundred" | "hundreds" => 100.0,
        "thousand" | "thousands" => 1e3,
        "million" | "millions" => 1e6,
        "billion" | "billions" | "bn" => 1e9,
        "trillion" | "trillions" => 1e12,
        _ => return None,
    })
}

/// The month of an English month name in lower case, 1 to 12. `may` and `march` are left out: they are verbs too.
pub(super) fn month(word: &str) -> Option<u8> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "",
        "april",
        "",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    MONTHS
        .iter()
        .position(|m| !m.is_empty() && *m == word)
        .map(|i| i as u8 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_read_groups_and_decimals() {
        assert_eq!(digits("1,234.5万"), Some(Numeral { value: 1234.5, len: 7 }));
        assert_eq!(digits("３.6。"), Some(Numeral { value: 3.6, len: 5 }));
        assert_eq!(digits("2.75.2").map(|n| n.value), Some(2.75));
        assert_eq!(digits("。"), None);
    }

    #[test]
    fn han_reads_positions_and_units() {
        let value = |t| han(t).map(|n| n.value);
        assert_eq!(value("二十三"), Some(23.0));
        assert_eq!(value("十五五"), Some(15.0));
        assert_eq!(value("二〇二六年"), Some(2026.0));
        assert_eq!(value("三亿五千万"), Some(350_000_000.0));
        assert_eq!(value("百姓"), None);
    }

    #[test]
    fn scales_multiply() {
        assert_eq!(han_scale("千万元"), Some((1e7, 6)));
        assert_eq!(scale_word("million"), Some(1e6));
        assert_eq!(word("twentieth"), Some(20.0));
        assert_eq!(month("november"), Some(11));
        assert_eq!(month("may"), None);
    }
}
