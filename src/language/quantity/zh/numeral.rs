//! Chinese numerals: 12.5, 1,200, 3.5亿, 2万4801, 二〇二六, 一百二十, 十几万, 两千五.

use super::digits;
use super::text::Text;
use crate::language::quantity::rational::Decimal;
use crate::language::quantity::{Hedge, Rational};

/// A numeral that was read.
#[derive(Debug, Clone, Copy)]
pub struct Numeral {
    pub value: Rational,
    /// Index of its first character.
    pub start: usize,
    /// Index after it.
    pub end: usize,
    /// Written in Arabic digits (with 万 and 亿 perhaps).
    pub digits: bool,
    /// The inner 多, 余, 几 of 30余万 and 十几.
    pub hedge: Hedge,
    /// A bare power of ten: 百万, 千万, 数十万.
    pub magnitude: bool,
    /// Number of digits of a positional numeral (2026, 二〇二六) without point, scale or separators; else 0.
    pub positional: usize,
    /// Ends in 几: 十几, 二十几.
    pub teens: bool,
    /// The other end of an approximate pair: 两三 (年).
    pub upper: Option<Rational>,
}

impl Numeral {
    const fn new(value: Rational, end: usize, digits: bool) -> Self {
        Self {
            value,
            start: 0,
            end,
            digits,
            hedge: Hedge::Exact,
            magnitude: false,
            positional: 0,
            teens: false,
            upper: None,
        }
    }
}

