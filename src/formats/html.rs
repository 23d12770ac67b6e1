//! The text of HTML blocks and of the components of MDX.

use super::content::Raw;
use crate::document::{BlockKind, Cell};
use crate::text::Span;

/// Elements inside a line of text. All others, components included, end a paragraph.
const INLINE: [&str; 37] = [
    "a", "abbr", "b", "bdi", "bdo", "big", "br", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img",
    "input", "ins", "kbd", "label", "mark", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike", "strong",
    "sub", "sup", "time", "tt", "u", "var",
];

/// Elements whose content is not text.
const NOT_TEXT: [&str; 7] = ["code", "iframe", "pre", "script", "style", "svg", "template"];

/// Whether an element, named in lower case, is inside a line of text.
pub fn is_inline(name: &str) -> bool {
    INLINE.contains(&name)
}

/// Attributes of components that readers see.
const SHOWN: [&str; 4] = ["caption", "description", "label", "title"];

/// What an HTML block contains.
#[derive(Debug, Default)]
pub struct Html {
    /// Its paragraphs, list items and cells.
    pub raws: Vec<Raw>,
    /// Its character references and the code in it.
    pub masks: Vec<Span>,
    /// Its comments, without their delimiters.
    pub comments: Vec<Span>,
}

/// Reads the HTML in `block`, a span of `text`. The rows of its tables are counted from `rows` on.
pub fn read(text: &str, block: Span, rows: &mut u32) -> Html {
    let mut reader = Reader {
        text,
        html: Html::default(),
        kind: BlockKind::Paragraph,
        start: block.start,
        has_text: false,
        row: None,
        rows,
    };
    reader.read(block);
    reader.html
}

struct Reader<'a> {
    text: &'a str,
    html: Html,
    /// The kind of the text that follows.
    kind: BlockKind,
    /// Where the open paragraph begins, and whether it has any text yet.
    start: usize,
    has_text: bool,
    /// The first cell of the open row.
    row: Option<usize>,
    rows: &'a mut u32,
}

