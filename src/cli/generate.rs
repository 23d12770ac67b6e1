//! `bilint completions SHELL` and `bilint man`: completions and the manual page, generated from the arguments.

use std::io::Write;

use clap::CommandFactory;

use super::{Cli, EXIT_CLEAN, Outcome};

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
    clap_complete::generate(args.shell, &mut Cli::command(), "bilint", &mut script);
    out.write_all(&script)?;
    Ok(EXIT_CLEAN)
}

/// Prints the manual page: all subcommands in one.
pub fn man(out: &mut dyn Write) -> Outcome {
    let mut command = Cli::command();
    command.build();
    clap_mangen::Man::new(command.clone()).render(out)?;
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
            assert!(script.contains("update-baseline"), "{shell}");
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
    }
}
