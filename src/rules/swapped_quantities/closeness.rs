//! How close the words around a Chinese figure are to an English figure once they are translated.

use super::{Match, is_label};
use crate::align::WordLink;
use crate::language::quantity::Quantity;
use crate::rules::PairContext;
use crate::text::{Side, Sides, Span};

/// Distances at which a word is worth a third of one beside the figure. A letter of English counts a fifth of a Chinese
/// character.
const REACH: Sides<f32> = Sides { zh: 8.0, en: 5.0 };
const LETTER: f32 = 0.2;
/// Words that are more bytes of Chinese away count nothing.
const FURTHEST: usize = 120;
/// What a figure between a word and another figure adds to their distance.
const FIGURE: Sides<f32> = Sides { zh: 8.0, en: 4.0 };

/// The words of a pair that may translate each other, and the distances in its texts.
pub struct Closeness {
    links: Vec<WordLink>,
    /// For each byte, the distance from the beginning of the text.
    distances: Sides<Vec<f32>>,
}

impl Closeness {
    /// Measures the texts of a pair with these figures. Dates and ordinals that both sides have link the texts as words do.
    pub fn new(ctx: &PairContext<'_>, figures: &[Match<'_>]) -> Self {
        let mut links = ctx.word_links().to_vec();
        let matches = ctx.comparison().matches.iter();
        let quantities = matches.map(|&(i, j)| (&ctx.quantities(Side::Zh)[i], &ctx.quantities(Side::En)[j]));
        let labels = quantities.filter(|(zh, _)| is_label(zh.kind));
        links.extend(labels.map(|(zh, en)| WordLink {
            zh: zh.span,
            en: en.span,
            worth: 1.0,
        }));
        links.sort_by_key(|link| link.zh.start);
        let distances = Sides::from_fn(|side| {
            let starts = figures
                .iter()
                .map(|m| Sides::new(m.zh, m.en)[side].figure.start)
                .collect();
            measure(ctx.text(side), side, starts)
        });
        Self { links, distances }
    }

    /// The words that a Chinese and an English figure have in common: 1 for each that is right beside both, less for those that
    /// are further away.
    pub fn between(&self, zh: &Quantity, en: &Quantity) -> f32 {
        let near = |link: &WordLink| {
            let far = |side, figure, word| self.distance(side, figure, word) / REACH[side];
            link.worth * (-far(Side::Zh, zh.figure, link.zh) - far(Side::En, en.figure, link.en)).exp()
        };
        let from = self
            .links
            .partition_point(|link| link.zh.start + FURTHEST < zh.figure.start);
        let links = self.links[from..].iter();
        links
            .take_while(|link| link.zh.start < zh.figure.end + FURTHEST)
            .map(near)
            .sum()
    }

    fn distance(&self, side: Side, figure: Span, word: Span) -> f32 {
        let at = &self.distances[side];
        if word.start >= figure.end {
            at[word.start] - at[figure.end]
        } else if word.end <= figure.start {
            at[figure.start] - at[word.end]
        } else {
            f32::INFINITY
        }
    }
}

/// The distance of each byte from the beginning of the text. Marks, “and” and figures keep apart what is on either side of them.
fn measure(text: &str, side: Side, mut figures: Vec<usize>) -> Vec<f32> {
    figures.sort_unstable();
    let mut out = Vec::with_capacity(text.len() + 1);
    let mut total = 0.0;
    for (at, c) in text.char_indices() {
        let rest = &text[at + c.len_utf8()..];
        let before_digit = rest.starts_with(|c: char| c.is_ascii_digit());
        out.resize(out.len() + c.len_utf8(), total);
        total += match (side, c) {
            // The figure in 血栓 (31%) belongs to the word before the bracket.
            (_, '（' | '(') if before_digit => 0.0,
            (Side::Zh, '、') => 5.0,
            (Side::Zh, '，' | '（' | '）' | '(' | ')') => 8.0,
            (Side::Zh, '；' | '：' | '。' | '？' | '\n') => 16.0,
            (Side::Zh, _) => 1.0,
            (Side::En, ',' | '(' | ')') if !before_digit => 2.0,
            (Side::En, '.' | ';' | ':') if !before_digit => 8.0,
            (Side::En, ' ') if rest.starts_with("and ") || rest.starts_with("while ") => 2.0,
            (Side::En, _) => LETTER,
        };
        if figures.binary_search(&at).is_ok() {
            total += FIGURE[side];
        }
    }
    out.push(total);
    out
}
