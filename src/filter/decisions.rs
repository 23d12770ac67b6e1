//! What reviewers decided about findings: the file that the page of `bilint review` exports, and the decisions of several
//! reviewers as one.
//!
//! ```json
//! {
//!   "version": 1,
//!   "who": "Wang",
//!   "findings": [{
//!     "fingerprint": "33debf64a61f4b22dd09cd44795b6ca0", "state": "waived", "reason": "the name of 2012",
//!     "rule": "term-mismatch", "file": "a.md", "line": 12, "message": "…", "pair": "0f…"
//!   }]
//! }
//! ```

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use crate::text::date::{Date, parse_date};

/// A file of decisions that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DecisionError {
    /// Not JSON, or not of this form.
    #[error("{file}: not a file of decisions: {message}")]
    Malformed {
        /// The file.
        file: String,
        /// What is wrong.
        message: String,
    },
    /// Written by another version of bilint.
    #[error("{file}: version {version} of the decisions is not known; export them with the page of this bilint")]
    Version {
        /// The file.
        file: String,
        /// Its version.
        version: u64,
    },
    /// A decision that says too little or something impossible.
    #[error("{file}: the decision about {fingerprint} ({rule}): {message}")]
    Decision {
        /// The file.
        file: String,
        /// The finding.
        fingerprint: String,
        /// Its rule.
        rule: String,
        /// What is wrong and what to do.
        message: String,
    },
}

/// The findings of one review, with what one reviewer decided about each.
#[derive(Debug, Clone, Default)]
pub struct Decisions {
    /// The reviewer.
    pub who: String,
    /// The findings, undecided ones included.
    pub findings: Vec<Decision>,
    /// Answers to comments that decide nothing.
    pub unread: Vec<Unread>,
}

/// An answer to a comment that decides nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    /// The finding.
    pub about: About,
    /// Who wrote the answer.
    pub who: String,
    /// What it says.
    pub text: String,
}

/// A finding, and what a reviewer decided about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// The finding.
    pub about: About,
    /// What was decided.
    pub verdict: Verdict,
    /// Who decided it, where that is not the one who exported the file.
    pub who: Option<String>,
}

/// What identifies a finding, and describes it to people.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub struct About {
    /// Its fingerprint.
    pub fingerprint: String,
    /// Its rule.
    pub rule: String,
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// Its message.
    pub message: String,
    /// The hash of the pair's texts, as 32 hexadecimal digits; empty where a comment does not contain it.
    pub pair: String,
}

/// What a reviewer decided about a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing yet.
    Open,
    /// It is an error.
    Accepted {
        /// How it is corrected.
        fix: Correction,
    },
    /// It is to be left as it is: on purpose, or because it is no error.
    Waived {
        /// Why.
        reason: String,
        /// The last day on which that is so.
        until: Option<Date>,
    },
}

/// How an accepted finding is corrected, the least exact first.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Correction {
    /// By hand.
    ByHand,
    /// With the change that the finding offers, if it offers just one; otherwise by hand.
    AsProposed,
    /// With this replacement, one of those that the finding offers.
    With(String),
}

impl Correction {
    /// The replacement, if one was chosen.
    pub fn replacement(&self) -> Option<&str> {
        match self {
            Self::With(replacement) => Some(replacement),
            Self::ByHand | Self::AsProposed => None,
        }
    }
}

