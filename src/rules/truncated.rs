//! `truncated`.

use super::{PairContext, Report, Rule, quote};
use crate::declare_rule;
use crate::finding::Severity;
use crate::text::script::ScriptCount;
use crate::text::{Side, Span};

declare_rule! {
    /// The translation breaks off, or is far too short.
    ///
    /// ## What it does
    /// Counts Latin letters of the English per Han character of the Chinese. Fewer than 1.2 letters and digits are far too
    /// few: of 821 good translations none has so few, and 97 of 100 that were cut after a quarter do. A Chinese text of fewer
    /// than 24 characters must have hardly any English (0.35 letters), or English that ends in a word such as “the” or “will”,
    /// since speech may be short: “And I did.” An English text of any length that ends in “and”, “the” or “which”, without a mark,
    /// is reported where the Chinese is a sentence. A short text (fewer than 2.4 letters) is searched for clauses of the Chinese of
    /// which the English has no word; with more than 1.7 letters, such a clause is a note. Also reports an English text that ends in a word, without a full stop, where the Chinese is a sentence with one and the
    /// English is short for it (fewer than 2.2 letters). Translations into Chinese are not judged.
    ///
    /// ## Why it matters
    /// A copy that stops in the middle of a sentence is easily overlooked in a long file.
    ///
    /// ## Example
    /// ```bilint-wrong
    /// zh: 双方就扩大联合资助、互派青年科学家和开放数据达成共识，并签署了谅解备忘录。
    /// en: The two sides agreed to
    /// ```
    ///
    /// Use instead:
    /// ```bilint-right
    /// zh: 双方就扩大联合资助、互派青年科学家和开放数据达成共识，并签署了谅解备忘录。
    /// en: The two sides agreed to fund more projects jointly, to exchange young scientists and to open their data, and signed a memorandum.
    /// ```
    pub Truncated {
        id: "truncated",
        group: Structure,
        severity: Warning,
        since: "0.1.0",
        consequence_of: "sentence-omitted",
    }
}

/// Chinese texts with fewer Han characters are not judged: labels and names are short in one language or the other.
const LEAST_HAN: usize = 12;
/// A shorter Chinese text may be rendered by a few words, but not by fewer letters per Han character.
const LEAST_HAN_FOR_WORDS: usize = 24;
const HARDLY_ANY: f32 = 0.35;
/// Words that end no sentence.
#[rustfmt::skip]
const UNFINISHED: [&str; 24] = [
    "a", "an", "the", "and", "or", "of", "to", "in", "on", "at", "by", "for", "with", "from", "will", "shall", "may", "must", "can", "is",
    "are", "was", "were", "which",
];
/// Words that end no text, even one that stops without a mark: “the people that they work with”.
#[rustfmt::skip]
const NEVER_LAST: [&str; 16] = [
    "a", "an", "the", "and", "or", "of", "that", "which", "whose", "will", "shall", "must", "its", "their", "between", "into",
];
/// With fewer letters per Han character, a translation is far too short.
const FAR_TOO_FEW: f32 = 1.2;
/// With fewer letters per Han character, a translation without an end is short.
const FEW: f32 = 2.2;

/// With fewer letters per Han character, two clauses may be missing, or one, in a text of so many characters.
const SHORT: f32 = 2.4;
const FAR_TOO_SHORT: f32 = 1.7;
const LEAST_HAN_FOR_CLAUSES: usize = 20;
/// Fewest words of a clause that is judged, how much of the English it explains at most if it is missing, and the share of their
/// words for which the other clauses do.
const CLAUSE_WORDS: usize = 2;
const CLAUSE_EXPLAINS: f32 = 0.6;
const OTHERS_EXPLAIN: f32 = 0.4;

impl Rule for Truncated {
    fn pair(&self, ctx: &PairContext<'_>, report: &mut Report) {
        // What is short or breaks off in the source is not lost by its translation.
        if !ctx.is_paired() || ctx.is_structure() || ctx.doc.direction().target() != Side::En {
            return;
        }
        let (zh, en) = (ctx.zh(), ctx.en());
        if let Some(span) = unfinished_end(zh, en) {
            let message = format!("the English breaks off after {}", quote::text(span.of(en)));
            report_end(ctx, span, message, report);
            return;
        }
        // Two bytes of English for three of Chinese are 2 letters a character: enough without counting.
        if en.len() > zh.len() {
            return;
        }
        let source = ScriptCount::of(zh);
        // A heading or label may be short in English.
        if !zh.contains(['，', '。', '；']) {
            return;
        }
        // A text with Latin words or figures of its own needs fewer letters, one with Han in the English is not translated.
        let target = ScriptCount::of(en);
        if source.han < LEAST_HAN || target.han > 0 || source.latin * 2 > source.han {
            return;
        }
        let digits = en.bytes().filter(u8::is_ascii_digit).count();
        let letters = (target.latin + digits) as f32 / source.han as f32;
        let breaks_off = || {
            let end = en.trim_end().chars().next_back();
            zh.trim_end().ends_with(['。', '！', '？', '；'])
                && end.is_none_or(|c| c.is_alphanumeric() || matches!(c, ',' | '-' | '–'))
        };
        let span = last_words(en);
        let last = en.split(|c: char| !c.is_alphanumeric()).rfind(|word| !word.is_empty());
        let is_unfinished = || last.is_some_and(|word| UNFINISHED.iter().any(|w| w.eq_ignore_ascii_case(word)));
        let is_sure = source.han >= LEAST_HAN_FOR_WORDS || letters < HARDLY_ANY || is_unfinished();
        let message = if letters < FAR_TOO_FEW && is_sure {
            format!(
                "the English is far too short for the Chinese: {} for {} characters",
                quote::beginning(en.trim()),
                source.han
            )
        } else if letters < FEW && breaks_off() {
            format!("the English breaks off after {}", quote::text(span.of(en)))
        } else {
            let is_short = letters < SHORT && source.han >= LEAST_HAN_FOR_CLAUSES;
            if let Some(clause) = is_short.then(|| find_lost_clause(ctx, letters)).flatten() {
                let severity = if letters < FAR_TOO_SHORT {
                    Severity::Warning
                } else {
                    Severity::Note
                };
                report_clause(ctx, clause, severity, report);
            }
            return;
        };
        report_end(ctx, span, message, report);
    }
}

