//! PowerPoint presentations, `.pptx` (ECMA-376). The text of a file is a line for each paragraph: those of the first slide in the
//! order of its shapes, then those of its notes, then the next slide.

use super::content::{Content, LINE_BREAK, ProseReader};
use super::ooxml::{Ns, Relationship, Tag, Token, Tokens, for_each_tag, relationships};
use super::package::{Package, Part};
use super::word::content::divide;
use super::word::styles::Role;
use super::word::text::{Paragraph, Place, Story, Text};
use super::{Comments, Edit, File, Format, InputError, PackageFault, Reader, prose, whole};
use crate::text::{Dialect, Source, Span};
use std::collections::HashSet;

/// PowerPoint presentations.
#[derive(Debug)]
pub struct PowerPoint;

impl Format for PowerPoint {
    fn name(&self) -> &'static str {
        "PowerPoint"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["pptx", "pptm", "ppsx"]
    }

    fn comments(&self) -> Option<Comments> {
        None
    }

    fn is_package(&self) -> bool {
        true
    }

    fn prose(&self) -> Option<ProseReader> {
        Some(ProseReader::File(read_file))
    }

    fn read(&'static self, file: File) -> Reader {
        prose::read(self, ProseReader::File(read_file), file)
    }

    fn escape(&self, _text: &str, _dialect: &Dialect, _edits: Vec<Edit>) -> Vec<Edit> {
        Vec::new()
    }
}

fn read_file(mut file: File, bilingual: bool) -> Result<(Source, Content), InputError> {
    let bytes = whole::read_bytes(&mut file)?;
    let text = Package::open(&bytes).and_then(|mut package| read_package(&mut package));
    let text = text.map_err(|fault| fault.of(&file.name))?;
    if text.lines.trim().is_empty() {
        return Err(InputError::Empty { path: file.name });
    }
    let content = divide(&text, bilingual);
    let source = whole::source_of_package(PowerPoint.name(), file.name, &bytes, text.lines);
    let source = source.with_pages(text.pages.into_known());
    Ok((source, content))
}

fn read_package(package: &mut Package<'_>) -> Result<Text, PackageFault> {
    let no_slides = || PackageFault::WrongKind("a presentation");
    let main = relationships(package, "")?;
    let main = main.into_iter().find(|r| r.is_for("officeDocument"));
    let main = package
        .part(&main.ok_or_else(no_slides)?.target)?
        .ok_or_else(no_slides)?;
    let parts = relationships(package, &main.name)?;
    let (mut slides, mut is_presentation) = (Vec::new(), false);
    for_each_tag(&main, |tag| {
        is_presentation |= tag.ns == Ns::Presentation && tag.name() == "presentation";
        if tag.ns == Ns::Presentation && tag.name() == "sldId" {
            slides.extend(tag.relationship());
        }
    })?;
    if !is_presentation {
        return Err(no_slides());
    }
    let mut text = Text::default();
    let mut seen = HashSet::new();
    for id in slides {
        let Some(slide) = parts.iter().find(|part| part.id == id) else {
            continue;
        };
        if !seen.insert(&slide.target) {
            continue;
        }
        if seen.len() > 1 {
            text.pages.forced.push(text.lines.len());
        }
        let others = relationships(package, &slide.target)?;
        let is_wanted = |r: &&Relationship| r.is_for("diagramData") || r.is_for("notesSlide");
        let targets = others.iter().filter(is_wanted).map(|r| &r.target);
        for target in std::iter::once(&slide.target).chain(targets) {
            if let Some(part) = package.part(target)? {
                read_slide(&part, &mut text)?;
            }
        }
    }
    Ok(text)
}

/// An element that is open.
enum Frame {
    Other,
    Paragraph,
    Text,
    Table,
    Row,
    Cell,
    Alternatives { chosen: bool },
}

/// Reads the paragraphs of a slide, of its notes, or of a diagram in it.
fn read_slide(part: &Part, text: &mut Text) -> Result<(), PackageFault> {
    let mut reader = SlideReader {
        text,
        frames: Vec::new(),
        is_title: false,
        place: None,
        line: None,
    };
    let mut tokens = Tokens::new(part);
    loop {
        match tokens.next()?.0 {
            Token::Start(tag) => match reader.start(&tag) {
                Some(frame) => reader.frames.push(frame),
                None => tokens.skip()?,
            },
            Token::End => reader.end(),
            Token::Text(text) => reader.characters(text),
            Token::Escaped(text) => reader.characters(&text),
            Token::Eof => return Ok(()),
        }
    }
}

