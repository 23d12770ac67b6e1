//! The texts of all pairs, and where in them the findings are.

use std::collections::HashMap;
use std::mem;
use std::sync::Arc;

use crate::document::BlockKind;
use crate::finding::{Finding, Label};
use crate::language::quantity::Quantity;
use crate::rules::{DocumentContext, PairContext};
use crate::run::part::Part;
use crate::text::{Position, Side, Sides, Span};

/// The pairs of one bilingual text.
#[derive(Debug, Clone, Default)]
pub struct ReviewedText {
    /// Its name: the path, or both paths.
    pub name: Arc<str>,
    /// The id of the record that holds the text, if the file has several texts.
    pub id: Option<Arc<str>>,
    /// Its pairs in order, section markers and production notes included.
    pub pairs: Vec<ReviewedPair>,
}

/// A pair with its texts.
#[derive(Debug, Clone, Default)]
pub struct ReviewedPair {
    /// Its 0-based number among the pairs that are text; `None` for layout.
    pub number: Option<usize>,
    /// The id of the record.
    pub id: Option<Arc<str>>,
    /// The blocks of each side.
    pub blocks: Sides<Vec<ReviewedBlock>>,
    /// How sure the aligner is, 0 to 1.
    pub confidence: f32,
    /// Whether the pair is out of order.
    pub crossing: bool,
    /// Hash of the texts, white space aside; see [`PairRef::text_hash`](crate::finding::PairRef::text_hash).
    pub text_hash: u128,
    /// The quantities of both sides, those that are equal in one row. Only for pairs with findings.
    pub figures: Vec<Sides<Option<ReviewedFigure>>>,
    /// The findings about the pair, as indices into [`RunReport::findings`](crate::run::RunReport::findings).
    pub findings: Vec<usize>,
}

impl ReviewedPair {
    /// Whether one side has no text.
    pub fn is_alone(&self) -> bool {
        self.blocks.zh.is_empty() || self.blocks.en.is_empty()
    }
}

/// A heading, paragraph, list item, cell or segment.
#[derive(Debug, Clone)]
pub struct ReviewedBlock {
    /// What it is.
    pub kind: BlockKind,
    /// Its text.
    pub text: String,
    /// The file it is in, as messages show it.
    pub file: Arc<str>,
    /// Where it starts in the file.
    pub start: Position,
    /// What findings point at.
    pub marks: Vec<Mark>,
}

/// What a finding points at in a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// Bytes of the block's text; empty for a place between characters.
    pub span: Span,
    /// The finding, as an index into [`RunReport::findings`](crate::run::RunReport::findings).
    pub finding: usize,
}

/// A quantity of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewedFigure {
    /// As written.
    pub text: String,
    /// Its value as digits, with its unit.
    pub value: String,
}

/// Keeps the texts of a document with those that came before it.
pub(super) fn keep(document: &DocumentContext<'_>, texts: &mut Vec<ReviewedText>) {
    let of = document.document;
    let mut pairs: Vec<_> = document.iter().map(|p| reviewed(&p, of.first_record)).collect();
    match texts.last_mut() {
        // A streamed file comes in parts.
        Some(last) if of.first_record > 0 && last.name == of.name => last.pairs.append(&mut pairs),
        _ => texts.push(ReviewedText {
            name: Arc::clone(&of.name),
            id: of.id.clone(),
            pairs,
        }),
    }
}

/// Leaves out the pairs that are not in the part.
pub(super) fn keep_part(part: &Part, texts: &mut [ReviewedText]) {
    let is_in = |block: &ReviewedBlock, side| part.contains(&block.file, side, block.start);
    for text in texts {
        text.pairs.retain(|pair| {
            let mut sides = [Side::Zh, Side::En].into_iter();
            sides.any(|side| pair.blocks[side].iter().any(|block| is_in(block, side)))
        });
    }
}

/// A pair without its findings; numbers count from `first`.
fn reviewed(pair: &PairContext<'_>, first: usize) -> ReviewedPair {
    let of = pair.pair();
    ReviewedPair {
        number: (!pair.is_structure()).then(|| first + pair.number()),
        id: of.id.clone(),
        blocks: Sides::from_fn(|side| reviewed_blocks(pair, side)),
        confidence: of.confidence,
        crossing: of.crossing,
        text_hash: pair.text_hash(),
        figures: figures(pair),
        findings: Vec::new(),
    }
}

