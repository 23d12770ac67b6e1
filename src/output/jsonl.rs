//! JSON Lines: one finding per line, the same object as in [`super::json`].

use std::io::{self, Write};

use super::Emitter;
use super::json::Finding;
use crate::finding;
use crate::run::RunReport;

/// One JSON object per finding.
#[derive(Debug, Clone, Copy)]
pub struct JsonLines;

impl Emitter for JsonLines {
    fn emit(&self, report: &RunReport, out: &mut dyn Write) -> io::Result<()> {
        for f in &report.findings {
            write_finding(f, out)?;
            writeln!(out)?;
        }
        Ok(())
    }
}

/// Writes the object of a finding, without a line end.
///
/// # Errors
/// Only those of `out`.
pub fn write_finding(finding: &finding::Finding, out: &mut dyn Write) -> io::Result<()> {
    Ok(serde_json::to_writer(out, &Finding::new(finding))?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::testing::{emitted, report, reports};

    #[test]
    fn jsonl_snapshots() {
        for (name, report) in reports() {
            insta::assert_snapshot!(format!("jsonl_{name}"), emitted(&JsonLines, &report));
        }
    }

    #[test]
    fn every_line_is_the_object_of_the_json_format() {
        let report = report();
        let whole: serde_json::Value = serde_json::from_str(&emitted(&super::super::Json, &report)).unwrap();
        let lines: Vec<serde_json::Value> = emitted(&JsonLines, &report)
            .lines()
            .map(|l| serde_json::from_str(l).unwrap())
            .collect();
        assert_eq!(lines, *whole["findings"].as_array().unwrap());
        assert!(lines.len() > 1);
    }
}
