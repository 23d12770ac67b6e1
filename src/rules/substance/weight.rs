//! Whether a change is more than wording.

use super::Weight;
use super::evidence::{Counts, Evidence, Verdict};

/// What all changes of a passage amount to.
pub struct Edit {
    /// How many tokens make a word: of Chinese, each character is one.
    word: usize,
    /// The share of the words of content that stayed.
    kept: f64,
    /// The share of the words of the translation that render the passage as it was and also render it as it is.
    still: f64,
    /// Whether the translation rather renders the passage as it is.
    is_followed: bool,
    /// The sums of what the changes concern.
    gone: usize,
    lost: usize,
    new: usize,
    negations: [usize; 2],
}

/// Versions that share less of their words are different texts, if at least [`LEAST_OTHER`] words are lost.
const ANOTHER: f64 = 0.2;

/// See [`ANOTHER`].
const LEAST_OTHER: usize = 3;

/// From so many words on that are gone and that the translation renders, it says something else than the source, if less than
/// [`STILL`] of it renders what is there now.
const MANY_LOST: usize = 4;

/// See [`MANY_LOST`]. What is put in other words is mostly rendered by the same ones.
const STILL: f64 = 0.6;

/// From this share of the words on, a text was edited here and there; below it, what words are new says little, since the whole was
/// put in other words.
const SAME: f64 = 0.6;

/// So many words of content that are added or removed are more than wording, if fewer went the other way.
const LEAST: usize = 2;

/// So many in a row are, whatever else was edited.
const LONG: usize = 4;

/// Of those in a row, at least so many must show in the translation.
const LONG_SHOWN: usize = 3;

impl Edit {
    /// What changes with these counts amount to.
    pub fn new<'c>(evidence: &Evidence<'_>, counts: impl Iterator<Item = &'c Counts>) -> Self {
        let mut edit = Self {
            word: evidence.tokens_of_a_word(),
            kept: evidence.share_kept(),
            still: evidence.share_still_rendered(),
            is_followed: evidence.is_followed(),
            gone: 0,
            lost: 0,
            new: 0,
            negations: [0; 2],
        };
        for counts in counts {
            edit.gone += counts.gone;
            edit.lost += counts.lost;
            edit.new += counts.new;
            (0..2).for_each(|i| edit.negations[i] += counts.negations[i]);
        }
        edit
    }

    /// How much one of the changes matters.
    pub fn weight(&self, verdict: Verdict, counts: &Counts) -> Weight {
        match verdict {
            Verdict::Outdated => Weight::Shown,
            // Who puts a sentence in other words names things in other places.
            Verdict::Lacking if self.kept >= SAME && !self.is_rendered(counts) => Weight::Shown,
            _ if self.is_followed => Weight::Wording,
            _ if self.is_rewritten() || self.kept >= SAME && self.is_substance(counts) => Weight::Substance,
            _ => Weight::Wording,
        }
    }

    /// Whether the translation has words for most of what is new, though not its name or code.
    const fn is_rendered(&self, counts: &Counts) -> bool {
        self.is_followed && 5 * counts.unmet < 2 * counts.new
    }

    fn is_rewritten(&self) -> bool {
        self.lost >= MANY_LOST * self.word && self.still < STILL
            || self.kept < ANOTHER && self.lost >= LEAST_OTHER * self.word
    }

    /// Whether more than wording changed, in a text that is the same for the most part: words were added or removed, not replaced,
    /// or a name is another one, or a negation came or went. Where some words went and others came, only many in a row count: a
    /// sentence or clause.
    const fn is_substance(&self, counts: &Counts) -> bool {
        let (least, long, shown) = (LEAST * self.word, LONG * self.word, LONG_SHOWN * self.word);
        let is_added = counts.gone == 0 && self.gone < least;
        let is_removed = counts.new == 0 && self.new < least;
        let is_renamed = counts.names[0] && counts.names[1];
        // “is not enabled” may have become “disabled”.
        let is_negated = counts.negations[0] != counts.negations[1]
            && self.negations[0] != self.negations[1]
            && (counts.gone == 0 || counts.new == 0 && counts.lost > 0);
        is_renamed
            || is_negated
            || is_added && counts.unmet >= least
            || is_removed && counts.lost >= least
            || counts.gone < least && counts.new >= long && counts.unmet >= shown
            || counts.new < least && counts.gone >= long && counts.lost >= shown
    }
}
