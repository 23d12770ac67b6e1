//! What `bilint filter` did: as JSON, and in a few lines.

use std::fmt::Write as _;
use std::io::{self, Write};

use super::json::pretty;
use crate::run::FilterReport;

/// Writes the whole report.
///
/// # Errors
/// Only those of `out`.
pub fn write_json(report: &FilterReport, out: &mut dyn Write) -> io::Result<()> {
    pretty(report, out)
}

/// The counts: of pairs, and of the pairs that each rule reports, the most first.
pub fn summarize(report: &FilterReport) -> String {
    let FilterReport {
        pairs,
        written,
        dropped,
        malformed,
        rules,
    } = report;
    let number = |n: usize, noun: &str| format!("{n} {noun}{}", if n == 1 { "" } else { "s" });
    let mut text = format!("{}: {written} written, {dropped} left out", number(*pairs, "pair"));
    if *malformed > 0 {
        let _ = write!(text, "; {}", number(*malformed, "malformed row"));
    }
    text.push('\n');
    let mut rules: Vec<_> = rules.iter().collect();
    rules.sort_by_key(|(_, count)| std::cmp::Reverse(count.pairs));
    let width = rules.first().map_or(0, |(_, count)| count.pairs.to_string().len());
    for (id, count) in rules {
        let _ = writeln!(text, "  {:>width$} {id}", count.pairs);
    }
    text
}
