//! The numbers of the alignment model: the worth of a match, the cost of each kind of bead.
//!
//! Each document adapts them to itself (see [`super::learn`]).

use std::ops::Range;

use super::Grain;
use super::marks::MARKS;
use super::score_weights as fixed;
use crate::text::Sides;

/// The kinds of beads, (Chinese, English) units. The first [`SIMPLE`] are those of the first pass. Omissions are not
/// among them: they have states of their own.
pub(super) const BEADS: [(u8, u8); 26] = [
    (1, 1),
    (1, 2),
    (2, 1),
    (1, 3),
    (3, 1),
    (2, 2),
    (1, 4),
    (4, 1),
    (2, 3),
    (3, 2),
    (1, 5),
    (3, 3),
    (2, 4),
    (1, 6),
    (4, 2),
    (5, 1),
    (3, 4),
    (1, 7),
    (1, 8),
    (1, 9),
    (1, 10),
    (1, 11),
    (1, 12),
    (6, 1),
    (7, 1),
    (8, 1),
];

/// How many of [`BEADS`] the first pass tries.
pub(super) const SIMPLE: usize = 3;
/// The most units of either side in a bead.
pub(super) const WIDEST: usize = 12;

/// Rarity classes of a word ([`super::score::rarity`]).
pub(super) const RARITIES: usize = 4;
/// Support levels.
pub(super) const LEVELS: usize = 4;
/// The worth of support at each level, where supported words are counted.
pub(super) const LEVEL_WORTH: [f32; LEVELS] = [0.0, 0.5, 1.0, 1.0];

/// How likely each level of support is for a word of a true bead, by rarity.
pub(super) type Alpha = [[f32; LEVELS]; RARITIES];

/// The kind of a bead with so many units, if there is one.
pub(super) fn kind_of(units: &Sides<Range<usize>>) -> Option<usize> {
    let size = (units.zh.len(), units.en.len());
    BEADS
        .iter()
        .position(|&(zh, en)| (usize::from(zh), usize::from(en)) == size)
}

/// The model.
#[derive(Debug, Clone)]
pub(super) struct Weights {
    /// Weight of the length difference; its variance per letter, as in text of independent parts; its standard deviation as
    /// a share of the length, for the freedom of the translator; and the largest difference that counts.
    pub length: f32,
    pub variance: f32,
    pub spread: f32,
    pub length_cap: f32,
    /// How free the translation is, 0 to 1: how far the path is not trusted ([`super::learn`]). Paragraphs are never free.
    pub freedom: f32,
    /// Weight of English words, of Chinese words, of punctuation.
    pub en_words: f32,
    pub zh_words: f32,
    pub marks: f32,
    /// Score of any bead before evidence.
    pub pairing: f32,
    pub en_alpha: Alpha,
    pub zh_alpha: Alpha,
    /// For each mark how often English has it: if Chinese lacks it, if Chinese has it, overall.
    pub mark_rates: [[f32; 3]; MARKS],
    /// Cost of each kind of bead.
    pub bead_costs: [f32; BEADS.len()],
    /// Cost of the first unit of a run of unpaired units, and of every further one.
    pub null_open: f32,
    pub null_extend: f32,
    /// Gain of an unpaired unit if an earlier unit has the same text.
    pub copy_gain: f32,
    /// Further cost of an omission next to an addition: one text in place of another is usually a free translation.
    pub replace: f32,
    /// Cost of two neighbours that have changed places, beyond that of two beads.
    pub swap: f32,
    /// By how much two displaced units must score above others in that place to be paired.
    pub reunion: f32,
    /// By how much two beads must score higher once a clause has changed over from one to the other, to be one bead.
    pub straddle: f32,
    /// Cost of a bead that has the same unit twice in a row on one side only.
    pub repetition: f32,
    /// Interleaved files: gain of a bead of neighbours, loss for each group of lines that it spans, largest loss; gain of a
    /// bead that is a whole group, of one unit that leads and several that follow.
    pub neighbours: f32,
    pub apart: f32,
    pub apart_cap: f32,
    pub split_group: f32,
}

impl Weights {
    /// The weights for units of this grain.
    pub fn new(grain: Grain) -> Self {
        let paragraph = grain == Grain::Paragraph;
        let mut bead_costs = [0.0; BEADS.len()];
        for (cost, &bead) in bead_costs.iter_mut().zip(&BEADS) {
            *cost = bead_cost(bead, grain);
        }
        Self {
            length: fixed::LENGTH,
            variance: fixed::VARIANCE,
            spread: fixed::SPREAD,
            length_cap: 12.0,
            freedom: 0.0,
            en_words: fixed::EN_WORDS,
            zh_words: fixed::ZH_WORDS,
            marks: fixed::MARKS_WEIGHT,
            pairing: fixed::PAIRING,
            en_alpha: fixed::EN_ALPHA,
            zh_alpha: fixed::ZH_ALPHA,
            mark_rates: fixed::MARK_RATES,
            bead_costs,
            null_open: fixed::NULL_OPEN,
            null_extend: fixed::NULL_EXTEND,
            copy_gain: 2.0,
            replace: 8.0,
            swap: if paragraph { 8.0 } else { 12.0 },
            reunion: if paragraph { 8.0 } else { 18.0 },
            straddle: 10.0,
            repetition: 8.0,
            neighbours: 3.0,
            apart: 2.0,
            apart_cap: 10.0,
            split_group: 8.0,
        }
    }

    /// What units of these lengths lose for the difference.
    pub fn length_loss(&self, zh: f32, en: f32) -> f32 {
        let mean = f32::midpoint(en, zh).max(1.0);
        let variance = self.variance * mean + (self.spread * mean).powi(2);
        let deviation = (en - zh).powi(2) / variance;
        self.length * (deviation / 2.0).min(self.length_cap)
    }
}

/// The cost of a kind of bead. Beads with several units on both sides are for sentences; among paragraphs they are nearly
/// always two beads run together.
fn bead_cost((zh, en): (u8, u8), grain: Grain) -> f32 {
    /// Costs of the kinds that have no formula: for paragraphs, for sentences.
    const COSTS: [((u8, u8), [f32; 2]); 14] = [
        ((1, 1), [0.0, 0.0]),
        ((1, 2), [7.0, 1.3]),
        ((2, 1), [8.0, 2.65]),
        ((1, 3), [8.0, 2.3]),
        ((3, 1), [9.0, 4.0]),
        ((1, 4), [8.3, 3.55]),
        ((4, 1), [9.3, 5.0]),
        ((2, 2), [9.0, 6.7]),
        ((2, 3), [12.0, 6.5]),
        ((3, 2), [12.0, 10.2]),
        ((3, 3), [22.0, 11.8]),
        ((2, 4), [14.0, 7.9]),
        ((4, 2), [14.0, 8.9]),
        ((3, 4), [16.0, 12.8]),
    ];
    let grain = usize::from(grain == Grain::Sentence);
    if let Some((_, costs)) = COSTS.iter().find(|(kind, _)| *kind == (zh, en)) {
        return costs[grain];
    }
    // One with many: each further unit has a small cost.
    let [paragraph, sentence] = if zh == 1 { [8.0, 5.0] } else { [9.0, 6.0] };
    let more = f32::from(zh.max(en) - 4);
    if grain == 0 {
        paragraph + 0.3 * (more + 1.0)
    } else {
        sentence + 0.5 * more
    }
}
