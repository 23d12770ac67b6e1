//! Adding fields to the schema of Arrow in a Parquet file: a FlatBuffer, whose tables are read where they are. The old one stays behind the
//! new tables, which point into it. The crate for it, `arrow-ipc`, would take longer to build than that for Parquet.

use crate::formats::chunk::{PENALTY_COLUMN, RULES_COLUMN};

/// What a message begins with, unless it is old, before its length.
const CONTINUATION: [u8; 4] = [0xff; 4];

// Slots of the tables in Arrow's `Message.fbs` and `Schema.fbs`.
const MESSAGE: [Slot; 3] = [Slot::Number(2), Slot::Number(1), Slot::Table];
const HEADER_TYPE: usize = 1;
const HEADER: usize = 2;
const SCHEMA: [Slot; 4] = [Slot::Number(2), Slot::Table, Slot::Table, Slot::Table];
const FIELDS: usize = 1;

// Kinds in unions.
const IS_SCHEMA: u32 = 1;
const FLOATING_POINT: u32 = 3;
const UTF8: u32 = 5;
const LIST: u32 = 12;
const DOUBLE: u32 = 2;

/// A slot of a table.
#[derive(Clone, Copy)]
enum Slot {
    /// A number of so many bytes.
    Number(usize),
    /// The distance of a table, a vector or a text.
    Table,
}

/// A message with the schema and two more fields: a list of texts and a number. `None` if it is no such message.
pub fn with_annotations(message: &[u8]) -> Option<Vec<u8>> {
    let body = message.strip_prefix(&CONTINUATION).unwrap_or(message);
    let length = u32::from_le_bytes(*body.first_chunk()?) as usize;
    let old = Reader(body.get(4..)?.get(..length)?);
    let of_message = old.table(0, &MESSAGE)?;
    if of_message[HEADER_TYPE] != Some(Found::Number(IS_SCHEMA)) {
        return None;
    }
    let Some(Found::At(schema)) = of_message[HEADER] else {
        return None;
    };
    let of_schema = old.table_at(schema, &SCHEMA)?;
    let fields = match of_schema[FIELDS] {
        Some(Found::At(vector)) => old.vector(vector)?,
        _ => Vec::new(),
    };

    let mut new = Writer::default();
    new.bytes.extend([0; 4]);
    let root = new.table(&of_message);
    new.point(0, root.position);
    let of_schema_at = new.table(&of_schema);
    new.point(root.slots[HEADER], of_schema_at.position);
    let vector = new.vector(fields.len() + 2);
    new.point(of_schema_at.slots[FIELDS], vector - 4);
    let end = vector + fields.len() * 4;
    let child = new.field(end, RULES_COLUMN, LIST, &[], 1);
    new.field(child, "element", UTF8, &[], 0);
    new.field(
        end + 4,
        PENALTY_COLUMN,
        FLOATING_POINT,
        &[Some(Found::Number(DOUBLE))],
        0,
    );

    // What the old tables hold stays as it is, behind the new ones.
    new.align(8);
    let before = new.bytes.len();
    new.bytes.extend_from_slice(old.0);
    for (i, field) in fields.iter().enumerate() {
        new.point(vector + i * 4, before + field);
    }
    for (slot, found) in of_schema_at
        .slots
        .iter()
        .zip(&of_schema)
        .enumerate()
        .filter(|(i, _)| *i != FIELDS)
        .map(|(_, pair)| pair)
    {
        if let Some(Found::At(at)) = found {
            new.point(*slot, before + at);
        }
    }
    new.align(8);
    let mut message = CONTINUATION.to_vec();
    message.extend((new.bytes.len() as u32).to_le_bytes());
    message.extend(new.bytes);
    Some(message)
}

/// What a slot holds.
#[derive(Clone, Copy, PartialEq)]
enum Found {
    Number(u32),
    /// The position of what it points at.
    At(usize),
}

/// Reads a FlatBuffer.
struct Reader<'a>(&'a [u8]);

impl Reader<'_> {
    fn u16(&self, at: usize) -> Option<usize> {
        Some(u16::from_le_bytes(*self.0.get(at..)?.first_chunk()?).into())
    }

    fn u32(&self, at: usize) -> Option<usize> {
        Some(u32::from_le_bytes(*self.0.get(at..)?.first_chunk()?) as usize)
    }

    /// The position that the distance at `at` leads to.
    fn target(&self, at: usize) -> Option<usize> {
        let target = at.checked_add(self.u32(at)?)?;
        (target < self.0.len()).then_some(target)
    }

    /// The slots of the table that the distance at `at` leads to.
    fn table(&self, at: usize, slots: &[Slot]) -> Option<Vec<Option<Found>>> {
        self.table_at(self.target(at)?, slots)
    }

    fn table_at(&self, table: usize, slots: &[Slot]) -> Option<Vec<Option<Found>>> {
        let back = i32::from_le_bytes(*self.0.get(table..)?.first_chunk()?);
        let layout = usize::try_from(i64::try_from(table).ok()? - i64::from(back)).ok()?;
        let size = self.u16(layout)?;
        let found = slots.iter().enumerate().map(|(i, slot)| {
            let entry = 4 + i * 2;
            let offset = if entry + 2 <= size {
                self.u16(layout + entry)?
            } else {
                0
            };
            if offset == 0 {
                return Some(None);
            }
            Some(Some(match slot {
                Slot::Number(1) => Found::Number((*self.0.get(table + offset)?).into()),
                Slot::Number(_) => Found::Number(self.u16(table + offset)? as u32),
                Slot::Table => Found::At(self.target(table + offset)?),
            }))
        });
        found.collect()
    }

    /// The positions that a vector of distances leads to.
    fn vector(&self, vector: usize) -> Option<Vec<usize>> {
        let count = self.u32(vector)?;
        let items = (0..count).map(|i| self.target(vector + 4 + i * 4));
        // A count that is no count ends at the end of the buffer.
        items.collect()
    }
}

