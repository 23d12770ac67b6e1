//! `bilint glossary import`.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use encoding_rs::Encoding;

use super::import_report::{Counts, Imports, print};
use super::revision::glossary_at;
use super::target;
use crate::cli::checks::parse_encoding;
use crate::cli::console::Console;
use crate::cli::prompt::Prompt;
use crate::cli::{EXIT_CLEAN, EXIT_FINDINGS, Outcome, Trouble};
use crate::glossary::exchange::{Imported, ReadError, Reading, Resolution, apply, compare, read, sign_name};
use crate::glossary::load::{self, Doubt, Format, GlossaryFile, Loaded};
use crate::glossary::{Concept, Kind, TomlFile};
use crate::output::printable;
use crate::text::{Source, display_path};

/// Arguments of `bilint glossary import`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  bilint glossary import names.xlsx --into glossary.toml --dry-run
  bilint glossary import names.xlsx --into glossary.toml      do it
  bilint glossary import old.csv --into glossary.toml --split ';'
      variants are divided by ; and ；

An export in XLSX contains what was exported, so that only what was edited since is taken over. For other formats, name what \
was exported with --base: a file, or a git revision. Without it, what differs from the glossary is a conflict.

Exit code 0 if all was imported, 1 if there are conflicts, 2 on trouble.")]
pub struct Args {
    /// Files to import: CSV, TSV, XLSX, ODS, TBX, JSON, YAML, Markdown tables or TOML.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,

    /// The glossary file in TOML to change. It is created if it does not exist.
    #[arg(long, value_name = "FILE")]
    into: PathBuf,

    /// What was exported: a file, or a git revision that has the glossary as it was then.
    #[arg(long, value_name = "FILE|REV")]
    base: Option<String>,

    /// Print what would change, and write nothing.
    #[arg(long)]
    dry_run: bool,

    /// Take over what contradicts the glossary, too, instead of reporting it.
    #[arg(long)]
    theirs: bool,

    /// A sign that divides the names in a cell, such as ';', '/' or newline; `none` if cells hold one name each. May be repeated.
    /// A full-width sign counts as its half-width one, and `|` always divides.
    #[arg(long, value_name = "SIGN", value_parser = parse_sign)]
    split: Vec<Sign>,

    /// A sheet to read, by its name or number. May be repeated. Default: the one that has names.
    #[arg(long, value_name = "NAME")]
    sheet: Vec<String>,

    /// The encoding of a text file, such as gb18030, if detection fails.
    #[arg(long, value_name = "LABEL", value_parser = parse_encoding)]
    encoding: Option<&'static Encoding>,

    /// How to print what changes.
    #[arg(long, value_enum, default_value_t = target::Format::Text)]
    format: target::Format,

    /// The kind of new concepts whose kind the file does not give.
    #[arg(long, value_enum, default_value = "term")]
    kind: Kind,
}

/// A value of `--split`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sign {
    None,
    At(char),
}

fn parse_sign(text: &str) -> Result<Sign, String> {
    match text {
        "none" => Ok(Sign::None),
        "newline" | "\\n" | "\n" => Ok(Sign::At('\n')),
        "；" => Ok(Sign::At(';')),
        "／" => Ok(Sign::At('/')),
        text => match text.chars().collect::<Vec<_>>()[..] {
            [sign] if !sign.is_alphanumeric() && sign != ' ' => Ok(Sign::At(sign)),
            _ => Err("write one sign, such as ';' or '/', or newline, or none".to_owned()),
        },
    }
}