struct SlideReader<'a> {
    text: &'a mut Text,
    frames: Vec<Frame>,
    /// Whether the shape holds the title of the slide.
    is_title: bool,
    /// The cell that is open or comes next, in the table that is open.
    place: Option<Place>,
    /// Where the paragraph that is open begins.
    line: Option<usize>,
}

impl SlideReader<'_> {
    /// The frame of an element; `None` if it is to be left out.
    fn start(&mut self, tag: &Tag<'_>) -> Option<Frame> {
        Some(match (tag.ns, tag.name()) {
            (Ns::Presentation, "sp" | "graphicFrame") => {
                self.is_title = false;
                Frame::Other
            }
            (Ns::Presentation, "ph") => {
                let kind = tag.attribute("type").unwrap_or_default();
                self.is_title = kind == "title" || kind == "ctrTitle";
                Frame::Other
            }
            (Ns::Compatibility, "AlternateContent") => Frame::Alternatives { chosen: false },
            (Ns::Compatibility, "Choice" | "Fallback") => match self.frames.last_mut() {
                Some(Frame::Alternatives { chosen }) if !*chosen => {
                    *chosen = true;
                    Frame::Other
                }
                _ => return None,
            },
            // Numbers of slides and dates.
            (Ns::Drawing, "fld") => return None,
            (Ns::Drawing, "p") => {
                self.line = Some(self.text.lines.len());
                Frame::Paragraph
            }
            (Ns::Drawing, "t") if self.line.is_some() => Frame::Text,
            (Ns::Drawing, "br") if self.line.is_some() => {
                self.text.lines.push(LINE_BREAK);
                Frame::Other
            }
            (Ns::Drawing, "tbl") => {
                let table = self.text.tables;
                self.text.tables += 1;
                self.place = Some(Place {
                    table,
                    row: 0,
                    column: 0,
                });
                Frame::Table
            }
            (Ns::Drawing, "tr") => Frame::Row,
            (Ns::Drawing, "tc") => Frame::Cell,
            _ => Frame::Other,
        })
    }

    fn characters(&mut self, text: &str) {
        if matches!(self.frames.last(), Some(Frame::Text)) {
            let is_space = |c: char| matches!(c, '\n' | '\r');
            self.text
                .lines
                .extend(text.chars().map(|c| if is_space(c) { ' ' } else { c }));
        }
    }

    fn end(&mut self) {
        match (self.frames.pop(), &mut self.place) {
            (Some(Frame::Paragraph), _) => {
                let Some(start) = self.line.take() else { return };
                let heading = self.is_title.then_some(1);
                self.text.paragraphs.push(Paragraph {
                    line: Span::new(start, self.text.lines.len()),
                    role: Role {
                        heading,
                        ..Role::default()
                    },
                    place: self.place,
                    story: Story::Body,
                    anchor: None,
                });
                self.text.lines.push('\n');
            }
            (Some(Frame::Table), place) => *place = None,
            (Some(Frame::Row), Some(place)) => (place.row, place.column) = (place.row + 1, 0),
            (Some(Frame::Cell), Some(place)) => place.column += 1,
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;
    use std::path::Path;
    use std::sync::Arc;

    use super::super::word::tests::archive;
    use super::*;
    use crate::document::{BlockKind, Document};
    use crate::formats;

    const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const NAMESPACES: &str = "xmlns:p=\"http://schemas.openxmlformats.org/presentationml/2006/main\" \
        xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
        xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";

    fn relationship(id: &str, kind: &str, target: &str) -> String {
        format!("<Relationship Id=\"{id}\" Type=\"{OFFICE}/{kind}\" Target=\"{target}\"/>")
    }

    fn list(inside: &str) -> String {
        format!(
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{inside}</Relationships>"
        )
    }

    fn read(parts: &[(&str, String)]) -> Result<Vec<Document>, InputError> {
        let parts: Vec<(&str, &str)> = parts.iter().map(|(name, text)| (*name, &**text)).collect();
        let format = formats::of(Path::new("a.pptx")).unwrap();
        let documents = format.read(File {
            name: Arc::from("a.pptx"),
            bytes: Box::new(Cursor::new(archive(&parts))),
            encoding: None,
            explicit: true,
        });
        documents.collect()
    }

    /// A presentation of two slides, the second of which was added first.
    fn presentation(first: &str, second: &str) -> Vec<(&'static str, String)> {
        let slides = "<p:sldIdLst><p:sldId id=\"256\" r:id=\"b\"/><p:sldId id=\"257\" r:id=\"a\"/></p:sldIdLst>";
        let slide = |inside: &str| format!("<p:sld {NAMESPACES}><p:cSld>{inside}</p:cSld></p:sld>");
        vec![
            (
                "_rels/.rels",
                list(&relationship("r", "officeDocument", "ppt/presentation.xml")),
            ),
            (
                "ppt/presentation.xml",
                format!("<p:presentation {NAMESPACES}>{slides}</p:presentation>"),
            ),
            (
                "ppt/_rels/presentation.xml.rels",
                list(
                    &[
                        relationship("a", "slide", "slides/1.xml"),
                        relationship("b", "slide", "slides/2.xml"),
                    ]
                    .concat(),
                ),
            ),
            ("ppt/slides/1.xml", slide(second)),
            ("ppt/slides/2.xml", slide(first)),
            (
                "ppt/slides/_rels/2.xml.rels",
                list(&relationship("n", "notesSlide", "../notes.xml")),
            ),
            ("ppt/notes.xml", slide(&shape("", &["备注。", "A note."]))),
        ]
    }

    fn paragraph(text: &str) -> String {
        format!("<a:p><a:r><a:t>{text}</a:t></a:r></a:p>")
    }

    fn shape(placeholder: &str, paragraphs: &[&str]) -> String {
        let text: String = paragraphs.iter().map(|p| paragraph(p)).collect();
        format!("<p:sp><p:nvSpPr><p:nvPr>{placeholder}</p:nvPr></p:nvSpPr><p:txBody>{text}</p:txBody></p:sp>")
    }

    #[test]
    fn slides_are_read_in_their_order_with_their_notes() {
        let number = "<p:sp><p:txBody><a:p><a:fld type=\"slidenum\"><a:t>7</a:t></a:fld></a:p></p:txBody></p:sp>";
        let title = shape("<p:ph type=\"ctrTitle\"/>", &["会议", "The Meeting"]);
        let parts = presentation(
            &format!("{title}{number}"),
            &shape("", &["春天来了。", "Spring has come."]),
        );
        let documents = read(&parts).unwrap();
        let text = documents[0].sources[0].text();
        assert_eq!(
            text,
            "会议\nThe Meeting\n\n备注。\nA note.\n春天来了。\nSpring has come.\n"
        );
        assert_eq!(documents[0].zh[0].kind, BlockKind::Heading(1));
        assert_eq!((documents[0].zh.len(), documents[0].en.len()), (3, 3));
    }

    #[test]
    fn tables_and_line_breaks_divide_the_languages() {
        let cell = |text: &str| format!("<a:tc><a:txBody>{}</a:txBody></a:tc>", paragraph(text));
        let row = |zh: &str, en: &str| format!("<a:tr>{}{}</a:tr>", cell(zh), cell(en));
        let rows = [
            row("中文", "English"),
            row("我们开会。", "We meet."),
            row("冰化了。", "The ice has melted."),
        ]
        .concat();
        let table = format!("<p:graphicFrame><a:tbl>{rows}</a:tbl></p:graphicFrame>");
        let broken = "<p:sp><p:txBody><a:p><a:r><a:t>春天来了。</a:t></a:r><a:br/><a:r><a:t>Spring has come.</a:t></a:r></a:p></p:txBody></p:sp>";
        let documents = read(&presentation(&table, broken)).unwrap();
        assert_eq!(documents[0].records.len(), 2);
        let last = documents[1].zh.last().map(|b| b.text.as_str());
        assert_eq!(last, Some("春天来了。"));
    }

    #[test]
    fn another_package_is_no_presentation() {
        let parts = [
            ("_rels/.rels", list(&relationship("r", "officeDocument", "a.xml"))),
            ("a.xml", "<a/>".to_owned()),
        ];
        let fault = read(&parts).unwrap_err().to_string();
        assert!(fault.contains("a presentation is not inside"), "{fault}");
    }
}
