//! What a translation shows about a change of its source.

use std::ops::Range;

use super::quiet;
use super::tokens::{Kind, Token};
use super::{Hunk, Version};
use crate::align::Aligner;
use crate::language::quantity::{self, Quantity, equal};
use crate::text::{Side, Sides, Span};

/// The translation of a source that changed.
#[derive(Debug, Clone, Copy)]
pub struct Translation<'a> {
    text: &'a str,
    aligner: &'a Aligner,
}

impl<'a> Translation<'a> {
    /// The translation `text`; `aligner` finds the words in it that translate those of its source.
    pub const fn new(text: &'a str, aligner: &'a Aligner) -> Self {
        Self { text, aligner }
    }

    /// The words of a source in the language of `side` that words of the translation may translate.
    fn links(&self, source: &str, side: Side) -> Vec<Link> {
        let texts = Sides::with(side, source, self.text);
        let links = self.aligner.link_words(texts.zh, texts.en).into_iter();
        links
            .map(|link| {
                let (source, target) = Sides::new(link.zh, link.en).into_pair(side);
                Link { source, target }
            })
            .collect()
    }
}

/// A word of the source, and one of the translation that may translate it.
struct Link {
    source: Span,
    target: Span,
}

/// What the translation shows about a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It has what is new and nothing that is gone.
    UpToDate,
    /// It has what is gone, or lacks what is new.
    Outdated,
    /// Nothing: only words changed.
    Unknown,
    /// Nothing that it should follow: a link in the source leads elsewhere, or the source says the same in other words.
    Irrelevant,
}

/// What a translation keeps as it is.
struct Trace {
    /// Whether the translation has it.
    is_there: bool,
    is_acronym: bool,
}

/// From so many new words on that the translation has no words for, more than went for them, something was added.
const ADDED: usize = 2;

/// The translation, to look changes up in.
pub struct Evidence<'a> {
    side: Side,
    versions: &'a [Version<'a>; 2],
    /// In lower case.
    translation: String,
    /// The words of each version that the translation has words for.
    links: [Vec<Link>; 2],
    quantities: Vec<Quantity>,
}

