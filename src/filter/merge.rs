//! One fault, one finding: two rules that report the same words must not both do so.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::finding::{Finding, Label};
use crate::rules::{self, Declared, Meta};
use crate::text::{Side, Span, SpanSet};

/// Drops findings that another finding explains, and joins findings of the same pair that point at overlapping words
/// and are about the same fault.
///
/// The more severe finding is kept, between equals the one whose rule takes precedence. It takes what it lacks (the
/// concept, the source of the expectation, a fix) from the other.
pub fn one_fault_one_finding(mut findings: Vec<Finding>) -> Vec<Finding> {
    drop_consequences(&mut findings);
    if findings.len() < 2 {
        return findings;
    }
    let places = Places::new(&findings);
    let mut findings: Vec<Option<Finding>> = findings.into_iter().map(Some).collect();
    for i in 0..findings.len() {
        let Some(mut kept) = findings[i].take() else { continue };
        // What the finding takes over may touch further ones.
        while let Some(j) = places.after(i, &kept, |j| {
            findings[j].as_ref().is_some_and(|f| is_same_fault(&kept, f))
        }) {
            let Some(other) = findings[j].take() else { break };
            if takes_precedence(&other, &kept) {
                let dropped = std::mem::replace(&mut kept, other);
                absorb(&mut kept, dropped);
            } else {
                absorb(&mut kept, other);
            }
        }
        findings[i] = Some(kept);
    }
    findings.into_iter().flatten().collect()
}

/// Where findings are, by pair, rule and side, so that a finding is compared with those that it touches: a block may have
/// tens of thousands.
struct Places(FxHashMap<(usize, Side), Vec<(&'static str, Spans)>>);

impl Places {
    fn new(findings: &[Finding]) -> Self {
        let mut places: FxHashMap<_, Vec<(&'static str, Numbered)>> = FxHashMap::default();
        for (i, finding) in findings.iter().enumerate() {
            for label in [&finding.zh, &finding.en].into_iter().flatten() {
                let rules = places.entry((finding.pair.index, label.side)).or_default();
                match rules.iter_mut().find(|(rule, _)| *rule == finding.rule) {
                    Some((_, spans)) => spans.push((label.bytes, i)),
                    None => rules.push((finding.rule, vec![(label.bytes, i)])),
                }
            }
        }
        let indexed = places.into_iter().map(|(place, rules)| {
            let rules = rules.into_iter().map(|(rule, spans)| (rule, Spans::new(spans)));
            (place, rules.collect())
        });
        Self(indexed.collect())
    }

    /// The first finding after number `i` that touches `finding` and fits.
    fn after(&self, i: usize, finding: &Finding, fits: impl Fn(usize) -> bool) -> Option<usize> {
        let mut first = None;
        for label in [&finding.zh, &finding.en].into_iter().flatten() {
            let rules = self
                .0
                .get(&(finding.pair.index, label.side))
                .map_or(&[][..], Vec::as_slice);
            for (_, spans) in rules.iter().filter(|(rule, _)| share_fault(finding.rule, rule)) {
                spans.each_touching(label.bytes, &mut |j| {
                    if j > i && first.is_none_or(|f| j < f) && fits(j) {
                        first = Some(j);
                    }
                });
            }
        }
        first
    }
}

/// Spans with the numbers of their findings.
type Numbered = Vec<(Span, usize)>;

/// Spans with a number each, by start, and a tree of the furthest ends: node `n` has the nodes `2n` and `2n + 1` below it.
struct Spans {
    spans: Numbered,
    furthest: Vec<usize>,
}

impl Spans {
    fn new(mut spans: Numbered) -> Self {
        spans.sort_unstable();
        let leaves = spans.len().next_power_of_two();
        let mut furthest = vec![0; 2 * leaves];
        for (leaf, (span, _)) in furthest[leaves..].iter_mut().zip(&spans) {
            *leaf = span.end;
        }
        for node in (1..leaves).rev() {
            furthest[node] = furthest[2 * node].max(furthest[2 * node + 1]);
        }
        Self { spans, furthest }
    }

    /// Visits the numbers of the spans that overlap `span`.
    fn each_touching(&self, span: Span, visit: &mut impl FnMut(usize)) {
        let before = self.spans.partition_point(|(s, _)| s.start < span.end);
        self.visit(1, 0, self.furthest.len() / 2, before, span, visit);
    }

    /// Visits those below `node`, which holds the spans `from..to`, of which those from number `before` on begin too late.
    fn visit(&self, node: usize, from: usize, to: usize, before: usize, span: Span, visit: &mut impl FnMut(usize)) {
        if from >= before || self.furthest[node] <= span.start {
            return;
        }
        if to - from == 1 {
            visit(self.spans[from].1);
            return;
        }
        let middle = usize::midpoint(from, to);
        self.visit(2 * node, from, middle, before, span, visit);
        self.visit(2 * node + 1, middle, to, before, span, visit);
    }
}

/// Whether two different rules may report the same fault.
fn share_fault(a: &str, b: &str) -> bool {
    let faults = |rule: &str| rules::find(rule).map_or(&[][..], |r| r.meta().faults);
    a != b && faults(a).iter().any(|f| faults(b).contains(f))
}

fn meta(finding: &Finding) -> Option<&'static Meta> {
    rules::find(finding.rule).map(Declared::meta)
}

/// Drops the findings that lie within a finding of the rule that they are a consequence of.
fn drop_consequences(findings: &mut Vec<Finding>) {
    let causes: FxHashSet<&str> = findings.iter().filter_map(|f| meta(f)?.consequence_of).collect();
    let mut places: FxHashMap<_, Vec<Span>> = FxHashMap::default();
    for f in findings.iter().filter(|f| causes.contains(f.rule)) {
        let whole = f.primary();
        let place = (f.rule, f.pair.index, whole.side, Arc::clone(&whole.file));
        places.entry(place).or_default().push(whole.bytes);
    }
    if places.is_empty() {
        return;
    }
    let causes: FxHashMap<_, SpanSet> = places.into_iter().map(|(p, s)| (p, s.into_iter().collect())).collect();
    findings.retain(|f| {
        let Some(cause) = meta(f).and_then(|m| m.consequence_of) else {
            return true;
        };
        let is_inside = |part: &Label| {
            let place = (cause, f.pair.index, part.side, Arc::clone(&part.file));
            causes.get(&place).is_some_and(|whole| whole.contains(part.bytes))
        };
        ![&f.zh, &f.en].into_iter().flatten().any(is_inside)
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
        (Some(own), Some(other)) if own != other => Some(format!("{own}; {other}").into()),
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
    use proptest::prelude::*;

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

    proptest! {
        #[test]
        fn the_tree_visits_the_spans_that_touch(
            spans in prop::collection::vec((0..40usize, 1..9usize), 0..30),
            (start, len) in (0..40usize, 1..9usize),
        ) {
            let all: Numbered = spans
                .iter()
                .enumerate()
                .map(|(i, &(start, len))| (Span::new(start, start + len), i))
                .collect();
            let asked = Span::new(start, start + len);
            let mut found = Vec::new();
            Spans::new(all.clone()).each_touching(asked, &mut |i| found.push(i));
            found.sort_unstable();
            let touching = all.iter().filter(|(s, _)| s.overlaps(asked)).map(|&(_, i)| i);
            prop_assert_eq!(found, touching.collect::<Vec<_>>());
        }
    }
}
