//! A Markdown summary, for `$GITHUB_STEP_SUMMARY` and for comments on merge requests.

use std::fmt::Write as _;
use std::io::{self, Write};

use super::summary::score_lines;
use super::{Emitter, count, printable};
use crate::finding::{Finding, Severity};
use crate::run::RunReport;

/// Findings listed before the rest is only counted: a step summary holds one mebibyte, a comment 65,536 characters.
const SHOWN: usize = 100;

/// A Markdown summary.
#[derive(Debug, Clone, Copy)]
pub struct Markdown;

impl Emitter for Markdown {
    fn emit(&self, report: &RunReport, out: &mut dyn Write) -> io::Result<()> {
        let s = &report.summary;
        let failures = report.failures().count();
        let verdict = if report.worst().is_none() && failures == 0 {
            "no findings".to_owned()
        } else {
            [
                (s.errors, "error"),
                (s.warnings, "warning"),
                (s.notes, "note"),
                (failures, "failure"),
            ]
            .into_iter()
            .filter(|&(n, _)| n > 0)
            .map(|(n, noun)| count(n, noun))
            .collect::<Vec<_>>()
            .join(", ")
        };
        writeln!(out, "## bilint: {verdict}\n")?;
        write!(out, "Checked {}, {}", count(s.files, "file"), count(s.pairs, "pair"))?;
        if s.concepts > 0 {
            let seen = count(s.concepts_seen, "concept");
            write!(out, "; {seen} seen of {} in {}", s.concepts, escaped(&s.glossary))?;
        }
        for (n, what) in [
            (report.suppressed, "suppressed"),
            (report.baselined, "in the baseline"),
            (report.untouched, "not touched"),
        ] {
            if n > 0 {
                write!(out, "; {n} {what}")?;
            }
        }
        writeln!(out, ".")?;
        if !report.findings.is_empty() {
            findings(report, out)?;
        }
        if failures > 0 {
            writeln!(out, "\n### Not checked\n")?;
            for k in report.failures() {
                writeln!(out, "- {}: {}", code(&k.file), escaped(&k.reason))?;
            }
        }
        if let Some(score) = &report.score {
            writeln!(out)?;
            for line in score_lines(score) {
                writeln!(out, "{line}\n")?;
            }
        }
        rules(report, out)
    }
}

fn findings(report: &RunReport, out: &mut dyn Write) -> io::Result<()> {
    let mut sorted: Vec<&Finding> = report.findings.iter().collect();
    sorted.sort_by_key(|f| std::cmp::Reverse(f.severity));
    writeln!(out, "\n| | Where | What | Rule |\n|---|---|---|---|")?;
    for f in sorted.iter().take(SHOWN) {
        let at = f.primary();
        let mark = match f.severity {
            Severity::Error => "❌ error",
            Severity::Warning => "⚠️ warning",
            Severity::Note => "ℹ️ note",
        };
        let mut what = escaped(&f.message);
        if let Some(help) = &f.help {
            let _ = write!(what, "<br>→ {}", escaped(help));
        }
        let place = code(&format!("{}:{}:{}", at.file, at.start.line, at.start.column));
        writeln!(out, "| {mark} | {place} | {what} | {} |", code(f.rule))?;
    }
    let rest = sorted.len().saturating_sub(SHOWN) + report.withheld;
    if rest > 0 {
        writeln!(out, "\n… and {rest} more.")?;
    }
    Ok(())
}

fn rules(report: &RunReport, out: &mut dyn Write) -> io::Result<()> {
    if report.summary.rules.is_empty() {
        return Ok(());
    }
    writeln!(
        out,
        "\n<details><summary>Rules</summary>\n\n| Rule | Findings | Pairs |\n|---|--:|--:|"
    )?;
    for r in &report.summary.rules {
        writeln!(out, "| {} | {} | {} |", code(r.id), r.findings, r.pairs)?;
    }
    writeln!(out, "\n</details>")
}

/// Text in which nothing is markup.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in printable(text).chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            // `@` would call people, `#` link issues.
            '@' => out.push_str("&#64;"),
            '#' => out.push_str("&#35;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out
}

/// Code in a table cell: fenced by more backticks than it holds, bars escaped as tables want it.
fn code(text: &str) -> String {
    let text = printable(text).replace('|', "\\|");
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    if longest > 0 {
        format!("{fence} {text} {fence}")
    } else {
        format!("{fence}{text}{fence}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::testing::{emitted, reports};

    #[test]
    fn markdown_snapshots() {
        for (name, report) in reports() {
            insta::assert_snapshot!(format!("markdown_{name}"), emitted(&Markdown, &report));
        }
    }

    #[test]
    fn markup_in_messages_stays_text() {
        assert_eq!(escaped("a|b *c* <d> @e"), "a\\|b \\*c\\* &lt;d&gt; &#64;e");
        assert_eq!(code("a`b"), "`` a`b ``");
    }
}
