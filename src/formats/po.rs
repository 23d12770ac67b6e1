//! PO, the catalogs of GNU gettext: messages with their translations.
//!
//! The translations of fuzzy entries are a tool's guesses, so these entries are left out, as are untranslated and
//! obsolete ones.

mod notes;

use std::sync::Arc;

use encoding_rs::Encoding;

use super::mapped::Mapped;
use super::records::{Records, is_key, max_length};
use super::{Annotator, Comments, Edit, File, Format, InputError, Reader, marks, whole};
use crate::document::{Block, BlockKind, Document, Origin};
use crate::text::language_name::side_of_tag;
use crate::text::script::ScriptCount;
use crate::text::{Dialect, Direction, Side, Source, Span};

/// PO catalogs.
#[derive(Debug)]
pub struct Po;

impl Format for Po {
    fn name(&self) -> &'static str {
        "PO"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["po", "pot"]
    }

    fn matches_first_line(&self, line: &str) -> bool {
        line.starts_with("msgid \"") || line.starts_with("msgctxt \"")
    }

    fn comments(&self) -> Option<Comments> {
        Some(Comments::Hash)
    }

    fn read(&'static self, file: File) -> Reader {
        match documents(file) {
            Ok((documents, errors)) => Reader::new(documents.into_iter().map(Ok).chain(errors.into_iter().map(Err))),
            Err(e) => Reader::all(Err(e)),
        }
    }

    fn annotator(&self) -> Option<Annotator> {
        Some(notes::annotate)
    }

    /// Changes nothing but translations.
    fn escape(&self, text: &str, _dialect: &Dialect, edits: Vec<Edit>) -> Vec<Edit> {
        let entries = entries(text).entries;
        let translations: Vec<Span> = entries
            .iter()
            .flat_map(|e| &e.msgstr)
            .filter_map(Literal::span)
            .collect();
        let is_translation = |span: Span| {
            let before = translations.partition_point(|t| t.end < span.start);
            translations.get(before).is_some_and(|t| t.contains(span))
        };
        let edits = edits.into_iter().filter(|e| is_translation(e.span));
        edits
            .map(|e| Edit {
                text: quoted(&e.text),
                ..e
            })
            .collect()
    }
}

/// The text with escapes, as it is written between quotation marks.
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            '"' => out.push_str("\\\""),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c => out.push(c),
        }
    }
    out
}

/// A string, which may be written over several lines: what is between the quotation marks of each.
#[derive(Debug, Default)]
struct Literal(Vec<Span>);

impl Literal {
    /// From the first line's opening quotation mark to the last one's closing mark, both excluded.
    fn span(&self) -> Option<Span> {
        Some(Span::new(self.0.first()?.start, self.0.last()?.end))
    }

    fn is_empty(&self) -> bool {
        self.0.iter().all(|s| s.is_empty())
    }

    /// The text, and where it came from.
    fn resolve(&self, source: &str) -> (String, Origin) {
        let mut text = Mapped::default();
        for line in &self.0 {
            let mut from = line.start;
            while from < line.end {
                let stop = source[from..line.end].find('\\').map_or(line.end, |i| from + i);
                text.push(&source[from..stop], from..stop);
                if stop < line.end {
                    let (c, len) = escape_at(&source[stop..line.end]);
                    text.push(c.encode_utf8(&mut [0; 4]), stop..stop + len);
                    from = stop + len;
                } else {
                    from = stop;
                }
            }
        }
        let span = self.span().unwrap_or_default();
        text.into_parts(Span::new(span.start.saturating_sub(1), span.end + 1))
    }
}

/// The character that the escape at the start of `text` means, and the bytes of the escape. gettext reads the escapes
/// of C; an unknown escape is a backslash.
fn escape_at(text: &str) -> (char, usize) {
    let digits = |from: usize, radix: u32, most: usize| {
        let rest = text.get(from..).unwrap_or_default();
        rest.chars().take(most).take_while(|c| c.is_digit(radix)).count()
    };
    let number = |from: usize, len: usize, radix: u32| {
        let code = text
            .get(from..from + len)
            .and_then(|d| u32::from_str_radix(d, radix).ok());
        // An escape is one byte; only ASCII is a character of its own.
        code.and_then(char::from_u32).filter(char::is_ascii)
    };
    let c = match text.as_bytes().get(1) {
        Some(b'n') => '\n',
        Some(b't') => '\t',
        Some(b'r') => '\r',
        Some(b'a') => '\u{7}',
        Some(b'b') => '\u{8}',
        Some(b'v') => '\u{b}',
        Some(b'f') => '\u{c}',
        Some(b'"') => '"',
        Some(b'\\') => '\\',
        Some(b'0'..=b'7') => {
            let len = digits(1, 8, 3);
            return number(1, len, 8).map_or(('\\', 1), |c| (c, 1 + len));
        }
        Some(b'x') => {
            let len = digits(2, 16, 2);
            return number(2, len, 16).map_or(('\\', 1), |c| (c, 2 + len));
        }
        _ => return ('\\', 1),
    };
    (c, 2)
}

