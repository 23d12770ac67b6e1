//! Writes comments (“notes” in Excel) into a copy of a workbook.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::shown;
use crate::formats::ooxml::{Relationship, Token, Tokens, for_each_tag, relationships};
use crate::formats::package::{Package, Part};
use crate::formats::package_changes::Changes;
use crate::formats::package_fault::PackageFault;
use crate::formats::workbook::{Values, read_xlsx};
use crate::formats::{AUTHOR, AnnotateError, Edit, Note, splice, xml};
use crate::text::{Dialect, Source, Span};

const COMMENTS_TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml";
const DRAWING_TYPE: &str = "application/vnd.openxmlformats-officedocument.vmlDrawing";
const VML: &str = "xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\" \
    xmlns:x=\"urn:schemas-microsoft-com:office:excel\"";
/// The kind of shape that Excel shows a comment in.
const BOX: &str = "<v:shapetype id=\"_x0000_t202\" coordsize=\"21600,21600\" o:spt=\"202\" \
    path=\"m,l,21600r21600,l21600,xe\"><v:stroke joinstyle=\"miter\"/><v:path gradientshapeok=\"t\" \
    o:connecttype=\"rect\"/></v:shapetype>";
/// What follows the reference to the drawing of the comments in a sheet (ECMA-376, part 1, 18.3.1.99).
const AFTER_DRAWING: [&str; 8] = [
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
];

/// Row and column of a cell, from 0.
type Cell = (usize, usize);

/// A copy of the workbook in `bytes` with a comment on each cell that notes are about.
pub(super) fn annotate(bytes: &[u8], _: &Dialect, notes: &[Note]) -> Result<Vec<u8>, AnnotateError> {
    if notes.is_empty() {
        return Ok(bytes.to_vec());
    }
    let mut package = Package::open(bytes)?;
    let sheets = read_xlsx(bytes, Values::AsShown).map_err(PackageFault::from)?;
    let (text, shown) = shown(&sheets);
    let source = Source::new("", text);
    let mut by_sheet: BTreeMap<&str, BTreeMap<Cell, Vec<&Note>>> = BTreeMap::new();
    for note in notes {
        let at = source.offset(note.range.0).ok_or(AnnotateError::NoPlace)?;
        let line = note.range.0.line - 1;
        let sheet = shown.iter().rev().find(|sheet| sheet.lines_before <= line);
        let sheet = sheet.ok_or(AnnotateError::NoPlace)?;
        let start = source.text()[..at].rfind('\n').map_or(0, |end| end + 1);
        let cell = (
            line - sheet.lines_before,
            source.text()[start..at].matches('\t').count(),
        );
        let cells = by_sheet.entry(&sheet.sheet.name).or_default();
        cells.entry(cell).or_default().push(note);
    }
    let workbook = Workbook::read(&mut package)?;
    let mut changes = Changes::new(&mut package);
    for (sheet, cells) in by_sheet {
        let part = workbook.sheets.get(sheet).ok_or(AnnotateError::NoPlace)?;
        workbook.annotate(&mut changes, part, &cells)?;
    }
    let parts = changes.into_parts();
    Ok(package.rewrite(parts)?)
}

/// Where the parts of a workbook are.
struct Workbook {
    /// The relationship that leads to it.
    main: Relationship,
    /// The part of each sheet and its relationships, by the name of the sheet.
    sheets: BTreeMap<String, (String, Vec<Relationship>)>,
}

impl Workbook {
    fn read(package: &mut Package<'_>) -> Result<Self, PackageFault> {
        let no_workbook = || PackageFault::WrongKind("a workbook");
        let main = relationships(package, "")?;
        let main = main
            .into_iter()
            .find(|r| r.is_for("officeDocument"))
            .ok_or_else(no_workbook)?;
        let part = package.part(&main.target)?.ok_or_else(no_workbook)?;
        let parts = relationships(package, &main.target)?;
        let mut names = Vec::new();
        for_each_tag(&part, |tag| {
            if tag.name() == "sheet" {
                names.extend(tag.attribute("name").zip(tag.relationship()));
            }
        })?;
        let mut sheets = BTreeMap::new();
        for (name, id) in names {
            if let Some(part) = parts.iter().find(|part| part.id == id) {
                sheets.insert(name, (part.target.clone(), relationships(package, &part.target)?));
            }
        }
        Ok(Self { main, sheets })
    }

