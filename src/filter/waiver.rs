//! Waivers: suppressions in a file of their own, for formats without comments and for texts that may not be changed.
//!
//! ```toml
//! [[waiver]]
//! fingerprint = "33debf64a61f4b22dd09cd44795b6ca0"
//! reason = "the name of 2012, quoted from the treaty"
//! who = "Wang"
//! until = "2026-12-31"
//! ```

use std::collections::{HashMap, HashSet};

use serde::Deserialize;
use toml::Spanned;

use super::suppress::suppression_finding;
use crate::finding::{Finding, Label};
use crate::rules::Selection;
use crate::rules::suppressions::{SuppressionExpired, SuppressionWithoutReason, UnusedSuppression};
use crate::text::date::{Date, parse_date};
use crate::text::{Side, Source, Span};

/// The waivers of one file.
#[derive(Debug, Clone, Default)]
pub struct Waivers(Vec<Waiver>);

#[derive(Debug, Clone)]
struct Waiver {
    fingerprint: String,
    reason: String,
    until: Option<Date>,
    at: Label,
}

/// A waiver file that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}:{column}: {message}")]
pub struct WaiverError {
    /// The file as messages show it.
    pub file: String,
    /// 1-based line.
    pub line: usize,
    /// 1-based column in code points.
    pub column: usize,
    /// What is wrong and what to do.
    pub message: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    waiver: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    fingerprint: Spanned<String>,
    #[serde(default)]
    reason: String,
    /// Who decided; for people.
    #[serde(default, rename = "who")]
    _who: Option<String>,
    until: Option<Spanned<String>>,
}

impl Waivers {
    /// Reads the text of a waiver file.
    ///
    /// # Errors
    /// Malformed TOML, an unknown key, a malformed or duplicate fingerprint, or an impossible date.
    pub fn parse(source: &Source) -> Result<Self, WaiverError> {
        let fault = |at: usize, message: String| {
            let p = source.position(at);
            WaiverError {
                file: source.path().to_string(),
                line: p.line,
                column: p.column,
                message,
            }
        };
        let file: File = toml::from_str(source.text())
            .map_err(|e| fault(e.span().map_or(0, |s| s.start), e.message().replace('\n', " ")))?;
        let mut seen = HashSet::new();
        let mut waivers = Vec::new();
        for entry in file.waiver {
            let span = Span::from(entry.fingerprint.span());
            let fingerprint = entry.fingerprint.into_inner().to_ascii_lowercase();
            if fingerprint.len() != 32 || !fingerprint.bytes().all(|b| b.is_ascii_hexdigit()) {
                let message = "a fingerprint is 32 hexadecimal digits; copy it from the JSON output".to_owned();
                return Err(fault(span.start, message));
            }
            if !seen.insert(fingerprint.clone()) {
                return Err(fault(
                    span.start,
                    "this fingerprint is waived twice; remove one of the waivers".to_owned(),
                ));
            }
            let until = match entry.until {
                Some(day) => {
                    let at = day.span().start;
                    Some(parse_date(&day.into_inner()).map_err(|e| fault(at, format!("{e}")))?)
                }
                None => None,
            };
            waivers.push(Waiver {
                fingerprint,
                reason: entry.reason.trim().to_owned(),
                until,
                at: label(source, span),
            });
        }
        Ok(Self(waivers))
    }

    /// Removes the waived findings, adds findings about the waivers themselves if their rules are in `selection`, and
    /// returns how many were removed. The findings must have their fingerprints.
    ///
    /// A waiver can only be reported as unused if everything was checked, that is if `is_complete`.
    pub fn apply(&self, findings: &mut Vec<Finding>, selection: &Selection, today: Date, is_complete: bool) -> usize {
        let mut about = Vec::new();
        let mut live: HashMap<&str, bool> = HashMap::new();
        for w in &self.0 {
            if let Some(until) = w.until.filter(|u| *u < today) {
                let message = format!("this waiver expired on {until}");
                let help = "fix the text, or extend the date";
                about.push(suppression_finding(
                    &SuppressionExpired::META,
                    message,
                    help,
                    w.at.clone(),
                ));
                continue;
            }
            if w.reason.is_empty() {
                let message = "no reason is given for this waiver";
                let help = "add a “reason”";
                about.push(suppression_finding(
                    &SuppressionWithoutReason::META,
                    message,
                    help,
                    w.at.clone(),
                ));
            }
            live.insert(&w.fingerprint, false);
        }
        let before = findings.len();
        findings.retain(|f| match live.get_mut(f.fingerprint.as_str()) {
            Some(used) => {
                *used = true;
                false
            }
            None => true,
        });
        let taken = before - findings.len();
        if is_complete {
            for w in self
                .0
                .iter()
                .filter(|w| live.get(w.fingerprint.as_str()) == Some(&false))
            {
                let message = "no finding has this fingerprint any more";
                about.push(suppression_finding(
                    &UnusedSuppression::META,
                    message,
                    "remove the waiver",
                    w.at.clone(),
                ));
            }
        }
        about.retain(|f| selection.contains(f.rule));
        findings.append(&mut about);
        taken
    }
}

