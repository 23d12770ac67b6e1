//! The end of a report for people: what was not checked, the findings by rule, and what was checked.

use std::fmt::Write as _;
use std::io::{self, Write};

use super::wrap::wrap;
use super::{Style, count, printable};
use crate::finding::{Applicability, Finding, Severity};
use crate::run::{RunReport, Summary};
use crate::score::{Figure, Score};

/// Names of files left out that are shown before the rest is only counted.
const LEFT_OUT_SHOWN: usize = 3;

/// Writes what was not checked, how often each rule reported, and the totals. For a clean run that is one line.
pub(super) fn write_summary(report: &RunReport, style: Style, out: &mut dyn Write) -> io::Result<()> {
    for k in report.failures() {
        let text = format!("Not checked: {}: {}", printable(&k.file), printable(&k.reason));
        write_wrapped(&text, style, out)?;
    }
    if let Some(left_out) = describe_left_out(&report.summary) {
        write_wrapped(&left_out, style, out)?;
    }
    if let Some(types) = &report.summary.not_read_types {
        write_wrapped(&format!("Not read: {}", printable(types)), style, out)?;
    }
    write_rules(&report.summary, style, out)?;
    write_totals(report, style, out)
}

fn write_wrapped(text: &str, style: Style, out: &mut dyn Write) -> io::Result<()> {
    for line in wrap(text, style.width, style.width) {
        writeln!(out, "{line}")?;
    }
    Ok(())
}

/// Which files were left out on purpose: the first few by name.
fn describe_left_out(summary: &Summary) -> Option<String> {
    let mut files: Vec<_> = summary
        .skipped
        .iter()
        .filter(|k| !k.failed)
        .map(|k| printable(&k.file))
        .collect();
    files.dedup();
    if files.is_empty() {
        return None;
    }
    let shown = files
        .iter()
        .take(LEFT_OUT_SHOWN)
        .map(AsRef::as_ref)
        .collect::<Vec<&str>>()
        .join(", ");
    let rest = match files.len().saturating_sub(LEFT_OUT_SHOWN) {
        0 => String::new(),
        rest => format!(" and {rest} more"),
    };
    Some(format!(
        "Left out: {} without a translation: {shown}{rest}",
        count(files.len(), "file")
    ))
}

/// The rules that reported, most findings first.
fn write_rules(summary: &Summary, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let mut reporting: Vec<_> = summary.rules.iter().filter(|r| r.findings > 0).collect();
    reporting.sort_by(|a, b| b.findings.cmp(&a.findings).then(a.id.cmp(b.id)));
    for r in reporting {
        writeln!(out, "{}  {}", style.bold(&format!("{:>7}", r.findings)), r.id)?;
    }
    Ok(())
}

/// How many findings there are of each severity that has some, as in `2 errors`.
pub(super) fn severity_counts(summary: &Summary) -> Vec<(String, Severity)> {
    [
        (summary.errors, Severity::Error),
        (summary.warnings, Severity::Warning),
        (summary.notes, Severity::Note),
    ]
    .into_iter()
    .filter(|&(n, _)| n > 0)
    .map(|(n, severity)| (count(n, severity.name()), severity))
    .collect()
}

/// What was checked, as in `2 files, 60 pairs`.
pub(super) fn extent(summary: &Summary) -> String {
    format!("{}, {}", count(summary.files, "file"), count(summary.pairs, "pair"))
}

/// The title of a report: how many findings it is about.
pub(super) fn title(report: &RunReport) -> String {
    match report.findings.len() + report.withheld {
        0 => "No findings".to_owned(),
        n => count(n, "finding"),
    }
}

