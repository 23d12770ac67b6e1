//! Words that may stand in the place of the usual rendering of a term, and how likely each is to be another word for it.

use rustc_hash::FxHashMap;

use super::digest::{Digest, EDGE, Neighbours, Way};
use super::meaning::{are_synonyms, is_known, kinship, meanings};
use super::reader::{Account, Read, Reader, Stem, Term, TermId, is_word};
use super::tables::{goes_before_verbs, is_combining_form, is_common, is_no_noun};
use super::usage::Usage;
use crate::language::en::kind;
use crate::language::zh::segment::{self, Fit};
use crate::text::{Side, Span};

/// Shortest stem of an odd word, in letters.
const MIN_STEM: usize = 4;
/// A meaning of an English word counts as one of its main meanings from this weight on.
const MAIN_MEANING: f32 = 0.3;
/// Least weight of a translation that is a part of a rendering.
const PART: f32 = 0.5;
/// The same for one that was learned.
const PART_LEARNED: f32 = 0.66;
/// Least share of nouns among the meanings of an odd word.
const MIN_NOMINAL: f32 = 0.5;
/// The same for one behind “to”, which may as well be a verb.
const AFTER_TO: f32 = 0.8;
/// Least share of a term's pairs that render it in the usual way.
const MIN_RATE: f32 = 0.4;
/// What is taken for that share where nothing is known.
const UNKNOWN_NOMINAL: f32 = 0.6;
/// Kinship of characters beyond which more does not count, as its root.
const MAX_SHARED: f32 = 0.55;
/// Similarity of things up to which it tells nothing, and from which on more does not count.
const ALIKE: [f32; 2] = [0.2, 0.85];
/// Most that kinship comes to.
const MAX_KIN: f32 = ALIKE[1] - ALIKE[0];
/// Most that a review may add to a score.
pub(super) const REVIEW: f32 = weights::NOMINAL + weights::KIN * MAX_KIN;
/// Farthest that a word without a neighbour that tells may stand off.
const MAX_SHIFT: f32 = 0.3;
/// Words that stand at most so many words apart are near one another.
const NEAR: usize = 3;
/// The same for Chinese, in bytes: three characters.
const NEAR_ZH: usize = 9;
/// Least score of a word that is reported.
pub(super) const MIN_SCORE: f32 = 0.35;

/// What speaks for an odd word and against it: a logistic regression over what stands in 114 clean documents (medicine, news,
/// manuals) and over 400 nouns of them replaced at one place by another; checked in five parts by document, and rounded.
mod weights {
    pub const BIAS: f32 = -4.8;
    /// For the share of the term's pairs that have the very word that usually renders it.
    pub const KEPT: f32 = 3.0;
    /// For the logarithm of the number of pairs that the term stands in, up to twelve: in many places, one or another is
    /// rendered freely.
    pub const PLACES: f32 = -0.7;
    pub const MAX_PLACES: f32 = 12.0;
    /// For the weight of the usual rendering in the lexicon.
    pub const LEXICON: f32 = 1.6;
    /// For how surely a document has taught it.
    pub const LEARNED: f32 = 1.4;
    /// For the distance of the two words, each measured as a share of its text.
    pub const SHIFT: f32 = -1.9;
    /// For each of up to two neighbours that translate each other.
    pub const NEIGHBOUR: f32 = 0.9;
    /// For the logarithm of the number of meanings of the odd word.
    pub const MEANINGS: f32 = -0.35;
    /// For an odd word without a meaning in the lexicon.
    pub const UNKNOWN: f32 = -2.0;
    /// For an odd word that characters of the Chinese might account for, though no word of it does.
    pub const CHARACTERS: f32 = -1.45;
    /// For the share of nouns among its meanings.
    pub const NOMINAL: f32 = 2.0;
    /// For how alike it is to the usual word in meaning.
    pub const KIN: f32 = 3.5;
    /// For an odd word that the dictionary has for the same Chinese word as the usual one: a translator's free choice. Set
    /// by hand, as planted words do not tell.
    pub const SYNONYM: f32 = -0.5;
    /// For the logarithm of the number of translations of the term.
    pub const TRANSLATIONS: f32 = -1.5;
    /// For a term that is a verb or an adjective used as a noun.
    pub const VERBAL: f32 = -0.4;
    /// For a term that is neither noun nor verb.
    pub const OTHER: f32 = -2.0;
    /// For a word beside it that also stands there beside the usual word, and more if it is a word of content.
    pub const BESIDE: f32 = 1.1;
    pub const BESIDE_CONTENT: f32 = 1.6;
}

