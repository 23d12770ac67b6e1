//! JSONL: pair records `{"id", "zh", "en"}` and document records, whose `zh` and `en` are arrays of paragraphs.

use std::collections::VecDeque;
use std::sync::Arc;

use memchr::memchr;

use super::columns;
use super::error::InputError;
use super::json::{Fault, Quoted, Scanner, unescape};
use super::stream::{Part, Parts};
use super::{MAX_RECORDS, marks};
use crate::document::{Block, BlockKind, Document, Layout, Origin};
use crate::text::{Side, Span};

/// Reads a JSONL file part by part.
pub struct Jsonl {
    parts: Parts,
    queue: VecDeque<Result<Document, InputError>>,
    /// Pair records so far.
    records: usize,
    seen: bool,
    done: bool,
}

impl Jsonl {
    /// A reader over the parts of a file.
    pub const fn new(parts: Parts) -> Self {
        Self {
            parts,
            queue: VecDeque::new(),
            records: 0,
            seen: false,
            done: false,
        }
    }

    fn read(&mut self, part: Part) {
        let Part {
            text,
            first_line,
            mut broken,
            ..
        } = part;
        let mut documents: Vec<Document> = Vec::new();
        let mut faults: Vec<Fault> = Vec::new();
        let mut errors = Vec::new();
        let mut start = 0;
        while start < text.len() {
            let from = start;
            let to = memchr(b'\n', &text.as_bytes()[from..]).map_or(text.len(), |at| from + at + 1);
            start = to;
            if text[from..to].trim_start().is_empty() {
                continue;
            }
            self.seen = true;
            if broken.first().is_some_and(|&(at, _)| at == from) {
                errors.push(broken.remove(0).1);
                continue;
            }
            match record(&text, from, to) {
                Ok(fields) => self.add(&text, fields, &mut documents, &mut faults),
                Err(fault) => faults.push(fault),
            }
        }
        let source = self.parts.source(text, first_line);
        for mut document in documents {
            document.sources.push(Arc::clone(&source));
            self.queue.push_back(Ok(document));
        }
        self.queue.extend(errors.into_iter().map(Err));
        self.queue.extend(faults.into_iter().map(|f| {
            let at = source.position(f.at);
            Err(InputError::Record {
                path: Arc::clone(source.path()),
                line: at.line,
                column: at.column,
                message: f.message,
            })
        }));
    }

    fn add(&mut self, text: &str, fields: Fields, documents: &mut Vec<Document>, faults: &mut Vec<Fault>) {
        if fields.is_document() {
            match fields.document(text, self.parts.path()) {
                Ok(document) => documents.push(document),
                Err(fault) => faults.push(fault),
            }
            return;
        }
        let full = |d: &Document| d.layout != Layout::Records || d.records.len() >= MAX_RECORDS;
        if documents.last().is_none_or(full) {
            let mut document = Document::new(Arc::clone(self.parts.path()), Layout::Records);
            document.first_record = self.records;
            documents.push(document);
        }
        let Some(document) = documents.last_mut() else { return };
        match fields.pair(text, document) {
            Ok(true) => self.records += 1,
            Ok(false) => {}
            Err(fault) => faults.push(fault),
        }
    }
}

impl Iterator for Jsonl {
    type Item = Result<Document, InputError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(next) = self.queue.pop_front() {
                return Some(next);
            }
            if self.done {
                return None;
            }
            match self.parts.next() {
                Ok(Some(part)) => self.read(part),
                Ok(None) => {
                    self.done = true;
                    if !self.seen {
                        let path = Arc::clone(self.parts.path());
                        return Some(Err(InputError::Empty { path }));
                    }
                }
                Err(e) => {
                    self.done = true;
                    return Some(Err(e));
                }
            }
        }
    }
}

/// The value of `zh` or `en`.
#[derive(Debug)]
enum Value {
    One(Quoted),
    Many(Vec<Quoted>),
}

/// What matters of one line.
#[derive(Debug)]
struct Fields {
    id: Option<Arc<str>>,
    zh: Option<Value>,
    en: Option<Value>,
}

/// Reads the object in `text[from..to]`.
fn record(text: &str, from: usize, to: usize) -> Result<Fields, Fault> {
    let mut s = Scanner::new(text, from, to);
    if s.peek() != Some(b'{') {
        return Scanner::fault(
            s.at(),
            r#"a line must be an object such as {"id": "1", "zh": "…", "en": "…"}"#,
        );
    }
    let object = s.at();
    s.expect(b'{')?;
    let mut fields = Fields {
        id: None,
        zh: None,
        en: None,
    };
    if !s.take(b'}') {
        loop {
            let key = s.string()?;
            s.expect(b':')?;
            match &text[key.start..key.end] {
                "id" => fields.id = id(text, &mut s)?,
                "zh" => fields.zh = value(&mut s)?,
                "en" => fields.en = value(&mut s)?,
                // `zh-CN`, `English` and the like; only where the plain key has not come.
                other => match columns::language(other).filter(|_| other.len() <= 24) {
                    Some(Side::Zh) if fields.zh.is_none() && is_text(&mut s) => fields.zh = value(&mut s)?,
                    Some(Side::En) if fields.en.is_none() && is_text(&mut s) => fields.en = value(&mut s)?,
                    _ => s.skip()?,
                },
            }
            if s.take(b'}') {
                break;
            }
            s.expect(b',')?;
        }
    }
    if s.peek().is_some() {
        return Scanner::fault(s.at(), "broken JSON: one object a line, and nothing after it");
    }
    if fields.zh.is_none() && fields.en.is_none() {
        return Scanner::fault(object, "the record has neither “zh” nor “en”");
    }
    Ok(fields)
}

