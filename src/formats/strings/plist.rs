//! Plurals of macOS and iOS (`.stringsdict`): dictionaries in dictionaries, in the XML of property lists.

use quick_xml::events::Event;

use super::super::xml::{Events, Fault};
use super::Entry;
use super::syntax::Syntax;
use super::xml::content;

/// The strings of a file, without those that name types and formats.
pub fn parse(text: &str) -> Result<Vec<Entry>, Fault> {
    let mut entries = Vec::new();
    let mut events = Events::new(text, 0);
    // The keys of the dictionaries that are open, and the last key in each.
    let mut keys: Vec<String> = Vec::new();
    loop {
        let (event, at) = events.next()?;
        match event {
            Event::Eof if !keys.is_empty() => return Err(Fault::not_closed(at.start)),
            Event::Eof => return Ok(entries),
            Event::Start(tag) => match tag.local_name().as_ref() {
                "dict" => keys.push(String::new()),
                "key" => {
                    let (key, _) = content(text, &mut events, at.end, Syntax::Xml)?;
                    if let Some(last) = keys.last_mut() {
                        key.text().clone_into(last);
                    }
                }
                "string" => {
                    let (mapped, span) = content(text, &mut events, at.end, Syntax::Xml)?;
                    if keys.last().is_some_and(|key| !is_about(key)) {
                        entries.push(Entry {
                            key: keys.clone(),
                            text: mapped,
                            span,
                            syntax: Syntax::Xml,
                        });
                    }
                }
                _ => {}
            },
            Event::End(tag) if tag.local_name().as_ref() == "dict" => drop(keys.pop()),
            _ => {}
        }
    }
}

/// Whether a key names the type of a rule or of a number.
fn is_about(key: &str) -> bool {
    ["NSStringFormatSpecTypeKey", "NSStringFormatValueTypeKey"].contains(&key)
}
