//! Writing notes into XLIFF: after the texts of a unit in 1.2, and before its segments in 2.x, as the schemas have it.

use super::parser::{NotePlace, Parser};
use crate::finding::Severity;
use crate::formats::text_notes::insert;
use crate::formats::xml::escaped_allowed;
use crate::formats::{AUTHOR, AnnotateError, Edit, InputError, Note};
use crate::text::{Dialect, Source, Span};

/// Writes notes into a file.
///
/// # Errors
/// The file is no XLIFF, or its encoding lacks a character of a note.
pub fn annotate(bytes: &[u8], dialect: &Dialect, notes: &[Note]) -> Result<Vec<u8>, AnnotateError> {
    insert(bytes, dialect, notes, edits)
}

/// The insertions: all notes on a unit in one.
fn edits(source: &Source, notes: &[(usize, &Note)]) -> Result<Vec<Edit>, InputError> {
    let text = source.text();
    let mut parser = Parser::new(text);
    parser.read().map_err(|fault| fault.of_file(source))?;
    let mut edits = Vec::new();
    for place in &parser.places {
        let here = notes.iter().filter(|(at, _)| place.unit.range().contains(at));
        let written: Vec<String> = here
            .map(|&(at, note)| write(place, note, parser.is_translation(Span::new(at, at))))
            // A copy that is annotated again has some of them already. Other programs order the attributes differently.
            .filter(|note| {
                !note
                    .split_once('>')
                    .is_some_and(|(_, said)| place.unit.of(text).contains(&format!(">{said}")))
            })
            .collect();
        if written.is_empty() {
            continue;
        }
        // As far from the margin as what comes before or after.
        let line = text[..place.at].rfind('\n').map_or(0, |i| i + 1);
        let indent = &text[line..place.at];
        let indent = &indent[..indent.len() - indent.trim_start().len()];
        let line_end = if text.contains("\r\n") { "\r\n" } else { "\n" };
        let between = format!("{line_end}{indent}");
        let all = written.join(&between);
        let text = if place.is_first {
            let prefix = prefix(place);
            format!("<{prefix}notes>{all}</{prefix}notes>{between}")
        } else {
            format!("{between}{all}")
        };
        edits.push(Edit {
            span: Span::new(place.at, place.at),
            text,
            fixes: 0,
        });
    }
    Ok(edits)
}

/// The prefix of the names of a unit, with its colon.
fn prefix(place: &NotePlace) -> &str {
    place.name.rfind(':').map_or("", |colon| &place.name[..=colon])
}

/// A note as an element.
fn write(place: &NotePlace, note: &Note, on_target: bool) -> String {
    let text = escaped_allowed(&format!("{}: {}", note.kind(), note.paragraphs.join("\n")));
    let prefix = prefix(place);
    let side = if on_target { "target" } else { "source" };
    // The highest priority is 1 in both versions.
    let priority = match note.severity {
        Severity::Error => 1,
        Severity::Warning => 2,
        Severity::Note => 3,
    };
    let attributes = if place.name.ends_with("trans-unit") {
        format!("from=\"{AUTHOR}\" annotates=\"{side}\" priority=\"{priority}\"")
    } else {
        format!("category=\"{AUTHOR}\" appliesTo=\"{side}\" priority=\"{priority}\"")
    };
    format!("<{prefix}note {attributes}>{text}</{prefix}note>")
}
