//! Filtering a corpus: pairs in, pairs without findings out, in constant memory and in order.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::ops::Range;

use encoding_rs::UTF_8;
use rayon::prelude::*;

use super::{Observer, PairVerdict, RecordChecker, Run, RunError};
use crate::document::{Block, Document, Layout};
use crate::finding::{Finding, Severity};
use crate::formats::chunk::{Chunk, Content, FilePart, Form, Row};
use crate::formats::decode::encode;
use crate::formats::parquet::{Table, TableWriter, Verdicts};
use crate::input::{InputError, ReadChunks};
use crate::text::Span;

/// How many parts of the input are held at once, per thread: as many are judged as keep every thread busy, and as many
/// are read or written meanwhile.
const BATCH_PER_THREAD: usize = 4;

/// What happens to the pairs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Those with findings are left out.
    Drop,
    /// Those without findings are left out.
    Keep,
    /// All are written, with the rules that report them and a penalty.
    Annotate,
}

/// How a corpus is filtered.
#[derive(Debug, Clone, Copy)]
pub struct FilterOptions {
    /// What happens to the pairs.
    pub action: Action,
    /// The least severity of the findings that count.
    pub severity: Severity,
    /// At most how many pairs are kept in the report for each rule.
    pub samples: usize,
    /// Whether rows that cannot be read are only counted.
    pub skip_malformed: bool,
}

/// What filtering did.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct FilterReport {
    /// The pairs; a record of a whole document counts as one.
    pub pairs: usize,
    /// How many of them were written.
    pub written: usize,
    /// How many were left out.
    pub dropped: usize,
    /// Rows that cannot be read. They were left out, too.
    pub malformed: usize,
    /// The rules that reported, by id.
    pub rules: BTreeMap<&'static str, RuleCount>,
}

/// What a rule reported.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct RuleCount {
    /// Its findings.
    pub findings: usize,
    /// The pairs that they are in.
    pub pairs: usize,
    /// Some of them. By the hash of their texts, so that the choice is the same in any order and in any parts of a corpus.
    #[serde(serialize_with = "serialize_samples")]
    pub samples: BTreeMap<u128, Sample>,
}

/// A pair with a finding.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Sample {
    /// The line of the finding in its file; in Parquet, its row.
    pub line: usize,
    /// The Chinese.
    pub zh: String,
    /// The English.
    pub en: String,
    /// What was found.
    pub message: String,
}

fn serialize_samples<S: serde::Serializer>(samples: &BTreeMap<u128, Sample>, to: S) -> Result<S::Ok, S::Error> {
    to.collect_seq(samples.values())
}

impl RuleCount {
    fn keep_sample(&mut self, most: usize, hash: u128, sample: impl FnOnce() -> Sample) {
        let is_full = self.samples.len() >= most;
        if is_full && self.samples.last_key_value().is_none_or(|(&last, _)| hash >= last) {
            return;
        }
        self.samples.entry(hash).or_insert_with(sample);
        if self.samples.len() > most {
            self.samples.pop_last();
        }
    }
}

impl FilterReport {
    fn count(&mut self, document: &Document, findings: &[Finding], row: Option<usize>, samples: usize) {
        for (i, finding) in findings.iter().enumerate() {
            let rule = self.rules.entry(finding.rule).or_default();
            rule.findings += 1;
            rule.pairs += usize::from(findings[..i].iter().all(|f| f.rule != finding.rule));
            rule.keep_sample(samples, finding.pair.text_hash, || Sample::new(document, finding, row));
        }
    }

    fn add(&mut self, other: Self, samples: usize) {
        self.pairs += other.pairs;
        self.written += other.written;
        self.dropped += other.dropped;
        self.malformed += other.malformed;
        for (id, count) in other.rules {
            let rule = self.rules.entry(id).or_default();
            rule.findings += count.findings;
            rule.pairs += count.pairs;
            for (hash, sample) in count.samples {
                rule.keep_sample(samples, hash, || sample);
            }
        }
    }
}

impl Sample {
    fn new(document: &Document, finding: &Finding, row: Option<usize>) -> Self {
        let text = |blocks: &[Block], numbers: &Range<usize>| {
            let texts: Vec<&str> = blocks[numbers.clone()].iter().map(|block| &*block.text).collect();
            texts.join("\n")
        };
        Self {
            line: row.unwrap_or(finding.primary().start.line),
            zh: text(&document.zh, &finding.pair.zh_blocks),
            en: text(&document.en, &finding.pair.en_blocks),
            message: finding.message.clone(),
        }
    }
}

