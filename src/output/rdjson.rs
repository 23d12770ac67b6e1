//! reviewdog's diagnostic format, whole (rdjson) and one diagnostic per line (rdjsonl).
//!
//! Columns are 1-based and count UTF-8 bytes; ends are exclusive.

use std::io::{self, Write};

use serde::Serialize;

use super::{Emitter, NOT_CHECKED, forward_slashes, pretty};
use crate::finding::{Applicability, Finding, Label, Severity};
use crate::run::{RunReport, Skipped};
use crate::text::Position;

/// One object with all diagnostics.
#[derive(Debug, Clone, Copy)]
pub struct Rdjson;

/// One diagnostic per line.
#[derive(Debug, Clone, Copy)]
pub struct Rdjsonl;

impl Emitter for Rdjson {
    fn emit(&self, report: &RunReport, out: &mut dyn Write) -> io::Result<()> {
        let whole = DiagnosticResult {
            source: SOURCE,
            diagnostics: diagnostics(report, None).collect(),
        };
        pretty(&whole, out)
    }
}

impl Emitter for Rdjsonl {
    fn emit(&self, report: &RunReport, out: &mut dyn Write) -> io::Result<()> {
        for diagnostic in diagnostics(report, Some(SOURCE)) {
            serde_json::to_writer(&mut *out, &diagnostic)?;
            writeln!(out)?;
        }
        Ok(())
    }
}

/// The findings, then what could not be checked.
fn diagnostics(report: &RunReport, source: Option<Source>) -> impl Iterator<Item = Diagnostic> {
    let findings = report.findings.iter().map(move |f| Diagnostic::new(f, source));
    findings.chain(report.failures().map(move |k| Diagnostic::not_checked(k, source)))
}

const SOURCE: Source = Source { name: "bilint" };

#[derive(Serialize)]
struct DiagnosticResult {
    source: Source,
    diagnostics: Vec<Diagnostic>,
}

#[derive(Clone, Copy, Serialize)]
struct Source {
    name: &'static str,
}

#[derive(Serialize)]
struct Diagnostic {
    message: String,
    location: Location,
    severity: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<Source>,
    code: Code,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suggestions: Vec<Suggestion>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<RelatedLocation>,
}

#[derive(Serialize)]
struct Code {
    value: &'static str,
}

#[derive(Serialize)]
struct Location {
    path: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    range: Option<Range>,
}

#[derive(Serialize)]
struct RelatedLocation {
    message: String,
    location: Location,
}

#[derive(Serialize)]
struct Suggestion {
    range: Range,
    text: String,
}

#[derive(Serialize)]
struct Range {
    start: Place,
    end: Place,
}

#[derive(Serialize)]
struct Place {
    line: usize,
    column: usize,
}

impl Range {
    fn new(start: Position, end: Position) -> Self {
        let place = |p: Position| Place {
            line: p.line,
            column: p.byte_column,
        };
        Self {
            start: place(start),
            end: place(end),
        }
    }
}

impl Location {
    fn new(label: &Label) -> Self {
        Self {
            path: forward_slashes(&label.file).into_owned(),
            range: Some(Range::new(label.start, label.end)),
        }
    }
}

impl Diagnostic {
    fn new(f: &Finding, source: Option<Source>) -> Self {
        let first = f.primary();
        let other = f.label(first.side.other());
        // A suggestion replaces text of the file that the diagnostic is in.
        let fixes: Vec<_> = f.fixes.iter().filter(|x| x.file == first.file).collect();
        let mut message = f.message.clone();
        if let Some(help) = &f.help {
            message.push_str("\nhelp: ");
            message.push_str(help);
        }
        if fixes.iter().any(|x| x.applicability == Applicability::Unsafe) {
            message.push_str("\nThe suggestion may be wrong: review it.");
        }
        Self {
            message,
            location: Location::new(first),
            severity: match f.severity {
                Severity::Error => "ERROR",
                Severity::Warning => "WARNING",
                Severity::Note => "INFO",
            },
            source,
            code: Code { value: f.rule },
            suggestions: fixes
                .iter()
                .map(|x| Suggestion {
                    range: Range::new(x.range.0, x.range.1),
                    text: x.replacement.clone(),
                })
                .collect(),
            related_locations: other
                .map(|l| RelatedLocation {
                    message: format!("the {}", l.side.name()),
                    location: Location::new(l),
                })
                .into_iter()
                .collect(),
        }
    }