#[derive(Deserialize)]
struct File {
    #[serde(default)]
    who: String,
    findings: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    #[serde(flatten)]
    about: About,
    state: State,
    who: Option<String>,
    reason: Option<String>,
    until: Option<String>,
    fix: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
enum State {
    Open,
    Accepted,
    Waived,
    NotAnError,
}

/// The reason of a waiver for a finding that is no error, with what the reviewer says about it.
pub fn not_an_error(reason: &str) -> String {
    let colon = if reason.is_empty() { "" } else { ": " };
    format!("not an error{colon}{reason}")
}

impl Decisions {
    /// Reads the text of an exported file; `name` is the file as messages show it.
    ///
    /// # Errors
    /// Malformed JSON, another version, a malformed fingerprint, a waiver without a reason, or an impossible date.
    pub fn parse(name: &str, text: &str) -> Result<Self, DecisionError> {
        let malformed = |message: String| DecisionError::Malformed {
            file: name.to_owned(),
            message,
        };
        let value: serde_json::Value = serde_json::from_str(text).map_err(|e| malformed(e.to_string()))?;
        match value["version"].as_u64() {
            Some(1) => {}
            Some(version) => {
                let file = name.to_owned();
                return Err(DecisionError::Version { file, version });
            }
            None => return Err(malformed("it has no version".to_owned())),
        }
        let file: File = serde_json::from_value(value).map_err(|e| malformed(e.to_string()))?;
        let findings = file.findings.into_iter().map(|entry| entry.into_decision(name));
        Ok(Self {
            who: file.who,
            findings: findings.collect::<Result<_, _>>()?,
            unread: Vec::new(),
        })
    }
}

impl Entry {
    fn into_decision(self, file: &str) -> Result<Decision, DecisionError> {
        let wrong = |message: String| DecisionError::Decision {
            file: file.to_owned(),
            fingerprint: self.about.fingerprint.clone(),
            rule: self.about.rule.clone(),
            message,
        };
        let is_hash = |text: &str| text.len() == 32 && text.bytes().all(|b| b.is_ascii_hexdigit());
        if !is_hash(&self.about.fingerprint) || !is_hash(&self.about.pair) {
            return Err(wrong("a fingerprint is 32 hexadecimal digits".to_owned()));
        }
        let until = match self.until.as_deref().filter(|day| !day.is_empty()) {
            Some(day) => Some(parse_date(day).map_err(|e| wrong(e.to_string()))?),
            None => None,
        };
        let reason = self.reason.as_deref().map(str::trim).filter(|r| !r.is_empty());
        let verdict = match self.state {
            State::Open => Verdict::Open,
            State::Accepted => Verdict::Accepted {
                fix: self.fix.map_or(Correction::ByHand, Correction::With),
            },
            State::Waived => Verdict::Waived {
                reason: reason
                    .ok_or_else(|| wrong("a waiver needs a reason; add one in the page".to_owned()))?
                    .to_owned(),
                until,
            },
            State::NotAnError => Verdict::Waived {
                reason: not_an_error(reason.unwrap_or_default()),
                until,
            },
        };
        Ok(Decision {
            about: self.about,
            verdict,
            who: self.who.filter(|who| !who.is_empty()),
        })
    }
}

/// A finding about which the reviewers agree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agreed {
    /// The finding.
    pub about: About,
    /// What they decided; never [`Verdict::Open`].
    pub verdict: Verdict,
    /// Who decided it: names, separated by commas.
    pub who: String,
}

/// A finding about which reviewers disagree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// The finding.
    pub about: About,
    /// Who decided what.
    pub verdicts: Vec<(String, Verdict)>,
}

/// The decisions of several reviewers as one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Merged {
    /// What is decided, in the order of files and lines.
    pub agreed: Vec<Agreed>,
    /// What the reviewers disagree about, in the same order.
    pub conflicts: Vec<Conflict>,
    /// Answers to comments that decide nothing, as the files have them.
    pub unread: Vec<Unread>,
}

/// Merges what reviewers decided. Two waivers of one finding agree: their reasons are joined, and the earlier day is the
/// last one. An accepted finding agrees with one that is accepted with a fix.
pub fn merge(files: &[Decisions]) -> Merged {
    /// Who decided what about a finding.
    type Said<'a> = Vec<(&'a str, &'a Decision)>;
    let mut by_finding: BTreeMap<_, Said<'_>> = BTreeMap::new();
    for file in files {
        for decision in file.findings.iter().filter(|d| d.verdict != Verdict::Open) {
            let about = &decision.about;
            let who = decision.who.as_deref().unwrap_or(&file.who);
            let key = (&*about.file, about.line, &*about.fingerprint);
            by_finding.entry(key).or_default().push((who, decision));
        }
    }
    let mut merged = Merged {
        unread: files.iter().flat_map(|file| file.unread.clone()).collect(),
        ..Merged::default()
    };
    for decisions in by_finding.into_values() {
        let about = decisions[0].1.about.clone();
        let verdicts: Vec<&Verdict> = decisions.iter().map(|(_, d)| &d.verdict).collect();
        match agree(&verdicts) {
            Some(verdict) => merged.agreed.push(Agreed {
                about,
                verdict,
                who: join(decisions.iter().map(|(who, _)| *who), ", "),
            }),
            None => merged.conflicts.push(Conflict {
                about,
                verdicts: decisions
                    .iter()
                    .map(|(who, d)| ((*who).to_owned(), d.verdict.clone()))
                    .collect(),
            }),
        }
    }
    merged
}

