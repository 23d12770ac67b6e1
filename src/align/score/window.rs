//! The units of one side from some place on: what all beads that start there have on that side.

use super::tables::Tables;
use crate::align::evidence::SideEvidence;
use crate::align::marks::{CLOSING_MARKS, OPENING_MARKS};
use crate::align::weights::WIDEST;

/// By number of units.
pub(super) type ByUnits<T> = [T; WIDEST + 1];

/// Shorter units that repeat the one before are no evidence, in letters.
const LEAST_REPEATED: f32 = 8.0;

/// The units of one side from `start` on, in one section.
#[derive(Default)]
pub(super) struct Window {
    pub start: usize,
    /// How many units there are; not more than a bead can have.
    pub reach: usize,
    /// The distinct words that the other side could support, and how many of them the first units have.
    pub types: Vec<u32>,
    pub types_of: ByUnits<usize>,
    /// Length in letters, and its step in the tables of the other side.
    pub length: ByUnits<f32>,
    pub step: ByUnits<usize>,
    pub marks: ByUnits<u8>,
    /// Whether a unit follows one with the same text.
    pub repeats: ByUnits<bool>,
    /// The scores of the words without support, by number of units and step.
    absent: Vec<f32>,
    steps: usize,
}

/// Which words have been seen lately.
pub(super) struct Seen {
    stamps: Vec<u32>,
    now: u32,
}

impl Seen {
    pub fn new(types: usize) -> Self {
        Self {
            stamps: vec![0; types],
            now: 0,
        }
    }

    /// Forgets all words.
    pub fn clear(&mut self) {
        self.now += 1;
    }

    /// Whether the word is seen for the first time.
    pub fn is_new(&mut self, t: u32) -> bool {
        std::mem::replace(&mut self.stamps[t as usize], self.now) != self.now
    }
}

/// One side, the scores of its words, and those of the words of the other side.
#[derive(Clone, Copy)]
pub(super) struct Scored<'a> {
    pub side: &'a SideEvidence,
    pub words: &'a Tables,
    pub other_words: &'a Tables,
}

impl Window {
    /// Moves the window to the units from `start` on, at most `most` of them.
    pub fn fill(&mut self, scored: Scored<'_>, start: usize, most: usize, seen: &mut Seen) {
        let Scored {
            side,
            words,
            other_words,
        } = scored;
        let units = &side.units[start..(start + most).min(side.units.len())];
        self.start = start;
        self.reach = units.iter().take_while(|u| u.section == units[0].section).count();
        self.steps = words.steps;
        self.types.clear();
        self.absent.clear();
        self.absent.resize((self.reach + 1) * self.steps, 0.0);
        seen.clear();
        let opening: u8 = OPENING_MARKS.iter().map(|k| 1 << k).sum();
        let closing: u8 = CLOSING_MARKS.iter().map(|k| 1 << k).sum();
        let (mut inner, mut repeats) = (0, false);
        for (i, unit) in units[..self.reach].iter().enumerate() {
            let n = i + 1;
            let (done, sums) = self.absent.split_at_mut(n * self.steps);
            let sums = &mut sums[..self.steps];
            sums.copy_from_slice(&done[i * self.steps..]);
            for &t in unit.types.iter().filter(|&&t| side.comparable[t as usize]) {
                if seen.is_new(t) {
                    self.types.push(t);
                    for (sum, score) in sums.iter_mut().zip(words.absent(t)) {
                        *sum += score;
                    }
                }
            }
            self.types_of[n] = self.types.len();
            self.length[n] = side.length(start, start + n);
            self.step[n] = other_words.step(self.length[n]);
            inner |= unit.marks & !(opening | closing);
            self.marks[n] = inner | units[0].marks & opening | unit.marks & closing;
            repeats |= i > 0 && units[i - 1].hash == unit.hash && units[i - 1].length > LEAST_REPEATED;
            self.repeats[n] = repeats;
        }
    }

    /// The score of the words of the first `units` units without support, where the other side is `step` long.
    pub fn absent(&self, units: usize, step: usize) -> f32 {
        self.absent[units * self.steps + step]
    }
}
