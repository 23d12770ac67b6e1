//! What `bilint glossary import` prints.

use std::io::{self, Write};
use std::path::Path;

use serde_json::{Value, json};

use crate::glossary::exchange::Changes;
use crate::output::{self, printable};
use crate::text::display_path;

/// Prints the changes of a file in words.
pub(super) fn print(changes: &Changes, path: &Path, out: &mut dyn Write) -> io::Result<()> {
    let mut line = |what: &str, text: String| writeln!(out, "{what:11} {}", printable(&text));
    for concept in &changes.added {
        let names = [concept.preferred_zh(), concept.preferred_en()].map(Option::unwrap_or_default);
        line(
            "added",
            format!("{}: {} = {} ({})", concept.id, names[0], names[1], concept.kind.name()),
        )?;
    }
    for worse in [false, true] {
        for edit in &changes.edits {
            for (words, _) in edit.words.iter().filter(|(_, w)| *w == worse) {
                line(
                    if worse { "deprecated" } else { "changed" },
                    format!("{}: {words}", edit.before.id),
                )?;
            }
        }
    }
    for conflict in &changes.conflicts {
        line("conflict", conflict.to_string())?;
    }
    for id in &changes.missing {
        let shown = display_path(path);
        line(
            "missing",
            format!("{id}: not in {shown} any more, and kept in the glossary"),
        )?;
    }
    Ok(())
}

/// What files change, as JSON.
#[derive(Default)]
pub(super) struct Imports(Vec<Value>);

impl Imports {
    /// Adds the changes of a file.
    pub fn add(&mut self, changes: &Changes, path: &Path) {
        let edited = changes.edits.iter().map(|edit| {
            let words = edit.words.iter().map(|(words, _)| words);
            json!({ "id": edit.before.id, "changes": words.collect::<Vec<_>>() })
        });
        let conflicts = changes
            .conflicts
            .iter()
            .map(|c| json!({ "id": c.id, "conflict": c.words }));
        self.0.push(json!({
            "file": display_path(path).to_string(),
            "added": changes.added,
            "changed": edited.collect::<Vec<_>>(),
            "conflicts": conflicts.collect::<Vec<_>>(),
            "missing": changes.missing,
            "unchanged": changes.unchanged,
        }));
    }

    /// Prints the changes of all files.
    pub fn print(self, is_written: bool, out: &mut dyn Write) -> io::Result<()> {
        output::pretty(&json!({ "files": self.0, "written": is_written }), out)
    }
}

/// The numbers of concepts.
#[derive(Default)]
pub(super) struct Counts {
    added: usize,
    changed: usize,
    /// Conflicts, each of which a person has to decide.
    pub conflicts: usize,
    missing: usize,
    unchanged: usize,
}

impl Counts {
    pub fn add(&mut self, changes: &Changes) {
        self.added += changes.added.len();
        self.changed += changes.edits.len();
        self.conflicts += changes.conflicts.len();
        self.missing += changes.missing.len();
        self.unchanged += changes.unchanged;
    }

    pub fn describe(&self) -> String {
        let text = format!(
            "{} added, {} changed, {} unchanged",
            self.added, self.changed, self.unchanged
        );
        let missing = match self.missing {
            0 => String::new(),
            n => format!(", {n} missing"),
        };
        let conflicts = match self.conflicts {
            0 => String::new(),
            1 => ", 1 conflict: left as it is in the glossary; correct one of the two, or use --theirs".to_owned(),
            n => {
                format!(", {n} conflicts: left as they are in the glossary; correct them on one side, or use --theirs")
            }
        };
        text + &missing + &conflicts
    }
}
