//! CSV and TSV with a header that names the languages (RFC 4180, and what spreadsheets make of it).

use std::collections::VecDeque;
use std::sync::Arc;

use memchr::{memchr, memchr2};

use super::columns::Header;
use super::error::InputError;
use super::stream::{Part, Parts};
use super::{MAX_RECORDS, marks};
use crate::document::{Block, BlockKind, Document, Layout, Origin, Piece};
use crate::text::script::ScriptCount;
use crate::text::{Direction, Side, Span};

/// A field as it stands in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Field {
    /// The content, without the quotes.
    content: Span,
    /// Whether there are quotes around it.
    quoted: bool,
    /// Whether there are doubled quotes in it.
    doubled: bool,
}

/// How the fields of a row are told apart.
#[derive(Debug, Clone, Copy)]
struct Dialect {
    separator: u8,
    /// Whether a quote that nothing closes is text, as is known of TSV once the file has been read to its end.
    stray_quotes: bool,
}

impl Dialect {
    const fn new(separator: u8, last: bool) -> Self {
        Self {
            separator,
            stray_quotes: last && separator == b'\t',
        }
    }
}

/// How a row ended.
enum Row {
    /// It was read; the next one starts here.
    Next(usize),
    /// A quote that opened at this byte is not closed in the text at hand.
    Open(usize),
}

/// Reads the row at `start`. A quote is one only where a field begins with it and a separator or line end follows the
/// closing one; in TSV, where stray quotes are common, a field that does not end so is taken as it stands.
fn row(text: &str, start: usize, dialect: Dialect, fields: &mut Vec<Field>) -> Row {
    let separator = dialect.separator;
    let bytes = text.as_bytes();
    fields.clear();
    let mut at = start;
    loop {
        let mut quoted = None;
        if bytes.get(at) == Some(&b'"') {
            match quoted_field(bytes, at, separator) {
                Ok(field) => quoted = Some(field),
                Err(stop) if stop == bytes.len() && !dialect.stray_quotes => return Row::Open(at),
                Err(_) => {}
            }
        }
        let (field, end) = quoted.map_or_else(
            || bare_field(bytes, at, separator),
            |field| (field, field.content.end + 1),
        );
        fields.push(field);
        let end = end + usize::from(bytes.get(end) == Some(&b'\r') && bytes.get(end + 1) == Some(&b'\n'));
        match bytes.get(end) {
            Some(&b) if b == separator => at = end + 1,
            _ => {
                let newline = memchr(b'\n', &bytes[end..]);
                return Row::Next(newline.map_or(bytes.len(), |i| end + i + 1));
            }
        }
    }
}

/// The field without quotes that begins at `at`, and where what ends it stands.
fn bare_field(bytes: &[u8], at: usize, separator: u8) -> (Field, usize) {
    let end = memchr2(separator, b'\n', &bytes[at..]).map_or(bytes.len(), |i| at + i);
    let carriage = end > at && bytes[end - 1] == b'\r' && bytes.get(end) != Some(&separator);
    let field = Field {
        content: Span::new(at, end - usize::from(carriage)),
        quoted: false,
        doubled: false,
    };
    (field, end)
}

/// The quoted field that opens at `at`, or where the search for its end stopped.
fn quoted_field(bytes: &[u8], at: usize, separator: u8) -> Result<Field, usize> {
    let mut doubled = false;
    let mut i = at + 1;
    loop {
        let Some(found) = memchr(b'"', &bytes[i..]) else {
            return Err(bytes.len());
        };
        i += found;
        match bytes.get(i + 1) {
            Some(b'"') => {
                doubled = true;
                i += 2;
            }
            None | Some(b'\r' | b'\n') => break,
            Some(&b) if b == separator => break,
            Some(_) => return Err(i),
        }
    }
    Ok(Field {
        content: Span::new(at + 1, i),
        quoted: true,
        doubled,
    })
}

/// The text of a field and where it came from.
fn resolve(text: &str, field: Field) -> (String, Origin) {
    let Field {
        content,
        quoted,
        doubled,
    } = field;
    let raw = content.of(text);
    let mut origin = Origin::verbatim(0, content.start, content.len());
    if quoted {
        origin.span = Span::new(content.start - 1, content.end + 1);
    }
    if !doubled {
        return (raw.to_owned(), origin);
    }
    // Each doubled quote ends a verbatim piece with its first half and skips the second.
    let mut out = String::with_capacity(raw.len());
    let mut pieces = Vec::new();
    let mut from = 0;
    let mut push = |out: &mut String, from: usize, to: usize, source_len: usize| {
        if from < to {
            pieces.push(Piece {
                text: out.len(),
                source: content.start + from,
                len: to - from,
                source_len,
            });
            out.push_str(&raw[from..to]);
        }
    };
    while let Some(found) = raw[from..].find("\"\"") {
        let quote = from + found;
        push(&mut out, from, quote, quote - from);
        push(&mut out, quote, quote + 1, 2);
        from = quote + 2;
    }
    push(&mut out, from, raw.len(), raw.len() - from);
    origin.pieces = pieces.into();
    (out, origin)
}

