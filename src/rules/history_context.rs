//! What the rules about the history of a text work on: the text and its translation as they are, and what changed in the
//! source since it was translated.

use std::borrow::Cow;
use std::collections::HashSet;

use super::substance::Passage;
use super::{DocumentContext, FindingBuilder, PairContext};
use crate::document::{Block, BlockKind};
use crate::text::script::is_han;
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

impl Former {
    /// The block as a passage to compare.
    pub fn passage(&self) -> Passage<'_> {
        Passage {
            text: &self.text,
            masked: &self.masked,
        }
    }
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

    /// Whether hardly any word of a text of the source is in what is beside it. Then it is not its translation.
    pub fn is_unrelated(&self, source: &str, translation: &str) -> bool {
        const MOST: usize = 30;
        /// Of so many words, one at least is in a translation.
        const EACH: usize = 6;
        let texts = Sides::with(self.source, source, translation);
        let english = texts.en.to_lowercase();
        let (words, shared) = self.document.aligner.count_shared_words(texts.zh, &english, MOST, MOST);
        if words == 0 {
            // Names and code alone.
            return !translation.contains(is_han) && !share_half(source, translation);
        }
        shared * EACH < words || shared == 0 && !share_a_word(source, translation)
    }

    /// The pairs that have text in the language of `side` alone, up to so many before and after one.
    pub fn bare_near(&self, index: usize, distance: usize, side: Side) -> impl Iterator<Item = PairContext<'_>> {
        let near = index.saturating_sub(distance)..=index + distance;
        let pairs = near.filter_map(|i| self.document.pair(i));
        pairs.filter(move |pair| !pair.range(side).is_empty() && pair.range(side.other()).is_empty())
    }

    /// The text of a pair in the language of `side`, with the rest of its row where it is a table cell: tables may differ in their columns.
    pub fn text_around<'t>(&self, pair: &'t PairContext<'_>, side: Side) -> Cow<'t, str> {
        let Some(row) = pair.blocks(side).first().and_then(|block| block.kind.row()) else {
            return Cow::Borrowed(pair.text(side));
        };
        let blocks = self.document.document.blocks(side);
        let range = pair.range(side);
        let is_in_row = |block: &&Block| block.kind.row() == Some(row);
        let mut before: Vec<&Block> = blocks[..range.start].iter().rev().take_while(is_in_row).collect();
        before.reverse();
        let after = blocks[range.start..].iter().take_while(is_in_row);
        let cells: Vec<&str> = before.into_iter().chain(after).map(|block| &*block.text).collect();
        Cow::Owned(cells.join("\n"))
    }

    /// The bytes of a source block in the text of its pair.
    pub fn span_of(&self, pair: &PairContext<'_>, block: usize) -> Span {
        let blocks = pair.blocks(self.source);
        let before = block.saturating_sub(pair.range(self.source).start).min(blocks.len());
        let start = blocks[..before].iter().map(|b| b.text.len() + 1).sum();
        Span::new(start, start + blocks.get(before).map_or(0, |b| b.text.len()))
    }
}

/// Whether a text is for readers, and no command of a template or comment.
pub fn is_for_readers(text: &str) -> bool {
    const MARKS: [(&str, &str); 2] = [("{%", "%}"), ("{/*", "*/}")];
    let text = text.trim();
    MARKS
        .iter()
        .all(|(open, close)| !(text.starts_with(open) && text.ends_with(close)))
}

/// Whether a text may be as long as its translation: neither has four times the words of the other, where there are more than a few.
pub fn is_as_long(source: &str, translation: &str) -> bool {
    const FEW: usize = 6;
    const TIMES: usize = 4;
    let [one, other] = [source, translation].map(count_words);
    let (fewer, more) = (one.min(other), one.max(other));
    more < FEW || fewer * TIMES > more
}

/// The words in a text. Two Chinese characters count as one.
pub fn count_words(text: &str) -> usize {
    let mut han = 0;
    let latin = text.split(|c: char| {
        han += usize::from(is_han(c));
        !c.is_alphanumeric() || is_han(c)
    });
    let latin = latin.filter(|run| !run.is_empty()).count();
    latin + han.div_ceil(2)
}

/// Whether a text was in the language of its translation rather than in that of `source`, as a page that was not translated yet.
pub fn was_in_other_language(source: Side, former: &str, translation: &str) -> bool {
    /// Texts that are more alike than this are the same but for small corrections.
    const ALIKE: f64 = 0.8;
    let is_other = |text: &str| match source {
        Side::Zh => {
            !text.contains(is_han)
                && text
                    .split_whitespace()
                    .any(|word| word.starts_with(char::is_alphabetic))
        }
        Side::En => text.contains(is_han),
    };
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    is_other(former)
        && is_other(translation)
        && strsim::normalized_damerau_levenshtein(&letters(former), &letters(translation)) > ALIKE
}

/// The words of Latin letters and digits in a text.
fn latin_words(text: &str) -> HashSet<String> {
    let words = text
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty());
    words.map(str::to_ascii_lowercase).collect()
}

/// Whether half of the words of two texts, or all of the shorter one's, are in both.
fn share_half(one: &str, other: &str) -> bool {
    let words = [latin_words(one), latin_words(other)];
    2 * words[0].intersection(&words[1]).count() >= words[0].len().max(words[1].len())
}

/// Whether a word is in both texts.
fn share_a_word(one: &str, other: &str) -> bool {
    !latin_words(one).is_disjoint(&latin_words(other))
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
