//! What a rule works on: the pairs of a document with their texts, the glossary, and analyses that are made on demand
//! and kept.

use std::cell::OnceCell;
use std::ops::Range;
use std::path::Path;

use super::digest::text_digest;
use super::missing::{Missing, find_missing};
use super::missing_chinese::{MissingChinese, find_missing_chinese};
use super::profile::Profile;
use super::quantities::{compare_quantities, find_differences, find_quantities};
use super::report;
use super::sentences::{UnpairedSentence, find_unpaired_sentences, length_ratio};
use super::style::Style;
use super::wording::Wording;
use crate::align::{Aligner, Pair, WordLink};
use crate::document::{Block, BlockKind, Document, Layout};
use crate::formats::front_matter;
use crate::glossary::Glossary;
use crate::glossary::english::{WordList, Words};
use crate::glossary::terms::PairTerms;
use crate::input::Patterns;
use crate::language::{
    self,
    quantity::{Comparison, Difference, Quantity},
};
use crate::text::bytes::ByteSet;
use crate::text::date::Date;
use crate::text::{CharCounts, Direction, Side, Sides, Span, SpanSet};

/// The settings of rules, apart from which of them run.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// The direction of files that do not declare one.
    pub direction: Direction,
    /// Acronyms that need no introduction.
    pub known_acronyms: Vec<String>,
    /// House style.
    pub style: Style,
    /// The genre of the texts.
    pub profile: Profile,
    /// The day of documents that do not have one of their own.
    pub date: Option<Date>,
    /// The days of some files. The last match counts.
    pub dates: Vec<(Patterns, Date)>,
}

impl Settings {
    /// The day of a document, on which names must be valid: that of its front matter, or else of all texts, or else of its
    /// files. Without one, the names of all days count.
    pub fn date_of(&self, document: &Document) -> Option<Date> {
        let sources = || document.sources.iter();
        let own = sources().find_map(|source| front_matter::date(source.text()));
        own.or(self.date).or_else(|| {
            let is_here = |patterns: &Patterns| sources().any(|s| patterns.matches(Path::new(&**s.path()), false));
            self.dates
                .iter()
                .rev()
                .find(|(patterns, _)| is_here(patterns))
                .map(|(_, date)| *date)
        })
    }
}

/// A document under check.
pub struct DocumentContext<'a> {
    /// The document.
    pub document: &'a Document,
    /// Its pairs.
    pub pairs: &'a [Pair],
    /// The glossary.
    pub glossary: &'a Glossary,
    /// The settings.
    pub settings: &'a Settings,
    /// The aligner.
    pub aligner: &'a Aligner,
    data: Vec<PairData>,
    length_ratio: OnceCell<f32>,
    date: Option<Date>,
}

impl<'a> DocumentContext<'a> {
    /// Prepares a document; nothing is analysed yet.
    pub fn new(
        document: &'a Document,
        pairs: &'a [Pair],
        glossary: &'a Glossary,
        settings: &'a Settings,
        aligner: &'a Aligner,
    ) -> Self {
        let mut texts = 0;
        let data = pairs
            .iter()
            .map(|pair| {
                let (zh, en) = (&document.zh[pair.zh.clone()], &document.en[pair.en.clone()]);
                let number = texts;
                let structure = is_structure(zh, en);
                texts += usize::from(!structure);
                PairData {
                    number,
                    structure,
                    paired: has_text(zh) && has_text(en),
                    ..PairData::default()
                }
            })
            .collect();
        Self {
            document,
            pairs,
            glossary,
            settings,
            aligner,
            data,
            length_ratio: OnceCell::new(),
            date: settings.date_of(document),
        }
    }

    /// The day of the document: see [`Settings::date_of`].
    pub const fn date(&self) -> Option<Date> {
        self.date
    }

    /// Latin letters of English per Han character of Chinese, as usual in this document.
    pub fn length_ratio(&self) -> f32 {
        *self.length_ratio.get_or_init(|| length_ratio(self))
    }

    /// Which side is the source.
    pub fn direction(&self) -> Direction {
        self.document.direction.unwrap_or(self.settings.direction)
    }

    /// The pairs.
    pub fn iter(&self) -> impl Iterator<Item = PairContext<'_>> {
        (0..self.pairs.len()).map(|index| PairContext { doc: self, index })
    }

    /// Drops the cached analyses of a pair that corpus passes do not need; they are recomputed on demand.
    pub fn forget(&mut self, index: usize) {
        let data = &mut self.data[index];
        data.words.take();
        data.wording.take();
        data.word_links.take();
        data.missing.take();
        data.missing_chinese.take();
        data.comparison.take();
        data.differences.take();
        data.unpaired_sentences.take();
        for side in [Side::Zh, Side::En] {
            data.sides[side].sentences.take();
            data.sides[side].quantities.take();
        }
    }

    /// One pair.
    pub fn pair(&self, index: usize) -> Option<PairContext<'_>> {
        (index < self.pairs.len()).then_some(PairContext { doc: self, index })
    }
}

