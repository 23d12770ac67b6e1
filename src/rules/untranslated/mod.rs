//! `untranslated`.

mod quoted;

use std::borrow::Cow;

use quoted::{is_english_gloss, is_quoted};

use crate::declare_rule;
use crate::finding::Severity;
use crate::rules::program::is_program;
use crate::rules::{PairContext, Report, Rule, quote};
use crate::text::bytes::ByteSet;
use crate::text::normalize::collapse_whitespace;
use crate::text::script::{ScriptCount, is_cjk_punctuation, is_fullwidth_punctuation, is_han, is_latin};
use crate::text::{Side, Span};

declare_rule! {
    /// Chinese text is left untranslated in the English.
    ///
    /// ## What it does
    /// Reports each run of Chinese characters in an English translation, and a translation that is entirely Chinese.
    /// Chinese that is quoted on purpose is not reported: in brackets after its English or pinyin, before a gloss in
    /// brackets, after “Chinese:”, or in quotation marks after a word such as “character” or “meaning”. Text in code is
    /// not reported either.
    ///
    /// If the translation is Chinese, reports an English sentence of the source that appears in the Chinese word for
    /// word; a label of two to four words that is the same on both sides, and no name by its letters (“Open folder”), is a
    /// note. Programs, console sessions, text in backticks or straight single quotation marks, and lists of identifiers
    /// are not reported.
    ///
    /// ## Why it matters
    /// Readers of a translation cannot read the source, and a forgotten word is the first thing they see.
    ///
    /// ## Example
    /// ```bilint-wrong
    /// zh: 欢迎各国科研人员共同参与。
    /// en: We welcome researchers from around the world to 共同参与.
    /// ```
    ///
    /// Use instead:
    /// ```bilint-right
    /// zh: 欢迎各国科研人员共同参与。
    /// en: We welcome researchers from around the world to take part.
    /// ```
    pub Untranslated { id: "untranslated", group: Typography, severity: Error, since: "0.1.0", class: One }
}

/// Names of languages in their own language, which a list of languages keeps.
const AUTONYMS: &[&str] = &[
    "中文",
    "简体中文",
    "繁體中文",
    "繁体中文",
    "汉语",
    "漢語",
    "日本語",
    "日本语",
    "粤语",
    "粵語",
];

/// Two runs of Han with Latin words between them are one Chinese sentence if both are at least this long …
const SENTENCE_HAN: usize = 4;
/// … and the Latin is at most this many bytes.
const SENTENCE_GAP: usize = 32;

impl Rule for Untranslated {
    fn pair(&self, ctx: &PairContext<'_>, report: &mut Report) {
        if ctx.is_structure() {
            return;
        }
        match ctx.doc.direction().target() {
            Side::En => chinese_in_english(ctx, report),
            Side::Zh => english_in_chinese(ctx, report),
        }
    }
}

/// The bytes that Han characters begin with in UTF-8.
const HAN_BEGINS: ByteSet = ByteSet::list(&[0xe3, 0xe4, 0xe5, 0xe6, 0xe7, 0xe8, 0xe9, 0xef, 0xf0]);

fn chinese_in_english(ctx: &PairContext<'_>, report: &mut Report) {
    let en = ctx.en();
    if !ctx.bytes(Side::En).has_any(HAN_BEGINS) {
        return;
    }
    let whole = trimmed(en);
    if is_wholly_chinese(en, ctx.zh()) {
        let text = whole.of(en);
        let is_name = |run: &Span| is_language_name(en, *run);
        if ctx.is_masked(Side::En, whole) || han_runs(en).iter().all(is_name) {
            return;
        }
        report
            .finding(
                &Untranslated::META,
                ctx,
                Side::En,
                whole,
                format!("the English text is Chinese: {}", quote::beginning(text)),
            )
            .label(ctx, Side::Zh, trimmed(ctx.zh()))
            .help("translate the text")
            .found(text)
            .emit();
        return;
    }
    for run in han_runs(en) {
        if ctx.is_masked(Side::En, run) || is_quoted(en, run) || is_language_name(en, run) {
            continue;
        }
        let text = run.of(en);
        let mut finding = report
            .finding(
                &Untranslated::META,
                ctx,
                Side::En,
                run,
                format!("{} is left untranslated in the English", quote::beginning(text)),
            )
            .help("translate it, or put it in brackets after its English to quote it on purpose")
            .found(text);
        if let Some(at) = ctx.zh().find(text) {
            finding = finding.label(ctx, Side::Zh, Span::new(at, at + text.len()));
        }
        finding.emit();
    }
}