/// One message.
#[derive(Debug, Default)]
struct Entry {
    fuzzy: bool,
    /// The most characters of the translation, as the flag `max-length:30` of Weblate says it.
    limit: Option<usize>,
    /// Whether a line of it cannot be read.
    broken: bool,
    context: Option<Literal>,
    msgid: Option<Literal>,
    plural: Option<Literal>,
    /// The translation, or the forms of it for different numbers.
    msgstr: Vec<Literal>,
}

impl Entry {
    /// From the first string to the last one.
    fn span(&self) -> Option<Span> {
        let first = self.context.as_ref().or(self.msgid.as_ref())?.span()?;
        let last = self.msgstr.last().or(self.msgid.as_ref())?.span()?;
        Some(first.cover(last))
    }

    fn is_header(&self) -> bool {
        self.context.is_none() && self.msgid.as_ref().is_some_and(Literal::is_empty)
    }

    fn is_translated(&self) -> bool {
        self.msgstr.iter().all(|s| !s.is_empty()) && !self.msgstr.is_empty()
    }

    /// Whether the message is a key of the program, and the translation its only text.
    fn has_key(&self, source: &str) -> bool {
        let is_key =
            |(msgid, msgstr): &(&Literal, &Literal)| is_key(&msgid.resolve(source).0, &msgstr.resolve(source).0);
        // Nearly all messages have a space.
        self.msgid
            .as_ref()
            .is_some_and(|id| !id.0.iter().any(|line| line.of(source).contains(' ')))
            && self.pairs().iter().all(is_key)
    }

    /// The texts with their translations. Of two forms of the message, for one thing and for several, the second
    /// translates like a form for any number where the other language has only one.
    fn pairs(&self) -> Vec<(&Literal, &Literal)> {
        let Some(singular) = &self.msgid else { return Vec::new() };
        match (&self.plural, self.msgstr.as_slice()) {
            (Some(plural), [only]) => vec![(plural, only)],
            (Some(plural), [first, .., last]) => vec![(singular, first), (plural, last)],
            (None, [only, ..]) => vec![(singular, only)],
            (_, []) => Vec::new(),
        }
    }
}

/// The entries of a catalog, without obsolete ones, and the lines that are no part of any, by their first byte.
#[derive(Debug, Default)]
struct Entries {
    entries: Vec<Entry>,
    faults: Vec<(usize, &'static str)>,
}

/// The string that a line continues.
#[derive(Clone, Copy, PartialEq)]
enum Field {
    None,
    Context,
    Msgid,
    Plural,
    Msgstr,
}

fn entries(text: &str) -> Entries {
    let mut out = Entries::default();
    let mut open = Entry::default();
    let mut field = Field::None;
    let mut start = 0;
    for whole in text.split_inclusive('\n') {
        let from = start;
        start += whole.len();
        let line = whole.trim();
        let at = from + (whole.len() - whole.trim_start().len());
        if line.is_empty() {
            continue;
        }
        let (keyword, rest) = match line.find(['"', ' ', '\t', '[']) {
            _ if line.starts_with('#') => ("#", line),
            Some(i) => line.split_at(i),
            None => (line, ""),
        };
        // An entry ends where something comes that can only begin one.
        let done = field == Field::Msgstr || open.broken && field == Field::None;
        let begins = match keyword {
            "" | "msgid_plural" | "msgstr" => false,
            "msgid" => done || open.msgid.is_some(),
            _ => done,
        };
        if begins {
            finish(&mut open, &mut out.entries);
            field = Field::None;
        }
        if keyword == "#" {
            if line.starts_with("#~") && open.msgid.is_none() {
                // The flags above belong to the obsolete entry.
                open = Entry::default();
            } else if let Some(flags) = line.strip_prefix("#,") {
                for flag in flags.split(',').map(str::trim) {
                    open.fuzzy |= flag == "fuzzy";
                    open.limit = open.limit.or_else(|| max_length(flag));
                }
            }
            continue;
        }
        let rest = rest.trim_start();
        let rest = match (keyword, rest.strip_prefix('[').and_then(|r| r.split_once(']'))) {
            ("msgstr", Some((_, after))) => after.trim_start(),
            _ => rest,
        };
        let next = match keyword {
            "msgctxt" => Ok(Field::Context),
            "msgid" => Ok(Field::Msgid),
            "msgid_plural" => Ok(Field::Plural),
            "msgstr" => Ok(Field::Msgstr),
            "" if field == Field::None => Err("this string belongs to no entry"),
            "" => Ok(field),
            _ => Err("this line has no keyword of PO; write msgid, msgstr or a comment"),
        };
        let string = string(rest).ok_or("a string between quotation marks is missing or not closed");
        let (next, len) = match next.and_then(|next| Ok((next, string?))) {
            Ok(parsed) => parsed,
            Err(fault) => {
                out.faults.push((at, fault));
                open.broken = true;
                continue;
            }
        };
        let content = from + (rest.as_ptr().addr() - whole.as_ptr().addr()) + 1;
        let span = Span::new(content, content + len);
        if keyword == "msgstr" {
            open.msgstr.push(Literal::default());
        }
        field = next;
        let literal = match field {
            Field::Context => open.context.get_or_insert_default(),
            Field::Msgid => open.msgid.get_or_insert_default(),
            Field::Plural => open.plural.get_or_insert_default(),
            Field::Msgstr | Field::None => match open.msgstr.last_mut() {
                Some(form) => form,
                None => continue,
            },
        };
        literal.0.push(span);
    }
    finish(&mut open, &mut out.entries);
    out
}

fn finish(open: &mut Entry, entries: &mut Vec<Entry>) {
    let entry = std::mem::take(open);
    if entry.msgid.is_some() && !entry.broken {
        entries.push(entry);
    }
}

/// The bytes of the string at the start of `text`, without its quotation marks; `None` unless it ends the line.
fn string(text: &str) -> Option<usize> {
    let inside = text.strip_prefix('"')?;
    let mut escaped = false;
    let end = inside.bytes().position(|b| {
        let closes = b == b'"' && !escaped;
        escaped = b == b'\\' && !escaped;
        closes
    })?;
    inside[end + 1..].trim().is_empty().then_some(end)
}

/// The value of a field of the header, such as `Language`.
fn header_field<'h>(header: &'h str, name: &str) -> Option<&'h str> {
    let value = header
        .lines()
        .find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))?;
    Some(value.trim()).filter(|v| !v.is_empty())
}

