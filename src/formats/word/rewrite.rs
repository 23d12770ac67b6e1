//! Replaces text in a copy of a Word document, plainly or as tracked changes.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::Document;
use super::anchor::{PRESERVE, name, reopen};
use super::text::{Atom, Text};
use crate::formats::ooxml::for_each_tag;
use crate::formats::package::{Package, Part};
use crate::formats::package_fault::PackageFault;
use crate::formats::{AUTHOR, Choose, Edit, Rewritten, splice, xml};
use crate::text::date::now;
use crate::text::{Source, Span};

/// A copy of the document in `bytes` with the edits that `choose` makes of its text. An edit that would change more than
/// characters in runs of the body, such as a tab, a formula or a text box, is left out.
pub(super) fn rewrite(bytes: &[u8], choose: Choose<'_>, tracked: bool) -> Result<Rewritten, PackageFault> {
    let mut package = Package::open(bytes)?;
    let document = Document::read(&mut package)?;
    let text = &document.text;
    let source = Source::new("", &*text.lines);
    let mut writer = Writer::new(&document.body, tracked)?;
    let edits = choose(&source).into_iter();
    let edits: Vec<Edit> = edits
        .filter(|edit| match pieces(text, edit.span) {
            Some(pieces) => {
                writer.replace(text, &pieces, &edit.text);
                true
            }
            None => false,
        })
        .collect();
    let body = splice(&document.body.text, &writer.into_edits());
    let parts = BTreeMap::from([(document.body.name.clone(), document.body.encode(&body))]);
    let bytes = if edits.is_empty() {
        bytes.to_vec()
    } else {
        package.rewrite(parts)?
    };
    let before = text.lines.clone();
    // Whatever the document is like, what its readers see is what the edits say.
    let after = Document::read(&mut Package::open(&bytes)?)?.text.lines;
    if after != splice(&before, &edits) {
        return Err(PackageFault::Unwritable);
    }
    Ok(Rewritten { bytes, before, edits })
}

/// A stretch of text in one element.
struct Piece {
    run: usize,
    element: usize,
    /// Bytes of the part.
    xml: Range<usize>,
}

/// The stretches that a span of the text consists of; `None` if it is not all text in runs of the body that may be split. Nothing
/// is inserted where there is no text.
fn pieces(text: &Text, span: Span) -> Option<Vec<Piece>> {
    let is_empty = span.is_empty();
    let first = text
        .atoms
        .partition_point(|a| a.text.end < span.start + usize::from(!is_empty));
    let atoms = text.atoms[first..].iter();
    let atoms: Vec<&Atom> = if is_empty {
        atoms.take(1).filter(|a| a.text.start <= span.start).collect()
    } else {
        atoms.take_while(|a| a.text.start < span.end).collect()
    };
    let covered: usize = atoms
        .iter()
        .map(|a| a.text.end.min(span.end) - a.text.start.max(span.start))
        .sum();
    if atoms.is_empty() || covered != span.end - span.start {
        return None;
    }
    let mut pieces: Vec<Piece> = Vec::new();
    for atom in atoms {
        let (start, end) = (atom.text.start.max(span.start), atom.text.end.min(span.end));
        let xml = if atom.is_copy {
            atom.xml.start + start - atom.text.start..atom.xml.start + end - atom.text.start
        } else if (start, end) == (atom.text.start, atom.text.end) {
            atom.xml.clone()
        } else {
            return None;
        };
        let (run, element) = (atom.run, atom.element?);
        if !text.runs[run].is_divisible {
            return None;
        }
        match pieces.last_mut() {
            Some(last) if last.element == element && last.xml.end == xml.start => last.xml.end = xml.end,
            _ => pieces.push(Piece { run, element, xml }),
        }
    }
    Some(pieces)
}

/// Collects the edits of a part.
struct Writer<'p> {
    part: &'p Part,
    edits: Vec<Edit>,
    /// The elements that keep white space at their ends.
    preserved: BTreeSet<usize>,
    /// The attributes of tracked changes but for their ids, and the next id; `None` to replace text plainly.
    tracked: Option<(String, i64)>,
}

impl<'p> Writer<'p> {
    fn new(part: &'p Part, tracked: bool) -> Result<Self, PackageFault> {
        let mut last = 0;
        for_each_tag(part, |tag| {
            let id = tag.attribute("id").and_then(|id| id.parse::<i64>().ok());
            last = last.max(id.unwrap_or(0));
        })?;
        Ok(Self {
            part,
            edits: Vec::new(),
            preserved: BTreeSet::new(),
            tracked: tracked.then(|| (now(), last + 1)),
        })
    }

    /// Replaces stretches that follow each other; the new text has the properties of the first one.
    fn replace(&mut self, text: &Text, pieces: &[Piece], new: &str) {
        let mut new = Some(new).filter(|new| !new.is_empty());
        for piece in pieces {
            let edit = match &mut self.tracked {
                None => new.take().map(xml::escaped).unwrap_or_default(),
                Some((date, id)) => {
                    let mut change = |kind: &str, prefix: &str, inside: &str| {
                        *id += 1;
                        format!(
                            "<{prefix}{kind} {prefix}id=\"{}\" {prefix}author=\"{AUTHOR}\" {prefix}date=\"{date}\">{inside}</{prefix}{kind}>",
                            *id - 1
                        )
                    };
                    tracked_change(self.part, text, piece, new.take(), &mut change)
                }
            };
            self.preserve(text, piece.element);
            self.edits.push(Edit {
                span: Span::new(piece.xml.start, piece.xml.end),
                text: edit,
                fixes: 0,
            });
        }
    }

    /// Keeps white space at the ends of an element.
    fn preserve(&mut self, text: &Text, element: usize) {
        let tag = &text.elements[element].tag;
        let written = &self.part.text[tag.clone()];
        if !written.contains("xml:space") && self.preserved.insert(element) {
            let at = tag.start + 1 + name(written).len();
            self.edits.push(Edit {
                span: Span::new(at, at),
                text: PRESERVE.to_owned(),
                fixes: 0,
            });
        }
    }

    fn into_edits(mut self) -> Vec<Edit> {
        self.edits.sort();
        self.edits
    }
}

/// The text of a piece as deleted, and `new` as inserted, between the two halves of its run. `change` writes a tracked change of this
/// kind, with names of this prefix, around runs.
fn tracked_change(
    part: &Part,
    text: &Text,
    piece: &Piece,
    new: Option<&str>,
    change: &mut dyn FnMut(&str, &str, &str) -> String,
) -> String {
    let written = |range: &Range<usize>| &part.text[range.clone()];
    let (close, open) = reopen(part, text, piece.run, Some(piece.element), true);
    let run = &text.runs[piece.run];
    let run_name = name(written(&run.tag));
    let prefix = &run_name[..run_name.len() - 1];
    let properties = run.properties.as_ref().map_or("", written);
    let run_of = |element: &str, inside: &str| {
        format!(
            "{}{properties}<{prefix}{element}{PRESERVE}>{inside}</{prefix}{element}></{run_name}>",
            written(&run.tag)
        )
    };
    let old = written(&piece.xml);
    let deleted = (!old.is_empty()).then(|| change("del", prefix, &run_of("delText", old)));
    let inserted = new.map(|new| change("ins", prefix, &run_of("t", &xml::escaped(new))));
    [Some(close), deleted, inserted, Some(open)]
        .into_iter()
        .flatten()
        .collect()
}
