//! Waivers: suppressions in a file of their own, for formats without comments and for texts that may not be changed.
//!
//! ```toml
//! [[waiver]]
//! fingerprint = "33debf64a61f4b22dd09cd44795b6ca0"
//! reason = "the name of 2012, quoted from the treaty"
//! who = "Wang"
//! until = "2026-12-31"
//!
//! [[waiver]]
//! term = "卢拉"
//! files = ["speeches/2024.md"]
//! reason = "the house calls him Lula"
//!
//! [[waiver]]
//! key = "orders.terms.days"
//! rules = ["number-mismatch"]
//! files = ["locales/zh-CN/shop.json"]
//! reason = "the law of the country says 15 days"
//! ```
//!
//! A waiver of a term covers every finding about it, one of a key the findings of some rules about the record or string with
//! that key; both in the files that they name or in all. Unlike a fingerprint, a key survives edits of the text.

use std::collections::{HashMap, HashSet};
use std::mem;

use serde::Deserialize;
use toml::Spanned;
use toml_edit::{ArrayOfTables, DocumentMut, Item, Table, TomlError, value};

use super::suppress::{names, ran, suppression_finding, unknown_rule};
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
    what: What,
    reason: String,
    who: Option<String>,
    until: Option<Date>,
    at: Label,
}

/// What a waiver covers.
#[derive(Debug, Clone)]
enum What {
    /// The finding with this fingerprint.
    Finding(String),
    /// The findings about a name or a concept, in these files or in all if there are none.
    Term { name: String, files: Vec<String> },
    /// The findings of these rules or groups about the record or string with a key, in these files or in all if there are none.
    Key {
        key: String,
        rules: Vec<String>,
        files: Vec<String>,
    },
}

impl What {
    fn covers(&self, finding: &Finding) -> bool {
        let labels = || [&finding.zh, &finding.en].into_iter().flatten();
        let (is_about, files) = match self {
            Self::Finding(fingerprint) => return *fingerprint == finding.fingerprint,
            Self::Term { name, files } => {
                let is_named = |label: &Label| label.text == *name;
                (
                    finding.concept.as_deref() == Some(name) || labels().any(is_named),
                    files,
                )
            }
            Self::Key { key, rules, files } => {
                let is_of = |rule: &String| names(rule, finding.rule);
                (
                    finding.pair.id.as_deref() == Some(key) && rules.iter().any(is_of),
                    files,
                )
            }
        };
        let is_in = |label: &Label| files.is_empty() || files.iter().any(|end| is_path_or_end(&label.file, end));
        is_about && labels().chain(finding.opposite.as_deref()).any(is_in)
    }

    /// Whether a rule ran whose findings it may cover.
    fn is_checked(&self, selection: &Selection) -> bool {
        match self {
            Self::Key { rules, .. } => rules.iter().any(|rule| ran(rule, selection)),
            _ => true,
        }
    }

    /// What is wrong with a waiver that covers nothing.
    const fn unused(&self) -> &'static str {
        match self {
            Self::Finding(_) => "no finding has this fingerprint any more",
            Self::Term { .. } => "no finding is about this term any more",
            Self::Key { .. } => "no finding of these rules is about this key any more",
        }
    }
}

/// Whether `end` is a path, or its last parts: `2024.md` of `speeches/2024.md`.
fn is_path_or_end(path: &str, end: &str) -> bool {
    path.strip_suffix(end)
        .is_some_and(|rest| rest.is_empty() || rest.ends_with(['/', '\\']))
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
    /// A waiver of a finding.
    pub fn new(finding: &Finding, reason: String, who: String, until: Option<Date>) -> Self {
        let at = finding.primary();
        Self {
            fingerprint: finding.fingerprint.clone(),
            reason,
            who,
            until,
            comment: format!("{}:{}: {}", at.file, at.start.line, finding.message),
        }
    }

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
    waiver: Vec<Spanned<Entry>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    fingerprint: Option<Spanned<String>>,
    term: Option<Spanned<String>>,
    key: Option<Spanned<String>>,
    #[serde(default)]
    rules: Vec<String>,
    #[serde(default)]
    files: Vec<String>,
    #[serde(default)]
    reason: String,
    who: Option<String>,
    until: Option<Spanned<String>>,
}

impl Waivers {
    /// Reads the text of a waiver file.
    ///
    /// # Errors
    /// Malformed TOML, an unknown key or rule, a waiver of nothing or of two things, a malformed or duplicate fingerprint, or
    /// an impossible date.
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
            let start = entry.span().start;
            let entry = entry.into_inner();
            if let Some(message) = unknown_rule(&entry.rules) {
                return Err(fault(start, message));
            }
            let (rules, files) = (entry.rules, entry.files);
            let (what, span) = match (entry.fingerprint, entry.term, entry.key) {
                (Some(fingerprint), None, None) if rules.is_empty() && files.is_empty() => {
                    let span = Span::from(fingerprint.span());
                    let fingerprint = fingerprint.into_inner().to_ascii_lowercase();
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
                    (What::Finding(fingerprint), span)
                }
                (None, Some(term), None) if rules.is_empty() && !term.get_ref().trim().is_empty() => {
                    let span = Span::from(term.span());
                    let name = term.into_inner().trim().to_owned();
                    (What::Term { name, files }, span)
                }
                (None, None, Some(key)) if !rules.is_empty() => {
                    let span = Span::from(key.span());
                    let key = key.into_inner();
                    (What::Key { key, rules, files }, span)
                }
                _ => {
                    let message = "a waiver has a `fingerprint`, a `term`, or a `key` and `rules`; a term and a key may have \
                                   `files` if it holds for some files only";
                    return Err(fault(start, message.to_owned()));
                }
            };
            let until = match entry.until {
                Some(day) => {
                    let at = day.span().start;
                    Some(parse_date(&day.into_inner()).map_err(|e| fault(at, format!("{e}")))?)
                }
                None => None,
            };
            waivers.push(Waiver {
                what,
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
        let mut live: Vec<&Waiver> = Vec::new();
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
            live.push(w);
        }
        // There are many fingerprints and few terms and keys.
        let of_finding = |i: &usize| match &live[*i].what {
            What::Finding(fingerprint) => Some((&**fingerprint, *i)),
            What::Term { .. } | What::Key { .. } => None,
        };
        let by_fingerprint: HashMap<&str, usize> = (0..live.len()).filter_map(|i| of_finding(&i)).collect();
        let others: Vec<usize> = (0..live.len()).filter(|i| of_finding(i).is_none()).collect();
        let waiver_of = |f: &Finding| {
            let by_fingerprint = by_fingerprint.get(&*f.fingerprint).copied();
            by_fingerprint.or_else(|| others.iter().copied().find(|&i| live[i].what.covers(f)))
        };
        let mut is_used = vec![false; live.len()];
        let taken = findings.extract_if(.., |f| waiver_of(f).is_some()).collect::<Vec<_>>();
        let waived = taken.into_iter().filter_map(|finding| {
            let i = waiver_of(&finding)?;
            is_used[i] = true;
            Some(Waived {
                finding,
                reason: live[i].reason.clone(),
                who: live[i].who.clone(),
                until: live[i].until,
            })
        });
        let waived: Vec<Waived> = waived.collect();
        if is_complete {
            let unused = live.iter().zip(&is_used).filter(|(_, is_used)| !**is_used);
            for (w, _) in unused.filter(|(w, _)| w.what.is_checked(selection)) {
                about.push(suppression_finding(
                    &UnusedSuppression::META,
                    w.what.unused(),
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
mod tests;
