//! What is in a pair: the Chinese words that the lexicon has, the English words with their stems, and which of them
//! render one another.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use super::meaning::meanings;
use super::tables::is_common;
use crate::align::Lexicon;
use crate::language::en::related::same_root;
use crate::language::en::stem::stem;
use crate::language::en::token::word_spans;
use crate::rules::PairContext;
use crate::text::Span;
use crate::text::script::is_han;

/// Least weight of a translation in the lexicon that renders a term.
const RENDERS: f32 = 0.15;
/// Least weight of a translation in the lexicon that explains an English word.
const EXPLAINS: f32 = 0.1;
/// Shortest stem that is compared, in letters.
const MIN_STEM: usize = 3;

/// So many letters of a stem make a word that has them a form of it, or a compound with it.
const HEAD: usize = 6;

/// The number of a stem.
pub(super) type Stem = u32;

/// A term of the Chinese: a word of the lexicon by its number, or two that stand side by side.
pub(super) type TermId = u64;

/// A Chinese word of the lexicon in its place.
#[derive(Clone, Copy)]
pub(super) struct Hit {
    pub word: u32,
    pub span: Span,
}

/// A Chinese word, or two, that may be rendered the same way everywhere.
#[derive(Clone, Copy)]
pub(super) struct Term {
    pub id: TermId,
    /// Where it stands first.
    pub span: Span,
}

/// An English word of a pair.
pub(super) struct Word {
    pub span: Span,
    pub stem: Stem,
    /// Whether it says enough to render something.
    pub content: bool,
    /// Whether a sentence begins with it.
    pub first: bool,
}

/// A pair with its words.
pub(super) struct Read<'a> {
    pub pair: PairContext<'a>,
    /// The Chinese in simplified characters, byte for byte as long as the original.
    pub zh: Cow<'a, str>,
    /// All words of the lexicon in the Chinese, overlaps included.
    pub hits: Vec<Hit>,
    pub terms: Vec<Term>,
    pub words: Vec<Word>,
    /// The stems of all English words, sorted.
    pub stems: Vec<Stem>,
    /// The translations of the hits, sorted by how the stem begins: its first letters, stem, hit, weight.
    linked: Vec<(u32, Stem, u32, f32)>,
}

impl Read<'_> {
    /// The English word in lower case.
    pub fn lower(&self, word: &Word) -> String {
        word.span.of(self.pair.en()).to_lowercase()
    }

    /// The text of a term.
    pub fn text(&self, term: Term) -> &str {
        term.span.of(&self.zh)
    }

    /// The bytes where `text` stands in the Chinese.
    pub fn places<'r>(&'r self, text: &'r str) -> impl Iterator<Item = usize> + 'r {
        self.zh.match_indices(text).map(|(at, _)| at)
    }
}

/// What may account for an English word of a pair.
pub(super) struct Account {
    spans: Vec<Span>,
    stem: Stem,
}

impl Account {
    /// Whether the lexicon translates a word of the Chinese other than the term `but` by the stem.
    pub fn is_translated(&self, read: &Read<'_>, but: &str) -> bool {
        let rest = without(&read.zh, but);
        self.spans.iter().any(|s| rest.contains(s.of(&read.zh)))
    }
}

/// What tells at a glance that two stems have little in common.
#[derive(Clone, Copy)]
struct Letters {
    /// The sets of letters of its beginning and of all of it, one bit for each letter modulo 32.
    head: u32,
    all: u32,
    /// Its first letters.
    beginning: u32,
}

impl Letters {
    /// Whether a stem may stand within another.
    const fn may_stand_in(self, other: Self) -> bool {
        self.head & !other.all == 0
    }
}

/// Reads pairs; numbers stems and remembers which belong together.
pub(super) struct Reader {
    lexicon: &'static Lexicon,
    ids: FxHashMap<Box<str>, Stem>,
    texts: Vec<Box<str>>,
    letters: Vec<Letters>,
    /// Number of a stem by its number in the lexicon.
    of_lexicon: FxHashMap<u32, Stem>,
    roots: FxHashMap<(Stem, Stem), bool>,
}

impl Reader {
    pub fn new() -> Self {
        Self {
            lexicon: Lexicon::embedded(),
            ids: FxHashMap::default(),
            texts: Vec::new(),
            letters: Vec::new(),
            of_lexicon: FxHashMap::default(),
            roots: FxHashMap::default(),
        }
    }

    fn number(&mut self, text: &str) -> Stem {
        if let Some(&id) = self.ids.get(text) {
            return id;
        }
        let id = self.texts.len() as Stem;
        self.ids.insert(text.into(), id);
        self.texts.push(text.into());
        let set = |bytes: &[u8]| bytes.iter().fold(0, |set, b| set | 1 << (b & 31));
        let bytes = text.as_bytes();
        self.letters.push(Letters {
            head: set(&bytes[..bytes.len().min(HEAD)]),
            all: set(bytes),
            beginning: beginning(text),
        });
        id
    }

    /// The text of a stem.
    pub fn stem_text(&self, stem: Stem) -> &str {
        &self.texts[stem as usize]
    }

