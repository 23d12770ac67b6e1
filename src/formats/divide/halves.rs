//! The two languages of one line.

use std::borrow::Cow;

use crate::formats::marks;
use crate::text::script::{ScriptCount, is_fullwidth_punctuation, is_han};
use crate::text::{Side, Span};

/// Line breaks in HTML.
const BREAKS: [&str; 3] = ["<br/>", "<br>", "<br />"];
/// Separators that people write between two languages.
const SEPARATORS: [&str; 11] = [
    BREAKS[0], BREAKS[1], BREAKS[2], "\t", " | ", "｜", " / ", "／", "&nbsp;", "  ", "\u{3000}",
];
/// Latin letters per Han character of a text and its translation, at the least and at the most.
const LETTERS_PER_HAN: (f32, f32) = (0.8, 12.0);

/// What divides a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Divider {
    /// A mark or a space that only layout explains, with one language before it and the other after it.
    Separator {
        /// Whether neither half has a letter of the other language.
        pure: bool,
    },
    /// The end of a sentence.
    Sentence,
    /// A space, as before a name that a Chinese text mentions.
    Space,
    /// Brackets, as around a term that a Chinese text explains.
    Brackets,
}

impl Divider {
    /// Whether any Chinese text has it around names.
    pub const fn is_common(self) -> bool {
        matches!(self, Self::Space | Self::Brackets)
    }
}

/// A line in both languages.
#[derive(Debug, Clone, Copy)]
pub(super) struct Halves {
    pub divider: Divider,
    /// Bytes of the line, in order.
    pub halves: [Span; 2],
}

/// The halves of a line in both languages. `masks` are the spans in it that are not prose, beside those that show in any text.
pub(super) fn find_halves(line: &str, masks: Vec<Span>) -> Option<Halves> {
    let count = ScriptCount::of(line);
    if count.han == 0 || count.latin < 2 {
        return None;
    }
    let line = &*veil(line, masks);
    by_separator(line)
        .or_else(|| in_brackets(line))
        .or_else(|| chinese_first(line))
        .or_else(|| english_first(line))
}

/// The line with its code, addresses and tags, but for line breaks, overwritten.
fn veil(line: &str, mut masks: Vec<Span>) -> Cow<'_, str> {
    masks.extend(marks::not_prose(line));
    masks.retain(|mask| !BREAKS.contains(&mask.of(line)));
    if masks.is_empty() {
        return Cow::Borrowed(line);
    }
    let mut veiled = line.to_owned();
    for mask in masks {
        veiled.replace_range(mask.range(), &"\0".repeat(mask.len()));
    }
    Cow::Owned(veiled)
}

fn by_separator(line: &str) -> Option<Halves> {
    SEPARATORS.iter().find_map(|separator| {
        let (at, _) = line.match_indices(separator).find(|&(at, _)| {
            let halves = [&line[..at], &line[at + separator.len()..]];
            in_both(halves)
        })?;
        let halves = [Span::new(0, at), Span::new(at + separator.len(), line.len())].map(|half| trimmed(line, half));
        let [a, b] = halves.map(|half| ScriptCount::of(half.of(line)));
        let pure = (a.han == 0 || a.latin == 0) && (b.han == 0 || b.latin == 0);
        Some(Halves {
            divider: Divider::Separator { pure },
            halves,
        })
    })
}

/// `中文 (English)` and `English（中文）`.
fn in_brackets(line: &str) -> Option<Halves> {
    let line = line.trim_end();
    let inside = line.strip_suffix([')', '）'])?;
    let open = inside.rfind(['(', '（'])?;
    let width = inside[open..].chars().next().map_or(1, char::len_utf8);
    let halves = [&line[..open], &inside[open + width..]];
    in_both(halves).then(|| Halves {
        divider: match divider_after(halves[0]) {
            Divider::Space => Divider::Brackets,
            divider => divider,
        },
        halves: [Span::new(0, open), Span::new(open + width, inside.len())].map(|half| trimmed(line, half)),
    })
}

