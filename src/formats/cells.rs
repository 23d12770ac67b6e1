//! The cells of CSV and TSV (RFC 4180, and what spreadsheets make of it): reading rows, and writing into cells.

use std::borrow::Cow;

use memchr::{memchr, memchr2};

use super::{Edit, marks};
use crate::document::{Origin, Piece};
use crate::text::script::ScriptCount;
use crate::text::{Dialect, Side, Span};

/// A field and its place in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Field {
    /// The content, without the quotes.
    pub content: Span,
    /// Whether there are quotes around it.
    pub quoted: bool,
    /// Whether there are doubled quotes in it.
    pub doubled: bool,
}

/// How the fields of a row are divided.
#[derive(Debug, Clone, Copy)]
pub struct Quoting {
    /// The byte between fields.
    pub separator: u8,
    /// Whether a quote that nothing closes is text, as is known of TSV once the file has been read to its end.
    pub stray_quotes: bool,
}

impl Quoting {
    /// The quoting of a table of which the `last` part, or an earlier one, is read.
    pub const fn new(separator: u8, last: bool) -> Self {
        Self {
            separator,
            stray_quotes: last && separator == b'\t',
        }
    }
}

/// How a row ended.
pub enum Row {
    /// It was read; the next one starts here.
    Next(usize),
    /// A quote that opened at this byte is not closed in the text at hand.
    Open(usize),
}

/// Reads the row at `start`. A quote is one only where a field begins with it and a separator or line end follows the
/// closing one. In TSV, where stray quotes are common, the quotes of any other field are part of its text.
pub fn row(text: &str, start: usize, quoting: Quoting, fields: &mut Vec<Field>) -> Row {
    let separator = quoting.separator;
    let bytes = text.as_bytes();
    fields.clear();
    let mut at = start;
    loop {
        let mut quoted = None;
        if bytes.get(at) == Some(&b'"') {
            match quoted_field(bytes, at, separator) {
                Ok(field) => quoted = Some(field),
                Err(stop) if stop == bytes.len() && !quoting.stray_quotes => return Row::Open(at),
                Err(_) => {}
            }
        }
        let (field, end) = quoted.map_or_else(
            || bare_field(bytes, at, separator),
            |field| (field, field.content.end + 1),
        );
        fields.push(field);
        let end = end + usize::from(bytes.get(end) == Some(&b'\r') && bytes.get(end + 1) == Some(&b'\n'));
        match bytes.get(end) {
            Some(&b) if b == separator => at = end + 1,
            _ => {
                let newline = memchr(b'\n', &bytes[end..]);
                return Row::Next(newline.map_or(bytes.len(), |i| end + i + 1));
            }
        }
    }
}

/// The field without quotes that begins at `at`, and the byte that ends it.
fn bare_field(bytes: &[u8], at: usize, separator: u8) -> (Field, usize) {
    let end = memchr2(separator, b'\n', &bytes[at..]).map_or(bytes.len(), |i| at + i);
    let carriage = end > at && bytes[end - 1] == b'\r' && bytes.get(end) != Some(&separator);
    let field = Field {
        content: Span::new(at, end - usize::from(carriage)),
        quoted: false,
        doubled: false,
    };
    (field, end)
}

/// The quoted field that opens at `at`, or where the search for its end stopped.
fn quoted_field(bytes: &[u8], at: usize, separator: u8) -> Result<Field, usize> {
    let mut doubled = false;
    let mut i = at + 1;
    loop {
        let Some(found) = memchr(b'"', &bytes[i..]) else {
            return Err(bytes.len());
        };
        i += found;
        match bytes.get(i + 1) {
            Some(b'"') => {
                doubled = true;
                i += 2;
            }
            None | Some(b'\r' | b'\n') => break,
            Some(&b) if b == separator => break,
            Some(_) => return Err(i),
        }
    }
    Ok(Field {
        content: Span::new(at + 1, i),
        quoted: true,
        doubled,
    })
}

/// The text of a field.
pub fn content(text: &str, field: Field) -> Cow<'_, str> {
    let raw = field.content.of(text);
    if field.doubled {
        raw.replace("\"\"", "\"").into()
    } else {
        raw.into()
    }
}

/// The byte at which the header of a table starts, behind blank lines, comments and the `sep=;` that Excel writes.
pub fn header_start(text: &str) -> usize {
    let mut start = text.len() - text.trim_start_matches(['\r', '\n']).len();
    let next_line = |at: usize| text[at..].find('\n').map_or(text.len(), |i| at + i + 1);
    if text[start..].starts_with("sep=") {
        start = next_line(start);
    }
    while marks::is_directive(&text[start..]) {
        start = next_line(start);
    }
    start
}

/// Rows that say what is in the columns of a table.
const FIRST_ROWS: usize = 200;

