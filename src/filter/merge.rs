//! One fault, one finding: two rules that report the same words must not both do so.

use crate::finding::{Finding, Label};
use crate::rules::{self, Declared, Meta};

/// Drops findings that another finding explains, and joins findings of the same pair that point at overlapping words
/// and are about the same fault.
///
/// The more severe finding is kept, between equals the one whose rule takes precedence. It takes what it lacks (the
/// concept, the source of the expectation, a fix) from the other.
pub fn one_fault_one_finding(mut findings: Vec<Finding>) -> Vec<Finding> {
    drop_consequences(&mut findings);
    let mut i = 0;
    while i < findings.len() {
        match (i + 1..findings.len()).find(|&j| is_same_fault(&findings[i], &findings[j])) {
            Some(j) => {
                let other = findings.remove(j);
                if takes_precedence(&other, &findings[i]) {
                    let dropped = std::mem::replace(&mut findings[i], other);
                    absorb(&mut findings[i], dropped);
                } else {
                    absorb(&mut findings[i], other);
                }
            }
            None => i += 1,
        }
    }
    findings
}

fn meta(finding: &Finding) -> Option<&'static Meta> {
    rules::find(finding.rule).map(Declared::meta)
}

/// Drops the findings that lie within a finding of the rule that they are a consequence of.
fn drop_consequences(findings: &mut Vec<Finding>) {
    let causes: Vec<&str> = findings.iter().filter_map(|f| meta(f)?.consequence_of).collect();
    let causes: Vec<(&str, usize, Label)> = findings
        .iter()
        .filter(|f| causes.contains(&f.rule))
        .map(|f| (f.rule, f.pair.index, f.primary().clone()))
        .collect();
    if causes.is_empty() {
        return;
    }
    findings.retain(|f| {
        let Some(cause) = meta(f).and_then(|m| m.consequence_of) else {
            return true;
        };
        !causes.iter().any(|(rule, pair, whole)| {
            *rule == cause
                && f.pair.index == *pair
                && f.label(whole.side)
                    .is_some_and(|part| part.file == whole.file && whole.bytes.contains(part.bytes))
        })
    });
}

fn is_same_fault(a: &Finding, b: &Finding) -> bool {
    a.rule != b.rule
        && a.pair.index == b.pair.index
        && [(&a.en, &b.en), (&a.zh, &b.zh)].iter().any(|(x, y)| match (x, y) {
            (Some(x), Some(y)) => x.file == y.file && x.bytes.overlaps(y.bytes),
            _ => false,
        })
        && match (meta(a), meta(b)) {
            (Some(a), Some(b)) => a.faults.iter().any(|f| b.faults.contains(f)),
            _ => false,
        }
}

fn takes_precedence(a: &Finding, b: &Finding) -> bool {
    let precedence = |f| meta(f).map(|m| m.precedence);
    (b.severity, precedence(a)) < (a.severity, precedence(b))
}

/// Fills what `kept` lacks from a finding about the same fault that is dropped.
fn absorb(kept: &mut Finding, dropped: Finding) {
    kept.concept = kept.concept.take().or(dropped.concept);
    kept.zh = kept.zh.take().or(dropped.zh);
    kept.en = kept.en.take().or(dropped.en);
    kept.why = match (kept.why.take(), dropped.why) {
        (Some(own), Some(other)) if own != other => Some(format!("{own}; {other}")),
        (own, other) => own.or(other),
    };
    if kept.expected.is_empty() {
        kept.expected = dropped.expected;
    }
    kept.found = kept.found.take().or(dropped.found);
    if kept.fixes.is_empty() {
        kept.fixes = dropped.fixes;
        if !kept.fixes.is_empty() {
            kept.help = dropped.help.or(kept.help.take());
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
            .filter_map(rules::find)
            .flat_map(|rule| check(rule, &[zh], &[en]))
            .collect();
        let rules = |found: &[Finding]| found.iter().map(|f| f.rule).collect::<Vec<_>>();
        assert_eq!(rules(&found), ["sentence-omitted", "number-omitted", "number-omitted"]);
        let kept = one_fault_one_finding(found);
        assert_eq!(rules(&kept), ["sentence-omitted", "number-omitted"]);
        assert_eq!(kept[1].primary().text, "12亿元");
    }
}