/// Takes the names and fields of files over into a glossary.
pub fn run(args: &Args, out: &mut dyn Write) -> Outcome {
    let console = Console::default();
    let mut file = open(&args.into)?;
    let mut reading = Reading {
        split: args.signs()?,
        sheets: args.sheet.clone(),
        encoding: args.encoding,
    };
    let (mut counts, mut imports) = (Counts::default(), Imports::default());
    for path in &args.files {
        let mut imported = read_or_ask(path, &mut reading)?;
        for warning in &imported.warnings {
            console.glossary_warning(warning);
        }
        args.set_kind(&mut imported);
        let ours = load_text(&args.into, file.text())?;
        let base = match &args.base {
            Some(base) => Some(args.base(base, &reading)?),
            None => imported.base.take(),
        };
        let resolution = if args.theirs {
            Resolution::Theirs
        } else {
            Resolution::Report
        };
        let changes = compare(ours.glossary.concepts(), &imported, base.as_deref(), resolution);
        match args.format {
            target::Format::Text => print(&changes, path, out)?,
            target::Format::Json => imports.add(&changes, path),
        }
        counts.add(&changes);
        apply(&mut file, &changes);
        // What bilint would refuse to read is not written.
        let after = load_text(&args.into, file.text())
            .map_err(|e| format!("the result would be faulty, so nothing was written: {e}"))?;
        for warning in after
            .warnings
            .iter()
            .filter(|w| ours.warnings.iter().all(|o| o.message != w.message))
        {
            console.glossary_warning(warning);
        }
    }
    let is_written = !args.dry_run && file.write()?;
    let shown = display_path(&args.into);
    match args.format {
        target::Format::Json => imports.print(is_written, out)?,
        target::Format::Text => {
            writeln!(out, "{}", counts.describe())?;
            match (args.dry_run, is_written) {
                (true, _) => writeln!(out, "nothing was written: --dry-run")?,
                (false, true) => writeln!(out, "wrote {}", printable(&shown))?,
                (false, false) => writeln!(out, "{} stays as it is", printable(&shown))?,
            }
        }
    }
    Ok(if counts.conflicts > 0 {
        EXIT_FINDINGS
    } else {
        EXIT_CLEAN
    })
}

impl Args {
    /// The signs of `--split`; `None` if it is not given.
    fn signs(&self) -> Result<Option<Vec<char>>, Trouble> {
        if self.split.is_empty() {
            return Ok(None);
        }
        if self.split.contains(&Sign::None) && self.split.len() > 1 {
            return Err("--split none and a sign contradict each other; remove one of them".into());
        }
        let signs = self.split.iter().filter_map(|sign| match sign {
            Sign::None => None,
            Sign::At(sign) => Some(*sign),
        });
        Ok(Some(signs.collect()))
    }

    /// Gives the concepts without a kind the one of `--kind`.
    fn set_kind(&self, imported: &mut Imported) {
        let has_kind = imported.keys.as_ref().is_some_and(|keys| keys.contains(&"kind"));
        for (concept, _) in &mut imported.concepts {
            if !has_kind && concept.kind == Kind::Term {
                concept.kind = self.kind;
            }
        }
    }

    /// What was exported.
    fn base(&self, base: &str, reading: &Reading) -> Result<Vec<Concept>, Trouble> {
        let path = Path::new(base);
        if path.exists() {
            let imported = read(path, reading)?;
            return Ok(imported.concepts.into_iter().map(|(concept, _)| concept).collect());
        }
        let loaded = glossary_at(base, std::slice::from_ref(&self.into))
            .map_err(|e| format!("--base: “{base}” is no file, and no revision that has the glossary: {e}"))?;
        Ok(loaded.glossary.concepts().to_vec())
    }
}

/// Reads the glossary to change, or begins one.
fn open(path: &Path) -> Result<TomlFile, Trouble> {
    if Format::from_path(path) != Some(Format::Toml) {
        let shown = display_path(path);
        return Err(format!(
            "--into {shown}: a glossary that is changed in place is a .toml file; name one, and it will be made"
        )
        .into());
    }
    if path.exists() {
        Ok(TomlFile::read(path)?)
    } else {
        Ok(TomlFile::parse(path, "")?)
    }
}

fn load_text(path: &Path, text: String) -> Result<Loaded, Trouble> {
    let source = Source::new(display_path(path), text);
    Ok(load::load_texts(&[GlossaryFile::new(source, Format::Toml)])?)
}

/// Reads a file. On a terminal, asks which signs divide names, and remembers the answer for the next file.
fn read_or_ask(path: &Path, reading: &mut Reading) -> Result<Imported, Trouble> {
    let prompt = Prompt::new();
    match read(path, reading) {
        Err(ReadError::Doubtful { doubts, .. }) if prompt.is_possible() => {
            reading.split = Some(ask(path, &doubts, &prompt)?);
            Ok(read(path, reading)?)
        }
        result => Ok(result?),
    }
}

fn ask(path: &Path, doubts: &BTreeMap<char, Doubt>, prompt: &Prompt) -> io::Result<Vec<char>> {
    let mut signs = Vec::new();
    for (&sign, doubt) in doubts {
        let cells = format!(
            "{}: {} cells contain {}, such as “{}” in row {}. Does it divide several names?",
            display_path(path),
            doubt.cells,
            sign_name(sign),
            doubt.example.replace('\n', "⏎"),
            doubt.line
        );
        if prompt.confirm(&cells)? {
            signs.push(sign);
        }
    }
    Ok(signs)
}
