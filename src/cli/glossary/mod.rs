//! `bilint glossary`: searching a glossary and working on it. Each of its subcommands has a file of its own.

mod add;
mod change;
mod check;
mod coverage;
mod deprecate;
mod diff;
mod edit;
mod export;
mod fields;
mod find;
mod fmt;
mod impact;
mod import;
mod import_report;
mod kept_names;
mod merge;
mod merge_driver;
mod mine;
mod mined;
mod recording;
mod remove;
mod rename;
mod revision;
mod session;
mod show;
mod site;
mod split;
mod target;
mod test;

use std::io::Write;

use clap::Subcommand;

use super::Outcome;
use super::prompt::Prompt;

/// Arguments of `bilint glossary`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  bilint glossary find 强磁场         search by a part of a name
  bilint glossary show shmff          all about a concept
  bilint glossary check names.toml    faults in a glossary")]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Print which concepts texts name, how they render each, and which they never use.
    Coverage(coverage::Args),
    /// Print names in texts that the glossary lacks, with their renderings.
    Mine(mine::Args),
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
    /// Check the examples and counterexamples of the entries.
    Test(test::Args),
    /// Find concepts by a name, a part of one, an acronym, or pinyin.
    Find(find::Args),
    /// Write glossary files in their one form.
    Fmt(fmt::Args),
    /// Merge glossary files by concept, for git.
    MergeDriver(merge_driver::Args),
    /// Write a static site with a page for each concept, indexes and a search.
    Site(site::Args),
    /// Show everything that the glossary says about a concept.
    Show(show::Args),
    /// Add a concept.
    Add(add::Args),
    /// Change names and fields of a concept.
    Edit(edit::Args),
    /// Give a concept another name, from a day on or for good.
    Rename(rename::Args),
    /// Deprecate a concept or one of its names.
    Deprecate(deprecate::Args),
    /// Merge concepts that are one.
    Merge(merge::Args),
    /// Split names off a concept into a new one.
    Split(split::Args),
    /// Remove concepts.
    Remove(remove::Args),
}

/// Runs the subcommand.
pub fn run(args: &Args, out: &mut dyn Write, is_colored: bool) -> Outcome {
    match &args.command {
        Command::Coverage(args) => coverage::run(args, out),
        Command::Mine(args) => mine::run(args, out),
        Command::Impact(args) => impact::run(args, out),
        Command::Diff(args) => diff::run(args, out),
        Command::Export(args) => export::run(args, out),
        Command::Import(args) => import::run(args, out),
        Command::Check(args) => check::run(args, out, is_colored),
        Command::Test(args) => test::run(args, out),
        Command::Find(args) => find::run(args, out),
        Command::Fmt(args) => fmt::run(args, out),
        Command::MergeDriver(args) => merge_driver::run(args, out),
        Command::Site(args) => site::run(args, out),
        Command::Show(args) => show::run(args, out),
        Command::Add(args) => add::run(args, &Prompt::new(), out),
        Command::Edit(args) => edit::run(args, &Prompt::new(), out),
        Command::Rename(args) => rename::run(args, &Prompt::new(), out),
        Command::Deprecate(args) => deprecate::run(args, &Prompt::new(), out),
        Command::Merge(args) => merge::run(args, &Prompt::new(), out),
        Command::Split(args) => split::run(args, &Prompt::new(), out),
        Command::Remove(args) => remove::run(args, &Prompt::new(), out),
    }
}
