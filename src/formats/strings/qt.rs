//! Translations of Qt (`.ts`): contexts of messages, each with its source and its translation.

use quick_xml::events::Event;

use super::super::mapped::Mapped;
use super::super::xml::{Events, Fault, attribute};
use super::syntax::Syntax;
use super::xml::content;
use super::{Entry, side_of_tag};
use crate::text::{Side, Span};

/// The language of the source texts where the file names none, as in nearly all programs.
const SOURCE_LANGUAGE: &str = "en";

/// A message that is being read.
#[derive(Default)]
struct Message {
    source: Option<(Mapped, Span)>,
    /// What tells it from others with the same source.
    comment: String,
    /// Whether the translation has forms for numbers.
    has_forms: bool,
    /// The translation, or the last form of it, which is for any number.
    translation: Option<(Mapped, Span)>,
    /// What the translation is if it is not in use: `unfinished`, or `vanished` or `obsolete` where the program has the message no
    /// more.
    state: Option<String>,
}

impl Message {
    /// Adds the source and the translation.
    fn push(self, [source_tag, target_tag]: [&str; 2], context: &str, entries: &mut Vec<Entry>) {
        let is_old = self.state.as_deref().is_some_and(|state| state != "unfinished");
        let Some((source, span)) = self.source.filter(|_| !is_old) else {
            return;
        };
        let key = |tag: &str| {
            let parts = [tag, context, source.text(), &self.comment];
            parts
                .into_iter()
                .filter(|part| !part.is_empty())
                .map(str::to_owned)
                .collect()
        };
        let (source_key, target_key) = (key(source_tag), key(target_tag));
        entries.push(Entry {
            key: source_key,
            text: source,
            span,
            syntax: Syntax::Fixed,
        });
        if let Some((text, span)) = self.translation.filter(|_| self.state.is_none()) {
            entries.push(Entry {
                key: target_key,
                text,
                span,
                syntax: Syntax::Xml,
            });
        }
    }
}

/// The language of the source texts.
pub fn source_language(text: &str) -> Option<Side> {
    let mut events = Events::new(text, 0);
    loop {
        match events.next().ok()?.0 {
            Event::Start(tag) if tag.local_name().as_ref() == "TS" => {
                let tag = attribute(&tag, "sourcelanguage");
                return side_of_tag(tag.as_deref().unwrap_or(SOURCE_LANGUAGE));
            }
            Event::Eof => return None,
            _ => {}
        }
    }
}

/// The sources and translations of the messages. Their first key is the tag of the language. A program in TypeScript, which has
/// the same extension, has none.
pub fn parse(text: &str) -> Result<Vec<Entry>, Fault> {
    let mut entries = Vec::new();
    if !text.trim_start_matches('\u{feff}').trim_start().starts_with('<') {
        return Ok(entries);
    }
    let mut events = Events::new(text, 0);
    let (mut source_tag, mut target_tag) = (SOURCE_LANGUAGE.to_owned(), String::new());
    let mut context = String::new();
    let mut message = Message::default();
    let mut depth = 0;
    loop {
        let (event, at) = events.next()?;
        match event {
            Event::Eof if depth > 0 => return Err(Fault::not_closed(at.start)),
            Event::Eof => return Ok(entries),
            Event::Start(tag) => {
                let mut read = || content(text, &mut events, at.end, Syntax::Xml);
                match tag.local_name().as_ref() {
                    "TS" => {
                        source_tag = attribute(&tag, "sourcelanguage").unwrap_or(source_tag);
                        target_tag = attribute(&tag, "language").unwrap_or_default();
                        depth += 1;
                    }
                    "name" => read()?.0.text().clone_into(&mut context),
                    "message" => {
                        message = Message {
                            has_forms: attribute(&tag, "numerus").as_deref() == Some("yes"),
                            ..Message::default()
                        };
                        depth += 1;
                    }
                    "source" => message.source = Some(read()?),
                    "comment" => read()?.0.text().clone_into(&mut message.comment),
                    "translation" => {
                        message.state = attribute(&tag, "type");
                        if message.has_forms {
                            depth += 1;
                        } else {
                            message.translation = Some(read()?);
                        }
                    }
                    "numerusform" => message.translation = Some(read()?),
                    _ => depth += 1,
                }
            }
            Event::End(tag) => {
                depth -= 1;
                if tag.local_name().as_ref() == "message" {
                    std::mem::take(&mut message).push([&source_tag, &target_tag], &context, &mut entries);
                }
            }
            _ => {}
        }
    }
}
