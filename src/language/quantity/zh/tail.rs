//! The units, measure words and currencies around a Chinese figure.

use super::numeral::Numeral;
use super::text::Text;
use crate::language::quantity::tables::is_classifier;
use crate::language::quantity::units::{Before, CountedBy, Syllable};
use crate::language::quantity::{Kind, Rational, Unit, kind_of_unit};

/// What follows a figure.
pub struct Tail {
    pub kind: Kind,
    pub unit: Option<Unit>,
    /// Index after unit or measure word.
    pub end: usize,
    /// Half a unit more: 两个半小时, 一年半.
    pub and_half: bool,
}

impl Tail {
    const fn new(kind: Kind, end: usize) -> Self {
        Self {
            kind,
            unit: None,
            end,
            and_half: false,
        }
    }

    fn with_unit(unit: Unit, end: usize) -> Self {
        Self {
            unit: Some(unit),
            ..Self::new(kind_of_unit(unit), end)
        }
    }
}

/// The unit, measure word or noun after the figure `n`.
pub fn tail(t: &Text<'_>, n: &Numeral) -> Tail {
    let mut at = t.skip_blank(n.end);
    let mut and_half = false;
    if t.starts(at, "个半") && matches!(t.at(at + 2), '小' | '月' | '钟' | '世') {
        (at, and_half) = (at + 2, true);
    }
    let months = Unit::by_symbol("months").filter(|_| and_half && t.at(at) == '月');
    if let Some(months) = months {
        return Tail {
            and_half,
            ..Tail::with_unit(months, at + 1)
        };
    }
    if let Some((unit, end)) = unit_in_letters(t, n, at) {
        return Tail::with_unit(unit, end);
    }
    if t.at(at) == '日' && t.starts_any(at + 1, &["内", "以内", "之内"]).is_some() {
        return Unit::by_symbol("days").map_or(Tail::new(Kind::Cardinal, n.end), |days| Tail::with_unit(days, at + 1));
    }
    let Some((unit, len)) = Unit::starting_zh(t.rest(at)) else {
        return counted_noun(t, n, at, and_half);
    };
    let name = &t.rest(at)[..len];
    let mut end = at + name.chars().count();
    // 亿元港币, 元新台币
    if name == "元"
        && let Some((currency, len)) = Unit::starting_zh(t.rest(end)).filter(|(u, _)| kind_of_unit(*u) == Kind::Money)
        && len > '币'.len_utf8()
    {
        return Tail::with_unit(currency, end + t.rest(end)[..len].chars().count());
    }
    if is_syllable_of_a_word(t, n, name, end) {
        return Tail::new(Kind::Cardinal, n.end);
    }
    if matches!(name, "年" | "天" | "小时" | "个小时" | "成")
        && t.at(end) == '半'
        && !matches!(t.at(end + 1), '导' | '数' | '决' | '径' | '个' | '月')
    {
        (end, and_half) = (end + 1, true);
    }
    Tail {
        and_half,
        ..Tail::with_unit(unit, end)
    }
}

/// The unit in Latin letters at `at`: 5km, 100 Mbit/s; the index after it. A single letter must be glued to the figure.
fn unit_in_letters(t: &Text<'_>, n: &Numeral, at: usize) -> Option<(Unit, usize)> {
    let is_letter = |k: usize| t.at(k).is_ascii_alphabetic() || matches!(t.at(k), 'µ' | 'μ');
    let run = |from: usize| (from..t.len()).take_while(|&k| is_letter(k)).count();
    let len = run(at);
    if !n.digits || len == 0 || t.at(at + len).is_ascii_digit() || at > n.end && len < 2 {
        return None;
    }
    let end = at + len;
    if t.at(end) == '/' && run(end + 1) > 0 {
        let end = end + 1 + run(end + 1);
        if let Some(unit) = Unit::from_en(t.span(at, end).of(t.rest(0))) {
            return Some((unit, end));
        }
    }
    let name = t.span(at, end).of(t.rest(0));
    let word = matches!(
        name,
        "in" | "may" | "us" | "real" | "won" | "li" | "mu" | "ha" | "has" | "pound" | "pp" | "bp"
    );
    Unit::from_en(name)
        .filter(|_| {
            !word && (len > 1 || !matches!(name, "m" | "M" | "s" | "l" | "h") || !t.at(end).is_ascii_punctuation())
        })
        .map(|unit| (unit, end))
}

/// Whether the name of a unit, which ends at `end`, is a syllable of another word here: 克 in 克隆.
fn is_syllable_of_a_word(t: &Text<'_>, n: &Numeral, name: &str, end: usize) -> bool {
    let Some(syllable) = Syllable::of_name(name) else {
        return false;
    };
    let few = n.magnitude || n.value < Rational::integer(10);
    let counted = match syllable.after {
        CountedBy::AnyFigure => true,
        CountedBy::DigitsOrTenAndMore => n.digits || !few,
        CountedBy::Digits => n.digits,
    };
    let next = t.at(end);
    let continued = match syllable.before {
        Before::AnyBut(others) => others.contains(next),
        Before::AnyButAfterWords(others) => !n.digits && others.contains(next),
        Before::Pause => !matches!(next, '，' | '。' | '、' | '）' | '\0'),
    };
    !counted || continued
}

