//! Elements of an XML file in memory, one entry at a time.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::text::Source;

/// Deepest nesting inside an entry; TBX needs eight.
const DEEPEST: usize = 40;

/// An element.
#[derive(Debug, Default)]
pub(super) struct Element {
    /// Its data category: the attribute `type`, or else its name without a prefix (DCT).
    pub category: String,
    /// Its name without a prefix.
    pub name: String,
    /// `id`, `target`, `xml:lang`.
    pub id: Option<String>,
    pub target: Option<String>,
    pub language: Option<String>,
    /// The text in it and in its children.
    pub text: String,
    pub children: Vec<Element>,
    /// The line in which it begins.
    pub line: usize,
}

/// What is wrong with a file, with the byte of the place.
pub(super) type XmlFault = (usize, String);

/// Calls `visit` with each element called `wanted`. Returns the name of the root.
///
/// # Errors
/// Malformed XML, entities of the file's own, or elements that are nested too deeply.
pub(super) fn for_each(
    source: &Source,
    wanted: &[&str],
    mut visit: impl FnMut(Element),
) -> Result<Option<String>, XmlFault> {
    let mut xml = Reader::from_str(source.text());
    let (mut root, mut open) = (None, Vec::<Element>::new());
    loop {
        let before = xml.buffer_position() as usize;
        let event = xml
            .read_event()
            .map_err(|e| (xml.error_position() as usize, e.to_string()))?;
        match event {
            Event::DocType(text) if text.to_ascii_uppercase().contains("<!ENTITY") => {
                return Err((
                    before,
                    "the file defines entities of its own, which are not read".to_owned(),
                ));
            }
            Event::Start(start) => {
                let element = element(&start, source.line(before));
                root.get_or_insert_with(|| element.name.clone());
                if !open.is_empty() || wanted.contains(&element.name.as_str()) {
                    open.push(element);
                }
                if open.len() > DEEPEST {
                    return Err((before, format!("elements are nested more than {DEEPEST} deep")));
                }
            }
            Event::Empty(start) => {
                let element = element(&start, source.line(before));
                if let Some(parent) = open.last_mut() {
                    parent.children.push(element);
                }
            }
            Event::End(_) => {
                if let Some(element) = open.pop() {
                    match open.last_mut() {
                        Some(parent) => {
                            parent.text.push_str(&element.text);
                            parent.children.push(element);
                        }
                        None => visit(element),
                    }
                }
            }
            Event::Text(text) => append(&mut open, &text),
            Event::CData(text) => append(&mut open, &text),
            Event::GeneralRef(reference) => {
                let text = quick_xml::escape::unescape(&format!("&{};", &*reference)).map(Cow::into_owned);
                let text = text.map_err(|_| (before, format!("the entity “&{};” is not known", &*reference)))?;
                append(&mut open, &text);
            }
            Event::Eof => return Ok(root),
            _ => {}
        }
    }
}

/// Adds a text to the element that is open.
fn append(open: &mut [Element], text: &str) {
    if let Some(element) = open.last_mut() {
        element.text.push_str(text);
    }
}

fn element(start: &BytesStart<'_>, line: usize) -> Element {
    let name = start.local_name().as_ref().to_owned();
    let mut element = Element {
        category: name.clone(),
        name,
        line,
        ..Element::default()
    };
    for attribute in start.attributes().flatten() {
        let value = quick_xml::escape::unescape(&attribute.value).unwrap_or(Cow::Borrowed(&attribute.value));
        let value = value.into_owned();
        match attribute.key.as_ref() {
            "type" => element.category = value,
            "id" => element.id = Some(value),
            "target" => element.target = Some(value),
            "xml:lang" | "lang" => element.language = Some(value),
            _ => {}
        }
    }
    element
}
