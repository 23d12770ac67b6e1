//! The numbers of the alignment model: the worth of a match, the cost of each kind of bead.
//!
//! Each document adapts them to itself (see [`super::learn`]).

use super::Grain;
use super::marks::MARKS;

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

/// The model.
#[derive(Debug, Clone)]
pub(super) struct Weights {
    /// Weight of the length difference; its variance for a letter, as in text of independent parts; its standard deviation
    /// as a share of the length, as for the freedom of the translator; and the most that counts.
    pub length: f32,
    pub variance: f32,
    pub spread: f32,
    pub length_cap: f32,
    /// Weight of English words, of Chinese words, of punctuation.
    pub en_words: f32,
    pub zh_words: f32,
    pub marks: f32,
    /// What any pairing is worth before evidence.
    pub pairing: f32,
    pub en_alpha: Alpha,
    pub zh_alpha: Alpha,
    /// For each mark how often English has it: where Chinese lacks it, where Chinese has it, at all.
    pub mark_rates: [[f32; 3]; MARKS],
    /// Cost of each kind of bead.
    pub bead_costs: [f32; BEADS.len()],
    /// Cost of the first unit of a run without counterpart, and of every further one.
    pub null_open: f32,
    pub null_extend: f32,
    /// What a unit without counterpart gains where the same text stands before it.
    pub copy_gain: f32,
    /// Further cost of an omission next to an addition: one text in place of another is mostly a free translation.
    pub replace: f32,
    /// Cost of two neighbours that have changed places, over that of two beads.
    pub swap: f32,
    /// How far two units that stand apart must score above others in that place to be taken for each other's.
    pub reunion: f32,
    /// Costs of a bead that holds the same unit twice in a row.
    pub repetition: f32,
    /// Interleaved files: gain of a bead of neighbours, loss for every group of lines that it reaches over, most loss.
    pub neighbours: f32,
    pub apart: f32,
    pub apart_cap: f32,
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
            length: 1.21,
            variance: 5.2,
            spread: 0.15,
            length_cap: 12.0,
            en_words: 0.80,
            zh_words: 0.33,
            marks: 0.945,
            pairing: 1.5,
            en_alpha: EN_ALPHA,
            zh_alpha: ZH_ALPHA,
            mark_rates: MARK_RATES,
            bead_costs,
            null_open: 7.0,
            null_extend: 5.0,
            copy_gain: 2.0,
            replace: 8.0,
            swap: if paragraph { 8.0 } else { 12.0 },
            reunion: if paragraph { 8.0 } else { 18.0 },
            repetition: 8.0,
            neighbours: 3.0,
            apart: 2.0,
            apart_cap: 10.0,
        }
    }
}

/// The cost of a kind of bead. Crosswise beads (2–2 and more) are for sentences; among paragraphs they are next to
/// always two beads run together.
fn bead_cost((zh, en): (u8, u8), grain: Grain) -> f32 {
    /// Costs of the kinds that do not follow a rule: for paragraphs, for sentences.
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
    // One with many: each further unit costs a little more.
    let [paragraph, sentence] = if zh == 1 { [8.0, 5.0] } else { [9.0, 6.0] };
    let more = f32::from(zh.max(en) - 4);
    if grain == 0 {
        paragraph + 0.3 * (more + 1.0)
    } else {
        sentence + 0.5 * more
    }
}

const EN_ALPHA: Alpha = [
    [0.67, 0.07, 0.06, 0.20],
    [0.36, 0.11, 0.07, 0.46],
    [0.28, 0.19, 0.10, 0.43],
    [0.25, 0.43, 0.10, 0.22],
];

const ZH_ALPHA: Alpha = [
    [0.72, 0.04, 0.04, 0.20],
    [0.48, 0.11, 0.07, 0.34],
    [0.37, 0.18, 0.08, 0.37],
    [0.34, 0.41, 0.07, 0.18],
];

const MARK_RATES: [[f32; 3]; MARKS] = [
    [0.005, 0.92, 0.06],
    [0.005, 0.60, 0.03],
    [0.06, 0.85, 0.20],
    [0.02, 0.80, 0.08],
    [0.02, 0.70, 0.06],
    [0.01, 0.50, 0.02],
    [0.02, 0.75, 0.05],
    [0.05, 0.75, 0.12],
];
