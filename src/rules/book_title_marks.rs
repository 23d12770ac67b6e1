//! `book-title-marks`.

use crate::declare_rule;
use crate::finding::Applicability;
use crate::rules::{PairContext, Report, Rule};
use crate::text::bytes::ByteSet;
use crate::text::script::is_han;
use crate::text::{Side, Span};

declare_rule! {
    /// An English title is enclosed in Chinese title marks, 《》 or 〈〉.
    ///
    /// ## What it does
    /// Reports titles between 《 and 》 in English text. Titles in Chinese characters are quotations and are not
    /// reported.
    ///
    /// ## Why it matters
    /// English has no such marks. Titles are set in italics, in quotation marks or plain.
    ///
    /// ## Example
    /// ```bilint-wrong
    /// zh: 中国制定了《开放科学国际合作行动计划》。
    /// en: China developed the 《Action Plan for International Cooperation in Open Science》.
    /// ```
    ///
    /// Use instead:
    /// ```bilint-right
    /// zh: 中国制定了《开放科学国际合作行动计划》。
    /// en: China developed the Action Plan for International Cooperation in Open Science.
    /// ```
    ///
    /// ## Limits
    /// No findings on 2,098 clean pairs.
    pub BookTitleMarks { id: "book-title-marks", group: Typography, severity: Warning, since: "0.1.0", fixable: Sometimes }
}

const OPENING: [char; 2] = ['《', '〈'];
const CLOSING: [char; 2] = ['》', '〉'];

impl Rule for BookTitleMarks {
    fn pair(&self, ctx: &PairContext<'_>, report: &mut Report) {
        let en = ctx.en();
        if !ctx.bytes(Side::En).has_any(ByteSet::list(&[0xe3])) {
            return;
        }
        let mut from = 0;
        while let Some(at) = en[from..].find(|c| OPENING.contains(&c) || CLOSING.contains(&c)) {
            let start = from + at;
            let title = title_at(en, start);
            from = title.end;
            if title.of(en).contains(is_han) || ctx.is_masked(Side::En, title) {
                continue;
            }
            let text = title.of(en);
            let bare = text
                .trim_matches(|c| OPENING.contains(&c) || CLOSING.contains(&c))
                .trim();
            let mut finding = report
                .finding(
                    &Self::META,
                    ctx,
                    Side::En,
                    title,
                    format!("Chinese title marks in English text: “{text}”"),
                )
                .help("set the title in italics or in quotation marks, or leave it plain")
                .found(text);
            if !bare.is_empty() {
                finding = finding.fix(ctx, Side::En, title, format!("“{bare}”"), Applicability::Unsafe);
            }
            finding.emit();
        }
    }
}

/// The title with its marks that begins at byte `start`; only the mark if it has no partner in the line.
fn title_at(text: &str, start: usize) -> Span {
    let inner = start + '《'.len_utf8();
    let alone = Span::new(start, inner);
    if text[start..].starts_with(CLOSING) {
        return alone;
    }
    match text[inner..].find(|c| CLOSING.contains(&c) || c == '\n') {
        Some(i) if !text[inner + i..].starts_with('\n') => Span::new(start, inner + i + '》'.len_utf8()),
        _ => alone,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::check;

    fn places(en: &str) -> Vec<String> {
        check(&BookTitleMarks, &["《日报》"], &[en])
            .iter()
            .map(|f| f.primary().text.clone())
            .collect()
    }

    #[test]
    fn points_at_each_title_and_at_lone_marks() {
        assert_eq!(
            places("《China Daily》 and 《People's Daily》"),
            ["《China Daily》", "《People's Daily》"]
        );
        assert_eq!(places("《China Daily"), ["《"]);
        assert_eq!(places("China Daily》"), ["》"]);
    }

    #[test]
    fn allows_chinese_titles() {
        assert!(places("China Daily (《中国日报》)").is_empty());
    }
}
