//! The score of parts of units.

use super::Worth;
use crate::text::Sides;

/// The distinct words and the length of a part of a text.
pub(in crate::align) struct Part {
    pub types: Vec<u32>,
    pub length: f32,
}

/// Scores parts of units as [`super::Scorer`] scores whole ones, but by their words and lengths alone.
pub(in crate::align) struct PartScorer<'a> {
    worth: &'a Worth<'a>,
    /// For each Chinese type whether the part has it, and the level of its support.
    levels: Vec<Option<u8>>,
}

impl<'a> PartScorer<'a> {
    pub fn new(worth: &'a Worth<'a>) -> Self {
        Self {
            worth,
            levels: vec![None; worth.evidence.sides.zh.comparable.len()],
        }
    }

    /// The score of a Chinese and an English part as a bead.
    pub fn score(&mut self, parts: Sides<&Part>) -> f32 {
        let Sides { zh, en } = parts;
        let (weights, words) = (self.worth.weights, &self.worth.words);
        for &t in &zh.types {
            self.levels[t as usize] = Some(0);
        }
        let step = words.en.step(zh.length);
        let mut en_words = 0.0;
        for &x in &en.types {
            let mut best = 0;
            for &(t, level) in &self.worth.evidence.links[x as usize] {
                if let Some(known) = &mut self.levels[t as usize] {
                    *known = level.max(*known);
                    best = level.max(best);
                }
            }
            en_words += words.en.absent(x)[step] + words.en.gains(x)[step][usize::from(best)];
        }
        let step = words.zh.step(en.length);
        let mut zh_words = 0.0;
        for &t in &zh.types {
            let level = self.levels[t as usize].take().unwrap_or_default();
            zh_words += words.zh.absent(t)[step] + words.zh.gains(t)[step][usize::from(level)];
        }
        weights.en_words * en_words + weights.zh_words * zh_words - weights.length_loss(zh.length, en.length)
    }
}
