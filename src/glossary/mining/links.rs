//! Linking the candidates of the two languages.

use rustc_hash::FxHashMap;

use super::candidates::{parts_of_key, parts_of_name};
use super::sound;

/// Candidates in fewer pairs are left alone.
const LEAST_PAIRS: usize = 2;
/// Dice's coefficient of a link, and of one between names that sound alike.
const LEAST_DICE: f64 = 0.4;
const LEAST_DICE_ALIKE: f64 = 0.2;
/// Names sound alike from this similarity on.
const ALIKE: f64 = 0.6;
/// What sounding alike adds to the score, for equal letters.
const SOUND: f64 = 0.3;
/// A part of a linked name is dropped unless it is this many times as frequent.
const ALONE: f64 = 1.3;
/// A name grows into a longer one that has this share of its pairs.
const GROWS_ZH: f64 = 0.75;
const GROWS_EN: f64 = 0.6;

/// A Chinese and an English candidate that translate each other.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Link {
    pub zh: u32,
    pub en: u32,
    pub score: f64,
    dice: f64,
    pairs: usize,
}

/// The candidates of a pair.
pub(super) struct Ids {
    pub zh: Vec<u32>,
    /// With what is written.
    pub en: Vec<(u32, String)>,
}

/// The candidates by number, and how often they occur.
pub(super) struct Counts<'t> {
    pub pairs: Vec<Ids>,
    zh: Index<&'t str>,
    en: Index<&'t str>,
    together: FxHashMap<(u32, u32), usize>,
}

struct Index<T> {
    ids: FxHashMap<T, u32>,
    texts: Vec<T>,
    pairs: Vec<usize>,
}

impl<'t> Index<&'t str> {
    fn new() -> Self {
        Self {
            ids: FxHashMap::default(),
            texts: Vec::new(),
            pairs: Vec::new(),
        }
    }

    fn id(&mut self, text: &'t str) -> u32 {
        *self.ids.entry(text).or_insert_with(|| {
            self.texts.push(text);
            self.pairs.push(0);
            self.texts.len() as u32 - 1
        })
    }

    fn pairs(&self, id: u32) -> usize {
        self.pairs[id as usize]
    }

    fn text(&self, id: u32) -> &'t str {
        self.texts[id as usize]
    }
}

/// The candidates of a pair: Chinese, and English with their keys.
pub(super) type Found<'t> = (Vec<&'t str>, Vec<(String, String)>);

impl<'t> Counts<'t> {
    /// Counts the candidates of all pairs.
    pub fn new(found: &'t [Found<'t>]) -> Self {
        let (mut zh, mut en) = (Index::new(), Index::new());
        let mut pairs: Vec<Ids> = Vec::with_capacity(found.len());
        for (chinese, english) in found {
            let ids = Ids {
                zh: chinese.iter().map(|text| zh.id(text)).collect(),
                en: english
                    .iter()
                    .map(|(key, written)| (en.id(key), written.clone()))
                    .collect(),
            };
            for id in &ids.zh {
                zh.pairs[*id as usize] += 1;
            }
            // Forms of one name are next to each other.
            for forms in ids.en.chunk_by(|a, b| a.0 == b.0) {
                en.pairs[forms[0].0 as usize] += 1;
            }
            pairs.push(ids);
        }
        let mut together = FxHashMap::default();
        for ids in &mut pairs {
            ids.zh.retain(|&id| zh.pairs(id) >= LEAST_PAIRS);
            ids.en.retain(|(id, _)| en.pairs(*id) >= LEAST_PAIRS);
            for forms in ids.en.chunk_by(|a, b| a.0 == b.0) {
                for &z in &ids.zh {
                    *together.entry((z, forms[0].0)).or_default() += 1;
                }
            }
        }
        Self {
            pairs,
            zh,
            en,
            together,
        }
    }

    /// The Chinese candidate with this number.
    pub fn zh(&self, id: u32) -> &'t str {
        self.zh.text(id)
    }

    /// The key of the English candidate with this number.
    pub fn en(&self, id: u32) -> &'t str {
        self.en.text(id)
    }

    /// The number of pairs with an English candidate.
    pub fn en_frequency(&self, id: u32) -> usize {
        self.en.pairs(id)
    }

    fn together(&self, zh: u32, en: u32) -> usize {
        self.together.get(&(zh, en)).copied().unwrap_or_default()
    }

    fn dice(&self, zh: u32, en: u32) -> f64 {
        2.0 * self.together(zh, en) as f64 / (self.zh.pairs(zh) + self.en.pairs(en)) as f64
    }

    /// The candidates that are parts of a Chinese one.
    fn parts_zh(&self, id: u32) -> Vec<u32> {
        let text = self.zh(id);
        let parts = parts_of_name(text).into_iter();
        parts.filter_map(|part| self.zh.ids.get(&text[part]).copied()).collect()
    }

    /// The candidates that are parts of an English one.
    fn parts_en(&self, id: u32) -> Vec<u32> {
        let key = self.en(id);
        let parts = parts_of_key(key).into_iter();
        parts.filter_map(|part| self.en.ids.get(&key[part]).copied()).collect()
    }
}

