//! Which glossary concepts a pair speaks of, and how the English renders each.
//!
//! Segmentation is evidence here, never a gate: all names found in the Chinese count, and only where one seems to have
//! no counterpart does [`crate::language::zh::segment`] say whether it was a name at all.

use crate::language::zh::segment::{self, Fit};
use crate::text::Span;

use super::english::{EnglishName, Words};
use super::scan::Hit;
use super::{Glossary, Kind, Status};

/// A Chinese name in a pair and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ZhHit {
    /// The name and where it stands.
    pub hit: Hit,
    /// Whether it counts.
    pub verdict: Verdict,
}

/// Whether a hit counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It does.
    Counts,
    /// It lies inside a longer glossary name, given by its span.
    InsideLonger(Span),
}

/// An English name in a pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EnHit {
    /// Number among the concept's compiled English names.
    pub name: usize,
    /// Whether it may be used.
    pub status: Status,
    /// Bytes of the English text.
    pub span: Span,
}

/// One concept that the Chinese of a pair names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConceptInPair {
    /// Number of the concept in the glossary.
    pub concept: usize,
    /// Where the Chinese names it, first place first.
    pub zh: Vec<Hit>,
    /// Where the English names it, accepted or not.
    pub en: Vec<EnHit>,
}

impl ConceptInPair {
    /// Whether an accepted rendering is there.
    pub fn is_rendered(&self) -> bool {
        self.en.iter().any(|h| h.status.is_accepted())
    }
}

/// What the glossary has to say about a pair.
#[derive(Debug, Default)]
pub struct PairTerms {
    /// Every name found in the Chinese.
    pub hits: Vec<ZhHit>,
    /// The concepts that count, by first place in the Chinese.
    pub concepts: Vec<ConceptInPair>,
}

impl PairTerms {
    /// Looks the glossary's names up in the Chinese, and the names of what was hit in the English.
    pub fn new<'a>(glossary: &Glossary, zh: &str, words: impl FnOnce() -> Words<'a>) -> Self {
        let found = glossary.scanner().scan(zh);
        if found.is_empty() {
            return Self::default();
        }
        let words = words();
        let hits = judge(found);
        let mut concepts: Vec<ConceptInPair> = Vec::new();
        for h in hits.iter().filter(|h| h.verdict == Verdict::Counts) {
            match concepts.iter_mut().find(|c| c.concept == h.hit.concept) {
                Some(c) => c.zh.push(h.hit),
                None => concepts.push(ConceptInPair {
                    concept: h.hit.concept,
                    zh: vec![h.hit],
                    en: renderings(glossary.english(h.hit.concept), &words),
                }),
            }
        }
        Self { hits, concepts }
    }
}

/// A hit inside a strictly longer one does not count; hits of several concepts at the same place all do.
fn judge(found: Vec<Hit>) -> Vec<ZhHit> {
    let mut out: Vec<ZhHit> = Vec::with_capacity(found.len());
    // Sorted by start, longest first, so that whatever contains a hit comes before it.
    let mut reach: Vec<Span> = Vec::new();
    for hit in found {
        let longer = reach
            .iter()
            .rev()
            .find(|s| s.contains(hit.span) && s.len() > hit.span.len())
            .copied();
        reach.push(hit.span);
        let verdict = longer.map_or(Verdict::Counts, Verdict::InsideLonger);
        out.push(ZhHit { hit, verdict });
    }
    out
}

/// Where any of the names stands; a place inside a longer place of the same concept is left out.
pub fn renderings(names: &[EnglishName], words: &Words<'_>) -> Vec<EnHit> {
    let mut all: Vec<EnHit> = names
        .iter()
        .enumerate()
        .flat_map(|(i, n)| {
            words.find(n).into_iter().map(move |span| EnHit {
                name: i,
                status: n.status,
                span,
            })
        })
        .collect();
    all.sort_by_key(|h| (h.span.start, std::cmp::Reverse(h.span.end), h.status));
    let mut out: Vec<EnHit> = Vec::with_capacity(all.len());
    for h in all {
        if !out.iter().any(|o| o.span.contains(h.span)) {
            out.push(h);
        }
    }
    out
}

