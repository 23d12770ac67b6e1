//! Equal findings in one file: 256 times the same full-width comma is one fault of its author.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use crate::finding::{Finding, Severity};
use crate::formats;
use crate::rules::{self, Declared, Group};

/// More findings than this are one with a count.
const MOST: usize = 3;
/// How many further lines the message lists.
const LISTED: usize = 3;

/// Joins findings of typographic rules that have the same message and are in the same text: the first one is kept, with
/// their number and the next places. Records are texts of their own.
///
/// The findings must be in report order and have their fingerprints. The one that is kept has its own fingerprint and fix.
pub fn join_equal(findings: &mut Vec<Finding>) {
    let mut places: HashMap<(Arc<str>, &str, Severity, String), Vec<usize>> = HashMap::new();
    for (i, f) in findings.iter().enumerate().filter(|(_, f)| may_be_equal(f)) {
        let key = (Arc::clone(&f.primary().file), f.rule, f.severity, f.message.clone());
        places.entry(key).or_default().push(i);
    }
    let mut dropped = vec![false; findings.len()];
    for same in places.into_values().filter(|same| same.len() > MOST) {
        let (first, others) = (same[0], &same[1..]);
        let mut lines: Vec<usize> = others.iter().map(|&i| findings[i].primary().start.line).collect();
        lines.dedup();
        lines.retain(|line| *line != findings[first].primary().start.line);
        lines.truncate(LISTED);
        let next = match lines[..] {
            [] => String::new(),
            [line] => format!("; next in line {line}"),
            _ => {
                let lines: Vec<String> = lines.iter().map(usize::to_string).collect();
                format!("; next in lines {}", lines.join(", "))
            }
        };
        let message = &mut findings[first].message;
        *message = format!("{message} ({} times in this file{next})", same.len());
        for &i in others {
            dropped[i] = true;
        }
    }
    let mut dropped = dropped.into_iter();
    findings.retain(|_| !dropped.next().unwrap_or(false));
}

/// Whether a finding is typographic and in a text of prose.
fn may_be_equal(finding: &Finding) -> bool {
    let format = formats::of(Path::new(&*finding.primary().file)).unwrap_or_else(formats::plain_text);
    format.prose().is_some()
        && finding.pair.id.is_none()
        && rules::find(finding.rule)
            .map(Declared::meta)
            .is_some_and(|m| m.group == Group::Typography)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::testing::finding;

    fn comma(file: &str, line: usize) -> Finding {
        let mut f = finding();
        f.rule = "fullwidth-punctuation";
        f.message = "full-width “，” in English text".to_owned();
        let label = f.en.as_mut().unwrap();
        label.file = Arc::from(file);
        label.start.line = line;
        f
    }

    fn joined(mut findings: Vec<Finding>) -> Vec<String> {
        join_equal(&mut findings);
        findings.into_iter().map(|f| f.message).collect()
    }

    #[test]
    fn many_equal_findings_are_one_with_a_count() {
        let mut findings: Vec<Finding> = (1..=256).map(|line| comma("a.md", line)).collect();
        findings.push(comma("b.md", 1));
        assert_eq!(
            joined(findings),
            [
                "full-width “，” in English text (256 times in this file; next in lines 2, 3, 4)",
                "full-width “，” in English text"
            ]
        );
    }

    #[test]
    fn a_few_findings_and_those_on_records_stay_apart() {
        assert_eq!(joined((1..=3).map(|line| comma("a.md", line)).collect()).len(), 3);
        assert_eq!(joined((1..=9).map(|line| comma("a.jsonl", line)).collect()).len(), 9);
        let mut other = finding();
        other.rule = "number-mismatch";
        assert_eq!(joined(vec![other; 9]).len(), 9);
    }
}
