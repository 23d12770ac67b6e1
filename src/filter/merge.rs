//! One fault, one finding: where two rules point at the same words, a reader should be told once.

use crate::finding::Finding;

/// Rules that may see the same fault, in the order in which the findings of equal severity speak for it.
const SAME_FAULT: [&[&str]; 2] = [
    &[
        "acronym-expansion",
        "term-mismatch",
        "term-forbidden",
        "term-deprecated",
        "acronym-mismatch",
    ],
    &[
        "term-unknown-source",
        "term-omitted",
        "term-mismatch",
        "pinyin-mismatch",
    ],
];

/// Joins findings of the same pair that point at overlapping words and may be about the same fault. The graver one
/// speaks, between equals the one whose rule comes first; what it does not know itself (the concept, the source of the
/// expectation, a fix) it takes from the other.
pub fn one_fault_one_finding(mut findings: Vec<Finding>) -> Vec<Finding> {
    let mut i = 0;
    while i < findings.len() {
        match (i + 1..findings.len()).find(|&j| is_same_fault(&findings[i], &findings[j])) {
            Some(j) => {
                let other = findings.remove(j);
                if speaks_before(&other, &findings[i]) {
                    let mute = std::mem::replace(&mut findings[i], other);
                    absorb(&mut findings[i], mute);
                } else {
                    absorb(&mut findings[i], other);
                }
            }
            None => i += 1,
        }
    }
    findings
}

fn rank(finding: &Finding, group: &[&str]) -> Option<usize> {
    group.iter().position(|r| *r == finding.rule)
}

fn is_same_fault(a: &Finding, b: &Finding) -> bool {
    a.rule != b.rule
        && a.pair.index == b.pair.index
        && SAME_FAULT.iter().any(|g| rank(a, g).is_some() && rank(b, g).is_some())
        && [(&a.en, &b.en), (&a.zh, &b.zh)].iter().any(|(x, y)| match (x, y) {
            (Some(x), Some(y)) => x.file == y.file && x.bytes.overlaps(y.bytes),
            _ => false,
        })
}

fn speaks_before(a: &Finding, b: &Finding) -> bool {
    let rank = |f| SAME_FAULT.iter().find_map(|g| rank(f, g));
    (b.severity, rank(a)) < (a.severity, rank(b))
}

fn absorb(speaker: &mut Finding, mute: Finding) {
    speaker.concept = speaker.concept.take().or(mute.concept);
    speaker.zh = speaker.zh.take().or(mute.zh);
    speaker.en = speaker.en.take().or(mute.en);
    speaker.why = match (speaker.why.take(), mute.why) {
        (Some(own), Some(other)) if own != other => Some(format!("{own}; {other}")),
        (own, other) => own.or(other),
    };
    if speaker.expected.is_empty() {
        speaker.expected = mute.expected;
    }
    speaker.found = speaker.found.take().or(mute.found);
    if speaker.fixes.is_empty() {
        speaker.fixes = mute.fixes;
        if !speaker.fixes.is_empty() {
            speaker.help = mute.help.or(speaker.help.take());
        }
    }
}