fn is_text(s: &mut Scanner<'_>) -> bool {
    matches!(s.peek(), Some(b'"' | b'['))
}

fn id(text: &str, s: &mut Scanner<'_>) -> Result<Option<Arc<str>>, Fault> {
    if s.peek() == Some(b'"') {
        let quoted = s.string()?;
        return Ok(Some(if quoted.escaped {
            Arc::from(unescape(text, quoted)?.0)
        } else {
            Arc::from(&text[quoted.start..quoted.end])
        }));
    }
    let at = s.at();
    match s.scalar() {
        Ok("null") => Ok(None),
        Ok(word) => Ok(Some(Arc::from(word))),
        Err(_) => Scanner::fault(at, "“id” must be a string or a number"),
    }
}

fn value(s: &mut Scanner<'_>) -> Result<Option<Value>, Fault> {
    match s.peek() {
        Some(b'"') => Ok(Some(Value::One(s.string()?))),
        Some(b'[') => {
            s.expect(b'[')?;
            let mut items = Vec::new();
            if !s.take(b']') {
                loop {
                    if s.peek() != Some(b'"') {
                        return Scanner::fault(s.at(), "a paragraph must be a string");
                    }
                    items.push(s.string()?);
                    if s.take(b']') {
                        break;
                    }
                    s.expect(b',')?;
                }
            }
            Ok(Some(Value::Many(items)))
        }
        _ => {
            let at = s.at();
            match s.scalar() {
                Ok("null") => Ok(None),
                _ => Scanner::fault(at, "the text must be a string, or an array of strings for a document"),
            }
        }
    }
}

impl Fields {
    const fn is_document(&self) -> bool {
        matches!(self.zh, Some(Value::Many(_))) || matches!(self.en, Some(Value::Many(_)))
    }

    fn sides(self) -> [(Side, Vec<Quoted>); 2] {
        let list = |v: Option<Value>| match v {
            None => Vec::new(),
            Some(Value::One(q)) => vec![q],
            Some(Value::Many(m)) => m,
        };
        [(Side::Zh, list(self.zh)), (Side::En, list(self.en))]
    }

    /// A document of its own. Every paragraph is a block, even a blank one, so that block numbers are the file's.
    fn document(mut self, text: &str, path: &Arc<str>) -> Result<Document, Fault> {
        let mut document = Document::new(Arc::clone(path), Layout::Parallel);
        document.id = self.id.take();
        for (side, paragraphs) in self.sides() {
            for quoted in paragraphs {
                let mut block = block(text, side, BlockKind::Paragraph, quoted)?;
                if marks::is_structure(&block.text) {
                    block.kind = BlockKind::Structure;
                }
                document.blocks_mut(side).push(block);
            }
        }
        Ok(document)
    }

    /// Adds a pair to `document`, unless both sides are blank. A blank side has no block.
    fn pair(self, text: &str, document: &mut Document) -> Result<bool, Fault> {
        let id = self.id;
        let side = |side: Side, value: Option<Value>| -> Result<Option<Block>, Fault> {
            match value {
                Some(Value::One(q)) if !text[q.start..q.end].trim_start().is_empty() => {
                    block(text, side, BlockKind::Segment, q).map(Some)
                }
                _ => Ok(None),
            }
        };
        let (zh, en) = (side(Side::Zh, self.zh)?, side(Side::En, self.en)?);
        if zh.is_none() && en.is_none() {
            return Ok(false);
        }
        document.push_record(id, zh, en);
        Ok(true)
    }
}

fn block(source: &str, side: Side, kind: BlockKind, quoted: Quoted) -> Result<Block, Fault> {
    let Quoted { start, end, escaped } = quoted;
    let (text, origin) = if escaped {
        let (text, pieces) = unescape(source, quoted)?;
        (
            text,
            Origin {
                source: 0,
                span: Span::new(start - 1, end + 1),
                pieces: pieces.into(),
            },
        )
    } else {
        let mut origin = Origin::verbatim(0, start, end - start);
        origin.span = Span::new(start - 1, end + 1);
        (source[start..end].to_owned(), origin)
    };
    Ok(Block {
        side,
        kind,
        masked: marks::not_prose(&text),
        text,
        origin,
    })
}
