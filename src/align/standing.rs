//! How each sentence of a pair stands to the other side: how much of it is supported there, and how much there it alone
//! explains. An alignment says which sentences belong together; this says whether one could as well not be there.

use std::ops::Range;

use super::evidence::{Evidence, SideEvidence};
use super::{Aligner, Bead, SENTENCES, Unit, order, units};
use crate::text::{Side, Span};

/// What the words of a sentence and the words of the other side have to do with each other. Only words of content that
/// the lexicon knows are counted, each once, and numbers, months and Latin words.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Standing {
    /// Number of words of the sentence.
    pub words: usize,
    /// How many words of the other side no other sentence of this side supports as well as this one: one for each sure
    /// translation, less for doubtful ones.
    pub explains: f32,
}

/// The standing of every sentence of both sides.
pub struct Standings<'a> {
    zh_units: Vec<Unit<'a>>,
    en_units: Vec<Unit<'a>>,
    evidence: Evidence,
    zh: Vec<Standing>,
    en: Vec<Standing>,
}

/// What a support of each level is worth.
pub(super) const WORTH: [f32; 4] = [0.0, 0.5, 1.0, 1.0];

impl Aligner {
    /// How the sentences of a Chinese and an English text that translate each other stand to the other text.
    pub fn standings<'a>(
        &self,
        zh: &'a str,
        zh_sentences: &[Span],
        en: &'a str,
        en_sentences: &[Span],
    ) -> Standings<'a> {
        let (zh_units, en_units) = (units(zh, zh_sentences), units(en, en_sentences));
        let evidence = Evidence::new(&zh_units, &en_units, self.lexicon.as_deref());
        Standings {
            zh: standings(&evidence.zh, &evidence.en),
            en: standings(&evidence.en, &evidence.zh),
            zh_units,
            en_units,
            evidence,
        }
    }

    /// Aligns the sentences, as [`Aligner::align_sentences`] does, without reading them again.
    pub fn align_standing(&self, standings: &Standings<'_>) -> Vec<Bead> {
        let (zh, en) = (&standings.zh_units, &standings.en_units);
        if zh.is_empty() || en.is_empty() {
            return order::alone(zh.len(), en.len());
        }
        self.align_evidence(standings.evidence.clone(), zh, en, SENTENCES)
    }
}

impl Standings<'_> {
    /// The standings of the sentences of one side, in order.
    pub fn of(&self, side: Side) -> &[Standing] {
        match side {
            Side::Zh => &self.zh,
            Side::En => &self.en,
        }
    }

    /// How many of the words of sentence `sentence` of `side` these sentences of the other side support: one for each
    /// sure translation, less for doubtful ones.
    pub fn supported(&self, side: Side, sentence: usize, by: Range<usize>) -> f32 {
        let facing = self.evidence.facing(side);
        let types = facing.own.units[sentence].types.iter();
        types
            .filter(|&&t| facing.own.counts(t))
            .map(|&t| facing.support(t, by.clone()))
            .sum()
    }
}

/// The standings of the units of `side`.
fn standings(side: &SideEvidence, other: &SideEvidence) -> Vec<Standing> {
    // The best and second best support that the units of this side give each word of the other.
    let mut best = vec![[0.0f32; 2]; other.comparable.len()];
    for &(t, level) in side.support.iter().flatten() {
        let [first, second] = &mut best[t as usize];
        let worth = WORTH[usize::from(level)];
        if worth > *first {
            (*first, *second) = (worth, *first);
        } else {
            *second = second.max(worth);
        }
    }
    side.units
        .iter()
        .zip(&side.support)
        .map(|(unit, support)| Standing {
            words: unit.types.iter().filter(|&&t| side.counts(t)).count(),
            explains: support
                .iter()
                .filter(|&&(t, _)| other.counts(t))
                .map(|&(t, level)| {
                    let [first, second] = best[t as usize];
                    if WORTH[usize::from(level)] >= first {
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
        let found = Aligner::default().standings(zh, &zh_sentences, en, &en_sentences);
        let [translated, dropped] = found.of(Side::Zh) else {
            panic!("two sentences: {:?}", found.of(Side::Zh));
        };
        assert!(translated.explains >= 3.0, "{translated:?}");
        assert!(dropped.explains < 1.0 && dropped.words >= 5, "{dropped:?}");
        assert!(found.supported(Side::Zh, 0, 0..1) > 2.0);
        assert!(found.supported(Side::Zh, 1, 0..1) < 2.0);
        assert!(found.supported(Side::Zh, 0, 0..0) < f32::EPSILON);
    }
}
