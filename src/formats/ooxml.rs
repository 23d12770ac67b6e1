//! The XML of Office (ECMA-376): namespaces by what they are, not by prefix, and the relationships between parts.

use std::ops::Range;

use quick_xml::NsReader;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::{Namespace, ResolveResult};

use super::package::{Package, Part};
use super::package_fault::PackageFault;
use super::xml;

/// Deepest nesting: documents with tables in tables in text boxes have some sixty levels.
const DEEPEST: usize = 1000;

/// The namespace of WordprocessingML, as Office writes it and in the strict variant.
const WORD_TRANSITIONAL: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const WORD_STRICT: &str = "http://purl.oclc.org/ooxml/wordprocessingml/main";

/// The namespaces that matter. Each has a name of its own in the strict variant of the standard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ns {
    /// WordprocessingML.
    Word,
    /// Alternatives for programs that do not know an extension.
    Compatibility,
    /// PresentationML.
    Presentation,
    /// DrawingML.
    Drawing,
    /// Office Math.
    Math,
    /// Relationships and content types of packages.
    Package,
    /// Any other.
    Other,
}

impl Ns {
    fn of(found: &ResolveResult<'_>) -> Self {
        let &ResolveResult::Bound(Namespace(uri)) = found else {
            return Self::Other;
        };
        match uri {
            WORD_TRANSITIONAL | WORD_STRICT => Self::Word,
            "http://schemas.openxmlformats.org/presentationml/2006/main"
            | "http://purl.oclc.org/ooxml/presentationml/main" => Self::Presentation,
            "http://schemas.openxmlformats.org/drawingml/2006/main" | "http://purl.oclc.org/ooxml/drawingml/main" => {
                Self::Drawing
            }
            "http://schemas.openxmlformats.org/markup-compatibility/2006" => Self::Compatibility,
            "http://schemas.openxmlformats.org/officeDocument/2006/math"
            | "http://purl.oclc.org/ooxml/officeDocument/math" => Self::Math,
            "http://schemas.openxmlformats.org/package/2006/relationships"
            | "http://schemas.openxmlformats.org/package/2006/content-types" => Self::Package,
            _ => Self::Other,
        }
    }
}

/// A start tag.
#[derive(Debug)]
pub struct Tag<'s> {
    tag: BytesStart<'s>,
    /// The namespace of its name.
    pub ns: Ns,
}

impl Tag<'_> {
    /// Its name without prefix.
    pub fn name(&self) -> &str {
        self.tag.name().local_name().into_inner()
    }

    /// Its name with prefix, as it is written.
    pub fn written_name(&self) -> &str {
        self.tag.name().into_inner()
    }

    /// Whether it is this element of WordprocessingML.
    pub fn is_word(&self, name: &str) -> bool {
        self.ns == Ns::Word && self.name() == name
    }

    /// The value of an attribute, by its name without prefix.
    pub fn attribute(&self, name: &str) -> Option<String> {
        xml::attribute(&self.tag, name)
    }

    /// The id of the relationship that the element has: `r:id`, beside which there may be an `id`.
    pub fn relationship(&self) -> Option<String> {
        let mut attributes = self.tag.attributes();
        let is_qualified = |key: &str| key.ends_with(":id");
        let found = attributes
            .with_checks(false)
            .flatten()
            .find(|a| is_qualified(a.key.into_inner()))?;
        Some(found.value.into_owned())
    }

    /// Whether a property such as `<w:vanish/>` is on: it is unless its value says otherwise.
    pub fn is_on(&self) -> bool {
        !matches!(self.attribute("val").as_deref(), Some("0" | "false" | "off"))
    }
}

/// What a part consists of. Every start has its end, also where the tag closes itself.
#[derive(Debug)]
pub enum Token<'s> {
    /// A start tag.
    Start(Tag<'s>),
    /// The end of the element that was started last and is still open.
    End,
    /// Characters that are written as they are.
    Text(&'s str),
    /// A character that is written in another way, as `&amp;`; or characters in a CDATA section, which must not be divided.
    Escaped(String),
    /// The end of the part.
    Eof,
}

/// Reads the tokens of a part.
pub struct Tokens<'s> {
    part: &'s Part,
    xml: NsReader<&'s [u8]>,
    depth: usize,
}

