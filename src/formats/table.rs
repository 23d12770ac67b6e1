//! CSV and TSV with a header that names the languages (RFC 4180, and what spreadsheets make of it).

use std::borrow::Cow;
use std::sync::Arc;

use super::by_part::Documents;
use super::cells::{Field, Quoting, Row, content, escape, first_rows, header_start, is_english_first, resolve, row};
use super::chunk::{Chunk, Content, Form, ReadChunks, Row as FileRow};
use super::columns::{Header, are_translations};
use super::json::Fault;
use super::stream::{Part, Parts};
use super::{Comments, Edit, File, Format, InputError, MAX_RECORDS, Reader, marks};
use crate::document::{Block, BlockKind, Document, Layout};
use crate::text::{Dialect, Direction, Side};

/// Comma-separated values.
#[derive(Debug)]
pub struct Csv;

/// Tab-separated values.
#[derive(Debug)]
pub struct Tsv;

impl Format for Csv {
    fn name(&self) -> &'static str {
        "CSV"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["csv"]
    }

    fn matches_first_line(&self, line: &str) -> bool {
        is_header(line, ',') || is_header(line, ';')
    }

    fn comments(&self) -> Option<Comments> {
        Some(Comments::HashRecords)
    }

    fn read(&'static self, file: File) -> Reader {
        Reader::new(Documents::new(TableReader::new(self.name(), file, b",;\t|")))
    }

    fn read_chunks(&'static self, file: File) -> Option<Box<dyn ReadChunks>> {
        Some(Box::new(TableReader::new(self.name(), file, b",;\t|")))
    }

    fn escape(&self, text: &str, dialect: &Dialect, edits: Vec<Edit>) -> Vec<Edit> {
        escape(text, dialect, edits)
    }
}

impl Format for Tsv {
    fn name(&self) -> &'static str {
        "TSV"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["tsv", "tab"]
    }

    fn matches_first_line(&self, line: &str) -> bool {
        is_header(line, '\t')
    }

    fn comments(&self) -> Option<Comments> {
        Some(Comments::HashRecords)
    }

    fn read(&'static self, file: File) -> Reader {
        Reader::new(Documents::new(TableReader::new(self.name(), file, b"\t,;|")))
    }

    fn read_chunks(&'static self, file: File) -> Option<Box<dyn ReadChunks>> {
        Some(Box::new(TableReader::new(self.name(), file, b"\t,;|")))
    }

    fn escape(&self, text: &str, dialect: &Dialect, edits: Vec<Edit>) -> Vec<Edit> {
        escape(text, dialect, edits)
    }
}

/// Whether a line names two languages between separators.
fn is_header(line: &str, separator: char) -> bool {
    line.contains(separator) && Header::read(line.split(separator).map(|f| f.trim_matches('"'))).is_ok()
}

/// Reads a CSV or TSV file part by part.
struct TableReader {
    parts: Parts,
    /// Whether the user named the file.
    explicit: bool,
    /// The separators that come into question.
    separators: &'static [u8],
    layout: Option<Columns>,
    records: usize,
}

#[derive(Clone, Copy)]
struct Columns {
    separator: u8,
    header: Header,
    direction: Option<Direction>,
}

impl TableReader {
    /// Reads a table whose cells are between one of `separators`, the likeliest first.
    fn new(format: &'static str, file: File, separators: &'static [u8]) -> Self {
        Self {
            explicit: file.explicit,
            parts: Parts::new(format, file),
            separators,
            layout: None,
            records: 0,
        }
    }

