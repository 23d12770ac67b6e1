//! TBX (ISO 30042): TBX-Basic in the DCA style of version 3 is written; it, the DCT style and the MARTIF of version 2 are read.
//!
//! What TBX-Basic has no data category for travels in notes of the form `key: text`, under the keys of glossary files. See
//! `docs/glossary-exchange.md` for the mapping.

mod element;
mod read;
mod write;

pub(super) use read::read;
pub(super) use write::write;

/// Before the ids of concepts: an id in XML must not begin with a digit.
const ID_PREFIX: &str = "c_";
/// Notes with a further field: `extra KEY: text`.
const EXTRA: &str = "extra ";

/// The administrative statuses that TBX-Basic has. A forbidden name is deprecated with a note.
const PREFERRED: &str = "preferredTerm-admn-sts";
const ADMITTED: &str = "admittedTerm-admn-sts";
const DEPRECATED: &str = "deprecatedTerm-admn-sts";

/// Divides a note into a key of glossary files and a text.
fn divide(note: &str) -> Option<(&str, &str)> {
    let (key, text) = note.split_once(": ")?;
    let known = || {
        ["status", "note"]
            .into_iter()
            .chain(crate::glossary::load::fields::keys())
            .any(|k| k == key)
    };
    (key.starts_with(EXTRA) || known()).then_some((key, text))
}
