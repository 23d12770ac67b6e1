//! TMX 1.4b (LISA OSCAR 2005), translation memories: units with a variant for each language, of which the Chinese and the
//! English one are read.
//!
//! A file is read in parts, so that one of gigabytes takes little memory.

use std::ops::Range;
use std::sync::Arc;

use quick_xml::events::{BytesStart, Event};

use super::by_part::{Documents, Queue, ReadParts};
use super::inline::{Inline, Text};
use super::records::Records;
use super::stream::{Part, Parts};
use super::xml::{self, Events, Fault, attribute};
use super::{Comments, Edit, File, Format, InputError, Reader};
use crate::document::BlockKind;
use crate::text::language_name::{is_traditional_tag, side_of_tag};
use crate::text::{Dialect, Direction, Side};

/// TMX.
#[derive(Debug)]
pub struct Tmx;

impl Format for Tmx {
    fn name(&self) -> &'static str {
        "TMX"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["tmx"]
    }

    fn matches_first_line(&self, line: &str) -> bool {
        line.starts_with("<tmx") || line.starts_with("<!DOCTYPE tmx")
    }

    fn comments(&self) -> Option<Comments> {
        Some(Comments::Units)
    }

    fn read(&'static self, file: File) -> Reader {
        let explicit = file.explicit;
        match xml::as_declared(file) {
            Ok(file) => Reader::new(Documents::new(TmxReader::new(Parts::new(self.name(), file), explicit))),
            Err(e) => Reader::all(Err(e)),
        }
    }

    fn escape(&self, text: &str, _dialect: &Dialect, edits: Vec<Edit>) -> Vec<Edit> {
        xml::escape(text, edits)
    }
}

/// Reads a file part by part.
struct TmxReader {
    parts: Parts,
    units: Units,
    /// Bytes of the first line of the next part that are read already.
    skip: usize,
    explicit: bool,
}

/// What is known of the units so far.
#[derive(Default)]
struct Units {
    records: Records,
    /// Whether the root began and ended.
    begun: bool,
    ended: bool,
    /// The language of the source texts, as the header says.
    source: Option<Side>,
    /// Units in one of the two languages.
    untranslated: usize,
    /// The languages of a unit that is no pair.
    others: Option<String>,
    faults: Vec<Fault>,
}

impl TmxReader {
    fn new(parts: Parts, explicit: bool) -> Self {
        Self {
            parts,
            units: Units::default(),
            skip: 0,
            explicit,
        }
    }

    /// Reads a part. Returns whether what comes next can be read, too.
    fn read(&mut self, part: Part, queue: &mut Queue) -> bool {
        let Part {
            mut text,
            first_line,
            last,
            broken,
        } = part;
        let lines: Vec<usize> = broken.iter().map(|&(at, _)| at).collect();
        let (read, fault) = match self.units.read(&text, self.skip, &lines) {
            Stop::At(at) => (at, None),
            Stop::Within(at, _) if !last => (at, None),
            Stop::Within(at, fault) | Stop::Fault(at, fault) => (at, Some(fault)),
        };
        let fault = fault.or_else(|| {
            let is_cut = last && self.units.begun && !self.units.ended;
            is_cut.then(|| Fault::not_closed(text.len()))
        });
        let mut broken = broken.into_iter().peekable();
        while let Some((_, e)) = broken.next_if(|&(at, _)| at < read || last) {
            queue.push_back(Err(e));
        }
        if fault.is_none() && !last {
            let line = text[..read].rfind('\n').map_or(0, |i| i + 1);
            self.skip = read - line;
            let broken = broken.map(|(at, e)| (at - line, e)).collect();
            self.parts.give_back(&text[line..], broken);
            text.truncate(read);
        }
        let source = self.parts.source(text, first_line);
        queue.extend(self.units.records.take(&source).into_iter().map(Ok));
        let faults = std::mem::take(&mut self.units.faults);
        queue.extend(faults.into_iter().map(|f| Err(f.of_record(&source))));
        if let Some(fault) = fault {
            queue.push_back(Err(fault.of_file(&source)));
            return false;
        }
        true
    }

    /// What is to be said at the end of the file.
    fn end(&mut self) -> Option<InputError> {
        let path = Arc::clone(self.parts.path());
        let units = &mut self.units;
        Some(match units.others.take() {
            languages @ Some(_) if units.records.is_empty() => InputError::OtherLanguages {
                path,
                languages,
                explicit: self.explicit,
            },
            _ if units.untranslated > 0 => InputError::EntriesLeftOut {
                path,
                fuzzy: 0,
                untranslated: units.untranslated,
                keys: 0,
            },
            _ if units.records.is_empty() => InputError::Empty { path },
            _ => return None,
        })
    }
}

impl ReadParts for TmxReader {
    fn read_part(&mut self, queue: &mut Queue) -> Result<bool, InputError> {
        let Some(part) = self.parts.next()? else {
            queue.extend(self.end().map(Err));
            return Ok(false);
        };
        Ok(self.read(part, queue))
    }
}

/// Where reading a part ended: everything before the byte is read.
enum Stop {
    /// Between two units.
    At(usize),
    /// Within a unit, a comment or the like. The fault holds if nothing follows.
    Within(usize, Fault),
    /// At text that cannot be read.
    Fault(usize, Fault),
}