fn write_totals(report: &RunReport, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let s = &report.summary;
    let counts = severity_counts(s);
    let texts: Vec<&str> = counts.iter().map(|(text, _)| text.as_str()).collect();
    let found = match texts.as_slice() {
        [] if s.pairs + s.entries == 0 => "Nothing to check".to_owned(),
        [] => "No findings".to_owned(),
        [one] => format!("Found {one}"),
        [init @ .., last] => format!("Found {} and {last}", init.join(", ")),
    };
    let checked = if s.entries > 0 {
        format!("{} of {}", count(s.entries, "concept"), printable(&s.glossary))
    } else {
        extent(s)
    };
    let mut line = format!("{found} in {checked}");
    if s.concepts > 0 && s.entries == 0 {
        let concepts = count(s.concepts, "concept");
        let _ = write!(
            line,
            " ({} of {concepts} in {})",
            s.concepts_seen,
            printable(&s.glossary)
        );
    }
    line.push('.');
    let mut lines = wrap(&line, style.width, style.width);
    for (text, severity) in &counts {
        lines[0] = lines[0].replacen(text, &style.severity(text, *severity), 1);
    }
    for line in lines {
        writeln!(out, "{line}")?;
    }
    let hidden = [
        (report.withheld, "not shown (--max-findings)"),
        (report.suppressed, "suppressed"),
        (report.baselined, "in the baseline"),
        (report.untouched, "in unchanged pairs (--since)"),
    ];
    let fixes = [
        (count_fixable(report, Applicability::Safe), "fixable with --fix"),
        (
            count_fixable(report, Applicability::Unsafe),
            "fixable with --unsafe-fixes (review the result)",
        ),
    ];
    for facts in [hidden.as_slice(), &fixes] {
        let facts: Vec<String> = facts
            .iter()
            .filter(|&&(n, _)| n > 0)
            .map(|(n, what)| format!("{n} {what}"))
            .collect();
        if !facts.is_empty() {
            write_wrapped(&format!("{}.", facts.join(", ")), style, out)?;
        }
    }
    Ok(())
}

/// How many findings have a fix of this kind.
fn count_fixable(report: &RunReport, applicability: Applicability) -> usize {
    let is_fixable = |f: &&Finding| f.fixes.iter().any(|x| x.applicability == applicability);
    report.findings.iter().filter(is_fixable).count()
}

/// Writes the score, each figure on an indented line.
pub(super) fn write_score(score: &Score, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let [head, figures @ ..] = score_lines(score);
    write_wrapped(&head, style, out)?;
    for figure in figures {
        let width = style.width.saturating_sub(2);
        for line in wrap(&figure, width, width) {
            writeln!(out, "  {line}")?;
        }
    }
    Ok(())
}

/// The score in words, with what it was computed from.
pub(super) fn score_lines(score: &Score) -> [String; 3] {
    let line = |what: &str, f: Figure, none: &str| {
        if f.errors == 0 {
            return format!("{what}: {none}");
        }
        let verdict = match score.standard.limit() {
            Some(limit) if f.per_thousand <= limit => format!(" (within the limit of {limit} ‰)"),
            Some(limit) => format!(" (above the limit of {limit} ‰)"),
            None => String::new(),
        };
        let errors = count(f.errors, "error");
        format!(
            "{what}: {errors}, weight {}, {:.2} ‰{verdict}",
            f.penalty, f.per_thousand
        )
    };
    [
        format!(
            "Score by {}, {} {}:",
            score.standard.name(),
            score.length,
            score.standard.unit()
        ),
        line("confirmed by a person", score.confirmed, "no error"),
        line("all found by bilint", score.automatic, "no error, 0 ‰"),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::testing::report_of;
    use crate::run::Skipped;

    fn summary(report: &RunReport) -> String {
        let mut out = Vec::new();
        write_summary(report, Style::default(), &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    fn left_out(names: &[&str]) -> Vec<Skipped> {
        let skipped = |name: &&str| Skipped {
            file: (*name).to_owned(),
            reason: "Chinese only".to_owned(),
            failed: false,
        };
        names.iter().map(skipped).collect()
    }

    #[test]
    fn a_clean_run_is_one_line() {
        assert_eq!(
            summary(&report_of(Vec::new())),
            "No findings in 1 file, 21 pairs (17 of 312 concepts in the built-in glossary).\n"
        );
    }

    #[test]
    fn types_that_are_not_read_are_counted() {
        let mut report = report_of(Vec::new());
        report.summary.not_read_types = Some("2 .json, 1 .odt".to_owned());
        assert!(
            summary(&report).starts_with("Not read: 2 .json, 1 .odt\n"),
            "{}",
            summary(&report)
        );
    }

    #[test]
    fn files_left_out_are_named() {
        let mut report = report_of(Vec::new());
        report.summary.skipped = left_out(&["a.md"]);
        assert!(
            summary(&report).starts_with("Left out: 1 file without a translation: a.md\n"),
            "{}",
            summary(&report)
        );
        report.summary.skipped = left_out(&["a.md", "b.md", "c.md", "d.md", "e.md"]);
        assert!(
            summary(&report).starts_with("Left out: 5 files without a translation: a.md, b.md, c.md and 2 more\n"),
            "{}",
            summary(&report)
        );
    }
}