    /// Adds comments to cells of a sheet.
    fn annotate(
        &self,
        changes: &mut Changes<'_, '_>,
        (sheet, others): &(String, Vec<Relationship>),
        cells: &BTreeMap<Cell, Vec<&Note>>,
    ) -> Result<(), PackageFault> {
        let folder = sheet.rsplit_once('/').map_or("", |(folder, _)| folder);
        let numbered = |name: &'static str, end: &'static str| (1..).map(move |n| format!("{name}{n}.{end}"));
        let other = |purpose: &str| others.iter().find(|part| part.is_for(purpose)).map(|part| &part.target);
        let kind = |purpose: &str| format!("{}{purpose}", self.main.base());
        let namespace = self.main.sheet_namespace();
        let comments = if let Some(name) = other("comments") {
            name.clone()
        } else {
            let empty = format!("<comments xmlns=\"{namespace}\"><authors/><commentList/></comments>");
            let name = changes.add(folder, numbered("comments", "xml"), empty)?;
            changes.declare(&name, COMMENTS_TYPE)?;
            changes.relate(sheet, &kind("comments"), &name)?;
            name
        };
        let new = match changes.part(&comments)? {
            Some(part) => add_comments(part, namespace, cells)?,
            None => return Err(PackageFault::Damaged(format!("no {comments}"))),
        };
        let shapes: String = new.iter().map(|cell| shape(*cell)).collect();
        if let Some(name) = other("vmlDrawing") {
            // Excel writes drawings that are not well-formed, so they are not read.
            if let Some(part) = changes.part(name)?
                && let Some(end) = part.text.rfind("</xml>")
            {
                let kind = if part.text.contains("_x0000_t202") { "" } else { BOX };
                part.text.insert_str(end, &format!("{kind}{shapes}"));
            }
            return Ok(());
        }
        let drawing = format!("<xml {VML}>{BOX}{shapes}</xml>");
        let name = changes.add(folder, numbered("vmlDrawing", "vml"), drawing)?;
        changes.declare(&name, DRAWING_TYPE)?;
        let id = changes.relate(sheet, &kind("vmlDrawing"), &name)?;
        let namespaces = format!(
            "xmlns=\"{namespace}\" xmlns:r=\"{}\"",
            self.main.base().trim_end_matches('/')
        );
        if let Some(part) = changes.part(sheet)? {
            let end = end_of_drawings(part)?;
            part.text
                .insert_str(end, &format!("<legacyDrawing {namespaces} r:id=\"{id}\"/>"));
        }
        Ok(())
    }
}

/// Where in a sheet the reference to the drawing of the comments belongs.
fn end_of_drawings(sheet: &Part) -> Result<usize, PackageFault> {
    let mut tokens = Tokens::new(sheet);
    let mut depth = 0;
    loop {
        match tokens.next()? {
            (Token::Start(tag), bytes) => {
                if depth == 1 && AFTER_DRAWING.contains(&tag.name()) {
                    return Ok(bytes.start);
                }
                depth += 1;
            }
            (Token::End, bytes) => {
                depth -= 1;
                if depth == 0 {
                    return Ok(bytes.start);
                }
            }
            (Token::Eof, _) => return Err(PackageFault::Damaged(format!("{} is empty", sheet.name))),
            _ => {}
        }
    }
}

