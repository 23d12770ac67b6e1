//! Where in the XML of a document a stretch of its text begins and ends, and what to write there.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::ops::Range;

use super::text::{Atom, Story, Text};
use crate::formats::Edit;
use crate::formats::package::Part;
use crate::text::Span;

/// A place where elements can be inserted between runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Point {
    /// The byte of the part.
    pub at: usize,
    split: Split,
}

/// What is split so that elements can be inserted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Split {
    /// Nothing: the place is between two runs.
    Nothing,
    /// This run, between two of its elements.
    Run(usize),
    /// This run, in this element with text.
    Element(usize, usize),
}

/// The places around a stretch of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Anchor {
    /// Before it.
    pub start: Point,
    /// After it.
    pub end: Point,
    /// Where the text itself is, if it is not between the two places.
    pub elsewhere: Option<Story>,
}

/// Finds the places around `span`, bytes of the text. Where Word allows no comments, these are the places around what the text
/// hangs on: the reference to a note, the paragraph of a text box, the first words of the document for a header.
///
/// `None` if the body of the document has no text.
pub(super) fn find(text: &Text, span: Span) -> Option<Anchor> {
    let paragraph = text.paragraphs.partition_point(|p| p.line.end < span.start);
    let paragraph = text.paragraphs.get(paragraph)?;
    if paragraph.story != Story::Body {
        let run = paragraph.anchor.or((!text.runs.is_empty()).then_some(0))?;
        let (start, end) = around(text, run);
        let elsewhere = Some(paragraph.story);
        return Some(Anchor { start, end, elsewhere });
    }
    let span = visible(text, span, paragraph.line);
    let first = text.atoms.partition_point(|a| a.text.end <= span.start);
    let last = text.atoms.partition_point(|a| a.text.start < span.end).checked_sub(1)?;
    let (start, end) = (start(text, first, span.start)?, end(text, last.max(first), span.end)?);
    let is_inside = |atom: usize| {
        let run = text.atoms[atom].run;
        text.runs[run].outer != run
    };
    let elsewhere = (is_inside(first) || is_inside(last.max(first))).then_some(Story::Body);
    Some(Anchor { start, end, elsewhere })
}

/// The span, or the character next to it if it is empty: a comment on nothing is hard to see.
fn visible(text: &Text, span: Span, line: Span) -> Span {
    if !span.is_empty() {
        return span;
    }
    let after = text.lines[span.start..line.end.max(span.start)].chars().next();
    let before = text.lines[line.start.min(span.start)..span.start].chars().next_back();
    match (after, before) {
        (Some(c), _) => Span::new(span.start, span.start + c.len_utf8()),
        (None, Some(c)) => Span::new(span.start - c.len_utf8(), span.start),
        (None, None) => span,
    }
}

/// The places around a run.
fn around(text: &Text, run: usize) -> (Point, Point) {
    let run = &text.runs[text.runs[run].outer];
    let between = |at| Point {
        at,
        split: Split::Nothing,
    };
    (between(run.tag.start), between(run.end))
}

/// The byte of the part that corresponds to a byte of the text inside an atom.
fn inside(atom: &Atom, at: usize) -> Option<usize> {
    let is_inside = atom.text.start < at && at < atom.text.end;
    (is_inside && atom.is_copy).then(|| atom.xml.start + at - atom.text.start)
}

fn start(text: &Text, index: usize, at: usize) -> Option<Point> {
    let atom = text.atoms.get(index)?;
    let before = index.checked_sub(1).and_then(|i| text.atoms.get(i));
    let (outside, _) = around(text, atom.run);
    if !text.runs[atom.run].is_divisible {
        return Some(outside);
    }
    if let (Some(at), Some(element)) = (inside(atom, at), atom.element) {
        let split = Split::Element(atom.run, element);
        return Some(Point { at, split });
    }
    Some(match before {
        Some(before) if before.run != atom.run => outside,
        None => outside,
        Some(before) if before.element == atom.element && atom.element.is_some() => Point {
            at: atom.xml.start,
            split: Split::Element(atom.run, atom.element?),
        },
        Some(_) => Point {
            at: atom.element.map_or(atom.xml.start, |e| text.elements[e].tag.start),
            split: Split::Run(atom.run),
        },
    })
}

