//! Where rules put what they find: a builder that cannot make a finding without a place.

use std::ops::Range;
use std::sync::Arc;

use super::stretch::{block, of_pair};
use super::{Meta, PairContext};
use crate::finding::{Applicability, Confidence, Finding, Fix, Label, PairRef, Severity, Stretch};
use crate::text::{Side, Span};

/// Collects the findings of one document.
#[derive(Default)]
pub struct Report {
    findings: Vec<Finding>,
}

impl Report {
    /// An empty report.
    pub fn new() -> Self {
        Self::default()
    }

    /// Starts a finding at `span` (bytes of the text of `side` of the pair). Nothing is reported before
    /// [`FindingBuilder::emit`].
    pub fn finding<'r>(
        &'r mut self,
        meta: &'static Meta,
        ctx: &PairContext<'_>,
        side: Side,
        span: Span,
        message: impl Into<String>,
    ) -> FindingBuilder<'r> {
        let pair = ctx.pair();
        let document = ctx.doc.document;
        let mut finding = Finding {
            rule: meta.id,
            severity: meta.severity,
            confidence: Confidence::High,
            message: message.into(),
            why: None,
            help: None,
            zh: None,
            en: None,
            opposite: (!ctx.blocks(side.other()).is_empty()).then(|| label(ctx, side.other(), Span::default())),
            pair: PairRef {
                index: document.first_record + ctx.number(),
                id: pair.id.clone().or_else(|| document.id.clone()),
                zh_blocks: pair.zh.clone().collect(),
                en_blocks: pair.en.clone().collect(),
                in_document_record: document.id.is_some(),
                text_hash: ctx.text_hash(),
            },
            about: of_pair(ctx),
            concept: None,
            expected: Vec::new(),
            found: None,
            fixes: Vec::new(),
            fingerprint: String::new(),
        };
        set(&mut finding, label(ctx, side, span));
        FindingBuilder {
            into: &mut self.findings,
            finding,
        }
    }

    /// What was found.
    pub fn into_findings(self) -> Vec<Finding> {
        self.findings
    }
}

/// Resolves a byte span of one side of a pair to a place in its file.
///
/// A span over several blocks is cut at the end of the first one.
pub fn label(ctx: &PairContext<'_>, side: Side, span: Span) -> Label {
    let document = ctx.doc.document;
    let (block_no, start) = ctx.locate(side, span.start);
    let block = &document.blocks(side)[block_no];
    let span = Span::new(start, (start + span.len()).min(block.text.len()));
    let source = &document.sources[block.origin.source];
    let bytes = block.origin.to_source(span);
    let from = block.text[..span.start].chars().count();
    let text = span.of(&block.text);
    let around = neighbourhood(&block.text, span);
    Label {
        file: Arc::clone(source.path()),
        side,
        block: block_no,
        start: source.position(bytes.start),
        end: source.position(bytes.end),
        chars: (from, from + text.chars().count()),
        bytes,
        text: text.to_owned(),
        context: Arc::from(&block.text[around.range()]),
        context_span: Span::new(span.start - around.start, span.end.min(around.end) - around.start),
    }
}

/// File and line of byte `at` of the pair's text on `side`: cheaper than a label, which counts along the line.
pub fn line(ctx: &PairContext<'_>, side: Side, at: usize) -> (Arc<str>, usize) {
    let document = ctx.doc.document;
    let (block, at) = ctx.locate(side, at);
    let block = &document.blocks(side)[block];
    let source = &document.sources[block.origin.source];
    let at = block.origin.to_source(Span::new(at, at)).start;
    (Arc::clone(source.path()), source.line(at))
}

/// Bytes of context kept on either side of a label: more than any excerpt shows.
const CONTEXT: usize = 600;

/// The part of `text` that is kept as context of `span`, on character boundaries.
fn neighbourhood(text: &str, span: Span) -> Span {
    let mut start = span.start.saturating_sub(CONTEXT);
    let mut end = (span.end.min(span.start + 4 * CONTEXT) + CONTEXT).min(text.len());
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    Span::new(start, end)
}

