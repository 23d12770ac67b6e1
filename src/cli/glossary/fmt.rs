//! `bilint glossary fmt`.

use std::io::Write;
use std::path::PathBuf;

use super::target::toml_files;
use crate::cli::config::Choice;
use crate::cli::{EXIT_CLEAN, EXIT_FINDINGS, Outcome};
use crate::file;
use crate::glossary::{TomlFile, layout};
use crate::text::{display_path, printable};

/// Arguments of `bilint glossary fmt`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  bilint glossary fmt names.toml
  bilint glossary fmt --check glossary/      in continuous integration

Exit code 0 if all files have the form, 1 if --check finds one that has not, 2 on trouble.

Sorts the concepts by id and their keys in one order, writes strings in quotation marks and in NFC, and lists \
    on one line or one entry a line. Comments stay with what they are written at.")]
pub struct Args {
    /// Glossary files in TOML and folders of them. Default: the glossaries of bilint.toml.
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// Change nothing; list the files that would change, and exit with 1 if there are any.
    #[arg(long)]
    check: bool,

    #[command(flatten)]
    config: Choice,
}

/// Formats glossary files.
pub fn run(args: &Args, out: &mut dyn Write) -> Outcome {
    let mut changed = 0;
    for path in toml_files(&args.config, &args.paths)? {
        let file = TomlFile::read(&path)?;
        let text = layout::format(&path, file.original())?;
        if text == file.original() {
            continue;
        }
        changed += 1;
        let shown = display_path(&path).to_string();
        if args.check {
            writeln!(out, "{}: not formatted", printable(&shown))?;
        } else {
            file::write_atomically(&path, text.as_bytes())?;
            writeln!(out, "{}: formatted", printable(&shown))?;
        }
    }
    Ok(if args.check && changed > 0 {
        EXIT_FINDINGS
    } else {
        EXIT_CLEAN
    })
}
