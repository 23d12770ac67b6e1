//! Writes comments into a copy of a Word document.

use std::fmt::Write as _;

use super::anchor::{self, Insertions};
use super::answers;
use super::text::Story;
use super::{Document, first};
use crate::formats::note::FINDING;
use crate::formats::ooxml::{Tag, for_each_tag};
use crate::formats::package::{Package, Part};
use crate::formats::package_changes::Changes;
use crate::formats::package_fault::PackageFault;
use crate::formats::{AUTHOR, AnnotateError, Note, splice, xml};
use crate::text::date::now;
use crate::text::{Dialect, Source, Span};

const COMMENTS_TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml";
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
        if comments.has(note) {
            continue;
        }
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
    let mut changes = Changes::new(&mut package);
    comments.write(&mut changes, &document)?;
    let mut part = document.body;
    part.text = body;
    changes.set(part);
    let parts = changes.into_parts();
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
    if part.root().is_ok_and(|root| root.prefix == "w") {
        String::new()
    } else {
        format!(" xmlns:w=\"{}\"", document.main.word_namespace())
    }
}

/// The comments of a document.
struct Comments {
    /// The part that has those of people; `None` if there are none.
    part: Option<Part>,
    /// What bilint wrote before.
    before: Vec<String>,
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
        let before = part
            .as_ref()
            .map(answers::own_comments)
            .transpose()?
            .unwrap_or_default();
        Ok(Self {
            part,
            before,
            next_id: last + 1,
            added: String::new(),
            declaration,
            date: now(),
        })
    }

    /// Whether bilint made this note before. Each old comment counts for one note.
    fn has(&mut self, note: &Note) -> bool {
        let at = self.before.iter().position(|comment| note.is_in(comment));
        at.map(|at| self.before.swap_remove(at)).is_some()
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

    /// Adds the comments to their part, which is made if there is none.
    fn write(self, changes: &mut Changes<'_, '_>, document: &Document) -> Result<(), PackageFault> {
        if let Some(mut part) = self.part {
            part.append(&self.added)?;
            changes.set(part);
            return Ok(());
        }
        let folder = document.body.name.rsplit_once('/').map_or("", |(folder, _)| folder);
        let files = ["comments.xml", "comments-bilint.xml"].map(str::to_owned).into_iter();
        let comments = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:comments xmlns:w=\"{}\">{}</w:comments>",
            document.main.word_namespace(),
            self.added
        );
        let name = changes.add(folder, files, comments)?;
        changes.declare(&name, COMMENTS_TYPE)?;
        let kind = format!("{}comments", document.main.base());
        changes.relate(&document.body.name, &kind, &name)?;
        Ok(())
    }
}

/// An element with text.
fn text(text: &str) -> String {
    format!("<w:t xml:space=\"preserve\">{}</w:t>", xml::escaped_allowed(text))
}
