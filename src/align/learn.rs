//! Adapts the model to a document: which words translate which, how often a translation matches, which kinds of beads
//! occur.

use rustc_hash::FxHashMap;

use super::evidence::{Evidence, SideEvidence, Strongest, merge_supports};
use super::lattice::Step;
use super::score::rarity;
use super::tokens;
use super::weights::{Alpha, BEADS, LEVEL_WORTH, LEVELS, Weights, kind_of};
use super::{Grain, Unit, lexicon::Lexicon};

/// Weight, in words, of the general estimate of the levels.
const ALPHA_INERTIA: f32 = 300.0;
/// Weight, in beads, of the general estimate of their kinds.
const KIND_INERTIA: f32 = 20.0;

/// Unpaired units and beads of several with several units are trusted when at least the first share of the words find a
/// translation in their bead, and fully trusted from the second share on. In news the share is at least 0.5, in novels and
/// classics at most 0.4: there the model mistakes free translations for omissions, and would propose more of them each
/// time it learned from its own path.
const LEAST_TRUSTED: f32 = 0.4;
const FULLY_TRUSTED: f32 = 0.5;

/// In a free translation of sentences: the share by which the variance of lengths is smaller, and what is taken from the costs
/// of joining beads and of beads of several with several units. Set by hand on scripture and a classic novel; `train/README.md`
/// has figures.
const FREE_VARIANCE: f32 = 0.6;
const FREE_STRADDLE: f32 = 2.0;
const FREE_SEVERAL: f32 = 1.0;

/// A word pair is learned above these values of the Dice coefficient and of the log-likelihood ratio G² (Dunning 1993).
const LEAST_DICE: f32 = 0.675;
const LEAST_G2: f32 = 8.0;
/// The longest Chinese string that is learned, in characters.
const LONGEST: usize = 4;
/// Words in more than this share of the beads are ignored.
const COMMON: f32 = 0.3;

/// Re-estimates the weights from a path.
pub(super) fn adapt_weights(evidence: &Evidence, path: &[Step], weights: &Weights, grain: Grain) -> Weights {
    let mut adapted = weights.clone();
    let pairs = || path.iter().filter(|s| s.is_pair());
    let en_share = adapt_alpha(
        &mut adapted.en_alpha,
        &evidence.sides.en,
        &evidence.sides.zh,
        pairs().map(|s| (s.units.en.clone(), s.units.zh.clone())),
    );
    let zh_share = adapt_alpha(
        &mut adapted.zh_alpha,
        &evidence.sides.zh,
        &evidence.sides.en,
        pairs().map(|s| (s.units.zh.clone(), s.units.en.clone())),
    );
    let share = f32::midpoint(en_share, zh_share);
    let trust = ((share - LEAST_TRUSTED) / (FULLY_TRUSTED - LEAST_TRUSTED)).clamp(0.0, 1.0);
    adapt_kinds(&mut adapted, path, trust, grain);
    if grain == Grain::Sentence {
        let shown = path.len() as f32 / (path.len() as f32 + KIND_INERTIA);
        adapt_freedom(&mut adapted, (1.0 - trust) * shown);
    }
    adapted
}

/// Adapts the weights to a translation that is free to this degree, 0 to 1. Where few words find a translation, lengths say
/// more, above all of short sentences; and a sentence more often begins in the one before.
fn adapt_freedom(weights: &mut Weights, freedom: f32) {
    weights.freedom = freedom;
    weights.variance *= 1.0 - freedom * FREE_VARIANCE;
    weights.straddle -= freedom * FREE_STRADDLE;
    for (cost, (a, b)) in weights.bead_costs.iter_mut().zip(BEADS) {
        if a > 1 && b > 1 {
            *cost -= freedom * FREE_SEVERAL;
        }
    }
}

