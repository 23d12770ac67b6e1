//! HTML pages and XHTML: the text that a browser shows, by paragraphs, list items and cells.
//!
//! Inline markup is left out, so that names are found across it, and references such as `&amp;` are resolved. The spans of
//! the content count in this text; the origins of the blocks lead back to the file.

use html5gum::{DefaultEmitter, EndTag, StartTag, State, Token, Tokenizer};

use super::content::{Content, ProseReader, Raw, Table};
use super::html::is_inline;
use super::mapped::Mapped;
use super::pair_table::pair_columns;
use super::{Comments, Edit, File, Format, InputError, Reader, prose, whole, xml};
use crate::document::{BlockKind, Cell};
use crate::text::language_name::side_of_tag;
use crate::text::{Dialect, Source, Span};

/// HTML.
#[derive(Debug)]
pub struct Html;

impl Format for Html {
    fn name(&self) -> &'static str {
        "HTML"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["html", "htm", "xhtml"]
    }

    fn matches_first_line(&self, line: &str) -> bool {
        let line = line.to_ascii_lowercase();
        line.starts_with("<!doctype html") || line.starts_with("<html")
    }

    fn comments(&self) -> Option<Comments> {
        Some(Comments::Elements)
    }

    fn prose(&self) -> Option<ProseReader> {
        Some(ProseReader::File(read_file))
    }

    fn read(&'static self, file: File) -> Reader {
        prose::read(self, ProseReader::File(read_file), file)
    }

    fn escape(&self, text: &str, _dialect: &Dialect, edits: Vec<Edit>) -> Vec<Edit> {
        xml::escape(text, edits)
    }
}

fn read_file(file: File, bilingual: bool) -> Result<(Source, Content), InputError> {
    let source = whole::read(Html.name(), xml::as_declared(file)?)?;
    let content = content(source.text(), bilingual);
    Ok((source, content))
}

/// Reads a page. Tables are read as pairs only if it is `bilingual`.
fn content(source: &str, bilingual: bool) -> Content {
    let mut page = Page::new(source, bilingual);
    // Self-closing tags count in XHTML alone.
    let is_xml = source.trim_start().starts_with("<?xml");
    let mut tokens = Tokenizer::new_with_emitter(source, DefaultEmitter::<usize>::new_with_span());
    while let Some(Ok(token)) = tokens.next() {
        match token {
            Token::StartTag(tag) => {
                let name = name(&tag.name);
                let is_empty = tag.self_closing && is_xml;
                if !is_empty && let Some(state) = content_state(&name) {
                    tokens.set_state(state);
                }
                let at = Span::new(tag.span.start, tag.span.end);
                page.start(&name, &tag, at);
                if is_empty {
                    page.end(&name);
                }
                page.read_to = at.end;
            }
            Token::EndTag(EndTag { name: tag, span }) => {
                page.end(&name(&tag));
                page.read_to = span.end;
            }
            Token::String(string) => page.text(Span::new(string.span.start.max(page.read_to), string.span.end)),
            Token::Comment(comment) => page.read_to = comment.span.end,
            Token::Doctype(_) | Token::Error(_) => {}
        }
    }
    page.finish()
}

/// How the content of an element is tokenized, where it has no tags.
fn content_state(name: &str) -> Option<State> {
    match name {
        "script" => Some(State::ScriptData),
        "style" | "xmp" | "iframe" | "noembed" | "noframes" => Some(State::RawText),
        "title" | "textarea" => Some(State::RcData),
        _ => None,
    }
}

fn name(tag: &[u8]) -> String {
    String::from_utf8_lossy(tag).into_owned()
}

/// A table that is open.
#[derive(Default)]
struct OpenTable {
    /// Its rows, of cells with the blocks in them.
    rows: Vec<Vec<Vec<Raw>>>,
    in_cell: bool,
    /// Whether it arranges a page: it has headings or tables in its cells.
    is_layout: bool,
}

/// An element whose content is left out, and how many of its kind are open.
struct Skipped {
    name: String,
    depth: usize,
}

struct Page<'s> {
    source: &'s str,
    bilingual: bool,
    /// Everything before this byte of the source is read.
    read_to: usize,
    text: Mapped,
    content: Content,
    /// Where the open block begins in the text, what it is, and whether it is the title of the page.
    start: usize,
    kind: BlockKind,
    in_title: bool,
    /// How many list items and elements with code are open.
    items: usize,
    code: usize,
    skipped: Option<Skipped>,
    /// Whether nothing but white space has come since a line break.
    after_break: bool,
    tables: Vec<OpenTable>,
    /// Rows of the tables so far.
    rows: u32,
    groups: usize,
}

