//! Markdown into stretches of lines and tables of pairs, with the directives, components and front matter of documentation
//! tools. Code, comments and pictures are left out.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, LinkType, Parser, Tag, TagEnd};

use super::content::{Content, ProseReader, Raw, Table};
use super::pair_table::pair_columns;
use super::{
    Comments, Edit, File, Format, Reader, commented, directives, front_matter, html, indented, markdown_escape, marks,
    prose,
};
use crate::document::{BlockKind, Cell};
use crate::text::script::is_han;
use crate::text::{Dialect, Span};

/// Markdown, with the extensions of GitHub.
#[derive(Debug)]
pub struct Markdown;

/// MDX: Markdown with components, in which indented text is no code.
#[derive(Debug)]
pub struct Mdx;

impl Format for Markdown {
    fn name(&self) -> &'static str {
        "Markdown"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["md", "markdown", "mkd"]
    }

    fn comments(&self) -> Option<Comments> {
        Some(Comments::Markup)
    }

    fn prose(&self) -> Option<ProseReader> {
        Some(ProseReader::Text(content))
    }

    fn read(&'static self, file: File) -> Reader {
        prose::read(self, ProseReader::Text(content), file)
    }

    fn escape(&self, text: &str, _dialect: &Dialect, edits: Vec<Edit>) -> Vec<Edit> {
        markdown_escape::escape(text, edits)
    }
}

impl Format for Mdx {
    fn name(&self) -> &'static str {
        "MDX"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["mdx"]
    }

    fn comments(&self) -> Option<Comments> {
        Markdown.comments()
    }

    fn prose(&self) -> Option<ProseReader> {
        Some(ProseReader::Text(mdx_content))
    }

    fn read(&'static self, file: File) -> Reader {
        prose::read(self, ProseReader::Text(mdx_content), file)
    }

    fn escape(&self, text: &str, dialect: &Dialect, edits: Vec<Edit>) -> Vec<Edit> {
        Markdown.escape(text, dialect, edits)
    }
}

/// Reads Markdown.
fn content(text: &str, bilingual: bool) -> Content {
    read_content(text, bilingual, false)
}

/// Reads MDX.
fn mdx_content(text: &str, bilingual: bool) -> Content {
    read_content(text, bilingual, true)
}

/// Tables are read as pairs only if the file is `bilingual`, and not if the English of its paragraphs, and so of its tables, is in
/// comments.
fn read_content(text: &str, bilingual: bool, is_mdx: bool) -> Content {
    let read = |pair_tables: bool| {
        let reader = MarkdownReader {
            text,
            bilingual,
            pair_tables,
            is_mdx,
            ..MarkdownReader::default()
        };
        reader.read_all()
    };
    let content = read(bilingual);
    if content.english.is_empty() || content.tables.is_empty() {
        return content;
    }
    read(false)
}

/// A block whose inline content is being read.
struct Open {
    kind: BlockKind,
    lines: Vec<Span>,
    /// Where the current line begins; `None` right after a line break.
    line: Option<usize>,
    /// Whether it has text, and whether it has pictures or tags.
    has_text: bool,
    has_markup: bool,
}

impl Open {
    const fn new(kind: BlockKind) -> Self {
        Self {
            kind,
            lines: Vec::new(),
            line: None,
            has_text: false,
            has_markup: false,
        }
    }
}

#[derive(Default)]
struct MarkdownReader<'a> {
    text: &'a str,
    bilingual: bool,
    /// Whether a table with a Chinese and an English column is pairs.
    pair_tables: bool,
    content: Content,
    open: Option<Open>,
    /// Depth of list items.
    items: usize,
    /// Depth of code, HTML and metadata blocks.
    skipping: usize,
    /// Where the event before ended.
    previous_end: usize,
    /// Depth of pictures.
    pictures: usize,
    /// The kinds of the links that are open.
    links: Vec<LinkType>,
    /// The table that is being read.
    rows: Option<Vec<Vec<Raw>>>,
    /// Number of rows in the tables before it.
    table_rows: u32,
    groups: usize,
    /// The comments, without their delimiters.
    comments: Vec<Span>,
    /// Whether indented text is no code, and where it is: it is read after the text around it.
    is_mdx: bool,
    indented: Vec<Span>,
    /// Where the text that is being parsed begins.
    base: usize,
}

