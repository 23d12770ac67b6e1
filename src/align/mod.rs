//! Which blocks translate which: paragraphs first, then sentences inside paired paragraphs.
//!
//! A naive Bayes score over words that a lexicon links, length, numbers, Latin words and punctuation, and dynamic
//! programming over beads, in three passes: few kinds of beads in a wide corridor; all kinds around the first path; all
//! kinds again with what the second path has taught about this document (`learn`).

mod band;
mod document;
mod evidence;
mod lattice;
mod learn;
mod lexicon;
mod marks;
mod numeral;
mod order;
mod rendering;
mod score;
mod settle;
mod sounds;
mod standing;
mod tokens;
mod weights;

use std::ops::Range;
use std::sync::Arc;

pub use document::Anchors;
pub(crate) use lexicon::Reversed;
pub use lexicon::{Lexicon, LexiconError};
pub use rendering::Rendering;
pub use standing::{Standing, Standings};

use crate::text::Span;
use evidence::Evidence;
use lattice::{Lattice, Step};
use score::{Groups, Scorer};
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
    /// Whether the pair stands out of order: without it, the pairs around it are in order.
    pub crossing: bool,
}

/// Zero or more Chinese units with zero or more English units. Never empty on both sides.
#[derive(Debug, Clone, PartialEq)]
pub struct Bead {
    /// Chinese units.
    pub zh: Range<usize>,
    /// English units.
    pub en: Range<usize>,
    /// How sure the aligner is, 0 to 1: the share that paths through this very bead have of all paths.
    pub confidence: f32,
    /// How sure it is of each unit.
    pub members: Members,
    /// Whether the bead stands out of order: without it, the beads around it are in order.
    pub crossing: bool,
}

/// How sure the aligner is, 0 to 1, that each unit of a bead belongs to it, whatever the others do. Empty for a side with
/// one unit or none: there the bead stands or falls with it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Members {
    /// The Chinese units.
    pub zh: Vec<f32>,
    /// The English units.
    pub en: Vec<f32>,
}

/// What is aligned: a paragraph, a sentence or a line.
#[derive(Debug, Clone, Copy)]
pub struct Unit<'a> {
    /// Its text.
    pub text: &'a str,
    /// What the caller has recognised in it: the same number on both sides stands for the same thing, such as a concept
    /// of a glossary.
    pub anchors: &'a [u32],
    /// Where it stands in a file that holds both languages, in any ascending measure.
    pub position: usize,
    /// The section of the text that it stands in. Units of one side in different sections are never in one bead.
    pub section: usize,
}

impl<'a> Unit<'a> {
    /// A unit without anchors, of a file that holds one language.
    pub fn new(text: &'a str) -> Self {
        Self {
            text,
            anchors: &[],
            position: 0,
            section: 0,
        }
    }
}

/// What units are, which decides how readily several are joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Grain {
    /// Paragraphs: mostly one to one, hardly ever crosswise.
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
    /// Whether both languages stand in one file in turns, so that neighbours belong together ([`Unit::position`]).
    pub interleaved: bool,
}

/// Aligns documents, units and sentences. Cheap to make, to copy and to share.
#[derive(Debug, Clone)]
pub struct Aligner {
    lexicon: Option<Arc<Lexicon>>,
}

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
            return order::alone(zh.len(), en.len());
        }
        let evidence = Evidence::new(zh, en, self.lexicon.as_deref());
        self.align_evidence(evidence, zh, en, *options)
    }

    fn align_evidence(&self, mut evidence: Evidence, zh: &[Unit<'_>], en: &[Unit<'_>], options: Options) -> Vec<Bead> {
        let weights = Weights::new(options.grain);
        let groups = options.interleaved.then(|| order::groups(&evidence, &weights, zh, en));
        let groups = groups.as_ref();
        let (n, m) = (zh.len(), en.len());

        let first = search(&evidence, &weights, groups, band::first(&evidence), SIMPLE, false);
        let second = search(
            &evidence,
            &weights,
            groups,
            band::around(&first, n, m, 5),
            BEADS.len(),
            false,
        );
        learn::learn_words(&mut evidence, zh, &second, self.lexicon.as_deref());
        let weights = learn::adapt(&evidence, &second, &weights);
        let third = search(
            &evidence,
            &weights,
            groups,
            band::around(&second, n, m, 6),
            BEADS.len(),
            true,
        );
        let third = settle::settle(third, &evidence, &weights, groups);
        order::reunite(&third, &evidence, &weights)
    }

    /// Aligns the sentences of a Chinese and an English text that are known to translate each other.
    pub fn align_sentences(&self, zh: &str, zh_sentences: &[Span], en: &str, en_sentences: &[Span]) -> Vec<Bead> {
        self.align_units(&units(zh, zh_sentences), &units(en, en_sentences), &SENTENCES)
    }
}

fn search(
    evidence: &Evidence,
    weights: &Weights,
    groups: Option<&Groups>,
    band: lattice::Band,
    kinds: usize,
    rated: bool,
) -> Vec<Step> {
    let mut scorer = Scorer::new(evidence, weights, groups, kinds);
    Lattice::new(band, weights, kinds, &mut scorer).best(rated)
}

#[cfg(test)]
mod tests;
