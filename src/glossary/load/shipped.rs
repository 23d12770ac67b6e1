//! The official glossary, `glossary/*.toml` of the repository, inside the binary.

use super::{Format, load_sources};
use crate::glossary::Glossary;
use crate::text::Source;

/// The files of `glossary/`, by name; a test compares the list with the folder.
pub const SHIPPED_FILES: &[(&str, &str)] = &[];

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
