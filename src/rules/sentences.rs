//! Sentences of a pair without a counterpart, for `sentence-omitted` and `sentence-added`.

mod weights;

use std::ops::Range;

use crate::align::{Bead, PairCoverage, SentenceCoverage};
use crate::rules::program::is_program;
use crate::rules::{DocumentContext, PairContext};
use crate::text::script::ScriptCount;
use crate::text::{Side, Sides, Span};

/// A sentence without a counterpart on the other side.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct UnpairedSentence {
    /// The side that has it.
    pub side: Side,
    /// Bytes of that side's text.
    pub span: Span,
}

/// Latin letters per Han character in translated prose (the median of news), and how many pairs it counts as.
const USUAL_RATIO: f32 = 3.1;
const RATIO_INERTIA: usize = 8;
/// Most pairs of a document that are measured, evenly spread over it.
const RATIO_SAMPLE: usize = 400;

/// Latin letters of English per Han character of Chinese: the median of the document's pairs, close to the usual one if
/// there are few.
pub fn length_ratio(doc: &DocumentContext<'_>) -> f32 {
    let mut ratios: Vec<f32> = doc
        .iter()
        .step_by(doc.pairs.len().div_ceil(RATIO_SAMPLE).max(1))
        .filter(|p| !p.is_structure())
        .filter_map(|p| {
            let (zh, en) = (ScriptCount::of(p.zh()), ScriptCount::of(p.en()));
            (zh.han >= 8 && en.latin > zh.latin).then(|| (en.latin - zh.latin) as f32 / zh.han as f32)
        })
        .collect();
    ratios.extend([USUAL_RATIO; RATIO_INERTIA]);
    let middle = ratios.len() / 2;
    *ratios.select_nth_unstable_by(middle, f32::total_cmp).1
}

/// Length of a text in Latin letters of English.
fn letters(text: &str, ratio: f32) -> f32 {
    let n = ScriptCount::of(text);
    n.han as f32 * ratio + n.latin as f32
}

/// Pairs with as many sentences on both sides are skipped if the logarithm of the ratio of their lengths is below this.
const USUAL_DEVIATION: f32 = 0.35;
/// With more Latin letters per Han character, a Chinese text is code or a list of names.
const MOST_LATIN: usize = 2;
/// Sentences with fewer words are not judged.
const LEAST_WORDS: usize = 3;
/// Sentences with at most so many words may be a clause of another language.
const FEW_WORDS: usize = 4;
/// Parts of a sentence with fewer Han characters are no clauses.
const LEAST_HAN: usize = 4;
/// How many clauses sentences may have more than their counterparts. No planted sentence that the aligner pairs is within
/// this limit, and 18 of 20 false findings on annual reports are.
const SPARE_CLAUSES: usize = 1;
/// Words above this number do not count as evidence.
const MOST_WORDS: f32 = 20.0;
/// How much of the other side a translated sentence explains, per word. The evidence for an omission is this minus what
/// the sentence explains, as in the logarithm of a Poisson ratio (0.3 against 0.03 words per word).
const EXPLAINS: f32 = 0.3;
const EXPLAINED: f32 = 2.3;
/// Sentences with less evidence are not aligned.
const WORTH_ALIGNING: f32 = -1.2;

/// Below this share of words found on the other side, a translation is free. Then the share that is assumed of a text
/// without words, and how many words that assumption counts as.
const FREE: f32 = 0.5;
const UNKNOWN_SHARE: f32 = 0.45;
const SHARE_INERTIA: f32 = 8.0;

