//! Order: the groups of an interleaved file, and units whose counterpart stands elsewhere.

use rustc_hash::{FxHashMap, FxHashSet};

use super::evidence::Evidence;
use super::lattice::Step;
use super::score::{Groups, Scorer};
use super::weights::Weights;
use super::{Bead, Members, Unit};
use crate::text::Side;

/// Beads for units that have no counterpart because the other side is empty.
pub(super) fn alone(zh: usize, en: usize) -> Vec<Bead> {
    let bead = |zh, en| Bead {
        zh,
        en,
        confidence: 1.0,
        crossing: false,
        members: Members::default(),
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

/// How far two loose units must score above the best of others in that place. Only the difference tells: in a free
/// translation even true counterparts score low.
const ABOVE_BEST: f32 = 5.0;
/// Units to either side that a candidate is compared with.
const OTHERS: usize = 8;
/// A bead of one and one below this score is loose: a better counterpart elsewhere may take either unit.
const WEAK: f32 = -6.0;
/// The most comparisons of loose units.
const MOST_COMPARISONS: usize = 1 << 20;

/// Turns a path into beads. A unit without counterpart, or with a poor one, is joined with such a unit of the other side
/// where they clearly translate each other: their order differs, nothing is missing.
pub(super) fn reunite(path: &[Step], evidence: &Evidence, weights: &Weights) -> Vec<Bead> {
    let mut scorer = Scorer::new(evidence, weights, None, 1);
    let mut one_to_one = |i: usize, j: usize| {
        let mut score = [0.0];
        scorer.row(i, j..j + 1);
        scorer.cell(j, &mut score);
        score[0]
    };
    // Loose units with what their present place is worth.
    let (mut zh, mut en) = (Vec::new(), Vec::new());
    for step in path {
        match (step.zh.len(), step.en.len()) {
            (1, 0) => zh.push((step.zh.start, 0.0)),
            (0, 1) => en.push((step.en.start, 0.0)),
            (1, 1) if !step.crossing => {
                let score = one_to_one(step.zh.start, step.en.start);
                if score < WEAK {
                    zh.push((step.zh.start, score.max(0.0)));
                    en.push((step.en.start, score.max(0.0)));
                }
            }
            _ => {}
        }
    }
    let joined = exchanges(&zh, &en, weights.reunion, &mut scorer);
    let taken: FxHashSet<usize> = joined.values().copied().collect();
    let kept: Vec<&Step> = path
        .iter()
        .filter(|s| s.is_pair() && !s.crossing && !joined.contains_key(&s.zh.start) && !taken.contains(&s.en.start))
        .collect();
    // Two loose units that stand at the same place of either text were only taken for omissions.
    let crosses = |i: usize, j: usize| {
        let after = kept.partition_point(|s| s.zh.start < i);
        let in_place = after.checked_sub(1).is_none_or(|before| kept[before].en.end <= j)
            && kept.get(after).is_none_or(|s| s.en.start > j);
        !in_place
            || joined
                .iter()
                .any(|(&other_i, &other_j)| (other_i < i) != (other_j < j) && other_i != i)
    };
    let mut beads = Vec::with_capacity(path.len());
    for step in path {
        let mut bead = |zh, en, crossing| {
            beads.push(Bead {
                zh,
                en,
                confidence: step.confidence,
                crossing,
                members: Members::default(),
            });
        };
        let elsewhere = if step.zh.len() == 1 {
            joined.get(&step.zh.start)
        } else {
            None
        };
        let gone = step.en.len() == 1 && taken.contains(&step.en.start);
        match elsewhere {
            Some(&j) => {
                bead(step.zh.clone(), j..j + 1, crosses(step.zh.start, j));
                if !gone && !step.en.is_empty() {
                    bead(step.zh.end..step.zh.end, step.en.clone(), false);
                }
            }
            None if gone && step.zh.is_empty() => {}
            None if gone => bead(step.zh.clone(), step.en.start..step.en.start, false),
            None => beads.push(Bead {
                zh: step.zh.clone(),
                en: step.en.clone(),
                confidence: step.confidence,
                crossing: step.crossing,
                members: step.members.clone(),
            }),
        }
    }
    let straight = beads.iter().filter(|b| !b.crossing).map(|b| b.en.start);
    if straight.is_sorted() {
        beads
    } else {
        in_english_order(beads)
    }
}

/// Puts the beads without Chinese behind what they follow in English, where a reunion has left them elsewhere.
fn in_english_order(beads: Vec<Bead>) -> Vec<Bead> {
    let (mut alone, mut beads): (Vec<Bead>, Vec<Bead>) = beads.into_iter().partition(|b| b.zh.is_empty());
    alone.sort_by_key(|b| b.en.start);
    for mut bead in alone {
        let before = |b: &Bead| !b.crossing && !b.en.is_empty() && b.en.start < bead.en.start;
        let at = beads.iter().rposition(before).map_or(0, |i| i + 1);
        let zh = at.checked_sub(1).map_or(0, |i| beads[i].zh.end);
        bead.zh = zh..zh;
        beads.insert(at, bead);
    }
    beads
}

/// The English unit that each Chinese one is joined with, best first, among loose units and what they are worth now.
fn exchanges(
    zh: &[(usize, f32)],
    en: &[(usize, f32)],
    above_mean: f32,
    scorer: &mut Scorer<'_>,
) -> FxHashMap<usize, usize> {
    let units = scorer.evidence().en.units.len();
    let mut english_of = FxHashMap::default();
    let comparisons = zh.len() * en.len();
    let (Some(&(first, _)), Some(&(last, _))) = (en.iter().min_by_key(|e| e.0), en.iter().max_by_key(|e| e.0)) else {
        return english_of;
    };
    if comparisons > MOST_COMPARISONS {
        return english_of;
    }
    let above_mean = above_mean + (comparisons as f32).ln() / 2.0;
    let mut candidates = Vec::new();
    let mut scores = Vec::new();
    for &(i, worth) in zh {
        let begin = first.saturating_sub(OTHERS);
        let columns = begin..(last + OTHERS + 1).min(units);
        scorer.row(i, columns.clone());
        scores.clear();
        scores.extend(columns.map(|j| {
            let mut score = [0.0];
            scorer.cell(j, &mut score);
            score[0]
        }));
        for &(j, other) in en {
            let at = j - begin;
            let score = scores[at];
            let window = at.saturating_sub(OTHERS)..(at + OTHERS + 1).min(scores.len());
            let (mut sum, mut best, mut count) = (0.0, f32::NEG_INFINITY, 0.0);
            for other in window.filter(|&k| k != at).map(|k| scores[k]) {
                sum += other;
                best = best.max(other);
                count += 1.0;
            }
            if count > 0.0 && score > sum / count + above_mean + worth + other && score > best + ABOVE_BEST {
                candidates.push((score - sum / count, i, j));
            }
        }
    }
    candidates.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)).then(a.2.cmp(&b.2)));
    let mut taken = FxHashSet::default();
    for (_, i, j) in candidates {
        if !english_of.contains_key(&i) && taken.insert(j) {
            english_of.insert(i, j);
        }
    }
    english_of
}