    /// The diagnostic of a file, or of a record, that could not be checked.
    fn not_checked(skipped: &Skipped, source: Option<Source>) -> Self {
        Self {
            message: skipped.reason.clone(),
            location: Location {
                path: forward_slashes(&skipped.file).into_owned(),
                range: None,
            },
            severity: "ERROR",
            source,
            code: Code { value: NOT_CHECKED },
            suggestions: Vec::new(),
            related_locations: Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::testing::{beyond_bmp, finding};
    use crate::output::testing::{emitted, report, reports};

    #[test]
    fn rdjson_snapshots() {
        for (name, report) in reports() {
            insta::assert_snapshot!(format!("rdjson_{name}"), emitted(&Rdjson, &report));
            insta::assert_snapshot!(format!("rdjsonl_{name}"), emitted(&Rdjsonl, &report));
        }
    }

    /// The names and types of the format's description (`proto/rdf/jsonschema/DiagnosticResult.json` of reviewdog).
    mod schema {
        use serde::Deserialize;

        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct DiagnosticResult {
            pub source: Source,
            pub diagnostics: Vec<Diagnostic>,
        }

        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct Source {
            pub name: String,
        }

        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct Diagnostic {
            pub message: String,
            pub location: Location,
            pub severity: Severity,
            pub code: Code,
            #[serde(default)]
            pub suggestions: Vec<Suggestion>,
            #[serde(default)]
            pub related_locations: Vec<RelatedLocation>,
        }

        #[derive(Deserialize, Debug, PartialEq)]
        #[serde(rename_all = "UPPERCASE")]
        pub enum Severity {
            Error,
            Warning,
            Info,
        }

        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct Code {
            pub value: String,
        }

        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct Suggestion {
            pub range: Range,
            pub text: String,
        }

        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct RelatedLocation {
            pub message: String,
            pub location: Location,
        }

        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct Location {
            pub path: String,
            pub range: Option<Range>,
        }

        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct Range {
            pub start: Position,
            pub end: Position,
        }

        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct Position {
            pub line: u32,
            pub column: u32,
        }
    }

    #[test]
    fn rdjson_has_the_names_and_types_of_its_description() {
        let read: schema::DiagnosticResult = serde_json::from_str(&emitted(&Rdjson, &report())).unwrap();
        assert_eq!(read.source.name, "bilint");
        let first = &read.diagnostics[0];
        assert_eq!(
            (first.code.value.as_str(), &first.severity),
            ("term-mismatch", &schema::Severity::Error)
        );
        assert!(first.message.ends_with("help: write the official name"));
        let range = &first.suggestions[0].range;
        assert_eq!((range.start.line, range.start.column, range.end.column), (7, 28, 38));
        assert_eq!(first.suggestions[0].text, "Facility");
        let other = &first.related_locations[0];
        assert_eq!(
            (other.message.as_str(), other.location.path.as_str()),
            ("the Chinese", "corpus/script.txt")
        );
        assert_eq!(first.location.path, "corpus/script.txt");
        let range = other.location.range.as_ref().unwrap();
        assert_eq!((range.start.line, range.end.line), (5, 5));
        let last = read.diagnostics.last().unwrap();
        assert_eq!(
            (last.code.value.as_str(), last.message.as_str()),
            (NOT_CHECKED, "not a text file")
        );
        assert!(last.location.range.is_none());
    }

    #[test]
    fn an_unsafe_suggestion_says_so() {
        let mut f = finding();
        assert!(!Diagnostic::new(&f, None).message.contains("review"));
        f.fixes[0].applicability = Applicability::Unsafe;
        assert!(Diagnostic::new(&f, None).message.ends_with("review it."));
    }

    #[test]
    fn rdjsonl_is_rdjson_by_the_line() {
        let report = report();
        let whole: serde_json::Value = serde_json::from_str(&emitted(&Rdjson, &report)).unwrap();
        let lines: Vec<serde_json::Value> = emitted(&Rdjsonl, &report)
            .lines()
            .map(|l| serde_json::from_str(l).unwrap())
            .map(|mut d: serde_json::Value| {
                assert_eq!(d["source"]["name"], "bilint");
                d.as_object_mut().unwrap().shift_remove("source");
                d
            })
            .collect();
        assert_eq!(lines, *whole["diagnostics"].as_array().unwrap());
    }

    #[test]
    fn columns_count_utf8_bytes() {
        let d = Diagnostic::new(&beyond_bmp(), None);
        // “《𠮷野家》与𩾃鱼\tYoshinoya and ” is 3+4+3+3+3+3+4+3+1+14 bytes.
        let range = d.location.range.unwrap();
        assert_eq!((range.start.column, range.end.column), (42, 42 + 7));
    }
}