impl<'a> Evidence<'a> {
    /// What `translation` shows about changes between two versions of its source in the language of `side`.
    pub fn new(side: Side, versions: &'a [Version<'a>; 2], translation: Translation<'_>) -> Self {
        Self {
            side,
            versions,
            translation: translation.text.to_lowercase(),
            links: versions.each_ref().map(|v| translation.links(v.passage.text, side)),
            quantities: quantity::parse(translation.text, side.other()),
        }
    }

    /// What it shows about one of them.
    pub fn judge(&self, hunk: &Hunk) -> Verdict {
        if let Some(slips) = self.slips(hunk) {
            let is_there = slips.iter().any(|slip| self.translation.contains(&slip.to_lowercase()));
            return if is_there {
                Verdict::Outdated
            } else {
                Verdict::Irrelevant
            };
        }
        let [gone, new] = [0, 1].map(|i| self.traces(i, &hunk.0[i]));
        if gone.iter().any(|trace| trace.is_there) {
            return Verdict::Outdated;
        }
        let tokens = || (0..2).flat_map(|i| self.tokens(i, hunk));
        if tokens().all(|t| t.kind == Kind::Link) {
            return Verdict::Irrelevant;
        }
        if new.iter().any(|trace| !trace.is_there) {
            return Verdict::Outdated;
        }
        match &new[..] {
            // That an acronym is there may have other reasons.
            [_, ..] if new.iter().any(|trace| !trace.is_acronym) => Verdict::UpToDate,
            [_, ..] => Verdict::Irrelevant,
            [] if !gone.is_empty() || self.is_reworded(hunk) => Verdict::Irrelevant,
            [] => Verdict::Unknown,
        }
    }

    fn tokens(&self, version: usize, hunk: &Hunk) -> &[Token] {
        &self.versions[version].tokens[hunk.0[version].clone()]
    }

    /// For everything in a version's part of the hunk that a translation keeps as it is, and the other version does not have:
    /// whether the translation has it.
    fn traces(&self, version: usize, range: &Range<usize>) -> Vec<Trace> {
        let (own, other) = (&self.versions[version], &self.versions[1 - version]);
        let quantities: Vec<&Quantity> = own.quantities_in(range).filter(|q| !q.weak).collect();
        let is_new = |q: &&&Quantity| !other.quantities.iter().any(|o| o.value == q.value && o.unit == q.unit);
        let quantity = |q: &&Quantity| Trace {
            is_there: self.has_quantity(q),
            is_acronym: false,
        };
        let mut traces: Vec<Trace> = quantities.iter().filter(is_new).map(quantity).collect();
        for token in &own.tokens[range.clone()] {
            let is_counted = quantities.iter().any(|q| q.span.overlaps(token.span));
            let is_kept = token.kind != Kind::Word || token.key.bytes().all(|b| b.is_ascii_digit() || b == b'.');
            if is_kept && !is_counted && !other.tokens.iter().any(|t| t.key == token.key) {
                let is_there = self.translation.contains(&token.key.to_lowercase());
                // A translation need not have a new link, or has it in its own language.
                if token.kind != Kind::Link || is_there {
                    traces.push(Trace {
                        is_there,
                        is_acronym: token.kind == Kind::Acronym,
                    });
                }
            }
        }
        traces
    }

    /// The misspelt words, if spelling is all that changed.
    fn slips(&self, hunk: &Hunk) -> Option<Vec<&str>> {
        let [before, after] = [0, 1].map(|i| self.tokens(i, hunk));
        let words = before.iter().zip(after).filter(|(old, new)| old.key != new.key);
        let words = words.map(|(old, new)| [(0, old), (1, new)].map(|(i, t)| t.span.of(self.versions[i].passage.text)));
        let is_same_length = before.len() == after.len();
        let slips = words.map(|[old, new]| quiet::is_slip(old, new).then_some(old));
        is_same_length.then(|| slips.collect::<Option<Vec<&str>>>()).flatten()
    }

    /// Whether the source says the same in other words, as far as the translation shows: “indicated” became “marked”, and it says
    /// 标记. It has a word for each new one, or what it has for those that went also translates what is there now.
    fn is_reworded(&self, hunk: &Hunk) -> bool {
        let written = |i: usize, token: &Token| token.span.of(self.versions[i].passage.text);
        let all = [0, 1].map(|i| self.tokens(i, hunk).iter().map(|t| written(i, t)).collect::<Vec<_>>());
        if quiet::turning(&all) {
            return false;
        }
        // A name is compared as a whole; here, what differs in it counts. Code that the other version has, too, is in another place.
        let [gone, new] = [0, 1].map(|i| {
            let (part, whole) = (self.tokens(1 - i, hunk), &self.versions[1 - i].tokens);
            let words = self.tokens(i, hunk).iter().filter(|t| {
                let other = if t.kind == Kind::Word { part } else { whole };
                let word = written(i, t);
                !quiet::is_small(word) && !quiet::is_turning(word) && other.iter().all(|o| o.key != t.key)
            });
            words.collect::<Vec<_>>()
        });
        let translations = |i: usize, word: &Token| {
            let span = word.span;
            self.links[i].iter().filter(move |link| link.source.overlaps(span))
        };
        let unmet = new.iter().filter(|word| translations(1, word).next().is_none()).count();
        if unmet == 0 && (!new.is_empty() || gone.is_empty()) {
            return true;
        }
        let is_still_said = |word: &&Token| {
            let mut targets = translations(0, word).map(|link| link.target);
            targets.any(|target| self.links[1].iter().any(|link| link.target.overlaps(target)))
        };
        !gone.is_empty() && unmet < gone.len() + ADDED && gone.iter().all(is_still_said)
    }

    fn has_quantity(&self, quantity: &Quantity) -> bool {
        self.quantities.iter().any(|other| match self.side {
            Side::Zh => equal(quantity, other).is_some(),
            Side::En => equal(other, quantity).is_some(),
        })
    }
}