/// Whether a run is the name of a language in a choice of languages: all of the text, of a link, or of a stretch between bars:
/// `English | [**简体中文**](README_zh.md)`.
fn is_language_name(text: &str, run: Span) -> bool {
    let before = text[..run.start].trim_end_matches(['*', ' ']);
    let after = text[run.end..].trim_start_matches(['*', ' ']);
    AUTONYMS.contains(&run.of(text))
        && (before.is_empty() || before.ends_with(['[', '|', '/', '·']))
        && (after.is_empty() || after.starts_with("](") || after.starts_with(['|', '/', '·']))
}

/// Whether the English is Chinese, apart from words that the Chinese also has and a stray one in a long text.
fn is_wholly_chinese(en: &str, zh: &str) -> bool {
    let count = ScriptCount::of(en);
    let added = en
        .split(|c: char| !is_latin(c))
        .filter(|w| w.len() > 1 && !zh.contains(*w))
        .count();
    count.side() == Some(Side::Zh) && count.han >= 10 * added
}

fn trimmed(text: &str) -> Span {
    let start = text.len() - text.trim_start().len();
    Span::new(start, start + text.trim().len())
}

/// The runs of Chinese in `text`: Han characters with the punctuation and figures between them.
fn han_runs(text: &str) -> Vec<Span> {
    let mut runs: Vec<(Span, usize)> = Vec::new();
    // Latin letters since the last Han character.
    let mut latin = false;
    for (at, c) in text.char_indices() {
        if is_han(c) {
            let end = at + c.len_utf8();
            match runs.last_mut() {
                Some((span, han)) if !latin && is_gap(&text[span.end..at]) => {
                    *span = Span::new(span.start, end);
                    *han += 1;
                }
                _ => runs.push((Span::new(at, end), 1)),
            }
            latin = false;
        } else if is_latin(c) {
            latin = true;
        }
    }
    let mut merged: Vec<(Span, usize)> = Vec::new();
    for (span, han) in runs {
        match merged.last_mut() {
            Some((last, before))
                if *before >= SENTENCE_HAN && han >= SENTENCE_HAN && span.start - last.end <= SENTENCE_GAP =>
            {
                *last = last.cover(span);
                *before = han;
            }
            _ => merged.push((span, han)),
        }
    }
    merged.into_iter().map(|(span, _)| with_full_stop(text, span)).collect()
}

/// Whether the text between two Han characters, which has no Latin letters, belongs to the same run of Chinese.
fn is_gap(between: &str) -> bool {
    !between.contains('\n') && between.chars().count() <= 16 && !between.contains([')', '('])
}

/// Extends the run over the Chinese full stop or comma that ends it.
fn with_full_stop(text: &str, span: Span) -> Span {
    let end = text[span.end..]
        .char_indices()
        .find(|&(_, c)| !is_fullwidth_punctuation(c) || matches!(c, '）' | '】' | '》' | '」' | '』'))
        .map_or(text.len(), |(i, _)| span.end + i);
    Span::new(span.start, end)
}

/// Fewest words of an English run. Shorter ones may be a name or a title.
const WORDS: usize = 5;
/// Fewest of these words that begin with a lower-case letter.
const SMALL_WORDS: usize = 3;

