//! `series-mismatch`.

use memchr::memmem;

use super::{PairContext, Report, Rule};
use crate::declare_rule;
use crate::language::quantity::leading_number;
use crate::language::zh::pinyin;
use crate::text::script::is_han;
use crate::text::{Side, Span};

declare_rule! {
    /// A member of a series becomes another: “Tianwen-2” for 天问一号.
    ///
    /// ## What it does
    /// Reads names in 号 with a number (神舟二十号), looks for the pinyin of the name in the English, and compares the number after
    /// it. Compares the dynasty of 明代, 明朝, 明末 … with the names before “Dynasty”, if there is one dynasty on each side; and the one level of Ⅱ级 with “Level III”.
    ///
    /// ## Why it matters
    /// The name of a spacecraft or of a dynasty is right but for one word, and that word makes it another one.
    ///
    /// ## Example
    /// ```bilint-wrong
    /// zh: 天问一号成功着陆。
    /// en: Tianwen-2 landed successfully.
    /// ```
    ///
    /// Use instead:
    /// ```bilint-right
    /// zh: 天问一号成功着陆。
    /// en: Tianwen-1 landed successfully.
    /// ```
    pub SeriesMismatch { id: "series-mismatch", group: Names, severity: Warning, since: "0.1.0" }
}

/// Dynasties with their English names.
const DYNASTIES: [(char, &str); 13] = [
    ('夏', "xia"),
    ('商', "shang"),
    ('周', "zhou"),
    ('秦', "qin"),
    ('汉', "han"),
    ('晋', "jin"),
    ('隋', "sui"),
    ('唐', "tang"),
    ('宋', "song"),
    ('元', "yuan"),
    ('明', "ming"),
    ('清', "qing"),
    ('辽', "liao"),
];

/// Fewest and most characters of the name of a series: 天问, 向阳红.
const NAME: [usize; 2] = [2, 3];

impl Rule for SeriesMismatch {
    fn pair(&self, ctx: &PairContext<'_>, report: &mut Report) {
        if !ctx.is_paired() {
            return;
        }
        compare_numbers(ctx, report);
        compare_dynasties(ctx, report);
        compare_levels(ctx, report);
    }
}

/// Compares Ⅱ级 with “Level III”, where each side has one level.
fn compare_levels(ctx: &PairContext<'_>, report: &mut Report) {
    let (zh, en) = (ctx.zh(), ctx.en());
    let mut levels = zh.match_indices('级').filter_map(|(at, _)| {
        let before = zh[..at].trim_end();
        let start = before.trim_end_matches(is_roman).len();
        Some((roman(&before[start..])?, Span::new(start, at + '级'.len_utf8())))
    });
    let Some((level, here)) = levels.next() else { return };
    let after = |(at, word): (usize, &str)| {
        let rest = &en[at + word.len()..];
        let number = &rest[..rest.find(|c: char| !is_roman(c)).unwrap_or(rest.len())];
        Some((roman(number)?, Span::new(at, at + word.len() + number.len())))
    };
    let mut named = ["Level ", "level ", "Class ", "Grade ", "Category "]
        .iter()
        .flat_map(|word| en.match_indices(word).filter_map(after));
    if let (None, Some((found, there)), None) = (levels.next(), named.next(), named.next())
        && found != level
    {
        report
            .translated_as(&SeriesMismatch::META, ctx, here, there, "")
            .help("check the level against the source")
            .emit();
    }
}

const fn is_roman(c: char) -> bool {
    matches!(c, 'I' | 'V' | 'Ⅰ'..='Ⅷ')
}

/// A level from I to VIII in letters or in one character; `None` for anything else.
fn roman(text: &str) -> Option<usize> {
    const LETTERS: [&str; 8] = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII"];
    let mut chars = text.chars();
    match (chars.next()?, chars.next()) {
        (c @ 'Ⅰ'..='Ⅷ', None) => Some(c as usize - 'Ⅰ' as usize),
        _ => LETTERS.iter().position(|letters| *letters == text),
    }
}

fn compare_numbers(ctx: &PairContext<'_>, report: &mut Report) {
    let zh = ctx.zh();
    for (at, word) in zh.match_indices('号') {
        let Some((name, number, span)) = numbered_name(zh, at) else {
            continue;
        };
        let end = at + word.len();
        if ctx.terms().names(Side::Zh).overlaps(span) {
            continue;
        }
        let Some(there) = number_after_name(ctx.en(), &name, number) else {
            continue;
        };
        report
            .translated_as(&SeriesMismatch::META, ctx, Span::new(span.start, end), there, "")
            .help(format!("check the number; the Chinese has {number}"))
            .emit();
    }
}