/// Reads a CSV or TSV file part by part.
pub struct Table {
    parts: Parts,
    /// The separators that come into question.
    separators: &'static [u8],
    queue: VecDeque<Result<Document, InputError>>,
    layout: Option<Columns>,
    records: usize,
    done: bool,
}

#[derive(Clone, Copy)]
struct Columns {
    separator: u8,
    header: Header,
    direction: Option<Direction>,
}

impl Table {
    /// A reader for comma-separated values; semicolons and tabs are recognised.
    pub const fn csv(parts: Parts) -> Self {
        Self::new(parts, b",;\t|")
    }

    /// A reader for tab-separated values; commas and semicolons are recognised.
    pub const fn tsv(parts: Parts) -> Self {
        Self::new(parts, b"\t,;|")
    }

    const fn new(parts: Parts, separators: &'static [u8]) -> Self {
        Self {
            parts,
            separators,
            queue: VecDeque::new(),
            layout: None,
            records: 0,
            done: false,
        }
    }

    /// The columns that the first line names, and where the records start.
    fn header(&self, text: &str, first_line: usize, last: bool) -> Result<(Columns, usize), InputError> {
        let mut start = text.len() - text.trim_start_matches(['\r', '\n']).len();
        // `sep=;` is a hint that Excel writes and reads.
        if let Some(hint) = text[start..].strip_prefix("sep=") {
            start = hint.find('\n').map_or(text.len(), |i| start + 4 + i + 1);
        }
        while marks::is_directive(&text[start..]) {
            start = text[start..].find('\n').map_or(text.len(), |i| start + i + 1);
        }
        let mut fields = Vec::new();
        let mut missing = None;
        for &separator in self.separators {
            let Row::Next(next) = row(text, start, Dialect::new(separator, last), &mut fields) else {
                continue;
            };
            let names: Vec<String> = fields.iter().map(|&f| resolve(text, f).0).collect();
            match Header::read(names.iter().map(String::as_str)) {
                Ok(header) => {
                    let direction = None;
                    return Ok((
                        Columns {
                            separator,
                            header,
                            direction,
                        },
                        next,
                    ));
                }
                Err(side) => missing = missing.or(side),
            }
        }
        let line = text[start..].lines().next().unwrap_or("");
        let short: String = line.chars().take(60).collect();
        Err(InputError::MissingHeader {
            path: Arc::clone(self.parts.path()),
            line: first_line,
            missing,
            separator: if self.separators[0] == b'\t' { "⇥" } else { "," },
            found: if short.len() < line.len() {
                format!("{short}…")
            } else {
                short
            },
        })
    }

    /// Where columns are called source and target, the first records tell which is Chinese.
    fn settle(text: &str, start: usize, last: bool, columns: &mut Columns) {
        if !columns.header.by_script {
            return;
        }
        let (mut fields, mut at) = (Vec::new(), start);
        let (mut source, mut target) = (ScriptCount::default(), ScriptCount::default());
        for _ in 0..200 {
            let Row::Next(next) = row(text, at, Dialect::new(columns.separator, last), &mut fields) else {
                break;
            };
            for (count, column) in [(&mut source, columns.header.zh), (&mut target, columns.header.en)] {
                let here = fields
                    .get(column)
                    .map_or_else(ScriptCount::default, |f| ScriptCount::of(f.content.of(text)));
                count.han += here.han;
                count.latin += here.latin;
            }
            at = next;
            if at >= text.len() {
                break;
            }
        }
        let english_first = source.side() == Some(Side::En) && target.side() != Some(Side::En);
        if english_first {
            let header = &mut columns.header;
            std::mem::swap(&mut header.zh, &mut header.en);
        }
        columns.direction = Some(if english_first {
            Direction::EnToZh
        } else {
            Direction::ZhToEn
        });
    }

