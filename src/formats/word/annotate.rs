//! Writes comments into a copy of a Word document.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::Range;

use super::anchor::{self, Insertions};
use super::text::Story;
use super::{Document, first};
use crate::formats::note::FINDING;
use crate::formats::ooxml::{Tag, Token, Tokens, for_each_tag, relationships_of};
use crate::formats::package::{Package, Part};
use crate::formats::package_fault::PackageFault;
use crate::formats::{AUTHOR, AnnotateError, Note, splice, xml};
use crate::text::date::now;
use crate::text::{Dialect, Source, Span};

const CONTENT_TYPES: &str = "[Content_Types].xml";
const COMMENTS_TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml";
const RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const INITIALS: &str = "bl";
/// The properties of small grey characters: 6 points.
const SMALL: &str = "<w:color w:val=\"808080\"/><w:sz w:val=\"12\"/>";

/// A copy of the document in `bytes` with a comment for each note. Parts that need no change are copied as they are packed.
pub(super) fn annotate(bytes: &[u8], _: &Dialect, notes: &[Note]) -> Result<Vec<u8>, AnnotateError> {
    if notes.is_empty() {
        return Ok(bytes.to_vec());
    }
    let mut package = Package::open(bytes)?;
    let document = Document::read(&mut package)?;
    let mut comments = Comments::open(&mut package, &document)?;
    let mut insertions = Insertions::default();
    let source = Source::new("", &*document.text.lines);
    for note in notes {
        let offset = |at| source.offset(at).ok_or(AnnotateError::NoPlace);
        let span = Span::new(offset(note.range.0)?, offset(note.range.1)?);
        let anchor = anchor::find(&document.text, span).ok_or(AnnotateError::NoPlace)?;
        let quote = anchor
            .elsewhere
            .map(|story| quote(story, span.of(&document.text.lines)));
        let id = comments.add(note, quote.as_ref());
        let declaration = declaration(&document.body, &document);
        insertions.start(
            anchor.start,
            &format!("<w:commentRangeStart{declaration} w:id=\"{id}\"/>"),
        );
        insertions.end(
            anchor.end,
            &format!(
                "<w:commentRangeEnd{declaration} w:id=\"{id}\"/>\
                 <w:r{declaration}><w:commentReference w:id=\"{id}\"/></w:r>"
            ),
        );
    }
    let body = splice(
        &document.body.text,
        &insertions.into_edits(&document.body, &document.text),
    );
    let mut parts = BTreeMap::from([(document.body.name.clone(), document.body.encode(&body))]);
    comments.write(&mut package, &document, &mut parts)?;
    Ok(package.rewrite(parts)?)
}

/// The text that a comment is about, where it cannot be on the text itself.
fn quote(story: Story, text: &str) -> String {
    let place = match story {
        Story::Body => "In a text box",
        Story::Footnote => "In a footnote",
        Story::Endnote => "In an endnote",
        Story::Margin => "In a header or footer",
    };
    if text.trim().is_empty() {
        place.to_owned()
    } else {
        format!("{place}: “{}”", text.trim())
    }
}

/// The declaration of `w:` that an element needs, if the root of the part does not make it.
fn declaration(part: &Part, document: &Document) -> String {
    if root(part).is_ok_and(|root| root.prefix == "w") {
        String::new()
    } else {
        format!(" xmlns:w=\"{}\"", document.main.word_namespace())
    }
}

/// The root of a part.
struct Root {
    prefix: String,
    /// Its name with prefix.
    name: String,
    /// The bytes of its end tag; empty where it has none, as in `<a/>`.
    end: Range<usize>,
}

fn root(part: &Part) -> Result<Root, PackageFault> {
    let mut tokens = Tokens::new(part);
    let mut name = String::new();
    let mut depth = 0;
    loop {
        let (token, bytes) = tokens.next()?;
        match token {
            Token::Start(tag) => {
                if depth == 0 {
                    tag.written_name().clone_into(&mut name);
                }
                depth += 1;
            }
            Token::End => {
                depth -= 1;
                if depth == 0 {
                    let prefix = name.split_once(':').map_or("", |(prefix, _)| prefix).to_owned();
                    return Ok(Root {
                        prefix,
                        name,
                        end: bytes,
                    });
                }
            }
            Token::Eof => return Err(PackageFault::Damaged(format!("{} is empty", part.name))),
            _ => {}
        }
    }
}

/// The text of a part with elements added at its end.
fn append(part: &Part, elements: &str) -> Result<String, PackageFault> {
    let root = root(part)?;
    let (before, after) = part.text.split_at(root.end.start);
    Ok(match before.strip_suffix("/>").filter(|_| root.end.is_empty()) {
        Some(open) => format!("{open}>{elements}</{}>{after}", root.name),
        None => format!("{before}{elements}{after}"),
    })
}

