//! Reads the text of a part of a document: as it is after all tracked changes are accepted, results of fields rather than
//! their instructions, and nothing that is hidden.

use std::ops::Range;

use super::open::{Container, Field, Open, Table};
use super::styles::{Styles, heading};
use super::text::{Atom, Element, Paragraph, Place, Run, Story, Text};
use crate::formats::content::LINE_BREAK;
use crate::formats::ooxml::{Ns, Tag, Token, Tokens};
use crate::formats::package::Part;
use crate::formats::package_fault::PackageFault;
use crate::text::Span;

/// Reads a part and adds its paragraphs to the text.
pub(super) fn read(part: &Part, story: Story, styles: &Styles, into: &mut Text) -> Result<(), PackageFault> {
    let mut reader = Reader {
        story,
        styles,
        into,
        frames: Vec::new(),
        containers: Vec::new(),
        paragraphs: Vec::new(),
        tables: Vec::new(),
        fields: Vec::new(),
        runs: Vec::new(),
        elements: Vec::new(),
        note: None,
    };
    let mut tokens = Tokens::new(part);
    loop {
        let (token, bytes) = tokens.next()?;
        match token {
            Token::Start(tag) => match reader.start(&tag, bytes) {
                Some(frame) => reader.frames.push(frame),
                None => tokens.skip()?,
            },
            Token::End => reader.end(bytes),
            Token::Text(text) => reader.characters(text, bytes, true),
            Token::Escaped(text) => reader.characters(&text, bytes, false),
            Token::Eof => break,
        }
    }
    if story == Story::Body {
        let (runs, elements) = (reader.runs, reader.elements);
        (into.runs, into.elements) = (runs, elements);
    }
    Ok(())
}

/// An element that is open.
enum Frame {
    /// One that means nothing here; what it holds is read.
    Other,
    Container,
    Paragraph,
    ParagraphProperties,
    MarkProperties,
    Numbering,
    Run {
        index: usize,
        hidden: bool,
    },
    RunProperties {
        start: usize,
    },
    /// Text, of a formula or not.
    Text {
        element: usize,
        formula: bool,
    },
    /// A character that is an element.
    Character,
    Instruction,
    Formula {
        index: usize,
    },
    Table,
    Row,
    RowProperties,
    Cell,
    CellProperties,
    Control {
        placeholder: bool,
    },
    ControlProperties,
    Alternatives {
        chosen: bool,
    },
}

struct Reader<'a> {
    story: Story,
    styles: &'a Styles,
    into: &'a mut Text,
    frames: Vec<Frame>,
    containers: Vec<Container>,
    paragraphs: Vec<Open>,
    tables: Vec<Table>,
    fields: Vec<Field>,
    runs: Vec<Run>,
    elements: Vec<Element>,
    /// The id of the note that is open.
    note: Option<String>,
}

