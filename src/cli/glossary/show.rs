//! `bilint glossary show`.

use std::io::{self, Write};

use super::target::{Format, Target};
use crate::cli::completions::values;
use crate::cli::{EXIT_CLEAN, Outcome};
use crate::glossary::search::find_one;
use crate::glossary::{Concept, Example, Name, Role};
use crate::output::{self, printable};

/// Arguments of `bilint glossary show`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  bilint glossary show shmff
  bilint glossary show --glossary names.toml 稳态强磁场实验装置")]
pub struct Args {
    /// The id of a concept, or one of its names.
    #[arg(add = values::concepts())]
    concept: String,

    #[command(flatten)]
    target: Target,

    /// How to print the concept.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// Prints everything about a concept.
pub fn run(args: &Args, out: &mut dyn Write) -> Outcome {
    let loaded = args.target.load()?;
    let concept = find_one(&loaded.glossary, &args.concept).map_err(|near| unknown(&args.concept, &near))?;
    match args.format {
        Format::Json => output::pretty(concept, out)?,
        Format::Text => print(concept, out)?,
    }
    Ok(EXIT_CLEAN)
}

/// Why there is no such concept, and what to do.
pub(super) fn unknown(wanted: &str, near: &[&str]) -> String {
    if near.is_empty() {
        format!("no concept has the id or the name “{wanted}”; search with `bilint glossary find`")
    } else {
        format!(
            "“{wanted}” is neither the id nor the name of one concept; did you mean {}?",
            near.join(", ")
        )
    }
}

fn print(c: &Concept, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}", printable(&c.id))?;
    let mut lines = Lines { out };
    lines.add("kind", c.kind.name())?;
    lines.list("Chinese", c.zh.iter().map(|n| name(c, n)))?;
    lines.list("English", c.en.iter().map(|n| name(c, n)))?;
    if c.case_sensitive {
        lines.add("case", "English names match with the same capitals only")?;
    }
    for (key, value) in [
        ("acronym", &c.acronym),
        ("scope", &c.scope),
        ("authority", &c.authority),
        ("citation", &c.citation),
    ] {
        if let Some(value) = value {
            lines.add(key, value)?;
        }
    }
    if let Some(grade) = c.grade {
        lines.add("grade", grade.name())?;
    }
    for (key, value) in [
        ("valid from", &c.valid_from),
        ("valid to", &c.valid_to),
        ("replaced by", &c.replaced_by),
        ("note", &c.note),
    ] {
        if let Some(value) = value {
            lines.add(key, value)?;
        }
    }
    lines.list("right", c.examples.iter().map(example))?;
    lines.list("wrong", c.counterexamples.iter().map(example))?;
    let history = c.history.iter().map(|h| {
        let reason = h.reason.as_ref().map_or(String::new(), |r| format!(" ({r})"));
        format!("{} {}: {}{reason}", h.date, h.author, h.change)
    });
    lines.list("history", history)?;
    for (key, value) in &c.extra {
        lines.add(key, value)?;
    }
    lines.add("place", &c.place.to_string())?;
    for layer in &c.layers {
        let heading = match layer.role {
            Role::Overrides => "changed by",
            Role::Added => "joined with",
            Role::Overridden => "instead of",
        };
        let parts = if layer.parts.is_empty() {
            String::new()
        } else {
            format!(": {}", layer.parts.join(", "))
        };
        lines.add(heading, &format!("{}{parts}", layer.place))?;
    }
    Ok(())
}

/// `Chinese Academy of Sciences (preferred)`, with the note, and with the place if another entry than the concept's own has it.
fn name(concept: &Concept, name: &Name) -> String {
    let note = name.note.as_ref().map_or(String::new(), |n| format!(": {n}"));
    let place = Some(concept.place_of(&name.text)).filter(|place| **place != concept.place);
    let place = place.map_or(String::new(), |place| format!(", {place}"));
    format!("{} ({}{note}{place})", name.text, name.status.name())
}

fn example(example: &Example) -> String {
    format!("{} = {}", example.zh, example.en)
}

/// Lines of a heading and a value.
struct Lines<'a> {
    out: &'a mut dyn Write,
}

impl Lines<'_> {
    fn add(&mut self, heading: &str, value: &str) -> io::Result<()> {
        writeln!(self.out, "  {:12} {}", printable(heading), printable(value))
    }

    fn list(&mut self, heading: &str, values: impl Iterator<Item = String>) -> io::Result<()> {
        for (i, value) in values.enumerate() {
            self.add(if i == 0 { heading } else { "" }, &value)?;
        }
        Ok(())
    }
}