/// The comments of a document.
struct Comments {
    /// The part that has those of people; `None` if there are none.
    part: Option<Part>,
    next_id: i64,
    added: String,
    declaration: String,
    date: String,
}

impl Comments {
    fn open(package: &mut Package<'_>, document: &Document) -> Result<Self, PackageFault> {
        let part = first(package, &document.others, "comments")?;
        let mut last = -1;
        let mut see = |tag: &Tag<'_>| {
            if tag.is_word("comment") || tag.is_word("commentReference") {
                let id = tag.attribute("id").and_then(|id| id.parse::<i64>().ok());
                last = last.max(id.unwrap_or(-1));
            }
        };
        for part in part.iter().chain([&document.body]) {
            for_each_tag(part, &mut see)?;
        }
        let declaration = part
            .as_ref()
            .map_or_else(String::new, |part| declaration(part, document));
        Ok(Self {
            part,
            next_id: last + 1,
            added: String::new(),
            declaration,
            date: now(),
        })
    }

    /// Adds a comment and returns its id. `quote` is a last paragraph.
    fn add(&mut self, note: &Note, quote: Option<&String>) -> i64 {
        let id = self.next_id;
        self.next_id += 1;
        let out = &mut self.added;
        let _ = write!(
            out,
            "<w:comment{} w:id=\"{id}\" w:author=\"{AUTHOR}\" w:date=\"{}\" w:initials=\"{INITIALS}\">",
            self.declaration, self.date
        );
        let mut kind = format!("<w:r><w:rPr><w:b/></w:rPr>{}</w:r>", text(&format!("{} ", note.kind())));
        for paragraph in note.paragraphs.iter().chain(quote) {
            let _ = write!(out, "<w:p>{kind}<w:r>{}</w:r></w:p>", text(paragraph));
            kind.clear();
        }
        if !note.finding.is_empty() {
            let finding = text(&format!("{FINDING}{}", note.finding));
            let _ = write!(out, "<w:p><w:r><w:rPr>{SMALL}</w:rPr>{finding}</w:r></w:p>");
        }
        out.push_str("</w:comment>");
        id
    }

    /// Adds the parts that change.
    fn write(
        self,
        package: &mut Package<'_>,
        document: &Document,
        parts: &mut BTreeMap<String, Vec<u8>>,
    ) -> Result<(), PackageFault> {
        if let Some(part) = self.part {
            let text = append(&part, &self.added)?;
            parts.insert(part.name.clone(), part.encode(&text));
            return Ok(());
        }
        let folder = document.body.name.rsplit_once('/').map_or("", |(folder, _)| folder);
        let name = ["comments.xml", "comments-bilint.xml"]
            .into_iter()
            .map(|file| format!("{folder}/{file}").trim_start_matches('/').to_owned())
            .find(|name| !package.contains(name));
        let name = name.ok_or_else(|| PackageFault::Damaged("two parts are not related to the document".to_owned()))?;
        let comments = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:comments xmlns:w=\"{}\">{}</w:comments>",
            document.main.word_namespace(),
            self.added
        );
        parts.insert(name.clone(), comments.into_bytes());
        let types = package.part(CONTENT_TYPES)?;
        let types = types.ok_or_else(|| PackageFault::Damaged(format!("no {CONTENT_TYPES}")))?;
        let element = format!(
            "<Override xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\" PartName=\"/{name}\" \
             ContentType=\"{COMMENTS_TYPE}\"/>"
        );
        parts.insert(types.name.clone(), types.encode(&append(&types, &element)?));
        let list = relationships_of(&document.body.name);
        let list = match package.part(&list)? {
            Some(part) => part,
            None => Part::new(list, format!("<Relationships xmlns=\"{RELATIONSHIPS}\"/>")),
        };
        let mut ids = Vec::new();
        for_each_tag(&list, |tag| ids.extend(tag.attribute("Id")))?;
        let id = (1..=ids.len() + 1)
            .map(|n| format!("rId{n}"))
            .find(|id| !ids.contains(id));
        let element = format!(
            "<Relationship xmlns=\"{RELATIONSHIPS}\" Id=\"{}\" Type=\"{}comments\" Target=\"/{name}\"/>",
            id.unwrap_or_default(),
            document.main.base()
        );
        parts.insert(list.name.clone(), list.encode(&append(&list, &element)?));
        Ok(())
    }
}

/// An element with text. Characters that XML cannot hold are left out.
fn text(text: &str) -> String {
    let is_allowed = |c: &char| matches!(c, '\t' | '\n' | ' '..='\u{fffd}' | '\u{10000}'..);
    let text: String = text.chars().filter(is_allowed).collect();
    format!("<w:t xml:space=\"preserve\">{}</w:t>", xml::escaped(&text))
}
