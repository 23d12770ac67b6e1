//! SARIF 2.1.0 (OASIS), which code-scanning services read.
//!
//! Columns count code points, which the run says; ends are exclusive.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::Serialize;

use super::{Emitter, forward_slashes, pretty, sarif_limits};
use crate::finding::{Applicability, Confidence, Finding, Fix, Label, Severity};
use crate::run::{RuleSummary, RunReport};
use crate::text::{Position, encode_path};

/// A SARIF log with one run.
#[derive(Debug, Clone, Copy)]
pub struct Sarif;

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// The name under which results carry our fingerprint; the number grows if its recipe ever changes.
const FINGERPRINT: &str = "bilintFingerprint/v1";

impl Emitter for Sarif {
    fn emit(&self, report: &RunReport, out: &mut dyn Write) -> io::Result<()> {
        let rules = &report.summary.rules;
        let (findings, left_out) = sarif_limits::select(report);
        let log = Log {
            schema: SCHEMA,
            version: "2.1.0",
            runs: [Run {
                tool: Tool {
                    driver: Driver {
                        name: "bilint",
                        version: env!("CARGO_PKG_VERSION"),
                        semantic_version: env!("CARGO_PKG_VERSION"),
                        information_uri: env!("CARGO_PKG_REPOSITORY"),
                        rules: rules.iter().map(Rule::new).collect(),
                    },
                },
                column_kind: "unicodeCodePoints",
                results: findings.iter().map(|f| Outcome::new(f, rules)).collect(),
                invocations: [Invocation::new(report)],
                properties: (left_out > 0).then(|| BTreeMap::from([("leftOut", left_out)])),
            }],
        };
        pretty(&log, out)
    }
}

#[derive(Serialize)]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    tool: Tool<'a>,
    column_kind: &'static str,
    results: Vec<Outcome<'a>>,
    invocations: [Invocation<'a>; 1],
    #[serde(skip_serializing_if = "Option::is_none")]
    properties: Option<BTreeMap<&'static str, usize>>,
}

#[derive(Serialize)]
struct Tool<'a> {
    driver: Driver<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver<'a> {
    name: &'static str,
    version: &'static str,
    semantic_version: &'static str,
    #[serde(skip_serializing_if = "str::is_empty")]
    information_uri: &'static str,
    rules: Vec<Rule<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule<'a> {
    id: &'static str,
    short_description: Text<'a>,
    full_description: Text<'a>,
    help: Help<'a>,
    default_configuration: Configuration,
    properties: Tags,
}

#[derive(Serialize)]
struct Text<'a> {
    text: &'a str,
}

#[derive(Serialize)]
struct Help<'a> {
    text: &'a str,
    markdown: &'a str,
}

#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Serialize)]
struct Tags {
    tags: [&'static str; 1],
}

impl<'a> Rule<'a> {
    fn new(rule: &'a RuleSummary) -> Self {
        Self {
            id: rule.id,
            short_description: Text { text: rule.summary },
            full_description: Text {
                text: section(&rule.docs, "What it does").unwrap_or(rule.summary),
            },
            help: Help {
                text: &rule.docs,
                markdown: &rule.docs,
            },
            default_configuration: Configuration {
                level: rule.severity.name(),
            },
            properties: Tags { tags: [rule.group] },
        }
    }
}

/// The text below a heading of a rule's documentation.
fn section<'a>(docs: &'a str, heading: &str) -> Option<&'a str> {
    let (_, rest) = docs.split_once(&format!("## {heading}\n"))?;
    let end = rest.find("\n## ").unwrap_or(rest.len());
    Some(rest[..end].trim())
}

/// What SARIF calls a result.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Outcome<'a> {
    rule_id: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule_index: Option<usize>,
    level: &'static str,
    message: Message,
    locations: [Location<'a>; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location<'a>>,
    partial_fingerprints: BTreeMap<&'static str, &'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fixes: Vec<Repair<'a>>,
    properties: Properties<'a>,
}

#[derive(Serialize)]
struct Message {
    text: String,
}

#[derive(Serialize)]
struct Properties<'a> {
    confidence: Confidence,
    #[serde(skip_serializing_if = "Option::is_none")]
    concept: Option<&'a str>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    expected: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    found: Option<&'a str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(clippy::struct_field_names, reason = "the names are SARIF's")]
