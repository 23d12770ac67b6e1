//! Text for people: the Chinese and the English of the pair, underlined, what was expected, what to do; at the end,
//! what was checked.

use std::io::{self, Write};

use colored::{Color, Colorize};

use super::excerpt::excerpts;
use super::wrap::wrap;
use super::{Emitter, count, printable};
use crate::finding::{Applicability, Finding, Label, Severity};
use crate::run::{RuleSummary, RunReport, Summary};
use crate::score::{Figure, Score};
use crate::text::Side;

/// Cells of a line of the report, gutter included.
const WIDTH: usize = 100;
/// Names shown of the expected ones before the rest is only counted.
const EXPECTED_SHOWN: usize = 3;

/// Text for people.
#[derive(Debug, Clone, Copy)]
pub struct Text {
    color: bool,
}

/// The colour that stands for a severity.
pub(super) const fn severity_color(severity: Severity) -> Color {
    match severity {
        Severity::Error => Color::BrightRed,
        Severity::Warning => Color::BrightYellow,
        Severity::Note => Color::BrightCyan,
    }
}

impl Text {
    /// With or without colours.
    pub const fn new(color: bool) -> Self {
        Self { color }
    }

    fn paint(self, text: &str, color: Color) -> String {
        if self.color {
            text.color(color).bold().to_string()
        } else {
            text.to_owned()
        }
    }

    /// Gutters, arrows and other furniture.
    fn frame(self, text: &str) -> String {
        self.paint(text, Color::BrightBlue)
    }

    fn bold(self, text: &str) -> String {
        if self.color {
            text.bold().to_string()
        } else {
            text.to_owned()
        }
    }