/// What speaks against taking a Chinese hit for a name that must be rendered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubt {
    /// The longer word, or the word behind, that raises it.
    pub word: String,
    /// Whether the hit is no name at all (中国 in 发展中国家) rather than one that translators may leave out (中国 in
    /// 中国香港, 美国 in 美国政府).
    pub strong: bool,
}

/// Words that make another place of the place before them: 朝鲜半岛 is not 朝鲜.
const PLACES: &[&str] = &[
    "半岛", "海峡", "海", "湾", "洋", "河", "江", "山", "山脉", "高原", "群岛", "特区", "运河", "平原", "盆地", "沙漠",
    "大道", "街", "路",
];

/// Words before which a country is often left out when they are not rendered literally: "the administration" for 美国政府,
/// but "the government" should say whose. Empty where there is nothing literal to look for.
const BODIES: &[(&str, &str)] = &[
    ("政府", "government"),
    ("当局", "authorit"),
    ("官方", "official"),
    ("军方", "military"),
    ("方面", ""),
    ("联邦", ""),
    ("境内", ""),
    ("国内", ""),
    ("本土", ""),
    ("香港", ""),
    ("澳门", ""),
    ("台湾", ""),
];

/// Endings of longer words in which the country is still named: 美国司法部, 奥地利帝国.
const STATE: &[&str] = &["部", "帝国", "王国", "共和国"];

/// Characters that make another word of an ordinary term before them, and after them.
const TERM_SUFFIXES: &str = "者性化率型期力物体学家";
const TERM_PREFIXES: &str = "抗非无反防未不";

/// What speaks against missing the English of a Chinese hit, if anything does. Asks jieba.
pub fn doubt(zh: &str, hit: &Hit, kind: Kind, en: &str) -> Option<Doubt> {
    let strong = |word: &str| {
        Some(Doubt {
            word: word.to_owned(),
            strong: true,
        })
    };
    let fit = segment::fit(zh, hit.span);
    if let Fit::Cuts(word) = &fit {
        return strong(word);
    }
    if !kind.is_name() {
        // An ordinary word inside a longer one is that word's business: 传播 in 大众传播, 感染 in 感染者.
        let before = zh[..hit.span.start]
            .chars()
            .next_back()
            .filter(|&c| TERM_PREFIXES.contains(c));
        let after = zh[hit.span.end..].chars().next().filter(|&c| TERM_SUFFIXES.contains(c));
        return match (fit, before.or(after)) {
            (Fit::PartOf(word), _) => strong(&word),
            (_, Some(affix)) => strong(affix.encode_utf8(&mut [0; 4])),
            _ => None,
        };
    }
    if kind != Kind::Place {
        return None;
    }
    let next = match &fit {
        Fit::PartOf(word) => word.rsplit(hit.span.of(zh)).next().unwrap_or_default(),
        _ => segment::next_word(zh, hit.span.end).unwrap_or_default(),
    };
    if PLACES.contains(&next) {
        return strong(next);
    }
    // 不列颠|哥伦比亚 is neither; 美国|纽约 is both.
    let before = segment::place_before(zh, hit.span.start);
    if let Some(before) = before.filter(|w| !w.ends_with(['国', '省', '市', '州', '县', '区'])) {
        return strong(before);
    }
    let longer = || segment::longer_word(zh, hit.span).filter(|w| !STATE.iter().any(|s| w.ends_with(s)));
    let word = match BODIES.iter().find(|(body, _)| *body == next) {
        Some((_, literal)) => Some(next).filter(|_| literal.is_empty() || !en.contains(literal)),
        None => longer(),
    };
    // A longer word that begins before the name is another name: 不列颠哥伦比亚, 捷克斯洛伐克.
    word.map(|w| Doubt {
        word: w.to_owned(),
        strong: w != next && !w.starts_with(hit.span.of(zh)),
    })
}
