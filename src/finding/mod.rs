//! What a rule reports: data only, with resolved places, so that the texts can be dropped.

#[cfg(test)]
pub(crate) mod testing;

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::text::{Dialect, Position, Side, Span};

/// How bad a finding is. `Note` never fails a run by default.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// For information; shown, never counted against a text by default.
    Note,
    /// Probably wrong, or wrong by house style.
    Warning,
    /// Wrong.
    Error,
}

impl Severity {
    /// `"note"`, `"warning"` or `"error"`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// How sure the rule is of this very finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Confidence {
    /// A hint.
    Low,
    /// More likely than not.
    Medium,
    /// Close to certain.
    High,
}

impl Confidence {
    /// `"low"`, `"medium"` or `"high"`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }
}

/// A stretch of real text that a finding points at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The file as messages show it.
    pub file: Arc<str>,
    /// Which side the text belongs to.
    pub side: Side,
    /// 0-based number of the block on its side of the document.
    pub block: usize,
    /// Where the text starts in the file.
    pub start: Position,
    /// Where it ends in the file (exclusive).
    pub end: Position,
    /// Code points within the block, start inclusive, end exclusive.
    pub chars: (usize, usize),
    /// Bytes of the decoded source, for splicing fixes.
    pub bytes: Span,
    /// The text itself; empty where a label points between characters.
    pub text: String,
    /// The block's text around the label, for excerpts: all of it where it is short, otherwise some hundred bytes on
    /// either side, so that many findings in one long line stay cheap.
    pub context: Arc<str>,
    /// The label's byte span within `context`; cut short where the label itself is very long.
    pub context_span: Span,
}

/// Whether a fix may be applied without a person looking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Applicability {
    /// Keeps or restores the meaning for certain.
    Safe,
    /// Right in most cases; a person should read the result.
    Unsafe,
}

/// A replacement of a stretch of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What it does, in the imperative.
    pub title: String,
    /// The file that changes.
    pub file: Arc<str>,
    /// How the file is written.
    pub dialect: Arc<Dialect>,
    /// The bytes of the decoded source that are replaced; empty for an insertion.
    pub bytes: Span,
    /// Where the replaced text starts and ends.
    pub range: (Position, Position),
    /// The replacement.
    pub replacement: String,
    /// Whether it may be applied unseen.
    pub applicability: Applicability,
}

/// The pair that a finding belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PairRef {
    /// 0-based number of the pair in its document; section markers and production notes are not counted.
    pub index: usize,
    /// The record's id where the file has one.
    pub id: Option<Arc<str>>,
    /// 0-based numbers of the Chinese blocks.
    pub zh_blocks: Range<usize>,
    /// 0-based numbers of the English blocks.
    pub en_blocks: Range<usize>,
    /// Whether the file is a record of a whole document, so that block numbers mean something to the reader.
    pub in_document_record: bool,
    /// Hash of the pair's texts, white space aside: what the fingerprint knows the pair by.
    pub text_hash: u128,
}

/// Lines of a file that a finding is about: a block of its pair, the gap where a side of the pair is missing, or another
/// text that it compares with. `--since` reports the finding if these lines change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    /// The file as messages show it.
    pub file: Arc<str>,
    /// First and last line, 1-based; `None` for a gap.
    pub lines: Option<(usize, usize)>,
    /// The last line of the text before (0 at the start) and the first line of the text after (`usize::MAX` at the end).
    /// Lines removed between the two were removed here.
    pub between: (usize, usize),
}

impl Stretch {
    /// The lines `first..=last`, regardless of the text around them.
    pub const fn lines(file: Arc<str>, first: usize, last: usize) -> Self {
        Self {
            file,
            lines: Some((first, last)),
            between: (first, last),
        }
    }
}

