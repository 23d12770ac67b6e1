//! How many findings there are, by rule and by file.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::{Emitter, count, printable};
use crate::run::RunReport;

/// Two tables.
#[derive(Debug, Clone, Copy)]
pub struct Statistics;

impl Emitter for Statistics {
    fn emit(&self, report: &RunReport, out: &mut dyn Write) -> io::Result<()> {
        let mut by_rule: BTreeMap<&str, usize> = BTreeMap::new();
        let mut by_file: BTreeMap<&str, usize> = BTreeMap::new();
        for f in &report.findings {
            *by_rule.entry(f.rule).or_default() += 1;
            *by_file.entry(&f.primary().file).or_default() += 1;
        }
        for (table, noun) in [(by_rule, "rule"), (by_file, "file")] {
            let total: usize = table.values().sum();
            writeln!(out, "{} in {}", count(total, "finding"), count(table.len(), noun))?;
            let mut rows: Vec<_> = table.into_iter().collect();
            rows.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
            for (name, n) in rows {
                writeln!(out, "{n:>7}  {}", printable(name))?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::testing::{finding, two_files};
    use crate::output::testing::{emitted, report_of, reports};

    #[test]
    fn statistics_snapshots() {
        for (name, report) in reports() {
            insta::assert_snapshot!(format!("statistics_{name}"), emitted(&Statistics, &report));
        }
    }

    #[test]
    fn counts_by_rule_and_by_file_the_most_first() {
        let report = report_of(vec![two_files(), finding(), two_files()]);
        assert_eq!(
            emitted(&Statistics, &report),
            "3 findings in 2 rules\n      2  ordinal-mismatch\n      1  term-mismatch\n\
             3 findings in 2 files\n      2  docs/x.en.md\n      1  corpus/script.txt\n"
        );
    }
}
