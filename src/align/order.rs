//! Order of units: the groups of lines of an interleaved file, and units whose translation is out of order.

use rustc_hash::{FxHashMap, FxHashSet};

use super::lattice::Step;
use super::score::{Groups, Scorer, Worth};
use super::{Bead, Members, Unit};
use crate::text::{Side, Sides};

/// The share of groups without one of the languages, from which on the place of a line says less.
const MOST_INCOMPLETE: f32 = 0.1;

/// The groups of an interleaved file.
///
/// The language that comes first in each group is the one that makes neighbours fit each other better.
pub(super) fn group_lines(worth: &Worth<'_>, zh: &[Unit<'_>], en: &[Unit<'_>]) -> Groups {
    let mut file: Vec<(usize, Side, usize)> = zh
        .iter()
        .enumerate()
        .map(|(i, u)| (u.position, Side::Zh, i))
        .chain(en.iter().enumerate().map(|(j, u)| (u.position, Side::En, j)))
        .collect();
    file.sort_unstable();
    let mut scorer = Scorer::new(worth, None, 1);
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
                scorer.start_row(i, j..j + 1);
                scorer.score_cell(j, &mut score);
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
        number: Sides::new(vec![0; zh.len()], vec![0; en.len()]),
        sizes: vec![Sides::default()],
        leading: first,
        regular: false,
    };
    let mut last = first;
    for (_, side, unit) in file {
        if side == first && last != first {
            groups.sizes.push(Sides::default());
        }
        last = side;
        let group = groups.sizes.len() - 1;
        groups.number[side][unit] = group as u32;
        groups.sizes[group][side] += 1;
    }
    let incomplete = groups.sizes.iter().filter(|size| size.zh == 0 || size.en == 0).count();
    groups.regular = incomplete as f32 <= groups.sizes.len() as f32 * MOST_INCOMPLETE;
    groups
}

/// How far the score of two loose units must exceed the best of their neighbours. Only the difference counts: in a free
/// translation even true counterparts score low.
const ABOVE_BEST: f32 = 5.0;
/// Number of units on either side that a candidate is compared with.
const OTHERS: usize = 8;
/// The units of a one-to-one bead below this score are loose: they may have a better counterpart elsewhere.
const WEAK: f32 = -6.0;
/// The most groups of an interleaved file between displaced units.
const FARTHEST: u32 = 10;
/// The most comparisons of loose units.
const MOST_COMPARISONS: usize = 1 << 20;

/// Turns a path into beads, and pairs unpaired or poorly paired units of both sides that clearly translate each other: their
/// order differs, but nothing is missing.
pub(super) fn pair_displaced_units(path: &[Step], worth: &Worth<'_>, groups: Option<&Groups>) -> Vec<Bead> {
    let mut scorer = Scorer::new(worth, None, 1);
    let mut one_to_one = |i: usize, j: usize| {
        let mut score = [0.0];
        scorer.start_row(i, j..j + 1);
        scorer.score_cell(j, &mut score);
        score[0]
    };
    // Loose units, each with the score of its present bead.
    let (mut zh, mut en) = (Vec::new(), Vec::new());
    for step in path {
        match (step.units.zh.len(), step.units.en.len()) {
            (1, 0) => zh.push((step.units.zh.start, 0.0)),
            (0, 1) => en.push((step.units.en.start, 0.0)),
            (1, 1) if !step.crossing => {
                let score = one_to_one(step.units.zh.start, step.units.en.start);
                if score < WEAK {
                    zh.push((step.units.zh.start, score.max(0.0)));
                    en.push((step.units.en.start, score.max(0.0)));
                }
            }
            _ => {}
        }
    }
    let mut joined = match_displaced_units(&zh, &en, worth.weights.reunion, groups, &mut scorer);
    if groups.is_none() {
        extend_displaced(&mut joined, path, &mut scorer);
    }
    let taken: FxHashSet<usize> = joined.values().copied().collect();
    let kept: Vec<&Step> = path
        .iter()
        .filter(|s| {
            s.is_pair() && !s.crossing && !joined.contains_key(&s.units.zh.start) && !taken.contains(&s.units.en.start)
        })
        .collect();
    // Two loose units at the same place of both texts do not cross: each only looked unpaired.
    let crosses = |i: usize, j: usize| {
        let after = kept.partition_point(|s| s.units.zh.start < i);
        let in_place = after.checked_sub(1).is_none_or(|before| kept[before].units.en.end <= j)
            && kept.get(after).is_none_or(|s| s.units.en.start > j);
        !in_place
            || joined
                .iter()
                .any(|(&other_i, &other_j)| (other_i < i) != (other_j < j) && other_i != i)
    };
    let mut beads = Vec::with_capacity(path.len());
    for step in path {
        let mut bead = |zh, en, crossing| {
            beads.push(Bead {
                units: Sides::new(zh, en),
                confidence: step.confidence,
                crossing,
                members: Members::default(),
            });
        };
        let moved_to = if step.units.zh.len() == 1 {
            joined.get(&step.units.zh.start)
        } else {
            None
        };
        let is_taken = step.units.en.len() == 1 && taken.contains(&step.units.en.start);
        match moved_to {
            Some(&j) => {
                bead(step.units.zh.clone(), j..j + 1, crosses(step.units.zh.start, j));
                if !is_taken && !step.units.en.is_empty() {
                    bead(step.units.zh.end..step.units.zh.end, step.units.en.clone(), false);
                }
            }
            None if is_taken && step.units.zh.is_empty() => {}
            None if is_taken => bead(step.units.zh.clone(), step.units.en.start..step.units.en.start, false),
            None => beads.push(Bead {
                units: step.units.clone(),
                confidence: step.confidence,
                crossing: step.crossing,
                members: step.members.clone(),
            }),
        }
    }
    let straight = beads.iter().filter(|b| !b.crossing).map(|b| b.units.en.start);
    if straight.is_sorted() {
        beads
    } else {
        sort_unpaired_english(beads)
    }
}

