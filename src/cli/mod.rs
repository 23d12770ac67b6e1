//! The command line: arguments, exit codes, the terminal. Each subcommand has a file of its own.

mod align;
mod annotating;
mod check;
mod checks;
mod color;
mod completions;
mod config;
mod console;
mod dry_run;
mod explain;
mod fail_on;
mod file_list;
mod filter;
mod filters;
mod fixing;
mod glossary;
mod init;
mod inputs;
mod kept;
mod lsp;
mod man;
mod outputs;
mod part;
mod prompt;
mod quantities;
mod review;
mod rules;
mod segment;
mod stale;
mod watch;

use std::ffi::OsString;
use std::io::{self, Write};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Exit code 0: nothing at or above `--fail-on`.
pub const EXIT_CLEAN: u8 = 0;
/// Exit code 1: findings.
pub const EXIT_FINDINGS: u8 = 1;
/// Exit code 2: wrong arguments, a faulty configuration, an unreadable or unwritable file, or nothing to check.
pub const EXIT_TROUBLE: u8 = 2;

/// Lint Chinese–English translations: names, terms, quantities, omissions.
#[derive(Debug, Parser)]
#[command(name = "bilint", version = env!("BILINT_VERSION"), about, max_term_width = 100)]
#[command(after_help = "\
Examples:
  bilint check docs                  check the texts in a folder
  bilint check --dry-run docs        what would be compared with what
  bilint check --fix docs            correct what can be corrected safely
  bilint explain term-omitted        explain a rule
  bilint align zh.md en.md           which paragraphs translate each other

Exit code 0 if nothing at or above --fail-on was found, 1 if something was, 2 on trouble.")]
pub struct Cli {
    /// Whether to print in colour. `auto` heeds the environment variables NO_COLOR, FORCE_COLOR, CLICOLOR_FORCE and CLICOLOR.
    #[arg(long, global = true, value_enum, value_name = "WHEN", default_value_t)]
    color: color::ColorChoice,

    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Check translations and report faults.
    Check(Box<check::Args>),
    /// Write a page in which people decide about each finding, and apply what they decided.
    Review(Box<review::Args>),
    /// Run a language server for editors, on standard input and output.
    Lsp(lsp::Args),
    /// Find translations that are older than their sources, by the history of the git repository.
    Stale(Box<stale::Args>),
    /// Filter a corpus: write the pairs without findings, or all of them with the rules that report them.
    Filter(filter::Args),
    /// Explain a rule: what it reports, why, with examples.
    Explain(explain::Args),
    /// Align two texts and print the pairs.
    Align(align::Args),
    /// Search a glossary and work on it.
    Glossary(Box<glossary::Args>),
    /// Write a first bilint.toml that lists the texts and glossaries of a folder.
    Init(init::Args),
    /// Print the configuration in effect, and where each key is set.
    Config(config::Args),
    /// Show the quantities of a text: kind, value, unit.
    Quantities(quantities::Args),
    /// List the rules.
    Rules(rules::Args),
    /// Print a completion script for a shell.
    Completions(completions::Args),
    /// Print the manual, or write a page for each command.
    Man(man::Args),
    /// Show the words and the glossary matches of a Chinese text, and why a match was dropped.
    Segment(segment::Args),
}

/// The result of a subcommand: an exit code, or an error, which is printed and exits with [`EXIT_TROUBLE`].
pub type Outcome = Result<u8, Trouble>;

/// Any error that ends a subcommand.
pub type Trouble = Box<dyn std::error::Error + Send + Sync>;

/// Runs the command line of this process.
pub fn main() -> ExitCode {
    run_arguments(std::env::args_os()).into()
}

/// Runs a command line, the name of the program first, on the standard streams of this process, and returns the exit code. The
/// Python package runs its command this way.
pub fn run_arguments(arguments: impl IntoIterator<Item = OsString>) -> u8 {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    match completions::answer(arguments.iter().cloned()) {
        Ok(false) => {}
        Ok(true) => return EXIT_CLEAN,
        Err(e) => {
            console::print_trouble(&e);
            return EXIT_TROUBLE;
        }
    }
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(e) => {
            // Help and version are such errors, too. A closed output is no reason to fail.
            let _ = e.print();
            return u8::try_from(e.exit_code()).unwrap_or(EXIT_TROUBLE);
        }
    };
    let color = cli.color.apply();
    // Not locked: a thread of the language server writes, too.
    let mut stdout = io::BufWriter::new(io::stdout());
    let outcome = run(&cli, color, &mut stdout).and_then(|code| {
        stdout.flush()?;
        Ok(code)
    });
    match outcome {
        Ok(code) => code,
        Err(e) if is_broken_pipe(e.as_ref()) => EXIT_CLEAN,
        Err(e) => {
            console::print_trouble(e.as_ref());
            EXIT_TROUBLE
        }
    }
}

fn run(cli: &Cli, color: bool, stdout: &mut dyn Write) -> Outcome {
    match &cli.command {
        Command::Check(args) if args.watch => watch::run(args, stdout, color),
        Command::Check(args) => check::run(args, stdout, color),
        Command::Review(args) => review::run(args, stdout),
        Command::Lsp(args) => lsp::run(args),
        Command::Stale(args) => stale::run(args, stdout, color),
        Command::Filter(args) => filter::run(args, stdout),
        Command::Explain(args) => explain::run(args, stdout),
        Command::Align(args) => align::run(args, stdout),
        Command::Glossary(args) => glossary::run(args, stdout, color),
        Command::Init(args) => init::run(args, stdout),
        Command::Config(args) => config::run(args, stdout),
        Command::Quantities(args) => quantities::run(args, stdout),
        Command::Rules(args) => rules::run(args, stdout),
        Command::Completions(args) => completions::run(args, stdout),
        Command::Man(args) => man::run(args, stdout),
        Command::Segment(args) => segment::run(args, stdout),
    }
}

/// Whether the reader of our output has closed it, which is no error.
fn is_broken_pipe(error: &(dyn std::error::Error + 'static)) -> bool {
    let mut next = Some(error);
    while let Some(e) = next {
        if e.downcast_ref::<io::Error>()
            .is_some_and(|e| e.kind() == io::ErrorKind::BrokenPipe)
        {
            return true;
        }
        next = e.source();
    }
    false
}
