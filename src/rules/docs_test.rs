//! Executes the examples in the documentation of every rule: the wrong one yields exactly one finding of that rule, the
//! right one none.

use super::testing::{check_with, glossary};
use super::{Group, Rule};
use crate::finding::Finding;

/// The rules that look at texts; those about suppressions have no hook, and `filter` tests them.
fn all() -> impl Iterator<Item = &'static dyn Rule> {
    let all = super::all().iter().copied();
    all.filter(|r| r.meta().group != Group::Suppressions)
}

/// A fenced block of a rule's documentation.
struct Example<'a> {
    wrong: bool,
    text: Vec<&'a str>,
}

/// The blocks fenced with `bilint-wrong` and `bilint-right`.
fn examples(docs: &str) -> Vec<Example<'_>> {
    let mut out = Vec::new();
    let mut lines = docs.lines().map(str::trim);
    while let Some(line) = lines.next() {
        let wrong = match line {
            "```bilint-wrong" => true,
            "```bilint-right" => false,
            _ => continue,
        };
        let text: Vec<&str> = lines.by_ref().take_while(|l| *l != "```").collect();
        out.push(Example { wrong, text });
    }
    out
}

/// Every `zh:` and `en:` line of the example is a paragraph, the i-th of one side translates the i-th of the other, an
/// empty one is missing; every `glossary:` line is a concept.
fn run(rule: &dyn Rule, example: &Example<'_>) -> Vec<Finding> {
    let (mut zh, mut en, mut concepts) = (Vec::new(), Vec::new(), Vec::new());
    for line in example.text.iter().filter(|l| !l.is_empty()) {
        let (key, value) = line.split_once(':').unwrap_or((line, ""));
        match key {
            "zh" => zh.push(value.trim()),
            "en" => en.push(value.trim()),
            "glossary" => concepts.push(value.trim()),
            _ => panic!(
                "{}: an example line is neither zh: nor en: nor glossary: {line}",
                rule.meta().id
            ),
        }
    }
    check_with(rule, &zh, &en, &glossary(&concepts))
}

#[test]
fn every_rule_documents_a_wrong_and_a_right_example() {
    for rule in all() {
        let meta = rule.meta();
        let found = examples(meta.docs);
        assert!(found.iter().any(|e| e.wrong), "{} has no bilint-wrong example", meta.id);
        assert!(
            found.iter().any(|e| !e.wrong),
            "{} has no bilint-right example",
            meta.id
        );
        for section in ["## What it does", "## Why it matters", "## Example"] {
            assert!(meta.docs.contains(section), "{} lacks the section “{section}”", meta.id);
        }
    }
}

#[test]
fn wrong_examples_yield_one_finding_and_right_ones_none() {
    for rule in all() {
        let id = rule.meta().id;
        for example in examples(rule.meta().docs) {
            let findings = run(rule, &example);
            let reported: Vec<_> = findings.iter().map(|f| (f.rule, f.message.as_str())).collect();
            let expected = usize::from(example.wrong);
            assert_eq!(
                reported.len(),
                expected,
                "{id}: {:#?} yields {reported:#?}",
                example.text
            );
            assert!(
                findings.iter().all(|f| f.rule == id),
                "{id}: reports under another name: {reported:#?}"
            );
        }
    }
}

#[test]
fn wrong_examples_of_fixable_rules_have_a_fix() {
    for rule in all().filter(|r| r.meta().fixable == super::Fixable::Sometimes) {
        let offered = examples(rule.meta().docs)
            .iter()
            .filter(|e| e.wrong)
            .any(|e| run(rule, e).iter().any(|f| !f.fixes.is_empty()));
        assert!(
            offered,
            "{} is fixable, but no wrong example shows a fix",
            rule.meta().id
        );
    }
}
