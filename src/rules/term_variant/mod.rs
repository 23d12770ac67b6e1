//! A term rendered the same way everywhere but once.

mod digest;
mod meaning;
mod phrase;
mod reader;
mod suspect;
mod tables;
#[cfg(test)]
mod tests;
mod usage;

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::declare_rule;
use crate::document::Layout;
use crate::finding::{Confidence, Finding};
use crate::rules::{CorpusPass, DocumentContext, PairContext, Report, Rule};
use crate::text::{Side, Span};
use digest::{Digest, Way};
use phrase::{OddPhrase, Phrases};
use reader::{Read, Reader, Stem, TermId};
use suspect::{MIN_SCORE, REVIEW, Search, Suspect, is_left_to_glossary};
use usage::usages;

declare_rule! {
    /// A Chinese term that is rendered the same way everywhere but once.
    ///
    /// ## What it does
    /// Learns from each document, and from all documents of a run together, how its Chinese terms are rendered, with the
    /// help of a dictionary and without a glossary: 病毒 is “virus” in five paragraphs and missing from the sixth, where
    /// “bacterium” stands at its place and nothing in the Chinese accounts for it. What speaks for an odd word is weighed:
    /// how regularly the term is rendered otherwise and in how many places, whether its neighbours are those of the usual
    /// word and translate the term's own, how narrow its meaning is and how close to that of the usual word, how far off it
    /// stands. A name of several words (世界卫生组织, “World Health Organization”) must have all of them in their order
    /// (“World Organization” is odd). Terms that the glossary names are left to its rules.
    ///
    /// ## Why it matters
    /// Another word reads as another thing: a serum is no vaccine, a bacterium no virus.
    ///
    /// ## Example
    /// ```bilint-wrong
    /// zh: 这种有效的疫苗已经通过测试。
    /// en: This effective vaccine has passed the tests.
    /// zh: 很多国家正在开发有效的疫苗。
    /// en: Many countries are developing an effective vaccine.
    /// zh: 目前尚无有效的疫苗。
    /// en: There is no effective serum at present.
    /// ```
    ///
    /// Use instead:
    /// ```bilint-right
    /// zh: 这种有效的疫苗已经通过测试。
    /// en: This effective vaccine has passed the tests.
    /// zh: 很多国家正在开发有效的疫苗。
    /// en: Many countries are developing an effective vaccine.
    /// zh: 目前尚无有效的疫苗。
    /// en: There is no effective vaccine at present.
    /// ```
    ///
    /// ## Limits
    /// Words of many meanings (sign) are hardly ever found, nor are a synonym of the usual word (gear for equipment), a
    /// part left out of a term in small letters (“protective equipment”), or what is new to the dictionary; such terms
    /// belong in a glossary. Translations from English and files of unrelated segments are left alone. The threshold is
    /// high, because most odd words are free translations: of variants planted into medical texts the rule finds 20 of 38
    /// within a document and 22 of 44 across two; into news and manuals, which are longer and freer, about one in eight. It
    /// says nothing on 66 clean documents; on 48 others, news and manuals of 5,100 pairs, it speaks four times where each is
    /// checked alone and 12 times where they are checked together. Half of these are other words for the term, if hardly
    /// faults (“citizenship” among “nationality”, “layout” among “style”).
    pub TermVariant { id: "term-variant", group: Consistency, severity: Warning, since: "0.1.0" }
}

/// Least confidence of the aligner: a doubtful pair is no evidence of how a term was rendered.
const MIN_CONFIDENCE: f32 = 0.6;
/// A rendering is taught to the documents that follow by one that has learned it as surely as this.
const TEACHES: f32 = 0.66;
/// Most pairs that an odd word may stand in, with other terms.
const MAX_PAIRS: usize = 5;
/// Most words that are kept for a term until the end of the run.
const MAX_WAITING: usize = 8;

impl Rule for TermVariant {
    fn corpus(&self) -> Option<Box<dyn CorpusPass>> {
        Some(Box::new(Pass {
            reader: Reader::new(),
            documents: 0,
            pairs: 0,
            stands: FxHashMap::default(),
            taught: FxHashMap::default(),
            terms: BTreeMap::new(),
            phrases: Phrases::default(),
        }))
    }
}

/// A term in all documents so far.
#[derive(Default)]
struct Entry {
    digest: Digest,
    /// What may turn out to be an odd word once all documents are read.
    waiting: Vec<Waiting>,
}

