//! What stands behind and before a Chinese figure and belongs to it: units, measure words, currencies.

use super::numeral::Numeral;
use super::text::Text;
use crate::language::quantity::tables::is_classifier;
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

/// The unit, measure word or noun after the figure `n`.
pub fn tail(t: &Text<'_>, n: &Numeral) -> Tail {
    let mut at = t.skip_blank(n.end);
    let plain = Tail {
        kind: Kind::Cardinal,
        unit: None,
        end: n.end,
        and_half: false,
    };
    let mut and_half = false;
    if t.starts(at, "个半") && matches!(t.at(at + 2), '小' | '月' | '钟' | '世') {
        (at, and_half) = (at + 2, true);
        if t.at(at) == '月' {
            let unit = Unit::by_symbol("months");
            return Tail {
                kind: Kind::Duration,
                unit,
                end: at + 1,
                and_half,
            };
        }
    }
    if let Some((unit, len)) = Unit::starting_zh(t.rest(at)) {
        let mut end = at + t.rest(at)[..len].chars().count();
        let name = &t.rest(at)[..len];
        let after = t.at(end);
        let not_a_unit = match name {
            "成" => matches!(
                after,
                '员' | '为' | '立' | '功' | '果' | '本' | '长' | '年' | '熟' | '就' | '分' | '都'
            ),
            "克" => matches!(after, '隆' | '服' | '制' | '里' | '罗'),
            "元" => matches!(after, '素' | '旦' | '首' | '月'),
            "周" => matches!(after, '岁' | '边' | '围' | '末'),
            // 三十里, but not 千里 and 这三里有
            "里" => {
                let few = !n.digits && (n.magnitude || n.value < Rational::integer(10));
                few || matches!(after, '面' | '斯' | '约' | '头' | '边')
            }
            "开" => !matches!(after, '，' | '。' | '、' | '）' | '\0'),
            "度" => matches!(after, '过' | '假' | '数') && !n.digits,
            "米" => matches!(after, '兰' | '勒' | '尔'),
            "年" => after == '级',
            "角" | "毛" => !n.digits || matches!(after, '形' | '星' | '度' | '落' | '色' | '楼' | '亭'),
            "天" => matches!(after, '然' | '空' | '津' | '文'),
            _ => false,
        };
        if !not_a_unit {
            if matches!(name, "年" | "天" | "小时" | "个小时" | "成")
                && after == '半'
                && !matches!(t.at(end + 1), '导' | '数' | '决' | '径')
            {
                (end, and_half) = (end + 1, true);
            }
            return Tail {
                kind: kind_of_unit(unit),
                unit: Some(unit),
                end,
                and_half,
            };
        }
        return plain;
    }
    match t.at(at) {
        '折' => Tail {
            kind: Kind::Percent,
            unit: Unit::by_symbol("zhe"),
            end: at + 1,
            and_half,
        },
        '倍' => Tail {
            kind: Kind::Multiple,
            end: at + 1,
            ..plain
        },
        '大' if n.value > Rational::integer(11) && !n.digits && is_congress(t, n.end) => Tail {
            kind: Kind::Session,
            end: at + 1,
            ..plain
        },
        '中' if t.starts(at, "中全会") => Tail {
            kind: Kind::Session,
            end: at + 3,
            ..plain
        },
        '届' => Tail {
            kind: Kind::Session,
            end: at + 1,
            ..plain
        },
        '世' if !n.digits && !matches!(t.at(at + 1), '纪' | '界' | '代' | '同') => Tail {
            kind: Kind::Ordinal,
            end: at + 1,
            ..plain
        },
        '号' => Tail { end: at + 1, ..plain },
        '楼' | '级' | '环' | '线' => Tail {
            kind: Kind::Ordinal,
            end: at + 1,
            ..plain
        },
        '季' if t.at(at + 1) == '度' => Tail {
            kind: Kind::Ordinal,
            end: at + 2,
            ..plain
        },
        '余' | '多' => plain,
        '大' if !n.digits || n.value < Rational::integer(1000) => Tail {
            kind: Kind::Count,
            end: at + 1,
            ..plain
        },
        c if is_classifier(c) => Tail {
            kind: Kind::Count,
            end: at + 1,
            ..plain
        },
        _ => plain,
    }
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

/// Currency signs and codes as they stand before a figure, with the symbols of their units.
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
        if t.ends(i_blank, name) || full_width {
            return Unit::by_symbol(symbol).map(|u| (u, i_blank - name.chars().count()));
        }
    }
    None
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