fn end(text: &Text, index: usize, at: usize) -> Option<Point> {
    let atom = text.atoms.get(index)?;
    let (_, outside) = around(text, atom.run);
    if !text.runs[atom.run].is_divisible {
        return Some(outside);
    }
    if let (Some(at), Some(element)) = (inside(atom, at), atom.element) {
        let split = Split::Element(atom.run, element);
        return Some(Point { at, split });
    }
    Some(match text.atoms.get(index + 1) {
        Some(after) if after.run != atom.run => outside,
        None => outside,
        Some(after) if after.element == atom.element && atom.element.is_some() => Point {
            at: atom.xml.end,
            split: Split::Element(atom.run, atom.element?),
        },
        Some(_) => Point {
            at: atom.element.map_or(atom.xml.end, |e| text.elements[e].end),
            split: Split::Run(atom.run),
        },
    })
}

/// Elements to insert into a part, by place.
#[derive(Debug, Default)]
pub(super) struct Insertions {
    points: BTreeMap<usize, (Split, String, String)>,
}

impl Insertions {
    /// Adds what ends at a place; it comes before what begins there.
    pub fn end(&mut self, point: Point, xml: &str) {
        self.at(point).1.push_str(xml);
    }

    /// Adds what begins at a place.
    pub fn start(&mut self, point: Point, xml: &str) {
        self.at(point).2.push_str(xml);
    }

    fn at(&mut self, point: Point) -> &mut (Split, String, String) {
        let new = || (point.split, String::new(), String::new());
        self.points.entry(point.at).or_insert_with(new)
    }

    /// The insertions as edits of the part, in order, with the ends and beginnings of what is split.
    pub fn into_edits(self, part: &Part, text: &Text) -> Vec<Edit> {
        let mut edits = Vec::new();
        let mut preserved = BTreeSet::new();
        for (at, (split, ends, starts)) in self.points {
            let insert = |at: usize, text: String| Edit {
                span: Span::new(at, at),
                text,
                fixes: 0,
            };
            let (before, after) = match split {
                Split::Nothing => (String::new(), String::new()),
                Split::Run(run) => reopen(part, text, run, None, false),
                Split::Element(run, element) => {
                    let tag = &text.elements[element].tag;
                    let touches_space = part.text[..at].ends_with(is_space) || part.text[at..].starts_with(is_space);
                    let preserve = touches_space && !part.text[tag.clone()].contains("xml:space");
                    if preserve && preserved.insert(element) {
                        let at = tag.start + 1 + name(&part.text[tag.clone()]).len();
                        edits.push(insert(at, PRESERVE.to_owned()));
                    }
                    reopen(part, text, run, Some(element), preserve)
                }
            };
            edits.push(insert(at, format!("{before}{ends}{starts}{after}")));
        }
        edits.sort();
        edits
    }
}

/// What ends a run, in one of its elements or between two, and what begins it again; with white space at the ends of the
/// element kept if `preserve` says so.
pub(super) fn reopen(part: &Part, text: &Text, run: usize, element: Option<usize>, preserve: bool) -> (String, String) {
    let written = |range: &Range<usize>| &part.text[range.clone()];
    let (mut before, mut after) = (String::new(), String::new());
    if let Some(element) = element {
        let tag = written(&text.elements[element].tag);
        before = format!("</{}>", name(tag));
        after = if preserve && !tag.contains("xml:space") {
            tag.replacen(name(tag), &format!("{}{PRESERVE}", name(tag)), 1)
        } else {
            tag.to_owned()
        };
    }
    let run = &text.runs[run];
    let properties = run.properties.as_ref().map_or("", written);
    let _ = write!(before, "</{}>", name(written(&run.tag)));
    (before, format!("{}{properties}{after}", written(&run.tag)))
}

/// Without it, programs drop white space at the ends of an element.
pub(super) const PRESERVE: &str = " xml:space=\"preserve\"";

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r')
}

/// The name in a start tag, with prefix.
pub(super) fn name(tag: &str) -> &str {
    let inside = tag.trim_start_matches('<');
    let end = inside.find(|c: char| is_space(c) || matches!(c, '/' | '>'));
    &inside[..end.unwrap_or(inside.len())]
}
