//! `bilint glossary`: searching a glossary and working on it. Each of its subcommands has a file of its own.

mod find;
mod show;
mod target;

use std::io::Write;

use clap::Subcommand;

use super::Outcome;

/// Arguments of `bilint glossary`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Find concepts by a name, a part of one, an acronym, or pinyin.
    Find(find::Args),
    /// Show everything that the glossary says about a concept.
    Show(show::Args),
}

/// Runs the subcommand.
pub fn run(args: &Args, out: &mut dyn Write) -> Outcome {
    match &args.command {
        Command::Find(args) => find::run(args, out),
        Command::Show(args) => show::run(args, out),
    }
}
