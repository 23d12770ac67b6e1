//! The text of a segment in XLIFF and TMX: words with inline codes among them.
//!
//! A code is no text. One of a pair (`bpt` and `ept`, `g`, `pc` …) usually formats words, so it is left out, and names are found
//! across it. One that is alone (`ph`, `x`) usually replaces words, so it keeps its place, masked.

use std::ops::Range;

use quick_xml::events::{BytesStart, Event};

use super::mapped::Mapped;
use super::xml::{Fault, attribute, resolve};
use crate::text::Span;

/// The text of an element, or of a part of it that is marked as a segment.
#[derive(Debug, Default)]
pub struct Text {
    /// The id of the mark; empty for the whole element.
    pub id: String,
    /// The text.
    pub words: Mapped,
    /// The content in the source.
    pub span: Span,
}

/// What an inline element does to its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    /// Nothing.
    Plain,
    /// It is left out.
    Hidden,
    /// It is text that must not be translated.
    Protected,
    /// It keeps its place, with its tags.
    Code,
    /// It is a segment.
    Segment,
}

/// Reads the content of an element event by event.
#[derive(Debug)]
pub struct Inline<'s> {
    source: &'s str,
    /// The elements that are open, and the byte that each starts at.
    open: Vec<(Role, usize)>,
    /// How many of them are hidden or code.
    hidden: usize,
    protected: usize,
    in_segment: bool,
    whole: Text,
    segments: Vec<Text>,
    fault: Option<Fault>,
}

impl<'s> Inline<'s> {
    /// The content that begins at byte `start`.
    pub fn new(source: &'s str, start: usize) -> Self {
        Self {
            source,
            open: Vec::new(),
            hidden: 0,
            protected: 0,
            in_segment: false,
            whole: Text {
                span: Span::new(start, start),
                ..Text::default()
            },
            segments: Vec::new(),
            fault: None,
        }
    }

    /// Reads an event and its bytes. Returns whether the content goes on: `false` for the end of the element itself.
    pub fn read(&mut self, event: &Event<'_>, at: Range<usize>) -> bool {
        match event {
            Event::Start(tag) => self.start(tag, at),
            Event::Empty(tag) => match role(tag) {
                Role::Code if self.hidden == 0 => self.push_masked(at),
                Role::Segment => {
                    self.start(tag, at.clone());
                    self.end(at);
                }
                _ => {}
            },
            Event::End(_) => return self.end(at),
            Event::Text(_) => self.push(&self.source[at.clone()], at),
            Event::CData(_) => {
                let inside = at.start + "<![CDATA[".len()..at.end - "]]>".len();
                self.push(&self.source[inside.clone()], inside);
            }
            Event::GeneralRef(name) => match resolve(name) {
                Some(c) => self.push(c.encode_utf8(&mut [0; 4]), at),
                None if self.hidden > 0 => {}
                None => {
                    let message = format!("XML does not define “&{};”; write the character itself", &**name);
                    self.fault.get_or_insert(Fault::new(at.start, message));
                }
            },
            _ => {}
        }
        true
    }

    /// The bytes of the content, when it is read to its end.
    pub const fn span(&self) -> Span {
        self.whole.span
    }

    /// The text of the element, in segments where it has some.
    ///
    /// # Errors
    /// A reference that XML does not define.
    pub fn finish(self) -> Result<Vec<Text>, Fault> {
        match self.fault {
            Some(fault) => Err(fault),
            None if self.segments.is_empty() => Ok(vec![self.whole]),
            None => Ok(self.segments),
        }
    }

    fn current(&mut self) -> &mut Text {
        match self.segments.last_mut() {
            Some(segment) if self.in_segment => segment,
            _ => &mut self.whole,
        }
    }

    fn push(&mut self, text: &str, at: Range<usize>) {
        if self.hidden > 0 {
            return;
        }
        let is_protected = self.protected > 0;
        let into = &mut self.current().words;
        if is_protected {
            into.push_masked(text, at);
        } else {
            into.push(text, at);
        }
    }

    fn push_masked(&mut self, at: Range<usize>) {
        let code = &self.source[at.clone()];
        self.current().words.push_masked(code, at);
    }

    fn start(&mut self, tag: &BytesStart<'_>, at: Range<usize>) {
        let role = match role(tag) {
            Role::Segment if self.in_segment || self.hidden > 0 => Role::Plain,
            role => role,
        };
        match role {
            Role::Plain => {}
            Role::Hidden | Role::Code => self.hidden += 1,
            Role::Protected => self.protected += 1,
            Role::Segment => {
                self.in_segment = true;
                self.segments.push(Text {
                    id: attribute(tag, "mid").unwrap_or_default(),
                    words: Mapped::default(),
                    span: Span::new(at.end, at.end),
                });
            }
        }
        self.open.push((role, at.start));
    }

    fn end(&mut self, at: Range<usize>) -> bool {
        let Some((role, start)) = self.open.pop() else {
            self.whole.span.end = at.start;
            return false;
        };
        match role {
            Role::Plain => {}
            Role::Hidden => self.hidden -= 1,
            Role::Code => {
                self.hidden -= 1;
                if self.hidden == 0 {
                    self.push_masked(start..at.end);
                }
            }
            Role::Protected => self.protected -= 1,
            Role::Segment => {
                self.current().span.end = at.start;
                self.in_segment = false;
            }
        }
        true
    }
}

/// The role of an inline element of XLIFF 1.2, XLIFF 2 or TMX. What other programs add is text.
fn role(tag: &BytesStart<'_>) -> Role {
    match tag.local_name().as_ref() {
        "bpt" | "ept" | "it" | "sub" | "bx" | "ex" | "sc" | "ec" | "sm" | "em" | "cp" => Role::Hidden,
        "ph" | "x" | "ut" => Role::Code,
        "mrk" => match attribute(tag, "mtype").as_deref() {
            Some("seg") => Role::Segment,
            Some("protected") => Role::Protected,
            // A tracked change of Trados.
            Some("x-sdl-deleted") => Role::Hidden,
            _ if attribute(tag, "translate").as_deref() == Some("no") => Role::Protected,
            _ => Role::Plain,
        },
        _ => Role::Plain,
    }
}
