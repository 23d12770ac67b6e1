//! Quoting text in messages: whole words, paired quotation marks, and the words around a figure.

use crate::language::en::acronym::is_small;
use crate::language::zh::segment;
use crate::text::script::{is_han, is_latin};
use crate::text::{Side, Span};

/// Terminal cells of quoted text (a Han character takes two) before it is cut.
const CELLS: usize = 60;
/// Words quoted after a figure before the phrase is cut.
const WORDS_AFTER: usize = 4;
/// Words quoted before a figure that ends its clause.
const WORDS_BEFORE: usize = 3;
/// Characters of Chinese on either side of a figure that are segmented to find its words.
const CHINESE_REACH: usize = 12;

/// Words that name what a number after them counts: Article 2, table 3.
const LABELS: [&str; 16] = [
    "annex",
    "appendix",
    "article",
    "chapter",
    "clause",
    "figure",
    "item",
    "line",
    "page",
    "paragraph",
    "part",
    "section",
    "step",
    "table",
    "version",
    "volume",
];

/// The same in Chinese: 图3, 表2.
const CHINESE_LABELS: [&str; 6] = ["图", "表", "附件", "附表", "步骤", "版本"];

/// Words that end the phrase of a figure, besides prepositions and articles.
const PHRASE_ENDS: [&str; 15] = [
    "are", "as", "be", "can", "had", "has", "have", "is", "than", "that", "was", "were", "which", "will", "within",
];

/// Quotation marks and title marks, which must come in pairs.
const PAIRS: [(char, char); 4] = [('“', '”'), ('「', '」'), ('『', '』'), ('《', '》')];

/// `“text”` on one line. Double quotation marks inside become single ones; a mark without its partner is left out.
pub fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2 * '“'.len_utf8());
    out.push('“');
    let unpaired = unpaired_marks(text);
    let mut space = false;
    for (at, c) in text.trim_end().char_indices() {
        if c.is_whitespace() {
            space = out.len() > '“'.len_utf8();
            continue;
        }
        if unpaired.contains(&at) {
            continue;
        }
        if std::mem::take(&mut space) {
            out.push(' ');
        }
        out.push(match c {
            '“' => '‘',
            '”' => '’',
            c => c,
        });
    }
    out.push('”');
    out
}

/// The byte offsets of the marks in `text` that have no partner in it.
fn unpaired_marks(text: &str) -> Vec<usize> {
    let (mut open, mut unpaired): (Vec<(usize, char)>, Vec<usize>) = (Vec::new(), Vec::new());
    for (at, c) in text.char_indices() {
        if let Some((_, close)) = PAIRS.iter().find(|p| p.0 == c) {
            open.push((at, *close));
        } else if PAIRS.iter().any(|p| p.1 == c) {
            match open.iter().rposition(|o| o.1 == c) {
                Some(partner) => unpaired.extend(open.drain(partner..).skip(1).map(|o| o.0)),
                None => unpaired.push(at),
            }
        }
    }
    unpaired.extend(open.into_iter().map(|o| o.0));
    unpaired
}

/// The beginning of `text` in quotation marks, cut between two words with “…” where it is long.
pub fn beginning(text: &str) -> String {
    let whole = text.trim();
    let kept = whole_words(whole, CELLS);
    if kept == whole {
        self::text(whole)
    } else {
        with_ellipsis(kept)
    }
}

fn with_ellipsis(cut: &str) -> String {
    let cut =
        cut.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '，' | '、' | ';' | '；' | '.' | '。'));
    text(&format!("{cut}…"))
}

/// The longest beginning of `text` that takes at most `cells` and ends between two words.
fn whole_words(text: &str, cells: usize) -> &str {
    let mut used = 0;
    let limit = text.char_indices().find(|&(_, c)| {
        used += if is_han(c) { 2 } else { 1 };
        used > cells
    });
    let Some((limit, next)) = limit else { return text };
    if is_han(next) {
        let run = segment::han_run(text, Span::new(limit, limit));
        let words = segment::words(run.of(text)).into_iter().map(|w| w.shift(run.start));
        let end = words.map(|w| w.end).rfind(|&end| end <= limit);
        // A run without a word boundary before the limit is cut at its start, or at the limit where it is all there is.
        return &text[..end.unwrap_or(if run.start > 0 { run.start } else { limit })];
    }
    if next.is_whitespace() || !text[..limit].ends_with(|c: char| !c.is_whitespace() && !is_han(c)) {
        return &text[..limit];
    }
    let word_start = text[..limit].rfind(|c: char| c.is_whitespace() || is_han(c));
    match word_start {
        Some(at) => &text[..at + text[at..].chars().next().map_or(0, char::len_utf8)],
        None => &text[..limit],
    }
}

