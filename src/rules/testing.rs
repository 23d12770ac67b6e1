//! A small vocabulary for the tests of rules: build a document of paragraphs, run one rule, look at what it says.

use std::sync::Arc;

use super::{DocumentContext, Report, Rule};
use crate::align::{Aligner, Pair};
use crate::finding::Finding;
use crate::glossary::{Concept, Glossary, Kind, Name, Status};
use crate::input::{Block, BlockKind, Document, Layout, Origin};
use crate::rules::context::Settings;
use crate::text::{Side, Source};

/// A document in which paragraph `i` of one side translates paragraph `i` of the other; an empty one is not there.
pub fn document(zh: &[&str], en: &[&str]) -> (Document, Vec<Pair>) {
    let mut doc = Document::new("test", Layout::Parallel);
    for (at, (side, texts)) in [(Side::Zh, zh), (Side::En, en)].into_iter().enumerate() {
        doc.sources.push(Arc::new(Source::new(side.code(), texts.join("\n"))));
        let mut start = 0;
        for t in texts {
            if t.is_empty() {
                start += 1;
                continue;
            }
            doc.blocks_mut(side).push(Block {
                side,
                kind: BlockKind::Paragraph,
                text: (*t).to_owned(),
                masked: Vec::new(),
                origin: Origin::verbatim(at, start, t.len()),
            });
            start += t.len() + 1;
        }
    }
    let block = |texts: &[&str], i: usize| {
        let before = texts.iter().take(i).filter(|t| !t.is_empty()).count();
        before..before + usize::from(texts.get(i).is_some_and(|t| !t.is_empty()))
    };
    let pairs = (0..zh.len().max(en.len()))
        .map(|i| Pair {
            id: None,
            zh: block(zh, i),
            en: block(en, i),
            confidence: 1.0,
            crossing: false,
        })
        .filter(|p| !p.zh.is_empty() || !p.en.is_empty())
        .collect();
    (doc, pairs)
}

/// A glossary from lines `中文 | 别名 = English | Variant`; every concept is an institution. A name after `-` is deprecated,
/// after `!` forbidden.
pub fn glossary(lines: &[&str]) -> Glossary {
    let names = |s: &str| -> Vec<Name> {
        s.split('|')
            .enumerate()
            .map(|(i, n)| match n.trim() {
                n if n.starts_with('-') => Name::new(&n[1..], Status::Deprecated),
                n if n.starts_with('!') => Name::new(&n[1..], Status::Forbidden),
                n => Name::new(n, if i == 0 { Status::Preferred } else { Status::Admitted }),
            })
            .collect()
    };
    Glossary::new(
        lines
            .iter()
            .enumerate()
            .map(|(i, l)| {
                let (zh, en) = l.split_once('=').expect("zh = en");
                let mut c = Concept::new(format!("c{i}"), Kind::Institution);
                (c.zh, c.en) = (names(zh), names(en));
                c
            })
            .collect(),
    )
}

/// What `rule` (all of its hooks) says of the document.
pub fn check_with(rule: &dyn Rule, zh: &[&str], en: &[&str], glossary: &Glossary) -> Vec<Finding> {
    let (doc, pairs) = document(zh, en);
    let settings = Settings::default();
    let aligner = Aligner::default();
    let ctx = DocumentContext::new(&doc, &pairs, glossary, &settings, &aligner);
    let mut report = Report::new();
    for pair in ctx.iter() {
        rule.pair(&pair, &mut report);
    }
    rule.document(&ctx, &mut report);
    let mut late = Vec::new();
    if let Some(mut pass) = rule.corpus() {
        pass.visit(&ctx, &mut report);
        late = pass.finish();
    }
    let mut findings = report.into_findings();
    findings.append(&mut late);
    findings
}

/// The same with an empty glossary.
pub fn check(rule: &dyn Rule, zh: &[&str], en: &[&str]) -> Vec<Finding> {
    check_with(rule, zh, en, &Glossary::default())
}
