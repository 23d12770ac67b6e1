//! Reads XLIFF: the segments of each file, and where notes on them go.

use std::ops::Range;
use std::sync::Arc;

use quick_xml::events::{BytesStart, Event};

use crate::formats::inline::{Inline, Text};
use crate::formats::records::max_length;
use crate::formats::xml::{Events, Fault, attribute};
use crate::text::Span;

/// The languages that a file names.
#[derive(Debug, Clone, Default)]
pub struct Languages {
    pub source: Option<String>,
    pub target: Option<String>,
}

impl Languages {
    /// Them, as in `en → de`.
    pub fn named(&self) -> String {
        let named: Vec<&str> = [&self.source, &self.target]
            .into_iter()
            .flatten()
            .map(|l| &**l)
            .collect();
        named.join(" → ")
    }
}

/// The segments of a `file` element.
#[derive(Debug, Default)]
pub struct Units {
    /// Its languages.
    pub languages: Languages,
    /// The segments.
    pub pairs: Vec<Pair>,
}

/// A segment and its translation.
#[derive(Debug)]
pub struct Pair {
    /// The ids of the unit and of the segment.
    pub id: Option<Arc<str>>,
    /// The most characters of the translation.
    pub limit: Option<usize>,
    /// The segment.
    pub source: Text,
    /// Its translation.
    pub target: Text,
}

/// An element that matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Root,
    File,
    Unit,
    /// Of XLIFF 2.
    Segment,
    Source,
    /// The source text of XLIFF 1.2 in segments.
    SegSource,
    Target,
    Note,
    Other,
}

/// An element that is open.
#[derive(Debug, Clone, Copy)]
struct Open {
    kind: Kind,
    /// Whether its content is to be translated.
    translate: bool,
}

/// A `trans-unit` of XLIFF 1.2 or a `unit` of XLIFF 2.
#[derive(Debug, Default)]
struct Unit {
    /// Its first byte, and its name with the prefix.
    start: usize,
    name: String,
    id: String,
    /// The most characters of its translation.
    limit: Option<usize>,
    /// Where a note goes, and whether it is the first one.
    notes: Option<(usize, bool)>,
    /// Its translated segments, with their ids.
    pairs: Vec<(String, Text, Text)>,
    /// The number of all its segments.
    segments: usize,
    /// The texts of the open segment, and its id.
    segment: String,
    source: Option<Vec<Text>>,
    seg_source: Option<Vec<Text>>,
    target: Option<Vec<Text>>,
    /// Whether the state says that the target is not a translation yet.
    initial: bool,
    broken: bool,
}

/// Where the notes on a unit go.
#[derive(Debug)]
pub struct NotePlace {
    /// The bytes of the unit.
    pub unit: Span,
    /// Its name as it is written, which may have a prefix.
    pub name: String,
    /// The byte before which a note is written.
    pub at: usize,
    /// Whether an element for the notes is written with them, as XLIFF 2 needs it where there are none yet.
    pub is_first: bool,
}

/// Reads a file.
pub struct Parser<'s> {
    text: &'s str,
    open: Vec<Open>,
    content: Option<(Kind, Inline<'s>)>,
    unit: Unit,
    root: Languages,
    /// The `file` elements.
    pub files: Vec<Units>,
    /// The number of segments without a confirmed translation.
    pub untranslated: usize,
    /// What costs a unit each.
    pub faults: Vec<Fault>,
    /// The contents of the `target` elements.
    targets: Vec<Span>,
    /// Where notes go, in the order of the file.
    pub places: Vec<NotePlace>,
}

impl<'s> Parser<'s> {
    /// A parser of `text`.
    pub fn new(text: &'s str) -> Self {
        Self {
            text,
            open: Vec::new(),
            content: None,
            unit: Unit::default(),
            root: Languages::default(),
            files: Vec::new(),
            untranslated: 0,
            faults: Vec::new(),
            targets: Vec::new(),
            places: Vec::new(),
        }
    }

