//! How the terms of a document are rendered: by the translations of the lexicon, and by what the document itself teaches.

use rustc_hash::FxHashMap;

use super::reader::{Read, Reader, Stem, Term, TermId};

/// A rendering is learned from this value of the Dice coefficient on.
const LEARNED: f32 = 0.5;
/// A learned rendering counts beside the usual one from this value on.
const ALSO: f32 = 0.6;
/// A translation of the lexicon is a usual rendering from this weight on.
pub(super) const MAIN: f32 = 0.3;
/// A rendering is learned for a term whose coefficient is at least this share of the best that the English word has.
const RIVAL: f32 = 0.9;

/// How a term is rendered.
#[derive(Clone, Default)]
pub(super) struct Usage {
    /// The pairs that it stands in, by their number among those read.
    pub pairs: Vec<u32>,
    /// What may render it: the translations of the lexicon and what was learned, each with the number of pairs where it
    /// does, its weight in the lexicon and its coefficient.
    pub renderings: Vec<Rendering>,
    /// The one that is usual, by its place in `renderings`.
    pub usual: Option<usize>,
    /// In how many pairs it is rendered in one of the ways of [`Self::accepted`].
    pub rendered: u32,
}

/// One way of rendering a term.
#[derive(Clone, Copy)]
pub(super) struct Rendering {
    pub stem: Stem,
    pub count: u32,
    pub weight: f32,
    pub dice: f32,
}

impl Rendering {
    fn strength(&self) -> f32 {
        self.count as f32 * if self.weight >= MAIN { 1.0 } else { self.dice }
    }
}

impl Usage {
    /// The stems that render the term well enough: what the lexicon has and the usual one; what was learned besides, unless
    /// the lexicon's own translation is well in use.
    pub fn accepted(&self) -> Vec<Stem> {
        let Some(usual) = self.usual.map(|u| self.renderings[u]) else {
            return self
                .renderings
                .iter()
                .filter(|r| r.weight > 0.0)
                .map(|r| r.stem)
                .collect();
        };
        let sure = usual.weight >= MAIN && usual.count as usize * 2 >= self.pairs.len();
        let also = |r: &&Rendering| {
            r.weight > 0.0 || r.stem == usual.stem || !sure && r.dice >= ALSO && r.count >= usual.count
        };
        self.renderings.iter().filter(also).map(|r| r.stem).collect()
    }

