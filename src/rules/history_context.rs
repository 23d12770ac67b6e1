//! What the rules about the history of a text work on: the text and its translation as they are, and what changed in the
//! source since it was translated.

use super::{DocumentContext, FindingBuilder, PairContext};
use crate::document::BlockKind;
use crate::text::{Side, Sides, Span};

/// A text with its translation, and how its source changed.
pub struct HistoryContext<'a> {
    /// The text as it is now.
    pub document: &'a DocumentContext<'a>,
    /// The side that was translated.
    pub source: Side,
    /// What changed in the source after its translation, by block.
    pub changes: &'a [SourceChange],
    /// Whether the text has no translation at all.
    pub is_untranslated: bool,
}

/// A change of a block of the source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceChange {
    /// The number of the pair that it belongs to: that of the block, or of the translation of a block that is gone.
    pub pair: usize,
    /// What changed.
    pub kind: ChangeKind,
    /// The commit that changed it, and the one that last changed its translation, for readers.
    pub when: Option<When>,
}

/// How a block of the source changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChangeKind {
    /// The block with this number was otherwise.
    Edited(usize, Former),
    /// The block with this number did not exist.
    Added(usize),
    /// The block is gone.
    Removed(Former),
}

/// A block as it was when it was translated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Former {
    /// Its text.
    pub text: String,
    /// The parts of it that are no prose.
    pub masked: Vec<Span>,
}

/// When the two sides changed: each a commit and its day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct When {
    /// When the text of the source changed last.
    pub source: String,
    /// When the translation was made; `None` if its text names the version that it translates.
    pub translation: Option<String>,
}

impl SourceChange {
    /// Gives as the reason of a finding when the two sides changed, where that is known.
    pub fn date<'r>(&self, finding: FindingBuilder<'r>) -> FindingBuilder<'r> {
        match &self.when {
            Some(when) => finding.why(when.describe()),
            None => finding,
        }
    }
}

impl When {
    fn describe(&self) -> String {
        match &self.translation {
            Some(translation) => format!(
                "translated in {translation}; the source last changed in {}",
                self.source
            ),
            None => format!(
                "translated from the version that the page names; the source last changed in {}",
                self.source
            ),
        }
    }
}

impl HistoryContext<'_> {
    /// The changes with the pair of each.
    pub fn changes(&self) -> impl Iterator<Item = (&SourceChange, PairContext<'_>)> {
        self.changes
            .iter()
            .filter_map(|change| Some((change, self.document.pair(change.pair)?)))
    }

    /// Whether no word of a text of the source is in what is beside it, of two or more that could be. Then it is not its translation.
    pub fn is_unrelated(&self, source: &str, translation: &str) -> bool {
        const MOST: usize = 12;
        let texts = Sides::with(self.source, source, translation);
        let english = texts.en.to_lowercase();
        let (words, shared) = self.document.aligner.count_shared_words(texts.zh, &english, MOST, 1);
        words > 1 && shared == 0
    }

    /// The bytes of a source block in the text of its pair.
    pub fn span_of(&self, pair: &PairContext<'_>, block: usize) -> Span {
        let blocks = pair.blocks(self.source);
        let before = block.saturating_sub(pair.range(self.source).start).min(blocks.len());
        let start = blocks[..before].iter().map(|b| b.text.len() + 1).sum();
        Span::new(start, start + blocks.get(before).map_or(0, |b| b.text.len()))
    }
}

/// What messages call a block of this kind.
pub const fn describe(kind: BlockKind) -> &'static str {
    match kind {
        BlockKind::Heading(_) => "heading",
        BlockKind::ListItem => "list item",
        BlockKind::TableCell(_) => "table cell",
        BlockKind::Paragraph | BlockKind::Segment | BlockKind::Structure => "paragraph",
    }
}