/// A word that may stand in the place of the usual rendering of a term.
pub(super) struct Suspect {
    pub term: TermId,
    /// The number of the pair among those read.
    pub read: usize,
    pub zh: Span,
    pub en: Span,
    /// The stem of the word.
    pub stem: Stem,
    /// Whether it stands behind “to”.
    after_to: bool,
    /// The part of the rendering that it replaces, the part that it leaves, and whether that stands before it.
    part: Option<(Stem, Stem, bool)>,
    /// What can be said of it without knowing the usual rendering.
    pub base: f32,
    neighbours: Neighbours,
    /// The run of Han characters around the term, and the term in it.
    run: Box<str>,
    in_run: Span,
}

impl Suspect {
    /// How likely it is another word for the term, before [`Self::review`], given how the term is rendered elsewhere; and
    /// the usual rendering.
    pub fn score<'d>(&self, digest: &'d Digest, reader: &mut Reader) -> Option<(f32, &'d Way)> {
        let (way, rendered) = match self.part {
            None => (digest.usual()?, digest.rendered),
            Some((missing, left, before)) => {
                let way = digest.ways.iter().find(|w| w.stem == missing)?;
                let beside = |n: &Neighbours| if before { n.before } else { n.after };
                let joined = |n: &Neighbours| beside(n) != EDGE && reader.is_form(left, beside(n));
                way.neighbours.iter().any(joined).then_some((way, way.count))?
            }
        };
        if rendered == 0
            || (rendered as f32) < MIN_RATE * digest.pairs.len() as f32
            || self.is_spelt_like(way.stem, reader)
        {
            return None;
        }
        let places = digest.pairs.len() as f32;
        let mut score = self.base
            + weights::KEPT * way.count as f32 / places
            + weights::PLACES * places.min(weights::MAX_PLACES).ln()
            + weights::LEXICON * way.weight
            + weights::LEARNED * way.dice;
        let before = way.neighbours.iter().any(|n| n.before == self.neighbours.before);
        let after = way.neighbours.iter().any(|n| n.after == self.neighbours.after);
        let content = |s: Stem| s != EDGE && !is_common(reader.stem_text(s));
        if before || after {
            score += weights::BESIDE;
        }
        if before && content(self.neighbours.before) || after && content(self.neighbours.after) {
            score += weights::BESIDE_CONTENT;
        }
        Some((score, way))
    }

    /// Whether it can score enough, however the term is rendered in other documents.
    pub fn may_pass(&self) -> bool {
        let most = weights::KEPT + weights::LEXICON + weights::LEARNED + weights::BESIDE + weights::BESIDE_CONTENT;
        self.base + most + REVIEW >= MIN_SCORE
    }

    /// Gene and genome, quake and earthquake are no two words for one thing. Antigen and antibody are.
    fn is_spelt_like(&self, usual: Stem, reader: &Reader) -> bool {
        let (a, b) = (reader.stem_text(usual), reader.stem_text(self.stem));
        if a.ends_with(b) || b.ends_with(a) {
            return true;
        }
        let shared = a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count();
        (shared >= 4 || shared == 3 && a.len() <= 4) && !a.get(..shared).is_some_and(is_combining_form)
    }

    /// The score after asking what kinds of words these are, and how alike in meaning; `None` for words that cannot be what
    /// they were taken for, or score too little.
    pub fn review(&self, score: f32, way: &Way, reader: &Reader) -> Option<f32> {
        let kind = match segment::tag(self.in_run.of(&self.run)) {
            "n" | "nz" | "nt" | "nr" | "l" | "j" => 0.0,
            "vn" | "an" => weights::VERBAL,
            // Verbs are rendered freely, unless they name a thing: 感染 is an infection.
            "v" if way.is_noun() => 0.0,
            "t" | "x" | "a" => weights::OTHER,
            _ => return None,
        };
        let (mut nouns, mut all) = (0.0, 0.0);
        for (word, weight) in meanings(reader.stem_text(self.stem)) {
            match segment::tag(word) {
                "n" | "nz" | "nt" | "ns" | "vn" | "an" | "l" | "nr" | "j" => {
                    nouns += weight;
                    all += weight;
                }
                // 神学院 is no word to jieba, which tells nothing of seminaries.
                "x" | "eng" => {}
                _ => all += weight,
            }
        }
        let nominal = if all > 0.0 { nouns / all } else { UNKNOWN_NOMINAL };
        if nominal < if self.after_to { AFTER_TO } else { MIN_NOMINAL } {
            return None;
        }
        let score = score + kind + weights::NOMINAL * nominal;
        if score + weights::KIN * MAX_KIN < MIN_SCORE {
            return None;
        }
        let (odd, usual) = (reader.stem_text(self.stem), reader.stem_text(way.stem));
        let [least, most] = ALIKE;
        let alike = kind::similarity(odd, usual).clamp(least, most) - least;
        let kin = kinship(odd, usual).sqrt().min(MAX_SHARED).max(alike);
        let synonym = if are_synonyms(odd, usual) {
            weights::SYNONYM
        } else {
            0.0
        };
        let score = score + synonym + weights::KIN * kin;
        // Cutting the Chinese into words takes longest, so it is done last.
        let passes = score >= MIN_SCORE && !matches!(segment::fit(&self.run, self.in_run), Fit::Cuts(_));
        passes.then_some(score)
    }
}

