//! Which cells to search: a band around the diagonal, along a chain of anchors, or around an earlier path.

use std::ops::Range;

use super::Margins;
use super::evidence::Evidence;
use super::lattice::{Band, Step};
use crate::text::Sides;

/// Texts with at most this many units on the longer side are searched around the diagonal unless most of them have anchors, and gaps
/// between anchors always.
const SMALL: usize = 250;
/// Texts with at most this many units are always searched around the diagonal.
const TINY: usize = 20;
/// The least share of the units of a small text that have anchors. Where the translation has another order, as on pages that were
/// written anew, it is about a half.
const ANCHORED: f32 = 0.66;
/// Anchors at most this many units apart are dense.
const DENSE: usize = 4;
/// Units to either side of a chain of anchors, and between anchors that are dense. With the narrow margin and anchors in small texts,
/// documents of 20 to 200 paragraphs take a seventh fewer instructions, and the beads are the same, also where a quarter of the
/// paragraphs was left out in one piece. Anchors in the small gaps of a book lose .009 of strict F1 on scripture.
const MARGIN: usize = 24;
const DENSE_MARGIN: usize = 8;
/// An anchor is a word that at most this many units of a block have on either side. The next number is tried if the one before
/// gives too few anchors, as in a text that repeats itself.
const RARE: [u32; 3] = [2, 4, 8];
/// With more votes per unit than this, anchors are not used.
const MOST_VOTES: usize = 48;
/// Enough anchors: one in this many units.
const SPARSE: usize = 25;
/// A chain is longer by this factor than the one that chance gives: in n random places, it has about 2√n (Logan and Shepp 1977).
const ABOVE_CHANCE: f32 = 1.5;
/// How often the gaps of a chain are searched for more anchors.
const ROUNDS: usize = 4;
/// Most units to either side of the diagonal, but for the difference of the lengths: without it, the time would grow with the
/// square of the length where there are no anchors.
const WIDEST_DIAGONAL: usize = 500;

/// The band of the first pass.
pub(super) fn first_pass_band(evidence: &Evidence) -> Band {
    let (n, m) = (evidence.sides.zh.units.len(), evidence.sides.en.units.len());
    let chain = find_chain(evidence, n, m);
    if chain.is_empty() {
        diagonal_band(evidence)
    } else {
        band_along(&chain, n, m)
    }
}

/// A chain of anchors. What is rare in a long text says little; so the gaps of the chain are searched again, for words that are
/// rare in them.
fn find_chain(evidence: &Evidence, n: usize, m: usize) -> Vec<(usize, usize)> {
    let whole = Sides::new(0..n, 0..m);
    if n.max(m) <= SMALL {
        return find_dense_anchors(evidence, &whole);
    }
    let mut chain = Vec::new();
    let mut gaps = vec![whole];
    for _ in 0..ROUNDS {
        let found: Vec<(usize, usize)> = gaps.iter().flat_map(|gap| find_anchors(evidence, gap)).collect();
        if found.is_empty() {
            break;
        }
        chain.extend(found);
        chain.sort_unstable();
        gaps.clear();
        let mut next = (0, 0);
        for &(i, j) in chain.iter().chain([&(n, m)]) {
            gaps.push(Sides::new(next.0..i, next.1..j));
            next = (i + 1, j + 1);
        }
    }
    chain
}

/// The anchors in a small text, unless it has few.
fn find_dense_anchors(evidence: &Evidence, text: &Sides<Range<usize>>) -> Vec<(usize, usize)> {
    let longer = text.zh.len().max(text.en.len());
    if longer <= TINY {
        return Vec::new();
    }
    let mut chains = RARE
        .iter()
        .map(|&rare| heaviest_chain(&count_votes(evidence, text, rare), text.en.end));
    let are_enough = |chain: &Vec<_>| chain.len() as f32 >= ANCHORED * longer as f32;
    chains.find(are_enough).unwrap_or_default()
}

/// The anchors in a block, unless it is small or they may be there by chance.
fn find_anchors(evidence: &Evidence, block: &Sides<Range<usize>>) -> Vec<(usize, usize)> {
    let longer = block.zh.len().max(block.en.len());
    if longer <= SMALL || block.zh.is_empty() || block.en.is_empty() {
        return Vec::new();
    }
    let mut chance = f32::INFINITY;
    let mut chain = Vec::new();
    for rare in RARE {
        let votes = count_votes(evidence, block, rare);
        chance = 2.0 * (votes.len() as f32).sqrt();
        chain = heaviest_chain(&votes, block.en.end);
        if chain.len() * SPARSE >= longer {
            return chain;
        }
    }
    if chain.len() as f32 > ABOVE_CHANCE * chance {
        chain
    } else {
        Vec::new()
    }
}