impl MarkdownReader<'_> {
    fn read_all(mut self) -> Content {
        self.read_part(self.text, 0);
        while let Some(part) = self.indented.pop() {
            if let Some((text, columns)) = indented::outdented(part.of(self.text)) {
                self.read_part(&text, part.start + columns);
            }
        }
        if self.bilingual {
            self.read_comments();
        }
        self.read_front_matter();
        let mut content = self.content;
        content.raws.sort_by_key(|raw| raw.lines[0].start);
        content.masks.sort_unstable();
        content
    }

    /// Reads `part` of the text, which begins at byte `base`, with the directives in it.
    fn read_part(&mut self, part: &str, base: usize) {
        let prepared = directives::prepare(part, self.is_mdx);
        self.read(&prepared.text, base);
        for title in prepared.titles {
            self.push(BlockKind::Paragraph, vec![title.shift(base)]);
        }
    }

    /// Parses `text`, which begins at byte `base`.
    fn read(&mut self, text: &str, base: usize) {
        self.base = base;
        self.previous_end = base;
        for (event, range) in Parser::new_ext(text, markdown_escape::EXTENSIONS).into_offset_iter() {
            self.event(&event, base + range.start..base + range.end);
        }
        self.close(base + text.len());
    }

    /// Adds a block.
    fn push(&mut self, kind: BlockKind, lines: Vec<Span>) {
        self.groups += 1;
        self.content.raws.push(Raw {
            kind,
            lines,
            group: self.groups,
        });
    }

    fn read_html(&mut self, range: Range<usize>) {
        let html = html::read(self.text, range.into(), &mut self.table_rows);
        for raw in html.raws {
            self.push(raw.kind, raw.lines);
        }
        self.content.masks.extend(html.masks);
        self.comments.extend(html.comments);
    }

    /// Reads the Chinese directly below a comment, which CommonMark takes for code where it goes on with the item of a list.
    fn read_indented(&mut self, range: Range<usize>) {
        if !self.bilingual
            || !self.text[..range.start]
                .trim_end_matches([' ', '\t', '\n'])
                .ends_with("-->")
        {
            return;
        }
        let mut lines = Vec::new();
        let mut at = range.start;
        for line in self.text[range].split_inclusive('\n') {
            let inside = line.trim();
            if !inside.chars().any(is_han) {
                break;
            }
            let start = at + line.len() - line.trim_start().len();
            lines.push(Span::new(start, start + inside.len()));
            at += line.len();
        }
        if !lines.is_empty() {
            self.push(BlockKind::ListItem, lines);
        }
    }

    /// Reads the comments that hold the English of the Chinese below them.
    fn read_comments(&mut self) {
        let english = commented::find_english(self.text, &self.comments);
        for comment in &english {
            self.read_part(comment.of(self.text), comment.start);
        }
        self.content.english = english;
    }

    fn read_front_matter(&mut self) {
        let fields = front_matter::read(self.text).map_or_else(Vec::new, |(_, fields)| fields);
        for field in fields {
            let kind = match field.key {
                "description" | "summary" | "tagline" | "hero.tagline" | "features.details" => BlockKind::Paragraph,
                _ => BlockKind::Heading(0),
            };
            let raw = Raw {
                kind,
                lines: field.lines,
                group: 0,
            };
            self.content.fields.push((field.key, raw));
        }
    }

    fn event(&mut self, event: &Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, &range),
            Event::End(tag) => self.end(*tag, &range),
            Event::SoftBreak | Event::HardBreak => {
                if let Some(open) = &mut self.open
                    && let Some(start) = open.line.take()
                {
                    open.lines.push(Span::new(start, range.start));
                }
            }
            Event::Text(text) => {
                self.inline(range.start);
                self.mark_text(text.chars().any(char::is_alphanumeric));
            }
            Event::Code(_) | Event::InlineHtml(_) | Event::FootnoteReference(_) => {
                self.inline(range.start);
                self.mark_text(matches!(event, Event::Code(_)));
                if let (Event::InlineHtml(_), Some(open)) = (event, &mut self.open) {
                    open.has_markup = true;
                }
                self.content.masks.push(range.clone().into());
            }
            Event::Html(_) | Event::Rule | Event::TaskListMarker(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {}
        }
        self.previous_end = match event {
            // What a container holds comes after its start.
            Event::Start(_) => range.start,
            _ => range.end,
        };
    }

    /// Something inline begins at `at`: of the open block, or of an item whose text has no paragraph of its own.
    fn inline(&mut self, at: usize) {
        if self.skipping > 0 {
            return;
        }
        let kind = if self.items > 0 {
            BlockKind::ListItem
        } else {
            BlockKind::Paragraph
        };
        let open = self.open.get_or_insert_with(|| Open::new(kind));
        open.line.get_or_insert(at);
    }

    /// Notes that the open block has text, unless it describes a picture.
    fn mark_text(&mut self, has_text: bool) {
        if self.pictures == 0
            && let Some(open) = &mut self.open
        {
            open.has_text |= has_text;
        }
    }

    fn begin(&mut self, kind: BlockKind, at: usize) {
        self.close(at);
        self.open = Some(Open::new(kind));
    }

    fn start(&mut self, tag: &Tag<'_>, range: &Range<usize>) {
        match tag {
            Tag::Paragraph if self.items > 0 => self.begin(BlockKind::ListItem, range.start),
            Tag::Paragraph => self.begin(BlockKind::Paragraph, range.start),
            Tag::Heading { level, .. } => self.begin(BlockKind::Heading(number(*level)), range.start),
            Tag::TableCell => self.begin(BlockKind::TableCell(Cell::default()), range.start),
            Tag::Table(_) => {
                self.close(range.start);
                self.rows = Some(Vec::new());
            }
            Tag::TableHead | Tag::TableRow => {
                if let Some(rows) = &mut self.rows {
                    rows.push(Vec::new());
                }
            }
            Tag::Item => {
                self.close(range.start);
                self.items += 1;
            }
            Tag::CodeBlock(_) | Tag::HtmlBlock | Tag::MetadataBlock(_) => {
                self.close(range.start);
                self.skipping += 1;
                match tag {
                    Tag::HtmlBlock => self.read_html(range.clone()),
                    Tag::CodeBlock(CodeBlockKind::Indented) if self.is_mdx => {
                        let start = self.text[..range.start].rfind('\n').map_or(0, |at| at + 1);
                        self.indented.push(Span::new(start, range.end));
                    }
                    Tag::CodeBlock(CodeBlockKind::Indented) => self.read_indented(range.clone()),
                    _ => {}
                }
            }
            Tag::Link { link_type, .. } | Tag::Image { link_type, .. } => {
                self.inline(range.start);
                self.links.push(*link_type);
                if let (Tag::Image { .. }, Some(open)) = (tag, &mut self.open) {
                    open.has_markup = true;
                    self.pictures += 1;
                }
            }
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Superscript | Tag::Subscript => {
                self.inline(range.start);
            }
            _ => self.close(range.start),
        }
    }

    fn end(&mut self, tag: TagEnd, range: &Range<usize>) {
        match tag {
            TagEnd::Link | TagEnd::Image => {
                self.pictures = self.pictures.saturating_sub(usize::from(tag == TagEnd::Image));
                match self.links.pop() {
                    Some(LinkType::Autolink | LinkType::Email) => self.content.masks.push(range.clone().into()),
                    // `](https://…)`, without the text of the link.
                    Some(_) if self.previous_end < range.end => {
                        self.content.masks.push(Span::new(self.previous_end, range.end));
                    }
                    _ => {}
                }
            }
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Superscript | TagEnd::Subscript => {}
            TagEnd::CodeBlock | TagEnd::HtmlBlock | TagEnd::MetadataBlock(_) => {
                self.skipping = self.skipping.saturating_sub(1);
            }
            TagEnd::Item => {
                self.close(self.previous_end.max(range.start));
                self.items = self.items.saturating_sub(1);
            }
            TagEnd::TableCell => {
                let cell = self.take(self.previous_end.clamp(range.start, range.end));
                if let Some(row) = self.rows.as_mut().and_then(|rows| rows.last_mut()) {
                    row.push(cell);
                }
            }
            TagEnd::Table => self.table(),
            _ => self.close(self.previous_end.clamp(range.start, range.end)),
        }
    }

    /// The open block, whose inline content ends at `end`.
    fn take(&mut self, end: usize) -> Raw {
        self.groups += 1;
        let mut raw = Raw {
            kind: BlockKind::TableCell(Cell::default()),
            lines: Vec::new(),
            group: self.groups,
        };
        if let Some(open) = self.open.take() {
            raw.kind = open.kind;
            raw.lines = open.lines;
            if let Some(start) = open.line.filter(|&s| s < end) {
                raw.lines.push(Span::new(start, end));
            }
            if open.has_markup && !open.has_text {
                // A picture or an anchor holds no text's place: each language has its own.
                raw.lines.clear();
            }
            for line in &mut raw.lines {
                let inside = line.of(self.text);
                line.start += inside.len() - inside.trim_start().len();
                line.end = line.start + inside.trim().len();
            }
            raw.lines.retain(|l| !l.is_empty());
            if let (Some(first), Some(last)) = (raw.lines.first(), raw.lines.last())
                && marks::is_shortcodes(Span::new(first.start, last.end).of(self.text))
            {
                raw.lines.clear();
            }
            raw.lines.retain(|l| !marks::is_shortcodes(l.of(self.text)));
        }
        raw
    }

    fn close(&mut self, end: usize) {
        if self.open.is_some() {
            let raw = self.take(end);
            if !raw.lines.is_empty() {
                self.content.raws.push(raw);
            }
        }
    }

    fn table(&mut self) {
        let Some(mut rows) = self.rows.take() else { return };
        for row in &mut rows {
            let columns = row.len() as u16;
            for (column, cell) in (0..).zip(row.iter_mut()) {
                cell.kind = BlockKind::TableCell(Cell {
                    row: self.table_rows,
                    column,
                    columns,
                });
            }
            self.table_rows += 1;
        }
        if let Some((header, first)) = pair_columns(self.text, &rows).filter(|_| self.pair_tables) {
            let rows = rows.into_iter().skip(first).collect();
            self.content.tables.push(Table { rows, header });
        } else {
            let cells = rows.into_iter().flatten().filter(|cell| !cell.lines.is_empty());
            self.content.raws.extend(cells);
        }
    }
}

const fn number(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

#[cfg(test)]
mod tests;