impl Reader<'_> {
    fn read(&mut self, block: Span) {
        let mut at = block.start;
        while at < block.end {
            let rest = &self.text[at..block.end];
            if let Some(comment) = rest.strip_prefix("<!--") {
                self.close(at);
                let len = comment.find("-->").unwrap_or(comment.len());
                self.html.comments.push(Span::new(at + 4, at + 4 + len));
                at = (at + 4 + len + 3).min(block.end);
                self.start = at;
            } else if let Some(tag) = Tag::read(rest) {
                at = self.tag(&tag, at, block.end);
            } else if rest.starts_with('{') && !rest.starts_with("{{") {
                // An expression or a comment of JSX.
                let len = balanced(rest);
                self.html.masks.push(Span::new(at, at + len));
                at += len;
            } else if let Some(len) = reference(rest) {
                self.html.masks.push(Span::new(at, at + len));
                at += len;
            } else {
                let c = rest.chars().next().unwrap_or_default();
                self.has_text |= c.is_alphanumeric();
                at += c.len_utf8();
            }
        }
        self.close(block.end);
        self.end_row();
    }

    /// Takes in the tag at `at`. Returns where reading goes on.
    fn tag(&mut self, tag: &Tag<'_>, at: usize, end: usize) -> usize {
        let after = at + tag.len;
        let name = tag.name.to_ascii_lowercase();
        let is_component = tag.name.starts_with(char::is_uppercase);
        let is_inline = !is_component && is_inline(&name);
        if !is_inline {
            self.close(at);
            self.start = after;
        }
        if !tag.closes && !is_component && NOT_TEXT.contains(&name.as_str()) {
            let rest = &self.text[after..end];
            let len = rest.find(&format!("</{}", tag.name)).unwrap_or(rest.len());
            if is_inline {
                self.html.masks.push(Span::new(at, after + len));
            }
            self.start = if is_inline { self.start } else { after + len };
            return after + len;
        }
        if is_component && !tag.closes {
            self.attributes(tag);
        }
        if !is_inline {
            self.kind = if tag.closes {
                BlockKind::Paragraph
            } else {
                self.element(&name)
            };
            if name == "tr" || name == "table" {
                self.end_row();
            }
        }
        after
    }

    /// The kind of the text in an element.
    fn element(&mut self, name: &str) -> BlockKind {
        match name.as_bytes() {
            [b'h', level @ b'1'..=b'6'] => BlockKind::Heading(level - b'0'),
            b"li" => BlockKind::ListItem,
            b"td" | b"th" => {
                let first = *self.row.get_or_insert(self.html.raws.len());
                BlockKind::TableCell(Cell {
                    row: *self.rows,
                    column: (self.html.raws.len() - first) as u16,
                    columns: 0,
                })
            }
            // Paragraphs in a cell belong to it.
            b"p" | b"div" if matches!(self.kind, BlockKind::TableCell(_) | BlockKind::ListItem) => self.kind,
            _ => BlockKind::Paragraph,
        }
    }

    fn end_row(&mut self) {
        let Some(first) = self.row.take() else { return };
        let columns = (self.html.raws.len() - first) as u16;
        for raw in &mut self.html.raws[first..] {
            if let BlockKind::TableCell(cell) = &mut raw.kind {
                cell.columns = columns;
            }
        }
        *self.rows += 1;
    }

    /// Ends the open paragraph at `end`. An empty cell keeps its place.
    fn close(&mut self, end: usize) {
        let is_cell = self.kind.row().is_some();
        let whole = Span::new(self.start.min(end), end);
        // Markdown code inside HTML is no text.
        let text = whole.of(self.text);
        let has_text = std::mem::take(&mut self.has_text) && !text.contains("```") && !is_picture(text.trim());
        self.start = end;
        if !has_text {
            return;
        }
        let mut lines = Vec::new();
        let mut at = whole.start;
        for line in whole.of(self.text).split_inclusive('\n') {
            let inside = line.trim_start_matches([' ', '\t', '>']);
            let start = at + line.len() - inside.len();
            at += line.len();
            let inside = inside.trim_end();
            if !inside.is_empty() {
                lines.push(Span::new(start, start + inside.len()));
            }
        }
        self.html.raws.push(Raw {
            kind: self.kind,
            lines,
            group: 0,
        });
        if is_cell {
            self.kind = BlockKind::Paragraph;
        }
    }

    /// Adds the attributes of a component that readers see.
    fn attributes(&mut self, tag: &Tag<'_>) {
        for value in shown(tag) {
            // The value is a part of the text.
            let begin = value.as_ptr() as usize - self.text.as_ptr() as usize;
            self.html.raws.push(Raw {
                kind: BlockKind::Paragraph,
                lines: vec![Span::new(begin, begin + value.len())],
                group: 0,
            });
        }
    }
}

/// Whether a text is a picture in Markdown and nothing else. Each language has its own.
fn is_picture(text: &str) -> bool {
    let inside = text.strip_prefix("![").and_then(|rest| rest.strip_suffix(')'));
    inside.is_some_and(|inside| inside.contains("](") && !inside.contains([')', '\n']))
}

/// Whether a line is the tag of a component alone: `<Tabs>` or `</Tabs>`. What is between them is Markdown.
pub fn component_tag(line: &str) -> Option<ComponentTag<'_>> {
    let tag = Tag::read(line).filter(|tag| tag.len == line.len() && tag.name.starts_with(char::is_uppercase))?;
    let is_empty = tag.attributes.ends_with('/');
    (!is_empty).then_some(ComponentTag {
        name: tag.name,
        closes: tag.closes,
        shown: shown(&tag).collect(),
    })
}

/// The tag of a component.
pub struct ComponentTag<'a> {
    /// The name of the component.
    pub name: &'a str,
    /// Whether it is an end tag.
    pub closes: bool,
    /// The values of the attributes that readers see.
    pub shown: Vec<&'a str>,
}

/// The values of the attributes that readers see, if they have any words.
fn shown<'a>(tag: &Tag<'a>) -> impl Iterator<Item = &'a str> {
    let attributes = tag.attributes;
    SHOWN.iter().flat_map(move |name| {
        attributes.match_indices(name).filter_map(move |(start, _)| {
            let is_whole = attributes[..start].ends_with(char::is_whitespace);
            let value = attributes[start + name.len()..]
                .strip_prefix("=\"")
                .filter(|_| is_whole)?;
            let value = &value[..value.find('"')?];
            value.chars().any(char::is_alphanumeric).then_some(value)
        })
    })
}