/// Pairs unpaired units next to displaced ones with each other: a section moves with its heading, whose words alone would
/// not show where it is.
fn extend_displaced(joined: &mut FxHashMap<usize, usize>, path: &[Step], scorer: &mut Scorer<'_>) {
    let unpaired = |side: Side| -> FxHashSet<usize> {
        let alone = path
            .iter()
            .filter(|s| s.units[side].len() == 1 && s.units[side.other()].is_empty());
        alone.map(|s| s.units[side].start).collect()
    };
    let (zh, en) = (unpaired(Side::Zh), unpaired(Side::En));
    let mut taken: FxHashSet<usize> = joined.values().copied().collect();
    let mut open: Vec<(usize, usize)> = joined.iter().map(|(&i, &j)| (i, j)).collect();
    open.sort_unstable();
    while let Some((i, j)) = open.pop() {
        for step in [-1, 1] {
            let (Some(i), Some(j)) = (i.checked_add_signed(step), j.checked_add_signed(step)) else {
                continue;
            };
            let is_free = zh.contains(&i) && en.contains(&j) && !joined.contains_key(&i) && !taken.contains(&j);
            if !is_free {
                continue;
            }
            let mut score = [0.0];
            scorer.start_row(i, j..j + 1);
            scorer.score_cell(j, &mut score);
            if score[0] > WEAK {
                joined.insert(i, j);
                taken.insert(j);
                open.push((i, j));
            }
        }
    }
}

/// Moves each bead without Chinese after the bead that it follows in English.
fn sort_unpaired_english(beads: Vec<Bead>) -> Vec<Bead> {
    let (mut alone, mut beads): (Vec<Bead>, Vec<Bead>) = beads.into_iter().partition(|b| b.units.zh.is_empty());
    alone.sort_by_key(|b| b.units.en.start);
    for mut bead in alone {
        let before = |b: &Bead| !b.crossing && !b.units.en.is_empty() && b.units.en.start < bead.units.en.start;
        let at = beads.iter().rposition(before).map_or(0, |i| i + 1);
        let zh = at.checked_sub(1).map_or(0, |i| beads[i].units.zh.end);
        bead.units.zh = zh..zh;
        beads.insert(at, bead);
    }
    beads
}

/// The English unit to pair with each Chinese one. `zh` and `en` are loose units with the score of their present bead.
fn match_displaced_units(
    zh: &[(usize, f32)],
    en: &[(usize, f32)],
    above_mean: f32,
    groups: Option<&Groups>,
    scorer: &mut Scorer<'_>,
) -> FxHashMap<usize, usize> {
    let units = scorer.evidence().sides.en.units.len();
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
        scorer.start_row(i, columns.clone());
        scores.clear();
        scores.extend(columns.map(|j| {
            let mut score = [0.0];
            scorer.score_cell(j, &mut score);
            score[0]
        }));
        for &(j, other) in en {
            if groups.is_some_and(|groups| groups.distance(i, j) > FARTHEST) {
                continue;
            }
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