/// The name at `span` in quotation marks. The quote takes in the quotation mark that the name begins or ends with, and
/// the other words of a longer English name: “Vice Foreign Minister” for “Vice Foreign”.
pub fn name(source: &str, span: Span) -> String {
    let span = with_partner_marks(source, span);
    let span = if span.of(source).contains(is_latin) {
        whole_english_name(source, span)
    } else {
        span
    };
    text(span.of(source))
}

/// Extends `span` over the mark right outside it that is the partner of a mark inside: 十四五”规划 to “十四五”规划.
fn with_partner_marks(source: &str, span: Span) -> Span {
    let inside = span.of(source);
    let mut span = span;
    for at in unpaired_marks(inside) {
        for (open, close) in PAIRS {
            if inside[at..].starts_with(close) && source[..span.start].ends_with(open) {
                span.start -= open.len_utf8();
            } else if inside[at..].starts_with(open) && source[span.end..].starts_with(close) {
                span.end += close.len_utf8();
            }
        }
    }
    span
}

/// Extends `span` over the capitalised words beside it, and over “of” and the like between them.
fn whole_english_name(source: &str, span: Span) -> Span {
    let mut span = span;
    while let Some(word) = word_before(source, span.start).filter(|w| is_part_of_name(w.of(source))) {
        span.start = word.start;
    }
    while let Some(next) = word_after(source, span.end) {
        if is_part_of_name(next.of(source)) {
            span.end = next.end;
            continue;
        }
        let joins = matches!(next.of(source), "of" | "for" | "on");
        let Some(after) = word_after(source, next.end).filter(|w| joins && is_part_of_name(w.of(source))) else {
            break;
        };
        span.end = after.end;
    }
    span
}

fn is_part_of_name(word: &str) -> bool {
    word.starts_with(char::is_uppercase) && !is_small(word)
}

/// The text at `span` in quotation marks, with the partner of a mark that it begins or ends with.
pub fn span(source: &str, span: Span) -> String {
    text(with_partner_marks(source, span).of(source))
}

/// The figure at `span` of a text in the language of `side` with the words that say what it counts, in quotation marks:
/// “3 observatories”, “人口为379,800”, “Article 2”. A figure with its unit (12 months, 90亿元) needs no more words.
pub fn figure(source: &str, span: Span, side: Side) -> String {
    let phrase = match side {
        Side::En => english_phrase(source, span),
        Side::Zh => chinese_phrase(source, span),
    };
    if phrase.span == span {
        return text(with_joined_word(source, span).of(source));
    }
    let quoted = with_partner_marks(source, phrase.span);
    if phrase.is_cut {
        with_ellipsis(quoted.of(source))
    } else {
        text(quoted.of(source))
    }
}

/// Extends a figure without words around it over the word that it is joined to by an opening bracket or the like, and
/// over the closing bracket: “Statistics.[4]”, “统计局[3]”.
fn with_joined_word(source: &str, span: Span) -> Span {
    const BRACKETS: [(char, char); 4] = [('[', ']'), ('(', ')'), ('（', '）'), ('【', '】')];
    let is_mark = |c: &char| !c.is_alphanumeric() && !c.is_whitespace() && !"。，、；：！？".contains(*c);
    let marks: usize = source[..span.start]
        .chars()
        .rev()
        .take_while(is_mark)
        .map(char::len_utf8)
        .sum();
    let joint = source[..span.start].chars().next_back().unwrap_or(' ');
    let close = BRACKETS.iter().find(|b| b.0 == joint).map(|b| b.1);
    if close.is_none() && !matches!(joint, '#' | '+' | '-' | '–' | '/' | '*' | '=') {
        return span;
    }
    let before = &source[..span.start - marks];
    let start = if before.ends_with(is_han) {
        let run = segment::han_run(before, Span::new(before.len(), before.len()));
        segment::words(run.of(before)).last().map(|w| run.start + w.start)
    } else {
        let word = before.char_indices().rev().take_while(|&(_, c)| is_word(c)).last();
        word.map(|(at, _)| at)
    };
    let closed = close.filter(|&c| source[span.end..].starts_with(c));
    Span::new(
        start.unwrap_or(before.len()),
        span.end + closed.map_or(0, char::len_utf8),
    )
}

