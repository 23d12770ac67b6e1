//! One line per finding: `path:line:column: severity[rule] message`, for editors and `grep`.

use std::io::{self, Write};

use super::{Emitter, Style, printable};
use crate::run::RunReport;

/// One line per finding.
#[derive(Debug, Clone, Copy)]
pub struct Concise(pub Style);

impl Emitter for Concise {
    fn emit(&self, report: &RunReport, out: &mut dyn Write) -> io::Result<()> {
        for f in &report.findings {
            let at = f.primary();
            let kind = self
                .0
                .severity(&format!("{}[{}]", f.severity.name(), f.rule), f.severity);
            let place = format!("{}:{}:{}", printable(&at.file), at.start.line, at.start.column);
            writeln!(out, "{}: {kind} {}", self.0.bold(&place), printable(&f.message))?;
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
            insta::assert_snapshot!(format!("concise_{name}"), emitted(&Concise(Style::default()), &report));
        }
    }
}
