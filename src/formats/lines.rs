//! Pairs in lines, as corpora have them: a line with columns between tabs and no header, or line n of one file that
//! translates line n of another. Quotation marks are text.

use std::sync::Arc;

use memchr::memchr;

use super::cells::is_english_in_first;
use super::chunk::{Chunk, Content, FilePart, Form, ReadChunks, Row};
use super::columns::Header;
use super::json::Fault;
use super::stream::Parts;
use super::{File, InputError, MAX_RECORDS, marks};
use crate::document::{Block, BlockKind, Document, Layout, Origin};
use crate::text::{Direction, Side, Sides, Source, Span};

/// Where the texts of a pair are.
#[derive(Debug, Clone, Copy)]
enum Places {
    /// In columns.
    Columns(Header),
    /// In two files, in any order.
    Files {
        /// The index of the Chinese one; `None` while no line is read.
        zh: Option<usize>,
    },
}

/// Reads lines with columns.
pub fn read_columns(file: File, columns: Header) -> Box<dyn ReadChunks> {
    Box::new(LineReader::new(vec![file], Places::Columns(columns)))
}

/// Reads two files line by line. Their text decides which is Chinese.
pub fn read_two(files: [File; 2]) -> Box<dyn ReadChunks> {
    Box::new(LineReader::new(files.into(), Places::Files { zh: None }))
}

/// The part of a file that is being read.
struct Current {
    part: FilePart,
    /// Bytes of it that are used.
    at: usize,
    /// The lines with broken UTF-8, by their start.
    broken: std::iter::Peekable<std::vec::IntoIter<(usize, InputError)>>,
}

struct LineReader {
    files: Vec<Parts>,
    current: Vec<Option<Current>>,
    places: Places,
    direction: Option<Direction>,
    /// Pairs so far.
    records: usize,
    /// Lines so far.
    lines: usize,
}

impl LineReader {
    fn new(files: Vec<File>, places: Places) -> Self {
        Self {
            current: files.iter().map(|_| None).collect(),
            files: files.into_iter().map(|file| Parts::new("TSV", file)).collect(),
            places,
            direction: None,
            records: 0,
            lines: 0,
        }
    }

    /// Reads on in the files whose part is used up. Returns whether each has a line.
    fn fill(&mut self) -> Result<Vec<bool>, InputError> {
        for (parts, current) in self.files.iter_mut().zip(&mut self.current) {
            if current.as_ref().is_some_and(|c| c.at < c.part.source.text().len()) {
                continue;
            }
            *current = parts.next()?.map(|part| Current {
                part: parts.file(part.text, part.first_line),
                at: 0,
                broken: part.broken.into_iter().peekable(),
            });
        }
        Ok(self.current.iter().map(Option::is_some).collect())
    }

    /// Decides which text is Chinese by the first lines, where only they can say.
    fn assign_sides(&mut self) {
        let texts: Vec<&str> = self.current.iter().flatten().map(|c| c.part.source.text()).collect();
        let is_english_first = match self.places {
            Places::Columns(columns) if columns.by_script => {
                is_english_in_first(texts[0].lines().map(|line| cells(line, columns)))
            }
            Places::Files { zh: None } => {
                is_english_in_first(texts[0].lines().zip(texts[1].lines()).map(|(a, b)| [a, b]))
            }
            _ => return,
        };
        match &mut self.places {
            Places::Columns(columns) => {
                columns.by_script = false;
                self.direction = Some(Direction::ZhToEn);
                if is_english_first {
                    std::mem::swap(&mut columns.zh, &mut columns.en);
                    self.direction = Some(Direction::EnToZh);
                }
            }
            Places::Files { zh } => *zh = Some(usize::from(is_english_first)),
        }
    }

    /// Adds the pair of a line of each file, without their ends.
    fn add(&mut self, lines: &[(&str, usize)], documents: &mut Vec<Document>) -> Result<Content, Fault> {
        let mut id = None;
        let (zh, en) = match self.places {
            Places::Files { zh } => {
                let zh = zh.unwrap_or_default();
                let of = |side, file: usize| block(side, file, lines[file].0, lines[file].1);
                (of(Side::Zh, zh), of(Side::En, 1 - zh))
            }
            Places::Columns(columns) => {
                let (line, start) = lines[0];
                let cell = |column| line.split('\t').nth(column);
                let (Some(zh), Some(en)) = (cell(columns.zh), cell(columns.en)) else {
                    let found = line.split('\t').count();
                    let needed = columns.zh.max(columns.en) + 1;
                    let message = format!("this line has {found} of at least {needed} columns between tabs");
                    return Err(Fault { at: start, message });
                };
                id = columns.id.and_then(cell).map(str::trim).filter(|id| !id.is_empty());
                let of = |side, cell: &str| block(side, 0, cell, start + (cell.as_ptr().addr() - line.as_ptr().addr()));
                (of(Side::Zh, zh), of(Side::En, en))
            }
        };
        if zh.is_none() && en.is_none() {
            return Ok(Content::Blank);
        }
        if documents.last().is_none_or(|d| d.records.len() >= MAX_RECORDS) {
            let mut document = Document::new(Arc::clone(self.files[0].path()), Layout::Records);
            document.first_record = self.records;
            document.direction = self.direction;
            documents.push(document);
        }
        let number = documents.len() - 1;
        let document = &mut documents[number];
        document.push_record(id.map(Arc::from), zh, en);
        self.records += 1;
        Ok(Content::Pair {
            document: number,
            record: document.records.len() - 1,
        })
    }

