//! XLIFF 1.2 (OASIS 2008) and 2.x (OASIS 2014, 2018), with what Trados and memoQ make of 1.2: segments with their translations.
//!
//! Units that must not be translated are left out, as are segments without a confirmed translation. Notes, matches and alternative
//! translations are not read.

mod notes;
mod parser;

use std::sync::Arc;

use self::parser::{Pair, Parser, Units};
use super::inline::Text;
use super::records::{Records, is_key};
use super::{Annotator, Comments, Edit, File, Format, InputError, Reader, whole, xml};
use crate::document::{BlockKind, Document};
use crate::text::language_name::side_of_tag;
use crate::text::script::ScriptCount;
use crate::text::{Dialect, Direction, Side};

/// XLIFF.
#[derive(Debug)]
pub struct Xliff;

impl Format for Xliff {
    fn name(&self) -> &'static str {
        "XLIFF"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["xlf", "xliff", "sdlxliff", "mqxliff"]
    }

    fn matches_first_line(&self, line: &str) -> bool {
        line.starts_with("<xliff")
    }

    fn comments(&self) -> Option<Comments> {
        Some(Comments::Units)
    }

    fn read(&'static self, file: File) -> Reader {
        match documents(file) {
            Ok((documents, errors)) => Reader::new(documents.into_iter().map(Ok).chain(errors.into_iter().map(Err))),
            Err(e) => Reader::all(Err(e)),
        }
    }

    /// Changes nothing but translations.
    fn escape(&self, text: &str, _dialect: &Dialect, edits: Vec<Edit>) -> Vec<Edit> {
        let mut parser = Parser::new(text);
        if parser.read().is_err() {
            return Vec::new();
        }
        xml::escape(
            text,
            edits.into_iter().filter(|e| parser.is_translation(e.span)).collect(),
        )
    }

    fn annotator(&self) -> Option<Annotator> {
        Some(notes::annotate)
    }
}

fn documents(file: File) -> Result<(Vec<Document>, Vec<InputError>), InputError> {
    let explicit = file.explicit;
    let source = Arc::new(whole::read(Xliff.name(), xml::as_declared(file)?)?);
    let mut parser = Parser::new(source.text());
    parser.read().map_err(|fault| fault.of_file(&source))?;
    let faults = std::mem::take(&mut parser.faults);
    let mut errors: Vec<InputError> = faults.into_iter().map(|fault| fault.of_record(&source)).collect();
    let keys = parser.files.iter_mut().map(Units::leave_out_keys).sum();
    if parser.untranslated + keys > 0 {
        errors.push(InputError::EntriesLeftOut {
            path: Arc::clone(source.path()),
            fuzzy: 0,
            untranslated: parser.untranslated,
            keys,
        });
    }
    let mut records = Records::default();
    let mut others = None;
    for units in parser.files {
        match units.direction() {
            Some(direction) => units.add(direction, &mut records),
            None if units.pairs.is_empty() => {}
            None => others = others.or_else(|| Some(units.languages.named())),
        }
    }
    if records.is_empty() && others.is_some() {
        errors.push(InputError::OtherLanguages {
            path: Arc::clone(source.path()),
            languages: others,
            explicit,
        });
    } else if records.is_empty() && errors.is_empty() {
        errors.push(InputError::Empty {
            path: Arc::clone(source.path()),
        });
    }
    Ok((records.take(&source), errors))
}

impl Units {
    /// Which language was translated into which: as the file says, else by the script of the texts. `None` if it was not Chinese
    /// and English.
    fn direction(&self) -> Option<Direction> {
        let side = |named: &Option<String>, text: fn(&Pair) -> &Text| match named {
            Some(tag) => side_of_tag(tag),
            None => ScriptCount::of_all(self.pairs.iter().map(|pair| text(pair).words.text())).side(),
        };
        Direction::between(
            side(&self.languages.source, |pair| &pair.source)?,
            side(&self.languages.target, |pair| &pair.target)?,
        )
    }

    /// Leaves out segments with a key of a program in place of a source text. Returns how many.
    fn leave_out_keys(&mut self) -> usize {
        let before = self.pairs.len();
        self.pairs
            .retain(|pair| !is_key(pair.source.words.text(), pair.target.words.text()));
        before - self.pairs.len()
    }

    fn add(self, direction: Direction, records: &mut Records) {
        for pair in self.pairs {
            let block = |text: Text, side: Side| text.words.into_block(side, BlockKind::Segment, text.span);
            let blocks = [
                block(pair.source, direction.source()),
                block(pair.target, direction.target()),
            ];
            records.push(pair.id, Some(direction), blocks);
            if let Some(limit) = pair.limit {
                records.limit_last(limit);
            }
        }
    }
}
