//! What `--help` of a command prints after the options, as sections of a manual page.

use std::io::{self, Write};

use clap::Command;

/// What `--help` prints after the options, by section.
#[derive(Debug, Default, PartialEq)]
pub struct More {
    /// Lines of the shell, with what each does.
    pub examples: Vec<(String, String)>,
    /// Exit codes, with when the program ends with each.
    codes: Vec<(String, String)>,
    /// Paragraphs, or lines to print as they are.
    pub notes: Vec<String>,
}

impl More {
    /// That of a command.
    pub fn of(command: &Command) -> Self {
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

    /// Writes the section EXIT STATUS.
    pub fn exit_status(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, ".SH \"EXIT STATUS\"")?;
        for (code, when) in &self.codes {
            writeln!(out, ".TP\n{code}\n{}.", escaped(&capitalized(when)))?;
        }
        Ok(())
    }

    /// Writes the section EXAMPLES.
    pub fn write_examples(&self, out: &mut dyn Write) -> io::Result<()> {
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
pub fn escaped(text: &str) -> String {
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