/// What the verdicts about a finding amount to; `None` if they contradict each other.
fn agree(verdicts: &[&Verdict]) -> Option<Verdict> {
    let (mut reasons, mut days, mut fixes) = (Vec::new(), Vec::new(), BTreeSet::new());
    for verdict in verdicts {
        match verdict {
            Verdict::Open => {}
            Verdict::Accepted { fix } => drop(fixes.insert(fix)),
            Verdict::Waived { reason, until } => {
                reasons.push(reason.as_str());
                days.extend(*until);
            }
        }
    }
    match (fixes.is_empty(), reasons.is_empty()) {
        (true, _) => Some(Verdict::Waived {
            reason: join(reasons, "; "),
            until: days.into_iter().min(),
        }),
        (false, true) => {
            // The most exact, which comes last, is what the others want, too.
            let chosen = fixes.iter().filter_map(|fix| fix.replacement()).count();
            let fix = (*fixes.last()?).clone();
            (chosen <= 1).then_some(Verdict::Accepted { fix })
        }
        (false, false) => None,
    }
}

/// The distinct texts that are not empty, in order.
fn join<'a>(texts: impl IntoIterator<Item = &'a str>, with: &str) -> String {
    let mut seen = BTreeSet::new();
    let distinct: Vec<&str> = texts
        .into_iter()
        .filter(|text| !text.is_empty() && seen.insert(*text))
        .collect();
    distinct.join(with)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(who: &str, entries: &str) -> Decisions {
        let text = format!("{{\"version\": 1, \"who\": \"{who}\", \"findings\": [{entries}]}}");
        Decisions::parse("d.json", &text).unwrap()
    }

    fn entry(digit: char, more: &str) -> String {
        let hash = digit.to_string().repeat(32);
        format!(
            "{{\"fingerprint\": \"{hash}\", \"pair\": \"{hash}\", \"rule\": \"term-mismatch\", \"file\": \"a.md\", \
             \"line\": 3, \"message\": \"m\", {more}}}"
        )
    }

    fn verdicts(files: &[Decisions]) -> Vec<(Verdict, String)> {
        let merged = merge(files);
        assert!(merged.conflicts.is_empty(), "{merged:?}");
        merged.agreed.into_iter().map(|a| (a.verdict, a.who)).collect()
    }

    #[test]
    fn waivers_of_one_finding_are_joined() {
        let one = file(
            "Li",
            &entry(
                'a',
                r#""state": "waived", "reason": "a quotation", "until": "2027-03-01""#,
            ),
        );
        let two = file("Wang", &entry('a', r#""state": "not-an-error", "until": "2027-01-01""#));
        let expected = Verdict::Waived {
            reason: "a quotation; not an error".to_owned(),
            until: Some(parse_date("2027-01-01").unwrap()),
        };
        assert_eq!(verdicts(&[one.clone(), two]), [(expected, "Li, Wang".to_owned())]);
        assert_eq!(verdicts(&[one.clone(), one]).len(), 1);
    }

    #[test]
    fn a_fix_completes_what_was_only_accepted() {
        let fixed = file("Li", &entry('a', r#""state": "accepted", "fix": "19th""#));
        let by_hand = file("Wang", &entry('a', r#""state": "accepted""#));
        let open = file("Zhao", &entry('a', r#""state": "open""#));
        let expected = Verdict::Accepted {
            fix: Correction::With("19th".to_owned()),
        };
        let both = (expected, "Li, Wang".to_owned());
        assert_eq!(verdicts(&[by_hand.clone(), fixed.clone()])[0].0, both.0);
        assert_eq!(verdicts(&[fixed, by_hand, open]), [both]);
    }

    #[test]
    fn contradictions_are_conflicts() {
        let one = file("Li", &entry('a', r#""state": "accepted", "fix": "19th""#));
        for other in [
            r#""state": "accepted", "fix": "20th""#,
            r#""state": "waived", "reason": "r""#,
        ] {
            let merged = merge(&[one.clone(), file("Wang", &entry('a', other))]);
            assert!(merged.agreed.is_empty(), "{merged:?}");
            let who: Vec<&str> = merged.conflicts[0].verdicts.iter().map(|(who, _)| &**who).collect();
            assert_eq!(who, ["Li", "Wang"]);
        }
    }

    #[test]
    fn errors_name_file_finding_and_remedy() {
        let parse = |text: &str| Decisions::parse("d.json", text).unwrap_err().to_string();
        assert!(parse("[").starts_with("d.json: not a file of decisions: "));
        assert!(parse(r#"{"version": 2, "findings": []}"#).contains("version 2 of the decisions is not known"));
        let file = |entry: &str| parse(&format!("{{\"version\": 1, \"findings\": [{entry}]}}"));
        let without_reason = file(&entry('a', r#""state": "waived", "reason": " ""#));
        assert!(
            without_reason.ends_with("(term-mismatch): a waiver needs a reason; add one in the page"),
            "{without_reason}"
        );
        assert!(file(&entry('x', r#""state": "open""#)).contains("32 hexadecimal digits"));
        assert!(file(&entry('a', r#""state": "waived", "reason": "r", "until": "soon""#)).contains("is not a date"));
    }
}