#[derive(Default)]
struct PairData {
    /// 0-based number among the pairs that are text.
    number: usize,
    structure: bool,
    paired: bool,
    sides: Sides<SideData>,
    words: OnceCell<WordList>,
    wording: OnceCell<Wording>,
    word_links: OnceCell<Vec<WordLink>>,
    terms: OnceCell<PairTerms>,
    missing: OnceCell<Vec<Missing>>,
    missing_chinese: OnceCell<Vec<MissingChinese>>,
    comparison: OnceCell<Comparison>,
    differences: OnceCell<Vec<Difference>>,
    unpaired_sentences: OnceCell<Vec<UnpairedSentence>>,
    text_hash: OnceCell<u128>,
}

#[derive(Default)]
struct SideData {
    bytes: OnceCell<ByteSet>,
    counts: CharCounts,
    mask: OnceCell<SpanSet>,
    digest: OnceCell<Option<u64>>,
    joined: OnceCell<Joined>,
    sentences: OnceCell<Vec<Span>>,
    quantities: OnceCell<Vec<Quantity>>,
}

/// The texts of several blocks joined by newlines, made only for pairs with more than one block on a side.
struct Joined {
    text: String,
    masked: Vec<Span>,
    /// Start in `text` of each block.
    starts: Vec<usize>,
}

impl Joined {
    fn new(blocks: &[Block]) -> Self {
        let (mut text, mut masked, mut starts) = (String::new(), Vec::new(), Vec::new());
        for b in blocks {
            if !starts.is_empty() {
                text.push('\n');
            }
            starts.push(text.len());
            masked.extend(b.masked.iter().map(|m| m.shift(text.len())));
            text.push_str(&b.text);
        }
        Self { text, masked, starts }
    }
}

/// One pair of a document under check, cheap to copy.
#[derive(Clone, Copy)]
pub struct PairContext<'a> {
    /// The document.
    pub doc: &'a DocumentContext<'a>,
    /// 0-based number of the pair in the document (in this part of it, for streamed files).
    pub index: usize,
}

