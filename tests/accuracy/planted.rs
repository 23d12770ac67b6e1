//! Records with a planted error, and where it is.

use std::collections::HashMap;
use std::ops::Range;

use serde_json::{Value, json};

use crate::corpus::{Line, random, read, windows};

/// Where a planted error is: code points of one side of a pair, or blocks of a document.
#[derive(Debug, Default)]
pub struct Place {
    pub zh: Option<Range<u64>>,
    pub en: Option<Range<u64>>,
    pub zh_block: Option<usize>,
    pub en_block: Option<usize>,
}

impl Place {
    /// Whether a finding points at this place, in the English give or take three characters.
    pub fn is_touched_by(&self, finding: &Value) -> bool {
        let span = |side: &str| Some(finding[side]["start"].as_u64()?..finding[side]["end"].as_u64()?);
        let touches = |found: Option<Range<u64>>, planted: &Option<Range<u64>>, slack: u64| match (found, planted) {
            (Some(f), Some(p)) => f.start < p.end + slack && p.start < f.end + slack,
            _ => false,
        };
        let has = |blocks: &Value, block: Option<usize>| {
            let blocks = blocks.as_array();
            block.is_some_and(|b| blocks.is_some_and(|all| all.iter().any(|v| v.as_u64() == Some(b as u64))))
        };
        touches(span("en"), &self.en, 4)
            || touches(span("zh"), &self.zh, 0)
            || has(&finding["pair"]["zh_blocks"], self.zh_block)
            || has(&finding["pair"]["en_blocks"], self.en_block)
    }
}

/// A record with one planted error, or none.
pub struct Case {
    pub kind: &'static str,
    pub record: Value,
    pub place: Option<Place>,
}

/// The planted errors of `planted.jsonl`: one change in the English of a line.
pub fn planted_in_lines(lines: &[Line]) -> Vec<Case> {
    let by_id: HashMap<&str, &Line> = lines.iter().map(|l| (l.id.as_str(), l)).collect();
    let range = |v: &Value| Some(v[0].as_u64()?..v[1].as_u64()?);
    let planted = read("planted.jsonl");
    planted
        .iter()
        .enumerate()
        .map(|(n, v)| {
            let line = by_id[v["id"].as_str().unwrap()];
            let (at, old, new) = (
                v["at"].as_u64().unwrap(),
                v["old"].as_str().unwrap(),
                v["new"].as_str().unwrap(),
            );
            let start = line
                .en
                .char_indices()
                .nth(at as usize)
                .map_or(line.en.len(), |(i, _)| i);
            let mut en = line.en.clone();
            assert!(en[start..].starts_with(old), "{v}");
            en.replace_range(start..start + old.len(), new);
            Case {
                kind: kind(v["kind"].as_str().unwrap()),
                record: json!({"id": format!("planted-{n}"), "zh": line.zh, "en": en}),
                place: Some(Place {
                    zh: range(&v["zh"]),
                    en: range(&v["en"]),
                    ..Place::default()
                }),
            }
        })
        .collect()
}

/// The kinds of `planted.jsonl`.
pub fn kind(name: &str) -> &'static str {
    const KINDS: [&str; 11] = [
        "acronym_typo",
        "date_change",
        "name_drop",
        "name_typo",
        "number_change",
        "scale_error",
        "sent_add",
        "term_near_miss",
        "term_other",
        "unit_change",
        "zh_left",
    ];
    KINDS.into_iter().find(|k| *k == name).unwrap()
}

/// Paragraphs of four lines, with one line missing on one side, and whole.
pub fn planted_sentences(lines: &[Line]) -> Vec<Case> {
    const SIZE: usize = 4;
    let is_sentence = |l: &Line| l.zh.ends_with(['。', '？', '！']) && l.en.ends_with(['.', '?', '!']);
    let mut cases = Vec::new();
    let paragraphs = windows(lines, SIZE).filter(|w| w.iter().all(|l| is_sentence(l) && l.zh.chars().count() >= 15));
    for (n, window) in paragraphs.enumerate() {
        let zh: Vec<&str> = window.iter().map(|l| l.zh.as_str()).collect();
        let en: Vec<&str> = window.iter().map(|l| l.en.as_str()).collect();
        let gone = random(1, n, 0, SIZE);
        let length = |lines: &[&str], joint: u64| lines.iter().map(|l| l.chars().count() as u64 + joint).sum::<u64>();
        let without = |lines: &[&str], joint: &str| {
            let kept: Vec<&str> = (0..SIZE).filter(|&i| i != gone).map(|i| lines[i]).collect();
            kept.join(joint)
        };
        let zh_start = length(&zh[..gone], 0);
        let en_start = length(&en[..gone], 1);
        cases.push(Case {
            kind: "sentence_dropped",
            record: json!({"id": format!("dropped-{n}"), "zh": zh.concat(), "en": without(&en, " ")}),
            place: Some(Place {
                zh: Some(zh_start..zh_start + length(&zh[gone..=gone], 0)),
                ..Place::default()
            }),
        });
        cases.push(Case {
            kind: "sentence_added",
            record: json!({"id": format!("added-{n}"), "zh": without(&zh, ""), "en": en.join(" ")}),
            place: Some(Place {
                en: Some(en_start..en_start + length(&en[gone..=gone], 0)),
                ..Place::default()
            }),
        });
        cases.push(Case {
            kind: "",
            record: json!({"id": format!("paragraph-{n}"), "zh": zh.concat(), "en": en.join(" ")}),
            place: None,
        });
    }
    cases
}

/// Documents of ten paragraphs, with one paragraph dropped, doubled or moved in the English, and whole. Every sixth run of
/// ten lines is used, to keep the test quick.
pub fn planted_paragraphs(lines: &[Line]) -> Vec<Case> {
    const SIZE: usize = 10;
    let mut cases = Vec::new();
    for (n, window) in windows(lines, SIZE).step_by(6).enumerate() {
        let zh: Vec<&str> = window.iter().map(|l| l.zh.as_str()).collect();
        let en: Vec<&str> = window.iter().map(|l| l.en.as_str()).collect();
        let at = random(2, n, 0, SIZE - 3);
        let mut add = |kind, en: Vec<&str>, place| {
            cases.push(Case {
                kind,
                record: json!({"id": format!("document-{n}-{kind}"), "zh": zh, "en": en}),
                place,
            });
        };
        let block = |zh_block, en_block| {
            Some(Place {
                zh_block,
                en_block,
                ..Place::default()
            })
        };
        add("", en.clone(), None);
        let mut changed = en.clone();
        changed.remove(at);
        add("paragraph_dropped", changed, block(Some(at), None));
        let mut changed = en.clone();
        changed.insert(at + 1, en[at]);
        add("paragraph_doubled", changed, block(None, Some(at + 1)));
        let mut changed = en.clone();
        changed.swap(at, at + 3);
        add("paragraphs_swapped", changed, block(Some(at), Some(at)));
    }
    cases
}