/// The Chinese ends with its last Chinese character, and the English is the rest.
fn chinese_first(line: &str) -> Option<Halves> {
    let is_chinese = |c: char| is_han(c) || is_fullwidth_punctuation(c);
    let (at, last) = line.char_indices().rev().find(|&(_, c)| is_chinese(c))?;
    let mut end = at + last.len_utf8();
    let rest = &line[end..];
    end += rest.len() - rest.trim_start_matches(['”', '’', '…', '—']).len();
    divided_at(line, end)
}

/// The English ends before the first Chinese character, with the marks and figures that the Chinese begins with.
fn english_first(line: &str) -> Option<Halves> {
    let first = line.find(is_han)?;
    let before = line[..first].trim_end_matches(|c: char| "《「【（“‘".contains(c) || c.is_ascii_digit());
    divided_at(line, before.len())
}

/// A line that is divided at byte `at`, if a sentence ends, a name in quotation marks ends, or a space is there.
fn divided_at(line: &str, at: usize) -> Option<Halves> {
    let halves = [&line[..at], &line[at..]];
    let divider = divider_after(halves[0]);
    let has_space = halves[0].ends_with(|c: char| c.is_whitespace() || "”’》」".contains(c))
        || halves[1].starts_with(char::is_whitespace);
    (in_both(halves) && (has_space || divider == Divider::Sentence)).then(|| Halves {
        divider,
        halves: [Span::new(0, at), Span::new(at, line.len())].map(|half| trimmed(line, half)),
    })
}

/// The divider after a half of a line that no separator ends.
fn divider_after(half: &str) -> Divider {
    let sentence = half
        .trim_end()
        .trim_end_matches(['”', '’', '"', '）', ')', '」'])
        .ends_with(['。', '！', '？', '；', '…', '.', '!', '?']);
    if sentence { Divider::Sentence } else { Divider::Space }
}

/// Whether one half is in Chinese, the other in English, and either may translate the other.
fn in_both(halves: [&str; 2]) -> bool {
    let [a, b] = halves.map(ScriptCount::of);
    let ((zh, chinese), (en, english)) = match (a.side(), b.side()) {
        (Some(Side::Zh), Some(Side::En)) => ((a, halves[0]), (b, halves[1])),
        (Some(Side::En), Some(Side::Zh)) => ((b, halves[1]), (a, halves[0])),
        _ => return false,
    };
    let ratio = en.latin as f32 / (zh.han as f32 + zh.latin as f32 / 5.0);
    let is_acronym = || {
        english
            .trim()
            .bytes()
            .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
    };
    (zh.latin <= zh.han * 2 || repeats_words(chinese, english))
        && en.han * 20 <= en.latin
        && en.latin >= 2
        && ratio <= LETTERS_PER_HAN.1
        && (ratio >= LETTERS_PER_HAN.0 || is_acronym())
}

/// Whether the Chinese has no Latin word that the English lacks: `Linux支持`, `Linux Support`.
fn repeats_words(chinese: &str, english: &str) -> bool {
    let english = english.to_ascii_lowercase();
    chinese
        .split(|c: char| !c.is_ascii_alphanumeric())
        .all(|word| english.contains(&word.to_ascii_lowercase()))
}

/// A half without the white space, bars and line breaks around it.
fn trimmed(line: &str, half: Span) -> Span {
    let mut inside = half.of(line);
    let start = half.end - inside.trim_start_matches([' ', '\t', '|', '｜', '\u{3000}']).len();
    inside = &line[start..half.end];
    loop {
        let end = inside.trim_end_matches([' ', '\t', '|', '｜', '\u{3000}']);
        let end = BREAKS.iter().find_map(|b| end.strip_suffix(b)).unwrap_or(end);
        if end.len() == inside.len() {
            return Span::new(start, start + inside.len());
        }
        inside = end;
    }
}

/// The halves without the number at the start of the line, which is of both: `10.22 原子气体结构 atomic gas structure`.
pub(super) fn without_shared_number(line: &str, [first, second]: [Span; 2]) -> [Span; 2] {
    let own = first.of(line);
    let rest = own.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let number = &own[..own.len() - rest.len()];
    if number.is_empty() || !rest.starts_with(' ') || second.of(line).contains(number) {
        return [first, second];
    }
    [Span::new(first.end - rest.trim_start().len(), first.end), second]
}
