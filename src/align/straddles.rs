//! Beads between which a clause has changed over.
//!
//! “He nodded and rose. The dog followed as they left.” may translate “He nodded. He rose, and the dog followed. They left.”
//! The words of a clause are in one bead on one side and in its neighbour on the other, and no border between sentences is a
//! border of the translation. A search among whole sentences sees two beads that are each a little worse than they could be.
//! So the clauses at the border of two beads are tried on the other side of it.

use std::ops::Range;

use super::evidence::SideEvidence;
use super::lattice::Step;
use super::score::{Part, PartScorer, Worth};
use super::weights::kind_of;
use crate::text::{Side, Sides};

/// The most clauses at an edge that are tried together.
const MOST_CLAUSES: usize = 4;

/// Joins neighbouring beads where a clause of one clearly belongs to the other. Without clauses, the path stays as it is.
pub(super) fn join_straddled(path: Vec<Step>, worth: &Worth<'_>) -> Vec<Step> {
    if worth.evidence.sides.en.clauses.is_empty() {
        return path;
    }
    let mut border = Border::new(worth);
    let mut done: Vec<Step> = Vec::with_capacity(path.len());
    for step in path {
        if let Some(last) = done.last_mut()
            && let Some(joined) = border.join(last, &step)
        {
            *last = joined;
        } else {
            done.push(step);
        }
    }
    done
}

/// The clauses at the beginning or at the end of a unit.
struct Clauses {
    unit: usize,
    /// Their words among those of the unit.
    words: Range<usize>,
    length: f32,
}

/// Compares two beads with those that a clause makes of them on the other side of their border.
struct Border<'a> {
    worth: &'a Worth<'a>,
    scorer: PartScorer<'a>,
}

impl<'a> Border<'a> {
    fn new(worth: &'a Worth<'a>) -> Self {
        Self {
            worth,
            scorer: PartScorer::new(worth),
        }
    }

    /// The bead of both steps, if a clause of one belongs to the other.
    fn join(&mut self, first: &Step, second: &Step) -> Option<Step> {
        let is_bead = |step: &Step| step.is_pair() && !step.crossing;
        let follows = |side| first.units[side].end == second.units[side].start;
        if !is_bead(first) || !is_bead(second) || !follows(Side::Zh) || !follows(Side::En) {
            return None;
        }
        let units = Sides::from_fn(|side| first.units[side].start..second.units[side].end);
        kind_of(&units)?;
        let above = self.best_gain(&first.units, &second.units) - self.worth.weights.straddle;
        (above > 0.0).then(|| Step {
            units,
            confidence: 1.0 / (1.0 + (-above).exp()),
            ..second.clone()
        })
    }

    /// By how much the two beads score higher with the best clauses on the other side of their border.
    fn best_gain(&mut self, first: &Sides<Range<usize>>, second: &Sides<Range<usize>>) -> f32 {
        let sides = &self.worth.evidence.sides;
        let mut whole: Option<([Sides<Part>; 2], f32)> = None;
        let mut best = f32::NEG_INFINITY;
        for side in [Side::Zh, Side::En] {
            let (own, other) = (&sides[side], side.other());
            let beads = [first, second];
            for (from, to) in [(0, 1), (1, 0)] {
                for clauses in clauses_at_edge(own, &beads[from][side], from == 0) {
                    if !self.may_belong(&clauses, side, &beads[from][other], &beads[to][other]) {
                        continue;
                    }
                    let (parts, before) = whole.get_or_insert_with(|| {
                        let part =
                            |units: &Sides<Range<usize>>| Sides::from_fn(|side| part(&sides[side], &units[side]));
                        let parts = beads.map(part);
                        let before = parts.each_ref().map(|parts| self.scorer.score(parts.as_ref()));
                        (parts, before.iter().sum())
                    });
                    let fewer = without(own, &beads[from][side], &clauses);
                    let more = with(own, &beads[to][side], &clauses);
                    let after = self.scorer.score(Sides::with(side, &fewer, &parts[from][other]))
                        + self.scorer.score(Sides::with(side, &more, &parts[to][other]));
                    best = best.max(after - *before);
                }
            }
        }
        best
    }

    /// Whether any word of the clauses of `side` has better support in the units `to` of the other side than in the units
    /// `from`.
    fn may_belong(&self, clauses: &Clauses, side: Side, from: &Range<usize>, to: &Range<usize>) -> bool {
        let facing = self.worth.evidence.facing(side);
        let words = &facing.own.units[clauses.unit].words[clauses.words.clone()];
        let mut comparable = words.iter().filter(|&&t| facing.own.comparable[t as usize]);
        comparable.any(|&t| facing.support(t, to.clone()) > facing.support(t, from.clone()))
    }
}

