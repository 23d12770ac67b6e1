//! The official glossary, `glossary/*.toml` of the repository, inside the binary.

use super::{Format, load_sources};
use crate::glossary::Glossary;
use crate::text::Source;

/// Pairs each file name with the file's text.
macro_rules! files {
    ($($name:literal),+ $(,)?) => {
        &[$((concat!("glossary/", $name), include_str!(concat!("../../../glossary/", $name)))),+]
    };
}

/// The files of `glossary/`, by name; a test compares the list with the folder.
pub const SHIPPED_FILES: &[(&str, &str)] = files![
    "documents.toml",
    "events.toml",
    "facilities.toml",
    "organizations.toml",
    "people.toml",
    "places.toml",
    "plans.toml",
    "policies.toml",
    "terms.toml",
    "titles.toml",
];

/// The glossary that serves where no other is named.
///
/// # Panics
/// Never: a test loads it.
pub fn shipped() -> Glossary {
    let sources: Vec<(Source, Format)> = SHIPPED_FILES
        .iter()
        .map(|&(name, text)| (Source::new(name, text), Format::Toml))
        .collect();
    load_sources(&sources)
        .expect("internal error: the shipped glossary is broken")
        .glossary
}

#[cfg(test)]
mod tests {
    use super::*;

    fn loaded() -> super::super::Loaded {
        let sources: Vec<(Source, Format)> = SHIPPED_FILES
            .iter()
            .map(|&(name, text)| (Source::new(name, text), Format::Toml))
            .collect();
        load_sources(&sources).expect("a good glossary")
    }

    #[test]
    fn loads_without_a_warning() {
        assert_eq!(loaded().warnings, []);
        assert!(shipped().concepts().iter().any(|c| c.id == "shmff"));
    }

    #[test]
    fn every_entry_says_who_decided_and_where_that_can_be_read() {
        for c in shipped().concepts() {
            assert!(c.authority.is_some() && c.citation.is_some(), "{} at {}", c.id, c.place);
        }
    }

    #[test]
    fn every_file_is_sorted_by_id() {
        for (name, _) in SHIPPED_FILES {
            let all = shipped();
            let ids: Vec<&str> = all
                .concepts()
                .iter()
                .filter(|c| &*c.place.file == *name)
                .map(|c| c.id.as_str())
                .collect();
            assert!(!ids.is_empty() && ids.is_sorted(), "{name}: {ids:?}");
        }
    }

    /// One form for all entries, so that two people's additions merge: a comment on top, a blank line before each
    /// entry, keys in the order of the README, lists of names on one line or one name a line.
    #[test]
    fn every_file_is_formatted() {
        for (name, text) in SHIPPED_FILES {
            assert!(
                text.starts_with("# ") && text.ends_with('\n') && !text.ends_with("\n\n"),
                "{name}"
            );
            let mut last_key = None;
            let mut before = "";
            for (i, line) in text.lines().enumerate() {
                let at = format!("{name}:{}: {line}", i + 1);
                assert_eq!(line, line.trim_end(), "{at}");
                if line == "[[concept]]" {
                    assert_eq!(before, "", "{at}: a blank line before an entry");
                    last_key = None;
                } else if let Some((key, _)) = line.split_once(" = ").filter(|_| !line.starts_with(' ')) {
                    let place = super::super::toml_form::KEYS.iter().position(|k| *k == key);
                    assert!(place.is_some() && place > last_key, "{at}: the order of the keys");
                    last_key = place;
                } else {
                    let list = line == "]" || line.starts_with("  \"") || line.starts_with("  { name = ");
                    assert!(list || line.is_empty() || line.starts_with("# "), "{at}");
                }
                before = line;
            }
        }
    }
}
