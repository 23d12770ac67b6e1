//! The report that rules add findings to, and the builder of a finding.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use super::glossary_context::{GlossaryContext, Part, preferred};
use super::neighbourhood::neighbourhood;
use super::stretch::{block_stretch, pair_stretches};
use super::{Meta, PairContext, quote};
use crate::finding::{Applicability, Confidence, Finding, Fix, Label, PairRef, Severity, Stretch};
use crate::glossary::load::Problem;
use crate::text::{Side, Sides, Span};

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

    /// Starts a finding at `span`, bytes of the pair's text on `side`. [`FindingBuilder::emit`] reports it.
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
        let mut finding = Finding::new(meta.id, meta.severity, message, label(ctx, side, span));
        finding.target = ctx.doc.direction().target();
        if !ctx.blocks(side.other()).is_empty() {
            finding.opposite = Some(Box::new(label(ctx, side.other(), Span::default())));
        }
        finding.pair = PairRef {
            index: document.first_record + ctx.number(),
            id: pair.id.clone().or_else(|| document.id.clone()),
            zh_blocks: pair.zh.clone(),
            en_blocks: pair.en.clone(),
            in_document_record: document.is_record,
            text_hash: ctx.text_hash(),
        };
        finding.about = pair_stretches(ctx);
        FindingBuilder {
            into: &mut self.findings,
            finding,
        }
    }

    /// Starts a finding about Chinese words and the English that wrongly translates them. `remark` ends the message: “, without its
    /// rank”.
    pub fn translated_as<'r>(
        &'r mut self,
        meta: &'static Meta,
        ctx: &PairContext<'_>,
        zh: Span,
        en: Span,
        remark: &str,
    ) -> FindingBuilder<'r> {
        let found = en.of(ctx.en());
        let (source, target) = (quote::text(zh.of(ctx.zh())), quote::text(found));
        let message = format!("{source} is translated as {target}{remark}");
        self.finding(meta, ctx, Side::En, en, message)
            .label(ctx, Side::Zh, zh)
            .found(found)
    }

    /// Starts a finding about a part of an entry of a glossary.
    pub fn entry<'r>(
        &'r mut self,
        meta: &'static Meta,
        ctx: &GlossaryContext<'_>,
        concept: usize,
        part: Part,
        message: impl Into<String>,
    ) -> FindingBuilder<'r> {
        let entry = &ctx.concepts[concept];
        let mut finding = Finding::new(meta.id, meta.severity, message, ctx.label(concept, part));
        if let Part::Name(side, _) = part {
            let other = preferred(entry, side.other()).map(|n| ctx.label(concept, Part::Name(side.other(), n)));
            finding.opposite = other
                .filter(|other| other.start.line != finding.primary().start.line)
                .map(Box::new);
        }
        finding.concept = Some(entry.id.to_string());
        finding.pair = PairRef {
            index: concept,
            text_hash: text_hash(
                entry.preferred_zh().unwrap_or_default(),
                entry.preferred_en().unwrap_or_default(),
            ),
            ..PairRef::default()
        };
        self.place(finding)
    }

    /// Starts a finding about a problem of a glossary file.
    pub fn problem<'r>(
        &'r mut self,
        meta: &'static Meta,
        ctx: &GlossaryContext<'_>,
        problem: &Problem,
    ) -> FindingBuilder<'r> {
        let mut finding = Finding::new(meta.id, meta.severity, &*problem.message, ctx.label_of_problem(problem));
        finding.pair.text_hash = text_hash(&problem.message, "");
        self.place(finding)
    }

    /// A finding about the lines that its label is in.
    fn place(&mut self, mut finding: Finding) -> FindingBuilder<'_> {
        let at = finding.primary();
        finding.about = vec![Stretch::lines(Arc::clone(&at.file), at.start.line, at.end.line)];
        FindingBuilder {
            into: &mut self.findings,
            finding,
        }
    }

    /// The findings.
    pub fn into_findings(self) -> Vec<Finding> {
        self.findings
    }
}

