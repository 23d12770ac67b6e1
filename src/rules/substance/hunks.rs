//! The places where two versions of a passage differ.

use std::collections::{HashMap, HashSet};

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::quiet;
use super::tokens::Kind;
use super::version::{Hunk, Version};
use crate::language::quantity::Quantity;

/// The places where the versions differ in substance.
pub fn hunks(versions: &[Version<'_>; 2]) -> Vec<Hunk> {
    let keys = versions
        .each_ref()
        .map(|v| v.tokens.iter().map(|t| t.key.as_str()).collect::<Vec<_>>());
    let mut hunks: Vec<Hunk> = Vec::new();
    let mut last = [0, 0];
    let ops = capture_diff_slices(Algorithm::Myers, &keys[0], &keys[1]);
    let changed = ops.iter().filter(|op| !matches!(op, DiffOp::Equal { .. }));
    let changed: Vec<Hunk> = changed.map(|op| Hunk([op.old_range(), op.new_range()])).collect();
    let moved = moved(&keys, &changed);
    for hunk in changed {
        let is_moved = |i: usize| {
            let version = &versions[i];
            version.tokens[hunk.0[i].clone()].iter().all(|t| {
                t.kind == Kind::Word && (moved.contains(&&*t.key) || quiet::is_small(t.span.of(version.passage.text)))
            })
        };
        if is_moved(0) && is_moved(1) || is_repetition(&keys, &hunk) {
            continue;
        }
        if quiet::is_quiet(
            versions.each_ref().map(|v| v.passage.text),
            [0, 1].map(|i| &versions[i].tokens[hunk.0[i].clone()]),
        ) || has_equal_quantities(versions, &hunk)
        {
            continue;
        }
        let wide = widen(versions, hunk, last);
        last = wide.0.each_ref().map(|range| range.end);
        match hunks.last_mut() {
            // A figure or a name that changed in two places.
            Some(previous) if (0..2).all(|i| previous.0[i].end >= wide.0[i].start) => {
                previous.0 = [0, 1].map(|i| previous.0[i].start..wide.0[i].end);
            }
            _ => hunks.push(wide),
        }
    }
    hunks
}

/// Whether a word only was there twice in a row, or is now: “the the node”.
fn is_repetition(keys: &[Vec<&str>; 2], hunk: &Hunk) -> bool {
    let [before, after] = &hunk.0;
    let (keys, range) = match (before.is_empty(), after.is_empty()) {
        (true, false) => (&keys[1], after),
        (false, true) => (&keys[0], before),
        _ => return false,
    };
    let doubled = &keys[range.clone()];
    keys[..range.start].ends_with(doubled) || keys[range.end..].starts_with(doubled)
}

/// The keys of words that are gone in one place and new in another, as often as they are gone: the sentence was turned round.
fn moved<'k>(keys: &[Vec<&'k str>; 2], hunks: &[Hunk]) -> HashSet<&'k str> {
    let mut counts: HashMap<&str, [usize; 2]> = HashMap::new();
    for hunk in hunks {
        for (i, range) in hunk.0.iter().enumerate() {
            keys[i][range.clone()]
                .iter()
                .for_each(|&key| counts.entry(key).or_default()[i] += 1);
        }
    }
    let moved = counts
        .into_iter()
        .filter(|(key, [gone, new])| gone == new && !quiet::is_turning(key));
    moved.map(|(key, _)| key).collect()
}

/// Whether only the spelling of quantities changed: “nine” and “9”.
fn has_equal_quantities(versions: &[Version<'_>; 2], hunk: &Hunk) -> bool {
    let [before, after] = [0, 1].map(|i| {
        let version = &versions[i];
        let all: Vec<&Quantity> = version.quantities_in(&hunk.0[i]).collect();
        let is_covered = version.tokens[hunk.0[i].clone()]
            .iter()
            .all(|t| all.iter().any(|q| q.span.overlaps(t.span)));
        (is_covered && !all.is_empty()).then(|| all.iter().map(|q| (q.value, q.unit)).collect::<Vec<_>>())
    });
    before.is_some() && before == after
}

/// The hunk with the rest of the quantities and names that it is a part of. Not beyond the tokens in `from`, up to which there
/// is another one.
fn widen(versions: &[Version<'_>; 2], hunk: Hunk, from: [usize; 2]) -> Hunk {
    let [mut before, mut after] = hunk.0;
    let is_inside = |i: usize, j: usize| {
        let [old, new] = versions;
        old.is_inside_quantity(i) || new.is_inside_quantity(j) || old.is_inside_name(i) || new.is_inside_name(j)
    };
    while before.start > from[0] && after.start > from[1] && is_inside(before.start, after.start) {
        (before.start, after.start) = (before.start - 1, after.start - 1);
    }
    let is_same = |i: usize, j: usize| {
        let key = |version: usize, at: usize| versions[version].tokens.get(at).map(|t| &t.key);
        key(0, i).is_some() && key(0, i) == key(1, j)
    };
    while is_same(before.end, after.end) && is_inside(before.end, after.end) {
        (before.end, after.end) = (before.end + 1, after.end + 1);
    }
    Hunk([before, after])
}
