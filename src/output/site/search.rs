//! The names as the script of the site searches them. A page that is opened from a folder may load scripts but not data, so each
//! part is a script.

use super::page_name;
use crate::glossary::search::spelling;
use crate::glossary::{Concept, Name};

/// How many concepts a part has: about 300 kB.
const SHARD: usize = 2000;

/// The parts.
pub fn shards(concepts: &[Concept]) -> Vec<String> {
    let shard = |concepts: &[Concept]| {
        let lines: Vec<String> = concepts.iter().map(line).collect();
        let data = serde_json::Value::from(lines.join("\n"));
        format!("bilint.add({data});\n")
    };
    concepts.chunks(SHARD).map(shard).collect()
}

/// The name of the page, Chinese names, English names, acronym, pinyin, between tabs. Names are divided by `|`, the preferred one first.
fn line(c: &Concept) -> String {
    let mut zh: Vec<_> = c.zh.iter().collect();
    let mut en: Vec<_> = c.en.iter().collect();
    zh.sort_by_key(|n| n.status);
    en.sort_by_key(|n| n.status);
    let joined = |names: &[String]| names.join("|");
    let texts = |names: &[&Name]| -> Vec<String> { names.iter().map(|n| clean(&n.text)).collect() };
    let english = c.preferred_en().unwrap_or_default();
    let pinyin: Vec<String> = zh
        .iter()
        .map(|n| clean(&spelling(&n.text, english).join(" ")))
        .collect();
    let acronym = c.acronym.as_deref().map(clean).unwrap_or_default();
    [
        page_name(&c.id).into_owned(),
        joined(&texts(&zh)),
        joined(&texts(&en)),
        acronym,
        joined(&pinyin),
    ]
    .join("\t")
}

/// Without what divides fields.
fn clean(text: &str) -> String {
    text.replace(['\t', '\n', '|'], " ")
}