fn english_in_chinese(ctx: &PairContext<'_>, report: &mut Report) {
    let zh = ctx.zh();
    if zh.len() < SMALL_WORDS * 2 || !ctx.is_paired() || is_program(zh) {
        return;
    }
    let mut english = None;
    for at in latin_runs(zh) {
        let stretch = at.of(zh);
        let is_left = is_sentence(&without_literals(stretch)) || at.len() == zh.len() && is_short_sentence(stretch);
        if !is_left || is_code(stretch) || is_error_message(stretch) || at.len() == zh.len() && is_literal(stretch) {
            continue;
        }
        let text = stretch.trim();
        let english = english.get_or_insert_with(|| collapse_whitespace(ctx.en()));
        let sample = collapse_whitespace(text.trim_matches(|c: char| !c.is_alphanumeric()));
        let span = trimmed(stretch).shift(at.start);
        if sample.is_empty() || !english.contains(&sample) || ctx.is_masked(Side::Zh, span) {
            continue;
        }
        if is_english_gloss(zh, at, english, &sample) {
            continue;
        }
        let mut finding = report
            .finding(
                &Untranslated::META,
                ctx,
                Side::Zh,
                span,
                format!("{} is left untranslated in the Chinese", quote::beginning(text)),
            )
            .help("translate the sentence")
            .found(text);
        if let Some(at) = ctx.en().find(text) {
            finding = finding.label(ctx, Side::En, Span::new(at, at + text.len()));
        }
        finding.emit();
    }
    if is_label(zh) && zh.trim() == ctx.en().trim() && !ctx.is_masked(Side::Zh, trimmed(zh)) {
        let message = format!("{} is left untranslated in the Chinese", quote::beginning(zh.trim()));
        report
            .finding(&Untranslated::META, ctx, Side::Zh, trimmed(zh), message)
            .severity(Severity::Note)
            .help("translate the label, unless it is a name")
            .found(zh.trim())
            .emit();
    }
}

/// Most words of a label.
const LABEL_WORDS: usize = 4;
/// Fewest letters of one of its words in lower case.
const LABEL_LETTERS: usize = 4;

/// Whether a text is a label of an interface rather than a name: a few words, all but the first in lower case.
fn is_label(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let is_word = |word: &str| word.bytes().all(|b| b.is_ascii_alphabetic());
    let is_small = |word: &str| is_word(word) && word.bytes().all(|b| b.is_ascii_lowercase());
    let begins = words
        .next()
        .is_some_and(|word| is_word(word) && is_small(&word[1..]) && word.starts_with(char::is_uppercase));
    let rest: Vec<&str> = words.collect();
    begins
        && (1..LABEL_WORDS).contains(&rest.len())
        && rest.iter().all(|word| is_small(word))
        && rest.iter().any(|word| word.len() >= LABEL_LETTERS)
}

/// Whether a stretch of Latin text has the words of a sentence, not just a name or a list of identifiers.
fn is_sentence(text: &str) -> bool {
    let words = || text.split_whitespace().filter(|w| w.starts_with(is_latin));
    let small = words().filter(|w| w.starts_with(char::is_lowercase)).count();
    let is_listed = |w: &&str| w.ends_with([',', ';', '/', '|']);
    small >= SMALL_WORDS && words().count() >= WORDS && words().filter(is_listed).count() + 1 < words().count()
}

/// Whether a text of a few words is a sentence by its full stop: “Restart the service.”
fn is_short_sentence(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let begins = words.next().is_some_and(|w| w.starts_with(is_latin));
    begins
        && text.trim_end().ends_with(['.', '!', '?'])
        && words.filter(|w| w.starts_with(char::is_lowercase)).nth(1).is_some()
}

