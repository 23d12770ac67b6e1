//! `bilint completions SHELL` and `bilint man`: completions and the manual page, generated from the arguments.

use std::io::Write;

use clap::builder::PossibleValuesParser;
use clap::{Command, CommandFactory};

use super::{Cli, EXIT_CLEAN, Outcome};
use crate::rules;

/// Arguments of `bilint completions`.
#[derive(Debug, clap::Args)]
pub struct Completions {
    /// The shell to complete in.
    shell: clap_complete::Shell,
}

/// Prints the completion script.
pub fn completions(args: &Completions, out: &mut dyn Write) -> Outcome {
    // The generator panics where it cannot write, so it writes to memory.
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut completed(), "bilint", &mut script);
    out.write_all(&script)?;
    Ok(EXIT_CLEAN)
}

/// The arguments, with the names of rules and groups as values. The program itself checks these names later, and says
/// which one is meant.
fn completed() -> Command {
    let ids = rules::all().iter().map(|r| r.meta().id);
    let groups = rules::Group::ALL.iter().map(|g| g.name());
    let names: Vec<&str> = ids.clone().chain(groups).chain(["all"]).collect();
    let ids = PossibleValuesParser::new(ids);
    let names = PossibleValuesParser::new(names);
    Cli::command()
        .mut_subcommand("check", |check| {
            check
                .mut_arg("select", |a| a.value_parser(names.clone()))
                .mut_arg("ignore", |a| a.value_parser(names.clone()))
        })
        .mut_subcommand("explain", |explain| explain.mut_arg("rule", |a| a.value_parser(ids)))
}

/// What the manual page says besides the arguments, in the language of `man`.
const MORE: &str = r#"
.SH "EXIT STATUS"
.TP
0
No finding at or above \fB\-\-fail\-on\fR.
.TP
1
Findings.
.TP
2
Wrong arguments, a faulty configuration, a file that cannot be read or written, or nothing to check.
.SH FILES
.TP
\fIbilint.toml\fR
The configuration: that of the current folder, or of the nearest folder above it up to the root of the repository.
\fBbilint init\fR writes one, and \fBbilint config \-\-schema\fR prints its JSON Schema.
.SH EXAMPLES
.TP
\fBbilint check docs\fR
Check all texts and pairs of texts in a folder.
.TP
\fBbilint check \-\-dry\-run docs\fR
List what would be compared with what.
.TP
\fBbilint check \-\-fix docs\fR
Correct what can be corrected safely.
.TP
\fBbilint check \-\-output github \-\-output sarif=bilint.sarif .\fR
Annotate a pull request and write a SARIF file.
.TP
\fBbilint explain term\-omitted\fR
Explain a rule.
.TP
\fBbilint align zh.md en.md\fR
Print which paragraphs translate each other.
"#;

/// Prints the manual page: all subcommands in one, so that it refers to no other page.
pub fn man(out: &mut dyn Write) -> Outcome {
    let mut command = Cli::command();
    command.build();
    let page = clap_mangen::Man::new(command.clone());
    page.render_title(out)?;
    page.render_name_section(out)?;
    page.render_synopsis_section(out)?;
    page.render_description_section(out)?;
    page.render_options_section(out)?;
    out.write_all(MORE.as_bytes())?;
    for sub in command.get_subcommands().filter(|c| c.get_name() != "help") {
        let name = format!("bilint {}", sub.get_name());
        let page = clap_mangen::Man::new(sub.clone().display_name(name));
        writeln!(out)?;
        page.render_name_section(out)?;
        page.render_synopsis_section(out)?;
        page.render_description_section(out)?;
        page.render_options_section(out)?;
    }
    Ok(EXIT_CLEAN)
}

#[cfg(test)]
mod tests {
    use clap::ValueEnum;

    use super::*;

    #[test]
    fn every_shell_gets_a_script_that_knows_the_options() {
        for &shell in clap_complete::Shell::value_variants() {
            let mut out = Vec::new();
            completions(&Completions { shell }, &mut out).unwrap();
            let script = String::from_utf8(out).unwrap();
            // The generators of the other shells do not complete values.
            let completes_values = ["bash", "zsh", "fish"].contains(&&*shell.to_string());
            let words: &[&str] = if completes_values {
                &["update-baseline", "number-mismatch", "typography"]
            } else {
                &["update-baseline"]
            };
            for word in words {
                assert!(script.contains(word), "{shell} does not know {word}");
            }
        }
    }

    #[test]
    fn the_manual_page_describes_every_subcommand() {
        let mut out = Vec::new();
        man(&mut out).unwrap();
        let page = String::from_utf8(out).unwrap();
        for sub in Cli::command().get_subcommands() {
            assert!(
                page.contains(&format!("bilint {}", sub.get_name()).replace('-', "\\-")),
                "{}",
                sub.get_name()
            );
        }
        assert!(page.contains("update\\-baseline"));
        for section in ["\"EXIT STATUS\"", "FILES", "EXAMPLES"] {
            assert!(page.contains(&format!("\n.SH {section}\n")), "{section}");
        }
        let pointer = regex::Regex::new(r"bilint\\-\w+\(1\)").unwrap();
        assert!(!pointer.is_match(&page), "a pointer to another page");
    }
}
