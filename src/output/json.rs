//! JSON, version 1: a contract that scripts depend on. Its types are its own, so that the data inside can change; their
//! doc comments are the descriptions of the JSON Schema.
//!
//! Lines and columns are 1-based and count code points; ends are exclusive.

use std::io::{self, Write};

use schemars::JsonSchema;
use serde::{Serialize, Serializer};

use super::Emitter;
use crate::finding::{self, Confidence, Severity};
use crate::run::{self, RunReport};
use crate::score;

/// One JSON object.
#[derive(Debug, Clone, Copy)]
pub struct Json;

impl Emitter for Json {
    fn emit(&self, report: &RunReport, out: &mut dyn Write) -> io::Result<()> {
        pretty(&Report::new(report), out)
    }
}

/// Prints a value as indented JSON and a line end.
pub fn pretty(value: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, value)?;
    writeln!(out)
}

/// The JSON Schema of the output, as `docs/bilint-output.schema.json` has it.
#[cfg(test)]
fn schema() -> schemars::Schema {
    schemars::generate::SchemaSettings::draft2020_12()
        .for_serialize()
        .into_generator()
        .into_root_schema_for::<Report>()
}

/// What `bilint check --format json` prints. Lines and columns are 1-based and count code points; ends are exclusive.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "bilint check --format json")]
struct Report<'a> {
    /// The version of this format: 1.
    #[schemars(extend("const" = 1))]
    version: u8,
    /// The program that printed it.
    tool: Tool,
    /// The findings, by file, line and column.
    #[schemars(with = "Vec<Finding>")]
    findings: Findings<'a>,
    /// How many findings a comment or a waiver suppressed.
    suppressed: usize,
    /// How many findings the baseline contains.
    baselined: usize,
    /// How many findings exceed `--max-findings`; the summary counts them.
    withheld: usize,
    /// The quality score, with `--score`.
    #[serde(skip_serializing_if = "Option::is_none")]
    score: Option<Score>,
    /// What was checked, and the counts.
    summary: Summary<'a>,
}

/// A quality score.
#[derive(Serialize, JsonSchema)]
struct Score {
    /// The standard.
    standard: &'static str,
    /// The length of the text, in `unit`.
    length: usize,
    /// What `length` counts.
    unit: &'static str,
    /// The score of the findings that a person confirmed.
    confirmed: Figure,
    /// The score of all findings.
    automatic: Figure,
}

/// One figure of a score.
#[derive(Serialize, JsonSchema)]
struct Figure {
    /// How many errors count.
    errors: usize,
    /// The sum of their weights.
    penalty: f64,
    /// The weight per thousand units of length.
    per_thousand: f64,
}

/// The program.
#[derive(Serialize, JsonSchema)]
struct Tool {
    /// `bilint`.
    name: &'static str,
    /// Its version.
    version: &'static str,
}

/// What was checked, and the counts.
#[derive(Serialize, JsonSchema)]
struct Summary<'a> {
    /// Files read.
    files: usize,
    /// Pairs checked.
    pairs: usize,
    /// Findings of severity error.
    errors: usize,
    /// Findings of severity warning.
    warnings: usize,
    /// Findings of severity note.
    notes: usize,
    /// Distinct glossary concepts that the texts name.
    concepts_seen: usize,
    /// The name of the glossary: file names, or “the built-in glossary” with its version and date.
    glossary: &'a str,
    /// The rules that ran, those without findings included.
    rules: Vec<RuleSummary>,
    /// Files, or records of them, that were not checked.
    skipped: Vec<Skipped<'a>>,
    /// Translatable files in the folders and lists whose type is not read.
    not_read: Vec<Skipped<'a>>,
}

/// A rule that ran.
#[derive(Serialize, JsonSchema)]
struct RuleSummary {
    /// Its id.
    rule: &'static str,
    /// How many findings it reported.
    findings: usize,
    /// How many pairs it checked.
    pairs: usize,
}

/// A file, or a record of one, that was not checked.
#[derive(Serialize, JsonSchema)]
struct Skipped<'a> {
    /// Its path.
    file: &'a str,
    /// Why it was not checked.
    reason: &'a str,
    /// Whether it should have been checked; otherwise it was skipped on purpose.
    failed: bool,
}

/// The findings, each converted when its turn comes.
struct Findings<'a>(&'a [finding::Finding]);

impl Serialize for Findings<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(Finding::new))
    }
}