struct Waiting {
    document: u32,
    suspect: Suspect,
    finding: Box<Finding>,
}

/// Numbers, stems and a few findings for each term: the texts are not kept.
struct Pass {
    reader: Reader,
    documents: u32,
    /// How many pairs were read.
    pairs: u32,
    /// The pairs that a stem stands in, numbered through the run: all of them for stems that are rare enough to be odd.
    stands: FxHashMap<Stem, Vec<u32>>,
    /// What renders a term, as documents have taught.
    taught: FxHashMap<TermId, Vec<(Stem, f32)>>,
    terms: BTreeMap<TermId, Entry>,
    phrases: Phrases,
}

/// A word that is held to be odd.
struct Judged<T> {
    score: f32,
    /// Document and pair: each pair has one odd word for a term, and one term for an odd word.
    place: (u32, usize),
    suspect: T,
}

impl CorpusPass for Pass {
    fn visit(&mut self, ctx: &DocumentContext<'_>, report: &mut Report) {
        if ctx.document.layout == Layout::Records || ctx.direction().source() != Side::Zh {
            return;
        }
        self.documents += 1;
        let pairs = ctx.iter().filter(|p| p.is_paired() && !p.is_structure());
        let sure = pairs.filter(|p| p.pair().confidence >= MIN_CONFIDENCE);
        let reads: Vec<Read<'_>> = sure.map(|p| self.reader.read(p)).collect();
        let phrases = self.phrases.visit(&reads, &mut self.reader);
        let said: Vec<(usize, Span)> = phrases
            .iter()
            .filter_map(|odd| report_phrase(&reads, odd, report))
            .collect();
        let usages = usages(&reads, &mut self.reader, &self.taught);
        let mut search = Search::new(&reads, &usages, &mut self.reader);
        let mut suspects: Vec<Suspect> = (0..reads.len()).flat_map(|k| search.suspects(k)).collect();
        suspects.retain(|s| !said.iter().any(|&(read, en)| s.read == read && en.overlaps(s.en)));
        let mut digests: BTreeMap<TermId, Digest> = BTreeMap::new();
        for (&id, usage) in &usages {
            digests.insert(id, Digest::new(usage, &reads, self.pairs, &mut self.reader));
        }
        self.judge(&reads, &digests, suspects, report);
        for (k, read) in reads.iter().enumerate() {
            for &stem in &read.stems {
                let pairs = self.stands.entry(stem).or_default();
                if pairs.len() <= MAX_PAIRS {
                    pairs.push(self.pairs + k as u32);
                }
            }
        }
        self.pairs += reads.len() as u32;
        for (id, usage) in &usages {
            let learned = usage.renderings.iter().filter(|r| r.dice >= TEACHES && r.count >= 2);
            for rendering in learned.filter(|r| r.weight == 0.0) {
                let taught = self.taught.entry(*id).or_default();
                if taught.iter().all(|t| t.0 != rendering.stem) {
                    taught.push((rendering.stem, rendering.dice));
                }
            }
        }
        for (id, digest) in digests {
            self.terms.entry(id).or_default().digest.add(digest);
        }
    }

    fn finish(self: Box<Self>) -> Vec<Finding> {
        let Self {
            mut reader,
            documents,
            stands,
            terms,
            ..
        } = *self;
        if documents < 2 {
            return Vec::new();
        }
        let mut judged = Vec::new();
        for Entry { digest, waiting } in terms.into_values() {
            for mut waiting in waiting {
                let pairs = stands.get(&waiting.suspect.stem).map_or(&[][..], Vec::as_slice);
                let both = pairs.iter().filter(|p| digest.pairs.binary_search(p).is_ok());
                if pairs.len() > MAX_PAIRS || both.count() > 1 {
                    continue;
                }
                if let Some((score, way)) = judge(&waiting.suspect, &digest, &mut reader) {
                    say(&mut waiting.finding, &way.form, &way.file, way.line);
                    judged.push(Judged {
                        score,
                        place: (waiting.document, waiting.suspect.read),
                        suspect: waiting,
                    });
                }
            }
        }
        let best = best(judged, |w| &w.suspect);
        best.into_iter().map(|w| *w.finding).collect()
    }
}

