//! Descriptions of interfaces in OpenAPI: most of their strings belong to the interface, not to its documentation.

use super::Entry;

/// The keys of what readers see.
const SHOWN: [&str; 3] = ["title", "summary", "description"];

/// Keys of values of the interface itself, with all that they contain.
const VALUES: [&str; 5] = ["example", "examples", "default", "enum", "const"];

/// The strings to translate: those of an OpenAPI description without the names and values of the interface, and all strings of
/// any other file.
pub fn without_values(mut entries: Vec<Entry>) -> Vec<Entry> {
    let is_version = |entry: &Entry| matches!(&entry.key[..], [key] if key == "openapi" || key == "swagger");
    if entries.iter().any(is_version) {
        entries.retain(|entry| {
            let last = entry.key.last().map_or("", String::as_str);
            SHOWN.contains(&last) && !entry.key.iter().any(|key| VALUES.contains(&key.as_str()))
        });
    }
    entries
}
