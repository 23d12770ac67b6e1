//! XLIFF 1.2 (OASIS 2008) and 2.x (OASIS 2014, 2018), with what Trados and memoQ make of 1.2: segments with their translations.
//!
//! Units that must not be translated are left out, as are segments without a confirmed translation. Notes, matches and alternative
//! translations are not read.

use std::ops::Range;
use std::sync::Arc;

use quick_xml::events::{BytesStart, Event};

use super::inline::{Inline, Text};
use super::records::Records;
use super::xml::{self, Events, Fault, attribute};
use super::{Comments, Edit, File, Format, InputError, Reader, whole};
use crate::document::{BlockKind, Document};
use crate::text::language_name::side_of_tag;
use crate::text::script::ScriptCount;
use crate::text::{Dialect, Direction, Side, Span};

/// XLIFF.
#[derive(Debug)]
pub struct Xliff;

impl Format for Xliff {
    fn name(&self) -> &'static str {
        "XLIFF"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["xlf", "xliff", "sdlxliff", "mqxliff"]
    }

    fn matches_first_line(&self, line: &str) -> bool {
        line.starts_with("<xliff")
    }

    fn comments(&self) -> Option<Comments> {
        None
    }

    fn read(&'static self, file: File) -> Reader {
        match documents(file) {
            Ok((documents, errors)) => Reader::new(documents.into_iter().map(Ok).chain(errors.into_iter().map(Err))),
            Err(e) => Reader::all(Err(e)),
        }
    }

    /// Changes nothing but translations.
    fn escape(&self, text: &str, _dialect: &Dialect, edits: Vec<Edit>) -> Vec<Edit> {
        let mut parser = Parser::new(text);
        if parser.read().is_err() {
            return Vec::new();
        }
        let is_translation = |span: Span| {
            let next = parser.targets.partition_point(|t| t.end < span.start);
            parser.targets.get(next).is_some_and(|t| t.contains(span))
        };
        xml::escape(text, edits.into_iter().filter(|e| is_translation(e.span)).collect())
    }
}

fn documents(file: File) -> Result<(Vec<Document>, Vec<InputError>), InputError> {
    let explicit = file.explicit;
    let source = Arc::new(whole::read(Xliff.name(), xml::as_declared(file)?)?);
    let mut parser = Parser::new(source.text());
    parser.read().map_err(|fault| fault.of_file(&source))?;
    let faults = std::mem::take(&mut parser.faults);
    let mut errors: Vec<InputError> = faults.into_iter().map(|fault| fault.of_record(&source)).collect();
    if parser.untranslated > 0 {
        errors.push(InputError::EntriesLeftOut {
            path: Arc::clone(source.path()),
            fuzzy: 0,
            untranslated: parser.untranslated,
        });
    }
    let mut records = Records::default();
    let mut others = None;
    for units in parser.files {
        match units.direction() {
            Some(direction) => units.add(direction, &mut records),
            None if units.pairs.is_empty() => {}
            None => others = others.or_else(|| Some(units.languages.named())),
        }
    }
    if records.is_empty() && others.is_some() {
        errors.push(InputError::OtherLanguages {
            path: Arc::clone(source.path()),
            languages: others,
            explicit,
        });
    } else if records.is_empty() && errors.is_empty() {
        errors.push(InputError::Empty {
            path: Arc::clone(source.path()),
        });
    }
    Ok((records.take(&source), errors))
}

/// The languages that a file names.
#[derive(Debug, Clone, Default)]
struct Languages {
    source: Option<String>,
    target: Option<String>,
}

impl Languages {
    fn named(&self) -> String {
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
struct Units {
    languages: Languages,
    pairs: Vec<Pair>,
}

/// A segment and its translation.
#[derive(Debug)]
struct Pair {
    id: Option<Arc<str>>,
    source: Text,
    target: Text,
}

impl Units {
    /// Which language was translated into which: as the file says, else by the script of the texts. `None` if it was not Chinese
    /// and English.
    fn direction(&self) -> Option<Direction> {
        let side = |named: &Option<String>, text: fn(&Pair) -> &Text| match named {
            Some(tag) => side_of_tag(tag),
            None => ScriptCount::of_all(self.pairs.iter().map(|pair| text(pair).words.text())).side(),
        };
        Direction::between(
            side(&self.languages.source, |pair| &pair.source)?,
            side(&self.languages.target, |pair| &pair.target)?,
        )
    }

    fn add(self, direction: Direction, records: &mut Records) {
        for pair in self.pairs {
            let block = |text: Text, side: Side| text.words.into_block(side, BlockKind::Segment, text.span);
            let blocks = [
                block(pair.source, direction.source()),
                block(pair.target, direction.target()),
            ];
            records.push(pair.id, Some(direction), blocks);
        }
    }
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
    id: String,
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

struct Parser<'s> {
    text: &'s str,
    open: Vec<Open>,
    content: Option<(Kind, Inline<'s>)>,
    unit: Unit,
    root: Languages,
    files: Vec<Units>,
    untranslated: usize,
    faults: Vec<Fault>,
    /// The contents of the `target` elements.
    targets: Vec<Span>,
}

impl<'s> Parser<'s> {
    fn new(text: &'s str) -> Self {
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
        }
    }

    /// Reads the file.
    ///
    /// # Errors
    /// Text that is not well-formed, or no XLIFF.
    fn read(&mut self) -> Result<(), Fault> {
        let mut events = Events::new(self.text, 0);
        loop {
            let (event, at) = events.next()?;
            if let Some((kind, mut content)) = self.content.take() {
                if matches!(event, Event::Eof) {
                    return Err(Fault::not_closed(at.start));
                }
                if content.read(&event, at) {
                    self.content = Some((kind, content));
                } else {
                    self.end_content(kind, content);
                }
                continue;
            }
            match event {
                Event::Start(tag) => self.start(&tag, &at)?,
                Event::Empty(tag) => {
                    self.start(&tag, &at)?;
                    if let Some((kind, content)) = self.content.take() {
                        self.end_content(kind, content);
                    } else {
                        self.end();
                    }
                }
                Event::End(_) => self.end(),
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
        let translate = match attribute(tag, "translate").as_deref() {
            Some(value) => value != "no",
            None => parent.is_none_or(|p| p.translate),
        };
        self.open.push(Open { kind, translate });
        match kind {
            Kind::Root => {
                self.root = Languages {
                    source: attribute(tag, "srcLang"),
                    target: attribute(tag, "trgLang"),
                };
            }
            Kind::File => self.files.push(Units {
                languages: Languages {
                    source: attribute(tag, "source-language").or_else(|| self.root.source.clone()),
                    target: attribute(tag, "target-language").or_else(|| self.root.target.clone()),
                },
                pairs: Vec::new(),
            }),
            Kind::Unit => {
                self.unit = Unit {
                    id: attribute(tag, "id").unwrap_or_default(),
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

    fn end(&mut self) {
        let Some(open) = self.open.pop() else { return };
        if matches!(open.kind, Kind::Unit | Kind::Segment) {
            self.end_segments(open.translate);
        }
        if open.kind == Kind::Unit {
            self.end_unit();
        }
    }

    fn end_content(&mut self, kind: Kind, content: Inline<'s>) {
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
            if source.words.text().trim().is_empty() {
                continue;
            }
            unit.segments += 1;
            let at = target.iter().position(|t| t.id == source.id);
            let translation = at
                .map(|at| target.remove(at))
                .filter(|t| !t.words.text().trim().is_empty());
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

    fn end_unit(&mut self) {
        let unit = std::mem::take(&mut self.unit);
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
                source,
                target,
            });
        }
    }
}