/// A part of the corpus with its verdicts.
#[derive(Default)]
struct Judged {
    /// What is written to each output; `None` where the encoding lacks a character.
    bytes: Vec<Option<Vec<u8>>>,
    /// What becomes of the rows, where they are of Parquet and have no bytes.
    verdicts: Verdicts,
    problems: Vec<InputError>,
    report: FilterReport,
}

impl Run {
    /// Filters a corpus into one output, or into one for each of two files that pair line by line. What is kept is written byte
    /// for byte and in order; headers, comments and blank lines are kept.
    ///
    /// # Errors
    /// A rule that compares pairs, an input that cannot be read to its end, an output that cannot be written. Rows that cannot be
    /// read are no such errors: the observer learns of them, unless they are skipped.
    pub fn filter(
        &self,
        mut reader: Box<dyn ReadChunks>,
        options: FilterOptions,
        outputs: &mut [&mut dyn Write],
        observer: &dyn Observer,
    ) -> Result<FilterReport, RunError> {
        let checker = self.record_checker()?;
        let mut report = FilterReport::default();
        judge_all(&checker, &mut *reader, options, |part| {
            for (output, bytes) in outputs.iter_mut().zip(part.bytes) {
                let written = bytes
                    .ok_or_else(lacks_character)
                    .and_then(|bytes| output.write_all(&bytes));
                written.map_err(RunError::Output)?;
            }
            part.problems.iter().for_each(|problem| observer.on_problem(problem));
            report.add(part.report, options.samples);
            Ok(())
        })?;
        Ok(report)
    }

    /// Filters a Parquet file, as [`Run::filter`] does, into a copy with the same columns and row groups. Returns the output, too.
    ///
    /// # Errors
    /// As [`Run::filter`], and columns for annotations that there are already.
    pub fn filter_table<W: Write + Send>(
        &self,
        table: &Table,
        options: FilterOptions,
        output: W,
        observer: &dyn Observer,
    ) -> Result<(FilterReport, W), RunError> {
        let checker = self.record_checker()?;
        let mut writer = TableWriter::new(table, output, options.action == Action::Annotate)?;
        let mut report = FilterReport::default();
        let mut last: Option<(usize, Verdicts)> = None;
        for group in 0..table.groups() {
            let mut verdicts = Verdicts::default();
            let mut judge = || -> Result<(), RunError> {
                judge_all(&checker, &mut table.pairs(group)?, options, |part| {
                    verdicts.append(part.verdicts);
                    part.problems.iter().for_each(|problem| observer.on_problem(problem));
                    report.add(part.report, options.samples);
                    Ok(())
                })
            };
            // A row group is written while the next one is judged.
            let (judged, written) = rayon::join(&mut judge, || write_last(&mut writer, last.take()));
            written?;
            judged?;
            last = Some((group, verdicts));
        }
        write_last(&mut writer, last)?;
        Ok((report, writer.finish()?))
    }
}

fn write_last<W: Write + Send>(
    writer: &mut TableWriter<'_, W>,
    last: Option<(usize, Verdicts)>,
) -> Result<(), RunError> {
    last.map_or(Ok(()), |(group, verdicts)| Ok(writer.write_group(group, &verdicts)?))
}

/// Judges the parts that `reader` reads, and hands them over in order.
fn judge_all(
    checker: &RecordChecker<'_>,
    reader: &mut dyn ReadChunks,
    options: FilterOptions,
    mut take: impl FnMut(Judged) -> Result<(), RunError>,
) -> Result<(), RunError> {
    let size = rayon::current_num_threads() * BATCH_PER_THREAD;
    let mut read = || -> Result<Vec<Chunk>, InputError> {
        let chunks = std::iter::from_fn(|| reader.next_chunk().transpose());
        chunks.take(size).collect()
    };
    let mut batch = read()?;
    let mut judged = Vec::new();
    while !batch.is_empty() {
        let done = std::mem::take(&mut judged);
        // What is judged is written, and what comes next is read, while the threads judge this batch.
        batch = rayon::in_place_scope(|scope| {
            scope.spawn(|_| {
                judged = batch
                    .into_par_iter()
                    .map(|chunk| judge(checker, chunk, options))
                    .collect();
            });
            done.into_iter().try_for_each(&mut take)?;
            Ok::<_, RunError>(read()?)
        })?;
    }
    judged.into_iter().try_for_each(take)
}

/// What becomes of a row.
enum Fate<'a> {
    /// It is not written.
    LeftOut,
    /// It is written as it is.
    Kept,
    /// It is written with the rules that report it, or the names of the columns, and a penalty.
    Annotated(Option<&'a [&'static str]>, f64),
}