impl<'s> Page<'s> {
    fn new(source: &'s str, bilingual: bool) -> Self {
        Self {
            source,
            bilingual,
            read_to: 0,
            text: Mapped::default(),
            content: Content::default(),
            start: 0,
            kind: BlockKind::Paragraph,
            in_title: false,
            items: 0,
            code: 0,
            skipped: None,
            after_break: false,
            tables: Vec::new(),
            rows: 0,
            groups: 0,
        }
    }

    fn text(&mut self, at: Span) {
        self.read_to = at.end;
        if self.skipped.is_some() {
            return;
        }
        let mut from = at.start;
        while from < at.end {
            let rest = &self.source[from..at.end];
            let stop = rest.find('&').unwrap_or(rest.len());
            self.push(&rest[..stop], from);
            from += stop;
            if from == at.end {
                break;
            }
            let rest = &self.source[from..at.end];
            let (len, meaning) = reference(rest).unwrap_or_else(|| (1, "&".to_owned()));
            self.push_meaning(&meaning, Span::new(from, from + len));
            from += len;
        }
    }

    fn push(&mut self, text: &str, from: usize) {
        self.push_meaning(text, Span::new(from, from + text.len()));
    }

    fn push_meaning(&mut self, text: &str, at: Span) {
        self.after_break &= text.trim().is_empty();
        if self.code > 0 {
            self.text.push_masked(text, at.range());
        } else {
            self.text.push(text, at.range());
        }
    }

    fn start(&mut self, name: &str, tag: &StartTag<usize>, at: Span) {
        if let Some(skipped) = &mut self.skipped {
            if skipped.name != name {
                return;
            }
            if !closes_itself(name) {
                skipped.depth += 1;
                return;
            }
            self.skipped = None;
        }
        if name == "br" {
            if self.after_break {
                self.close();
            } else {
                self.text.push("\n", at.range());
                self.after_break = true;
            }
            return;
        }
        if !is_inline(name) {
            self.close();
        }
        if is_skipped(name, tag) {
            self.skipped = Some(Skipped {
                name: name.to_owned(),
                depth: 1,
            });
            return;
        }
        match name.as_bytes() {
            b"title" => self.in_title = true,
            b"code" | b"kbd" | b"samp" => self.code += 1,
            [b'h', level @ b'1'..=b'6'] => {
                self.kind = BlockKind::Heading(level - b'0');
                if let Some(table) = self.tables.last_mut() {
                    table.is_layout |= table.in_cell;
                }
            }
            b"li" | b"dt" | b"dd" => self.items += 1,
            b"table" => {
                if let Some(outer) = self.tables.last_mut() {
                    outer.is_layout = true;
                }
                self.tables.push(OpenTable::default());
            }
            b"tr" => self.row(),
            b"td" | b"th" => {
                if self.tables.last().is_some_and(|table| table.rows.is_empty()) {
                    self.row();
                }
                if let Some(table) = self.tables.last_mut()
                    && let Some(row) = table.rows.last_mut()
                {
                    row.push(Vec::new());
                    table.in_cell = true;
                }
            }
            _ => {}
        }
    }

    fn row(&mut self) {
        if let Some(table) = self.tables.last_mut() {
            table.rows.push(Vec::new());
            table.in_cell = false;
        }
    }

    fn end(&mut self, name: &str) {
        if let Some(skipped) = &mut self.skipped {
            if skipped.name == name {
                skipped.depth -= 1;
                if skipped.depth == 0 {
                    self.skipped = None;
                }
            }
            return;
        }
        if matches!(name, "code" | "kbd" | "samp") {
            self.code = self.code.saturating_sub(1);
        }
        if is_inline(name) {
            return;
        }
        self.close();
        match name {
            "title" => self.in_title = false,
            "li" | "dt" | "dd" => self.items = self.items.saturating_sub(1),
            "ul" | "ol" | "dl" if self.items > 0 => {}
            "td" | "th" | "tr" => {
                if let Some(table) = self.tables.last_mut() {
                    table.in_cell = false;
                }
            }
            "table" => self.table(),
            _ => {}
        }
    }