impl<'a> PairContext<'a> {
    /// The pair: its blocks, and how sure the aligner is.
    pub fn pair(&self) -> &'a Pair {
        &self.doc.pairs[self.index]
    }

    /// The numbers of its blocks on one side of the document.
    pub fn range(&self, side: Side) -> Range<usize> {
        self.pair().range(side).clone()
    }

    /// The blocks of one side.
    pub fn blocks(&self, side: Side) -> &'a [Block] {
        &self.doc.document.blocks(side)[self.range(side)]
    }

    fn data(&self, side: Side) -> &'a SideData {
        &self.doc.data[self.index].sides[side]
    }

    fn joined(&self, side: Side) -> &'a Joined {
        self.data(side).joined.get_or_init(|| Joined::new(self.blocks(side)))
    }

    /// The block (numbered on its side of the document) that holds byte `offset` of [`Self::text`], and the offset
    /// within that block.
    pub fn locate(&self, side: Side, offset: usize) -> (usize, usize) {
        let first = self.range(side).start;
        if self.blocks(side).len() <= 1 {
            return (first, offset);
        }
        let starts = &self.joined(side).starts;
        let i = starts.partition_point(|&s| s <= offset) - 1;
        (first + i, offset - starts[i])
    }

    /// The text of one side: the block's text, or the blocks' texts joined by newlines. Spans in findings count in it.
    pub fn text(&self, side: Side) -> &'a str {
        match self.blocks(side) {
            [] => "",
            [one] => &one.text,
            _ => &self.joined(side).text,
        }
    }

    /// The Chinese text.
    pub fn zh(&self) -> &'a str {
        self.text(Side::Zh)
    }

    /// The English text.
    pub fn en(&self) -> &'a str {
        self.text(Side::En)
    }

    /// The parts of one side's text that are not prose (code, link targets, placeholders), in order.
    pub fn masked(&self, side: Side) -> &'a [Span] {
        match self.blocks(side) {
            [] => &[],
            [one] => &one.masked,
            _ => &self.joined(side).masked,
        }
    }

    /// Whether `span` touches something that is not prose.
    pub fn is_masked(&self, side: Side, span: Span) -> bool {
        let masked = self.masked(side);
        let mask = || self.data(side).mask.get_or_init(|| masked.iter().copied().collect());
        !masked.is_empty() && mask().overlaps(span)
    }

    /// Which bytes appear in one side's text.
    pub fn bytes(&self, side: Side) -> ByteSet {
        *self.data(side).bytes.get_or_init(|| ByteSet::of(self.text(side)))
    }

    /// How many characters there are between two byte offsets of one side's text.
    pub fn count_chars(&self, side: Side, from: usize, to: usize) -> usize {
        self.data(side).counts.between(self.text(side), from, to).chars
    }

    /// The digest by which one side's text is compared with others; `None` if it is too short.
    pub fn digest(&self, side: Side) -> Option<u64> {
        *self
            .data(side)
            .digest
            .get_or_init(|| text_digest(self.text(side), side, self.bytes(side)))
    }

    /// The sentences of one side, as byte spans of its text without the space around them.
    pub fn sentences(&self, side: Side) -> &'a [Span] {
        let text = self.text(side);
        self.data(side)
            .sentences
            .get_or_init(|| language::sentences(text, side))
    }

    /// The sentences without a counterpart on the other side.
    pub fn unpaired_sentences(&self) -> &'a [UnpairedSentence] {
        let found = &self.doc.data[self.index].unpaired_sentences;
        found.get_or_init(|| find_unpaired_sentences(self))
    }

    /// The words of the English.
    pub fn words(&self) -> Words<'a> {
        let text = self.en();
        let list = self.doc.data[self.index].words.get_or_init(|| WordList::new(text));
        list.of(text)
    }

    /// The English, to search for phrases.
    pub fn wording(&self) -> &'a Wording {
        let wording = &self.doc.data[self.index].wording;
        wording.get_or_init(|| Wording::new(self.en()))
    }

    /// The words of the two sides that may translate each other, in the order of the Chinese.
    pub fn word_links(&self) -> &'a [WordLink] {
        let links = &self.doc.data[self.index].word_links;
        links.get_or_init(|| self.doc.aligner.link_words(self.zh(), self.en()))
    }

    /// The glossary's concepts in this pair.
    pub fn terms(&self) -> &'a PairTerms {
        let data = &self.doc.data[self.index];
        data.terms
            .get_or_init(|| PairTerms::new(self.doc.glossary, self.zh(), self.doc.date, || self.words()))
    }

    /// The concepts of this pair that no accepted name renders, with what was found instead.
    pub fn missing(&self) -> &'a [Missing] {
        self.doc.data[self.index].missing.get_or_init(|| find_missing(self))
    }

    /// The concepts of the English source that no accepted Chinese name renders; none where the Chinese is the source.
    pub fn missing_chinese(&self) -> &'a [MissingChinese] {
        let missing = &self.doc.data[self.index].missing_chinese;
        missing.get_or_init(|| find_missing_chinese(self))
    }

    /// The quantities of one side, in order, without those in parts that are not prose and in glossary names.
    pub fn quantities(&self, side: Side) -> &'a [Quantity] {
        self.data(side).quantities.get_or_init(|| find_quantities(self, side))
    }

    /// How the quantities of the two sides go together, whatever the neighbouring pairs have; indices count in
    /// [`Self::quantities`].
    pub fn comparison(&self) -> &'a Comparison {
        let comparison = &self.doc.data[self.index].comparison;
        comparison.get_or_init(|| compare_quantities(self))
    }

    /// The differences between the quantities of the two sides without what the neighbouring pairs have; indices count in
    /// [`Self::quantities`].
    pub fn differences(&self) -> &'a [Difference] {
        self.doc.data[self.index]
            .differences
            .get_or_init(|| find_differences(self))
    }

    /// Hash of both texts, for [`crate::finding::PairRef::text_hash`].
    pub fn text_hash(&self) -> u128 {
        let hash = &self.doc.data[self.index].text_hash;
        *hash.get_or_init(|| report::text_hash(self.zh(), self.en()))
    }

    /// The pair before (`-1`) or after (`1`) this one, or further away. Records have no neighbours.
    pub fn neighbour(&self, by: isize) -> Option<PairContext<'a>> {
        if self.doc.document.layout == Layout::Records {
            return None;
        }
        self.index.checked_add_signed(by).and_then(|i| self.doc.pair(i))
    }

    /// Whether both sides have text, so that they can be compared.
    pub fn is_paired(&self) -> bool {
        self.doc.data[self.index].paired
    }

    /// 0-based number of the pair among those of its document (of this part of it, for streamed files) that are text.
    pub fn number(&self) -> usize {
        self.doc.data[self.index].number
    }

    /// Whether the pair is layout (section markers, production notes) rather than text.
    pub fn is_structure(&self) -> bool {
        self.doc.data[self.index].structure
    }
}

fn is_structure(zh: &[Block], en: &[Block]) -> bool {
    let mut blocks = zh.iter().chain(en).peekable();
    blocks.peek().is_some() && blocks.all(|b| b.kind == BlockKind::Structure)
}

fn has_text(blocks: &[Block]) -> bool {
    // `trim` would also walk back from the end.
    blocks.iter().any(|b| !b.text.trim_start().is_empty())
}
