//! How a term is rendered in a document, or in all of them so far: numbers and stems, no texts.

use std::sync::Arc;

use super::reader::{Read, Reader, Stem};
use super::tables::{goes_before_nouns, is_noun_of_verb};
use super::usage::Usage;
use crate::rules::report::line;
use crate::text::Side;

/// Most neighbours that are kept of a rendering, on either side of it.
const NEIGHBOURS: usize = 24;

/// Stands for the neighbour of a word at the beginning of a text, or at the end of a phrase.
pub(super) const EDGE: Stem = Stem::MAX;

/// The words on either side of an English word; [`EDGE`] where there is none, or a mark between.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Neighbours {
    pub before: Stem,
    pub after: Stem,
}

impl Neighbours {
    /// The neighbours of word number `at`.
    pub fn of(read: &Read<'_>, at: usize) -> Self {
        let words = &read.words;
        let before = at.checked_sub(1).map_or(EDGE, |b| words[b].stem);
        let next = words.get(at + 1).filter(|next| {
            let between = &read.pair.en()[words[at].span.end..next.span.start];
            between.trim().is_empty() || between == "-"
        });
        Self {
            before,
            after: next.map_or(EDGE, |n| n.stem),
        }
    }
}

/// One way in which a term is rendered.
#[derive(Clone)]
pub(super) struct Way {
    pub stem: Stem,
    /// The number of pairs.
    pub count: u32,
    /// Its weight in the lexicon.
    pub weight: f32,
    /// How surely a document has taught it.
    pub dice: f32,
    /// How many of [`Self::neighbours`] show it as a noun: the infection, not infected.
    pub nouns: usize,
    /// What stands on either side of it, place by place.
    pub neighbours: Vec<Neighbours>,
    /// The word where it stands first, its file and line.
    pub form: Box<str>,
    pub file: Arc<str>,
    pub line: usize,
}

impl Way {
    /// How much it is the usual way.
    pub fn strength(&self) -> f32 {
        self.count as f32
            * if self.weight >= super::usage::MAIN {
                1.0
            } else {
                self.dice
            }
    }
}

impl Way {
    /// Whether it is a noun often enough, a third of the time, to name a thing.
    pub fn is_noun(&self) -> bool {
        3 * self.nouns >= self.neighbours.len()
    }
}

/// Whether word number `at` looks like a noun where it stands.
fn is_noun(read: &Read<'_>, at: usize) -> bool {
    let word = read.lower(&read.words[at]);
    let before = at.checked_sub(1).map(|b| read.lower(&read.words[b]));
    is_noun_of_verb(&word) || !word.ends_with("ing") && before.is_some_and(|b| goes_before_nouns(&b))
}

/// How a term is rendered.
#[derive(Clone, Default)]
pub(super) struct Digest {
    /// The pairs that it stands in, numbered through the run.
    pub pairs: Vec<u32>,
    /// The number of pairs that render it.
    pub rendered: u32,
    pub ways: Vec<Way>,
}

impl Digest {
    /// What a document's usage of a term comes to.
    ///
    /// `first` is the number of the first of `reads` in the run.
    pub fn new(usage: &Usage, reads: &[Read<'_>], first: u32, reader: &mut Reader) -> Self {
        let mut ways = Vec::new();
        for rendering in usage.renderings.iter().filter(|r| r.count > 0) {
            let mut neighbours = Vec::new();
            let (mut place, mut nouns) = (None, 0);
            for &k in &usage.pairs {
                let read = &reads[k as usize];
                for (at, word) in read.words.iter().enumerate() {
                    if neighbours.len() < NEIGHBOURS && reader.is_form(rendering.stem, word.stem) {
                        neighbours.push(Neighbours::of(read, at));
                        nouns += usize::from(is_noun(read, at));
                        place = place.or(Some((read, word.span)));
                    }
                }
            }
            let Some((read, span)) = place else { continue };
            let (file, line) = line(&read.pair, Side::En, span.start);
            ways.push(Way {
                stem: rendering.stem,
                count: rendering.count,
                weight: rendering.weight,
                dice: rendering.dice,
                nouns,
                neighbours,
                form: span.of(read.pair.en()).into(),
                file,
                line,
            });
        }
        Self {
            pairs: usage.pairs.iter().map(|k| first + k).collect(),
            rendered: usage.rendered,
            ways,
        }
    }

    /// Takes in what another document comes to.
    pub fn add(&mut self, other: Self) {
        self.pairs.extend(other.pairs);
        self.rendered += other.rendered;
        for way in other.ways {
            match self.ways.iter_mut().find(|w| w.stem == way.stem) {
                Some(known) => {
                    known.count += way.count;
                    known.dice = known.dice.max(way.dice);
                    if known.neighbours.len() < NEIGHBOURS {
                        known.neighbours.extend(way.neighbours);
                        known.nouns += way.nouns;
                    }
                }
                None => self.ways.push(way),
            }
        }
    }

    /// The usual way.
    pub fn usual(&self) -> Option<&Way> {
        let key = |w: &Way| (w.strength(), w.weight, w.dice);
        self.ways
            .iter()
            .reduce(|best, w| if key(w) > key(best) { w } else { best })
    }
}