    /// Whether the bytes are in a `target`.
    pub fn is_translation(&self, span: Span) -> bool {
        let next = self.targets.partition_point(|t| t.end < span.start);
        self.targets.get(next).is_some_and(|t| t.contains(span))
    }

    /// Reads the file.
    ///
    /// # Errors
    /// Text that is not well-formed, or no XLIFF.
    pub fn read(&mut self) -> Result<(), Fault> {
        let mut events = Events::new(self.text, 0);
        loop {
            let (event, at) = events.next()?;
            if let Some((kind, mut content)) = self.content.take() {
                if matches!(event, Event::Eof) {
                    return Err(Fault::not_closed(at.start));
                }
                let end = at.end;
                if content.read(&event, at) {
                    self.content = Some((kind, content));
                } else {
                    self.end_content(kind, content, end);
                }
                continue;
            }
            match event {
                Event::Start(tag) => self.start(&tag, &at)?,
                Event::Empty(tag) => {
                    self.start(&tag, &at)?;
                    if let Some((kind, content)) = self.content.take() {
                        self.end_content(kind, content, at.end);
                    } else {
                        self.end(at.end);
                    }
                }
                Event::End(_) => self.end(at.end),
                Event::Eof if self.open.is_empty() => return Ok(()),
                Event::Eof => return Err(Fault::not_closed(at.start)),
                _ => {}
            }
        }
    }

    fn start(&mut self, tag: &BytesStart<'_>, at: &Range<usize>) -> Result<(), Fault> {
        let parent = self.open.last().copied();
        let holds_texts = parent.is_some_and(|p| matches!(p.kind, Kind::Unit | Kind::Segment));
        let name = tag.local_name();
        let kind = match name.as_ref() {
            "xliff" if parent.is_none() => Kind::Root,
            _ if parent.is_none() => {
                return Err(Fault::new(
                    at.start,
                    "the file is no XLIFF: it begins with another element",
                ));
            }
            "file" => Kind::File,
            "trans-unit" | "unit" => Kind::Unit,
            "segment" => Kind::Segment,
            "source" if holds_texts => Kind::Source,
            "seg-source" if holds_texts => Kind::SegSource,
            "target" if holds_texts => Kind::Target,
            "note" => Kind::Note,
            _ => Kind::Other,
        };
        if matches!(kind, Kind::Source | Kind::SegSource | Kind::Target) {
            if kind == Kind::Target {
                // The state of XLIFF 1.2 is on the target.
                self.unit.initial |= attribute(tag, "state").is_some_and(|s| s == "new" || s == "needs-translation");
            }
            self.content = Some((kind, Inline::new(self.text, at.end)));
            return Ok(());
        }
        if parent.is_some_and(|p| p.kind == Kind::Unit)
            && matches!(name.as_ref(), "segment" | "ignorable" | "originalData")
        {
            self.unit.notes.get_or_insert((at.start, true));
        }
        let translate = match attribute(tag, "translate").as_deref() {
            Some(value) => value != "no",
            None => parent.is_none_or(|p| p.translate),
        };
        self.open.push(Open { kind, translate });
        match kind {
            Kind::Root => {
                self.root = Languages {
                    source: language(tag, "srcLang"),
                    target: language(tag, "trgLang"),
                };
            }
            Kind::File => self.files.push(Units {
                languages: Languages {
                    source: language(tag, "source-language").or_else(|| self.root.source.clone()),
                    target: language(tag, "target-language").or_else(|| self.root.target.clone()),
                },
                pairs: Vec::new(),
            }),
            Kind::Unit => {
                self.unit = Unit {
                    start: at.start,
                    name: tag.name().as_ref().to_owned(),
                    id: attribute(tag, "id").unwrap_or_default(),
                    limit: limit(tag),
                    ..Unit::default()
                };
            }
            Kind::Segment => {
                self.unit.segment = attribute(tag, "id").unwrap_or_default();
                // The state of XLIFF 2 is on the segment.
                self.unit.initial = attribute(tag, "state").is_some_and(|s| s == "initial");
            }
            _ => {}
        }
        Ok(())
    }