/// Hash (XXH3, 128 bits: the same on every machine and in every release) of both texts without regard to how white
/// space and line breaks stand in them.
pub(super) fn text_hash(zh: &str, en: &str) -> u128 {
    let mut hash = xxhash_rust::xxh3::Xxh3Default::new();
    for text in [zh, en] {
        for word in text.split_whitespace() {
            hash.update(word.as_bytes());
            hash.update(b" ");
        }
        hash.update(b"\n");
    }
    hash.digest128()
}

fn set(finding: &mut Finding, label: Label) {
    if finding.opposite.as_ref().is_some_and(|o| o.side == label.side) {
        finding.opposite = None;
    }
    match label.side {
        Side::Zh => finding.zh = Some(label),
        Side::En => finding.en = Some(label),
    }
}

/// A finding in the making.
#[must_use = "nothing is reported before `emit`"]
pub struct FindingBuilder<'r> {
    into: &'r mut Vec<Finding>,
    finding: Finding,
}

impl FindingBuilder<'_> {
    /// Points at a place on the other side as well.
    pub fn label(mut self, ctx: &PairContext<'_>, side: Side, span: Span) -> Self {
        if !ctx.blocks(side).is_empty() {
            set(&mut self.finding, label(ctx, side, span));
        }
        self
    }

    /// Says that another pair has a part in the finding: changing that one touches it as well.
    pub fn with(mut self, other: &PairContext<'_>) -> Self {
        self.finding.about.append(&mut of_pair(other));
        self
    }

    /// Says that other blocks of one side of the document have a part in the finding.
    pub fn with_blocks(mut self, ctx: &PairContext<'_>, side: Side, blocks: Range<usize>) -> Self {
        let document = ctx.doc.document;
        let stretches = document.blocks(side)[blocks].iter().map(|b| block(document, b));
        self.finding.about.extend(stretches);
        self
    }

    /// Says that the lines `first..=last` of some file have a part in the finding.
    pub fn with_lines(mut self, file: &Arc<str>, first: usize, last: usize) -> Self {
        self.finding.about.push(Stretch::lines(Arc::clone(file), first, last));
        self
    }

    /// Deviates from the rule's severity.
    pub fn severity(mut self, severity: Severity) -> Self {
        self.finding.severity = severity;
        self
    }

    /// Deviates from high confidence.
    pub fn confidence(mut self, confidence: Confidence) -> Self {
        self.finding.confidence = confidence;
        self
    }

    /// Where the expectation comes from.
    pub fn why(mut self, why: impl Into<String>) -> Self {
        self.finding.why = Some(why.into());
        self
    }

    /// What to do.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.finding.help = Some(help.into());
        self
    }

    /// The glossary concept.
    pub fn concept(mut self, id: impl Into<String>) -> Self {
        self.finding.concept = Some(id.into());
        self
    }

    /// What would have been right; the first is the preferred one.
    pub fn expected<S: Into<String>>(mut self, expected: impl IntoIterator<Item = S>) -> Self {
        self.finding.expected = expected.into_iter().map(Into::into).collect();
        self
    }

    /// What stands there instead.
    pub fn found(mut self, found: impl Into<String>) -> Self {
        self.finding.found = Some(found.into());
        self
    }

    /// Offers to replace `span` of `side`. Left out where the place in the source cannot be spliced (a span over
    /// several blocks).
    pub fn fix(
        mut self,
        ctx: &PairContext<'_>,
        side: Side,
        span: Span,
        replacement: impl Into<String>,
        applicability: Applicability,
    ) -> Self {
        let at = label(ctx, side, span);
        if at.text.len() == span.len() {
            let replacement = replacement.into();
            self.finding.fixes.push(Fix {
                title: if replacement.is_empty() {
                    format!("remove “{}”", at.text)
                } else {
                    format!("write “{replacement}”")
                },
                file: at.file,
                bytes: at.bytes,
                range: (at.start, at.end),
                replacement,
                applicability,
            });
        }
        self
    }

    /// Reports it.
    pub fn emit(self) {
        self.into.push(self.finding);
    }
}
