//! `bilint man`: the manual pages, generated from the arguments and their help.
//!
//! What follows the options in `--help` becomes the sections EXAMPLES and EXIT STATUS, so that both say the same.

mod help;

use std::io::{self, Write};
use std::path::PathBuf;

use clap::{Command, CommandFactory};
use clap_mangen::Man;

use help::{More, escaped};

use super::{Cli, EXIT_CLEAN, Outcome};
use crate::file::write_atomically;

/// Arguments of `bilint man`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  bilint man | man -l -                 read it
  bilint man --output-dir share/man/man1")]
pub struct Args {
    /// Write a page for each command, `bilint.1`, `bilint-check.1` and so on, to this folder, which is made if it does not exist.
    #[arg(long, value_name = "DIR")]
    output_dir: Option<PathBuf>,
}

/// The section FILES, in the language of `man`.
const FILES: &str = r".SH FILES
.TP
\fIbilint.toml\fR
The configuration: that of the current folder, or of the nearest folder above it up to the root of the repository.
\fBbilint init\fR writes one, and \fBbilint config \-\-schema\fR prints its JSON Schema.
";

/// Prints all pages as one, or writes each to a file.
pub fn run(args: &Args, out: &mut dyn Write) -> Outcome {
    let mut command = Cli::command().disable_help_subcommand(true);
    command.build();
    match &args.output_dir {
        None => all_in_one(&command, out)?,
        Some(folder) => {
            std::fs::create_dir_all(folder).map_err(|e| format!("cannot make {}: {e}", folder.display()))?;
            for (name, page) in pages(&command)? {
                let path = folder.join(format!("{name}.1"));
                write_atomically(&path, &page).map_err(|e| format!("cannot write {}: {e}", path.display()))?;
            }
        }
    }
    Ok(EXIT_CLEAN)
}

/// One page, which refers to no other.
fn all_in_one(command: &Command, out: &mut dyn Write) -> io::Result<()> {
    let more = More::of(command);
    title(command, out)?;
    sections(command, &more, out)?;
    more.exit_status(out)?;
    out.write_all(FILES.as_bytes())?;
    more.write_examples(out)?;
    for sub in command.get_subcommands() {
        let named = sub.clone().display_name(format!("bilint {}", sub.get_name()));
        sections(&named, &More::of(sub), out)?;
    }
    Ok(())
}

/// The name of each command, such as `bilint-check`, with its page.
fn pages(command: &Command) -> io::Result<Vec<(String, Vec<u8>)>> {
    let mut pages = Vec::new();
    let mut open = vec![(command, Vec::new())];
    while let Some((command, above)) = open.pop() {
        let name = command.get_display_name().unwrap_or("bilint").to_owned();
        let more = More::of(command);
        let mut page = Vec::new();
        title(command, &mut page)?;
        sections(command, &more, &mut page)?;
        if command.has_subcommands() {
            Man::new(command.clone()).render_subcommands_section(&mut page)?;
        }
        more.exit_status(&mut page)?;
        if above.is_empty() {
            page.extend_from_slice(FILES.as_bytes());
        }
        more.write_examples(&mut page)?;
        see_also(command, &above, &mut page)?;
        let above = [above, vec![name.clone()]].concat();
        open.extend(command.get_subcommands().map(|sub| (sub, above.clone())));
        pages.push((name, page));
    }
    Ok(pages)
}

/// The header and the footer. The one of `clap_mangen` loses an empty date, and takes the version for it.
fn title(command: &Command, out: &mut dyn Write) -> io::Result<()> {
    let name = command.get_display_name().unwrap_or("bilint");
    writeln!(
        out,
        ".TH \"{}\" 1 \"\" \"bilint {}\" \"bilint manual\"",
        escaped(&name.to_uppercase()),
        env!("CARGO_PKG_VERSION")
    )
}

/// The sections up to the options.
fn sections(command: &Command, more: &More, out: &mut dyn Write) -> io::Result<()> {
    let page = Man::new(command.clone());
    page.render_name_section(out)?;
    page.render_synopsis_section(out)?;
    page.render_description_section(out)?;
    for paragraph in &more.notes {
        writeln!(out, ".PP\n{}", escaped(paragraph))?;
    }
    page.render_options_section(out)
}