/// A tag at the beginning of a text.
struct Tag<'a> {
    name: &'a str,
    closes: bool,
    /// What is between the name and the `>`.
    attributes: &'a str,
    len: usize,
}

impl<'a> Tag<'a> {
    fn read(text: &'a str) -> Option<Self> {
        let inner = text.strip_prefix('<')?;
        let closes = inner.starts_with('/');
        let inner = inner.strip_prefix('/').unwrap_or(inner);
        let name = &inner[..inner
            .find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '.' | '-'))
            .unwrap_or(inner.len())];
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return None;
        }
        let mut quote = None;
        let mut depth = 0usize;
        for (at, c) in inner.char_indices().skip(name.len()) {
            match (quote, c) {
                (Some(q), c) if c == q => quote = None,
                (None, '"' | '\'') => quote = Some(c),
                (None, '{') => depth += 1,
                (None, '}') => depth = depth.saturating_sub(1),
                (None, '>') if depth == 0 => {
                    return Some(Self {
                        name,
                        closes,
                        attributes: &inner[name.len()..at],
                        len: text.len() - inner.len() + at + 1,
                    });
                }
                _ => {}
            }
        }
        None
    }
}

/// Bytes of the `{…}` that a text begins with, braces inside it included; all of it if nothing closes it.
fn balanced(text: &str) -> usize {
    let mut depth = 0usize;
    for (at, b) in text.bytes().enumerate() {
        match b {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return at + 1;
        }
    }
    text.len()
}

/// Bytes of the character reference that a text begins with: `&nbsp;`, `&#183;`.
fn reference(text: &str) -> Option<usize> {
    let name = text.strip_prefix('&')?;
    let len = name.bytes().take(32).position(|b| b == b';')?;
    let is_name = name[..len].bytes().all(|b| b.is_ascii_alphanumeric() || b == b'#');
    (len > 0 && is_name).then_some(len + 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(html: &str) -> Vec<(BlockKind, String)> {
        let read = read(html, Span::new(0, html.len()), &mut 0);
        let text = |raw: &Raw| raw.lines.iter().map(|l| l.of(html)).collect::<Vec<_>>().join("|");
        read.raws.iter().map(|raw| (raw.kind, text(raw))).collect()
    }

    #[test]
    fn text_is_read_by_element() {
        let paragraph = |t: &str| (BlockKind::Paragraph, t.to_owned());
        assert_eq!(
            texts("<div align=\"center\">\n  <h1>湖泊</h1>\n  <p>A <b>bold</b>\n  word</p>\n</div>"),
            [
                (BlockKind::Heading(1), "湖泊".to_owned()),
                paragraph("A <b>bold</b>|word")
            ]
        );
        assert_eq!(
            texts("<Card title=\"快速 开始\" onClick={() => a > b}>\n打开阀门\n</Card>"),
            [paragraph("快速 开始"), paragraph("打开阀门")]
        );
        assert_eq!(
            texts("<ul><li>甲<li>乙</ul>")[1],
            (BlockKind::ListItem, "乙".to_owned())
        );
    }

    #[test]
    fn cells_have_rows() {
        let cells = texts("<table><tr><td>甲</td><td>1</td></tr><tr><td><p>乙</p></td><td>2</td></tr></table>");
        let places: Vec<(u32, u16, u16)> = cells
            .iter()
            .filter_map(|(kind, _)| match kind {
                BlockKind::TableCell(cell) => Some((cell.row, cell.column, cell.columns)),
                _ => None,
            })
            .collect();
        assert_eq!(places, [(0, 0, 2), (0, 1, 2), (1, 0, 2), (1, 1, 2)]);
    }

    #[test]
    fn what_is_no_text_is_left_out() {
        for html in [
            "<!-- a comment -->",
            "<script>let a = '<b>';</script>",
            "<img src=\"a.png\" alt=\"logo\">",
            "<Image alt=\"logo\" />\n{/* a comment */}",
            "<pre>\ncode\n</pre>",
            "<br/>&nbsp;",
        ] {
            assert_eq!(texts(html), [], "{html}");
        }
    }
}
