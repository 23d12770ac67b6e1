//! Strings in XML: the resources of Android and of .NET.

use std::ops::Range;

use quick_xml::events::{BytesStart, Event};

use super::super::mapped::Mapped;
use super::super::xml::{Events, Fault, attribute, resolve};
use super::Entry;
use super::syntax::{Syntax, backslash};
use crate::text::Span;

/// Where the strings of a format are.
trait Layout {
    /// The element around all strings.
    const ROOT: &'static str;
    /// How they are written.
    const SYNTAX: Syntax;

    /// Sees the beginning of an element outside strings; whether a string begins with it.
    fn open(&mut self, tag: &BytesStart<'_>) -> bool;

    /// The key of the string that has begun.
    fn key(&mut self) -> Vec<String>;
}

/// `<string name="…">`, `<plurals name="…"><item quantity="one">`, `<string-array name="…"><item>`.
#[derive(Default)]
struct Android {
    /// The list or the plural that is open.
    group: Option<String>,
    items: usize,
    key: Vec<String>,
}

impl Layout for Android {
    const ROOT: &'static str = "resources";
    const SYNTAX: Syntax = Syntax::Android;

    fn open(&mut self, tag: &BytesStart<'_>) -> bool {
        let name = || attribute(tag, "name").unwrap_or_default();
        let is_fixed = attribute(tag, "translatable").as_deref() == Some("false");
        match tag.local_name().as_ref() {
            "string" => {
                self.key = vec![name()];
                !is_fixed
            }
            "plurals" | "string-array" => {
                (self.group, self.items) = ((!is_fixed).then(name), 0);
                false
            }
            "item" => {
                let Some(group) = &self.group else { return false };
                let item = attribute(tag, "quantity").unwrap_or_else(|| self.items.to_string());
                self.items += 1;
                self.key = vec![group.clone(), item];
                true
            }
            _ => {
                self.group = None;
                false
            }
        }
    }

    fn key(&mut self) -> Vec<String> {
        std::mem::take(&mut self.key)
    }
}

/// `<data name="…"><value>`, without data of a type.
#[derive(Default)]
struct DotNet {
    name: Option<String>,
}

impl Layout for DotNet {
    const ROOT: &'static str = "root";
    const SYNTAX: Syntax = Syntax::Xml;

    fn open(&mut self, tag: &BytesStart<'_>) -> bool {
        match tag.local_name().as_ref() {
            "value" => self.name.is_some(),
            "data" => {
                let has = |name| attribute(tag, name).is_some();
                self.name = attribute(tag, "name").filter(|_| !has("type") && !has("mimetype"));
                false
            }
            "comment" => false,
            _ => {
                self.name = None;
                false
            }
        }
    }

    fn key(&mut self) -> Vec<String> {
        let name = self.name.take().unwrap_or_default();
        name.split('.').map(str::to_owned).collect()
    }
}

/// The strings of Android.
pub fn parse_android(text: &str) -> Result<Vec<Entry>, Fault> {
    parse(text, &mut Android::default())
}

/// The strings of .NET.
pub fn parse_resx(text: &str) -> Result<Vec<Entry>, Fault> {
    parse(text, &mut DotNet::default())
}

fn parse<L: Layout>(text: &str, layout: &mut L) -> Result<Vec<Entry>, Fault> {
    let mut entries = Vec::new();
    let mut events = Events::new(text, 0);
    let mut depth = 0;
    loop {
        let (event, at) = events.next()?;
        match event {
            Event::Eof if depth > 0 => return Err(Fault::not_closed(at.start)),
            Event::Eof => return Ok(entries),
            Event::End(_) => depth -= 1,
            Event::Empty(tag) => drop(layout.open(&tag)),
            Event::Start(tag) if depth == 0 && tag.local_name().as_ref() != L::ROOT => {
                let message = format!("the file holds no strings: its first element is not <{}>", L::ROOT);
                return Err(Fault::new(at.start, message));
            }
            Event::Start(tag) if depth > 0 && layout.open(&tag) => {
                let (mapped, span) = content(text, &mut events, at.end, L::SYNTAX)?;
                entries.push(Entry {
                    key: layout.key(),
                    text: mapped,
                    span,
                    syntax: L::SYNTAX,
                });
            }
            Event::Start(_) => depth += 1,
            _ => {}
        }
    }
}

/// The text of an element whose content begins at byte `start`. Tags in it are kept, and are no prose.
pub fn content(text: &str, events: &mut Events<'_>, start: usize, syntax: Syntax) -> Result<(Mapped, Span), Fault> {
    let mut mapped = Mapped::default();
    let mut depth = 0;
    let mut is_quoted = false;
    loop {
        let (event, at) = events.next()?;
        match event {
            Event::Eof => return Err(Fault::not_closed(at.start)),
            Event::End(_) if depth == 0 => return Ok((mapped, Span::new(start, at.start))),
            Event::Start(_) | Event::End(_) | Event::Empty(_) => {
                match event {
                    Event::Start(_) => depth += 1,
                    Event::End(_) => depth -= 1,
                    _ => {}
                }
                mapped.push_masked(&text[at.clone()], at);
            }
            Event::CData(_) => {
                let inside = at.start + "<![CDATA[".len()..at.end - "]]>".len();
                mapped.push(&text[inside.clone()], inside);
            }
            Event::Text(_) if syntax == Syntax::Android => push_android(text, at, &mut is_quoted, &mut mapped),
            Event::Text(_) => mapped.push(&text[at.clone()], at),
            Event::GeneralRef(name) => match resolve(&name) {
                Some(c) => mapped.push(c.encode_utf8(&mut [0; 4]), at),
                None => mapped.push_masked(&text[at.clone()], at),
            },
            _ => {}
        }
    }
}

/// Appends text of Android: white space is one space unless it is between quotation marks, which are no text.
fn push_android(text: &str, at: Range<usize>, is_quoted: &mut bool, mapped: &mut Mapped) {
    let mut from = at.start;
    while from < at.end {
        let rest = &text[from..at.end];
        if let Some((Some(c), len)) = backslash(rest) {
            mapped.push(c.encode_utf8(&mut [0; 4]), from..from + len);
            from += len;
        } else if rest.starts_with('"') {
            *is_quoted = !*is_quoted;
            from += 1;
        } else if rest.starts_with(char::is_whitespace) && !*is_quoted {
            let end = at.end - rest.trim_start().len();
            mapped.push(" ", from..end);
            from = end;
        } else {
            let next = rest
                .char_indices()
                .skip(1)
                .find(|&(_, c)| c == '\\' || c == '"' || c.is_whitespace());
            let end = next.map_or(at.end, |(i, _)| from + i);
            mapped.push(&text[from..end], from..end);
            from = end;
        }
    }
}