/// A figure with words around it.
struct Phrase {
    span: Span,
    /// Whether the phrase goes on after the span.
    is_cut: bool,
}

/// The phrase of an English figure: the words after it up to punctuation or a word such as “in”; where there are none,
/// the words before it. A label before it (Article 2, Grade 3) is enough.
fn english_phrase(source: &str, span: Span) -> Phrase {
    let whole = |span| Phrase { span, is_cut: false };
    let digits = span.of(source).bytes().all(|b| b.is_ascii_digit());
    if let Some(label) = word_before(source, span.start).filter(|w| digits && is_label(source, *w)) {
        return whole(Span::new(label.start, span.end));
    }
    let mut end = span.end;
    for taken in 0.. {
        let next = word_after(source, end).filter(|w| !ends_phrase(w.of(source)));
        let Some(word) = next else { break };
        if taken == WORDS_AFTER {
            return Phrase {
                span: Span::new(span.start, end),
                is_cut: true,
            };
        }
        end = word.end;
    }
    if end > span.end {
        return whole(Span::new(span.start, end));
    }
    let mut start = span.start;
    for _ in 0..WORDS_BEFORE {
        let Some(word) = word_before(source, start) else { break };
        start = word.start;
        if !ends_phrase(word.of(source)) {
            return whole(Span::new(start, span.end));
        }
    }
    whole(span)
}

fn ends_phrase(word: &str) -> bool {
    is_small(word) || PHRASE_ENDS.iter().any(|e| e.eq_ignore_ascii_case(word))
}

/// Whether a word before a number is its label: one of [`LABELS`], or a capitalised word inside a sentence (Mate 9).
fn is_label(source: &str, word: Span) -> bool {
    let text = word.of(source);
    LABELS.iter().any(|l| l.eq_ignore_ascii_case(text))
        || is_part_of_name(text) && word_before(source, word.start).is_some()
}

/// The word that begins one space after byte `at`.
fn word_after(source: &str, at: usize) -> Option<Span> {
    let rest = source[at..].strip_prefix([' ', '-'])?;
    let start = source.len() - rest.len();
    let len = rest.find(|c: char| !is_word(c)).unwrap_or(rest.len());
    let word = rest[..len].trim_end_matches(['-', '\'', '’']);
    word.starts_with(is_latin).then(|| Span::new(start, start + word.len()))
}

/// The word that ends one space before byte `at`.
fn word_before(source: &str, at: usize) -> Option<Span> {
    let rest = source[..at].strip_suffix([' ', '-'])?;
    let start = rest.char_indices().rev().take_while(|&(_, c)| is_word(c)).last()?.0;
    rest[start..]
        .starts_with(is_latin)
        .then(|| Span::new(start, rest.len()))
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() && !is_han(c) || matches!(c, '-' | '\'' | '’')
}

/// The phrase of a Chinese figure: the words after it up to punctuation or a particle; where there are none, the words
/// before it.
fn chinese_phrase(source: &str, span: Span) -> Phrase {
    let reach = |chars: &mut dyn Iterator<Item = char>| -> usize {
        chars
            .take(CHINESE_REACH)
            .take_while(|&c| is_han(c))
            .map(char::len_utf8)
            .sum()
    };
    let before = reach(&mut source[..span.start].chars().rev());
    let text_before = &source[span.start - before..span.start];
    let words_before = segment::words(text_before);
    let is_number = span.of(source).bytes().all(|b| b.is_ascii_digit());
    // jieba has 如图 as a word.
    let label = words_before
        .last()
        .map(|w| w.of(text_before).trim_start_matches(['如', '见']))
        .filter(|label| is_number && CHINESE_LABELS.contains(label));
    if let Some(label) = label {
        return Phrase {
            span: Span::new(span.start - label.len(), span.end),
            is_cut: false,
        };
    }
    let after = reach(&mut source[span.end..].chars());
    let text = &source[span.end..span.end + after];
    let goes_on = source[span.end + after..].starts_with(is_han);
    let (mut end, mut has_noun) = (0, false);
    for word in segment::words(text) {
        let is_noun = segment::tag(word.of(text)).starts_with('n');
        if !is_content(word.of(text)) || has_noun && !is_noun {
            break;
        }
        if goes_on && word.end == text.len() {
            let span = Span::new(span.start, span.end + end);
            return Phrase { span, is_cut: true };
        }
        has_noun |= is_noun;
        end = word.end;
    }
    if end > 0 {
        return Phrase {
            span: Span::new(span.start, span.end + end),
            is_cut: false,
        };
    }
    let content = words_before
        .iter()
        .rfind(|w| is_content(w.of(text_before)) && w.of(text_before).chars().count() > 1);
    let start = content.map_or(span.start, |w| span.start - before + w.start);
    Phrase {
        span: Span::new(start, span.end),
        is_cut: false,
    }
}