/// The links, best first, each candidate in one of them at most.
pub(super) fn link(counts: &Counts<'_>) -> Vec<Link> {
    let mut possible = possible_links(counts);
    let length = |l: &Link| counts.zh(l.zh).len() + counts.en(l.en).len();
    possible.sort_by(|a, b| {
        let score = |l: &Link| (l.score * 1000.0).round();
        score(b)
            .total_cmp(&score(a))
            .then_with(|| length(b).cmp(&length(a)))
            .then_with(|| counts.zh(a.zh).cmp(counts.zh(b.zh)))
            .then_with(|| counts.en(a.en).cmp(counts.en(b.en)))
    });
    let mut taken = Taken::default();
    for link in possible {
        if !taken.rules_out(&link, counts) {
            taken.add(link, counts);
        }
    }
    taken.grow(counts)
}

fn possible_links(counts: &Counts<'_>) -> Vec<Link> {
    let links = counts.together.iter().filter(|(_, pairs)| **pairs >= LEAST_PAIRS);
    let links = links.filter_map(|(&(zh, en), &pairs)| {
        let dice = counts.dice(zh, en);
        if dice < LEAST_DICE_ALIKE {
            return None;
        }
        let sound = sound::similarity(counts.zh(zh), counts.en(en));
        let is_alike = sound > ALIKE;
        // A coefficient from few pairs says less.
        let score = dice * (1.0 - 1.0 / (1 + pairs) as f64) + if is_alike { SOUND * sound } else { 0.0 };
        (dice >= LEAST_DICE || is_alike).then_some(Link {
            zh,
            en,
            score,
            dice,
            pairs,
        })
    });
    links.collect()
}

/// The links that were taken, by their candidates and by the parts of these.
#[derive(Default)]
struct Taken {
    links: Vec<Link>,
    by_zh: FxHashMap<u32, usize>,
    by_en: FxHashMap<u32, usize>,
    by_part_zh: FxHashMap<u32, Vec<usize>>,
    by_part_en: FxHashMap<u32, Vec<usize>>,
}

impl Taken {
    fn add(&mut self, link: Link, counts: &Counts<'_>) {
        let at = self.links.len();
        self.by_zh.insert(link.zh, at);
        self.by_en.insert(link.en, at);
        for part in counts.parts_zh(link.zh) {
            self.by_part_zh.entry(part).or_default().push(at);
        }
        for part in counts.parts_en(link.en) {
            self.by_part_en.entry(part).or_default().push(at);
        }
        self.links.push(link);
    }

    /// Whether a better link has one of the two candidates, or one that contains or is contained in it and explains it.
    fn rules_out(&self, link: &Link, counts: &Counts<'_>) -> bool {
        if self.by_zh.contains_key(&link.zh) || self.by_en.contains_key(&link.en) {
            return true;
        }
        let longer_zh = self.by_part_zh.get(&link.zh).map_or(&[][..], Vec::as_slice);
        let longer_en = self.by_part_en.get(&link.en).map_or(&[][..], Vec::as_slice);
        let find = |by: &FxHashMap<u32, usize>, parts: Vec<u32>| -> Vec<usize> {
            parts.into_iter().filter_map(|part| by.get(&part).copied()).collect()
        };
        let shorter_zh = find(&self.by_zh, counts.parts_zh(link.zh));
        let shorter_en = find(&self.by_en, counts.parts_en(link.en));
        let (own_zh, own_en) = (counts.zh.pairs(link.zh), counts.en.pairs(link.en));
        longer_zh.iter().any(|&i| is_seldom_alone(own_zh, counts.zh.pairs(self.links[i].zh)))
            || longer_en.iter().any(|&i| is_seldom_alone(own_en, counts.en.pairs(self.links[i].en)))
            || longer_zh.iter().chain(&shorter_zh).any(|i| {
                let is_related = longer_en.contains(i) || shorter_en.contains(i);
                is_related && is_seldom_alone(link.pairs, self.links[*i].pairs)
            })
            // A name and its neighbour, where the English is that of the name's neighbour.
            || shorter_zh.iter().any(|&i| {
                let other = &self.links[i];
                let is_related = longer_en.contains(&i) || shorter_en.contains(&i);
                !is_related && other.dice > link.dice && counts.together(other.zh, link.en) >= link.pairs
            })
            // An English name that begins or ends with what another Chinese name of the same pairs is linked to.
            || shorter_en.iter().any(|&i| {
                let other = &self.links[i];
                !longer_zh.contains(&i) && !shorter_zh.contains(&i) && counts.together(other.zh, link.en) >= link.pairs
            })
    }