/// Adds comments to the part that lists them, and returns the cells that had none.
fn add_comments(
    part: &mut Part,
    namespace: &str,
    cells: &BTreeMap<Cell, Vec<&Note>>,
) -> Result<Vec<Cell>, PackageFault> {
    let mut tokens = Tokens::new(part);
    let mut open: Vec<String> = Vec::new();
    let (mut authors, mut end_of_authors, mut end_of_list) = (0, None, None);
    // Where the text of the comment on a cell ends, by the name of the cell.
    let mut ends: BTreeMap<String, usize> = BTreeMap::new();
    // What the comment on a cell says.
    let mut texts: BTreeMap<String, String> = BTreeMap::new();
    let mut cell = String::new();
    loop {
        match tokens.next()? {
            (Token::Start(tag), bytes) => {
                authors += usize::from(tag.name() == "author");
                if tag.name() == "comment" {
                    cell = tag.attribute("ref").unwrap_or_default();
                }
                let is_closed = part.text[bytes].ends_with("/>");
                open.push(if is_closed {
                    format!("{}/", tag.name())
                } else {
                    tag.name().to_owned()
                });
            }
            (Token::End, bytes) => match open.pop().as_deref() {
                Some("authors") => end_of_authors = Some((bytes.start, false)),
                Some("authors/") => end_of_authors = Some((bytes.start, true)),
                Some("commentList") => end_of_list = Some((bytes.start, false)),
                Some("commentList/") => end_of_list = Some((bytes.start, true)),
                Some("text") => drop(ends.insert(std::mem::take(&mut cell), bytes.start)),
                _ => {}
            },
            (Token::Text(text), _) => texts.entry(cell.clone()).or_default().push_str(text),
            (Token::Escaped(text), _) => texts.entry(cell.clone()).or_default().push_str(&text),
            (Token::Eof, _) => break,
        }
    }
    let incomplete = || PackageFault::Damaged(format!("{} lists no comments", part.name));
    let mut edits = vec![insertion(
        &part.text,
        end_of_authors.ok_or_else(incomplete)?,
        format!("<author xmlns=\"{namespace}\">{AUTHOR}</author>"),
    )];
    let (mut list, mut new) = (String::new(), Vec::new());
    for (&at, notes) in cells {
        let name = cell_name(at);
        let before = texts.get(&name).map_or("", String::as_str);
        let notes: Vec<&Note> = notes.iter().copied().filter(|note| !note.is_in(before)).collect();
        if notes.is_empty() {
            continue;
        }
        let runs = runs(namespace, &notes);
        if let Some(&end) = ends.get(&name) {
            // What people wrote stays before it.
            let line_end = format!("<r xmlns=\"{namespace}\"><t xml:space=\"preserve\">\n</t></r>");
            edits.push(insertion(&part.text, (end, false), line_end + &runs));
        } else {
            new.push(at);
            let _ = write!(
                list,
                "<comment xmlns=\"{namespace}\" ref=\"{name}\" authorId=\"{authors}\"><text>{runs}</text></comment>"
            );
        }
    }
    if edits.len() == 1 && list.is_empty() {
        return Ok(new);
    }
    edits.push(insertion(&part.text, end_of_list.ok_or_else(incomplete)?, list));
    edits.sort();
    part.text = splice(&part.text, &edits);
    Ok(new)
}

/// Inserts elements at the end of an element, which may be written without an end tag, as `<a/>`.
fn insertion(text: &str, (at, is_closed): (usize, bool), elements: String) -> Edit {
    if !is_closed {
        return Edit {
            span: Span::new(at, at),
            text: elements,
            fixes: 0,
        };
    }
    let tag = text[..at].rfind('<').unwrap_or(at);
    let name = text[tag + 1..at]
        .split(['/', ' ', '\t', '\n', '\r'])
        .next()
        .unwrap_or_default();
    Edit {
        span: Span::new(at - "/>".len(), at),
        text: format!(">{elements}</{name}>"),
        fixes: 0,
    }
}

/// The text of a comment on a cell.
fn runs(namespace: &str, notes: &[&Note]) -> String {
    let mut runs = String::new();
    for note in notes {
        let text = note.paragraphs.join("\n");
        let _ = write!(
            runs,
            "<r xmlns=\"{namespace}\"><rPr><b/></rPr><t xml:space=\"preserve\">{} </t></r>\
             <r xmlns=\"{namespace}\"><t xml:space=\"preserve\">{}\n</t></r>",
            note.kind(),
            xml::escaped_allowed(&text)
        );
    }
    runs
}

/// The name of a cell, as in `B12`.
fn cell_name((row, column): Cell) -> String {
    let mut letters = Vec::new();
    let mut left = column + 1;
    while left > 0 {
        letters.push(char::from(b'A' + ((left - 1) % 26) as u8));
        left = (left - 1) / 26;
    }
    format!("{}{}", letters.into_iter().rev().collect::<String>(), row + 1)
}

/// The box in which Excel shows the comment on a cell.
fn shape((row, column): Cell) -> String {
    format!(
        "<v:shape {VML} id=\"bilint{row}-{column}\" type=\"#_x0000_t202\" style=\"position:absolute;visibility:hidden\" \
         fillcolor=\"#ffffe1\" o:insetmode=\"auto\"><v:fill color2=\"#ffffe1\"/><v:path o:connecttype=\"none\"/>\
         <v:textbox/><x:ClientData ObjectType=\"Note\"><x:MoveWithCells/><x:SizeWithCells/>\
         <x:Anchor>{}, 15, {row}, 2, {}, 15, {}, 2</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row>\
         <x:Column>{column}</x:Column></x:ClientData></v:shape>",
        column + 1,
        column + 5,
        row + 8
    )
}