    /// All translations of a word of the lexicon.
    fn links(&mut self, word: u32) -> Vec<(Stem, f32)> {
        let lexicon = self.lexicon;
        let mut links = Vec::new();
        for link in lexicon.links(word) {
            let known = self.of_lexicon.get(&link.stem).copied();
            let id = known.unwrap_or_else(|| {
                let id = self.number(lexicon.stem_text(link.stem));
                self.of_lexicon.insert(link.stem, id);
                id
            });
            links.push((id, link.weight));
        }
        links
    }

    /// How many translations the lexicon has for a term.
    pub fn breadth(&self, term: TermId) -> usize {
        single(term).map_or(0, |word| self.lexicon.links(word).count())
    }

    /// The translations of a term that the lexicon knows.
    pub fn translations(&mut self, term: TermId) -> Vec<(Stem, f32)> {
        let Some(word) = single(term) else { return Vec::new() };
        let mut links = self.links(word);
        links.retain(|&(s, w)| w >= RENDERS && self.stem_text(s).len() >= MIN_STEM && !is_common(self.stem_text(s)));
        links
    }

    /// Whether the lexicon has `stem` for the term, or for a part of it, however rarely.
    pub fn may_mean(&mut self, term: TermId, stem: Stem) -> bool {
        let words = [
            Some((term >> 32) as u32 & !COMPOUND).filter(|_| single(term).is_none()),
            Some(term as u32),
        ];
        words
            .into_iter()
            .flatten()
            .any(|word| self.links(word).iter().any(|&(s, _)| s == stem))
    }

    /// Reads a pair.
    pub fn read<'a>(&mut self, pair: PairContext<'a>) -> Read<'a> {
        let zh = self.folded(pair.zh());
        let mut hits = Vec::new();
        for (at, c) in zh.char_indices() {
            if is_han(c) {
                self.lexicon.prefixes(&zh[at..], |end, word| {
                    let span = Span::new(at, at + end);
                    hits.push(Hit { word, span });
                });
            }
        }
        let tokens = longest(&hits);
        let terms = terms(&zh, &hits, &tokens);
        let mut linked = Vec::new();
        for (i, hit) in hits.iter().enumerate() {
            for (s, weight) in self.links(hit.word) {
                if weight >= EXPLAINS {
                    linked.push((beginning(self.stem_text(s)), s, i as u32, weight));
                }
            }
        }
        linked.sort_unstable_by_key(|l| (l.0, l.1, l.2));
        let words = self.english(pair.en());
        let mut stems: Vec<Stem> = words.iter().map(|w| w.stem).collect();
        stems.sort_unstable();
        stems.dedup();
        Read {
            pair,
            zh,
            hits,
            terms,
            words,
            stems,
            linked,
        }
    }

    fn folded<'a>(&self, text: &'a str) -> Cow<'a, str> {
        let folded: String = text.chars().map(|c| self.lexicon.fold(c)).collect();
        if folded == text || folded.len() != text.len() {
            Cow::Borrowed(text)
        } else {
            Cow::Owned(folded)
        }
    }

    fn english(&mut self, text: &str) -> Vec<Word> {
        word_spans(text)
            .map(|span| {
                let lower = span.of(text).to_lowercase();
                let stem = self.number(&stem(&lower));
                let before = text[..span.start].trim_end_matches([' ', '"', '“', '‘', '\'', '(']);
                Word {
                    span,
                    stem,
                    content: !is_common(&lower)
                        && lower.bytes().all(|b| b.is_ascii_alphabetic())
                        && self.stem_text(stem).len() >= MIN_STEM,
                    first: before.is_empty() || before.ends_with(['.', '!', '?', ':', ';', '\n']),
                }
            })
            .collect()
    }

    fn root(&mut self, a: Stem, b: Stem) -> bool {
        if let Some(&known) = self.roots.get(&(a, b)) {
            return known;
        }
        let same = same_root(self.stem_text(a), self.stem_text(b));
        self.roots.insert((a, b), same);
        same
    }

    /// Whether `word` is a form of `stem` or a compound with it: virus in coronavirus, infected for infection.
    pub fn is_form(&mut self, stem: Stem, word: Stem) -> bool {
        if stem == word {
            return true;
        }
        // Most stems have little in common.
        let may_contain = self.letters[stem as usize].may_stand_in(self.letters[word as usize]);
        let (s, w) = (
            self.texts[stem as usize].as_bytes(),
            self.texts[word as usize].as_bytes(),
        );
        let head = &s[..s.len().min(HEAD)];
        if may_contain && s.len() >= 4 && w.len() + 2 >= s.len() && w.windows(head.len()).any(|part| part == head) {
            return true;
        }
        s.len() >= MIN_STEM && w.len() >= MIN_STEM && s[..MIN_STEM] == w[..MIN_STEM] && self.root(stem, word)
    }

    /// Whether one of two stems is a form of the other, or a part of it.
    fn are_akin(&mut self, a: Stem, b: Stem) -> bool {
        let (x, y) = (self.letters[a as usize], self.letters[b as usize]);
        if a != b && x.beginning != y.beginning && !x.may_stand_in(y) && !y.may_stand_in(x) {
            return false;
        }
        let long = |s: Stem| self.texts[s as usize].len() >= 4;
        a == b || long(a) && long(b) && (self.is_form(a, b) || self.is_form(b, a))
    }

    /// Whether one of `stems` renders another stem.
    pub fn is_rendered(&mut self, stem: Stem, by: &[Stem]) -> bool {
        by.binary_search(&stem).is_ok() || by.iter().any(|&x| self.is_form(stem, x))
    }

    /// The hits of a pair that the lexicon translates by the stem, or by one akin to it that begins alike, and the weights.
    pub fn explainers(&mut self, read: &Read<'_>, stem: Stem) -> Vec<(Hit, f32)> {
        let begin = beginning(self.stem_text(stem));
        let from = read.linked.partition_point(|l| l.0 < begin);
        let alike = read.linked[from..].iter().take_while(|l| l.0 == begin);
        alike
            .filter(|l| self.are_akin(l.1, stem))
            .map(|&(_, _, hit, weight)| (read.hits[hit as usize], weight))
            .collect()
    }

    /// The words of the Chinese that may account for a stem.
    pub fn account(&mut self, read: &Read<'_>, stem: Stem) -> Account {
        let mut spans: Vec<Span> = Vec::new();
        let mut last = None;
        for &(_, s, hit, _) in &read.linked {
            let akin = match last {
                Some((known, akin)) if known == s => akin,
                _ => self.are_akin(s, stem),
            };
            last = Some((s, akin));
            if akin {
                spans.push(read.hits[hit as usize].span);
            }
        }
        Account { spans, stem }
    }

    /// Whether a word of the Chinese other than the term `but` accounts for the stem: one that the lexicon translates by
    /// it, or the better part of the characters of a word that it translates.
    pub fn is_explained(&self, read: &Read<'_>, account: &Account, but: &str) -> bool {
        account.is_translated(read, but) || self.is_hinted_at(read, account, but)
    }

    /// Whether the better part of the characters of a word that the stem translates stands in the Chinese, the term `but`
    /// aside.
    pub fn is_hinted_at(&self, read: &Read<'_>, account: &Account, but: &str) -> bool {
        let rest = without(&read.zh, but);
        meanings(self.stem_text(account.stem)).any(|(word, _)| {
            let (all, here) = word
                .chars()
                .fold((0, 0), |(all, here), c| (all + 1, here + usize::from(rest.contains(c))));
            2 * here > all
        })
    }
}

