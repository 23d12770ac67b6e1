//! `bilint man`: the manual pages, generated from the arguments and their help.
//!
//! What follows the options in `--help` becomes the sections EXAMPLES and EXIT STATUS, so that both say the same.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::{Command, CommandFactory};
use clap_mangen::Man;

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
    more.examples(out)?;
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
        more.examples(&mut page)?;
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

/// What `--help` prints after the options, by section.
#[derive(Debug, Default, PartialEq)]
struct More {
    /// Lines of the shell, with what each does.
    examples: Vec<(String, String)>,
    /// Exit codes, with when the program ends with each.
    codes: Vec<(String, String)>,
    /// Paragraphs, or lines to print as they are.
    notes: Vec<String>,
}

impl More {
    fn of(command: &Command) -> Self {
        let text = command.get_after_help().map(ToString::to_string).unwrap_or_default();
        let mut more = Self::default();
        for paragraph in text.split("\n\n") {
            if let Some(examples) = paragraph.strip_prefix("Examples:\n") {
                more.add_examples(examples);
            } else if let Some((before, codes)) = paragraph.split_once("Exit code ") {
                let (codes, after) = codes.split_once(". ").unwrap_or((codes, ""));
                more.add_codes(codes.trim_end_matches('.'));
                more.add_note(&format!("{before}{after}"));
            } else {
                more.add_note(paragraph);
            }
        }
        if more.codes.is_empty() {
            more.add_codes("0 on success, 2 on trouble");
        }
        more
    }

    fn add_note(&mut self, text: &str) {
        if !text.trim().is_empty() {
            self.notes.push(text.trim_end().to_owned());
        }
    }

    /// A command is indented by two columns and what it does follows after two spaces or, by six, on the next line. A command that
    /// ends with `\` goes on.
    fn add_examples(&mut self, text: &str) {
        for line in text.lines() {
            let indent = line.len() - line.trim_start().len();
            let line = line.trim();
            match self.examples.last_mut() {
                Some((command, _)) if command.ends_with('\\') => {
                    command.truncate(command.len() - 1);
                    command.push_str(line);
                }
                Some((_, what)) if indent >= 6 => line.clone_into(what),
                _ => {
                    let (command, what) = line.split_once("  ").unwrap_or((line, ""));
                    self.examples.push((command.to_owned(), what.trim().to_owned()));
                }
            }
        }
    }

    /// As in `0 if a concept was found, 1 if none was, 2 on trouble`.
    fn add_codes(&mut self, text: &str) {
        for part in text.split(", ") {
            match part.split_once(' ') {
                Some((code, "on trouble")) => {
                    let what = "on trouble: wrong arguments, a faulty configuration, a file that cannot be read or written, or nothing to check";
                    self.codes.push((code.to_owned(), what.to_owned()));
                }
                Some((code, when)) if code.parse::<u8>().is_ok() => self.codes.push((code.to_owned(), when.to_owned())),
                _ => {
                    if let Some((_, when)) = self.codes.last_mut() {
                        when.push_str(", ");
                        when.push_str(part);
                    }
                }
            }
        }
    }

    fn exit_status(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, ".SH \"EXIT STATUS\"")?;
        for (code, when) in &self.codes {
            writeln!(out, ".TP\n{code}\n{}.", escaped(&capitalized(when)))?;
        }
        Ok(())
    }

    fn examples(&self, out: &mut dyn Write) -> io::Result<()> {
        if !self.examples.is_empty() {
            writeln!(out, ".SH EXAMPLES")?;
        }
        for (i, (command, what)) in self.examples.iter().enumerate() {
            let command = escaped(command);
            if what.is_empty() {
                let apart = if i > 0 { ".PP\n" } else { "" };
                writeln!(out, "{apart}\\fB{command}\\fR")?;
            } else {
                writeln!(out, ".TP\n\\fB{command}\\fR\n{}.", escaped(&capitalized(what)))?;
            }
        }
        Ok(())
    }
}

fn capitalized(text: &str) -> String {
    let mut characters = text.chars();
    let first = characters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(characters).collect()
}

/// The text as `man` needs it. Lines that begin with two spaces stay lines.
fn escaped(text: &str) -> String {
    let text = text.replace('\\', "\\e").replace('-', "\\-").replace('\'', "\\(aq");
    let lines = text.lines().map(|line| {
        let is_request = line.starts_with('.');
        format!("{}{line}", if is_request { "\\&" } else { "" })
    });
    lines.collect::<Vec<_>>().join("\n")
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

    #[test]
    fn the_end_of_the_help_is_divided_into_sections() {
        let help = "Examples:\n  bilint x a    one\n  bilint y \\\n    b\n      two\n\nExit code 0 if a, b, 1 if c, 2 on trouble. More.";
        let more = More::of(&Command::new("x").after_help(help));
        assert_eq!(
            more.examples,
            [
                ("bilint x a".to_owned(), "one".to_owned()),
                ("bilint y b".to_owned(), "two".to_owned())
            ]
        );
        assert_eq!(more.codes[0], ("0".to_owned(), "if a, b".to_owned()));
        assert_eq!(more.codes.len(), 3);
        assert_eq!(more.notes, ["More."]);
        assert_eq!(escaped(".a -b 'c' \\"), "\\&.a \\-b \\(aqc\\(aq \\e");
    }
}