/// The pages above, and those of commands that explain what this one prints.
fn see_also(command: &Command, above: &[String], out: &mut dyn Write) -> io::Result<()> {
    let takes_rules = command.get_arguments().any(|a| a.get_id() == "select");
    let mut pages = above.to_vec();
    if takes_rules || command.get_name() == "explain" {
        pages.push("bilint-rules".to_owned());
    }
    if takes_rules || command.get_name() == "rules" {
        pages.push("bilint-explain".to_owned());
    }
    pages.extend(
        command
            .get_subcommands()
            .filter_map(|sub| sub.get_display_name())
            .map(str::to_owned),
    );
    let pages = pages.iter().map(|page| format!("\\fB{}\\fR(1)", escaped(page)));
    let list = pages.collect::<Vec<_>>().join(",\n");
    writeln!(out, ".SH \"SEE ALSO\"\n{list}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn built() -> Command {
        let mut command = Cli::command().disable_help_subcommand(true);
        command.build();
        command
    }

    fn text(pages: &[(String, Vec<u8>)], name: &str) -> String {
        let page = pages.iter().find(|(n, _)| n == name).map(|(_, page)| page.clone());
        String::from_utf8(page.expect(name)).unwrap()
    }

    #[test]
    fn every_command_has_a_page_with_all_sections() {
        let pages = pages(&built()).unwrap();
        assert!(pages.len() > 30, "{}", pages.len());
        let names: Vec<&str> = pages.iter().map(|(name, _)| name.as_str()).collect();
        let pointer = regex::Regex::new(r"\\fB([a-z\\-]+)\\fR\(1\)").unwrap();
        for name in &names {
            let page = text(&pages, name);
            for section in [
                "NAME",
                "SYNOPSIS",
                "DESCRIPTION",
                "\"EXIT STATUS\"",
                "EXAMPLES",
                "\"SEE ALSO\"",
            ] {
                assert!(page.contains(&format!(".SH {section}\n")), "{name} has no {section}");
            }
            for found in pointer.captures_iter(&page) {
                let other = found[1].replace('\\', "");
                assert!(names.contains(&&*other), "{name} points to {other}");
            }
        }
        assert!(text(&pages, "bilint-check").contains("update\\-baseline"));
        assert!(text(&pages, "bilint-glossary-check").contains("bilint\\-explain"));
    }

    #[test]
    fn one_page_describes_every_subcommand_and_points_to_no_other() {
        let mut out = Vec::new();
        all_in_one(&built(), &mut out).unwrap();
        let page = String::from_utf8(out).unwrap();
        for sub in built().get_subcommands() {
            let name = format!("bilint {}", sub.get_name()).replace('-', "\\-");
            assert!(page.contains(&name), "{name}");
        }
        let pointer = regex::Regex::new(r"bilint\\-\w+\\fR\(1\)").unwrap();
        assert!(!pointer.is_match(&page), "a pointer to another page");
    }

    /// Each example is a line that the program accepts and a terminal of 80 columns shows in one piece.
    #[test]
    fn the_examples_are_valid_and_fit_a_terminal() {
        fn walk(command: &Command, seen: &mut usize) {
            let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
            for line in help.lines().filter(|line| line.starts_with(' ')) {
                assert!(unicode_width::UnicodeWidthStr::width(line) <= 80, "{line}");
            }
            for (line, _) in More::of(command).examples {
                let Some(arguments) = line.strip_prefix("bilint ") else {
                    continue;
                };
                let arguments = arguments.split(['|', '<', '>']).next().unwrap_or_default();
                let words = arguments.split('\'').enumerate().flat_map(|(i, part)| match i % 2 {
                    0 => part.split_whitespace().map(str::to_owned).collect(),
                    _ => vec![part.to_owned()],
                });
                let words = std::iter::once("bilint".to_owned()).chain(words);
                Cli::command()
                    .try_get_matches_from(words)
                    .unwrap_or_else(|e| panic!("{line}\n{e}"));
                *seen += 1;
            }
            command.get_subcommands().for_each(|sub| walk(sub, seen));
        }
        let mut seen = 0;
        walk(&built(), &mut seen);
        assert!(seen > 60, "{seen}");
    }
}
