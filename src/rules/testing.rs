//! Helpers for the tests of rules: build a document of paragraphs, run one rule, return its findings.

use std::sync::Arc;

use super::{DocumentContext, Report, Rule};
use crate::align::{Aligner, Members, Pair};
use crate::document::{Block, BlockKind, Document, Layout, Origin, Pin, PinnedBy};
use crate::finding::Finding;
use crate::glossary::{Concept, Glossary, Kind, Name, Status};
use crate::rules::context::Settings;
use crate::rules::history_context::{ChangeKind, Former, HistoryContext, SourceChange};
use crate::rules::style::Style;
use crate::text::{Direction, Side, Sides, Source};

/// A document in which paragraph `i` of one side translates paragraph `i` of the other; an empty one is missing. A
/// paragraph after `- ` is an item of a list, one after `# ` a heading; an English one after `@2 ` translates the second Chinese one, out of order;
/// one after `#12 ` is pinned under the name 12.
pub fn document(zh: &[&str], en: &[&str]) -> (Document, Vec<Pair>) {
    let mut doc = Document::new("test", Layout::Parallel);
    for (at, (side, texts)) in [(Side::Zh, zh), (Side::En, en)].into_iter().enumerate() {
        doc.sources
            .push(Arc::new(Source::new(format!("{}.md", side.code()), texts.join("\n"))));
        let mut start = 0;
        for whole in texts {
            let (_, text) = target(whole);
            let (pin, text) = pin(text);
            if let Some(name) = pin {
                let by = PinnedBy::Comments(Arc::from(name));
                let known = doc.pins.iter().position(|p| p.by == by);
                let number = known.unwrap_or(doc.pins.len());
                if known.is_none() {
                    doc.pins.push(Pin {
                        by,
                        blocks: Sides::default(),
                    });
                }
                let block = doc.blocks(side).len();
                doc.pins[number].blocks[side].push(block);
            }
            let (kind, text) = match text.strip_prefix("- ").filter(|item| !item.is_empty()) {
                Some(item) => (BlockKind::ListItem, item),
                None => match text.strip_prefix("# ").filter(|heading| !heading.is_empty()) {
                    Some(heading) => (BlockKind::Heading(1), heading),
                    None => (BlockKind::Paragraph, text),
                },
            };
            if !text.is_empty() {
                doc.blocks_mut(side).push(Block {
                    side,
                    kind,
                    text: text.to_owned(),
                    masked: Vec::new(),
                    origin: Origin::verbatim(at, start + whole.len() - text.len(), text.len()),
                });
            }
            start += whole.len() + 1;
        }
    }
    let block = |texts: &[&str], i: usize| {
        let before = texts.iter().take(i).filter(|t| !t.is_empty()).count();
        before..before + usize::from(texts.get(i).is_some_and(|t| !t.is_empty()))
    };
    let pairs = (0..zh.len().max(en.len()))
        .map(|i| {
            let elsewhere = en.iter().position(|t| target(t).0 == Some(i + 1));
            Pair {
                id: None,
                zh: block(zh, i),
                en: block(en, elsewhere.unwrap_or(i)),
                confidence: 1.0,
                members: Members::default(),
                crossing: elsewhere.is_some_and(|e| e < i),
            }
        })
        .filter(|p| !p.zh.is_empty() || !p.en.is_empty())
        .collect();
    (doc, pairs)
}

/// The 1-based paragraph that `@2 …` translates, and the text after it.
fn target(text: &str) -> (Option<usize>, &str) {
    let number = text.strip_prefix('@').and_then(|t| t.split_once(' '));
    match number.and_then(|(n, rest)| Some((n.parse().ok()?, rest))) {
        Some((n, rest)) => (Some(n), rest),
        None => (None, text),
    }
}

/// The name in `#12 …`, and the text after it.
fn pin(text: &str) -> (Option<&str>, &str) {
    let pin = text
        .strip_prefix('#')
        .and_then(|t| t.split_once(' '))
        .filter(|(name, _)| !name.is_empty());
    pin.map_or((None, text), |(name, rest)| (Some(name), rest))
}

/// A glossary from lines `中文 | 别名 = English | Variant`; every concept is an institution. A name after `-` is deprecated,
/// after `!` forbidden.
pub fn glossary(lines: &[&str]) -> Glossary {
    glossary_of_kind(Kind::Institution, lines)
}

/// The same with concepts of another kind.
pub fn glossary_of_kind(kind: Kind, lines: &[&str]) -> Glossary {
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
                let mut c = Concept::new(format!("c{i}"), kind);
                (c.zh, c.en) = (names(zh), names(en));
                c
            })
            .collect(),
    )
}