    fn read(&mut self, part: Part) -> Result<(), InputError> {
        let Part {
            mut text,
            first_line,
            last,
            mut broken,
        } = part;
        let mut at = 0;
        let mut columns = if let Some(columns) = self.layout {
            columns
        } else {
            let (mut columns, next) = self.header(&text, first_line, last)?;
            Self::settle(&text, next, last, &mut columns);
            at = next;
            columns
        };
        columns.header.by_script = false;
        self.layout = Some(columns);
        let mut documents: Vec<Document> = Vec::new();
        let mut faults: Vec<(usize, String)> = Vec::new();
        let mut errors = Vec::new();
        let mut fields = Vec::with_capacity(8);
        while at < text.len() {
            if marks::is_directive(&text[at..]) {
                match text[at..].find('\n') {
                    None if !last => break,
                    end => at = end.map_or(text.len(), |i| at + i + 1),
                }
                continue;
            }
            let next = match row(&text, at, Dialect::new(columns.separator, last), &mut fields) {
                Row::Next(next) => next,
                Row::Open(_) if !last => break,
                Row::Open(quote) => {
                    faults.push((
                        quote,
                        "this quote is never closed; close it, or double the quotes inside a field".into(),
                    ));
                    text[quote..].find('\n').map_or(text.len(), |i| quote + i + 1)
                }
            };
            let row_start = at;
            at = next;
            if faults.last().is_some_and(|&(f, _)| f >= row_start) {
                continue;
            }
            let until = broken.partition_point(|&(b, _)| b < next);
            if until > 0 {
                errors.extend(broken.drain(..until).map(|(_, e)| e));
                continue;
            }
            if fields.iter().all(|f| f.content.of(&text).trim().is_empty()) {
                continue;
            }
            if fields.len() <= columns.header.zh.max(columns.header.en) && fields.len() == 1 {
                faults.push((
                    row_start,
                    "this line has one field only; the separator is missing".into(),
                ));
                continue;
            }
            self.add(&text, &fields, columns, &mut documents);
        }
        if at < text.len() {
            self.parts.give_back(
                &text[at..],
                broken.into_iter().map(|(b, e)| (b.saturating_sub(at), e)).collect(),
            );
            text.truncate(at);
        }
        let source = self.parts.source(text, first_line);
        for mut document in documents {
            document.sources.push(Arc::clone(&source));
            self.queue.push_back(Ok(document));
        }
        self.queue.extend(errors.into_iter().map(Err));
        self.queue.extend(faults.into_iter().map(|(at, message)| {
            let at = source.position(at);
            Err(InputError::Record {
                path: Arc::clone(source.path()),
                line: at.line,
                column: at.column,
                message,
            })
        }));
        Ok(())
    }

    fn add(&mut self, text: &str, fields: &[Field], columns: Columns, documents: &mut Vec<Document>) {
        let block = |side: Side, column: usize| {
            let field = *fields.get(column)?;
            if field.content.of(text).trim().is_empty() {
                return None;
            }
            let (text, origin) = resolve(text, field);
            Some(Block {
                side,
                kind: BlockKind::Segment,
                masked: marks::not_prose(&text),
                text,
                origin,
            })
        };
        let (zh, en) = (block(Side::Zh, columns.header.zh), block(Side::En, columns.header.en));
        if zh.is_none() && en.is_none() {
            return;
        }
        if documents.last().is_none_or(|d| d.records.len() >= MAX_RECORDS) {
            let mut document = Document::new(Arc::clone(self.parts.path()), Layout::Records);
            document.first_record = self.records;
            document.direction = columns.direction;
            documents.push(document);
        }
        let Some(document) = documents.last_mut() else { return };
        let id = columns
            .header
            .id
            .and_then(|i| fields.get(i))
            .map(|&f| resolve(text, f).0)
            .filter(|id| !id.trim().is_empty())
            .map(|id| Arc::from(id.trim()));
        document.push_record(id, zh, en);
        self.records += 1;
    }
}

impl Iterator for Table {
    type Item = Result<Document, InputError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(next) = self.queue.pop_front() {
                return Some(next);
            }
            if self.done {
                return None;
            }
            let outcome = match self.parts.next() {
                Ok(Some(part)) if self.layout.is_none() && part.last && part.text.trim().is_empty() => {
                    Err(InputError::Empty {
                        path: Arc::clone(self.parts.path()),
                    })
                }
                Ok(Some(part)) => self.read(part),
                Ok(None) => {
                    self.done = true;
                    if self.layout.is_some() {
                        continue;
                    }
                    Err(InputError::Empty {
                        path: Arc::clone(self.parts.path()),
                    })
                }
                Err(e) => Err(e),
            };
            if let Err(e) = outcome {
                self.done = true;
                return Some(Err(e));
            }
        }
    }
}