/// The encoding that the header declares.
fn charset(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(16 * 1024)]);
    let (_, rest) = head.split_once("charset=")?;
    let label = rest
        .split(|c: char| !c.is_ascii_alphanumeric() && !"-_:".contains(c))
        .next()?;
    Encoding::for_label(label.as_bytes())
}

fn documents(mut file: File) -> Result<(Vec<Document>, Vec<InputError>), InputError> {
    let bytes = whole::read_bytes(&mut file)?;
    let explicit = file.explicit;
    file.encoding = file.encoding.or_else(|| charset(&bytes));
    let source = Arc::new(whole::decode(Po.name(), file, bytes)?);
    let text = source.text();
    let Entries { entries, faults } = entries(text);
    let mut errors: Vec<InputError> = faults
        .into_iter()
        .map(|(at, m)| InputError::record(&source, at, m))
        .collect();
    let header = entries.iter().find(|e| e.is_header());
    let header = header
        .and_then(|e| e.msgstr.first())
        .map(|s| s.resolve(text).0)
        .unwrap_or_default();
    let (mut fuzzy, mut untranslated, mut keys) = (0, 0, 0);
    let mut translated = Vec::new();
    for entry in entries.iter().filter(|e| !e.is_header()) {
        if !entry.is_translated() {
            untranslated += 1;
        } else if entry.fuzzy {
            fuzzy += 1;
        } else if entry.has_key(text) {
            keys += 1;
        } else {
            translated.push(entry);
        }
    }
    if fuzzy + untranslated + keys > 0 {
        errors.push(InputError::EntriesLeftOut {
            path: Arc::clone(source.path()),
            fuzzy,
            untranslated,
            keys,
        });
    }
    let Some(direction) = direction(&header, &translated, text) else {
        if !translated.is_empty() {
            errors.push(InputError::OtherLanguages {
                path: Arc::clone(source.path()),
                languages: header_field(&header, "Language").map(|language| format!("Language: {language}")),
                explicit,
            });
        }
        return Ok((Vec::new(), errors));
    };
    Ok((records(&source, &translated, direction), errors))
}

/// Which language was translated into which: by the header's `Language`, else by the scripts of the messages; `None` for
/// a catalog in other languages.
fn direction(header: &str, entries: &[&Entry], text: &str) -> Option<Direction> {
    let pairs: Vec<_> = entries.iter().flat_map(|e| e.pairs()).collect();
    let side = |literals: &mut dyn Iterator<Item = &Literal>| {
        let lines = literals.flat_map(|l| &l.0);
        ScriptCount::of_all(lines.map(|line| line.of(text))).side()
    };
    let target = match header_field(header, "Language") {
        Some(language) => side_of_tag(language.split(['.', '@']).next().unwrap_or(language)),
        None => side(&mut pairs.iter().map(|&(_, msgstr)| msgstr)),
    };
    Direction::between(side(&mut pairs.iter().map(|&(msgid, _)| msgid))?, target?)
}

/// The translated entries.
fn records(source: &Arc<Source>, entries: &[&Entry], direction: Direction) -> Vec<Document> {
    let text = source.text();
    let mut records = Records::default();
    for entry in entries {
        let id = entry.context.as_ref().map(|c| Arc::from(c.resolve(text).0));
        for (msgid, msgstr) in entry.pairs() {
            let from = block(text, msgid, direction.source());
            let into = block(text, msgstr, direction.target());
            records.push(Option::clone(&id), Some(direction), [Some(from), Some(into)]);
            if let Some(limit) = entry.limit {
                records.limit_last(limit);
            }
        }
    }
    records.take(source)
}

fn block(source: &str, literal: &Literal, side: Side) -> Block {
    let (text, origin) = literal.resolve(source);
    Block {
        side,
        kind: BlockKind::Segment,
        masked: marks::not_prose(&text),
        text,
        origin,
    }
}
