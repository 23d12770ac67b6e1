//! The parts of a text that belong to two figures, and the words that only one of them has.

use super::Match;
use crate::rules::PairContext;
use crate::text::{Side, Sides, Span};

/// How surely each part must be the translation of the other one's.
const LEAST: f32 = 0.5;
/// How surely one part must be, where no word shows it of the other and the figures follow each other.
const LEAST_OF_ONE: f32 = 1.0;

/// Marks and words that divide two parts, the strongest first.
const DIVIDING: Sides<&[&[&str]]> = Sides {
    zh: &[&["；", "。", "："], &["，"], &["、", "和", "与", "及", "而"]],
    en: &[
        &["; ", ". ", ": "],
        &[", "],
        &[" and ", " while ", " but ", " or ", " whereas "],
        &[
            " with ",
            " to ",
            " from ",
            " in ",
            " on ",
            " for ",
            " at ",
            " versus ",
            " against ",
        ],
    ],
};
/// Marks at which the part before the first figure begins and that after the second ends.
const ENDS: Sides<&str> = Sides {
    zh: "，。；：！？\n",
    en: ",;:.!?\n",
};

/// Whether the words that distinguish two figures are translated beside the other one: in 硕士学位92万人、博士学位9万人, “master”
/// and “doctoral”, since “degrees” is beside both.
pub fn has_crossed_own_words(ctx: &PairContext<'_>, [a, b]: [&Match<'_>; 2], is_next: bool) -> bool {
    // The order of the names says what belongs together.
    if ctx.zh().contains("分别") && ctx.en().contains("respective") {
        return false;
    }
    let zh = divide(ctx.zh(), Side::Zh, a.zh.span, b.zh.span);
    let en = divide(ctx.en(), Side::En, b.en.span, a.en.span);
    let part_of = |parts: &[Span; 2], word: Span| parts.iter().position(|part| part.contains(word));
    let links = ctx.word_links().iter().filter_map(|link| {
        let (i, j) = (part_of(&zh, link.zh)?, part_of(&en, link.en)?);
        let is_own = !has_word(ctx.zh(), zh[1 - i], link.zh) && !has_word(ctx.en(), en[1 - j], link.en);
        is_own.then_some((link.zh, i, j, link.worth))
    });
    // The surest link of each word to each part.
    let mut surest: Vec<(Span, usize, usize, f32)> = Vec::new();
    for link in links {
        match surest.iter_mut().find(|known| (known.0, known.2) == (link.0, link.2)) {
            Some(known) => known.3 = known.3.max(link.3),
            None => surest.push(link),
        }
    }
    // In the English, the second figure comes first.
    let total = |i: usize, j: usize| -> f32 {
        let links = surest.iter().filter(|link| (link.1, link.2) == (i, j));
        links.map(|link| link.3).sum()
    };
    let (own, other) = (total(0, 1) + total(1, 0), [total(0, 0), total(1, 1)]);
    let least = other[0].min(other[1]);
    let is_clear = own < LEAST && (least >= LEAST || is_next && own <= 0.0 && other[0] + other[1] >= LEAST_OF_ONE);
    // A word of both parts may be in one of them only: 授予 of 授予硕士学位92万人、博士学位9万人.
    is_clear || own <= LEAST_OF_ONE && least >= LEAST_OF_ONE
}

/// Whether a part has the word at `word` once more.
fn has_word(text: &str, part: Span, word: Span) -> bool {
    let word = word.of(text);
    let part = part.of(text);
    part.len() >= word.len()
        && part.char_indices().any(|(at, _)| {
            part.get(at..at + word.len())
                .is_some_and(|other| other.eq_ignore_ascii_case(word))
        })
}

/// The parts of two figures that follow each other: the text from the mark before the first to the mark after the second, divided at
/// the last of the strongest marks or words between the two.
fn divide(text: &str, side: Side, first: Span, second: Span) -> [Span; 2] {
    let between = first.end.min(second.start)..second.start;
    let cut = DIVIDING[side].iter().find_map(|marks| {
        let places = marks.iter().filter_map(|mark| text[between.clone()].rfind(mark));
        places.max().map(|at| first.end + at)
    });
    let cut = cut.unwrap_or(second.start);
    let is_end = |c: char| ENDS[side].contains(c);
    let start = text[..first.start]
        .rfind(is_end)
        .map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
    let end = text[second.end..].find(is_end).map_or(text.len(), |at| second.end + at);
    [Span::new(start.min(cut), cut), Span::new(cut, end.max(cut))]
}