/// Judges the pairs of a part, and writes what is kept of it.
fn judge(checker: &RecordChecker<'_>, mut chunk: Chunk, options: FilterOptions) -> Judged {
    let mut judged = Judged::default();
    let rows = std::mem::take(&mut chunk.rows);
    if chunk.form == Form::Table {
        let mut verdicts = Verdicts::default();
        judge_rows(checker, &chunk, rows, options, &mut judged, |_, fate| match fate {
            Fate::LeftOut => verdicts.leave_out(),
            Fate::Kept => verdicts.keep(),
            Fate::Annotated(rules, penalty) => verdicts.annotate(rules.unwrap_or_default(), penalty),
        });
        judged.verdicts = verdicts;
        return judged;
    }
    let mut texts = vec![String::new(); chunk.files.len()];
    let starts = rows.first().map(|row| row.spans).unwrap_or_default();
    judge_rows(checker, &chunk, rows, options, &mut judged, |row, fate| {
        for ((file, span), text) in chunk.files.iter().zip(row.spans).zip(&mut texts) {
            let row = span.of(file.source.text());
            match fate {
                Fate::LeftOut => {}
                Fate::Kept => text.push_str(row),
                Fate::Annotated(rules, penalty) => chunk.form.annotate(row, rules, penalty, text),
            }
        }
    });
    judged.bytes = (chunk.files.iter().zip(texts).zip(starts))
        .map(|((file, text), start)| encoded(file, text, start))
        .collect();
    judged
}

/// Judges the rows of a part in order: counts them, and says what becomes of each.
fn judge_rows(
    checker: &RecordChecker<'_>,
    chunk: &Chunk,
    rows: Vec<Row>,
    options: FilterOptions,
    judged: &mut Judged,
    mut write: impl FnMut(&Row, Fate<'_>),
) {
    let mut found: Vec<Vec<Vec<Finding>>> = chunk
        .documents
        .iter()
        .map(|document| by_row(checker, document))
        .collect();
    let kept = |rules: Option<&'static [&'static str]>| match options.action {
        Action::Annotate => Fate::Annotated(rules, 0.0),
        Action::Drop | Action::Keep => Fate::Kept,
    };
    for mut row in rows {
        let (document, record) = match std::mem::replace(&mut row.content, Content::Comment) {
            Content::Pair { document, record } => (document, record),
            Content::Document(document) => (document, 0),
            Content::Header => {
                write(&row, kept(None));
                continue;
            }
            Content::Blank => {
                write(&row, kept(Some(&[])));
                continue;
            }
            Content::Comment => {
                write(&row, Fate::Kept);
                continue;
            }
            Content::LeftOut(error) => {
                // A row with several broken lines has an error for each, the others in no bytes.
                judged.report.malformed += usize::from(row.spans.iter().any(|span| !span.is_empty()));
                judged.problems.extend((!options.skip_malformed).then_some(error));
                write(&row, Fate::LeftOut);
                continue;
            }
        };
        let mut findings = std::mem::take(&mut found[document][record]);
        let verdict = PairVerdict::new(&mut findings, options.severity);
        let report = &mut judged.report;
        let row_number = (chunk.form == Form::Table).then_some(row.spans[0].end);
        report.count(&chunk.documents[document], &findings, row_number, options.samples);
        let fate = match options.action {
            Action::Annotate => Fate::Annotated(Some(&verdict.rules), verdict.penalty),
            Action::Drop if findings.is_empty() => Fate::Kept,
            Action::Keep if !findings.is_empty() => Fate::Kept,
            Action::Drop | Action::Keep => Fate::LeftOut,
        };
        let is_written = !matches!(fate, Fate::LeftOut);
        report.pairs += 1;
        report.written += usize::from(is_written);
        report.dropped += usize::from(!is_written);
        write(&row, fate);
    }
}

/// The findings in a document by its rows: its records, or all of it in one.
fn by_row(checker: &RecordChecker<'_>, document: &Document) -> Vec<Vec<Finding>> {
    match document.layout {
        Layout::Records => checker.check_records(document),
        Layout::Interleaved | Layout::Parallel => vec![checker.check_document(document)],
    }
}

/// The text as the file has it, with the byte order mark of the file where its `first` row is the first of the file.
fn encoded(file: &FilePart, text: String, first: Span) -> Option<Vec<u8>> {
    let is_start = first.start == 0 && file.source.line(0) == 1;
    let bom = file.bom && is_start;
    if file.encoding == UTF_8 && !bom {
        return Some(text.into_bytes());
    }
    encode(&text, file.encoding, bom)
}

fn lacks_character() -> io::Error {
    let message = "the encoding of the input lacks a character that was decoded from it; convert the file to UTF-8";
    io::Error::new(io::ErrorKind::InvalidData, message)
}
