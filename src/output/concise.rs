//! One line a finding: `path:line:column: severity[rule] message`, which editors and `grep` understand.

use std::io::{self, Write};

use colored::Colorize;

use super::text::severity_color;
use super::{Emitter, printable};
use crate::run::RunReport;

/// One line a finding.
#[derive(Debug, Clone, Copy)]
pub struct Concise {
    color: bool,
}

impl Concise {
    /// With or without colours.
    pub const fn new(color: bool) -> Self {
        Self { color }
    }
}

impl Emitter for Concise {
    fn emit(&self, report: &RunReport, out: &mut dyn Write) -> io::Result<()> {
        for f in &report.findings {
            let at = f.primary();
            let kind = format!("{}[{}]", f.severity.name(), f.rule);
            let place = format!("{}:{}:{}", printable(&at.file), at.start.line, at.start.column);
            if self.color {
                let kind = kind.color(severity_color(f.severity)).bold();
                writeln!(out, "{}: {kind} {}", place.bold(), printable(&f.message))?;
            } else {
                writeln!(out, "{place}: {kind} {}", printable(&f.message))?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::testing::{emitted, reports};

    #[test]
    fn concise_snapshots() {
        for (name, report) in reports() {
            insta::assert_snapshot!(format!("concise_{name}"), emitted(&Concise::new(false), &report));
        }
    }
}