/// The sentences of a pair that the other side does not have.
pub fn find_unpaired_sentences(ctx: &PairContext<'_>) -> Vec<UnpairedSentence> {
    if !ctx.is_paired() {
        return Vec::new();
    }
    let (zh, en) = (ctx.sentences(Side::Zh), ctx.sentences(Side::En));
    if zh.len() < 2 && en.len() < 2 {
        return Vec::new();
    }
    // A program with its comments has other sentences than prose.
    let script = ScriptCount::of(ctx.zh());
    if script.latin > MOST_LATIN * script.han || is_program(ctx.zh()) && is_program(ctx.en()) {
        return Vec::new();
    }
    let ratio = ctx.doc.length_ratio();
    let total = |side| letters(ctx.text(side), ratio);
    if zh.len() == en.len() && misfit(total(Side::Zh), total(Side::En)) < USUAL_DEVIATION {
        return Vec::new();
    }
    let coverage = ctx.doc.aligner.measure_coverage(ctx.zh(), zh, ctx.en(), en);
    let candidates: Vec<(Side, usize)> = [Side::Zh, Side::En]
        .into_iter()
        .filter(|&side| ctx.sentences(side).len() > 1)
        .flat_map(|side| {
            let candidate = |s: &SentenceCoverage| s.words >= LEAST_WORDS && unexplained(s) > WORTH_ALIGNING;
            let of = coverage.sentences(side).iter().enumerate();
            of.filter(move |(_, s)| candidate(s)).map(move |(i, _)| (side, i))
        })
        .collect();
    if candidates.is_empty() {
        return Vec::new();
    }
    let model = Model::new(ctx, coverage, ratio);
    if !candidates.iter().any(|&(side, i)| model.may_be_unpaired(side, i)) {
        return Vec::new();
    }
    let beads = ctx.doc.aligner.align_measured(&model.coverage);
    let mut found: Vec<UnpairedSentence> = beads
        .iter()
        .flat_map(|bead| [Side::Zh, Side::En].map(|side| (bead, side)))
        .flat_map(|(bead, side)| model.unpaired_in(bead, side, &candidates))
        .filter(|sentence| !is_no_prose(ctx, sentence) && !is_proviso(ctx, sentence) && !has_moved(ctx, sentence))
        .collect();
    found.sort_by_key(|sentence| (sentence.side, sentence.span.start));
    found
}

/// Whether a sentence is all code or comment: `<!-- bilint: ignore[…] agreed with the ministry -->` behind a paragraph.
fn is_no_prose(ctx: &PairContext<'_>, sentence: &UnpairedSentence) -> bool {
    let masked = ctx.masked(sentence.side);
    let next = masked.partition_point(|mask| mask.start <= sentence.span.start);
    next.checked_sub(1)
        .is_some_and(|last| masked[last].contains(sentence.span))
}

/// Characters of the longest sentence that only reserves another rule.
const LONGEST_PROVISO: usize = 24;

/// Whether a short sentence reserves another rule, which the English says in a clause of another sentence:
/// 法律另有规定的，依照其规定。
fn is_proviso(ctx: &PairContext<'_>, sentence: &UnpairedSentence) -> bool {
    const RESERVES: [&str; 4] = ["另有规定", "另有约定", "另有要求", "另行规定"];
    let text = sentence.span.of(ctx.text(sentence.side));
    sentence.side == Side::Zh
        && text.chars().count() <= LONGEST_PROVISO
        && RESERVES.iter().any(|words| text.contains(words))
        && ctx.wording().has(&["otherwise"])
}

/// The logarithm of the ratio of two lengths, without its sign.
fn misfit(a: f32, b: f32) -> f32 {
    (a.max(1.0) / b.max(1.0)).ln().abs()
}

/// The number of clauses of a text: parts between commas and other marks that are long enough to hold a verb. One Chinese
/// sentence of several clauses becomes as many English sentences.
fn clauses(side: Side, text: &str) -> usize {
    let is_mark = |c| {
        matches!(
            c,
            '，' | '。' | '；' | '：' | '！' | '？' | ',' | ';' | ':' | '.' | '!' | '?' | '—'
        )
    };
    let holds_verb = |part: &&str| match side {
        Side::Zh => ScriptCount::of(part).han >= LEAST_HAN,
        Side::En => part.split_whitespace().count() >= LEAST_WORDS,
    };
    text.split(is_mark).filter(holds_verb).count()
}

/// How much less of the other side a sentence explains than a translated one would.
fn unexplained(s: &SentenceCoverage) -> f32 {
    let words = s.words as f32;
    let counted = words.min(MOST_WORDS);
    EXPLAINS * counted - EXPLAINED * s.explains * counted / words
}

/// The share of `words` that are `supported`, close to a half if there are few.
fn share(supported: f32, words: usize) -> f32 {
    (supported + 0.5) / (words as f32 + 1.0)
}

fn sum(lengths: &[f32]) -> f32 {
    lengths.iter().sum()
}

/// A pair whose sentences are judged.
struct Model<'c, 'a> {
    ctx: &'c PairContext<'a>,
    coverage: PairCoverage<'a>,
    /// How many words of each sentence the whole other side supports.
    supported: Sides<Vec<f32>>,
    /// Length of each sentence in Latin letters.
    lengths: Sides<Vec<f32>>,
    /// Length of each side.
    total: Sides<f32>,
    /// Words of each side, and how many of them the other side supports.
    words: Sides<(usize, f32)>,
}

