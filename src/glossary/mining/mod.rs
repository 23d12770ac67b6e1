//! Names that aligned texts have and a glossary lacks, with their renderings.
//!
//! Candidates of both languages are linked by how often they share a pair (Dice's coefficient) and how alike they sound. The
//! best link is taken first, each candidate is linked once (competitive linking: Melamed, “Models of translational equivalence
//! among words”, 2000), and a part of a linked name is dropped where it hardly ever occurs elsewhere.

mod candidates;
mod links;
mod sound;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Serialize;

pub use candidates::english_names;
use candidates::{Capitals, chinese, english};
use links::{Counts, Link, link};

/// Places of a rendering that are kept.
const MOST_PLACES: usize = 3;
/// A second rendering has this coefficient of Dice in the pairs that lack the first one.
const LEAST_SHARE: f64 = 0.7;
/// Letters that a name and the words made from it share.
const BEGINNING: usize = 3;

/// Aligned texts.
#[derive(Default)]
pub struct Miner {
    pairs: Vec<Pair>,
}

struct Pair {
    zh: String,
    en: String,
    place: String,
}

/// A name that the glossary lacks.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Mined {
    /// The Chinese name.
    pub zh: String,
    /// The number of pairs with it.
    pub pairs: usize,
    /// The English names in these pairs, the surest first; forms of one name, such as Syria and Syrian, together.
    pub renderings: Vec<Rendering>,
    /// The number of pairs whose English has none of them.
    pub unrendered: usize,
    /// Whether the texts render it by names that have nothing to do with each other.
    pub conflict: bool,
    /// How sure it is that the first rendering translates it; the higher, the surer.
    pub score: f64,
}

/// An English name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Rendering {
    /// As written most often.
    pub en: String,
    /// The number of pairs with it.
    pub pairs: usize,
    /// Other forms of it in these pairs.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub forms: Vec<String>,
    /// The first of the pairs, file and line.
    pub places: Vec<String>,
}

impl Miner {
    /// Adds a pair, with its file and line.
    pub fn add(&mut self, zh: &str, en: &str, place: String) {
        self.pairs.push(Pair {
            zh: zh.to_owned(),
            en: en.to_owned(),
            place,
        });
    }

    /// The names that `is_known` does not know: conflicts first, then the surest first. The order in which pairs were added
    /// makes no difference but for the places.
    pub fn mine(mut self, is_known: impl Fn(&str) -> bool) -> Vec<Mined> {
        self.pairs
            .sort_by(|a, b| place_order(&a.place).cmp(&place_order(&b.place)));
        let mut capitals = Capitals::default();
        for pair in &self.pairs {
            capitals.count(&pair.en);
        }
        let found: Vec<_> = self
            .pairs
            .par_iter()
            .map(|pair| (chinese(&pair.zh), english(&pair.en, &capitals)))
            .collect();
        let counts = Counts::new(&found);
        let links = link(&counts);
        let mut mined = Renderings::collect(&counts, &links, &self.pairs).into_names();
        mined.retain(|name| !is_known(&name.zh));
        mined.sort_by(|a, b| {
            b.conflict
                .cmp(&a.conflict)
                .then(b.score.total_cmp(&a.score))
                .then_with(|| a.zh.cmp(&b.zh))
        });
        mined
    }
}

/// The file, and the line as a number.
fn place_order(place: &str) -> (&str, usize) {
    match place.rsplit_once(':') {
        Some((file, line)) => (file, line.parse().unwrap_or_default()),
        None => (place, 0),
    }
}

/// How the pairs of each linked name render it.
struct Renderings<'a> {
    counts: &'a Counts<'a>,
    links: &'a [Link],
    /// By link: the pairs with the Chinese name.
    pairs: Vec<usize>,
    /// By link and English candidate: the pairs, with what is written there.
    written: Vec<FxHashMap<u32, Written>>,
}

#[derive(Default)]
struct Written {
    pairs: usize,
    forms: FxHashMap<String, usize>,
    places: Vec<String>,
}

impl<'a> Renderings<'a> {
    fn collect(counts: &'a Counts<'a>, links: &'a [Link], pairs: &[Pair]) -> Self {
        let by_zh: FxHashMap<u32, usize> = links.iter().enumerate().map(|(i, l)| (l.zh, i)).collect();
        let mut all = Self {
            counts,
            links,
            pairs: vec![0; links.len()],
            written: links.iter().map(|_| FxHashMap::default()).collect(),
        };
        for (pair, ids) in pairs.iter().zip(&counts.pairs) {
            let here: Vec<usize> = ids.zh.iter().filter_map(|zh| by_zh.get(zh).copied()).collect();
            let taken: FxHashSet<u32> = here.iter().map(|&i| links[i].en).collect();
            for &i in &here {
                all.pairs[i] += 1;
                let is_rendered = ids.en.iter().any(|(en, _)| *en == links[i].en);
                for forms in ids.en.chunk_by(|a, b| a.0 == b.0) {
                    let en = forms[0].0;
                    // What another name of the pair is linked to renders that.
                    if en != links[i].en && (is_rendered || taken.contains(&en)) {
                        continue;
                    }
                    let written = all.written[i].entry(en).or_default();
                    written.pairs += 1;
                    for (_, form) in forms {
                        *written.forms.entry(form.clone()).or_default() += 1;
                    }
                    if written.places.len() < MOST_PLACES && written.places.last() != Some(&pair.place) {
                        written.places.push(pair.place.clone());
                    }
                }
            }
        }
        all
    }

