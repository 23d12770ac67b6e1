//! The words around a Chinese figure: hedges, signs, and words of which the numeral is only a part.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::text::Text;
use crate::language::quantity::Hedge;
use crate::language::quantity::tables::NOT_NUMBERS;

type ByBeginning = FxHashMap<(char, char), Vec<(&'static str, usize)>>;

/// The expressions that only look like numbers by their first two characters (`'\0'` for a second one if there is none), with
/// their lengths in characters.
static NOT_NUMBERS_BY_BEGINNING: LazyLock<ByBeginning> = LazyLock::new(|| {
    let mut map = ByBeginning::default();
    for word in NOT_NUMBERS {
        let mut chars = word.chars();
        let beginning = (chars.next().unwrap_or_default(), chars.next().unwrap_or_default());
        map.entry(beginning).or_default().push((*word, word.chars().count()));
    }
    map
});

/// The index after the expression around `i` that only looks like a number (一带一路, 万一, 四川 …).
pub fn not_a_number(t: &Text<'_>, i: usize) -> Option<usize> {
    for from in [Some(i), i.checked_sub(1)].into_iter().flatten() {
        let first = t.at(from);
        let end = [t.at(from + 1), '\0']
            .iter()
            .filter_map(|&second| NOT_NUMBERS_BY_BEGINNING.get(&(first, second)))
            .flatten()
            .filter(|(word, _)| t.starts(from, word))
            .map(|(_, length)| from + length)
            .max();
        // 十分钟, 十分之三
        let minutes = end.is_some_and(|e| t.ends(e, "十分") && matches!(t.at(e), '钟' | '之'));
        if end.is_some_and(|e| e > i) && !minutes {
            return end;
        }
    }
    None
}

/// Whether the 一 at `i` belongs to the word before it: 统一, 唯一, 之一, 同一 ….
pub fn closes_word(t: &Text<'_>, i: usize) -> bool {
    t.at(i) == '一'
        && matches!(
            t.before(i, 1),
            '统' | '唯'
                | '同'
                | '任'
                | '之'
                | '单'
                | '不'
                | '专'
                | '如'
                | '逐'
                | '合'
                | '惟'
                | '划'
                | '均'
                | '归'
                | '某'
                | '这'
                | '那'
                | '另'
                | '哪'
                | '万'
                | '其'
                | '有'
                | '进'
                | '每'
                | '首'
                | '整'
                | '换'
                | '致'
        )
}

const BEFORE: &[(&str, Hedge)] = &[
    ("不超过", Hedge::UpTo),
    ("不多于", Hedge::UpTo),
    ("不少于", Hedge::AtLeast),
    ("不低于", Hedge::AtLeast),
    ("不高于", Hedge::UpTo),
    ("最多", Hedge::UpTo),
    ("至多", Hedge::UpTo),
    ("多达", Hedge::UpTo),
    ("高达", Hedge::UpTo),
    ("至少", Hedge::AtLeast),
    ("最少", Hedge::AtLeast),
    ("超过", Hedge::MoreThan),
    ("多于", Hedge::MoreThan),
    ("大于", Hedge::MoreThan),
    ("高于", Hedge::MoreThan),
    ("突破", Hedge::MoreThan),
    ("超", Hedge::MoreThan),
    ("逾", Hedge::MoreThan),
    ("不足", Hedge::Nearly),
    ("不到", Hedge::Nearly),
    ("少于", Hedge::Nearly),
    ("低于", Hedge::Nearly),
    ("小于", Hedge::Nearly),
    ("将近", Hedge::Nearly),
    ("接近", Hedge::Nearly),
    ("近", Hedge::Nearly),
    ("大约", Hedge::About),
    ("大概", Hedge::About),
    ("左右", Hedge::About),
    ("约为", Hedge::About),
    ("约", Hedge::About),
];

const AFTER: &[(&str, Hedge)] = &[
    ("以上", Hedge::AtLeast),
    ("以下", Hedge::UpTo),
    ("以内", Hedge::UpTo),
    ("左右", Hedge::About),
    ("上下", Hedge::About),
    ("多", Hedge::MoreThan),
    ("余", Hedge::MoreThan),
];

/// The hedge before a figure that begins at `i` (at most two blanks before it).
pub fn hedge_before(t: &Text<'_>, i: usize) -> Hedge {
    let i = t.skip_blank_back(i);
    BEFORE.iter().find(|(w, _)| t.ends(i, w)).map_or(Hedge::Exact, |h| h.1)
}

/// The hedge after a figure or unit that ends at `i`, and the index after it.
pub fn hedge_after(t: &Text<'_>, i: usize) -> Option<(Hedge, usize)> {
    AFTER
        .iter()
        .find(|(w, _)| t.starts(i, w))
        .map(|(w, h)| (*h, i + w.chars().count()))
}

/// Whether a figure that begins at `i` is written as negative. `measured` says that it has a unit, and that it is no end of
/// a range: 净利润-2.3亿元, but 歼-20 and 3岁-5岁.
pub fn is_negative(t: &Text<'_>, i: usize, measured: bool) -> bool {
    let sign = t.before(i, 1);
    match sign {
        // 减负3万 takes a load off.
        '负' => !matches!(
            t.before(i, 2),
            '减' | '担' | '胜' | '抱' | '肩' | '背' | '欠' | '自' | '亏'
        ),
        '-' => match t.before(i, 2) {
            '%' | ')' | '）' | '-' | ' ' | '\0' => false,
            before => !before.is_alphanumeric() || measured && !before.is_ascii(),
        },
        '下' => t.ends(i, "零下"),
        _ => false,
    }
}
