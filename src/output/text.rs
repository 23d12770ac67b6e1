//! Text for people: the Chinese and the English of the pair, underlined, what was expected, what to do; at the end,
//! what was checked.

use std::io::{self, Write};

use super::excerpt::excerpts;
use super::summary::{write_score, write_summary};
use super::wrap::wrap;
use super::{Emitter, Style, printable};
use crate::finding::{Applicability, Finding, Label};
use crate::run::RunReport;

/// Expected names shown before the rest is only counted.
const EXPECTED_SHOWN: usize = 3;

/// Text for people.
#[derive(Debug, Clone, Copy)]
pub struct Text(pub Style);

impl Emitter for Text {
    fn emit(&self, report: &RunReport, out: &mut dyn Write) -> io::Result<()> {
        for f in &report.findings {
            self.finding(f, out)?;
        }
        if !self.0.quiet {
            write_summary(report, self.0, out)?;
        }
        if let Some(score) = &report.score {
            write_score(score, self.0, out)?;
        }
        Ok(())
    }
}

impl Text {
    fn finding(self, f: &Finding, out: &mut dyn Write) -> io::Result<()> {
        self.header(f, out)?;
        let first = f.primary();
        let other = f.label(first.side.other()).or(f.opposite.as_deref());
        let gutter = [Some(first), other]
            .into_iter()
            .flatten()
            .map(|l| l.end.line.max(l.start.line).to_string().len())
            .max()
            .unwrap_or(1);
        self.arrow("-->", first, gutter, out)?;
        match other {
            Some(other) if other.file == first.file => {
                // One file: as it is read, Chinese and English in the order of the lines.
                let mut both = [first, other];
                both.sort_by_key(|l| l.start);
                for l in both {
                    self.label(f, l, gutter, out)?;
                }
            }
            Some(other) => {
                self.label(f, first, gutter, out)?;
                self.arrow(":::", other, gutter, out)?;
                self.label(f, other, gutter, out)?;
            }
            None => self.label(f, first, gutter, out)?,
        }
        self.remarks(f, gutter, out)?;
        writeln!(out)
    }

    /// `severity[rule]: message`, wrapped.
    fn header(self, f: &Finding, out: &mut dyn Write) -> io::Result<()> {
        const INDENT: usize = 4;
        let kind = format!("{}[{}]", f.severity.name(), f.rule);
        let width = self.0.width;
        let message = printable(&f.message);
        let lines = wrap(
            &message,
            width.saturating_sub(kind.len() + ": ".len()),
            width.saturating_sub(INDENT),
        );
        write!(out, "{}", self.0.severity(&kind, f.severity))?;
        for (i, line) in lines.iter().enumerate() {
            match i {
                0 if line.is_empty() => writeln!(out, "{}", self.0.bold(":"))?,
                0 => writeln!(out, "{}", self.0.bold(&format!(": {line}")))?,
                _ => writeln!(out, "{:INDENT$}{}", "", self.0.bold(line))?,
            }
        }
        Ok(())
    }

    fn arrow(self, arrow: &str, at: &Label, gutter: usize, out: &mut dyn Write) -> io::Result<()> {
        let place = format!("{}:{}:{}", printable(&at.file), at.start.line, at.start.column);
        writeln!(out, "{:gutter$}{} {place}", "", self.0.frame(arrow))?;
        writeln!(out, "{:gutter$} {}", "", self.0.frame("|"))
    }

    fn label(self, f: &Finding, label: &Label, gutter: usize, out: &mut dyn Write) -> io::Result<()> {
        let head = gutter + " | zh  ".len();
        let all = excerpts(&label.context, label.context_span, self.0.width.saturating_sub(head));
        let is_underlined = f.label(label.side).is_some();
        let is_primary = std::ptr::eq(label, f.primary());
        let mut shown_to = 0;
        for e in all {
            if e.below > shown_to + 1 {
                writeln!(out, "{}", self.0.frame(&format!("{:gutter$} …", "")))?;
            }
            shown_to = e.below;
            let number = (label.start.line + e.below).min(label.end.line);
            let number = self.0.frame(&format!("{number:>gutter$} |"));
            writeln!(out, "{number} {}  {}", label.side.code(), e.text)?;
            if is_underlined {
                let bar = self.0.frame(&format!("{:gutter$} |", ""));
                let marks = if is_primary {
                    self.0.severity(&"^".repeat(e.cells), f.severity)
                } else {
                    self.0.bold(&"-".repeat(e.cells))
                };
                writeln!(out, "{bar}     {:from$}{marks}", "", from = e.from)?;
            }
        }
        Ok(())
    }

