//! The built-in glossary: `glossary/*.toml`, generated into a table from which a start of the program reads it without
//! parsing anything.
//!
//! A test compares the table with the files. After editing a file, run
//! `BILINT_UPDATE=1 cargo test --lib glossary::builtin` to write the table anew.

use std::sync::{Arc, LazyLock};

use rustc_hash::FxHashMap;

use super::{Change, Concept, Example, Glossary, Grade, Kind, Name, Place, Status, Text};
use crate::text::table::{Section, sections};

/// A [file of tables](crate::text::table) with three sections: the offsets of the texts, the texts, and the numbers of which
/// each concept consists, in the order in which [`Reader::concept`] reads them.
///
/// A Rust static of the same content holds an address for each text. The loader of the system wrote 82,000 of them at every
/// start, which took 390 page faults.
static TABLE: &[u8] = include_bytes!("builtin/concepts.table");

/// The first four letters of the content of [`TABLE`].
const TABLE_KIND: &[u8; 4] = b"GLO1";

/// Reads one number of a table after the other.
struct Reader {
    numbers: std::slice::Iter<'static, [u8; 4]>,
    /// Where each text begins in `texts`, and the end of the last.
    offsets: &'static [[u8; 4]],
    texts: &'static str,
    /// The file of the concept that was read last, and the number of its name.
    file: (usize, Arc<str>),
}

impl Reader {
    fn new(bytes: &'static [u8]) -> Self {
        const DAMAGED: &str = "internal error: the built-in glossary is damaged";
        let [offsets, texts, numbers] = sections(bytes, TABLE_KIND).expect(DAMAGED);
        let all = |list: Section| list.numbers(bytes, 0..list.count());
        Self {
            numbers: all(numbers).iter(),
            offsets: all(offsets),
            // All at once, since checking each of them takes five times the instructions.
            texts: std::str::from_utf8(&bytes[texts.start..texts.start + texts.len]).expect(DAMAGED),
            file: (0, Arc::from("")),
        }
    }

    /// All concepts, with texts that are borrowed from the table.
    fn concepts(mut self) -> Vec<Concept> {
        let count = self.number();
        (0..count).map(|_| self.concept()).collect()
    }

    fn concept(&mut self) -> Concept {
        Concept {
            place: self.place(),
            id: self.text(),
            kind: self.one_of(Kind::ALL).unwrap_or(Kind::Term),
            grade: self.one_of(Grade::ALL),
            case_sensitive: self.number() == 1,
            acronym: self.optional_text(),
            scope: self.optional_text(),
            authority: self.optional_text(),
            citation: self.optional_text(),
            valid_from: self.optional_text(),
            valid_to: self.optional_text(),
            replaced_by: self.optional_text(),
            note: self.optional_text(),
            zh: self.list(Self::name),
            en: self.list(Self::name),
            examples: self.list(Self::example),
            counterexamples: self.list(Self::example),
            history: self.list(Self::change),
            extra: self.list(|reader| (reader.text(), reader.text())),
            layers: Vec::new(),
        }
    }

    fn place(&mut self) -> Place {
        let name = self.number();
        if self.file.0 != name {
            self.file = (name, Arc::from(self.text_of(name)));
        }
        Place {
            file: Arc::clone(&self.file.1),
            line: self.number(),
        }
    }

    fn name(&mut self) -> Name {
        Name {
            status: self.one_of(Status::ALL).unwrap_or(Status::Admitted),
            text: self.text(),
            note: self.optional_text(),
        }
    }

    fn example(&mut self) -> Example {
        Example {
            zh: self.text(),
            en: self.text(),
        }
    }

    fn change(&mut self) -> Change {
        Change {
            date: self.text(),
            author: self.text(),
            reason: self.optional_text(),
            change: self.text(),
        }
    }

    fn list<T>(&mut self, read: fn(&mut Self) -> T) -> Vec<T> {
        let count = self.number();
        (0..count).map(|_| read(self)).collect()
    }

    /// A value given by its place in a list, counted from 1; `None` for 0.
    fn one_of<T: Copy, const N: usize>(&mut self, all: [T; N]) -> Option<T> {
        let number = self.number();
        number.checked_sub(1).and_then(|i| all.get(i).copied())
    }

    fn text(&mut self) -> Text {
        let number = self.number();
        Text::Borrowed(self.text_of(number))
    }

    /// A text, or `None` for the first one, which is empty.
    fn optional_text(&mut self) -> Option<Text> {
        let number = self.number();
        (number > 0).then(|| Text::Borrowed(self.text_of(number)))
    }

    fn text_of(&self, number: usize) -> &'static str {
        let Some(&[start, end]) = self.offsets.get(number..).and_then(<[_]>::first_chunk) else {
            return "";
        };
        let [start, end] = [start, end].map(|four| u32::from_le_bytes(four) as usize);
        self.texts.get(start..end).unwrap_or_default()
    }

    fn number(&mut self) -> usize {
        self.numbers.next().map_or(0, |four| u32::from_le_bytes(*four) as usize)
    }
}

/// The version of the built-in glossary and its date, one a line.
static VERSION: &str = include_str!("../../glossary/VERSION");

/// The version of the built-in glossary: `1.0`.
pub fn builtin_version() -> &'static str {
    VERSION.lines().next().unwrap_or_default()
}

/// The day of that version: `2026-11-28`.
pub fn builtin_date() -> &'static str {
    VERSION.lines().nth(1).unwrap_or_default()
}

/// The glossary that is used when no other is given.
pub fn builtin() -> Glossary {
    Glossary::new(Reader::new(TABLE).concepts())
}

/// The places of the built-in glossary by each of their Chinese names.
static PLACES: LazyLock<FxHashMap<Text, Vec<Arc<Concept>>>> = LazyLock::new(|| {
    let mut places: FxHashMap<Text, Vec<_>> = FxHashMap::default();
    for place in Reader::new(TABLE)
        .concepts()
        .into_iter()
        .filter(|c| c.kind == Kind::Place)
        .map(Arc::new)
    {
        for name in place.zh.iter().filter(|name| name.status.is_accepted()) {
            places.entry(name.text.clone()).or_default().push(Arc::clone(&place));
        }
    }
    places
});

/// The place of the built-in glossary with these names.
pub fn builtin_place(zh: &str, en: &str) -> Option<&'static Concept> {
    let is_called = |place: &Concept| place.en.iter().any(|name| name.text == en && name.status.is_accepted());
    let places = PLACES.get(zh)?.iter();
    places.map(|place| &**place).find(|place| is_called(place))
}

#[cfg(test)]
mod tests;
