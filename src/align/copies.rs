//! Of units with the same text, the one among other unpaired units is unpaired: a section is added with its heading, not with
//! that of the next one.

use std::ops::Range;

use super::evidence::Evidence;
use super::kinds::UnitKind;
use super::lattice::Step;
use crate::text::Side;

/// Exchanges a paired unit with an unpaired copy of it where the unpaired units then follow each other without a gap, or begin
/// with their heading. The order of the beads stays.
pub(super) fn settle_copies(path: &mut [Step], evidence: &Evidence) {
    for side in [Side::Zh, Side::En] {
        let units = &evidence.sides[side].units;
        let is_alone = |step: &&Step| step.units[side].len() == 1 && step.units[side.other()].is_empty();
        for k in 0..path.len() {
            let step = &path[k];
            if step.crossing || step.units[side].len() != 1 || step.units[side.other()].is_empty() {
                continue;
            }
            let unit = &units[step.units[side].start];
            let after = path[k + 1..].iter().take_while(is_alone).count();
            let before = path[..k].iter().rev().take_while(is_alone).count();
            let is_copy = |step: &Step| units[step.units[side].start].hash == unit.hash;
            let is_section = unit.kind == UnitKind::Heading && after > 1;
            if after > 0 && (before > 0 || is_section) && is_copy(&path[k + after]) {
                move_bead(&mut path[k..=k + after], side, true);
            } else if after > 0 && before > 0 && is_copy(&path[k - before]) {
                move_bead(&mut path[k - before..=k], side, false);
            }
        }
    }
}

/// Moves the bead at one end of these steps to the other end. All others are unpaired units of `side`, which keep their order.
fn move_bead(steps: &mut [Step], side: Side, to_end: bool) {
    let first = steps[0].units[side].start;
    let bead = if to_end { 0 } else { steps.len() - 1 };
    let other: Range<usize> = steps[bead].units[side.other()].clone();
    let place = if to_end { other.start } else { other.end };
    if to_end {
        steps.rotate_left(1);
    } else {
        steps.rotate_right(1);
    }
    for (unit, step) in (first..).zip(steps) {
        step.units[side] = unit..unit + 1;
        if step.units[side.other()].is_empty() {
            step.units[side.other()] = place..place;
        }
    }
}