    /// Reads lines until a part is used up.
    fn read(&mut self) -> Chunk {
        let mut current: Vec<Current> = self.current.iter_mut().filter_map(Option::take).collect();
        let (mut documents, mut rows): (Vec<Document>, Vec<Row>) = (Vec::new(), Vec::new());
        while current.iter().all(|c| c.at < c.part.source.text().len()) {
            let mut row = Row::new(0, 0, Content::Blank);
            let mut broken = None;
            for (file, span) in current.iter_mut().zip(&mut row.spans) {
                let (text, start) = (file.part.source.text(), file.at);
                file.at = memchr(b'\n', &text.as_bytes()[start..]).map_or(text.len(), |i| start + i + 1);
                *span = Span::new(start, file.at);
                broken = file.broken.next_if(|&(at, _)| at == start).map(|(_, e)| e).or(broken);
            }
            let lines: Vec<(&str, usize)> = current
                .iter()
                .zip(&row.spans)
                .map(|(file, span)| {
                    let line = span.of(file.part.source.text());
                    (
                        line.strip_suffix('\n')
                            .map_or(line, |l| l.strip_suffix('\r').unwrap_or(l)),
                        span.start,
                    )
                })
                .collect();
            row.content = match broken {
                Some(error) => Content::LeftOut(error),
                None => self.add(&lines, &mut documents).unwrap_or_else(|fault| {
                    Content::LeftOut(InputError::record(&current[0].part.source, fault.at, fault.message))
                }),
            };
            rows.push(row);
            self.lines += 1;
        }
        let files: Vec<FilePart> = current.iter().map(|c| c.part.clone()).collect();
        for document in &mut documents {
            document.sources = files.iter().map(|f| Arc::clone(&f.source)).collect();
        }
        self.current = current.into_iter().map(Some).collect();
        Chunk {
            form: if files.len() == 1 {
                Form::Cells(b'\t')
            } else {
                Form::Lines
            },
            files,
            documents,
            rows,
        }
    }
}

/// The block of a text from byte `start` of a file; `None` if the text is blank.
fn block(side: Side, file: usize, text: &str, start: usize) -> Option<Block> {
    (!text.trim().is_empty()).then(|| segment(side, file, text, start))
}

/// The block of a text from byte `start` of a file.
fn segment(side: Side, file: usize, text: &str, start: usize) -> Block {
    Block {
        side,
        kind: BlockKind::Segment,
        masked: marks::not_prose(text),
        text: text.to_owned(),
        origin: Origin::verbatim(file, start, text.len()),
    }
}

/// The texts of the two columns.
fn cells(line: &str, columns: Header) -> [&str; 2] {
    [columns.zh, columns.en].map(|column| line.split('\t').nth(column).unwrap_or_default())
}

impl ReadChunks for LineReader {
    fn next_chunk(&mut self) -> Result<Option<Chunk>, InputError> {
        let filled = self.fill()?;
        match filled[..] {
            [false] | [false, false] if self.lines > 0 => Ok(None),
            [true, false] | [false, true] => {
                let shorter = usize::from(filled[0]);
                Err(InputError::FewerLines {
                    path: Arc::clone(self.files[shorter].path()),
                    other: Arc::clone(self.files[1 - shorter].path()),
                    lines: self.lines,
                })
            }
            _ if filled.contains(&false) => Err(InputError::Empty {
                path: Arc::clone(self.files[0].path()),
            }),
            _ => {
                self.assign_sides();
                Ok(Some(self.read()))
            }
        }
    }
}

/// A document of these pairs, each a line of Chinese, a tab and English: a part of a text called `name` in which `before` pairs come
/// before these.
pub fn document_of_pairs(name: &str, before: usize, pairs: &[(&str, &str)]) -> Document {
    let mut document = Document::new(name, Layout::Records);
    document.first_record = before;
    let mut lines = Lines::default();
    for (zh, en) in pairs {
        let (zh, en) = (lines.add(Side::Zh, zh, '\t'), lines.add(Side::En, en, '\n'));
        let kept = |block: Block| (!block.text.trim().is_empty()).then_some(block);
        document.push_record(None, kept(zh), kept(en));
    }
    let source = Source::new(name, lines.text).starting_at_line(before + 1);
    document.sources.push(Arc::new(source));
    document
}

/// A document of these paragraphs, each in a line of its own, which are not aligned. Every paragraph is a block, even a blank one.
pub fn document_of_paragraphs(name: &str, id: Option<&str>, paragraphs: Sides<&[&str]>) -> Document {
    let mut document = Document::new(name, Layout::Parallel);
    document.id = id.map(Arc::from);
    document.is_record = true;
    let mut lines = Lines::default();
    for side in [Side::Zh, Side::En] {
        for paragraph in paragraphs[side] {
            let kind = marks::kind(paragraph);
            let block = lines.add(side, paragraph, '\n');
            document.blocks_mut(side).push(Block { kind, ..block });
        }
    }
    document.sources.push(Arc::new(Source::new(name, lines.text)));
    document
}

/// A source of texts that come from no file.
#[derive(Default)]
struct Lines {
    text: String,
}

impl Lines {
    /// Adds a text and what ends it.
    fn add(&mut self, side: Side, text: &str, end: char) -> Block {
        let start = self.text.len();
        self.text.push_str(text);
        self.text.push(end);
        segment(side, 0, text, start)
    }
}