impl<'s> Tokens<'s> {
    /// The tokens of `part`.
    pub fn new(part: &'s Part) -> Self {
        let mut xml = NsReader::from_str(&part.text);
        xml.config_mut().expand_empty_elements = true;
        Self { part, xml, depth: 0 }
    }

    /// The next token and its bytes.
    ///
    /// # Errors
    /// Text that is not well-formed, is nested too deeply, or declares entities.
    pub fn next(&mut self) -> Result<(Token<'s>, Range<usize>), PackageFault> {
        let start = self.xml.buffer_position() as usize;
        let event = self.xml.read_event();
        let event = event.map_err(|e| self.fault(self.xml.error_position() as usize, e.to_string()))?;
        let bytes = start..self.xml.buffer_position() as usize;
        let token = match event {
            Event::Start(tag) | Event::Empty(tag) => {
                self.depth += 1;
                if self.depth > DEEPEST {
                    return Err(self.fault(start, format!("elements are nested more than {DEEPEST} deep")));
                }
                let ns = Ns::of(&self.xml.resolver().resolve_element(tag.name()).0);
                Token::Start(Tag { tag, ns })
            }
            Event::End(_) => {
                self.depth -= 1;
                Token::End
            }
            Event::Text(_) => Token::Text(&self.part.text[bytes.clone()]),
            Event::CData(text) => Token::Escaped(text.into_inner().into_owned()),
            Event::GeneralRef(reference) => {
                let character = xml::resolve(&reference);
                let unknown = || self.fault(start, format!("the entity “&{};” is not known", &*reference));
                Token::Escaped(character.ok_or_else(unknown)?.to_string())
            }
            Event::DocType(_) => {
                return Err(self.fault(
                    start,
                    "a document type is declared, which Office files never have".to_owned(),
                ));
            }
            Event::Eof if self.depth > 0 => {
                return Err(self.fault(start, "the part ends before all elements are closed".to_owned()));
            }
            Event::Eof => Token::Eof,
            Event::Decl(_) | Event::PI(_) | Event::Comment(_) => return self.next(),
        };
        Ok((token, bytes))
    }

    /// Reads to the end of the element that was started last.
    ///
    /// # Errors
    /// As [`Self::next`].
    pub fn skip(&mut self) -> Result<(), PackageFault> {
        let outside = self.depth - 1;
        while self.depth > outside {
            self.next()?;
        }
        Ok(())
    }

    fn fault(&self, at: usize, message: String) -> PackageFault {
        let before = self.part.text.get(..at).unwrap_or(&self.part.text);
        PackageFault::Markup {
            part: self.part.name.clone(),
            line: before.matches('\n').count() + 1,
            message,
        }
    }
}

