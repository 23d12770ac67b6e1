//! Comments to the linter, `<!-- bilint: … -->`, `{/* bilint: … */}` or `# bilint: …`: where they are, and which lines they speak of.

use std::cell::OnceCell;
use std::rc::Rc;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::Comments;
use super::html::is_inline;
use crate::document::{Document, Pin, PinnedBy};
use crate::text::{Side, Sides, Source, Span};

const MARK: &str = "bilint:";
/// How a comment begins and ends in HTML and in MDX.
const MARKUP: [(&str, &str); 2] = [("<!--", "-->"), ("{/*", "*/}")];
/// The longest comment in bytes: far more than people write, so that no text makes parsing slow.
pub const LONGEST_COMMENT: usize = 4096;

/// A comment to the linter.
pub struct Comment<'a> {
    /// Its bytes, delimiters included.
    pub outer: Span,
    /// The line that it begins in.
    pub line: Line,
    /// The bytes behind the mark.
    inner: Span,
    source: &'a Source,
    syntax: Comments,
    blocks: Rc<OnceCell<Blocks>>,
}

/// The name of a pair, and the lines of the block that a comment pins under it.
pub type PinnedLines<'a> = (&'a str, (usize, usize));

/// The line that a comment begins in, which all comments of the line share.
#[derive(Clone)]
pub struct Line {
    /// Its first byte.
    pub start: usize,
    /// One past its line end.
    pub end: usize,
    /// Its text.
    pub text: Arc<str>,
}

impl Line {
    fn around(source: &Source, at: usize) -> Self {
        let text = source.text();
        Self {
            start: text[..at].rfind('\n').map_or(0, |i| i + 1),
            end: text[at..].find('\n').map_or(text.len(), |i| at + i + 1),
            text: source.line_at(at).into(),
        }
    }
}

/// For each line of a text (counted from 0), the first and the last line of the block at or below it, without the comments
/// that it begins with: comments in a row all speak of what is below the last one.
type Blocks = Vec<Option<(usize, usize)>>;

fn blocks_below(text: &str, syntax: Comments) -> Blocks {
    let lines: Vec<&str> = text.split('\n').collect();
    let mut last = None;
    let mut below = None;
    let mut blocks = vec![None; lines.len()];
    for (i, line) in lines.iter().enumerate().rev() {
        if line.trim().is_empty() {
            // A unit may have blank lines in it.
            if syntax != Comments::Units {
                last = None;
            }
        } else {
            let is_end = match syntax {
                Comments::Elements => ends_element(line),
                Comments::Units => ends_unit(line),
                _ => false,
            };
            if is_end {
                last = None;
            }
            let last = *last.get_or_insert(i);
            if !line.contains(MARK) {
                below = Some((i, last));
            }
        }
        blocks[i] = below;
    }
    blocks
}

/// Whether a line ends with the end tag of an element that is no part of a line of text.
fn ends_element(line: &str) -> bool {
    let tag = line.trim_end().strip_suffix('>').and_then(|tag| tag.rsplit_once("</"));
    tag.is_some_and(|(_, name)| !name.contains('<') && !is_inline(&name.trim_end().to_ascii_lowercase()))
}

/// Whether a unit of XLIFF or TMX, or a message of Qt, ends on a line.
fn ends_unit(line: &str) -> bool {
    line.split("</").skip(1).any(|tag| {
        let name = tag.split('>').next().unwrap_or_default().trim_end();
        let local = name.rsplit(':').next().unwrap_or_default();
        matches!(local, "trans-unit" | "unit" | "tu" | "message")
    })
}

/// The comments to the linter in a source, written in this syntax, in order. Not what only looks like one in the text.
pub fn read(source: &Source, syntax: Comments) -> impl Iterator<Item = Comment<'_>> {
    let text = source.text();
    let blocks = Rc::new(OnceCell::new());
    let mut line = Line {
        start: 0,
        end: 0,
        text: "".into(),
    };
    text.match_indices(MARK).filter_map(move |(at, _)| {
        if at >= line.end {
            line = Line::around(source, at);
        }
        let (outer, inner) = delimit(syntax, text, at, &line)?;
        Some(Comment {
            outer,
            inner,
            line: line.clone(),
            source,
            syntax,
            blocks: Rc::clone(&blocks),
        })
    })
}

/// The comment that begins with the mark at `at`, and what is behind the mark; `None` where the text only mentions bilint.
fn delimit(syntax: Comments, text: &str, at: usize, line: &Line) -> Option<(Span, Span)> {
    let before = text[..at].trim_end_matches([' ', '\t']);
    let (start, end, close) = match syntax {
        Comments::Markup | Comments::Elements | Comments::Units => {
            let (open, close) = MARKUP.iter().find(|(open, _)| before.ends_with(open))?;
            let near = &text.as_bytes()[at..text.len().min(at + LONGEST_COMMENT)];
            let end = at + near.windows(close.len()).position(|w| w == close.as_bytes())?;
            (before.len() - open.len(), end, close.len())
        }
        Comments::Hash | Comments::HashRecords => {
            let start = before.strip_suffix('#')?.len();
            if !text[line.start..start].trim_start().is_empty() {
                return None;
            }
            (start, at + text[at..line.end].trim_end().len(), 0)
        }
    };
    Some((Span::new(start, end + close), Span::new(at + MARK.len(), end)))
}