    /// Ends the open block.
    fn close(&mut self) {
        let text = self.text.text();
        let (start, end) = (std::mem::replace(&mut self.start, text.len()), text.len());
        let kind = match std::mem::replace(&mut self.kind, BlockKind::Paragraph) {
            BlockKind::Paragraph if self.items > 0 => BlockKind::ListItem,
            kind => kind,
        };
        self.after_break = false;
        let whole = &text[start..end];
        if !whole.contains(char::is_alphanumeric) {
            return;
        }
        let mut lines = Vec::new();
        let mut at = start;
        for line in whole.split_inclusive('\n') {
            let inside = line.trim();
            let from = at + line.len() - line.trim_start().len();
            at += line.len();
            if !inside.is_empty() {
                lines.push(Span::new(from, from + inside.len()));
            }
        }
        self.groups += 1;
        let raw = Raw {
            kind,
            lines,
            group: self.groups,
        };
        if self.in_title {
            self.content.fields.push(("title", raw));
            return;
        }
        let cell = self.tables.last_mut().filter(|table| table.in_cell);
        let cell = cell.and_then(|table| table.rows.last_mut()?.last_mut());
        cell.unwrap_or(&mut self.content.raws).push(raw);
    }

    /// Ends the innermost table.
    fn table(&mut self) {
        let Some(table) = self.tables.pop() else { return };
        let columns = table.rows.iter().map(Vec::len).max().unwrap_or_default();
        if table.is_layout || columns < 2 {
            self.content.raws.extend(table.rows.into_iter().flatten().flatten());
            return;
        }
        let mut rows: Vec<Vec<Raw>> = Vec::with_capacity(table.rows.len());
        for cells in table.rows.into_iter().filter(|cells| !cells.is_empty()) {
            let columns = cells.len() as u16;
            let cells = (0..).zip(cells).map(|(column, blocks)| Raw {
                kind: BlockKind::TableCell(Cell {
                    row: self.rows,
                    column,
                    columns,
                }),
                group: blocks.first().map_or(0, |b| b.group),
                lines: blocks.into_iter().flat_map(|b| b.lines).collect(),
            });
            rows.push(cells.collect());
            self.rows += 1;
        }
        if let Some((header, first)) = pair_columns(self.text.text(), &rows).filter(|_| self.bilingual) {
            let rows = rows.into_iter().skip(first).collect();
            self.content.tables.push(Table { rows, header });
        } else {
            let cells = rows.into_iter().flatten().filter(|cell| !cell.lines.is_empty());
            self.content.raws.extend(cells);
        }
    }

    fn finish(mut self) -> Content {
        self.close();
        while !self.tables.is_empty() {
            self.table();
        }
        let mut content = self.content;
        // The cells of a table come when it ends, after what other tables in it hold.
        content.raws.sort_by_key(|raw| raw.lines[0].start);
        content.masks = self.text.masked().to_vec();
        content.text = Some(self.text.into_parts(Span::new(0, self.source.len())));
        content
    }
}

/// Elements whose content is not text that a page shows, or says how other text is pronounced.
const NOT_TEXT: [&str; 16] = [
    "audio", "canvas", "iframe", "math", "noembed", "noframes", "noscript", "object", "pre", "rp", "rt", "script",
    "style", "svg", "template", "video",
];

/// Whether an element is left out: no text, or text in a third language. The languages of whole pages are often wrong.
fn is_skipped(name: &str, tag: &StartTag<usize>) -> bool {
    if name == "html" || name == "body" {
        return false;
    }
    let attribute = |name: &[u8]| tag.attributes.iter().find(|(key, _)| ***key == *name);
    let language = attribute(b"lang").or_else(|| attribute(b"xml:lang"));
    let language = language.map(|(_, value)| String::from_utf8_lossy(value).into_owned());
    let is_foreign = language.is_some_and(|l| !l.is_empty() && side_of_tag(&l).is_none());
    (is_foreign || NOT_TEXT.contains(&name)) && !tag.self_closing && !is_void(name)
}

/// Whether an element has no content.
fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area" | "base" | "col" | "embed" | "hr" | "img" | "input" | "link" | "meta" | "source" | "track" | "wbr"
    )
}

/// Whether an element ends where another of its kind begins.
fn closes_itself(name: &str) -> bool {
    matches!(name, "p" | "li" | "dt" | "dd" | "td" | "th" | "tr" | "option")
}

/// The reference that a text begins with: its bytes, and what it means. One without a semicolon is text.
fn reference(text: &str) -> Option<(usize, String)> {
    let name = text.strip_prefix('&')?;
    let len = name.bytes().take(34).position(|b| b == b';')?;
    let is_name = name[..len].bytes().all(|b| b.is_ascii_alphanumeric() || b == b'#');
    let whole = &text[..len + 2];
    let meaning = Tokenizer::new(whole).find_map(|token| match token {
        Ok(Token::String(string)) => String::from_utf8(string.value.0).ok(),
        _ => None,
    })?;
    (is_name && meaning != whole).then_some((whole.len(), meaning))
}
