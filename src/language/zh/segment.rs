//! Segmentation of Chinese with jieba: evidence for decisions.

use std::cell::RefCell;

use super::dictionary::{self, with_jieba};
use crate::text::Span;
use crate::text::script::is_han;

/// Characters that make a new word of the word before them and leave that word its meaning: 中国人, 外交部长, 美国籍.
const SUFFIXES: &str = "人队军籍裔语文式方版产制省市县州区岛城站院所馆部局厅处司会党系号型级类者史界法币元";

/// The same for characters before a word: 驻华, 对美, 抗病毒.
const PREFIXES: &str = "驻对在赴访全各前原该本新副总抗非反亲旅留从由向与和同及为被是";

/// The words of `text` as byte spans, by jieba's dictionary and, for what the dictionary lacks, its hidden Markov model
/// (the algorithm of fxsjy/jieba). Jieba cuts every run of Han characters on its own, so cutting one run gives exactly
/// what cutting the whole text would give for it.
pub fn words(text: &str) -> Vec<Span> {
    LAST.with_borrow_mut(|(last, words)| {
        if last != text {
            *words = with_jieba(text, |jieba| {
                let words = jieba.cut(text, true);
                words.iter().map(|t| Span::new(t.byte_start, t.byte_end)).collect()
            });
            text.clone_into(last);
        }
        words.clone()
    })
}

thread_local! {
    /// The text that was cut last, and its words: what is asked about a place in a text is asked several times over.
    static LAST: RefCell<(String, Vec<Span>)> = RefCell::default();
}

/// Bytes of a stretch in which runs of Han characters are looked at, and how far a run may reach beyond it. Chinese has no
/// sentence of so many characters. In a text without punctuation, all places in a stretch share one run, so that it is
/// cut once.
const STRETCH: usize = 12 * 1024;
const REACH: usize = 1536;

/// The run of Han characters of `text` around the byte span `span`.
pub fn han_run(text: &str, span: Span) -> Span {
    let stretch = span.start / STRETCH * STRETCH;
    let boundary = |from: usize| (from..text.len()).find(|&at| text.is_char_boundary(at));
    let first = boundary(stretch.saturating_sub(REACH)).unwrap_or(span.start);
    let last = boundary((stretch + STRETCH).max(span.end) + REACH).unwrap_or(text.len());
    let start = text[first..span.start]
        .char_indices()
        .rev()
        .take_while(|&(_, c)| is_han(c))
        .last()
        .map_or(span.start, |(i, _)| first + i);
    let end = span.end
        + text[span.end..last]
            .chars()
            .take_while(|&c| is_han(c))
            .map(char::len_utf8)
            .sum::<usize>();
    Span::new(start, end)
}

/// How a stretch of Chinese relates to the words around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fit {
    /// It is made of whole words.
    Words,
    /// An edge lies inside a word that falls apart there: 外交部 in 中华人民共和国外交部, 中国 in 中国人.
    PartOf(String),
    /// An edge cuts a word that does not fall apart there: 中国 in 发展中国家, 马里 in 马里兰.
    Cuts(String),
}

/// How the byte span `span` of `text` relates to the words that jieba finds around it.
pub fn fit(text: &str, span: Span) -> Fit {
    let run = han_run(text, span);
    let mut fit = Fit::Words;
    for word in words(run.of(text)) {
        let word = word.shift(run.start);
        let cut_start = word.start < span.start && span.start < word.end;
        let cut_end = word.start < span.end && span.end < word.end;
        if !cut_start && !cut_end {
            continue;
        }
        // The part inside must be the whole name: 研究所 in 研究|所有 takes one character of a word.
        let inside = word.contains(span);
        if inside && falls_apart(text, word, span) {
            fit = Fit::PartOf(word.of(text).to_owned());
        } else {
            return Fit::Cuts(word.of(text).to_owned());
        }
    }
    fit
}

/// Whether `word` and every shorter dictionary word in it that holds `name` leave words of their own when the name is
/// taken out: 马里兰州 could be 马里|兰州, but 马里兰 is a word that leaves none.
fn falls_apart(text: &str, word: Span, name: Span) -> bool {
    let starts = boundaries(text, word.start, name.start);
    let ends = boundaries(text, name.end, word.end);
    starts.iter().all(|&start| {
        ends.iter().all(|&end| {
            let part = Span::new(start, end);
            part == name
                || part != word && !dictionary::has(part.of(text))
                || is_affix(&text[start..name.start], PREFIXES) && is_affix(&text[name.end..end], SUFFIXES)
        })
    })
}

/// The character boundaries from `from` to `to`, both included.
fn boundaries(text: &str, from: usize, to: usize) -> Vec<usize> {
    (from..=to).filter(|&i| text.is_char_boundary(i)).collect()
}

/// The word that jieba lets begin at byte `at`, where the word before ends there.
pub fn next_word(text: &str, at: usize) -> Option<&str> {
    let run = han_run(text, Span::new(at, at));
    words(run.of(text))
        .into_iter()
        .map(|w| w.shift(run.start))
        .find(|w| w.start == at)
        .map(|w| w.of(text))
}

/// The first `count` words from byte `at` on, up to the next character that is not Han. Of a word around `at`, its rest
/// counts: 新闻办公室 of 国务院新闻办公室.
pub fn words_from(text: &str, at: usize, count: usize) -> Vec<Span> {
    let run = han_run(text, Span::new(at, at));
    let words = words(run.of(text)).into_iter().map(|w| w.shift(run.start));
    let rest = words.filter(|w| w.end > at).map(|w| Span::new(w.start.max(at), w.end));
    rest.take(count).collect()
}

