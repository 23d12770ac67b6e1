//! JSONL: pair records `{"id", "zh", "en"}` and document records, whose `zh` and `en` are arrays of paragraphs.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use memchr::memchr;
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::by_part::Documents;
use super::chunk::{Chunk, Content, Form, ReadChunks, Row};
use super::json::{Fault, Quoted, fault, offset, unescape};
use super::stream::{Part, Parts};
use super::{Comments, Edit, File, Format, InputError, MAX_RECORDS, Reader, marks};
use crate::document::{Block, BlockKind, Document, Layout, Origin};
use crate::text::language_name::side_in_heading;
use crate::text::{Dialect, Side, Sides, Span};

/// JSON Lines.
#[derive(Debug)]
pub struct Jsonl;

impl Format for Jsonl {
    fn name(&self) -> &'static str {
        "JSONL"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["jsonl", "ndjson"]
    }

    fn matches_first_line(&self, line: &str) -> bool {
        line.starts_with('{')
    }

    fn comments(&self) -> Option<Comments> {
        None
    }

    fn read(&'static self, file: File) -> Reader {
        Reader::new(Documents::new(JsonlReader::new(Parts::new(self.name(), file))))
    }

    fn read_chunks(&'static self, file: File) -> Option<Box<dyn ReadChunks>> {
        Some(Box::new(JsonlReader::new(Parts::new(self.name(), file))))
    }

    fn escape(&self, _text: &str, _dialect: &Dialect, edits: Vec<Edit>) -> Vec<Edit> {
        let escaped = edits.into_iter().filter_map(|edit| {
            let quoted = serde_json::to_string(&edit.text).ok()?;
            let text = quoted.strip_prefix('"')?.strip_suffix('"')?.to_owned();
            Some(Edit { text, ..edit })
        });
        escaped.collect()
    }
}

/// Reads a JSONL file part by part.
struct JsonlReader {
    parts: Parts,
    /// Pair records so far.
    records: usize,
    seen: bool,
}

impl JsonlReader {
    /// A reader over the parts of a file.
    const fn new(parts: Parts) -> Self {
        Self {
            parts,
            records: 0,
            seen: false,
        }
    }

    fn read(&mut self, part: Part) -> Chunk {
        let Part {
            text,
            first_line,
            mut broken,
            ..
        } = part;
        let mut documents: Vec<Document> = Vec::new();
        let mut rows: Vec<Row> = Vec::new();
        let mut faults: Vec<(usize, Fault)> = Vec::new();
        let mut start = 0;
        while start < text.len() {
            let from = start;
            let to = memchr(b'\n', &text.as_bytes()[from..]).map_or(text.len(), |at| from + at + 1);
            start = to;
            let is_blank = text[from..to].trim_start().is_empty();
            self.seen |= !is_blank;
            let content = if is_blank {
                Content::Blank
            } else if broken.first().is_some_and(|&(at, _)| at == from) {
                Content::LeftOut(broken.remove(0).1)
            } else {
                let added = record(&text, from, to).and_then(|fields| self.add(&text, fields, &mut documents));
                added.unwrap_or_else(|fault| {
                    faults.push((rows.len(), fault));
                    Content::Blank
                })
            };
            rows.push(Row::new(from, to, content));
        }
        let file = self.parts.file(text, first_line);
        for document in &mut documents {
            document.sources.push(Arc::clone(&file.source));
        }
        for (row, fault) in faults {
            rows[row].content = Content::LeftOut(InputError::record(&file.source, fault.at, fault.message));
        }
        Chunk {
            files: vec![file],
            form: Form::Object,
            documents,
            rows,
        }
    }

    fn add(&mut self, text: &str, fields: Fields, documents: &mut Vec<Document>) -> Result<Content, Fault> {
        if fields.is_document() {
            documents.push(fields.document(text, self.parts.path())?);
            return Ok(Content::Document(documents.len() - 1));
        }
        let full = |d: &Document| d.layout != Layout::Records || d.records.len() >= MAX_RECORDS;
        if documents.last().is_none_or(full) {
            let mut document = Document::new(Arc::clone(self.parts.path()), Layout::Records);
            document.first_record = self.records;
            documents.push(document);
        }
        let number = documents.len() - 1;
        let document = &mut documents[number];
        if !fields.pair(text, document)? {
            return Ok(Content::Blank);
        }
        self.records += 1;
        Ok(Content::Pair {
            document: number,
            record: document.records.len() - 1,
        })
    }
}

impl ReadChunks for JsonlReader {
    fn next_chunk(&mut self) -> Result<Option<Chunk>, InputError> {
        match self.parts.next()? {
            Some(part) => Ok(Some(self.read(part))),
            None if self.seen => Ok(None),
            None => Err(InputError::Empty {
                path: Arc::clone(self.parts.path()),
            }),
        }
    }
}

