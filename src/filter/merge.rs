//! One fault, one finding: where two rules point at the same words, a reader should be told once.

use crate::finding::{Finding, Label};

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

/// What goes missing, or turns up, along with a whole sentence, and is told by telling of the sentence.
const CONSEQUENCES: [(&str, &[&str]); 2] = [
    ("sentence-omitted", &["term-omitted", "number-omitted"]),
    ("sentence-added", &["term-unknown-source", "number-added"]),
];

/// Leaves out what is lost or added along with a sentence, and joins findings of the same pair that point at overlapping words and may be about the same fault. The graver one
/// speaks, between equals the one whose rule comes first; what it does not know itself (the concept, the source of the
/// expectation, a fix) it takes from the other.
pub fn one_fault_one_finding(mut findings: Vec<Finding>) -> Vec<Finding> {
    drop_consequences(&mut findings);
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

fn drop_consequences(findings: &mut Vec<Finding>) {
    let sentences: Vec<(usize, Label, &[&str])> = findings
        .iter()
        .filter_map(|f| {
            let (_, consequences) = CONSEQUENCES.iter().find(|(rule, _)| *rule == f.rule)?;
            Some((f.pair.index, f.primary().clone(), *consequences))
        })
        .collect();
    if sentences.is_empty() {
        return;
    }
    findings.retain(|f| {
        !sentences.iter().any(|(pair, sentence, consequences)| {
            f.pair.index == *pair
                && consequences.contains(&f.rule)
                && f.label(sentence.side)
                    .is_some_and(|at| at.file == sentence.file && sentence.bytes.contains(at.bytes))
        })
    });
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::check;

    #[test]
    fn a_figure_lost_with_its_sentence_is_no_second_fault() {
        let zh = "研究团队在青海建成了新的观测站，投资12亿元。当地居民积极参与了道路和电力工程的施工，共修路37公里。";
        let en = "The research team has built a new observatory in Qinghai.";
        let found: Vec<Finding> = ["sentence-omitted", "number-omitted"]
            .into_iter()
            .filter_map(crate::rules::find)
            .flat_map(|rule| check(rule, &[zh], &[en]))
            .collect();
        let rules = |found: &[Finding]| found.iter().map(|f| f.rule).collect::<Vec<_>>();
        assert_eq!(rules(&found), ["sentence-omitted", "number-omitted", "number-omitted"]);
        let kept = one_fault_one_finding(found);
        assert_eq!(rules(&kept), ["sentence-omitted", "number-omitted"]);
        assert_eq!(kept[1].primary().text, "12亿元");
    }
}
