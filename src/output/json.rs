//! JSON, version 1: a contract that scripts depend on. Its types are its own, so that the data inside can change.
//!
//! Lines and columns are 1-based and count code points; ends are exclusive.

use std::io::{self, Write};

use serde::{Serialize, Serializer};

use super::Emitter;
use crate::finding::{self, Confidence, Severity};
use crate::run::RunReport;
use crate::score;

/// One JSON object.
#[derive(Debug, Clone, Copy)]
pub struct Json;

impl Emitter for Json {
    fn emit(&self, report: &RunReport, out: &mut dyn Write) -> io::Result<()> {
        let s = &report.summary;
        let whole = Whole {
            version: 1,
            tool: Tool {
                name: "bilint",
                version: env!("CARGO_PKG_VERSION"),
            },
            findings: Findings(&report.findings),
            suppressed: report.suppressed,
            baselined: report.baselined,
            withheld: report.withheld,
            score: report.score.as_ref().map(|s| Score {
                standard: s.standard.name(),
                length: s.length,
                unit: s.standard.unit(),
                confirmed: Figure::new(s.confirmed),
                automatic: Figure::new(s.automatic),
            }),
            summary: Summary {
                files: s.files,
                pairs: s.pairs,
                errors: s.errors,
                warnings: s.warnings,
                notes: s.notes,
                concepts_seen: s.concepts_seen,
                glossary: &s.glossary,
                rules: s
                    .rules
                    .iter()
                    .map(|r| RuleFare {
                        rule: r.id,
                        findings: r.findings,
                        pairs: r.pairs,
                    })
                    .collect(),
                skipped: s
                    .skipped
                    .iter()
                    .map(|k| Skipped {
                        file: &k.file,
                        reason: &k.reason,
                        failed: k.failed,
                    })
                    .collect(),
            },
        };
        pretty(&whole, out)
    }
}

/// Prints a value as JSON for people to read, with a line end behind it.
pub fn pretty(value: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, value)?;
    writeln!(out)
}

#[derive(Serialize)]
struct Whole<'a> {
    version: u8,
    tool: Tool,
    findings: Findings<'a>,
    suppressed: usize,
    baselined: usize,
    withheld: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    score: Option<Score>,
    summary: Summary<'a>,
}

#[derive(Serialize)]
struct Score {
    standard: &'static str,
    length: usize,
    unit: &'static str,
    confirmed: Figure,
    automatic: Figure,
}

#[derive(Serialize)]
struct Figure {
    errors: usize,
    penalty: f64,
    per_thousand: f64,
}

impl Figure {
    fn new(f: score::Figure) -> Self {
        Self {
            errors: f.errors,
            penalty: f.penalty,
            per_thousand: f.per_thousand,
        }
    }
}

#[derive(Serialize)]
struct Tool {
    name: &'static str,
    version: &'static str,
}

#[derive(Serialize)]
struct Summary<'a> {
    files: usize,
    pairs: usize,
    errors: usize,
    warnings: usize,
    notes: usize,
    concepts_seen: usize,
    glossary: &'a str,
    rules: Vec<RuleFare>,
    skipped: Vec<Skipped<'a>>,
}

#[derive(Serialize)]
struct RuleFare {
    rule: &'static str,
    findings: usize,
    pairs: usize,
}

#[derive(Serialize)]
struct Skipped<'a> {
    file: &'a str,
    reason: &'a str,
    failed: bool,
}

/// The findings, each made into what is shown when its turn comes.
struct Findings<'a>(&'a [finding::Finding]);

impl Serialize for Findings<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(Finding::new))
    }
}

/// A finding as JSON and JSON Lines show it.
#[derive(Serialize)]
pub(super) struct Finding<'a> {
    rule: &'static str,
    severity: Severity,
    confidence: Confidence,
    message: &'a str,
    why: Option<&'a str>,
    help: Option<&'a str>,
    file: &'a str,
    pair: Pair<'a>,
    zh: Option<Label<'a>>,
    en: Option<Label<'a>>,
    concept: Option<&'a str>,
    expected: &'a [String],
    found: Option<&'a str>,
    fixes: Vec<Fix<'a>>,
    fingerprint: &'a str,
}

#[derive(Serialize)]
struct Pair<'a> {
    index: usize,
    id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    zh_blocks: Option<&'a [usize]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    en_blocks: Option<&'a [usize]>,
}

#[derive(Serialize)]
struct Label<'a> {
    file: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    block: Option<usize>,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    start: usize,
    end: usize,
    text: &'a str,
}

#[derive(Serialize)]
struct Fix<'a> {
    title: &'a str,
    applicability: finding::Applicability,
    file: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    replacement: &'a str,
}

impl<'a> Finding<'a> {
    pub(super) fn new(f: &'a finding::Finding) -> Self {
        let in_record = f.pair.in_document_record;
        let label = |l: &'a finding::Label| Label {
            file: &l.file,
            block: in_record.then_some(l.block),
            line: l.start.line,
            column: l.start.column,
            end_line: l.end.line,
            end_column: l.end.column,
            start: l.chars.0,
            end: l.chars.1,
            text: &l.text,
        };
        Self {
            rule: f.rule,
            severity: f.severity,
            confidence: f.confidence,
            message: &f.message,
            why: f.why.as_deref(),
            help: f.help.as_deref(),
            file: &f.primary().file,
            pair: Pair {
                index: f.pair.index,
                id: f.pair.id.as_deref(),
                zh_blocks: in_record.then_some(f.pair.zh_blocks.as_slice()),
                en_blocks: in_record.then_some(f.pair.en_blocks.as_slice()),
            },
            zh: f.zh.as_ref().map(label),
            en: f.en.as_ref().map(label),
            concept: f.concept.as_deref(),
            expected: &f.expected,
            found: f.found.as_deref(),
            fixes: f
                .fixes
                .iter()
                .map(|x| Fix {
                    title: &x.title,
                    applicability: x.applicability,
                    file: &x.file,
                    line: x.range.0.line,
                    column: x.range.0.column,
                    end_line: x.range.1.line,
                    end_column: x.range.1.column,
                    replacement: &x.replacement,
                })
                .collect(),
            fingerprint: &f.fingerprint,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::testing::document_record;
    use crate::output::testing::{emitted, report, reports};

    #[test]
    fn json_snapshots() {
        for (name, report) in reports() {
            insta::assert_snapshot!(format!("json_{name}"), emitted(&Json, &report));
        }
    }

    #[test]
    fn the_contract_names_these_keys() {
        let v: serde_json::Value = serde_json::from_str(&emitted(&Json, &report())).unwrap();
        assert_eq!(v["version"], 1);
        let f = &v["findings"][0];
        for key in [
            "rule",
            "severity",
            "confidence",
            "message",
            "help",
            "file",
            "pair",
            "zh",
            "en",
            "concept",
            "expected",
            "found",
            "fixes",
            "fingerprint",
        ] {
            assert!(f.get(key).is_some(), "{key}");
        }
        assert!(f["pair"].get("zh_blocks").is_none(), "only for document records");
    }

    #[test]
    fn a_document_record_numbers_its_blocks() {
        let f = document_record();
        let v = serde_json::to_value(Finding::new(&f)).unwrap();
        assert_eq!(v["pair"]["zh_blocks"], serde_json::json!([3]));
        assert_eq!(v["pair"]["en_blocks"], serde_json::json!([]));
        assert_eq!(v["zh"]["block"], 3);
    }
}