/// One thing that is wrong, or worth knowing, about a pair or a document.
///
/// [`Finding::new`] takes a label, so that no finding is without a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The rule's id.
    pub rule: &'static str,
    /// How bad.
    pub severity: Severity,
    /// How sure.
    pub confidence: Confidence,
    /// One line that names the fault.
    pub message: String,
    /// Why it is one: the source of the expectation.
    pub why: Option<Cow<'static, str>>,
    /// What to do.
    pub help: Option<Cow<'static, str>>,
    /// The side of the translation.
    pub target: Side,
    /// The Chinese text in question.
    pub zh: Option<Label>,
    /// The English text in question.
    pub en: Option<Label>,
    /// If the finding has a label on one side only: the pair's text on the other side (an empty span at its start),
    /// for the reader to compare.
    pub opposite: Option<Box<Label>>,
    /// The pair.
    pub pair: PairRef,
    /// The lines of the pair, on both sides, and of other texts that the finding compares it with.
    pub about: Vec<Stretch>,
    /// The glossary concept's id.
    pub concept: Option<String>,
    /// What would have been right.
    pub expected: Vec<String>,
    /// What the text has instead.
    pub found: Option<String>,
    /// Ways to fix it.
    pub fixes: Vec<Fix>,
    /// Stable across moved lines; see `filter::fingerprint`.
    pub fingerprint: String,
}

impl Finding {
    /// A finding of high confidence at `label`, in a translation into English, with nothing else filled in.
    pub fn new(rule: &'static str, severity: Severity, message: impl Into<String>, label: Label) -> Self {
        let mut finding = Self {
            rule,
            severity,
            confidence: Confidence::High,
            message: message.into(),
            why: None,
            help: None,
            target: Side::En,
            zh: None,
            en: None,
            opposite: None,
            pair: PairRef::default(),
            about: Vec::new(),
            concept: None,
            expected: Vec::new(),
            found: None,
            fixes: Vec::new(),
            fingerprint: String::new(),
        };
        finding.set_label(label);
        finding
    }

    /// Sets the label of one side, in place of the other side's text that is only there to compare.
    pub fn set_label(&mut self, label: Label) {
        if self.opposite.as_ref().is_some_and(|o| o.side == label.side) {
            self.opposite = None;
        }
        match label.side {
            Side::Zh => self.zh = Some(label),
            Side::En => self.en = Some(label),
        }
    }

    /// The label a reader is sent to first: that of the translation where there is one.
    ///
    /// # Panics
    /// Never for findings made by [`Finding::new`].
    pub fn primary(&self) -> &Label {
        self.label(self.target)
            .or(self.label(self.target.other()))
            .expect("internal error: a finding without a label")
    }

    /// The text of one side: what the finding points at or, where that is on the other side only, what to compare it with.
    pub fn label_or_opposite(&self, side: Side) -> Option<&Label> {
        self.label(side)
            .or(self.opposite.as_deref().filter(|label| label.side == side))
    }

    /// Drops the texts around its labels, which are most of what a finding takes in memory.
    pub fn forget_contexts(&mut self) {
        let labels = [self.zh.as_mut(), self.en.as_mut(), self.opposite.as_deref_mut()];
        for label in labels.into_iter().flatten() {
            label.context = Arc::default();
            label.context_span = Span::default();
        }
    }

    /// The label on one side.
    pub fn label(&self, side: Side) -> Option<&Label> {
        match side {
            Side::Zh => self.zh.as_ref(),
            Side::En => self.en.as_ref(),
        }
    }
}

/// Puts findings in report order: by file, line, column and rule of the place a reader is sent to first; what is equal
/// in all of these by message, so that the order never depends on how the findings came in.
pub fn sort(findings: &mut [Finding]) {
    findings.sort_by(|a, b| {
        let key = |f: &'_ Finding| {
            let p = f.primary();
            (p.start, p.end, p.chars, f.pair.index)
        };
        let (x, y) = (a.primary(), b.primary());
        (&x.file, x.start.line, x.start.column, a.rule)
            .cmp(&(&y.file, y.start.line, y.start.column, b.rule))
            .then_with(|| key(a).cmp(&key(b)))
            .then_with(|| (&a.message, &a.concept).cmp(&(&b.message, &b.concept)))
    });
}