/// Calls `visit` with every start tag of a part.
///
/// # Errors
/// As [`Tokens::next`].
pub fn for_each_tag(part: &Part, mut visit: impl FnMut(&Tag<'_>)) -> Result<(), PackageFault> {
    let mut tokens = Tokens::new(part);
    loop {
        match tokens.next()?.0 {
            Token::Start(tag) => visit(&tag),
            Token::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// What the kinds of relationships begin with, in the variant of the standard that Office writes, and in the strict one.
const TRANSITIONAL: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
const STRICT: &str = "http://purl.oclc.org/ooxml/officeDocument/relationships/";

/// A relationship of a part to another one.
#[derive(Debug, Clone)]
pub struct Relationship {
    /// Its id, unique among those of the part.
    pub id: String,
    /// A URI that says what the other part is for.
    pub kind: String,
    /// The name of the other part.
    pub target: String,
}

impl Relationship {
    /// Whether the other part is for this, such as `footnotes`, in either variant of the standard.
    pub fn is_for(&self, purpose: &str) -> bool {
        let is_kind = |base: &str| self.kind.strip_prefix(base).is_some_and(|rest| rest == purpose);
        is_kind(TRANSITIONAL) || is_kind(STRICT)
    }

    /// The namespace of WordprocessingML in its document.
    pub fn word_namespace(&self) -> &'static str {
        if self.kind.starts_with(STRICT) {
            WORD_STRICT
        } else {
            WORD_TRANSITIONAL
        }
    }

    /// The namespace of SpreadsheetML in its workbook.
    pub fn sheet_namespace(&self) -> &'static str {
        if self.kind.starts_with(STRICT) {
            "http://purl.oclc.org/ooxml/spreadsheetml/main"
        } else {
            "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        }
    }

    /// What its kind and those of its document begin with.
    pub fn base(&self) -> &'static str {
        if self.kind.starts_with(STRICT) {
            STRICT
        } else {
            TRANSITIONAL
        }
    }
}

/// The name of the part with the relationships of the part `name`; of the package for an empty name.
pub fn relationships_of(name: &str) -> String {
    let (folder, file) = name.rsplit_once('/').unwrap_or(("", name));
    let slash = if folder.is_empty() { "" } else { "/" };
    format!("{folder}{slash}_rels/{file}.rels")
}

/// The relationships of the part `name` to other parts of the package; of the package itself for an empty name.
///
/// # Errors
/// The part that lists them cannot be read.
pub fn relationships(package: &mut Package<'_>, name: &str) -> Result<Vec<Relationship>, PackageFault> {
    let Some(part) = package.part(&relationships_of(name))? else {
        return Ok(Vec::new());
    };
    let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut found = Vec::new();
    for_each_tag(&part, |tag| {
        let is_inside = tag.attribute("TargetMode").is_none_or(|mode| mode != "External");
        if tag.ns == Ns::Package
            && tag.name() == "Relationship"
            && is_inside
            && let (Some(id), Some(kind), Some(target)) =
                (tag.attribute("Id"), tag.attribute("Type"), tag.attribute("Target"))
        {
            let target = resolve(folder, &target);
            found.push(Relationship { id, kind, target });
        }
    })?;
    Ok(found)
}

/// The name of the part that a relationship of a part in `folder` leads to.
fn resolve(folder: &str, target: &str) -> String {
    let mut path: Vec<&str> = match target.strip_prefix('/') {
        Some(_) => Vec::new(),
        None => folder.split('/').filter(|s| !s.is_empty()).collect(),
    };
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => drop(path.pop()),
            step => path.push(step),
        }
    }
    path.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(text: &str) -> Part {
        Part::new("word/document.xml".to_owned(), text.to_owned())
    }

    fn fault(text: &str) -> String {
        let part = part(text);
        let read = for_each_tag(&part, |_| {});
        read.expect_err("a fault").to_string()
    }

    #[test]
    fn names_are_known_by_their_namespace() {
        let text = "<d xmlns=\"http://purl.oclc.org/ooxml/wordprocessingml/main\" xmlns:x=\"urn:x\">\
                    <x:p/><p a:id=\"1\" xmlns:a=\"urn:a\"/></d>";
        let mut seen = Vec::new();
        for_each_tag(&part(text), |tag| {
            seen.push((tag.is_word("p"), tag.name().to_owned(), tag.attribute("id")));
        })
        .expect("it is well-formed");
        assert_eq!(
            seen[1..],
            [
                (false, "p".to_owned(), None),
                (true, "p".to_owned(), Some("1".to_owned()))
            ]
        );
    }

    #[test]
    fn what_could_harm_is_refused_with_its_line() {
        let bomb = "<?xml version=\"1.0\"?>\n<!DOCTYPE a [<!ENTITY b \"c\">]>\n<a>&b;</a>";
        assert!(
            fault(bomb).starts_with("word/document.xml, line 2: a document type"),
            "{}",
            fault(bomb)
        );
        assert!(fault("<a>&b;</a>").contains("“&b;” is not known"));
        assert!(fault(&"<a>".repeat(100_000)).contains("nested more than 1000 deep"));
        assert!(fault("<a><b></b>").contains("before all elements are closed"));
        assert!(fault("<a><b></a>").contains("line 1"));
    }

    #[test]
    fn targets_are_relative_to_the_folder_of_the_part() {
        assert_eq!(resolve("word", "footnotes.xml"), "word/footnotes.xml");
        assert_eq!(resolve("word", "/word/footnotes.xml"), "word/footnotes.xml");
        assert_eq!(resolve("word/sub", "../../../etc/passwd"), "etc/passwd");
        assert_eq!(relationships_of("word/document.xml"), "word/_rels/document.xml.rels");
        assert_eq!(relationships_of(""), "_rels/.rels");
    }
}