    /// What was found and expected, unless the message says it already; why; what to do.
    fn remarks(self, f: &Finding, gutter: usize, out: &mut dyn Write) -> io::Result<()> {
        let is_mentioned = |what: &str| f.message.contains(what) || f.help.as_ref().is_some_and(|h| h.contains(what));
        let is_label = |what: &str| f.primary().text == what;
        if let Some(found) = f.found.as_deref().filter(|x| !is_mentioned(x) && !is_label(x)) {
            self.remark("found", &quoted(found), gutter, out)?;
        }
        if f.expected.iter().take(EXPECTED_SHOWN).any(|x| !is_mentioned(x)) {
            self.remark("expected", &list_alternatives(&f.expected), gutter, out)?;
        }
        if let Some(why) = &f.why {
            self.remark("why", why, gutter, out)?;
        }
        let option = |a: Applicability| match a {
            Applicability::Safe => "--fix",
            Applicability::Unsafe => "--unsafe-fixes",
        };
        // A fix that does what the help says needs no line of its own.
        let is_help = |title: &str| f.help.as_deref() == Some(title);
        if let Some(help) = &f.help {
            match f.fixes.iter().find(|x| is_help(&x.title)) {
                Some(fix) => self.remark("help", &format!("{help} ({})", option(fix.applicability)), gutter, out)?,
                None => self.remark("help", help, gutter, out)?,
            }
        }
        for fix in f.fixes.iter().filter(|x| !is_help(&x.title)) {
            self.remark(
                "fix",
                &format!("{} ({})", fix.title, option(fix.applicability)),
                gutter,
                out,
            )?;
        }
        Ok(())
    }

    fn remark(self, what: &str, text: &str, gutter: usize, out: &mut dyn Write) -> io::Result<()> {
        let head = gutter + what.len() + " = : ".len();
        let text = printable(text);
        let width = self.0.width.saturating_sub(head);
        for (i, line) in wrap(&text, width, width).iter().enumerate() {
            if i == 0 {
                let what = self.0.bold(&format!("{what}:"));
                writeln!(out, "{:gutter$} {} {what} {line}", "", self.0.frame("="))?;
            } else {
                writeln!(out, "{:head$}{line}", "")?;
            }
        }
        Ok(())
    }
}

fn quoted(name: &str) -> String {
    format!("“{name}”")
}

/// “A”, “B” or “C”; of a long list the first few and a count.
fn list_alternatives(names: &[String]) -> String {
    let shown: Vec<String> = names.iter().take(EXPECTED_SHOWN).map(|n| quoted(n)).collect();
    let rest = names.len() - shown.len();
    match shown.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        all if rest > 0 => format!("{} or {rest} more", all.join(", ")),
        [init @ .., last] => format!("{} or {last}", init.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use unicode_width::UnicodeWidthStr;

    use super::*;
    use crate::output::testing::{emitted, report, reports};

    #[test]
    fn text_snapshots() {
        for (name, report) in reports() {
            insta::assert_snapshot!(format!("text_{name}"), emitted(&Text(Style::default()), &report));
        }
    }

    #[test]
    fn a_narrow_terminal_gets_narrow_lines() {
        let text = emitted(&Text(Style::new(false, Some(60))), &report());
        insta::assert_snapshot!("text_at_60_columns", text);
        for line in text.lines() {
            assert!(line.width() <= 60, "{line}");
        }
    }

    #[test]
    fn colours_change_no_text() {
        let colored = emitted(&Text(Style::new(true, None)), &report());
        let plain = regex::Regex::new("\u{1b}\\[[0-9;]*m")
            .unwrap()
            .replace_all(&colored, "")
            .into_owned();
        assert_eq!(plain, emitted(&Text(Style::default()), &report()));
    }

    #[test]
    fn a_quiet_report_has_the_findings_only() {
        let quiet = |report| {
            let style = Style {
                quiet: true,
                ..Style::default()
            };
            emitted(&Text(style), report)
        };
        let [(_, none), (_, one), _] = reports();
        assert_eq!(quiet(&none), "");
        let text = quiet(&one);
        assert!(
            text.contains("error[term-mismatch]") && !text.contains("Found"),
            "{text}"
        );
    }

    #[test]
    fn a_long_list_of_names_is_counted() {
        let names: Vec<String> = ["a", "b", "c", "d", "e"].map(String::from).into();
        assert_eq!(list_alternatives(&names), "“a”, “b”, “c” or 2 more");
        assert_eq!(list_alternatives(&names[..2]), "“a” or “b”");
    }
}
