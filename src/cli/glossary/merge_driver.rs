//! `bilint glossary merge-driver`: what git runs to merge glossary files.

use std::io::Write;
use std::path::PathBuf;
use std::process::Command;

use crate::cli::console::print;
use crate::cli::{EXIT_CLEAN, EXIT_FINDINGS, Outcome};
use crate::file;
use crate::glossary::merging::merge;
use crate::text::printable;

/// Arguments of `bilint glossary merge-driver`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  git config merge.bilint-glossary.driver \\
    'bilint glossary merge-driver %O %A %B %P'
      once for each clone
  echo 'glossary/*.toml merge=bilint-glossary' >> .gitattributes
      once for the repository

Exit code 0 if all was merged, 1 if there are conflicts, 2 on trouble.

Concepts are merged by id, and in a \
    concept key by key. A concept that both sides changed in one key is a conflict.")]
pub struct Args {
    /// The common ancestor (%O).
    base: PathBuf,

    /// Our version (%A), which is overwritten with the result.
    ours: PathBuf,

    /// Their version (%B).
    theirs: PathBuf,

    /// The name of the file in the repository (%P), for messages.
    name: Option<String>,
}

/// Merges and writes the result to our version; exits with 1 if there are conflicts.
pub fn run(args: &Args, _: &mut dyn Write) -> Outcome {
    let [base, ours, theirs] = [&args.base, &args.ours, &args.theirs]
        .map(|path| file::read_to_string(path).map_err(|e| format!("cannot read {}: {e}", path.display())));
    let shown = args.ours.display().to_string();
    let name = args.name.as_deref().unwrap_or(&shown);
    match merge(&base?, &ours?, &theirs?) {
        Ok(merged) => {
            file::write_atomically(&args.ours, merged.text.as_bytes())?;
            for id in &merged.conflicts {
                print(format_args!("{name}: conflict: “{id}” was changed on both sides"));
            }
            Ok(if merged.conflicts.is_empty() {
                EXIT_CLEAN
            } else {
                EXIT_FINDINGS
            })
        }
        Err(error) => {
            print(format_args!(
                "{name}: {}; merged line by line instead",
                printable(&error.to_string())
            ));
            let merged = Command::new("git")
                .args(["merge-file", "-q"])
                .args([&args.ours, &args.base, &args.theirs])
                .status()?;
            Ok(if merged.success() { EXIT_CLEAN } else { EXIT_FINDINGS })
        }
    }
}