/// Writes a FlatBuffer from front to back. All slots of a table have four bytes.
#[derive(Default)]
struct Writer {
    bytes: Vec<u8>,
}

/// Where a table and its slots are.
struct Written {
    position: usize,
    slots: Vec<usize>,
}

impl Writer {
    fn align(&mut self, to: usize) {
        self.bytes.resize(self.bytes.len().next_multiple_of(to), 0);
    }

    /// Makes the distance at `at` lead to `target`, which is behind it.
    fn point(&mut self, at: usize, target: usize) {
        self.bytes[at..at + 4].copy_from_slice(&((target - at) as u32).to_le_bytes());
    }

    /// A table; slots that point are to be set.
    fn table(&mut self, slots: &[Option<Found>]) -> Written {
        self.align(4);
        let layout = self.bytes.len();
        let size = 4 + slots.len() * 2;
        let mut number = |n: usize| self.bytes.extend((n as u16).to_le_bytes());
        number(size);
        number(4 + slots.len() * 4);
        for (i, slot) in slots.iter().enumerate() {
            number(if slot.is_some() { 4 + i * 4 } else { 0 });
        }
        self.align(4);
        let position = self.bytes.len();
        self.bytes.extend(((position - layout) as u32).to_le_bytes());
        for slot in slots {
            let number = match slot {
                Some(Found::Number(number)) => *number,
                _ => 0,
            };
            self.bytes.extend(number.to_le_bytes());
        }
        Written {
            position,
            slots: (0..slots.len()).map(|i| position + 4 + i * 4).collect(),
        }
    }

    /// A vector of distances that are to be set; the position of the first one.
    fn vector(&mut self, count: usize) -> usize {
        self.align(4);
        self.bytes.extend((count as u32).to_le_bytes());
        let first = self.bytes.len();
        self.bytes.resize(first + count * 4, 0);
        first
    }

    /// A field that `from` leads to, of a type in the union `Type`. Returns where the distances of its children are to be set.
    fn field(&mut self, from: usize, name: &str, kind: u32, parameters: &[Option<Found>], children: usize) -> usize {
        let (number, later) = (|n| Some(Found::Number(n)), Some(Found::At(0)));
        let is_nullable = number(1);
        let field = self.table(&[later, is_nullable, number(kind), later, None, later]);
        self.point(from, field.position);
        self.align(4);
        self.point(field.slots[0], self.bytes.len());
        self.bytes.extend((name.len() as u32).to_le_bytes());
        self.bytes.extend(name.as_bytes());
        self.bytes.push(0);
        let kind = self.table(parameters);
        self.point(field.slots[3], kind.position);
        let first = self.vector(children);
        self.point(field.slots[5], first - 4);
        first
    }
}

#[cfg(test)]
mod tests {
    use base64::Engine;
    use base64::engine::general_purpose::STANDARD;

    use super::*;

    /// What pyarrow writes for a schema of `zh: string` and `when: timestamp[ms, tz=Asia/Shanghai]`.
    const PYARROW: &str = "/////8AAAAAQAAAAAAAKAAwABgAFAAgACgAAAAABBAAMAAAACAAIAAAABAAIAAAABAAAAAIAAABkAAAABAAAALT///8AAAEKEAAAACAAAAAEAAAAAAAAAAQAAAB3aGVuAAAAAAgADAAGAAgACAAAAAAAAQAEAAAADQAAAEFzaWEvU2hhbmdoYWkAAAAQABQACAAGAAcADAAAABAAEAAAAAAAAQUQAAAAGAAAAAQAAAAAAAAAAgAAAHpoAAAEAAQABAAAAAAAAAA=";

    fn names(message: &[u8]) -> Vec<String> {
        let reader = Reader(&message[8..]);
        let Some(Found::At(schema)) = reader.table(0, &MESSAGE).unwrap()[HEADER] else {
            panic!()
        };
        let Some(Found::At(fields)) = reader.table_at(schema, &SCHEMA).unwrap()[FIELDS] else {
            panic!()
        };
        let name = |field: usize| {
            let Some(Found::At(at)) = reader.table_at(field, &[Slot::Table]).unwrap()[0] else {
                panic!()
            };
            let length = reader.u32(at).unwrap();
            str::from_utf8(&reader.0[at + 4..at + 4 + length]).unwrap().to_owned()
        };
        reader.vector(fields).unwrap().into_iter().map(name).collect()
    }

    #[test]
    fn fields_are_added_behind_those_that_there_are() {
        let message = STANDARD.decode(PYARROW).unwrap();
        assert_eq!(names(&message), ["zh", "when"]);
        let added = with_annotations(&message).unwrap();
        assert_eq!(names(&added), ["zh", "when", "bilint_rules", "bilint_penalty"]);
        assert_eq!(added.len() % 8, 0);
        // As before the continuation was part of it.
        assert_eq!(with_annotations(&message[4..]).unwrap(), added);
    }

    #[test]
    fn what_is_no_schema_is_left_alone() {
        let message = STANDARD.decode(PYARROW).unwrap();
        for cut in 0..message.len() {
            assert_eq!(with_annotations(&message[..cut]), None, "{cut}");
        }
        // Whatever byte is broken, it is read to the end or not at all.
        for at in 0..message.len() {
            for byte in [0, 1, 0x7f, 0x80, 0xff] {
                let mut broken = message.clone();
                broken[at] = byte;
                let _ = with_annotations(&broken);
            }
        }
    }
}