fn report_end(ctx: &PairContext<'_>, span: Span, message: String, report: &mut Report) {
    report
        .finding(&Truncated::META, ctx, Side::En, span, message)
        .label(ctx, Side::Zh, Span::new(0, ctx.zh().trim_end().len()))
        .help("translate the rest of the text")
        .emit();
}

fn report_clause(ctx: &PairContext<'_>, clause: Span, severity: Severity, report: &mut Report) {
    let message = format!(
        "the English is short for the Chinese, and nothing in it translates {}",
        quote::beginning(clause.of(ctx.zh()))
    );
    report
        .finding(&Truncated::META, ctx, Side::Zh, clause, message)
        .severity(severity)
        .help("translate the clause")
        .emit();
}

/// A clause of the Chinese of which no word is in the English, where the other clauses are. With `letters` per Han character, one
/// clause or two must be missing.
fn find_lost_clause(ctx: &PairContext<'_>, letters: f32) -> Option<Span> {
    let (zh, en) = (ctx.zh(), ctx.en());
    let mut clauses = Vec::new();
    let mut at = 0;
    for part in zh.split_inclusive(['，', '；', '。', '：', '！', '？', '\n']) {
        clauses.push(Span::new(
            at,
            at + part.trim_end_matches(|c: char| !c.is_alphanumeric()).len(),
        ));
        at += part.len();
    }
    let least = if letters > FAR_TOO_SHORT { 2 } else { 1 };
    // One of them at least is translated.
    if clauses.len() <= least {
        return None;
    }
    let coverage = ctx
        .doc
        .aligner
        .measure_coverage(zh, &clauses, en, &[Span::new(0, en.len())]);
    let measured = coverage.sentences(Side::Zh);
    let is_lost = |i: &usize| measured[*i].words >= CLAUSE_WORDS && measured[*i].explains < CLAUSE_EXPLAINS;
    let mut lost = (0..clauses.len()).filter(is_lost);
    let first = lost.next()?;
    if 1 + lost.count() < least {
        return None;
    }
    let others = measured.iter().enumerate().filter(|(i, _)| !is_lost(i));
    let (words, explains) = others.fold((0.0, 0.0), |(words, explains), (_, m)| {
        (words + m.words as f32, explains + m.explains)
    });
    (explains >= words * OTHERS_EXPLAIN && words > 0.0).then(|| clauses[first])
}

/// The last words of an English text that ends in a word such as “and”, without a mark, where the Chinese is a sentence.
fn unfinished_end(zh: &str, en: &str) -> Option<Span> {
    let en = en.trim_end();
    let last = en.rsplit(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default();
    let is_unfinished = last.len() < en.len() && NEVER_LAST.contains(&last);
    (is_unfinished && zh.trim_end().ends_with(['。', '！', '？'])).then(|| last_words(en))
}

/// The last three words of a text.
fn last_words(text: &str) -> Span {
    let end = text.trim_end().len();
    let start = text[..end]
        .char_indices()
        .rev()
        .filter(|(_, c)| c.is_whitespace())
        .nth(2)
        .map_or(text.len() - text.trim_start().len(), |(at, c)| at + c.len_utf8());
    Span::new(start.min(end), end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{check, check_into_chinese};

    #[test]
    fn finds_texts_that_break_off() {
        for (zh, en) in [
            ("我们对此表示感谢，并期待继续合作。", "."),
            ("双方就扩大联合资助和开放数据达成共识，并签署备忘录。", "Yes."),
            (
                "她被拘留，等待审判；但是证人的证据可能受到影响，因为她的图像已被传播，律师对此表示担忧。",
                "She was detained pending prosecution and trial; but the evidence of any witness may",
            ),
            (
                "公约对其后交存文书的国家自交存之日起生效。",
                "For a State that deposits its instrument later, the Convention shall enter into force on the date of the",
            ),
        ] {
            assert_eq!(check(&Truncated, &[zh], &[en]).len(), 1, "{zh} {en}");
        }
    }

    #[test]
    fn the_source_may_be_short() {
        let (zh, en) = (["添加到集合可能需要很长的时间，请耐心等待。"], ["This may take a"]);
        assert_eq!(check(&Truncated, &zh, &en).len(), 1);
        assert!(check_into_chinese(&Truncated, &zh, &en).is_empty());
    }

    #[test]
    fn allows_short_translations_with_an_end() {
        for (zh, en) in [
            (
                "双方就扩大联合资助和开放数据达成共识，并签署备忘录。",
                "They agreed on joint funding and open data and signed an MoU.",
            ),
            ("关于进一步完善中央财政科研项目管理政策的意见", "On managing projects"),
            ("他听完以后，就在电话里和她道别了。", "And he did."),
            ("他们与之共事的人", "the people that they work with"),
            (
                "使用HTTP、HTTPS、FTP、SSH和SMTP协议传输数据的服务器",
                "HTTP, FTP and SSH servers",
            ),
        ] {
            assert!(check(&Truncated, &[zh], &[en]).is_empty(), "{zh} {en}");
        }
    }
}