    /// The links with each name as long as its pairs have it: 国内生产总值 rather than 国内, Geiger Counter rather than Geiger.
    fn grow(mut self, counts: &Counts<'_>) -> Vec<Link> {
        let mut wholes_zh: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
        let mut wholes_en: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
        let frequent = |n: usize| n >= LEAST_PAIRS;
        for whole in (0..counts.zh.texts.len() as u32).filter(|&id| frequent(counts.zh.pairs(id))) {
            for part in counts
                .parts_zh(whole)
                .into_iter()
                .filter(|part| self.by_zh.contains_key(part))
            {
                wholes_zh.entry(part).or_default().push(whole);
            }
        }
        for whole in (0..counts.en.texts.len() as u32).filter(|&id| frequent(counts.en.pairs(id))) {
            for part in counts
                .parts_en(whole)
                .into_iter()
                .filter(|part| self.by_en.contains_key(part))
            {
                wholes_en.entry(part).or_default().push(whole);
            }
        }
        for at in 0..self.links.len() {
            let Link { zh, en, .. } = self.links[at];
            let is_enough = |pairs: usize, of: usize, share: f64| frequent(pairs) && pairs as f64 >= of as f64 * share;
            let before = counts.together(zh, en);
            let longer = wholes_zh.get(&zh).into_iter().flatten().copied().filter(|whole| {
                !self.by_zh.contains_key(whole) && is_enough(counts.together(*whole, en), before, GROWS_ZH)
            });
            let zh = longest(longer, |id| counts.zh(id)).unwrap_or(zh);
            let before = counts.together(zh, en);
            let longer = wholes_en.get(&en).into_iter().flatten().copied().filter(|whole| {
                is_enough(counts.together(zh, *whole), before, GROWS_EN) && self.may_grow(en, *whole, zh, counts)
            });
            let en = longest(longer, |id| counts.en(id)).unwrap_or(en);
            self.by_zh.entry(zh).or_insert(at);
            self.by_en.entry(en).or_insert(at);
            (self.links[at].zh, self.links[at].en) = (zh, en);
        }
        self.without_parts(counts)
    }

    /// Whether no other Chinese name has the longer English, or a part that it adds. Names that `zh` contains are its own.
    fn may_grow(&self, en: u32, whole: u32, zh: u32, counts: &Counts<'_>) -> bool {
        let added = counts
            .parts_en(whole)
            .into_iter()
            .filter(|part| *part != en && !counts.parts_en(en).contains(part));
        added.chain([whole]).all(|part| {
            let owner = self.by_en.get(&part).map(|&at| counts.zh(self.links[at].zh));
            owner.is_none_or(|owner| counts.zh(zh).contains(owner))
        })
    }

    /// The links without those that are parts of another in both languages, and hardly ever occur elsewhere.
    fn without_parts(self, counts: &Counts<'_>) -> Vec<Link> {
        let places: FxHashMap<u32, usize> = self.links.iter().enumerate().map(|(at, link)| (link.zh, at)).collect();
        let mut is_part = vec![false; self.links.len()];
        for whole in &self.links {
            let parts_en = counts.parts_en(whole.en);
            for at in counts
                .parts_zh(whole.zh)
                .iter()
                .filter_map(|part| places.get(part).copied())
            {
                let part = &self.links[at];
                is_part[at] |=
                    parts_en.contains(&part.en) && is_seldom_alone(counts.zh.pairs(part.zh), counts.zh.pairs(whole.zh));
            }
        }
        let links = self.links.into_iter().zip(is_part);
        links.filter(|(_, is_part)| !is_part).map(|(link, _)| link).collect()
    }
}

/// Whether a part that is in `own` pairs hardly ever occurs without the whole, which is in `whole`.
fn is_seldom_alone(own: usize, whole: usize) -> bool {
    own as f64 <= whole as f64 * ALONE
}

fn longest<'t>(ids: impl Iterator<Item = u32>, text: impl Fn(u32) -> &'t str) -> Option<u32> {
    ids.max_by(|&a, &b| text(a).len().cmp(&text(b).len()).then_with(|| text(b).cmp(text(a))))
}
