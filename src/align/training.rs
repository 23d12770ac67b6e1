//! Features of aligned texts, from which `train/` estimates the weights of the aligner.

use std::ops::Range;

use serde::Serialize;

use super::edge_weights::{FEATURES, FREE_FEATURES};
use super::edges::{EdgeModel, usual_odds};
use super::evidence::{Evidence, SideEvidence};
use super::lattice::{Found, Step};
use super::marks::MARKS;
use super::score::{Scorer, Worth, rarity};
use super::weights::{BEADS, LEVELS, RARITIES, Weights};
use super::{Aligner, Options, Unit, search};
use crate::text::{Side, Sides};

/// How far from the true English unit the false ones of [`Observations::pairs`] are.
const NEAR: usize = 3;

/// What an aligned text shows about the weights.
#[derive(Debug, Default, Serialize)]
pub struct Observations {
    /// Units at the edges of proposed beads, and unpaired units added to the next bead: the features of the edge model,
    /// and whether the unit belongs there.
    pub edges: Vec<([f32; FEATURES], bool)>,
    /// The same for the model of free translations; empty if the text is not free.
    pub free: Vec<([f32; FREE_FEATURES], bool)>,
    /// Number of words of one-to-one beads by rarity and level of support, Chinese and English.
    pub levels: [[[u32; LEVELS]; RARITIES]; 2],
    /// Number of one-to-one beads by mark, presence in Chinese, presence in English.
    pub marks: [[[u32; 2]; 2]; MARKS],
    /// Lengths of the units of one-to-one beads, in English letters.
    pub lengths: Vec<[f32; 2]>,
    /// One-to-one pairs of units: the scores of length, English words, Chinese words and marks, each with weight 1, and
    /// whether the units translate each other. The false pairs have an English unit near the true one.
    pub pairs: Vec<([f32; 4], bool)>,
}

impl Aligner {
    /// Observes the true alignment `gold` of two sequences of units, and what the lattice makes of them.
    pub fn observe(
        &self,
        zh: &[Unit<'_>],
        en: &[Unit<'_>],
        gold: &[Sides<Range<usize>>],
        options: &Options,
    ) -> Observations {
        let mut evidence = Evidence::new(zh, en, self.lexicon.as_deref());
        let mut observations = Observations::default();
        let weights = Weights::new(options.grain);
        let one_to_one: Vec<(usize, usize)> = gold
            .iter()
            .filter(|bead| bead.zh.len() == 1 && bead.en.len() == 1)
            .map(|bead| (bead.zh.start, bead.en.start))
            .collect();
        observations.observe_beads(&evidence, &one_to_one);
        observations.observe_pairs(&evidence, &weights, &one_to_one);
        let (band, weights) = self.learn(&mut evidence, zh, en, *options, None);
        let worth = Worth::new(&evidence, &weights);
        let found = search(&worth, None, band, BEADS.len(), true);
        observations.observe_edges(&worth, &found, gold);
        observations
    }
}

impl Observations {
    fn observe_beads(&mut self, evidence: &Evidence, beads: &[(usize, usize)]) {
        let Sides { zh, en } = &evidence.sides;
        for &(i, j) in beads {
            count_levels(&mut self.levels[0], zh, i, en, j);
            count_levels(&mut self.levels[1], en, j, zh, i);
            let (zh, en) = (&zh.units[i], &en.units[j]);
            for (k, counts) in self.marks.iter_mut().enumerate() {
                counts[usize::from(zh.marks >> k & 1)][usize::from(en.marks >> k & 1)] += 1;
            }
            self.lengths.push([zh.length, en.length]);
        }
    }

    fn observe_pairs(&mut self, evidence: &Evidence, weights: &Weights, beads: &[(usize, usize)]) {
        let none = Weights {
            length: 0.0,
            en_words: 0.0,
            zh_words: 0.0,
            marks: 0.0,
            pairing: 0.0,
            repetition: 0.0,
            ..weights.clone()
        };
        let single = [
            Weights {
                length: 1.0,
                ..none.clone()
            },
            Weights {
                en_words: 1.0,
                ..none.clone()
            },
            Weights {
                zh_words: 1.0,
                ..none.clone()
            },
            Weights { marks: 1.0, ..none },
        ];
        let worth = single.each_ref().map(|weights| Worth::new(evidence, weights));
        let mut scorers = worth.each_ref().map(|worth| Scorer::new(worth, None, 1));
        let units = evidence.sides.en.units.len();
        for &(i, j) in beads {
            for other in j.saturating_sub(NEAR)..(j + NEAR + 1).min(units) {
                let scores = scorers.each_mut().map(|scorer| {
                    let mut score = [0.0];
                    scorer.start_row(i, other..other + 1);
                    scorer.score_cell(other, &mut score);
                    score[0]
                });
                self.pairs.push((scores, other == j));
            }
        }
    }

    fn observe_edges(&mut self, worth: &Worth<'_>, found: &Found, gold: &[Sides<Range<usize>>]) {
        let path = &found.path;
        let mut model = EdgeModel::new(path, found.unpaired.as_ref(), worth, None);
        let mut observe = |bead: &Step, side: Side, unit: usize| {
            let other = &bead.units[side.other()];
            let true_bead = gold.iter().find(|bead| bead[side].contains(&unit));
            let belongs = true_bead.is_some_and(|bead| overlap(&bead[side.other()], other));
            if let Some(features) = model.features(bead, side, unit) {
                self.edges.push((features, belongs));
                let free = model.free_features(usual_odds(&features), side, unit);
                self.free.extend(free.map(|features| (features, belongs)));
            }
        };
        for (n, step) in path.iter().enumerate().filter(|(_, s)| s.is_pair() && !s.crossing) {
            for side in [Side::Zh, Side::En] {
                let units = &step.units[side];
                if units.len() > 1 {
                    observe(step, side, units.start);
                    observe(step, side, units.end - 1);
                }
                for next in [n.checked_sub(1), Some(n + 1)]
                    .into_iter()
                    .flatten()
                    .filter_map(|n| path.get(n))
                {
                    if !next.is_pair() && !next.units[side].is_empty() {
                        let unit = next.units[side].start;
                        let mut joined = step.clone();
                        joined.units[side] = units.start.min(unit)..units.end.max(unit + 1);
                        observe(&joined, side, unit);
                    }
                }
            }
        }
    }
}

/// Counts the words of unit `i` of `own` by rarity and by their level of support by unit `j` of `other`.
fn count_levels(counts: &mut [[u32; LEVELS]; RARITIES], own: &SideEvidence, i: usize, other: &SideEvidence, j: usize) {
    for &t in own.units[i].types.iter().filter(|&&t| own.comparable[t as usize]) {
        let support = &other.support[j];
        let level = support
            .binary_search_by_key(&t, |&(t, _)| t)
            .map_or(0, |at| support[at].1);
        counts[rarity(own.supporters[t as usize][0], other.units.len())][usize::from(level)] += 1;
    }
}

fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}