/// The findings of all hooks of `rule` on the document.
pub fn check_with(rule: &dyn Rule, zh: &[&str], en: &[&str], glossary: &Glossary) -> Vec<Finding> {
    check_in(rule, zh, en, glossary, &Settings::default())
}

/// The same with an empty glossary and a house style.
pub fn check_styled(rule: &dyn Rule, zh: &[&str], en: &[&str], style: Style) -> Vec<Finding> {
    let settings = Settings {
        style,
        ..Settings::default()
    };
    check_in(rule, zh, en, &Glossary::default(), &settings)
}

/// The same with an empty glossary, of a translation into Chinese.
pub fn check_into_chinese(rule: &dyn Rule, zh: &[&str], en: &[&str]) -> Vec<Finding> {
    let settings = Settings {
        direction: Direction::EnToZh,
        ..Settings::default()
    };
    check_in(rule, zh, en, &Glossary::default(), &settings)
}

/// The same of records with these limits of characters, where the i-th is that of the i-th pair.
pub fn check_records(rule: &dyn Rule, zh: &[&str], en: &[&str], limits: &[Option<usize>]) -> Vec<Finding> {
    let settings = Settings {
        direction: Direction::EnToZh,
        ..Settings::default()
    };
    let (mut doc, pairs) = document(zh, en);
    doc.layout = Layout::Records;
    let limits = limits.iter().enumerate();
    doc.limits = limits.filter_map(|(i, limit)| Some((i, (*limit)?))).collect();
    check_document(rule, &doc, &pairs, &Glossary::default(), &settings)
}

/// The same with all settings.
pub fn check_in(rule: &dyn Rule, zh: &[&str], en: &[&str], glossary: &Glossary, settings: &Settings) -> Vec<Finding> {
    let (doc, pairs) = document(zh, en);
    check_document(rule, &doc, &pairs, glossary, settings)
}

fn check_document(
    rule: &dyn Rule,
    doc: &Document,
    pairs: &[Pair],
    glossary: &Glossary,
    settings: &Settings,
) -> Vec<Finding> {
    let aligner = Aligner::default();
    let ctx = DocumentContext::new(doc, pairs, glossary, settings, &aligner);
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

/// The findings of a rule about the history of an English text and its translation. Paragraph `i` was `was[i]` when it was
/// translated; it did not exist then if that is empty, and is gone if `en[i]` is.
pub fn check_history(rule: &dyn Rule, was: &[&str], en: &[&str], zh: &[&str]) -> Vec<Finding> {
    let (doc, pairs) = document(zh, en);
    let (glossary, settings, aligner) = (Glossary::default(), Settings::default(), Aligner::default());
    let ctx = DocumentContext::new(&doc, &pairs, &glossary, &settings, &aligner);
    let mut changes = Vec::new();
    for (i, before) in was.iter().enumerate() {
        let pair = (0..pairs.len()).find(|&p| pairs[p].zh.contains(&i) || pairs[p].en.contains(&i));
        let former = || Former {
            text: (*before).to_owned(),
            masked: Vec::new(),
        };
        let block = en[..i].iter().filter(|t| !t.is_empty()).count();
        let kind = match (*before, en[i]) {
            ("", _) => ChangeKind::Added(block),
            (_, "") => ChangeKind::Removed(former()),
            (before, now) if before != now => ChangeKind::Edited(block, former()),
            _ => continue,
        };
        let pair = pair.expect("a paragraph that is there");
        changes.push(SourceChange { pair, kind, when: None });
    }
    let history = HistoryContext {
        document: &ctx,
        source: Side::En,
        changes: &changes,
        is_untranslated: zh.is_empty(),
    };
    let mut report = Report::new();
    rule.history(&history, &mut report);
    report.into_findings()
}

/// What `look` sees in the document, with an empty glossary: for the tests of what rules share.
pub fn look_at<T>(zh: &[&str], en: &[&str], look: impl FnOnce(&DocumentContext<'_>) -> T) -> T {
    let (doc, pairs) = document(zh, en);
    let (glossary, settings, aligner) = (Glossary::default(), Settings::default(), Aligner::default());
    look(&DocumentContext::new(&doc, &pairs, &glossary, &settings, &aligner))
}

/// The same with an empty glossary.
pub fn check(rule: &dyn Rule, zh: &[&str], en: &[&str]) -> Vec<Finding> {
    check_with(rule, zh, en, &Glossary::default())
}