/// The noun or measure word at `at` that says what kind of number the figure `n` before it is.
fn counted_noun(t: &Text<'_>, n: &Numeral, at: usize, and_half: bool) -> Tail {
    let (kind, len) = match t.at(at) {
        '折' => {
            return Tail {
                unit: Unit::by_symbol("zhe"),
                and_half,
                ..Tail::new(Kind::Percent, at + 1)
            };
        }
        '倍' => (Kind::Multiple, 1),
        '大' if n.value > Rational::integer(11) && !n.digits && is_congress(t, n.end) => (Kind::Session, 1),
        '中' if t.starts(at, "中全会") => (Kind::Session, 3),
        '届' => (Kind::Session, 1),
        '世' if !n.digits && !matches!(t.at(at + 1), '纪' | '界' | '代' | '同') => (Kind::Ordinal, 1),
        '号' => (Kind::Cardinal, 1),
        '楼' | '级' | '环' | '线' => (Kind::Ordinal, 1),
        '季' if is_first_of(t, n) => {
            let end = at + 1 + usize::from(t.at(at + 1) == '度');
            return Unit::by_symbol("quarters")
                .map_or(Tail::new(Kind::Cardinal, n.end), |unit| Tail::with_unit(unit, end));
        }
        '季' if t.at(at + 1) == '度' => (Kind::Ordinal, 2),
        '余' | '多' => return Tail::new(Kind::Cardinal, n.end),
        '大' if !n.digits || n.value < Rational::integer(1000) => (Kind::Count, 1),
        c if is_classifier(c) => (Kind::Count, 1),
        _ => return Tail::new(Kind::Cardinal, n.end),
    };
    Tail::new(kind, at + len)
}

/// Whether the figure says how many quarters from the first on: 前三季度, 首3季.
fn is_first_of(t: &Text<'_>, n: &Numeral) -> bool {
    let from = t.skip_blank_back(n.start);
    matches!(t.before(from, 1), '前' | '首' | '头')
}

/// Whether 十九大 or 二十大 is followed by what follows the name of a party congress.
fn is_congress(t: &Text<'_>, at: usize) -> bool {
    t.starts_any(
        at + 1,
        &[
            "以来", "报告", "精神", "代表", "召开", "提出", "上", "后", "前", "胜利", "，", "。", "、", "》", "”", "的",
        ],
    )
    .is_some()
        || t.at(at + 1) == '\0'
}

/// Currency signs and codes that a figure may follow, with the symbols of their units.
const MONEY: [(&str, &str); 19] = [
    ("US$", "US dollars"),
    ("HK$", "Hong Kong dollars"),
    ("NT$", "New Taiwan dollars"),
    ("NZ$", "New Zealand dollars"),
    ("C$", "Canadian dollars"),
    ("A$", "Australian dollars"),
    ("S$", "Singapore dollars"),
    ("$", "dollars"),
    ("¥", "¥"),
    ("￥", "¥"),
    ("€", "euros"),
    ("£", "pounds sterling"),
    ("RMB", "yuan"),
    ("CNY", "yuan"),
    ("人民币", "yuan"),
    ("USD", "US dollars"),
    ("EUR", "euros"),
    ("GBP", "pounds sterling"),
    ("JPY", "yen"),
];

/// Whether a currency sign or code may end with `c`.
const fn may_end_money(c: char) -> bool {
    matches!(c, '$' | '¥' | '￥' | '€' | '£' | '币') || c.is_ascii_uppercase()
}

/// A currency sign or code before the figure at `i`, and where it begins.
pub fn money_before(t: &Text<'_>, i: usize) -> Option<(Unit, usize)> {
    let i_blank = t.skip_blank_back(i);
    if !may_end_money(t.before(i_blank, 1)) {
        return None;
    }
    for (name, symbol) in MONEY {
        let full_width = name == "$" && t.ends(i_blank, "＄");
        if name == "$" && closes_formula(t, i) {
            return None;
        }
        if t.ends(i_blank, name) || full_width {
            return Unit::by_symbol(symbol).map(|u| (u, i_blank - name.chars().count()));
        }
    }
    None
}

/// The unit of a speed whose time is before the figure at `i`: 每秒1.5公里, 时速300公里.
pub fn speed_before(t: &Text<'_>, i: usize, distance: Unit) -> Option<Unit> {
    let i = t.skip_blank_back(i);
    let per = |names: &[&str]| names.iter().any(|name| t.ends(i, name));
    let symbol = match distance.def().symbol {
        "km" if per(&["每秒", "秒速"]) => "km/s",
        "km" if per(&["每小时", "时速"]) => "km/h",
        "m" if per(&["每秒", "秒速"]) => "m/s",
        "m" if per(&["每小时", "时速"]) => "m/h",
        "mi" if per(&["每小时", "时速"]) => "mph",
        _ => return None,
    };
    Unit::by_symbol(symbol)
}

/// Whether a dollar sign that no figure follows closes the formula around the figure at `i`: $20%$.
fn closes_formula(t: &Text<'_>, i: usize) -> bool {
    let mut inside = (i..t.len()).take_while(|&k| t.at(k).is_ascii_graphic());
    inside.any(|k| t.at(k) == '$' && !t.at(k + 1).is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_of_every_name_is_found() {
        for (name, symbol) in MONEY {
            let text = format!("约{name} 5");
            let found = money_before(&Text::new(&text), text.chars().count() - 1);
            assert_eq!(found, Unit::by_symbol(symbol).map(|u| (u, 1)), "{name}");
        }
    }
}