/// Set in the upper half of the identity of a term of two words.
const COMPOUND: u32 = 1 << 31;

/// The word of a term of one word.
fn single(term: TermId) -> Option<u32> {
    (term >> 32 == 0).then_some(term as u32)
}

/// A text without a part of it, wherever that stands.
fn without<'t>(text: &'t str, part: &str) -> Cow<'t, str> {
    if part.is_empty() {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.replace(part, "\n"))
    }
}

/// The first letters of a stem, as a number.
fn beginning(stem: &str) -> u32 {
    stem.bytes().take(MIN_STEM).fold(0, |n, b| n << 8 | u32::from(b))
}

/// The longest hit at each place, left to right.
fn longest(hits: &[Hit]) -> Vec<Hit> {
    let mut tokens: Vec<Hit> = Vec::new();
    for same in hits.chunk_by(|a, b| a.span.start == b.span.start) {
        if let Some(&hit) = same
            .last()
            .filter(|h| tokens.last().is_none_or(|t| t.span.end <= h.span.start))
        {
            tokens.push(hit);
        }
    }
    tokens
}

/// Whether a span is one of at least two Han characters.
pub(super) fn is_word(span: Span) -> bool {
    span.len() >= 6
}

/// The tokens of two characters or more, the words in them, and two of them in a row; each once.
fn terms(zh: &str, hits: &[Hit], tokens: &[Hit]) -> Vec<Term> {
    let mut terms: Vec<Term> = Vec::new();
    let mut from = 0;
    for (i, token) in tokens.iter().enumerate().filter(|(_, t)| is_word(t.span)) {
        from += hits[from..].partition_point(|h| h.span.start < token.span.start);
        let inner = hits[from..].iter().take_while(|h| h.span.start < token.span.end);
        for hit in inner.filter(|h| is_word(h.span) && token.span.contains(h.span)) {
            terms.push(Term {
                id: u64::from(hit.word),
                span: hit.span,
            });
        }
        if let Some(next) = tokens
            .get(i + 1)
            .filter(|n| n.span.start == token.span.end && is_word(n.span))
        {
            terms.push(Term {
                id: u64::from(token.word | COMPOUND) << 32 | u64::from(next.word),
                span: Span::new(token.span.start, next.span.end),
            });
        }
    }
    terms.sort_by_key(|t| (t.id, t.span.start));
    terms.dedup_by_key(|t| t.id);
    terms.retain(|t| t.span.of(zh).chars().all(is_han));
    terms
}
