//! What units are in their text, as evidence: headings translate headings, and rows of tables rows.

use super::evidence::{Evidence, Facts};
use crate::text::Side;

/// What a unit is in its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum UnitKind {
    /// Running text, an item of a list, a sentence.
    #[default]
    Text,
    /// A heading.
    Heading,
    /// A row of a table.
    Row,
}

const KINDS: [UnitKind; 3] = [UnitKind::Text, UnitKind::Heading, UnitKind::Row];

/// How often the translation of a unit is of the same kind. Pages that are translated by hand have a heading lost or gained
/// in about every twentieth section.
const SAME_KIND: f32 = 0.97;
/// Loss of a bead of several units for each heading in it.
const JOINED: f32 = 4.0;

/// What the kinds of two units add to the score of a bead: the logarithm of how likely the English kind is in a true bead
/// over how often it occurs.
pub(super) struct KindGains([[f32; KINDS.len()]; KINDS.len()]);

impl KindGains {
    /// The gains in this document; `None` where kinds say nothing. A kind that only one side has says nothing.
    pub fn new(evidence: &Evidence) -> Option<Self> {
        // Sentences have no kinds, and there are many of them.
        if evidence.sides.en.units.iter().all(|u| u.kind == UnitKind::Text) {
            return None;
        }
        let count = |side: Side, kind: UnitKind| evidence.sides[side].units.iter().filter(|u| u.kind == kind).count();
        let is_known =
            |kind: UnitKind| kind == UnitKind::Text || count(Side::Zh, kind) > 0 && count(Side::En, kind) > 0;
        let known: Vec<UnitKind> = KINDS.into_iter().filter(|&kind| is_known(kind)).collect();
        if known.len() < 2 {
            return None;
        }
        let as_known = |kind: UnitKind| if is_known(kind) { kind } else { UnitKind::Text };
        let units = &evidence.sides.en.units;
        let share = |kind: UnitKind| {
            let have = units.iter().filter(|u| as_known(u.kind) == kind).count();
            (have as f32 + 0.5) / (units.len() as f32 + 1.0)
        };
        Some(Self(KINDS.map(|zh| {
            let zh = as_known(zh);
            KINDS.map(|en| {
                if as_known(en) == zh {
                    (SAME_KIND / share(zh)).ln()
                } else {
                    ((1.0 - SAME_KIND) / (1.0 - share(zh))).ln()
                }
            })
        })))
    }

    /// What the kinds of these units add to the score of their bead.
    pub fn score(&self, zh: &[Facts], en: &[Facts]) -> f32 {
        if let ([zh], [en]) = (zh, en) {
            return self.0[zh.kind as usize][en.kind as usize];
        }
        let headings = zh.iter().chain(en).filter(|u| u.kind == UnitKind::Heading).count();
        let text = UnitKind::Text as usize;
        self.0[text][text] - JOINED * headings as f32
    }
}
