//! What formats on XML share: the encoding that a file declares, references, the entities that are refused, and escapes.

use std::borrow::Cow;
use std::io::{Cursor, Read};
use std::ops::Range;
use std::sync::Arc;

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};
use memchr::memmem;
use quick_xml::errors::SyntaxError;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Error, Reader};

use super::decode::encoding_for;
use super::{Edit, File, InputError};
use crate::text::{Source, Span};

/// The encoding is declared within so many bytes.
const HEAD: u64 = 1024;

/// What is wrong, and the byte where it is.
#[derive(Debug)]
pub struct Fault {
    /// The byte.
    pub at: usize,
    /// What is wrong.
    pub message: String,
    /// Whether the text ends within a tag, a comment or the like, which more text may close.
    pub is_open: bool,
}

impl Fault {
    /// A fault at byte `at`.
    pub fn new(at: usize, message: impl Into<String>) -> Self {
        Self {
            at,
            message: message.into(),
            is_open: false,
        }
    }

    /// The fault of a file that ends at byte `at`, within an element.
    pub fn not_closed(at: usize) -> Self {
        Self::new(
            at,
            "the XML is not well-formed: the file ends before all elements are closed",
        )
    }

    /// The error that costs the rest of the file.
    pub fn of_file(self, source: &Source) -> InputError {
        let at = source.position(self.at);
        InputError::Markup {
            path: Arc::clone(source.path()),
            line: at.line,
            column: at.column,
            message: self.message,
        }
    }

    /// The error that costs the record it is in.
    pub fn of_record(self, source: &Source) -> InputError {
        InputError::record(source, self.at, self.message)
    }
}

/// The file, to be decoded as it declares, unless the user or a byte order mark says otherwise: `<?xml … encoding="gbk"?>`,
/// or `<meta charset="gbk">` in HTML.
///
/// # Errors
/// The file cannot be read.
pub fn as_declared(mut file: File) -> Result<File, InputError> {
    let mut head = Vec::new();
    let read = file.bytes.by_ref().take(HEAD).read_to_end(&mut head);
    read.map_err(|e| InputError::io(&file.name, e))?;
    if file.encoding.is_none() && Encoding::for_bom(&head).is_none() {
        file.encoding = declared_encoding(&head);
    }
    file.bytes = Box::new(Cursor::new(head).chain(file.bytes));
    Ok(file)
}

/// The encoding that the beginning of a file declares. UTF-16 cannot be declared in bytes of ASCII, though some programs do so.
fn declared_encoding(head: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let (start, end, key) = if head.trim_start().starts_with("<?xml") {
        (0, head.find("?>")?, "encoding")
    } else {
        let start = head.find("<meta")?;
        (start, head.len(), "charset")
    };
    let declaration = &head[start..end];
    let value = &declaration[declaration.find(key)? + key.len()..];
    let value = value
        .trim_start()
        .strip_prefix('=')?
        .trim_start_matches([' ', '"', '\'']);
    let len = value.find(|c: char| !c.is_ascii_alphanumeric() && !"-_:".contains(c))?;
    encoding_for(&value[..len]).filter(|&e| e != UTF_16LE && e != UTF_16BE)
}

/// A reader of events that gives the bytes of each.
pub struct Events<'s> {
    reader: Reader<&'s [u8]>,
    /// Byte of the source that the reader begins at.
    base: usize,
}

impl<'s> Events<'s> {
    /// The events of `text` from byte `base` on.
    pub fn new(text: &'s str, base: usize) -> Self {
        let reader = Reader::from_str(&text[base..]);
        Self { reader, base }
    }

    /// As [`Self::new`], where the text before `base` opened elements that are closed later.
    pub fn of_part(text: &'s str, base: usize) -> Self {
        let mut events = Self::new(text, base);
        events.reader.config_mut().allow_unmatched_ends = true;
        events
    }

    /// The next event and its bytes.
    ///
    /// # Errors
    /// Text that is not well-formed, or a declaration of entities.
    pub fn next(&mut self) -> Result<(Event<'s>, Range<usize>), Fault> {
        let start = self.base + self.reader.buffer_position() as usize;
        let event = self.reader.read_event().map_err(|e| {
            let at = self.base + self.reader.error_position() as usize;
            let mut fault = Fault::new(at, format!("the XML is not well-formed: {e}"));
            fault.is_open = matches!(&e, Error::Syntax(syntax) if *syntax != SyntaxError::InvalidBangMarkup);
            fault
        })?;
        if let Event::DocType(declaration) = &event
            && declaration.to_ascii_uppercase().contains("<!ENTITY")
        {
            return Err(Fault::new(
                start,
                "the file defines entities of its own, which are not expanded",
            ));
        }
        Ok((event, start..self.base + self.reader.buffer_position() as usize))
    }
}