    /// The columns that the first line names, and where the records start.
    fn header(&self, text: &str, first_line: usize, last: bool) -> Result<(Columns, usize), InputError> {
        let start = header_start(text);
        let mut fields = Vec::new();
        let mut missing = None;
        for &separator in self.separators {
            let Row::Next(next) = row(text, start, Quoting::new(separator, last), &mut fields) else {
                continue;
            };
            let names: Vec<Cow<'_, str>> = fields.iter().map(|&f| content(text, f)).collect();
            match Header::read(names.iter().map(|n| &**n)) {
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

    /// Assigns languages to columns that are called source and target.
    fn assign_sides(text: &str, start: usize, last: bool, columns: &mut Columns) {
        let header = &mut columns.header;
        if !header.by_script {
            return;
        }
        let quoting = Quoting::new(columns.separator, last);
        columns.direction = Some(if is_english_first(text, start, quoting, [header.zh, header.en]) {
            std::mem::swap(&mut header.zh, &mut header.en);
            Direction::EnToZh
        } else {
            Direction::ZhToEn
        });
    }

    /// Whether the columns of the languages hold scores, by the first rows.
    fn are_scores(text: &str, start: usize, last: bool, columns: Columns) -> bool {
        let quoting = Quoting::new(columns.separator, last);
        let rows = first_rows(text, start, quoting, [columns.header.zh, columns.header.en]);
        let mut filled = rows
            .filter(|row| row.iter().any(|cell| !cell.trim().is_empty()))
            .peekable();
        filled.peek().is_some() && !are_translations(filled)
    }

    fn read(&mut self, part: Part) -> Result<Chunk, InputError> {
        let Part {
            mut text,
            first_line,
            last,
            mut broken,
        } = part;
        let mut at = 0;
        let mut rows: Vec<FileRow> = Vec::new();
        let mut columns = if let Some(columns) = self.layout {
            columns
        } else if !text.contains('\n') && text.trim_end().contains('\r') {
            return Err(InputError::CarriageReturns {
                path: Arc::clone(self.parts.path()),
            });
        } else {
            let (mut columns, next) = self.header(&text, first_line, last)?;
            Self::assign_sides(&text, next, last, &mut columns);
            if !columns.header.by_script && Self::are_scores(&text, next, last, columns) {
                return Err(InputError::Scores {
                    path: Arc::clone(self.parts.path()),
                    explicit: self.explicit,
                });
            }
            at = next;
            rows.push(FileRow::new(0, at, Content::Header));
            columns
        };
        columns.header.by_script = false;
        self.layout = Some(columns);
        self.parts.dialect().set_separator(columns.separator);
        let mut documents: Vec<Document> = Vec::new();
        let mut faults: Vec<(usize, Fault)> = Vec::new();
        let mut fields = Vec::with_capacity(8);
        while at < text.len() {
            let start = at;
            let next_line = |from: usize| text[from..].find('\n').map(|i| from + i + 1);
            if marks::is_directive(&text[at..]) {
                match next_line(at) {
                    None if !last => break,
                    end => at = end.unwrap_or(text.len()),
                }
                rows.push(FileRow::new(start, at, Content::Comment));
                continue;
            }
            let mut fault = None;
            at = match row(&text, at, Quoting::new(columns.separator, last), &mut fields) {
                Row::Next(next) => next,
                Row::Open(_) if !last => break,
                Row::Open(quote) => {
                    let message = "this quote is never closed; close it, or double the quotes inside a field";
                    fault = Some((quote, message));
                    next_line(quote).unwrap_or(text.len())
                }
            };
            let until = broken.partition_point(|&(b, _)| b < at);
            let mut errors = broken.drain(..until).map(|(_, e)| e).peekable();
            if fault.is_none()
                && errors.peek().is_none()
                && fields.len() == 1
                && columns.header.zh.max(columns.header.en) > 0
            {
                let is_blank = fields[0].content.of(&text).trim().is_empty();
                let message = "this line has one field only; the separator is missing";
                fault = (!is_blank).then_some((start, message));
            }
            let content = if let Some((at, message)) = fault {
                let message = message.to_owned();
                faults.push((rows.len(), Fault { at, message }));
                Content::Blank
            } else if let Some(error) = errors.next() {
                // One error for each broken line of a row in quotation marks.
                rows.extend(errors.map(|e| FileRow::new(start, start, Content::LeftOut(e))));
                Content::LeftOut(error)
            } else {
                self.add(&text, &fields, columns, &mut documents)
            };
            rows.push(FileRow::new(start, at, content));
        }
        if at < text.len() {
            self.parts.give_back(
                &text[at..],
                broken.into_iter().map(|(b, e)| (b.saturating_sub(at), e)).collect(),
            );
            text.truncate(at);
        }
        let file = self.parts.file(text, first_line);
        for document in &mut documents {
            document.sources.push(Arc::clone(&file.source));
        }
        for (row, fault) in faults {
            rows[row].content = Content::LeftOut(InputError::record(&file.source, fault.at, fault.message));
        }
        Ok(Chunk {
            files: vec![file],
            form: Form::Cells(columns.separator),
            documents,
            rows,
        })
    }

    fn add(&mut self, text: &str, fields: &[Field], columns: Columns, documents: &mut Vec<Document>) -> Content {
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
            return Content::Blank;
        }
        if documents.last().is_none_or(|d| d.records.len() >= MAX_RECORDS) {
            let mut document = Document::new(Arc::clone(self.parts.path()), Layout::Records);
            document.first_record = self.records;
            document.direction = columns.direction;
            documents.push(document);
        }
        let number = documents.len() - 1;
        let document = &mut documents[number];
        let id = columns
            .header
            .id
            .and_then(|i| fields.get(i))
            .map(|&f| content(text, f))
            .filter(|id| !id.trim().is_empty())
            .map(|id| Arc::from(id.trim()));
        document.push_record(id, zh, en);
        self.records += 1;
        Content::Pair {
            document: number,
            record: document.records.len() - 1,
        }
    }
}

impl ReadChunks for TableReader {
    fn next_chunk(&mut self) -> Result<Option<Chunk>, InputError> {
        let is_blank = |part: &Part| part.last && part.text.trim().is_empty();
        match self.parts.next()? {
            Some(part) if self.layout.is_some() || !is_blank(&part) => self.read(part).map(Some),
            None if self.layout.is_some() => Ok(None),
            _ => Err(InputError::Empty {
                path: Arc::clone(self.parts.path()),
            }),
        }
    }
}