/// An English word of a pair that looks like a noun that no Chinese word accounts for.
struct Odd {
    at: usize,
    account: Account,
    /// The number of its main meanings.
    meanings: usize,
    /// The other pairs that it stands in.
    others: Vec<u32>,
}

/// What is known of the document while its pairs are searched.
pub(super) struct Search<'s, 'a> {
    pub reads: &'s [Read<'a>],
    pub usages: &'s FxHashMap<TermId, Usage>,
    pub reader: &'s mut Reader,
    /// The pairs that each stem stands in.
    places: FxHashMap<Stem, Vec<u32>>,
}

impl<'s, 'a> Search<'s, 'a> {
    pub fn new(reads: &'s [Read<'a>], usages: &'s FxHashMap<TermId, Usage>, reader: &'s mut Reader) -> Self {
        let mut places: FxHashMap<Stem, Vec<u32>> = FxHashMap::default();
        for (k, read) in reads.iter().enumerate() {
            for &stem in &read.stems {
                places.entry(stem).or_default().push(k as u32);
            }
        }
        Self {
            reads,
            usages,
            reader,
            places,
        }
    }

    /// The suspects of pair number `k`.
    pub fn suspects(&mut self, k: usize) -> Vec<Suspect> {
        let read = &self.reads[k];
        let lost: Vec<_> = read.terms.iter().flat_map(|&t| self.lost(read, t)).collect();
        if lost.is_empty() {
            return Vec::new();
        }
        let odd = self.odd_words(k);
        if odd.is_empty() {
            return Vec::new();
        }
        let anchors = self.anchors(read);
        let mut suspects = Vec::new();
        for (term, part) in lost {
            for odd in &odd {
                if let Some(suspect) = self.suspect(k, term, part, odd, &anchors) {
                    suspects.push(suspect);
                }
            }
        }
        suspects
    }

    /// The term if nothing renders it in the pair; or each part of its rendering that is missing while another is there.
    fn lost(&mut self, read: &Read<'_>, term: Term) -> Vec<(Term, Option<(Stem, Stem)>)> {
        let Some(usage) = self.usages.get(&term.id).filter(|u| !u.renderings.is_empty()) else {
            return Vec::new();
        };
        // Where a term is mostly rendered in no known way, one more tells nothing.
        let lost = usage.pairs.len() as u32 - usage.rendered;
        if lost > 2 * usage.rendered + 2 {
            return Vec::new();
        }
        let reader = &mut *self.reader;
        if !usage.accepted().iter().any(|&s| reader.is_rendered(s, &read.stems)) {
            return vec![(term, None)];
        }
        let part = |r: &&super::usage::Rendering| r.weight >= PART || r.dice >= PART_LEARNED;
        let parts: Vec<Stem> = usage.renderings.iter().filter(part).map(|r| r.stem).collect();
        let long = parts.into_iter().filter(|&s| reader.stem_text(s).len() >= MIN_STEM);
        let long: Vec<Stem> = long.collect();
        let (here, missing): (Vec<Stem>, Vec<Stem>) =
            long.into_iter().partition(|&s| reader.is_rendered(s, &read.stems));
        let pairs = missing.iter().flat_map(|&m| here.iter().map(move |&h| (m, h)));
        pairs.map(|pair| (term, Some(pair))).collect()
    }

    fn odd_words(&mut self, k: usize) -> Vec<Odd> {
        let read = &self.reads[k];
        let mut odd = Vec::new();
        for (at, word) in read.words.iter().enumerate() {
            if !self.looks_like_noun(read, at) || is_named(read, word.span) || read.pair.is_masked(Side::En, word.span)
            {
                continue;
            }
            let meanings = meanings(self.reader.stem_text(word.stem))
                .filter(|m| m.1 >= MAIN_MEANING)
                .count();
            let others: Vec<u32> = self.places[&word.stem]
                .iter()
                .copied()
                .filter(|&j| j as usize != k)
                .collect();
            let elsewhere_explained = others.iter().all(|&j| {
                let other = &self.reads[j as usize];
                let account = self.reader.account(other, word.stem);
                self.reader.is_explained(other, &account, "")
            });
            if elsewhere_explained {
                odd.push(Odd {
                    at,
                    account: self.reader.account(read, word.stem),
                    meanings,
                    others,
                });
            }
        }
        odd
    }

    fn looks_like_noun(&self, read: &Read<'_>, at: usize) -> bool {
        let word = &read.words[at];
        let stem = self.reader.stem_text(word.stem);
        if !word.content || stem.len() < MIN_STEM || is_known(stem) && !kind::is_noun(stem) {
            return false;
        }
        let en = read.pair.en();
        let capital = |w: Span| w.of(en).starts_with(char::is_uppercase);
        if capital(word.span) && !word.first {
            return false;
        }
        let lower = read.lower(word);
        if is_no_noun(&lower) {
            return false;
        }
        let Some(before) = at.checked_sub(1).map(|b| &read.words[b]) else {
            return true;
        };
        let between = &en[before.span.end..word.span.start];
        let joined = between.trim().is_empty() || between == "-";
        let verb = joined && goes_before_verbs(&read.lower(before));
        // Smith reports, Smith claims
        let named = capital(before.span) && !before.first && lower.ends_with('s');
        !verb && !named
    }

    /// The numbers of English words with the Chinese words that account for them.
    fn anchors(&mut self, read: &Read<'_>) -> Vec<(usize, Span)> {
        let (en, mut anchors) = (read.pair.en(), Vec::new());
        for (at, word) in read.words.iter().enumerate() {
            let form = word.span.of(en);
            let place = word.span.start as f32 / en.len() as f32;
            let mut places: Vec<Span> = Vec::new();
            if word.content {
                let explainers = self.reader.explainers(read, word.stem);
                let good = explainers
                    .iter()
                    .filter(|(hit, w)| *w >= 0.45 || *w >= 0.2 && is_word(hit.span));
                places.extend(good.map(|(hit, _)| hit.span));
            }
            if form.starts_with(|c: char| c.is_ascii_digit() || c.is_uppercase())
                && let Some(at) = read.zh.find(form)
            {
                places.push(Span::new(at, at + form.len()));
            }
            let distance = |s: &Span| (s.start as f32 / read.zh.len() as f32 - place).abs();
            if let Some(nearest) = places.into_iter().min_by(|a, b| distance(a).total_cmp(&distance(b))) {
                anchors.push((at, nearest));
            }
        }
        anchors
    }

    fn suspect(
        &mut self,
        k: usize,
        term: Term,
        part: Option<(Stem, Stem)>,
        odd: &Odd,
        anchors: &[(usize, Span)],
    ) -> Option<Suspect> {
        let read = &self.reads[k];
        let (word, text) = (&read.words[odd.at], read.text(term));
        let neighbours = Neighbours::of(read, odd.at);
        let part = match part {
            None => None,
            Some((missing, left)) => {
                let mut beside = |s: Stem| s != EDGE && self.reader.is_form(left, s);
                let before = beside(neighbours.before);
                (before || beside(neighbours.after)).then_some(Some((missing, left, before)))?
            }
        };
        let elsewhere = |&j: &u32| self.reads[j as usize].zh.contains(text);
        if self.reader.may_mean(term.id, word.stem)
            || odd.others.iter().any(elsewhere)
            || odd.account.is_translated(read, text)
            || is_left_to_glossary(read, text)
        {
            return None;
        }
        let place = middle(word.span, read.pair.en());
        let places: Vec<Span> = read.places(text).map(|at| Span::new(at, at + text.len())).collect();
        let shifts = places.iter().map(|&s| place - middle(s, &read.zh));
        let shift = shifts.min_by(|a, b| a.abs().total_cmp(&b.abs()))?;
        let close = |s: &Span, zh: &Span| {
            zh.end <= s.start && s.start - zh.end <= NEAR_ZH || s.end <= zh.start && zh.start - s.end <= NEAR_ZH
        };
        let near = anchors
            .iter()
            .filter(|(at, zh)| *at != odd.at && at.abs_diff(odd.at) <= NEAR && places.iter().any(|s| close(s, zh)));
        let near = near.take(2).count();
        if near == 0 && shift.abs() > MAX_SHIFT {
            return None;
        }
        let base = weights::BIAS
            + weights::SHIFT * shift.abs().min(0.6)
            + weights::NEIGHBOUR * near as f32
            + weights::MEANINGS * (1.0 + odd.meanings as f32).ln()
            + if odd.meanings == 0 { weights::UNKNOWN } else { 0.0 }
            + if self.reader.is_hinted_at(read, &odd.account, text) {
                weights::CHARACTERS
            } else {
                0.0
            }
            + weights::TRANSLATIONS * (1.0 + self.reader.breadth(term.id) as f32).ln();
        let run = segment::han_run(&read.zh, term.span);
        Some(Suspect {
            term: term.id,
            read: k,
            zh: term.span,
            en: word.span,
            stem: word.stem,
            after_to: odd.at > 0 && read.lower(&read.words[odd.at - 1]) == "to",
            part,
            base,
            neighbours,
            run: run.of(&read.zh).into(),
            in_run: Span::new(term.span.start - run.start, term.span.end - run.start),
        })
    }
}

/// The middle of a span as a share of its text.
fn middle(span: Span, text: &str) -> f32 {
    (span.start + span.end) as f32 / (2 * text.len()) as f32
}

/// Whether a name of the glossary stands there in the English.
fn is_named(read: &Read<'_>, span: Span) -> bool {
    let concepts = &read.pair.terms().concepts;
    concepts.iter().flat_map(|c| &c.en).any(|h| h.span.overlaps(span))
}

/// Whether the glossary speaks for a term wherever it stands: it is a name of its own there, or part of one that is
/// rendered.
pub(super) fn is_left_to_glossary(read: &Read<'_>, text: &str) -> bool {
    let concepts = &read.pair.terms().concepts;
    read.places(text).all(|at| {
        let place = Span::new(at, at + text.len());
        let speaks = |hit: Span, rendered: bool| hit == place || rendered && hit.overlaps(place);
        concepts
            .iter()
            .any(|c| c.zh.iter().any(|h| speaks(h.span, c.is_rendered())))
    })
}