/// The character that a reference means, by what is between `&` and `;`. XML itself defines only five names.
pub fn resolve(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let (digits, radix) = number.strip_prefix('x').map_or((number, 10), |hex| (hex, 16));
        let is_number = digits.chars().all(|c| c.is_digit(radix));
        let code = u32::from_str_radix(digits, radix)
            .ok()
            .filter(|&code| is_number && code > 0)?;
        return char::from_u32(code);
    }
    Some(match name {
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "quot" => '"',
        "apos" => '\'',
        _ => return None,
    })
}

/// The value of an attribute, by its name without a prefix.
pub fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = tag.attributes();
    let attribute = attributes
        .with_checks(false)
        .flatten()
        .find(|a| a.key.local_name().as_ref() == name)?;
    let value = attribute.value;
    Some(quick_xml::escape::unescape(&value).map_or_else(|_| value.to_string(), Cow::into_owned))
}

/// The text as it is written in an element.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\r' => out.push_str("&#13;"),
            c => out.push(c),
        }
    }
    out
}

/// The text as it is written in an element, without the characters that XML cannot hold at all.
pub fn escaped_allowed(text: &str) -> String {
    let is_allowed = |c: &char| matches!(c, '\t' | '\n' | ' '..='\u{fffd}' | '\u{10000}'..);
    escaped(&text.chars().filter(is_allowed).collect::<String>())
}

/// Writes replacements into the text of elements. Left out: what would change a tag, and what a CDATA section or XML cannot
/// hold.
pub fn escape(text: &str, edits: Vec<Edit>) -> Vec<Edit> {
    let mut sections = Vec::new();
    for start in memmem::find_iter(text.as_bytes(), "<![CDATA[") {
        let start = start + "<![CDATA[".len();
        let end = text[start..].find("]]>").map_or(text.len(), |i| start + i);
        sections.push(Span::new(start, end));
    }
    let in_section = |span: Span| {
        let next = sections.partition_point(|s| s.end < span.start);
        sections.get(next).is_some_and(|s| s.contains(span))
    };
    let write = |edit: Edit| {
        let is_allowed = |c: char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..);
        if !edit.text.chars().all(is_allowed) {
            return None;
        }
        if in_section(edit.span) {
            return Some(edit).filter(|e| !e.text.contains([']', '>', '\r']));
        }
        let in_tag = text[..edit.span.start]
            .rfind(['<', '>'])
            .is_some_and(|i| text[i..].starts_with('<'));
        let crosses_tag = edit.span.of(text).contains('<');
        (!in_tag && !crosses_tag).then(|| Edit {
            text: escaped(&edit.text),
            ..edit
        })
    };
    edits.into_iter().filter_map(write).collect()
}

#[cfg(test)]
mod tests {
    use encoding_rs::{GB18030, GBK, UTF_8};

    use super::*;

    #[test]
    fn the_declared_encoding_is_found() {
        for (head, encoding) in [
            ("<?xml version=\"1.0\" encoding=\"GB18030\"?><x/>", Some(GB18030)),
            ("<?xml version='1.0' encoding = 'gb2312' ?><x/>", Some(GBK)),
            ("<?xml version=\"1.0\" encoding=\"UTF-16\"?><x/>", None),
            ("<?xml version=\"1.0\"?><x encoding=\"gbk\"/>", None),
            ("<!doctype html><html><META charset=gbk><p>", Some(GBK)),
            (
                "<html><meta http-equiv=\"Content-Type\" content=\"text/html; charset=utf-8\">",
                Some(UTF_8),
            ),
            ("<p>charset=gbk</p>", None),
        ] {
            assert_eq!(declared_encoding(head.as_bytes()), encoding, "{head}");
        }
    }

    #[test]
    fn references_are_resolved_and_others_are_not() {
        assert_eq!(resolve("amp"), Some('&'));
        assert_eq!((resolve("#x4e2d"), resolve("#20013")), (Some('中'), Some('中')));
        for name in ["nbsp", "#0", "#xd800", "#", "#x", "lol", "#+5"] {
            assert_eq!(resolve(name), None, "{name}");
        }
    }

    #[test]
    fn replacements_are_escaped_where_they_are() {
        let text = "<s>a &lt; b<![CDATA[c < d]]> <x y=\"e\"/>f<g>h</g></s>";
        let write = |needle: &str, with: &str| {
            let start = text.find(needle).unwrap();
            let edit = Edit {
                span: Span::new(start, start + needle.len()),
                text: with.to_owned(),
                fixes: 1,
            };
            escape(text, vec![edit]).pop().map(|e| e.text)
        };
        assert_eq!(
            write("a &lt; b", "1 > 2 & \"3\"").as_deref(),
            Some("1 &gt; 2 &amp; \"3\"")
        );
        assert_eq!(write("c < d", "5 < 6 & 7").as_deref(), Some("5 < 6 & 7"));
        assert_eq!(write("c < d", "]]>"), None);
        assert_eq!(
            (write("e", "z"), write("f<g>h", "z"), write("f", "\u{1}")),
            (None, None, None)
        );
    }
}