    fn settle(&mut self, reads: &[Read<'_>], reader: &mut Reader) {
        let order = |a: &Rendering, b: &Rendering| {
            let key = |r: &Rendering| [r.strength(), r.weight, r.dice];
            key(a).partial_cmp(&key(b)).unwrap_or(std::cmp::Ordering::Equal)
        };
        let used = self.renderings.iter().enumerate().filter(|(_, r)| r.count > 0);
        self.usual = used.max_by(|a, b| order(a.1, b.1).then(b.0.cmp(&a.0))).map(|(i, _)| i);
        let accepted = self.accepted();
        let rendered = |k: &&u32| {
            let stems = &reads[**k as usize].stems;
            accepted.iter().any(|&s| reader.is_rendered(s, stems))
        };
        self.rendered = self.pairs.iter().filter(rendered).count() as u32;
    }
}

/// The usages of all terms of a document. `taught` are renderings that other documents have taught.
pub(super) fn usages(
    reads: &[Read<'_>],
    reader: &mut Reader,
    taught: &FxHashMap<TermId, Vec<(Stem, f32)>>,
) -> FxHashMap<TermId, Usage> {
    let mut usages: FxHashMap<TermId, Usage> = FxHashMap::default();
    for (k, read) in reads.iter().enumerate() {
        for term in &read.terms {
            usages.entry(term.id).or_default().pairs.push(k as u32);
        }
    }
    let mut learned = learn(reads, reader, &usages);
    // What two words in a row are rendered by must be learned.
    let teaches = |id: &TermId| learned.contains_key(id) || taught.contains_key(id);
    usages.retain(|id, _| u32::try_from(*id).is_ok() || teaches(id));
    for (&id, usage) in &mut usages {
        let mut renderings: Vec<Rendering> = Vec::new();
        let translations = reader.translations(id).into_iter().map(|(s, w)| (s, w, 0.0));
        let taught = taught.get(&id).into_iter().flatten().map(|&(s, d)| (s, 0.0, d));
        let learned = learned
            .remove(&id)
            .unwrap_or_default()
            .into_iter()
            .map(|(s, d)| (s, 0.0, d));
        for (stem, weight, dice) in translations.chain(learned).chain(taught) {
            match renderings.iter_mut().find(|r| r.stem == stem) {
                Some(known) => known.dice = known.dice.max(dice),
                None => renderings.push(Rendering {
                    stem,
                    count: 0,
                    weight,
                    dice,
                }),
            }
        }
        for rendering in &mut renderings {
            let here = |k: &&u32| reader.is_rendered(rendering.stem, &reads[**k as usize].stems);
            rendering.count = usage.pairs.iter().filter(here).count() as u32;
        }
        usage.renderings = renderings;
        usage.settle(reads, reader);
    }
    usages
}

/// English words that stand in the pairs of a term and in hardly any other, where no other Chinese accounts for them.
fn learn(
    reads: &[Read<'_>],
    reader: &mut Reader,
    usages: &FxHashMap<TermId, Usage>,
) -> FxHashMap<TermId, Vec<(Stem, f32)>> {
    let mut frequency: FxHashMap<Stem, u32> = FxHashMap::default();
    for &stem in reads.iter().flat_map(|r| &r.stems) {
        *frequency.entry(stem).or_default() += 1;
    }
    let mut together: FxHashMap<(TermId, Stem), u32> = FxHashMap::default();
    for read in reads {
        let repeated: Vec<Term> = read
            .terms
            .iter()
            .copied()
            .filter(|t| usages[&t.id].pairs.len() >= 2)
            .collect();
        let mut stems: Vec<Stem> = read.words.iter().filter(|w| w.content).map(|w| w.stem).collect();
        stems.sort_unstable();
        stems.dedup();
        for stem in stems.into_iter().filter(|s| frequency[s] >= 2) {
            let mut others: Vec<&str> = reader
                .explainers(read, stem)
                .iter()
                .map(|(hit, _)| hit.span.of(&read.zh))
                .collect();
            others.sort_unstable();
            others.dedup();
            for term in &repeated {
                let text = read.text(*term);
                if others.iter().all(|o| text.contains(o) || o.contains(text)) {
                    *together.entry((term.id, stem)).or_default() += 1;
                }
            }
        }
    }
    let dice = |&((term, stem), &both): &((TermId, Stem), &u32)| {
        2.0 * both as f32 / (usages[&term].pairs.len() as f32 + frequency[&stem] as f32)
    };
    let often = together
        .iter()
        .filter(|&(_, &both)| both >= 2)
        .map(|(&key, both)| (key, both));
    let often: Vec<_> = often.map(|entry| (entry.0, dice(&entry))).collect();
    let mut best: FxHashMap<Stem, f32> = FxHashMap::default();
    for &((_, stem), dice) in &often {
        let best = best.entry(stem).or_default();
        *best = best.max(dice);
    }
    let mut learned: FxHashMap<TermId, Vec<(Stem, f32)>> = FxHashMap::default();
    for ((term, stem), dice) in often {
        if dice >= LEARNED && dice >= RIVAL * best[&stem] && !is_of_another(reads, reader, &usages[&term], term, stem) {
            learned.entry(term).or_default().push((stem, dice));
        }
    }
    for list in learned.values_mut() {
        list.sort_unstable_by_key(|&(stem, _)| stem);
    }
    learned
}

/// Whether another Chinese word mostly accounts for a stem, be it for a part of it: in 无症状感染 症状 does for asymptomatic,
/// not 感染.
fn is_of_another(reads: &[Read<'_>], reader: &mut Reader, usage: &Usage, term: TermId, stem: Stem) -> bool {
    let (mut both, mut another) = (0, 0);
    for &k in &usage.pairs {
        let read = &reads[k as usize];
        let place = read.terms.iter().find(|t| t.id == term);
        if let Some(place) = place.filter(|_| read.stems.binary_search(&stem).is_ok()) {
            both += 1;
            another += usize::from(reader.account(read, stem).is_translated(read, read.text(*place)));
        }
    }
    2 * another > both
}