fn label(source: &Source, span: Span) -> Label {
    let line = source.line_at(span.start);
    let (start, end) = (source.position(span.start), source.position(span.end));
    let text = span.of(source.text());
    let in_line = Span::new(
        start.byte_column - 1,
        (start.byte_column - 1 + text.len()).min(line.len()),
    );
    Label {
        file: source.path().clone(),
        side: Side::En,
        block: 0,
        start,
        end,
        chars: (start.column - 1, start.column - 1 + text.chars().count()),
        bytes: span,
        text: text.to_owned(),
        context: line.into(),
        context_span: in_line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::filter::testing::findings;

    fn selection() -> Selection {
        Selection::new(&["all".to_owned()], &[]).unwrap()
    }

    fn waivers(text: &str) -> Result<Waivers, WaiverError> {
        Waivers::parse(&Source::new("waivers.toml", text))
    }

    #[test]
    fn takes_out_the_finding_and_reports_what_is_wrong_with_waivers() {
        let mut findings = findings();
        let (kept, print) = (findings.len() - 1, findings[0].fingerprint.clone());
        let unused = "0".repeat(32);
        let over = "1".repeat(32);
        let text = format!(
            "[[waiver]]\nfingerprint = \"{print}\"\n\n[[waiver]]\nfingerprint = \"{unused}\"\nreason = \"r\"\nwho = \"W\"\n\n\
             [[waiver]]\nfingerprint = \"{over}\"\nreason = \"r\"\nuntil = \"2020-01-01\"\n"
        );
        let w = waivers(&text).unwrap();
        let taken = w.apply(&mut findings, &selection(), parse_date("2026-11-22").unwrap(), true);
        assert_eq!(taken, 1);
        let about: Vec<_> = findings[kept..]
            .iter()
            .map(|f| (f.rule, f.primary().start.line))
            .collect();
        assert_eq!(
            about,
            [
                ("suppression-without-reason", 2),
                ("suppression-expired", 10),
                ("unused-suppression", 5)
            ]
        );
    }

    #[test]
    fn a_part_of_the_files_does_not_make_a_waiver_unused() {
        let w = waivers(&format!(
            "[[waiver]]\nfingerprint = \"{}\"\nreason = \"r\"\n",
            "0".repeat(32)
        ))
        .unwrap();
        let mut findings = Vec::new();
        assert_eq!(
            w.apply(&mut findings, &selection(), parse_date("2026-11-22").unwrap(), false),
            0
        );
        assert!(findings.is_empty());
    }

    #[test]
    fn errors_name_place_and_remedy() {
        let e = waivers("[[waiver]]\nfingerprint = \"12\"\n").unwrap_err().to_string();
        assert_eq!(
            e,
            "waivers.toml:2:15: a fingerprint is 32 hexadecimal digits; copy it from the JSON output"
        );
        let print = "0".repeat(32);
        for (text, what) in [
            (
                format!("[[waiver]]\nfingerprint = \"{print}\"\nuntil = \"soon\"\n"),
                "3:9: “soon” is not a date",
            ),
            (
                format!("[[waiver]]\nfingerprint = \"{print}\"\nraeson = \"x\"\n"),
                "3:1: unknown field `raeson`",
            ),
            (
                format!("[[waiver]]\nfingerprint = \"{print}\"\n[[waiver]]\nfingerprint = \"{print}\"\n"),
                "waived twice",
            ),
        ] {
            let e = waivers(&text).unwrap_err().to_string();
            assert!(e.contains(what), "{e}");
        }
    }
}
