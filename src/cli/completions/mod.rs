//! `bilint completions SHELL`, and the answers to the scripts that it prints.
//!
//! A script calls the program for the values at the cursor. That way the shell knows what only the program does: rules, the
//! second of two values joined by a comma, the concepts of the glossary in effect.

pub mod values;

use std::ffi::OsString;
use std::io::{self, Write};

use clap::CommandFactory;
use clap_complete::CompleteEnv;
use clap_complete::env::{Elvish, EnvCompleter, Fish, Powershell, Zsh};

use super::{Cli, EXIT_CLEAN, Outcome};

/// The environment variable in which a script names its shell.
const VARIABLE: &str = "BILINT_COMPLETE";

/// Joins what bash divides at `=`, which the script of clap does not.
const BASH: &str = include_str!("bilint.bash");

/// Arguments of `bilint completions`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  eval \"$(bilint completions bash)\"      in ~/.bashrc
  eval \"$(bilint completions zsh)\"       in ~/.zshrc, after compinit
  bilint completions fish | source       in ~/.config/fish/config.fish

The packages install the scripts. They ask `bilint` for the values, so they need not be printed again after an update. \
Exit code 0 if the script was printed, 2 on trouble.")]
pub struct Args {
    /// The shell to complete in.
    shell: clap_complete::Shell,
}

/// Prints the completion script.
pub fn run(args: &Args, out: &mut dyn Write) -> Outcome {
    use clap_complete::Shell;
    let shell: &dyn EnvCompleter = match args.shell {
        Shell::Elvish => &Elvish,
        Shell::Fish => &Fish,
        Shell::PowerShell => &Powershell,
        Shell::Zsh => &Zsh,
        _ => {
            out.write_all(BASH.as_bytes())?;
            return Ok(EXIT_CLEAN);
        }
    };
    shell.write_registration(VARIABLE, "bilint", "bilint", "bilint", out)?;
    if args.shell == Shell::Zsh {
        // As a file of `fpath`, the script is the body of a function, which runs at the first completion.
        writeln!(
            out,
            "if [[ ${{funcstack[1]}} == _bilint ]]; then\n    _clap_dynamic_completer_bilint \"$@\"\nfi"
        )?;
    }
    Ok(EXIT_CLEAN)
}

/// Answers a script if one is asking, which an environment variable says. Returns whether it did.
///
/// # Errors
/// The shell is unknown, or the answer cannot be written.
pub fn answer(arguments: impl IntoIterator<Item = OsString>) -> io::Result<bool> {
    if std::env::var_os(VARIABLE).is_none() {
        return Ok(false);
    }
    let folder = std::env::current_dir().ok();
    let asked = CompleteEnv::with_factory(Cli::command).var(VARIABLE);
    asked
        .try_complete(arguments, folder.as_deref())
        .map_err(io::Error::other)
}

#[cfg(test)]
mod tests {
    use clap::ValueEnum;

    use super::*;

    /// What is offered for the last of the words.
    fn offered(words: &[&str]) -> Vec<String> {
        let words: Vec<OsString> = std::iter::once("bilint")
            .chain(words.iter().copied())
            .map(Into::into)
            .collect();
        let last = words.len() - 1;
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
        let found = clap_complete::engine::complete(&mut Cli::command(), words, last, Some(folder)).unwrap();
        found
            .iter()
            .map(|c| c.get_value().to_string_lossy().into_owned())
            .collect()
    }

    #[test]
    fn every_shell_gets_a_script_that_asks_the_program() {
        for &shell in clap_complete::Shell::value_variants() {
            let mut out = Vec::new();
            run(&Args { shell }, &mut out).unwrap();
            let script = String::from_utf8(out).unwrap();
            assert!(
                script.contains(VARIABLE) && script.contains("bilint"),
                "{shell}: {script}"
            );
        }
    }

    /// Every argument that takes names of rules offers them, whatever its subcommand.
    #[test]
    fn rules_are_offered_wherever_they_are_expected() {
        fn walk(command: &clap::Command, way: &[&str], found: &mut usize) {
            for option in command.get_arguments() {
                let names: Vec<&str> = option
                    .get_value_names()
                    .unwrap_or_default()
                    .iter()
                    .map(clap::builder::Str::as_str)
                    .collect();
                if names != ["RULES"] {
                    continue;
                }
                let long = format!("--{}", option.get_long().unwrap());
                let is_about_entries = way.first() == Some(&"glossary");
                let rule = if is_about_entries {
                    "name-twin"
                } else {
                    "number-mismatch"
                };
                for start in [&rule[..5], &format!("all,{}", &rule[..5])] {
                    let all = offered(&[way, &[&*long, start]].concat());
                    assert!(all.iter().any(|v| v.ends_with(rule)), "{way:?} {long} {start}: {all:?}");
                }
                *found += 1;
            }
            for sub in command.get_subcommands().filter(|c| c.get_name() != "help") {
                walk(sub, &[way, &[sub.get_name()]].concat(), found);
            }
        }
        let mut command = Cli::command();
        command.build();
        let mut found = 0;
        walk(&command, &[], &mut found);
        assert!(found >= 10, "{found} arguments take rules");
        assert_eq!(offered(&["explain", "number-m"]), ["number-mismatch"]);
        assert_eq!(offered(&["check", "--ignore=quan"]), ["--ignore=quantities"]);
    }

    #[test]
    fn formats_and_their_files_are_offered() {
        assert_eq!(offered(&["check", "--format", "sar"]), ["sarif"]);
        assert_eq!(offered(&["check", "--output", "sar"]), ["sarif"]);
        assert_eq!(offered(&["check", "--output", "sarif=Cargo.t"]), ["sarif=Cargo.toml"]);
        assert_eq!(offered(&["align", "--output", "tm"]), ["tmx"]);
    }

    #[test]
    fn glossaries_concepts_and_encodings_are_offered() {
        let all = offered(&["check", "--glossary", ""]);
        assert!(
            ["builtin", "glossary/"].iter().all(|v| all.iter().any(|a| a == v)),
            "{all:?}"
        );
        assert_eq!(offered(&["glossary", "show", "shmf"]), ["shmff"]);
        assert_eq!(offered(&["check", "--encoding", "gb1"]), ["gb18030"]);
        assert_eq!(offered(&["align", "--lexicon", "non"]), ["none"]);
    }
}
