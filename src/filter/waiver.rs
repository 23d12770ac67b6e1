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
use std::mem;

use serde::Deserialize;
use toml::Spanned;
use toml_edit::{ArrayOfTables, DocumentMut, Item, Table, TomlError, value};

use super::suppress::suppression_finding;
use crate::finding::{Finding, Label};
use crate::rules::Selection;
use crate::rules::suppressions::{SuppressionExpired, SuppressionWithoutReason, UnusedSuppression};
use crate::text::date::{Date, parse_date};
use crate::text::{Side, Source, Span, printable};

/// The waivers of one file.
#[derive(Debug, Clone, Default)]
pub struct Waivers(Vec<Waiver>);

#[derive(Debug, Clone)]
struct Waiver {
    fingerprint: String,
    reason: String,
    who: Option<String>,
    until: Option<Date>,
    at: Label,
}

/// A finding that a waiver hides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waived {
    /// The finding.
    pub finding: Finding,
    /// Why it is waived; empty if the waiver does not say it.
    pub reason: String,
    /// Who decided.
    pub who: Option<String>,
    /// The last day of the waiver.
    pub until: Option<Date>,
}

/// A waiver to add to a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewWaiver {
    /// The finding.
    pub fingerprint: String,
    /// Why it is waived.
    pub reason: String,
    /// Who decided; empty if nobody is named.
    pub who: String,
    /// The last day of the waiver.
    pub until: Option<Date>,
    /// Where the finding is and what it says, for people who read the file.
    pub comment: String,
}

/// The text of a waiver file with further waivers. One of a finding that was waived before, such as one that expired,
/// takes the place of the old one. All else is kept as it is written.
///
/// # Errors
/// `text` is not TOML.
pub fn add(text: &str, waivers: &[NewWaiver]) -> Result<String, TomlError> {
    let mut file: DocumentMut = text.parse()?;
    let key = "waiver";
    let list = file.entry(key).or_insert(Item::ArrayOfTables(ArrayOfTables::new()));
    // `waiver = [{ … }]` means the same.
    if let Ok(tables) = mem::take(list).into_array_of_tables() {
        *list = Item::ArrayOfTables(tables);
    }
    let Some(list) = list.as_array_of_tables_mut() else {
        return Ok(text.to_owned());
    };
    for (number, waiver) in waivers.iter().enumerate() {
        list.retain(|old| {
            let fingerprint = old.get("fingerprint").and_then(Item::as_str);
            !fingerprint.is_some_and(|f| f.eq_ignore_ascii_case(&waiver.fingerprint))
        });
        let is_first = number == 0 && text.trim().is_empty();
        list.push(waiver.table(if is_first { "" } else { "\n" }));
    }
    Ok(file.to_string())
}

impl NewWaiver {
    /// The table, with `before` it.
    fn table(&self, before: &str) -> Table {
        let mut table = Table::new();
        table.insert("fingerprint", value(&self.fingerprint));
        table.insert("reason", value(&self.reason));
        if !self.who.is_empty() {
            table.insert("who", value(&self.who));
        }
        if let Some(until) = self.until {
            table.insert("until", value(until.to_string()));
        }
        table
            .decor_mut()
            .set_prefix(format!("{before}# {}\n", printable(&self.comment)));
        table
    }
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
    who: Option<String>,
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
                who: entry.who,
                until,
                at: label(source, span),
            });
        }
        Ok(Self(waivers))
    }

    /// Removes the waived findings and returns them, and adds findings about the waivers themselves if their rules are in
    /// `selection`. The findings must have their fingerprints.
    ///
    /// A waiver can only be reported as unused if everything was checked, that is if `is_complete`.
    pub fn apply(
        &self,
        findings: &mut Vec<Finding>,
        selection: &Selection,
        today: Date,
        is_complete: bool,
    ) -> Vec<Waived> {
        let mut about = Vec::new();
        let mut live: HashMap<&str, &Waiver> = HashMap::new();
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
            live.insert(&w.fingerprint, w);
        }
        let waived: Vec<Waived> = findings
            .extract_if(.., |f| live.contains_key(&*f.fingerprint))
            .map(|finding| {
                let waiver = live[&*finding.fingerprint];
                Waived {
                    finding,
                    reason: waiver.reason.clone(),
                    who: waiver.who.clone(),
                    until: waiver.until,
                }
            })
            .collect();
        if is_complete {
            let used: HashSet<&str> = waived.iter().map(|w| &*w.finding.fingerprint).collect();
            let is_unused = |w: &&Waiver| live.contains_key(&*w.fingerprint) && !used.contains(&*w.fingerprint);
            for w in self.0.iter().filter(is_unused) {
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
        waived
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
        assert_eq!(taken.len(), 1);
        assert_eq!(taken[0].finding.fingerprint, print);
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
        let waived = w.apply(&mut findings, &selection(), parse_date("2026-11-22").unwrap(), false);
        assert!(waived.is_empty() && findings.is_empty());
    }

    fn new_waiver(digit: char) -> NewWaiver {
        NewWaiver {
            fingerprint: digit.to_string().repeat(32),
            reason: "a “quotation”\nof 2012".to_owned(),
            who: "Li, Wang".to_owned(),
            until: Some(parse_date("2027-01-31").unwrap()),
            comment: "a.md:3:5: a message\nof two lines".to_owned(),
        }
    }

    #[test]
    fn an_added_waiver_is_read_back_and_takes_the_place_of_an_old_one() {
        let old = format!(
            "# Ours.\n[[waiver]]\nfingerprint = \"{}\" # keep\nreason = 'r'\n\n[[waiver]]\nfingerprint = \"{}\"\nreason = 'old'\n",
            "0".repeat(32),
            "A".repeat(32)
        );
        let text = add(&old, &[new_waiver('a'), new_waiver('b')]).unwrap();
        let kept = &old[..old.find("\n[[waiver]]\nfingerprint = \"A").unwrap()];
        assert!(text.starts_with(kept), "{text}");
        assert!(
            text.contains("\n# a.md:3:5: a message of two lines\n[[waiver]]\n"),
            "{text}"
        );
        let read = waivers(&text).unwrap().0;
        assert_eq!(read.len(), 3, "{text}");
        assert_eq!(read[1].reason, new_waiver('a').reason);
        assert_eq!(
            (read[1].who.as_deref(), read[1].until),
            (Some("Li, Wang"), new_waiver('a').until)
        );
    }

    #[test]
    fn waivers_are_added_to_an_empty_file_and_to_an_inline_list() {
        assert_eq!(waivers(&add("", &[new_waiver('a')]).unwrap()).unwrap().0.len(), 1);
        let inline = format!(
            "waiver = [{{ fingerprint = \"{}\", reason = \"r\" }}]\n",
            "0".repeat(32)
        );
        let text = add(&inline, &[new_waiver('a')]).unwrap();
        assert_eq!(waivers(&text).unwrap().0.len(), 2, "{text}");
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