impl Reader<'_> {
    /// The frame of an element; `None` if it is to be left out.
    fn start(&mut self, tag: &Tag<'_>, bytes: Range<usize>) -> Option<Frame> {
        match (tag.ns, tag.name()) {
            (Ns::Word, name) => self.start_word(name, tag, bytes),
            (Ns::Compatibility, "AlternateContent") => Some(Frame::Alternatives { chosen: false }),
            // The first alternative is what Word of today shows; the last repeats it for older programs.
            (Ns::Compatibility, "Choice" | "Fallback") => match self.frames.last_mut() {
                Some(Frame::Alternatives { chosen }) if !*chosen => {
                    *chosen = true;
                    Some(Frame::Other)
                }
                _ => None,
            },
            (Ns::Math, "oMath" | "oMathPara") => {
                let is_outermost = !self.frames.iter().any(|f| matches!(f, Frame::Formula { .. }));
                Some(if is_outermost {
                    let index = self.open_run(bytes, false);
                    Frame::Formula { index }
                } else {
                    Frame::Other
                })
            }
            (Ns::Math, "t") => Some(self.open_text(bytes, true)),
            _ => Some(Frame::Other),
        }
    }

    fn start_word(&mut self, name: &str, tag: &Tag<'_>, bytes: Range<usize>) -> Option<Frame> {
        let value = || tag.attribute("val").unwrap_or_default();
        if matches!(self.frames.last(), Some(Frame::Run { .. })) {
            self.see_page(name, tag);
            if let Some(character) = character(name, tag) {
                self.push(character.encode_utf8(&mut [0; 4]), bytes, false, None);
                return Some(Frame::Character);
            }
        }
        let frame = match (self.frames.last_mut(), name) {
            // What the properties were before a tracked change.
            (_, name) if name.ends_with("Change") => return None,
            (_, "footnote" | "endnote") => {
                // Separators are no notes.
                if tag.attribute("type").is_some_and(|t| t != "normal") {
                    return None;
                }
                self.note = tag.attribute("id");
                self.open_container(None)
            }
            (_, "body" | "hdr" | "ftr" | "txbxContent") => {
                self.into.has_body |= name == "body";
                self.open_container(None)
            }
            (_, "p") => self.open_paragraph(),
            (Some(Frame::Paragraph), "pPr") => Frame::ParagraphProperties,
            (Some(Frame::ParagraphProperties), "rPr") => Frame::MarkProperties,
            (Some(Frame::ParagraphProperties), "numPr") => Frame::Numbering,
            (Some(Frame::ParagraphProperties | Frame::Numbering | Frame::MarkProperties), _) => {
                self.set_property(name, &value());
                Frame::Other
            }
            (Some(Frame::RowProperties), "del") => {
                if let Some(table) = self.tables.last_mut() {
                    table.is_row_deleted = true;
                }
                Frame::Other
            }
            (_, "del" | "moveFrom" | "rt") | (Some(Frame::Control { placeholder: true }), "sdtContent") => return None,
            (_, "r") => {
                let index = self.open_run(bytes, true);
                Frame::Run { index, hidden: false }
            }
            (Some(Frame::Run { .. }), "rPr") => Frame::RunProperties { start: bytes.start },
            (Some(Frame::RunProperties { .. }), "vanish") => {
                let above = self.frames.len() - 2;
                if let Some(Frame::Run { hidden, .. }) = self.frames.get_mut(above) {
                    *hidden = tag.is_on();
                }
                Frame::Other
            }
            (Some(Frame::Run { .. }), "t") => self.open_text(bytes, false),
            (Some(Frame::Run { .. }), "instrText") => Frame::Instruction,
            (Some(Frame::Run { .. }), "fldChar") => {
                self.set_field(tag.attribute("fldCharType").unwrap_or_default().as_str());
                Frame::Other
            }
            (Some(Frame::Run { index, .. }), "footnoteReference" | "endnoteReference") => {
                let story = if name == "footnoteReference" {
                    Story::Footnote
                } else {
                    Story::Endnote
                };
                let id = tag.attribute("id").unwrap_or_default();
                let run = self.runs[*index].outer;
                self.into.references.insert((story, id), run);
                Frame::Other
            }
            (_, "tbl") => self.open_table(),
            (_, "tr") => self.open_row(),
            (Some(Frame::Row), "trPr") => Frame::RowProperties,
            (_, "tc") => self.open_cell(),
            (Some(Frame::Cell), "tcPr") => Frame::CellProperties,
            (Some(Frame::CellProperties), "gridSpan") => {
                if let (Some(table), Ok(span)) = (self.tables.last_mut(), value().parse::<usize>()) {
                    table.column += span.clamp(1, 1000) - 1;
                }
                Frame::Other
            }
            (_, "sdt") => Frame::Control { placeholder: false },
            (Some(Frame::Control { .. }), "sdtPr") => Frame::ControlProperties,
            (Some(Frame::ControlProperties), "showingPlcHdr") => {
                let above = self.frames.len() - 2;
                if let Some(Frame::Control { placeholder }) = self.frames.get_mut(above) {
                    *placeholder = tag.is_on();
                }
                Frame::Other
            }
            _ => Frame::Other,
        };
        Some(frame)
    }
}

