//! Executes the examples in the documentation of every rule: the wrong one yields exactly one finding of that rule, the
//! right one none.

use super::glossary_context::{CorpusUsage, Demands, GlossaryContext, Reported};
use super::testing::{check_history, check_records, check_with, glossary};
use super::{Group, Report, Rule};
use crate::finding::Finding;
use crate::glossary::load::{Format, GlossaryFile, read_texts};
use crate::glossary::{Glossary, Grade};
use crate::text::Source;
use crate::text::date::parse_date;

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
/// empty one is missing; every `glossary:` line is a concept. For a rule about the history, the i-th `was:` line is what the
/// i-th English paragraph was when it was translated.
///
/// The i-th `limit:` line is how many characters the i-th translation may have, if any. With such lines the paragraphs are strings of
/// a program that are translated into Chinese, and `\n` in them is a line end.
fn run(rule: &dyn Rule, example: &Example<'_>) -> Vec<Finding> {
    if rule.meta().group == Group::Glossary {
        return run_on_glossary(rule, &example.text);
    }
    let (mut zh, mut en, mut was, mut concepts) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let mut limits = Vec::new();
    for line in example.text.iter().filter(|l| !l.is_empty()) {
        let (key, value) = line.split_once(':').unwrap_or((line, ""));
        match key {
            "zh" => zh.push(value.trim()),
            "en" => en.push(value.trim()),
            "was" => was.push(value.trim()),
            "limit" => limits.push(value.trim().parse().ok()),
            "glossary" => concepts.push(value.trim()),
            _ => panic!(
                "{}: an example line is neither zh: nor en: nor was: nor limit: nor glossary: {line}",
                rule.meta().id
            ),
        }
    }
    if rule.meta().group == Group::History {
        return check_history(rule, &was, &en, &zh);
    }
    if !limits.is_empty() {
        let [zh, en] = [zh, en].map(|texts| texts.iter().map(|t| t.replace("\\n", "\n")).collect::<Vec<_>>());
        let [zh, en] = [&zh, &en].map(|texts| texts.iter().map(String::as_str).collect::<Vec<_>>());
        return check_records(rule, &zh, &en, &limits);
    }
    check_with(rule, &zh, &en, &glossary(&concepts))
}

/// The example is a glossary in TOML; a comment `# glossary NAME` begins a further one, over which those before have precedence. Every `corpus:` line, `zh = en`, is a paragraph of a text, `corpus.txt`, and its
/// translation. Grade B is demanded.
fn run_on_glossary(rule: &dyn Rule, lines: &[&str]) -> Vec<Finding> {
    let toml: Vec<&str> = lines.iter().copied().filter(|l| !l.starts_with("corpus:")).collect();
    let glossaries = toml.split_inclusive(|line| line.starts_with("# glossary "));
    let files = glossaries.enumerate().map(|(rank, lines)| GlossaryFile {
        rank,
        ..GlossaryFile::new(Source::new(format!("{rank}.toml"), lines.join("\n")), Format::Toml)
    });
    let files: Vec<GlossaryFile> = files.collect();
    let read = read_texts(&files);
    let corpus = lines.iter().filter_map(|l| l.strip_prefix("corpus:"));
    let pairs: Vec<(&str, &str)> = corpus.filter_map(|l| l.trim().split_once(" = ")).collect();
    let usage = (!pairs.is_empty()).then(|| usage(&Glossary::new(read.concepts.clone()), &pairs));
    let demands = Demands {
        today: parse_date("2026-01-01").unwrap(),
        grade: Some(Grade::B),
    };
    let ctx = GlossaryContext::new(files.iter().map(|file| &file.source), &read, demands, usage.as_ref());
    let mut report = Report::new();
    rule.glossary(&ctx, &mut report);
    report.into_findings()
}

/// What `term-omitted` and `term-mismatch` say about the pairs.
fn usage(glossary: &Glossary, pairs: &[(&str, &str)]) -> CorpusUsage {
    let mut usage = CorpusUsage::default();
    let (zh, en): (Vec<&str>, Vec<&str>) = pairs.iter().copied().unzip();
    for concept in glossary.concepts() {
        let of_concept = usage.entry(concept.id.to_string()).or_default();
        for name in &concept.zh {
            let count = zh.iter().map(|text| text.matches(&*name.text).count()).sum();
            of_concept.names.insert(name.text.to_string(), count);
        }
    }
    for id in ["term-omitted", "term-mismatch"] {
        let rule = super::find(id).expect("a rule");
        for finding in check_with(rule, &zh, &en, glossary) {
            let of_concept = usage.entry(finding.concept.unwrap_or_default()).or_default();
            of_concept.reported.push(Reported {
                file: "corpus.txt".into(),
                line: 1,
                name: finding.zh.as_ref().map_or(String::new(), |l| l.text.clone()),
                text: finding.zh.map_or(String::new(), |l| l.context.to_string()),
                is_missing: id == "term-omitted",
            });
        }
    }
    usage
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
