//! `bilint glossary impact`.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::ValueEnum;
use serde::Serialize;

use super::revision::glossary_at;
use super::target::Target;
use crate::cli::console::Console;
use crate::cli::kept::Kept;
use crate::cli::{EXIT_CLEAN, EXIT_FINDINGS, EXIT_TROUBLE, Outcome, Trouble};
use crate::finding::Finding;
use crate::glossary::Loaded;
use crate::output::{self, github, printable};
use crate::run::{Impact, NamedGlossary, Settings, TextIndex, impact, load_glossary};

/// Bytes from which on an index of the texts is kept. Those of some thousand pairs are read in a tenth of a second.
const LEAST: usize = 1 << 19;

/// Arguments of `bilint glossary impact`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  bilint glossary impact texts/                   what the working tree changes
  bilint glossary impact texts/ --from main...    what this branch changes
  bilint glossary impact texts/ --with renamed.toml
      what another version of the glossary would change

Exit code 0 if no text becomes wrong, 1 if one does, 2 on trouble.")]
pub struct Args {
    /// Texts, as for `bilint check`. Default: the sources of bilint.toml, or the current folder.
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// The revision that has the glossary as it was; `main...` is where the branch left main. Default: HEAD.
    #[arg(long, value_name = "REV")]
    from: Option<String>,

    /// The revision that has the glossary as it will be. Default: the files as they are now.
    #[arg(long, value_name = "REV", conflicts_with = "with")]
    to: Option<String>,

    /// A file or folder with the glossary as it will be; the files as they are now are the glossary as it was. May be repeated.
    #[arg(long, value_name = "FILE", conflicts_with = "from")]
    with: Vec<PathBuf>,

    #[command(flatten)]
    target: Target,

    /// How to print the findings that change.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people.
    Text,
    /// Annotations of GitHub, for the texts that become wrong.
    Github,
    /// For a comment in a review.
    Markdown,
    /// JSON.
    Json,
}

/// Prints which texts a change of the glossary makes wrong, and which right.
pub fn run(args: &Args, out: &mut dyn Write) -> Outcome {
    let (before, after) = args.glossaries()?;
    let settings = Settings {
        config: args.target.config()?,
        paths: args.paths.clone(),
        ..Settings::default()
    };
    let console = Console::default();
    let kept = args.kept();
    let index = kept.as_ref().and_then(Kept::read);
    let mut index = index.map_or_else(TextIndex::default, |bytes| TextIndex::from_bytes(&bytes));
    let found = impact(&settings, before, after, &mut index, &console)?;
    if let Some(kept) = kept.filter(|_| index.is_changed()) {
        let bytes = index.to_bytes();
        if bytes.len() >= LEAST {
            kept.write(&bytes);
        }
    }
    match args.format {
        Format::Text => text(&found, out)?,
        Format::Markdown => markdown(&found, out)?,
        Format::Json => json(&found, out)?,
        Format::Github => {
            for finding in &found.wrong {
                writeln!(out, "{}", github::annotation(finding))?;
            }
        }
    }
    Ok(match (console.errors(), found.wrong.is_empty()) {
        (0, true) => EXIT_CLEAN,
        (0, false) => EXIT_FINDINGS,
        _ => EXIT_TROUBLE,
    })
}

impl Args {
    /// Where the index of the texts is kept.
    fn kept(&self) -> Option<Kept> {
        let paths: Vec<String> = self.paths.iter().map(|path| path.display().to_string()).collect();
        Kept::new("texts", &paths.join("\n"), "")
    }

    /// The glossary as it was, and as it will be.
    fn glossaries(&self) -> Result<(NamedGlossary, NamedGlossary), Trouble> {
        let named = |loaded: Loaded, name: &str| NamedGlossary {
            glossary: loaded.glossary,
            name: name.to_owned(),
            warnings: loaded.warnings,
        };
        if !self.with.is_empty() {
            return Ok((self.target.load()?, load_glossary(&self.with)?));
        }
        let paths = self.target.paths()?;
        if paths.is_empty() {
            return Err(
                "the built-in glossary has no history: name the files with --glossary, or a version of them --with"
                    .into(),
            );
        }
        let from = self.from.as_deref().unwrap_or("HEAD");
        let before = named(glossary_at(from, &paths)?, from);
        let after = match &self.to {
            Some(to) => named(glossary_at(to, &paths)?, to),
            None => self.target.load()?,
        };
        Ok((before, after))
    }
}

fn summary(impact: &Impact) -> String {
    let concepts = if impact.concepts == 1 {
        "concept differs"
    } else {
        "concepts differ"
    };
    format!(
        "{} {concepts}: {} become wrong, {} become right, {} read differently; {} pairs contain their names",
        impact.concepts,
        impact.wrong.len(),
        impact.right.len(),
        impact.reworded.len(),
        impact.pairs
    )
}

fn text(impact: &Impact, out: &mut dyn Write) -> io::Result<()> {
    for (what, findings) in [("wrong", &impact.wrong), ("right", &impact.right)] {
        for finding in findings {
            line(what, finding, out)?;
        }
    }
    for (old, new) in &impact.reworded {
        line("differs", new, out)?;
        writeln!(out, "         before: {}", printable(&old.message))?;
    }
    writeln!(out, "{}", summary(impact))
}

fn line(what: &str, finding: &Finding, out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "{what:8} {}: {} [{}]",
        printable(&place(finding)),
        printable(&finding.message),
        finding.rule
    )
}

fn place(finding: &Finding) -> String {
    let at = finding.primary();
    format!("{}:{}:{}", at.file, at.start.line, at.start.column)
}

fn markdown(impact: &Impact, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "**Glossary:** {}", summary(impact))?;
    let headings = [("Become wrong", &impact.wrong), ("Become right", &impact.right)];
    for (heading, findings) in headings.into_iter().filter(|(_, f)| !f.is_empty()) {
        writeln!(out, "\n### {heading}\n\n| place | finding |\n|---|---|")?;
        for finding in findings {
            let cell = |text: &str| {
                printable(text)
                    .replace('\\', "\\\\")
                    .replace('|', "\\|")
                    .replace('<', "&lt;")
            };
            writeln!(out, "| {} | {} |", cell(&place(finding)), cell(&finding.message))?;
        }
    }
    Ok(())
}

#[derive(Serialize)]
struct Row<'a> {
    file: &'a str,
    line: usize,
    column: usize,
    rule: &'a str,
    concept: Option<&'a str>,
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<&'a str>,
}

fn row<'a>(finding: &'a Finding, before: Option<&'a Finding>) -> Row<'a> {
    let at = finding.primary();
    Row {
        file: &at.file,
        line: at.start.line,
        column: at.start.column,
        rule: finding.rule,
        concept: finding.concept.as_deref(),
        message: &finding.message,
        before: before.map(|f| &*f.message),
    }
}

fn json(impact: &Impact, out: &mut dyn Write) -> Result<(), Trouble> {
    #[derive(Serialize)]
    struct Report<'a> {
        concepts: usize,
        pairs: usize,
        wrong: Vec<Row<'a>>,
        right: Vec<Row<'a>>,
        differs: Vec<Row<'a>>,
    }
    let report = Report {
        concepts: impact.concepts,
        pairs: impact.pairs,
        wrong: impact.wrong.iter().map(|f| row(f, None)).collect(),
        right: impact.right.iter().map(|f| row(f, None)).collect(),
        differs: impact.reworded.iter().map(|(old, new)| row(new, Some(old))).collect(),
    };
    Ok(output::pretty(&report, out)?)
}
