//! The place of the cursor in a pair.

use crate::glossary::terms::renderings;
use crate::rules::{DocumentContext, PairContext};
use crate::text::{Side, Span};

use super::positions::Unit;

/// The place of the cursor in a pair.
#[derive(Clone, Copy)]
pub struct Spot<'a> {
    /// The pair.
    pub pair: PairContext<'a>,
    /// The side that the cursor is on.
    pub side: Side,
    /// The cursor, as a byte of the text of that side.
    pub offset: usize,
}

impl<'a> Spot<'a> {
    /// The place of a position in a file; `None` where there is no text.
    pub fn find(doc: &'a DocumentContext<'a>, file: &str, unit: Unit, at: lsp_types::Position) -> Option<Self> {
        let document = doc.document;
        let line = at.line as usize + 1;
        let mut here = document.sources.iter().enumerate().filter(|(_, source)| {
            let (first, last) = (source.line(0), source.line(source.text().len()));
            &**source.path() == file && (first..=last).contains(&line)
        });
        here.find_map(|(number, source)| {
            let start = source.line_offset(line);
            let column = lsp_types::Position::new(0, at.character);
            let offset = start + unit.offset(&source.text()[start..], column);
            [Side::Zh, Side::En].into_iter().find_map(|side| {
                let mut blocks = document.blocks(side).iter().enumerate();
                let (block, at) = blocks.find_map(|(block, of)| {
                    let at = of.origin.to_text(offset).filter(|_| of.origin.source == number)?;
                    Some((block, at))
                })?;
                let index = doc.pairs.iter().position(|pair| pair.range(side).contains(&block))?;
                let pair = doc.pair(index)?;
                let before = &document.blocks(side)[pair.range(side).start..block];
                // Blocks are joined by newlines.
                let offset = at + before.iter().map(|b| b.text.len() + 1).sum::<usize>();
                Some(Self { pair, side, offset })
            })
        })
    }

    /// The text that the cursor is in.
    pub fn text(&self) -> &'a str {
        self.pair.text(self.side)
    }

    /// Whether the cursor is in a span or at its end.
    pub fn is_in(&self, span: Span) -> bool {
        span.start <= self.offset && self.offset <= span.end
    }

    /// The concept whose name the cursor is in, by its number in the glossary, and the place of the name.
    pub fn name(&self) -> Option<(usize, Span)> {
        let concepts = named(&self.pair, self.side).into_iter();
        let here = concepts.filter(|&(_, span)| self.is_in(span));
        here.max_by_key(|(_, span)| span.len())
    }
}

/// The concepts that one side of a pair names, by their numbers in the glossary, each with the places of its names.
pub fn named(pair: &PairContext<'_>, side: Side) -> Vec<(usize, Span)> {
    let in_pair = &pair.terms().concepts;
    match side {
        Side::Zh => {
            let places = in_pair
                .iter()
                .flat_map(|c| c.zh.iter().map(|hit| (c.concept, hit.span)));
            places.collect()
        }
        Side::En => {
            let (glossary, words) = (pair.doc.glossary, pair.words());
            let is_valid = |c: usize| {
                pair.doc
                    .date()
                    .is_none_or(|day| glossary.concepts()[c].is_valid_on(day))
            };
            let keys = words.tokens.iter().map(|token| token.key);
            let concepts = glossary.concepts_with_english_key(keys).filter(|&c| is_valid(c));
            let places = concepts.flat_map(|c| {
                let hits = renderings(glossary.english(c), &words).into_iter();
                hits.map(move |hit| (c, hit.span))
            });
            places.collect()
        }
    }
}
