//! What units of both sides have in common although no lexicon links their words: the directions of their meanings.

use std::ops::Range;

use crate::align::evidence::Evidence;
use crate::align::meaning::{DIMENSIONS, Direction, Meanings};
use crate::text::Sides;

/// The most units of a bead that are compared. Longer beads are hardly more or less alike than any other text.
const MOST: Sides<usize> = Sides { zh: 3, en: 4 };
/// What the cosine of two directions adds to the score of a bead, and the cosine above which it adds and below which it takes
/// away, if the translation is as free as can be. Set by hand on scripture; `train/README.md` has figures.
const WEIGHT: f32 = 8.0;
const EXPECTED: f32 = 1.0 / 8.0;

/// How alike the meanings of units of both sides are.
pub(super) struct Likeness {
    freedom: f32,
    spans: Sides<Spans>,
}

/// For each unit the directions of the first one, two … units from there on, of length 1; nothing but zeros if none of their
/// words has a direction.
struct Spans {
    most: usize,
    directions: Vec<Direction>,
}

impl Likeness {
    /// Compares the units of a translation that is free to this degree, 0 to 1.
    pub fn new(evidence: &Evidence, meanings: Meanings, freedom: f32) -> Self {
        let Sides { zh, en } = &evidence.sides;
        let zh = Spans::new(zh.units.iter().map(|unit| &unit.words), MOST.zh, |t, sum| {
            if let Some(word) = zh.entries[t as usize] {
                meanings.add_word(word, sum);
            }
        });
        let en = Spans::new(en.units.iter().map(|unit| &unit.words), MOST.en, |t, sum| {
            if let Some(stem) = en.entries[t as usize] {
                meanings.add_stem(stem, sum);
            }
        });
        Self {
            freedom,
            spans: Sides::new(zh, en),
        }
    }

    /// What the meanings of these units add to the score of their bead.
    pub fn score(&self, zh: &Range<usize>, en: &Range<usize>) -> f32 {
        if zh.len() > MOST.zh || en.len() > MOST.en {
            return 0.0;
        }
        let cosine = dot(self.spans.zh.direction(zh), self.spans.en.direction(en));
        self.freedom * WEIGHT * (cosine - EXPECTED)
    }
}

impl Spans {
    fn new<'a>(units: impl Iterator<Item = &'a Vec<u32>>, most: usize, add: impl Fn(u32, &mut Direction)) -> Self {
        let sums: Vec<Direction> = units
            .map(|words| {
                let mut sum = [0.0; DIMENSIONS];
                for &t in words {
                    add(t, &mut sum);
                }
                sum
            })
            .collect();
        let mut directions = Vec::with_capacity(sums.len() * most);
        for start in 0..sums.len() {
            let mut sum = [0.0; DIMENSIONS];
            for n in 0..most {
                if let Some(unit) = sums.get(start + n) {
                    sum.iter_mut().zip(unit).for_each(|(sum, more)| *sum += more);
                }
                let length = dot(&sum, &sum).sqrt();
                directions.push(if length > 0.0 { sum.map(|x| x / length) } else { sum });
            }
        }
        Self { most, directions }
    }

    fn direction(&self, units: &Range<usize>) -> &Direction {
        &self.directions[units.start * self.most + units.len() - 1]
    }
}

fn dot(a: &Direction, b: &Direction) -> f32 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}