impl Pass {
    /// Reports what the document itself shows to be odd, and keeps what other documents may.
    fn judge(
        &mut self,
        reads: &[Read<'_>],
        digests: &BTreeMap<TermId, Digest>,
        suspects: Vec<Suspect>,
        report: &mut Report,
    ) {
        let (mut judged, mut open) = (Vec::new(), Vec::new());
        for suspect in suspects {
            match judge(&suspect, &digests[&suspect.term], &mut self.reader) {
                Some((score, _)) => judged.push(Judged {
                    score,
                    place: (self.documents, suspect.read),
                    suspect,
                }),
                None => open.push(suspect),
            }
        }
        let odd = best(judged, |s| s);
        for suspect in &odd {
            let Some((_, way)) = suspect.score(&digests[&suspect.term], &mut self.reader) else {
                continue;
            };
            if let Some(mut finding) = finding(&reads[suspect.read].pair, suspect.zh, suspect.en) {
                say(&mut finding, &way.form, &way.file, way.line);
                report.push(finding);
            }
        }
        for suspect in open {
            let known = |o: &Suspect| o.read == suspect.read && o.en == suspect.en;
            if odd.iter().any(known) || !suspect.may_pass() {
                continue;
            }
            let waiting = &mut self.terms.entry(suspect.term).or_default().waiting;
            if waiting.len() == MAX_WAITING {
                let base = |w: &usize| waiting[*w].suspect.base;
                let least = (0..MAX_WAITING).min_by(|a, b| base(a).total_cmp(&base(b)));
                let Some(least) = least.filter(|l| base(l) < suspect.base) else {
                    continue;
                };
                waiting.remove(least);
            }
            if let Some(finding) = finding(&reads[suspect.read].pair, suspect.zh, suspect.en) {
                waiting.push(Waiting {
                    document: self.documents,
                    suspect,
                    finding: Box::new(finding),
                });
            }
        }
    }
}

/// The score of a suspect that is high enough, and the usual rendering.
fn judge<'d>(suspect: &Suspect, digest: &'d Digest, reader: &mut Reader) -> Option<(f32, &'d Way)> {
    let (score, way) = suspect.score(digest, reader).filter(|s| s.0 + REVIEW >= MIN_SCORE)?;
    Some((suspect.review(score, way, reader)?, way))
}

/// The best word for each term of a pair, and the best term for each word.
fn best<T>(mut judged: Vec<Judged<T>>, suspect: impl Fn(&T) -> &Suspect) -> Vec<T> {
    judged.sort_by(|a, b| {
        let key = |j: &Judged<T>| {
            let s = suspect(&j.suspect);
            (j.place, s.en, std::cmp::Reverse(s.zh.len()), s.zh)
        };
        b.score.total_cmp(&a.score).then_with(|| key(a).cmp(&key(b)))
    });
    let mut kept: Vec<Judged<T>> = Vec::new();
    for judged in judged {
        let new = suspect(&judged.suspect);
        let taken = kept.iter().filter(|k| k.place == judged.place).any(|k| {
            let old = suspect(&k.suspect);
            old.en == new.en || old.zh.overlaps(new.zh)
        });
        if !taken {
            kept.push(judged);
        }
    }
    kept.into_iter().map(|k| k.suspect).collect()
}

/// Reports a rendering in other words than elsewhere, unless the glossary speaks for the term; its place.
fn report_phrase(reads: &[Read<'_>], odd: &OddPhrase, report: &mut Report) -> Option<(usize, Span)> {
    let read = &reads[odd.read];
    if is_left_to_glossary(read, odd.zh.of(&read.zh)) || read.pair.is_masked(Side::En, odd.en) {
        return None;
    }
    let mut finding = finding(&read.pair, odd.zh, odd.en)?;
    say(&mut finding, &odd.form, &odd.file, odd.line);
    report.push(finding);
    Some((odd.read, odd.en))
}

fn finding(pair: &PairContext<'_>, zh: Span, en: Span) -> Option<Finding> {
    let mut report = Report::new();
    report
        .finding(&TermVariant::META, pair, Side::En, en, String::new())
        .label(pair, Side::Zh, zh)
        .confidence(Confidence::Medium)
        .help("say it the same way, unless another thing is meant")
        .found(en.of(pair.en()))
        .emit();
    report.into_findings().pop()
}

/// Says how the term is rendered elsewhere.
fn say(finding: &mut Finding, form: &str, file: &str, line: usize) {
    let term = finding.zh.as_ref().map_or("", |z| z.text.as_str());
    let odd = finding.found.as_deref().unwrap_or_default();
    finding.message = format!("“{term}” is “{odd}” here, “{form}” elsewhere (first at {file}:{line})");
    finding.expected = vec![form.to_string()];
}
