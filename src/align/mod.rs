//! Aligns paragraphs, and sentences inside paired paragraphs.
//!
//! A naive Bayes score over words that a lexicon links, lengths, numbers, Latin words and punctuation, and dynamic
//! programming over beads in three passes: few kinds of beads in a wide band; all kinds around the first path; all kinds
//! again with the words and proportions of this document, learned from the second path (`learn`).

mod band;
mod copies;
mod coverage;
mod document;
mod edge_weights;
mod edges;
mod evidence;
mod kinds;
mod lattice;
mod learn;
mod lexicon;
mod links;
mod marks;
mod meaning;
mod order;
mod rendering;
mod score;
mod score_weights;
mod sounds;
mod straddles;
mod tokens;
#[doc(hidden)]
pub mod training;
mod weights;

use std::ops::Range;
use std::sync::Arc;

pub use coverage::{PairCoverage, SentenceCoverage};
pub use document::Anchors;
pub use kinds::UnitKind;
pub use lexicon::{Lexicon, LexiconError};
pub use links::WordLink;
pub use rendering::Rendering;

use crate::text::{Side, Sides, Span};
use evidence::Evidence;
use lattice::{Found, Lattice};
use score::{Groups, Scorer, Worth};
use weights::{BEADS, SIMPLE, Weights};

/// Zero or more Chinese blocks with zero or more English blocks. Never empty on both sides.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    /// The record's id where the file has one.
    pub id: Option<Arc<str>>,
    /// Block numbers on the Chinese side.
    pub zh: Range<usize>,
    /// Block numbers on the English side.
    pub en: Range<usize>,
    /// How sure the aligner is, 0 to 1; 1 for pairs that the file itself gives.
    pub confidence: f32,
    /// How sure it is of each block.
    pub members: Members,
    /// Whether the pair is out of order. Without it, the pairs around it are in order.
    pub crossing: bool,
}

impl Pair {
    /// Block numbers on one side.
    pub const fn range(&self, side: Side) -> &Range<usize> {
        match side {
            Side::Zh => &self.zh,
            Side::En => &self.en,
        }
    }
}

/// Zero or more Chinese units with zero or more English units. Never empty on both sides.
#[derive(Debug, Clone, PartialEq)]
pub struct Bead {
    /// The units of each side.
    pub units: Sides<Range<usize>>,
    /// How sure the aligner is, 0 to 1: the share of paths with exactly this bead among all paths.
    pub confidence: f32,
    /// How sure it is of each unit.
    pub members: Members,
    /// Whether the bead is out of order. Without it, the beads around it are in order.
    pub crossing: bool,
}

/// How sure the aligner is, 0 to 1, that each unit of a bead belongs to it, independently of the others. Empty for a side
/// with one unit or none: its confidence is that of the bead.
pub type Members = Sides<Vec<f32>>;

/// What is aligned: a paragraph, a sentence or a line.
#[derive(Debug, Clone, Copy)]
pub struct Unit<'a> {
    /// Its text.
    pub text: &'a str,
    /// Ids of what the caller recognized in it, such as concepts of a glossary. The same id means the same thing on both
    /// sides.
    pub anchors: &'a [u32],
    /// Its position in a file with both languages, in any ascending measure.
    pub position: usize,
    /// The section of the text that it is in. Units of different sections are never in one bead.
    pub section: usize,
    /// What it is in the text.
    pub kind: UnitKind,
}

impl<'a> Unit<'a> {
    /// A unit of running text without anchors, of a file in one language.
    pub fn new(text: &'a str) -> Self {
        Self {
            text,
            anchors: &[],
            position: 0,
            section: 0,
            kind: UnitKind::Text,
        }
    }
}

/// The kind of units. It determines how readily several are joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Grain {
    /// Paragraphs: mostly one to one, hardly ever several with several.
    #[default]
    Paragraph,
    /// Sentences, or lines of unknown kind.
    Sentence,
}

/// How to align.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options {
    /// What the units are.
    pub grain: Grain,
    /// Whether both languages alternate in one file, so that neighbours belong together ([`Unit::position`]).
    pub interleaved: bool,
}

/// Aligns documents, units and sentences. Cheap to make, to copy and to share.
#[derive(Debug, Clone)]
pub struct Aligner {
    lexicon: Option<Arc<Lexicon>>,
}

/// How many units beside the path of the pass before a pass searches: near unpaired units, of which the path may have the wrong
/// ones, and elsewhere.
#[derive(Clone, Copy)]
struct Margins {
    near_gap: usize,
    elsewhere: usize,
}