/// The spellings of the name before the number that ends at byte `at`, the number, and the place of both.
fn numbered_name(zh: &str, at: usize) -> Option<(Vec<String>, i64, Span)> {
    let is_numeral = |c: char| c.is_ascii_digit() || "一二三四五六七八九十百".contains(c);
    let before = zh[..at].trim_end_matches(['”', '」']);
    let stem = before.trim_end_matches(is_numeral);
    let figure = &before[stem.len()..];
    let (number, len) = leading_number(figure, Side::Zh).filter(|(_, len)| *len == figure.len())?;
    let bare = stem.trim_end_matches(['”', '」', '-', ' ']);
    let names: Vec<&str> = bare
        .char_indices()
        .rev()
        .take(NAME[1])
        .take_while(|&(_, c)| is_han(c))
        .skip(NAME[0] - 1)
        .map(|(start, _)| &bare[start..])
        .collect();
    let longest = names.last()?;
    let spellings = names.iter().flat_map(|name| pinyin::given_name(name)).collect();
    (len > 0).then_some((spellings, number, Span::new(bare.len() - longest.len(), at)))
}

/// The name with its number in the English, if the number is another one and the right one is not there.
fn number_after_name(en: &str, names: &[String], number: i64) -> Option<Span> {
    let mut wrong = None;
    let mut start = 0;
    for word in en.split_inclusive(|c: char| c.is_whitespace() || matches!(c, '-' | '‑' | '–')) {
        let name = word.trim_matches(|c: char| !c.is_alphanumeric());
        let end = start + word.len();
        let rest = &en[end..];
        let folded = pinyin::fold(name);
        if name.starts_with(char::is_uppercase) && names.contains(&folded) {
            match leading_number(rest, Side::En) {
                Some((found, _)) if found == number => return None,
                Some((_, len)) => wrong = wrong.or(Some(Span::new(start, end + len))),
                None => {}
            }
        }
        start = end;
    }
    wrong
}

fn compare_dynasties(ctx: &PairContext<'_>, report: &mut Report) {
    const AFTER: [&str; 6] = ["代", "朝", "王朝", "末", "初", "时期"];
    let (zh, en) = (ctx.zh(), ctx.en());
    let Some(at) = memmem::find(en.as_bytes(), b"ynasty").and_then(|at| at.checked_sub("D".len())) else {
        return;
    };
    let named = |c: char, place: usize| {
        let rest = &zh[place + c.len_utf8()..];
        AFTER.iter().any(|word| rest.starts_with(word))
    };
    let mut places = zh.char_indices().filter_map(|(place, c)| {
        let (_, name) = DYNASTIES.iter().find(|(dynasty, _)| *dynasty == c)?;
        named(c, place).then_some((place, c, *name))
    });
    let (Some((place, c, name)), None) = (places.next(), places.next()) else {
        return;
    };
    let before = en[..at].trim_end();
    let word = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let other = DYNASTIES.iter().find(|(_, other)| word.eq_ignore_ascii_case(other));
    let has_right = en
        .split(|c: char| !c.is_alphanumeric())
        .any(|w| w.eq_ignore_ascii_case(name));
    if let Some((other, _)) = other.filter(|_| !has_right)
        && !zh.contains(*other)
    {
        let span = Span::new(before.len() - word.len(), at + "Dynasty".len());
        let here = Span::new(place, place + c.len_utf8());
        report
            .translated_as(&SeriesMismatch::META, ctx, here, span, "")
            .help("check the dynasty against the source")
            .emit();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::check;

    #[test]
    fn finds_other_members_of_a_series() {
        for (zh, en) in [
            ("天问一号成功着陆。", "Tianwen-2 landed."),
            ("神舟二十号发射成功。", "Shenzhou-21 was launched."),
            ("“嫦娥六号”返回地球。", "Chang'e 5 returned to Earth."),
            ("刻印于明代万历年间。", "It was printed in the Qing Dynasty."),
        ] {
            assert_eq!(check(&SeriesMismatch, &[zh], &[en]).len(), 1, "{zh} {en}");
        }
    }

    #[test]
    fn allows_the_same_member_and_no_number() {
        for (zh, en) in [
            ("天问一号成功着陆。", "Tianwen-1 landed."),
            ("神舟二十号发射成功。", "The crewed spaceship was launched."),
            ("从神舟二十号到神舟二十一号", "from Shenzhou-20 to Shenzhou-21"),
            ("明清两朝", "the Ming and Qing dynasties"),
            ("位于北京路5号。", "It is at 5 Beijing Road."),
        ] {
            assert!(check(&SeriesMismatch, &[zh], &[en]).is_empty(), "{zh} {en}");
        }
    }
}
