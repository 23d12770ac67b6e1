//! The part of the texts that a run reports on: sections, lines or pages. The texts are aligned and checked as a whole, so that
//! the findings are those of the whole text.

use std::collections::HashMap;
use std::ops::RangeInclusive;
use std::sync::Arc;

use super::RunError;
use crate::document::{Block, BlockKind, Document};
use crate::finding::Finding;
use crate::rules::{DocumentContext, PairContext};
use crate::score::Lengths;
use crate::text::{Position, Side};

/// Which part of each text a run reports on: everything that is named here. If nothing is, the whole text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PartSettings {
    /// Sections, by a text in their headings; case does not count.
    pub sections: Vec<String>,
    /// Lines, as places show them. Of a text in two files, those of the Chinese one.
    pub lines: Vec<RangeInclusive<usize>>,
    /// Pages of Word documents, slides of presentations. Of a text in two files, those of the Chinese one.
    pub pages: Vec<RangeInclusive<usize>>,
}

impl PartSettings {
    /// Whether the whole text is reported on.
    pub fn is_whole(&self) -> bool {
        *self == Self::default()
    }
}

/// A place as it is ordered in a file.
type At = (usize, usize);

/// From where to where a block is, its end included.
type Range = (At, At);

const fn at(position: Position) -> At {
    (position.line, position.byte_column)
}

/// What of the texts is in the part.
#[derive(Debug, Default)]
pub(super) struct Part {
    /// From where to where the blocks in it are, by file and side, in order.
    blocks: HashMap<(Arc<str>, Side), Vec<Range>>,
    /// How many pairs with text are in it.
    pub pairs: usize,
    /// The lengths of the texts in it.
    pub lengths: Lengths,
    /// Which of the sections have been found.
    found: Vec<bool>,
    /// Whether a text has pages.
    has_pages: bool,
}

impl Part {
    /// Adds what of a document is in the part.
    pub fn add(&mut self, document: &DocumentContext<'_>, settings: &PartSettings) {
        let pairs: Vec<PairContext<'_>> = document.iter().collect();
        let mut chosen = vec![false; pairs.len()];
        self.found.resize(settings.sections.len(), false);
        for (section, found) in settings.sections.iter().zip(&mut self.found) {
            *found |= choose_section(&pairs, section, &mut chosen);
        }
        self.choose_places(document.document, &pairs, settings, &mut chosen);
        for (pair, _) in pairs.iter().zip(chosen).filter(|(_, chosen)| *chosen) {
            self.pairs += usize::from(!pair.is_structure());
            for side in [Side::Zh, Side::En] {
                for block in pair.blocks(side) {
                    self.add_block(document.document, block);
                }
            }
        }
    }

    fn add_block(&mut self, document: &Document, block: &Block) {
        if block.kind != BlockKind::Structure {
            self.lengths.add(block.side, &block.text);
        }
        let source = &document.sources[block.origin.source];
        let span = block.origin.span;
        let range = (at(source.position(span.start)), at(source.position(span.end)));
        let of_file = self.blocks.entry((Arc::clone(source.path()), block.side)).or_default();
        let after = of_file.partition_point(|other| *other <= range);
        of_file.insert(after, range);
    }

    /// Chooses the pairs on the lines and pages. A pair without text in the file that they count in, such as an added paragraph, is in
    /// the part if the pairs around it are.
    fn choose_places(
        &mut self,
        document: &Document,
        pairs: &[PairContext<'_>],
        settings: &PartSettings,
        chosen: &mut [bool],
    ) {
        let chinese = document.zh.first().map_or(0, |block| block.origin.source);
        self.has_pages |= document
            .sources
            .get(chinese)
            .is_some_and(|source| !source.pages().is_empty());
        let is_in = |block: &&Block| {
            let source = &document.sources[block.origin.source];
            let span = block.origin.span;
            let lines = [source.line(span.start), source.line(span.end)];
            let pages = [span.start, span.end].map(|at| source.pages().partition_point(|page| *page <= at) + 1);
            is_any(&settings.lines, lines) || !source.pages().is_empty() && is_any(&settings.pages, pages)
        };
        let mut before = None;
        for (i, pair) in pairs.iter().enumerate() {
            let blocks = [Side::Zh, Side::En].into_iter().flat_map(|side| pair.blocks(side));
            let mut blocks = blocks.filter(|block| block.origin.source == chinese).peekable();
            if blocks.peek().is_none() {
                continue;
            }
            let is_chosen = blocks.any(|block| is_in(&block));
            chosen[i] |= is_chosen;
            if let Some(first) = before.filter(|_| is_chosen) {
                chosen[first..i].fill(true);
            }
            before = is_chosen.then_some(i);
        }
        if let Some(last) = before {
            chosen[last..].fill(true);
        }
    }

    /// Whether a place of a file is in the part.
    pub fn contains(&self, file: &Arc<str>, side: Side, position: Position) -> bool {
        let of_file = self.blocks.get(&(Arc::clone(file), side));
        let place = at(position);
        of_file.is_some_and(|blocks| {
            let after = blocks.partition_point(|(start, _)| *start <= place);
            blocks[..after].last().is_some_and(|(_, end)| place <= *end)
        })
    }

    /// Whether a finding is about the part.
    pub fn holds(&self, finding: &Finding) -> bool {
        let label = finding.primary();
        self.contains(&label.file, label.side, label.start)
    }

    /// Checks that all that the settings name was found in the texts, if there are texts.
    ///
    /// # Errors
    /// A section without a heading, pages of a text that has none, or no text in the part.
    pub fn check(&self, settings: &PartSettings) -> Result<(), RunError> {
        let missing = settings.sections.iter().zip(&self.found).find(|(_, found)| !**found);
        if let Some((section, _)) = missing {
            return Err(RunError::NoSection(section.clone()));
        }
        if !settings.pages.is_empty() && !self.has_pages {
            return Err(RunError::NoPages);
        }
        if self.pairs == 0 {
            return Err(RunError::EmptyPart);
        }
        Ok(())
    }
}

/// Whether one of the ranges has a number from `first` to `last`.
fn is_any(ranges: &[RangeInclusive<usize>], [first, last]: [usize; 2]) -> bool {
    ranges
        .iter()
        .any(|range| *range.start() <= last && first <= *range.end())
}

/// Chooses the pairs of each section whose heading, in either language, contains `text`. Returns whether there is one.
fn choose_section(pairs: &[PairContext<'_>], text: &str, chosen: &mut [bool]) -> bool {
    let text = text.trim().to_lowercase();
    let mut is_found = false;
    for side in [Side::Zh, Side::En] {
        // Of a section that is open: the rank of its heading.
        let mut open = None;
        for (pair, chosen) in pairs.iter().zip(&mut *chosen) {
            for block in pair.blocks(side) {
                let Some(rank) = rank(block) else { continue };
                open = open.filter(|above| rank > *above);
                if open.is_none() && block.text.to_lowercase().contains(&text) {
                    open = Some(rank);
                    is_found = true;
                }
            }
            *chosen |= open.is_some();
        }
    }
    is_found
}

/// How high a heading ranks: the lower, the higher. Markers such as `【序】` are above all headings, those of unknown level below.
/// `None` for other blocks.
fn rank(block: &Block) -> Option<u8> {
    match block.kind {
        BlockKind::Heading(0) => Some(u8::MAX),
        BlockKind::Heading(level) => Some(level),
        BlockKind::Structure if block.text.trim_start().starts_with(['【', '[', '〔']) => Some(0),
        _ => None,
    }
}