struct Location<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<usize>,
    physical_location: PhysicalLocation<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Message>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation<'a> {
    artifact_location: ArtifactLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<Region<'a>>,
}

#[derive(Serialize)]
struct ArtifactLocation {
    uri: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region<'a> {
    start_line: usize,
    start_column: usize,
    end_line: usize,
    end_column: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    snippet: Option<Text<'a>>,
}

/// What SARIF calls a fix.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Repair<'a> {
    description: Message,
    artifact_changes: [ArtifactChange<'a>; 1],
    properties: RepairProperties,
}

#[derive(Serialize)]
struct RepairProperties {
    applicability: Applicability,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ArtifactChange<'a> {
    artifact_location: ArtifactLocation,
    replacements: [Replacement<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Replacement<'a> {
    deleted_region: Region<'a>,
    inserted_content: Text<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Invocation<'a> {
    execution_successful: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tool_execution_notifications: Vec<Notification<'a>>,
}

#[derive(Serialize)]
struct Notification<'a> {
    level: &'static str,
    message: Message,
    #[serde(skip_serializing_if = "Option::is_none")]
    locations: Option<[Location<'a>; 1]>,
}

impl<'a> Outcome<'a> {
    fn new(f: &'a Finding, rules: &[RuleSummary]) -> Self {
        let first = f.primary();
        let other = f.label(first.side.other());
        Self {
            rule_id: f.rule,
            rule_index: rules.iter().position(|r| r.id == f.rule),
            level: f.severity.name(),
            message: Message {
                text: [Some(f.message.as_str()), f.why.as_deref(), f.help.as_deref()]
                    .into_iter()
                    .flatten()
                    .map(escape_brackets)
                    .chain(other.map(link_to))
                    .collect::<Vec<_>>()
                    .join("\n"),
            },
            locations: [Location {
                id: None,
                physical_location: PhysicalLocation::new(first),
                message: None,
            }],
            related_locations: other
                .map(|l| Location {
                    id: Some(OTHER_SIDE),
                    physical_location: PhysicalLocation::new(l),
                    message: Some(Message {
                        text: format!("the {}", l.side.name()),
                    }),
                })
                .into_iter()
                .collect(),
            partial_fingerprints: BTreeMap::from([(FINGERPRINT, f.fingerprint.as_str())]),
            fixes: f.fixes.iter().map(Repair::new).collect(),
            properties: Properties {
                confidence: f.confidence,
                concept: f.concept.as_deref(),
                expected: &f.expected,
                found: f.found.as_deref(),
            },
        }
    }
}

/// The id of the related location that shows the other side of the pair.
const OTHER_SIDE: usize = 1;

/// A link to the related location, in the syntax of SARIF messages.
fn link_to(label: &Label) -> String {
    let place = format!("{}:{}", forward_slashes(&label.file), label.start.line);
    let side = label.side.name();
    format!("See the {side} at [{}]({OTHER_SIDE}).", escape_brackets(&place))
}

/// Escapes the brackets that would make a link of plain text.
fn escape_brackets(text: &str) -> String {
    text.replace('\\', "\\\\").replace('[', "\\[").replace(']', "\\]")
}

impl<'a> PhysicalLocation<'a> {
    fn new(label: &'a Label) -> Self {
        Self {
            artifact_location: ArtifactLocation::new(&label.file),
            region: Some(Region {
                snippet: (!label.text.is_empty()).then_some(Text { text: &label.text }),
                ..Region::new(label.start, label.end)
            }),
        }
    }
}

impl Region<'_> {
    fn new(start: Position, end: Position) -> Self {
        Self {
            start_line: start.line,
            start_column: start.column,
            end_line: end.line,
            end_column: end.column,
            snippet: None,
        }
    }
}

impl<'a> Repair<'a> {
    fn new(fix: &'a Fix) -> Self {
        Self {
            description: Message {
                text: match fix.applicability {
                    Applicability::Safe => fix.title.clone(),
                    Applicability::Unsafe => format!("{} (unsafe: review the result)", fix.title),
                },
            },
            artifact_changes: [ArtifactChange {
                artifact_location: ArtifactLocation::new(&fix.file),
                replacements: [Replacement {
                    deleted_region: Region::new(fix.range.0, fix.range.1),
                    inserted_content: Text { text: &fix.replacement },
                }],
            }],
            properties: RepairProperties {
                applicability: fix.applicability,
            },
        }
    }
}

