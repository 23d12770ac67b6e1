//! Writing notes into PO, as the comments that are extracted from a program.

use super::{Entry, entries};
use crate::formats::text_notes::insert;
use crate::formats::{AUTHOR, AnnotateError, Edit, Note};
use crate::text::{Dialect, Span};

/// Writes notes as extracted comments, `#. bilint: …`.
pub(super) fn annotate(bytes: &[u8], dialect: &Dialect, notes: &[Note]) -> Result<Vec<u8>, AnnotateError> {
    insert(bytes, dialect, notes, |source, notes| {
        Ok(note_edits(source.text(), notes))
    })
}

/// The comments that notes become, above the references and flags of their entries.
fn note_edits(text: &str, notes: &[(usize, &Note)]) -> Vec<Edit> {
    let line_end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let mut edits = Vec::new();
    for span in entries(text).entries.iter().filter_map(Entry::span) {
        let first = notes.partition_point(|&(at, _)| at < span.start);
        let mut comments = String::new();
        let before = &text[comments_start(text, span.start)..span.start];
        for (_, note) in notes[first..].iter().take_while(|&&(at, _)| at <= span.end) {
            let note = format!("{AUTHOR}: {}: {}", note.kind(), note.paragraphs.join("\n"));
            let mut comment = String::new();
            for line in note.lines() {
                let line = line.replace(char::is_control, " ");
                comment.extend(["#. ", line.trim_end(), line_end]);
            }
            // A copy that is annotated again has it already.
            if !before.contains(&comment) {
                comments.push_str(&comment);
            }
        }
        if !comments.is_empty() {
            let at = comments_end(text, span.start);
            edits.push(Edit {
                span: Span::new(at, at),
                text: comments,
                fixes: 0,
            });
        }
    }
    edits
}

/// Where the comments of an entry begin whose first string begins at `at`.
fn comments_start(text: &str, at: usize) -> usize {
    let mut start = text[..at].rfind('\n').map_or(0, |i| i + 1);
    for line in text[..start].split_inclusive('\n').rev() {
        if !line.trim_start().starts_with('#') {
            break;
        }
        start -= line.len();
    }
    start
}

/// Where the comments of an entry end whose first string begins at `at`: before its references, flags and previous strings.
fn comments_end(text: &str, at: usize) -> usize {
    let line_start = |at: usize| text[..at].rfind('\n').map_or(0, |i| i + 1);
    let mut line = line_start(at);
    let mut end = line;
    while line > 0 {
        let above = line_start(line - 1);
        let comment = text[above..line].trim_start();
        if !comment.starts_with('#') {
            break;
        }
        if ["#:", "#,", "#|"].iter().any(|kind| comment.starts_with(kind)) {
            end = above;
        }
        line = above;
    }
    end
}