    fn into_names(mut self) -> Vec<Mined> {
        let linked: FxHashSet<&str> = self
            .links
            .iter()
            .flat_map(|l| self.counts.en(l.en).split(' '))
            .collect();
        let written = std::mem::take(&mut self.written);
        let names = written
            .into_iter()
            .zip(self.links)
            .zip(&self.pairs)
            .map(|((mut written, link), &pairs)| {
                let key = self.counts.en(link.en);
                let main = written.remove(&link.en).unwrap_or_default();
                let rest = pairs.saturating_sub(main.pairs);
                let is_rendering = |en: u32, w: &Written| {
                    let is_own = |word: &str| !linked.contains(word) || key.split(' ').any(|own| own == word);
                    let is_frequent =
                        2.0 * w.pairs as f64 >= LEAST_SHARE * (rest + self.counts.en_frequency(en)) as f64;
                    (2..=main.pairs).contains(&w.pairs) && is_frequent && self.counts.en(en).split(' ').all(is_own)
                };
                let mut others: Vec<(u32, Written)> =
                    written.into_iter().filter(|(en, w)| is_rendering(*en, w)).collect();
                // Parts of one name have nearly the same pairs: the longest is the name.
                let most = others.iter().map(|(_, w)| w.pairs).max().unwrap_or_default();
                others.retain(|(_, w)| 4 * w.pairs >= 3 * most);
                others.sort_by(|a, b| {
                    let keys = [a, b].map(|other| self.counts.en(other.0));
                    keys[1].len().cmp(&keys[0].len()).then(keys[0].cmp(keys[1]))
                });
                let other = others.into_iter().next().map(|(_, written)| rendering(written));
                let main = rendering(main);
                Mined {
                    zh: self.counts.zh(link.zh).to_owned(),
                    pairs,
                    conflict: other.as_ref().is_some_and(|other| !is_variant(&main.en, &other.en)),
                    unrendered: rest - other.as_ref().map_or(0, |other| other.pairs).min(rest),
                    score: link.score,
                    renderings: std::iter::once(main).chain(other).collect(),
                }
            });
        names.collect()
    }
}

/// Whether one of two names is an acronym of the other, or both are words with one beginning: Spain and Spanish.
fn is_variant(a: &str, b: &str) -> bool {
    let capitals = |name: &str| name.chars().filter(char::is_ascii_uppercase).collect::<String>();
    let has_one_beginning =
        |a: &str, b: &str| a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count() >= BEGINNING;
    capitals(a) == capitals(b) && a.contains(' ') != b.contains(' ')
        || !a.contains(' ') && !b.contains(' ') && has_one_beginning(a, b)
}

fn rendering(written: Written) -> Rendering {
    let mut forms: Vec<(String, usize)> = written.forms.into_iter().collect();
    forms.sort_by(|a, b| {
        b.1.cmp(&a.1)
            .then_with(|| a.0.len().cmp(&b.0.len()))
            .then_with(|| a.0.cmp(&b.0))
    });
    let mut forms = forms.into_iter().map(|(form, _)| form);
    Rendering {
        en: forms.next().unwrap_or_default(),
        pairs: written.pairs,
        forms: forms.collect(),
        places: written.places,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mined(pairs: &[(&str, &str)], known: &[&str]) -> Vec<Mined> {
        let mut miner = Miner::default();
        for (i, (zh, en)) in pairs.iter().enumerate() {
            miner.add(zh, en, format!("a.jsonl:{}", i + 1));
        }
        miner.mine(|name| known.contains(&name))
    }

    const PAIRS: [(&str, &str); 6] = [
        (
            "国家天文台昨天发布了照片。",
            "The National Astronomical Observatories published pictures yesterday.",
        ),
        (
            "他在国家天文台工作。",
            "He works at the National Astronomical Observatories.",
        ),
        ("国家天文台在北京。", "The State Star Office is in Beijing."),
        ("我们参观了国家天文台。", "We visited the State Star Office."),
        ("北京今天下雨。", "It rains in Beijing today."),
        ("我们爱北京。", "We love Beijing."),
    ];

    #[test]
    fn names_are_mined_with_every_rendering_and_conflicts_first() {
        let found = mined(&PAIRS, &[]);
        let names: Vec<(&str, bool, &str)> = found
            .iter()
            .map(|m| (&*m.zh, m.conflict, &*m.renderings[0].en))
            .collect();
        assert_eq!(names[0].0, "国家天文台", "{found:#?}");
        assert!(names[0].1 && found[0].renderings.len() == 2, "{found:#?}");
        assert!(names.contains(&("北京", false, "Beijing")), "{found:#?}");
        let places: Vec<_> = found[0].renderings.iter().map(|r| (r.pairs, &r.places)).collect();
        assert!(
            places.iter().all(|(pairs, places)| *pairs == 2 && places.len() == 2),
            "{found:#?}"
        );
    }

    #[test]
    fn what_the_glossary_has_is_left_out() {
        let found = mined(&PAIRS, &["北京"]);
        assert!(found.iter().all(|m| m.zh != "北京"), "{found:#?}");
        assert!(!found.is_empty());
    }
}