/// The place in its file of a span, bytes of the pair's text on `side`.
///
/// A span over several blocks is cut at the end of the first one.
pub fn label(ctx: &PairContext<'_>, side: Side, span: Span) -> Label {
    let document = ctx.doc.document;
    let (block_no, start) = ctx.locate(side, span.start);
    let block = &document.blocks(side)[block_no];
    let from = ctx.count_chars(side, span.start - start, span.start);
    let span = Span::new(start, (start + span.len()).min(block.text.len()));
    let source = &document.sources[block.origin.source];
    let bytes = block.origin.to_source(span);
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

/// File and line of byte `at` of the pair's text on `side`. Cheaper than a label, which counts characters.
pub fn line(ctx: &PairContext<'_>, side: Side, at: usize) -> (Arc<str>, usize) {
    let document = ctx.doc.document;
    let (block, at) = ctx.locate(side, at);
    let block = &document.blocks(side)[block];
    let source = &document.sources[block.origin.source];
    let at = block.origin.to_source(Span::new(at, at)).start;
    (Arc::clone(source.path()), source.line(at))
}

/// XXH3 hash of the words of both texts, the same on every machine and in every release; white space does not matter.
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

/// A finding that is not yet reported.
#[must_use = "nothing is reported before `emit`"]
pub struct FindingBuilder<'r> {
    into: &'r mut Vec<Finding>,
    finding: Finding,
}

impl FindingBuilder<'_> {
    /// Adds a label on the other side, if the pair has text there.
    pub fn label(mut self, ctx: &PairContext<'_>, side: Side, span: Span) -> Self {
        if !ctx.blocks(side).is_empty() {
            self.finding.set_label(label(ctx, side, span));
        }
        self
    }

    /// Points at these places instead, which are in no pair, such as code. The finding is about their lines, and its fingerprint is that
    /// of their text.
    pub fn place(mut self, labels: Sides<Label>) -> Self {
        let finding = &mut self.finding;
        finding.pair.text_hash = text_hash(&labels.zh.context, &labels.en.context);
        finding.about.clear();
        for label in [labels.zh, labels.en] {
            let (first, last) = (label.start.line, label.end.line);
            finding.about.push(Stretch::lines(Arc::clone(&label.file), first, last));
            finding.set_label(label);
        }
        self
    }

    /// Adds the lines of another pair to what the finding is about: `--since` reports it if they change, too.
    pub fn with(mut self, other: &PairContext<'_>) -> Self {
        self.finding.about.append(&mut pair_stretches(other));
        self
    }

    /// Adds the lines of blocks on one side of the document to what the finding is about.
    pub fn with_blocks(mut self, ctx: &PairContext<'_>, side: Side, blocks: Range<usize>) -> Self {
        let document = ctx.doc.document;
        let stretches = document.blocks(side)[blocks].iter().map(|b| block_stretch(document, b));
        self.finding.about.extend(stretches);
        self
    }

    /// Adds the lines `first..=last` of a file to what the finding is about.
    pub fn with_lines(mut self, file: &Arc<str>, first: usize, last: usize) -> Self {
        self.finding.about.push(Stretch::lines(Arc::clone(file), first, last));
        self
    }

    /// Sets a severity other than the rule's.
    pub fn severity(mut self, severity: Severity) -> Self {
        self.finding.severity = severity;
        self
    }

    /// Sets a confidence other than high.
    pub fn confidence(mut self, confidence: Confidence) -> Self {
        self.finding.confidence = confidence;
        self
    }

    /// Sets the source of the expectation.
    pub fn why(mut self, why: impl Into<Cow<'static, str>>) -> Self {
        self.finding.why = Some(why.into());
        self
    }

    /// Sets the advice.
    pub fn help(mut self, help: impl Into<Cow<'static, str>>) -> Self {
        self.finding.help = Some(help.into());
        self
    }

    /// Sets the id of the glossary concept.
    pub fn concept(mut self, id: impl Into<String>) -> Self {
        self.finding.concept = Some(id.into());
        self
    }

    /// Sets what would be right, the preferred form first.
    pub fn expected<S: Into<String>>(mut self, expected: impl IntoIterator<Item = S>) -> Self {
        self.finding.expected = expected.into_iter().map(Into::into).collect();
        self
    }

    /// Sets what the text has instead.
    pub fn found(mut self, found: impl Into<String>) -> Self {
        self.finding.found = Some(found.into());
        self
    }

    /// Adds a fix that replaces `span` of `side`, unless the span covers several blocks.
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
            let document = ctx.doc.document;
            let block = &document.blocks(side)[ctx.locate(side, span.start).0];
            self.finding.fixes.push(Fix {
                title: if replacement.is_empty() {
                    format!("remove “{}”", at.text)
                } else {
                    format!("write “{replacement}”")
                },
                file: at.file,
                dialect: Arc::clone(document.sources[block.origin.source].dialect()),
                bytes: at.bytes,
                range: (at.start, at.end),
                replacement,
                applicability,
            });
        }
        self
    }

    /// Reports the finding.
    pub fn emit(self) {
        self.into.push(self.finding);
    }
}
