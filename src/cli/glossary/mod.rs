//! `bilint glossary`: searching a glossary and working on it. Each of its subcommands has a file of its own.

mod check;
mod coverage;
mod diff;
mod export;
mod find;
mod fmt;
mod impact;
mod import;
mod import_report;
mod merge_driver;
mod revision;
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
    /// Print which concepts texts name, how they render each, and which they never use.
    Coverage(coverage::Args),
    /// Print which texts a change of the glossary makes wrong, and which right.
    Impact(impact::Args),
    /// Print in words how a glossary changed since a git revision.
    Diff(diff::Args),
    /// Write the glossary as a workbook, a table, TBX, JSON or YAML.
    Export(export::Args),
    /// Take over what others have edited, or a list of names from elsewhere.
    Import(import::Args),
    /// Check the entries of a glossary and report faults.
    Check(check::Args),
    /// Find concepts by a name, a part of one, an acronym, or pinyin.
    Find(find::Args),
    /// Write glossary files in their one form.
    Fmt(fmt::Args),
    /// Merge glossary files by concept, for git.
    MergeDriver(merge_driver::Args),
    /// Show everything that the glossary says about a concept.
    Show(show::Args),
}

/// Runs the subcommand.
pub fn run(args: &Args, out: &mut dyn Write, is_colored: bool) -> Outcome {
    match &args.command {
        Command::Coverage(args) => coverage::run(args, out),
        Command::Impact(args) => impact::run(args, out),
        Command::Diff(args) => diff::run(args, out),
        Command::Export(args) => export::run(args, out),
        Command::Import(args) => import::run(args, out),
        Command::Check(args) => check::run(args, out, is_colored),
        Command::Find(args) => find::run(args, out),
        Command::Fmt(args) => fmt::run(args, out),
        Command::MergeDriver(args) => merge_driver::run(args, out),
        Command::Show(args) => show::run(args, out),
    }
}