/// A band around the line on which the same share of both texts has passed.
fn diagonal_band(evidence: &Evidence) -> Band {
    let (zh, en) = (&evidence.sides.zh, &evidence.sides.en);
    let (n, m) = (zh.units.len(), en.units.len());
    let width = ((n.max(m) as f32 * 0.12) as usize).clamp(40, WIDEST_DIAGONAL) + n.abs_diff(m) / 4;
    let (zh_total, en_total) = (zh.length(0, n).max(1.0), en.length(0, m).max(1.0));
    let mut j = 0;
    let rows = (0..=n)
        .map(|i| {
            let share = zh.length(0, i) / zh_total;
            while j < m && en.length(0, j) / en_total < share {
                j += 1;
            }
            j.saturating_sub(width)..j + width + 1
        })
        .collect();
    Band::new(rows, m)
}

/// Places at most this many steps from an unpaired unit are near a gap.
const NEAR_GAP: usize = 4;

/// A band around a path that reaches so many units to either side.
pub(super) fn band_around(path: &[Step], n: usize, m: usize, margins: Margins) -> Band {
    let mut rows: Vec<Range<usize>> = vec![m..0; n + 1];
    let mut near_gap = vec![false; path.len() + 1];
    for (at, _) in path.iter().enumerate().filter(|(_, step)| !step.is_pair()) {
        near_gap[at.saturating_sub(NEAR_GAP)..=(at + 1 + NEAR_GAP).min(path.len())].fill(true);
    }
    let mut widen = |part: Range<usize>, from: usize, to: usize| {
        for row in &mut rows[part] {
            row.start = row.start.min(from);
            row.end = row.end.max(to);
        }
    };
    let corners = std::iter::once((0, 0)).chain(path.iter().map(|s| (s.units.zh.end, s.units.en.end)));
    let mut last = (0_usize, 0_usize);
    for ((i, j), near_gap) in corners.zip(near_gap) {
        let margin = if near_gap { margins.near_gap } else { margins.elsewhere };
        let (from, to) = (j.saturating_sub(margin), j + margin + 1);
        widen(i.saturating_sub(margin)..(i + margin).min(n) + 1, from, to);
        // A step of more units than the margin is wide has rows that are far from its corners.
        widen(last.0.min(i)..i, last.1.saturating_sub(margin).min(from), to);
        last = (i, j);
    }
    Band::new(rows, m)
}

/// Pairs of units of a block that share a word which at most `rare` of its units have on either side, with the number of such
/// words.
fn count_votes(evidence: &Evidence, block: &Sides<Range<usize>>, rare: u32) -> Vec<(u32, u32, u32)> {
    let (zh, en) = (&evidence.sides.zh, &evidence.sides.en);
    let types = en.comparable.len();
    let (mut uses, mut supporters) = (vec![0_u32; types], vec![0_u32; types]);
    for &t in en.units[block.en.clone()].iter().flat_map(|u| &u.types) {
        uses[t as usize] += 1;
    }
    for &(t, _) in zh.support[block.zh.clone()].iter().flatten() {
        supporters[t as usize] += 1;
    }
    let is_rare = |t: u32| uses[t as usize] <= rare && (1..=rare).contains(&supporters[t as usize]);
    let mut holders: Vec<Vec<u32>> = vec![Vec::new(); types];
    for j in block.en.clone() {
        for &t in en.units[j].types.iter().filter(|&&t| is_rare(t)) {
            holders[t as usize].push(j as u32);
        }
    }
    let mut votes = Vec::new();
    for i in block.zh.clone() {
        let of_unit = zh.support[i].iter().flat_map(|&(t, _)| &holders[t as usize]);
        let mut here: Vec<u32> = of_unit.copied().collect();
        here.sort_unstable();
        if votes.len() > MOST_VOTES * block.zh.len() {
            return Vec::new();
        }
        for run in here.chunk_by(|a, b| a == b) {
            votes.push((i as u32, run[0], run.len() as u32));
        }
    }
    votes
}