/// A finding. `--format jsonl` prints one of these per line.
#[derive(Serialize, JsonSchema)]
pub(super) struct Finding<'a> {
    /// The id of the rule.
    rule: &'static str,
    /// How severe it is.
    severity: Severity,
    /// How sure the rule is.
    confidence: Confidence,
    /// What is wrong, in one line.
    message: &'a str,
    /// Why it is wrong: the source of the expectation.
    why: Option<&'a str>,
    /// What to do.
    help: Option<&'a str>,
    /// The file to open first: that of the translation, or of the source if only that has a place.
    file: &'a str,
    /// The pair.
    pair: Pair<'a>,
    /// The Chinese text. At least one of `zh` and `en` is not null.
    zh: Option<Label<'a>>,
    /// The English text.
    en: Option<Label<'a>>,
    /// The id of the glossary concept.
    concept: Option<&'a str>,
    /// What would be right.
    expected: &'a [String],
    /// What the text has instead.
    found: Option<&'a str>,
    /// Replacements that `--fix` and `--unsafe-fixes` apply.
    fixes: Vec<Fix<'a>>,
    /// Identifies the finding in baselines and waivers, also when lines move.
    fingerprint: &'a str,
}

/// The pair of a finding.
#[derive(Serialize, JsonSchema)]
struct Pair<'a> {
    /// The 0-based number of the pair in its document.
    index: usize,
    /// The id of the record, if the file has ids.
    id: Option<&'a str>,
    /// In records that hold a whole document: the 0-based numbers of the Chinese blocks of the pair.
    #[serde(skip_serializing_if = "Option::is_none")]
    zh_blocks: Option<Vec<usize>>,
    /// In records that hold a whole document: the 0-based numbers of the English blocks of the pair.
    #[serde(skip_serializing_if = "Option::is_none")]
    en_blocks: Option<Vec<usize>>,
}

/// A piece of a text.
#[derive(Serialize, JsonSchema)]
struct Label<'a> {
    /// The path of the file.
    file: &'a str,
    /// In records that hold a whole document: the 0-based number of the block.
    #[serde(skip_serializing_if = "Option::is_none")]
    block: Option<usize>,
    /// The line of its first character in the file.
    line: usize,
    /// The column of its first character.
    column: usize,
    /// The line of its end.
    end_line: usize,
    /// The column of its end (exclusive).
    end_column: usize,
    /// The 0-based offset of its first character within the block, in code points.
    start: usize,
    /// The offset of its end within the block (exclusive).
    end: usize,
    /// The text, without the escapes of the file's format.
    text: &'a str,
}

/// A replacement of a piece of a file.
#[derive(Serialize, JsonSchema)]
struct Fix<'a> {
    /// What it does.
    title: &'a str,
    /// Whether `--fix` applies it, or only `--unsafe-fixes`.
    applicability: finding::Applicability,
    /// The file that changes.
    file: &'a str,
    /// The line where the replaced text starts.
    line: usize,
    /// The column where it starts.
    column: usize,
    /// The line where it ends.
    end_line: usize,
    /// The column where it ends (exclusive).
    end_column: usize,
    /// The new text, without the escapes of the file's format.
    replacement: &'a str,
}

impl<'a> Report<'a> {
    fn new(report: &'a RunReport) -> Self {
        Self {
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
            summary: Summary::new(&report.summary),
        }
    }
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

impl<'a> Summary<'a> {
    fn new(s: &'a run::Summary) -> Self {
        let rules = s.rules.iter().map(|r| RuleSummary {
            rule: r.id,
            findings: r.findings,
            pairs: r.pairs,
        });
        Self {
            files: s.files,
            pairs: s.pairs,
            errors: s.errors,
            warnings: s.warnings,
            notes: s.notes,
            concepts_seen: s.concepts_seen,
            glossary: &s.glossary,
            rules: rules.collect(),
            skipped: s.skipped.iter().map(Skipped::new).collect(),
            not_read: s.not_read.iter().map(Skipped::new).collect(),
        }
    }
}

impl<'a> Skipped<'a> {
    fn new(s: &'a run::Skipped) -> Self {
        Self {
            file: &s.file,
            reason: &s.reason,
            failed: s.failed,
        }
    }
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
                zh_blocks: in_record.then(|| f.pair.zh_blocks.clone().collect()),
                en_blocks: in_record.then(|| f.pair.en_blocks.clone().collect()),
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
    fn the_schema_in_docs_is_that_of_the_types() {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/bilint-output.schema.json");
        let mut text = serde_json::to_string_pretty(&schema()).unwrap();
        text.push('\n');
        if std::env::var_os("BILINT_UPDATE").is_some() {
            std::fs::write(&path, &text).unwrap();
        }
        let checked_in = std::fs::read_to_string(path).unwrap_or_default();
        assert!(
            checked_in == text,
            "run this test with BILINT_UPDATE=1 to update the schema"
        );
    }

    #[test]
    fn the_output_obeys_its_schema() {
        let validator = jsonschema::validator_for(schema().as_value()).unwrap();
        for (name, report) in reports() {
            let output: serde_json::Value = serde_json::from_str(&emitted(&Json, &report)).unwrap();
            let errors: Vec<String> = validator.iter_errors(&output).map(|e| e.to_string()).collect();
            assert_eq!(errors, Vec::<String>::new(), "{name}");
        }
        let mut wrong: serde_json::Value = serde_json::from_str(&emitted(&Json, &report())).unwrap();
        wrong["findings"][0]["severity"] = "fatal".into();
        assert!(!validator.is_valid(&wrong));
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
