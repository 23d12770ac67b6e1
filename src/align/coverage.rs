//! How much each sentence of a pair has in common with the other side: how many of its words the other side supports, and
//! how many words of the other side only this sentence explains.
//!
//! An alignment says which sentences belong together; this says which sentences the other side may lack.

use std::ops::Range;

use super::evidence::{Evidence, Facing};
use super::weights::LEVEL_WORTH;
use super::{Aligner, Bead, SENTENCES, Unit, lattice, units};
use crate::text::{Side, Sides, Span};

/// What a sentence has in common with the other side. Counts each distinct word of content that the lexicon has, and
/// numbers, months and Latin words.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct SentenceCoverage {
    /// Number of words of the sentence.
    pub words: usize,
    /// Number of words of the other side that this sentence supports better than any other sentence of its side: 1 for
    /// each sure translation, less for doubtful ones.
    pub explains: f32,
}

/// The coverage of every sentence of both sides.
pub struct PairCoverage<'a> {
    units: Sides<Vec<Unit<'a>>>,
    evidence: Evidence,
    sentences: Sides<Vec<SentenceCoverage>>,
}

impl Aligner {
    /// Measures the coverage of the sentences of a Chinese and an English text that translate each other.
    pub fn measure_coverage<'a>(
        &self,
        zh: &'a str,
        zh_sentences: &[Span],
        en: &'a str,
        en_sentences: &[Span],
    ) -> PairCoverage<'a> {
        let units = Sides::new(units(zh, zh_sentences), units(en, en_sentences));
        let evidence = Evidence::new(&units.zh, &units.en, self.lexicon.as_deref());
        PairCoverage {
            sentences: Sides::from_fn(|side| measure_sentences(evidence.facing(side))),
            units,
            evidence,
        }
    }

    /// Aligns the sentences as [`Aligner::align_sentences`] does, without reading them again. The beads have no confidence.
    pub fn align_measured(&self, pair: &PairCoverage<'_>) -> Vec<Bead> {
        let Sides { zh, en } = &pair.units;
        if zh.is_empty() || en.is_empty() {
            return lattice::unpaired_beads(zh.len(), en.len());
        }
        self.align_evidence(pair.evidence.clone(), zh, en, SENTENCES, false)
    }
}

impl PairCoverage<'_> {
    /// The coverage of the sentences of one side, in order.
    pub fn sentences(&self, side: Side) -> &[SentenceCoverage] {
        &self.sentences[side]
    }

    /// Number of words of sentence `sentence` of `side` that these sentences of the other side support: 1 for each sure
    /// translation, less for doubtful ones.
    pub fn supported(&self, side: Side, sentence: usize, by: Range<usize>) -> f32 {
        let facing = self.evidence.facing(side);
        let types = facing.own.content_types(sentence);
        types.map(|t| facing.support(t, by.clone())).sum()
    }

    /// The same for all sentences of the other side, without looking at each of them.
    pub fn supported_anywhere(&self, side: Side, sentence: usize) -> f32 {
        let own = self.evidence.facing(side).own;
        let best = |t: u32| own.supporters[t as usize].iter().filter(|&&n| n > 0).count();
        own.content_types(sentence).map(|t| LEVEL_WORTH[best(t)]).sum()
    }
}

/// Measures the coverage of the units of `own`.
fn measure_sentences(Facing { own, other }: Facing<'_>) -> Vec<SentenceCoverage> {
    // The best and second best support by units of `own` for each word of `other`.
    let mut best = vec![[0.0f32; 2]; other.comparable.len()];
    for &(t, level) in own.support.iter().flatten() {
        let [first, second] = &mut best[t as usize];
        let worth = LEVEL_WORTH[usize::from(level)];
        if worth > *first {
            (*first, *second) = (worth, *first);
        } else {
            *second = second.max(worth);
        }
    }
    own.support
        .iter()
        .enumerate()
        .map(|(unit, support)| SentenceCoverage {
            words: own.content_types(unit).count(),
            explains: support
                .iter()
                .filter(|&&(t, _)| other.is_content(t))
                .map(|&(t, level)| {
                    let [first, second] = best[t as usize];
                    if LEVEL_WORTH[usize::from(level)] >= first {
                        first - second
                    } else {
                        0.0
                    }
                })
                .sum(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::sentences;

    #[test]
    fn a_sentence_that_is_not_translated_explains_nothing() {
        let zh = "研究团队在青海建成了新的观测站。所有数据将向全球科学家免费开放。";
        let en = "The research team has built a new observatory in Qinghai.";
        let (zh_sentences, en_sentences) = (sentences(zh, Side::Zh), sentences(en, Side::En));
        let found = Aligner::default().measure_coverage(zh, &zh_sentences, en, &en_sentences);
        let [translated, dropped] = found.sentences(Side::Zh) else {
            panic!("two sentences: {:?}", found.sentences(Side::Zh));
        };
        assert!(translated.explains >= 3.0, "{translated:?}");
        assert!(dropped.explains < 1.0 && dropped.words >= 5, "{dropped:?}");
        assert!(found.supported(Side::Zh, 0, 0..1) > 2.0);
        assert!(found.supported(Side::Zh, 1, 0..1) < 2.0);
        assert!(found.supported(Side::Zh, 0, 0..0) < f32::EPSILON);
        for sentence in 0..2 {
            let (each, all) = (
                found.supported(Side::Zh, sentence, 0..1),
                found.supported_anywhere(Side::Zh, sentence),
            );
            assert!((each - all).abs() < f32::EPSILON);
        }
    }
}