impl<'c, 'a> Model<'c, 'a> {
    fn new(ctx: &'c PairContext<'a>, coverage: PairCoverage<'a>, ratio: f32) -> Self {
        let supported: Sides<Vec<f32>> = Sides::from_fn(|side| {
            let sentences = 0..ctx.sentences(side).len();
            sentences.map(|i| coverage.supported_anywhere(side, i)).collect()
        });
        let lengths: Sides<Vec<f32>> = Sides::from_fn(|side| {
            let sentences = ctx.sentences(side).iter();
            sentences.map(|s| letters(s.of(ctx.text(side)), ratio)).collect()
        });
        let words = |side: Side| coverage.sentences(side).iter().map(|s| s.words).sum();
        Self {
            ctx,
            total: Sides::from_fn(|side| sum(&lengths[side])),
            words: Sides::from_fn(|side| (words(side), sum(&supported[side]))),
            coverage,
            supported,
            lengths,
        }
    }

    /// How free the translation is: how far the share of supported words in the other sentences of `side` is below that
    /// of a faithful translation.
    fn freedom(&self, side: Side, i: usize) -> f32 {
        let (words, found) = self.words[side];
        let words = words - self.coverage.sentences(side)[i].words;
        let found = found - self.supported[side][i];
        let share = (found + UNKNOWN_SHARE * SHARE_INERTIA) / (words as f32 + SHARE_INERTIA);
        (FREE - share).max(0.0)
    }

    /// Those of the candidates, which are in order, in this bead that have no counterpart.
    ///
    /// The most likely one is taken first and the others are judged without it. If the bead has text on the other side,
    /// one sentence always remains as its counterpart, and nothing is missing where the other side has as many clauses.
    fn unpaired_in(&self, bead: &Bead, side: Side, candidates: &[(Side, usize)]) -> Vec<UnpairedSentence> {
        let (members, partners) = bead.units.clone().into_pair(side);
        let clauses = |side, of: &Range<usize>| -> usize {
            let sentences = &self.ctx.sentences(side)[of.clone()];
            sentences.iter().map(|s| clauses(side, s.of(self.ctx.text(side)))).sum()
        };
        let has_as_many = || clauses(side, &members) <= clauses(side.other(), &partners) + SPARE_CLAUSES;
        let spare = members.len() - usize::from(!partners.is_empty() && !members.is_empty());
        let is_candidate = |i: &usize| candidates.binary_search(&(side, *i)).is_ok();
        let mut left: Vec<usize> = members.clone().filter(is_candidate).collect();
        if partners.is_empty() {
            left.retain(|&i| !self.is_clause(side, i));
        }
        if spare == 0 || left.is_empty() || !partners.is_empty() && has_as_many() {
            return Vec::new();
        }
        let (mut with, against) = if partners.is_empty() {
            (self.total[side], self.total[side.other()])
        } else {
            (
                sum(&self.lengths[side][members]),
                sum(&self.lengths[side.other()][partners.clone()]),
            )
        };
        let mut found = Vec::new();
        while found.len() < spare {
            let scores = left.iter().map(|&i| self.score(side, i, &partners, with, against));
            let best = scores.enumerate().max_by(|a, b| a.1.total_cmp(&b.1));
            let Some((at, _)) = best.filter(|&(_, score)| score > 0.0) else {
                break;
            };
            let i = left.remove(at);
            with -= self.lengths[side][i];
            found.push(UnpairedSentence {
                side,
                span: self.ctx.sentences(side)[i],
            });
        }
        found
    }

    /// Whether a short sentence of an English source may be a clause of the only sentence of the Chinese, which has as many clauses as there are
    /// sentences: “It is syncing. Please wait.” is 正在同步，请稍候。
    fn is_clause(&self, side: Side, i: usize) -> bool {
        let (all, others) = (self.ctx.sentences(side), self.ctx.sentences(side.other()));
        let text = self.ctx.text(side.other());
        side == Side::En
            && self.ctx.doc.direction().source() == side
            && self.coverage.sentences(side)[i].words <= FEW_WORDS
            && others.len() == 1
            && clauses(side.other(), others[0].of(text)) >= all.len()
    }

    /// Whether there are beads in which sentence `i` of `side` would be the first that has no counterpart: a bound on
    /// [`Self::score`] that needs no alignment.
    fn may_be_unpaired(&self, side: Side, i: usize) -> bool {
        let lengths = &self.lengths[side];
        let alone = self.score(side, i, &(0..0), self.total[side], self.total[side.other()]);
        // Otherwise the bead has a neighbour of the sentence, too. The lengths agree at best as much better without the sentence
        // as it makes its side longer.
        let before = i.checked_sub(1).and_then(|before| lengths.get(before));
        let shortest = before.into_iter().chain(lengths.get(i + 1)).copied().reduce(f32::min);
        let together = shortest.is_some_and(|rest| {
            let gain = misfit(rest + lengths[i], rest).min(1.0);
            self.log_odds(side, i, gain, share(0.0, self.coverage.sentences(side)[i].words)) > 0.0
        });
        alone > 0.0 || together
    }

