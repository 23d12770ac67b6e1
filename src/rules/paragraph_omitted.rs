//! `paragraph-omitted`.

use super::blocks::alone;
use super::{Meta, PairContext, Report, Rule};
use crate::declare_rule;
use crate::document::BlockKind;
use crate::finding::Confidence;
use crate::text::{Side, Span};

/// How many characters of the omitted text the message quotes.
const QUOTED: usize = 24;

declare_rule! {
    /// A paragraph of the source that has no translation.
    ///
    /// ## What it does
    /// Reports every paragraph, heading or segment of the source (the Chinese, unless the direction says otherwise) that
    /// the alignment leaves without a counterpart. Section markers and production notes are layout, not text. Items of
    /// lists have a rule of their own, `list-item-omitted`.
    ///
    /// ## Why it matters
    /// A dropped paragraph is the gravest error of a translation, and the one that reading the English never shows.
    ///
    /// ## Example
    /// ```bilint-wrong
    /// zh: 众擎易举，独力难成。
    /// en: Many hands make light work.
    /// zh: 我们在这里，欢迎您！
    /// en:
    /// ```
    ///
    /// Use instead:
    /// ```bilint-right
    /// zh: 众擎易举，独力难成。
    /// en: Many hands make light work.
    /// zh: 我们在这里，欢迎您！
    /// en: Welcome to join us.
    /// ```
    pub ParagraphOmitted { id: "paragraph-omitted", group: Structure, severity: Error, since: "0.1.0", class: One }
}

impl Rule for ParagraphOmitted {
    fn pair(&self, ctx: &PairContext<'_>, report: &mut Report) {
        let source = ctx.doc.direction().source();
        for (span, _) in alone(ctx, source)
            .into_iter()
            .filter(|(_, kind)| *kind != BlockKind::ListItem)
        {
            report_alone(ctx, &Self::META, "paragraph", source, span, report);
        }
    }
}

/// Reports a block of the source without a translation.
pub(super) fn report_alone(
    ctx: &PairContext<'_>,
    meta: &'static Meta,
    what: &str,
    source: Side,
    span: Span,
    report: &mut Report,
) {
    let target = source.other().name();
    report
        .finding(
            meta,
            ctx,
            source,
            span,
            format!("{what} without {target}: “{}”", quote(span.of(ctx.text(source)))),
        )
        .confidence(confidence(ctx))
        .help(format!("translate it, or move its {target} next to it"))
        .emit();
}

/// The beginning of a text, for a message.
pub(super) fn quote(text: &str) -> String {
    let mut words = text.trim().chars();
    let quoted: String = words
        .by_ref()
        .take(QUOTED)
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .collect();
    if words.next().is_some() {
        format!("{}…", quoted.trim_end())
    } else {
        quoted
    }
}

/// As sure as the aligner is.
pub(super) fn confidence(ctx: &PairContext<'_>) -> Confidence {
    match ctx.pair().confidence {
        c if c >= 0.8 => Confidence::High,
        c if c >= 0.5 => Confidence::Medium,
        _ => Confidence::Low,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::check;

    #[test]
    fn points_at_the_chinese_that_has_no_counterpart() {
        let found = check(
            &ParagraphOmitted,
            &["第一段。", "第二段被漏掉了。"],
            &["Paragraph one.", ""],
        );
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].zh.as_ref().unwrap().text, "第二段被漏掉了。");
        assert!(found[0].en.is_none() || found[0].en.as_ref().unwrap().text.is_empty());
    }

    #[test]
    fn allows_rules_and_numbers_without_letters() {
        assert!(check(&ParagraphOmitted, &["——", "＊＊＊", "1."], &["", "", ""]).is_empty());
    }
}
