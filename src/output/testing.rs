//! Hand-made reports that every output is tested over.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

use quick_xml::XmlVersion;
use quick_xml::events::Event;
use quick_xml::events::attributes::Attribute;

use super::Emitter;
use crate::filter::fingerprint;
use crate::finding::testing::finding as one_finding;
use crate::finding::{self, Finding, Severity};
use crate::run::{RuleSummary, RunReport, Skipped, Summary};
use crate::score::{Lengths, Score, Standard};

fn fare(id: &'static str, severity: Severity) -> RuleSummary {
    RuleSummary {
        id,
        group: "terms",
        severity,
        summary: "One line about the rule.",
        docs: "One line about the rule.\n\n## What it does\nIt compares.\n".to_owned(),
        findings: 0,
        pairs: 21,
    }
}

/// A settled report with these findings.
pub fn report_of(findings: Vec<Finding>) -> RunReport {
    let mut rules = vec![
        fare("term-mismatch", Severity::Error),
        fare("acronym-style", Severity::Note),
        fare("paragraph-omitted", Severity::Error),
    ];
    for f in &findings {
        if rules.iter().all(|r| r.id != f.rule) {
            rules.push(fare(f.rule, f.severity));
        }
    }
    let mut report = RunReport {
        findings,
        fail_on: Some(Severity::Error),
        summary: Summary {
            files: 1,
            pairs: 21,
            concepts_seen: 17,
            concepts: 312,
            glossary: "the built-in glossary".to_owned(),
            rules,
            ..Summary::default()
        },
        ..RunReport::default()
    };
    report.finalize();
    fingerprint::assign(&mut report.findings, Path::new("/repo"), Path::new("/repo"));
    report
}

/// All of the findings above in one report.
pub fn report() -> RunReport {
    let mut report = report_of(finding::testing::all());
    (report.suppressed, report.baselined, report.untouched) = (2, 14, 3);
    report.summary.files = 6;
    let lengths = Lengths {
        zh_characters: 2000,
        en_words: 1200,
    };
    report.score = Some(Score::new(Standard::Gbt19682, &report.findings, lengths, |f| {
        f.rule == "term-mismatch"
    }));
    report.summary.skipped = vec![Skipped {
        file: "draft.docx".to_owned(),
        reason: "not a text file".to_owned(),
        failed: true,
    }];
    report.summary.not_read = vec![Skipped {
        file: "app/zh.json".to_owned(),
        reason: "this type of file is not read".to_owned(),
        failed: false,
    }];
    report
}

/// The reports that outputs are snapshot-tested over, by name.
pub fn reports() -> [(&'static str, RunReport); 3] {
    [
        ("none", report_of(Vec::new())),
        ("one", report_of(vec![one_finding()])),
        ("all", report()),
    ]
}

/// What an emitter writes.
pub fn emitted(emitter: &dyn Emitter, report: &RunReport) -> String {
    let mut out: Vec<u8> = Vec::new();
    emitter.emit(report, &mut out as &mut dyn Write).unwrap();
    String::from_utf8(out).unwrap()
}

/// The attributes of every `element` in `xml`, unescaped; fails where the XML is not well-formed.
pub fn attributes(xml: &str, element: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader = quick_xml::Reader::from_str(xml);
    reader.config_mut().enable_all_checks(true);
    let mut found = Vec::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Start(e) | Event::Empty(e) if e.name().as_ref() == element => {
                let pair = |a: Attribute| {
                    let value = a.normalized_value(XmlVersion::Explicit1_0).unwrap();
                    (a.key.as_ref().to_owned(), value.into_owned())
                };
                found.push(e.attributes().map(|a| pair(a.unwrap())).collect());
            }
            Event::Eof => return found,
            _ => {}
        }
    }
}