/// The values of one line that matter.
#[derive(Default)]
struct Values<'a> {
    id: Option<&'a RawValue>,
    texts: Sides<Option<&'a RawValue>>,
}

/// A key, which hardly ever contains an escape.
#[derive(serde::Deserialize)]
struct Key<'a>(#[serde(borrow)] Cow<'a, str>);

impl<'de> Deserialize<'de> for Values<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(ValuesVisitor)
    }
}

struct ValuesVisitor;

impl<'de> Visitor<'de> for ValuesVisitor {
    type Value = Values<'de>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut values = Values::default();
        while let Some(Key(key)) = map.next_key()? {
            match &*key {
                "id" => values.id = Some(map.next_value()?),
                "zh" => values.texts.zh = Some(map.next_value()?),
                "en" => values.texts.en = Some(map.next_value()?),
                // `zh-CN`, `English` and the like; only where the plain key has not come.
                other => {
                    let side = side_in_heading(other).filter(|_| other.len() <= 24);
                    let Some(side) = side.filter(|&side| values.texts[side].is_none()) else {
                        map.next_value::<IgnoredAny>()?;
                        continue;
                    };
                    let raw: &RawValue = map.next_value()?;
                    if raw.get().starts_with(['"', '[']) {
                        values.texts[side] = Some(raw);
                    }
                }
            }
        }
        Ok(values)
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
    let line = text[from..to].trim_end();
    let object = from + (line.len() - line.trim_start().len());
    if !text[object..].starts_with('{') {
        return fault(
            object,
            r#"a line must be an object such as {"id": "1", "zh": "…", "en": "…"}"#,
        );
    }
    let values: Values<'_> = serde_json::from_str(line).map_err(|e| broken(from, line, &e))?;
    let fields = Fields {
        id: values.id.map_or(Ok(None), |raw| id(text, raw))?,
        zh: values.texts.zh.map_or(Ok(None), |raw| value(text, raw))?,
        en: values.texts.en.map_or(Ok(None), |raw| value(text, raw))?,
    };
    if fields.zh.is_none() && fields.en.is_none() {
        return fault(object, "the record has neither “zh” nor “en”");
    }
    Ok(fields)
}

/// The fault that serde_json found in `line`, which starts at byte `from`.
fn broken(from: usize, line: &str, error: &serde_json::Error) -> Fault {
    let mut at = error.column().saturating_sub(1).min(line.len());
    while !line.is_char_boundary(at) {
        at -= 1;
    }
    let message = error.to_string();
    let message = message.split(" at line ").next().unwrap_or(&message);
    Fault {
        at: from + at,
        message: format!("broken JSON: {message}"),
    }
}

fn id(text: &str, raw: &RawValue) -> Result<Option<Arc<str>>, Fault> {
    if let Some(quoted) = Quoted::new(text, raw) {
        return Ok(Some(if quoted.escaped {
            Arc::from(unescape(text, quoted)?.0)
        } else {
            Arc::from(&text[quoted.start..quoted.end])
        }));
    }
    match raw.get() {
        "null" => Ok(None),
        value if value.starts_with(['{', '[']) => fault(offset(text, raw), "“id” must be a string or a number"),
        value => Ok(Some(Arc::from(value))),
    }
}

fn value(text: &str, raw: &RawValue) -> Result<Option<Value>, Fault> {
    if let Some(quoted) = Quoted::new(text, raw) {
        return Ok(Some(Value::One(quoted)));
    }
    if raw.get().starts_with('[') {
        let at = offset(text, raw);
        let items: Vec<&RawValue> = serde_json::from_str(raw.get()).map_err(|e| broken(at, raw.get(), &e))?;
        let paragraphs = items.into_iter().map(|item| {
            let quoted = Quoted::new(text, item);
            quoted.map_or_else(|| fault(offset(text, item), "a paragraph must be a string"), Ok)
        });
        return Ok(Some(Value::Many(paragraphs.collect::<Result<_, _>>()?)));
    }
    if raw.get() == "null" {
        return Ok(None);
    }
    fault(
        offset(text, raw),
        "the text must be a string, or an array of strings for a document",
    )
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

    /// A document of its own. Every paragraph is a block, even a blank one, so that block numbers are the file's. The mark of a
    /// heading, `# `, is a part of its text, so that positions are the file's, too.
    fn document(mut self, text: &str, path: &Arc<str>) -> Result<Document, Fault> {
        let mut document = Document::new(Arc::clone(path), Layout::Parallel);
        document.id = self.id.take();
        document.is_record = true;
        for (side, paragraphs) in self.sides() {
            for quoted in paragraphs {
                let mut block = block(text, side, BlockKind::Paragraph, quoted)?;
                block.kind = marks::kind(&block.text);
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
