//! Names of several English words with one of them replaced, left out or out of its place: World Organization Health, and
//! its Health Organization.

use std::ops::Range;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::reader::{Read, Reader, Stem, is_word};
use super::tables::is_glue;
use crate::language::zh::segment::{self, Fit};
use crate::rules::report::line;
use crate::text::script::is_han;
use crate::text::{Side, Span};

/// Fewest and most words of a name, words like “of” aside.
const WORDS: [usize; 2] = [2, 6];
/// Shortest Chinese of a name, in bytes: four characters. 民主党 is as well the Democrats.
const MIN_ZH: usize = 12;
/// Most bytes of it for each English word: three characters.
const MAX_ZH: usize = 9;

/// The numbers of English words with capitals that stand side by side, those like “of” between them left out.
type Run = Vec<usize>;

/// One way of rendering a name.
struct Way {
    stems: Vec<Stem>,
    /// Whether a Chinese word accounts for each of them alone: 世界 for World, but 特朗普 for both Donald and Trump.
    alone: Vec<bool>,
    /// Whether words like “of” stand between.
    glued: bool,
    /// The number of pairs.
    count: u32,
    form: Box<str>,
    file: Arc<str>,
    line: usize,
}

/// A name that is rendered in other words than elsewhere.
pub(super) struct OddPhrase {
    /// The number of the pair among those read.
    pub read: usize,
    pub zh: Span,
    pub en: Span,
    /// How it is rendered elsewhere, and the first place.
    pub form: Box<str>,
    pub file: Arc<str>,
    pub line: usize,
}

/// The names of all documents so far, by their Chinese.
#[derive(Default)]
pub(super) struct Phrases {
    ways: FxHashMap<Box<str>, Vec<Way>>,
    /// The names that have a stem.
    with: FxHashMap<Stem, Vec<Box<str>>>,
}

