//! `fullwidth-punctuation`.

use crate::declare_rule;
use crate::finding::Applicability;
use crate::rules::{PairContext, Report, Rule};
use crate::text::bytes::ByteSet;
use crate::text::normalize::halfwidth;
use crate::text::script::{is_fullwidth_punctuation, is_han, side_of};
use crate::text::{Side, Span};

declare_rule! {
    /// English text contains full-width punctuation.
    ///
    /// ## What it does
    /// Finds `，。；：！？（）、` and other Chinese punctuation in English text, and offers the English mark with the right
    /// spacing. Marks next to Chinese characters belong to a quotation and are not reported. Title marks are covered by
    /// `book-title-marks`.
    ///
    /// ## Why it matters
    /// Latin fonts lack these marks or show them with a wide gap, so the text looks unedited.
    ///
    /// ## Example
    /// ```bilint-wrong
    /// zh: 欢迎加入，共享机遇。
    /// en: Welcome to join us， and share the opportunities.
    /// ```
    ///
    /// Use instead:
    /// ```bilint-right
    /// zh: 欢迎加入，共享机遇。
    /// en: Welcome to join us, and share the opportunities.
    /// ```
    ///
    /// ## Limits
    /// No findings on 2,098 clean pairs.
    pub FullwidthPunctuation { id: "fullwidth-punctuation", group: Typography, severity: Warning, since: "0.1.0", fixable: Sometimes }
}

impl Rule for FullwidthPunctuation {
    fn pair(&self, ctx: &PairContext<'_>, report: &mut Report) {
        let en = ctx.en();
        // The signs are encoded in three bytes that begin with E3 (U+3000 …) or EF (U+FF00 …).
        if !ctx.bytes(Side::En).has_any(ByteSet::list(&[0xe3, 0xef])) || side_of(en) != Some(Side::En) {
            return;
        }
        for span in runs(en) {
            let (before, after) = (&en[..span.start], &en[span.end..]);
            let quoted = before.trim_end_matches(|c: char| c == ' ' || is_quote(c));
            let quotation =
                quoted.ends_with(|c| is_han(c) || is_title_mark(c)) || after.trim_start().starts_with(is_han);
            if quotation || ctx.is_masked(Side::En, span) {
                continue;
            }
            let text = span.of(en);
            let right = replacement(before, text, after);
            let applicability = if text.chars().all(|c| english_mark(c).is_some()) {
                Applicability::Safe
            } else {
                Applicability::Unsafe
            };
            report
                .finding(
                    &Self::META,
                    ctx,
                    Side::En,
                    span,
                    format!("full-width “{text}” in English text"),
                )
                .help(format!("write “{}”", right.trim()))
                .expected([right.trim()])
                .found(text)
                .fix(ctx, Side::En, span, right, applicability)
                .emit();
        }
    }
}

const fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\'' | '“' | '”' | '‘' | '’')
}

const fn is_title_mark(c: char) -> bool {
    matches!(c, '《' | '》' | '〈' | '〉')
}

/// The runs of full-width punctuation.
fn runs(text: &str) -> Vec<Span> {
    let mut out: Vec<Span> = Vec::new();
    for (at, c) in text.char_indices() {
        if is_fullwidth_punctuation(c) && !is_title_mark(c) {
            let end = at + c.len_utf8();
            match out.last_mut() {
                Some(last) if last.end == at => last.end = end,
                _ => out.push(Span::new(at, end)),
            }
        }
    }
    out
}

/// The English mark for a full-width one, if there is exactly one.
const fn english_mark(c: char) -> Option<char> {
    match c {
        '、' => Some(','),
        '。' => Some('.'),
        '「' => Some('“'),
        '」' => Some('”'),
        '『' => Some('‘'),
        '』' => Some('’'),
        '【' | '〔' => Some('['),
        '】' | '〕' => Some(']'),
        '\u{ff01}'..='\u{ff5d}' => Some(halfwidth(c)),
        _ => None,
    }
}

const fn is_opening(c: char) -> bool {
    matches!(c, '(' | '[' | '{' | '“' | '‘')
}

/// `text` with English marks, with a space before an opening bracket and after any other mark that a word touches.
fn replacement(before: &str, text: &str, after: &str) -> String {
    let mut out = String::new();
    let digits = before.ends_with(|c: char| c.is_ascii_digit()) && after.starts_with(|c: char| c.is_ascii_digit());
    for c in text.chars() {
        // 3〜5 is a range.
        let c = if matches!(c, '\u{ff5e}' | '〜') {
            '–'
        } else {
            english_mark(c).unwrap_or_else(|| halfwidth(c))
        };
        let left = out.chars().next_back().or_else(|| before.chars().next_back());
        if is_opening(c) && left.is_some_and(|l| !l.is_whitespace() && !is_opening(l)) {
            out.push(' ');
        }
        out.push(c);
    }
    let last = out.chars().next_back().unwrap_or(' ');
    let separates = matches!(last, ',' | '.' | ';' | ':' | '!' | '?' | ')' | ']');
    // 3，000 and 12：30 keep no space.
    let tight = digits && matches!(last, ',' | '.' | ':');
    if separates && !tight && after.starts_with(|c: char| c.is_alphanumeric() || is_opening(c)) {
        out.push(' ');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::check;

    /// The text after all fixes.
    fn fixed(en: &str) -> String {
        let mut out = en.to_owned();
        for f in check(&FullwidthPunctuation, &["中文"], &[en]).iter().rev() {
            let fix = &f.fixes[0];
            out.replace_range(fix.bytes.range(), &fix.replacement);
        }
        out
    }

    #[test]
    fn fixes_set_the_spaces() {
        assert_eq!(fixed("Welcome，everyone。"), "Welcome, everyone.");
        assert_eq!(
            fixed("Large Observatory（LHAASO）and others"),
            "Large Observatory (LHAASO) and others"
        );
        assert_eq!(fixed("Physics （CAS）, Beijing"), "Physics (CAS), Beijing");
        assert_eq!(fixed("3，000 people at 12：30"), "3,000 people at 12:30");
        assert_eq!(fixed("up 5％ this year）。Next"), "up 5% this year). Next");
        assert_eq!(fixed("China、Brazil"), "China, Brazil");
        assert_eq!(fixed("3～5 years"), "3–5 years");
    }

    #[test]
    fn allows_marks_in_a_chinese_quotation() {
        for en in [
            "the journal (《人民日报》， 1949)",
            "the slogan (人民，只有人民。) is old",
            "he wrote “人民”， and no more",
            "plain, simple.",
        ] {
            assert!(check(&FullwidthPunctuation, &["中文"], &[en]).is_empty(), "{en}");
        }
    }

    #[test]
    fn allows_lines_that_are_entirely_chinese() {
        assert!(check(&FullwidthPunctuation, &["中文，"], &["中文中文，a。"]).is_empty());
    }
}