/// The last clauses of the last unit, or the first ones of the first unit: one, two …, but not the whole unit.
fn clauses_at_edge<'a>(
    own: &'a SideEvidence,
    units: &Range<usize>,
    last: bool,
) -> impl Iterator<Item = Clauses> + use<'a> {
    let unit = if last { units.end - 1 } else { units.start };
    let ends = &own.clauses[unit];
    let length = own.units[unit].length;
    let count = ends.len() - 1;
    (0..count.min(MOST_CLAUSES)).filter_map(move |n| {
        let (words, share) = if last {
            let before = ends[count - 1 - n];
            (before.words..ends[count].words, 1.0 - before.share)
        } else {
            (0..ends[n].words, ends[n].share)
        };
        let clauses = Clauses {
            unit,
            words,
            length: share * length,
        };
        (!clauses.words.is_empty()).then_some(clauses)
    })
}

/// The words and the length of units of a side.
fn part(own: &SideEvidence, units: &Range<usize>) -> Part {
    let words = own.units[units.clone()].iter().flat_map(|u| &u.words);
    distinct(own, words, own.length(units.start, units.end))
}

/// The same without clauses of these units.
fn without(own: &SideEvidence, units: &Range<usize>, clauses: &Clauses) -> Part {
    let words = units.clone().flat_map(|unit| {
        let words = &own.units[unit].words;
        let gone = if unit == clauses.unit {
            clauses.words.clone()
        } else {
            0..0
        };
        words[..gone.start].iter().chain(&words[gone.end..])
    });
    distinct(own, words, own.length(units.start, units.end) - clauses.length)
}

/// The same with clauses of another unit.
fn with(own: &SideEvidence, units: &Range<usize>, clauses: &Clauses) -> Part {
    let words = own.units[units.clone()].iter().flat_map(|u| &u.words);
    let more = &own.units[clauses.unit].words[clauses.words.clone()];
    distinct(
        own,
        words.chain(more),
        own.length(units.start, units.end) + clauses.length,
    )
}

/// The distinct words that the other side could support.
fn distinct<'a>(own: &SideEvidence, words: impl Iterator<Item = &'a u32>, length: f32) -> Part {
    let mut types: Vec<u32> = words.copied().filter(|&t| own.comparable[t as usize]).collect();
    types.sort_unstable();
    types.dedup();
    Part { types, length }
}

#[cfg(test)]
mod tests {
    use crate::align::{Aligner, Bead, Grain, Options, Unit};

    const BEFORE: [[&str; 2]; 3] = [
        [
            "会议讨论了气候变化对农业的影响。",
            "The meeting discussed the impact of climate change on agriculture.",
        ],
        [
            "医院上个月购买了两台设备。",
            "The hospital bought two pieces of equipment last month.",
        ],
        [
            "老师要求学生每天阅读报纸。",
            "The teacher asks the students to read a newspaper every day.",
        ],
    ];

    /// The sizes of the beads of these lines, which follow those of [`BEFORE`].
    fn sizes(lines: [[&str; 2]; 2]) -> Vec<(usize, usize)> {
        let side = |k: usize| {
            let all = BEFORE.iter().chain(&lines);
            all.map(|pair| Unit::new(pair[k])).collect::<Vec<_>>()
        };
        let options = Options {
            grain: Grain::Sentence,
            interleaved: false,
        };
        let beads = Aligner::default().align_units(&side(0), &side(1), &options);
        let size = |bead: &Bead| (bead.units.zh.len(), bead.units.en.len());
        beads[BEFORE.len()..].iter().map(size).collect()
    }

    #[test]
    fn beads_are_joined_where_a_clause_has_changed_over() {
        let zh = [
            "研究团队在青海建成了新的观测站。",
            "申请截止到六月，所有数据将向全球科学家免费开放。",
        ];
        let built = "The research team has built a new observatory in Qinghai";
        let open = "all data will be open to scientists around the world free of charge.";
        let en = [format!("{built}."), format!("Applications close in June, and {open}")];
        assert_eq!(sizes([[zh[0], &en[0]], [zh[1], &en[1]]]), [(1, 1), (1, 1)]);
        let en = [
            format!("{built}, and applications close in June."),
            open.replacen('a', "A", 1),
        ];
        assert_eq!(sizes([[zh[0], &en[0]], [zh[1], &en[1]]]), [(2, 2)]);
    }
}