fn reviewed_blocks(pair: &PairContext<'_>, side: Side) -> Vec<ReviewedBlock> {
    let blocks = pair.blocks(side).iter().map(|block| {
        let source = &pair.doc.document.sources[block.origin.source];
        ReviewedBlock {
            kind: block.kind,
            text: block.text.clone(),
            file: Arc::clone(source.path()),
            start: source.position(block.origin.to_source(Span::default()).start),
            marks: Vec::new(),
        }
    });
    blocks.collect()
}

/// The quantities of both sides: the Chinese ones in order, with their equals, then what only the English has.
fn figures(pair: &PairContext<'_>) -> Vec<Sides<Option<ReviewedFigure>>> {
    let figure = |side: Side, q: &Quantity| ReviewedFigure {
        text: q.span.of(pair.text(side)).trim().to_owned(),
        value: q.display_value(),
    };
    let (zh, en) = (pair.quantities(Side::Zh), pair.quantities(Side::En));
    let comparison = pair.comparison();
    let counterparts = comparison.matches.iter().copied();
    let clashes = comparison.differences.iter().filter_map(|d| d.zh.zip(d.en));
    let mut partner: HashMap<usize, usize> = clashes.chain(counterparts).collect();
    let mut alone = vec![true; en.len()];
    partner.retain(|_, &mut e| mem::take(&mut alone[e]));
    let with_chinese = zh.iter().enumerate().map(|(i, q)| {
        let counterpart = partner.get(&i).map(|&e| figure(Side::En, &en[e]));
        Sides::new(Some(figure(Side::Zh, q)), counterpart)
    });
    let only_english = en.iter().zip(&alone).filter(|&(_, &alone)| alone);
    let only_english = only_english.map(|(q, _)| Sides::new(None, Some(figure(Side::En, q))));
    with_chinese.chain(only_english).collect()
}

/// Where a block is: its text, its pair, and its number on its side of the pair.
#[derive(Clone, Copy)]
struct Address {
    /// Line and byte column of its first character.
    start: (usize, usize),
    text: usize,
    pair: usize,
    block: usize,
}

/// The blocks of all texts by file and side, each file's in order.
struct Index(HashMap<(Arc<str>, Side), Vec<Address>>);

impl Index {
    fn new(texts: &[ReviewedText]) -> Self {
        let mut blocks: HashMap<_, Vec<_>> = HashMap::new();
        for (t, text) in texts.iter().enumerate() {
            for (p, pair) in text.pairs.iter().enumerate() {
                for side in [Side::Zh, Side::En] {
                    for (b, block) in pair.blocks[side].iter().enumerate() {
                        let of_file = blocks.entry((Arc::clone(&block.file), side)).or_default();
                        of_file.push(Address {
                            start: (block.start.line, block.start.byte_column),
                            text: t,
                            pair: p,
                            block: b,
                        });
                    }
                }
            }
        }
        for of_file in blocks.values_mut() {
            of_file.sort_by_key(|a| a.start);
        }
        Self(blocks)
    }

    /// The block that a label is in: the last one that starts at or before it.
    fn find(&self, label: &Label) -> Option<Address> {
        let of_file = self.0.get(&(Arc::clone(&label.file), label.side))?;
        let at = (label.start.line, label.start.byte_column);
        let after = of_file.partition_point(|a| a.start <= at);
        Some(of_file[after.checked_sub(1)?])
    }
}

/// Lists each finding with its pair, and marks what it points at. A finding about no text of a pair, such as one about a
/// suppression, gets no place. The figures of pairs without a finding are dropped.
pub(super) fn place(findings: &[Finding], texts: &mut [ReviewedText]) {
    let index = Index::new(texts);
    for (number, finding) in findings.iter().enumerate() {
        let primary = finding.primary().side;
        for label in [&finding.zh, &finding.en].into_iter().flatten() {
            let Some(at) = index.find(label) else { continue };
            let pair = &mut texts[at.text].pairs[at.pair];
            let block = &mut pair.blocks[label.side][at.block];
            let Some(span) = span(&block.text, label) else { continue };
            block.marks.push(Mark { span, finding: number });
            if label.side == primary {
                pair.findings.push(number);
            }
        }
    }
    let pairs = texts.iter_mut().flat_map(|t| &mut t.pairs);
    pairs.filter(|p| p.findings.is_empty()).for_each(|p| p.figures.clear());
}

/// The bytes of a label in the text of its block; `None` if the text is not the one that the label is about.
fn span(text: &str, label: &Label) -> Option<Span> {
    let start = match text.char_indices().nth(label.chars.0) {
        Some((start, _)) => start,
        None if text.chars().count() == label.chars.0 => text.len(),
        None => return None,
    };
    let end = start + label.text.len();
    (text.get(start..end) == Some(&*label.text)).then_some(Span::new(start, end))
}