impl Phrases {
    /// Learns the names of a document, then finds the odd renderings in it: those that stand there once.
    pub fn visit(&mut self, reads: &[Read<'_>], reader: &mut Reader) -> Vec<OddPhrase> {
        let runs: Vec<Vec<Run>> = reads.iter().map(runs).collect();
        for (read, runs) in reads.iter().zip(&runs) {
            self.learn(read, runs, reader);
        }
        let mut odd: Vec<(OddPhrase, Vec<Stem>)> = Vec::new();
        for (k, (read, runs)) in reads.iter().zip(&runs).enumerate() {
            odd.extend(self.odd(k, read, runs, reader));
        }
        let mut times: FxHashMap<Vec<Stem>, u32> = FxHashMap::default();
        for (_, stems) in &odd {
            *times.entry(stems.clone()).or_default() += 1;
        }
        odd.retain(|(_, stems)| times[stems] == 1);
        odd.into_iter().map(|(odd, _)| odd).collect()
    }

    fn learn(&mut self, read: &Read<'_>, runs: &[Run], reader: &mut Reader) {
        // World Health is no name for all of 世界卫生组织 where Organization follows.
        let mut learned: Vec<&str> = Vec::new();
        for run in runs {
            let words = |&w: &usize| -> Vec<Span> {
                let explainers = reader.explainers(read, read.words[w].stem);
                explainers
                    .iter()
                    .map(|(hit, _)| hit.span)
                    .filter(|s| is_word(*s))
                    .collect()
            };
            let hits: Vec<Vec<Span>> = run.iter().map(words).collect();
            for window in windows(run.len()) {
                let Some(zh) = span_of(&hits[window.clone()], &read.zh) else {
                    continue;
                };
                let (words, hits) = (&run[window.clone()], &hits[window]);
                let stems: Vec<Stem> = words.iter().map(|&w| read.words[w].stem).collect();
                if !learned.contains(&zh.of(&read.zh)) {
                    let own = |i: usize, h: &Span| (0..hits.len()).all(|j| j == i || !hits[j].contains(h));
                    let alone = |i: usize| hits[i].iter().any(|h| zh.contains(*h) && own(i, h));
                    let alone = (0..hits.len()).map(alone).collect();
                    self.add(read, zh, words, &stems, alone);
                    learned.push(zh.of(&read.zh));
                }
            }
        }
    }

    fn add(&mut self, read: &Read<'_>, zh: Span, words: &[usize], stems: &[Stem], alone: Vec<bool>) {
        let text = zh.of(&read.zh);
        let ways = self.ways.entry(text.into()).or_default();
        if let Some(way) = ways.iter_mut().find(|w| w.stems == stems) {
            way.count += 1;
            return;
        }
        let en = words_span(read, words);
        let (file, line) = line(&read.pair, Side::En, en.start);
        ways.push(Way {
            stems: stems.to_vec(),
            alone,
            glued: is_glued(words),
            count: 1,
            form: en.of(read.pair.en()).into(),
            file,
            line,
        });
        for &stem in stems {
            let names = self.with.entry(stem).or_default();
            if names.iter().all(|n| **n != *text) {
                names.push(text.into());
            }
        }
    }

    fn odd(&self, k: usize, read: &Read<'_>, runs: &[Run], reader: &mut Reader) -> Vec<(OddPhrase, Vec<Stem>)> {
        let stem = |&w: &usize| read.words[w].stem;
        let mut names: Vec<&str> = Vec::new();
        for word in runs.iter().flatten() {
            let with = self.with.get(&stem(word)).into_iter().flatten();
            names.extend(with.map(|n| &**n).filter(|n| read.zh.contains(n)));
        }
        names.sort_unstable_by_key(|n| (std::cmp::Reverse(n.len()), *n));
        names.dedup();
        let mut odd: Vec<(OddPhrase, Vec<Stem>)> = Vec::new();
        for name in names {
            let ways = &self.ways[name];
            let key = |w: &Way| (w.count, w.stems.len());
            let usual = ways.iter().reduce(|a, b| if key(b) > key(a) { b } else { a });
            let (Some(usual), Some(at)) = (usual, read.zh.find(name)) else {
                continue;
            };
            let known = |way: &Way| {
                runs.iter().any(|run| {
                    run.windows(way.stems.len())
                        .any(|w| w.iter().map(stem).eq(way.stems.iter().copied()))
                })
            };
            let often = |way: &&Way| way.count > 1 || way.stems == usual.stems;
            if ways.iter().filter(often).any(known) || has_acronym(read, usual) {
                continue;
            }
            let Some(words) = runs.iter().find_map(|run| usual.changed(read, run, name, reader)) else {
                continue;
            };
            let (zh, en) = (Span::new(at, at + name.len()), words_span(read, &words));
            if odd.iter().any(|(o, _)| o.en.overlaps(en)) || segment::fit(&read.zh, zh) != Fit::Words {
                continue;
            }
            let phrase = OddPhrase {
                read: k,
                zh,
                en,
                form: usual.form.clone(),
                file: Arc::clone(&usual.file),
                line: usual.line,
            };
            odd.push((phrase, words.iter().map(stem).collect()));
        }
        odd
    }
}

impl Way {
    /// The words of a run that are these but for a change.
    fn changed(&self, read: &Read<'_>, run: &Run, name: &str, reader: &mut Reader) -> Option<Vec<usize>> {
        let len = self.stems.len();
        let stem = |&w: &usize| read.words[w].stem;
        for words in run.windows(len) {
            let mut stems: Vec<Stem> = words.iter().map(stem).collect();
            let other: Vec<usize> = (0..len).filter(|&i| stems[i] != self.stems[i]).collect();
            if let [i] = other[..] {
                // In a short name, what is another translation of it is a free choice.
                let but = if len > 2 { name } else { "" };
                let replaced = !shares_beginning(reader.stem_text(self.stems[i]), reader.stem_text(stems[i]))
                    && !reader.is_rendered(self.stems[i], &read.stems)
                    && !reader.is_form(stems[i], self.stems[i])
                    && !reader.account(read, stems[i]).is_translated(read, but);
                if replaced {
                    return Some(words.to_vec());
                }
            }
            // Nobel Prize in Physics is as well the Physics Nobel Prize.
            if len > 2 && other.len() > 1 && !self.glued && !is_glued(words) {
                let mut usual = self.stems.clone();
                usual.sort_unstable();
                stems.sort_unstable();
                if usual == stems {
                    return Some(words.to_vec());
                }
            }
        }
        if len < 3 {
            return None;
        }
        run.windows(len - 1).find_map(|words| {
            let shared = words
                .iter()
                .zip(&self.stems)
                .take_while(|(w, s)| stem(w) == **s)
                .count();
            let rest = words[shared..]
                .iter()
                .map(stem)
                .eq(self.stems[shared + 1..].iter().copied());
            let left_out = rest && self.alone[shared] && !reader.is_rendered(self.stems[shared], &read.stems);
            left_out.then(|| words.to_vec())
        })
    }
}

/// The ranges of a run of `count` words that may be a name, the longest first.
fn windows(count: usize) -> impl Iterator<Item = Range<usize>> {
    let [least, most] = WORDS;
    let lens = (least..=most.min(count)).rev();
    lens.flat_map(move |len| (0..=count - len).map(move |from| from..from + len))
}

/// The runs of a pair that are long enough.
fn runs(read: &Read<'_>) -> Vec<Run> {
    let en = read.pair.en();
    let (mut runs, mut run) = (Vec::new(), Run::new());
    let mut close = |run: &mut Run| {
        let words = std::mem::take(run);
        if words.len() >= WORDS[0] {
            runs.push(words);
        }
    };
    for (at, word) in read.words.iter().enumerate() {
        let joined = at.checked_sub(1).is_some_and(|b| {
            let between = &en[read.words[b].span.end..word.span.start];
            between == " " || between == "-"
        });
        if !joined {
            close(&mut run);
        }
        if word.content && word.span.of(en).starts_with(char::is_uppercase) {
            run.push(at);
        } else if !is_glue(&read.lower(word)) {
            close(&mut run);
        }
    }
    close(&mut run);
    runs
}

/// Where the Chinese stands that accounts for every word of a name, and for nothing else: one word of the lexicon, or
/// several in a row.
fn span_of(hits: &[Vec<Span>], zh: &str) -> Option<Span> {
    let (first, last) = (hits.first()?, hits.last()?);
    let both = first.iter().flat_map(|a| last.iter().map(move |b| (a, b)));
    let spans = both.map(|(a, b)| Span::new(a.start.min(b.start), a.end.max(b.end)));
    let long = spans.filter(|s| (MIN_ZH..=MAX_ZH * hits.len()).contains(&s.len()));
    let good = long.filter(|s| s.of(zh).chars().all(is_han) && is_covered(*s, hits));
    let is_entry = |s: &Span| hits.iter().all(|h| h.contains(s));
    good.max_by_key(|s| {
        let entry = is_entry(s);
        (
            entry,
            if entry { s.len() } else { zh.len() - s.len() },
            std::cmp::Reverse(s.start),
        )
    })
}

/// Whether words within a span account for each English word and, but for a character such as 与, for all of the span.
fn is_covered(span: Span, hits: &[Vec<Span>]) -> bool {
    let inside = |h: &&Span| span.contains(**h);
    let mut all: Vec<Span> = hits.iter().flatten().filter(inside).copied().collect();
    all.sort_unstable_by_key(|s| (s.start, s.end));
    let (mut covered, mut to) = (0, span.start);
    for hit in all {
        covered += hit.end.saturating_sub(hit.start.max(to));
        to = to.max(hit.end);
    }
    hits.iter().all(|h| h.iter().any(|h| span.contains(*h))) && span.len() - covered <= '与'.len_utf8()
}

/// Senate and Sen.
fn shares_beginning(a: &str, b: &str) -> bool {
    a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count() >= 3
}

fn words_span(read: &Read<'_>, words: &[usize]) -> Span {
    let span = |w: Option<&usize>| w.map_or(Span::new(0, 0), |&w| read.words[w].span);
    Span::new(span(words.first()).start, span(words.last()).end)
}

/// Whether words were left out between the words.
fn is_glued(words: &[usize]) -> bool {
    words.windows(2).any(|w| w[1] > w[0] + 1)
}

/// Whether the first letters of a name stand there as a word: WHO.
fn has_acronym(read: &Read<'_>, way: &Way) -> bool {
    let capitals = way.form.split([' ', '-']).filter_map(|w| w.chars().next());
    let acronym: String = capitals.flat_map(char::to_uppercase).collect();
    let content: String = way
        .form
        .split([' ', '-'])
        .filter(|w| !is_glue(&w.to_lowercase()))
        .filter_map(|w| w.chars().next())
        .flat_map(char::to_uppercase)
        .collect();
    read.words.iter().any(|w| {
        let word = w.span.of(read.pair.en()).replace('.', "");
        word == acronym || word == content
    })
}
