//! What the script of the page knows: the findings as a file of decisions describes them, and the score.

use std::io;

use serde::Serialize;

use crate::filter::decisions::{Agreed, Verdict};
use crate::run::{Review, Standing};
use crate::score::Score;

#[derive(Serialize)]
struct Data<'a> {
    report: &'a str,
    score: Option<ScoreData>,
    findings: Vec<FindingData<'a>>,
}

#[derive(Serialize)]
struct ScoreData {
    /// What errors are divided by.
    length: usize,
    limit: Option<f64>,
}

impl ScoreData {
    fn new(score: &Score) -> Self {
        Self {
            length: score.standard.counted_length(score.length),
            limit: score.standard.limit(),
        }
    }
}

#[derive(Serialize)]
struct FindingData<'a> {
    fingerprint: &'a str,
    rule: &'a str,
    severity: &'a str,
    file: &'a str,
    line: usize,
    message: &'a str,
    /// The hash of the pair's texts.
    pair: String,
    fixes: Vec<FixData<'a>>,
    /// Number and weight of the error in the score.
    error: Option<(usize, f64)>,
    /// How it compares with the review before.
    #[serde(skip_serializing_if = "Option::is_none")]
    round: Option<&'static str>,
    /// What was decided then.
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<DecisionData<'a>>,
}

#[derive(Serialize)]
struct DecisionData<'a> {
    state: &'static str,
    who: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fix: Option<&'a str>,
}

impl<'a> DecisionData<'a> {
    fn new(agreed: &'a Agreed) -> Self {
        let (state, reason, until, fix) = match &agreed.verdict {
            Verdict::Open => ("open", None, None, None),
            Verdict::Accepted { fix } => ("accepted", None, None, fix.replacement()),
            Verdict::Waived { reason, until } => ("waived", Some(&**reason), until.map(|day| day.to_string()), None),
        };
        Self {
            state,
            who: &agreed.who,
            reason,
            until,
            fix,
        }
    }
}

#[derive(Serialize)]
struct FixData<'a> {
    title: &'a str,
    replacement: &'a str,
}

/// The data as JSON that may be in a `script` element: no `<` is left in it.
pub(super) fn json(review: &Review) -> io::Result<String> {
    let findings = review.report.findings.iter().enumerate().map(|(i, f)| FindingData {
        fingerprint: &f.fingerprint,
        rule: f.rule,
        severity: f.severity.name(),
        file: &f.primary().file,
        line: f.primary().start.line,
        message: &f.message,
        pair: format!("{:032x}", f.pair.text_hash),
        fixes: f
            .fixes
            .iter()
            .map(|x| FixData {
                title: &x.title,
                replacement: &x.replacement,
            })
            .collect(),
        error: review.shares.get(i).copied().flatten().map(|s| (s.error, s.weight)),
        round: review.round.as_ref().map(|r| match r.standings[i] {
            Standing::New => "new",
            Standing::Edited => "edited",
            Standing::Known(_) => "known",
        }),
        before: review.round.as_ref().and_then(|r| match &r.standings[i] {
            Standing::Known(Some(agreed)) => Some(DecisionData::new(agreed)),
            _ => None,
        }),
    });
    let data = Data {
        report: &review.fingerprint,
        score: review.report.score.as_ref().map(ScoreData::new),
        findings: findings.collect(),
    };
    Ok(serde_json::to_string(&data)?.replace('<', "\\u003c"))
}