/// With the wide margin everywhere, aligning scripture takes a quarter more instructions, and documents an eighth; the beads of all
/// development sets (`train/README.md`) and of the documents of the benchmark are the same.
const SECOND_MARGINS: Margins = Margins {
    near_gap: 5,
    elsewhere: 2,
};
const THIRD_MARGINS: Margins = Margins {
    near_gap: 6,
    elsewhere: 2,
};

/// How sentences of paired paragraphs are aligned.
const SENTENCES: Options = Options {
    grain: Grain::Sentence,
    interleaved: false,
};

/// The parts of a text as units.
fn units<'a>(text: &'a str, parts: &[Span]) -> Vec<Unit<'a>> {
    parts.iter().map(|part| Unit::new(part.of(text))).collect()
}

impl Default for Aligner {
    /// With the lexicon in the binary.
    fn default() -> Self {
        Self::new(Some(Arc::clone(Lexicon::embedded())))
    }
}

impl Aligner {
    /// With another lexicon, or with none.
    pub fn new(lexicon: Option<Arc<Lexicon>>) -> Self {
        Self { lexicon }
    }

    /// Aligns two sequences. Every unit is in exactly one bead; beads are in the order of the Chinese units, those
    /// without Chinese after what they follow in English.
    pub fn align_units(&self, zh: &[Unit<'_>], en: &[Unit<'_>], options: &Options) -> Vec<Bead> {
        if zh.is_empty() || en.is_empty() {
            return lattice::unpaired_beads(zh.len(), en.len());
        }
        let read = match options.grain {
            Grain::Paragraph => Evidence::new,
            Grain::Sentence => Evidence::with_clauses,
        };
        let evidence = read(zh, en, self.lexicon.as_deref());
        self.align_evidence(evidence, zh, en, *options, true)
    }

    /// Aligns units that have been read. Without `rated`, beads and members have no confidence of their own.
    fn align_evidence(
        &self,
        mut evidence: Evidence,
        zh: &[Unit<'_>],
        en: &[Unit<'_>],
        options: Options,
        rated: bool,
    ) -> Vec<Bead> {
        let groups = options
            .interleaved
            .then(|| order::group_lines(&Worth::new(&evidence, &Weights::new(options.grain)), zh, en));
        let (band, weights) = self.learn(&mut evidence, zh, en, options, groups.as_ref());
        let worth = Worth::new(&evidence, &weights);
        let found = search(&worth, groups.as_ref(), band, BEADS.len(), rated);
        let mut path = edges::reassign_edges(found, &worth, groups.as_ref(), rated);
        if groups.is_none() {
            copies::settle_copies(&mut path, &evidence);
        }
        order::pair_displaced_units(&path, &worth, groups.as_ref())
    }

    /// Searches twice and adds what the paths teach to the evidence. Returns where to search the third time, and the weights
    /// adapted to the document.
    fn learn(
        &self,
        evidence: &mut Evidence,
        zh: &[Unit<'_>],
        en: &[Unit<'_>],
        options: Options,
        groups: Option<&Groups>,
    ) -> (lattice::Band, Weights) {
        let weights = Weights::new(options.grain);
        let (n, m) = (zh.len(), en.len());
        let worth = Worth::new(evidence, &weights);
        let band = if n.min(m) <= SECOND_MARGINS.near_gap {
            // Whatever the first path is, the band around it is the whole table.
            lattice::Band::full(n, m)
        } else {
            let first = search(&worth, groups, band::first_pass_band(evidence), SIMPLE, false);
            band::band_around(&first.path, n, m, SECOND_MARGINS)
        };
        let second = search(&worth, groups, band, BEADS.len(), false).path;
        learn::learn_words(evidence, zh, &second, self.lexicon.as_deref());
        let weights = learn::adapt_weights(evidence, &second, &weights, options.grain);
        (band::band_around(&second, n, m, THIRD_MARGINS), weights)
    }

    /// Aligns the sentences of a Chinese and an English text that translate each other.
    pub fn align_sentences(&self, zh: &str, zh_sentences: &[Span], en: &str, en_sentences: &[Span]) -> Vec<Bead> {
        self.align_units(&units(zh, zh_sentences), &units(en, en_sentences), &SENTENCES)
    }
}

/// The best path in a band, among the first `kinds` kinds of beads.
fn search(worth: &Worth<'_>, groups: Option<&Groups>, band: lattice::Band, kinds: usize, rated: bool) -> Found {
    let mut scorer = Scorer::new(worth, groups, kinds);
    Lattice::new(band, worth.weights, kinds, &mut scorer).best_path(rated)
}

#[cfg(test)]
mod tests;