/// The cells of two columns in the first rows from byte `start`, as the file writes them.
pub fn first_rows(text: &str, start: usize, quoting: Quoting, columns: [usize; 2]) -> impl Iterator<Item = [&str; 2]> {
    let (mut fields, mut at) = (Vec::new(), start);
    let rows = std::iter::from_fn(move || {
        if at >= text.len() {
            return None;
        }
        let Row::Next(next) = row(text, at, quoting, &mut fields) else {
            return None;
        };
        at = next;
        Some(columns.map(|column| fields.get(column).map_or("", |f| f.content.of(text))))
    });
    rows.take(FIRST_ROWS)
}

/// Whether the first of two columns, named source and target, is English: by the letters in the first rows from byte
/// `start`.
pub fn is_english_first(text: &str, start: usize, quoting: Quoting, columns: [usize; 2]) -> bool {
    is_english_in_first(first_rows(text, start, quoting, columns))
}

/// As [`is_english_first`], for the cells of the first rows.
pub fn is_english_in_first<'a>(rows: impl Iterator<Item = [&'a str; 2]>) -> bool {
    let mut counts = [ScriptCount::default(); 2];
    for cells in rows.take(FIRST_ROWS) {
        for (count, cell) in counts.iter_mut().zip(cells) {
            *count += ScriptCount::of(cell);
        }
    }
    counts[0].side() == Some(Side::En) && counts[1].side() != Some(Side::En)
}

/// The text of a field and where it came from.
pub fn resolve(text: &str, field: Field) -> (String, Origin) {
    let Field {
        content,
        quoted,
        doubled,
    } = field;
    let raw = content.of(text);
    let mut origin = Origin::verbatim(0, content.start, content.len());
    if quoted {
        origin.span = Span::new(content.start - 1, content.end + 1);
    }
    if !doubled {
        return (raw.to_owned(), origin);
    }
    // Each doubled quote ends a verbatim piece with its first half and skips the second.
    let mut out = String::with_capacity(raw.len());
    let mut pieces = Vec::new();
    let mut from = 0;
    let mut push = |out: &mut String, from: usize, to: usize, source_len: usize| {
        if from < to {
            pieces.push(Piece {
                text: out.len(),
                source: content.start + from,
                len: to - from,
                source_len,
            });
            out.push_str(&raw[from..to]);
        }
    };
    while let Some(found) = raw[from..].find("\"\"") {
        let quote = from + found;
        push(&mut out, from, quote, quote - from);
        push(&mut out, quote, quote + 1, 2);
        from = quote + 2;
    }
    push(&mut out, from, raw.len(), raw.len() - from);
    origin.pieces = pieces.into();
    (out, origin)
}

/// Writes replacements into cells. Quotation marks in a quoted cell are doubled. A cell without quotation marks that comes
/// to hold a separator gets some.
pub fn escape(text: &str, dialect: &Dialect, edits: Vec<Edit>) -> Vec<Edit> {
    let Some(separator) = dialect.separator() else {
        return Vec::new();
    };
    let quoting = Quoting::new(separator, true);
    let mut edits = edits.into_iter().peekable();
    let (mut out, mut fields, mut at) = (Vec::new(), Vec::new(), 0);
    while at < text.len() && edits.peek().is_some() {
        let next_line = || text[at..].find('\n').map_or(text.len(), |i| at + i + 1);
        // The reader left out comments, and lines with a quotation mark that nothing closes.
        at = match row(text, at, quoting, &mut fields) {
            Row::Next(next) if !marks::is_directive(&text[at..]) => next,
            _ => {
                fields.clear();
                next_line()
            }
        };
        for field in &fields {
            let mut inside = Vec::new();
            while let Some(edit) = edits.next_if(|e| e.span.end <= field.content.end) {
                if field.content.contains(edit.span) {
                    inside.push(edit);
                }
            }
            write_cell(text, *field, separator, inside, &mut out);
        }
    }
    out
}

/// Adds the edits of one cell as they are to be written.
fn write_cell(text: &str, field: Field, separator: u8, edits: Vec<Edit>, out: &mut Vec<Edit>) {
    let double = |text: &str| text.replace('"', "\"\"");
    if field.quoted {
        out.extend(edits.into_iter().map(|e| Edit {
            text: double(&e.text),
            ..e
        }));
        return;
    }
    let (mut cell, mut from, mut fixes) = (String::new(), field.content.start, 0);
    for edit in &edits {
        cell.push_str(&text[from..edit.span.start]);
        cell.push_str(&edit.text);
        (from, fixes) = (edit.span.end, fixes + edit.fixes);
    }
    cell.push_str(&text[from..field.content.end]);
    if edits.is_empty() || !cell.starts_with('"') && !cell.contains([char::from(separator), '\n', '\r']) {
        out.extend(edits);
    } else {
        out.push(Edit {
            span: field.content,
            text: format!("\"{}\"", double(&cell)),
            fixes,
        });
    }
}