    fn finding(self, f: &Finding, out: &mut dyn Write) -> io::Result<()> {
        let kind = format!("{}[{}]", f.severity.name(), f.rule);
        let kind = self.paint(&kind, severity_color(f.severity));
        writeln!(out, "{kind}{}", self.bold(&format!(": {}", printable(&f.message))))?;

        let first = f.primary();
        let other = f.label(first.side.other()).or(f.opposite.as_ref());
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

    fn arrow(self, arrow: &str, at: &Label, gutter: usize, out: &mut dyn Write) -> io::Result<()> {
        let place = format!("{}:{}:{}", printable(&at.file), at.start.line, at.start.column);
        writeln!(out, "{:gutter$}{} {place}", "", self.frame(arrow))?;
        writeln!(out, "{:gutter$} {}", "", self.frame("|"))
    }

    fn label(self, f: &Finding, label: &Label, gutter: usize, out: &mut dyn Write) -> io::Result<()> {
        let head = gutter + " | zh  ".len();
        let all = excerpts(&label.context, label.context_span, WIDTH.saturating_sub(head));
        let pointed = f.label(label.side).is_some();
        let (mark, color) = if std::ptr::eq(label, f.primary()) {
            ("^", severity_color(f.severity))
        } else {
            ("-", Color::BrightBlue)
        };
        let mut shown_to = 0;
        for e in all {
            if e.below > shown_to + 1 {
                writeln!(out, "{}", self.frame(&format!("{:gutter$} …", "")))?;
            }
            shown_to = e.below;
            let number = (label.start.line + e.below).min(label.end.line);
            let number = self.frame(&format!("{number:>gutter$} |"));
            writeln!(out, "{number} {}  {}", label.side.code(), e.text)?;
            if pointed {
                let bar = self.frame(&format!("{:gutter$} |", ""));
                let marks = self.paint(&mark.repeat(e.cells), color);
                writeln!(out, "{bar}     {:from$}{marks}", "", from = e.from)?;
            }
        }
        Ok(())
    }

    /// What was found and expected where the message does not say it already, where that comes from, what to do.
    fn remarks(self, f: &Finding, gutter: usize, out: &mut dyn Write) -> io::Result<()> {
        let said = |what: &str| f.message.contains(what) || f.help.as_ref().is_some_and(|h| h.contains(what));
        let pointed_at = |what: &str| f.label(Side::En).or(f.label(Side::Zh)).is_some_and(|l| l.text == what);
        if let Some(found) = f.found.as_deref().filter(|x| !said(x) && !pointed_at(x)) {
            self.remark("found", &quoted(found), gutter, out)?;
        }
        if f.expected.iter().take(EXPECTED_SHOWN).any(|x| !said(x)) {
            self.remark("expected", &either(&f.expected), gutter, out)?;
        }
        if let Some(why) = &f.why {
            self.remark("why", why, gutter, out)?;
        }
        let how = |a: Applicability| match a {
            Applicability::Safe => "--fix",
            Applicability::Unsafe => "--unsafe-fixes",
        };
        // A fix that does what the help says needs no line of its own.
        let same = |title: &str| f.help.as_deref() == Some(title);
        if let Some(help) = &f.help {
            match f.fixes.iter().find(|x| same(&x.title)) {
                Some(fix) => self.remark("help", &format!("{help} ({})", how(fix.applicability)), gutter, out)?,
                None => self.remark("help", help, gutter, out)?,
            }
        }
        for fix in f.fixes.iter().filter(|x| !same(&x.title)) {
            self.remark(
                "fix",
                &format!("{} ({})", fix.title, how(fix.applicability)),
                gutter,
                out,
            )?;
        }
        Ok(())
    }

    fn remark(self, what: &str, text: &str, gutter: usize, out: &mut dyn Write) -> io::Result<()> {
        let head = gutter + what.len() + " = : ".len();
        let text = printable(text);
        for (i, line) in wrap(&text, WIDTH.saturating_sub(head)).iter().enumerate() {
            if i == 0 {
                let what = self.bold(&format!("{what}:"));
                writeln!(out, "{:gutter$} {} {what} {line}", "", self.frame("="))?;
            } else {
                writeln!(out, "{:head$}{line}", "")?;
            }
        }
        Ok(())
    }

    fn summary(self, report: &RunReport, out: &mut dyn Write) -> io::Result<()> {
        let s = &report.summary;
        write!(out, "Checked {}, {}", count(s.files, "file"), count(s.pairs, "pair"))?;
        if s.glossary.is_empty() {
            writeln!(out, "; no glossary.")?;
        } else {
            let seen = count(s.concepts_seen, "concept");
            writeln!(out, "; {seen} seen of {} in {}.", s.concepts, printable(&s.glossary))?;
        }
        let failures: Vec<_> = report.failures().collect();
        if !failures.is_empty() {
            writeln!(out, "{}", self.paint("Not checked:", Color::BrightRed))?;
            for k in &failures {
                writeln!(out, "  {}: {}", printable(&k.file), printable(&k.reason))?;
            }
        }
        if s.skipped.len() > failures.len() {
            let left_out = count(s.skipped.len() - failures.len(), "file");
            writeln!(out, "Left out: {left_out} without a translation.")?;
        }
        if s.pairs > 0 {
            self.rules(s, out)?;
        }
        self.verdict(report, out)
    }

    /// The rules that found something, with counts; the quiet ones by name.
    fn rules(self, s: &Summary, out: &mut dyn Write) -> io::Result<()> {
        let mut loud: Vec<_> = s.rules.iter().filter(|r| r.findings > 0).collect();
        loud.sort_by(|a, b| b.findings.cmp(&a.findings).then(a.id.cmp(b.id)));
        let wide = loud.iter().map(|r| r.id.len()).max().unwrap_or(0);
        for r in &loud {
            let n = self.bold(&format!("{:>7}", r.findings));
            writeln!(out, "{n}  {:wide$}  in {}", r.id, count(r.pairs, "pair"))?;
        }
        // That no suppression is amiss goes without saying.
        let is_quiet = |r: &&RuleSummary| r.findings == 0 && r.group != "suppressions";
        let quiet: Vec<_> = s.rules.iter().filter(is_quiet).map(|r| r.id).collect();
        if quiet.is_empty() {
            return Ok(());
        }
        let mut line = format!("{:>7}  ", 0);
        for (i, id) in quiet.iter().enumerate() {
            let last = i + 1 == quiet.len();
            if line.len() + id.len() + usize::from(!last) > WIDTH {
                writeln!(out, "{}", line.trim_end())?;
                line = " ".repeat(9);
            }
            line.push_str(id);
            line.push_str(if last { "" } else { ", " });
        }
        writeln!(out, "{line}")
    }

    fn verdict(self, report: &RunReport, out: &mut dyn Write) -> io::Result<()> {
        let s = &report.summary;
        let counts: Vec<String> = [
            (s.errors, "error", Severity::Error),
            (s.warnings, "warning", Severity::Warning),
            (s.notes, "note", Severity::Note),
        ]
        .into_iter()
        .filter(|&(n, ..)| n > 0)
        .map(|(n, noun, severity)| self.paint(&count(n, noun), severity_color(severity)))
        .collect();
        let found = match counts.as_slice() {
            [] if s.pairs == 0 => self.paint("Nothing to check.", Color::BrightYellow),
            [] => self.paint("No findings.", Color::BrightGreen),
            [one] => format!("Found {one}."),
            [init @ .., last] => format!("Found {} and {last}.", init.join(", ")),
        };
        write!(out, "{found}")?;
        let aside: Vec<String> = [
            (report.withheld, "not shown (--max-findings)"),
            (report.suppressed, "suppressed"),
            (report.baselined, "in the baseline"),
            (report.untouched, "not touched (--since)"),
        ]
        .into_iter()
        .filter(|&(n, _)| n > 0)
        .map(|(n, what)| format!("{n} {what}"))
        .collect();
        if !aside.is_empty() {
            write!(out, " {}.", aside.join(", "))?;
        }
        let fixable = |a: Applicability| {
            let has = |f: &&Finding| f.fixes.iter().any(|x| x.applicability == a);
            report.findings.iter().filter(has).count()
        };
        let (safe, risky) = (fixable(Applicability::Safe), fixable(Applicability::Unsafe));
        if safe > 0 {
            write!(out, " {safe} can be fixed with --fix.")?;
        }
        if risky > 0 {
            write!(out, " {risky} can be fixed with --unsafe-fixes; read the result.")?;
        }
        writeln!(out)
    }
}

impl Emitter for Text {
    fn emit(&self, report: &RunReport, out: &mut dyn Write) -> io::Result<()> {
        for f in &report.findings {
            self.finding(f, out)?;
        }
        self.summary(report, out)?;
        if let Some(score) = &report.score {
            for line in score_lines(score) {
                writeln!(out, "{line}")?;
            }
        }
        Ok(())
    }
}

/// The score in words, with what it was computed from.
pub(super) fn score_lines(score: &Score) -> [String; 3] {
    let line = |what: &str, f: Figure, none: &str| {
        if f.errors == 0 {
            return format!("  {what}: {none}");
        }
        let verdict = match score.standard.limit() {
            Some(limit) if f.per_thousand <= limit => format!(" (at most {limit} ‰: kept)"),
            Some(limit) => format!(" (at most {limit} ‰: exceeded)"),
            None => String::new(),
        };
        let errors = count(f.errors, "error");
        format!(
            "  {what}: {errors}, weight {}, {:.2} ‰{verdict}",
            f.penalty, f.per_thousand
        )
    };
    [
        format!(
            "Score after {}, {} {}:",
            score.standard.name(),
            score.length,
            score.standard.unit()
        ),
        line("confirmed by a person", score.confirmed, "no error"),
        line("all, found by machine", score.automatic, "no error, 0 ‰"),
    ]
}

fn quoted(name: &str) -> String {
    format!("“{name}”")
}

/// “A”, “B” or “C”; of a long list the first few.
fn either(names: &[String]) -> String {
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
    use super::*;
    use crate::output::testing::{emitted, reports};

    #[test]
    fn text_snapshots() {
        for (name, report) in reports() {
            insta::assert_snapshot!(format!("text_{name}"), emitted(&Text::new(false), &report));
        }
    }

    #[test]
    fn a_long_list_of_names_is_counted() {
        let names: Vec<String> = ["a", "b", "c", "d", "e"].map(String::from).into();
        assert_eq!(either(&names), "“a”, “b”, “c” or 2 more");
        assert_eq!(either(&names[..2]), "“a” or “b”");
    }
}