/// A unit that is being read.
struct Unit {
    id: Option<Arc<str>>,
    start: usize,
    source: Option<Side>,
    /// The language of the open variant.
    language: String,
    variants: Vec<(String, Text)>,
    fault: Option<Fault>,
}

impl Units {
    /// Reads the units of a part from byte `from` on. `broken` are the bytes that lines with broken UTF-8 start at.
    fn read(&mut self, text: &str, from: usize, broken: &[usize]) -> Stop {
        let mut events = Events::of_part(text, from);
        let mut read = from;
        let mut unit: Option<Unit> = None;
        let mut content: Option<Inline<'_>> = None;
        loop {
            let (event, at) = match events.next() {
                Ok(next) => next,
                Err(fault) if fault.is_open => return Stop::Within(read, fault),
                Err(fault) => return Stop::Fault(read, fault),
            };
            if matches!(event, Event::Eof) {
                return match unit {
                    Some(_) => Stop::Within(read, Fault::not_closed(at.start)),
                    None => Stop::At(at.start),
                };
            }
            let Some(open) = &mut unit else {
                match self.outside(&event, &at) {
                    Ok(begun) => unit = begun,
                    Err(fault) => return Stop::Fault(read, fault),
                }
                if unit.is_none() {
                    read = at.end;
                }
                continue;
            };
            if let Some(inline) = &mut content {
                if !inline.read(&event, at)
                    && let Some(inline) = content.take()
                {
                    open.add(inline);
                }
                continue;
            }
            match event {
                Event::Start(tag) if tag.local_name().as_ref() == "tuv" => {
                    open.language = attribute(&tag, "lang").unwrap_or_default();
                }
                Event::Start(tag) if tag.local_name().as_ref() == "seg" => content = Some(Inline::new(text, at.end)),
                Event::End(tag) if tag.local_name().as_ref() == "tu" => {
                    read = at.end;
                    let next = broken.partition_point(|&line| line < open.start);
                    // A line is broken from its start to the next line end.
                    let line = |at: usize| text[at..].find('\n').map_or(text.len(), |i| at + i);
                    let is_broken = broken.get(next).is_some_and(|&line| line < read)
                        || next > 0 && line(broken[next - 1]) > open.start;
                    if let Some(unit) = unit.take().filter(|_| !is_broken) {
                        self.add(unit);
                    }
                }
                _ => {}
            }
        }
    }

    /// Reads an event outside units.
    fn outside(&mut self, event: &Event<'_>, at: &Range<usize>) -> Result<Option<Unit>, Fault> {
        match event {
            Event::Start(tag) | Event::Empty(tag) => {
                let name = tag.local_name();
                if !self.begun && name.as_ref() != "tmx" {
                    return Err(Fault::new(
                        at.start,
                        "the file is no TMX: it begins with another element",
                    ));
                }
                self.begun = true;
                match name.as_ref() {
                    "header" => self.source = source(tag),
                    "tu" if matches!(event, Event::Start(_)) => {
                        return Ok(Some(Unit {
                            id: attribute(tag, "tuid").map(Arc::from),
                            start: at.start,
                            source: source(tag).or(self.source),
                            language: String::new(),
                            variants: Vec::new(),
                            fault: None,
                        }));
                    }
                    _ => {}
                }
            }
            Event::End(tag) => self.ended |= tag.local_name().as_ref() == "tmx",
            _ => {}
        }
        Ok(None)
    }

    /// Pairs the Chinese and the English variant of a unit.
    fn add(&mut self, mut unit: Unit) {
        if let Some(fault) = unit.fault {
            self.faults.push(fault);
            return;
        }
        let (Some(zh), Some(en)) = (unit.find(Side::Zh), unit.find(Side::En)) else {
            self.untranslated += usize::from(unit.find(Side::Zh).or(unit.find(Side::En)).is_some());
            self.others.get_or_insert_with(|| {
                let languages = unit.variants.iter().map(|(language, _)| &**language);
                languages.collect::<Vec<_>>().join(", ")
            });
            return;
        };
        let mut block = |side, at: usize| {
            let text = std::mem::take(&mut unit.variants[at].1);
            text.words.into_block(side, BlockKind::Segment, text.span)
        };
        let blocks = [block(Side::Zh, zh), block(Side::En, en)];
        let direction = unit.source.and_then(|from| Direction::between(from, from.other()));
        self.records.push(unit.id, direction, blocks);
    }
}

impl Unit {
    fn add(&mut self, content: Inline<'_>) {
        match content.finish() {
            Ok(texts) => {
                let language = std::mem::take(&mut self.language);
                self.variants
                    .extend(texts.into_iter().next().map(|text| (language, text)));
            }
            Err(fault) => self.fault = Some(fault),
        }
    }

    /// The number of the variant in a language. Simplified Chinese comes before Traditional, else the first variant with text is
    /// taken.
    fn find(&self, side: Side) -> Option<usize> {
        let candidates = self.variants.iter().enumerate();
        let candidates =
            candidates.filter(|(_, (language, text))| side_of_tag(language) == Some(side) && !text.words.is_blank());
        let best = candidates.min_by_key(|(_, (language, _))| is_traditional_tag(language))?;
        Some(best.0)
    }
}

/// The language of the source texts; `None` if any of them may be it.
fn source(tag: &BytesStart<'_>) -> Option<Side> {
    side_of_tag(&attribute(tag, "srclang")?)
}