    /// The log odds that sentence `i` of `side` has no counterpart. The aligner pairs it with `partners`; `with` is the
    /// length of its side with it, `against` that of the other side.
    fn score(&self, side: Side, i: usize, partners: &Range<usize>, with: f32, against: f32) -> f32 {
        let without = with - self.lengths[side][i];
        let gain = (misfit(with, against) - misfit(without, against)).clamp(-1.0, 1.0);
        let words = self.coverage.sentences(side)[i].words;
        if partners.is_empty() {
            let anywhere = share(self.supported[side][i], words);
            self.log_odds(side, i, gain, anywhere) + weights::ALONE
        } else {
            let near = share(self.coverage.supported(side, i, partners.clone()), words);
            self.log_odds(side, i, gain, near)
        }
    }

    /// The log odds that sentence `i` of `side` has no counterpart, if the lengths agree better by `gain` without it and its
    /// bead has the share `near` of its words.
    fn log_odds(&self, side: Side, i: usize, gain: f32, near: f32) -> f32 {
        let s = &self.coverage.sentences(side)[i];
        weights::BIAS
            + weights::UNEXPLAINED * unexplained(s)
            + weights::ANYWHERE * share(self.supported[side][i], s.words)
            + weights::NEAR * near
            + weights::LENGTH * gain
            + weights::FREE * self.freedom(side, i)
    }
}

/// Least share of a sentence's words in a neighbouring paragraph for the sentence to count as moved there.
const MOVED: f32 = 0.6;

/// Whether the paragraph before or after has the sentence instead.
fn has_moved(ctx: &PairContext<'_>, sentence: &UnpairedSentence) -> bool {
    let text = ctx.text(sentence.side);
    [-1, 1].into_iter().filter_map(|by| ctx.neighbour(by)).any(|n| {
        let (other, sentences) = (n.text(sentence.side.other()), n.sentences(sentence.side.other()));
        let own = [sentence.span];
        let both = Sides::with(sentence.side, (text, &own[..]), (other, sentences));
        let coverage = ctx
            .doc
            .aligner
            .measure_coverage(both.zh.0, both.zh.1, both.en.0, both.en.1);
        let words = coverage.sentences(sentence.side)[0].words;
        share(coverage.supported(sentence.side, 0, 0..sentences.len()), words) > MOVED
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::look_at;

    #[test]
    fn few_pairs_do_not_set_the_ratio() {
        let (zh, en) = ("我们在这里欢迎各国科研人员。", "We welcome you all here.");
        let ratio = |ctx: &DocumentContext<'_>| ctx.length_ratio();
        let usual = |n: usize| look_at(&vec![zh; n], &vec![en; n], ratio);
        assert!((usual(1) - USUAL_RATIO).abs() < f32::EPSILON);
        assert!(usual(20) < 2.0);
    }

    #[test]
    fn allows_free_translations() {
        let literary = [
            (
                "那婆子听了，一拍大腿，骂道没良心的，转身就往里屋去了。",
                "The old crone slapped her thigh when she heard this. Ungrateful wretches, the lot of them! And with a toss of \
                 the head she vanished into the inner room.",
            ),
            (
                "众人听了，都掩口而笑，凤姐却不理会。",
                "A titter ran round the company. Sleeves went up to faces on every side, but Phoenix took not the slightest \
                 notice of any of them.",
            ),
        ];
        for (zh, en) in literary {
            let found = look_at(&[zh], &[en], |ctx| {
                find_unpaired_sentences(&ctx.pair(0).expect("one pair"))
            });
            assert_eq!(found, [], "{en}");
        }
    }

    #[test]
    fn one_sentence_of_many_clauses_becomes_several() {
        assert_eq!(clauses(Side::Zh, "春天来了，湖面的冰化了，孩子们在岸边放风筝。"), 3);
        assert_eq!(
            clauses(Side::En, "Spring has come. Children, at last, fly kites on the shore."),
            2
        );
    }

    #[test]
    fn what_explains_much_is_not_unexplained() {
        let coverage = |words, explains| SentenceCoverage { words, explains };
        assert!(unexplained(&coverage(10, 0.0)) > 2.0);
        assert!(unexplained(&coverage(10, 3.0)) < WORTH_ALIGNING);
        assert!(unexplained(&coverage(40, 0.0)) <= unexplained(&coverage(20, 0.0)));
    }
}