/// The heaviest chain of votes that ascends on both sides.
fn heaviest_chain(votes: &[(u32, u32, u32)], m: usize) -> Vec<(usize, usize)> {
    const NONE: usize = usize::MAX;
    // Fenwick tree over the English units: the heaviest chain that ends before a unit, and its last vote.
    let mut tree = vec![(0_u32, NONE); m + 1];
    let mut before = vec![NONE; votes.len()];
    let mut best = (0, NONE);
    let mut index = 0;
    for same_unit in votes.chunk_by(|a, b| a.0 == b.0) {
        let mut ends = Vec::with_capacity(same_unit.len());
        for &(_, j, weight) in same_unit {
            let mut heaviest = (0, NONE);
            let mut at = j as usize;
            while at > 0 {
                heaviest = heaviest.max(tree[at]);
                at &= at - 1;
            }
            before[index] = heaviest.1;
            ends.push((j as usize, heaviest.0 + weight, index));
            index += 1;
        }
        // Added after the loop above, because a chain has only one vote of each unit.
        for (j, weight, vote) in ends {
            best = best.max((weight, vote));
            let mut at = j + 1;
            while at <= m {
                if weight > tree[at].0 {
                    tree[at] = (weight, vote);
                }
                at += at & at.wrapping_neg();
            }
        }
    }
    let mut chain = Vec::new();
    let mut vote = best.1;
    while let Some(&(i, j, _)) = votes.get(vote) {
        chain.push((i as usize, j as usize));
        vote = before[vote];
    }
    chain.reverse();
    chain
}

/// A band along a chain, wider where the chain has gaps.
fn band_along(chain: &[(usize, usize)], n: usize, m: usize) -> Band {
    let mut rows: Vec<Range<usize>> = vec![m..0; n + 1];
    let mut last = (0, 0);
    for &(i, j) in chain.iter().chain(std::iter::once(&(n, m))) {
        let (down, right) = (i - last.0, j - last.1);
        // In a gap the path is rarely far from the straight line between its ends.
        let least = if down.max(right) <= DENSE { DENSE_MARGIN } else { MARGIN };
        let margin = least + down.abs_diff(right) + down.max(right) / 8;
        for (below, wish) in rows[last.0..=i].iter_mut().enumerate() {
            let middle = last.1 + below * right / down.max(1);
            wish.start = wish.start.min(middle.saturating_sub(margin));
            wish.end = wish.end.max(middle + margin + 1);
        }
        if down == 0 {
            rows[i].end = rows[i].end.max(j + 1);
        }
        last = (i, j);
    }
    Band::new(rows, m)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::align::Unit;

    #[test]
    fn a_few_sure_anchors_are_enough_for_a_long_text() {
        let texts: Vec<[String; 2]> = (0..2000)
            .map(|i| match i % 50 {
                0 => [format!("第{}号文件", 5000 + i), format!("Document No. {}", 5000 + i)],
                n => [format!("有{}人", n + 1), format!("{} people", n + 1)],
            })
            .collect();
        let side = |k: usize| texts.iter().map(|pair| Unit::new(&pair[k])).collect::<Vec<_>>();
        let evidence = Evidence::new(&side(0), &side(1), None);
        let chain = find_chain(&evidence, 2000, 2000);
        assert!(chain.len() >= 40 && chain.iter().all(|(i, j)| i == j), "{chain:?}");
    }

    #[test]
    fn a_band_around_a_wide_bead_goes_on_behind_it() {
        let step = |zh: Range<usize>, en: Range<usize>| Step {
            units: Sides::new(zh, en),
            confidence: 1.0,
            crossing: false,
            members: Sides::default(),
        };
        let margins = Margins {
            near_gap: 2,
            elsewhere: 2,
        };
        let one_to_one = (0..20).map(|i| step(i..i + 1, i..i + 1));
        for (zh, en) in [(8, 1), (1, 12)] {
            let mut path: Vec<Step> = one_to_one.clone().collect();
            path.push(step(20..20 + zh, 20..20 + en));
            path.extend((0..20).map(|i| step(20 + zh + i..21 + zh + i, 20 + en + i..21 + en + i)));
            let band = band_around(&path, 40 + zh, 40 + en, margins);
            assert!(path.iter().all(|s| band.contains(s.units.zh.start, s.units.en.start)));
            assert!(band.contains(40 + zh, 40 + en));
            assert!(!band.contains(30 + zh, 20 + en), "{band:?}");
        }
    }

    #[test]
    fn chain_takes_the_heaviest_rising_votes() {
        let votes = [(0, 0, 1), (1, 5, 1), (1, 1, 2), (2, 2, 1), (3, 0, 1), (4, 4, 1)];
        assert_eq!(heaviest_chain(&votes, 6), [(0, 0), (1, 1), (2, 2), (4, 4)]);
    }

    #[test]
    fn chain_takes_no_unit_twice() {
        assert_eq!(heaviest_chain(&[(0, 0, 1), (0, 1, 1), (1, 1, 1)], 2).len(), 2);
        assert_eq!(heaviest_chain(&[], 0), []);
    }
}