impl<'a> Comment<'a> {
    /// What it says, behind the mark.
    pub fn body(&self) -> &'a str {
        self.inner.of(self.source.text()).trim()
    }

    /// The lines that it speaks of, the first and the last one (1-based): its own if that has text, else the block below
    /// it; of records the line below it. `None` if nothing follows.
    pub fn covered_lines(&self) -> Option<(usize, usize)> {
        let own = self.source.line(self.outer.start);
        let last = self.source.line(self.outer.end);
        if !self.is_alone(own == last) {
            return Some((own, last));
        }
        match self.syntax {
            Comments::HashRecords => self.next_line(),
            Comments::Markup | Comments::Elements | Comments::Units | Comments::Hash => self.block_below(),
        }
    }

    /// The next line with text, twice, as a range of one line. `None` if nothing follows.
    pub fn next_line(&self) -> Option<(usize, usize)> {
        self.block_below().map(|(first, _)| (first, first))
    }

    /// The first and the last line of the block below it.
    fn block_below(&self) -> Option<(usize, usize)> {
        // The lines of a part of a file count from its first one.
        let before = self.source.line(0);
        let blocks = self
            .blocks
            .get_or_init(|| blocks_below(self.source.text(), self.syntax));
        let next = self.source.line(self.outer.end) + 1 - before;
        let &(first, last) = blocks.get(next)?.as_ref()?;
        Some((first + before, last + before))
    }

    /// Whether its lines hold no text except it.
    fn is_alone(&self, in_one_line: bool) -> bool {
        let text = self.source.text();
        let is_blank = |from: usize, to: usize| text[from..to].trim_start().is_empty();
        let line_end = if in_one_line {
            self.line.end
        } else {
            let rest = &text[self.outer.end..];
            rest.find('\n').map_or(text.len(), |i| self.outer.end + i)
        };
        is_blank(self.line.start, self.outer.start) && is_blank(self.outer.end, line_end)
    }

    /// The name that it gives to a pair, `12` in `bilint: pair 12`, and the lines of the block that it pins. `None` if it
    /// pins no pair.
    ///
    /// # Errors
    /// Why it pins nothing.
    pub fn pin(&self) -> Result<Option<PinnedLines<'a>>, &'static str> {
        let body = self.body();
        let Some(name) = body.strip_prefix("pair").filter(|rest| !rest.starts_with(['-', '['])) else {
            return Ok(None);
        };
        let name = name.trim();
        if name.is_empty() {
            return Err("a pinned pair has a name, the same in both languages, as in “pair 12”");
        }
        match self.covered_lines() {
            _ if matches!(self.syntax, Comments::Units | Comments::Hash | Comments::HashRecords) => {
                Err("records and messages are pairs already")
            }
            Some(lines) => Ok(Some((name, lines))),
            None => Err("no paragraph follows that could be pinned"),
        }
    }
}

/// The pairs that comments in the sources of a document pin, in the order in which they are named first.
pub fn pins(document: &Document) -> Vec<Pin> {
    let mut pins: Vec<Pin> = Vec::new();
    let mut numbers: FxHashMap<&str, usize> = FxHashMap::default();
    for (number, source) in document.sources.iter().enumerate() {
        let mut lines: Option<Sides<Vec<(usize, usize)>>> = None;
        let syntax = super::of_source(source).comments();
        for comment in syntax.into_iter().flat_map(|syntax| read(source, syntax)) {
            let Ok(Some((name, (first, last)))) = comment.pin() else {
                continue;
            };
            let lines = lines.get_or_insert_with(|| Sides::from_fn(|side| starts(document, number, side)));
            let pin = *numbers.entry(name).or_insert(pins.len());
            if pin == pins.len() {
                pins.push(Pin {
                    by: PinnedBy::Comments(Arc::from(name)),
                    blocks: Sides::default(),
                });
            }
            for side in [Side::Zh, Side::En] {
                let next = lines[side].partition_point(|&(line, _)| line < first);
                let block = lines[side].get(next).filter(|(line, _)| *line <= last);
                pins[pin].blocks[side].extend(block.map(|&(_, block)| block));
            }
        }
    }
    pins
}

/// The line that each block of one side and source begins in, and its number, in order.
fn starts(document: &Document, number: usize, side: Side) -> Vec<(usize, usize)> {
    let blocks = document.blocks(side).iter().enumerate();
    blocks
        .filter(|(_, block)| block.origin.source == number)
        .map(|(i, block)| (document.sources[number].line(block.origin.span.start), i))
        .collect()
}