impl<'a> Invocation<'a> {
    fn new(report: &'a RunReport) -> Self {
        Self {
            execution_successful: report.failures().next().is_none(),
            tool_execution_notifications: report
                .failures()
                .map(|k| Notification {
                    level: Severity::Error.name(),
                    message: Message {
                        text: format!("not checked: {}", k.reason),
                    },
                    locations: Some([Location {
                        id: None,
                        physical_location: PhysicalLocation {
                            artifact_location: ArtifactLocation::new(&k.file),
                            region: None,
                        },
                        message: None,
                    }]),
                })
                .chain(sarif_limits::describe_left_out(report).map(|text| Notification {
                    level: Severity::Warning.name(),
                    message: Message { text },
                    locations: None,
                }))
                .collect(),
        }
    }
}

impl ArtifactLocation {
    /// A URI reference (RFC 3986).
    fn new(path: &str) -> Self {
        let path = forward_slashes(path);
        let before = if path.starts_with('/') { "file://" } else { "" };
        let path = encode_path(path.strip_prefix("./").unwrap_or(&path));
        Self {
            uri: format!("{before}{path}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;
    use crate::finding::testing::finding;
    use crate::output::testing::{emitted, report, reports};

    #[test]
    fn sarif_snapshots() {
        for (name, report) in reports() {
            insta::assert_snapshot!(format!("sarif_{name}"), emitted(&Sarif, &report));
        }
    }

    /// `serde_sarif` is generated from the schema: what it cannot read breaks the schema, and what it does not give back
    /// the schema does not know.
    #[test]
    fn sarif_obeys_the_schema() {
        for (_, report) in reports() {
            let ours = emitted(&Sarif, &report);
            let read: serde_sarif::sarif::Sarif = serde_json::from_str(&ours).unwrap();
            let ours: Value = serde_json::from_str(&ours).unwrap();
            assert_eq!(serde_json::to_value(&read).unwrap(), ours);
        }
    }

    #[test]
    fn the_other_side_is_a_related_location_and_columns_are_code_points() {
        let log: Value = serde_json::from_str(&emitted(&Sarif, &report())).unwrap();
        let run = &log["runs"][0];
        assert_eq!(run["columnKind"], "unicodeCodePoints");
        let result = |rule: &str| {
            run["results"]
                .as_array()
                .unwrap()
                .iter()
                .find(|r| r["ruleId"] == rule)
                .unwrap()
                .clone()
        };
        let two = result("ordinal-mismatch");
        let other = &two["relatedLocations"][0]["physicalLocation"];
        assert_eq!(other["artifactLocation"]["uri"], "docs/x.zh.md");
        assert_eq!(other["region"]["startColumn"], 24);
        // 𠮷 and 𩾃 before it are one column each.
        let bmp = result("untranslated");
        assert_eq!(bmp["locations"][0]["physicalLocation"]["region"]["startColumn"], 24);
    }

    #[test]
    fn the_message_links_to_the_other_side() {
        assert_eq!(escape_brackets(r"a[1] \ b"), r"a\[1\] \\ b");
        let log: Value = serde_json::from_str(&emitted(&Sarif, &report())).unwrap();
        let results = log["runs"][0]["results"].as_array().unwrap();
        let two = results.iter().find(|r| r["ruleId"] == "ordinal-mismatch").unwrap();
        assert_eq!(two["relatedLocations"][0]["id"], 1);
        let message = two["message"]["text"].as_str().unwrap();
        assert!(
            message.ends_with("See the Chinese at [docs/x.zh.md:3](1)."),
            "{message}"
        );
    }

    #[test]
    fn an_unsafe_fix_says_so() {
        let mut f = finding();
        f.fixes[0].applicability = Applicability::Unsafe;
        let repair = serde_json::to_value(Repair::new(&f.fixes[0])).unwrap();
        assert_eq!(
            repair["description"]["text"],
            "write “Facility” (unsafe: review the result)"
        );
        assert_eq!(repair["properties"]["applicability"], "unsafe");
    }

    #[test]
    fn paths_become_uri_references() {
        let uri = |path: &str| ArtifactLocation::new(path).uri;
        assert_eq!(uri("译/a b,100%:c.md"), "%E8%AF%91/a%20b%2C100%25%3Ac.md");
        assert_eq!(uri("./a.md"), "a.md");
        assert_eq!(uri("/x/a.md"), "file:///x/a.md");
    }
}