/// Re-estimates the levels of support, and returns the share of the words of the beads that are supported.
fn adapt_alpha(
    alpha: &mut Alpha,
    own: &SideEvidence,
    other: &SideEvidence,
    beads: impl Iterator<Item = (std::ops::Range<usize>, std::ops::Range<usize>)>,
) -> f32 {
    let (mut words, mut supported) = (0.0, 0.0);
    let mut counts = alpha.map(|row| row.map(|share| share * ALPHA_INERTIA));
    let mut level = vec![0_u8; own.comparable.len()];
    for (units, supporters) in beads {
        for &(t, l) in other.support[supporters.clone()].iter().flatten() {
            level[t as usize] = level[t as usize].max(l);
        }
        for unit in &own.units[units] {
            for &t in unit.types.iter().filter(|&&t| own.comparable[t as usize]) {
                let level = usize::from(level[t as usize]);
                counts[rarity(own.supporters[t as usize][0], other.units.len())][level] += 1.0;
                words += 1.0;
                supported += LEVEL_WORTH[level];
            }
        }
        for &(t, _) in other.support[supporters].iter().flatten() {
            level[t as usize] = 0;
        }
    }
    for (row, counts) in alpha.iter_mut().zip(counts) {
        let total: f32 = counts.iter().sum();
        for l in 0..LEVELS {
            row[l] = counts[l] / total;
        }
    }
    supported / f32::max(words, 1.0)
}

/// Sets the costs of the kinds of beads to those of this document. Unpaired units and beads of several with several units
/// count as far as the path is trusted. As far as it is not, they keep their usual share: a path that hardly has them
/// because they are dear would make them dearer. Unpaired paragraphs do not, because each is a finding.
fn adapt_kinds(weights: &mut Weights, path: &[Step], trust: f32, grain: Grain) {
    let mut counts = [0.0_f32; BEADS.len()];
    let mut nulls = 0.0_f32;
    let mut alone_before = false;
    for step in path {
        let kind = kind_of(&step.units);
        match kind {
            Some(kind) if BEADS[kind].0 > 1 && BEADS[kind].1 > 1 => counts[kind] += trust,
            Some(kind) => counts[kind] += 1.0,
            // A run of omissions is one event.
            None if !alone_before => nulls += trust,
            None => {}
        }
        alone_before = kind.is_none();
    }
    let prior: Vec<f32> = weights.bead_costs.iter().map(|c| (-c).exp()).collect();
    let null_prior = (-weights.null_open).exp() * 2.0;
    let mass: f32 = prior.iter().sum::<f32>() + null_prior;
    let seen: f32 = counts.iter().sum();
    for ((count, prior), &(a, b)) in counts.iter_mut().zip(&prior).zip(&BEADS) {
        if a > 1 && b > 1 {
            *count += (1.0 - trust) * seen * prior / mass;
        }
    }
    if grain == Grain::Sentence {
        nulls += (1.0 - trust) * seen * null_prior / mass;
    }
    let observed: f32 = counts.iter().sum::<f32>() + nulls;
    let share = |count: f32, prior: f32| (count + KIND_INERTIA * prior / mass) / (observed + KIND_INERTIA);
    let one_to_one = share(counts[0], prior[0]);
    for (k, cost) in weights.bead_costs.iter_mut().enumerate() {
        *cost = -(share(counts[k], prior[k]) / one_to_one).ln();
    }
    weights.null_open = -(share(nulls, null_prior) / 2.0 / one_to_one).ln();
}

