//! Order: the groups of an interleaved file, and units whose counterpart stands elsewhere.

use super::evidence::Evidence;
use super::lattice::Step;
use super::score::{Groups, Scorer};
use super::weights::Weights;
use super::{Bead, Unit};
use crate::text::Side;

/// Beads for units that have no counterpart because the other side is empty.
pub(super) fn alone(zh: usize, en: usize) -> Vec<Bead> {
    let bead = |zh, en| Bead {
        zh,
        en,
        confidence: 1.0,
        crossing: false,
    };
    (0..zh)
        .map(|i| bead(i..i + 1, 0..0))
        .chain((0..en).map(|j| bead(zh..zh, j..j + 1)))
        .collect()
}

/// The groups of an interleaved file: a run of lines in one language with the run in the other that follows it.
///
/// Whether Chinese or English comes first is decided by which neighbours fit each other better.
pub(super) fn groups(evidence: &Evidence, weights: &Weights, zh: &[Unit<'_>], en: &[Unit<'_>]) -> Groups {
    let mut file: Vec<(usize, Side, usize)> = zh
        .iter()
        .enumerate()
        .map(|(i, u)| (u.position, Side::Zh, i))
        .chain(en.iter().enumerate().map(|(j, u)| (u.position, Side::En, j)))
        .collect();
    file.sort_unstable();
    let mut scorer = Scorer::new(evidence, weights, None, 1);
    let mut fit = |first: Side| -> f32 {
        file.windows(2)
            .filter(|w| w[0].1 == first && w[1].1 != first)
            .map(|w| {
                let (i, j) = if first == Side::Zh {
                    (w[0].2, w[1].2)
                } else {
                    (w[1].2, w[0].2)
                };
                let mut score = [0.0];
                scorer.row(i, j..j + 1);
                scorer.cell(j, &mut score);
                score[0]
            })
            .sum()
    };
    let first = if fit(Side::Zh) >= fit(Side::En) {
        Side::Zh
    } else {
        Side::En
    };
    let mut groups = Groups {
        zh: vec![0; zh.len()],
        en: vec![0; en.len()],
    };
    let (mut group, mut last) = (0, first);
    for (_, side, unit) in file {
        if side == first && last != first {
            group += 1;
        }
        last = side;
        match side {
            Side::Zh => groups.zh[unit] = group,
            Side::En => groups.en[unit] = group,
        }
    }
    groups
}

/// The least score at which two units without counterpart are taken for each other's, before chance is taken off.
const LEAST: f32 = 6.0;
/// The most comparisons of units without counterpart.
const MOST_COMPARISONS: usize = 1 << 20;

/// Turns a path into beads; a unit left over on one side is joined with one left over on the other where they clearly
/// translate each other: their order differs, nothing is missing.
pub(super) fn reunite(path: Vec<Step>, evidence: &Evidence, weights: &Weights) -> Vec<Bead> {
    let omitted: Vec<usize> = path.iter().filter(|s| s.en.is_empty()).map(|s| s.zh.start).collect();
    let added: Vec<usize> = path.iter().filter(|s| s.zh.is_empty()).map(|s| s.en.start).collect();
    let mut english_of = std::collections::HashMap::new();
    if let (Some(&first), Some(&last)) = (added.first(), added.last())
        && omitted.len() * added.len() <= MOST_COMPARISONS
    {
        let least = LEAST + ((omitted.len() * added.len()) as f32).ln();
        let mut scorer = Scorer::new(evidence, weights, None, 1);
        let mut candidates = Vec::new();
        for &i in &omitted {
            scorer.row(i, first..last + 1);
            for &j in &added {
                let mut score = [0.0];
                scorer.cell(j, &mut score);
                if score[0] > least {
                    candidates.push((score[0], i, j));
                }
            }
        }
        candidates.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)).then(a.2.cmp(&b.2)));
        let mut taken = std::collections::HashSet::new();
        for (_, i, j) in candidates {
            if !english_of.contains_key(&i) && taken.insert(j) {
                english_of.insert(i, j);
            }
        }
    }
    let gone: std::collections::HashSet<usize> = english_of.values().copied().collect();
    path.into_iter()
        .filter(|s| !(s.zh.is_empty() && gone.contains(&s.en.start)))
        .map(|s| {
            let elsewhere = if s.en.is_empty() {
                english_of.get(&s.zh.start)
            } else {
                None
            };
            Bead {
                zh: s.zh,
                en: elsewhere.map_or(s.en, |&j| j..j + 1),
                confidence: s.confidence,
                crossing: s.crossing || elsewhere.is_some(),
            }
        })
        .collect()
}