/// Whether a Chinese word has a meaning of its own, and is no particle, preposition, conjunction or adverb.
fn is_content(word: &str) -> bool {
    !segment::tag(word).starts_with(['u', 'p', 'c', 'd', 'r', 'y', 'f'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(source: &str, part: &str) -> Span {
        let start = source.find(part).expect("the part is in the text");
        Span::new(start, start + part.len())
    }

    #[test]
    fn quotation_marks_are_nested_and_paired() {
        assert_eq!(text("实施“十四五”规划"), "“实施‘十四五’规划”");
        assert_eq!(text("十四五”规划"), "“十四五规划”");
        assert_eq!(text("the “Global South"), "“the Global South”");
        assert_eq!(text("关于《决定》的“说明"), "“关于《决定》的说明”");
        assert_eq!(text(" two\n lines "), "“two lines”");
    }

    #[test]
    fn long_text_is_cut_between_words() {
        let en =
            "When science transcends borders, when data flows freely, and when innovation is no longer constrained";
        assert_eq!(
            beginning(en),
            "“When science transcends borders, when data flows freely, and…”"
        );
        let zh = "当科学跨越国界，当数据互联互通，当创新不再有壁垒，开放科学正成为应对人类共同挑战的最大公约数。";
        assert_eq!(
            beginning(zh),
            "“当科学跨越国界，当数据互联互通，当创新不再有壁垒，开放科学正…”"
        );
        assert_eq!(beginning("众擎易举，独力难成。"), "“众擎易举，独力难成。”");
    }

    #[test]
    fn names_are_whole() {
        for (source, part, quoted) in [
            (
                "Vice Foreign Minister Ma said",
                "Vice Foreign",
                "“Vice Foreign Minister Ma”",
            ),
            ("the China Daily reports", "China", "“China Daily”"),
            ("at the University of Science of China", "Science", "“Science of China”"),
            ("the league of London.", "London", "“London”"),
            ("实施“十四五”规划", "十四五”规划", "“‘十四五’规划”"),
        ] {
            assert_eq!(name(source, at(source, part)), quoted, "{source}");
        }
    }

    #[test]
    fn figures_are_quoted_with_what_they_count() {
        for (source, part, quoted) in [
            ("open 3 observatories, in all", "3", "“3 observatories”"),
            (
                "open twelve major scientific research infrastructures abroad",
                "twelve",
                "“twelve major scientific research infrastructures…”",
            ),
            ("a population of 379,700 in 2017", "379,700", "“population of 379,700”"),
            ("Article 2 Everyone has duties", "2", "“Article 2”"),
            ("the Mate 9 phone", "9", "“Mate 9”"),
            ("It rose to 3.", "3", "“rose to 3”"),
            ("7065", "7065", "“7065”"),
            ("nine other facilities are now open", "nine", "“nine other facilities”"),
            ("500 and 800 items", "500", "“500”"),
            ("the Bureau of Statistics.[4] It", "4", "“Statistics.[4]”"),
        ] {
            assert_eq!(figure(source, at(source, part), Side::En), quoted, "{source}");
        }
        for (source, part, quoted) in [
            ("建成3个观测站。", "3个", "“3个观测站”"),
            ("人口为379,800。", "379,800", "“人口为379,800”"),
            ("推动10个重大科研基础设施开放", "10个", "“10个重大科研基础设施”"),
            ("增加到3。", "3", "“增加到3”"),
            ("如图3所示。", "3", "“图3”"),
            ("数据来自统计局[3]。", "3", "“统计局[3]”"),
        ] {
            assert_eq!(figure(source, at(source, part), Side::Zh), quoted, "{source}");
        }
    }
}