/// The text without what is between backticks or straight single quotation marks, as programs write literals.
fn without_literals(text: &str) -> Cow<'_, str> {
    if !text.contains(['`', '\'']) {
        return Cow::Borrowed(text);
    }
    let (mut out, mut rest) = (String::new(), text);
    while let Some(open) = rest.find(['`', '\'']) {
        let mark = &rest[open..=open];
        let begins_word = !rest[..open].ends_with(char::is_alphanumeric);
        let inner = &rest[open + 1..].trim_start_matches(mark);
        let start = rest.len() - inner.len();
        let close = inner.match_indices(mark).map(|(at, _)| start + at).find(|&at| {
            let next = rest[at..].trim_start_matches(mark);
            !next.starts_with(char::is_alphanumeric)
        });
        out.push_str(&rest[..open]);
        if let Some(close) = close.filter(|_| begins_word) {
            rest = rest[close..].trim_start_matches(mark);
        } else {
            out.push_str(mark);
            rest = &rest[open + 1..];
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// Whether a stretch of Latin text is the message of an exception: `TypeError: the queue is not empty`.
fn is_error_message(text: &str) -> bool {
    let text = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    let name = text.split(':').next().unwrap_or_default();
    let is_exception = ["Error", "Exception", "Warning"]
        .iter()
        .any(|end| name.len() > end.len() && name.ends_with(end));
    is_exception && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'.')
}

/// Whether a text is a value as programs write it, in straight quotation marks, or the type of a function:
/// `(value: V, index: number): ReactNode`.
fn is_literal(text: &str) -> bool {
    let text = text.trim();
    let is_quoted = text.len() > 2 && text.starts_with('"') && text.ends_with('"') && text.matches('"').count() == 2;
    let signature = text.strip_prefix("function").unwrap_or(text);
    is_quoted || signature.starts_with('(') && [") =>", "): ", ") :"].iter().any(|end| signature.contains(end))
}

/// Whether a stretch of Latin text is a program or a command, by the share of its signs: prose has a bracket here and there.
fn is_code(text: &str) -> bool {
    let signs = text.bytes().filter(|b| b"()[]{}=<>;_$|\\".contains(b)).count();
    signs >= 3 && signs * 25 >= text.len()
}

/// The parts of `text` between Han characters and Chinese punctuation.
fn latin_runs(text: &str) -> impl Iterator<Item = Span> + '_ {
    let ends = |c: char| is_han(c) || (is_cjk_punctuation(c) && !matches!(c, '’' | '‘' | '—' | '“' | '”'));
    let mut start = 0;
    let cuts = text
        .char_indices()
        .filter(move |&(_, c)| ends(c))
        .map(|(at, c)| (at, at + c.len_utf8()))
        .chain(std::iter::once((text.len(), text.len())));
    cuts.map(move |(end, next)| Span::new(std::mem::replace(&mut start, next), end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{check, check_into_chinese};

    fn places(en: &str) -> Vec<String> {
        check(&Untranslated, &["中文"], &[en])
            .into_iter()
            .map(|f| f.primary().text.clone())
            .collect()
    }

    fn into_chinese(zh: &str, en: &str) -> Vec<String> {
        let found = check_into_chinese(&Untranslated, &[zh], &[en]);
        found.iter().map(|f| f.primary().text.clone()).collect()
    }

    #[test]
    fn points_at_each_run() {
        assert_eq!(places("With 中国 and 日本 in the lead"), ["中国", "日本"]);
        assert_eq!(places("relation to global 国内生产总值 (GDP)"), ["国内生产总值"]);
        assert_eq!(places("a speech to the “联合国大会” in New York"), ["联合国大会"]);
    }

    #[test]
    fn a_sentence_is_one_place() {
        let en = "Kenya is active in several sports. 肯尼亚在一些体育领域很活跃，如 板球、3 项汽车拉力赛和 KCB 赛车运动等。 The country is known for its runners.";
        assert_eq!(
            places(en),
            ["肯尼亚在一些体育领域很活跃，如 板球、3 项汽车拉力赛和 KCB 赛车运动等。"]
        );
    }

    #[test]
    fn a_wholly_chinese_target_is_one_place() {
        let zh = "中国 KADC 男性死亡率为 2.8%。";
        let found = check(&Untranslated, &[zh], &[&format!(" {zh} ")]);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].primary().text, zh);
    }

    #[test]
    fn allows_chinese_quoted_on_purpose() {
        for en in [
            "the Fendouzhe (奋斗者) submersible",
            "a laboratory named \"Huo-Yan\" (Chinese: 火眼, or \"Fire Eye\" in English)",
            "the deep-sea vessel 奋斗者 (Fendouzhe, “striver”) dived again",
            "the character “人” stands for people",
            "“奋斗者”, meaning striver, is its name",
            "the submersible Fendouzhe “奋斗者” dived again",
            "Its name (Chinese: 火眼) means fire eye",
            "Fendouzhe (奋斗者)",
            "People's Daily [人民日报]",
        ] {
            assert!(places(en).is_empty(), "{en}");
        }
    }

    #[test]
    fn allows_language_names_in_their_own_language() {
        assert!(check(&Untranslated, &["简体中文"], &["简体中文"]).is_empty());
        let link = "[**简体中文**](README_zh.md)";
        assert!(check(&Untranslated, &["[**English**](README.md)"], &[link]).is_empty());
    }

    #[test]
    fn finds_an_english_sentence_left_in_the_chinese() {
        let en = "The plan is public. We look forward to working with all of you.";
        assert_eq!(
            into_chinese("该计划已公开。We look forward to working with all of you.", en),
            ["We look forward to working with all of you."]
        );
        assert!(into_chinese("该计划已公开。我们期待与各位合作。", en).is_empty());
        assert!(into_chinese("歌曲《Let it be》 by The Beatles", "the song Let it be by The Beatles").is_empty());
    }

    #[test]
    fn allows_literals_and_identifiers() {
        for (zh, en) in [
            (
                "这会导致错误：``the queue is not open for writing``。",
                "It causes ``the queue is not open for writing``.",
            ),
            (
                "打印 'no handler was found for it' 一次。",
                "It prints 'no handler was found for it' once.",
            ),
            (
                "返回 hour, minute, second, millisecond, fold 和区域。",
                "Returns hour, minute, second, millisecond, fold and zone.",
            ),
            (
                "引发异常 (TypeError: the two bases are not in order)。",
                "Raises (TypeError: the two bases are not in order).",
            ),
        ] {
            assert!(into_chinese(zh, en).is_empty(), "{zh}");
        }
        let en = "Note that the worker's queue isn't empty.";
        assert_eq!(into_chinese(&format!("注意：{en}"), en).len(), 1);
        let en = "Restart the service.";
        assert_eq!(into_chinese(en, en), [en]);
        for label in ["Open folder", "Not yet available"] {
            let found = check_into_chinese(&Untranslated, &[label], &[label]);
            assert_eq!(
                found.iter().map(|f| f.severity).collect::<Vec<_>>(),
                [Severity::Note],
                "{label}"
            );
        }
        for name in [
            "Open",
            "Open ID",
            "Home Assistant",
            "Visual Studio Code",
            "Sign in with Apple",
            "git push origin main",
        ] {
            assert!(into_chinese(name, name).is_empty(), "{name}");
        }
    }

    #[test]
    fn code_with_comments_is_no_prose() {
        let en = "def worker():  # the worker\n    print('Running worker now')\n    time.sleep(0.1)";
        assert!(
            into_chinese(
                "def worker():  # 工作线程\n    print('Running worker now')\n    time.sleep(0.1)",
                en
            )
            .is_empty()
        );
        let en = "The worker takes tasks (in order) from the queue. It stops when the queue is empty.";
        let zh = "The worker takes tasks (in order) from the queue. 队列为空时停止。";
        assert_eq!(into_chinese(zh, en).len(), 1);
    }
}