/// Whether jieba's dictionary calls `word` the name of a place.
pub fn is_place(word: &str) -> bool {
    tag(word) == "ns"
}

/// The word that jieba lets end at byte `at`, if its dictionary calls it the name of a place.
pub fn place_before(text: &str, at: usize) -> Option<&str> {
    let run = han_run(text, Span::new(at, at));
    let word = words(run.of(text))
        .into_iter()
        .map(|w| w.shift(run.start))
        .find(|w| w.end == at)?
        .of(text);
    is_place(word).then_some(word)
}

/// What jieba's dictionary calls `word`: `n` a noun, `v` a verb, `vn` a verb used as a noun, and so on (the tags of ICTCLAS);
/// `x` for what is no word to it.
pub fn tag(word: &str) -> &'static str {
    match dictionary::entry(word) {
        Some(entry) if with_jieba(word, |jieba| jieba.cut(word, false).len()) == 1 => entry.tag,
        _ => "x",
    }
}

/// Whether jieba's dictionary calls `word` a noun, an adjective, or a verb or adjective that is used as a noun
/// (疫苗, 肥胖, 污染). Names of people and places are none.
pub fn is_nominal(word: &str) -> bool {
    matches!(tag(word), "n" | "nz" | "vn" | "an" | "a")
}

/// Whether jieba's dictionary does not have the word.
pub fn is_new(word: &str) -> bool {
    tag(word) == "x"
}

/// A dictionary word that holds `span` and more than an affix besides, whatever jieba made of the place: 朝鲜半岛 around
/// 朝鲜, 捷克斯洛伐克 around 斯洛伐克. At most four characters are tried on either side.
pub fn longer_word(text: &str, span: Span) -> Option<&str> {
    let run = han_run(text, span);
    let starts = text[run.start..span.start]
        .char_indices()
        .rev()
        .take(4)
        .map(|(i, _)| run.start + i);
    let starts: Vec<usize> = std::iter::once(span.start).chain(starts).collect();
    let ends = text[span.end..run.end]
        .char_indices()
        .take(4)
        .map(|(i, c)| span.end + i + c.len_utf8());
    let ends: Vec<usize> = std::iter::once(span.end).chain(ends).collect();
    let affix = |rest: &str, affixes: &str| {
        let mut chars = rest.chars();
        chars.next().is_none_or(|c| affixes.contains(c)) && chars.next().is_none()
    };
    starts
        .iter()
        .flat_map(|&start| ends.iter().map(move |&end| Span::new(start, end)))
        .find_map(|word| {
            let bare = affix(&text[word.start..span.start], PREFIXES) && affix(&text[span.end..word.end], SUFFIXES);
            (!bare && dictionary::has(word.of(text))).then(|| word.of(text))
        })
}

/// Whether what is left of a word when a name is taken out is made of words of its own.
fn is_affix(rest: &str, affixes: &str) -> bool {
    let mut chars = rest.chars();
    match (chars.next(), chars.next()) {
        (None, _) => true,
        (Some(c), None) => affixes.contains(c),
        _ => with_jieba(rest, |jieba| {
            jieba.cut(rest, false).iter().all(|t| t.word.chars().nth(1).is_some())
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fit_of(text: &str, name: &str) -> Fit {
        let at = text.find(name).unwrap();
        fit(text, Span::new(at, at + name.len()))
    }

    #[test]
    fn a_name_inside_a_word_that_does_not_fall_apart_there_cuts_it() {
        for (text, name) in [("支持发展中国家", "中国"), ("美国马里兰州", "马里")] {
            assert!(
                matches!(fit_of(text, name), Fit::Cuts(_)),
                "{name} in {text}: {:?}",
                fit_of(text, name)
            );
        }
    }

    #[test]
    fn a_name_inside_a_word_that_falls_apart_there_is_part_of_it() {
        for (text, name) in [
            ("中华人民共和国外交部发言人", "外交部"),
            ("中国人民银行行长", "人民"),
            ("他是中国人", "中国"),
        ] {
            assert!(
                !matches!(fit_of(text, name), Fit::Cuts(_)),
                "{name} in {text}: {:?}",
                fit_of(text, name)
            );
        }
    }

    #[test]
    fn words_cover_the_text() {
        let text = "稳态强磁场实验装置（SHMFF）向全球开放。";
        let words = words(text);
        assert_eq!(words.first().unwrap().start, 0);
        assert_eq!(words.last().unwrap().end, text.len());
        assert!(words.windows(2).all(|w| w[0].end == w[1].start));
    }

    #[test]
    fn cutting_a_run_is_cutting_the_text() {
        let text = "中国，2026年向全球开放共享。高海拔宇宙线观测站";
        let whole: Vec<Span> = words(text);
        let run = han_run(text, Span::new(text.find("开放").unwrap(), text.find("共享").unwrap()));
        let cut: Vec<Span> = words(run.of(text)).into_iter().map(|w| w.shift(run.start)).collect();
        assert!(cut.iter().all(|w| whole.contains(w)));
    }

    #[test]
    fn a_text_without_punctuation_is_cut_in_stretches() {
        let text = "中国发展".repeat(10_000);
        let at = 60_000;
        let run = han_run(&text, Span::new(at, at + 6));
        assert!(run.contains(Span::new(at - REACH, at + REACH)));
        assert!(run.len() <= STRETCH + 2 * REACH + 8, "{}", run.len());
        // Neighbours share the run, so that it is cut once.
        assert_eq!(han_run(&text, Span::new(at + 12, at + 18)), run);
    }
}