/// Learns word pairs from the beads of a path and adds them to the evidence.
pub(super) fn learn_words(evidence: &mut Evidence, zh: &[Unit<'_>], path: &[Step], lexicon: Option<&Lexicon>) {
    let beads: Vec<&Step> = path
        .iter()
        .filter(|s| s.is_pair() && s.units.zh.len() + s.units.en.len() <= 4)
        .collect();
    if beads.len() < 4 {
        return;
    }
    let strings = Strings::new(zh, &beads, lexicon);
    let mut learned = Learned::default();
    let mut beads_of: Vec<Vec<u32>> = vec![Vec::new(); evidence.sides.en.comparable.len()];
    for (k, bead) in beads.iter().enumerate() {
        for &x in evidence.sides.en.units[bead.units.en.clone()]
            .iter()
            .flat_map(|u| &u.types)
        {
            if beads_of[x as usize].last() != Some(&(k as u32)) {
                beads_of[x as usize].push(k as u32);
            }
        }
    }
    let total = beads.len() as f32;
    let mut together = vec![0_u32; strings.count.len()];
    let mut touched = Vec::new();
    for (x, of_word) in beads_of.iter().enumerate() {
        if of_word.len() < 2 || of_word.len() as f32 > total * COMMON {
            continue;
        }
        for &k in of_word {
            for &s in &strings.of_bead[k as usize] {
                if together[s as usize] == 0 {
                    touched.push(s);
                }
                together[s as usize] += 1;
            }
        }
        for s in touched.drain(..) {
            let both = std::mem::take(&mut together[s as usize]);
            let (word, string) = (of_word.len() as f32, strings.count[s as usize] as f32);
            let dice = 2.0 * both as f32 / (word + string);
            if both >= 2 && dice > LEAST_DICE && g2(both as f32, word, string, total) > LEAST_G2 {
                let level = match dice {
                    d if d >= 0.75 => 3,
                    _ => 2,
                };
                learned
                    .of_string
                    .entry(strings.key[s as usize])
                    .or_default()
                    .push((x as u32, level));
            }
        }
    }
    learned.apply(evidence, zh, lexicon);
}

/// The log-likelihood ratio (Dunning 1993) of two events that occur `a` and `b` times in `n` places, `both` times together.
fn g2(both: f32, a: f32, b: f32, n: f32) -> f32 {
    let likelihood = |k: f32, n: f32, p: f32| {
        let p = p.clamp(1e-6, 0.999);
        k * p.ln() + (n - k) * (1.0 - p).ln()
    };
    let (p, with, without) = (b / n, both / a, (b - both) / (n - a).max(1.0));
    2.0 * (likelihood(both, a, with) + likelihood(b - both, n - a, without)
        - likelihood(both, a, p)
        - likelihood(b - both, n - a, p))
}

/// A string of up to [`LONGEST`] characters of the basic plane, 16 bits each.
type Key = u64;

/// The strings of up to four Han characters that occur in at least two beads.
struct Strings {
    key: Vec<Key>,
    count: Vec<u32>,
    of_bead: Vec<Vec<u32>>,
}

/// Calls `found(key, bytes)` for every string of Han characters of a text.
fn each_string(text: &str, lexicon: Option<&Lexicon>, mut found: impl FnMut(Key)) {
    for (_, run) in tokens::han_runs(text) {
        let mut recent = [0; LONGEST];
        let mut len = 0;
        for c in run.chars() {
            let c = lexicon.map_or(c, |l| l.fold(c));
            let Ok(code) = u16::try_from(u32::from(c)) else {
                len = 0;
                continue;
            };
            recent.rotate_left(1);
            recent[LONGEST - 1] = u64::from(code);
            len = (len + 1).min(LONGEST);
            let mut key = 0;
            for (n, code) in recent.iter().rev().take(len).enumerate() {
                key |= code << (16 * n);
                found(key);
            }
        }
    }
}

fn key_of(word: &str) -> Option<Key> {
    let mut key = 0;
    for (n, c) in word.chars().enumerate() {
        if n == LONGEST {
            return None;
        }
        key = key << 16 | u64::from(u16::try_from(u32::from(c)).ok()?);
    }
    Some(key)
}

impl Strings {
    fn new(zh: &[Unit<'_>], beads: &[&Step], lexicon: Option<&Lexicon>) -> Self {
        let mut all: Vec<(Key, u32)> = Vec::new();
        for (k, bead) in beads.iter().enumerate() {
            for unit in &zh[bead.units.zh.clone()] {
                each_string(unit.text, lexicon, |key| all.push((key, k as u32)));
            }
        }
        all.sort_unstable();
        all.dedup();
        let mut this = Self {
            key: Vec::new(),
            count: Vec::new(),
            of_bead: vec![Vec::new(); beads.len()],
        };
        for same in all.chunk_by(|a, b| a.0 == b.0).filter(|same| same.len() >= 2) {
            let number = this.key.len() as u32;
            this.key.push(same[0].0);
            this.count.push(same.len() as u32);
            for &(_, k) in same {
                this.of_bead[k as usize].push(number);
            }
        }
        this
    }
}

#[derive(Default)]
struct Learned {
    of_string: FxHashMap<Key, Vec<(u32, u8)>>,
}

impl Learned {
    fn apply(&self, evidence: &mut Evidence, zh: &[Unit<'_>], lexicon: Option<&Lexicon>) {
        let mut strongest = Strongest::new(evidence.sides.en.comparable.len());
        for &(x, _) in self.of_string.values().flatten() {
            evidence.sides.en.comparable[x as usize] = true;
        }
        for (unit, support) in zh.iter().zip(&mut evidence.sides.zh.support) {
            each_string(unit.text, lexicon, |key| {
                for &(x, level) in self.of_string.get(&key).into_iter().flatten() {
                    strongest.raise(x, level);
                }
            });
            merge_supports(support, strongest.drain_sorted());
        }
        // A Chinese word gets what was learned for the strings in it and around it.
        let mut of_word: Vec<Vec<(u32, u8)>> = vec![Vec::new(); evidence.sides.en.comparable.len()];
        let mut inner: FxHashMap<Key, Vec<Key>> = FxHashMap::default();
        for &key in self.of_string.keys() {
            for part in parts(key) {
                inner.entry(part).or_default().push(key);
            }
        }
        for (t, word) in evidence.han_types.iter().enumerate() {
            let Some(word) = word else { continue };
            each_string(word, None, |key| {
                for &(x, level) in self.of_string.get(&key).into_iter().flatten() {
                    strongest.raise(x, level);
                }
            });
            if let Some(key) = key_of(word).filter(|_| word.chars().nth(1).is_some()) {
                for around in inner.get(&key).into_iter().flatten() {
                    for &(x, level) in &self.of_string[around] {
                        strongest.raise(x, level);
                    }
                }
            }
            for (x, level) in strongest.drain_sorted() {
                evidence.sides.zh.comparable[t] = true;
                of_word[x as usize].push((t as u32, level));
            }
        }
        let mut strongest = Strongest::new(evidence.sides.zh.comparable.len());
        for (unit, support) in evidence.sides.en.units.iter().zip(&mut evidence.sides.en.support) {
            for &x in &unit.types {
                for &(t, level) in &of_word[x as usize] {
                    strongest.raise(t, level);
                }
            }
            merge_supports(support, strongest.drain_sorted());
        }
        for (links, learned) in evidence.links.iter_mut().zip(of_word) {
            merge_supports(links, learned);
        }
        evidence.count_supporters();
    }
}

/// The proper substrings of two or more characters.
fn parts(key: Key) -> Vec<Key> {
    let len = (0..LONGEST).take_while(|n| key >> (16 * n) != 0).count();
    let mut parts = Vec::new();
    for size in 2..len {
        let mask = (1 << (16 * size)) - 1;
        for shift in 0..=len - size {
            parts.push(key >> (16 * shift) & mask);
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::align::Members;
    use crate::text::Sides;

    #[test]
    fn strings_are_keyed_by_their_characters() {
        let mut keys = Vec::new();
        each_string("开放，科", None, |k| keys.push(k));
        assert_eq!(keys.len(), 4);
        assert_eq!(key_of("开放"), Some(keys[2]));
        assert_eq!(key_of("开放科学家"), None);
        assert_eq!(parts(key_of("开放科").unwrap()).len(), 2);
    }

    #[test]
    fn g2_grows_with_association() {
        assert!(g2(5.0, 5.0, 5.0, 100.0) > g2(2.0, 5.0, 5.0, 100.0));
        assert!(g2(1.0, 10.0, 10.0, 100.0) < 1.0);
    }

    #[test]
    fn rare_kinds_do_not_become_dearer_where_the_path_is_not_trusted() {
        let usual = Weights::new(Grain::Sentence);
        let path: Vec<Step> = (0..100)
            .map(|k| Step {
                units: Sides::new(k..k + 1, k..k + 1),
                confidence: 1.0,
                crossing: false,
                members: Members::default(),
            })
            .collect();
        let two_with_two = BEADS.iter().position(|&bead| bead == (2, 2)).unwrap();
        let adapted = |trust| {
            let mut weights = usual.clone();
            adapt_kinds(&mut weights, &path, trust, Grain::Sentence);
            weights
        };
        let prices: [&dyn Fn(&Weights) -> f32; 2] = [&|w| w.null_open, &|w| w.bead_costs[two_with_two]];
        for price in prices {
            let [before, doubted, trusted] = [&usual, &adapted(0.0), &adapted(1.0)].map(price);
            assert!((doubted - before).abs() < 0.6, "{doubted} {before}");
            assert!(trusted > before + 1.0, "{trusted} {before}");
        }
    }
}