/// The value of a character that is a digit.
pub const fn digit(c: char) -> Option<i64> {
    Some(match c {
        '零' | '〇' => 0,
        '一' | '壹' => 1,
        '二' | '两' | '贰' => 2,
        '三' | '叁' => 3,
        '四' | '肆' => 4,
        '五' => 5,
        '六' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}

/// The value of a formal numeral, as sums of contracts are written in.
pub const fn formal_digit(c: char) -> Option<i64> {
    Some(match c {
        '零' => 0,
        '壹' => 1,
        '贰' => 2,
        '叁' => 3,
        '肆' => 4,
        '伍' => 5,
        '陆' => 6,
        '柒' => 7,
        '捌' => 8,
        '玖' => 9,
        _ => return None,
    })
}

/// The power of ten that a character multiplies by.
const fn scale(c: char) -> Option<u32> {
    Some(match c {
        '十' | '拾' => 1,
        '百' | '佰' => 2,
        '千' | '仟' => 3,
        '万' | '萬' => 4,
        '亿' | '億' => 8,
        _ => return None,
    })
}

/// Whether a numeral in Chinese characters can begin with (or contain) `c`.
pub const fn is_numeral(c: char) -> bool {
    digit(c).is_some() || scale(c).is_some() || matches!(c, '廿' | '卅')
}

/// The numeral at `i`, in digits or in characters.
pub fn read(t: &Text<'_>, i: usize) -> Option<Numeral> {
    // 重拾, 收拾
    if t.at(i) == '拾' && formal_digit(t.at(i + 1)).is_none() {
        return None;
    }
    let numeral = if t.at(i).is_ascii_digit() {
        arabic(t, i)
    } else if is_numeral(t.at(i)) {
        han(t, i)
    } else {
        None
    };
    numeral.map(|n| Numeral { start: i, ..n })
}

/// Whether the 千 or 百 at `i` is the prefix of a unit (千米, 千瓦, 百帕, 百分点) rather than a scale.
fn is_unit_prefix(t: &Text<'_>, i: usize) -> bool {
    match t.at(i) {
        '千' => matches!(
            t.at(i + 1),
            '米' | '克' | '瓦' | '伏' | '帕' | '卡' | '赫' | '焦' | '兆' | '字' | '电' | '比' | '分'
        ),
        '百' => matches!(t.at(i + 1), '帕' | '分'),
        _ => false,
    }
}

/// The scale 万, 亿, 万亿, 千, 百, 千万 … at `i` (after at most one blank), and the index after it.
fn scales(t: &Text<'_>, i: usize) -> Option<(Rational, usize)> {
    let start = t.skip_blank(i);
    let (mut exp, mut end) = (0, start);
    // Only what multiplies: 千万 and 百亿 do, 万千 does not.
    while let Some(e) = scale(t.at(end)).filter(|&e| e > 1 && !is_unit_prefix(t, end)) {
        if end > start && e < 4 {
            break;
        }
        exp += e.cast_signed();
        end += 1;
        if exp > 16 {
            break;
        }
    }
    if end == start {
        return None;
    }
    Some((Rational::pow10(exp)?, end))
}

fn arabic(t: &Text<'_>, i: usize) -> Option<Numeral> {
    let (value, end, positional) = digits::with_blanks(t, i).or_else(|| digits::literal(t, i))?;
    let mut n = Numeral {
        positional,
        ..Numeral::new(value, end, true)
    };
    let after = t.skip_blank(end);
    let inner = matches!(t.at(after), '多' | '余' | '几') && matches!(t.at(after + 1), '万' | '亿' | '千' | '百');
    if let Some((by, end)) = scales(t, if inner { after + 1 } else { end }) {
        n.value = value.checked_mul(by)?;
        n.end = end;
        n.positional = 0;
        if inner {
            n.hedge = Hedge::MoreThan;
        }
        // 4万多亿, 3百余万
        if let Some((more, end)) = scales_after_more(t, end) {
            (n.value, n.end, n.hedge) = (n.value.checked_mul(more)?, end, Hedge::MoreThan);
            return Some(n);
        }
        // 2万4801, 3亿5000万: a smaller part follows at once.
        if t.at(end).is_ascii_digit()
            && let Some(rest) = arabic(t, end)
            && rest.value < by
        {
            n.value = n.value.checked_add(rest.value)?;
            (n.end, n.hedge) = (rest.end, rest.hedge);
        }
    }
    Some(n)
}

/// The 亿 of 4万多亿 and the 万 of 3百余万, where the first scale ends at `i`, and the index after it.
fn scales_after_more(t: &Text<'_>, i: usize) -> Option<(Rational, usize)> {
    let scaled = matches!(t.at(i), '多' | '余' | '几') && matches!(t.at(i + 1), '万' | '亿');
    scales(t, i + 1).filter(|_| scaled)
}

/// The value of a numeral with 十, 百, 千, 万, 亿 in `chars`; `None` where it is none (三心二 …).
fn structured(chars: &[(usize, char)]) -> Option<i128> {
    let (mut total, mut section, mut pending, mut last, mut zero) = (0i128, 0i128, None::<i64>, 0u32, false);
    for (k, &(_, c)) in chars.iter().enumerate() {
        match (digit(c), scale(c), c) {
            (Some(0), ..) => zero = true,
            (Some(d), ..) => {
                if pending.is_some() {
                    return None;
                }
                pending = Some(d);
            }
            (_, Some(e @ 1..=3), _) => {
                if pending.is_none() && e != 1 && k > 0 && scale(chars[k - 1].1).is_none() {
                    return None;
                }
                section += i128::from(pending.take().unwrap_or(1)) * 10i128.pow(e);
                (last, zero) = (e, false);
            }
            (_, Some(e), _) => {
                let part = section + i128::from(pending.take().unwrap_or(0));
                let power = 10i128.pow(e);
                if e == 8 {
                    total = total.checked_add(part)?;
                    total = if total == 0 { power } else { total.checked_mul(power)? };
                } else {
                    total = total.checked_add(if part == 0 && total == 0 { power } else { part * power })?;
                }
                section = 0;
                (last, zero) = (e, false);
            }
            (_, _, '廿') => section += 20,
            (_, _, '卅') => section += 30,
            _ => return None,
        }
    }
    // 三百五 is 350, 两万五 25,000; 三百零五 is 305, 二十五 25.
    let tail = pending.map_or(0, |d| {
        let by = if last >= 2 && !zero { 10i128.pow(last - 1) } else { 1 };
        i128::from(d) * by
    });
    total.checked_add(section)?.checked_add(tail)
}

fn han(t: &Text<'_>, i: usize) -> Option<Numeral> {
    let mut end = i;
    while is_numeral(t.at(end)) && end - i < 24 && !is_unit_prefix(t, end) {
        end += 1;
    }
    let mut chars = t.chars(i, end);
    // 五十两 is fifty taels, not 52: after a ten or a hundred the digit is 二.
    if let [rest @ .., (_, '两')] = chars
        && rest.last().is_some_and(|&(_, c)| scale(c).is_some_and(|e| e < 4))
    {
        chars = rest;
        end -= 1;
    }
    let &(_, first) = chars.first()?;
    if chars.iter().all(|&(_, c)| digit(c).is_some()) {
        return digits_only(t, end, chars);
    }
    if let Some([value, upper]) = one_or_the_other(chars) {
        return Some(Numeral {
            upper: Some(upper),
            hedge: Hedge::About,
            ..Numeral::new(value, end, false)
        });
    }
    let value = Rational::new(structured(chars)?, 1)?;
    let mut n = Numeral::new(value, end, false);
    n.magnitude = matches!(first, '百' | '千' | '万' | '亿') && chars.iter().all(|&(_, c)| scale(c).is_some());
    // 十几, 二十多万, 三百余: the digits that are not said.
    if matches!(t.at(end), '几' | '多' | '余' | '来') {
        if let Some((by, after)) = scales(t, end + 1) {
            n.value = multiply_last_section(value, by)?;
            (n.end, n.hedge) = (after, Hedge::MoreThan);
        } else if t.at(end) == '几' {
            (n.end, n.hedge, n.teens) = (end + 1, Hedge::MoreThan, true);
        }
    }
    Some(point(t, n))
}

/// Multiplies what follows 亿 by 万: 一亿三千多万 is 130 million. Any other number is multiplied as a whole.
fn multiply_last_section(value: Rational, by: Rational) -> Option<Rational> {
    const YI: i64 = 100_000_000;
    let whole = value.to_i64().filter(|&n| n > YI && by < Rational::integer(YI));
    let high = Rational::integer(whole.map_or(0, |n| n - n % YI));
    value.checked_sub(high)?.checked_mul(by)?.checked_add(high)
}

/// The two values of 十七八, 三四十, 一百二三十.
fn one_or_the_other(chars: &[(usize, char)]) -> Option<[Rational; 2]> {
    let value = |k: usize| digit(chars[k].1).filter(|&d| d > 0);
    let at = (1..chars.len()).find(|&k| value(k).is_some() && value(k) == value(k - 1).map(|d| d + 1))?;
    let without = |k: usize| {
        let rest: Vec<(usize, char)> = [&chars[..k], &chars[k + 1..]].concat();
        Rational::new(structured(&rest)?, 1)
    };
    Some([without(at)?, without(at - 1)?])
}

/// A run of characters that are digits: 二〇二六, 三, 两三. `end` is the index after it.
fn digits_only(t: &Text<'_>, end: usize, chars: &[(usize, char)]) -> Option<Numeral> {
    let value = |c: char| digit(c).unwrap_or_default();
    match *chars {
        [(_, c)] => Some(point(t, Numeral::new(Rational::integer(value(c)), end, false))),
        // 三四五六年级 is a list.
        _ if chars.len() > 2 && chars.windows(2).all(|w| value(w[1].1) == value(w[0].1) + 1) => None,
        // 两三年, 七八个: one or the other.
        [(_, a), (_, b)] if value(b) == value(a) + 1 && value(a) > 0 => Some(Numeral {
            upper: Some(Rational::integer(value(b))),
            hedge: Hedge::About,
            ..Numeral::new(Rational::integer(value(a)), end, false)
        }),
        _ if chars.len() == 4 || (chars.len() > 2 && chars.iter().any(|&(_, c)| value(c) == 0)) => {
            let number = chars
                .iter()
                .try_fold(0i64, |n, &(_, c)| n.checked_mul(10)?.checked_add(value(c)))?;
            Some(Numeral {
                positional: chars.len(),
                ..Numeral::new(Rational::integer(number), end, false)
            })
        }
        _ => None,
    }
}

/// Reads on after 三 in 三点五 and 一点二亿.
fn point(t: &Text<'_>, n: Numeral) -> Numeral {
    if t.at(n.end) != '点' || digit(t.at(n.end + 1)).is_none() {
        return n;
    }
    let from = n.end + 1;
    let end = (from..from + 12)
        .find(|&k| digit(t.at(k)).is_none())
        .unwrap_or(from + 12);
    // 三点五十分 is a time of day.
    if matches!(t.at(end), '十' | '分' | '刻' | '拾') {
        return n;
    }
    let fraction = places(t, from, end);
    let (by, end) = scales(t, end).unwrap_or((Rational::ONE, end));
    match fraction.and_then(|f| n.value.checked_add(f)?.checked_mul(by)) {
        Some(value) => Numeral { value, end, ..n },
        None => n,
    }
}

/// A digit, Chinese or Arabic.
fn any_digit(c: char) -> Option<i64> {
    digit(c).or_else(|| c.to_digit(10).map(i64::from))
}

/// The digits `from..end` behind a decimal point.
fn places(t: &Text<'_>, from: usize, end: usize) -> Option<Rational> {
    let mut digits = Decimal::default();
    digits.push(b'.');
    for d in (from..end).filter_map(|k| any_digit(t.at(k))) {
        digits.push(b'0' + d as u8);
    }
    digits.value()
}

/// The tenths and hundredths behind a unit, 七 in 一米七 and 83 in 9秒83, and the index after them.
pub fn decimals(t: &Text<'_>, i: usize) -> Option<(Rational, usize)> {
    let end = (i..i + 3).find(|&k| any_digit(t.at(k)).is_none())?;
    let said = matches!(
        t.at(end),
        '\0' | '，' | '。' | '、' | '；' | '）' | '的' | '高' | '长' | '宽' | '深' | '多' | '左' | '以'
    );
    // Hundredths of a second need nothing behind them.
    let hundredths = t.before(i, 1) == '秒' && (i..i + 2).all(|k| t.at(k).is_ascii_digit());
    if end == i || !said && !hundredths {
        return None;
    }
    Some((places(t, i, end)?, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str) -> Option<(String, usize)> {
        read(&Text::new(text), 0).map(|n| (n.value.to_string(), n.end))
    }

    #[test]
    fn reads_every_form() {
        for (text, expected) in [
            ("12", "12"),
            ("１２", "12"),
            ("12.5", "12.5"),
            ("1,200", "1,200"),
            ("1 200", "1,200"),
            ("二〇二六", "2,026"),
            ("一百二十", "120"),
            ("两", "2"),
            ("廿", "20"),
            ("3.5亿", "350,000,000"),
            ("31.11万亿", "31,110,000,000,000"),
            ("2万4801", "24,801"),
            ("3亿5000万", "350,000,000"),
            ("30余万", "300,000"),
            ("十几万", "100,000"),
            ("三百五", "350"),
            ("三百零五", "305"),
            ("两万五千", "25,000"),
            ("一亿二千万", "120,000,000"),
            ("一点二亿", "120,000,000"),
            ("三点五", "3.5"),
            ("3千", "3,000"),
            ("一万亿", "1,000,000,000,000"),
            ("3,900 亿", "390,000,000,000"),
        ] {
            assert_eq!(value(text), Some((expected.to_owned(), text.chars().count())), "{text}");
        }
    }

    #[test]
    fn two_digits_in_a_row_are_one_or_the_other() {
        for (text, lower, upper) in [
            ("十七八", 17, 18),
            ("三四十", 30, 40),
            ("一百二三十", 120, 130),
            ("两三", 2, 3),
        ] {
            let n = read(&Text::new(text), 0).expect(text);
            assert_eq!(
                (n.value, n.upper),
                (Rational::integer(lower), Some(Rational::integer(upper))),
                "{text}"
            );
        }
    }

    #[test]
    fn a_unit_prefix_is_no_scale() {
        assert_eq!(value("400千米"), Some(("400".to_owned(), 3)));
        assert_eq!(value("三点五十分"), Some(("3".to_owned(), 1)));
        assert_eq!(value("1.2.3"), None);
    }
}