impl Reader<'_> {
    fn open_container(&mut self, place: Option<Place>) -> Frame {
        self.containers.push(Container { place, carry: None });
        Frame::Container
    }

    fn open_paragraph(&mut self) -> Frame {
        let container = self.containers.last_mut();
        let place = container.as_ref().and_then(|c| c.place);
        let mut open = container.and_then(|c| c.carry.take()).unwrap_or_default();
        open.restart(place);
        self.paragraphs.push(open);
        Frame::Paragraph
    }

    fn open_table(&mut self) -> Frame {
        self.flush();
        self.tables.push(Table {
            number: self.into.tables,
            row: 0,
            column: 0,
            is_row_deleted: false,
        });
        self.into.tables += 1;
        Frame::Table
    }

    fn open_row(&mut self) -> Frame {
        if let Some(table) = self.tables.last_mut() {
            (table.column, table.is_row_deleted) = (0, false);
        }
        Frame::Row
    }

    fn open_cell(&mut self) -> Frame {
        let place = self.tables.last().map(Table::place);
        self.open_container(place);
        Frame::Cell
    }

    /// A run, or a formula, which is not divisible.
    fn open_run(&mut self, tag: Range<usize>, is_divisible: bool) -> usize {
        let index = self.runs.len();
        let outer = self.outermost_run();
        self.runs.push(Run {
            end: tag.end,
            tag,
            properties: None,
            outer: outer.unwrap_or(index),
            is_divisible: is_divisible && outer.is_none(),
        });
        index
    }

    /// The outermost run that is open.
    fn outermost_run(&self) -> Option<usize> {
        self.frames.iter().find_map(|frame| match frame {
            Frame::Run { index, .. } | Frame::Formula { index } => Some(*index),
            _ => None,
        })
    }

    fn open_text(&mut self, tag: Range<usize>, formula: bool) -> Frame {
        let element = self.elements.len();
        self.elements.push(Element { end: tag.end, tag });
        Frame::Text { element, formula }
    }

    fn set_property(&mut self, name: &str, value: &str) {
        let in_mark = matches!(self.frames.last(), Some(Frame::MarkProperties));
        let Some(open) = self.paragraphs.last_mut() else { return };
        match name {
            "pStyle" => open.style = Some(value.to_owned()),
            "outlineLvl" => open.outline = value.parse().ok(),
            "pageBreakBefore" if !matches!(value, "0" | "false" | "off") => open.pages.forced.push(0),
            "numId" => open.numbered = Some(value != "0"),
            "del" | "moveFrom" if in_mark => open.is_mark_deleted = true,
            _ => {}
        }
    }

    /// Notes where a page begins.
    fn see_page(&mut self, name: &str, tag: &Tag<'_>) {
        let Some(open) = self.paragraphs.last_mut() else { return };
        match name {
            "lastRenderedPageBreak" => open.pages.laid_out.push(open.text.len()),
            "br" if tag.attribute("type").is_some_and(|kind| kind == "page") => open.pages.forced.push(open.text.len()),
            _ => {}
        }
    }

    fn set_field(&mut self, state: &str) {
        match state {
            "begin" => self.fields.push(Field::default()),
            "separate" => {
                if let Some(field) = self.fields.last_mut() {
                    field.has_result = true;
                }
            }
            "end" => drop(self.fields.pop()),
            _ => {}
        }
    }

    fn characters(&mut self, text: &str, bytes: Range<usize>, is_copy: bool) {
        match self.frames.last() {
            Some(&Frame::Text { element, .. }) => self.push(text, bytes, is_copy, Some(element)),
            Some(Frame::Instruction) => {
                if let Some(field) = self.fields.last_mut() {
                    field.instruction.push_str(text);
                }
            }
            _ => {}
        }
    }

    /// Adds text to the paragraph that is open, unless its readers do not see it.
    fn push(&mut self, text: &str, xml: Range<usize>, is_copy: bool, element: Option<usize>) {
        let run = self.frames.iter().rev().find_map(|frame| match frame {
            Frame::Run { index, hidden } => Some((*index, *hidden)),
            Frame::Formula { index } => Some((*index, false)),
            _ => None,
        });
        let is_instruction = self.fields.iter().any(|field| !field.has_result);
        let is_deleted = self.tables.iter().any(|table| table.is_row_deleted);
        let (Some((run, false)), false, false) = (run, is_instruction, is_deleted) else {
            return;
        };
        let is_generated = self.fields.iter().any(Field::is_generated);
        let is_formula = matches!(self.frames.last(), Some(Frame::Text { formula: true, .. }));
        let Some(open) = self.paragraphs.last_mut() else { return };
        open.is_generated |= is_generated;
        let start = open.text.len();
        // White space in XML is a space on the page.
        let is_space = |c: char| matches!(c, '\n' | '\r' | '\t') && element.is_some();
        open.text
            .extend(text.chars().map(|c| if is_space(c) { ' ' } else { c }));
        let text = Span::new(start, open.text.len());
        if is_formula {
            open.masks.push(text);
        }
        open.atoms.push(Atom {
            text,
            xml,
            is_copy,
            run,
            element,
        });
    }

    fn end(&mut self, bytes: Range<usize>) {
        let frame = self.frames.pop();
        match frame {
            Some(Frame::Text { element, .. }) => self.elements[element].end = bytes.end,
            Some(Frame::Character) => {
                if let Some(atom) = self.paragraphs.last_mut().and_then(|p| p.atoms.last_mut())
                    && atom.element.is_none()
                {
                    atom.xml.end = bytes.end;
                }
            }
            Some(Frame::Run { index, .. } | Frame::Formula { index }) => self.runs[index].end = bytes.end,
            Some(Frame::RunProperties { start }) => {
                if let Some(Frame::Run { index, .. }) = self.frames.last() {
                    self.runs[*index].properties = Some(start..bytes.end);
                }
            }
            Some(Frame::Paragraph) => self.close_paragraph(),
            Some(Frame::Container) => self.close_container(),
            Some(Frame::Cell) => {
                self.close_container();
                if let Some(table) = self.tables.last_mut() {
                    table.column += 1;
                }
            }
            Some(Frame::Row) => {
                if let Some(table) = self.tables.last_mut() {
                    (table.row, table.is_row_deleted) = (table.row + 1, false);
                }
            }
            Some(Frame::Table) => drop(self.tables.pop()),
            _ => {}
        }
    }

    fn close_paragraph(&mut self) {
        let Some(open) = self.paragraphs.pop() else { return };
        match self.containers.last_mut() {
            Some(container) if open.is_mark_deleted => container.carry = Some(open),
            _ => self.add(open),
        }
    }

    fn close_container(&mut self) {
        self.flush();
        self.containers.pop();
    }

    /// Adds the paragraph that would have gone on in the next one, if there is none.
    fn flush(&mut self) {
        if let Some(open) = self.containers.last_mut().and_then(|c| c.carry.take()) {
            self.add(open);
        }
    }

    /// Adds a paragraph to the text; one in a text box after the paragraph that the box is in.
    fn add(&mut self, open: Open) {
        match self.paragraphs.last_mut() {
            Some(outer) => outer.boxes.push(open),
            None => self.write(open),
        }
    }

    fn write(&mut self, open: Open) {
        let into = &mut *self.into;
        let start = into.lines.len();
        let shift = |span: Span| span.shift(start);
        into.lines.push_str(&open.text);
        into.masks.extend(open.masks.into_iter().map(shift));
        if self.story == Story::Body {
            into.pages.append(&open.pages, start);
            into.atoms.extend(open.atoms.into_iter().map(|atom| Atom {
                text: shift(atom.text),
                ..atom
            }));
        }
        let mut role = self.styles.role(open.style.as_deref());
        role.heading = open.outline.map_or(role.heading, heading);
        role.numbered = open.numbered.or(role.numbered);
        role.generated |= open.is_generated;
        let note = self.note.clone();
        let anchor = note.and_then(|id| into.references.get(&(self.story, id)).copied());
        into.paragraphs.push(Paragraph {
            line: Span::new(start, into.lines.len()),
            role,
            place: open.place,
            story: self.story,
            anchor,
        });
        into.lines.push('\n');
        for inner in open.boxes {
            self.write(inner);
        }
    }
}

/// The character that an element of a run means.
fn character(name: &str, tag: &Tag<'_>) -> Option<char> {
    Some(match name {
        "tab" | "ptab" => '\t',
        "br" | "cr" => LINE_BREAK,
        "noBreakHyphen" => '-',
        "sym" => {
            let code = tag.attribute("char")?;
            u32::from_str_radix(&code, 16).ok().and_then(char::from_u32)?
        }
        _ => return None,
    })
}