    /// Ends the innermost element, at byte `at`.
    fn end(&mut self, at: usize) {
        let Some(open) = self.open.pop() else { return };
        if open.kind == Kind::Note {
            self.unit.notes = Some((at, false));
        }
        if matches!(open.kind, Kind::Unit | Kind::Segment) {
            self.end_segments(open.translate);
        }
        if open.kind == Kind::Unit {
            self.end_unit(at);
        }
    }

    /// Ends a text whose end tag ends at byte `at`.
    fn end_content(&mut self, kind: Kind, content: Inline<'s>, at: usize) {
        if self.open.last().is_some_and(|open| open.kind == Kind::Unit) {
            self.unit.notes = Some((at, false));
        }
        let span = content.span();
        let texts = content.finish().unwrap_or_else(|fault| {
            self.faults.push(fault);
            self.unit.broken = true;
            Vec::new()
        });
        match kind {
            Kind::Target => {
                self.targets.push(span);
                self.unit.target = Some(texts);
            }
            Kind::SegSource => self.unit.seg_source = Some(texts),
            _ => self.unit.source = Some(texts),
        }
    }

    /// Pairs the texts of a unit of XLIFF 1.2 or of a segment of XLIFF 2, if they are to be translated.
    fn end_segments(&mut self, translate: bool) {
        let unit = &mut self.unit;
        let (source, seg_source) = (unit.source.take(), unit.seg_source.take());
        let mut target = unit.target.take().unwrap_or_default();
        if !translate {
            return;
        }
        let is_divided = target.iter().any(|text| !text.id.is_empty());
        let source = match seg_source {
            Some(segments) if is_divided => segments,
            _ => source.unwrap_or_default(),
        };
        for source in source {
            if source.words.is_blank() {
                continue;
            }
            unit.segments += 1;
            let at = target.iter().position(|t| t.id == source.id);
            let translation = at.map(|at| target.remove(at)).filter(|t| !t.words.is_blank());
            match translation.filter(|_| !unit.initial) {
                Some(translation) => {
                    let id = if source.id.is_empty() {
                        &unit.segment
                    } else {
                        &source.id
                    };
                    unit.pairs.push((id.clone(), source, translation));
                }
                None => self.untranslated += 1,
            }
        }
    }

    fn end_unit(&mut self, end: usize) {
        let unit = std::mem::take(&mut self.unit);
        self.places.extend(unit.notes.map(|(at, is_first)| NotePlace {
            unit: Span::new(unit.start, end),
            name: unit.name,
            at,
            is_first,
        }));
        if unit.broken {
            return;
        }
        let Some(file) = self.files.last_mut() else { return };
        let is_one = unit.segments == 1;
        for (segment, source, target) in unit.pairs {
            let id = if is_one || segment.is_empty() {
                Arc::from(&*unit.id)
            } else {
                Arc::from(format!("{}:{segment}", unit.id))
            };
            file.pairs.push(Pair {
                id: Some(id).filter(|id: &Arc<str>| !id.is_empty()),
                limit: unit.limit.filter(|_| is_one),
                source,
                target,
            });
        }
    }
}

/// The most characters that a unit allows, by XLIFF 1.2 or a flag of Weblate.
fn limit(tag: &BytesStart<'_>) -> Option<usize> {
    let is_in_characters = attribute(tag, "size-unit").as_deref() == Some("char");
    let width = attribute(tag, "maxwidth").filter(|_| is_in_characters);
    let flags = || attribute(tag, "weblate-flags");
    let by_width = width.and_then(|width| width.trim().parse().ok());
    by_width.or_else(|| flags()?.split(',').find_map(max_length))
}

/// The language that an attribute names.
fn language(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    attribute(tag, name).filter(|language| !language.trim().is_empty())
}
